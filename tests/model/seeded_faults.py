# SPDX-License-Identifier: BSL-1.0
"""Seeds faults into the machine, one at a time, and lets the model look for each: it must find them all.

    seeded_faults.py [--compiler CXX] [--include DIR ...] [--only NAME,...]

The faults stand in seeded_faults.txt. One whose text is not found once in the headers is an error, also when it is not run: it has
to follow the code.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent.parent / "include"


class Fault:
    def __init__(self, name, rule):
        self.name = name
        self.rule = rule
        self.changes = [([], [])]  # lines that are replaced, and those that take their place


def read_faults(path):
    faults = []
    for line in path.read_text().splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("fault "):
            name, rule = line[len("fault ") :].split(": ", 1)
            faults.append(Fault(name, rule))
        elif line == "and":
            faults[-1].changes.append(([], []))
        elif line[:1] in ("-", "+"):
            faults[-1].changes[-1]["-+".index(line[0])].append(line[2:].strip())
    return faults


def pattern(lines):
    """The lines with any white space between their words: how the code is broken into lines is not what is tested."""
    words = " ".join(lines).split()
    return re.compile(r"\s+".join(re.escape(word) for word in words))


def seed(fault, texts):
    """The headers that differ when the fault is seeded, as path and text."""
    result = {}
    for old, new in fault.changes:
        found = [(path, match) for path, text in texts.items() for match in pattern(old).findall(result.get(path, text))]
        if len(found) != 1:
            raise SystemExit(f"{fault.name}: found {len(found)} times instead of once:\n  " + "\n  ".join(old))
        path, match = found[0]
        result[path] = result.get(path, texts[path]).replace(match, "\n".join(new))
    return result


def searches():
    yield ["--faults", "1", "--kinds", "all"]
    yield ["--faults", "2", "--kinds", "core"]
    yield ["--faults", "2", "--kinds", "all"]


def what_was_found(output):
    """The violation with the shortest schedule; else what never happened."""
    found = []
    for count, what, faults, replay in re.findall(r"^ +(\d+)  (.*)\n +(\d+) faults: (.*)$", output.split("must happen in none:")[-1], re.M):
        found.append((int(faults), replay.count(","), what, count, replay))
    if found:
        faults, _, what, count, replay = min(found)
        return f"{what} ({count} schedules): {replay}"
    required = output.split("must happen in none:")[0].partition("must happen in some run:")[2]
    missing = re.findall(r"^ +0  (.*)$", required, re.M)
    return "never happens: " + "; ".join(missing) if missing else None


def compile_with(arguments, include, *more):
    command = [arguments.compiler, "-std=c++20", "-w", f"-I{include}", *(f"-isystem{each}" for each in arguments.include), *more]
    built = subprocess.run(command, capture_output=True, text=True)
    if built.returncode != 0:
        raise SystemExit(" ".join(command) + f"\n{built.stderr}")


def look_for(fault, texts, arguments, folder):
    include = folder / "include"
    shutil.rmtree(include, ignore_errors=True)
    shutil.copytree(INCLUDE, include)
    for path, text in seed(fault, texts).items():
        (include / path).write_text(text)
    program = folder / "model"
    compile_with(arguments, include, "-O1", str(HERE / "model.cpp"), str(folder / "parser.o"), "-o", str(program))
    for search in searches():
        run = subprocess.run([str(program), *search], capture_output=True, text=True, timeout=600)
        if run.returncode == 1 and (found := what_was_found(run.stdout)):
            return " ".join(search) + ": " + found
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    faults = read_faults(HERE / "seeded_faults.txt")
    texts = {path.relative_to(INCLUDE): path.read_text() for path in sorted(INCLUDE.rglob("*.hpp"))}
    for fault in faults:
        seed(fault, texts)
    wanted = [each for each in faults if not arguments.only or each.name in arguments.only.split(",")]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "parser.cpp"
        source.write_text("#include <zenwire/boost_json_parser_source.hpp>\n")
        compile_with(arguments, INCLUDE, "-c", str(source), "-o", str(source.with_suffix(".o")))
        for fault in wanted:
            begin = time.monotonic()
            found = look_for(fault, texts, arguments, pathlib.Path(folder))
            missed += found is None
            print(f"{'found ' if found else 'MISSED'} {fault.name} ({fault.rule}), {time.monotonic() - begin:.0f} s")
            print(f"       {found}", flush=True)
    print(f"{len(wanted)} of {len(faults)} faults seeded, {missed} missed")
    return 1 if missed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
