// SPDX-License-Identifier: BSL-1.0

/// @file
/// What the standard library and Boost.JSON refer to and the library never calls: the throwing of exceptions, the names of
/// Boost's errors, the memory resource of a parser that is fed in pieces. A device defines them, so that newlib's and
/// libstdc++'s own, and with them printf, unwinding and malloc, stay out of its image. Each ends the run with a failure.

#include <boost/throw_exception.hpp>

#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <new>

extern "C" {

char* strerror(int) { std::abort(); }
int vsnprintf(char*, std::size_t, char const*, std::va_list) { std::abort(); }
void __cxa_pure_virtual() { std::abort(); }
void* _sbrk(std::ptrdiff_t) { std::abort(); }

/// The image never ends, so nothing is destroyed.
void* __dso_handle = nullptr;
int __aeabi_atexit(void*, void (*)(void*), void*) { return 0; }

}  // extern "C"

void boost::throw_exception(std::exception const&) { std::abort(); }
void boost::throw_exception(std::exception const&, boost::source_location const&) { std::abort(); }

namespace std {

void __throw_out_of_range_fmt(char const*, ...) { std::abort(); }
void __throw_logic_error(char const*) { std::abort(); }
void __throw_length_error(char const*) { std::abort(); }
void __throw_bad_alloc() { std::abort(); }

}  // namespace std

void* operator new(std::size_t) { std::abort(); }
void operator delete(void*) noexcept { std::abort(); }
void operator delete(void*, std::size_t) noexcept { std::abort(); }
