// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_LINK_LIMITS_PARTS_HPP
#define ZENWIRE_TESTS_LINK_LIMITS_PARTS_HPP

#include <cstddef>
#include <string>

/// What a part of the program made of the same work.
struct limits_result {
    std::size_t size_of_error;
    std::string authorization;
    std::string message_of_error;
};

limits_result work_with_default_limits();
limits_result work_with_tiny_limits();

#endif
