#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Holds an example transport to the duties of a transport, against servers on the loopback.

    python3 send_orders_test.py SEND_ORDERS FAKE_CLOUD_SERVER TRANSPORT
"""

import json
import os
import ssl
import subprocess
import sys
import tempfile
import unittest

from scripted_server import SUCCESS, Server, fields_of, http_response, refusing_host, signature

PROGRAM, CLOUD, TRANSPORT = sys.argv[1:4] if len(sys.argv) > 3 else sys.exit(__doc__)
del sys.argv[1:4]

AT_ONCE = TRANSPORT in ("curl_multi", "beast_coroutines")
KEEPS_CONNECTION = TRANSPORT == "posix"
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n" if TRANSPORT == "httplib" else b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"

SECRET = "test-secret-of-the-key"
BODY = b'{"instanceId":"i-1","trafficPackageSize":0.15}'
DONE = "ok order=1234567890123"
CHUNKED = (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n" + SUCCESS[:16] + b"\r\n" +
           f"{len(SUCCESS) - 16:x}\r\n".encode() + SUCCESS[16:] + b"\r\n0\r\n\r\n")


def order(host, count=1, max_body=65536, milliseconds=10000, ca_file="", scheme="http", instance="i-1", **environment):
    """Sends that many orders; returns a line for each."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:1")
    done = subprocess.run([PROGRAM, TRANSPORT, f"{scheme}://{host}", instance, "0.15", str(count), str(max_body),
                           str(milliseconds), *([ca_file] if ca_file else [])],
                          env=os.environ | proxies |
                          {"ZENLAYER_ACCESS_KEY_ID": "id", "ZENLAYER_ACCESS_KEY_SECRET": SECRET} | environment,
                          text=True, capture_output=True, check=True, timeout=60)
    return done.stdout.splitlines()


