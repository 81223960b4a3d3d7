#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""check_made_pages.py HTML_FOLDER: no page that Doxygen made shows the marks of its source as text, such as ** or a backtick. They
stand there where Doxygen reads Markdown in another way than the site that shows the repository."""

import html
import pathlib
import re
import sys

MARKS = re.compile(r".{0,30}(?:\*\*|`|\]\(|[@\\](?:ref|page|c|p) ).{0,30}")
CODE = re.compile(r'<div class="fragment">.*?</div><!-- fragment -->|<pre.*?</pre>|<code>.*?</code>|<script.*?</script>', re.DOTALL)


def main():
    pages = sorted(pathlib.Path(sys.argv[1]).glob("*_page.html"))
    pages.append(pathlib.Path(sys.argv[1]) / "index.html")
    complaints = []
    for page in pages:
        text = html.unescape(re.sub(r"<[^>]*>", "", CODE.sub("", page.read_text(encoding="utf-8"))))
        complaints += [f"{page.name}: {mark}" for mark in MARKS.findall(text)]
    print(*complaints, f"{len(pages)} pages", sep="\n")
    sys.exit(bool(complaints) or len(pages) < 10)


if __name__ == "__main__":
    main()
