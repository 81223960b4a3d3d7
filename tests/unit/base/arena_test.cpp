// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/arena.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::arena;

/// A source of at most `blocks_left` blocks, each a little larger than asked for.
struct supply {
    int blocks_left = 0;
    std::deque<std::vector<std::byte>> blocks{};

    static std::span<std::byte> more(void* context, std::size_t size) noexcept {
        auto& self = *static_cast<supply*>(context);
        if (self.blocks_left == 0) {
            return {};
        }
        --self.blocks_left;
        return self.blocks.emplace_back(size + 3);
    }
};

std::size_t misalignment(void const* place, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(place) % alignment;
}

}  // namespace

TEST_CASE("pieces are aligned and side by side and inside the block") {
    for (std::size_t begin = 0; begin < 8; ++begin) {
        CAPTURE(begin);
        alignas(16) std::array<std::byte, 64> block{};
        arena memory{std::span(block).subspan(begin)};
        std::byte const* end = block.data() + begin;
        for (const std::size_t alignment : {1U, 2U, 4U, 8U, 16U}) {
            CAPTURE(alignment);
            auto const* const piece = static_cast<std::byte*>(memory.allocate(3, alignment));
            REQUIRE(piece != nullptr);
            CHECK(misalignment(piece, alignment) == 0);
            CHECK(piece >= end);
            CHECK(piece < end + alignment);
            end = piece + 3;
        }
        CHECK(end <= block.data() + block.size());
        CHECK_FALSE(memory.exhausted());
    }
}

TEST_CASE("a block is used to its last byte and then there is null") {
    std::array<std::byte, 8> block{};
    arena memory{std::span(block)};
    CHECK(memory.allocate(5, 1) == block.data());
    CHECK(memory.allocate(3, 1) == block.data() + 5);
    CHECK_FALSE(memory.exhausted());
    CHECK(memory.allocate(1, 1) == nullptr);
    CHECK(memory.exhausted());
    memory.reset();
    CHECK_FALSE(memory.exhausted());
    CHECK(memory.allocate(8, 1) == block.data());
}

TEST_CASE("sizes that no block can have are refused") {
    std::array<std::byte, 8> block{};
    arena memory{std::span(block)};
    CHECK(memory.allocate(SIZE_MAX, 1) == nullptr);
    CHECK(memory.allocate(SIZE_MAX, 16) == nullptr);
    CHECK(memory.exhausted());
    CHECK(memory.allocate(8, 1) == block.data());
}

TEST_CASE("a text of nothing takes no place") {
    std::array<std::byte, 8> block{};
    arena memory{std::span(block)};
    CHECK(memory.append("", "").empty());
    CHECK_FALSE(memory.exhausted());
    CHECK(memory.allocate(8, 1) == block.data());
}

TEST_CASE("without a block there is no memory") {
    arena memory{std::span<std::byte>()};
    CHECK_FALSE(memory.exhausted());
    CHECK(memory.allocate(0, 1) == nullptr);
    CHECK(memory.allocate(1, 1) == nullptr);
    CHECK(memory.append("", "text") == "");
    CHECK(memory.exhausted());
}

TEST_CASE("a source is asked for more until it has no more") {
    supply blocks{2};
    arena memory(supply::more, &blocks);
    void* const first = memory.allocate(100, 8);
    REQUIRE(first != nullptr);
    CHECK(misalignment(first, 8) == 0);
    void* const second = memory.allocate(1000, 16);
    REQUIRE(second != nullptr);
    CHECK(misalignment(second, 16) == 0);
    CHECK(blocks.blocks.size() == 2);
    CHECK_FALSE(memory.exhausted());
    CHECK(memory.allocate(1000, 1) == nullptr);
    CHECK(memory.exhausted());
}

TEST_CASE("a text grows in place while it is the last") {
    std::array<std::byte, 16> block{};
    arena memory{std::span(block)};
    const std::string_view begin = memory.append("", "abc");
    const std::string_view whole = memory.append(begin, "defg");
    CHECK(whole == "abcdefg");
    CHECK(whole.data() == begin.data());
    CHECK(memory.append(whole, "") == "abcdefg");
    CHECK(memory.append(whole, "123456789").size() == 16);
    CHECK_FALSE(memory.exhausted());
}

TEST_CASE("a text moves when something else was made behind it") {
    std::array<std::byte, 32> block{};
    arena memory{std::span(block)};
    const std::string_view begin = memory.append("", "abc");
    REQUIRE(memory.allocate(1, 1) != nullptr);
    const std::string_view whole = memory.append(begin, "def");
    CHECK(whole == "abcdef");
    CHECK(whole.data() != begin.data());
    CHECK(begin == "abc");
}

TEST_CASE("a text moves to a new block when the old one is full") {
    supply blocks{5};
    arena memory(supply::more, &blocks);
    std::string expected;
    std::string_view text;
    for (int i = 0; i < 5; ++i) {
        expected += "0123456789";
        text = memory.append(text, "0123456789");
        CHECK(text == expected);
    }
    CHECK_FALSE(memory.exhausted());
}

TEST_CASE("without memory a text stays as it was and the lack is remembered") {
    std::array<std::byte, 8> block{};
    arena memory{std::span(block)};
    const std::string_view begin = memory.append("", "abcdef");
    CHECK(memory.append(begin, "ghi") == "abcdef");
    CHECK(memory.exhausted());
    CHECK(memory.append(begin, "gh") == "abcdefgh");
    CHECK(memory.exhausted());
}

TEST_CASE("objects are made from arguments where there is room") {
    struct pair {
        std::uint64_t first;
        char second;
    };
    alignas(8) std::array<std::byte, 2 * sizeof(pair) + 7> block{};
    arena memory{std::span(block)};
    CHECK(memory.allocate(1, 1) != nullptr);
    pair const* const made = memory.make<pair>(pair{7, 'x'});
    REQUIRE(made != nullptr);
    CHECK(misalignment(made, alignof(pair)) == 0);
    CHECK(made->first == 7);
    CHECK(made->second == 'x');
    CHECK(*memory.make<char>('c') == 'c');
    CHECK(memory.make<pair>() == nullptr);
    CHECK(memory.exhausted());
}
