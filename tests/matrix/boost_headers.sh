#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/matrix/boost_headers.sh DIR VERSION: unpacks the headers of Boost VERSION (1.88, say, or newest: sid's) below DIR, as
# Debian packs them for its newer releases, and prints where: the directory that holds boost/, and below ../lib the files for
# CMake. Nothing is installed, and the system's own lists of packages stay as they are: this has its own, of suites that the
# system need not know, from the system's mirror and signed by Debian's keys. Exits with 77 where they cannot be had.
set -eu

mkdir -p "$1"
dir=$(cd "$1" && pwd)
version=$2
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

unavailable() {
    echo "$1" >&2
    exit 77
}

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || unavailable "no apt-get: not a Debian"
[ -r "$keyring" ] || unavailable "no $keyring (package debian-archive-keyring)"

# The archive that holds more than security updates, wherever this system takes its packages from
mirror=$(apt-get update --print-uris | sed -n "s|^'\(.*\)/dists/[a-z]*/InRelease'.*|\1|p" | head -n 1)
[ -n "$mirror" ] || unavailable "apt knows no mirror"

apt=$dir/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/sources.d"
for suite in bookworm-backports trixie sid; do
    echo "deb [signed-by=$keyring] $mirror $suite main"
done >"$apt/sources.list"
own_state="-o Dir::Etc::SourceList=$apt/sources.list -o Dir::Etc::SourceParts=$apt/sources.d
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null
    -o Dir::State::Lists=$apt/lists -o Dir::Cache=$apt/cache
    -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User=root"

# The lists are those of today: within half a day they are not fetched again.
if [ -z "$(find "$apt/updated" -mmin -720 2>/dev/null)" ]; then
    # shellcheck disable=SC2086 # a list of words
    apt-get $own_state update -qq >&2 || unavailable "$mirror does not give the packages of Debian's newer releases"
    touch "$apt/updated"
fi
if [ "$version" = newest ]; then
    # shellcheck disable=SC2086 # a list of words
    version=$(apt-cache $own_state pkgnames libboost1. |
        sed -n 's/^libboost\(1\.[0-9]*\)-dev$/\1/p' | sort -V | tail -n 1)
fi

# Read from a directory of this version's own, so that a newer revision of the package replaces the older one's files.
unpacked=$dir/$version
mkdir -p "$unpacked"
cd "$unpacked"
# shellcheck disable=SC2086 # a list of words
package=$(apt-cache $own_state show --no-all-versions "libboost$version-dev" 2>/dev/null |
    sed -n 's/^Version: \(.*\)/\1/p' | tail -n 1)
[ -n "$package" ] || unavailable "no package libboost$version-dev"
if [ "$(cat is_version 2>/dev/null)" != "$package" ]; then
    rm -rf usr ./*.deb
    # shellcheck disable=SC2086 # a list of words
    apt-get $own_state download -qq "libboost$version-dev" >&2 || unavailable "libboost$version-dev could not be downloaded"
    dpkg-deb --extract ./*.deb .
    rm -f ./*.deb
    echo "$package" >is_version
fi
echo "Boost $version, Debian's $package" >&2
echo "$unpacked/usr/include"
