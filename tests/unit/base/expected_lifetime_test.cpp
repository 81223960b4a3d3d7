// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/expected.hpp>

#include <memory>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "../aborts.hpp"

/// @file
/// What a result holds begins and ends with it; who reads what it does not hold ends the program.

namespace {

template <class Library, class T>
using result = typename Library::template expected<T, std::string>;

}  // namespace

TEST_CASE("reading the side that is not there ends the program") {
    using number = zenwire::expected<int, char>;
    using nothing = zenwire::expected<void, char>;
    number value = 1;
    number failed(zenwire::unexpect, 'e');
    nothing done;
    nothing not_done(zenwire::unexpect, 'e');

    CHECK(aborts([&] { static_cast<void>(failed.value()); }));
    CHECK(aborts([&] { static_cast<void>(std::as_const(failed).value()); }));
    CHECK(aborts([&] { static_cast<void>(std::move(failed).value()); }));
    CHECK(aborts([&] { static_cast<void>(*failed); }));
    CHECK(aborts([&] { static_cast<void>(*std::as_const(failed)); }));
    CHECK(aborts([&] { static_cast<void>(*std::move(failed)); }));
    CHECK(aborts([&] { static_cast<void>(failed.operator->()); }));
    CHECK(aborts([&] { static_cast<void>(std::as_const(failed).operator->()); }));
    CHECK(aborts([&] { static_cast<void>(value.error()); }));
    CHECK(aborts([&] { static_cast<void>(std::as_const(value).error()); }));
    CHECK(aborts([&] { static_cast<void>(std::move(value).error()); }));
    CHECK(aborts([&] { not_done.value(); }));
    CHECK(aborts([&] { *not_done; }));
    CHECK(aborts([&] { static_cast<void>(done.error()); }));
    CHECK(aborts([&] { static_cast<void>(std::as_const(done).error()); }));
    CHECK(aborts([&] { static_cast<void>(std::move(done).error()); }));
    CHECK_FALSE(aborts([&] {
        static_cast<void>(*value);
        static_cast<void>(failed.error());
        done.value();
        static_cast<void>(not_done.error());
    }));
}

TEST_CASE("moved onto itself a result stays as it is") {
    zenwire::expected<std::string, std::string> text = "value";
    auto& same = text;
    text = std::move(same);
    CHECK(text == "value");
    text = zenwire::unexpected<std::string>("failed");
    text = std::move(same);
    CHECK(text.error() == "failed");

    zenwire::expected<void, std::string> nothing = zenwire::unexpected<std::string>("failed");
    auto& same_nothing = nothing;
    nothing = std::move(same_nothing);
    CHECK(nothing.error() == "failed");
}

TEST_CASE("what a result holds is destroyed with it, and when something else takes its place") {
    const auto value = std::make_shared<int>(1);
    const auto error = std::make_shared<char>('e');
    {
        zenwire::expected<std::shared_ptr<int>, std::shared_ptr<char>> result = value;
        CHECK(value.use_count() == 2);
        result = zenwire::unexpected(error);
        CHECK(value.use_count() == 1);
        CHECK(error.use_count() == 2);
        result = value;
        CHECK(value.use_count() == 2);
        CHECK(error.use_count() == 1);
        result = zenwire::unexpected(error);
        zenwire::expected<void, std::shared_ptr<char>> nothing = zenwire::unexpected(error);
        CHECK(error.use_count() == 3);
        nothing = zenwire::expected<void, std::shared_ptr<char>>();
        CHECK(error.use_count() == 2);
        nothing = zenwire::unexpected(error);
        const zenwire::expected<std::shared_ptr<int>, std::shared_ptr<char>> held = value;
    }
    CHECK(value.use_count() == 1);
    CHECK(error.use_count() == 1);
}
