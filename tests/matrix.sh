#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/matrix.sh [ROW...]: runs the rows that are named, or all; sh tests/matrix.sh --list names them;
# sh tests/matrix.sh --with COMPILER FLAG...: what most rows do, with another compiler that is here.
#
#   row                     compiler and target                     options and what runs
#   ----------------------  --------------------------------------  ------------------------------------------------------
#   gcc-cxx20-O0            GCC 12, x86-64                          -std=c++20 -O0
#   gcc-cxx23-O3            GCC 12, x86-64                          -std=c++23 -O3 -Wno-restrict: GCC 12 (bug 105651) takes
#                                                                   "text" + std::string() for a copy onto itself
#   gcc-Os                  GCC 12, x86-64                          -std=c++20 -Os -Wsign-conversion -Wuseless-cast
#   gcc-no-exceptions       GCC 12, x86-64                          -std=c++20 -O1 -fno-exceptions -fno-rtti
#   gcc-hardened            GCC 12, x86-64                          -std=c++20 -O1, libstdc++'s debug mode, _FORTIFY_SOURCE=2
#   gcc-sanitizers          GCC 12, x86-64                          -std=c++20 -O1 -fsanitize=address,undefined
#                                                                   -Wno-maybe-uninitialized, whose false alarms under
#                                                                   sanitizers GCC's manual announces
#   gcc-m32                 GCC 12, 32-bit x86                      -std=c++20 -O2 -m32 -mfpmath=sse: x87 rounds twice
#   clang-cxx20-O0          Clang 14, x86-64                        -std=c++20 -O0
#   clang-cxx23-O3          Clang 14, x86-64                        -std=c++2b -O3
#   clang-no-exceptions     Clang 14, x86-64                        -std=c++20 -O1 -fno-exceptions -fno-rtti
#   clang-sanitizers        Clang 14, x86-64                        -std=c++20 -O1 -fsanitize=address,undefined
#   libcxx-cxx20            Clang 19 with libc++, x86-64            -std=c++20 -O1, libc++'s debug hardening
#   libcxx-cxx23            Clang 19 with libc++, x86-64            -std=c++23 -O2
#   s390x                   GCC 12, s390x: big-endian               -std=c++20 -O1, under qemu-user
#   armhf                   GCC 12, 32-bit ARM                      -std=c++20 -O1, under qemu-user
#   aarch64                 GCC 12, 64-bit ARM                      -std=c++20 -O1, under qemu-user
#   boost-1.83              GCC 12, x86-64                          -std=c++20 -O1, with the headers of Boost 1.83, 1.88 and
#   boost-1.88                                                      the newest of Debian sid (tests/matrix/boost_headers.sh)
#   boost-newest                                                    in place of the system's; then the quick start, by CMake
#   mingw                   GCC 12, mingw-w64, 64-bit Windows       -std=c++20 -O1, under wine
#   wasm32                  Clang 19 with libc++, WebAssembly       -std=c++20 -O1 -fno-exceptions -fno-rtti, under node.
#                                                                   Debian's libc++ for it has no exceptions, no threads and
#                                                                   no files: left out are, besides the tests that throw,
#                                                                   those of what aborts and of system_runtime
#   msvc-abi                Clang 19, MSVC's ABI, 64-bit Windows    -std=c++20, read only: tests/matrix/msvc_abi.sh
#   rv32                    GCC 12, 32-bit RISC-V, no system        -std=c++20 -Os -fno-exceptions -fno-rtti: the programs of
#                                                                   tests/firmware whose sizes are compared are compiled and
#                                                                   linked, not run. Debian has no C++ library for RISC-V:
#                                                                   libstdc++'s headers are those for ARM
#   release                 GCC 12, x86-64                          the whole project as users build it, with each of CMake's
#                                                                   build types and with none: no warning; the quick tests
#   cortex-m4               GCC 12, Cortex-M4, newlib, no system    -std=c++20 -Os -fno-exceptions -fno-rtti: the firmware
#                                                                   of tests/firmware, run by qemu-system-arm, and its
#                                                                   numbers against their limits
#   debian13                GCC 14, an empty Debian 13              sh tests/demo.sh && sh tests/run.sh, as a newcomer
#   debian13-demo           the same                                sh tests/demo.sh alone
#   sid                     GCC 16, an empty Debian sid             sh tests/demo.sh && sh tests/run.sh, as a newcomer
#   gcc14                   GCC 14, in a Debian 13                  -std=c++20 -O0, -std=c++23 -O2
#   gcc15                   GCC 15, in a Debian sid                 -std=c++20 -O0, -std=c++23 -O1, -std=c++26 -O0
#   clang-newest            sid's newest Clang, in a Debian sid     the same, with libstdc++ and with libc++
#
# The rows from debian13 on happen in a root of that system (tests/matrix/root.sh); a test that is skipped there must be named by
# tests/docs/platforms.md. The other rows but cortex-m4, and gcc14 to clang-newest, run the unit tests, check_vectors, check_responses and the checks of the firmware, built by
# tests/matrix/CMakeLists.txt with -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Werror. Rows without
# exceptions leave out check_vectors, check_responses and the tests that throw.
#
# What is missing (tests/packages/matrix.txt) is installed first, unless ZENWIRE_NO_INSTALL=1. A row whose tools are not
# there, or cannot build a program for its target, prints SKIPPED; with ZENWIRE_CI=1 it fails. All is built below
# build/matrix, or ZENWIRE_MATRIX_DIR. The exit code is 0 when no row failed.
set -eu

