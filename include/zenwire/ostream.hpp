// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_OSTREAM_HPP
#define ZENWIRE_OSTREAM_HPP

/// @file
/// Everything that is zenwire::printable can be written to streams: `std::cerr << result.error()`. doctest, GoogleTest and Catch2
/// use this operator, too. Opt-in: include it in all files of a test program in which such values are tested, or in none.

#include <ostream>

#include <zenwire/protocol/printable.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes a value as `printable` says. Uses width and fill of the stream.
template <printable Value>
std::ostream& operator<<(std::ostream& out, Value const& value) {
    return out << detail::printed<Value>(value).view();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
