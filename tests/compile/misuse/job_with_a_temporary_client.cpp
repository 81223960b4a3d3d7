// SPDX-License-Identifier: BSL-1.0
// says: the client must outlive the job: give it a name
#include <zenwire/client/traffic_package_workflow.hpp>

zenwire::client<zenwire::access_key> make_client();
auto job = zenwire::traffic_package_workflow<zenwire::access_key>::change(make_client(), "id", {});
