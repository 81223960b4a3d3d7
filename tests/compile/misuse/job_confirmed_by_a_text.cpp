// SPDX-License-Identifier: BSL-1.0
// says: yes or no is a bool
#include <zenwire/client/traffic_package_workflow.hpp>

void go(zenwire::traffic_package_workflow<zenwire::access_key>& job, zenwire::unix_seconds now) {
    job.confirm("no", now);
}
