#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The module's interface, include/zenwire/zenwire.cppm: it exports each public name, so it is written from the headers. Usage:

    module.py check    compares with what the headers declare
    module.py write    writes it anew

The module has all of zenwire but what NOT_IN_THE_MODULE says.
"""

import pathlib
import re
import sys

sys.dont_write_bytecode = True
from public_names import INCLUDE, LIST, names_in, tokens_of  # noqa: E402

MODULE = INCLUDE / "zenwire/zenwire.cppm"

# A module brings no macros, and what a program defines once, it defines in a file of its own.
NOT_IN_THE_MODULE = {
    "zenwire/boost_json_source.hpp": "includes the source of Boost.JSON",
    "zenwire/boost_json_parser_source.hpp": "the same",
    "zenwire/contract_message.hpp": "defines a weak function, for a program that wants its message",
    "zenwire/doctest.hpp": "for the tests' own framework, which is a header",
}

BEGINNING = """\
// SPDX-License-Identifier: BSL-1.0
// import zenwire; written by tests/house/module.py from the headers. Everything public but macros, doctest.hpp, contract_message.hpp
// and the source of Boost.JSON. Who includes headers of zenwire besides has the same types.
module;

"""

OPERATOR = re.compile(r"^(?!friend\b)[\w\[][^\n]*?[^:\w\n](operator(?:\"\"\w+|[^\w\s(]+))\(", re.MULTILINE)
OWN_INCLUDE = re.compile(r"^#include <(zenwire/[^>]+)>", re.MULTILINE)


def public_headers():
    """{name: text}, without detail/."""
    texts = {header.relative_to(INCLUDE).as_posix(): header.read_text(encoding="utf-8")
             for header in sorted(INCLUDE.glob("zenwire/**/*.hpp"))}
    return {name: text for name, text in texts.items() if "/detail/" not in name and name not in NOT_IN_THE_MODULE}


def includes(headers):
    """As few as bring all of the headers: those that no other header includes."""
    texts = [header.read_text(encoding="utf-8") for header in INCLUDE.glob("zenwire/**/*.hpp")
             if header.relative_to(INCLUDE).as_posix() not in NOT_IN_THE_MODULE]
    included = {name for text in texts for name in OWN_INCLUDE.findall(text)}
    return [name for name in headers if name not in included]


def exported_names(headers):
    """{namespace: names}: what public_names.txt lists, and the operators that stand in a namespace."""
    names = {}
    for text in headers.values():
        for name in names_in(tokens_of(text)):
            namespace, _, own = name.rpartition("::")
            if not own.startswith("operator"):
                names.setdefault(namespace, set()).add(own)
        for operator in OPERATOR.findall(text):
            names.setdefault("literals" if '"' in operator else "", set()).add(operator)
    return {namespace: sorted(names[namespace]) for namespace in sorted(names)}


def interface():
    headers = public_headers()
    text = BEGINNING + "".join(f"#include <{name}>\n" for name in includes(headers)) + "\nexport module zenwire;\n"
    for namespace, names in exported_names(headers).items():
        path = f"zenwire::{namespace}" if namespace else "zenwire"
        # an inline namespace is opened by that word wherever it is opened
        opened = "zenwire::inline literals" if namespace == "literals" else path
        text += f"\nexport namespace {opened} {{\n" + "".join(f"using {path}::{name};\n" for name in names) + f"}}  // namespace {path}\n"
    return text


def main():
    if sys.argv[1:] == ["write"]:
        MODULE.write_text(interface(), encoding="utf-8")
        return 0
    if sys.argv[1:] != ["check"]:
        sys.exit(__doc__)
    text = interface()
    complaints = []
    if not MODULE.is_file() or MODULE.read_text(encoding="utf-8") != text:
        complaints.append(f"{MODULE.name} is not what the headers declare: module.py write")
    # by itself, too: each name that is listed is there, or belongs to a header that the module does not have
    left_out = {name for header in NOT_IN_THE_MODULE
                for name in names_in(tokens_of((INCLUDE / header).read_text(encoding="utf-8")))}
    for name in LIST.read_text(encoding="utf-8").split():
        word = name.replace("operator0", 'literals::operator""')  # so the list writes a literal's name
        if f"using zenwire::{word};\n" not in text and name not in left_out:
            complaints.append(f"{name} is public, and the module does not export it")
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
