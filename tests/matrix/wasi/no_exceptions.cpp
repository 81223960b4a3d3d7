// SPDX-License-Identifier: BSL-1.0

/// @file
/// What throwing needs at link time, where the C++ library for WebAssembly has none: Boost.JSON, of which the tests use more than
/// the parser, would throw. It ends the program.

#include <cstddef>
#include <cstdlib>

extern "C" {
void* __cxa_allocate_exception(std::size_t) noexcept { std::abort(); }
[[noreturn]] void __cxa_throw(void*, void*, void (*)(void*)) { std::abort(); }
}
