// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_LOOK_UP_INSTANCE_HPP
#define ZENWIRE_ACTION_LOOK_UP_INSTANCE_HPP

#include <optional>

#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/enumerations.hpp>

namespace ZENWIRE_NAMESPACE {

/// `DescribeInstances` for a single instance. Reads only what matters for its traffic package, owns all its texts, and needs no
/// memory for lists.
struct look_up_instance {
    /// `x-zc-action`
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// A list of one id.
    struct single_id {
        /// The id.
        zenwire::instance_id id;

        /// Writes it as a list of one text.
        constexpr void write_json(detail::json_writer& json, service const&) const noexcept {
            json.begin_array();
            json.string(id.view());
            json.end_array();
        }
    };

    /// What is read of an instance.
    struct finding {
        /// The instance.
        zenwire::instance_id instance_id;
        /// its status
        std::optional<zenwire::instance_status> instance_status{};
        /// how its network is billed
        std::optional<zenwire::internet_charge_type> internet_charge_type{};
        /// how it is billed
        std::optional<zenwire::instance_charge_type> instance_charge_type{};
        /// its package; having one does not prove that the instance is billed by it
        std::optional<zenwire::traffic_package_size> traffic_package_size{};

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return member_list(
                member<&finding::instance_id>{"instanceId", reading::essential},
                member<&finding::instance_status>{"instanceStatus"},
                member<&finding::internet_charge_type>{"internetChargeType"},
                member<&finding::instance_charge_type>{"instanceChargeType"},
                member<&finding::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential});
        }
    };

    /// Not empty, UTF-8, at most limits::instance_id bytes.
    single_id instance_ids;

    /// The response; without an instance when none has that id.
    struct response : basic_response {
        /// The instance; empty when none has that id.
        inplace_vector<finding, 1> data_set;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&look_up_instance::instance_ids>{"instanceIds"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> validate(look_up_instance const& action, service const&) noexcept {
    return detail::check_instance_id(action.instance_ids.id);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
