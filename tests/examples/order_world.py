# SPDX-License-Identifier: BSL-1.0
"""A world for programs that place orders: a cloud, a wire to it that counts orders and can be told what to do with each
request, a clock that only sleeping moves, and calls to the system at which a process is killed."""

import concurrent.futures
import contextlib
import json
import mmap
import os
import pathlib
import socket
import struct
import subprocess
import tempfile
import threading
import unittest

from fake_cloud_process import FakeCloudProcess
from scripted_server import Server, fields_of, http_response

ORDERS = ("ModifyInstanceTrafficPackage", "CancelInstanceTrafficPackageDowngrade")
INSTANCE = "i-1"
TOKEN = "the-same-account-by-token"
KEY = ("key-of-the-account", "password-of-the-account")


class Wire:
    """Passes requests on to a cloud, connection by connection, and keeps the orders that it saw.

    `script` says what becomes of the requests of an action: a list of functions, each for one request, the last one for all
    after it. A function takes the request and `pass_on`, which asks the cloud; it returns the bytes of a response, or None:
    then the connection ends without one.
    """

    def __init__(self, cloud_address):
        self.cloud_address = cloud_address
        self.script = {}
        self.actions = []
        self.orders = []
        self.lock = threading.Lock()
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        """From here on nobody can connect."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def serve(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            connection.settimeout(30)
            threading.Thread(target=self.speak, args=(connection,), daemon=True).start()

    def speak(self, connection):
        with connection:
            try:
                request = Server.receive(connection)
                if not request.endswith(b"}"):
                    return
                action = dict(fields_of(request))["x-zc-action"]
                with self.lock:
                    self.actions.append(action)
                    if action in ORDERS:
                        self.orders.append(request)
                    rules = self.script.get(action, [])
                    rule = rules.pop(0) if len(rules) > 1 else rules[0] if rules else passed
                response = rule(request, self.pass_on)
                connection.sendall(response or b"")
            except OSError:
                pass

    def pass_on(self, request):
        host, port = self.cloud_address.split(":")
        with socket.create_connection((host, int(port)), timeout=30) as cloud:
            cloud.sendall(request)
            return Server.receive(cloud) or None


def passed(request, pass_on):
    """Nothing special."""
    return pass_on(request)


def lost(_, __):
    """The request never arrives."""
    return None


def unanswered(request, pass_on):
    """It is executed, and the response gets lost."""
    pass_on(request)
    return None


def masked(status, body=b"<html>", *fields):
    """It is executed, and somebody on the way responds otherwise."""
    def rule(request, pass_on):
        pass_on(request)
        return http_response(status, body, *fields)
    return rule


def refused(status, body, *fields):
    """It never arrives, and somebody on the way responds."""
    return lambda _, __: http_response(status, body, *fields)


def shown(size, modified=None, word=None, instance=INSTANCE):
    """A look that shows this, whatever is true."""
    status = {"requestId": "L", "instanceId": instance, "trafficPackageSize": size, "modifiedTrafficPackageSize": modified,
              "modifiedTrafficPackageStatus": word}
    return lambda _, __: http_response(200, json.dumps({"requestId": "L", "response": status}).encode())


def flat(text):
    """What --json wrote, with the members of the job and the balance beside those of the whole."""
    whole = json.loads(text)
    return whole | (whole["job"] or {}) | (whole["balance"] or {})


class Held:
    """A response that waits: `arrived` is set when the request is there, and it goes out when `release` is."""

    def __init__(self):
        self.arrived = threading.Event()
        self.release = threading.Event()

    def __call__(self, request, pass_on):
        response = pass_on(request)
        self.arrived.set()
        self.release.wait(30)
        return response


class World:
    """One cloud with instance i-1 of 1 TB, one wire to it, one clock, one folder for state."""

    def __init__(self, program, cloud_program, preload, processing_seconds=30, **instance):
        self.program = os.path.abspath(program)
        self.preload = os.path.abspath(preload)
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.state = self.path / "state"
        self.instance = instance.get("instanceId", INSTANCE)
        self.clock_file = self.path / "clock"
        self.clock_file.write_bytes(bytes(8))
        with open(self.clock_file, "r+b") as file:
            self.clock = mmap.mmap(file.fileno(), 8)
        fixture = {"accessKeys": [{"accessKeyId": KEY[0], "accessKeySecret": KEY[1]}], "tokens": [TOKEN],
                   "instances": [{"instanceId": INSTANCE, "trafficPackageSize": 1} | instance],
                   "settings": {"processingSeconds": processing_seconds}}
        self.cloud = FakeCloudProcess(cloud_program, fixture=fixture, environment=os.environ | self.preloaded())
        self.wire = Wire(self.cloud.address)

    def close(self):
        self.wire.close()
        self.cloud.__exit__()
        self.clock.close()
        self.folder.cleanup()

    def preloaded(self):
        return {"LD_PRELOAD": self.preload, "WORLD_CLOCK": str(self.clock_file), "ASAN_OPTIONS": "verify_asan_link_order=0:alloc_dealloc_mismatch=0"}

    def pass_time(self, seconds):
        ahead = struct.unpack("<q", self.clock[:])[0]
        self.clock[:] = struct.pack("<q", ahead + int(seconds * 1e9))

    def arguments(self, *arguments, host="127.0.0.1", state=True):
        where = ("--state", str(self.state)) if state is True else ("--state", str(state)) if state else ()
        return [self.program, *arguments, "--instance", self.instance, "--endpoint", f"{host}:{self.wire.port}", *where]

    def environment(self, token=False, **more):
        base = {name: value for name, value in os.environ.items()
                if not name.startswith(("ZENLAYER", "XDG_")) and name != "HOME"}
        account = {"ZENLAYER_TOKEN": TOKEN} if token else {
            "ZENLAYER_ACCESS_KEY_ID": KEY[0], "ZENLAYER_ACCESS_KEY_SECRET": KEY[1]}
        return base | account | self.preloaded() | more

    def run(self, *arguments, stdin="", cwd=None, host="127.0.0.1", token=False, state=True, timeout=60, **more):
        """Runs the program to its end."""
        return subprocess.run(self.arguments(*arguments, host=host, state=state), input=stdin, text=True, check=False,
                              capture_output=True, timeout=timeout, cwd=cwd, env=self.environment(token, **more))

    def run_json(self, *arguments, **options):
        done = self.run(*arguments, "--json", **options)
        return done.returncode, flat(done.stdout) if done.stdout else done.stderr

    def start(self, *arguments, host="127.0.0.1", token=False, **more):
        return subprocess.Popen(self.arguments(*arguments, host=host), text=True, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self.environment(token, **more))

    def jobs(self):
        return sorted(self.state.glob("*.job"))

    def job(self):
        """Where the job is kept, also when there is none."""
        return self.state / "bmc.i-1.job"

    def put(self, name, data=b""):
        """A file in the folder of the jobs."""
        self.state.mkdir(mode=0o700, exist_ok=True)
        path = self.state / name
        path.write_bytes(data)
        path.chmod(0o600)
        return path


def run_cases(classes, workers=4):
    """Runs the cases of unittest side by side; the exit code for the whole."""
    cases = [case for each in classes for case in unittest.defaultTestLoader.loadTestsFromTestCase(each)]
    results = [unittest.TestResult() for _ in cases]
    with concurrent.futures.ThreadPoolExecutor(max_workers=workers) as pool:
        list(pool.map(lambda case, result: case.run(result), cases, results))
    for result in results:
        for case, text in result.failures + result.errors:
            print(f"FAILED: {case}\n{text}")
    passed = sum(result.wasSuccessful() and result.testsRun == 1 for result in results)
    print(f"{passed} passed, {len(cases) - passed} failed")
    return passed != len(cases) or not cases
