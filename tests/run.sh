#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/run.sh: installs what is missing (see tests/setup.sh), builds everything and runs all tests.
# Arguments are passed on to ctest: sh tests/run.sh -R unit_base
set -eu

cd "$(dirname "$0")/.."
sh tests/setup.sh
export CXX="${CXX:-$(command -v g++-12 || echo c++)}"
cmake -S . -B build/tests -G Ninja

# What does not build is reported by ctest as a test that failed, next to all the others.
status=0
cmake --build build/tests --parallel 2 -- -k 0 || status=$?
ctest --test-dir build/tests --parallel 2 --output-on-failure --no-tests=error "$@" || status=$?
exit "$status"
