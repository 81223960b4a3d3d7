#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Drives fake_cloud_server as a client of the API in another language would. Usage: fake_cloud_server_test.py PROGRAM"""

import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from fake_cloud_process import FakeCloudProcess
from scripted_server import signature

PROGRAM = sys.argv.pop(1)
VECTORS = pathlib.Path(__file__).resolve().parent.parent / "vectors" / "signed_requests.jsonl"
INSTANCE = "932237369560662463"


def serve(*arguments, **how):
    return FakeCloudProcess(PROGRAM, *arguments, **how)


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
    """Status and JSON of an answer."""
    body = json.dumps(parameters).encode()
    own = connection or http.client.HTTPConnection(server.address, timeout=20)
    own.request("POST", path, body, headers_for(how.pop("host", server.address), action, body, **how))
    answer = own.getresponse()
    text = answer.read()
    if connection is None:
        own.close()
    return answer.status, json.loads(text) if text.startswith(b"{") else text


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
            for answer, expected in (
                (call(server, action, one, secret="wrong"), (401, "AUTHFAILURE_SIGNATURE_FAILURE")),
                (call(server, action, one, now=expired), (401, "AUTHFAILURE_SIGNATURE_EXPIRED")),
                (call(server, "Fly", one), (401, "AUTHFAILURE_UNAUTHORIZED_OPERATION")),
                (call(server, action, one, version="1999-01-01"), (401, "AUTHFAILURE_UNAUTHORIZED_OPERATION")),
                (call(server, action, {}), (400, "MISSING_PARAMETER")),
                (call(server, action, {"instanceId": 1}), (400, "INVALID_PARAMETER_TYPE")),
            ):
                self.assertEqual((answer[0], answer[1]["code"]), expected)


