#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the program traffic_package takes from its environment, and what it shows of texts that are not its own.
Usage: traffic_package_environment_test.py PROGRAM FAKE_CLOUD_SERVER"""

import json
import sys

from order_world import refused
from program_case import INSTANCE, Case, run_side_by_side, shows
from scripted_server import Server, fields_of, http_response, signature

# CSI and NEL as C1 controls, ESC, DEL, and what turns the direction of writing
UNSAFE = "\u009b31m\u0085\x1b[2J\x7f\u202e\u2066x"


class TheEnvironment(Case):
    KEYS = (
        ("ZENLAYER_ACCESS_KEY_ID", "ZENLAYER_ACCESS_KEY_SECRET"),
        ("ZENLAYERCLOUD_ACCESS_KEY_ID", "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"),
        ("ZENLAYER_CLOUD_ACCESS_KEY_ID", "ZENLAYER_CLOUD_ACCESS_KEY_PASSWORD"),
        ("ZENLAYERCLOUD_SECRET_KEY_ID", "ZENLAYERCLOUD_SECRET_KEY_PASSWORD"),
    )
    NOBODY = http_response(200, b'{"requestId":"T","response":{"requestId":"T","totalCount":0,"dataSet":[]}}')

    def request_of(self, **environment):
        """What `show` sends, and all that it says."""
        with Server(self.NOBODY) as server:
            done = self.run_it("show", "--verbose", "--endpoint", server.host, http_proxy="http://127.0.0.1:1", **environment)
        self.assertEqual((done.returncode, len(server.requests)), (0, 1), done.stderr)
        return server.requests[0], done.stdout + done.stderr

    def test_each_pair_of_names_has_the_key(self):
        for names in self.KEYS:
            with self.subTest(names=names):
                request, said = self.request_of(**dict(zip(names, ("id-of-the-key", "secret-of-the-key"))))
                fields = dict(fields_of(request))
                expected = signature(fields, request.partition(b"\r\n\r\n")[2], "secret-of-the-key")
                self.assertEqual(fields["authorization"], "ZC2-HMAC-SHA256 Credential=id-of-the-key, "
                                 f"SignedHeaders=content-type;host, Signature={expected}")
                self.assertNotIn(expected, said)
                self.assertNotIn("secret-of-the-key", said)

    def test_the_first_pair_that_is_set_is_taken(self):
        for i in range(len(self.KEYS)):
            keys = {name: f"of-row-{row}" for row, names in enumerate(self.KEYS[i:]) for name in names}
            with self.subTest(first=self.KEYS[i]):
                self.assertIn("Credential=of-row-0,", dict(fields_of(self.request_of(**keys)[0]))["authorization"])

    def test_a_token_goes_before_keys_and_is_not_shown(self):
        keys = dict.fromkeys((name for names in self.KEYS for name in names), "x")
        request, said = self.request_of(ZENLAYER_TOKEN="token-of-the-account", **keys)
        self.assertEqual(dict(fields_of(request))["authorization"], "Bearer token-of-the-account")
        self.assertNotIn("token-of-the-account", said)
        self.assertIn("Bearer ***", said)

    def test_half_of_a_key_is_an_error_that_names_both_halves(self):
        whole = dict.fromkeys(self.KEYS[-1], "x")
        for names in self.KEYS:
            for present, missing in (names, names[::-1]):
                with self.subTest(present=present):
                    done = self.run_it("show", "--live", **(whole | {present: "x", missing: ""}))
                    self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                    self.assertIn(f"{present} is set, and {missing} is not", done.stderr)

    def test_without_an_account_the_real_cloud_is_not_asked(self):
        done = self.run_it("show", "--live")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        for name in ("ZENLAYER_TOKEN", *self.KEYS[0]):
            self.assertIn(name, done.stderr)
        self.assertNotIn("ZENLAYER_PROFILE", done.stderr)
        self.assertIn("profiles are not read", self.run_it("show", "--live", ZENLAYER_PROFILE="mine").stderr)

    def test_an_endpoint_of_this_machine_is_taken_unless_an_option_says_another(self):
        with Server(self.NOBODY, self.NOBODY) as named, Server(self.NOBODY) as given:
            for address in (named.host, "http://" + named.host):
                done = self.run_it("show", ZENLAYER_ENDPOINT=address)
                self.assertEqual(done.stdout, "There are no instances.\n", done.stderr)
            self.run_it("show", "--endpoint", given.host, ZENLAYER_ENDPOINT=named.host)
            self.assertEqual((len(named.requests), len(given.requests)), (2, 1))

    def test_an_endpoint_of_another_machine_is_taken_with_live_only(self):
        self.assertIn("in memory", self.run_it("show", ZENLAYER_ENDPOINT="https://name.invalid").stderr)
        done = self.run_it("show", "--live", ZENLAYER_ENDPOINT="https://name.invalid", ZENLAYER_TOKEN="x")
        self.assertEqual(done.returncode, 1)
        self.assertIn("name.invalid", done.stderr)

    def test_an_endpoint_that_is_none_is_an_error(self):
        for more in ((), ("--live",)):
            done = self.run_it("show", *more, ZENLAYER_ENDPOINT="ftp://x", ZENLAYER_TOKEN="x")
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn('ZENLAYER_ENDPOINT "ftp://x"', done.stderr)

    def test_output_is_as_the_option_says_else_as_the_environment(self):
        for value, options, is_json in (("json", (), True), ("table", (), False), ("", (), False), ("table", ("--json",), True),
                                        ("json", ("--output", "table"), False), ("table", ("--output", "json"), True)):
            with self.subTest(value=value, options=options):
                self.assertEqual(self.run_it("balance", *options, ZENLAYER_OUTPUT=value).stdout.startswith("{"), is_json)

    def test_debug_shows_requests(self):
        for value, is_shown in (("true", True), ("false", False), ("", False)):
            with self.subTest(value=value):
                self.assertEqual("HTTP status 200" in self.run_it("balance", ZENLAYER_DEBUG=value).stderr, is_shown)

    def test_a_value_that_a_variable_does_not_have_is_an_error_as_of_an_option(self):
        for name, allowed in (("ZENLAYER_OUTPUT", "table or json"), ("ZENLAYER_DEBUG", "true or false")):
            with self.subTest(name=name):
                done = self.run_it("balance", **{name: "yaml"})
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertIn(f'{name} must be {allowed}, not "yaml"\n', done.stderr)
        # what an option says better is not read
        self.assertEqual(self.run_it("balance", "--json", "--verbose", ZENLAYER_OUTPUT="yaml", ZENLAYER_DEBUG="yaml").returncode, 0)


class TextsOfStrangers(Case):
    def assert_safe(self, text):
        for character in UNSAFE[:-1].replace("31m", "").replace("[2J", ""):
            self.assertNotIn(character, text)

    def test_whatever_a_server_says_is_safe_for_a_terminal(self):
        wire = self.wire(self.serve())
        line = {"resourceId": "1", "orderSn": UNSAFE, "product": UNSAFE, "productSubitem": UNSAFE, "deductionTime": UNSAFE}
        instance = {"instanceId": UNSAFE, "instanceName": UNSAFE, "instanceStatus": UNSAFE, "trafficPackageSize": 1}
        fault = json.dumps({"requestId": UNSAFE, "code": UNSAFE, "message": UNSAFE}, ensure_ascii=False).encode()
        for command, action, rule in (
            (["balance"], "DescribeCustomerBalance", shows(accountUid=UNSAFE)),
            (["bills", "--instance", "1"], "DescribeBillDetail", shows(totalCount=1, dataSet=[line])),
            (["show"], "DescribeInstances", shows(totalCount=1, dataSet=[instance])),
            (["show", "--service", "vm"], "DescribeInstances", shows(totalCount=1, dataSet=[instance])),
            (["show", "--instance", "1"], "DescribeInstanceInternetStatus", shows(instanceName=UNSAFE, instanceId=UNSAFE)),
            (["show"], "DescribeInstances", refused(403, fault)),
            (["show"], "DescribeInstances", refused(502, UNSAFE.encode(), "x-note: a\u009bb")),
        ):
            wire.script[action] = [rule]
            for more in ((), ("--json",), ("--verbose",)):
                done = self.run_it(*command, *more, server=wire)
                self.assert_safe(done.stdout.replace("\n", ""))
                self.assert_safe(done.stderr.replace("\n", ""))
                if more == ("--json",):
                    json.loads(done.stdout)
        # in JSON nothing is lost: what is not safe is escaped
        wire.script["DescribeInstances"] = [shows(totalCount=1, dataSet=[instance])]
        self.assertEqual(self.run_json("show", server=wire)[1]["instances"][0]["instanceName"], UNSAFE)

    def test_what_a_response_quotes_of_the_request_is_masked(self):
        wire = self.wire(self.serve())
        seen = []

        def quoting(request, _):
            seen.append(dict(fields_of(request))["authorization"])
            return http_response(403, b"<html>" + seen[-1].encode(), "x-quoted: " + seen[-1])

        wire.script["DescribeInstances"] = [quoting]
        for more in ((), ("--json",), ("--verbose",)):
            done = self.run_it("show", *more, server=wire)
            self.assertNotIn(seen[-1].split("Signature=")[1], done.stdout + done.stderr)
        self.assertEqual(done.stderr.count("***"), 3, done.stderr)


if __name__ == "__main__":
    sys.exit(run_side_by_side((TheEnvironment, TextsOfStrangers)))
