#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the compiler says about likely mistakes. No file of misuse/ may compile; the messages must be few lines and contain the TEXT of
each line `// says: TEXT` of the file, and the first line with an error the TEXT of `// says first: TEXT`. A line `// with: OPTIONS`
adds to the compiler's options; then the number of lines is not checked.

    check_misuse.py COMPILER...

COMPILER is a command line to which -I options and the file are added.
"""

import concurrent.futures
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
MOST_LINES = 40


def complaint(compiler, path):
    """What is wrong with what the compiler says of a file; an empty text when nothing is."""
    text = path.read_text(encoding="utf-8")
    first = re.findall(r"^// says first: (.+)$", text, re.MULTILINE)
    wanted = first + re.findall(r"^// says: (.+)$", text, re.MULTILINE)
    options = [each for line in re.findall(r"^// with: (.+)$", text, re.MULTILINE) for each in line.split()]
    done = subprocess.run([*compiler, *options, "-Werror", "-fsyntax-only", f"-I{HERE.parent.parent / 'include'}", path],
                          capture_output=True, text=True, check=False)
    output = done.stderr
    missing = [text for text in wanted if text not in output]
    if done.returncode == 0:
        return "it compiles"
    if not wanted or missing:
        return f"the compiler does not say {missing}:\n{output}"
    first_error = next((line for line in output.splitlines() if "error:" in line), "")
    if any(text not in first_error for text in first):
        return f"the first error does not say {first}:\n{output}"
    if not options and re.search("internal compiler error|confused by earlier errors|fatal error", output):
        return f"the compiler gives up:\n{output}"
    if not options and len(output.splitlines()) > MOST_LINES:
        return f"more than {MOST_LINES} lines:\n{output}"
    return ""


def main():
    compiler = sys.argv[1:]
    files = sorted((HERE / "misuse").glob("*.cpp"))
    if not compiler or not files:
        sys.exit(__doc__)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        complaints = list(pool.map(lambda path: complaint(compiler, path), files))
    for path, text in zip(files, complaints):
        print(f"{path.name}: {text or 'refused, and why is said'}")
    sys.exit(1 if any(complaints) else 0)


if __name__ == "__main__":
    main()
