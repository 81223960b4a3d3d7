// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WALK_ENTRIES_HPP
#define ZENWIRE_CLIENT_WALK_ENTRIES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <zenwire/action/owning.hpp>
#include <zenwire/client/detail/entry_walk.hpp>
#include <zenwire/client/send_action.hpp>

namespace ZENWIRE_NAMESPACE {

/// Calls `on_entry(Action::entry const&)` for all entries that fit a filter of describe_transaction_history or
/// describe_bill_detail, page by page, in the server's order. Blocks as long as transport and waits take.
///
/// The API knows pages by number only: what is booked meanwhile shifts entries, so that one comes twice or is left out. So a list
/// of more than one page is believed only where each page says the same count, the pages have as many entries, and the first page,
/// which is kept and read again at the end, has not changed. Else it is errc::list_changed. When an error is returned, forget the entries.
/// @param filter its page number is set here; without a page size it is Action::largest_page, so that few lists have a second page
/// @param largest_count where there are more entries, it is errc::response_too_large
/// @return how many were handed out; what send_action() returns for the page that could not be had
template <class Action, credential Credential, transport Transport, runtime Runtime, class OnEntry>
[[nodiscard]] expected<std::size_t> walk_entries(client<Credential> const& client, Action filter, Transport&& transport,
                                                 Runtime&& runtime, OnEntry&& on_entry,
                                                 std::size_t largest_count = 1'000'000) {
    const auto page_of = [&](std::int64_t number) {
        filter.page_num = number;
        filter.page_size = filter.page_size.value_or(Action::largest_page);
        return send_action(client, owning{filter}, transport, runtime);
    };
    detail::entry_walk walk;
    std::optional<decltype(page_of(1))> first;
    for (std::int64_t number = 1;; ++number) {
        auto page = page_of(number);
        if (!page) {
            return unexpected(page.error());
        }
        typename Action::response const& list = **page;
        if (!walk.takes(list.total_count, list.data_set.size(), largest_count)) {
            return unexpected(walk.failure());
        }
        for (typename Action::entry const& each : list.data_set) {
            on_entry(each);
        }
        if (walk.is_complete(*filter.page_size)) {
            break;
        }
        if (number == 1) {
            first = std::move(page);
        }
    }
    if (first) {
        const auto again = page_of(1);
        if (!again) {
            return unexpected(again.error());
        }
        typename Action::response const& before = ***first;
        if ((**again).total_count != before.total_count ||
            !detail::has_same_entries((**again).data_set, before.data_set)) {
            return unexpected(walk.failure());
        }
    }
    return walk.count();
}

/// Says why a transport or a runtime does not fit.
template <class Client, class Action, class Transport, class Runtime, class... More>
    requires detail::needs_explanation<Transport, Runtime>
expected<std::size_t> walk_entries(Client const&, Action const&, Transport&&, Runtime&&, More&&...) {
    detail::explain<Transport, Runtime>();
    return unexpected(error());
}

}  // namespace ZENWIRE_NAMESPACE

#endif
