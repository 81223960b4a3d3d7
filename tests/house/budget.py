#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""How large the house is: counts what budget.tsv names, and complains about what is above its ceiling. Usage:

    budget.py check    compares; tells where a ceiling could be lowered
    budget.py lower    lowers the ceilings to what is counted; it raises none

Each row of budget.tsv has a ceiling, which is never raised without a reason in the commit, and the goal that it is on its way to.
"""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
from public_names import INCLUDE, public_names, tokens_of  # noqa: E402

TABLE = pathlib.Path(__file__).resolve().parent / "budget.tsv"
LONG_HEADER, LONG_FUNCTION = 400, 40


def long_functions(text):
    """The lines on which functions of more than LONG_FUNCTION lines begin; what is inside of a function is part of it."""
    code = re.sub(r'"(?:\\.|[^"\\\n])*"|(?<!\d)\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/',
                  lambda each: "\n" * each[0].count("\n"), text, flags=re.DOTALL)
    code = re.sub(r"^[ \t]*#[^\n]*", "", code, flags=re.MULTILINE)
    stack = []
    head = 0
    for at, c in enumerate(code):
        if c == "{":
            words = code[head:at]
            is_inside = any(is_function for _, is_function in stack)
            is_function = ("(" in words and not re.search(r"\b(namespace|concept|enum)\b|=\s*$", words)
                           and not re.search(r"\b(class|struct|union)\s+\w+[^()]*$", words))
            stack.append((at, is_function and not is_inside))
            head = at + 1
        elif c == "}":
            begin, is_function = stack.pop()
            if is_function and code.count("\n", begin, at) + 1 > LONG_FUNCTION:
                yield code.count("\n", 0, begin) + 1
            head = at + 1
        elif c == ";":
            head = at + 1


def count():
    texts = {header: header.read_text(encoding="utf-8") for header in sorted(INCLUDE.glob("zenwire/**/*.hpp"))}
    own = re.compile(r"^\s*#\s*include\s*[<\"]", re.MULTILINE)
    asked = [tokens_of(text).count("is_constant_evaluated") for text in texts.values()]
    return {
        "headers": len(texts),
        "headers outside of detail": sum("detail" not in header.relative_to(INCLUDE).parts for header in texts),
        "lines": sum(text.count("\n") for text in texts.values()),
        "lines of testing": sum(text.count("\n") for header, text in texts.items() if "testing" in header.relative_to(INCLUDE).parts),
        "public names": len(public_names()),
        "includes, the most of a header that is no umbrella": max(
            len(own.findall(text)) for header, text in texts.items() if header.parent != INCLUDE / "zenwire"),
        "includes of all headers": sum(len(own.findall(text)) for text in texts.values()),
        f"headers of more than {LONG_HEADER} lines": sum(text.count("\n") > LONG_HEADER for text in texts.values()),
        "questions whether this is a constant": sum(asked) - 1,  # less its own definition
        f"functions of more than {LONG_FUNCTION} lines": sum(len(list(long_functions(text))) for text in texts.values()),
    }


def main():
    if sys.argv[1:] not in (["check"], ["lower"]):
        sys.exit(__doc__)
    text = TABLE.read_text(encoding="utf-8")
    rows = {row[0]: row[1:] for row in (line.split("\t") for line in text.splitlines()) if not row[0].startswith("#")}
    counted = count()
    if rows.keys() != counted.keys():
        sys.exit(f"{TABLE.name} has other rows than are counted: {sorted(rows.keys() ^ counted.keys())}")
    failed = False
    for what, (ceiling, goal) in rows.items():
        number = counted[what]
        verdict = "MORE THAN THE CEILING" if number > int(ceiling) else "lower the ceiling" if number < int(ceiling) else ""
        failed |= number > int(ceiling)
        print(f"{what:54} {number:7} {ceiling:>7} {goal:>7}  {verdict}")
        if sys.argv[1] == "lower" and number < int(ceiling):
            text = text.replace(f"{what}\t{ceiling}\t", f"{what}\t{number}\t")
    if sys.argv[1] == "lower":
        TABLE.write_text(text, encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
