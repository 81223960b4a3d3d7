// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_PROTOCOL_PLANNED_CRYPTO_HPP
#define ZENWIRE_TESTS_UNIT_PROTOCOL_PLANNED_CRYPTO_HPP

#include <string_view>

#include <zenwire/base/expected.hpp>
#include <zenwire/crypto/hmac_sha256.hpp>

#include "../samples.hpp"

/// @file
/// A hash and a MAC that fail where a test wants it.

/// Counts down to a fault: the `fail_at`-th piece of work (from 1) fails.
struct fault_plan {
    int fail_at = 0;
    int done = 0;

    zenwire::expected<zenwire::sha256_digest> work(zenwire::sha256_digest const& digest) noexcept {
        if (++done == fail_at) {
            return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, "planned fault", "unit");
        }
        return digest;
    }
};

/// A hash_function by plan.
struct planned_hash {
    void update(std::string_view message) noexcept { hash.update(message); }
    [[nodiscard]] zenwire::expected<zenwire::sha256_digest> finish() noexcept { return plan->work(hash.finish()); }

    fault_plan* plan;
    zenwire::sha256 hash{};
};

/// A mac_provider by plan.
struct planned_mac {
    zenwire::expected<zenwire::sha256_digest> operator()(std::string_view message) const noexcept {
        return plan->work(zenwire::hmac_sha256(sample::password)(message));
    }

    fault_plan* plan;
};

#endif
