// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_JSON_SCHEMA_HPP
#define ZENWIRE_PROTOCOL_DETAIL_JSON_SCHEMA_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/arena.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// Describes C++ types to the JSON reader: constant tables of functions that are made from member lists. The tables have no type
/// parameters, so that one compiled parser fills objects of all types.

namespace ZENWIRE_NAMESPACE::detail {

/// The kind of a JSON value that is neither object nor list nor null.
enum class json_token : unsigned char {
    string,
    number,
    whole_number,  ///< a number without point and exponent that std::int64_t can hold
    truth,         ///< true or false
};

/// Such a value, or a piece of a long string.
struct json_scalar {
    /// as it stands in the JSON text; of a string without quotes and escapes
    std::string_view text;
    json_token kind;
    /// of a string: whether this is all of it, or its first piece
    bool is_first = true;
    /// of a string: whether this is all of it
    bool is_whole = true;
    std::int64_t whole_number = 0;
};

/// What a value is read from, and what it is copied to.
struct json_source {
    /// the JSON text
    std::string_view body;
    /// for lists, and for strings that are no part of the JSON text because they had escapes; null for none
    arena* memory;

    /// Whether a text is part of the JSON text, so that it may be referred to.
    [[nodiscard]] bool holds(std::string_view text) const noexcept {
        // as numbers, because pointers into different arrays must not be compared
        const auto address = [](char const* at) noexcept { return reinterpret_cast<std::uintptr_t>(at); };
        return address(text.data()) - address(body.data()) < body.size();
    }
};

struct json_value_type;
struct json_object_type;
struct json_list_type;

/// An object to fill, and the description of its type.
struct json_target {
    json_value_type const* type = nullptr;
    void* object = nullptr;
};

/// How a JSON value is stored in a C++ value of some type. A null pointer means that the type does not take this kind of value.
struct json_value_type {
    /// Stores a scalar; false when it does not fit. For a text it is called with each piece, until one does not fit, and with an
    /// empty string to take back what was stored.
    bool (*store)(void* place, json_scalar const& value, json_source const& source) noexcept = nullptr;
    /// The type is a text: it takes strings in pieces, and numbers as they are written. All other types take whole strings.
    bool is_text = false;
    /// The API documents the type as a text, although it takes whole strings only.
    bool is_word = false;
    json_object_type const* object = nullptr;
    json_list_type const* list = nullptr;
    /// Turns the address of a data member into that of the object or list in it: an optional creates its value here. Null when both
    /// addresses are the same.
    void* (*enter)(void* place) noexcept = nullptr;
    /// For a member that refers to an object elsewhere, of a type known only at run time: returns the object to fill instead.
    json_target (*forward_to)(void* place) noexcept = nullptr;
    /// Called when a value of a wrong type was skipped, so that the member can remember it. May be null.
    void (*note_other_type)(void* place) noexcept = nullptr;
};

/// Memory for an object that is never constructed, accessible both as bytes and by the object's members.
template <class Object>
union json_object_place {
    constexpr json_object_place() noexcept : bytes{} {}
    constexpr ~json_object_place() noexcept {}
    char bytes[sizeof(Object)];
    Object object;
};

/// The offset of a data member in its object, found by comparing addresses at compile time. A pointer to member cannot be kept in a
/// table that knows nothing of the object's type, and its size differs between MSVC and GCC. (With a function for each member
/// in its place, reading a page of instances takes a tenth longer.) Clang 14 requires that all members of the object have literal
/// types.
template <class Object, auto Pointer>
[[nodiscard]] consteval std::uint32_t json_distance_of() noexcept {
    const json_object_place<Object> place;
    std::uint32_t distance = 0;
    while (static_cast<void const*>(&place.bytes[distance]) != static_cast<void const*>(&(place.object.*Pointer))) {
        distance += alignof(std::remove_reference_t<decltype(std::declval<Object&>().*Pointer)>);
    }
    return distance;
}

/// One row of a member list.
struct json_member_type {
    std::string_view name{};
    json_value_type const* type = nullptr;
    /// the offset of the data member in its object
    std::uint32_t distance = 0;
    enum reading reading = reading::incidental;
    /// the index of the member in the list; the same in the row of its former name
    std::uint8_t position = 0;
    /// what to add to this row's index for the row that is expected next: 1, and in the last row back to the first
    std::int8_t step = 0;

    /// The data member of an object.
    [[nodiscard]] void* locate(void* object) const noexcept { return static_cast<char*>(object) + distance; }
};

/// A member list, of at most 64 members: the reader keeps one bit for each that was seen.
struct json_object_type {
    /// the first row; null when there is none
    json_member_type const* members;
    /// how many rows there are
    std::size_t size;

