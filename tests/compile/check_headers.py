#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks what the headers include, define and need. Usage:

    check_headers.py graph                floors: a header includes only its own floor or lower ones
    check_headers.py licences             every file that can have a comment names its licence at its top
    check_headers.py constants            no std::is_constant_evaluated(), for the reason that base/detail/bytes.hpp gives
    check_headers.py names                each public enumeration has its names for to_string(), all of them, in order
    check_headers.py spelling             attributes and builtins of GCC and Clang only behind a guard, in reserved spelling; ASCII
    check_headers.py alone COMPILER...    every header compiles alone, and twice in a row
    check_headers.py core COMPILER...     the same for what zenwire/core.hpp is made of
    check_headers.py lean COMPILER...     zenwire/core.hpp reads neither Boost nor the costly parts of the standard library
    check_headers.py macros COMPILER...   macros that stay defined: include guards and at most five others, all ZENWIRE_
    check_headers.py hostile COMPILER...  all headers, the single headers, and every_name.cpp compile under the macros of
                                          hostile_macros/; standard and Boost's headers are included before these
    check_headers.py single COMPILER...   the single headers alone, the umbrellas in any order, all of them, headers after them

COMPILER is a command line to which -I options are added.
"""

import collections
import itertools
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INCLUDE = ROOT / "include"
SINGLE = ROOT / "single_include"
sys.dont_write_bytecode = True
sys.path.insert(0, str(SINGLE))

from amalgamate import OPT_IN_HEADERS, OWN_INCLUDE, SINGLE_HEADERS, amalgamate, guard_of  # noqa: E402

HEADERS = sorted(file.relative_to(INCLUDE).as_posix() for file in INCLUDE.glob("zenwire/**/*.hpp"))
FLOORS = {"base": 0, "crypto": 1, "http": 1, "protocol": 2, "action": 3, "client": 4, "testing": 5}
SOURCES = {"zenwire/boost_json_source.hpp", "zenwire/boost_json_parser_source.hpp"}
OPT_IN = {
    "zenwire/action/raw_action_json.hpp",
    "zenwire/client/instance_pager.hpp",
    "zenwire/contract_message.hpp",
    "zenwire/doctest.hpp",
    "zenwire/format.hpp",
    "zenwire/ostream.hpp",
    "zenwire/protocol/printable.hpp",
    "zenwire/system_error.hpp",
    "zenwire/system_runtime.hpp",
    "zenwire/testing.hpp",
}
# needs more than the standard library and Boost: compiled only where doctest is installed
OF_DOCTEST = "zenwire/doctest.hpp"
COSTLY = {"chrono", "iostream", "functional", "regex"}
# enumerations that are never printed: private ones, and those of reading JSON
WITHOUT_NAMES = {"chance", "state", "phase", "json_fault", "json_token", "reading"}


def run(compiler, options, text):
    """Compiles `text`; returns the compiler's output and, if it failed, its complaint."""
    done = subprocess.run([*compiler, *options, "-x", "c++", "-"], input=text, text=True, capture_output=True, check=False)
    return done.stdout, "" if done.returncode == 0 else done.stderr or "the compiler failed"


def includes(*names):
    return "".join(f"#include <{name}>\n" for name in names)


def compile_each(compiler, paths, cases):
    """Checks that each of the cases, lists of headers, compiles."""
    for names in cases:
        complaint = run(compiler, ["-fsyntax-only", *(f"-I{path}" for path in paths)], includes(*names))[1]
        if complaint:
            yield f"{' '.join(names)}\n{complaint}"


def check_licences(_):
    can = {".hpp", ".cpp", ".py", ".sh", ".in", ".ld", ".build", ".dict"}
    named = {"CMakeLists.txt", "Makefile", "run", ".clang-format", ".clang-tidy", ".editorconfig", ".gitignore"}
    files = [file for folder in ("include", "single_include", "tests", ".ci") for file in (ROOT / folder).rglob("*")]
    checked = 0
    for file in files + list(ROOT.iterdir()):
        if file.is_file() and (file.suffix in can or file.name in named) and "corpus" not in file.parts:
            checked += 1
            lines = file.read_text(encoding="utf-8").splitlines()[:2]
            if not any("SPDX-License-Identifier: BSL-1.0" in line for line in lines):
                yield f"{file.relative_to(ROOT)} names no licence"
    if checked < len(HEADERS):
        yield "hardly any file was looked at"


