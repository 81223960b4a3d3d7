// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INSTANCE_STREAM_HPP
#define ZENWIRE_ACTION_INSTANCE_STREAM_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/placement.hpp>
#include <zenwire/base/detail/raw_byte.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE {

/// A list that keeps one instance at a time and hands each to a function when it was read.
/// @tparam Info instance_info or vm_instance_info
template <class Info>
class instance_stream {
public:
    /// What it hands out.
    using value_type = Info;
    /// Called with each instance; `is_complete` is false for one that did not fit into the memory.
    using callback = void (*)(void* context, Info const& instance, bool is_complete);

    /// @param context the first argument of the function
    constexpr instance_stream(callback function, void* context) noexcept : function_(function), context_(context) {}

    /// Forgets the instance before, and its memory. For the reader.
    [[nodiscard]] Info* add(arena& memory) noexcept {
        memory.reset();
        return detail::make_at<Info>(&instance_);
    }
    /// Hands out the instance that was read. For the reader.
    void complete(arena const& memory) {
        function_(context_, instance_, !memory.exhausted());
        ++count_;
    }
    /// How many instances were handed out.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

private:
    callback function_;
    void* context_;
    Info instance_{};
    std::size_t count_ = 0;
};

/// What for_each_instance() found besides the instances.
struct instance_page_summary {
    /// Identifies the call for Zenlayer's support.
    inline_string<limits::request_id> request_id;
    /// how many instances there are on all pages
    std::optional<std::int64_t> total_count;
    /// how many were on this page
    std::size_t count = 0;
    /// how many of them did not fit into the scratch memory
    std::size_t incomplete_count = 0;
};

/// Reads the response to describe_instances or describe_vm_instances without holding the list: calls `on_instance` for each as it is read.
///
/// Text without escapes is a view of the body, other text and the lists lie in `scratch`; both live until the call returns.
/// An instance that does not fit into `scratch` is not handed out in part: `on_incomplete` gets its id and the error
/// errc::buffer_too_small, and the walk goes on. The id is whole, or empty: where it is written with escapes and does not
/// fit either, and where the response has none. 4 KiB are enough for most instances. Linear; no heap.
///
/// Instances are handed out before the end of the text was seen: when an error is returned, forget them.
/// @param on_instance called with `Action::instance const&`; must not throw
/// @param on_incomplete called with the id (`std::string_view`) and the `error const&`; must not throw
/// @return as parse_response()
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
template <class Action = describe_instances, class OnInstance, class OnIncomplete>
requires std::is_invocable_v<OnInstance&, typename Action::instance const&> &&
    std::is_invocable_v<OnIncomplete&, std::string_view, error const&>
[[nodiscard]] expected<instance_page_summary> for_each_instance(response_view const& response,
                                                                std::span<detail::raw_byte> scratch,
                                                                OnInstance&& on_instance,
                                                                OnIncomplete&& on_incomplete) noexcept {
    struct page {
        /// Identifies the call for Zenlayer's support.
        inline_string<limits::request_id> request_id{};
        std::optional<std::int64_t> total_count{};
        instance_stream<typename Action::instance> data_set;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return member_list(member<&page::request_id>{"requestId", reading::may_be_cut},
                               member<&page::total_count>{"totalCount"},
                               member<&page::data_set>{"dataSet", reading::essential});
        }
    };
    struct functions {
        OnInstance& on_instance;
        OnIncomplete& on_incomplete;
        std::size_t incomplete_count = 0;
    } context{on_instance, on_incomplete};

    page read{.data_set = instance_stream<typename Action::instance>(
                  [](void* pointer, typename Action::instance const& instance, bool is_complete) {
                      auto& self = *static_cast<functions*>(pointer);
                      if (is_complete) {
                          self.on_instance(instance);
                      } else {
                          ++self.incomplete_count;
                          self.on_incomplete(instance.instance_id,
                                             error::make(errc::buffer_too_small, blame::local,
                                                         "the scratch memory is too small for an instance",
                                                         instance_id_field));
                      }
                  },
                  &context)};
    arena memory(scratch);
    if (const expected<void> done = read_response(response, Action::reads_only, read, &memory); !done) {
        return failure_of(done);
    }
    return instance_page_summary{read.request_id, read.total_count, read.data_set.count(), context.incomplete_count};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