    /// The member of that name; null when it has none.
    [[nodiscard]] constexpr json_member_type const* find(std::string_view name) const noexcept {
        for (json_member_type const* each = members; each != members + size; ++each) {
            if (each->name == name) {
                return each;
            }
        }
        return nullptr;
    }
};

/// The elements of a list.
struct json_list_type {
    /// The largest size of an element that is a scalar but no text.
    static constexpr std::size_t largest_element = 64;
    /// The largest alignment of such an element.
    static constexpr std::size_t element_alignment = 16;

    json_member_type element;
    /// Adds an element; null when there is no room.
    void* (*add)(void* list, arena* memory) noexcept;
    /// Called when an element that is an object was read. May be null.
    void (*complete)(void* list, void* element, arena* memory) noexcept;
};

/// Specialise this for each type that can be read: static members with the names of json_value_type's members, as far as the type
/// needs them.
template <class Value>
struct json_value_type_of;

/// Collects those members in a json_value_type. It asks the type which members exist; with -fsanitize=undefined GCC does not accept
/// a comparison of function pointers in a constant expression.
template <class Members>
[[nodiscard]] constexpr json_value_type make_json_value_type() noexcept {
    json_value_type type;
    if constexpr (requires { Members::store(nullptr, {}, {}); }) {
        type.store = &Members::store;
    }
    type.is_text = requires { requires Members::is_text; };
    type.is_word = requires { requires Members::is_word; };
    if constexpr (requires { Members::object; }) {
        type.object = Members::object;
    }
    if constexpr (requires { Members::list; }) {
        type.list = Members::list;
    }
    if constexpr (requires { Members::enter(nullptr); }) {
        type.enter = &Members::enter;
    }
    if constexpr (requires { Members::forward_to(nullptr); }) {
        type.forward_to = &Members::forward_to;
    }
    if constexpr (requires { Members::note_other_type(nullptr); }) {
        type.note_other_type = &Members::note_other_type;
    }
    return type;
}

template <class Value>
inline constexpr json_value_type json_value_type_for = make_json_value_type<json_value_type_of<Value>>();

/// How many members of the list have a former name.
template <auto... Pointers>
[[nodiscard]] constexpr std::size_t count_former_names(member_list<Pointers...> const& list) noexcept {
    std::size_t count = 0;
    if constexpr (sizeof...(Pointers) != 0) {
        for (member_name const& each : list.names) {
            count += each.former_name.empty() ? 0U : 1U;
        }
    }
    return count;
}

/// The rows of a type: one for each member, and behind them one for each former name.
template <class Object, std::size_t Size, auto... Pointers>
[[nodiscard]] constexpr std::array<json_member_type, Size> make_json_members(
    [[maybe_unused]] member_list<Pointers...> const& list) noexcept {
    static_assert(sizeof...(Pointers) <= 64, "which members were seen is kept in 64 bits");
    std::array<json_member_type, Size> members{
        json_member_type{{},
                         &json_value_type_for<std::remove_reference_t<decltype(std::declval<Object&>().*Pointers)>>,
                         json_distance_of<Object, Pointers>()}...};
    if constexpr (Size != 0) {
        std::size_t next = 0;
        std::size_t next_former = sizeof...(Pointers);
        for (member_name const& each : list.names) {
            json_member_type& row = members[next];
            // the row of a former name gets the same position, so that both names in one object count as a duplicate
            row.position = static_cast<std::uint8_t>(next++);
            row.name = each.name;
            row.reading = each.reading;
            if (!each.former_name.empty()) {
                members[next_former] = row;
                members[next_former++].name = each.former_name;
            }
        }
        for (json_member_type& each : members) {
            each.step = 1;
        }
        members.back().step = 1 - static_cast<int>(Size);
    }
    return members;
}

template <class Object>
inline constexpr auto json_members_for =
    make_json_members<Object, decltype(Object::members())::size + count_former_names(Object::members())>(
        Object::members());

template <class Object>
inline constexpr json_object_type json_object_type_for{
    json_members_for<Object>.empty() ? nullptr : json_members_for<Object>.data(), json_members_for<Object>.size()};

template <class Object>
    requires requires { Object::members(); }
struct json_value_type_of<Object> {
    static constexpr json_object_type const* object = &json_object_type_for<Object>;
};

/// An optional. For a scalar that does not fit it stays empty; of a text it keeps what fits.
template <class Value>
struct json_value_type_of<std::optional<Value>> : json_value_type_of<Value> {
    using inner = json_value_type_of<Value>;
    static_assert(!std::is_same_v<Value, std::string_view>, "an empty string_view already means that there is no text");

