#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The names that users may name: what the headers outside of detail/ declare in a namespace that is not called detail. Usage:

    public_names.py check    compares with public_names.txt: a name more or less is a complaint
    public_names.py write    writes public_names.txt, which is to be read in the commit that changes it

A name is there once, however many overloads and specialisations it has. Members of classes, enumerators, operators and macros are
not listed.
"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parents[1] / "include"
LIST = HERE / "public_names.txt"

TOKEN = re.compile(r"[A-Za-z_]\w*|::|->|&&|\|\||[-+*/%&|^!=<>]=|<<|\d[\w.']*|\S")
NOT_A_NAME = {"alignas", "decltype", "noexcept", "requires", "explicit", "sizeof", "const", "constexpr", "inline", "static"}


def tokens_of(text):
    # texts and characters first: what looks like a comment or a bracket in them is none
    text = re.sub(r'"(?:\\.|[^"\\\n])*"|(?<!\d)\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/',
                  lambda each: " " if each[0].startswith("/") else " 0 ", text, flags=re.DOTALL)
    text = re.sub(r"^\s*#(?:[^\n]*\\\n)*[^\n]*", " ", text, flags=re.MULTILINE)
    text = text.replace("[[nodiscard]]", " ")
    return TOKEN.findall(text)


def end_of_group(tokens, begin, opening="{", closing="}"):
    """Behind the bracket that closes the one at `begin`."""
    depth = 0
    for at in range(begin, len(tokens)):
        depth += (tokens[at] == opening) - (tokens[at] == closing)
        if depth == 0:
            return at + 1
    return len(tokens)


def end_of_angles(tokens, begin):
    """The same for the angle brackets of a template, in which there may be round ones with comparisons in them."""
    depth = 0
    at = begin
    while at < len(tokens):
        if tokens[at] == "(":
            at = end_of_group(tokens, at, "(", ")")
            continue
        if tokens[at] == "{":
            at = end_of_group(tokens, at)
            continue
        depth += (tokens[at] == "<") - (tokens[at] == ">")
        at += 1
        if depth == 0:
            return at
    return at


def name_of(head):
    """What a declaration without its body declares; nothing for what has no name of its own."""
    while head and head[0] == "template":
        head = head[end_of_angles(head, 1):]
        if head and head[0] == "requires":
            head = without_requirement(head)
    while "__attribute__" in head:
        at = head.index("__attribute__")
        head = head[:at] + head[end_of_group(head, at + 1, "(", ")"):]
    words = [word for word in head if word not in ("inline", "constexpr", "consteval", "static", "extern", "typename")]
    if not words or words[0] in ("static_assert", "friend", "extern") or "operator" in words:
        return None
    if words[0] == "concept":
        return words[1]
    if words[0] == "using":
        return words[1] if "=" in words else None
    if words[0] in ("class", "struct", "union", "enum"):
        # behind attributes; a specialisation has a name already, and so has what a variable of an enumeration type begins with
        rest = [word for word in words[1:] if word not in ("class", "struct", "[", "]")]
        rest = rest[1:] if rest and rest[0] == "nodiscard" else rest
        if len(rest) > 1 and rest[1] in ("<", "::"):
            return None
        if len(rest) < 2 or rest[1] in (":", "{", "final"):
            return rest[0] if rest else None
        words = rest
    depth = 0
    last = None
    is_qualified = False
    for at, word in enumerate(words):
        if word == "(" and last is not None and depth == 0:
            if "->" in words[at:] and "auto" not in words[:at]:
                return None  # a deduction guide
            return None if words[at - 2] == "::" else last  # else a member, defined behind its class
        if word in ("=", ";", "[") and depth == 0 and last is not None:
            return None if is_qualified else last  # a specialisation has a name already
        if word == "<" and re.fullmatch(r"[A-Za-z_]\w*", words[at - 1]):
            depth += 1
        elif word == ">" and depth:
            depth -= 1
        elif depth == 0:
            if word.startswith("ZENWIRE_") or word in NOT_A_NAME:
                last = None
                continue
            last = word if re.fullmatch(r"[A-Za-z_]\w*", word) else None
            is_qualified = at > 0 and words[at - 1] == "::"
    return last


