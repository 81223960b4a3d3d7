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
# What is wanted, and what is allowed: where the first is not reached yet, the second keeps it from getting worse.
CODE = {
    1: ("code and constants of building and signing", 8 * KIB, 8 * KIB),
    2: ("code and constants of building, signing and parsing", 40 * KIB, 40 * KIB),
}
STACK = {
    "set_up": (4 * KIB, 4 * KIB),
    "make_request_in": (4 * KIB, 4 * KIB),
    "make_request": (None, 8 * KIB),
    "verify": (None, 9 * KIB),
    "parse_response": (8 * KIB, 8 * KIB),
    "send_action": (None, 14 * KIB),
}
STATIC_RAM = 512


def run(*command):
    return subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          stdin=subprocess.DEVNULL, check=False, timeout=120)


def sections(image):
    """Bytes of code and constants, of data, of memory that begins as zero."""
    return [int(word) for word in run("arm-none-eabi-size", str(image)).stdout.splitlines()[1].split()[:3]]


def run_image(image):
    done = run("qemu-system-arm", "-M", "mps2-an386", "-nographic", "-semihosting", "-kernel", str(image))
    return done.returncode, done.stdout


def own_memory(image):
    """Bytes of the variables of work.hpp: what the caller of the library keeps."""
    lines = run("arm-none-eabi-nm", "-C", "-S", str(image)).stdout.splitlines()
    words = [line.split(None, 3) for line in lines]
    return sum(int(word[1], 16) for word in words if len(word) == 4 and word[2] in "bBdDV" and word[3].startswith("work::"))


def main():
    build = pathlib.Path(sys.argv[1])
    failed = False
    rows = []

    def report(what, number, wanted=None, allowed=None):
        nonlocal failed
        failed |= allowed is not None and number > allowed
        rows.append((what, number, wanted, allowed))

    code, output = run_image(build / "checks.elf")
    print(output, end="")
    failed |= code != 0 or "responses: " not in output
    images = [build / f"size_{parts}.elf" for parts in range(3)]
    for image in images:
        failed |= run_image(image)[0] != 0

    nothing = sections(images[0])
    for parts, limits in CODE.items():
        # what the flash holds: also the values that variables begin with
        report(limits[0], sum(sections(images[parts])[:2]) - sum(nothing[:2]), *limits[1:])
    memory = sum(sections(images[2])[1:]) - sum(nothing[1:]) - own_memory(images[2])
    report("static RAM, of Boost.JSON alone", memory, STATIC_RAM, STATIC_RAM)
    stack = {name: int(number) for name, number in re.findall(r"(\w+): done, stack (\d+)", output)}
    for name, limits in STACK.items():
        report(f"stack of {name}", stack.get(name, sys.maxsize), *limits)
    for name, number in re.findall(r"sizeof (.+): (\d+)", output):
        report(f"sizeof {name}", int(number))

    record = pathlib.Path(__file__).resolve().parent.parent / "figures/record.tsv"
    recorded = {name: int(number) for name, number in
                re.findall(r"^cortex-m4: ([^\t]+)\t(\d+)\t", record.read_text(encoding="utf-8"), re.MULTILINE)}
    print(f"\n{'Cortex-M4, -Os':52} {'bytes':>7} {'wanted':>7} {'allowed':>7}")
    for what, number, wanted, allowed in rows:
        verdict = "" if wanted is None or number <= wanted else "  more than wanted"
        verdict = "  MORE THAN ALLOWED" if allowed is not None and number > allowed else verdict
        print(f"{what:52} {number:7} {wanted or '':>7} {allowed or '':>7}{verdict}")
        if recorded.get(what, number) != number:
            print(f"    recorded in tests/figures/ are {recorded[what]}: tests/figures/figures.py firmware OUTPUT, then write")
    sys.exit(failed)


if __name__ == "__main__":
    main()
