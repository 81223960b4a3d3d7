#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What traffic_package says of a job that did not go well, how it exits, and what it goes on to remember.

    python3 one_order_verdict_test.py PROGRAM FAKE_CLOUD_SERVER PROCESS_WORLD
"""

import json
import pathlib
import re
import signal
import subprocess
import sys
import unittest

from order_world import ORDERS, Held, World, flat, lost, masked, passed, refused, run_cases, shown, unanswered
from scripted_server import http_response

PROGRAM, CLOUD, PRELOAD = sys.argv[1:4] if len(sys.argv) > 3 else sys.exit(__doc__)
del sys.argv[1:4]

MODIFY, CANCEL = ORDERS
LOOK, INQUIRE = "DescribeInstanceInternetStatus", "InquiryPriceInstanceTrafficPackage"
DONE, NOTHING, USAGE, UNKNOWN, INTERRUPTED, NOT_SEEN, REFUSED, CONFLICT, HELD, BLOCKED, DECLINED = range(11)
CHANGE = ("change", "--size", "2", "--yes")
FURTHER_CHANGE = ("change", "--size", "3", "--yes")
YEAR = 366 * 86400


class Case(unittest.TestCase):
    def world(self, script=None, **options):
        world = World(PROGRAM, CLOUD, PRELOAD, **options)
        self.addCleanup(world.close)
        world.wire.script = script or {}
        return world

    def ended(self, world, arguments, code, instance, order, keeps, orders=1, **options):
        got, result = world.run_json(*arguments, **options)
        self.assertEqual((got, result.get("instance"), result.get("order")), (code, instance, order), result)
        self.assertEqual(len(world.wire.orders), orders)
        self.assertEqual(len(world.jobs()), 1 if keeps else 0)
        self.assertEqual(bool(result.get("file")), keeps)
        return result


class ExitCodes(Case):
    def test_done(self):
        self.ended(self.world(), CHANGE, DONE, "reached", "accepted", False)

    def test_planned(self):
        self.ended(self.world(), ("change", "--size", "0.5", "--yes"), DONE, "planned", "accepted", False)

    def test_nothing_had_to_be_ordered(self):
        self.ended(self.world(), ("change", "--size", "1", "--yes"), DONE, "reached", "none", False, orders=0)

    def test_declined(self):
        self.ended(self.world(), ("change", "--size", "2"), DECLINED, "unchanged", "none", False, orders=0, stdin="no\n")

    def test_refused_before_it_was_sent(self):
        world = self.world(instanceStatus="INSTALLING")
        self.ended(world, CHANGE, NOTHING, "not_seen", "none", False, orders=0)

    def test_not_sent(self):
        world = self.world()

        def last_one(request, pass_on):
            world.wire.close()
            return pass_on(request)

        world.wire.script = {INQUIRE: [last_one]}
        self.ended(world, CHANGE, NOTHING, "unchanged", "none", False, orders=0)

    def test_refused_by_the_api(self):
        body = b'{"requestId":"R","code":"OPERATION_FAILED_INSUFFICIENT_BALANCE","message":"no money"}'
        result = self.ended(self.world({MODIFY: [refused(400, body)]}), CHANGE, REFUSED, "unchanged", "refused", False)
        self.assertEqual(result["error"]["apiCode"], "OPERATION_FAILED_INSUFFICIENT_BALANCE")

    def test_somebody_else_changed_the_instance(self):
        world = self.world({LOOK: [passed, shown(5)]})
        self.ended(world, CHANGE, CONFLICT, "conflict", "accepted", False)

    def test_nobody_knows(self):
        result = self.ended(self.world({MODIFY: [lost]}), CHANGE, UNKNOWN, "unchanged", "unknown", True)
        self.assertTrue(result["acceptableUntil"])
        self.assertFalse(result["error"]["retryable"])

    def test_nobody_knows_and_somebody_else_changed_the_instance(self):
        world = self.world({MODIFY: [unanswered], LOOK: [passed, shown(5)]})
        self.ended(world, CHANGE, UNKNOWN, "conflict", "unknown", True)

    def test_accepted_and_not_seen(self):
        world = self.world({LOOK: [passed, shown(1)]})
        self.ended(world, CHANGE, NOT_SEEN, "unchanged", "accepted", True)

    def test_interrupted_with_an_order_under_way(self):
        held = Held()
        world = self.world({MODIFY: [held], LOOK: [passed, shown(1)]})
        program = world.start(*CHANGE, "--json")
        self.assertTrue(held.arrived.wait(30))
        program.send_signal(signal.SIGINT)
        held.release.set()
        output = program.communicate(timeout=60)[0]
        self.assertEqual(program.returncode, INTERRUPTED, output)
        self.assertEqual(flat(output.splitlines()[-1])["order"], "accepted")

    def test_help_and_documentation_have_one_table(self):
        text = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
        table = re.findall(r"^    ([0-9]+)  (.+)$", text, re.MULTILINE)
        page = (pathlib.Path(__file__).parents[1] / "docs" / "traffic_package.md").read_text(encoding="utf-8")
        self.assertEqual([int(code) for code, _ in table], list(range(11)))
        self.assertEqual(re.findall(r"^\| ([0-9]+) \| (.+) \|$", page, re.MULTILINE), table)


class WhatIsRemembered(Case):
    """An order whose fate nobody knows blocks the instance, whatever that shows."""

    def blocks(self, world):
        before = len(world.wire.orders)
        for arguments in (FURTHER_CHANGE, ("cancel", "--yes")):
            code, result = world.run_json(*arguments)
            self.assertEqual(code, BLOCKED, result)
            self.assertIn("a change to 2 TB", result["error"]["message"])
        self.assertEqual(len(world.wire.orders), before)

    def test_a_goal_that_shows_does_not_end_it_before_the_order_expires(self):
        world = self.world({MODIFY: [unanswered]})
        self.ended(world, CHANGE, DONE, "reached", "unknown", True)
        self.blocks(world)
        self.ended(world, ("watch",), DONE, "reached", "unknown", True)
        world.pass_time(700)
        self.blocks(world)
        self.ended(world, ("watch",), DONE, "reached", "unknown", False)
        world.wire.script.clear()
        self.ended(world, FURTHER_CHANGE, DONE, "reached", "accepted", False, orders=2)

    def test_another_size_never_ends_it(self):
        world = self.world({MODIFY: [unanswered], LOOK: [passed, shown(5)]})
        self.ended(world, CHANGE, UNKNOWN, "conflict", "unknown", True)
        for _ in range(2):
            self.blocks(world)
            world.pass_time(5000)
            self.ended(world, ("watch",), UNKNOWN, "conflict", "unknown", True)

    def test_an_unchanged_instance_never_ends_it(self):
        world = self.world({MODIFY: [lost]})
        self.ended(world, CHANGE, UNKNOWN, "unchanged", "unknown", True)
        for _ in range(2):
            self.blocks(world)
            world.pass_time(5000)
            self.ended(world, CHANGE, UNKNOWN, "unchanged", "unknown", True)

    def test_a_token_s_order_ends_by_the_user_s_word_only(self):
        world = self.world({MODIFY: [unanswered]})
        self.ended(world, CHANGE, DONE, "reached", "unknown", True, token=True)
        world.pass_time(YEAR)
        result = self.ended(world, ("watch",), DONE, "reached", "unknown", True, token=True)
        self.assertEqual(result["acceptableUntil"], "never")
        self.assertEqual(world.run("forget", stdin="i-1 anyway\n", token=True).returncode, DONE)
        world.wire.script.clear()
        self.ended(world, FURTHER_CHANGE, DONE, "reached", "accepted", False, orders=2, token=True)

    def test_an_accepted_order_that_was_not_seen_is_watched_to_its_end(self):
        world = self.world({LOOK: [passed, shown(1)]})
        self.ended(world, CHANGE, NOT_SEEN, "unchanged", "accepted", True)
        self.blocks(world)
        world.wire.script.clear()
        result = self.ended(world, ("watch",), DONE, "reached", "accepted", False)
        self.assertEqual(result["orderNumber"], "1000000000001")

    def test_a_job_of_any_age_says_what_it_knows(self):
        for rule, options, code, order in ((lost, {}, UNKNOWN, "unknown"), (lost, {"token": True}, UNKNOWN, "unknown"),
                                           (passed, {}, NOT_SEEN, "accepted")):
            world = self.world({MODIFY: [rule], LOOK: [passed, shown(1)]})
            self.ended(world, CHANGE, code, "unchanged", order, True, **options)
            world.pass_time(3 * YEAR)
            for arguments in (CHANGE, ("watch",)):
                result = self.ended(world, arguments, code, "unchanged", order, True, **options)
                self.assertGreater(result["looks"], 0)
                self.assertLess(result["orderedAt"][:4], result["seenUntil"][:4])
            done = world.run("watch", **options)
            self.assertIn("forget", done.stdout)

    def test_looks_that_fail_do_not_hide_what_is_known_of_the_order(self):
        world = self.world({MODIFY: [unanswered], LOOK: [passed, refused(403, b"<html>")]})
        result = self.ended(world, CHANGE, UNKNOWN, "not_seen", "unknown", True)
        self.assertEqual(result["error"]["outcome"], "unknown")
        self.assertFalse(result["error"]["retryable"])


class MaskedResponses(Case):
    def test_an_executed_order_whose_response_a_gateway_masks_is_not_ordered_again(self):
        for status, body in ((403, b"<html>"), (429, b""), (502, b"bad gateway"), (302, b""), (408, b""), (500, b'{"code":"X"}')):
            with self.subTest(status):
                world = self.world({MODIFY: [masked(status, body)]})
                self.ended(world, CHANGE, DONE, "reached", "unknown", True)


class Questions(Case):
    def test_a_price_that_rose_while_the_user_thought_is_asked_anew(self):
        world = self.world()
        program = world.start("change", "--size", "2")
        self.read_until(program, "PAID ORDER")
        world.pass_time(6 * 3600)
        world.wire.script[INQUIRE] = [a_thousand_times]
        program.stdin.write("yes\n")
        program.stdin.flush()
        self.read_until(program, "CHANGED since")
        output = program.communicate("no\n", timeout=60)[0]
        self.assertEqual((program.returncode, world.wire.orders), (DECLINED, []), output)

    def test_a_price_limit_is_held_against_the_price_that_is_paid(self):
        world = self.world()
        program = world.start("change", "--size", "2", "--price-limit", "10000")
        self.read_until(program, "PAID ORDER")
        world.pass_time(6 * 3600)
        world.wire.script[INQUIRE] = [a_thousand_times]
        output = program.communicate("yes\nyes\n", timeout=60)[0]
        self.assertEqual((program.returncode, world.wire.orders), (NOTHING, []), output)
        self.assertIn("limit", output)

    def test_no_later_start_asks_for_a_second_order(self):
        world = self.world({MODIFY: [lost]})
        self.assertEqual(world.run("change", "--size", "2", stdin="yes\n").returncode, UNKNOWN)
        for _ in range(3):
            world.pass_time(2000)
            done = world.run("change", "--size", "2", stdin="yes\nyes\n")
            self.assertNotIn("PAID ORDER", done.stderr)
        self.assertEqual(len(world.wire.orders), 1)

    def read_until(self, process, word):
        while word not in (line := process.stdout.readline()):
            self.assertTrue(line)


def a_thousand_times(request, pass_on):
    """What the cloud says, with each number multiplied."""
    def dearer(value):
        if isinstance(value, dict):
            return {name: dearer(each) for name, each in value.items()}
        if isinstance(value, list):
            return [dearer(each) for each in value]
        return value * 1000 if isinstance(value, (int, float)) and not isinstance(value, bool) else value
    return http_response(200, json.dumps(dearer(json.loads(pass_on(request).partition(b"\r\n\r\n")[2]))).encode())


class Exceptions(Case):
    def test_the_truth_is_told_when_one_ends_the_program_after_an_order(self):
        seen = set()
        for number in range(1, 41):
            # with a name so long that the name of its file is made by `new`
            world = World(PROGRAM, CLOUD, PRELOAD, instanceId="an-instance-with-a-long-name")
            try:
                done = world.run(*CHANGE, WORLD_THROW=str(number))
                seen.add(done.returncode)
                self.assertNotIn(done.returncode, (NOTHING, USAGE), done.stdout + done.stderr)
                self.assertNotIn("nothing was ordered", (done.stdout + done.stderr).lower())
                self.assertEqual(len(world.wire.orders), 1)
                if done.returncode != DONE:
                    self.assertEqual(len(world.jobs()), 1, (number, done.stdout))
                world.run(*CHANGE)
                self.assertEqual(len(world.wire.orders), 1)
            finally:
                world.close()
        self.assertTrue(seen & {UNKNOWN, NOT_SEEN}, seen)


if __name__ == "__main__":
    sys.exit(run_cases((ExitCodes, WhatIsRemembered, MaskedResponses, Questions, Exceptions)))
