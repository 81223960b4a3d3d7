#!/bin/sh
# SPDX-License-Identifier: BSL-1.0
#
# sh tests/run.sh: installs what is missing (tests/packages/tests.txt), builds everything and runs all tests.
# Warnings are errors. With ZENWIRE_CI=1 it is a failure when a test is skipped that tests/docs/platforms.md does not name.
# Arguments are passed on to ctest: sh tests/run.sh -R unit_base
set -eu

cd "$(dirname "$0")/.."
sh tests/setup.sh tests
CXX=$(sh tests/setup.sh --compiler)
export CXX
cmake -S . -B build/tests -G Ninja -DZENWIRE_WERROR=ON -DZENWIRE_REQUIRE_ALL_TESTS="${ZENWIRE_CI:-OFF}"

# What does not build is reported by ctest as a test that failed, next to all the others.
status=0
cmake --build build/tests --parallel 2 -- -k 0 || status=$?
if [ -s build/tests/skipped_tests.txt ]; then
    echo "What is skipped here, and why:"
    sed -e 's/^/    /' -e 's/\t/: /' build/tests/skipped_tests.txt
fi
ctest --test-dir build/tests --parallel 2 --output-on-failure --no-tests=error "$@" || status=$?
exit "$status"
