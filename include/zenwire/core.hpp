// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CORE_HPP
#define ZENWIRE_CORE_HPP

/// @file
/// The part that needs no Boost: validate, build, sign, verify, foresee, and HTTP/1.1 as bytes.

#include <zenwire/action/cancel_instance_bandwidth_downgrade.hpp>
#include <zenwire/action/cancel_instance_traffic_package_downgrade.hpp>
#include <zenwire/action/describe_available_resources.hpp>
#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_customer_balance.hpp>
#include <zenwire/action/describe_instance_internet_status.hpp>
#include <zenwire/action/describe_instance_traffic.hpp>
#include <zenwire/action/describe_instances.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/action/describe_vm_instances.hpp>
#include <zenwire/action/inquiry_price_instance_bandwidth.hpp>
#include <zenwire/action/inquiry_price_instance_traffic_package.hpp>
#include <zenwire/action/look_up_instance.hpp>
#include <zenwire/action/modify_instance_bandwidth.hpp>
#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/action/traffic_package_prediction.hpp>
#include <zenwire/base/version.hpp>
#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>
#include <zenwire/protocol/describe.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/redacted_head.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/verification.hpp>

#endif
