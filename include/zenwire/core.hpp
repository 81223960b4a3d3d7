// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CORE_HPP
#define ZENWIRE_CORE_HPP

/// @file
/// The part that needs no Boost: validate, build, sign, verify, foresee, and HTTP/1.1 as bytes.

#include <zenwire/action/actions.hpp>
#include <zenwire/action/traffic_package_prediction.hpp>
#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>
#include <zenwire/protocol/describe.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/verification.hpp>

#endif
