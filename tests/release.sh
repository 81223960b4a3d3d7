#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/release.sh [DIRECTORY]: makes the tarball of the committed state twice, from two clones, compares the two byte for
# byte, and leaves one of them in DIRECTORY (default: build/release). The single headers must be up to date.
#
# sh tests/release.sh --tree DIRECTORY: one tarball of the files as they are, for tests.
set -eu

cd "$(dirname "$0")/.."
tree=
if [ "${1:-}" = --tree ]; then
    tree=yes
    shift
fi
target=${1:-build/release}
version=$(sed -n 's/.*int version_\(major\|minor\|patch\) = \([0-9]*\);.*/\2/p' include/zenwire/base/config.hpp |
    paste -sd .)
name=zenwire-$version
time=$(git log -1 --format=%ct 2>/dev/null || echo 0)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pack PARENT TARBALL: the folder $name below PARENT, the same whatever the caller's umask
pack() {
    chmod -R u=rwX,go=rX "$1/$name"
    tar -C "$1" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mtime="@$time" -cf - "$name" | gzip -9 -n >"$2"
}

if [ -n "$tree" ]; then
    mkdir -p "$work/$name" "$target"
    tar -cf - --exclude=__pycache__ CMakeLists.txt LICENSE README.md include meson.build single_include tests | tar -C "$work/$name" -xf -
    pack "$work" "$target/$name.tar.gz"
    exit 0
fi

for try in one two; do
    git clone --quiet --no-hardlinks . "$work/$try/$name"
    # generated anew, so that the tarball never depends on who generated them last
    (cd "$work/$try/$name" && python3 single_include/amalgamate.py && git diff --exit-code --stat) ||
        { echo "the single headers are not up to date" >&2; exit 1; }
    rm -rf "$work/$try/$name/.git"
    find "$work/$try/$name" -name __pycache__ -prune -exec rm -rf {} +
    pack "$work/$try" "$work/$try.tar.gz"
    umask 077
    sleep 1
done
cmp "$work/one.tar.gz" "$work/two.tar.gz"
mkdir -p "$target"
cp "$work/one.tar.gz" "$target/$name.tar.gz"
echo "$target/$name.tar.gz: twice the same bytes"
sha256sum "$target/$name.tar.gz"
