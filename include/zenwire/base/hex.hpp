// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_HEX_HPP
#define ZENWIRE_BASE_HEX_HPP

#include <array>
#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// Bytes as lower-case hexadecimal text, two characters a byte, inside the object.
template <std::size_t Bytes>
class hex_text {
public:
    /// No index into a table: the characters are computed, so that a secret byte selects no memory address. In steps that
    /// compilers make vector instructions of.
    constexpr explicit hex_text(std::array<unsigned char, Bytes> const& bytes) noexcept {
        unsigned char high[Bytes]{};
        unsigned char low[Bytes]{};
        for (std::size_t i = 0; i < Bytes; ++i) {
            high[i] = digit(static_cast<unsigned char>(bytes[i] >> 4U));
            low[i] = digit(static_cast<unsigned char>(bytes[i] & 0x0FU));
        }
        for (std::size_t i = 0; i < Bytes; ++i) {
            text_[2 * i] = static_cast<char>(high[i]);
            text_[2 * i + 1] = static_cast<char>(low[i]);
        }
    }

    /// The text, two characters a byte. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, 2 * Bytes}; }

private:
    static constexpr unsigned char digit(unsigned char value) noexcept {
        // 39 is the way from the character after '9' to 'a'
        return static_cast<unsigned char>('0' + value + (value > 9 ? 39 : 0));
    }

    char text_[2 * Bytes]{};
};

/// From an array of bytes.
template <std::size_t Bytes>
hex_text(std::array<unsigned char, Bytes>) -> hex_text<Bytes>;

}  // namespace ZENWIRE_NAMESPACE

#endif