    static bool store(void* place, json_scalar const& value, json_source const& source) noexcept
        requires requires { inner::store(nullptr, {}, {}); }
    {
        auto& optional = *static_cast<std::optional<Value>*>(place);
        const bool fits = inner::store(value.is_first ? &optional.emplace() : &*optional, value, source);
        if (!fits && !requires { requires inner::is_text; }) {
            optional.reset();
        }
        return fits;
    }
    static void* enter(void* place) noexcept
        requires(
            requires { inner::object; } || requires { inner::list; })
    {
        return &static_cast<std::optional<Value>*>(place)->emplace();
    }

    /// Hides that of `Value`: the optional just stays empty.
    static void note_other_type(void* place) noexcept = delete;
};

template <std::size_t Capacity>
struct json_value_type_of<inline_string<Capacity>> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        auto& text = *static_cast<inline_string<Capacity>*>(place);
        if (value.is_first) {
            text.clear();
        }
        text.append(value.text);
        return !text.truncated();
    }
    static void note_other_type(void* place) noexcept {
        static_cast<inline_string<Capacity>*>(place)->note_truncated();
    }
};

/// Strings without escapes are views of the JSON text; other strings are copied into the arena.
template <>
struct json_value_type_of<std::string_view> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const& source) noexcept {
        auto& text = *static_cast<std::string_view*>(place);
        if (value.is_whole && source.holds(value.text)) {
            text = value.text;
            return true;
        }
        const std::string_view begin = value.is_first ? std::string_view() : text;
        text = source.memory != nullptr ? source.memory->append(begin, value.text) : begin;
        return text.size() == begin.size() + value.text.size();
    }
};

template <>
struct json_value_type_of<bool> {
    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        auto& result = *static_cast<bool*>(place);
        result = value.text == "true";
        return result || value.text == "false";
    }
};

/// Reads numbers, and strings with a number in them (`"100"`), which documented examples have.
template <class Number>
    requires(std::is_same_v<Number, decimal> || std::is_same_v<Number, std::int64_t> ||
             std::is_same_v<Number, traffic_package_size>)
struct json_value_type_of<Number> {
    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        const std::optional<Number> number = number_of(value);
        if (number) {
            *static_cast<Number*>(place) = *number;
        }
        return number.has_value();
    }

private:
    static std::optional<Number> number_of(json_scalar const& value) noexcept {
        const bool is_whole = value.kind == json_token::whole_number;
        if constexpr (std::is_same_v<Number, std::int64_t>) {
            if (is_whole) {
                return value.whole_number;
            }
        }
        const auto number = is_whole ? std::optional(decimal(value.whole_number)) : decimal::parse_nearest(value.text);
        if constexpr (std::is_same_v<Number, decimal>) {
            return number;
        } else if constexpr (std::is_same_v<Number, traffic_package_size>) {
            return traffic_package_size::from_decimal(number);
        } else {
            return number && number->scale() == 0 && !number->is_rounded() ? std::optional(number->coefficient())
                                                                           : std::nullopt;
        }
    }
};

template <class Words>
struct json_value_type_of<open_enum<Words>> {
    static constexpr bool is_word = true;

    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        *static_cast<open_enum<Words>*>(place) = open_enum<Words>::parse(value.text);
        return value.kind != json_token::truth;
    }
};

template <class List>
[[nodiscard]] constexpr json_list_type make_json_list_type() noexcept {
    using element = json_value_type_of<typename List::value_type>;
    static_assert(
        !requires { element::store(nullptr, {}, {}); } || requires { requires element::is_text; } ||
            (sizeof(typename List::value_type) <= json_list_type::largest_element &&
             alignof(typename List::value_type) <= json_list_type::element_alignment),
        "the reader first stores an element in a buffer of this size, to see whether it fits");
    json_list_type type{{{}, &json_value_type_for<typename List::value_type>}, nullptr, nullptr};
    if constexpr (requires(List& list) { list.add(); }) {
        type.add = [](void* list, arena*) noexcept -> void* { return static_cast<List*>(list)->add(); };
    } else {
        type.add = [](void* list, arena* memory) noexcept -> void* {
            return memory != nullptr ? static_cast<List*>(list)->add(*memory) : nullptr;
        };
    }
    if constexpr (requires(List& list, arena const& memory) { list.complete(memory); }) {
        type.complete = [](void* list, void*, arena* memory) noexcept { static_cast<List*>(list)->complete(*memory); };
    }
    return type;
}

template <class List>
inline constexpr json_list_type json_list_type_for = make_json_list_type<List>();

/// A list: a type with `value_type` and `add()`, which may take the arena. If it has `complete()`, that is called after each object
/// that was read into it.
template <class List>
    requires requires { &List::add; }
struct json_value_type_of<List> {
    static constexpr json_list_type const* list = &json_list_type_for<List>;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
