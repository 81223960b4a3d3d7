// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/expected.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

/// @file
/// The same assertions run on zenwire::expected and, where the standard library has it in full, on std::expected.

namespace {

struct own {
    template <class T, class E>
    using expected = zenwire::expected<T, E>;
    template <class E>
    using unexpected = zenwire::unexpected<E>;
    static constexpr std::in_place_t in_place{};
    static constexpr zenwire::unexpect_t unexpect{};
};

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
struct standard {
    template <class T, class E>
    using expected = std::expected<T, E>;
    template <class E>
    using unexpected = std::unexpected<E>;
    static constexpr std::in_place_t in_place{};
    static constexpr std::unexpect_t unexpect{};
};
#define LIBRARIES own, standard
#else
#define LIBRARIES own
#endif

template <class Library, class T>
using result = typename Library::template expected<T, std::string>;

template <class Library>
auto failure(std::string_view text = "failed") {
    return typename Library::template unexpected<std::string>(std::string(text));
}

/// Counts how many of its kind are alive.
class counted {
public:
    explicit counted(int number) noexcept : number_(number) { ++alive; }
    counted(counted const& other) noexcept : number_(other.number_) { ++alive; }
    counted(counted&& other) noexcept : number_(std::exchange(other.number_, -1)) { ++alive; }
    counted& operator=(counted const&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --alive; }

    [[nodiscard]] int number() const noexcept { return number_; }

    static inline int alive = 0;

private:
    int number_;
};

template <class Library>
constexpr bool works_in_a_constant_expression() {
    using number = typename Library::template expected<int, char>;
    using nothing = typename Library::template expected<void, char>;
    using failed = typename Library::template unexpected<char>;
    const auto half = [](int value) { return value % 2 == 0 ? number(value / 2) : number(failed('o')); };
    number value = 8;
    value = value.and_then(half).and_then(half).transform([](int n) { return n + 1; });
    const bool computes = value == 3 && !value.and_then(half) && value.and_then(half).error() == 'o';
    value = failed('x');
    const number copy = value;
    const nothing done;
    nothing not_done = failed('y');
    not_done = done;
    return computes && copy.error() == 'x' && copy.value_or(7) == 7 && not_done.has_value() &&
           number(Library::unexpect, 'z').or_else([](char c) { return number(c); }) == 'z' &&
           number(5).transform_error([](char) { return 1L; }).has_value();
}

static_assert(works_in_a_constant_expression<own>());

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
static_assert(works_in_a_constant_expression<standard>());
#endif

static_assert(std::is_same_v<zenwire::expected<int, char>::value_type, int>);
static_assert(std::is_same_v<zenwire::expected<int, char>::error_type, char>);
static_assert(std::is_same_v<zenwire::expected<int, char>::unexpected_type, zenwire::unexpected<char>>);
static_assert(std::is_same_v<zenwire::expected<int, char>::rebind<long>, zenwire::expected<long, char>>);
static_assert(std::is_same_v<zenwire::expected<void, char>::rebind<long>, zenwire::expected<long, char>>);

}  // namespace

TYPE_TO_STRING(own);
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
TYPE_TO_STRING(standard);
#endif

TEST_CASE_TEMPLATE("a value is there and is read in every way", Library, LIBRARIES) {
    result<Library, std::string> text = "value";
    CHECK(text.has_value());
    CHECK(static_cast<bool>(text));
    CHECK(*text == "value");
    CHECK(text.value() == "value");
    CHECK(text->size() == 5);
    CHECK(std::as_const(text).value() == "value");
    CHECK(*std::as_const(text) == "value");
    CHECK(std::as_const(text)->size() == 5);

    *text += "s";
    text->push_back('!');
    text.value() += "?";
    CHECK(*text == "values!?");
    const std::string taken = *std::move(text);
    CHECK(taken == "values!?");
    CHECK(text.has_value());
}

TEST_CASE_TEMPLATE("an error is there and is read", Library, LIBRARIES) {
    result<Library, int> failed = failure<Library>();
    CHECK_FALSE(failed.has_value());
    CHECK_FALSE(static_cast<bool>(failed));
    CHECK(failed.error() == "failed");
    CHECK(std::as_const(failed).error() == "failed");
    failed.error() += "!";
    const std::string taken = std::move(failed).error();
    CHECK(taken == "failed!");
    CHECK_FALSE(failed.has_value());
}

