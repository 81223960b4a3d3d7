// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/sha256.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using zenwire::sha256_digest;
using zenwire::detail::sha256_ending;

static_assert(sha256_ending{}.size() == 0 && sha256_ending{"abc"}.size() == 3);

}  // namespace

TEST_CASE("an ending is as long as its text and the hexadecimal digits of its digest if there is one") {
    const sha256_digest digest{};
    CHECK(sha256_ending{}.size() == 0);
    CHECK(sha256_ending{"abc"}.size() == 3);
    CHECK(sha256_ending{std::string_view(), &digest}.size() == 64);
    CHECK(sha256_ending{"abc", &digest}.size() == 67);
}
