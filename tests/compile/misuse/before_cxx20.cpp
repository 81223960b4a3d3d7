// SPDX-License-Identifier: BSL-1.0
// with: -std=c++17
// says first: zenwire needs C++20: compile with -std=c++20
#include <zenwire/core.hpp>
