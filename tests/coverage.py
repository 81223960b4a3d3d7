# SPDX-License-Identifier: BSL-1.0
"""coverage.py GCOV DIRECTORY LINES BRANCHES: sums up what gcov says of the headers in include/, over all .gcda files in
DIRECTORY. Exit code 1 below LINES or BRANCHES per cent.

A line or branch of a template, or of a lambda in one, counts as run when any of its instances ran it, in any program. Which
branches of two instances are the same is known by their place in the line; instances with another number of branches there (because
of `if constexpr`, say) are counted separately.

Branches that only an exception takes do not count. A translation unit that is compiled with exceptions has further branches, for the
clean-up after one: where another unit without exceptions has the same header, that one says which branches there are.
What `is_constant_evaluated()` decides is is compiled as a branch, of which one side is never taken at run time: that side does not
count. Nor do the lines of NOT_HERE.
"""

import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include" / "zenwire"

# What no test on this machine can run: header, lines, and what they would need
NOT_HERE = [
    ("crypto/detail/sha256_arm.hpp", "", "a processor of the ARM kind"),
    ("crypto/sha256.hpp", "sha256_arm::", "a processor of the ARM kind"),
    ("crypto/detail/sha256_x86.hpp", "has_sse|has_sha", "an x86 processor without instructions for SHA"),
]


def documents(gcov, data):
    out = subprocess.run([gcov, "--branch-probabilities", "--json-format", "--stdout", str(data.resolve())],
                         cwd=data.parent, check=True, capture_output=True, text=True).stdout
    return [json.loads(each) for each in out.splitlines() if each]


def instances(file, line, entries):
    """How many instances of a template gcov has added up in one entry of a line. Usually each has an entry of its own; gcov joins those
    whose end it takes for their beginning, such as a lambda in a template."""
    number = line["line_number"]
    begun = [each for each in file["functions"] if each["start_line"] <= number]
    around = [each for each in begun if number <= each["end_line"]] or begun
    begin = max(((each["start_line"], each["start_column"]) for each in around), default=None)
    count = sum((each["start_line"], each["start_column"]) == begin for each in around)
    return max(count, 1) if entries[number] == 1 else 1


def read(gcov, data):
    """Counts by line; counts by branch, which is a line, the number of branches there and the place among them; and whether the unit was
    compiled with exceptions."""
    lines = collections.Counter()
    branches = collections.Counter()
    has_exceptions = False
    for document in documents(gcov, data):
        has_exceptions = has_exceptions or any(branch["throw"] for file in document["files"] for line in file["lines"]
                                               for branch in line["branches"])
        for file in document["files"]:
            path = (ROOT / file["file"]).resolve()
            if INCLUDE not in path.parents:
                continue
            name = str(path.relative_to(INCLUDE))
            source = path.read_text(encoding="utf-8").splitlines()
            entries = collections.Counter(line["line_number"] for line in file["lines"])
            for line in file["lines"]:
                number = line["line_number"]
                if any(name == header and re.search(text, source[number - 1]) for header, text, _ in NOT_HERE):
                    continue
                lines[name, number] += line["count"]
                counts = [branch["count"] for branch in line["branches"] if not branch["throw"]]
                if not counts:
                    continue
                times = instances(file, line, entries)
                size = len(counts) // times if len(counts) % times == 0 else len(counts)
                for place, count in enumerate(counts):
                    branches[name, number, size, place % size] += count
    return lines, branches, has_exceptions


def drop_untakable(branches):
    """Removes the branches that is_constant_evaluated() never takes at run time."""
    for name in {key[0] for key in branches}:
        source = (INCLUDE / name).read_text(encoding="utf-8").splitlines()
        mentions = {number: line.count("is_constant_evaluated()") for number, line in enumerate(source, 1)}
        for key in sorted(key for key, count in branches.items() if key[0] == name and count == 0):
            if mentions[key[1]] > 0:
                mentions[key[1]] -= 1
                del branches[key]


def share(counts):
    counts = list(counts)
    return 100.0 * sum(count > 0 for count in counts) / len(counts) if counts else 100.0


def main():
    gcov, directory, least_lines, least_branches = sys.argv[1], pathlib.Path(sys.argv[2]), *map(float, sys.argv[3:5])
    lines = collections.Counter()
    branches = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        units = sorted(pool.map(lambda data: read(gcov, data), sorted(directory.glob("*.gcda"))), key=lambda unit: unit[2])
    known_headers = set()
    for of_lines, of_branches, has_exceptions in units:
        # not `+=`, which drops counts of zero
        lines.update({key: count for key, count in of_lines.items()
                      if not has_exceptions or count > 0 or key in lines or key[0] not in known_headers})
        branches.update({key: count for key, count in of_branches.items()
                         if not has_exceptions or key in branches or key[0] not in known_headers})
        if not has_exceptions:
            known_headers.update(name for name, _ in of_lines)
    if not lines:
        sys.exit("nothing was measured")
    drop_untakable(branches)
    print(f"{'header':60} {'lines':>7} {'branches':>9}  not run")
    for name in sorted({key[0] for key in lines}):
        of_lines = {key[1]: count for key, count in lines.items() if key[0] == name}
        of_branches = {key[1:]: count for key, count in branches.items() if key[0] == name}
        missing = sorted(number for number, count in of_lines.items() if count == 0)
        half = sorted({key[0] for key, count in of_branches.items() if count == 0} - set(missing))
        print(f"{name:60} {share(of_lines.values()):6.1f}% {share(of_branches.values()):8.1f}%"
              f"  {' '.join(map(str, missing))}{' | branches: ' + ' '.join(map(str, half)) if half else ''}")
    line_share, branch_share = share(lines.values()), share(branches.values())
    print(f"{'all':60} {line_share:6.1f}% {branch_share:8.1f}%  of {len(lines)} lines and {len(branches)} branches")
    sys.exit(0 if line_share >= least_lines and branch_share >= least_branches else 1)


if __name__ == "__main__":
    main()
