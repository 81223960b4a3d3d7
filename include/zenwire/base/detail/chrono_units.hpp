// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_CHRONO_UNITS_HPP
#define ZENWIRE_BASE_DETAIL_CHRONO_UNITS_HPP

#include <cstdint>
#include <type_traits>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A `std::chrono::duration`, recognised by its members, because `<chrono>` takes longer to compile than the rest of the library.
template <class Type>
concept chrono_duration = requires(Type const& duration) {
    typename Type::rep;
    typename Type::period;
    Type::period::num;
    Type::period::den;
    duration.count();
};

/// A `std::chrono::time_point` of the system clock, recognised by its to_time_t(): other clocks need not count from 1970.
template <class Type>
concept chrono_system_time = requires(Type const& time) {
    typename Type::duration;
    &Type::clock::to_time_t;
    time.time_since_epoch();
} && chrono_duration<typename Type::duration>;

/// Converts a count of units of FromNum/FromDen into one of ToNum/ToDen, rounded down; the smallest or largest number when the
/// result does not fit.
template <std::int64_t FromNum, std::int64_t FromDen, std::int64_t ToNum, std::int64_t ToDen>
[[nodiscard]] constexpr std::int64_t in_other_units(std::int64_t count) noexcept {
    constexpr auto divisor = [](std::int64_t left, std::int64_t right) {
        while (right != 0) {
            const std::int64_t rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    };
    constexpr std::int64_t nums = divisor(FromNum, ToNum);
    constexpr std::int64_t dens = divisor(FromDen, ToDen);
    constexpr std::int64_t factor = FromNum / nums * (ToDen / dens);
    constexpr std::int64_t quotient = FromDen / dens * (ToNum / nums);
    if (count > INT64_MAX / factor) {
        return INT64_MAX;
    }
    if (count < INT64_MIN / factor) {
        return INT64_MIN;
    }
    const std::int64_t product = count * factor;
    return product / quotient - (product % quotient < 0 ? 1 : 0);
}

/// A count as a whole number, rounded down; the smallest or largest one where it does not fit, and 0 for NaN.
template <class Count>
[[nodiscard]] constexpr std::int64_t whole_number(Count count) noexcept {
    if constexpr (std::is_floating_point_v<Count>) {
        constexpr auto limit = static_cast<Count>(9223372036854775808.0);
        if (!(count < limit)) {
            return count >= limit ? INT64_MAX : 0;
        }
        if (count < -limit) {
            return INT64_MIN;
        }
        const auto whole = static_cast<std::int64_t>(count);
        return whole - (static_cast<Count>(whole) > count ? 1 : 0);
    } else if constexpr (std::is_unsigned_v<Count> && sizeof(Count) >= sizeof(std::int64_t)) {
        return count > static_cast<Count>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(count);
    } else {
        return static_cast<std::int64_t>(count);
    }
}

/// A duration in units of ToNum/ToDen seconds, rounded down.
template <std::int64_t ToNum, std::int64_t ToDen, class Duration>
[[nodiscard]] constexpr std::int64_t ticks_of(Duration const& duration) noexcept {
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<typename Duration::rep>) {
        return whole_number(duration.count() * static_cast<typename Duration::rep>(period::num) /
                            static_cast<typename Duration::rep>(period::den) *
                            static_cast<typename Duration::rep>(ToDen) / static_cast<typename Duration::rep>(ToNum));
    } else {
        return in_other_units<period::num, period::den, ToNum, ToDen>(whole_number(duration.count()));
    }
}

/// A count in units of FromNum/FromDen seconds as a duration, rounded down.
template <class Duration, std::int64_t FromNum, std::int64_t FromDen>
[[nodiscard]] constexpr Duration duration_of(std::int64_t count) noexcept {
    using rep = typename Duration::rep;
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<rep>) {
        return Duration(static_cast<rep>(count) * static_cast<rep>(FromNum) / static_cast<rep>(FromDen) *
                        static_cast<rep>(period::den) / static_cast<rep>(period::num));
    } else {
        return Duration(static_cast<rep>(in_other_units<FromNum, FromDen, period::num, period::den>(count)));
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
