// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ZENWIRE_HPP
#define ZENWIRE_ZENWIRE_HPP

/// @file
/// All of the library but what is opt-in: adapters, system_runtime, testing and the source headers.

#include <zenwire/action/owning.hpp>
#include <zenwire/action/raw_action.hpp>
#include <zenwire/action/stream.hpp>
#include <zenwire/client/run_workflow.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/client/walk_entries.hpp>
#include <zenwire/core.hpp>
#include <zenwire/protocol/response.hpp>

#endif
