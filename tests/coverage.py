# SPDX-License-Identifier: BSL-1.0
"""coverage.py GCOV DIRECTORY LINES BRANCHES: sums up what gcov says of the headers in include/, over all .gcda files in
DIRECTORY. A line or branch of a template counts as run when any of its instances ran it. Branches that only an exception
takes do not count. Exit code 1 below LINES or BRANCHES per cent."""

import collections
import json
import pathlib
import subprocess
import sys

gcov, directory, least_lines, least_branches = sys.argv[1], pathlib.Path(sys.argv[2]), *map(float, sys.argv[3:5])
root = pathlib.Path(__file__).resolve().parent.parent
lines = collections.defaultdict(lambda: collections.defaultdict(int))
branches = collections.defaultdict(lambda: collections.defaultdict(int))
for data in sorted(directory.glob("*.gcda")):
    out = subprocess.run([gcov, "--branch-probabilities", "--json-format", "--stdout", str(data.resolve())],
                         cwd=directory, check=True, capture_output=True, text=True).stdout
    for document in filter(None, out.splitlines()):
        for file in json.loads(document)["files"]:
            path = (root / file["file"]).resolve()
            if root / "include" not in path.parents:
                continue
            name = str(path.relative_to(root / "include" / "zenwire"))
            for line in file["lines"]:
                number = line["line_number"]
                lines[name][number] += line["count"]
                for index, branch in enumerate(line["branches"]):
                    if not branch["throw"]:
                        branches[name][number, index] += branch["count"]


def share(counts):
    return 100.0 * sum(count > 0 for count in counts) / len(counts) if counts else 100.0


print(f"{'header':60} {'lines':>7} {'branches':>9}  not run")
for name in sorted(lines):
    missing = sorted(number for number, count in lines[name].items() if count == 0)
    half = sorted({number for (number, _), count in branches[name].items() if count == 0} - set(missing))
    print(f"{name:60} {share(lines[name].values()):6.1f}% {share(branches[name].values()):8.1f}%"
          f"  {' '.join(map(str, missing))}{' | branches: ' + ' '.join(map(str, half)) if half else ''}")
line_share = share([count for each in lines.values() for count in each.values()])
branch_share = share([count for each in branches.values() for count in each.values()])
print(f"{'all':60} {line_share:6.1f}% {branch_share:8.1f}%")
if not lines:
    sys.exit("nothing was measured")
sys.exit(0 if line_share >= least_lines and branch_share >= least_branches else 1)
