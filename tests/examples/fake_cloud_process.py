# SPDX-License-Identifier: BSL-1.0
"""The program fake_cloud_server, for tests."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile


class FakeCloudProcess:
    """Runs it from its first line to its last, with a fixture that is a dict."""

    def __init__(self, program, *arguments, fixture=None, environment=None, limit=None):
        """limit: how many descriptors it may have open at a time."""
        if fixture is not None:
            self.file = tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8")
            json.dump(fixture, self.file)
            self.file.flush()
            arguments += ("--fixture", self.file.name)
        command = [program, *arguments]
        if limit is not None:
            command = ["sh", "-c", f'ulimit -n {limit} && exec "$@"', "sh", *command]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        self.address = self.process.stdout.readline().strip().removeprefix("listening on ")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        self.process.stdout.close()

    def cpu_seconds(self):
        """How long it has kept a processor until now. Linux only."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, number=signal.SIGTERM):
        """Ends it; what it says of what happened."""
        self.process.send_signal(number)
        last = self.process.stdout.readline()
        if self.process.wait(timeout=20) != 0:
            raise AssertionError("it did not end well")
        return json.loads(last)
