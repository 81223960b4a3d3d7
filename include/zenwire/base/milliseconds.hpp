// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_MILLISECONDS_HPP
#define ZENWIRE_BASE_MILLISECONDS_HPP

#include <compare>
#include <cstdint>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/chrono_units.hpp>

namespace ZENWIRE_NAMESPACE {

/// A length of time. A type of our own, because `<chrono>` costs more to compile than the rest of the library.
class milliseconds {
public:
    /// No time.
    constexpr milliseconds() noexcept = default;
    /// That many milliseconds.
    constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

    /// Any `std::chrono::duration`: `wait = 30s`. Rounded down; the shortest or longest time where it does not fit.
    template <detail::chrono_duration Duration>
    constexpr milliseconds(Duration const& duration) noexcept : count_(detail::ticks_of<1, 1000>(duration)) {}

    /// As any `std::chrono::duration`: `std::chrono::milliseconds(step.wait)`. Rounded down.
    template <detail::chrono_duration Duration>
    [[nodiscard]] constexpr explicit operator Duration() const noexcept {
        return detail::duration_of<Duration, 1, 1000>(count_);
    }

    /// How many.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

    /// Compares lengths of time.
    [[nodiscard]] friend constexpr auto operator<=>(milliseconds left, milliseconds right) noexcept {
        return left.count_ <=> right.count_;
    }
    /// Whether both are the same length of time.
    [[nodiscard]] friend constexpr bool operator==(milliseconds, milliseconds) noexcept = default;

private:
    std::int64_t count_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
