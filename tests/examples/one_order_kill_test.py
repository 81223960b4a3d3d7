#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Kills traffic_package at every call to the system, starts it again as somebody else would, and counts orders on the wire.

    python3 one_order_kill_test.py PROGRAM FAKE_CLOUD_SERVER PROCESS_WORLD
"""

import itertools
import sys
import unittest

from order_world import ORDERS, World, lost, passed, run_cases, shown, unanswered

PROGRAM, CLOUD, PRELOAD = sys.argv[1:4] if len(sys.argv) > 3 else sys.exit(__doc__)
del sys.argv[1:4]

MODIFY, CANCEL = ORDERS
LOOK = "DescribeInstanceInternetStatus"
CODES = range(10)
DONE, BLOCKED = 0, 9
KILLED = -9

# who starts the program again: from elsewhere, under another name of the host, with another credential of the account
LATER_STARTS = ({}, {"cwd": "/"}, {"host": "localhost"}, {"token": True}, {"host": "localhost", "token": True, "cwd": "/"})


class KilledAnywhere(unittest.TestCase):
    """For every point at which the process can die, a world of its own."""

    command = ("change", "--size", "2", "--yes")

    def world(self, rule):
        world = World(PROGRAM, CLOUD, PRELOAD, **self.instance())
        world.wire.script = {MODIFY: [rule], CANCEL: [rule]}
        return world

    def instance(self):
        return {"processing_seconds": 20}

    def calls_of_one_run(self, rule):
        """Number and name of each call to the system that the program makes."""
        world = self.world(rule)
        try:
            log = world.path / "log"
            world.run(*self.command, "--deadline", "120", WORLD_LOG=str(log))
            lines = [line.split(" ", 2) for line in log.read_text().splitlines()]
            order = next(i for i, line in enumerate(lines) if line[2].endswith("ORDER"))
            # what comes later is one look like the other
            return [(int(number), name) for number, name, _ in lines[:order + 14]]
        finally:
            world.close()

    def points(self, rule):
        calls = self.calls_of_one_run(rule)
        for number, name in calls:
            yield f"before:{number}"
            if name in ("write", "send"):
                yield f"half:{number}"
        yield f"after:{calls[-1][0]}"

    def check(self, rule, others):
        killed = 0
        for point, other in zip(self.points(rule), itertools.cycle(others)):
            world = self.world(rule)
            try:
                killed += self.check_point(world, point, other)
            finally:
                world.close()
        self.assertGreater(killed, 25, "it was killed where it matters")

    def check_point(self, world, point, other):
        what = f"killed {point}, then {other}"
        first = world.run(*self.command, "--deadline", "120", WORLD_KILL=point)
        self.assertIn(first.returncode, (KILLED, *CODES), what)
        for options in (other, {}, {}):
            later = world.run(*self.command, "--deadline", "120", **options)
            self.assertIn(later.returncode, CODES, what + later.stderr)
        self.assertLessEqual(len(world.wire.orders), 1, what)
        if world.wire.orders and not world.jobs():
            # no file: then the fate of the order is known
            self.assertEqual(later.returncode, DONE, what)
        world.pass_time(2000)
        last = world.run("watch", "--deadline", "10")
        self.assertIn(last.returncode, CODES, what + last.stdout)
        self.assertLessEqual(len(world.wire.orders), 1, what)
        return first.returncode == KILLED


class KilledWhileChanging(KilledAnywhere):
    def test_the_same_user_starts_it_again(self):
        self.check(passed, LATER_STARTS[:2])

    def test_somebody_else_starts_it_again(self):
        self.check(passed, LATER_STARTS[2:])

    def test_the_order_is_executed_and_never_answered(self):
        self.check(unanswered, LATER_STARTS)

    def test_the_order_never_arrives(self):
        self.check(lost, LATER_STARTS)


class KilledWhileCancelling(KilledAnywhere):
    command = ("cancel", "--yes")

    def instance(self):
        return {"plannedTrafficPackageSize": 0.5}

    def test_anybody_starts_it_again(self):
        self.check(passed, LATER_STARTS)

    def test_the_order_is_executed_and_never_answered(self):
        self.check(unanswered, LATER_STARTS)


class KilledTwice(unittest.TestCase):
    def test_a_start_that_goes_on_may_be_killed_too(self):
        for first, second in itertools.product(range(14, 34, 3), range(4, 40, 5)):
            world = World(PROGRAM, CLOUD, PRELOAD)
            try:
                world.wire.script = {MODIFY: [unanswered], LOOK: [passed, shown(1), shown(1), passed]}
                for point in (f"before:{first}", f"before:{second}", None):
                    world.run("change", "--size", "2", "--yes", "--deadline", "120",
                              **({"WORLD_KILL": point} if point else {}))
                self.assertLessEqual(len(world.wire.orders), 1, (first, second))
            finally:
                world.close()


if __name__ == "__main__":
    sys.exit(run_cases((KilledWhileChanging, KilledWhileCancelling, KilledTwice)))
