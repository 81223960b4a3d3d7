#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Builds the module zenwire and programs that import it, by the compile lines of install.md:

    check_module.py WORK_DIR COMPILER [FLAG...] [-- WHAT_BRINGS_BOOST_JSON...]

Without the last part Boost.JSON's library is linked. The programs: the quick start of README.md with `import zenwire;` in place of
its includes, one that names everything of tests/house/public_names.txt, and program.cpp. Exits with 77, and says why, where the
compiler cannot build the module.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OLDEST_CLANG = 19  # and no GCC yet: see install.md
NAMES_OF_OTHERS = {"toString", "operator0_TB"}  # of doctest.hpp, which stays a header; a literal: program.cpp uses it


def run(*command, cwd):
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True, check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}\nfailed:\n{done.stdout[-6000:]}")
    return done.stdout


def clang_version(compiler):
    """0 if it is no Clang."""
    macros = subprocess.run([compiler, "-dM", "-E", "-x", "c++", os.devnull], text=True, check=False, capture_output=True).stdout
    found = re.search(r"#define __clang_major__ (\d+)", macros)
    return int(found[1]) if found else 0


def quick_start():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"`quick_start\.cpp`:\n\n```cpp\n(.*?)```", readme, re.DOTALL)[1]
    without = re.sub(r"^#include <zenwire/[^>]*>\n", "", code, flags=re.MULTILINE)
    return without.replace("\n\n", "\n\nimport zenwire;\n\n", 1)


def every_name():
    names = (ROOT / "tests/house/public_names.txt").read_text(encoding="utf-8").split()
    lines = []
    for number, name in enumerate(name for name in names if name not in NAMES_OF_OTHERS):
        lines.append(f"namespace name_{number} {{ using zenwire::{name}; }}\n")
    return "import zenwire;\n" + "".join(lines) + "int main() {}\n"


def main():
    arguments = sys.argv[1:]
    boost = ["-lboost_json"]
    if "--" in arguments:
        at = arguments.index("--")
        arguments, boost = arguments[:at], arguments[at + 1:]
    work, compiler, *flags = arguments
    version = clang_version(compiler)
    if version < OLDEST_CLANG:
        print(f"skipped: {compiler} is not Clang {OLDEST_CLANG} or newer")
        return 77
    work = pathlib.Path(work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if not any(flag.startswith("-std=") for flag in flags):
        flags.append("-std=c++20")

    interface = ROOT / "include/zenwire/zenwire.cppm"
    include = f"-I{ROOT / 'include'}"
    run(compiler, *flags, include, "--precompile", "-o", "zenwire.pcm", interface, cwd=work)
    read_only = [flag for flag in flags if not flag.startswith(("-I", "-isystem", "-stdlib="))]  # unused here, which is a warning
    run(compiler, *read_only, "-c", "-o", "zenwire.o", "zenwire.pcm", cwd=work)
    flags.append("-fmodule-file=zenwire=zenwire.pcm")

    (work / "quick_start.cpp").write_text(quick_start(), encoding="utf-8")
    (work / "every_name.cpp").write_text(every_name(), encoding="utf-8")
    run(compiler, *flags, "-fsyntax-only", "every_name.cpp", cwd=work)
    run(compiler, *flags, "-o", "quick_start", "quick_start.cpp", "zenwire.o", *boost, cwd=work)
    printed = run("./quick_start", cwd=work)
    if printed != "order 1000000000001\n":
        sys.exit(f"the quick start printed:\n{printed}")
    run(compiler, *flags, include, "-o", "program", HERE / "program.cpp", HERE / "with_headers.cpp", "zenwire.o", *boost, cwd=work)
    printed = run("./program", cwd=work)
    if printed != "passed\n":
        sys.exit(f"program.cpp printed:\n{printed}")
    print(f"Clang {version}: built and used, 3 programs passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
