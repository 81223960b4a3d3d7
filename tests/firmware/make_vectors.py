#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Turns the vectors and responses of the tests into data of a C++ program: make_vectors.py TESTS_DIR OUTPUT

Of the responses those to ModifyInstanceTrafficPackage, up to 8 KiB long. What a line expects and this script does not know
is an error: nothing goes unchecked in silence.
"""

import base64
import json
import pathlib
import sys

ACTION = "ModifyInstanceTrafficPackage"
LONGEST_ANSWER = 8192
SIGNATURES = ("signed_requests", "worked_examples")
RESPONSES = ("api_errors", "cut", "malformed", "statuses", "success")
EXPECTED = {
    "ok": ("request_id", "order_number", "order_number_is_cut"),
    "error": ("code", "api_code", "request_id", "outcome", "blame", "message",
              "http_status", "retryable", "retry_after_seconds"),
}


def lines_of(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def literal(text):
    """A string_view of the bytes of a text. Octal, since other escapes would swallow what follows."""
    data = text if isinstance(text, bytes) else text.encode()
    safe = [chr(c) if 32 <= c < 127 and chr(c) not in '"\\?' else f"\\{c:03o}" for c in data]
    pieces = ["".join(safe[start : start + 100]) for start in range(0, len(safe), 100)] or [""]
    return "{" + " ".join(f'"{piece}"' for piece in pieces) + f", {len(data)}" + "}"


def fields_of(pairs):
    """The members `fields` and `field_count`, and the array that they refer to."""
    pairs = list(pairs.items()) if isinstance(pairs, dict) else pairs
    fields_of.count += 1
    name = f"fields_{fields_of.count}"
    if not pairs:
        return "nullptr, 0", ""
    rows = ", ".join("{" + literal(key) + ", " + literal(value) + "}" for key, value in pairs)
    return f"{name}, {len(pairs)}", f"inline constexpr zenwire::field {name}[] = {{{rows}}};\n"


fields_of.count = 0


def optional(value):
    """A C++ optional: empty when the line does not have the value, which then is not compared. Numbers and Booleans become text, null an
    empty one."""
    if value is ...:
        return "{}"
    if value is None:
        value = ""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return f"std::string_view{literal(str(value))}"


def signature_row(line):
    fields, array = fields_of(line.get("signed_headers", []))
    texts = ("id", "content_type", "host", "body", "access_key_id", "access_key_password", "body_sha256", "authorization")
    wanted = ("canonical_request_sha256", "string_to_sign", "signature")
    return array, ", ".join([*(literal(line[name]) for name in texts), f"{line['timestamp']}", fields,
                             *(optional(line.get(name, ...)) for name in wanted)])


def body_of(line):
    return base64.b64decode(line["body_base64"]) if "body_base64" in line else line.get("body", "").encode()


def response_row(line):
    (kind, expected), = line["expect"].items()
    if unknown := set(expected) - set(EXPECTED[kind]):
        sys.exit(f"make_vectors.py: the firmware does not check {unknown} of response {line['id']}")
    fields, array = fields_of(line.get("headers", []))
    names = dict.fromkeys((*EXPECTED["ok"], *EXPECTED["error"]))
    return array, ", ".join([literal(line["id"]), str(line["status"]), fields, literal(body_of(line)),
                             "true" if kind == "ok" else "false",
                             *(optional(expected.get(name, ...)) for name in names)])


def table(kind, name, rows):
    arrays = "".join(array for array, _ in rows)
    body = "".join(f"    {{{row}}},\n" for _, row in rows)
    return f"{arrays}inline constexpr {kind} {name}[] = {{\n{body}}};\n"


def main():
    tests = pathlib.Path(sys.argv[1])
    signatures = [line for name in SIGNATURES for line in lines_of(tests / f"vectors/{name}.jsonl")]
    responses = [line for name in RESPONSES for line in lines_of(tests / f"responses/{name}.jsonl")
               if line["action"] == ACTION and len(body_of(line)) <= LONGEST_ANSWER]
    pathlib.Path(sys.argv[2]).write_text(
        "// made by make_vectors.py\n#include \"vector_types.hpp\"\n"
        + table("signature_vector", "signature_vectors", [signature_row(line) for line in signatures])
        + table("response_vector", "response_vectors", [response_row(line) for line in responses]), encoding="utf-8")


if __name__ == "__main__":
    main()
