// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_FAULT_HPP
#define ZENWIRE_TESTS_MODEL_FAULT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace model {

/// Where something may go wrong.
namespace at {
constexpr unsigned list = 1U;      ///< before or in a DescribeInstances
constexpr unsigned status = 2U;    ///< before or in a DescribeInstanceInternetStatus
constexpr unsigned price = 4U;     ///< before or in a price inquiry
constexpr unsigned order = 8U;     ///< before or in an order
constexpr unsigned confirm = 16U;  ///< in the question to the caller
constexpr unsigned save = 32U;     ///< when bytes are stored before an order
constexpr unsigned receipt = 64U;  ///< when bytes are stored after it
constexpr unsigned looks = list | status;
constexpr unsigned reads = looks | price;
constexpr unsigned requests = reads | order;
}  // namespace at

/// What may go wrong. The names are those that a replay prints.
#define MODEL_FAULTS(row)                                                                                                                       \
    row(none, 0, is_event, all, "nothing") /* what happens between two requests */                                                              \
        row(other_upgrade, at::requests, is_event, core, "somebody upgrades to 3 TB") row(                                                      \
            other_target, at::requests, is_event, core, "somebody brings about what the job is to bring about")                                 \
            row(other_plan, at::requests, is_event, core, "somebody plans a downgrade to 0.5 TB") row(                                          \
                other_cancel, at::requests, is_event, all,                                                                                      \
                "somebody takes the plan back") row(other_processing, at::requests, is_event, all,                                              \
                                                    "somebody begins an upgrade to 3 TB that takes 400 s")                                      \
                row(put_back, at::requests, is_event, core, "somebody puts it back to what it was before the job")                              \
                    row(cycle, at::requests, is_event, core, "the billing cycle turns") row(                                                    \
                        lag_900, at::requests, is_event, core, "from now on both reads are 900 s behind")                                       \
                        row(lag_7200, at::requests, is_event, all, "from now on both reads are two hours behind") row(                          \
                            lag_status, at::requests, is_event, all,                                                                            \
                            "from now on the internet status is 900 s behind") row(lag_list, at::requests, is_event,                            \
                                                                                   all,                                                         \
                                                                                   "from now on the list of "                                   \
                                                                                   "instances is 900 s behind")                                 \
                            row(dates_ahead, at::requests, is_event, core, "from now on each date is an hour ahead")                            \
                                row(dates_behind, at::requests, is_event, all,                                                                  \
                                    "from now on each date is a day behind") row(dates_missing, at::requests,                                   \
                                                                                 is_event, all,                                                 \
                                                                                 "from now on no response has a date")                          \
                                    row(clock_ahead, at::requests, is_event, core,                                                              \
                                        "the local clock jumps a day ahead")                                                                    \
                                        row(clock_a_bit_ahead, at::requests, is_event, all,                                                     \
                                            "the local clock jumps 250 s ahead")                                                                \
                                            row(clock_back, at::requests, is_event, core,                                                       \
                                                "the local clock jumps a year back")                                                            \
                                                row(clock_stops, at::requests, is_event, core,                                                  \
                                                    "the local clock stands still")                                                             \
                                                    row(price_up, at::requests, is_event, core,                                                 \
                                                        "the price is ten times as high")                                                       \
                                                        row(price_down, at::requests, is_event, all,                                            \
                                                            "the price is half as high")                                                        \
                                                            row(price_other, at::requests, is_event, all,                                       \
                                                                "the price of use beyond the package changes")                                  \
                                                                row(balance_gone, at::requests, is_event, all,                                  \
                                                                    "the balance is too small")                                                 \
                                                                    row(second_process, at::requests, is_event, core,                           \
                                                                        "a second process resumes the job from its "                            \
                                                                        "record") /* what happens to a read */                                  \
        row(read_lost, at::reads, is_exchange, core, "no response comes") row(read_not_sent, at::reads, is_exchange,                            \
                                                                              all, "the request is not sent")                                   \
            row(read_throws, at::reads, is_exchange, core, "the transport throws")                                                              \
                row(read_gateway, at::reads, is_exchange, all, "a gateway says 502")                                                            \
                    row(read_limit, at::reads, is_exchange, core, "429, come again in 600 s")                                                   \
                        row(read_not_found, at::looks, is_exchange, all, "404, there is no such instance")                                      \
                            row(read_other, at::looks, is_exchange, core, "the response is about another instance")                             \
                                row(read_empty, at::reads, is_exchange, core, "the response is {}")                                             \
                                    row(read_odd_word, at::status, is_exchange, all,                                                            \
                                        "a change has a state that nobody knows")                                                               \
                                        row(read_half, at::status, is_exchange, all,                                                            \
                                            "Processing, and no planned size")                                                                  \
                                            row(read_contradicts, at::status, is_exchange, all,                                                 \
                                                "Enable, with the planned size of somebody's change")                                           \
                                                row(read_stale, at::looks, is_exchange, core,                                                   \
                                                    "the response is two hours old")                                                            \
                                                    row(read_date_ahead, at::reads, is_exchange, core,                                          \
                                                        "the response has a date an hour ahead")                                                \
                                                        row(read_date_behind, at::reads, is_exchange, all,                                      \
                                                            "the response has a date a day behind")                                             \
                                                            row(read_slow, at::reads, is_exchange, all,                                         \
                                                                "the response takes 70 s")                                                      \
                                                                row(read_clock_throws, at::reads, is_exchange, all,                             \
                                                                    "the clock throws after the response")                                      \
                                                                    row(read_killed, at::reads, is_exchange, core,                              \
                                                                        "killed in a read, resumed 10 s later")                                 \
                                                                        row(read_killed_long, at::reads, is_exchange,                           \
                                                                            all,                                                                \
                                                                            "killed in a read, resumed two hours "                              \
                                                                            "later") /* what happens to an order */                             \
        row(order_not_sent, at::order, is_exchange, core, "the order is not sent") row(                                                         \
            order_lost, at::order, is_exchange, core,                                                                                           \
            "the order is lost, and nobody knows") row(order_response_lost, at::order, is_exchange, core,                                       \
                                                       "executed, its response is lost")                                                        \
            row(order_late_100, at::order, is_exchange, core, "no response; it arrives 100 s later") row(                                       \
                order_late_250, at::order, is_exchange, all,                                                                                    \
                "no response; it arrives 250 s later") row(order_late_400, at::order, is_exchange, all,                                         \
                                                           "no response; it arrives 400 s later")                                               \
                row(order_late_600, at::order, is_exchange, core,                                                                               \
                    "no response; it arrives 600 s later") row(order_throws_before, at::order, is_exchange, core,                               \
                                                               "the transport throws before it sends the order")                                \
                    row(order_throws_after, at::order, is_exchange, core,                                                                       \
                        "executed, then the transport throws") row(order_throws_late, at::order, is_exchange, all,                              \
                                                                   "the transport throws, the order arrives 250 s "                             \
                                                                   "later") row(order_clock_throws, at::order,                                  \
                                                                                is_exchange, core,                                              \
                                                                                "the clock throws after the response")                          \
                        row(order_slow, at::order, is_exchange, all, "executed, its response takes 400 s") row(                                 \
                            order_date_ahead, at::order, is_exchange, all, "executed, with a date an hour ahead")                               \
                            row(masked_403, at::order, is_exchange, core, "executed, but a gateway says 403") row(                              \
                                masked_403_code, at::order,                                                                                     \
                                is_exchange, core, "executed, but 403 with a code that is not listed")                                          \
                                row(masked_processing, at::order, is_exchange, all,                                                             \
                                    "executed, but 403 with the code of a change under way")                                                    \
                                    row(masked_plan, at::order, is_exchange, all,                                                               \
                                        "executed, but 403 with the code of a planned downgrade")                                               \
                                        row(masked_404, at::order, is_exchange, all,                                                            \
                                            "executed, but 404 with the code of no such instance")                                              \
                                            row(masked_429, at::order, is_exchange, core,                                                       \
                                                "executed, but a gateway says 429") row(masked_limit, at::order,                                \
                                                                                        is_exchange, core,                                      \
                                                                                        "executed, but 429 with its "                           \
                                                                                        "code")                                                 \
                                                row(masked_expired, at::order, is_exchange, all,                                                \
                                                    "executed, but 401 with the code of an expired signature")                                  \
                                                    row(masked_502, at::order, is_exchange,                                                     \
                                                        core, "executed, but a gateway says 502")                                               \
                                                        row(masked_503_code, at::order, is_exchange, all,                                       \
                                                            "executed, but 503 with a code of the API")                                         \
                                                            row(masked_302, at::order, is_exchange, all,                                        \
                                                                "executed, but redirected") row(masked_challenge,                               \
                                                                                                at::order,                                      \
                                                                                                is_exchange, all,                               \
                                                                                                "executed, but 403 "                            \
                                                                                                "with cf-mitigated")                            \
                                                                row(masked_200, at::order, is_exchange, all,                                    \
                                                                    "executed, but 200 with a page")                                            \
                                                                    row(masked_contradiction, at::order, is_exchange,                           \
                                                                        all,                                                                    \
                                                                        "executed, but 400 with a success and a code")                          \
                                                                        row(refused_403, at::order, is_exchange, all,                           \
                                                                            "a gateway says 403, not executed")                                 \
                                                                            row(refused_code, at::order, is_exchange,                           \
                                                                                core,                                                           \
                                                                                "403 with a code that is not listed, "                          \
                                                                                "not executed")                                                 \
                                                                                row(refused_limit, at::order,                                   \
                                                                                    is_exchange, core,                                          \
                                                                                    "429 with its code, not executed")                          \
                                                                                    row(refused_502, at::order,                                 \
                                                                                        is_exchange, all,                                       \
                                                                                        "a gateway says 502, not "                              \
                                                                                        "executed")                                             \
                                                                                        row(order_killed_before,                                \
                                                                                            at::order, is_exchange,                             \
                                                                                            core,                                               \
                                                                                            "killed before the order "                          \
                                                                                            "is sent")                                          \
                                                                                            row(order_killed,                                   \
                                                                                                at::order,                                      \
                                                                                                is_exchange, core,                              \
                                                                                                "executed, killed "                             \
                                                                                                "before its response "                          \
                                                                                                "is there")                                     \
                                                                                                row(order_killed_late,                          \
                                                                                                    at::order,                                  \
                                                                                                    is_exchange, all,                           \
                                                                                                    "killed, the "                              \
                                                                                                    "order arrives "                            \
                                                                                                    "250 s later") /* what happens around it */ \
        row(confirm_no, at::confirm, is_exchange, all, "the caller says no")                                                                    \
            row(confirm_slow, at::confirm, is_exchange, core, "the caller takes 70 s")                                                          \
                row(confirm_very_slow, at::confirm, is_exchange, core, "the caller takes six hours")                                            \
                    row(confirm_throws, at::confirm, is_exchange, all, "the question to the caller throws")                                     \
                        row(save_fails, at::save | at::receipt, is_exchange, all, "the bytes cannot be stored")                                 \
                            row(save_throws, at::save | at::receipt, is_exchange, all, "storing throws")                                        \
                                row(save_slow, at::save | at::receipt, is_exchange, core, "storing takes 70 s")                                 \
                                    row(save_taken, at::save, is_exchange, core,                                                                \
                                        "a second process has made the record first")                                                           \
                                        row(killed_before_save, at::save | at::receipt, is_exchange, core,                                      \
                                            "killed before the bytes are stored")                                                               \
                                            row(killed_after_save, at::save | at::receipt, is_exchange, core,                                   \
                                                "killed when the bytes are stored")

enum class fault : std::uint8_t {
#define MODEL_ROW(name, where, kind, set, text) name,
    MODEL_FAULTS(MODEL_ROW)
#undef MODEL_ROW
};

/// A row of the table.
struct fault_row {
    std::string_view name;
    std::string_view text;
    unsigned where;
    /// an event may be followed by others, and by a fault of the request itself
    bool is_event;
    /// one of the few that are enough for the deeper searches
    bool is_core;
};

namespace detail {
constexpr bool is_event = true;
constexpr bool is_exchange = false;
constexpr bool core = true;
constexpr bool all = false;
}  // namespace detail

inline constexpr fault_row fault_rows[] = {
#define MODEL_ROW(name, where, kind, set, text) {#name, text, where, detail::kind, detail::set},
    MODEL_FAULTS(MODEL_ROW)
#undef MODEL_ROW
};

[[nodiscard]] constexpr fault_row const& row_of(fault which) { return fault_rows[static_cast<std::size_t>(which)]; }

}  // namespace model

#endif
