# SPDX-License-Identifier: BSL-1.0
"""check_state.py PROGRAM: fails when the program has mutable static objects of zenwire besides the one that remembers what
the processor can do."""

import subprocess
import sys

ALLOWED = "sha256_x86::support"

# The table of symbols, with the section of each: nm's letter for weak objects does not tell constants from variables.
table = subprocess.run(["objdump", "--syms", "--demangle", sys.argv[1]], check=True, capture_output=True, text=True).stdout
objects = [line for line in table.splitlines() if "zenwire::" in line]
writable = [line for line in objects if set(line.split()[:6]) & {".data", ".bss", ".tdata", ".tbss"}]
others = [line for line in writable if ALLOWED not in line]
for line in others:
    print("mutable static object:", line)
if len(others) == len(writable):
    print("not even the probe was found: this check sees nothing")
    sys.exit(1)
print(f"{len(objects)} symbols, {len(others)} mutable objects beside the probe")
sys.exit(1 if others else 0)
