#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures what it costs to include an umbrella header. Usage:

    compile_time.py [--rounds N] [--slack FACTOR] [--compiler "g++-12 -std=c++20 -O0"] [--single] [HEADER...]

Compiles a file of one #include for each of <string>, <zenwire/core.hpp>, <boost/json.hpp> and <zenwire/zenwire.hpp> (and the
HEADERs given), in turns, and prints the medians of user CPU time, which other work on the machine disturbs least. Fails if,
in this run, core.hpp costs more than 0.25 s above <string>, or zenwire.hpp more than 1.3 times <boost/json.hpp>. --single
measures the single headers instead of include/. --slack is how many times that much is allowed, on a machine whose speed is not
known, or that has other work.
"""

import argparse
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STRING, CORE, JSON, ALL = "string", "zenwire/core.hpp", "boost/json.hpp", "zenwire/zenwire.hpp"
MOST_SECONDS_ABOVE_STRING = 0.25
MOST_TIMES_JSON = 1.3


def user_seconds(command):
    """The user CPU time of a command and all that it starts, which must succeed."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {shlex.join(command)}")
    return usage.ru_utime


def measure(compiler, headers, rounds):
    """Medians by header. A first round that is not counted fills the caches of files."""
    seconds = {header: [] for header in headers}
    with tempfile.TemporaryDirectory() as directory:
        source = pathlib.Path(directory, "one_include.cpp")
        for _ in range(rounds + 1):
            for header, measured in seconds.items():
                source.write_text(f"#include <{header}>\n", encoding="utf-8")
                measured.append(user_seconds([*compiler, "-c", str(source), "-o", os.devnull]))
    return {header: statistics.median(measured[1:]) for header, measured in seconds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--slack", type=float, default=1)
    parser.add_argument("--compiler", type=shlex.split, default="g++-12 -std=c++20 -O0")
    parser.add_argument("--single", action="store_true")
    parser.add_argument("headers", nargs="*")
    arguments = parser.parse_args()

    include = ROOT / ("single_include" if arguments.single else "include")
    headers = dict.fromkeys([STRING, CORE, JSON, ALL, *arguments.headers])
    medians = measure([*arguments.compiler, f"-I{include}"], headers, arguments.rounds)

    print(f"{'header':32}{'seconds':>9}{'above <string>':>16}{'of <boost/json.hpp>':>21}")
    for header, median in medians.items():
        print(f"{header:32}{median:9.3f}{median - medians[STRING]:16.3f}{median / medians[JSON]:21.2f}")

    above, times = medians[CORE] - medians[STRING], medians[ALL] / medians[JSON]
    print(f"<{CORE}> above <{STRING}>: {above:.3f} s, wanted at most {MOST_SECONDS_ABOVE_STRING}")
    print(f"<{ALL}> of <{JSON}>: {times:.2f}, wanted at most {MOST_TIMES_JSON}")
    sys.exit(above > MOST_SECONDS_ABOVE_STRING * arguments.slack or times > MOST_TIMES_JSON * arguments.slack)


if __name__ == "__main__":
    main()
