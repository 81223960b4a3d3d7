#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What each speed trick is worth: switches one off at a time and measures again. Usage:

    ablation.py [--only REGEX] [--rounds N] [--compile-rounds N] [--firmware REGEX] [--jobs N]
    ablation.py --fits    measures nothing: do all patches fit the headers of today?

A trick is a patch in ablation/ that switches it off, applied to a copy of include/; its first line says what the trick is.
One that does not apply any more is an error. Measured with GCC 12 -O2: instructions per call with callgrind (which hides the
SHA extensions, so of hashing they say nothing; of all else they do), the least nanoseconds of --rounds runs in turns, user
seconds of the compiler for the umbrella header, and on a Cortex-M4 with -Os bytes of the two firmwares and the deepest stacks
of a request and of a response. Rows of ablation.tsv are rewritten for the tricks that are there; rows of tricks that went
stay. Each number says how much more there is WITHOUT the trick, but for the first row, which has the whole numbers. The last
column is a decision by a person, and is kept.

What a trick must win to stay: 2 % of the time of seven compressions or of reading, 64 bytes of firmware, or 3 % of compile time.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import shutil
import statistics
import json
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from count_instructions import count  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TABLE = HERE / "ablation.tsv"
GCC = ["g++-12", "-std=c++20", "-O2", "-DNDEBUG"]
INSTRUCTIONS = {
    "make_request, own work": "sign",
    "verify, own work": "verify",
    "parse_response of a success, own work": "success",
    "parse_response of an API error, own work": "error",
    "page": "page",
    "shuffled page": "shuffled",
}
TIMES = {"7 compressions": "7 blocks ns", "make_request": "sign ns", "verify": "verify ns", "parse of a success": "success ns",
         "page": "page ns", "shuffled page": "shuffled ns"}
COMPILE = ["core s", "all s"]
FIRMWARE = ["8 KiB", "40 KiB", "stack make_request_in", "stack verify", "stack parse_response"]
COLUMNS = [*INSTRUCTIONS.values(), *TIMES.values(), *COMPILE, *FIRMWARE]


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def make_pages(folder):
    """A page of a hundred instances, and the same with the members of each object in another order."""
    page = run(sys.executable, ROOT / "tests/data/make_instances.py", 100, 1)
    dice = random.Random(1)

    def shuffle(value):
        if isinstance(value, dict):
            members = [(name, shuffle(each)) for name, each in value.items()]
            dice.shuffle(members)
            return dict(members)
        return [shuffle(each) for each in value] if isinstance(value, list) else value

    (folder / "page").write_text(page, encoding="utf-8")
    (folder / "shuffled page").write_text(json.dumps(shuffle(json.loads(page)), ensure_ascii=False), encoding="utf-8")


