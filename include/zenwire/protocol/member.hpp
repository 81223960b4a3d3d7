// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_MEMBER_HPP
#define ZENWIRE_PROTOCOL_MEMBER_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// What happens when the value in the JSON text does not fit the C++ member. A text also takes a number, as it is written. A member
/// that is missing or null is never an error, whatever is said here: its C++ member keeps its default.
enum class reading : unsigned char {
    /// A value of a wrong type is treated as if the member were absent; a text that is too long is an error of the whole response.
    incidental,
    /// As incidental, but a text that is too long is cut, and flagged as truncated.
    may_be_cut,
    /// A value of a wrong type is an error of the whole response: what it says decides what happened, to whom or for how much.
    essential,
    /// As essential, and a number is not accepted as a text; `"100"` as a number is. The fake cloud reads requests so.
    strict,
};

namespace detail {

/// A wire name, and how its value is read.
struct member_name {
    /// the name of the wire
    std::string_view name;
    /// how its value is read
    enum reading reading = reading::incidental;
    /// the name that it had in older documentation, under which it is read too; empty for most
    std::string_view former_name{};
};

}  // namespace detail

/// Ties a wire name to a data member: `member<&type::name>{"wireName"}`. It has no constructor, because one would have to be
/// compiled for each member.
template <auto Pointer>
struct member : detail::member_name {};

/// The member list of a type that is written as a JSON object or read from one: returned by its static function `members()`. The
/// wire names of a type stand nowhere else. (Not a std::tuple, which takes long to compile.)
template <auto... Pointers>
struct member_list {
    /// How many members there are.
    static constexpr std::size_t size = sizeof...(Pointers);

    /// In the documented order.
    constexpr explicit member_list(member<Pointers> const&... each) noexcept : names{each...} {}

    /// The names, in order.
    detail::member_name names[size];
};

/// The list of a type without members.
template <>
struct member_list<> {
    /// None.
    static constexpr std::size_t size = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
