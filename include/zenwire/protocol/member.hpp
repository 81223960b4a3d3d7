// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_MEMBER_HPP
#define ZENWIRE_PROTOCOL_MEMBER_HPP

#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// How strictly the text of a member is read.
enum class reading : unsigned char {
    /// a JSON string; one that does not fit its C++ member is an error
    whole,
    /// a JSON string; one that does not fit is cut and flagged
    may_be_cut,
    /// a JSON string, or a number, whose text is taken as it is written
    text_or_number,
};

/// Ties a wire name to a data member. A type that is written as or read from a JSON object has a static function
/// `members()` which returns a std::tuple of these: its member list, the one place where its wire names stand.
template <auto Pointer>
struct member {
    constexpr explicit member(std::string_view wire_name, enum reading how = reading::whole) noexcept
        : name(wire_name), reading(how) {}

    /// The data member in an object.
    template <class Object>
    [[nodiscard]] static constexpr auto& of(Object& object) noexcept {
        return object.*Pointer;
    }

    std::string_view name;
    enum reading reading;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