class Variant:
    """The library with one trick switched off; with none where there is no patch."""

    def __init__(self, name, patch, folder):
        self.name, self.folder, self.numbers = name, folder / name, {}
        shutil.copytree(ROOT / "include", self.folder / "include")
        self.touches_firmware = True
        if patch:
            # no fuzz: a patch that no longer fits must not switch off something else
            run("patch", "-p1", "-F0", "-s", "-d", self.folder, "-i", patch)

    def build(self):
        for program in ("count_instructions", "ablation_times"):
            run(*GCC, f"-I{self.folder}/include", HERE / f"{program}.cpp", "-o", self.folder / program, "-lboost_json")

    def count(self, pages):
        counts = count(self.folder / "count_instructions", "page", "shuffled page", folder=pages)
        counts = {name.removeprefix("page ") if name.startswith("page ") else name: number for name, number in counts.items()}
        self.numbers |= {column: counts[name] for name, column in INSTRUCTIONS.items()}

    def time(self, pages):
        lines = run(self.folder / "ablation_times", pages / "page", pages / "shuffled page").splitlines()
        for name, number in (line.split("\t") for line in lines):
            self.numbers.setdefault("all " + TIMES[name], []).append(float(number))

    def compile(self):
        for column, header in zip(COMPILE, ("core", "zenwire")):
            source = self.folder / f"{header}.cpp"
            source.write_text(f"#include <zenwire/{header}.hpp>\n", encoding="utf-8")
            process = subprocess.Popen(["g++-12", "-std=c++20", f"-I{self.folder}/include", "-c", source, "-o", os.devnull])
            usage = os.wait4(process.pid, 0)[2]
            self.numbers.setdefault("all " + column, []).append(usage.ru_utime)

    def make_firmware(self):
        for name in ("firmware", "link", "vectors", "responses"):
            shutil.copytree(ROOT / "tests" / name, self.folder / "tests" / name)
        build = self.folder / "build"
        run("cmake", "-S", self.folder / "tests/firmware", "-B", build, "-G", "Ninja",
            "-DCMAKE_CXX_COMPILER=arm-none-eabi-g++")
        run("cmake", "--build", build, "-j", 2)
        output = subprocess.run([sys.executable, self.folder / "tests/firmware/numbers.py", build], capture_output=True,
                                text=True, check=False).stdout
        for column, line in zip(FIRMWARE, ("building and signing ", "and parsing ", "stack of make_request_in", "stack of verify",
                                           "stack of parse_response")):
            self.numbers[column] = int(re.search(rf"{line}\s+(\d+)", output)[1])

    def settle(self):
        """Of the times that were taken in turns, the least counts: other work on the machine only adds."""
        for column in [*TIMES.values(), *COMPILE]:
            if times := self.numbers.pop("all " + column, None):
                self.numbers[column] = min(times) if column in TIMES.values() else statistics.median(times)


def read_table():
    lines = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else []
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row for row in rows}


def write_table(variants, whats):
    base = variants[0].numbers
    rows = read_table()

    def shown(number, column):
        return "" if number is None else f"{number:.3f}" if column in COMPILE else f"{number:.0f}"

    for each in variants:
        kept = rows.get(each.name, [])
        decision = kept[-1] if len(kept) == len(COLUMNS) + 3 else ""
        numbers = []
        for column in COLUMNS:
            number = each.numbers.get(column)
            if number is not None and each is not variants[0]:
                number -= base[column]
            numbers.append(shown(number, column))
        rows[each.name] = [each.name, whats.get(each.name, "all tricks on"), *numbers, decision]
    head = "# trick\twhat\t" + "\t".join(COLUMNS) + "\tdecision\n"
    TABLE.write_text("# Without the trick: how much more. By ablation.py, which says what the columns are.\n" + head
                     + "".join("\t".join(row) + "\n" for row in rows.values()), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--compile-rounds", type=int, default=0, help="0: compile times are not taken")
    parser.add_argument("--firmware", default="", help="regex of the tricks with which the firmware is built; none: not built")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--fits", action="store_true", help="only apply the patches")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        patches = {file.stem: file for file in sorted((HERE / "ablation").glob("*.patch"))}
        whats = {name: file.read_text(encoding="utf-8").splitlines()[0] for name, file in patches.items()}
        variants = [Variant("nothing", None, folder)]
        variants += [Variant(name, file, folder) for name, file in patches.items() if re.search(options.only, name)]
        if options.fits:
            print(f"{len(patches)} patches fit")
            return
        make_pages(folder)

        def prepare(variant):
            variant.build()
            variant.count(folder)
            if options.firmware and (variant is variants[0] or re.search(options.firmware, variant.name)):
                variant.make_firmware()
            print(variant.name, variant.numbers, flush=True)

        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(prepare, variants))
        for _ in range(options.rounds):
            for variant in variants:
                variant.time(folder)
        for _ in range(options.compile_rounds):
            for variant in variants:
                variant.compile()
        for variant in variants:
            variant.settle()
        write_table(variants, whats)


if __name__ == "__main__":
    main()