class Http(unittest.TestCase):
    def test_many_requests_on_one_connection(self):
        with serve() as server:
            connection = http.client.HTTPConnection(server.address, timeout=20)
            connection.connect()
            first = connection.sock
            for _ in range(200):
                status, _ = call(
                    server, "DescribeInstanceInternetStatus", {"instanceId": INSTANCE}, connection=connection
                )
                self.assertEqual(status, 200)
            self.assertIs(connection.sock, first)

    def test_many_connections_at_once(self):
        with serve() as server:
            connections = [http.client.HTTPConnection(server.address, timeout=20) for _ in range(100)]
            for connection in connections:
                connection.connect()
            for connection in reversed(connections):
                status, _ = call(
                    server, "DescribeInstanceInternetStatus", {"instanceId": INSTANCE}, connection=connection
                )
                self.assertEqual(status, 200)
            for connection in connections:
                connection.close()

    def test_the_host_is_what_the_client_calls_it(self):
        with serve() as server:
            port = server.address.rpartition(":")[2]
            for host in (f"localhost:{port}", "console.zenlayer.com"):
                status, _ = call(server, "DescribeInstanceInternetStatus", {"instanceId": INSTANCE}, host=host)
                self.assertEqual(status, 200)

    def raw(self, server, text):
        with socket.create_connection(server.address.split(":"), timeout=20) as connection:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def test_a_body_in_chunks_and_a_client_that_waits_for_100(self):
        with serve() as server:
            body = json.dumps({"instanceId": INSTANCE}).encode()
            fields = headers_for(server.address, "DescribeInstanceInternetStatus", body)
            head = "POST /api/v2/bmc HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            chunked = (head + "Transfer-Encoding: chunked\r\n\r\n").encode()
            chunked += b"5\r\n" + body[:5] + b"\r\n%x\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n"
            self.assertIn(b"HTTP/1.1 200", self.raw(server, chunked))
            with socket.create_connection(server.address.split(":"), timeout=20) as connection:
                connection.sendall((head + f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n").encode())
                self.assertTrue(connection.recv(65536).startswith(b"HTTP/1.1 100"))
                connection.sendall(body)
                self.assertTrue(connection.recv(65536).startswith(b"HTTP/1.1 200"))

    def test_an_answer_that_is_cut_announces_the_whole_of_it(self):
        with serve(fixture={"instances": [{"instanceId": "i"}], "faults": [{"kind": "cut", "size": 7}]}) as server:
            body = b"{}"
            fields = headers_for(server.address, "DescribeInstances", body)
            head = "POST /api/v2/bmc HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            answer = self.raw(server, (head + f"Content-Length: {len(body)}\r\n\r\n").encode() + body)
            head, _, arrived = answer.partition(b"\r\n\r\n")
            self.assertEqual(len(arrived), 7)
            length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
            self.assertGreater(length, 100)

    def test_what_is_no_call_of_the_api(self):
        with serve() as server:
            connection = http.client.HTTPConnection(server.address, timeout=20)
            for method, path, expected in (
                ("GET", "/api/v2/bmc", 405),
                ("HEAD", "/api/v2/bmc", 405),
                ("PUT", "/api/v2/vm", 405),
                ("POST", "/", 404),
                ("GET", "/api/v2/bmc/x", 404),
            ):
                connection.request(method, path)
                answer = connection.getresponse()
                answer.read()
                self.assertEqual(answer.status, expected, (method, path))
            self.assertTrue(self.raw(server, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400"))

    def test_what_is_too_large_is_refused_in_the_form_of_the_api(self):
        with serve() as server:
            head = b"POST /api/v2/bmc HTTP/1.1\r\nHost: x\r\n"
            for text, status in (
                (head + b"Content-Length: 10000000\r\n\r\n", 413),
                (head + b"X: " + b"x" * 100_000 + b"\r\n\r\n", 431),
            ):
                answer, _, body = self.raw(server, text).partition(b"\r\n\r\n")
                self.assertTrue(answer.startswith(b"HTTP/1.1 %d" % status))
                self.assertIn(b"content-type: application/json", answer.lower())
                self.assertEqual(json.loads(body)["code"], "INVALID_PARAMETER_EXCEED_LENGTH")

    def test_it_listens_on_the_loopback_only_with_either_protocol(self):
        with serve() as server:
            port = int(server.address.rpartition(":")[2])
            for file, loopback in (("tcp", "0100007F"), ("tcp6", "00000000000000000000000001000000")):
                lines = pathlib.Path("/proc/net", file).read_text("ascii").splitlines()[1:]
                sockets = [line.split() for line in lines]
                listening = {fields[1] for fields in sockets if fields[3] == "0A" and int(fields[1][-4:], 16) == port}
                self.assertEqual(listening, {f"{loopback}:{port:04X}"})

    def test_a_client_may_come_by_ipv6(self):
        with serve() as server:
            port = int(server.address.rpartition(":")[2])
            for host in (f"[::1]:{port}", f"localhost:{port}"):
                connection = http.client.HTTPConnection("::1", port, timeout=20)
                status, _ = call(server, "DescribeInstances", {}, connection=connection, host=host)
                self.assertEqual(status, 200)
                connection.close()

    def test_it_rests_where_no_more_connections_fit(self):
        with serve(limit=24) as server:
            address = server.address.split(":")
            connections = [socket.create_connection(address, timeout=20) for _ in range(60)]
            time.sleep(0.2)
            before = server.cpu_seconds()
            time.sleep(1)
            self.assertLess(server.cpu_seconds() - before, 0.3)
            for connection in connections:
                connection.close()
            self.assertEqual(call(server, "DescribeInstances", {})[0], 200)

    def test_it_ends_on_a_signal_with_idle_connections(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with serve() as server:
                connection = http.client.HTTPConnection(server.address, timeout=20)
                connection.connect()
                self.assertEqual(server.stop(number)["orders"], [])
                connection.close()


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
                answer = json.loads(connection.getresponse().read())
                connection.close()
                code = answer.get("code", "")
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
                answer = connection.getresponse()
                text = answer.read()
                self.assertEqual(answer.status, 200, (line, text))
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
        answer = connection.getresponse()
        text = json.loads(answer.read())
        connection.close()
        return answer.status, text.get("message", "")

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
                status, answer = call(server, "ModifyInstanceBandwidth", order)
                self.assertEqual(status, 200)
                ledger = {"path": "/api/v2/zbc", "version": "2024-08-08"}
                _, balance = call(server, "DescribeCustomerBalance", {}, **ledger)
                self.assertEqual(balance["response"]["cashBalance"], 980)
                _, bill = call(server, "DescribeBillDetail", {"orderSn": answer["response"]["orderNumber"]}, **ledger)
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
