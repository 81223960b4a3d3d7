// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_RANDOM_FAULTS_HPP
#define ZENWIRE_TESTING_RANDOM_FAULTS_HPP

#include <cstddef>
#include <cstdint>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>
#include <zenwire/testing/scripted_fault.hpp>

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

/// An endless script of faults for a fake_cloud: chance decides, from a seed.
class random_faults {
public:
    /// What may go wrong.
    enum class range : unsigned char {
        network,  ///< only what networks and gateways do: the cloud is honest and prompt, and the client is its only user
        everything,  ///< also other actors, responses that are late, wrong or about something else, and false refusals
    };

    /// @param percent how many requests of a hundred meet a fault
    constexpr explicit random_faults(std::uint64_t seed, unsigned percent = 30, range what = range::everything) noexcept
        : random_(seed), percent_(percent), kinds_(what == range::network ? network_kinds : all_kinds) {}

    /// What happens to the next request.
    [[nodiscard]] scripted_fault next() {
        if (!random_.percent(percent_)) {
            return {};
        }
        switch (random_.below(kinds_)) {
        case 0: return {scripted_fault::kind::not_sent};
        case 1: return {scripted_fault::kind::request_lost};
        case 2: return {scripted_fault::kind::response_lost};
        case 3:
        case 4: return scripted_fault::late(random_.between(0, longest_delay));
        case 5: return scripted_fault::twice(random_.between(0, longest_delay));
        case 6: return scripted_fault::cut(static_cast<std::uint32_t>(random_.below(200)));
        case 7: return scripted_fault::slow(random_.between(0, longest_delay));
        case 8: return scripted_fault::varied(static_cast<response_variant>(random_.below(3)));
        case 9: return scripted_fault::canned(fake_responses::too_many_requests());
        case 10:
            return scripted_fault::canned(
                fake_responses::too_many_requests(static_cast<int>(random_.between(0, longest_retry_after))));
        case 11: return scripted_fault::masked(server_fault());
        case 12: return scripted_fault::canned(server_fault());
        case 13: return scripted_fault::canned(fake_responses::challenge());
        case 14: return scripted_fault::canned(fake_responses::html(451));
        case 15: return scripted_fault::canned(fake_responses::redirect(random_.percent(50) ? 302 : 307));
        case 16: return scripted_fault::acted(act());
        case 17: return scripted_fault::lagging(random_.between(0, longest_lag));
        case 18: return scripted_fault::misdated(random_.between(-one_day, one_day));
        case 19: return {scripted_fault::kind::undated};
        case 20: return {scripted_fault::kind::foreign};
        case 21: return {scripted_fault::kind::empty};
        default: return scripted_fault::masked(refusal());
        }
    }

private:
    static constexpr std::uint64_t network_kinds = 16;
    static constexpr std::uint64_t all_kinds = 23;
    static constexpr std::int64_t longest_delay = 400;
    static constexpr std::int64_t longest_retry_after = 90;
    static constexpr std::int64_t longest_lag = 7200;
    static constexpr std::int64_t one_day = 86'400;

    fake_response server_fault() {
        switch (random_.below(5)) {
        case 0: return fake_responses::api_error(api_code::internal_server_error);
        case 1: return fake_responses::api_error(api_code::service_temporary_unavailable);
        case 2: return fake_responses::api_error(api_code::request_timed_out);
        case 3: return fake_responses::html(200);
        default: return fake_responses::html(502);
        }
    }

    /// What hides that a request was carried out, and looks like a refusal.
    fake_response refusal() {
        switch (random_.below(4)) {
        case 0: return fake_responses::html(403);
        case 1: return fake_responses::html(429);
        case 2: return fake_responses::too_many_requests();
        default: return fake_responses::refusal(403, "OPERATION_FAILED_FOR_NO_REASON");
        }
    }

    fake_act act() {
        constexpr std::int64_t max_twentieths = 800;
        const auto what = static_cast<fake_act::kind>(random_.below(3));
        const std::int64_t twentieths = random_.between(0, max_twentieths);
        return {
            what, {}, *traffic_package_size::from_units(twentieths * traffic_package_size::units_per_terabyte / 20)};
    }

    random_sequence random_;
    unsigned percent_;
    std::uint64_t kinds_;
};

template <>
inline constexpr detail::enum_row<random_faults::range> detail::enum_names<random_faults::range>[] = {
    {random_faults::range::network, "network"},
    {random_faults::range::everything, "everything"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
