#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The figures in README.md and in the pages come from a file that tools write.

    figures.py check [BUILD_DIR]     compares; with a build, also with what its programs count
    figures.py write                 puts the recorded figures into the pages
    figures.py firmware OUTPUT       records what tests/firmware/numbers.py printed
    figures.py bench REPORT          records build/bench/report.json
    figures.py compile OUTPUT        records what tests/compile/compile_time.py printed
    figures.py program PROGRAM       records what count_figures prints

record.tsv has the figures: name, value, the tool, and the commit and the machine that it was measured on. claims.tsv says where they
stand: page, a regular expression whose one group is the number, the figure, and how it is written. A number with a unit that no claim
covers is a complaint; `-` as the figure stands for a number that was not measured, with the reason.
"""

import json
import pathlib
import platform
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
RECORD, CLAIMS = HERE / "record.tsv", HERE / "claims.tsv"
HEAD = "# SPDX-License-Identifier: BSL-1.0\n#\n# Written by figures.py: name, value, tool, commit, machine\n"
FORMATS = {
    "": lambda value: f"{value:g}",
    ",": lambda value: f"{value:,.0f}",
    "KB": lambda value: f"{value / 1000:.1f}",
    "KiB": lambda value: f"{value / 1024:g}",
    ".2": lambda value: f"{value:.2f}",
    ".0": lambda value: f"{value:.0f}",
}
# numbers with a unit: measured or counted
MEASURED = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\s(?:ns|us|ms|bytes|KB|KiB|MB|MiB|scenarios|rows|times)\b")


def rows_of(path):
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def counted():
    """Figures that are counted in the sources."""
    listing = subprocess.run(["sh", str(ROOT / "tests/matrix.sh"), "--list"], capture_output=True, text=True, check=True)
    property_test = (ROOT / "tests/property/workflow_property_test.cpp").read_text(encoding="utf-8")
    numbers = (ROOT / "tests/firmware/numbers.py").read_text(encoding="utf-8")
    limits = {f"limit: {name or text}": int(allowed.replace(" * KIB", "")) * (1024 if "KIB" in allowed else 1)
              for name, text, allowed in re.findall(r'(?:"(\w+)": \(|\d: \("([\w, ]+)", )[^,]+, (\d+(?: \* KIB)?)\)', numbers)}
    return {
        "rows of the matrix": len(listing.stdout.split()),
        "runs of the property test": int(re.search(r"number\(1, (\d+)\)", property_test)[1]),
        **limits,
    }


def known():
    return {row[0]: float(row[1]) for row in rows_of(RECORD)} | counted()


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "tests/docs").glob("*.md"))]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def check(build=None):
    figures, texts = known(), {name_of(path): path.read_text(encoding="utf-8") for path in pages()}
    covered = {page: [] for page in texts}
    for page, pattern, figure, how in rows_of(CLAIMS):
        matches = list(re.finditer(pattern, texts[page], re.MULTILINE))
        if len(matches) != 1:
            yield f"{page}: {pattern} is there {len(matches)} times"
            continue
        covered[page].append(matches[0].span())
        if figure == "-":
            continue
        if figure not in figures:
            yield f"{page}: nothing is recorded of '{figure}'"
        elif (wanted := FORMATS[how](figures[figure])) != matches[0][1]:
            yield f"{page}: {figure} is {matches[0][1]}, where {wanted} is recorded"
    for page, text in texts.items():
        if page.endswith("changelog.md"):
            continue
        for match in MEASURED.finditer(text):
            if not any(begin <= match.start() < end for begin, end in covered[page]):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{page}:{line}: nobody vouches for {match[0]}"
    if build:
        yield from check_program(pathlib.Path(build) / "count_figures", figures)


def check_program(program, figures):
    output = subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        name, value = line.rsplit("\t", 1)
        recorded = figures.get(name, 0)
        # sizes of objects change with every member; the pages round them, so a small change may wait
        slack = recorded / 20 if name.startswith("sizeof") else 0
        if abs(recorded - float(value)) > slack:
            yield f"{name} is {value}, where {recorded:g} is recorded: figures.py program {program}"


def write():
    figures = known()
    for path in pages():
        text = path.read_text(encoding="utf-8")
        for page, pattern, figure, how in rows_of(CLAIMS):
            if page == name_of(path) and figure in figures:
                wanted = FORMATS[how](figures[figure])
                text = re.sub(pattern, lambda match, new=wanted: match[0][:match.start(1) - match.start()] + new +
                              match[0][match.end(1) - match.start():], text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")


def record(tool, figures, machine):
    """Replaces what this tool recorded before."""
    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short=10", "HEAD"], capture_output=True, text=True, check=True)
    clean = subprocess.run(["git", "-C", str(ROOT), "diff", "--quiet", "HEAD", "--", "include"], check=False).returncode == 0
    where = commit.stdout.strip() + ("" if clean else " and changes")
    rows = [row for row in rows_of(RECORD) if row[2] != tool]
    rows += [[name, f"{value:g}" if isinstance(value, float) else str(value), tool, where, machine]
             for name, value in figures.items()]
    RECORD.write_text(HEAD + "".join("\t".join(row) + "\n" for row in sorted(rows)), encoding="utf-8")


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8") if pathlib.Path("/proc/cpuinfo").exists() else ""
    found = re.search(r"model name\s*: (.+)", text)
    return found[1].strip() if found else platform.machine()


def version(*command):
    return subprocess.run([*command, "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()


def firmware(output):
    found = re.findall(r"^((?:code|static|stack|sizeof) .+?) +(\d+)\b", pathlib.Path(output).read_text(encoding="utf-8").split("Cortex-M4, -Os")[1],
                       re.MULTILINE)
    record("tests/firmware/numbers.py", {f"cortex-m4: {name}": int(value) for name, value in found},
           f"Cortex-M4 in qemu, GCC {version('arm-none-eabi-g++')}, -Os -flto")


def bench(report):
    report = json.loads(pathlib.Path(report).read_text(encoding="utf-8"))
    medians = {f"bench: {row['group']}: {row['who']}": float(row["median_ns"]) for row in report["rows"]}
    record("tests/bench/run.sh", medians, f"{report['processor']}, {report['build']}")


def compile_time(output):
    found = re.findall(r"^(<.+> (?:above|of) <.+>): ([\d.]+)", pathlib.Path(output).read_text(encoding="utf-8"), re.MULTILINE)
    record("tests/compile/compile_time.py", {f"compile: {name}": float(value) for name, value in found}, processor())


def program(path):
    output = subprocess.run([path], capture_output=True, text=True, check=True).stdout
    found = dict(line.rsplit("\t", 1) for line in output.splitlines())
    record("tests/figures/count_figures.cpp", {name: int(value) for name, value in found.items()}, platform.machine())


def main():
    commands = {"write": write, "firmware": firmware, "bench": bench, "compile": compile_time, "program": program}
    if len(sys.argv) < 2 or sys.argv[1] not in {"check", *commands}:
        sys.exit(__doc__)
    if sys.argv[1] != "check":
        return commands[sys.argv[1]](*sys.argv[2:])
    complaints = list(check(*sys.argv[2:]))
    print(*complaints, sep="\n")
    return sys.exit(bool(complaints) or not rows_of(CLAIMS))


if __name__ == "__main__":
    main()
