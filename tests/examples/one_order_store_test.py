#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Where traffic_package keeps a job, who may have it, and what it does with a file that is not what it should be.

    python3 one_order_store_test.py PROGRAM FAKE_CLOUD_SERVER PROCESS_WORLD
"""

import hashlib
import os
import pathlib
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time
import unittest

from order_world import INSTANCE, ORDERS, Held, World, lost, passed, refused, run_cases, shown, unanswered

PROGRAM, CLOUD, PRELOAD = sys.argv[1:4] if len(sys.argv) > 3 else sys.exit(__doc__)
del sys.argv[1:4]

MODIFY, CANCEL = ORDERS
LOOK = "DescribeInstanceInternetStatus"
DONE, NOTHING, USAGE, UNKNOWN, INTERRUPTED, NOT_SEEN, REFUSED, CONFLICT, HELD, BLOCKED, DECLINED = range(11)
CHANGE = ("change", "--size", "2", "--yes")


class Case(unittest.TestCase):
    def world(self, **options):
        world = World(PROGRAM, CLOUD, PRELOAD, **options)
        self.addCleanup(world.close)
        return world

    def blocked(self, world, *words, arguments=CHANGE, **options):
        """It stops before any order, with a text for people."""
        before = len(world.wire.orders)
        code, result = world.run_json(*arguments, **options)
        self.assertEqual(code, BLOCKED, result)
        for word in words:
            self.assertIn(word, result["error"]["message"])
        self.assertEqual(len(world.wire.orders), before)

    def leave_unknown(self, world, rule=unanswered, code=None, **options):
        """A job whose order got no response and was not looked for to the end."""
        world.wire.script[MODIFY] = [rule]
        world.wire.script[LOOK] = [passed, shown(1), shown(1)]
        done = world.run(*CHANGE, "--deadline", "60", **options)
        world.wire.script.clear()
        self.assertEqual(done.returncode, UNKNOWN if code is None else code, done.stdout + done.stderr)
        self.assertEqual(len(world.wire.orders), 1)
        self.assertEqual(len(world.jobs()), 1)


class WhatIsNoJob(Case):
    """Only "no such file" means that there is no job."""

    def test_bytes_that_are_no_job(self):
        for data, word in ((b"", "is empty"), (b"zenwire", "damaged"), (b"{}", "damaged"), (os.urandom(300), "damaged"),
                           (b"\0" * 100_000, "damaged")):
            with self.subTest(data[:10]):
                world = self.world()
                world.put(world.job().name, data)
                self.blocked(world, word, str(world.job()), "forget")
                self.assertEqual(world.job().read_bytes(), data, "the evidence stays")

    def test_a_job_with_any_bit_turned_or_its_end_cut_off(self):
        world = self.world()
        self.leave_unknown(world)
        good = world.job().read_bytes()
        for at in range(0, len(good), 9):
            damaged = bytearray(good)
            damaged[at] ^= 1 << at % 8
            world.job().write_bytes(damaged)
            self.blocked(world)
        for size in range(1, len(good), 29):
            world.job().write_bytes(good[:size])
            self.blocked(world)
        world.job().write_bytes(good + b"\0")
        self.blocked(world)

    def test_what_is_no_ordinary_file(self):
        def link(path):
            path.symlink_to("/etc/hostname")

        def dangling_link(path):
            path.symlink_to(path.parent / "nowhere")

        def unix_socket(path):
            with socket.socket(socket.AF_UNIX) as server:
                server.bind(str(path))

        for make in (pathlib.Path.mkdir, link, dangling_link, os.mkfifo, unix_socket):
            for ending in ("job", "lock"):
                with self.subTest(f"{make} {ending}"):
                    world = self.world()
                    world.put("x")
                    make(world.state / f"bmc.i-1.{ending}")
                    self.blocked(world, str(world.state))

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_file_that_may_not_be_read(self):
        world = self.world()
        world.put(world.job().name, b"x").chmod(0)
        self.blocked(world, "Permission denied")

    def test_a_file_that_cannot_be_read(self):
        world = self.world()
        self.leave_unknown(world)
        self.blocked(world, "Input/output error", WORLD_FAIL="early:pread")

    def test_a_file_that_others_can_write_to(self):
        world = self.world()
        self.leave_unknown(world)
        world.job().chmod(0o622)
        self.blocked(world, "others can write")

    @unittest.skipUnless(os.geteuid() == 0, "only root can give a file away")
    def test_a_file_of_another_user(self):
        world = self.world()
        self.leave_unknown(world)
        os.chown(world.job(), 12345, 12345)
        self.blocked(world, "another user")

    def test_a_job_of_another_instance(self):
        world = self.world()
        self.leave_unknown(world)
        os.rename(world.job(), world.state / "bmc.i-2.job")
        done = subprocess.run([PROGRAM, *CHANGE, "--instance", "i-2", "--endpoint", f"127.0.0.1:{world.wire.port}", "--state",
                               str(world.state)], env=world.environment(), check=False, capture_output=True, text=True)
        self.assertEqual(done.returncode, BLOCKED, done.stdout)
        self.assertIn("another instance", done.stderr)

    def test_a_job_of_version_0_1(self):
        for accepted, words in ((False, ("may have been sent",)), (True, ("accepted", "1234567890123"))):
            for name in ("127_2e0_2e0_2e1_3a8080-bmc-i-1.job", "console_2ezenlayer_2ecom-bmc-i-1.job", "bmc.i-1.job"):
                with self.subTest(name):
                    world = self.world()
                    world.put(name, former_job(accepted))
                    world.put("127_2e0_2e0_2e1_3a1-bmc-xi-1.job", b"of another instance")
                    world.put("127_2e0_2e0_2e1_3a1-vm-i-1.job", b"of another service")
                    self.blocked(world, name, "0.1", *words)
                    self.assertEqual(world.run("forget", stdin="i-1 anyway\n").returncode, DONE)
                    self.assertEqual(world.run(*CHANGE).returncode, DONE)

    def test_a_job_of_a_later_version(self):
        world = self.world()
        world.put(world.job().name, b"zenwire job 9\nsomething else")
        self.blocked(world, "another version")


def former_job(accepted):
    """The bytes of a job of version 0.1: a change to 2 TB."""
    def text(value):
        return struct.pack("<Q", len(value)) + value

    numbers = (2_000_000, 1_000_000, 1_700_000_000, 1, 1, int(accepted))
    data = (b"zenwire job 3\n\0" + text(b"bmc 2026-02-01") + text(b"127.0.0.1:8080") + text(b"i-1") +
            struct.pack("<6Q", *numbers) + text(b"1234567890123" if accepted else b""))
    return data + hashlib.sha256(data).digest()[:8]


class WhereJobsAre(Case):
    def test_they_are_found_from_any_folder_by_any_spelling_and_account(self):
        world = self.world()
        self.leave_unknown(world)
        for options in ({"cwd": "/"}, {"host": "localhost"}, {"host": "LOCALHOST"}, {"host": "localhost", "token": True, "cwd": "/"},
                        {"token": True}):
            with self.subTest(options):
                code, result = world.run_json("change", "--size", "3", "--yes", **options)
                self.assertEqual(code, BLOCKED, result)
        self.assertEqual(len(world.wire.orders), 1)

    def test_a_home_folder_is_enough(self):
        world = self.world()
        home = world.path / "home"
        home.mkdir()
        world.state = home / ".local" / "state" / "zenwire"
        self.leave_unknown(world, state=None, HOME=str(home))
        for options in ({"HOME": str(home), "cwd": "/"}, {"XDG_STATE_HOME": str(home / ".local" / "state")}):
            self.blocked(world, arguments=("change", "--size", "3", "--yes"), state=None, **options)

    def test_without_a_place_it_asks_for_one(self):
        world = self.world()
        for options in ({}, {"HOME": ""}, {"HOME": "home"}, {"XDG_STATE_HOME": ""}, {"XDG_STATE_HOME": "state"},
                        {"XDG_STATE_HOME": "", "HOME": "/tmp"}, {"state": "state"}, {"state": "./state"}):
            with self.subTest(options), tempfile.TemporaryDirectory() as folder:
                done = world.run(*CHANGE, cwd=folder, **({"state": None} | options))
                self.assertEqual(done.returncode, USAGE, done.stdout)
                self.assertIn("--state", done.stderr)
                self.assertEqual(os.listdir(folder), [])
        done = world.run(*CHANGE, "--state", "", state=None, HOME="/tmp")
        self.assertEqual(done.returncode, USAGE, done.stdout)
        self.assertEqual(world.wire.orders, [])

    def test_folders_and_files_are_for_our_eyes_only(self):
        world = self.world()
        base = world.path / "deep"
        world.state = base / "er" / "state"
        before = os.umask(0)
        try:
            self.leave_unknown(world)
        finally:
            os.umask(before)
        for path in (base, base / "er", world.state):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o700, path)
        for path in world.state.iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path)

    def test_a_folder_that_others_can_write_to_is_refused(self):
        world = self.world()
        for mode in (0o770, 0o702, 0o1777):
            world.put("x")
            world.state.chmod(mode)
            self.blocked(world, "others can write", "chmod 700")

    def test_what_is_no_folder_is_refused(self):
        world = self.world()
        real = world.path / "real"
        real.mkdir(mode=0o700)
        file = world.path / "file"
        file.write_text("")
        link = world.path / "link"
        link.symlink_to(real)
        for place in (file, file / "below", link, "/proc/nothing"):
            with self.subTest(str(place)):
                self.blocked(world, state=place)
        self.assertEqual(list(real.iterdir()), [])

    def test_nothing_is_written_through_a_link_that_waits_beside(self):
        for ending in ("new", "lock", "job", "forgotten"):
            with self.subTest(ending):
                world = self.world()
                victim = world.path / "victim"
                victim.write_text("precious")
                world.put("x")
                (world.state / f"bmc.i-1.{ending}").symlink_to(victim)
                world.run(*CHANGE)
                world.run("forget", stdin="i-1 anyway\n")
                self.assertEqual(victim.read_text(), "precious")

    def test_everything_is_on_the_disk_before_the_order_leaves(self):
        world = self.world()
        log = world.path / "log"
        self.assertEqual(world.run(*CHANGE, WORLD_LOG=str(log)).returncode, DONE)
        calls = [line.split(" ", 1)[1] for line in log.read_text().splitlines()]
        calls = [call for call in calls if call.startswith(("mkdir", "fsync", "write", "linkat", "renameat", "unlinkat")) or "ORDER" in call]
        order = next(i for i, call in enumerate(calls) if "ORDER" in call)
        self.assertEqual(calls[:order], [
            f"mkdir {world.state}", "fsync folder", "write ", "unlinkat bmc.i-1.new", "write ", "fsync file", "linkat bmc.i-1.job",
            "unlinkat bmc.i-1.new", "fsync folder"])
        self.assertEqual(calls[order + 1:order + 7], [
            "unlinkat bmc.i-1.new", "write ", "fsync file", "renameat bmc.i-1.job", "unlinkat bmc.i-1.new", "fsync folder"])

    def test_nothing_is_ordered_when_a_job_cannot_be_saved(self):
        for call in ("write", "fsync", "linkat"):
            with self.subTest(call):
                world = self.world()
                world.put("x")
                done = world.run(*CHANGE, WORLD_FAIL=f"early:{call}")
                self.assertEqual(done.returncode, NOTHING, done.stdout + done.stderr)
                self.assertEqual(world.wire.orders, [])

    def test_an_order_is_told_of_when_its_response_cannot_be_saved(self):
        for call in ("write", "fsync", "renameat"):
            with self.subTest(call):
                world = self.world()
                done = world.run(*CHANGE, WORLD_FAIL=f"late:{call}")
                self.assertEqual(done.returncode, DONE, done.stdout + done.stderr)
                self.assertIn("WARNING", done.stderr)
                self.assertEqual(len(world.wire.orders), 1)


class TwoAtOnce(Case):
    def test_two_starts_place_one_order(self):
        for first_size, second_size in (("2", "2"), ("2", "3")):
            with self.subTest(second_size):
                world = self.world()
                both = [world.start("change", "--size", size, "--yes") for size in (first_size, second_size)]
                for each in both:
                    each.communicate(timeout=60)
                self.assertTrue({each.returncode for each in both} <= {DONE, HELD}, [each.returncode for each in both])
                # one after the other, both may have ordered what they were told
                self.assertLessEqual(len(world.wire.orders), 1 if first_size == second_size else 2)

    def test_the_second_is_told_who_has_it(self):
        world = self.world()
        held = Held()
        world.wire.script[MODIFY] = [held]
        first = world.start(*CHANGE)
        self.assertTrue(held.arrived.wait(30))
        for arguments, options in ((CHANGE, {}), (("change", "--size", "3", "--yes"), {"host": "localhost", "token": True}),
                                   (("cancel", "--yes"), {"cwd": "/"}), (("forget",), {"stdin": "i-1 anyway\n"})):
            code, result = world.run_json(*arguments, **options)
            self.assertEqual(code, HELD, result)
            self.assertIn(f"process {first.pid} ", result["error"]["message"])
        held.release.set()
        first.communicate(timeout=60)
        self.assertEqual(first.returncode, DONE)
        self.assertEqual(len(world.wire.orders), 1)

    def test_it_is_held_from_before_the_question(self):
        world = self.world()
        first = world.start("change", "--size", "2")
        self.read_until(first, "PAID ORDER")
        self.assertEqual(world.run(*CHANGE).returncode, HELD)
        first.communicate("yes\n", timeout=60)
        self.assertEqual((first.returncode, len(world.wire.orders)), (DONE, 1))

    def read_until(self, process, word):
        while word not in (line := process.stdout.readline()):
            self.assertTrue(line)

    def test_watching_takes_no_part(self):
        world = self.world()
        first = world.start("change", "--size", "2")
        self.read_until(first, "PAID ORDER")
        done = world.run("watch")
        self.assertEqual(done.returncode, DONE, done.stdout)
        self.assertIn(f"process {first.pid} ", done.stderr)
        first.communicate("no\n", timeout=60)
        self.assertEqual((first.returncode, world.wire.orders), (DECLINED, []))

    def test_a_job_that_appears_behind_the_lock_is_not_overwritten(self):
        world = self.world()
        first = world.start("change", "--size", "2")
        self.read_until(first, "PAID ORDER")
        world.put(world.job().name, b"of somebody who removed the lock")
        output = first.communicate("yes\n", timeout=60)[0]
        self.assertEqual(first.returncode, NOTHING, output)
        self.assertEqual(world.job().read_bytes(), b"of somebody who removed the lock")
        self.assertEqual(world.wire.orders, [])

    def test_another_instance_is_free(self):
        world = self.world()
        first = world.start("change", "--size", "2")
        self.read_until(first, "PAID ORDER")
        done = subprocess.run([PROGRAM, *CHANGE, "--instance", "i-2", "--endpoint", f"127.0.0.1:{world.wire.port}", "--state",
                               str(world.state)], env=world.environment(), check=False, capture_output=True, text=True)
        self.assertIn("INVALID_INSTANCE_NOT_FOUND", done.stdout)
        first.communicate("no\n", timeout=60)


class AnotherAccount(Case):
    def test_it_stops_and_names_both(self):
        world = self.world()
        self.leave_unknown(world)
        port = world.wire.port
        self.blocked(world, f"127.0.0.1:{port}", f"localhost:{port}", "--same-account", host="localhost")
        self.blocked(world, "--same-account", "credential", token=True)

    def test_the_user_may_say_that_it_is_the_same(self):
        for options in ({"host": "localhost"}, {"token": True}, {"host": "localhost", "token": True}):
            with self.subTest(options):
                world = self.world()
                self.leave_unknown(world)
                world.pass_time(2000)
                code, result = world.run_json(*CHANGE, "--same-account", **options)
                self.assertEqual((code, len(world.wire.orders)), (DONE, 1), result)
                self.assertEqual(world.jobs(), [])


class Signals(Case):
    def test_a_response_is_saved_also_when_ctrl_c_came_first(self):
        for signals in ([signal.SIGINT], [signal.SIGINT, signal.SIGINT], [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]):
            with self.subTest(signals):
                world = self.world()
                held = Held()
                world.wire.script[MODIFY] = [held]
                first = world.start(*CHANGE)
                self.assertTrue(held.arrived.wait(30))
                for each in signals:
                    first.send_signal(each)
                    time.sleep(0.05)
                self.assertIsNone(first.poll(), "it waits for the response")
                held.release.set()
                output = first.communicate(timeout=60)[0]
                self.assertIn(first.returncode, (INTERRUPTED, -signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP), output)
                self.assertIn(b"1000000000001", world.job().read_bytes(), "the order's number is kept")
                code, result = world.run_json(*CHANGE)
                self.assertEqual((code, len(world.wire.orders)), (DONE, 1), result)

    def test_before_the_order_nothing_is_left(self):
        world = self.world()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            first = world.start("change", "--size", "2")
            while "PAID ORDER" not in first.stdout.readline():
                pass
            time.sleep(0.1)
            first.send_signal(number)
            output = first.communicate(timeout=60)[0]
            self.assertEqual(first.returncode, INTERRUPTED, output)
            self.assertIn("nothing was ordered", output)
        self.assertEqual((world.wire.orders, world.jobs()), ([], []))

    def test_a_reader_that_goes_away_ends_nothing(self):
        world = self.world()
        first = world.start("change", "--size", "2")
        while "PAID ORDER" not in first.stdout.readline():
            pass
        first.stdout.close()
        first.stdin.write("yes\n")
        first.stdin.close()
        self.assertEqual(first.wait(timeout=60), DONE)
        self.assertEqual((len(world.wire.orders), world.jobs()), (1, []))


class Forgetting(Case):
    def test_it_shows_what_is_known_and_wants_the_id(self):
        world = self.world()
        self.leave_unknown(world, rule=lost)
        world.pass_time(2000)
        for reply in ("", "yes\n", "\n", "i-2\n"):
            done = world.run("forget", "--yes", stdin=reply)
            self.assertEqual(done.returncode, DECLINED, done.stdout)
            for word in ("a change to 2 TB", f"127.0.0.1:{world.wire.port}", "package    1 TB", "console"):
                self.assertIn(word, done.stderr)
            self.assertNotIn("WARNING", done.stderr)
        self.assertEqual(len(world.jobs()), 1)
        code, result = world.run_json("forget", stdin="i-1\n")
        self.assertEqual((code, result["forgotten"]), (DONE, True))
        self.assertEqual(world.jobs(), [])
        self.assertEqual(world.run("forget").returncode, DONE)
        self.assertEqual(world.run(*CHANGE).returncode, DONE)
        self.assertEqual(len(world.wire.orders), 2)

    def test_it_warns_while_the_order_may_still_be_accepted(self):
        world = self.world()
        self.leave_unknown(world, rule=lost)
        done = world.run("forget", stdin="i-1\n")
        self.assertEqual(done.returncode, DECLINED, done.stdout)
        self.assertIn("WARNING", done.stderr)
        self.assertEqual(world.run("forget", stdin="i-1 anyway\n").returncode, DONE)

    def test_a_token_s_order_is_never_too_old(self):
        world = self.world()
        self.leave_unknown(world, rule=lost, token=True)
        world.pass_time(100 * 86400)
        done = world.run("forget", stdin="i-1\n", token=True)
        self.assertEqual(done.returncode, DECLINED, done.stdout)
        self.assertIn("WARNING", done.stderr)
        self.assertEqual(world.run("forget", stdin="i-1 anyway\n", token=True).returncode, DONE)

    def test_it_works_whatever_the_file_is_and_without_the_cloud(self):
        def folder(path):
            path.mkdir()

        def fifo(path):
            os.mkfifo(path)

        def link(path):
            path.symlink_to("/etc/hostname")

        for make in (folder, fifo, link, pathlib.Path.touch):
            with self.subTest(str(make)):
                world = self.world()
                world.wire.script[LOOK] = [refused(403, b"")]
                world.put("x")
                make(world.job())
                done = world.run("forget", stdin="i-1 anyway\n")
                self.assertEqual(done.returncode, DONE, done.stdout)
                self.assertFalse(os.path.lexists(world.job()))


if __name__ == "__main__":
    sys.exit(run_cases((WhatIsNoJob, WhereJobsAre, TwoAtOnce, AnotherAccount, Signals, Forgetting)))