TEST_CASE_TEMPLATE("by default there is a default value", Library, LIBRARIES) {
    CHECK(result<Library, std::string>() == "");
    CHECK(result<Library, int>() == 0);
    CHECK(result<Library, void>().has_value());
    CHECK_FALSE(std::is_default_constructible_v<result<Library, counted>>);
}

TEST_CASE_TEMPLATE("values and errors are made in place from arguments", Library, LIBRARIES) {
    CHECK(*result<Library, std::string>(Library::in_place, 3U, 'v') == "vvv");
    CHECK(result<Library, std::string>(Library::unexpect, 2U, 'e').error() == "ee");
    CHECK(result<Library, void>(Library::unexpect, 2U, 'e').error() == "ee");
    CHECK(result<Library, void>(Library::in_place).has_value());
}

TEST_CASE_TEMPLATE("conversions of values and errors stay explicit where they are", Library, LIBRARIES) {
    const result<Library, std::string> from_literal = "text";
    CHECK(*from_literal == "text");
    const result<Library, long> from_int = 7;
    CHECK(*from_int == 7L);
    const result<Library, int> from_other_error = typename Library::template unexpected<char const*>("text");
    CHECK(from_other_error.error() == "text");
    const result<Library, void> nothing_from_other_error = typename Library::template unexpected<char const*>("text");
    CHECK(nothing_from_other_error.error() == "text");

    CHECK(std::is_convertible_v<int, result<Library, long>>);
    CHECK_FALSE(std::is_convertible_v<int, result<Library, counted>>);
    CHECK(std::is_constructible_v<result<Library, counted>, int>);
    CHECK_FALSE(std::is_constructible_v<result<Library, int>, std::string>);
    using failed_number = typename Library::template unexpected<int>;
    CHECK_FALSE(std::is_convertible_v<failed_number, typename Library::template expected<int, counted>>);
    CHECK(std::is_constructible_v<typename Library::template expected<int, counted>, failed_number>);
    CHECK_FALSE(std::is_convertible_v<result<Library, int>, bool>);
}

TEST_CASE_TEMPLATE("a copy is equal and on its own", Library, LIBRARIES) {
    result<Library, std::string> text = "value";
    const result<Library, std::string> copy = text;
    text->clear();
    CHECK(*copy == "value");

    result<Library, std::string> failed = failure<Library>();
    const result<Library, std::string> failed_copy = failed;
    failed.error().clear();
    CHECK(failed_copy.error() == "failed");

    result<Library, void> nothing = failure<Library>();
    const result<Library, void> nothing_copy = nothing;
    nothing.error().clear();
    CHECK(nothing_copy.error() == "failed");
}

TEST_CASE_TEMPLATE("what can only be moved is moved", Library, LIBRARIES) {
    using pointer = std::unique_ptr<int>;
    using either = typename Library::template expected<pointer, pointer>;
    CHECK_FALSE(std::is_copy_constructible_v<either>);
    CHECK_FALSE(std::is_copy_assignable_v<either>);
    CHECK_FALSE(std::is_copy_constructible_v<typename Library::template expected<void, pointer>>);

    either value = std::make_unique<int>(1);
    either moved = std::move(value);
    REQUIRE(moved.has_value());
    CHECK(**moved == 1);
    CHECK(value.has_value());
    CHECK(*value == nullptr);

    either failed(Library::unexpect, std::make_unique<int>(2));
    moved = std::move(failed);
    REQUIRE_FALSE(moved.has_value());
    CHECK(*moved.error() == 2);

    const auto increment = [](pointer p) { return std::make_unique<int>(*p + 1); };
    CHECK(**either(std::make_unique<int>(3)).transform(increment) == 4);
    CHECK(**either(std::make_unique<int>(3)).and_then([&](pointer p) { return either(increment(std::move(p))); }) == 4);
    CHECK(*either(Library::unexpect, std::make_unique<int>(3)).transform_error(increment).error() == 4);
    CHECK(**std::move(moved).or_else([&](pointer p) { return either(increment(std::move(p))); }) == 3);
    CHECK(*either(std::make_unique<int>(5)).value_or(nullptr) == 5);
    CHECK(either(Library::unexpect, nullptr).value_or(nullptr) == nullptr);
    const pointer taken = *either(std::make_unique<int>(6));
    CHECK(*taken == 6);
}

