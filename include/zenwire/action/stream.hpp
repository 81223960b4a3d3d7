// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_STREAM_HPP
#define ZENWIRE_ACTION_STREAM_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/protocol/response.hpp>

/// @file
/// Reads a page of a list entry by entry, without keeping the list. No heap.
///
/// Texts without escapes are views of the body; other texts, and lists, lie in the scratch memory, which is reused for each entry.
/// Entries are passed on before the whole body was read: when an error is returned, discard them.

namespace ZENWIRE_NAMESPACE {

/// A page without its entries.
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
/// For an instance that does not fit into `scratch`, `on_incomplete` is called instead, with its id and errc::buffer_too_small, and
/// reading goes on. The id is never cut; it is empty when the response has none, or one with escapes that does not fit either.
/// 4 KiB are enough for most instances.
/// @param on_instance called with `Action::instance const&`; must not throw
/// @param on_incomplete called with the id (`std::string_view`) and the `error const&`; must not throw
/// @return as parse_response()
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
template <class Action = describe_instances, std::invocable<typename Action::instance const&> OnInstance,
          std::invocable<std::string_view, error const&> OnIncomplete>
[[nodiscard]] expected<page_summary> for_each_instance(response_view const& response,
                                                       std::span<detail::raw_byte> scratch, OnInstance&& on_instance,
                                                       OnIncomplete&& on_incomplete) noexcept;

/// Reads the response to describe_transaction_history or describe_bill_detail: calls `on_entry` for each entry as it is read.
/// An entry that does not fit into `scratch` is skipped: page_summary::incomplete_count says how many were. One whose texts have no
/// escapes needs no memory.
/// @param on_entry called with `Action::entry const&`; must not throw
/// @return as parse_response()
template <class Action, std::invocable<typename Action::entry const&> OnEntry>
[[nodiscard]] expected<page_summary> for_each_entry(response_view const& response, std::span<detail::raw_byte> scratch,
                                                    OnEntry&& on_entry) noexcept;

namespace detail {

/// A list that keeps only the entry that is being read, and passes each entry to a function once it is complete. The JSON reader
/// finds add() and complete() by their names: see json_schema.hpp.
template <class Entry>
class entry_stream {
public:
    using value_type = Entry;
    /// Called with each entry; `is_complete` is false when the entry did not fit into the memory.
    using callback = void (*)(void* context, Entry const& entry, bool is_complete);

    /// @param context the first argument of the function
    constexpr entry_stream(callback function, void* context) noexcept : function_(function), context_(context) {}

    /// Forgets the last entry, and frees its memory for the next one.
    [[nodiscard]] Entry* add(arena& memory) noexcept {
        memory.reset();
        return make_at<Entry>(&entry_);  // in its place: to assign a new entry would copy it, and entries are large
    }
    /// Passes the entry that was read to the function.
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
template <class Entry, class OnEntry, class OnIncomplete>
[[nodiscard]] expected<page_summary> read_stream(response_view const& response, bool reads_only,
                                                 std::span<raw_byte> scratch, OnEntry& on_entry,
                                                 OnIncomplete const& on_incomplete) noexcept {
    struct walk {
        OnEntry& on_entry;
        OnIncomplete const& on_incomplete;
        std::size_t incomplete_count = 0;
    } this_walk{on_entry, on_incomplete};
    streamed_page<Entry> page(
        [](void* pointer, Entry const& entry, bool is_complete) {
            auto& context = *static_cast<walk*>(pointer);
            if (is_complete) {
                context.on_entry(entry);
            } else {
                ++context.incomplete_count;
                context.on_incomplete(entry);
            }
        },
        &this_walk);
    arena memory(scratch);
    if (const expected<void> done = read_response(response, reads_only, page, &memory); !done) {
        return failure_of(done);
    }
    return page_summary{{page.request_id}, page.total_count, page.data_set.count(), this_walk.incomplete_count};
}

}  // namespace detail

template <class Action, std::invocable<typename Action::instance const&> OnInstance,
          std::invocable<std::string_view, error const&> OnIncomplete>
expected<page_summary> for_each_instance(response_view const& response, std::span<detail::raw_byte> scratch,
                                         OnInstance&& on_instance, OnIncomplete&& on_incomplete) noexcept {
    using instance = typename Action::instance;
    return detail::read_stream<instance>(response, Action::reads_only, scratch, on_instance, [&](instance const& each) {
        on_incomplete(each.instance_id, error(error::make(errc::buffer_too_small, blame::local,
                                                          "the scratch memory is too small for an instance")));
    });
}

template <class Action, std::invocable<typename Action::entry const&> OnEntry>
expected<page_summary> for_each_entry(response_view const& response, std::span<detail::raw_byte> scratch,
                                      OnEntry&& on_entry) noexcept {
    using entry = typename Action::entry;
    return detail::read_stream<entry>(response, Action::reads_only, scratch, on_entry, [](entry const&) noexcept {});
}

}  // namespace ZENWIRE_NAMESPACE

#endif
