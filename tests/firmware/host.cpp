// SPDX-License-Identifier: BSL-1.0

/// @file
/// The same checks on a host.

#include "board.hpp"

#include <cstdio>

int main() { return program(); }

namespace board {

void print(std::string_view text) noexcept { std::fwrite(text.data(), 1, text.size(), stdout); }

std::size_t stack_taken_by(void (*work)()) noexcept {
    work();
    return 0;
}

}  // namespace board