cd "$(dirname "$0")/.."
build_dir=${ZENWIRE_MATRIX_DIR:-build/matrix}
rows=$(sed -n -e '/^#   ---/,/^#$/s/^#   \([a-z][a-z0-9A-Z.-]*\) .*/\1/p' "tests/matrix.sh")

# has COMMAND...: are all of these there? If not, the row is skipped.
has() {
    for tool in "$@"; do
        if ! command -v "$tool" >/dev/null; then
            echo "no $tool"
            return 77
        fi
    done
}

# can_build COMPILER FLAGS: is there all that a program for this target needs, its standard library above all?
can_build() {
    # shellcheck disable=SC2086 # a list of words
    if ! echo 'int main() { return static_cast<int>(std::string().size()); }' |
        "$1" $2 -include string -x c++ - -o "$build_dir/$row.probe"; then
        echo "$1 cannot build a program with $2"
        return 77
    fi
}

# hosted COMPILER FLAGS [CMAKE ARGUMENT...]: builds and runs all tests of tests/matrix
hosted() {
    compiler=$1
    flags=$2
    shift 2
    has "$compiler" cmake ninja python3 && can_build "$compiler" "$flags" || return
    cmake -S tests/matrix -B "$build_dir/$row" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" \
        -DZENWIRE_WERROR=ON "$@" &&
        cmake --build "$build_dir/$row" --parallel 2 &&
        ctest --test-dir "$build_dir/$row" --parallel 2 --output-on-failure --no-tests=error
}

# emulated TRIPLET EMULATOR: the same for another processor
emulated() {
    has "$2" || return
    hosted "$1-g++-12" "-std=c++20 -O1 -Wno-psabi" \
        -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="${1%%-*}" "-DCMAKE_CROSSCOMPILING_EMULATOR=$2;-L;/usr/$1"
}

# with_boost VERSION: all tests with another Boost, whose deprecated names are errors; and a user's program by CMake
with_boost() {
    has g++-12 cmake ninja python3 || return
    boost=$(sh tests/matrix/boost_headers.sh "$build_dir/boost" "$1") || return
    hosted g++-12 "-std=c++20 -O1" -DZENWIRE_MATRIX_BOOST_INCLUDE="$boost" || return
    # The system's Boost is still there: a header that the other one has no more would come from it.
    if ninja -C "$build_dir/$row" -t deps | grep " /usr/include/boost/"; then
        echo "the system's Boost was read too"
        return 1
    fi
    # Deprecated names are errors anyway; of a whole header that is deprecated Boost only says so.
    # (-q: what it finds would go into the file that it reads.)
    if grep -q "pragma message.*deprecated" "$log"; then
        echo "a header of Boost is deprecated: see 'pragma message' above"
        return 1
    fi
    for way in install cmake_header_only; do
        CXX=g++-12 Boost_DIR=$(dirname "$boost"/../lib/*/cmake/Boost-*/BoostConfig.cmake) \
            python3 tests/consumer/check_consumer.py "$way" "$build_dir/$row-consumer" || return
    done
}

