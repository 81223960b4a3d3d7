// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_OSTREAM_HPP
#define ZENWIRE_OSTREAM_HPP

/// @file
/// Everything that is zenwire::printable goes into streams: `std::cerr << result.error()`. Tests show values by it, too: doctest,
/// GoogleTest and Catch2 find `operator<<`. Opt-in: a program includes it everywhere where such values are tested, or nowhere.

#include <ostream>

#include <zenwire/protocol/printable.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes a value as `printable` says. Width and fill of the stream count.
template <printable Value>
std::ostream& operator<<(std::ostream& out, Value const& value) {
    return out << detail::printed<Value>(value).view();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
