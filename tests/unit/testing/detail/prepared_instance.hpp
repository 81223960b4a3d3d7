// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_TESTING_DETAIL_PREPARED_INSTANCE_HPP
#define ZENWIRE_TESTS_UNIT_TESTING_DETAIL_PREPARED_INSTANCE_HPP

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/owning.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../../results.hpp"
#include "../../samples.hpp"

/// A fake cloud with one instance, and what it makes of the actions of its service.
namespace fake_instance_tests {

using zenwire::api_code;
using zenwire::fake_cloud;
using zenwire::scripted_fault;

/// A cloud with one instance of 1 TB, `i`.
struct prepared {
    prepared() {
        cloud.add(sample::key());
        zenwire::fake_instance made;
        made.id = "i";
        instance = &cloud.add(made);
    }
    template <class Action>
    auto send(Action const& action) {
        const zenwire::access_key key = sample::key();
        const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
        return zenwire::send_action(client, action, cloud, cloud);
    }
    auto status() { return send(zenwire::describe_instance_internet_status{"i"}); }
    auto change(std::string_view terabytes) {
        return send(zenwire::modify_instance_traffic_package{"i", sample::size(terabytes)});
    }

    /// What an action is refused with when its body is this one.
    api_code refusal_of(std::string_view action, std::string_view body) {
        char head[zenwire::limits::request_head];
        const auto request = zenwire::sign_body(head, action, body, sample::endpoint(), sample::key(), cloud.now());
        const auto answer = cloud(request->view());
        const auto result = zenwire::parse_response<zenwire::describe_instance_internet_status>(
            zenwire::services::bmc_2022_11_20, zenwire::response_adapter(*answer).view());
        return result ? api_code::unlisted : result.error().api_code;
    }

    fake_cloud cloud;
    zenwire::fake_instance* instance = nullptr;
};

template <class List>
std::vector<std::string> texts_of(List const& list) {
    std::vector<std::string> texts;
    for (std::string_view each : list) {
        texts.emplace_back(each);
    }
    return texts;
}

inline constexpr std::string_view modify = "ModifyInstanceTrafficPackage";
inline constexpr std::string_view inquire = "InquiryPriceInstanceTrafficPackage";
inline constexpr std::string_view cancel = "CancelInstanceTrafficPackageDowngrade";
inline constexpr std::string_view look = "DescribeInstanceInternetStatus";
inline constexpr std::string_view find = "DescribeInstances";

}  // namespace fake_instance_tests

#endif
