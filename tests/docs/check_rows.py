#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""tests/docs/platforms.md names each row of tests/matrix.sh in its first table, and no other."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    listing = subprocess.run(["sh", str(ROOT / "tests/matrix.sh"), "--list"], capture_output=True, text=True, check=True)
    rows = set(listing.stdout.split())
    text = (ROOT / "tests/docs/platforms.md").read_text(encoding="utf-8")
    table = re.search(r"^\|[^\n]*\| rows \|\n(?:\|.*\n)*", text, re.MULTILINE)
    named = set(re.findall(r"`([^` ]+)`", "".join(line.split("|")[-2] for line in table[0].splitlines()))) if table else set()
    complaints = [f"platforms.md does not name the row {row}" for row in sorted(rows - named)]
    complaints += [f"platforms.md names {row}, which is no row" for row in sorted(named - rows)]
    if not rows:
        complaints.append("tests/matrix.sh has no rows")
    print("\n".join(complaints) or f"{len(rows)} rows, all in the table")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
