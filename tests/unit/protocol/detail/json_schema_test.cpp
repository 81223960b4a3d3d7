// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/json_schema.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/protocol/detail/json_reader.hpp>

#include "../../results.hpp"

namespace {

using zenwire::arena_list;
using zenwire::arena;
using zenwire::decimal;
using zenwire::detail::json_scalar;
using zenwire::detail::json_token;
using zenwire::detail::json_value_type;
using zenwire::member;
using zenwire::traffic_package_size;
template <class Value>
constexpr json_value_type const& type = zenwire::detail::json_value_type_for<Value>;

struct words {
    enum class value { unknown, on };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {{value::on, "ON"}};
};

struct item {
    std::int64_t number = 0;
    std::optional<bool> flag;

    static constexpr auto members() noexcept {
        return zenwire::member_list(member<&item::number>{"number"},
                                    member<&item::flag>{"flag", zenwire::reading::incidental, "formerFlag"});
    }
};

/// The value that a token becomes; nothing when it does not fit.
template <class Value>
std::optional<Value> from_token(std::string_view text, json_token kind) {
    Value value{};
    return type<Value>.store(&value, {text, kind}, {}) ? std::optional(value) : std::nullopt;
}

template <class Value>
std::optional<Value> from_integer(std::int64_t number) {
    Value value{};
    const zenwire::detail::json_scalar scalar{std::string_view(), json_token::whole_number, true, true, number};
    return type<Value>.store(&value, scalar, {}) ? std::optional(value) : std::nullopt;
}

}  // namespace

TEST_CASE("whole numbers come from numbers and from texts, and from nothing else") {
    CHECK(from_token<std::int64_t>("-12", json_token::number) == -12);
    CHECK(from_token<std::int64_t>("12.0", json_token::number) == 12);
    CHECK(from_token<std::int64_t>("1e3", json_token::number) == 1000);
    CHECK(from_token<std::int64_t>("12", json_token::string) == 12);
    CHECK_FALSE(from_token<std::int64_t>("12.5", json_token::number).has_value());
    CHECK_FALSE(from_token<std::int64_t>("", json_token::string).has_value());
    CHECK_FALSE(from_token<std::int64_t>("12 ", json_token::string).has_value());
    CHECK_FALSE(from_token<std::int64_t>("true", json_token::truth).has_value());
    CHECK_FALSE(from_token<std::int64_t>("1000000000000000000", json_token::number).has_value());
}

TEST_CASE("texts may be cut, words and numbers may not") {
    static_assert(type<zenwire::inline_string<4>>.is_text && type<std::string_view>.is_text);
    static_assert(type<zenwire::open_enum<words>>.is_word && !type<zenwire::open_enum<words>>.is_text);
    static_assert(!type<std::int64_t>.is_text && !type<std::int64_t>.is_word);
}

TEST_CASE("integers are read whole, and decimals of more than 18 digits say that they are not") {
    constexpr std::int64_t largest = 999'999'999'999'999'999;
    CHECK(from_integer<std::int64_t>(largest) == largest);
    CHECK(from_integer<std::int64_t>(-largest) == -largest);
    CHECK(from_integer<std::int64_t>(largest + 1) == largest + 1);
    CHECK(from_integer<std::int64_t>(INT64_MIN) == INT64_MIN);
    CHECK(from_integer<decimal>(largest)->is_rounded() == false);
    CHECK(from_integer<decimal>(INT64_MAX) == decimal(largest));
    CHECK(from_integer<decimal>(INT64_MAX)->is_rounded());
    CHECK_FALSE(from_integer<traffic_package_size>(INT64_MAX).has_value());
    CHECK(from_integer<std::optional<decimal>>(7) == std::optional(decimal(7)));
}

TEST_CASE("decimals are the nearest ones, and sizes exact but for the noise of a double, and in their range") {
    CHECK(from_token<decimal>("0.10", json_token::string) == decimal::parse("0.1"));
    CHECK(from_token<decimal>("0.1000000000000000001", json_token::number) == decimal::parse("0.1"));
    CHECK(from_token<decimal>("0.1000000000000000001", json_token::number)->is_rounded());
    constexpr std::string_view in_full = "0.1499999999999999944488848768742172978818416595458984375";
    CHECK(from_token<traffic_package_size>(in_full, json_token::number) == traffic_package_size::parse("0.15"));
    CHECK(from_token<traffic_package_size>("64.0499999999999971578290569595992565155029296875", json_token::number) ==
          traffic_package_size::parse("64.05"));
    CHECK_FALSE(from_token<traffic_package_size>("0.1500000059604644775390625", json_token::number).has_value());
    CHECK_FALSE(from_token<traffic_package_size>("0.0000000000000000000001", json_token::number).has_value());
    CHECK(from_token<traffic_package_size>("0.15", json_token::number) == traffic_package_size::parse("0.15"));
    CHECK_FALSE(from_token<traffic_package_size>("-1", json_token::number).has_value());
    CHECK_FALSE(from_token<traffic_package_size>("0.0000001", json_token::number).has_value());
    CHECK_FALSE(from_integer<traffic_package_size>(-1).has_value());
}

TEST_CASE("booleans come from booleans and from their texts") {
    CHECK(from_token<bool>("true", json_token::truth) == true);
    CHECK(from_token<bool>("false", json_token::string) == false);
    CHECK_FALSE(from_token<bool>("1", json_token::number).has_value());
    CHECK_FALSE(from_token<bool>("TRUE", json_token::string).has_value());
}

TEST_CASE("words come from texts, and from numbers as they are written") {
    using word = zenwire::open_enum<words>;
    CHECK(from_token<word>("ON", json_token::string) == words::value::on);
    CHECK(from_token<word>("OFF", json_token::string)->text() == "OFF");
    CHECK(from_token<word>("1", json_token::number)->text() == "1");
    CHECK_FALSE(from_token<word>("true", json_token::truth).has_value());
}