class Transport(unittest.TestCase):
    def failed(self, lines, code, outcome):
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"{code} "), lines)
        self.assertIn(f" outcome={outcome} ", lines[0])

    def unknown(self, script, **options):
        with Server(script, http_response(200)) as server:
            lines = order(server.host, **options)
        self.failed(lines, "outcome_unknown", "unknown")
        self.assertEqual(len(server.requests), 1, "it must not be sent again")

    def test_fields_and_body_arrive_as_they_were_signed(self):
        with Server(http_response(200)) as server:
            self.assertEqual(order(server.host), [DONE])
        self.assertEqual(len(server.requests), 1)
        request = server.requests[0]
        self.assertTrue(request.startswith(b"POST /api/v2/bmc HTTP/1.1\r\n"), request)
        self.assertTrue(request.endswith(b"\r\n\r\n" + BODY), request)
        fields = dict(fields_of(request))
        self.assertEqual(len(fields), len(fields_of(request)), "a field occurs twice")
        self.assertEqual(set(fields) - {"accept", "connection", "user-agent"}, {
            "authorization", "content-length", "content-type", "host", "x-zc-action", "x-zc-sdk-lang", "x-zc-sdk-version",
            "x-zc-service", "x-zc-signature-method", "x-zc-timestamp", "x-zc-version"})
        self.assertEqual(fields["host"], server.host)
        self.assertEqual(fields["content-type"], "application/json")
        self.assertTrue(fields["authorization"].endswith(signature(fields, BODY, SECRET)), fields)

    def test_an_error_of_the_api_comes_with_its_fields(self):
        body = b'{"requestId":"T1","code":"REQUEST_LIMIT_EXCEEDED","message":"slowly"}'
        with Server(http_response(429, body, "Retry-After:7")) as server:
            lines = order(server.host)
        self.failed(lines, "rate_limited", "not_executed")
        self.assertIn(" status=429 api_code=REQUEST_LIMIT_EXCEEDED retry_after=7 message=slowly", lines[0])

    def test_a_limit_is_told_with_its_wait_and_nothing_is_ordered_again(self):
        limit = b'{"requestId":"T1","code":"REQUEST_LIMIT_EXCEEDED","message":"slowly"}'
        with Server(http_response(429, limit, "Retry-After: 0"), http_response(200)) as server:
            self.failed(order(server.host), "rate_limited", "not_executed")
            self.assertEqual(len(server.requests), 1)

    def test_a_gateway_s_word_is_no_refusal_of_an_order(self):
        for status in (403, 404, 408, 429, 502):
            with self.subTest(status):
                self.unknown(http_response(status, b"<html>", "Retry-After: 0"))

    def test_redirects_are_not_followed(self):
        for status in (301, 302, 303, 307, 308):
            with self.subTest(status), Server(http_response(200)) as other, \
                    Server(http_response(status, b"", f"location: http://{other.host}/api/v2/bmc")) as server:
                self.failed(order(server.host), "outcome_unknown", "unknown")
                self.assertEqual((len(server.requests), other.connections), (1, 0))

    def test_interim_responses_are_skipped_and_chunks_joined(self):
        with Server(INTERIM + CHUNKED) as server:
            self.assertEqual(order(server.host), [DONE])

    def test_a_body_that_ends_with_the_connection_is_taken(self):
        with Server(b"HTTP/1.1 200 OK\r\n\r\n" + SUCCESS) as server:
            self.assertEqual(order(server.host), [DONE])

    def test_too_large_responses_are_cut_off(self):
        chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
        for name, script in {
                "announced": b"HTTP/1.1 200 OK\r\ncontent-length: 300000000\r\n\r\n" + b" " * 100000,
                "in chunks": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + chunk * 1000,
                "until the end": b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 1000000}.items():
            with self.subTest(name):
                self.unknown(script)

    def test_a_response_that_breaks_off_leaves_the_outcome_unknown(self):
        for name, script in {"no response": b"", "half a status": b"HTTP/1.1 2", "half a head": http_response(200)[:30],
                             "no body": http_response(200)[:-len(SUCCESS)], "half a body": http_response(200)[:-9],
                             "half a chunk": CHUNKED[:70], "no last chunk": CHUNKED[:-5]}.items():
            with self.subTest(name):
                self.unknown(script)

    def test_what_is_not_http_leaves_the_outcome_unknown(self):
        self.unknown(b"hello\r\n\r\n")

    def test_a_silent_server_is_not_waited_for_forever(self):
        self.unknown(None, milliseconds=700)

    def test_what_cannot_connect_was_not_sent(self):
        self.failed(order(refusing_host()), "not_sent", "not_executed")

    def test_where_no_way_leads_to_nothing_was_sent(self):
        # the system refuses at once to connect to a broadcast address, as it does where there is no network
        self.failed(order("127.255.255.255:9"), "not_sent", "not_executed")

    def test_a_name_that_nobody_has_was_not_sent(self):
        self.failed(order("name.invalid"), "not_sent", "not_executed")

    def test_orders_follow_each_other_to_a_server_that_keeps_connections(self):
        with Server(*[[http_response(200), CHUNKED, http_response(200)]] * 3) as server:
            self.assertEqual(order(server.host, count=3), [DONE] * 3)
            self.assertEqual(server.connections, 1 if KEEPS_CONNECTION else 3)

    def test_a_connection_that_the_server_gives_up_is_not_used_again(self):
        closing = http_response(200, SUCCESS, "Connection: close")
        with Server([closing, closing], [closing], [closing]) as server:
            self.assertEqual(order(server.host, count=2), [DONE] * 2)
            self.assertEqual(server.connections, 2)

    @unittest.skipUnless(AT_ONCE, "one order at a time")
    def test_many_orders_are_under_way_at_once(self):
        with Server(*[http_response(200)] * 20, together=20) as server:
            self.assertEqual(order(server.host, count=20), [DONE] * 20)

    @unittest.skipUnless(AT_ONCE, "one order at a time")
    def test_each_of_many_orders_has_its_own_end(self):
        with Server(http_response(200), b"", http_response(404, b'{"code":"INVALID_INSTANCE_NOT_FOUND"}'), http_response(200)) as server:
            lines = order(server.host, count=4)
        self.assertEqual(sorted(line.split()[0] for line in lines), ["api_error", "ok", "ok", "outcome_unknown"])


class FakeCloud:
    """fake_cloud_server with one instance, i-1, of 0.1 TB, and what shall go wrong."""

    def __init__(self, *faults):
        fixture = {"accessKeys": [{"accessKeyId": "id", "accessKeySecret": SECRET}], "faults": list(faults),
                   "instances": [{"instanceId": "i-1", "trafficPackageSize": 0.1}]}
        self.file = tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8")
        json.dump(fixture, self.file)
        self.file.flush()
        self.process = subprocess.Popen([CLOUD, "--processing-seconds", "0", "--fixture", self.file.name],
                                        stdout=subprocess.PIPE, text=True)
        self.host = self.process.stdout.readline().strip().removeprefix("listening on ")
        self.happened = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.happened = json.loads(self.process.stdout.read())
        self.process.wait(timeout=20)
        self.process.stdout.close()
        self.file.close()


