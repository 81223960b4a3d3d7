// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_MEMBER_HPP
#define ZENWIRE_PROTOCOL_MEMBER_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a value costs that its member cannot hold. Texts take numbers too, as they are written.
enum class reading : unsigned char {
    /// of another type: the member, which is then as if it were absent; a text that is too long: the whole response
    incidental,
    /// as incidental, but a text that is too long is cut and flagged
    may_be_cut,
    /// the whole response: what happened, to whom or for how much would be a guess without it
    essential,
    /// as essential, and a number is no text: how a server reads a request
    strict,
};

/// A wire name, and how its value is read.
struct member_name {
    /// the name of the wire
    std::string_view name;
    /// how its value is read
    enum reading reading = reading::incidental;
    /// the name that it had in older documents, under which it is read too; empty for most
    std::string_view former_name{};
};

/// Ties a wire name to a data member: `member<&type::name>{"wireName"}`. Without a constructor, which would take long to
/// compile for every member anew.
template <auto Pointer>
struct member : member_name {};

/// The member list of a type that is written as or read from a JSON object: its static function `members()` returns one. It
/// is the one place where the wire names of the type stand. (Not a std::tuple, which takes long to compile.)
template <auto... Pointers>
struct member_list {
    /// How many members there are.
    static constexpr std::size_t size = sizeof...(Pointers);

    /// In the order of the documents.
    constexpr explicit member_list(member<Pointers> const&... each) noexcept : names{each...} {}

    /// The names, in order.
    member_name names[size];
};

/// The list of a type without members.
template <>
struct member_list<> {
    /// None.
    static constexpr std::size_t size = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