def without_requirement(head):
    """A head behind its requires clause: one primary expression after the other, joined by && and ||."""
    at = 1
    while at < len(head):
        if head[at] == "requires":
            at = end_of_expression(head, at)
        elif head[at] == "(":
            at = end_of_group(head, at, "(", ")")
        else:
            while at < len(head) and (re.fullmatch(r"[A-Za-z_]\w*|::", head[at]) or head[at] == "<"):
                if head[at] == "<":
                    at = end_of_angles(head, at)
                    break
                at += 1
        if at < len(head) and head[at] in ("&&", "||"):
            at += 1
            continue
        return head[at:]
    return []


def end_of_expression(tokens, at):
    """Behind `requires { ... }` or `requires(...) { ... }`, where that at `at` begins an expression, not a clause."""
    opening = at + 1
    if tokens[opening] == "(" and tokens[at - 1] in ("requires", "&&", "||", "="):
        opening = end_of_group(tokens, opening, "(", ")")
    return end_of_group(tokens, opening) if tokens[opening] == "{" else at + 1


def names_in(tokens, prefix="", is_inside=False):
    """The names that are declared at the level of a namespace."""
    at = 0
    begin = 0
    while at < len(tokens):
        word = tokens[at]
        if word == "namespace" and tokens[begin:at] in ([], ["inline"]):
            opening = tokens.index("{", at)
            path = [each for each in tokens[at + 1:opening] if each not in ("::", "inline")]
            # ZENWIRE_NAMESPACE is zenwire itself, and what is inline in there is no name
            own = [each for each in path if each not in ("ZENWIRE_NAMESPACE", "literals")]
            end = end_of_group(tokens, opening)
            if (prefix or path[0] in ("ZENWIRE_NAMESPACE", "zenwire") or is_inside) and "detail" not in own and "absent" not in own:
                yield from names_in(tokens[opening + 1:end - 1], prefix + "".join(f"{each}::" for each in own), True)
            at = begin = end
        elif word == "(":
            at = end_of_group(tokens, at, "(", ")")
        elif word == "requires":
            at = end_of_expression(tokens, at)
        elif word == ";" or (word == "{" and tokens[at - 1] != "="):
            head = tokens[begin:at]
            is_forward = word == ";" and head and head[0] in ("class", "struct", "enum")
            if word == "{":
                at = end_of_group(tokens, at)
                # an initialiser, a class or a function: what follows up to a semicolon belongs to the first two
                behind = head[end_of_angles(head, 1):] if head[:1] == ["template"] else head  # default arguments have a =, too
                if "(" not in behind or "=" in behind:
                    while at < len(tokens) and tokens[at] != ";":
                        at = end_of_group(tokens, at) if tokens[at] == "{" else at + 1
                    at += 1
            else:
                at += 1
            begin = at
            name = None if is_forward else name_of(head)
            if name:
                yield prefix + name
        elif word == "{":
            at = end_of_group(tokens, at)
        else:
            at += 1


def public_names():
    names = set()
    for header in sorted(INCLUDE.glob("zenwire/**/*.hpp")):
        if "detail" not in header.relative_to(INCLUDE).parts:
            names.update(names_in(tokens_of(header.read_text(encoding="utf-8"))))
    return sorted(names)


def main():
    if sys.argv[1:] == ["write"]:
        LIST.write_text("".join(f"{name}\n" for name in public_names()), encoding="utf-8")
        return 0
    if sys.argv[1:] != ["check"]:
        sys.exit(__doc__)
    now = set(public_names())
    listed = set(LIST.read_text(encoding="utf-8").split())
    for name in sorted(now - listed):
        print(f"{name} is public and not in {LIST.name}: into detail/, or by public_names.py write into the list")
    for name in sorted(listed - now):
        print(f"{name} is in {LIST.name} and no public name any more: public_names.py write")
    return 1 if now != listed else 0


if __name__ == "__main__":
    sys.exit(main())
