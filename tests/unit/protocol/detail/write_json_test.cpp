// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/write_json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/arena.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/base/open_enum.hpp>

#include "../../results.hpp"

namespace {

using zenwire::member;

struct words {
    enum class value { unknown, on };
    struct row {
        enum value value;
        std::string_view text;
        std::string_view dialect;
    };
    static constexpr row table[] = {{value::on, "ON", {}}, {value::on, "on", "vm"}};
};
using word = zenwire::open_enum<words>;

struct item {
    std::int64_t number = 0;

    static constexpr auto members() noexcept { return zenwire::member_list(member<&item::number>{"number"}); }
};

struct parameters {
    std::string_view text{};
    zenwire::inline_string<8> own_text{};
    std::optional<word> state{};
    std::optional<item> nested{};
    std::span<std::string_view const> list{};
    zenwire::inplace_vector<std::int64_t, 2> own_list{};

    static constexpr auto members() noexcept {
        using self = parameters;
        return zenwire::member_list(member<&self::text>{"text"}, member<&self::own_text>{"ownText"},
                                    member<&self::state>{"state"}, member<&self::nested>{"nested"},
                                    member<&self::list>{"list"}, member<&self::own_list>{"ownList"});
    }
};

/// Its wire name is the service's.
struct renamed {
    std::optional<std::int64_t> bandwidth{};
    std::optional<word> state{};

    static constexpr auto members(zenwire::service const& service) noexcept {
        return zenwire::member_list(member<&renamed::bandwidth>{service.bandwidth_field},
                                    member<&renamed::state>{"state"});
    }
};

template <class Value>
std::string written(Value const& value, zenwire::service const& service = zenwire::services::bmc_2026_02_01) {
    char memory[256];
    zenwire::buffer_writer out(memory);
    zenwire::detail::json_writer json(out);
    zenwire::detail::write_json(json, value, service);
    return std::string(out.written());
}

}  // namespace

TEST_CASE("each kind of value is written as its kind of JSON") {
    CHECK(written(std::string_view("a\"b")) == R"("a\"b")");
    CHECK(written(zenwire::inline_string<16>("ab")) == R"("ab")");
    CHECK(written(std::int64_t{-5}) == "-5");
    CHECK(written(std::uint64_t{UINT64_MAX}) == "18446744073709551615");
    CHECK(written(std::uint16_t{7}) == "7");
    CHECK(written(*zenwire::decimal::parse("1e-3")) == "0.001");
    CHECK(written(*zenwire::traffic_package_size::parse("0.15")) == "0.15");
    CHECK(written(true) == "true");
    CHECK(written(zenwire::utc_time(zenwire::unix_seconds(1689058236))) == R"("2023-07-11T06:50:36Z")");
    CHECK(written(word(words::value::on)) == R"("ON")");
    CHECK(written(std::optional<item>()) == "null");
    CHECK(written(std::optional(item{7})) == R"({"number":7})");
}

TEST_CASE("lists are written element by element") {
    constexpr std::string_view texts[] = {"a", "b"};
    CHECK(written(std::span<std::string_view const>(texts)) == R"(["a","b"])");
    std::byte block[256];
    zenwire::arena memory(block);
    zenwire::arena_list<item> items;
    CHECK(written(items) == "[]");
    REQUIRE(items.add(memory) != nullptr);
    REQUIRE(items.add(memory) != nullptr);
    CHECK(written(items) == R"([{"number":0},{"number":0}])");
}

TEST_CASE("optionals, views and spans without anything in them are left out, what the object owns is not") {
    CHECK(written(parameters()) == R"({"ownText":"","ownList":[]})");
    constexpr std::string_view texts[] = {"x"};
    parameters all{"t", "o", word(words::value::on), item{1}, texts, {}};
    *all.own_list.add() = 4;
    CHECK(written(all) ==
          R"({"text":"t","ownText":"o","state":"ON","nested":{"number":1},"list":["x"],"ownList":[4]})");
}

TEST_CASE("a service gets its own spellings and its own names, and all else as others do") {
    const parameters some{.text = "t", .own_text = "o", .state = word(words::value::on), .nested = item{1}};
    CHECK(written(some, zenwire::services::vm_2026_04_01) ==
          R"({"text":"t","ownText":"o","state":"on","nested":{"number":1},"ownList":[]})");
    CHECK(written(some, zenwire::services::bmc_2026_02_01) ==
          R"({"text":"t","ownText":"o","state":"ON","nested":{"number":1},"ownList":[]})");

    const renamed both{5, word(words::value::on)};
    CHECK(written(both, zenwire::services::bmc_2026_02_01) == R"({"bandwidthOutMbps":5,"state":"ON"})");
    CHECK(written(both, zenwire::services::vm_2026_04_01) == R"({"internetMaxBandwidthOut":5,"state":"on"})");
    CHECK(written(renamed(), zenwire::services::vm_2026_04_01) == "{}");
    CHECK(written(std::optional<word>(), zenwire::services::vm_2026_04_01) == "null");
    CHECK(written(std::optional(word::parse("off")), zenwire::services::vm_2026_04_01) == R"("off")");
}
