// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_RESULTS_HPP
#define ZENWIRE_TESTS_UNIT_RESULTS_HPP

#include <ostream>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>

/// @file
/// What tests ask of the library's results, and how doctest prints it.

namespace doctest {

template <>
struct StringMaker<std::string_view> {
    static String convert(std::string_view text) { return {text.data(), static_cast<unsigned>(text.size())}; }
};

}  // namespace doctest

// found by argument-dependent look-up
namespace zenwire {

inline doctest::String toString(errc code) { return doctest::toString(to_string(code)); }
inline doctest::String toString(outcome value) { return doctest::toString(to_string(value)); }
inline doctest::String toString(blame value) { return doctest::toString(to_string(value)); }

}  // namespace zenwire

/// The code that a result failed with; no enumerator, printed as an empty text, when it succeeded.
template <class Value>
zenwire::errc code_of(zenwire::expected<Value> const& result) {
    return result ? zenwire::errc{} : result.error().code;
}

/// Whether a text has `part` in it.
inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

#endif
