#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures what zenwire costs over each HTTP stack. Usage:

    measure_stacks.py BUILD_DIR [--short] [--only TEXT] [--record]

Each row sends exchanges to a server in another process, over the loopback: in turn with zenwire (signed, sent, read) and with a
request that was made before and a response that nobody reads. Shown is the processor's time of the client for an exchange, as
a median, and the median of the ratios of neighbours with its confidence of 95 %. --short sees only whether it works. --record writes
record.tsv beside this file and the tables of tests/docs/stacks.md. Exit code 77: nothing is built.
"""

import argparse
import json
import math
import pathlib
import resource
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "stacks.md"
RECORD = HERE / "record.tsv"
SKIPPED = 77

# Program, stack, rounds over http and over https. Rounds are short and many, so that both of a pair run under the same load.
ONE_BY_ONE = [
    ("stack_bench", "posix", 4000, 4000),
    ("stack_bench", "curl", 1000, 400),
    ("stack_bench", "httplib", 1000, 400),
    ("stack_bench", "beast", 1000, 400),
    ("stack_bench_uv", "uv", 1000, 400),
    ("stack_bench_poll", "poll", 1000, 400),
    ("stack_bench_soup", "soup", 600, 100),
    ("stack_bench_qt5", "qt", 400, 200),
    ("stack_bench_qt6", "qt", 400, 200),
]
IN_A_ROUND = {"http": 10, "https": 5}
AT_ONCE = [("stack_bench", "curl_multi"), ("stack_bench", "beast"), ("stack_bench_uv", "uv")]
# requests at once: how often in a round, rounds over http and over https
IN_FLIGHT = {1: (10, {"http": 600, "https": 300}), 100: (1, {"http": 100, "https": 40}), 10000: (1, {"http": 10, "https": 1})}


KEYS = ("stack", "scheme", "in_flight")
ORDER = [(program.replace("stack_bench_", "") if stack == "qt" else stack, scheme, "one by one")
         for program, stack, *_ in ONE_BY_ONE for scheme in ("http", "https")]
ORDER += [(stack, scheme, str(count)) for _, stack in AT_ONCE for count in IN_FLIGHT for scheme in ("http", "https")]


class Server:
    """The server of the benchmark; it responds when `hold` requests wait."""

    def __init__(self, program, hold=1):
        self.process = subprocess.Popen([program, str(hold)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        http, https, self.trusted = self.process.stdout.readline().split()
        self.endpoints = {"http": f"http://127.0.0.1:{http}", "https": f"https://127.0.0.1:{https}"}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.most = int(self.process.stdout.read())
        self.process.wait()


def run(program, server, stack, how, count, times, rounds, scheme, *mode):
    """Returns the lines of the rounds, and the growth in bytes."""
    done = subprocess.run([program, stack, how, str(count), str(times), str(rounds), server.endpoints[scheme],
                           server.trusted, *mode], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{program.name} {stack} {how} {count} over {scheme} failed: {done.returncode}\n{done.stderr}")
    *lines, growth = done.stdout.splitlines()
    return [[int(number) for number in line.split()] for line in lines], int(growth)


def summary(rounds):
    ratios = sorted(with_it / without for with_it, without, _ in rounds)
    # order statistics: with a confidence of 95 % the true median is between these two
    reach = 0.98 * len(ratios) ** 0.5
    low = max(0, math.floor(len(ratios) / 2 - reach))
    high = min(len(ratios) - 1, math.ceil(len(ratios) / 2 + reach))
    return {"with_us": statistics.median(r[0] for r in rounds) / 1000,
            "without_us": statistics.median(r[1] for r in rounds) / 1000,
            "ratio": statistics.median(ratios), "low": ratios[low], "high": ratios[high],
            "per_second": 1e9 / statistics.median(r[2] for r in rounds)}


def name_of(program, stack):
    return program.name.replace("stack_bench_", "") if stack == "qt" else stack


def measure_one_by_one(program, server_program, stack, rounds):
    with Server(server_program) as server:
        for scheme, many in zip(("http", "https"), rounds):
            row = summary(run(program, server, stack, "one_by_one", IN_A_ROUND[scheme], 1, many, scheme)[0])
            yield {"stack": name_of(program, stack), "scheme": scheme, "in_flight": "one by one", **row}


def measure_at_once(program, server_program, stack, count, times, rounds):
    descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    for scheme in ("http", "https"):
        row = {"stack": stack, "scheme": scheme, "in_flight": str(count)}
        if descriptors != resource.RLIM_INFINITY and descriptors < count + 100:
            yield {**row, "skipped": f"a process may have only {descriptors} descriptors"}
            continue
        with Server(server_program, count) as server:
            row |= summary(run(program, server, stack, "at_once", count, times, rounds[scheme], scheme)[0])
            for mode in ("with", "without"):
                _, growth = run(program, server, stack, "at_once", count, 1, 1, scheme, mode)
                row[f"{mode}_kib"] = growth / count / 1024
        if server.most != count:
            sys.exit(f"{stack}, {scheme}: {server.most} were in flight, not {count}")
        yield row


def measure(folder, options):
    server = folder / "stack_server"
    for program, stack, *rounds in ONE_BY_ONE:
        path = folder / program
        if options.only in f"{program} {stack} one by one" and path.exists():
            yield from measure_one_by_one(path, server, stack, (2, 2) if options.short else rounds)
    for program, stack in AT_ONCE:
        for count, (times, rounds) in IN_FLIGHT.items():
            path = folder / program
            if options.only in f"{program} {stack} {count} at once" and path.exists():
                if options.short:
                    count, times, rounds = min(count, 200), 1, {"http": 1, "https": 1}
                yield from measure_at_once(path, server, stack, count, times, rounds)


def cells(row):
    if "skipped" in row:
        return [row["stack"], row["scheme"], row["in_flight"], f"skipped: {row['skipped']}"]
    memory = [f"{row['with_kib']:.1f}", f"{row['without_kib']:.1f}"] if "with_kib" in row else []
    return [row["stack"], row["scheme"], row["in_flight"], f"{row['with_us']:.1f}", f"{row['without_us']:.1f}",
            f"{(row['ratio'] - 1) * 100:+.1f} %", f"{(row['low'] - 1) * 100:+.1f} and {(row['high'] - 1) * 100:+.1f}",
            f"{row['per_second']:.0f}", *memory]


def table(rows, *memory):
    head = ["stack", "over", "in flight", "with zenwire, us", "ready-made, us", "more", "with 95 %, between", "exchanges/s",
            *memory]
    lines = [head, ["---"] * len(head), *map(cells, rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def key_of(row):
    return row["stack"], row["scheme"], row["in_flight"]


def read_record():
    head, *lines = RECORD.read_text(encoding="utf-8").splitlines()[1:] if RECORD.exists() else [""]
    rows = ({name: value for name, value in zip(head.split("\t"), line.split("\t")) if value} for line in lines)
    return {key_of(row): {name: value if name in KEYS else float(value) for name, value in row.items()} for row in rows}


def write_record(measured):
    """Rows that were not measured this time stay as they were."""
    rows = read_record() | {key_of(row): row for row in measured if "skipped" not in row}
    rows = [row for _, row in sorted(rows.items(), key=lambda item: ORDER.index(item[0]))]
    names = [*KEYS, *sorted({name for row in rows for name in row} - set(KEYS))]
    lines = ["\t".join(names)]
    for row in rows:
        values = (row.get(name, "") for name in names)
        lines.append("\t".join(f"{value:.3f}" if isinstance(value, float) else value for value in values))
    RECORD.write_text("# by measure_stacks.py --record\n" + "\n".join(lines) + "\n", encoding="utf-8")
    page = PAGE.read_text(encoding="utf-8")
    for mark, text in (("one by one", table([row for row in rows if row["in_flight"] == "one by one"])),
                       ("in flight", table([row for row in rows if row["in_flight"] != "one by one"], "with zenwire, KiB",
                                           "ready-made, KiB"))):
        begin, end = f"<!-- {mark}: by measure_stacks.py --record -->\n", f"<!-- end of {mark} -->"
        page = page[:page.index(begin) + len(begin)] + text + page[page.index(end):]
    PAGE.write_text(page, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    folder = options.folder.resolve()
    if not (folder / "stack_server").exists() and (folder / "tests/bench/stacks/stack_server").exists():
        folder = folder / "tests/bench/stacks"
    if not (folder / "stack_server").exists():
        print("skipped: nothing is built")
        return SKIPPED
    rows = []
    for row in measure(folder, options):
        print(*cells(row), sep="  ", flush=True)
        rows.append(row)
    if not rows:
        sys.exit("no row has that in its name")
    (folder / "stacks.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    if options.record:
        write_record(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
