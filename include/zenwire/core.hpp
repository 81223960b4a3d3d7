// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CORE_HPP
#define ZENWIRE_CORE_HPP

/// @file
/// The part that needs no Boost: validate, build, sign, verify.

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/base/version.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/verification.hpp>

#endif
