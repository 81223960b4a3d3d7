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
constexpr unsigned ledger = 128U;  ///< before or in a question to the ledger
constexpr unsigned looks = list | status;
constexpr unsigned reads = looks | price;
constexpr unsigned requests = reads | order;
}  // namespace at

/// What may go wrong. The names are those that a replay prints.
enum class fault : std::uint8_t {
#define FAULT(name, where, kind, set, text) name,
#include "faults.inc"
#undef FAULT
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
#define FAULT(name, where, kind, set, text) {#name, text, where, detail::kind, detail::set},
#include "faults.inc"
#undef FAULT
};

[[nodiscard]] constexpr fault_row const& row_of(fault which) { return fault_rows[static_cast<std::size_t>(which)]; }

}  // namespace model

#endif
