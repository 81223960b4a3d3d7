// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_INSTANCE_FILTER_HPP
#define ZENWIRE_TESTING_DETAIL_INSTANCE_FILTER_HPP

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/base/config.hpp>
#include <zenwire/testing/detail/received_action.hpp>
#include <zenwire/testing/fake_records.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The filters of a DescribeInstances that a fake_cloud received.
/// @tparam Action describe_instances or describe_vm_instances
template <class Action>
class instance_filter {
public:
    /// Refers to the parameters.
    explicit instance_filter(received_action<Action> const& parameters ZENWIRE_LIFETIMEBOUND) noexcept
        : parameters_(parameters) {}

    /// Whether the instance fits all filters. An empty filter fits every instance.
    [[nodiscard]] bool fits(fake_instance const& instance) const {
        using self = Action;
        return is_one_of<&self::instance_ids>({instance.id}) && is<&self::zone_id>(instance.zone_id) &&
               is<&self::resource_group_id>(instance.resource_group_id) && is<&self::image_id>(instance.image_id) &&
               is_word<&self::internet_charge_type>(instance.internet_charge_type) &&
               is_word<&self::instance_status>(instance.status) && has_subnet(instance) &&
               begins<&self::instance_name>(instance.name) && fits_own(instance) &&
               is_one_of<&self::public_ip_addresses>(instance.public_ip_addresses) &&
               is_one_of<&self::private_ip_addresses>(instance.private_ip_addresses) && has_tags(instance);
    }

private:
    /// The filters that only one of the services has. Nothing here has a key or a security group.
    [[nodiscard]] bool fits_own(fake_instance const& instance) const noexcept {
        if constexpr (requires { &Action::hostname; }) {
            return is<&Action::instance_type_id>(instance.instance_type_id) &&
                   begins<&Action::hostname>(instance.hostname);
        } else {
            return is<&Action::instance_type>(instance.instance_type_id) && is<&Action::key_id>({}) &&
                   is<&Action::security_group_id>({});
        }
    }

    template <auto Pointer>
    [[nodiscard]] bool is(std::string_view text) const noexcept {
        auto const& wanted = parameters_.template get<Pointer>();
        return !wanted || wanted->empty() || *wanted == text;
    }

    template <auto Pointer, class Word>
    [[nodiscard]] bool is_word(Word const& word) const noexcept {
        auto const& wanted = parameters_.template get<Pointer>();
        return !wanted || *wanted == word;
    }

    /// With a `*` at its end the filter is the beginning of the text.
    template <auto Pointer>
    [[nodiscard]] bool begins(std::string_view text) const noexcept {
        auto const& wanted = parameters_.template get<Pointer>();
        if (!wanted || !wanted->ends_with('*')) {
            return is<Pointer>(text);
        }
        return text.starts_with(std::string_view(*wanted).substr(0, wanted->size() - 1));
    }

    template <auto Pointer>
    [[nodiscard]] bool is_one_of(std::vector<std::string> const& texts) const {
        auto const& wanted = parameters_.template get<Pointer>();
        return !wanted || wanted->empty() || std::any_of(texts.begin(), texts.end(), [&](std::string const& text) {
            return std::find(wanted->begin(), wanted->end(), text) != wanted->end();
        });
    }

    [[nodiscard]] bool has_subnet(fake_instance const& instance) const {
        auto const& wanted = parameters_.template get<&Action::subnet_id>();
        return !wanted || wanted->empty() ||
               std::find(instance.subnet_ids.begin(), instance.subnet_ids.end(), *wanted) != instance.subnet_ids.end();
    }

    [[nodiscard]] bool has_tags(fake_instance const& instance) const {
        auto const& keys = parameters_.template get<&Action::tag_keys>();
        auto const& tags = parameters_.template get<&Action::tags>();
        const auto has = [&](auto const& fits_tag) {
            return std::any_of(instance.tags.begin(), instance.tags.end(), fits_tag);
        };
        const bool has_keys = !keys || std::all_of(keys->begin(), keys->end(), [&](std::string const& key) {
            return has([&](fake_tag const& each) { return each.key == key; });
        });
        return has_keys && (!tags || std::all_of(tags->begin(), tags->end(), [&](received_tag const& wanted) {
                   return has(
                       [&](fake_tag const& each) { return each.key == wanted.key && each.value == wanted.value; });
               }));
    }

    received_action<Action> const& parameters_;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