def check_graph(_):
    def floor_of(name):
        parts = name.split("/")
        return parts[1] if len(parts) > 2 else None

    graph = {}
    for name in HEADERS:
        matches = map(OWN_INCLUDE.match, (INCLUDE / name).read_text(encoding="utf-8").splitlines())
        graph[name] = {match[1] for match in matches if match}
        floor = floor_of(name)
        if floor is None:
            continue
        if floor not in FLOORS:
            yield f"{name}: no such floor"
            continue
        for other in graph[name]:
            other_floor = floor_of(other)
            if other_floor is None or (other_floor != floor and FLOORS.get(other_floor, 99) >= FLOORS[floor]):
                yield f"{name} includes {other}, which does not lie below it"

    while leaves := [name for name in graph if not graph[name] & graph.keys()]:
        for name in leaves:
            del graph[name]
    if graph:
        yield f"these include one another: {sorted(graph)}"

    umbrella = amalgamate(INCLUDE, "zenwire/zenwire.hpp")[1]
    expected = {name for name in HEADERS if name not in SOURCES | OPT_IN and floor_of(name) != "testing"}
    for name in sorted(umbrella ^ expected):
        yield f"zenwire/zenwire.hpp {'includes' if name in umbrella else 'lacks'} {name}"


def check_constants(_arguments):
    for header in HEADERS:
        text = (INCLUDE / header).read_text(encoding="utf-8")
        if header == "zenwire/base/detail/bytes.hpp":
            continue
        if "std::is_constant_evaluated" in text or "if consteval" in re.sub("//.*", "", text):
            yield f"{header} asks the standard library or the language whether it is evaluated as a constant"


def check_names(_arguments):
    doctest = (INCLUDE / OF_DOCTEST).read_text(encoding="utf-8")
    definition = re.compile(r"enum class (\w+) : [\w: ]+ \{(.*?)\};", re.DOTALL)
    owner = re.compile(r"^(?:class|struct) (\w+)[^;\n]* \{$", re.MULTILINE)
    row = re.compile(r"\{[\w:]*?(\w+), \"(\w+)\"(?:sv)?\}")
    checked = 0
    for header in HEADERS:
        text = re.sub(r"//.*", "", (INCLUDE / header).read_text(encoding="utf-8"))
        if "/detail/" in header:
            continue
        for match in definition.finditer(text):
            name = match[1]
            if name in WITHOUT_NAMES or (name == "value" and "open_enum" in text) or name == "api_code":
                continue
            checked += 1
            enumerators = re.findall(r"(\w+)(?: = [^,]+)?(?:,|$)", match[2].strip())
            # the class around the enumeration, if there is one
            outer = owner.findall(text, 0, match.start())[-1:] if text[text.rfind("\n", 0, match.start()) + 1] == " " else []
            full_name = rf"{outer[0]}::(?:\w+::)*{name}" if outer else name
            table = re.search(rf"enum_names<(?:\w+::)*{full_name}>\[\] = \{{(.*?)\}};", text, re.DOTALL)
            rows = row.findall(table[1]) if table else []
            if rows != [(each, each) for each in enumerators]:
                yield f"{header}: the names of {name} are {rows or 'nowhere'}, its enumerators {enumerators}"
        for name in re.findall(r"detail::enum_names<([\w:]+)>", text):
            if name != "Enum" and f"toString({name} value)" not in doctest:
                yield f"{OF_DOCTEST} does not show {name}"
    if checked < 20:
        yield "hardly any enumeration was looked at"


def check_spelling(_arguments):
    """Spelling that no macro of a user changes, and nothing that other compilers do not know."""
    guard = re.compile(r"__GNUC__|__clang__|__has_builtin|__ARM_NEON|__SSE2__")
    for header in HEADERS:
        text = (INCLUDE / header).read_text(encoding="utf-8")
        if not text.isascii():
            yield f"{header} has characters beyond ASCII"
        conditions = []
        for number, line in enumerate(text.splitlines(), 1):
            if directive := re.match(r"#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)", line):
                if directive[1].startswith("if"):
                    conditions.append(directive[2])
                elif directive[1] == "endif":
                    conditions.pop()
                else:
                    conditions[-1] += directive[2]
                continue
            code = re.sub(r'//.*|"(\\.|[^"\\])*"', "", line)
            if re.search(r"\b(gnu|clang|msvc)::|__attribute__\(\([a-z]|\bZENWIRE_GNU\([a-z]|(?<!_)\basm\b", code):
                yield f"{header}:{number}: an attribute in a spelling that a macro may take"
            if re.search(r"\[\[(noreturn|fallthrough)\b", code):
                yield f"{header}:{number}: an attribute whose name the C library or Linux has as a macro"
            if re.search(r"__attribute__|__builtin_|__asm__|__gnu__", code) and not any(map(guard.search, conditions)):
                yield f"{header}:{number}: an attribute or builtin of GCC and Clang without a guard"


def headers_for(compiler):
    """The headers that this compiler can include."""
    has_doctest = not run(compiler, ["-E"], includes("doctest/doctest.h"))[1]
    return [name for name in HEADERS if has_doctest or name != OF_DOCTEST]


def check_alone(compiler):
    return compile_each(compiler, [INCLUDE], ([name, name] for name in headers_for(compiler)))


