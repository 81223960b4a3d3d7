#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes the single headers: each a header of include/ with all of zenwire that it includes put in its place.

    python3 single_include/amalgamate.py            write single_include/zenwire/*.hpp
    python3 single_include/amalgamate.py --check    write nothing; exit with 1 if one of them is stale

The text of the headers is copied verbatim, include guards and all. So any of the single headers can be included
together, in any order, and a header of include/ that comes after one of them is empty.
"""

import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

SINGLE_HEADERS = {
    "zenwire/core.hpp": "zenwire/core.hpp",
    "zenwire/zenwire.hpp": "zenwire/zenwire.hpp",
    "zenwire/testing.hpp": "zenwire/testing.hpp",
    "zenwire/boost_json_source.hpp": "zenwire/boost_json_source.hpp",
    "zenwire/boost_json_parser_source.hpp": "zenwire/boost_json_parser_source.hpp",
}

# What is opt-in: only what the single header named second has not, which it includes.
OPT_IN_HEADERS = {
    "zenwire/ostream.hpp": "zenwire/core.hpp",
    "zenwire/format.hpp": "zenwire/core.hpp",
    "zenwire/contract_message.hpp": "zenwire/core.hpp",
    "zenwire/doctest.hpp": "zenwire/zenwire.hpp",
    "zenwire/system_error.hpp": "zenwire/core.hpp",
    "zenwire/system_runtime.hpp": "zenwire/zenwire.hpp",
}

OWN_INCLUDE = re.compile(r'\s*#\s*include\s*[<"](zenwire/[^>"]+)[>"]')
OPENS_CONDITION = re.compile(r"\s*#\s*if")
CLOSES_CONDITION = re.compile(r"\s*#\s*endif")


class AmalgamationError(Exception):
    """A header that cannot be put into a single header; the text says which, where and why."""


def guard_of(name):
    """The include guard that the header zenwire/NAME must have: ZENWIRE_<PATH>_HPP."""
    return re.sub(r"\W", "_", name).upper()


def expand(include, name, seen):
    """The lines of a header, with every header of zenwire that is not in `seen` expanded in place; adds to `seen`."""
    seen.add(name)
    text = (include / name).read_text(encoding="utf-8")
    guard = guard_of(name)
    if f"#ifndef {guard}\n#define {guard}\n" not in text:
        raise AmalgamationError(f"{name}: its include guard must be {guard}")

    lines = [f"// ---- {name}"]
    depth = 0
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        depth += bool(OPENS_CONDITION.match(line)) - bool(CLOSES_CONDITION.match(line))
        own = OWN_INCLUDE.match(line)
        if own is None:
            lines.append(line)
            continue
        where = f"{name}, line {number}"
        if depth != 1:
            raise AmalgamationError(f"{where}: an include of {own[1]} must stand inside the include guard and no other #if")
        if not (include / own[1]).is_file():
            raise AmalgamationError(f"{where}: there is no {own[1]}")
        if own[1] not in seen:
            lines += expand(include, own[1], seen)
            lines.append(f"// ---- {name}, continued")
    return lines


def amalgamate(include, source):
    """The text of the single header made of `source`, and the set of all headers that are in it."""
    if not (include / source).is_file():
        raise AmalgamationError(f"there is no {source} under {include}")
    seen = set()
    lines = [
        "// SPDX-License-Identifier: BSL-1.0",
        f"// Made of include/{source} by single_include/amalgamate.py. Do not edit: change the headers under include/.",
        *expand(include, source, seen),
    ]
    return "\n".join(lines) + "\n", seen


def amalgamate_opt_in(include, source):
    """The same of an opt-in header, on top of the single header that it builds on."""
    below = OPT_IN_HEADERS[source]
    seen = set(amalgamate(include, SINGLE_HEADERS[below])[1])
    inside = set(seen)
    lines = [
        "// SPDX-License-Identifier: BSL-1.0",
        f"// Made of include/{source} by single_include/amalgamate.py. Do not edit: change the headers under include/.",
        f"#include <{below}>",
        *expand(include, source, seen),
    ]
    return "\n".join(lines) + "\n", seen - inside


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 if a single header is stale")
    parser.add_argument("--include", type=pathlib.Path, default=ROOT / "include", metavar="DIR", help="the headers")
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "single_include", metavar="DIR")
    arguments = parser.parse_args()

    try:
        texts = {name: amalgamate(arguments.include, source)[0] for name, source in SINGLE_HEADERS.items()}
        texts |= {name: amalgamate_opt_in(arguments.include, name)[0] for name in OPT_IN_HEADERS}
    except AmalgamationError as error:
        sys.exit(f"amalgamate.py: {error}")

    files = {arguments.output / name: text.encode() for name, text in texts.items()}
    if arguments.check:
        stale = [file for file, text in files.items() if not file.is_file() or file.read_bytes() != text]
        stale += [file for file in (arguments.output / "zenwire").glob("**/*") if file.is_file() and file not in files]
        if stale:
            print("stale, run single_include/amalgamate.py:", *sorted(map(str, stale)), sep="\n  ")
            sys.exit(1)
        return
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


if __name__ == "__main__":
    main()
