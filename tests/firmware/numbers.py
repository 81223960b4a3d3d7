#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The numbers of the firmware, each with its limit: numbers.py BUILD_DIR

Runs the checks under qemu-system-arm and measures the images. The exit code is 0 when all checks passed and no number is
above its limit.
"""

import pathlib
import re
import subprocess
import sys

KIB = 1024
STACK_LIMITS = {"make_request_in": 4 * KIB, "make_request": None, "verify": None, "parse_response": 8 * KIB, "send_action": None}


def run(*command):
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, check=False, timeout=120)


def sections(image):
    """Bytes of code and constants, of data, of memory that begins as zero."""
    return [int(word) for word in run("arm-none-eabi-size", str(image)).stdout.splitlines()[1].split()[:3]]


def run_image(image):
    done = run("qemu-system-arm", "-M", "mps2-an386", "-nographic", "-semihosting", "-kernel", str(image))
    return done.returncode, done.stdout


def main():
    build = pathlib.Path(sys.argv[1])
    failed = False
    rows = []

    def report(what, number, limit):
        nonlocal failed
        failed |= limit is not None and number > limit
        rows.append((what, number, limit))

    code, output = run_image(build / "checks.elf")
    print(output, end="")
    failed |= code != 0 or "answers: " not in output
    for parts in range(3):
        failed |= run_image(build / f"size_{parts}.elf")[0] != 0

    text, data, zero = zip(*(sections(build / f"size_{parts}.elf") for parts in range(3)))
    report("code and constants of building and signing", text[1] - text[0], 8 * KIB)
    report("code and constants of building, signing and parsing", text[2] - text[0], 40 * KIB)
    memory = 1024  # of work.hpp, which the caller owns
    report("static RAM of building and signing", data[1] + zero[1] - data[0] - zero[0] - memory, 0)
    report("static RAM of building, signing and parsing", data[2] + zero[2] - data[0] - zero[0] - memory, 256)
    stack = {name: int(number) for name, number in re.findall(r"(\w+): done, stack (\d+)", output)}
    for name, limit in STACK_LIMITS.items():
        report(f"stack of {name}", stack.get(name, sys.maxsize), limit)
    for name, number in re.findall(r"sizeof (.+): (\d+)", output):
        report(f"sizeof {name}", int(number), None)

    print(f"\n{'Cortex-M4, -Os':55} {'bytes':>7} {'limit':>7}")
    for what, number, limit in rows:
        verdict = "" if limit is None or number <= limit else "  ABOVE ITS LIMIT"
        print(f"{what:55} {number:7} {'' if limit is None else limit:>7}{verdict}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
