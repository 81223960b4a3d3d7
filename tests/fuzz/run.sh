#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/fuzz/run.sh SECONDS: builds all fuzzers and runs them for SECONDS in all, two at a time, each as long as the
# others. New inputs and what broke are kept in build/tests/tests/fuzz/NAME/. Exit code 1 when an invariant broke.
set -eu

cd "$(dirname "$0")/../.."
seconds=${1:?how many seconds in all?}
fuzz=$PWD/tests/fuzz
build=${ZENWIRE_BUILD:-$PWD/build/tests}
CXX=$(sh tests/setup.sh --compiler)
export CXX
cmake -S . -B "$build" -G Ninja >/dev/null
cmake --build "$build" --parallel 2 --target fuzzers

names=$(cd "$fuzz" && ls -- *_fuzz.cpp | sed 's/_fuzz\.cpp$//')
count=$(echo "$names" | wc -l)
each=$((seconds * 2 / count))
[ "$each" -gt 0 ] || each=1
echo "$count fuzzers, $each s each, two at a time"

export fuzz build each
# shellcheck disable=SC2016 # the inner shell expands
echo "$names" | xargs -P 2 -n 1 sh -c '
    dictionary=
    for file in "$fuzz/$0.dict" "$fuzz/parse_response.dict"; do
        [ -z "$dictionary" ] && [ -f "$file" ] && dictionary="-dict=$file"
    done
    work=$build/tests/fuzz/$0
    if "$build/tests/fuzz/$0_fuzz" -max_total_time="$each" -timeout=10 -max_len=4096 -print_final_stats=1 $dictionary \
        -artifact_prefix="$work/" "$work" "$fuzz/corpus/$0" >"$work.log" 2>&1; then
        echo "$0: $(grep -o "number_of_executed_units: [0-9]*" "$work.log"), nothing found"
    else
        echo "$0: BROKEN, see $work.log"
        grep -E "^broken|ERROR|Test unit" "$work.log"
        exit 1
    fi'
