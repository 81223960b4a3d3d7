// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/expected.hpp>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

/// @file
/// What becomes a result, and what a result becomes.

namespace {

template <class Library, class T>
using result = typename Library::template expected<T, std::string>;

struct anything {
    template <class Type>
    anything(Type const&) noexcept {}
};

}  // namespace

TEST_CASE("a truth value is never made from whether another result succeeded") {
    CHECK_FALSE(std::is_constructible_v<zenwire::expected<bool, char>, zenwire::expected<int, char>>);
    CHECK_FALSE(std::is_constructible_v<zenwire::expected<bool, char>, zenwire::expected<void, char>>);
    CHECK(std::is_convertible_v<bool, zenwire::expected<bool, char>>);
}

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
TEST_CASE("results convert to and from those of the standard library") {
    const zenwire::expected<int, std::string> value = std::expected<int, std::string>(1);
    CHECK(value == 1);
    const zenwire::expected<int, std::string> failed = std::expected<int, std::string>(std::unexpect, "failed");
    CHECK(failed.error() == "failed");
    const std::expected<int, std::string> standard_value = value;
    CHECK(standard_value == 1);
    const std::expected<int, std::string> standard_failure = failed;
    CHECK(standard_failure.error() == "failed");

    const zenwire::expected<int, std::string> from_error = std::unexpected("failed");
    CHECK(from_error.error() == "failed");
    const zenwire::expected<std::string, std::string> text_from_error = std::unexpected(std::string("failed"));
    CHECK(text_from_error.error() == "failed");
    const zenwire::expected<void, std::string> nothing_from_error = std::unexpected("failed");
    CHECK(nothing_from_error.error() == "failed");

    const zenwire::expected<void, std::string> done = std::expected<void, std::string>();
    CHECK(done.has_value());
    const zenwire::expected<void, std::string> not_done = std::expected<void, std::string>(std::unexpect, "failed");
    CHECK(not_done.error() == "failed");
    const std::expected<void, std::string> standard_done = done;
    CHECK(standard_done.has_value());
    const std::expected<void, std::string> standard_not_done = not_done;
    CHECK(standard_not_done.error() == "failed");

    zenwire::expected<std::unique_ptr<int>, int> pointer =
        std::expected<std::unique_ptr<int>, int>(std::make_unique<int>(3));
    CHECK(**pointer == 3);
    const std::expected<std::unique_ptr<int>, int> standard_pointer = std::move(pointer);
    CHECK(**standard_pointer == 3);
}
#endif

TEST_CASE("an error for a result whose value can be made of anything is an error all the same") {
    const zenwire::expected<anything, int> result = zenwire::unexpected(7);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error() == 7);
}
