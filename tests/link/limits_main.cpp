// SPDX-License-Identifier: BSL-1.0
// Two builds of zenwire with different capacities in one program: each keeps its own.
#include "limits_parts.hpp"

#include <cstdio>

int main() {
    const limits_result large = work_with_default_limits();
    const limits_result small = work_with_tiny_limits();
    std::printf("an error has %zu and %zu bytes, its message %zu and %zu\n", large.size_of_error, small.size_of_error,
                large.message_of_error.size(), small.message_of_error.size());
    const bool same_signature = !large.authorization.empty() && large.authorization == small.authorization;
    const bool own_sizes = large.size_of_error > small.size_of_error;
    const bool own_limits = large.message_of_error.size() == 100 && small.message_of_error.size() == 64;
    return same_signature && own_sizes && own_limits ? 0 : 1;
}