TEST_CASE("an optional is filled by the same token as its value, and keeps nothing else") {
    CHECK(from_token<std::optional<bool>>("true", json_token::truth) == std::optional(true));
    std::optional<std::int64_t> number;
    CHECK_FALSE(type<std::optional<std::int64_t>>.store(&number, {"x", json_token::string}, {}));
    CHECK_FALSE(number.has_value());
    std::optional<item> place;
    REQUIRE((type<std::optional<item>>.enter != nullptr));
    void* const entered = type<std::optional<item>>.enter(&place);
    REQUIRE(place.has_value());
    CHECK(entered == &*place);
}

TEST_CASE("a text that begins right behind the body is no part of it") {
    char memory[] = "{\"a\"}b";
    const zenwire::detail::json_source source{{memory, 5}, nullptr};
    CHECK(source.holds({memory + 2, 1}));
    CHECK(source.holds({memory, 5}));
    CHECK_FALSE(source.holds({memory + 5, 1}));
}

TEST_CASE("a text takes its pieces until one does not fit") {
    zenwire::inline_string<4> text;
    const auto store = [&](json_scalar const& value) {
        return type<zenwire::inline_string<4>>.store(&text, value, {});
    };
    CHECK(store({"abc", json_token::string, true, false}));
    CHECK_FALSE(store({"de", json_token::string, false, false}));
    CHECK(store({"", json_token::string}));
    CHECK(text.empty());
    CHECK(store({"abcd", json_token::string}));
    CHECK_FALSE(store({"abcde", json_token::string}));
}

TEST_CASE("a view takes its pieces from the memory, and none without") {
    alignas(8) std::byte block[4];
    arena memory(block);
    std::string_view text;
    const auto store = [&](json_scalar const& value, arena* from) {
        return type<std::string_view>.store(&text, value, {{}, from});
    };
    CHECK(store({"abc", json_token::string, true, false}, &memory));
    CHECK(text == "abc");
    CHECK_FALSE(store({"de", json_token::string, false, false}, &memory));
    CHECK(memory.exhausted());
    CHECK(store({"", json_token::string}, &memory));
    CHECK(text.empty());
    CHECK_FALSE(store({"a", json_token::string, true, false}, nullptr));
}

TEST_CASE("a view of a whole string refers to the JSON text, one of a piece never") {
    alignas(8) std::byte block[16];
    arena memory(block);
    std::string_view text;
    constexpr std::string_view body = "text of a response";
    CHECK(type<std::string_view>.store(&text, {body.substr(0, 4), json_token::string}, {body, &memory}));
    CHECK(text.data() == body.data());
    CHECK(type<std::string_view>.store(&text, {body.substr(0, 4), json_token::string, true, false}, {body, &memory}));
    CHECK(text == "text");
    CHECK(text.data() != body.data());
}

TEST_CASE("a list adds elements while there is room") {
    using fixed = zenwire::inplace_vector<std::int64_t, 2>;
    fixed list;
    CHECK(type<fixed>.list->add(&list, nullptr) != nullptr);
    CHECK(type<fixed>.list->add(&list, nullptr) != nullptr);
    CHECK(type<fixed>.list->add(&list, nullptr) == nullptr);

    arena_list<item> linked;
    CHECK(type<arena_list<item>>.list->add(&linked, nullptr) == nullptr);
    arena memory((std::span<std::byte>()));
    CHECK(type<arena_list<item>>.list->add(&linked, &memory) == nullptr);
    CHECK(linked.empty());
    CHECK(type<arena_list<item>>.list->element.type == &type<item>);
}

TEST_CASE("a member of a base class is located in the object of the derived one") {
    struct derived : std::string, item {
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&derived::flag>{"flag"}, member<&derived::number>{"number"});
        }
    };
    derived value;
    zenwire::detail::json_object_type const& object = *type<derived>.object;
    CHECK(object.find("number")->locate(&value) == &value.number);
    CHECK(object.find("flag")->locate(&value) == &value.flag);
}

TEST_CASE("a member is found by its name and by its former one, which lead to the same place") {
    zenwire::detail::json_object_type const& object = *type<item>.object;
    zenwire::detail::json_member_type const* const flag = object.find("flag");
    zenwire::detail::json_member_type const* const former = object.find("formerFlag");
    REQUIRE(flag != nullptr);
    REQUIRE(former != nullptr);
    item value;
    CHECK(flag->locate(&value) == &value.flag);
    CHECK(former->locate(&value) == &value.flag);
    CHECK(former->name == "formerFlag");
    CHECK(object.find("number")->type == &type<std::int64_t>);
    CHECK(object.find("Flag") == nullptr);
    CHECK(object.find("") == nullptr);
}

TEST_CASE("a member under its former name beside its own is a duplicate") {
    for (std::string_view const json : {R"({"flag":true,"formerFlag":false})", R"({"formerFlag":true,"flag":false})",
                                        R"({"formerFlag":true,"formerFlag":false})"}) {
        CAPTURE(json);
        item value;
        CHECK(zenwire::detail::read_json(json, value).fault == zenwire::detail::json_fault::duplicate);
        CHECK(value.flag == true);
    }
}

TEST_CASE("a data member is found behind a base and among members that own memory") {
    struct base {
        char letter = 'a';
    };
    struct apart : base {
        std::string first;
        std::int64_t number = 0;
        std::string last;

        static constexpr auto members() noexcept { return zenwire::member_list(member<&apart::number>{"number"}); }
    };
    apart value;
    CHECK(type<apart>.object->find("number")->locate(&value) == &value.number);
}
