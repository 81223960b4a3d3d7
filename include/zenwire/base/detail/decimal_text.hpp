// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_DECIMAL_TEXT_HPP
#define ZENWIRE_BASE_DETAIL_DECIMAL_TEXT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/division.hpp>
#include <zenwire/base/detail/is_constant_evaluated.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A whole number in decimal, without leading zeros. Holds its text.
class decimal_text {
public:
    /// Of this number.
    constexpr explicit decimal_text(std::uint64_t number) noexcept {
        if (is_constant_evaluated()) {
            for (char& c : text_) {
                c = '\0';
            }
        }
        do {
            const auto [rest, digit] = detail::divide(number, 10U);
            text_[--begin_] = static_cast<char>('0' + digit);
            number = rest;
        } while (number != 0);
    }

    /// The digits. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_ + begin_, sizeof(text_) - begin_};
    }

private:
    // 2^64 has twenty digits
    char text_[20];
    std::size_t begin_ = sizeof(text_);
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
