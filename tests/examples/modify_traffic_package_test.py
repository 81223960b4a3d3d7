#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs modify_traffic_package on its cloud in memory, and its libcurl transport against sockets on the loopback.

    python3 modify_traffic_package_test.py PROGRAM
"""

import fcntl
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from scripted_server import Server, answer, fields_of, refusing_host, signature

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else sys.exit(__doc__)

ID = "test-access-key"
SECRET = "test-secret-of-the-key"
TOKEN = "test-token-0123456789"
BODY = b'{"instanceId":"i-1","trafficPackageSize":0.15}'


STATE = tempfile.TemporaryDirectory()


def run(*arguments, stdin="", **environment):
    base = {name: value for name, value in os.environ.items() if not name.startswith("ZENLAYER_")}
    done = subprocess.run([PROGRAM, *arguments], input=stdin, text=True, capture_output=True, check=False, timeout=60,
                          env=base | {"XDG_STATE_HOME": STATE.name} | environment)
    return done.returncode, done.stdout, done.stderr


class InMemory(unittest.TestCase):
    def refused(self, instance, code, size="0.15"):
        status, output, _ = run("--instance", instance, "--size", size)
        self.assertEqual(status, 6, output)
        self.assertIn(f"API code     {code}\n", output)
        self.assertIn("nothing was ordered", output)
        self.assertNotIn("\norder ", output)

    def test_an_upgrade_is_ordered(self):
        status, output, _ = run("--instance", "932237369560662463", "--size", "0.15")
        self.assertEqual(status, 0, output)
        self.assertIn('{"instanceId":"932237369560662463","trafficPackageSize":0.15}', output)
        self.assertIn("DONE: order 1000000000001", output)
        self.assertIn("order 1000000000001: instance 932237369560662463, 0.15 TB, paid 4.00", output)
        self.assertIn("SignedHeaders=content-type;host, Signature=***\n", output)
        self.assertNotIn("demo-password", output)

    def test_a_downgrade_is_planned(self):
        status, output, _ = run("--instance", "932237369560662463", "--size", "0.05")
        self.assertEqual(status, 0, output)
        self.assertIn("next cycle 0.05 TB", output)

    def test_a_virtual_machine_is_changed(self):
        status, output, _ = run("--instance", "932237369560662470", "--size", "0.15", "--service", "vm")
        self.assertEqual(status, 0, output)
        self.assertIn("POST /api/v2/vm ", output)

    def test_each_refusal_is_explained(self):
        self.refused("932237369560662464", "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT")
        self.refused("932237369560662465", "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT")
        self.refused("932237369560662466", "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE")
        self.refused("932237369560662467", "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING")
        self.refused("932237369560662468", "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE")
        self.refused("932237369560662463", "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS", "0")
        self.refused("932237369560662463", "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED", "100.05")
        self.refused("932237369560662463", "OPERATION_FAILED_INSUFFICIENT_BALANCE", "100")

    def test_an_unknown_instance_shows_which_there_are(self):
        self.refused("i-1", "INVALID_INSTANCE_NOT_FOUND")
        self.assertIn("bmc 932237369560662463  RUNNING", run("--instance", "i-1", "--size", "1")[1])

    def test_a_size_that_is_not_sold_is_refused_unsent(self):
        status, output, _ = run("--instance", "932237369560662463", "--size", "0.07")
        self.assertEqual(status, 1, output)
        self.assertIn("0.05 and 0.1", output)
        self.assertNotIn("--- request", output)

    def test_wrong_arguments_have_a_code_of_their_own(self):
        usual = ["--instance", "i-1", "--size", "1"]
        for arguments in ([], ["--size", "1"], ["--instance", "i-1"], ["--instance"], [*usual, "--sise", "2"],
                          ["--instance", "i-1", "--size", "-1"], ["--instance", "i-1", "--size", "1e2"],
                          [*usual, "--service", "cdn"], [*usual, "--endpoint", "ftp://example.com"], [*usual, "--live"]):
            with self.subTest(arguments=arguments):
                status, output, complaint = run(*arguments)
                self.assertEqual(status, 2, output)
                self.assertNotEqual(complaint, "")

    def test_help_is_given(self):
        status, output, _ = run("--help")
        self.assertEqual(status, 0)
        self.assertIn("Exit code:", output)


class Live(unittest.TestCase):
    KEY = {"ZENLAYER_ACCESS_KEY_ID": ID, "ZENLAYER_ACCESS_KEY_SECRET": SECRET}

    def order(self, host, *more, scheme="http", **options):
        return run("--live", "--instance", "i-1", "--size", "0.15", "--endpoint", f"{scheme}://{host}", *more,
                   **(self.KEY | options))

    def test_a_request_is_sent_as_it_was_signed(self):
        with Server(answer(200)) as server:
            status, output, _ = self.order(server.host, "--yes", http_proxy="http://127.0.0.1:1", all_proxy="http://127.0.0.1:1")
        self.assertEqual(status, 0, output)
        self.assertEqual(len(server.requests), 1)
        request = server.requests[0]
        self.assertTrue(request.startswith(b"POST /api/v2/bmc HTTP/1.1\r\n"), request)
        self.assertTrue(request.endswith(b"\r\n\r\n" + BODY), request)
        fields = dict(fields_of(request))
        self.assertEqual(sorted(name for name, _ in fields_of(request)), [
            "authorization", "content-length", "content-type", "host", "x-zc-action", "x-zc-sdk-lang", "x-zc-sdk-version",
            "x-zc-service", "x-zc-signature-method", "x-zc-timestamp", "x-zc-version"])
        self.assertEqual(fields["host"], server.host)
        self.assertEqual(fields["content-type"], "application/json")
        expected = signature(fields, BODY, SECRET)
        self.assertEqual(fields["authorization"],
                         f"ZC2-HMAC-SHA256 Credential={ID}, SignedHeaders=content-type;host, Signature={expected}")
        self.assertIn("DONE: order 1234567890123", output)
        for secret in (SECRET, expected):
            self.assertNotIn(secret, output)

    def test_a_token_is_sent_and_not_shown(self):
        with Server(answer(200)) as server:
            status, output, _ = self.order(server.host, "--yes", ZENLAYER_TOKEN=TOKEN)
        self.assertEqual(status, 0, output)
        self.assertEqual(dict(fields_of(server.requests[0]))["authorization"], f"Bearer {TOKEN}")
        self.assertIn("authorization: Bearer ***\n", output)
        self.assertNotIn(TOKEN, output)

    def test_nothing_is_sent_unless_it_is_confirmed(self):
        with Server(answer(200)) as server:
            for reply in ("", "no\n", "y\n"):
                status, output, _ = self.order(server.host, stdin=reply)
                self.assertEqual(status, 10, output)
            self.assertEqual(server.requests, [])
            status, output, _ = self.order(server.host, stdin="yes\n")
            self.assertEqual(status, 0, output)
            self.assertEqual(len(server.requests), 1)

    def test_an_order_without_an_answer_is_not_repeated(self):
        for name, bytes_sent in (("none", b""), ("half", answer(200)[:-9]), ("no HTTP", b"hello\r\n")):
            with self.subTest(name), Server(bytes_sent, answer(200)) as server:
                status, output, _ = self.order(server.host, "--yes")
                self.assertEqual(status, 3, output)
                self.assertIn("FAILED: outcome_unknown", output)
                self.assertEqual(len(server.requests), 1)

    def test_an_order_that_failed_inside_the_server_is_not_repeated(self):
        with Server(answer(500, b'{"requestId":"T1","code":"INTERNAL_SERVER_ERROR","message":"oops"}'), answer(200)) as server:
            status, output, _ = self.order(server.host, "--yes")
        self.assertEqual(status, 3, output)
        self.assertIn("money may have moved", output)
        self.assertEqual(len(server.requests), 1)

    def test_a_redirect_is_not_followed(self):
        for status_code in (301, 302, 307, 308):
            with self.subTest(status_code), Server(b"", b"") as other, \
                    Server(answer(status_code, b"", f"location: http://{other.host}/api/v2/bmc")) as server:
                status, output, _ = self.order(server.host, "--yes")
                self.assertEqual(status, 3, output)
                self.assertIn("because      redirected", output)
                self.assertEqual((len(server.requests), len(other.requests)), (1, 0))

    def test_a_limit_is_told_and_nothing_is_ordered_again(self):
        limit = b'{"requestId":"T1","code":"REQUEST_LIMIT_EXCEEDED","message":"slowly"}'
        for body, code in ((limit, 6), (b"", 3)):
            with Server(answer(429, body, "Retry-After: 0"), answer(200)) as server:
                status, output, _ = self.order(server.host, "--yes")
            self.assertEqual((status, len(server.requests)), (code, 1), output)

    def test_an_instance_whose_job_is_not_over_is_not_ordered_for(self):
        with Server(answer(200)) as server, tempfile.TemporaryDirectory() as state:
            job = pathlib.Path(state) / "bmc.i-1.job"
            job.write_bytes(b"x")
            self.assertEqual(self.order(server.host, "--yes", "--state", state)[0], 9)
            job.unlink()
            with open(pathlib.Path(state) / "bmc.i-1.lock", "w", encoding="ascii") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.assertEqual(self.order(server.host, "--yes", "--state", state)[0], 8)
            self.assertEqual(server.requests, [])
            self.assertEqual(self.order(server.host, "--yes", "--state", state)[0], 0)

    def test_a_response_is_told_also_when_ctrl_c_came_first(self):
        with Server(None, answer(200)) as server:
            process = subprocess.Popen(
                [PROGRAM, "--live", "--yes", "--instance", "i-1", "--size", "0.15", "--endpoint", f"http://{server.host}"],
                stdout=subprocess.PIPE, text=True, env=os.environ | self.KEY | {"XDG_STATE_HOME": STATE.name})
            while not server.requests:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
            self.assertIsNone(process.poll())
            server.end_silence()
            output = process.communicate(timeout=30)[0]
        self.assertIn("FAILED: outcome_unknown", output)

    def test_a_challenge_is_recognised_by_its_field(self):
        with Server(answer(403, b"<html>", "CF-Mitigated:challenge")) as server:
            status, output, _ = self.order(server.host, "--yes")
        self.assertEqual(status, 6, output)
        self.assertIn("FAILED: security_challenge", output)

    def test_texts_of_the_server_cannot_drive_the_terminal(self):
        body = b'{"requestId":"T\\u001b[1m","code":"X\\u0007","message":"\\u009b2J\\u001b]0;x"}'
        with Server(answer(400, body + b"\x1b[31m"), answer(400, body)) as server:
            outputs = self.order(server.host, "--yes")[1] + self.order(server.host, "--yes")[1]
        self.assertEqual([c for c in outputs if ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160], [])

    def test_what_was_not_sent_is_tried_again_and_known_to_be_nothing(self):
        plain = Server()
        results = {}
        with plain:
            cases = {"refused": (refusing_host(), "http"), "no TLS": (plain.host, "https"), "no name": ("name.invalid", "https")}

            def attempt(name, host, scheme):
                with tempfile.TemporaryDirectory() as state:
                    results[name] = self.order(host, "--yes", "--state", state, scheme=scheme)

            threads = [threading.Thread(target=attempt, args=(name, *case)) for name, case in cases.items()]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        for name, (status, output, _) in results.items():
            with self.subTest(name):
                self.assertEqual(status, 1, output)
                self.assertIn("FAILED: not_sent", output)
                self.assertEqual(output.count("--- request"), 4)
        self.assertEqual(sorted(results), sorted(cases))


if __name__ == "__main__":
    unittest.main()
