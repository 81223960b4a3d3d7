#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/demo.sh: installs what is missing (tests/packages/demo.txt), builds two examples and runs one of them, on a cloud in
# memory unless --live is given. Arguments are passed on:
#   sh tests/demo.sh --instance ID --size TB [--live]     modify_traffic_package: one request, shown with its answer
#   sh tests/demo.sh show|price|change|cancel|watch|forget ...   traffic_package: the whole job
# With --live or --endpoint libcurl is installed too (tests/packages/live.txt).
set -eu

cd "$(dirname "$0")/.."
lists=demo
for argument in "$@"; do
    case $argument in
    --live | --endpoint | --endpoint=*) lists="demo live" ;;
    esac
done
# shellcheck disable=SC2086 # a list of words
sh tests/setup.sh $lists
CXX=$(sh tests/setup.sh --compiler)
export CXX
if ! command -v make >/dev/null; then
    export CMAKE_GENERATOR="${CMAKE_GENERATOR:-Ninja}"
fi
if ! cmake -S tests/demo -B build/demo >/dev/null 2>&1; then
    # a tree that another compiler or an older version left behind, or an error that is worth to be seen
    rm -rf build/demo
    cmake -S tests/demo -B build/demo >/dev/null
fi
cmake --build build/demo --parallel 2
if [ $# = 0 ]; then
    set -- --instance 1317411024418017282 --size 0.15
fi
program=modify_traffic_package
case $1 in
show | price | change | cancel | watch | forget) program=traffic_package ;;
esac
echo
exec "build/demo/$program" "$@"
