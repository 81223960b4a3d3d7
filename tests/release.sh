#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/release.sh [DIRECTORY]: makes the tarball of the committed state twice, from two clones, compares the two byte for
# byte, and leaves one of them in DIRECTORY (default: build/release). The single headers must be up to date.
set -eu

cd "$(dirname "$0")/.."
target=${1:-build/release}
version=$(sed -n 's/.*int version_\(major\|minor\|patch\) = \([0-9]*\);.*/\2/p' include/zenwire/base/version.hpp |
    paste -sd .)
name=zenwire-$version
time=$(git log -1 --format=%ct)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for try in one two; do
    git clone --quiet --no-hardlinks . "$work/$try/$name"
    # generated anew, so that the tarball never depends on who generated them last
    (cd "$work/$try/$name" && python3 single_include/amalgamate.py && git diff --exit-code --stat) ||
        { echo "the single headers are not up to date" >&2; exit 1; }
    rm -rf "$work/$try/$name/.git"
    find "$work/$try/$name" -name __pycache__ -prune -exec rm -rf {} +
    # whatever the caller's umask
    chmod -R u=rwX,go=rX "$work/$try/$name"
    tar -C "$work/$try" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime="@$time" \
        -cf "$work/$try.tar" "$name"
    gzip -9 -n "$work/$try.tar"
    umask 077
    sleep 1
done
cmp "$work/one.tar.gz" "$work/two.tar.gz"
mkdir -p "$target"
cp "$work/one.tar.gz" "$target/$name.tar.gz"
echo "$target/$name.tar.gz: twice the same bytes"
sha256sum "$target/$name.tar.gz"
