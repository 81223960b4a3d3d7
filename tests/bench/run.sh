#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/bench/run.sh: installs what is missing, builds the benchmarks and runs them once. Prints one table of medians and
# ratios and writes build/bench/report.json. Arguments go to report.py: sh tests/bench/run.sh --only 'make_request'
#
# Built with -O2, which distributions build with; CMake's Release would be -O3: ZENWIRE_BENCH_FLAGS="-O3 -DNDEBUG".
set -eu

cd "$(dirname "$0")/../.."
sh tests/setup.sh bench
CXX=$(sh tests/setup.sh --compiler)
export CXX
flags=${ZENWIRE_BENCH_FLAGS:-"-O2 -DNDEBUG"}
cmake -S tests/bench -B build/bench -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=$flags" >/dev/null
cmake --build build/bench --parallel 2
exec python3 tests/bench/report.py build/bench "$@"
