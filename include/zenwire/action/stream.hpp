// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_STREAM_HPP
#define ZENWIRE_ACTION_STREAM_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/detail/bytes.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/detail/entry_stream.hpp>
#include <zenwire/protocol/instance_id.hpp>

/// @file
/// Reads a page of a list entry by entry, without holding the list. No heap.
///
/// Text without escapes is a view of the body, other text and lists lie in the scratch memory, which is used anew for each entry; both
/// live until the call returns. Entries are handed out before the end of the text was seen: when an error is returned, forget them.

namespace ZENWIRE_NAMESPACE {

/// What a page says besides its entries.
struct page_summary : basic_response {
    /// how many entries there are on all pages
    std::optional<std::int64_t> total_count;
    /// how many were on this page
    std::size_t count = 0;
    /// how many of these did not fit into the scratch memory, and were not handed out
    std::size_t incomplete_count = 0;
};

/// Reads the response to describe_instances or describe_vm_instances: calls `on_instance` for each instance as it is read.
///
/// An instance that does not fit into `scratch` is not handed out in part: `on_incomplete` gets its id and the error
/// errc::buffer_too_small, and the walk goes on. The id is whole, or empty: where it is written with escapes and does not
/// fit either, and where the response has none. 4 KiB are enough for most instances.
/// @param on_instance called with `Action::instance const&`; must not throw
/// @param on_incomplete called with the id (`std::string_view`) and the `error const&`; must not throw
/// @return as parse_response()
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
template <class Action = describe_instances, class OnInstance, class OnIncomplete>
    requires std::is_invocable_v<OnInstance&, typename Action::instance const&> &&
             std::is_invocable_v<OnIncomplete&, std::string_view, error const&>
[[nodiscard]] expected<page_summary> for_each_instance(response_view const& response, std::span<detail::raw_byte> scratch,
                                                       OnInstance&& on_instance,
                                                       OnIncomplete&& on_incomplete) noexcept {
    using instance = typename Action::instance;
    return detail::read_stream<page_summary, instance>(
        response, Action::reads_only, scratch, on_instance, [&](instance const& each) {
            on_incomplete(each.instance_id, error(error::make(errc::buffer_too_small, blame::local,
                                                              "the scratch memory is too small for an instance",
                                                              instance_id_field)));
        });
}

/// Reads the response to describe_transaction_history or describe_bill_detail: calls `on_entry` for each entry as it is read.
/// Without escapes in its texts an entry needs no memory.
/// @param on_entry called with `Action::entry const&`; must not throw
/// @return as parse_response()
template <class Action, class OnEntry>
    requires std::is_invocable_v<OnEntry&, typename Action::entry const&>
[[nodiscard]] expected<page_summary> for_each_entry(response_view const& response, std::span<detail::raw_byte> scratch,
                                                    OnEntry&& on_entry) noexcept {
    using entry = typename Action::entry;
    return detail::read_stream<page_summary, entry>(response, Action::reads_only, scratch, on_entry,
                                                    [](entry const&) noexcept {});
}

}  // namespace ZENWIRE_NAMESPACE

#endif
