// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INSTANCE_PAGE_HPP
#define ZENWIRE_ACTION_INSTANCE_PAGE_HPP

#include <cstddef>
// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/raw_byte.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/owned_response.hpp>

namespace ZENWIRE_NAMESPACE {

/// A page of instances that owns all that its instances refer to: `page->data_set` is a forward range of instance_info, in
/// the server's order, `page->total_count` how many there are on all pages.
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
template <class Allocator = std::allocator<detail::raw_byte>, class Action = describe_instances>
using instance_page = owned_response<typename Action::response, Allocator>;

/// Reads the response to describe_instances or describe_vm_instances into a container: memory for a copy of the body, and about
/// a kilobyte for each instance.
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
/// @return as parse_response(), and errc::out_of_memory
template <class Action = describe_instances, class Allocator = std::allocator<detail::raw_byte>>
[[nodiscard]] expected<instance_page<Allocator, Action>> parse_instances(response_view const& response,
                                                                         Allocator const& allocator = {}) noexcept {
    return instance_page<Allocator, Action>::parse(response, Action::reads_only, allocator);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
