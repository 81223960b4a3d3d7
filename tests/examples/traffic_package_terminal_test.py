#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The program traffic_package on a terminal and in a pipe: questions, help, typing errors, dry runs, JSON.
Usage: traffic_package_terminal_test.py PROGRAM FAKE_CLOUD_SERVER"""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

from fake_cloud_process import FakeCloudProcess

FAKE_CLOUD = sys.argv.pop(2)
PROGRAM = sys.argv.pop(1)
INSTANCE = "932237369560662463"
CHANGE = ("change", "--instance", INSTANCE, "--size", "0.5")
COMMANDS = ("show", "price", "change", "cancel", "watch", "forget", "balance", "bills")
COLUMNS = 60
DECLINED = 10
USAGE = 2


class Case(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.TemporaryDirectory()
        self.addCleanup(self.state.cleanup)
        self.server = FakeCloudProcess(FAKE_CLOUD, "--processing-seconds", "1")
        self.addCleanup(lambda: self.server.__exit__())

    def command(self, arguments):
        return [PROGRAM, *arguments, "--endpoint", self.server.address, "--state", self.state.name]

    def environment(self):
        return {name: value for name, value in os.environ.items() if not name.startswith("ZENLAYER")}

    def in_pipe(self, *arguments, stdin=""):
        return subprocess.run(self.command(arguments), input=stdin, capture_output=True, text=True, check=False, timeout=60,
                              env=self.environment())

    def on_terminal(self, *arguments, reply="", **environment):
        """The exit code, and all that the screen was sent."""
        screen, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        program = subprocess.Popen(self.command(arguments), stdin=terminal, stdout=terminal, stderr=terminal,
                                   env=self.environment() | {"TERM": "xterm"} | environment)
        os.close(terminal)
        shown = b""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if not select.select([screen], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(screen, 4096)
            except OSError:  # Linux says so when the other end was closed
                break
            if not part:
                break
            shown += part
            if reply and b"[y/N]" in shown:
                os.write(screen, reply.encode() + b"\n")
                reply = ""
        code = program.wait(10)
        os.close(screen)
        return code, shown.decode()

    def size(self):
        status = json.loads(self.in_pipe("show", "--instance", INSTANCE, "--json").stdout)
        return status["instances"][0]["trafficPackageSize"]


class Question(Case):
    def test_yes_in_any_letters_orders(self):
        code, shown = self.on_terminal(*CHANGE, reply="Yes")
        self.assertEqual(code, 0, shown)
        self.assertEqual(self.size(), 0.5)

    def test_no_orders_nothing_and_is_no_failure(self):
        code, shown = self.on_terminal(*CHANGE, reply="n")
        self.assertEqual(code, DECLINED, shown)
        self.assertIn("nothing was ordered", shown)
        self.assertNotIn("FAILED", shown)
        self.assertEqual(self.size(), 0.1)

    def test_an_empty_line_and_the_end_of_the_input_are_a_no(self):
        for stdin in ("\n", ""):
            with self.subTest(stdin=stdin):
                self.assertEqual(self.in_pipe(*CHANGE, stdin=stdin).returncode, DECLINED)
        self.assertEqual(self.size(), 0.1)

    def test_it_repeats_instance_sizes_and_price(self):
        _, shown = self.on_terminal(*CHANGE, reply="n")
        before = shown[: shown.index("[y/N]")]
        for part in (INSTANCE, "0.1 TB now", "0.5 TB wanted", "price      32"):
            self.assertIn(part, before)


class Screen(Case):
    def test_no_line_is_longer_than_the_terminal_is_wide(self):
        for arguments in (("show",), CHANGE, ("show", "--help"), ("show", "--instance", "1")):
            with self.subTest(arguments=arguments):
                _, shown = self.on_terminal(*arguments, reply="n")
                for line in re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", shown)):
                    self.assertLessEqual(len(line), COLUMNS, line)

    def test_it_has_colour_unless_that_is_not_wanted(self):
        self.assertIn("\x1b[", self.on_terminal("show")[1])
        self.assertNotIn("\x1b[", self.on_terminal("show", NO_COLOR="1")[1])

    def test_a_pipe_gets_no_control_characters(self):
        done = self.in_pipe(*CHANGE, "--yes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotRegex(done.stdout + done.stderr, r"[\x1b\r]")

    def test_results_go_apart_from_talk(self):
        done = self.in_pipe(*CHANGE, stdin="n\n")
        self.assertIn("[y/N]", done.stderr)
        self.assertNotIn("[y/N]", done.stdout)
        self.assertIn("nothing was ordered", done.stdout)


class DryRun(Case):
    def test_it_orders_nothing_and_writes_no_file(self):
        for more in ((), ("--yes",), ("--yes", "--json")):
            with self.subTest(more=more):
                done = self.in_pipe(*CHANGE, "--dry-run", *more, stdin="y\n")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("32", done.stdout)
        self.assertEqual(self.size(), 0.1)
        self.assertEqual(os.listdir(self.state.name), [])

    def test_its_advice_speaks_of_no_failure(self):
        told = json.loads(self.in_pipe(*CHANGE, "--dry-run", "--json").stdout)
        self.assertIsNone(told["error"])
        self.assertNotIn("failure", told["job"]["advice"])


class Help(Case):
    def test_each_command_has_its_own(self):
        for name in COMMANDS:
            for word in ("--help", "-h"):
                with self.subTest(name=name, word=word):
                    done = self.in_pipe(name, word)
                    self.assertEqual(done.returncode, 0)
                    self.assertTrue(done.stdout.startswith(name + ": "), done.stdout)

    def test_a_typing_error_is_met_with_what_was_probably_meant(self):
        for arguments, meant in (
            (("chnage",), "did you mean change?"),
            (("show", "--instanse", "1"), "did you mean --instance?"),
            (("change", "--instance", INSTANCE, "--size", "150GB"), "0.15"),
        ):
            with self.subTest(arguments=arguments):
                done = self.in_pipe(*arguments)
                self.assertEqual(done.returncode, USAGE, done.stderr)
                self.assertIn(meant, done.stderr)
                self.assertEqual(done.stdout, "")


class Json(Case):
    def test_all_commands_have_the_same_members(self):
        members = None
        for arguments in (("show",), ("price", "--instance", INSTANCE, "--size", "0.5"), (*CHANGE, "--dry-run"),
                          ("balance",), ("bills", "--instance", INSTANCE), ("show", "--instance", "1")):
            with self.subTest(arguments=arguments):
                told = list(json.loads(self.in_pipe(*arguments, "--output", "json").stdout))
                members = members or told
                self.assertEqual(told, members)

    def test_numbers_are_plain_decimals(self):
        for arguments in (("show",), (*CHANGE, "--dry-run"), ("balance",)):
            with self.subTest(arguments=arguments):
                self.assertNotRegex(self.in_pipe(*arguments, "--json").stdout, r":-?[0-9.]+[eE]")


if __name__ == "__main__":
    unittest.main()
