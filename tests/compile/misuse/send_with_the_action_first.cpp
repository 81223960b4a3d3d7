// SPDX-License-Identifier: BSL-1.0
// says first: send_action() takes the client first, and then the action
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/testing/fake_cloud.hpp>

auto result(zenwire::client<zenwire::access_key> const& client, zenwire::fake_cloud& cloud) {
    return zenwire::send_action(zenwire::describe_instance_internet_status{"1"}, client, cloud, cloud);
}
