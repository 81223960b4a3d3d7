// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_INSTANCE_TRAFFIC_HPP
#define ZENWIRE_ACTION_DESCRIBE_INSTANCE_TRAFFIC_HPP

#include <cstdint>
#include <optional>

#include <zenwire/base/arena.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/action.hpp>

namespace ZENWIRE_NAMESPACE {

/// The traffic of an instance within one interval. Its text is a view.
struct traffic_point {
    std::optional<std::int64_t> internet_rx{};  ///< received, in bit/s
    std::optional<std::int64_t> internet_tx{};  ///< sent, in bit/s
    std::string_view time{};                    ///< `2023-07-11T06:55:00Z`

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&traffic_point::internet_rx>{"internetRX"},
                           member<&traffic_point::internet_tx>{"internetTX"}, member<&traffic_point::time>{"time"});
    }
};

/// `DescribeInstanceTraffic`: the traffic of an instance over at most a day within the last 30 days. Send it as
/// owning(action), or read it with read_response() and memory for the list.
/// Source: the page of the action, bare metal instance and virtual machine.
struct describe_instance_traffic {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstanceTraffic";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The longest span, in seconds.
    static constexpr std::int64_t longest_span = 86400;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The start of the span.
    utc_time start_time;
    /// The end of the span, at most longest_span after its start.
    utc_time end_time;

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    /// Bandwidths are in `unit`, totals in `total_unit`.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        arena_list<traffic_point> data_list;  ///< one for each 5 minutes
        std::optional<std::int64_t> in_95;    ///< received: the 95th percentile
        std::string_view in_95_time;          ///< when in_95 was measured
        /// received: the average
        std::optional<std::int64_t> in_average;
        /// received: the largest value
        std::optional<std::int64_t> in_maximum;
        /// received: the smallest value
        std::optional<std::int64_t> in_minimum;
        /// received: the sum, in `total_unit`
        std::optional<std::int64_t> in_total;
        std::optional<std::int64_t> out_95;  ///< sent: the 95th percentile
        std::string_view out_95_time;        ///< when out_95 was measured
        /// sent: the average
        std::optional<std::int64_t> out_average;
        /// sent: the largest value
        std::optional<std::int64_t> out_maximum;
        /// sent: the smallest value
        std::optional<std::int64_t> out_minimum;
        /// sent: the sum, in `total_unit`
        std::optional<std::int64_t> out_total;
        std::optional<decimal> maximum_bandwidth_95_mbps;  ///< in Mbps
        std::string_view total_unit;                       ///< `B`
        std::string_view unit;                             ///< `bps`

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::data_list>{"dataList"}, member<&response::in_95>{"in95"},
                               member<&response::in_95_time>{"in95Time"}, member<&response::in_average>{"inAvg"},
                               member<&response::in_maximum>{"inMax"}, member<&response::in_minimum>{"inMin"},
                               member<&response::in_total>{"inTotal"}, member<&response::out_95>{"out95"},
                               member<&response::out_95_time>{"out95Time"}, member<&response::out_average>{"outAvg"},
                               member<&response::out_maximum>{"outMax"}, member<&response::out_minimum>{"outMin"},
                               member<&response::out_total>{"outTotal"},
                               member<&response::maximum_bandwidth_95_mbps>{"maxBandwidth95ValueMbps"},
                               member<&response::total_unit>{"totalUnit"}, member<&response::unit>{"unit"});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&describe_instance_traffic::instance_id>{"instanceId"},
                           member<&describe_instance_traffic::start_time>{"startTime"},
                           member<&describe_instance_traffic::end_time>{"endTime"});
    }
};

/// Checks the parameters. That the span lies within the last 30 days is left to the server, which knows the time.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_instance_traffic const& action,
                                                service const& service) noexcept {
    if (const auto valid = detail::check_instance(action.instance_id, service); !valid) {
        return valid;
    }
    const std::int64_t start = action.start_time.seconds().count();
    const std::int64_t end = action.end_time.seconds().count();
    if (!action.start_time.seconds().is_valid()) {
        return refuse(errc::invalid_parameter, blame::local, "startTime must lie in the years 1970 to 9999",
                      "startTime");
    }
    if (!action.end_time.seconds().is_valid() || end < start || end - start > describe_instance_traffic::longest_span) {
        return refuse(errc::invalid_parameter, blame::local, "endTime must be at most 24 hours after startTime",
                      "endTime");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
