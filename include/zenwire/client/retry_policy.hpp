// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_RETRY_POLICY_HPP
#define ZENWIRE_CLIENT_RETRY_POLICY_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/error.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// How often an attempt is repeated, and after which waits. Only what error::retryable() allows is repeated at all.
struct retry_policy {
    /// Attempts in all; 1 repeats nothing.
    std::uint32_t max_attempts = 4;
    /// Wait after the first attempt; each further one doubles it: 1, 2, 4 s.
    milliseconds initial_backoff{1000};
    /// No wait is longer. When the server wants a longer one (`retry-after`), the attempts end.
    milliseconds max_backoff{60'000};
    /// Up to this much is added at random, so that many clients do not come back at the same moment.
    milliseconds max_jitter{250};
};

/// How long to wait before the next attempt; nothing when there should be none. A `retry-after` replaces the backoff.
/// @param attempts how many were made, at least 1
/// @param jitter 32 random bits: 0 adds nothing, the largest number all of retry_policy::max_jitter
[[nodiscard]] constexpr std::optional<milliseconds> retry_wait(retry_policy const& policy, error const& failure,
                                                               std::uint32_t attempts, std::uint32_t jitter) noexcept {
    if (!failure.retryable() || attempts >= policy.max_attempts) {
        return std::nullopt;
    }
    const auto bounded = [](std::int64_t count, std::int64_t most) noexcept {
        return count < 0 ? std::int64_t{0} : count < most ? count : most;
    };
    const std::int64_t longest = bounded(policy.max_backoff.count(), INT64_MAX);
    std::int64_t wait = bounded(policy.initial_backoff.count(), longest);
    for (std::uint32_t i = 1; i < attempts && wait != 0 && wait != longest; ++i) {
        wait = wait < longest - wait ? 2 * wait : longest;
    }
    if (failure.retry_after_seconds.has_value()) {
        wait = std::int64_t{1000} * *failure.retry_after_seconds;
        if (wait > longest) {
            return std::nullopt;
        }
    }
    const std::int64_t extra =
        bounded(policy.max_jitter.count(), INT32_MAX) * static_cast<std::int64_t>(jitter) / UINT32_MAX;
    return milliseconds(extra < longest - wait ? wait + extra : longest);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
