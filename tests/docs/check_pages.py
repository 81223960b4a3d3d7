#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Every page of this folder is in the sidebar (pages.txt), and in the table of start_here.md; and these name no others. The newest
section of the changelog has the library's version and a date. A page in Chinese has the code of its English one."""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def read(name):
    return (HERE / name).read_text(encoding="utf-8")


def changelog_complaints():
    text = (HERE.parent.parent / "include/zenwire/base/config.hpp").read_text(encoding="utf-8")
    version = re.search(r'version_text = "([\d.]+)"', text)[1]
    newest = re.search(r"^## (.*)$", read("changelog.md"), re.MULTILINE)[1]
    if not re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", newest):
        yield f"changelog.md begins with '{newest}', where '{version} (YEAR-MONTH-DAY)' is wanted"


def translation_complaints():
    """A page in Chinese shows the same code as the page that it is a translation of."""
    for page in HERE.glob("*_zh.md"):
        blocks = [re.findall(r"^```.*?^```$", text, re.MULTILINE | re.DOTALL)
                  for text in (page.read_text(encoding="utf-8"), read(page.name.replace("_zh", "")))]
        if blocks[0] != blocks[1] or not blocks[0]:
            yield f"{page.name} shows other code than {page.name.replace('_zh', '')}"


def main():
    pages = set()
    for file in HERE.glob("*.md"):
        if file.name != "start_here.md":
            names = re.findall(r"^# .*\{#(\w+)\}$", read(file.name), re.MULTILINE)
            if len(names) != 1:
                sys.exit(f"{file.name}: its first line does not name the page once")
            pages.add(names[0])
    sidebar = set(re.findall(r"^(\w+) ", read("pages.txt"), re.MULTILINE))
    table = set(re.findall(r"\\ref (\w+)", read("start_here.md")))
    complaints = [f"{name} is not in pages.txt" for name in sorted(pages - sidebar)]
    complaints += [f"{name} is not in start_here.md" for name in sorted(pages - table)]
    complaints += [f"{name} is no page" for name in sorted((sidebar | table) - pages)]
    complaints += changelog_complaints()
    complaints += translation_complaints()
    meson = re.search(r"`(dependency\('zenwire'.*?\))`", (HERE.parent.parent / "README.md").read_text(encoding="utf-8"))[1]
    if meson not in read("install.md"):  # which is run
        complaints.append(f"install.md has no {meson}")
    print(*complaints, sep="\n")
    sys.exit(bool(complaints) or len(pages) < 10)


if __name__ == "__main__":
    main()
