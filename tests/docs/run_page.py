#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Does what a page says, as a reader would: run_page.py PAGE WORK_DIR

In a line of its own `NAME`: or `NAME`, with more words and a colon, makes a file of the block that follows. A block of sh is run in
the folder of its section, which begins with the files of the page's head, and with a tarball of zenwire. What the last command of a
section prints must be the first indented line of the page. CXX is the compiler, `c++` in the blocks; sections whose tools are missing
are left out, and said.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOLS = {"meson": "meson", "pkg-config": "pkg-config", "cmake": "cmake"}


def blocks_of(text):
    """(name of the file that it is, or an empty text, language, text) of each block."""
    return [(name or "", language, block)
            for name, language, block in re.findall(r"(?:^`([\w.]+)`[^\n]*:\n\n)?^```([\w+]+)\n(.*?)^```$", text,
                                                    re.MULTILINE | re.DOTALL)]


def make_release(work):
    """Unpacked, and as a tarball: what the ways to build need of it."""
    release = work / "zenwire-release"
    release.mkdir(parents=True)
    for name in ("include", "single_include"):
        shutil.copytree(ROOT / name, release / name)
    for name in ("CMakeLists.txt", "meson.build", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, release)
    with tarfile.open(work / "zenwire.tar.gz", "w:gz") as tar:
        tar.add(release, release.name)
    return release


def run_section(name, blocks, head, folder, environment, wanted):
    for tool in TOOLS:
        if any(language == "sh" and re.search(rf"\b{tool}\b", block) for _, language, block in blocks) and not shutil.which(tool):
            print(f"{name}: left out, no {tool}")
            return False
    folder.mkdir()
    shutil.copy(folder.parent / "zenwire.tar.gz", folder)
    output = ""
    for file, language, block in head + blocks:
        if file:
            (folder / file).write_text(block, encoding="utf-8")
        elif language == "sh":
            done = subprocess.run(["sh", "-eu", "-c", block], cwd=folder, env=environment, text=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, check=False)
            output = done.stdout
            if done.returncode != 0:
                sys.exit(f"{name}: this failed:\n{block}\n{output}")
    if not output.endswith(wanted + "\n"):
        sys.exit(f"{name}: it printed\n{output}in place of\n{wanted}")
    print(f"{name}: as the page says")
    return True


def main():
    page, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(work, ignore_errors=True)
    release = make_release(work)
    tools = work / "tools"
    tools.mkdir()
    compiler = shutil.which(os.environ.get("CXX", "c++"))
    (tools / "c++").write_text(f'#!/bin/sh\nexec "{compiler}" "$@"\n', encoding="utf-8")
    (tools / "c++").chmod(0o755)
    environment = os.environ | {"ZENWIRE": str(release), "PATH": f"{tools}:{os.environ['PATH']}"}

    head, *sections = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    wanted = re.search(r"^    (.+)$", re.sub(r"^```.*?^```$", "", head, flags=re.M | re.S), re.MULTILINE)[1]
    files = [block for block in blocks_of(head) if block[0]]
    count = 0
    for number, section in enumerate(sections):
        blocks = blocks_of(section)
        if any(language == "sh" for _, language, _ in blocks):
            name = section.splitlines()[0].split(" {")[0]
            count += run_section(name, blocks, files, work / str(number), environment, wanted)
    if count < 3:
        sys.exit("hardly anything of the page was run")


if __name__ == "__main__":
    main()
