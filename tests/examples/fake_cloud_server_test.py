#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Drives fake_cloud_server as a client of the API in another language would: its actions, and what its arguments and its fixture say.

    fake_cloud_server_test.py PROGRAM
"""

import http.client
import json
import subprocess
import sys
import tempfile
import time
import unittest

from fake_cloud_client import INSTANCE, call, headers_for
from fake_cloud_process import FakeCloudProcess

PROGRAM = sys.argv.pop(1)


def serve(*arguments, **how):
    return FakeCloudProcess(PROGRAM, *arguments, **how)


class EveryAction(unittest.TestCase):
    def test_looks_prices_orders_and_takes_back(self):
        with serve("--processing-seconds", "0") as server:
            one = {"instanceId": INSTANCE}
            status, page = call(server, "DescribeInstances", {"instanceIds": [INSTANCE]})
            self.assertEqual((status, page["response"]["totalCount"]), (200, 1))
            self.assertEqual(page["response"]["dataSet"][0]["trafficPackageSize"], 0.1)
            status, price = call(server, "InquiryPriceInstanceTrafficPackage", {**one, "trafficPackageSize": 0.2})
            self.assertEqual(status, 200)
            self.assertGreater(price["response"]["trafficPackagePrice"][0]["discountPrice"], 0)
            status, order = call(server, "ModifyInstanceTrafficPackage", {**one, "trafficPackageSize": 0.2})
            self.assertEqual(status, 200)
            self.assertEqual(len(order["response"]["orderNumber"]), 13)
            self.assertEqual(order["requestId"], order["response"]["requestId"])
            status, state = call(server, "DescribeInstanceInternetStatus", one)
            self.assertEqual((status, state["response"]["trafficPackageSize"]), (200, 0.2))
            self.assertEqual(state["response"]["modifiedTrafficPackageStatus"], "Enable")
            status, _ = call(server, "ModifyInstanceTrafficPackage", {**one, "trafficPackageSize": 0.1})
            self.assertEqual(status, 200)
            _, state = call(server, "DescribeInstanceInternetStatus", one)
            self.assertEqual(state["response"]["modifiedTrafficPackageStatus"], "WaitToEnable")
            status, _ = call(server, "CancelInstanceTrafficPackageDowngrade", one)
            self.assertEqual(status, 200)
            status, error = call(server, "CancelInstanceTrafficPackageDowngrade", one)
            self.assertEqual((status, error["code"]), (404, "OPERATION_DENIED_DOWNGRADE_NOT_EXIST"))
            status, resources = call(server, "DescribeAvailableResources", {"instanceChargeType": "PREPAID"})
            self.assertEqual(status, 200)
            self.assertEqual(resources["response"]["availableResources"][0]["defaultTrafficPackageSize"], 5)
            summary = server.stop()
            self.assertEqual([order["isCancelled"] for order in summary["orders"]], [False, True])
            self.assertEqual(summary["requests"], 9)

    def test_each_service_in_each_version(self):
        with serve() as server:
            for path, version, instance in (
                ("/api/v2/bmc", "2022-11-20", INSTANCE),
                ("/api/v2/bmc", "2026-02-01", INSTANCE),
                ("/api/v2/vm", "2023-03-13", "932237369560662470"),
                ("/api/v2/vm", "2026-04-01", "932237369560662470"),
            ):
                status, state = call(
                    server, "DescribeInstanceInternetStatus", {"instanceId": instance}, path=path, version=version
                )
                self.assertEqual((status, state["response"]["instanceId"]), (200, instance))

    def test_the_documented_errors(self):
        cases = (
            ("932237369560662464", 0.2, 403, "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT"),
            ("932237369560662465", 0.2, 403, "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"),
            ("932237369560662466", 0.2, 403, "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE"),
            ("932237369560662467", 0.3, 403, "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING"),
            ("932237369560662468", 0.3, 403, "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"),
            ("1", 0.2, 404, "INVALID_INSTANCE_NOT_FOUND"),
            (INSTANCE, 0.07, 400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR"),
            (INSTANCE, 0, 400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS"),
            (INSTANCE, 100.05, 400, "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED"),
        )
        with serve() as server:
            for instance, size, status, code in cases:
                got, error = call(
                    server, "ModifyInstanceTrafficPackage", {"instanceId": instance, "trafficPackageSize": size}
                )
                self.assertEqual((got, error["code"]), (status, code))
                self.assertTrue(error["requestId"].startswith("T"))
                self.assertTrue(error["message"])

    def test_the_common_errors(self):
        one = {"instanceId": INSTANCE}
        action = "DescribeInstanceInternetStatus"
        with serve() as server:
            expired = time.time() - 400
            for response, expected in (
                (call(server, action, one, secret="wrong"), (401, "AUTHFAILURE_SIGNATURE_FAILURE")),
                (call(server, action, one, now=expired), (401, "AUTHFAILURE_SIGNATURE_EXPIRED")),
                (call(server, "Fly", one), (401, "AUTHFAILURE_UNAUTHORIZED_OPERATION")),
                (call(server, action, one, version="1999-01-01"), (401, "AUTHFAILURE_UNAUTHORIZED_OPERATION")),
                (call(server, action, {}), (400, "MISSING_PARAMETER")),
                (call(server, action, {"instanceId": 1}), (400, "INVALID_PARAMETER_TYPE")),
            ):
                self.assertEqual((response[0], response[1]["code"]), expected)


class Fixture(unittest.TestCase):
    def test_everything_that_it_describes(self):
        fixture = {
            "accessKeys": [{"accessKeyId": "a", "accessKeySecret": "b"}],
            "tokens": ["t0ken"],
            "balanceCents": 5,
            "settings": {"processingSeconds": 0, "priceCentsPerTerabyte": 100, "discountPercent": 50,
                         "insufficientBalanceCode": "NO_MONEY", "checks": ["instance", "step"]},
            "instances": [
                {"instanceId": "1", "instanceStatus": "INSTALLING", "trafficPackageSize": 1, "tags": [{"key": "k", "value": "v"}],
                 "publicIpAddresses": ["1.1.1.1"], "instanceName": "名"},
                {"instanceId": "2", "trafficPackageSize": None, "internetChargeType": "ByBandwidth"},
            ],
            "resources": [{"zoneId": "Z", "defaultTrafficPackageSize": "2.5"}],
            "faults": [{"kind": "canned", "status": 502, "body": "<html>", "headers": {"x-a": "b"}}, {"kind": "response_lost"}],
        }
        account = {"key": "a", "secret": "b"}
        with serve(fixture=fixture) as server:
            order = {"instanceId": "1", "trafficPackageSize": 1.05}
            self.assertEqual(call(server, "DescribeInstances", {}, **account), (502, b"<html>"))
            with self.assertRaises(http.client.RemoteDisconnected):
                call(server, "DescribeInstances", {}, **account)
            self.assertEqual(call(server, "DescribeInstances", {})[1]["code"], "AUTHFAILURE_SIGNATURE_FAILURE")
            _, page = call(server, "DescribeInstances", {"tagKeys": ["k"]}, **account)
            self.assertEqual([each["instanceName"] for each in page["response"]["dataSet"]], ["名"])
            status, _ = call(server, "ModifyInstanceTrafficPackage", order, **account)
            self.assertEqual(status, 200)
            status, error = call(
                server, "ModifyInstanceTrafficPackage", {"instanceId": "1", "trafficPackageSize": 2}, **account
            )
            self.assertEqual((status, error["code"]), (403, "NO_MONEY"))
            _, resources = call(server, "DescribeAvailableResources",
                                {"instanceChargeType": "PREPAID"}, **account)
            self.assertEqual(resources["response"]["availableResources"][0]["defaultTrafficPackageSize"], 2.5)
            self.assertEqual(server.stop()["balanceCents"], 2)

    def test_the_bill_follows_from_the_orders_and_may_be_late(self):
        for lag in (0, 3600):
            fixture = {"balanceCents": 100000, "settings": {"ledgerLagSeconds": lag, "priceCentsPerMbps": 10},
                       "instances": [{"instanceId": "i", "internetChargeType": "ByBandwidth", "bandwidthOutMbps": 100}]}
            with serve(fixture=fixture) as server:
                order = {"instanceId": "i", "bandwidthOutMbps": 300}
                status, response = call(server, "ModifyInstanceBandwidth", order)
                self.assertEqual(status, 200)
                ledger = {"path": "/api/v2/zbc", "version": "2024-08-08"}
                _, balance = call(server, "DescribeCustomerBalance", {}, **ledger)
                self.assertEqual(balance["response"]["cashBalance"], 980)
                _, bill = call(server, "DescribeBillDetail", {"orderSn": response["response"]["orderNumber"]}, **ledger)
                self.assertEqual([line["amount"] for line in bill["response"]["dataSet"]], [20] if lag == 0 else [])
                self.assertEqual(server.stop()["orders"][0]["bandwidthOutMbps"], 300)

    def test_a_mistake_is_named(self):
        for fixture, complaint in (
            ({"instance": []}, "fixture.instance is unknown"),
            ({"instances": [{"id": "1"}]}, "fixture.instances.id is unknown"),
            ({"instances": [{}]}, "needs an instanceId"),
            ({"instances": [{"instanceId": "1", "trafficPackageSize": "big"}]}, "fixture.instances.trafficPackageSize"),
            ({"settings": {"checks": ["luck"]}}, "no such name: luck"),
            ({"faults": [{"kind": "canned", "status": 99999}]}, "fixture.faults.status: a status is from 200 to 599"),
            ({"tokens": [""]}, "fixture.tokens"),
            ([], "fixture must be an object"),
        ):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump(fixture, file)
                file.flush()
                done = subprocess.run([PROGRAM, "--fixture", file.name], capture_output=True, text=True, check=False, timeout=20)
                self.assertEqual(done.returncode, 2)
                self.assertIn(complaint, done.stderr)

    def test_wrong_arguments_are_refused(self):
        for arguments in (["--port"], ["--port", "x"], ["--port", "65536"], ["--fly", "1"], ["--letters", "x"], ["--fixture", "/nowhere.json"]):
            done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, timeout=20)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn("fake_cloud_server: ", done.stderr)

    def test_a_token_is_enough(self):
        with serve("--token", "abc") as server:
            body = json.dumps({"instanceId": INSTANCE}).encode()
            fields = headers_for(server.address, "DescribeInstanceInternetStatus", body)
            for token, expected in (("abc", 200), ("wrong", 401)):
                connection = http.client.HTTPConnection(server.address, timeout=20)
                connection.request("POST", "/api/v2/bmc", body, {**fields, "Authorization": f"Bearer {token}"})
                self.assertEqual(connection.getresponse().status, expected)
                connection.close()

    def test_a_seed_alone_brings_no_faults(self):
        with serve("--seed", "1") as server:
            for _ in range(40):
                self.assertEqual(call(server, "DescribeInstanceInternetStatus", {"instanceId": INSTANCE})[0], 200)

    def test_faults_need_no_seed(self):
        with serve("--faults", "100", "--processing-seconds", "0") as server:
            connection = http.client.HTTPConnection(server.address, timeout=0.5)
            seen = []
            for _ in range(8):
                try:
                    state = call(server, "DescribeInstanceInternetStatus", {"instanceId": INSTANCE}, connection=connection)
                    seen.append(state[0] == 200)
                except (http.client.HTTPException, OSError, ValueError):
                    seen.append(False)
                connection.close()
            self.assertIn(False, seen)

    def test_chance_follows_from_the_seed(self):
        def outcomes(seed):
            with serve("--seed", seed, "--faults", "60") as server:
                result = []
                for _ in range(16):
                    connection = http.client.HTTPConnection(server.address, timeout=0.5)
                    try:
                        result.append(
                            call(server, "DescribeInstanceInternetStatus", {"instanceId": INSTANCE}, connection=connection)[0]
                        )
                    except (http.client.HTTPException, OSError, ValueError):
                        result.append(None)
                    connection.close()
                return result

        first = outcomes("1")
        self.assertEqual(first, outcomes("1"))
        self.assertGreater(len(set(first)), 2)


if __name__ == "__main__":
    unittest.main(warnings="ignore")
