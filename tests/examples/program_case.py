#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the tests of the program traffic_package share. Of their arguments it takes the last two: PROGRAM FAKE_CLOUD_SERVER"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from fake_cloud_process import FakeCloudProcess
from order_world import Wire, flat, refused

FAKE_CLOUD = sys.argv.pop(2)
PROGRAM = sys.argv.pop(1)
INSTANCE = "932237369560662463"


def shows(**response):
    """A response with these members, whatever is true."""
    return refused(200, json.dumps({"requestId": "T", "response": {"requestId": "T", **response}}, ensure_ascii=False).encode())


class Case(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)

    def serve(self, *arguments, fixture=None):
        server = FakeCloudProcess(FAKE_CLOUD, *arguments, fixture=fixture)
        self.addCleanup(lambda: server.__exit__())
        return server

    def wire(self, server):
        wire = Wire(server.address)
        self.addCleanup(wire.close)
        wire.address = f"127.0.0.1:{wire.port}"
        return wire

    def command(self, *arguments, server=None):
        where = ("--endpoint", server.address, "--state", self.state.name) if server else ()
        return [PROGRAM, *arguments, *where]

    def environment(self):
        return {name: value for name, value in os.environ.items() if not name.startswith("ZENLAYER")}

    def run_it(self, *arguments, server=None, stdin="", **environment):
        return subprocess.run(
            self.command(*arguments, server=server),
            input=stdin, capture_output=True, text=True, check=False, timeout=60, env=self.environment() | environment,
        )

    def run_json(self, *arguments, server=None, stdin=""):
        done = self.run_it(*arguments, "--json", server=server, stdin=stdin)
        return done.returncode, flat(done.stdout)

    def start(self, *arguments, server):
        return subprocess.Popen(
            self.command(*arguments, server=server),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment(),
        )

    def jobs(self):
        return list(pathlib.Path(self.state.name).glob("*.job"))

    def wait_for_job(self):
        for _ in range(200):
            if self.jobs():
                return
            time.sleep(0.05)
        self.fail("no job was saved")


def run_side_by_side(classes):
    """Runs the cases of these classes side by side: most of their time they wait, as the program does between its looks."""
    cases = [case for each in classes for case in unittest.defaultTestLoader.loadTestsFromTestCase(each)]
    results = [unittest.TestResult() for _ in cases]
    with concurrent.futures.ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda case, result: case.run(result), cases, results))
    for result in results:
        for case, text in result.failures + result.errors:
            print(f"FAILED: {case}\n{text}")
    passed = sum(result.wasSuccessful() and result.testsRun == 1 for result in results)
    print(f"{passed} passed, {len(cases) - passed} failed")
    return passed != len(cases) or not cases
