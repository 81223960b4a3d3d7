// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_ERASED_HPP
#define ZENWIRE_TESTS_UNIT_ERASED_HPP

#include <cstddef>
#include <memory>
#include <new>
#include <string>

/// Makes an object by `make()` and ends it.
/// @return the bytes that it leaves behind in its memory, as the memory holds them: whatever the optimiser thinks of it
template <class Make>
std::string bytes_left_by(Make make) {
    using object = decltype(make());
    alignas(object) unsigned char memory[sizeof(object)] = {};
    std::destroy_at(::new (static_cast<void*>(memory)) object(make()));
    unsigned char const volatile* const left = memory;
    std::string bytes;
    for (std::size_t i = 0; i < sizeof(object); ++i) {
        bytes.push_back(static_cast<char>(left[i]));
    }
    return bytes;
}

#endif