TEST_CASE_TEMPLATE("assignment changes between value and error in every direction", Library, LIBRARIES) {
    using either = typename Library::template expected<counted, std::string>;
    {
        const either values[] = {either(1), either(2)};
        const either failures[] = {failure<Library>("one"), failure<Library>("two")};
        either target(3);
        for (either const& source : {values[0], values[1], failures[0], failures[1], values[0]}) {
            target = source;
            REQUIRE(target.has_value() == source.has_value());
            CHECK((source ? target->number() == source->number() : target.error() == source.error()));
            either temporary = source;
            target = std::move(temporary);
            REQUIRE(target.has_value() == source.has_value());
            CHECK((source ? target->number() == source->number() : target.error() == source.error()));
        }
        target = counted(4);
        CHECK(target->number() == 4);
        target = failure<Library>();
        CHECK(target.error() == "failed");

        either& same = target;
        target = same;
        CHECK(target.error() == "failed");
    }
    CHECK(counted::alive == 0);

    result<Library, void> nothing;
    nothing = failure<Library>("one");
    CHECK(nothing.error() == "one");
    nothing = result<Library, void>(failure<Library>("two"));
    CHECK(nothing.error() == "two");
    nothing = result<Library, void>();
    CHECK(nothing.has_value());
}

TEST_CASE_TEMPLATE("value_or is the value or else the fallback", Library, LIBRARIES) {
    const result<Library, std::string> text = "value";
    const result<Library, std::string> failed = failure<Library>();
    CHECK(text.value_or("fallback") == "value");
    CHECK(failed.value_or("fallback") == "fallback");
    CHECK(result<Library, std::string>("value").value_or("fallback") == "value");
    CHECK(result<Library, std::string>(failure<Library>()).value_or("fallback") == "fallback");
}

TEST_CASE_TEMPLATE("error_or is the error or else the fallback", Library, LIBRARIES) {
    const result<Library, int> number = 1;
    const result<Library, int> failed = failure<Library>();
    CHECK(number.error_or("fallback") == "fallback");
    CHECK(failed.error_or("fallback") == "failed");
    CHECK(result<Library, int>(1).error_or("fallback") == "fallback");
    CHECK(result<Library, int>(failure<Library>()).error_or("fallback") == "failed");
    const result<Library, void> done;
    const result<Library, void> not_done = failure<Library>();
    CHECK(done.error_or("fallback") == "fallback");
    CHECK(not_done.error_or("fallback") == "failed");
}

TEST_CASE_TEMPLATE("emplace puts a value in place of what is held, and ends that", Library, LIBRARIES) {
    {
        typename Library::template expected<counted, counted> either(Library::unexpect, 1);
        CHECK(either.emplace(counted(2)).number() == 2);
        CHECK(either.has_value());
        CHECK(either.emplace(counted(3)).number() == 3);
        CHECK(either->number() == 3);
        CHECK(counted::alive == 1);
    }
    CHECK(counted::alive == 0);
    result<Library, void> done = failure<Library>();
    done.emplace();
    CHECK(done.has_value());
}

TEST_CASE_TEMPLATE("and_then goes on with a value and hands an error on", Library, LIBRARIES) {
    int calls = 0;
    const auto size = [&](std::string const& text) {
        ++calls;
        return text.empty() ? result<Library, std::size_t>(failure<Library>("empty")) : text.size();
    };
    const result<Library, std::string> text = "value";
    const result<Library, std::string> failed = failure<Library>();
    CHECK(text.and_then(size) == 5U);
    CHECK(result<Library, std::string>("").and_then(size).error() == "empty");
    CHECK(calls == 2);
    CHECK(failed.and_then(size).error() == "failed");
    CHECK(result<Library, std::string>(failed).and_then(size).error() == "failed");
    CHECK(calls == 2);

    const auto nothing = [&](auto const&...) { return result<Library, void>(); };
    CHECK(text.and_then(nothing).has_value());
    CHECK(failed.and_then(nothing).error() == "failed");
}

TEST_CASE_TEMPLATE("or_else goes on with an error and hands a value on", Library, LIBRARIES) {
    int calls = 0;
    const auto recover = [&](std::string const& error) {
        ++calls;
        return typename Library::template expected<std::string, int>("instead of " + error);
    };
    const result<Library, std::string> text = "value";
    const result<Library, std::string> failed = failure<Library>();
    CHECK(text.or_else(recover) == "value");
    CHECK(result<Library, std::string>("value").or_else(recover) == "value");
    CHECK(calls == 0);
    CHECK(failed.or_else(recover) == "instead of failed");
    CHECK(result<Library, std::string>(failed).or_else(recover) == "instead of failed");
    CHECK(calls == 2);
}

