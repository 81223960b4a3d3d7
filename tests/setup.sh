#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/setup.sh [LIST]: says which packages the tests and the demo need (or those of another list in tests/packages/),
# and installs those that are missing.
# ZENWIRE_NO_INSTALL=1 forbids to install: then missing packages are named and the exit code is 1.
set -eu

list=$(dirname "$0")/packages/${1:-basic}.txt
packages=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$list")
echo "zenwire needs these Debian packages ($list):"
echo "$packages" | sed 's/^/    /'

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This is neither Debian nor Ubuntu, so nothing is checked or installed here. Please see to it that the same"
    echo "programs and libraries are there under this system's names: above all Boost 1.81 or newer with Boost.JSON."
    exit 0
fi

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Is there a Boost from 1.81 on, whatever its packages are called?
has_boost() {
    dpkg-query -W -f='${db:Status-Status} ${Version}\n' 'libboost-json*-dev' 2>/dev/null |
        while read -r status version; do
            if [ "$status" = installed ] && dpkg --compare-versions "$version" ge 1.81; then
                echo yes
            fi
        done | grep -q yes
}

missing=
for package in $packages; do
    case $package in
    libboost*) is_installed "$package" || has_boost || missing="$missing $package" ;;
    *) is_installed "$package" || missing="$missing $package" ;;
    esac
done

if [ -z "$missing" ]; then
    echo "All of them are installed."
elif [ "${ZENWIRE_NO_INSTALL:-}" = 1 ]; then
    echo "Missing, and ZENWIRE_NO_INSTALL=1 forbids to install them:$missing" >&2
    exit 1
else
    as_root=
    if [ "$(id -u)" != 0 ]; then
        as_root=sudo
    fi
    echo "Installing:$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi
