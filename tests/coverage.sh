#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/coverage.sh: builds the tests of include/ without exceptions and optimisation, runs them, and prints the coverage of
# each header. Exit code 1 when less than 99 % of the lines or 95 % of the branches of include/ ran; what counts as a branch
# is said in coverage.py. With CMAKE_CXX_COMPILER_LAUNCHER=ccache only what changed is compiled.
set -eu

cd "$(dirname "$0")/.."
build=${ZENWIRE_BUILD:-$PWD/build/coverage}
CXX=$(sh tests/setup.sh --compiler)
gcov=$(command -v "gcov-$("$CXX" -dumpversion | cut -d. -f1)" || echo gcov)
rm -rf "$build"
mkdir -p "$build"

# What runs in the compiler only cannot be seen here. Without optimisation GCC would yet emit it, unless the builtin is asked.
cat >"$build/at_run_time.hpp" <<'END'
#include <type_traits>
#include <zenwire/base/detail/bytes.hpp>
namespace std {
using ::__builtin_is_constant_evaluated;
}
namespace ZENWIRE_NAMESPACE {
using ::__builtin_is_constant_evaluated;
}
#define is_constant_evaluated __builtin_is_constant_evaluated
END
# A function that is always inlined would count its branches once for each place: here none is.
options="-std=c++20 -O0 -g --coverage -include $build/at_run_time.hpp -Dalways_inline=unused -Iinclude -Itests/injection"
# shellcheck disable=SC2089,SC2090 # the quotes are the compiler's
options="$options -DZENWIRE_TESTS_DIR=\"$PWD/tests\" -DDOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS"
export CXX options build

floors="base crypto http protocol action client testing"
throws='\bthrow |\bcatch \('

# unit NAME OPTIONS <FILES: one translation unit of these test files, if there are any
unit() {
    sources=$(cat)
    # shellcheck disable=SC2086 # a list of files
    [ -z "$sources" ] || { python3 tests/matrix/join_tests.py "$build/$1.cpp" $sources; echo "$1 $build/$1.cpp $2"; }
}
# A line for each translation unit: the name of its object, its source, its own options. The few tests that throw themselves
# need exceptions.
units() {
    for floor in $floors; do
        { grep -rlE --include='*_test.cpp' "$throws" tests/unit/"$floor" || true; } | sort | unit "unit_$floor.throwing" -fexceptions
        grep -rLE --include='*_test.cpp' "$throws" tests/unit/"$floor" | sort | unit "unit_$floor.other" -fno-exceptions
    done
    ls tests/unit/crypto/*_test.cpp | unit portable_crypto "-fno-exceptions -DZENWIRE_NO_INTRINSICS"
    for source in tests/fuzz/*_fuzz.cpp; do
        echo "$(basename "$source" .cpp) $source -fno-exceptions"
    done
    for source in tests/conformance/check_*.cpp tests/injection/injection_test.cpp tests/injection/small_memory_test.cpp; do
        echo "$(basename "$source" .cpp) $source"
    done
    echo "limits_test tests/injection/limits_test.cpp -fno-exceptions -DZENWIRE_LIMITS_HEADER=<tiny_limits.hpp>"
    echo "workflow_property_test tests/property/workflow_property_test.cpp -fno-exceptions"
    echo "main tests/unit/main.cpp -fno-exceptions"
    echo "replay tests/fuzz/replay.cpp"
    echo "throw_exception tests/link/throw_exception.cpp -fno-exceptions"
}
# shellcheck disable=SC2016 # the inner shell expands
units | xargs -P 2 -L 1 sh -c '
    object=$0
    source=$1
    shift
    ${CMAKE_CXX_COMPILER_LAUNCHER:-} $CXX $options "$@" -c "$source" -o "$build/$object.o" ||
        { echo "does not build: $source" >&2; exit 1; }'

# link PROGRAM OBJECT...
link() {
    program=$1
    shift
    # asked for by tests/unit/aborts.hpp
    $CXX --coverage -Wl,-u,__gcov_dump "$@" "$build/throw_exception.o" -lboost_json -lboost_container -lboost_system -lcrypto -pthread \
        -o "$build/$program"
}
run() {
    program=$1
    shift
    echo "$program" "$@"
    "$build/$program" "$@" >"$build/$program.log" 2>&1 || { echo "failed: $program, see $build/$program.log" >&2; exit 1; }
}

for floor in $floors; do
    link "unit_$floor" "$build/unit_$floor".*.o "$build/main.o"
    run "unit_$floor"
done
for name in portable_crypto injection_test small_memory_test limits_test; do
    link $name "$build/$name.o" "$build/main.o"
    run $name
done
link workflow_property_test "$build/workflow_property_test.o"
run workflow_property_test 300
for kind in vectors responses; do
    link check_$kind "$build/check_$kind.o"
    for file in tests/$kind/*.jsonl; do
        run check_$kind "$file"
    done
done
link check_instances "$build/check_instances.o"
python3 tests/data/make_instances.py 50 1 >"$build/instances.json"
run check_instances "$build/instances.json"
for source in tests/fuzz/*_fuzz.cpp; do
    name=$(basename "$source" .cpp)
    link "$name" "$build/$name.o" "$build/replay.o"
    run "$name" "tests/fuzz/corpus/${name%_fuzz}"
done

python3 tests/coverage.py "$gcov" "$build" 99 95
