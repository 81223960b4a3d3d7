// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_TEXT_WORDS_HPP
#define ZENWIRE_BASE_TEXT_WORDS_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/byte_vector.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>

/// @file
/// Looks at a text eight characters at a time.

namespace ZENWIRE_NAMESPACE {

/// One in each byte: times a character it is that character eight times.
inline constexpr std::uint64_t each_byte = 0x0101010101010101U;
/// The high bit of each byte.
inline constexpr std::uint64_t high_bits = 0x80U * each_byte;

/// The bytes at `from` as a number, in the order of the processor.
template <class Number>
[[nodiscard]] inline std::uint64_t load_word(char const* from) noexcept {
    Number number = 0;
    std::memcpy(&number, from, sizeof(number));
    return number;
}

/// What `look` says of any eight characters, put together by `or`; zero for no characters. Each character is in some word, some
/// are in two, so `look` must not count; where characters are in a word depends on the processor.
/// @param size of the text or texts that are looked at
/// @param look gets a function that loads the word at one place of a text of that size, and returns a word
template <class Look>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr std::uint64_t either_of_places(std::size_t size, Look look) noexcept {
    std::uint64_t result = 0;
    if (is_constant_evaluated()) {
        for (std::size_t at = 0; at < size; ++at) {
            result |= look([=](char const* text) noexcept { return static_cast<unsigned char>(text[at]) * each_byte; });
        }
    } else if (size >= 8) {
        for (std::size_t at = 0; at < size - 8; at += 8) {
            result |= look([=](char const* text) noexcept { return load_word<std::uint64_t>(text + at); });
        }
        result |= look([=](char const* text) noexcept { return load_word<std::uint64_t>(text + (size - 8)); });
    } else if (size >= 4) {
        result = look([=](char const* text) noexcept {
            return load_word<std::uint32_t>(text) | load_word<std::uint32_t>(text + (size - 4)) << 32U;
        });
    } else if (size != 0) {
        result = look([=](char const* text) noexcept {
            const std::uint64_t ends = load_word<std::uint8_t>(text) | load_word<std::uint8_t>(text + (size - 1)) << 8U;
            const std::uint64_t half = ends | load_word<std::uint8_t>(text + size / 2) * 0x0101'0000U;
            return half | half << 32U;
        });
    }
    return result;
}

/// The same for one text.
/// @param look from a word to a word
template <class Look>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr std::uint64_t either_of_words(std::string_view text,
                                                                               Look look) noexcept {
    return either_of_places(text.size(), [&](auto load) noexcept { return look(load(text.data())); });
}

/// Whether two texts are equal. Without a call of the C library, which takes longer than a short text does.
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr bool are_equal(std::string_view left,
                                                                std::string_view right) noexcept {
    return left.size() == right.size() && either_of_places(left.size(), [&](auto load) noexcept {
                                              return load(left.data()) ^ load(right.data());
                                          }) == 0;
}

/// Not zero where one of eight characters is `c`: then the high bit of that is set, and perhaps those of characters behind it.
[[nodiscard]] constexpr std::uint64_t find_in_word(char c, std::uint64_t word) noexcept {
    const std::uint64_t others = word ^ static_cast<unsigned char>(c) * each_byte;
    return (others - each_byte) & ~others & high_bits;
}

/// Whether the text has such a character.
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr bool has_character(char c, std::string_view text) noexcept {
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
    if (!is_constant_evaluated() && text.size() >= sizeof(byte_vector)) {
        const auto wanted = static_cast<unsigned char>(c);
        return any_of_vectors(text, [=](byte_vector each) noexcept { return each == wanted; });
    }
#endif
    return either_of_words(text, [=](std::uint64_t word) noexcept { return find_in_word(c, word); }) != 0;
}

/// The index of the first such character; the size of the text when there is none.
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr std::size_t index_of(char c, std::string_view text) noexcept {
    std::size_t at = 0;
    if (!is_constant_evaluated() && std::endian::native == std::endian::little) {
        for (; at + 8 <= text.size(); at += 8) {
            // the first one is that of the lowest bit
            const std::uint64_t found = find_in_word(c, load_word<std::uint64_t>(text.data() + at));
            if (found != 0) {
                return at + static_cast<unsigned>(std::countr_zero(found)) / 8U;
            }
        }
    }
    while (at < text.size() && text[at] != c) {
        ++at;
    }
    return at;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
