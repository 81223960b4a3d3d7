#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/demo.sh: installs what is missing (see tests/setup.sh), builds two examples and runs one of them, on a cloud in
# memory unless --live is given. Arguments are passed on:
#   sh tests/demo.sh --instance ID --size TB [--live]     modify_traffic_package: one request, shown with its answer
#   sh tests/demo.sh show|price|change|cancel|watch ...   traffic_package: the whole job
set -eu

cd "$(dirname "$0")/.."
sh tests/setup.sh
export CXX="${CXX:-$(command -v g++-12 || echo c++)}"
cmake -S . -B build/demo -G Ninja -DZENWIRE_REQUIRE_ALL_TESTS=OFF >/dev/null
cmake --build build/demo --target modify_traffic_package traffic_package
if [ $# = 0 ]; then
    set -- --instance 1317411024418017282 --size 0.15
fi
program=modify_traffic_package
case $1 in
show | price | change | cancel | watch) program=traffic_package ;;
esac
echo
exec "build/demo/tests/examples/$program" "$@"
