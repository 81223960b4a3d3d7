# SPDX-License-Identifier: BSL-1.0
"""A client of the API for the tests of fake_cloud_server."""

import http.client
import json
import time

from scripted_server import signature

INSTANCE = "932237369560662463"  # which the server has when no fixture says otherwise


def headers_for(host, action, body, *, key="demo-access-key", secret="demo-password", now=None, version="2022-11-20"):
    fields = {"host": host, "content-type": "application/json", "x-zc-timestamp": str(int(now or time.time()))}
    signed = signature(fields, body, secret)
    return {
        "Host": host,
        "Content-Type": "application/json",
        "X-ZC-Action": action,
        "X-ZC-Version": version,
        "X-ZC-Timestamp": fields["x-zc-timestamp"],
        "X-ZC-Signature-Method": "ZC2-HMAC-SHA256",
        "Authorization": f"ZC2-HMAC-SHA256 Credential={key}, SignedHeaders=content-type;host, Signature={signed}",
    }


def call(server, action, parameters, *, path="/api/v2/bmc", connection=None, **how):
    """Status and JSON of a response."""
    body = json.dumps(parameters).encode()
    own = connection or http.client.HTTPConnection(server.address, timeout=20)
    own.request("POST", path, body, headers_for(how.pop("host", server.address), action, body, **how))
    response = own.getresponse()
    text = response.read()
    if connection is None:
        own.close()
    return response.status, json.loads(text) if text.startswith(b"{") else text
