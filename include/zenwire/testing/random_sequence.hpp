// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_RANDOM_SEQUENCE_HPP
#define ZENWIRE_TESTING_RANDOM_SEQUENCE_HPP

#include <cstdint>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// Random numbers for tests: the same seed gives the same numbers on every machine (splitmix64).
class random_sequence {
public:
    /// The sequence of a seed.
    constexpr explicit random_sequence(std::uint64_t seed) noexcept : state_(seed) {}

    /// 64 bits.
    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t bits = state_;
        bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
        bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
        return bits ^ (bits >> 31U);
    }
    /// From 0 to `bound` - 1; `bound` is not 0.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }
    /// From `first` to `last`.
    constexpr std::int64_t between(std::int64_t first, std::int64_t last) noexcept {
        return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
    }
    /// True in so many cases of a hundred.
    constexpr bool percent(std::uint64_t chance) noexcept { return below(100) < chance; }

private:
    std::uint64_t state_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
