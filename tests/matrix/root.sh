#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/matrix/root.sh DIR NAME SUITE COMMANDS: runs the commands of the shell, as root, in an empty Debian SUITE below DIR/NAME,
# where a newcomer would be: in a copy of this working tree (what git tracks or would track, as it lies here, committed or not), with
# no package installed but what debootstrap calls minbase, and nothing of this environment.
#
# The packages come from this system's mirror, signed by Debian's keys. What debootstrap makes is kept in DIR/SUITE.tar for a week,
# and all packages in DIR/SUITE.debs, so that the next time is quick. The root is removed when the commands succeed. Exits with 77
# where no root can be made.
set -eu

mkdir -p "$1"
dir=$(cd "$1" && pwd)
root=$dir/$2
suite=$3
commands=$4
base=$dir/$suite.tar
debs=$dir/$suite.debs
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
cd "$(dirname "$0")/../.."

unavailable() {
    echo "$1"
    exit 77
}

for tool in debootstrap unshare chroot apt-get; do
    command -v "$tool" >/dev/null || unavailable "no $tool"
done
[ "$(id -u)" = 0 ] || unavailable "not root: debootstrap and chroot need it"
unshare --mount --pid --fork true || unavailable "not allowed to have mounts of its own: unshare fails"
[ -r "$keyring" ] || unavailable "no $keyring (package debian-archive-keyring)"

if [ -z "$(find "$base" -mtime -7 2>/dev/null)" ]; then
    mirror=$(apt-get update --print-uris | sed -n "s|^'\(.*\)/dists/[a-z]*/InRelease'.*|\1|p" | head -n 1)
    [ -n "$mirror" ] || unavailable "apt knows no mirror"
    rm -rf --one-file-system "$dir/$suite.base" "$debs"
    debootstrap --variant=minbase --keyring="$keyring" "$suite" "$dir/$suite.base" "$mirror" ||
        unavailable "debootstrap could not make a root of Debian $suite from $mirror"
    # A mirror may stand still; packages are still signed.
    echo 'Acquire::Check-Valid-Until "false";' >"$dir/$suite.base/etc/apt/apt.conf.d/99zenwire"
    rm -f "$dir/$suite.base/var/cache/apt/archives/"*.deb
    tar -C "$dir/$suite.base" -cf "$base.new" .
    mv "$base.new" "$base"
    rm -rf --one-file-system "$dir/$suite.base"
fi

rm -rf --one-file-system "$root"
mkdir -p "$root" "$debs"
tar -C "$root" -xf "$base"
find "$debs" -name '*.deb' -exec ln -f -t "$root/var/cache/apt/archives" {} +
mkdir "$root/root/zenwire"
{
    if [ -e .git ]; then
        git ls-files --cached --others --exclude-standard
    else
        find . -path ./build -prune -o -type f -print
    fi
} | while read -r file; do
    [ ! -e "$file" ] || echo "$file"
done | tar -T - -cf - | tar -C "$root/root/zenwire" -xf -

# Mounts and processes of its own: they go when the commands end, however they end.
status=0
# shellcheck disable=SC2016 # the inner shell expands
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root unshare --mount --pid --fork --kill-child sh -c '
    mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$1" sh -c "cd /root/zenwire && $2"' \
    sh "$root" "$commands" </dev/null || status=$?
find "$root/var/cache/apt/archives" -name '*.deb' -links 1 -exec mv -t "$debs" {} +
[ "$status" != 0 ] || rm -rf --one-file-system "$root"
# 77 says that there was no root.
[ "$status" != 77 ] || status=1
exit "$status"
