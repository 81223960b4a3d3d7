// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/text_words.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../random_text.hpp"

namespace {

constexpr std::size_t longest = 40;

/// A text of that size in memory of just that size, so that a sanitizer sees each look beside it. All its bytes differ.
std::vector<char> exact_text(std::size_t size) {
    std::vector<char> text;
    for (std::size_t i = 0; i < size; ++i) {
        text.push_back(static_cast<char>('0' + i));
    }
    text.shrink_to_fit();
    return text;
}

std::string_view view_of(std::vector<char> const& text) { return {text.data(), text.size()}; }

/// Where `c` is in a word: one bit for each byte, the lowest for the first one in memory on a little-endian processor.
std::uint64_t bytes_equal_to(char c, std::uint64_t word) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) {
        if (static_cast<unsigned char>(word >> (8 * i)) == static_cast<unsigned char>(c)) {
            bits |= std::uint64_t{0x80} << (8 * i);
        }
    }
    return bits;
}

static_assert(zenwire::are_equal("a text of some length", "a text of some length"));
static_assert(!zenwire::are_equal("a text of some length", "a text of some lengtH"));
static_assert(!zenwire::are_equal("a", "") && zenwire::are_equal("", ""));
static_assert(zenwire::index_of(',', "0123456789,") == 10 && zenwire::index_of(',', "") == 0);
static_assert(zenwire::either_of_words("\x01\x02\x40", [](std::uint64_t word) { return word; }) ==
              0x43 * zenwire::each_byte);
// not even what is behind the text
static_assert(!zenwire::has_character(';', std::string_view("ab;", 2)) && zenwire::has_character(';', "ab;"));
static_assert(zenwire::are_equal(std::string_view("ab1", 2), std::string_view("ab2", 2)));

}  // namespace

TEST_CASE("every character of a text is in a word that is looked at and nothing else is") {
    for (std::size_t size = 0; size <= longest; ++size) {
        CAPTURE(size);
        const std::vector<char> text = exact_text(size);
        std::string seen;
        const std::uint64_t none = zenwire::either_of_words(view_of(text), [&](std::uint64_t word) noexcept {
            for (unsigned i = 0; i < 8; ++i) {
                seen.push_back(static_cast<char>(word >> (8 * i)));
            }
            return std::uint64_t{0};
        });
        CHECK(none == 0);
        for (const char c : text) {
            CHECK(seen.find(c) != std::string::npos);
        }
        // fewer than four characters leave no room in a word unused either
        CHECK(seen.find_first_not_of(view_of(text)) == std::string::npos);
    }
}

TEST_CASE("what is said of the words is put together by or") {
    for (std::size_t size = 0; size <= longest; ++size) {
        CAPTURE(size);
        for (std::size_t place = 0; place < size; ++place) {
            std::vector<char> text(size, '\0');
            text[place] = '\x10';
            const auto high_nibbles = [](std::uint64_t word) noexcept { return word & 0xF0U * zenwire::each_byte; };
            const auto low_nibbles = [](std::uint64_t word) noexcept { return word & 0x0FU * zenwire::each_byte; };
            CAPTURE(place);
            CHECK(zenwire::either_of_words(view_of(text), high_nibbles) != 0);
            CHECK(zenwire::either_of_words(view_of(text), low_nibbles) == 0);
        }
    }
}

TEST_CASE("two texts are looked at in the same places") {
    for (std::size_t size = 0; size <= longest; ++size) {
        CAPTURE(size);
        const std::vector<char> one = exact_text(size);
        std::vector<char> other = one;
        for (char& c : other) {
            c = static_cast<char>(c ^ 0x40);
        }
        const std::uint64_t either = zenwire::either_of_places(size, [&](auto load) noexcept {
            return load(one.data()) ^ load(other.data()) ^ 0x40U * zenwire::each_byte;
        });
        CHECK(either == 0);
    }
}

TEST_CASE("texts are equal when their sizes are and no bit at any place differs") {
    for (std::size_t size = 0; size <= longest; ++size) {
        const std::vector<char> text = exact_text(size);
        std::vector<char> other = text;
        CAPTURE(size);
        CHECK(zenwire::are_equal(view_of(text), view_of(other)));
        CHECK_FALSE(zenwire::are_equal(view_of(text), view_of(exact_text(size + 1))));
        CHECK_FALSE(zenwire::are_equal(view_of(exact_text(size + 1)), view_of(text)));
        for (std::size_t place = 0; place < size; ++place) {
            for (unsigned bit = 0; bit < 8; ++bit) {
                const char before = other[place];
                other[place] = static_cast<char>(static_cast<unsigned char>(before) ^ 1U << bit);
                const bool equal = zenwire::are_equal(view_of(text), view_of(other)) ||
                                   zenwire::are_equal(view_of(other), view_of(text));
                other[place] = before;
                if (equal) {
                    CAPTURE(place);
                    CAPTURE(bit);
                    CHECK_FALSE(equal);
                }
            }
        }
    }
}

TEST_CASE("a text without memory equals the empty one") {
    CHECK(zenwire::are_equal(std::string_view(), ""));
    CHECK(zenwire::are_equal(std::string_view(), std::string_view()));
    CHECK_FALSE(zenwire::are_equal(std::string_view(), "a"));
    CHECK(zenwire::index_of('a', std::string_view()) == 0);
}

TEST_CASE("a character is found in a word just where it is, up to the first of the lowest bits") {
    std::mt19937_64 random;
    for (int round = 0; round < 100'000; ++round) {
        // few values, so that each is often there, also beside the next higher one, which a borrow may be taken from
        const std::uint64_t word = random() & 0x8383838383838383U;
        const char c = static_cast<char>(random() & 0x83U);
        const std::uint64_t right = bytes_equal_to(c, word);
        const std::uint64_t found = zenwire::find_in_word(c, word);
        const bool is_right = (found & ~zenwire::high_bits) == 0 && (found & right) == right &&
                              (found != 0) == (right != 0) && (found & (0 - found)) == (right & (0 - right));
        if (!is_right) {
            CAPTURE(word);
            CAPTURE(found);
            CHECK(is_right);
        }
    }
}

TEST_CASE("the index of a character is that of its first occurrence, else the size") {
    for (std::size_t size = 0; size <= longest; ++size) {
        std::vector<char> text = exact_text(size);
        CAPTURE(size);
        CHECK(zenwire::index_of(',', view_of(text)) == size);
        for (std::size_t last = size; last-- > 0;) {
            const char before = text[last];
            text[last] = ',';
            CHECK(zenwire::index_of(',', view_of(text)) == last);
            for (std::size_t first = 0; first < last; ++first) {
                const char behind = text[first];
                text[first] = ',';
                CHECK(zenwire::index_of(',', view_of(text)) == first);
                text[first] = behind;
            }
            text[last] = before;
        }
    }
}

TEST_CASE("the index of any character in any text is the one that the standard finds") {
    std::mt19937 random;
    for (std::size_t size = 0; size <= longest; ++size) {
        const std::string text = random_text(random, size);
        for (int code = 0; code < 256; ++code) {
            const char c = static_cast<char>(code);
            const std::size_t found = text.find(c);
            CHECK(zenwire::index_of(c, text) == (found == std::string::npos ? size : found));
        }
    }
}