# in_root SUITE COMMANDS: runs them in an empty root of that Debian
in_root() {
    sh tests/matrix/root.sh "$build_dir/roots" "$row" "$@"
}

# hosted_in_root SUITE PACKAGES OPTIONS...: all tests of tests/matrix there, once for each of OPTIONS, which are a compiler's name
# and its flags. In both, NEWEST stands for the number of the newest Clang that this Debian has.
hosted_in_root() {
    suite=$1
    commands="set -eu; apt-get update -qq
        newest=\$(apt-cache pkgnames clang- | sed -n 's/^clang-\([0-9]*\)\$/\1/p' | sort -n | tail -n 1)
        packages=\$(echo '$2' | sed \"s/-NEWEST/-\$newest/g\")
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends cmake ninja-build python3 \\
            doctest-dev libboost-dev \$packages >/dev/null"
    shift 2
    for options in "$@"; do
        commands="$commands
            options=\$(echo '$options' | sed \"s/-NEWEST/-\$newest/g\")
            sh tests/matrix.sh --with \$options"
    done
    in_root "$suite" "$commands"
}

windows() {
    has wine wineserver || return
    WINEPREFIX=$(cd "$build_dir" && pwd)/wine
    WINEDEBUG=-all
    export WINEPREFIX WINEDEBUG
    # Wine's services stay until the end: those that a test starts hold the pipe to ctest, which then waits for them.
    wineserver --persistent || return
    result=0
    wine wineboot --init && hosted x86_64-w64-mingw32-g++-posix "-std=c++20 -O1 -static" \
        -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_CROSSCOMPILING_EMULATOR=wine || result=$?
    wineserver --kill
    return "$result"
}

webassembly() {
    has node || return
    # A stack larger than the linker's 64 KiB, which an overflow would leave in silence: the tests' own objects are large.
    linked="-lwasi-emulated-signal -Wl,-z,stack-size=1048576,--stack-first -Wno-unused-command-line-argument"
    hosted clang++-19 \
        "-std=c++20 -O1 --target=wasm32-wasi -D_WASI_EMULATED_SIGNAL -isystem $PWD/tests/matrix/wasi $linked" \
        -DZENWIRE_MATRIX_EXCEPTIONS=OFF "-DZENWIRE_MATRIX_LEAVE_OUT=(aborts|system_runtime)\\.hpp" \
        -DCMAKE_SYSTEM_NAME=WASI "-DCMAKE_CROSSCOMPILING_EMULATOR=node;--no-warnings;$PWD/tests/matrix/run_wasi.mjs"
}

# What the arguments print, beside the result of the row
note() {
    "$@" | sed 's/^/NOTE    /'
}

msvc_abi() {
    has clang++-19 || return
    sh tests/matrix/msvc_abi.sh "$build_dir/$row" clang++-19 && note tail -n 1 "$build_dir/$row/summary"
}

riscv() {
    compiler=riscv64-unknown-elf-g++
    has "$compiler" arm-none-eabi-g++ || return
    mkdir -p "$build_dir/$row/system_include"
    ln -sfn /usr/include/boost "$build_dir/$row/system_include/boost"
    standard=$(arm-none-eabi-g++ -E -v -x c++ /dev/null 2>&1 |
        sed -n '/^#include </,/^End/s|^ \(/.*/c++/.*\)|-isystem \1|p')
    target="-march=rv32imac -mabi=ilp32 --specs=picolibc.specs"
    # shellcheck disable=SC2086 # a list of words
    if [ -z "$standard" ] || ! echo '#include <stdlib.h>' | "$compiler" $target -fsyntax-only -x c -; then
        echo "no C library for RISC-V, or no C++ headers for ARM"
        return 77
    fi
    for parts in 0 1 2; do
        # shellcheck disable=SC2086 # lists of words; what abort() would call is never reached
        "$compiler" $target -std=c++20 -Os -DNDEBUG -flto=auto -ffunction-sections -fdata-sections \
            -fno-threadsafe-statics -fno-exceptions -fno-rtti -Wall -Wextra -Wpedantic -Wconversion -Wshadow \
            -Wold-style-cast -Werror -Iinclude -nostdinc++ -isystem "$build_dir/$row/system_include" $standard \
            -DZENWIRE_PARTS=$parts tests/firmware/size.cpp tests/firmware/never_called.cpp \
            tests/link/boost_json_parser_source.cpp -nostdlib -nostartfiles -Wl,--gc-sections,-e,_Z7programv \
            -Wl,--defsym,_exit=0,--defsym,kill=0,--defsym,getpid=0 -Wl,--start-group -lc -lgcc -Wl,--end-group \
            -o "$build_dir/$row/size_$parts.elf" || return
    done
    size_of() { riscv64-unknown-elf-size "$build_dir/$row/size_$1.elf" | awk 'NR == 2 { print $1 + $2 }'; }
    empty=$(size_of 0)
    note echo "bytes of code and constants: to build and sign $(($(size_of 1) - empty))," \
        "to read as well $(($(size_of 2) - empty))"
}

# As users build it: their compiler by the environment, no option but the build type
release() {
    has g++-12 cmake ninja python3 || return
    for type in '' Debug Release RelWithDebInfo MinSizeRel; do
        build=$build_dir/$row/${type:-none}
        CXX=g++-12 cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE="$type" &&
            cmake --build "$build" --parallel 2 >"$build.log" 2>&1 || { cat "$build.log" && return 1; }
        if grep -A 5 'warning:' "$build.log"; then
            echo "a build of type '$type' should be without warnings"
            return 1
        fi
        ctest --test-dir "$build" --parallel 2 --output-on-failure --no-tests=error -R '^(unit_|check_|link)' || return
    done
}

firmware() {
    has arm-none-eabi-g++ qemu-system-arm cmake ninja python3 || return
    cmake -S tests/firmware -B "$build_dir/$row" -G Ninja -DCMAKE_CXX_COMPILER=arm-none-eabi-g++ \
        -DZENWIRE_WERROR=ON &&
        cmake --build "$build_dir/$row" --parallel 2 &&
        python3 tests/firmware/numbers.py "$build_dir/$row"
}

run_row() {
    sanitizers="-std=c++20 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
    case $1 in
    gcc-cxx20-O0) hosted g++-12 "-std=c++20 -O0" ;;
    gcc-cxx23-O3) hosted g++-12 "-std=c++23 -O3 -Wno-restrict" ;;
    gcc-Os) hosted g++-12 "-std=c++20 -Os -Wsign-conversion -Wuseless-cast" ;;
    gcc-no-exceptions) hosted g++-12 "-std=c++20 -O1" -DZENWIRE_MATRIX_EXCEPTIONS=OFF ;;
    gcc-hardened)
        hosted g++-12 "-std=c++20 -O1 -D_GLIBCXX_ASSERTIONS -D_GLIBCXX_DEBUG -D_GLIBCXX_DEBUG_PEDANTIC -D_FORTIFY_SOURCE=2"
        ;;
    gcc-sanitizers) hosted g++-12 "$sanitizers -Wno-maybe-uninitialized" ;;
    gcc-m32) hosted g++-12 "-std=c++20 -O2 -m32 -msse2 -mfpmath=sse -idirafter /usr/include/x86_64-linux-gnu" ;;
    clang-cxx20-O0) hosted clang++-14 "-std=c++20 -O0" ;;
    clang-cxx23-O3) hosted clang++-14 "-std=c++2b -O3" ;;
    clang-no-exceptions) hosted clang++-14 "-std=c++20 -O1" -DZENWIRE_MATRIX_EXCEPTIONS=OFF ;;
    clang-sanitizers) hosted clang++-14 "$sanitizers" ;;
    libcxx-cxx20)
        hosted clang++-19 "-std=c++20 -O1 -stdlib=libc++ -D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_DEBUG"
        ;;
    libcxx-cxx23) hosted clang++-19 "-std=c++23 -O2 -stdlib=libc++" ;;
    s390x) emulated s390x-linux-gnu qemu-s390x ;;
    armhf) emulated arm-linux-gnueabihf qemu-arm ;;
    aarch64) emulated aarch64-linux-gnu qemu-aarch64 ;;
    boost-*) with_boost "${1#boost-}" ;;
    mingw) windows ;;
    wasm32) webassembly ;;
    msvc-abi) msvc_abi ;;
    rv32) riscv ;;
    release) release ;;
    cortex-m4) firmware ;;
    debian13) in_root trixie "sh tests/demo.sh && ZENWIRE_CI=1 sh tests/run.sh" ;;
    debian13-demo) in_root trixie "sh tests/demo.sh" ;;
    sid) in_root sid "sh tests/demo.sh && ZENWIRE_CI=1 sh tests/run.sh" ;;
    gcc14) hosted_in_root trixie g++-14 "g++-14 -std=c++20 -O0" "g++-14 -std=c++23 -O2" ;;
    gcc15) hosted_in_root sid g++-15 "g++-15 -std=c++20 -O0" "g++-15 -std=c++23 -O1" "g++-15 -std=c++26 -O0" ;;
    clang-newest)
        clang="clang++-NEWEST"
        hosted_in_root sid "clang-NEWEST libclang-rt-NEWEST-dev g++ libc++-NEWEST-dev libc++abi-NEWEST-dev" \
            "$clang -std=c++20 -O0" "$clang -std=c++23 -O1" "$clang -std=c++26 -O0" \
            "$clang -std=c++20 -O0 -stdlib=libc++" "$clang -std=c++23 -O1 -stdlib=libc++" \
            "$clang -std=c++26 -O0 -stdlib=libc++"
        ;;
    *)
        echo "no such row: $1" >&2
        return 2
        ;;
    esac
}

