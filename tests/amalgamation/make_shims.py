#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Lets the tests run on the single headers: for each header of include/, DIR/zenwire/... gets a header of the same name
that includes the single header that holds it. A header that only an opt-in one has is copied: its include guard is the same.

    python3 make_shims.py DIR
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "single_include"))

from amalgamate import OPT_IN_HEADERS, SINGLE_HEADERS, amalgamate  # noqa: E402


def main():
    include = ROOT / "include"
    shims = {}
    for header in include.glob("zenwire/**/*.hpp"):
        shims[header.relative_to(include).as_posix()] = header.read_text(encoding="utf-8")
    for single_header, source in reversed(SINGLE_HEADERS.items()):
        for name in amalgamate(include, source)[1]:
            shims[name] = f"#include <{single_header}>\n"
    for name in (*SINGLE_HEADERS, *OPT_IN_HEADERS):
        shims.pop(name, None)

    target = pathlib.Path(sys.argv[1])
    for name, text in shims.items():
        file = target / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for file in set(target.glob("zenwire/**/*.hpp")) - {target / name for name in shims}:
        file.unlink()


if __name__ == "__main__":
    main()
