// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_RESPONSE_HPP
#define ZENWIRE_TESTING_FAKE_RESPONSE_HPP

#include <cstddef>
#include <string>
#include <vector>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// A header field that owns its text.
struct fake_field {
    /// in any letter case
    std::string name;
    /// without blanks around it
    std::string value;
};

/// A response that owns its text: what fake_cloud returns, and what a test may tell it to return.
struct fake_response {
    /// the HTTP status
    int status = 200;
    /// the body
    std::string body{};
    /// the header fields, in order
    std::vector<fake_field> fields{};
    /// How many bytes of the body do not arrive, although `content-length` counts them.
    std::size_t missing_size = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
