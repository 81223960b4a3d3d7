# SPDX-License-Identifier: BSL-1.0
"""Seeds faults into the machine, one at a time, and lets the model look for each: it must find them all.

    seeded_faults.py [--compiler CXX] [--include DIR ...] [--link ARGUMENT ...] [--only NAME,...] [--first N]

The faults stand in seeded_faults.txt. One whose text is not found once in its header is an error, also when it is not run: it has
to follow the code. --first runs the first N of them only.
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
        self.changes = []  # (file, old, new)


def read_faults(path):
    faults = []
    for line in path.read_text().splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("fault "):
            name, rule = line[len("fault ") :].split(": ", 1)
            faults.append(Fault(name, rule))
        elif line.startswith("in "):
            faults[-1].changes.append([line[len("in ") :], [], []])
        elif line[:1] in ("-", "+"):
            faults[-1].changes[-1][1 if line[0] == "-" else 2].append(line[2:].strip())
    return faults


def pattern(lines):
    """The lines with any white space between their words: how the code is broken into lines is not what is tested."""
    words = " ".join(lines).split()
    return re.compile(r"\s+".join(re.escape(word) for word in words))


def changed(text, old, new, where):
    found = pattern(old).findall(text)
    if len(found) != 1:
        raise SystemExit(f"{where}: found {len(found)} times instead of once:\n  " + "\n  ".join(old))
    return text.replace(found[0], "\n".join(new))


def seed(fault, include):
    for file, old, new in fault.changes:
        path = include / "zenwire" / file
        path.write_text(changed(path.read_text(), old, new, f"{fault.name}, {file}"))


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


def look_for(fault, arguments, folder):
    include = folder / "include"
    shutil.rmtree(include, ignore_errors=True)
    shutil.copytree(INCLUDE, include)
    seed(fault, include)
    program = folder / "model"
    command = [arguments.compiler, "-std=c++20", "-O1", "-w", f"-I{include}", *(f"-isystem{each}" for each in arguments.include),
               str(HERE / "model.cpp"), "-o", str(program), *arguments.link]
    built = subprocess.run(command, capture_output=True, text=True)
    if built.returncode != 0:
        raise SystemExit(f"{fault.name} does not compile:\n{built.stderr}")
    for search in searches():
        run = subprocess.run([str(program), *search], capture_output=True, text=True, timeout=600)
        if run.returncode == 1 and (found := what_was_found(run.stdout)):
            return " ".join(search) + ": " + found
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--link", action="append", default=[])
    parser.add_argument("--only", default="")
    parser.add_argument("--first", type=int, default=0)
    arguments = parser.parse_args()
    arguments.link = arguments.link or ["-lboost_json"]
    faults = read_faults(HERE / "seeded_faults.txt")
    for fault in faults:
        for file, old, new in fault.changes:
            changed((INCLUDE / "zenwire" / file).read_text(), old, new, f"{fault.name}, {file}")
    wanted = [each for each in faults if not arguments.only or each.name in arguments.only.split(",")]
    wanted = wanted[: arguments.first] if arguments.first else wanted
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for fault in wanted:
            begin = time.monotonic()
            found = look_for(fault, arguments, pathlib.Path(folder))
            missed += found is None
            print(f"{'found ' if found else 'MISSED'} {fault.name} ({fault.rule}), {time.monotonic() - begin:.0f} s")
            print(f"       {found}", flush=True)
    print(f"{len(wanted)} of {len(faults)} faults seeded, {missed} missed")
    return 1 if missed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
