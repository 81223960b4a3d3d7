#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/coverage.sh: builds the unit tests and the conformance checks without exceptions and optimisation, runs them, and
# prints the coverage of each header. Exit code 1 when less than 99 % of the lines or 95 % of the branches of include/ ran.
# Branches that only an exception takes do not count.
set -eu

cd "$(dirname "$0")/.."
build=${ZENWIRE_BUILD:-$PWD/build/coverage}
CXX=${CXX:-$(command -v g++-12 || echo c++)}
gcov=$(command -v "gcov-$("$CXX" -dumpversion | cut -d. -f1)" || echo gcov)
mkdir -p "$build"
find "$build" -name '*.gcda' -delete

options="-std=c++20 -O0 -g --coverage -Iinclude -DZENWIRE_TESTS_DIR=\"$PWD/tests\""
options="$options -DDOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS"
export CXX options build

# shellcheck disable=SC2016 # the inner shell expands
{
    find tests/unit -name '*.cpp'
    ls tests/conformance/check_*.cpp
    ls tests/fuzz/*_fuzz.cpp
} | xargs -P 2 -n 1 sh -c '
    object=$build/$(echo "$0" | tr / _).o
    # without exceptions, but for the few tests that throw themselves
    grep -qE "\\bthrow |\\bcatch \\(" "$0" || options="$options -fno-exceptions"
    ${CMAKE_CXX_COMPILER_LAUNCHER:-} $CXX $options -c "$0" -o "$object" || { echo "does not build: $0" >&2; exit 1; }'
for source in tests/link/throw_exception.cpp tests/fuzz/replay.cpp; do
    $CXX -std=c++20 -O0 -Iinclude $([ "$source" = tests/link/throw_exception.cpp ] && echo -fno-exceptions) \
        -c "$source" -o "$build/$(basename "$source" .cpp).o"
done

libraries="-lboost_json -lboost_container -lboost_system -lcrypto -pthread"
run() {
    program=$1
    shift
    echo "$program"
    "$build/$program" "$@" >"$build/$program.log" 2>&1 || { echo "failed: $program, see $build/$program.log" >&2; exit 1; }
}
# shellcheck disable=SC2086 # lists of words
for floor in base crypto http protocol action client testing; do
    $CXX --coverage "$build"/tests_unit_main.cpp.o "$build"/tests_unit_${floor}_*.o "$build/throw_exception.o" $libraries \
        -o "$build/unit_$floor"
    run "unit_$floor"
done
# shellcheck disable=SC2086
for kind in vectors responses; do
    $CXX --coverage "$build/tests_conformance_check_$kind.cpp.o" "$build/throw_exception.o" $libraries \
        -o "$build/check_$kind"
    for file in tests/$kind/*.jsonl; do
        run "check_$kind" "$file"
    done
done
# shellcheck disable=SC2086
for source in tests/fuzz/*_fuzz.cpp; do
    name=$(basename "$source" _fuzz.cpp)
    $CXX --coverage "$build/tests_fuzz_${name}_fuzz.cpp.o" "$build/replay.o" "$build/throw_exception.o" $libraries \
        -o "$build/fuzz_$name"
    run "fuzz_$name" "tests/fuzz/corpus/$name"
done

python3 tests/coverage.py "$gcov" "$build" 99 95
