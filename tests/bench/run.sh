#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/bench/run.sh: installs what is missing, builds the benchmarks and runs them once. Prints one table of medians and
# ratios and writes build/bench/report.json. Arguments go to report.py: sh tests/bench/run.sh --only 'make_request'
#
# Built with -O2, which distributions build with; CMake's Release would be -O3: ZENWIRE_BENCH_FLAGS="-O3 -DNDEBUG".
# ZENWIRE_BENCH_DIR is another directory than build/bench.
set -eu

cd "$(dirname "$0")/../.."
sh tests/setup.sh bench
CXX=$(sh tests/setup.sh --compiler)
export CXX
build=${ZENWIRE_BENCH_DIR:-build/bench}
flags=${ZENWIRE_BENCH_FLAGS:-"-O2 -DNDEBUG"}
cmake -S tests/bench -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=$flags" >/dev/null
cmake --build "$build" --parallel 2
exec python3 tests/bench/report.py "$build" "$@"