def check_core(compiler):
    return compile_each(compiler, [INCLUDE], ([name, name] for name in sorted(amalgamate(INCLUDE, "zenwire/core.hpp")[1])))


def check_lean(compiler):
    output, complaint = run(compiler, ["-M", f"-I{INCLUDE}"], includes("zenwire/core.hpp"))
    if complaint:
        yield complaint
    for file in map(pathlib.PurePath, output.replace("\\\n", " ").split()):
        if file.name in COSTLY or "boost" in file.parts:
            yield f"zenwire/core.hpp reads {file}"


def check_macros(compiler):
    names = [name for name in headers_for(compiler) if name not in SOURCES]
    output, complaint = run(compiler, ["-E", "-dD", f"-I{INCLUDE}"], includes(*names))
    if complaint:
        yield complaint
    defined_in = collections.defaultdict(set)
    header = None
    for line in output.splitlines():
        if marker := re.match(r'# \d+ "(.*?)"', line):
            file = pathlib.Path(marker[1])
            header = file.relative_to(INCLUDE).as_posix() if file.is_relative_to(INCLUDE) else None
        elif header and (define := re.match(r"#\s*define (\w+)", line)):
            defined_in[define[1]].add(header)
        elif undef := re.match(r"#\s*undef (\w+)", line):
            defined_in.pop(undef[1], None)
    for name in names:
        if defined_in.pop(guard_of(name), None) is None:
            yield f"{name}: no include guard {guard_of(name)}"
    if len(defined_in) > 5 or not all(name.startswith("ZENWIRE_") for name in defined_in):
        yield f"more than five macros, or not all of them ZENWIRE_: {dict(defined_in)}"


def check_hostile(compiler):
    # without doctest.hpp: hostile_macros/ has the names of doctest's macros
    names = [name for name in headers_for(compiler) if name not in SOURCES | {OF_DOCTEST}]
    foreign = re.compile(r"^#\s*include <((?!zenwire/)[^>]+)>", re.MULTILINE)
    texts = [(INCLUDE / name).read_text(encoding="utf-8") for name in names]
    program = pathlib.Path(__file__).resolve().parent / "every_name.cpp"
    texts.append(program.read_text(encoding="utf-8"))
    others = sorted({other for text in texts for other in foreign.findall(text)} - {"arm_neon.h"})
    before = "".join(f"#if __has_include(<{other}>)\n#include <{other}>\n#endif\n" for other in others)
    owners = sorted(program.parent.glob("hostile_macros/*.hpp"))
    if not owners:
        yield "there are no hostile macros"
    before += "".join(f'#include "{owner}"\n' for owner in owners)
    singles = [name for name in SINGLE_HEADERS if name not in SOURCES]
    for include, which in ((INCLUDE, names), (SINGLE, singles), (INCLUDE, []), (SINGLE, [])):
        text = before + (includes(*which) if which else f'#include "{program}"\n')
        # include/ after single_include/, since some opt-in headers of every_name.cpp have no single header
        complaint = run(compiler, ["-fsyntax-only", f"-I{include}", f"-I{INCLUDE}"], text)[1]
        if complaint:
            yield complaint


def check_single(compiler):
    umbrellas = [name for name in SINGLE_HEADERS if name not in SOURCES]
    yield from compile_each(compiler, [SINGLE], itertools.permutations(umbrellas, 2))
    yield from compile_each(compiler, [SINGLE], [[source] for source in SINGLE_HEADERS if source in SOURCES])
    # the source of all of Boost.JSON before that of its parser: the other order does not compile
    sources = sorted((name for name in SINGLE_HEADERS if name in SOURCES), key=len)
    yield from compile_each(compiler, [SINGLE], [[*umbrellas, *sources], [*sources, *reversed(umbrellas)]])
    opt_in = [name for name in OPT_IN_HEADERS if name in headers_for(compiler)]
    yield from compile_each(compiler, [SINGLE], [[name, name] for name in opt_in])
    yield from compile_each(compiler, [SINGLE], [[*opt_in, *umbrellas], [*umbrellas, *reversed(opt_in)]])
    for single_header, source in SINGLE_HEADERS.items():
        if single_header not in SOURCES:
            # SINGLE comes first: the umbrella is the single header, and the others, from include/, add nothing to it
            others = sorted(amalgamate(INCLUDE, source)[1] - {source})
            yield from compile_each(compiler, [SINGLE, INCLUDE], [[single_header, *others]])


def main():
    checks = {name.removeprefix("check_"): check for name, check in globals().items() if name.startswith("check_")}
    if len(sys.argv) < 2 or sys.argv[1] not in checks:
        sys.exit(__doc__)
    complaints = list(checks[sys.argv[1]](sys.argv[2:]))
    print(*complaints, sep="\n")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
