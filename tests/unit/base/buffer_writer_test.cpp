// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/buffer_writer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::buffer_writer;

constexpr bool writes_in_a_constant_expression() {
    char memory[8]{};
    buffer_writer out(memory);
    out.append("ab").append('c').append_decimal(1234);
    return out.written() == "abc1234" && !out.overflowed() && out.append("xy").overflowed();
}
static_assert(writes_in_a_constant_expression());

}  // namespace

TEST_CASE("whatever the capacity whole pieces are written and nothing behind the first that does not fit") {
    const std::vector<std::string_view> pieces = {"alpha", "", "bc", "a longer piece", "d", "", "e"};
    const std::string all = "alphabca longer piecede";
    for (std::size_t capacity = 0; capacity <= all.size() + 1; ++capacity) {
        CAPTURE(capacity);
        std::string fitting;
        for (std::size_t i = 0; i < pieces.size() && fitting.size() + pieces[i].size() <= capacity; ++i) {
            fitting += pieces[i];
        }

        std::string memory(all.size() + 8, '#');
        buffer_writer out{std::span(memory).first(capacity)};
        for (const std::string_view piece : pieces) {
            out.append(piece);
        }
        CHECK(out.overflowed() == (capacity < all.size()));
        CHECK(out.written() == fitting);
        CHECK(out.size() == fitting.size());
        CHECK(std::string_view(memory).substr(fitting.size()) == std::string(memory.size() - fitting.size(), '#'));
    }
}

TEST_CASE("after an overflow nothing is written even where it would fit") {
    char memory[4];
    buffer_writer out(memory);
    out.append("ab").append("cde").append('f').append_decimal(7).append("");
    CHECK(out.overflowed());
    CHECK(out.written() == "ab");
}

TEST_CASE("without memory the empty text fits and a character does not") {
    buffer_writer out(std::span<char>{});
    CHECK_FALSE(out.append("").append(std::string_view()).overflowed());
    CHECK(out.written().empty());
    CHECK(out.append('a').overflowed());
}

TEST_CASE("numbers are written in decimal without leading zeros") {
    const std::vector<std::uint64_t> numbers = {0, 1, 9, 10, 99, 100, 1234567890, 18446744073709551614U, UINT64_MAX};
    for (const std::uint64_t number : numbers) {
        CAPTURE(number);
        char memory[20];
        buffer_writer out(memory);
        CHECK(out.append_decimal(number).written() == std::to_string(number));

        const std::string expected = std::to_string(number);
        buffer_writer small{std::span(memory).first(expected.size() - 1)};
        CHECK(small.append_decimal(number).overflowed());
        CHECK(small.size() == 0);
    }
}

TEST_CASE("bytes of every value are written as they are") {
    std::string text;
    for (int code = 0; code < 256; ++code) {
        text.push_back(static_cast<char>(code));
    }
    std::string memory(text.size(), '#');
    buffer_writer out{std::span(memory)};
    out.append(std::string_view(text).substr(0, 100)).append(std::string_view(text).substr(100));
    CHECK_FALSE(out.overflowed());
    CHECK(memory == text);
}

TEST_CASE("a text of any length is copied as it is into memory of any size and never past the end") {
    constexpr std::size_t longest = 200;
    constexpr std::size_t fence = 80;
    std::string text;
    for (std::size_t i = 0; i < longest; ++i) {
        text.push_back(static_cast<char>(7 * i));
    }
    for (std::size_t size = 0; size <= longest; ++size) {
        CAPTURE(size);
        const std::string part = text.substr(longest - size);
        for (const std::size_t begin : {std::size_t{0}, std::size_t{1}, std::size_t{17}}) {
            CAPTURE(begin);
            std::string memory(fence + begin + size + fence, '#');
            const std::string wanted = std::string(fence + begin, '#') + part + std::string(fence, '#');
            buffer_writer out{std::span(memory).subspan(fence, begin + size)};
            out.append(std::string(begin, '#')).append(part);
            CHECK_FALSE(out.overflowed());
            CHECK(memory == wanted);
            CHECK(out.append('x').overflowed());
            CHECK(memory == wanted);
        }
        if (size != 0) {
            std::string memory(fence + size - 1 + fence, '#');
            buffer_writer out{std::span(memory).subspan(fence, size - 1)};
            CHECK(out.append(part).overflowed());
            CHECK(memory == std::string(memory.size(), '#'));
        }
    }
}

TEST_CASE("several texts of any lengths are appended behind each other or none of them") {
    constexpr std::size_t fence = 80;
    for (std::size_t size = 0; size <= 200; ++size) {
        CAPTURE(size);
        const std::string one(size, 'a');
        const std::string other(200 - size, 'b');
        for (const std::size_t room : {std::size_t{204}, std::size_t{205}}) {
            std::string memory(fence + room + fence, '#');
            buffer_writer out{std::span(memory).subspan(fence, room)};
            out.append_all("<", one, "><", other, ">", std::string_view(), "\n", "");
            const bool fits = room == 205;
            const std::string wanted = fits ? "<" + one + "><" + other + ">\n" : std::string(room, '#');
            CHECK(out.overflowed() != fits);
            CHECK(out.size() == (fits ? room : 0));
            CHECK(memory == std::string(fence, '#') + wanted + std::string(fence, '#'));
        }
    }
}

TEST_CASE("after several texts that did not fit nothing is written even where it would fit") {
    char memory[4];
    buffer_writer out(memory);
    out.append("ab").append_all("c", "de").append_all("f").append("g");
    CHECK(out.overflowed());
    CHECK(out.written() == "ab");
}
