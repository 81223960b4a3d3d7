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
import shutil
import signal
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
CHANGING = "932237369560662467"
PLANNED = "932237369560662468"
CHANGE = ("change", "--instance", INSTANCE, "--size", "0.5")
COMMANDS = ("show", "price", "change", "cancel", "watch", "forget", "balance", "bills")
ABOUT = ("completion", "manual")
COLUMNS = 60
USAGE = 2
INTERRUPTED = 4
DECLINED = 10


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

    def on_terminal(self, *arguments, reply="", interrupt_at=None, **environment):
        """The exit code, and all that the screen was sent. It is interrupted when that has a text."""
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
            if interrupt_at and interrupt_at in shown.decode():
                program.send_signal(signal.SIGINT)
                interrupt_at = None
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

    def test_of_a_cancellation_it_says_what_is_cancelled(self):
        code, shown = self.on_terminal("cancel", "--instance", PLANNED, reply="y")
        self.assertEqual(code, 0, shown)
        before = shown[: shown.index("[y/N]")]
        for part in (PLANNED, "0.1 TB now, and kept", "the planned change to 0.05 TB is cancelled", "Cancel the change?"):
            self.assertIn(part, before)

    def test_what_comes_after_it_begins_a_line(self):
        self.assertIn("[y/N] \r\n", self.on_terminal(*CHANGE, interrupt_at="[y/N]")[1])
        self.assertIn("[y/N] n\r\n\x1b", self.on_terminal(*CHANGE, reply="n")[1])
        for stdin in ("n\n", ""):
            self.assertTrue(self.in_pipe(*CHANGE, stdin=stdin).stderr.endswith("[y/N] \n"))

    def test_an_interruption_orders_nothing_and_says_so(self):
        code, shown = self.on_terminal(*CHANGE, interrupt_at="[y/N]")
        self.assertEqual(code, INTERRUPTED)
        self.assertIn("nothing was ordered", shown)
        self.assertEqual(self.size(), 0.1)


class Waiting(Case):
    def watch(self, *more, **options):
        return self.on_terminal("watch", "--instance", CHANGING, *more, **options)

    def test_it_says_how_long_and_until_when(self):
        code, shown = self.watch("--deadline", "3")
        self.assertEqual(code, 5, shown)
        self.assertRegex(shown, r"changing to 0.2 TB, 0:0\d gone, at most 0:0\d left\r")

    def test_it_ends_with_the_deadline(self):
        code, shown = self.watch("--deadline", "1")
        self.assertEqual(code, 5, shown)
        self.assertNotIn("0:04 gone", shown)

    def test_without_a_deadline_no_time_is_left(self):
        code, shown = self.watch(interrupt_at=" gone")
        self.assertEqual(code, INTERRUPTED)
        self.assertRegex(shown, r"0:0\d gone, Ctrl-C ends it")
        self.assertNotIn("left", shown)

    def test_before_an_order_nobody_speaks_of_its_effect(self):
        code, shown = self.on_terminal("change", "--instance", "1", "--size", "1", interrupt_at=" gone")
        self.assertEqual(code, INTERRUPTED)
        self.assertRegex(shown, r"waiting to ask once more, 0:0\d gone, Ctrl-C ends it")
        self.assertIn("nothing was ordered", shown)

    def test_a_change_that_somebody_else_began_is_waited_for_by_that_name(self):
        code, shown = self.on_terminal("change", "--instance", CHANGING, "--size", "0.2", interrupt_at=" gone")
        self.assertEqual(code, INTERRUPTED)
        self.assertRegex(shown, r"a change is under way, 0:0\d gone, at most \d\d:\d\d left")

    def test_an_interrupted_wait_says_that_the_order_may_be_under_way(self):
        code, shown = self.on_terminal(*CHANGE, "--yes", interrupt_at="waiting for the effect")
        self.assertEqual(code, INTERRUPTED)
        self.assertIn("order may be under way", shown)
        self.assertIn("accepted, number", shown)


class Screen(Case):
    def test_no_line_is_longer_than_the_terminal_is_wide(self):
        for arguments in (("show",), CHANGE, ("--help",), ("show", "--help"), ("show", "--instance", "1"),
                          (*CHANGE[:-1], "600GB")):
            with self.subTest(arguments=arguments):
                _, shown = self.on_terminal(*arguments, reply="n")
                for line in re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", shown)):
                    self.assertLessEqual(len(line), COLUMNS, line)

    def test_a_table_that_is_too_wide_is_cut_in_one_column(self):
        self.in_pipe(*CHANGE, "--yes")
        bills = ("bills", "--instance", INSTANCE)
        self.assertRegex(self.in_pipe(*bills).stdout, r"\n\d{6}  \S+  \d{13}  32      Bare Metal Cloud, Traffic Package\n")
        self.assertRegex(self.on_terminal(*bills)[1], r"\n\d{6}  \S+  \d{13}  32      Bare.*~\r\n")

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


