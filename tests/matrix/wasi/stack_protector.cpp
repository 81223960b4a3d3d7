// SPDX-License-Identifier: BSL-1.0

/// @file
/// Debian's compiler-rt for WebAssembly has functions of 128-bit numbers, which std::format of libc++ calls, that were compiled
/// with a stack protector; its C library (wasi-libc) does not have what such functions want. A broken stack ends the program.

#include <cstdint>
#include <cstdlib>

extern "C" {
[[gnu::weak]] std::uintptr_t __stack_chk_guard = 0xb5a7;
[[gnu::weak, noreturn]] void __stack_chk_fail() { std::abort(); }
}
