#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Requests of the official SDKs, as they were captured, to fake_cloud_server; and the letters in which they sign.

    fake_cloud_server_sdk_test.py PROGRAM
"""

import http.client
import json
import pathlib
import re
import sys
import time
import unittest

from fake_cloud_client import headers_for
from fake_cloud_process import FakeCloudProcess
from scripted_server import signature

PROGRAM = sys.argv.pop(1)
VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "signed_requests.jsonl"


def serve(*arguments, **how):
    return FakeCloudProcess(PROGRAM, *arguments, **how)


class OfficialSdks(unittest.TestCase):
    """Requests as the official SDKs sent them: same names, order and letter case of headers, same bodies."""

    def test_each_captured_request_is_accepted(self):
        lines = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
        accepted = 0
        # one id has several passwords in the captures
        for number, line in enumerate(lines):
            line["key"] = f"{number}-{line['access_key_id']}"[:255]
        fixture = {
            "accessKeys": [{"accessKeyId": line["key"], "accessKeySecret": line["access_key_password"]} for line in lines]
        }
        with serve(fixture=fixture) as server:
            for line in lines:
                body = line["body"].encode()
                now = str(int(time.time()))
                fields = {"host": line["host"], "content-type": line["content_type"], "x-zc-timestamp": now}
                headers = {}
                for name, value in line["headers"].items():
                    lower = name.lower()
                    if lower == "authorization":
                        value = value.replace(f"Credential={line['access_key_id']},", f"Credential={line['key']},")
                        value = value.rpartition("=")[0] + "=" + signature(fields, body, line["access_key_password"])
                    headers[name] = now if lower == "x-zc-timestamp" else value
                connection = http.client.HTTPConnection(server.address, timeout=20)
                connection.putrequest("POST", "/" + line["url"].split("/", 3)[3], skip_host=True)
                for name, value in headers.items():
                    connection.putheader(name, value.encode())
                if not any(name.lower() == "host" for name in headers):
                    connection.putheader("Host", line["host"])
                connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body)
                response = json.loads(connection.getresponse().read())
                connection.close()
                code = response.get("code", "")
                self.assertNotIn("SIGNATURE", code, line["id"])
                self.assertNotIn("INVALID_AUTHORIZATION", code, line["id"])
                accepted += 1
        self.assertGreater(accepted, 50)


class OfficialSdksInOrder(unittest.TestCase):
    """What the official SDKs sent, Go 0.2.45 and Python 2.0.69, one after the other: every action of every service and version. Hosts,
    times and signatures are new, all else is as it was."""

    REQUESTS = [json.loads(line) for line in (VECTORS.parent / "sdk" / "requests.jsonl").read_text("utf-8").splitlines()]
    FIXTURE = {
        "accessKeys": [{"accessKeyId": "k", "accessKeySecret": "s"}],
        "balanceCents": None,
        "settings": {"processingSeconds": 0},
        "instances": [
            {"service": service, **instance}
            for service in ("bmc", "vm")
            for instance in (
                {"instanceId": "b", "trafficPackageSize": 1},
                {"instanceId": "w", "internetChargeType": "ByBandwidth", "trafficPackageSize": None, "bandwidthOutMbps": 200},
            )
        ],
        "resources": [{}],
    }

    def replay(self, host, *arguments, address=None):
        actions = set()
        with serve(*arguments, fixture=self.FIXTURE) as server:
            port = int(server.address.rpartition(":")[2])
            connection = http.client.HTTPConnection(address or "127.0.0.1", port, timeout=20)
            for line in self.REQUESTS:
                now = int(time.time())
                body = line["body"]
                for name, seconds in (("startTime", now - 3600), ("endTime", now)):
                    written = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
                    body = re.sub(rf'("{name}": ?)"[^"]*"', rf'\1"{written}"', body)
                body = body.encode()
                headers = dict(line["headers"])
                lower = {name.lower(): name for name in headers}
                headers[lower["host"]] = host
                headers[lower["x-zc-timestamp"]] = str(now)
                signed = {name: headers[lower[name]] for name in ("host", "content-type", "x-zc-timestamp")}
                headers[lower["authorization"]] += signature(signed, body, "s")
                connection.putrequest("POST", line["path"], skip_host=True, skip_accept_encoding=True)
                for name, value in headers.items():
                    connection.putheader(name, value)
                connection.putheader("Content-Length", str(len(body)))
                connection.endheaders(body)
                response = connection.getresponse()
                text = response.read()
                self.assertEqual(response.status, 200, (line, text))
                self.assertIn("response", json.loads(text))
                actions.add((line["sdk"], line["service"], line["version"], line["action"]))
            connection.close()
        # ten actions of bmc, nine of vm, both in two versions, and three of zbc
        self.assertEqual(len(actions), 2 * (2 * (10 + 9) + 3))

    def test_each_action_is_answered(self):
        self.replay("localhost:8080")

    def test_so_it_is_by_ipv6(self):
        self.replay("[::1]:8080", address="::1")

    def test_so_it_is_by_a_host_with_capitals_where_letters_may_be_as_sent(self):
        self.replay("LOCALHOST:8080", "--letters", "as-sent")


class Letters(unittest.TestCase):
    """The SDKs sign host and content-type in the letters in which they are given; the documents want lower case."""

    @staticmethod
    def ask(server, sign):
        host = server.address.replace("127.0.0.1", "LOCALHOST")
        body = b"{}"
        fields = headers_for(host, "DescribeInstances", body)
        signed = {"host": sign(host), "content-type": "application/json", "x-zc-timestamp": fields["X-ZC-Timestamp"]}
        fields["Authorization"] = fields["Authorization"].rpartition("=")[0] + "=" + signature(signed, body, "demo-password")
        connection = http.client.HTTPConnection(server.address, timeout=20)
        connection.request("POST", "/api/v2/bmc", body, fields)
        response = connection.getresponse()
        text = json.loads(response.read())
        connection.close()
        return response.status, text.get("message", "")

    def test_capitals_are_signed_as_the_documents_say_and_a_refusal_tells_why(self):
        with serve() as server:
            self.assertEqual(self.ask(server, str.lower)[0], 200)
            status, message = self.ask(server, str)
            self.assertEqual(status, 401)
            self.assertIn("lower case", message)
            self.assertIn("--letters as-sent", message)
            status, message = self.ask(server, str.title)
            self.assertEqual(status, 401)
            self.assertNotIn("lower case", message)

    def test_they_may_be_signed_as_sent_where_that_is_asked_for(self):
        with serve("--letters", "as-sent") as server:
            self.assertEqual(self.ask(server, str)[0], 200)
            self.assertEqual(self.ask(server, str.lower)[0], 200)
            self.assertEqual(self.ask(server, str.title)[0], 401)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
