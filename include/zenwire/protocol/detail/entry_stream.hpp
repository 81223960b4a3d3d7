// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_ENTRY_STREAM_HPP
#define ZENWIRE_PROTOCOL_DETAIL_ENTRY_STREAM_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/placement.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/detail/bytes.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A list for the reader that keeps one entry at a time, and hands each to a function when it was read.
template <class Entry>
class entry_stream {
public:
    using value_type = Entry;
    /// Called with each entry; `is_complete` is false for one that did not fit into the memory.
    using callback = void (*)(void* context, Entry const& entry, bool is_complete);

    /// @param context the first argument of the function
    constexpr entry_stream(callback function, void* context) noexcept : function_(function), context_(context) {}

    /// Forgets the entry before, and its memory.
    [[nodiscard]] Entry* add(arena& memory) noexcept {
        memory.reset();
        return make_at<Entry>(&entry_);
    }
    /// Hands out the entry that was read.
    void complete(arena const& memory) {
        ++count_;
        function_(context_, entry_, !memory.exhausted());
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

private:
    callback function_;
    void* context_;
    Entry entry_{};
    std::size_t count_ = 0;
};

/// A page whose list is a stream.
template <class Entry>
struct streamed_page : basic_response {
    constexpr streamed_page(typename entry_stream<Entry>::callback function, void* context) noexcept
        : data_set(function, context) {}

    std::optional<std::int64_t> total_count{};
    entry_stream<Entry> data_set;

    [[nodiscard]] static constexpr auto members() noexcept {
        return members_and(member<&streamed_page::total_count>{"totalCount"},
                           member<&streamed_page::data_set>{"dataSet", reading::essential});
    }
};

/// Reads a page and hands out its entries: those that fitted into `scratch` to `on_entry`, the others to `on_incomplete`.
/// @return as parse_response()
template <class Summary, class Entry, class OnEntry, class OnIncomplete>
[[nodiscard]] expected<Summary> read_stream(response_view const& response, bool reads_only, std::span<raw_byte> scratch,
                                            OnEntry& on_entry, OnIncomplete const& on_incomplete) noexcept {
    struct functions {
        OnEntry& on_entry;
        OnIncomplete const& on_incomplete;
        std::size_t incomplete_count = 0;
    } context{on_entry, on_incomplete};
    streamed_page<Entry> page(
        [](void* pointer, Entry const& entry, bool is_complete) {
            auto& self = *static_cast<functions*>(pointer);
            if (is_complete) {
                self.on_entry(entry);
            } else {
                ++self.incomplete_count;
                self.on_incomplete(entry);
            }
        },
        &context);
    arena memory(scratch);
    if (const expected<void> done = read_response(response, reads_only, page, &memory); !done) {
        return failure_of(done);
    }
    return Summary{{page.request_id}, page.total_count, page.data_set.count(), context.incomplete_count};
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
