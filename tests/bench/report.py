#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmarks of a build directory once and prints one table. Usage:

    report.py BUILD_DIR [--only REGEX] [--repetitions N] [--seconds S]

All rows of a program run interleaved in random order, N times for S seconds each; shown are the median, the smallest, and the
ratio of the medians to the first row of the group. Below the table stand the targets. Everything is also written to
BUILD_DIR/report.json. The exit code is 0 whether or not the targets are met: a busy machine misses some.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess

PORTABLE = ("sha256_portable_gcc", "sha256_portable_clang")
# What x86 calls SHA: without it OpenSSL takes its AVX2 or SSSE3 code.
WITHOUT_SHA_EXTENSIONS = {"OPENSSL_ia32cap": ":~0x20000000"}

# What Google Benchmark appends to the name of a row
OPTIONS_OF_ROW = re.compile(r"/(?:min_time|iterations|repeats|real_time|threads)\b")

REQUEST = "make_request, access key"
SEVEN = (REQUEST, "floor: 7 compressions, zenwire")
PREPARED = (REQUEST, "zenwire, prepared")

# what, at most this many times the sum of these
TARGETS = [
    (PREPARED, 1.5, [SEVEN]),
    (("verify", "zenwire"), 1.5, [PREPARED]),
    (("one exchange, without the network", "request_exchange"), 1.1,
     [PREPARED, ("parse_response, success", "zenwire")]),
    (("parse_response, success", "zenwire"), 1.0, [("parse_response, success", "simdjson on-demand, padded copy")]),
    (("parse_response, success", "zenwire"), 0.5, [("parse_response, success", "Boost.JSON, DOM on a stack buffer")]),
    (("parse_response, API error", "zenwire"), 1.0, [("parse_response, API error", "simdjson on-demand, padded copy")]),
    (("parse_response, API error", "zenwire"), 0.5,
     [("parse_response, API error", "Boost.JSON, DOM on a stack buffer")]),
    (("a page of 1000 instances", "zenwire, stream"), 1.5,
     [("a page of 1000 instances", "floor: basic_parser with an empty handler")]),
    (("a page of 1000 instances", "zenwire, container"), 1.0,
     [("a page of 1000 instances", "Boost.JSON, monotonic DOM")]),
    (("make_request, threads", "2 with one shared key"), 1 / 0.97, [("make_request, threads", "2 with a key each")]),
    *((("portable SHA-256 by %s, %d bytes" % (compiler, size), "zenwire"), 1.5,
       [("portable SHA-256 by %s, %d bytes" % (compiler, size), "OpenSSL, prefetched, without SHA extensions")])
      for compiler in ("GCC -O3", "Clang -O2") for size in (64, 256, 1024)),
]


def run(program, options, environment):
    """Runs a program of Google Benchmark; returns its context and {(group, who): {"times": [...], ...}}."""
    out = pathlib.Path(f"{program}.json")
    done = subprocess.run(
        [program, "--benchmark_enable_random_interleaving=true", f"--benchmark_out={out}",
         f"--benchmark_repetitions={options.repetitions}", f"--benchmark_min_time={options.seconds}",
         f"--benchmark_filter={options.only}", "--benchmark_display_aggregates_only=true"],
        env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{program}: exit code {done.returncode}\n{done.stderr}")
    if out.stat().st_size == 0:  # no row fits --only
        return {}, {}
    report = json.loads(out.read_text(encoding="utf-8"))
    rows = {}
    for each in report["benchmarks"]:
        if each["run_type"] != "iteration":
            continue
        if each.get("error_occurred"):
            raise SystemExit(f"{each['run_name']}: {each['error_message']}")
        name = OPTIONS_OF_ROW.split(each["run_name"])[0]
        group, who = name.split(" | ")
        row = rows.setdefault((group, who), {"index": each["family_index"], "times": [], "counters": {}})
        time = each["real_time"] if "threads:" in each["run_name"] else each["cpu_time"]
        row["times"].append(time)
        for key, value in each.items():
            if key.startswith("counter: "):
                row["counters"].setdefault(key.removeprefix("counter: "), []).append(value)
    return report["context"], dict(sorted(rows.items(), key=lambda item: item[1]["index"]))


def median(rows, key):
    return statistics.median(rows[key]["times"])


def print_table(rows):
    print(f"\n{'':54} {'median ns':>12} {'smallest':>12} {'ratio':>7}")
    first = None
    for (group, who), row in rows.items():
        if first is None or first[0] != group:
            first = (group, who)
            print(f"\n{group}")
        counters = "".join(f"   {statistics.median(values):.6g} {key}" for key, values in row["counters"].items())
        time = median(rows, (group, who))
        print(f"    {who:50} {time:12.1f} {min(row['times']):12.1f} {time / median(rows, first):7.2f}{counters}")


def check_targets(rows):
    results = []
    for what, factor, sum_of in TARGETS:
        if what in rows and all(each in rows for each in sum_of):
            ratio = median(rows, what) / sum(median(rows, each) for each in sum_of)
            results.append({"what": what, "ratio": ratio, "at most": factor, "of": sum_of, "met": ratio <= factor})
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--only", default=".")
    parser.add_argument("--repetitions", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.02)
    options = parser.parse_args()

    context, rows = run(options.build / "bench_main", options, {})
    for program in PORTABLE:
        if (options.build / program).exists():
            rows |= run(options.build / program, options, WITHOUT_SHA_EXTENSIONS)[1]
        else:
            print(f"skipped: {program} was not built, its compiler is absent")
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                if line.startswith("model name")), "unknown")
    print(f"\nprocessor: {cpu}\nbuild: {context.get('build', '?')}")
    skipped = context.get("skipped", "").split()
    if skipped:
        print(f"skipped, not installed: {', '.join(skipped)}")
    print_table(rows)

    targets = check_targets(rows)
    print("\ntargets (ratios of the medians)")
    for each in targets:
        group, who = each["what"]
        of = " + ".join(name if its_group == group else f"{its_group}: {name}" for its_group, name in each["of"])
        print(f"    {'met   ' if each['met'] else 'MISSED'} {each['ratio']:5.2f} of at most {each['at most']:4.2f}   "
              f"{group}: {who} / ({of})")
    report = options.build / "report.json"
    report.write_text(json.dumps({
        "processor": cpu, "build": context.get("build"), "skipped": skipped,
        "rows": [{"group": group, "who": who, "median_ns": median(rows, (group, who)), **row}
                 for (group, who), row in rows.items()],
        "targets": targets}, indent=1), encoding="utf-8")
    print(f"\nwritten: {report}")


if __name__ == "__main__":
    main()
