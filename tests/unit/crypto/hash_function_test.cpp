// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/hash_function.hpp>

#include <array>
#include <memory>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using zenwire::hash_function;
using zenwire::sha256_digest;

/// A hash unit that may fail.
struct failing {
    void update(std::string_view) {}
    zenwire::expected<sha256_digest> finish() {
        return zenwire::unexpected(
            zenwire::error::make(zenwire::errc::crypto_failed, zenwire::blame::local, "it is off"));
    }
};
struct without_finish {
    void update(std::string_view) {}
};
struct without_update {
    sha256_digest finish() { return {}; }
};
struct of_another_size {
    void update(std::string_view) {}
    std::array<unsigned char, 20> finish() { return {}; }
};
struct not_copyable : failing {
    std::unique_ptr<int> handle{};
};

template <hash_function Hash>
zenwire::expected<sha256_digest> digest_of(std::string_view message) {
    Hash hash;
    hash.update(message);
    return hash.finish();
}

}  // namespace

TEST_CASE("a hash function can be copied and takes a message and gives a digest or an error") {
    CHECK(hash_function<zenwire::sha256>);
    CHECK(hash_function<failing>);
    CHECK_FALSE(hash_function<without_finish>);
    CHECK_FALSE(hash_function<without_update>);
    CHECK_FALSE(hash_function<of_another_size>);
    CHECK_FALSE(hash_function<not_copyable>);
    CHECK_FALSE(hash_function<sha256_digest>);
}

TEST_CASE("generic code gets the digest or the error of whatever hash it is given") {
    const auto digest = digest_of<zenwire::sha256>("abc");
    REQUIRE(digest.has_value());
    CHECK(*digest == zenwire::sha256_of("abc"));
    const auto failed = digest_of<failing>("abc");
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().code == zenwire::errc::crypto_failed);
}
