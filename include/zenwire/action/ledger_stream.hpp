// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_LEDGER_STREAM_HPP
#define ZENWIRE_ACTION_LEDGER_STREAM_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include <zenwire/action/instance_stream.hpp>
#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/raw_byte.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE {

/// What for_each_entry() found besides the entries.
struct ledger_page_summary {
    /// Identifies the call for Zenlayer's support.
    inline_string<limits::request_id> request_id;
    /// how many entries there are on all pages
    std::optional<std::int64_t> total_count;
    /// how many were on this page
    std::size_t count = 0;
    /// How many of them did not fit into the scratch memory, and were not handed out.
    std::size_t incomplete_count = 0;
};

/// Reads the response to describe_transaction_history or describe_bill_detail without holding the list: calls `on_entry` for
/// each entry as it is read. Without escapes in its texts an entry needs no memory. No heap.
///
/// Entries are handed out before the end of the text was seen: when an error is returned, forget them.
/// @param scratch for texts with escapes; lives until the call returns, as do the texts
/// @param on_entry called with `Action::entry const&`; must not throw
/// @return as parse_response()
template <class Action, class OnEntry>
requires std::is_invocable_v<OnEntry&, typename Action::entry const&>
[[nodiscard]] expected<ledger_page_summary> for_each_entry(response_view const& response,
                                                           std::span<detail::raw_byte> scratch,
                                                           OnEntry&& on_entry) noexcept {
    using entry = typename Action::entry;
    struct page {
        inline_string<limits::request_id> request_id{};
        std::optional<std::int64_t> total_count{};
        instance_stream<entry> data_set;

        [[nodiscard]] static constexpr auto members() noexcept {
            return member_list(member<&page::request_id>{"requestId", reading::may_be_cut},
                               member<&page::total_count>{"totalCount"},
                               member<&page::data_set>{"dataSet", reading::essential});
        }
    };
    struct functions {
        OnEntry& on_entry;
        std::size_t incomplete_count = 0;
    } context{on_entry};
    page read{.data_set = instance_stream<entry>(
                  [](void* pointer, entry const& each, bool is_complete) {
                      auto& self = *static_cast<functions*>(pointer);
                      if (is_complete) {
                          self.on_entry(each);
                      } else {
                          ++self.incomplete_count;
                      }
                  },
                  &context)};
    arena memory(scratch);
    if (const expected<void> done = read_response(response, Action::reads_only, read, &memory); !done) {
        return failure_of(done);
    }
    return ledger_page_summary{read.request_id, read.total_count, read.data_set.count(), context.incomplete_count};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