class Words(Case):
    """What a person reads at the end."""

    def test_an_instance_that_is_not_there_is_nobody_s_fault_here(self):
        for arguments in (("show", "--instance", "1"), ("price", "--instance", "1", "--size", "1"),
                          ("watch", "--instance", "1"), ("change", "--instance", "1", "--size", "1", "--yes")):
            with self.subTest(arguments=arguments):
                done = self.in_pipe(*arguments)
                said = done.stdout + done.stderr
                self.assertEqual(done.returncode, 1, said)
                self.assertIn("the instance does not exist", said)
                self.assertIn("check the instance id and the service (bmc or vm)", said)
                self.assertNotRegex(said, "blame|local")

    def test_where_nothing_has_to_be_done_nothing_is_advised(self):
        for arguments, headline in ((("change", "--instance", INSTANCE, "--size", "0.1"), "DONE: nothing had to be ordered\n"),
                                    (("cancel", "--instance", INSTANCE), "DONE: nothing had to be ordered\n"),
                                    ((*CHANGE, "--yes"), "DONE: the instance is as it should be\n")):
            with self.subTest(arguments=arguments):
                said = self.in_pipe(*arguments).stdout
                self.assertTrue(said.startswith(headline), said)
                self.assertNotRegex(said, "what to do|next step|nothing to do")

    def test_what_is_planned_is_said_with_both_sizes(self):
        done = self.in_pipe("change", "--instance", INSTANCE, "--size", "0.05", "--yes")
        self.assertIn("PLANNED for the next billing cycle\ninstance   the change is planned: 0.1 TB now, then 0.05 TB;", done.stdout)

    def test_a_size_that_stayed_is_said_once(self):
        self.assertIn("instance   unchanged: 0.1 TB\n", self.in_pipe(*CHANGE, stdin="n\n").stdout)
        installing = self.in_pipe("change", "--instance", "932237369560662464", "--size", "1").stdout
        self.assertIn("instance   0.1 TB\n", installing)
        self.assertIn("next step  wait until it is RUNNING or STOPPED\n", installing)

    def test_a_job_that_cannot_be_saved_says_why_and_orders_nothing(self):
        os.mkdir(os.path.join(self.state.name, f"bmc.{INSTANCE}.new"))
        done = self.in_pipe(*CHANGE, "--yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"bmc.{INSTANCE}.job could not be written: Is a directory\n", done.stderr)
        self.assertIn("nothing was ordered", done.stdout)
        self.assertEqual(self.size(), 0.1)

    def test_who_cannot_have_the_instance_is_told_who_has_it(self):
        with open(os.path.join(self.state.name, f"bmc.{INSTANCE}.lock"), "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            lock.write("a colleague")
            lock.flush()
            for arguments in ((*CHANGE, "--yes"), ("forget", "--instance", INSTANCE)):
                done = self.in_pipe(*arguments)
                self.assertEqual(done.returncode, 8)
                self.assertIn("another process works on this instance: a colleague. Wait for its end, or end it\n", done.stderr)
            done = self.in_pipe("watch", "--instance", INSTANCE)
            self.assertEqual((done.returncode, done.stderr),
                             (0, "another process works on this instance: a colleague; this one only looks\n"))

    def test_forgetting_an_accepted_order_is_no_way_out_of_it(self):
        self.on_terminal(*CHANGE, "--yes", interrupt_at="waiting for the effect")
        done = self.in_pipe("forget", "--instance", INSTANCE, stdin="\n")
        self.assertEqual(done.returncode, DECLINED)
        self.assertIn("WARNING: the order of the job was ACCEPTED: it takes effect and is paid, whatever is forgotten here.", done.stderr)


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
        for name in (*COMMANDS, *ABOUT):
            for word in ("--help", "-h"):
                with self.subTest(name=name, word=word):
                    done = self.in_pipe(name, word)
                    self.assertEqual(done.returncode, 0)
                    self.assertTrue(done.stdout.startswith(name + ": "), done.stdout)

    def test_that_of_the_whole_has_a_line_for_each_command(self):
        lines = self.in_pipe("--help").stdout.splitlines()
        for name in (*COMMANDS, *ABOUT):
            summary = self.in_pipe(name, "--help").stdout.splitlines()[0].removeprefix(name + ": ").removesuffix(".")
            self.assertIn(f"    {name:10}  {summary}", lines)

    def test_an_error_shows_how_to_type_its_command(self):
        for arguments in (("change",), ("change", "--size"), ("change", "--instance", "1", "--size", "150GB"),
                          ("change", "--instance", "1", "--size", "1", "--deadline", "soon"), ("change", "now")):
            with self.subTest(arguments=arguments):
                self.assertTrue(self.in_pipe(*arguments).stderr.endswith(
                    "\nUsage: traffic_package change --instance ID --size TB [options]\nTry: traffic_package change --help\n"))

    def test_an_option_before_its_command_is_told_where_it_belongs(self):
        done = self.in_pipe("--size", "0.15", "price")
        self.assertEqual(done.returncode, USAGE)
        self.assertIn("--size comes after its command, as in traffic_package price --size", done.stderr)

    def test_a_typing_error_is_met_with_what_was_probably_meant(self):
        for arguments, meant in (
            (("chnage",), "did you mean change?"),
            (("show", "--instanse", "1"), "did you mean --instance?"),
            *((("change", "--instance", INSTANCE, "--size", size), "did you mean --size 0.15?")
              for size in ("150GB", "150 gb", "0.15TB", "0.15 tb", "0,15", "0,15TB", ".15T")),
            (("change", "--instance", INSTANCE, "--size", "-1TB"), "never negative"),
        ):
            with self.subTest(arguments=arguments):
                done = self.in_pipe(*arguments)
                self.assertEqual(done.returncode, USAGE, done.stderr)
                self.assertIn(meant, done.stderr)
                self.assertEqual(done.stdout, "")


class Completion(Case):
    def complete(self, *words):
        """What bash offers for the last word."""
        script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _traffic_package; printf "%s\\n" "${COMPREPLY[@]}"'
        with tempfile.NamedTemporaryFile("w", suffix=".bash") as file:
            file.write(self.in_pipe("completion", "bash").stdout)
            file.flush()
            done = subprocess.run(["bash", "-uc", script, "bash", file.name, "traffic_package", *words], capture_output=True,
                                  text=True, check=False)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_completes_commands_options_and_values(self):
        self.assertEqual(self.complete("ch"), ["change"])
        self.assertEqual([name for name in self.complete("") if not name.startswith("-")], [*COMMANDS, *ABOUT])
        self.assertEqual(self.complete("change", "--d"), ["--dry-run", "--deadline"])
        self.assertEqual(self.complete("show", "--d"), [])
        self.assertEqual(self.complete("show", "--service", "vm", "--in"), ["--instance"])
        self.assertEqual(self.complete("show", "--service", ""), ["bmc", "vm"])
        self.assertEqual(self.complete("show", "--output", "j"), ["json"])
        self.assertEqual(self.complete("show", "--instance", ""), [])
        self.assertEqual(self.complete("completion", ""), ["bash", "zsh", "fish"] + self.complete("balance", "-"))
        self.assertEqual(self.complete("show", "--state", self.state.name[:-1]), [self.state.name])

    def test_what_it_completes_is_what_help_names(self):
        for name in (*COMMANDS, *ABOUT):
            with self.subTest(name=name):
                named = re.findall(r"^    (--[\w-]+)", self.in_pipe(name, "--help").stdout, re.MULTILINE)
                self.assertEqual(sorted(self.complete(name, "--")), sorted(named))

    def test_the_scripts_are_well_formed_and_name_every_command(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.in_pipe("completion", shell).stdout
            for name in (*COMMANDS, *ABOUT):
                self.assertIn(name, script)
            if shutil.which(shell):
                done = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""), shell)

    def test_another_shell_is_a_typing_error(self):
        for arguments, told in ((("completion",), "the shell must be bash, zsh or fish\n"),
                                (("completion", "tcsh"), 'the shell must be bash, zsh or fish, not "tcsh"\n'),
                                (("completion", "bash", "zsh"), '"zsh" is one word too many\n')):
            with self.subTest(arguments=arguments):
                done = self.in_pipe(*arguments)
                self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
                self.assertIn(told, done.stderr)

    def test_the_manual_has_every_command_and_option(self):
        page = self.in_pipe("manual").stdout
        self.assertTrue(page.startswith(".TH TRAFFIC_PACKAGE 1 "))
        for name in (*COMMANDS, *ABOUT):
            self.assertIn(f"\n.B {name}", page)
            for option in re.findall(r"^    (--[\w-]+)", self.in_pipe(name, "--help").stdout, re.MULTILINE):
                self.assertIn("\n.B " + option.replace("-", "\\-"), page)
        if shutil.which("groff"):
            done = subprocess.run(["groff", "-man", "-Tascii", "-ww", "-z"], input=page, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))


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
