#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Each promise of promises.md and security.md names an existing test that guards it: check_promises.py BUILD_DIR

The last column of the tables whose last heading is `guarded by` must name at least one thing between backticks: a path below the
repository, `check_NAME` of tests/conformance, a fuzzer (tests/fuzz/NAME_fuzz.cpp), or a test of ctest (`...` stands for the rest
of its name).
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ("promises.md", "security.md")


def promises():
    """The pairs of a promise and what guards it."""
    guarded = False
    lines = [line for page in PAGES for line in (ROOT / "tests/docs" / page).read_text(encoding="utf-8").splitlines()]
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            guarded = False
        elif cells[-1] == "guarded by":
            guarded = True
        elif guarded and not cells[-1].startswith("---"):
            yield cells[0], cells[-1]


def exists(name, tests):
    words = name.split()
    path = next((word for word in words if "/" in word), None)
    if path is not None:
        return (ROOT / path).exists()
    if (ROOT / "tests/conformance" / f"{name}.cpp").exists() or (ROOT / "tests/fuzz" / f"{name}_fuzz.cpp").exists():
        return True
    return any(test.startswith(name[:-3].rstrip()) if name.endswith("...") else test == name for test in tests)


def main():
    listing = subprocess.run(["ctest", "-N", "--test-dir", sys.argv[1]], capture_output=True, text=True, check=True).stdout
    tests = re.findall(r"^ *Test +#\d+: (.*)$", listing, re.MULTILINE)
    failures = []
    rows = list(promises())
    for promise, guards in rows:
        names = re.findall(r"`([^`]+)`", guards)
        missing = [name for name in names if not exists(name.removeprefix("ctest "), tests)]
        if not names and guards:
            failures.append(f"{promise}: names no test")
        failures += [f"{promise}: there is no {name}" for name in missing]
    if not rows:
        failures.append("the pages have no table of promises")
    print("\n".join(failures) or f"{len(rows)} promises, all with their tests")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
