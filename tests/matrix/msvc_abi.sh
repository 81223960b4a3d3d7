#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/matrix/msvc_abi.sh DIR CLANG: reads the headers and programs that use them as for 64-bit Windows with MSVC's ABI: another
# size of `long`, of wchar_t and of pointers to members, and _MSC_VER. Nothing is made of it. The C and C++ headers are this
# machine's, which such a Windows has otherwise: what is wrong in them is counted and printed, and does not matter here. Fails for
# an error or a warning below include/; and when a known fault, put back, is not found. Needs no file of Microsoft's.
set -eu

dir=$1
clang=$2
cd "$(dirname "$0")/../.."
mkdir -p "$dir"

# The standard headers of this machine, in place of those that the target would have. Clang's own stay where they are.
standard=$($clang -E -v -x c++ /dev/null 2>&1 | sed -n '/^#include </,/^End/s|^ \(/.*\)|\1|p' | grep -v '/lib/clang/' |
    sed 's/^/-isystem /')
# What libstdc++ asks its own compiler for
atomics=-D__GCC_ATOMIC_TEST_AND_SET_TRUEVAL=1
for type in BOOL CHAR CHAR8_T CHAR16_T CHAR32_T WCHAR_T SHORT INT LONG LLONG POINTER; do
    atomics="$atomics -D__GCC_ATOMIC_${type}_LOCK_FREE=2"
done

# Every header, and programs in which they are used
headers=$dir/all_headers.cpp
(cd include && find zenwire -name '*.hpp' ! -name 'boost_json*_source.hpp') | sort | sed 's/.*/#include <&>/' >"$headers"
programs="$headers tests/link/build_and_sign.cpp tests/link/send_and_read.cpp tests/link/boost_json_source.cpp
    tests/link/boost_json_parser_source.cpp"

# read_all INCLUDE: all of the complaints
read_all() {
    for program in $programs; do
        # shellcheck disable=SC2086 # lists of words; __MM_MALLOC_H: what allocates for vectors, by functions of that Windows
        $clang --target=x86_64-pc-windows-msvc -fsyntax-only -std=c++20 -fms-compatibility -fms-extensions -ferror-limit=0 \
            -Wall -Wextra -Wpedantic -D__ILP32__ -D__STRICT_ANSI__ -D_GNU_SOURCE -D__MM_MALLOC_H $atomics \
            -include stdint.h -I"$1" -isystem tests/matrix/msvc $standard "$program" 2>&1 || true
    done
}

# of_ours INCLUDE: those of them, given on standard input, that are about a file below INCLUDE
of_ours() {
    grep "^$1/.*\(error\|warning\):"
}

read_all include >"$dir/complaints"
foreign=$(grep 'error:' "$dir/complaints" | grep -v '^include/' | sort -u || true)
echo "$foreign"
echo "errors in headers of others: $(echo "$foreign" | grep -c . || true)" >"$dir/summary"
if of_ours include <"$dir/complaints"; then
    echo "the errors and warnings above are in headers of zenwire"
    exit 1
fi

# A pointer to a data member has 4 bytes there. json_schema.hpp took it for a std::ptrdiff_t once.
seeded=$dir/seeded
rm -rf "$seeded"
cp -r include "$seeded"
sed -i '/json_distance_of() noexcept {/a static_assert(sizeof(Pointer) == sizeof(std::ptrdiff_t));' \
    "$seeded/zenwire/protocol/detail/json_schema.hpp"
if ! read_all "$seeded" | of_ours "$seeded" | grep "json_schema.hpp.*error:"; then
    echo "the fault that was put back into json_schema.hpp was not found"
    exit 1
fi
