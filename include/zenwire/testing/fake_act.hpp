// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_ACT_HPP
#define ZENWIRE_TESTING_FAKE_ACT_HPP

#include <string>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE {

/// What somebody else does with an instance of a fake_cloud: a colleague, another program, Zenlayer's support.
struct fake_act {
    /// The kinds of acts.
    enum class kind : unsigned char {
        order,  ///< orders `size`: an upgrade begins, or a downgrade is planned; nothing where the cloud would refuse that
        cancel,  ///< takes the planned downgrade back
        put,     ///< `size` is in force at once, and nothing is under way or planned
    };
    /// Which one it is.
    kind what = kind::order;
    /// The instance; all of the cloud when it is empty.
    std::string instance_id{};
    /// Not for `cancel`.
    traffic_package_size size{};
};

template <>
inline constexpr detail::enum_row<fake_act::kind> detail::enum_names<fake_act::kind>[] = {
    {fake_act::kind::order, "order"},
    {fake_act::kind::cancel, "cancel"},
    {fake_act::kind::put, "put"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
