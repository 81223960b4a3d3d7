// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_CONSTANT_TIME_EQUAL_HPP
#define ZENWIRE_CRYPTO_CONSTANT_TIME_EQUAL_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>

namespace ZENWIRE_NAMESPACE {

/// Whether two texts are equal, in a time that depends on their sizes only, not on where they differ.
[[nodiscard]] constexpr bool constant_time_equal(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) {
        return false;
    }
    std::uint64_t difference = 0;
    std::size_t i = 0;
    for (; !is_constant_evaluated() && i + sizeof(difference) <= left.size(); i += sizeof(difference)) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        std::memcpy(&a, left.data() + i, sizeof(a));
        std::memcpy(&b, right.data() + i, sizeof(b));
        difference |= a ^ b;
    }
    for (; i < left.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    }
    return difference == 0;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
