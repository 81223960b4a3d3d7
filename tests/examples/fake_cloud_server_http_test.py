#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""HTTP as fake_cloud_server speaks it: connections, forms of a body, what is no call of the API.

    fake_cloud_server_http_test.py PROGRAM
"""

import http.client
import json
import pathlib
import re
import signal
import socket
import sys
import time
import unittest

from fake_cloud_client import INSTANCE, call, headers_for
from fake_cloud_process import FakeCloudProcess

PROGRAM = sys.argv.pop(1)


def serve(*arguments, **how):
    return FakeCloudProcess(PROGRAM, *arguments, **how)


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
            response = b""
            while piece := connection.recv(65536):
                response += piece
        return response

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

    def test_a_response_that_is_cut_announces_the_whole_of_it(self):
        with serve(fixture={"instances": [{"instanceId": "i"}], "faults": [{"kind": "cut", "size": 7}]}) as server:
            body = b"{}"
            fields = headers_for(server.address, "DescribeInstances", body)
            head = "POST /api/v2/bmc HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            response = self.raw(server, (head + f"Content-Length: {len(body)}\r\n\r\n").encode() + body)
            head, _, arrived = response.partition(b"\r\n\r\n")
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
                response = connection.getresponse()
                response.read()
                self.assertEqual(response.status, expected, (method, path))
            self.assertTrue(self.raw(server, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400"))

    def test_what_is_too_large_is_refused_in_the_form_of_the_api(self):
        with serve() as server:
            head = b"POST /api/v2/bmc HTTP/1.1\r\nHost: x\r\n"
            for text, status in (
                (head + b"Content-Length: 10000000\r\n\r\n", 413),
                (head + b"X: " + b"x" * 100_000 + b"\r\n\r\n", 431),
            ):
                response, _, body = self.raw(server, text).partition(b"\r\n\r\n")
                self.assertTrue(response.startswith(b"HTTP/1.1 %d" % status))
                self.assertIn(b"content-type: application/json", response.lower())
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


if __name__ == "__main__":
    unittest.main(warnings="ignore")
