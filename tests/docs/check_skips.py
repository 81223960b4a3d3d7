#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""On a system that platforms.md speaks of, no test is skipped but those that it names: check_skips.py BUILD_DIR

The page has a table with the columns `system`, `left out` and `because`; the second names tests of ctest between backticks
(`...` stands for the rest of a name), or says that there are none. Exit code 77 on a system that is not in it.
"""

import pathlib
import platform
import re
import sys

PAGE = pathlib.Path(__file__).with_name("platforms.md")
SKIPPED = 77


def named_tests():
    """{system: [names of tests]}"""
    result = {}
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif cells[:2] == ["system", "left out"]:
            inside = True
        elif inside and not cells[0].startswith("---"):
            result.setdefault(cells[0], []).extend(re.findall(r"`([^`]+)`", cells[1]))
    return result


def this_system():
    """Its name in the table: Debian 13, say. Debian's sid has no number."""
    try:
        about = platform.freedesktop_os_release()
    except OSError:
        return "a system without a name"
    return f"{about['NAME'].split()[0]} {about.get('VERSION_ID', 'sid')}"


def is_named(test, names):
    return any(test.startswith(name[:-3].rstrip()) if name.endswith("...") else test == name for name in names)


def main():
    names = named_tests()
    system = this_system()
    if not names:
        sys.exit(f"{PAGE.name} has no table of what is left out")
    if system not in names:
        print(f"skipped: {PAGE.name} does not speak of {system}")
        return SKIPPED
    skips = pathlib.Path(sys.argv[1], "skipped_tests.txt").read_text(encoding="utf-8").splitlines()
    surprises = [line for line in skips if not is_named(line.partition("\t")[0], names[system])]
    print("\n".join(surprises) or f"{len(skips)} tests are skipped on {system}, all of them named")
    return 1 if surprises else 0


if __name__ == "__main__":
    sys.exit(main())
