#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/setup.sh LIST...      says what the lists tests/packages/LIST.txt want, and installs what is missing of it
# sh tests/setup.sh --compiler   prints the C++ compiler to build with: that of CXX, else the first good one of this machine
#
# ZENWIRE_NO_INSTALL=1 forbids to install: then what is missing is named, and the exit code is 1 when nothing works without.
#
# A line of a list is something that is wanted: Debian's packages that give it, of which the first that the system has is
# installed, and one that is installed already is enough:
#
#   PACKAGE | PACKAGE (>= VERSION) | nothing
#
# `nothing` comes last: the system may be without. Before it may stand what else gives it, from wherever it came:
#
#   compiler: ...           a C++ compiler that is good enough: GCC 12, Clang 14 or newer, with the C++ library
#   boost: ...              Boost's headers, 1.81 or newer
#   boost-json: ...         the same, and the library of Boost.JSON
#   command NAME...: ...    one of these commands
#
# Where there is no apt-get only lines with such a word are checked.
set -eu

lists=$(dirname "$0")/packages
probe=$(mktemp)
trap 'rm -f "$probe"' EXIT

# is_good COMPILER: is it new enough, and can it build a program? The compiler may be several words.
is_good() {
    # shellcheck disable=SC2086,SC2046 # lists of words
    set -- "$1" $(echo '__clang_major__ __GNUC__' | $1 -E -P -x c++ - 2>/dev/null | tail -n 1)
    case ${2:-} in
    '') return 1 ;;
    *[!0-9]*) [ "${3:-0}" -ge 12 ] 2>/dev/null || return 1 ;;
    *) [ "$2" -ge 14 ] || return 1 ;;
    esac
    # shellcheck disable=SC2086 # a list of words
    printf '%s\n' '#include <span>' '#include <string>' 'int main() { std::string s; return int(std::span(s).size()); }' |
        $1 -std=c++20 -x c++ - -o "$probe" 2>/dev/null
}

# Prints the compiler to build with, or fails.
find_compiler() {
    if [ -n "${CXX:-}" ]; then
        is_good "$CXX" && echo "$CXX"
        return
    fi
    for compiler in g++ c++ clang++ g++-16 g++-15 g++-14 g++-13 g++-12 \
        clang++-23 clang++-22 clang++-21 clang++-20 clang++-19 clang++-18 clang++-17 clang++-16 clang++-15 clang++-14; do
        if is_good "$compiler"; then
            echo "$compiler"
            return
        fi
    done
    return 1
}

# has_boost [LINKER OPTION...]: can the compiler use a Boost that is new enough? One that only CMake is told of is believed in.
has_boost() {
    [ -z "${CMAKE_PREFIX_PATH:-}${Boost_DIR:-}${Boost_ROOT:-}${BOOST_ROOT:-}" ] || return 0
    compiler=$(find_compiler) || return 1
    # shellcheck disable=SC2086 # a list of words
    printf '%s\n' '#include <boost/version.hpp>' '#if BOOST_VERSION < 108100' '#error' '#endif' 'int main() {}' |
        $compiler -x c++ - -o "$probe" "$@" 2>/dev/null
}

# is_there WORDS: what stands before the colon; fails where nothing does
is_there() {
    case $1 in
    compiler) find_compiler >/dev/null ;;
    boost) has_boost ;;
    boost-json) has_boost -lboost_json ;;
    "command "*)
        for name in ${1#command }; do
            ! command -v "$name" >/dev/null || return 0
        done
        return 1
        ;;
    '') return 1 ;;
    *)
        echo "tests/packages: who knows what '$1:' means?" >&2
        exit 2
        ;;
    esac
}

has_apt() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null
}

# Both print the version of a package, without its epoch, or nothing.
installed_version() {
    dpkg-query -W -f='${db:Status-Status} ${Version}\n' "$1" 2>/dev/null | sed -n -e 's/^installed \([0-9]*:\)\{0,1\}//p' | head -n 1
}
offered_version() {
    LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n -e 's/^ *Candidate: \([0-9]*:\)\{0,1\}\([0-9]\)/\2/p'
}

# first_of HOW ALTERNATIVES: prints the first package that there is, installed or offered, and new enough
first_of() {
    how=$1
    echo "$2" | sed -e 's/ *| */\n/g' -e 's/[(>=)]//g' | while read -r package least; do
        version=$("${how}_version" "$package")
        if [ -n "$version" ] && { [ -z "$least" ] || dpkg --compare-versions "$version" ge "$least"; }; then
            echo "$package"
            break
        fi
    done
}

# The lines that are not fulfilled, of those on standard input
unfulfilled() {
    while read -r line; do
        word=
        case $line in *:*) word=${line%%:*} ;; esac
        if has_apt && [ -n "$(first_of installed "${line#*: }")" ] || is_there "$word"; then
            continue
        fi
        echo "$line"
    done
}

if [ "${1:-}" = --compiler ]; then
    if ! find_compiler; then
        echo "zenwire needs GCC 12, Clang 14 or newer, with the C++ library. ${CXX:+CXX=$CXX is not that.}" >&2
        exit 1
    fi
    exit 0
fi

wanted=$(for list in "$@"; do
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$lists/$list.txt"
done)
echo "zenwire wants, by the names of Debian's packages ($*):"
echo "$wanted" | sed -e 's/^[^|:]*: //' -e 's/^/    /'
missing=$(echo "$wanted" | unfulfilled)

if [ -z "$missing" ]; then
    echo "All of it is there."
    exit 0
fi
if ! has_apt || [ "${ZENWIRE_NO_INSTALL:-}" = 1 ]; then
    if ! has_apt; then
        echo "There is no apt-get here, so nothing is installed, and only the compiler, commands and Boost were looked for."
        missing=$(echo "$missing" | sed -n '/:/p')
    fi
    optional=$(echo "$missing" | sed -n '/| nothing$/p')
    missing=$(echo "$missing" | sed '/| nothing$/d')
    if [ -n "$optional" ]; then
        echo "Missing, which leaves something out:"
        echo "$optional" | sed 's/^/    /'
    fi
    if [ -n "$missing" ]; then
        echo "Missing, and nothing works without; please install it, or see the head of tests/setup.sh:"
        echo "$missing" | sed 's/^/    /'
        exit 1
    fi >&2
    exit 0
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
fi
$as_root apt-get update -qq || echo "Not all of apt's lists could be renewed; trying with those that are there." >&2
packages=
optional=
while read -r line; do
    package=$(first_of offered "${line#*: }")
    if [ -n "$package" ] && [ "${line%| nothing}" != "$line" ]; then
        optional="$optional $package"
    elif [ -n "$package" ]; then
        packages="$packages $package"
    elif [ "${line%| nothing}" != "$line" ]; then
        echo "This system has none of: ${line% | nothing}"
    else
        echo "This system has none of these, and nothing works without: $line" >&2
        exit 1
    fi
done <<END
$missing
END
# Nothing that somebody installed is removed for it: Debian 12's own Boost 1.74 and a newer one, say, cannot lie beside.
install() {
    [ $# = 0 ] ||
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove "$@" >/dev/null
}
[ -n "$packages$optional" ] || exit 0
echo "Installing:$packages$optional"
# shellcheck disable=SC2086 # lists of words
if ! install $packages $optional; then
    # One that cannot lie beside what is here must not keep out the others.
    echo "Not all at once; now one by one."
    install $packages
    for package in $optional; do
        install "$package" || echo "Left out: $package"
    done
fi
