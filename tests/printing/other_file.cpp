// SPDX-License-Identifier: BSL-1.0
// The file of a program whose main() is in another one: the message works from any of them.
#include <zenwire/contract_message.hpp>
