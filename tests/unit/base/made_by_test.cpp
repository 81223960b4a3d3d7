// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/bytes.hpp>

#include <optional>

#include <doctest/doctest.h>

namespace {

struct numbers {
    int first = 1;
    int second = 2;
};

}  // namespace

TEST_CASE("what is made by a function is made once for each conversion") {
    int calls = 0;
    std::optional<numbers> place;
    place.emplace(zenwire::detail::made_by([&]() noexcept {
        ++calls;
        return numbers{calls, 3};
    }));
    CHECK(calls == 1);
    CHECK(place->first == 1);
    CHECK(place->second == 3);
}
