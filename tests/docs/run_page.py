#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does what a page says, as a reader would: run_page.py PAGE WORK_DIR [SECTION]

The reader has zenwire in the folder `zenwire`, or in that of $ZENWIRE if the page speaks of it, its tarball, and nothing else. Each section is done in
a folder of its own, with the files that the page named before.

- A block behind a line that ends in `NAME`: or begins with `NAME` and ends in a colon is that file.
- A block of sh is run. When its last word is a program (./hello), it must print the first indented line of the page.
- "in place of `TEXT`:" in front of a block, or "`CODE` in place of `TEXT`" in a line, changes the newest file that has TEXT; after such
  a block the commands of the section are run again.
- A block of cpp without a name is compiled by the page's first line that begins with c++, and run when it has a main(); then it prints
  what the page says it does: This prints `TEXT`.

CXX is the compiler, c++ in the blocks. What cannot be run here is left out, and said.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = ("meson", "pkg-config", "cmake", "curl-config")
NOT_RUN = {"sh tests/run.sh": "it is what runs this test"}
PART = re.compile(r"^```([\w+]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"(?:^|\s)`([\w.]+)`(?:, [^\n]*)?:$")
IN_PLACE = re.compile(r"(?:`([^`\n]+)`\s)?in\splace\sof\s`([^`\n]+)`")


def section_parts(text):
    """For each block of code: the text in front of it, its language, the block; the last one is the text behind all blocks."""
    begin = 0
    for match in PART.finditer(text):
        yield text[begin:match.start()].strip(), match[1], match[2]
        begin = match.end()
    yield text[begin:].strip(), "", ""


def first_indented(text):
    found = re.search(r"^    (\S.*)$", PART.sub("", text), re.MULTILINE)
    return found[1] if found else ""


class Reader:
    def __init__(self, page, work):
        self.page, self.work = page, work
        self.text = page.read_text(encoding="utf-8")
        self.wanted = first_indented(self.text)
        self.files = {}
        tools = work / "tools"
        tools.mkdir(parents=True)
        compiler = shutil.which(os.environ.get("CXX", "c++"))
        (tools / "c++").write_text(f'#!/bin/sh\nexec "{compiler}" "$@"\n', encoding="utf-8")
        (tools / "c++").chmod(0o755)
        made = subprocess.run(["sh", str(ROOT / "tests/release.sh"), "--tree", str(work)], check=False, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        tarballs = list(work.glob("zenwire-*.tar.gz"))
        if made.returncode != 0 or len(tarballs) != 1:
            sys.exit(f"there is no release:\n{made.stdout}")
        self.tarball = tarballs[0]
        subprocess.run(["tar", "-xzf", self.tarball, "-C", work], check=True)
        self.release = work / self.tarball.name.removesuffix(".tar.gz")
        self.environment = os.environ | {"ZENWIRE": str(self.release), "ZENWIRE_NO_INSTALL": "1",
                                         "PATH": f"{tools}:{os.environ['PATH']}"}

    def run(self, name, command, folder):
        """Runs a command; returns what it printed."""
        done = subprocess.run(["sh", "-eu", "-c", command], cwd=folder, env=self.environment, text=True, input="yes\n",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            sys.exit(f"{name}: this failed:\n{command}\n{done.stdout[-5000:]}")
        return done.stdout

    def run_commands(self, name, commands, folder):
        for command, why in NOT_RUN.items():
            if command in commands.splitlines():
                print(f"{name}: not run: {command}: {why}")
        lines = [line for line in commands.splitlines() if line not in NOT_RUN]
        # not even -e ends a shell when the first command of a && b fails
        output = self.run(name, "".join(f"{{ {line}\n}} || exit 1\n" for line in lines), folder)
        if re.search(r"\./[\w/]+$", commands.strip()) and not output.endswith(self.wanted + "\n"):
            sys.exit(f"{name}: it printed\n{output}in place of\n{self.wanted}")

    def compile_block(self, name, text, before, folder):
        """A block of cpp that has no name, and a main() or none."""
        line = re.search(r"^c\+\+ [^\n&]*", self.text, re.MULTILINE)[0].strip()
        source = next(word for word in line.split() if word.endswith(".cpp"))
        (folder / "block.cpp").write_text(text, encoding="utf-8")
        command = line.replace(source, "block.cpp")
        if "int main(" not in text:
            command = re.sub(r"-o \S+", "-c", command)
        self.run(name, command, folder)
        if "int main(" in text:
            output = self.run(name, "./" + re.search(r"-o (\S+)", line)[1], folder)
            said = re.search(r"This prints `([^`]+)`", before)
            if not said or output != said[1] + "\n":
                sys.exit(f"{name}: it printed\n{output}which the page does not say")

    def replace(self, name, old, new, folder):
        for file in reversed(self.files):
            if old in self.files[file]:
                (folder / file).write_text(self.files[file].replace(old, new.rstrip("\n")), encoding="utf-8")
                return
        sys.exit(f"{name}: no file has {old}")

    def do(self, number, section):
        name = section.splitlines()[0].split(" {")[0].strip("# ") if section else ""
        parts = list(section_parts(section))
        missing = [tool for tool in TOOLS if not shutil.which(tool) and
                   any(language == "sh" and re.search(rf"\b{tool}\b", text) for _, language, text in parts)]
        if missing:
            print(f"{name}: left out, no {missing[0]}")
            return 0
        folder = self.work / str(number)
        folder.mkdir()
        shutil.copy(self.tarball, folder)
        if "$ZENWIRE" not in self.text:
            shutil.copytree(self.release, folder / "zenwire")
        for file, text in self.files.items():
            (folder / file).write_text(text, encoding="utf-8")
        commands, count = "", 0
        for before, language, text in parts:
            last_line = before.splitlines()[-1] if before else ""
            exchange, file = IN_PLACE.search(last_line), FILE.search(last_line)
            if exchange and exchange[1] and language:
                self.replace(name, exchange[2], exchange[1], folder)
                shutil.rmtree(folder / "build", ignore_errors=True)
            elif exchange and language not in ("sh", ""):
                self.replace(name, exchange[2], text, folder)
                shutil.rmtree(folder / "build", ignore_errors=True)
                self.run_commands(name, commands, folder)
                count += 1
                continue
            if language == "sh":
                commands = text
                self.run_commands(name, text, folder / "zenwire" if "in the folder `zenwire`" in before.replace("\n", " ") else folder)
                count += 1
            elif file or (last_line.endswith(":") and (file := re.match(r"`([\w.]+)`", last_line))):
                self.files[file[1]] = text
                (folder / file[1]).write_text(text, encoding="utf-8")
            elif language == "cpp":
                self.compile_block(name, text, before, folder)
                count += 1
        if count:
            print(f"{name}: as the page says, {count} times")
        return count


def main():
    page, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(work, ignore_errors=True)
    reader = Reader(page, work)
    sections = re.split(r"^##+ ", reader.text, flags=re.MULTILINE)
    counts = [reader.do(number, section) for number, section in enumerate(sections)
              if len(sys.argv) < 4 or number == 0 or sys.argv[3] in section.splitlines()[0] or PART.search(section) and "Quick start" in section]
    if sum(counts) < 3 and len(sys.argv) < 4:
        sys.exit("hardly anything of the page was run")


if __name__ == "__main__":
    main()
