// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WALK_ENTRIES_HPP
#define ZENWIRE_CLIENT_WALK_ENTRIES_HPP

#include <cstddef>
#include <cstdint>

#include <zenwire/action/owning.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/client/client.hpp>
#include <zenwire/client/runtime.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/protocol/credential.hpp>

namespace ZENWIRE_NAMESPACE {

/// Calls `on_entry(Action::entry const&)` for all entries that fit a filter of describe_transaction_history or
/// describe_bill_detail, page by page, in the server's order. Blocks as long as transport and waits take.
///
/// The API knows pages by number only: what is booked meanwhile may shift entries, so that one comes twice or is left out.
/// Ends after the page that is empty, or the last one by the server's count, at most at `largest_count` entries.
/// @param filter its page number is set here; without a page size it is Action::largest_page
/// @return how many were handed out; what send_action() returns for the page that could not be had
template <class Action, credential Credential, transport Transport, runtime Runtime, class OnEntry>
[[nodiscard]] expected<std::size_t> walk_entries(client<Credential> const& client, Action filter, Transport&& transport,
                                                 Runtime&& runtime, OnEntry&& on_entry,
                                                 std::size_t largest_count = 1'000'000) {
    filter.page_size = filter.page_size.value_or(Action::largest_page);
    std::size_t count = 0;
    for (filter.page_num = 1;; ++*filter.page_num) {
        const auto page = send_action(client, owning{filter}, transport, runtime);
        if (!page) {
            return unexpected(page.error());
        }
        for (typename Action::entry const& each : (*page)->data_set) {
            on_entry(each);
            ++count;
        }
        const std::int64_t asked_for = *filter.page_num * *filter.page_size;
        if ((*page)->data_set.empty() || count >= largest_count ||
            ((*page)->total_count && asked_for >= *(*page)->total_count)) {
            return count;
        }
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