if [ "${1:-}" = --list ]; then
    echo "$rows"
    exit 0
fi
if [ "${1:-}" = --with ]; then
    # --with COMPILER FLAG...: what a row does, with this compiler, aloud
    compiler=$2
    shift 2
    row=$(echo "$compiler$*" | tr -cd 'a-z0-9+-')
    mkdir -p "$build_dir"
    echo "---- $compiler $*"
    hosted "$compiler" "$*"
    exit
fi
if [ "$#" = 0 ]; then
    # shellcheck disable=SC2086 # a list of words
    set -- $rows
fi
if [ "${ZENWIRE_NO_INSTALL:-}" != 1 ]; then
    sh tests/setup.sh tests matrix || echo "not all packages could be installed: rows that need them cannot run" >&2
fi

mkdir -p "$build_dir"
failed=
for row in "$@"; do
    log=$build_dir/$row.log
    started=$(date +%s)
    status=0
    run_row "$row" >"$log" 2>&1 || status=$?
    seconds=$(($(date +%s) - started))
    if [ "$status" = 0 ]; then
        echo "PASSED  $row ($seconds s)"
        sed -n 's/^NOTE/    /p' "$log"
    elif [ "$status" = 77 ] && [ "${ZENWIRE_CI:-}" != 1 ]; then
        echo "SKIPPED $row: $(tail -n 1 "$log")"
    else
        tail -n 60 "$log"
        echo "FAILED  $row ($seconds s), see $log"
        failed="$failed $row"
    fi
done
if [ -n "$failed" ]; then
    echo "rows that failed:$failed" >&2
    exit 1
fi
