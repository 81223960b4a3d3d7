#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Each file that where_is.md names has the text that the page says; the page has all of its twelve questions, and needs few files."""

import pathlib
import re
import sys

PAGE = pathlib.Path(__file__).resolve().parent / "where_is.md"
ROOT = PAGE.parent.parent.parent
QUESTIONS, MOST_FILES = 12, 18


def main():
    asked, _, rest = PAGE.read_text(encoding="utf-8").partition("\n## ")
    complaints = []

    def files_of(text):
        files = []
        for file, wanted in re.findall(r"^\| [^|]+ \| `([^`|]+)` \| `([^`|]+)` \|$", text, re.MULTILINE):
            files.append(file)
            if not (ROOT / file).is_file():
                complaints.append(f"there is no {file}")
            elif wanted not in (ROOT / file).read_text(encoding="utf-8"):
                complaints.append(f"{file} has no '{wanted}'")
        return files

    questions = files_of(asked)
    if len(questions) < QUESTIONS or not files_of(rest):
        complaints.append(f"{len(questions)} questions instead of {QUESTIONS}, or nothing on where something new goes")
    if len(set(questions)) > MOST_FILES:
        complaints.append(f"{len(set(questions))} files are opened, more than {MOST_FILES}")
    floors = {each.name for each in (ROOT / "include/zenwire").iterdir() if each.is_dir()}
    complaints += [f"nothing is said of the floor {each}" for each in sorted(floors) if f"| `{each}/` |" not in rest]
    print(*complaints, sep="\n")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