TEST_CASE_TEMPLATE("transform replaces a value and hands an error on", Library, LIBRARIES) {
    const auto size = [](std::string const& text) { return text.size(); };
    const result<Library, std::string> text = "value";
    const result<Library, std::string> failed = failure<Library>();
    CHECK(text.transform(size) == 5U);
    CHECK(failed.transform(size).error() == "failed");
    CHECK(result<Library, std::string>("value").transform(size) == 5U);
    CHECK(result<Library, std::string>(failed).transform(size).error() == "failed");

    int calls = 0;
    const auto count = [&](std::string const&) { ++calls; };
    CHECK(std::is_void_v<typename decltype(text.transform(count))::value_type>);
    CHECK(text.transform(count).has_value());
    CHECK(calls == 1);
    CHECK(failed.transform(count).error() == "failed");
    CHECK(calls == 1);
}

TEST_CASE_TEMPLATE("transform_error replaces an error and hands a value on", Library, LIBRARIES) {
    const auto size = [](std::string const& error) { return error.size(); };
    const result<Library, std::string> text = "value";
    const result<Library, std::string> failed = failure<Library>();
    CHECK(text.transform_error(size) == "value");
    CHECK(failed.transform_error(size).error() == 6U);
    CHECK(result<Library, std::string>("value").transform_error(size) == "value");
    CHECK(result<Library, std::string>(failed).transform_error(size).error() == 6U);
}

TEST_CASE_TEMPLATE("success without a value has the same vocabulary", Library, LIBRARIES) {
    using nothing = result<Library, void>;
    const nothing done;
    const nothing failed = failure<Library>();
    CHECK(done.has_value());
    CHECK(static_cast<bool>(done));
    done.value();
    *done;
    CHECK_FALSE(failed.has_value());
    CHECK_FALSE(static_cast<bool>(failed));
    CHECK(failed.error() == "failed");
    const nothing copy = failed;  // no temporary: GCC 14 warns of std::expected<void, std::string> that it may be uninitialised
    CHECK(copy.error() == "failed");
    CHECK(nothing(done).has_value());

    int calls = 0;
    const auto count = [&] { ++calls; };
    const auto seven = [] { return 7; };
    CHECK(done.transform(count).has_value());
    CHECK(failed.transform(count).error() == "failed");
    CHECK(calls == 1);
    CHECK(done.transform(seven) == 7);
    CHECK(failed.transform(seven).error() == "failed");

    const auto number = [] { return result<Library, int>(8); };
    CHECK(done.and_then(number) == 8);
    CHECK(failed.and_then(number).error() == "failed");

    const auto recover = [](std::string const&) { return nothing(); };
    CHECK(done.or_else(recover).has_value());
    CHECK(failed.or_else(recover).has_value());

    const auto size = [](std::string const& error) { return error.size(); };
    CHECK(done.transform_error(size).has_value());
    CHECK(failed.transform_error(size).error() == 6U);
}

TEST_CASE_TEMPLATE("equal are equal values and equal errors", Library, LIBRARIES) {
    const result<Library, int> one = 1;
    const result<Library, int> failed = failure<Library>();
    CHECK(one == result<Library, int>(1));
    CHECK(one != result<Library, int>(2));
    CHECK(one == result<Library, long>(1));
    CHECK(one != failed);
    CHECK(failed == result<Library, int>(failure<Library>()));
    CHECK(failed != result<Library, int>(failure<Library>("otherwise")));
    CHECK(one == 1);
    CHECK(1 == one);
    CHECK(one != 2);
    CHECK(failed != 0);
    CHECK(failed == failure<Library>());
    CHECK(failure<Library>() == failed);
    CHECK(failed != failure<Library>("otherwise"));
    CHECK(one != failure<Library>());

    const result<Library, void> done;
    const result<Library, void> not_done = failure<Library>();
    CHECK(done == result<Library, void>());
    CHECK(done != not_done);
    CHECK(not_done == result<Library, void>(failure<Library>()));
    CHECK(not_done == failure<Library>());
    CHECK(not_done != result<Library, void>(failure<Library>("otherwise")));
    CHECK(not_done != failure<Library>("otherwise"));
    CHECK(done != failure<Library>());
}
