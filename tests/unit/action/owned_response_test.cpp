// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/owning.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::member;

struct list_response {
    zenwire::inline_string<zenwire::limits::request_id> request_id;
    zenwire::arena_list<std::string_view> names;

    static constexpr auto members() noexcept {
        return zenwire::member_list(member<&list_response::request_id>{"requestId", zenwire::reading::may_be_cut},
                                    member<&list_response::names>{"names"});
    }
};

/// What an allocator may give, and what it has given and not taken back.
struct account {
    std::size_t blocks_left;
    std::size_t blocks_out = 0;
};

/// Gives null when its account is empty: it cannot throw in all builds.
template <class Value>
struct counted_allocator {
    using value_type = Value;

    explicit counted_allocator(account& of) noexcept : counts(&of) {}
    template <class Other>
    counted_allocator(counted_allocator<Other> const& other) noexcept : counts(other.counts) {}

    Value* allocate(std::size_t size) noexcept {
        if (counts->blocks_left == 0) {
            return nullptr;
        }
        --counts->blocks_left;
        ++counts->blocks_out;
        return std::allocator<Value>().allocate(size);
    }
    void deallocate(Value* memory, std::size_t size) noexcept {
        --counts->blocks_out;
        std::allocator<Value>().deallocate(memory, size);
    }

    account* counts;
};

using answer = zenwire::owned_response<list_response>;
using counted_answer = zenwire::owned_response<list_response, counted_allocator<std::byte>>;

static_assert(!std::is_copy_constructible_v<answer> && std::is_nothrow_move_constructible_v<answer>);

constexpr std::string_view small = R"({"requestId":"T1","response":{"names":["a","b\"c"]}})";

/// A response whose list needs more than the first block.
std::string large() {
    std::string names = "\"x\"";
    for (int i = 0; i < 2000; ++i) {
        names += ",\"x\"";
    }
    return R"({"requestId":"T1","response":{"names":[)" + names + "]}}";
}

}  // namespace

TEST_CASE("a response owns what its texts and lists refer to, wherever it moves") {
    std::string body(small);
    auto first = answer::parse({200, body, {}}, true);
    body.assign(body.size(), 'x');
    REQUIRE(first.has_value());
    std::string_view const before = (*first)->names.front();
    const answer second(*std::move(first));
    CHECK(second->request_id == "T1");
    REQUIRE(second->names.size() == 2);
    CHECK((*second).names.front() == "a");
    CHECK(second->names.front().data() == before.data());
    CHECK(*std::next(second->names.begin()) == "b\"c");
}

TEST_CASE("all memory is given back, also after a failure and a move") {
    account counts{100};
    {
        auto first = counted_answer::parse({200, large(), {}}, true, counted_allocator<std::byte>(counts));
        REQUIRE(first.has_value());
        CHECK((*first)->names.size() == 2001);
        CHECK(counts.blocks_out > 1);
        const counted_answer second(*std::move(first));
        CHECK(counts.blocks_out > 1);
    }
    CHECK(counts.blocks_out == 0);
    CHECK_FALSE(counted_answer::parse({200, "{", {}}, true, counted_allocator<std::byte>(counts)).has_value());
    CHECK(counts.blocks_out == 0);
}

TEST_CASE("without memory for the copy or for the lists it says so, and keeps nothing") {
    const std::string body = large();
    for (std::size_t blocks = 0;; ++blocks) {
        CAPTURE(blocks);
        account counts{blocks};
        const auto result = counted_answer::parse({200, body, {}}, true, counted_allocator<std::byte>(counts));
        if (result.has_value()) {
            CHECK(blocks > 1);
            break;
        }
        REQUIRE(code_of(result) == zenwire::errc::out_of_memory);
        CHECK(result.error().outcome == zenwire::outcome::not_executed);
        CHECK(result.error().http_status == 200);
        CHECK(counts.blocks_out == 0);
    }
}

TEST_CASE("an order whose answer found no memory may have been placed") {
    account counts{0};
    const auto result = counted_answer::parse({200, small, {}}, false, counted_allocator<std::byte>(counts));
    REQUIRE(code_of(result) == zenwire::errc::out_of_memory);
    CHECK(result.error().outcome == zenwire::outcome::unknown);
    CHECK_FALSE(result.error().retryable());
}

TEST_CASE("without memory a number that is no status is not made one") {
    for (const int status : {-1, 65536 + 200, 10000}) {
        CAPTURE(status);
        account counts{0};
        const auto result = counted_answer::parse({status, small, {}}, true, counted_allocator<std::byte>(counts));
        REQUIRE(code_of(result) == zenwire::errc::out_of_memory);
        CHECK(result.error().http_status == 0);
    }
}

TEST_CASE("a response without a body is an error of the response") {
    CHECK(code_of(answer::parse({200, {}, {}}, true)) == zenwire::errc::malformed_response);
    const auto refused = answer::parse({403, R"({"requestId":"T2","code":"X","message":"m"})", {}}, true);
    REQUIRE(code_of(refused) == zenwire::errc::api_error);
    CHECK(refused.error().message.view() == "m");
}
