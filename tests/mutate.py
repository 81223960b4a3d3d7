#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Do the tests notice? Changes one thing at a time in include/zenwire and runs the tests that include the header.

    python3 tests/mutate.py [--mutants 300] [--seed 1] [--minutes 60] [--jobs 2] [--only PART] [--report FILE]

A comparison, a Boolean operator, a constant, or a statement that is left out: each such change is a mutant. A sample of them
is drawn from the seed. A mutant is killed when a test fails, hangs, or does not compile because of a static assertion; one
that does not compile for any other reason, or not in time on a busy machine, is no mutant, and another one is drawn. Nor is
one in lines that are for another compiler or processor; what is only compiled for the smallest size is tested like that.

The exit code is 1 when less than 90 % are killed. Survivors are listed with their line: each wants a test, or, where no test
can tell the two apart, an entry in EXPLAINED. Those are listed too, with the reason, and count neither way.
"""

import argparse
import concurrent.futures
import os
import pathlib
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TESTS = pathlib.Path(__file__).resolve().parent
INCLUDE = TESTS.parent / "include"
COMPILER = os.environ.get("CXX") or shutil.which("g++-12") or "c++"
OPTIONS = ["-std=c++20", "-O0", "-w", f'-DZENWIRE_TESTS_DIR="{TESTS}"', "-D_GLIBCXX_ASSERTIONS"]
LIBRARIES = ["-lboost_json", "-lcrypto", "-pthread"]
COMPILE_SECONDS = 600
RUN_SECONDS = 60  # of the processor, for on a busy machine all programs would hang
GOAL = 0.9
# So many programs a mutant has to survive, the closest first, and all tests of its floor and all that are no unit tests.
MOST_PROGRAMS = 9

# What no test on this machine runs, and what only says which compiler is meant.
NOT_MUTATED = {"crypto/detail/sha256_arm.hpp", "base/config.hpp", "base/limits.hpp"}
# Lines whose meaning is for the compiler alone (what it says of mistakes: compile/check_misuse.py), and tables of which every
# digest needs every bit.
SKIPPED_LINE = re.compile(
    r"^\s*(#|//|\*|using\b|template\b|concept\b|requires\b|static_assert\b|namespace\b|friend class\b|__a|0x|\")"
    r"|\bconcept\b|\brequires\b|__attribute__|ZENWIRE_X86_SHA|__asm__|\basm\b|\boperator\b|enable_if|noexcept\(|static_assert|"
    r"lifetimebound|pragma|\bexplain<")

# Changes that no test can notice: header, line, what becomes of it, and why. Where the third is None, any change of the line.
# An entry that fits no line any more is an error.
EXPLAINED = [
    ("http/endpoint.hpp", "for (std::size_t i = 0; i < authority.size(); ++i) {",
     "for (std::size_t i = 1; i < authority.size(); ++i) {",
     "what begins with a colon has no host, and the bracket that ends an address is never the first character"),
    ("base/utf8.hpp", "text.remove_prefix(detail::ascii_words_length(text));", "",
     "speed: what is not skipped by words is looked at byte by byte"),
    ("base/decimal.hpp", "exponent = exponent > INT64_MAX / 100 ? exponent : exponent * 10 + (c - '0');",
     "exponent = exponent >= INT64_MAX / 100 ? exponent : exponent * 10 + (c - '0');",
     "the bound is far above what any text has digits for, and far below what overflows"),
    ("base/decimal.hpp", "exponent = exponent > INT64_MAX / 100 ? exponent : exponent * 10 + (c - '0');",
     "exponent = exponent > INT64_MAX / 101 ? exponent : exponent * 10 + (c - '0');",
     "the bound is far above what any text has digits for, and far below what overflows"),
    ("base/decimal.hpp", "for (; coefficient != 0 && coefficient % 10 == 0 && (exponent < 0 || coefficient > largest); ++exponent) {",
     "for (; coefficient != 0 && coefficient % 10 == 0 && (exponent < 0 || coefficient >= largest); ++exponent) {",
     "the largest coefficient ends with a nine"),
    *[("base/detail/ascii.hpp", "return number < 0 ? 0 - bits : bits;", f"return number {change} ? 0 - bits : bits;",
       "zero is the same with either sign") for change in ["<= 0", "< 1"]],
    *[("base/time.hpp", "return count < 0 ? INT64_MIN : INT64_MAX;", f"return count {change} ? INT64_MIN : INT64_MAX;",
       "zero fits into all units") for change in ["<= 0", "< 1"]],
    *[("client/instance_pager.hpp", line, line.replace("< 1", change), "one stays one")
      for line in ["const std::int64_t page_size = options_.page_size < 1 ? 1 : options_.page_size;"]
      for change in ["<= 1", "< 2"]],
    *[("crypto/detail/sha256_x86.hpp", line, line.replace("2, 3, 2, 3", change), "of the last argument the instruction reads the lower half")
      for line in ["state.abef = __builtin_ia32_sha256rnds2(state.abef, state.cdgh, __builtin_shufflevector(input, input, 2, 3, 2, 3));"]
      for change in ["2, 3, 3, 3", "2, 3, 2, 4"]],
    ("base/secure_zero.hpp", "zero_steps_of(std::integral_constant<std::size_t, 64>());", None,
     "speed: what is not zeroed in long steps is zeroed in the shorter ones behind it"),
    ("crypto/hmac_sha256.hpp", "secure_zero(digest);", "", "the stack on which it lies is wiped again by the caller"),
    ("crypto/hmac_sha256.hpp", "secure_zero(pad);", "", "the stack on which it lies is wiped again by the caller"),
    ("http/http1_response.hpp", "int status_ = 0;", None, "written by the status line before anything reads it"),
    ("http/http1_response.hpp", "int minor_version_ = 0;", None, "written by the status line before anything reads it"),
    ("http/http1_response.hpp", "std::size_t interim_size_ = 0;", None, "written by the status line before anything reads it"),
    ("crypto/detail/sha256_x86.hpp", "const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 0 && (c & sse4_1) != 0;",
     "const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 1 && (c & sse4_1) != 0;",
     "always true on a processor that has the instructions; another one would be needed to see the difference"),
    ("crypto/detail/sha256_x86.hpp", "const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 0 && (c & sse4_1) != 0;",
     "const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 0 && (c & sse4_1) != 1;",
     "always true on a processor that has the instructions; another one would be needed to see the difference"),
    ("crypto/detail/sha256_x86.hpp", "const bool has_sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;",
     "const bool has_sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 1;",
     "always true on a processor that has the instructions; another one would be needed to see the difference"),
    ("protocol/detail/json_reader.hpp", "bool on_document_end(error_code&) noexcept { return true; }",
     "bool on_document_end(error_code&) noexcept { return false; }",
     "the parser stops there in any case, and without an error code that is no error"),
    ("base/utf8.hpp", "while (size - length >= 8 && is_ascii(word_at(length))) {",
     "while (size - length >= 9 && is_ascii(word_at(length))) {",
     "speed: what is not skipped by words is looked at byte by byte"),
    ("base/utf8.hpp", "while (size - length >= 8 && is_ascii(word_at(length))) {",
     "while (size - length > 8 && is_ascii(word_at(length))) {",
     "speed: what is not skipped by words is looked at byte by byte"),
    ("base/utf8.hpp", "if (length == 1) {", "if (length != 1) {",
     "speed: what is not skipped by words is looked at byte by byte"),
    ("crypto/detail/sha256_x86.hpp", "unsigned b = 0;", "unsigned b = 1;", "the processor writes it before it is read"),
    ("base/utf8.hpp", "if (size >= block && size - length <= block && is_ascii_block(size - block)) {",
     "if (size >= block && size - length < block && is_ascii_block(size - block)) {",
     "speed: what is not skipped by blocks is skipped by words"),
    ("action/describe_bill_detail.hpp", "constexpr std::int64_t any_valid_month = 202601;", None,
     "any valid month will do"),
    ("action/describe_bill_detail.hpp", "if (month < 197001 || month > 999912 || month % 100 < 1 || month % 100 > 12) {",
     "if (month < 197001 || month > 999913 || month % 100 < 1 || month % 100 > 12) {", "a thirteenth month is refused anyway"),
    *[("client/retry_policy.hpp", line, line.replace(part, change), "where they are equal, so is what comes out")
      for line, part, change in [
          ("return count < 0 ? std::int64_t{0} : count < most ? count : most;", "count < 0", "count <= 0"),
          ("return count < 0 ? std::int64_t{0} : count < most ? count : most;", "count < most", "count <= most"),
          ("wait = wait < longest - wait ? 2 * wait : longest;", " < ", " <= "),
          ("return milliseconds(extra < longest - wait ? wait + extra : longest);", " < ", " <= ")]],
    *[("client/detail/job_clock.hpp", line, line.replace(part, change), "where they are equal, so is what comes out")
      for line, part, change in [
          ("if (right > 0 && left > INT64_MAX - right) {", " > 0", " >= 0"),
          ("if (right > 0 && left > INT64_MAX - right) {", "left >", "left >="),
          ("return right < 0 && left < INT64_MIN - right ? INT64_MIN : left + right;", " < 0", " <= 0"),
          ("return right < 0 && left < INT64_MIN - right ? INT64_MIN : left + right;", " < 0", " < 1"),
          ("return right < 0 && left < INT64_MIN - right ? INT64_MIN : left + right;", "left <", "left <="),
          ("if (right < 0 && left > INT64_MAX + right) {", " < 0", " <= 0"),
          ("if (right < 0 && left > INT64_MAX + right) {", " < 0", " < 1"),
          ("if (right < 0 && left > INT64_MAX + right) {", "left >", "left >="),
          ("return right > 0 && left < INT64_MIN + right ? INT64_MIN : left - right;", " > 0", " >= 0"),
          ("return right > 0 && left < INT64_MIN + right ? INT64_MIN : left - right;", "left <", "left <="),
          ("const std::int64_t most = by_clock < by_run ? by_clock : by_run;", " < ", " <= "),
          ("const std::int64_t bounded = time > most ? most : time;", " > ", " >= ")]],
    ("client/detail/ledger_comparison.hpp", "raw_byte scratch[2048];", None, "the texts of an entry fit either way"),
    ("client/transport.hpp", "result.error();", "", "transport_error_bearing asks for it too; this is for what compilers say"),
    ("client/walk_entries.hpp", "std::optional<decltype(page_of(1))> first;", None, "it is a type, and calls nothing"),
    ("client/workflow_terms.hpp", "constexpr auto smaller = [](auto const& a, auto const& b) noexcept { return b < a ? b : a; };",
     None, "where they are equal, either will do"),
    ("client/workflow_terms.hpp", "constexpr auto larger = [](auto const& a, auto const& b) noexcept { return a < b ? b : a; };",
     None, "where they are equal, either will do"),
    ("client/workflow_record.hpp", "limits::instance_id + limits::order_number + limits::api_code + 2 * detail::decimal_size +",
     None, "more room than a record can take"),
    ("protocol/detail/long_request.hpp", "constexpr std::size_t smallest = std::size_t{16} * 1024 / unit;", None,
     "speed: a larger first block"),
    ("testing/detail/transport_scenario_list.hpp",
     '{request, say_first, request, say(reply("second").substr(0, 30)), close}, unknown);',
     '{request, say_first, request, say(reply("second").substr(0, 31)), close}, unknown);',
     "one place within the head is as good as another"),
    ("testing/detail/transport_scenario_list.hpp",
     'add_slow("the server stops within the body", {request, say(head("200 OK", 5000) + "{")});',
     'add_slow("the server stops within the body", {request, say(head("200 OK", 5001) + "{")});',
     "any size above that of the part will do"),
]

SWAPS = [
    ("comparison", r" < ", " <= "), ("comparison", r" <= ", " < "), ("comparison", r" > ", " >= "),
    ("comparison", r" >= ", " > "), ("comparison", r" == ", " != "), ("comparison", r" != ", " == "),
    ("boolean", r" && ", " || "), ("boolean", r" \|\| ", " && "), ("boolean", r"(?<=[(\s])!(?=[\w(])", ""),
    ("constant", r"\btrue\b", "false"), ("constant", r"\bfalse\b", "true"),
]
NUMBER = re.compile(r"(?<![\w.'\"])(0x[0-9A-Fa-f]+|\d[\d']*)(U|u|UL|ULL)?(?![\w.'])")
STATEMENT = re.compile(
    r"^\s+(?!return\b|break\b|continue\b|throw\b|goto\b|case\b|default\b|const\b|constexpr\b|static\b|auto\b|typedef\b|"
    r"explicit\b|inline\b|else\b|if\b|for\b|while\b|switch\b|do\b|delete\b|std::size_t\s|bool\s|char\s|int\s|unsigned\s)"
    r"(\+\+|--|\*)?[a-z_][\w.:>\[\]-]*(<[^;]*>)?(\(.*\)(\.\w+\(.*\))*|\s(=|\+=|-=|\|=|&=|\^=|\*=|/=|<<=|>>=)\s.*|\+\+|--);$")


class Mutant:
    def __init__(self, header, line, kind, before, after):
        self.header, self.line, self.kind, self.before, self.after = header, line, kind, before, after

    def __str__(self):
        after = self.after.strip() or "(left out)"
        return f"{self.header}:{self.line + 1}: {self.kind}\n    - {self.before.strip()}\n    + {after}"


def blank_texts(line):
    """The line with its texts, characters and comments overwritten, so that nothing in them is taken for code."""
    line = re.sub(r'"(\\.|[^"\\])*"', lambda text: '"' + "_" * (len(text[0]) - 2) + '"', line)
    line = re.sub(r"'(\\.|[^'\\])'", lambda text: "'" + "_" * (len(text[0]) - 2) + "'", line)
    return re.sub(r"//.*", lambda text: " " * len(text[0]), line)


def next_number(match):
    text = match[1].replace("'", "")
    return str(int(text, 0) + 1) + (match[2] or "")


def mutants_of(header):
    lines = (INCLUDE / "zenwire" / header).read_text().split("\n")
    for number, line in enumerate(lines):
        if SKIPPED_LINE.search(line):
            continue
        code = blank_texts(line)
        for kind, pattern, replacement in SWAPS:
            for match in re.finditer(pattern, code):
                yield Mutant(header, number, kind, line, line[: match.start()] + replacement + line[match.end() :])
        for match in NUMBER.finditer(code):
            yield Mutant(header, number, "constant", line,
                         line[: match.start()] + next_number(match) + line[match.end() :])
        before = next((each for each in reversed(lines[:number]) if each.strip()), "").rstrip()
        if STATEMENT.match(code.rstrip()) and before.endswith(("{", "}", ";", ":")):
            yield Mutant(header, number, "statement", line, "")


def includes_of(path, cache={}):
    """All headers of the library that a file includes, also by way of others."""
    if path not in cache:
        cache[path] = set()
        for match in re.finditer(r'^\s*#include [<"](zenwire/)?([^>"]+)[>"]', path.read_text(), re.M):
            target = INCLUDE / "zenwire" / match[2] if match[1] else path.parent / match[2]
            if target.exists():
                target = target.resolve()
                cache[path] |= {target} | includes_of(target)
    return cache[path]


def check_explanations():
    """Returns the entries of EXPLAINED that fit no possible change any more."""
    possible = {header: [(each.before.strip(), each.after.strip()) for each in mutants_of(header)]
                for header in {entry[0] for entry in EXPLAINED}}
    return [f"{header}: {line}" for header, line, change, _ in EXPLAINED
            if not any(line == before and change in (None, after) for before, after in possible[header])]


def explanation_of(mutant):
    for header, line, change, reason in EXPLAINED:
        if header == mutant.header and line == mutant.before.strip() and change in (None, mutant.after.strip()):
            return reason
    return None


class Program:
    """A test program of one source, how it is built and run, and a pattern of the headers that are worth its time."""

    def __init__(self, source, runs=((),), options=(), uses_doctest=False, only=""):
        self.source, self.runs, self.options = TESTS / source, runs, list(options)
        self.is_unit = "/unit/" in str(self.source)
        self.uses_doctest = uses_doctest or self.is_unit
        self.only = re.compile(only)
        self.includes = includes_of(self.source)
        self.name = self.source.stem
        self.lock = threading.Lock()
        self.works = {}


def all_programs():
    programs = [Program(each) for each in sorted(TESTS.glob("unit/*/**/*_test.cpp"))]
    # what no processor with the instructions would run
    for each in sorted(TESTS.glob("unit/crypto/*_test.cpp")):
        programs.append(Program(each, options=["-DZENWIRE_NO_INTRINSICS"], only="^crypto/"))
        programs[-1].name += " without intrinsics"
    for kind in ("vectors", "responses"):
        files = sorted(TESTS.glob(f"{kind}/*.jsonl"))
        programs.append(Program(f"conformance/check_{kind}.cpp", tuple((str(each),) for each in files)))
    for each in ("printing_test", "system_error_test"):
        programs.append(Program(f"printing/{each}.cpp"))
    tiny = TESTS / "injection/tiny_limits.hpp"
    for each in ("injection_test", "small_memory_test", "limits_test"):
        programs.append(Program(f"injection/{each}.cpp", uses_doctest=True, only="^(base|protocol|action|client)/",
                                options=[f'-DZENWIRE_LIMITS_HEADER="{tiny}"'] if each == "limits_test" else []))
    programs.append(Program("property/workflow_property_test.cpp", (("300",),)))
    programs.append(Program("property/ordinary_cases_test.cpp", only="^(client|testing)/"))
    programs.append(Program("property/ledger_property_test.cpp", (("20",),), only="^(action|client|testing)/"))
    programs.append(Program("model/model.cpp", (("--faults", "1", "--kinds", "all"),), only="^client/"))
    # transport_conformance/wrong_transports_test.cpp is not among them: on a busy machine it fails by itself
    # secrets lie where optimisers put them
    programs.append(Program("secrets/secrets_test.cpp", options=["-O3"]))
    programs.append(Program("secrets/secrets_test.cpp", options=["-O3", "-DZENWIRE_NO_INTRINSICS"]))
    programs[-1].name += " without intrinsics"
    return programs


def programs_for(mutant, programs):
    header = (INCLUDE / "zenwire" / mutant.header).resolve()
    stem, floor = header.stem, mutant.header.split("/")[0]
    wipes = "secure_zero" in mutant.before or "wipe" in mutant.before or "forget" in mutant.before

    def distance(program):
        if program.source.parent.name == "secrets":
            return -1 if wipes else 99
        if program.source.stem == stem + "_test":
            return len(program.options)
        direct = f"<zenwire/{mutant.header}>" in program.source.read_text()
        same_floor = f"/unit/{floor}/" in str(program.source)
        words = len(set(stem.split("_")) & set(program.name.split("_")))
        return 10 - 3 * direct - 2 * same_floor - words + (0 if program.is_unit else 1)

    near = [each for each in programs
            if header in each.includes and each.only.search(mutant.header) and distance(each) < 99]
    near.sort(key=lambda each: (distance(each), len(each.includes)))
    # the programs that are no unit tests see what those have no eye for, and the floor's own tests see it by its effects
    far = [each for each in near[MOST_PROGRAMS:] if not each.is_unit or f"/unit/{floor}/" in str(each.source)]
    return near[:MOST_PROGRAMS] + far


class Workshop:
    """A copy of the headers in which one worker changes a line at a time."""

    def __init__(self, directory, shared):
        self.directory, self.shared = directory, shared
        self.include = directory / "include"
        shutil.copytree(INCLUDE, self.include)

    def options_that_compile(self, mutant):
        """The further options with which the compiler sees the line; None when it never does on this machine."""
        path = self.include / "zenwire" / mutant.header
        original = path.read_text()
        lines = original.split("\n")
        directives = [line.lstrip("# ") for line in lines[: mutant.line] if line.lstrip().startswith("#")]
        depth = sum(each.startswith("if") - each.startswith("endif") for each in directives)
        if depth == 1:
            return []  # within nothing but the header's own guard
        lines[mutant.line] = "#error seen"
        try:
            path.write_text("\n".join(lines))
            for options in ([], ["-D__OPTIMIZE_SIZE__"], ["-DZENWIRE_NO_INTRINSICS"]):
                command = [COMPILER, *OPTIONS, *options, f"-I{self.include}", "-E", "-x", "c++", str(path)]
                if "#error seen" in subprocess.run(command, capture_output=True, text=True).stderr:
                    return options
            return None
        finally:
            path.write_text(original)

    def build_and_run(self, program, options=()):
        """Returns None when the program passes, "no mutant" when it does not compile or not in time, else why it failed."""
        binary = self.directory / "program"
        command = [COMPILER, *OPTIONS, *program.options, *options, f"-I{self.include}"]
        if program.uses_doctest:
            command += ["-include", str(self.shared / "precompiled.hpp")]
        command += [str(program.source)] + ([str(self.shared / "main.o")] if program.uses_doctest else [])
        try:
            built = subprocess.run(command + ["-o", str(binary), *LIBRARIES], capture_output=True, text=True,
                                   timeout=COMPILE_SECONDS, cwd=self.directory)
        except subprocess.TimeoutExpired:
            return "no mutant"
        if built.returncode != 0:
            proves = ("static assertion failed", "non-constant condition", "constant expression", "in 'constexpr' expansion",
                      "in ‘constexpr’ expansion", "constexpr' evaluation", "constexpr’ evaluation")
            return "a static assertion" if any(each in built.stderr for each in proves) else "no mutant"
        for arguments in program.runs:
            try:
                done = subprocess.run(["sh", "-c", f'ulimit -t {RUN_SECONDS}; exec "$@"', "sh", str(binary), *arguments],
                                      capture_output=True, timeout=10 * RUN_SECONDS, cwd=self.directory)
            except subprocess.TimeoutExpired:
                return "a hang"
            if done.returncode != 0:
                return "a failed test"
        return None

    def is_killed(self, mutant, programs):
        options = self.options_that_compile(mutant)
        if options is None:
            return "no mutant"
        path = self.include / "zenwire" / mutant.header
        original = path.read_text()
        lines = original.split("\n")
        lines[mutant.line] = mutant.after
        try:
            for program in programs_for(mutant, programs):
                path.write_text("\n".join(lines))
                why = self.build_and_run(program, options)
                if why == "no mutant":
                    return why
                if why is not None and self.works_unchanged(program, path, original, options):
                    return f"{program.name}: {why}"
            return None
        finally:
            path.write_text(original)

    def works_unchanged(self, program, path, original, options):
        """A test that fails anyway kills nothing."""
        key = tuple(options)
        with program.lock:
            if key not in program.works:
                path.write_text(original)
                why = self.build_and_run(program, options)
                program.works[key] = why is None
                if why is not None:
                    print(f"{program.name} does not count, it fails without any change: {why}", flush=True)
            return program.works[key]


def prepare(shared):
    """What all test programs have in common, compiled once."""
    (shared / "precompiled.hpp").write_text(
        "#include <algorithm>\n#include <array>\n#include <string>\n#include <vector>\n#include <random>\n"
        "#include <doctest/doctest.h>\n#include <boost/json/basic_parser_impl.hpp>\n")
    subprocess.run([COMPILER, *OPTIONS, "-x", "c++-header", str(shared / "precompiled.hpp"), "-o",
                    str(shared / "precompiled.hpp.gch")], check=True)
    subprocess.run([COMPILER, *OPTIONS, "-c", str(TESTS / "unit/main.cpp"), "-o", str(shared / "main.o")], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="a pattern of headers, such as ^(client|action)/")
    parser.add_argument("--report", default="", help="a file for the survivors")
    arguments = parser.parse_args()

    if stale := check_explanations():
        print("explained, but there is no such change:\n" + "\n".join(stale))
        return 1
    headers = sorted(str(each.relative_to(INCLUDE / "zenwire")) for each in INCLUDE.glob("zenwire/*/**/*.hpp"))
    candidates = [mutant for header in headers if header not in NOT_MUTATED and re.search(arguments.only, header)
                  for mutant in mutants_of(header)]
    random.Random(arguments.seed).shuffle(candidates)
    print(f"{len(candidates)} possible changes; a sample of {arguments.mutants}, seed {arguments.seed}", flush=True)

    programs = all_programs()
    deadline = time.monotonic() + arguments.minutes * 60
    killed, survivors, explained = [], [], []
    lock = threading.Lock()
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        prepare(directory)
        workshops = queue.Queue()
        for number in range(arguments.jobs):
            workshops.put(Workshop(directory / str(number), directory))

        def work():
            workshop = workshops.get()
            while True:
                with lock:
                    if not candidates or len(killed) + len(survivors) >= arguments.mutants or time.monotonic() > deadline:
                        return
                    mutant = candidates.pop()
                if (reason := explanation_of(mutant)) is not None:
                    with lock:
                        explained.append(f"{mutant}\n    {reason}")
                        print(f"explained: {explained[-1]}", flush=True)
                    continue
                why = workshop.is_killed(mutant, programs)
                if why == "no mutant":
                    continue
                with lock:
                    (survivors if why is None else killed).append(mutant)
                    total = len(killed) + len(survivors)
                    print(f"[{total}] {'SURVIVES' if why is None else 'killed by ' + why}: {mutant}", flush=True)

        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            for done in [pool.submit(work) for _ in range(arguments.jobs)]:
                done.result()

    total = len(killed) + len(survivors)
    text = "".join(f"{each}\n\n" for each in sorted(survivors, key=lambda each: (each.header, each.line)))
    summary = f"{len(killed)} of {total} mutants killed ({100 * len(killed) / max(total, 1):.1f} %), seed {arguments.seed}"
    if explained:
        text += "Explained:\n\n" + "".join(f"{each}\n\n" for each in sorted(explained))
        summary += f", {len(explained)} more explained"
    print(f"\nSurvivors:\n\n{text}{summary}")
    if arguments.report:
        pathlib.Path(arguments.report).write_text(f"{summary}\n\n{text}")
    if total < arguments.mutants:
        print(f"only {total} of {arguments.mutants}: the time was up, or there are no more")
    return 0 if total > 0 and len(killed) >= GOAL * total else 1


if __name__ == "__main__":
    sys.exit(main())
