#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts instructions per call with valgrind's callgrind, which do not depend on what else the machine does. Usage:

    count_instructions.py PROGRAM COMPILER            compares with the record of COMPILER, "GNU 12.2.0" say
    count_instructions.py PROGRAM COMPILER --record   writes the record

Rows named `own work` do with a hash and a MAC that only copy bytes, so that they count zenwire's own work alone; they fail
when they grow by more than 5 %. The other rows are only shown: valgrind hides the processor's SHA extensions.
Exit code 77: skipped, for want of valgrind or of a record.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

RECORD = pathlib.Path(__file__).with_name("record.tsv")
MOST_GROWTH = 1.05
SKIPPED = 77


def count(program, *arguments, folder=None):
    """Runs the program once; returns {name: instructions} in the order of the run."""
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory, "out")
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program, *arguments],
                              capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode != 0:
            sys.exit(f"{program} failed under valgrind:\n{done.stderr}")
        counts = {}
        for part in range(1, 1 + len(list(pathlib.Path(directory).glob("out.*")))):
            text = pathlib.Path(directory, f"out.{part}").read_text(encoding="utf-8")
            name = re.search(r"^desc: Trigger: Client Request: (.*)$", text, re.MULTILINE)
            counts[name[1]] = int(re.search(r"^summary: (\d+)$", text, re.MULTILINE)[1])
        return counts


def read_record():
    lines = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.exists() else []
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(compiler, name): int(number) for compiler, name, number in rows}


def write_record(record):
    lines = [f"{compiler}\t{name}\t{number}\n" for (compiler, name), number in record.items()]
    RECORD.write_text("# compiler, what, instructions: by count_instructions.py --record\n" + "".join(lines),
                      encoding="utf-8")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, compiler = sys.argv[1:3]
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return SKIPPED
    record = read_record()
    counts = count(program)
    if not any(name.endswith("own work") for name in counts):
        sys.exit("no own work was counted")
    if "--record" in sys.argv:
        write_record({key: number for key, number in record.items() if key[0] != compiler} |
                     {(compiler, name): number for name, number in counts.items()})
        return 0

    failures = 0
    is_recorded = any(key[0] == compiler for key in record)
    for name, number in counts.items():
        before = record.get((compiler, name))
        verdict = "not recorded"
        if before is not None:
            verdict = f"{number / before:.3f} of the record"
        if name.endswith("own work") and is_recorded and (before is None or number > before * MOST_GROWTH):
            failures += 1
            verdict += ": FAILED"
        print(f"{number:8}  {name}: {verdict}")
    if not is_recorded:
        print(f"skipped: {RECORD.name} has no record of {compiler}")
        return SKIPPED
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
