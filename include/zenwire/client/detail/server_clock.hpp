// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_SERVER_CLOCK_HPP
#define ZENWIRE_CLIENT_DETAIL_SERVER_CLOCK_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/client/detail/elapsed_time.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// How far the server's clock is ahead of the caller's (money.md, 5.2), in seconds: as it said when it called a signature expired.
class server_clock {
public:
    /// Takes how far the server's clock is ahead of the time that the last look was signed for.
    constexpr void learn(std::int64_t seconds) noexcept { told_ = saturating_add(told_.value_or(0), seconds); }
    /// A look was answered that was signed by what was learned.
    constexpr void prove() noexcept { proven_ = told_; }

    /// What was learned; nothing while no signature was called expired.
    [[nodiscard]] constexpr std::optional<std::int64_t> const& told() const noexcept { return told_; }
    /// The same, once a look proved it.
    [[nodiscard]] constexpr std::optional<std::int64_t> const& proven() const noexcept { return proven_; }
    /// The offset by which an order can be accepted the longest: one that was told and not proven by a look may be wrong, or the
    /// clock may have been set since, so that it never makes the end earlier.
    [[nodiscard]] constexpr std::optional<std::int64_t> cautious() const noexcept {
        const bool is_later = told_ && *told_ < proven_.value_or(-signature_lifetime_seconds);
        return is_later ? told_ : proven_;
    }
    /// The server's time.
    [[nodiscard]] constexpr unix_seconds time_for(unix_seconds now) const noexcept {
        return unix_seconds(saturating_add(now.count(), told_.value_or(0)));
    }

private:
    std::optional<std::int64_t> told_{};
    std::optional<std::int64_t> proven_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