class Cloud(unittest.TestCase):
    def test_orders_are_placed(self):
        with FakeCloud() as cloud:
            lines = order(cloud.host, count=3)
        numbers = [each["orderNumber"] for each in cloud.happened["orders"]]
        # it charges each of them
        self.assertEqual(len(numbers), 3)
        self.assertEqual(sorted(lines), sorted(f"ok order={number}" for number in numbers))
        self.assertEqual(cloud.happened["requests"], 3)

    def test_a_refusal_says_why(self):
        with FakeCloud() as cloud:
            line = order(cloud.host, instance="i-2")[0]
        self.assertIn("api_error cause=api_error outcome=not_executed status=404 api_code=INVALID_INSTANCE_NOT_FOUND", line)

    def test_a_wrong_password_is_refused(self):
        with FakeCloud() as cloud:
            line = order(cloud.host, ZENLAYER_ACCESS_KEY_SECRET="wrong")[0]
        self.assertIn(" outcome=not_executed status=401 api_code=AUTHFAILURE_SIGNATURE_FAILURE ", line)

    def test_an_order_whose_response_is_lost_is_unknown_and_sent_once(self):
        for fault, arrived in (({"kind": "response_lost"}, 1), ({"kind": "request_lost"}, 0), ({"kind": "cut", "size": 20}, 1)):
            with self.subTest(str(fault)), FakeCloud(fault) as cloud:
                line = order(cloud.host)[0]
                self.assertTrue(line.startswith("outcome_unknown "), line)
                self.assertIn(" outcome=unknown ", line)
            self.assertEqual((cloud.happened["requests"], len(cloud.happened["orders"])), (arrived, arrived))

    def test_a_limit_ends_it_and_the_next_start_orders(self):
        limit = {"kind": "canned", "status": 429, "body": '{"code":"REQUEST_LIMIT_EXCEEDED"}', "headers": {"Retry-After": "0"}}
        with FakeCloud(limit) as cloud:
            self.assertTrue(order(cloud.host)[0].startswith("rate_limited "))
            self.assertTrue(order(cloud.host)[0].startswith("ok order=1"))
        self.assertEqual((cloud.happened["requests"], len(cloud.happened["orders"])), (2, 1))

    @unittest.skipUnless(TRANSPORT == "posix", "once will do")
    def test_whoever_signs_is_believed(self):
        for signer in ("zenwire", "openssl", "mbedtls", "key_owner"):
            with self.subTest(signer), FakeCloud() as cloud:
                self.assertTrue(order(cloud.host, ZENWIRE_SIGNER=signer)[0].startswith("ok order=1"))
                line = order(cloud.host, ZENWIRE_SIGNER=signer, ZENLAYER_ACCESS_KEY_SECRET="wrong")[0]
                self.assertIn(" api_code=AUTHFAILURE_SIGNATURE_FAILURE ", line)


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.own, cls.own_file = cls.make_context("own", "IP:127.0.0.1")
        cls.foreign, cls.foreign_file = cls.make_context("foreign", "DNS:other.example")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def make_context(cls, name, subject):
        """A context with a certificate for `subject`, signed by itself, and the file of the certificate."""
        key, certificate = (os.path.join(cls.folder.name, f"{name}.{kind}") for kind in ("key", "pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=zenwire test",
                        "-addext", f"subjectAltName={subject}"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        return context, certificate

    def not_sent(self, server, **options):
        with server:
            lines = order(server.host, scheme="https", **options)
        self.assertTrue(lines[0].startswith("not_sent "), lines)
        self.assertEqual([request for request in server.requests if request and not request.startswith(b"\x16")], [])

    def test_a_trusted_certificate_will_do(self):
        with Server(http_response(200), tls=self.own) as server:
            self.assertEqual(order(server.host, ca_file=self.own_file, scheme="https"), [DONE])

    def test_orders_follow_each_other(self):
        with Server(*[[http_response(200), CHUNKED, http_response(200)]] * 3, tls=self.own) as server:
            self.assertEqual(order(server.host, count=3, ca_file=self.own_file, scheme="https"), [DONE] * 3)

    def test_a_session_that_breaks_off_leaves_the_outcome_unknown(self):
        with Server(http_response(200)[:-9], tls=self.own) as server:
            self.assertTrue(order(server.host, ca_file=self.own_file, scheme="https")[0].startswith("outcome_unknown "))
        self.assertEqual(len(server.requests), 1)

    def test_a_certificate_that_nobody_vouches_for_is_refused_before_anything_is_sent(self):
        self.not_sent(Server(http_response(200), tls=self.own))

    def test_a_certificate_for_another_host_is_refused_before_anything_is_sent(self):
        self.not_sent(Server(http_response(200), tls=self.foreign), ca_file=self.foreign_file)

    def test_a_server_without_tls_gets_no_request(self):
        self.not_sent(Server(b"HTTP/1.1 400 Bad Request\r\n\r\n"))


if __name__ == "__main__":
    unittest.main()
