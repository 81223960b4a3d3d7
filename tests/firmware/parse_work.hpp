// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_FIRMWARE_PARSE_WORK_HPP
#define ZENWIRE_TESTS_FIRMWARE_PARSE_WORK_HPP

/// @file
/// As work.hpp, for the part that needs Boost.JSON.

#include <zenwire/zenwire.hpp>

#include "work.hpp"

namespace work {

/// Reads a response.
[[gnu::noinline]] inline bool parse() noexcept {
    const auto result = zenwire::parse_response<modify_instance_traffic_package>(service, {200, hidden(response), {}});
    return result && result->order_number.view() == hidden("1234567654321");
}

}  // namespace work

#endif
