#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/demo.sh: installs what is missing (tests/packages/demo.txt), builds the program traffic_package and runs it, on a cloud
# in memory unless --live or --endpoint is given. Arguments are passed on; without any it changes a package:
#   sh tests/demo.sh --help
#   sh tests/demo.sh price --instance 932237369560662463 --size 0.2 --verbose
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
    set -- change --instance 1317411024418017282 --size 0.15
fi
echo
exec build/demo/traffic_package "$@"
