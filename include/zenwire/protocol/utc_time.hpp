// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_UTC_TIME_HPP
#define ZENWIRE_PROTOCOL_UTC_TIME_HPP

#include <cstddef>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>

namespace ZENWIRE_NAMESPACE {

/// A point in time as the API writes it: `2023-07-11T06:50:36Z`.
class utc_time {
public:
    /// How many characters it has.
    static constexpr std::size_t size = 20;

    /// 1970-01-01T00:00:00Z.
    constexpr utc_time() noexcept = default;
    /// That point in time; one outside of the years 1970 to 9999 is refused by validate().
    constexpr utc_time(unix_seconds seconds) noexcept : seconds_(seconds) {}

    /// Seconds since 1970.
    [[nodiscard]] constexpr unix_seconds seconds() const noexcept { return seconds_; }

    /// Writes its characters.
    constexpr void write_to(buffer_writer& out) const noexcept {
        const calendar_time time(seconds_);
        detail::append_two_digits(detail::append_two_digits(out, time.year / 100), time.year % 100).append('-');
        detail::append_two_digits(out, time.month).append('-');
        detail::append_two_digits(out, time.day).append('T');
        detail::append_two_digits(out, time.hour).append(':');
        detail::append_two_digits(out, time.minute).append(':');
        detail::append_two_digits(out, time.second).append('Z');
    }

private:
    unix_seconds seconds_{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
