// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WALK_ENTRIES_HPP
#define ZENWIRE_CLIENT_WALK_ENTRIES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include <zenwire/action/owning.hpp>
#include <zenwire/client/send_action.hpp>

namespace ZENWIRE_NAMESPACE {

/// Calls `on_entry(Action::entry const&)` for all entries that fit a filter of describe_transaction_history or
/// describe_bill_detail, page by page, in the server's order. Blocks as long as transport and waits take.
///
/// The API has pages by number only. A new booking between two requests shifts the entries, so that one of them comes twice or is
/// missed. Therefore a list of several pages is accepted only if all pages report the same total count, have that many entries
/// together, and the first page, which is read again at the end, has not changed; otherwise the result is errc::list_changed. When
/// an error is returned, discard the entries.
/// @param filter its page number is ignored; without a page size it is Action::max_page_size, so that few lists have a second page
/// @param largest_count with more entries the result is errc::response_too_large
/// @return the number of entries; what send_action() returns for a page that could not be read
template <class Action, credential Credential, transport Transport, runtime Runtime, class OnEntry>
[[nodiscard]] expected<std::size_t> walk_entries(client<Credential> const& client, Action filter, Transport&& transport,
                                                 Runtime&& runtime, OnEntry&& on_entry,
                                                 std::size_t largest_count = 1'000'000);

namespace detail {

/// Whether two pages have the same entries, in the same order.
template <class List>
[[nodiscard]] bool has_same_entries(List const& left, List const& right) noexcept {
    auto other = right.begin();
    for (auto const& each : left) {
        if (other == right.end() || !(each == *other)) {
            return false;
        }
        ++other;
    }
    return other == right.end();
}

/// The pages that walk_entries() has read so far, and whether they are consistent.
class entry_walk {
public:
    /// Counts a page, before its entries are passed on.
    /// @return whether to go on; if not, failure() says why
    [[nodiscard]] bool takes(std::optional<std::int64_t> total, std::size_t size, std::size_t largest_count) noexcept {
        if (++pages_ == 1) {
            total_ = total;
        }
        last_size_ = size;
        count_ += size;
        is_too_long_ =
            count_ > largest_count || (total && *total > 0 && static_cast<std::uint64_t>(*total) > largest_count);
        // a page without entries, or more entries than were announced, mean that the list changed
        const bool is_over = total_ && (static_cast<std::int64_t>(count_) > *total_ ||
                                        (size == 0 && static_cast<std::int64_t>(count_) != *total_));
        return total == total_ && !is_over && !is_too_long_;
    }
    /// Whether this was the last page.
    [[nodiscard]] bool is_complete(std::int64_t page_size) const noexcept {
        return total_ ? static_cast<std::int64_t>(count_) == *total_
                      : static_cast<std::int64_t>(last_size_) < page_size;
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    [[nodiscard]] error failure() const noexcept {
        return is_too_long_
                   ? error::make(errc::response_too_large, blame::remote, "the list has too many entries")
                   : error::make(errc::list_changed, blame::remote,
                                 "the list changed while its pages were read, or they do not have what it counts");
    }

private:
    std::optional<std::int64_t> total_{};
    std::size_t count_ = 0;
    std::size_t last_size_ = 0;
    std::size_t pages_ = 0;
    bool is_too_long_ = false;
};

}  // namespace detail

template <class Action, credential Credential, transport Transport, runtime Runtime, class OnEntry>
expected<std::size_t> walk_entries(client<Credential> const& client, Action filter, Transport&& transport,
                                   Runtime&& runtime, OnEntry&& on_entry, std::size_t largest_count) {
    const auto page_of = [&](std::int64_t number) {
        filter.page_num = number;
        filter.page_size = filter.page_size.value_or(Action::max_page_size);
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

/// Does not compile: says why a transport or a runtime does not meet its concept.
template <class Client, class Action, class Transport, class Runtime, class... More>
    requires detail::needs_explanation<Transport, Runtime>
expected<std::size_t> walk_entries(Client const&, Action const&, Transport&&, Runtime&&, More&&...) {
    detail::explain<Transport, Runtime>();
    return unexpected(error());
}

}  // namespace ZENWIRE_NAMESPACE

#endif
