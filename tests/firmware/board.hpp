// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_FIRMWARE_BOARD_HPP
#define ZENWIRE_TESTS_FIRMWARE_BOARD_HPP

/// @file
/// What the checks need of the machine they run on: a Cortex-M4 without an operating system (board.cpp), or any host
/// (host.cpp).

#include <cstddef>
#include <string_view>

/// What the machine runs: defined by each program.
/// @return 0 when all went well
int program() noexcept;

namespace board {

/// Prints to whoever started the machine.
void print(std::string_view text) noexcept;

/// @copydoc print
inline void print(std::size_t number) noexcept {
    if (number > 9) {
        print(number / 10);
    }
    const char digit = static_cast<char>('0' + number % 10);
    print(std::string_view(&digit, 1));
}

/// How many bytes of stack `work` takes, its frame and all that it calls; 0 where that cannot be measured.
std::size_t stack_taken_by(void (*work)()) noexcept;

}  // namespace board

#endif
