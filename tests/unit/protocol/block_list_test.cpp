// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/long_request.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

namespace {

/// What an allocator gave and took back.
struct account {
    std::size_t given = 0;
    std::size_t taken = 0;
    std::size_t most = 1000;
};

template <class Value>
struct counting_allocator {
    using value_type = Value;

    account* book;

    explicit counting_allocator(account& a) : book(&a) {}
    template <class Other>
    counting_allocator(counting_allocator<Other> const& other) : book(other.book) {}

    Value* allocate(std::size_t count) {
        if (book->given == book->most) {
            throw std::bad_alloc();
        }
        ++book->given;
        return std::allocator<Value>().allocate(count);
    }
    void deallocate(Value* place, std::size_t count) {
        ++book->taken;
        std::allocator<Value>().deallocate(place, count);
    }
};

using blocks = zenwire::detail::block_list<counting_allocator<std::byte>>;

static_assert(!std::is_copy_constructible_v<blocks> && std::is_nothrow_move_constructible_v<blocks>);

}  // namespace

TEST_CASE("a block is at least as large as it was asked for, aligned, and grows") {
    account book;
    blocks list{counting_allocator<std::byte>(book)};
    std::size_t last = 0;
    for (const std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{1000000}, std::size_t{1}}) {
        const std::span<std::byte> block = list.add(size);
        REQUIRE(block.size() >= size);
        CHECK(block.size() > last);
        CHECK(reinterpret_cast<std::uintptr_t>(block.data()) % alignof(std::max_align_t) == 0);
        std::memset(block.data(), 1, block.size());
        last = block.size();
    }
}

TEST_CASE("all blocks are given back at the end, once, also after a move") {
    account book;
    {
        blocks first{counting_allocator<std::byte>(book)};
        CHECK_FALSE(first.add(1).empty());
        CHECK_FALSE(first.add(1).empty());
        blocks second(std::move(first));
        CHECK_FALSE(second.add(1).empty());
        CHECK(book.taken == 0);
    }
    CHECK(book.given == 3);
    CHECK(book.taken == 3);
}

TEST_CASE("without memory there is no block, and those before it stay") {
    account book{.most = 1};
    {
        blocks list{counting_allocator<std::byte>(book)};
        CHECK_FALSE(list.add(1).empty());
        CHECK(list.add(1).empty());
        CHECK(list.add(1).empty());
    }
    CHECK(book.taken == 1);
}
