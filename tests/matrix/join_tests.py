#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Joins test files into one translation unit, since most of the time of compiling a test goes into the headers:
join_tests.py OUTPUT FILE...

Each file gets a namespace, so that names may repeat; what it includes is included before. Files that reopen a namespace of
others stand at the end, as they are.
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^#\s*include\s+(<.*?>|".*?")', re.MULTILINE)
REOPENS = re.compile(r"^namespace (?:std|zenwire|doctest)\b|TYPE_TO_STRING|TEST_CASE_TEMPLATE_DEFINE|\bzenwire::tests\b|operator new\(", re.MULTILINE)


def include_lines(files):
    lines = {}
    for file in files:
        for name in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if name.startswith('"'):
                name = f'"{(file.parent / name[1:-1]).resolve()}"'
            lines[f"#if __has_include({name})\n#include {name}\n#endif\n"] = None
    return lines


def main():
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    apart = [file for file in files if REOPENS.search(file.read_text(encoding="utf-8"))]
    text = "".join(include_lines(files))
    text += "".join(f'namespace {file.stem} {{\n#include "{file}"\n}}\n' for file in files if file not in apart)
    text += "".join(f'#include "{file}"\n' for file in apart)
    output = pathlib.Path(sys.argv[1])
    if not output.exists() or output.read_text(encoding="utf-8") != text:
        output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
