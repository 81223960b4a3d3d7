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

struct json_object_type;
struct json_list_type;

/// The kind of a JSON value that is passed to json_value_type::token.
enum class json_token : unsigned char { string, number, truth };

struct json_value_type;

/// An object to fill, and the description of its type.
struct json_target {
    json_value_type const* type = nullptr;
    void* object = nullptr;
};

/// How a JSON value is stored in a C++ value of some type. A null pointer means that the type does not take this kind of value.
struct json_value_type {
    /// Turns the address of a data member into that of the value in it, before `append`, `object` or `list` is used: an optional
    /// creates its value here. Null when both addresses are the same.
    void* (*enter)(void* place) noexcept = nullptr;
    /// Stores a number, a boolean or a whole short string; false when it does not fit.
    bool (*token)(void* value, std::string_view text, json_token kind) noexcept = nullptr;
    /// Stores a number that is written without a point and an exponent, and is called for it in place of `token`; false when the
    /// number does not fit. May be null.
    bool (*integer)(void* value, std::int64_t number) noexcept = nullptr;
    /// Stores a whole string; false when the string is too long. May be null when `append` is set.
    bool (*assign)(void* value, std::string_view text) noexcept = nullptr;
    /// Adds the next piece of a string; false when there is no room: then it is not called for the rest of the string.
    bool (*append)(void* value, std::string_view piece, arena* memory) noexcept = nullptr;
    /// Removes the pieces of a string that was cut off or did not fit. Set whenever `append` is.
    void (*clear)(void* value) noexcept = nullptr;
    /// Called when a value of a wrong type was skipped, so that the member can remember it. May be null.
    void (*note_other_type)(void* place) noexcept = nullptr;
    json_object_type const* object = nullptr;
    json_list_type const* list = nullptr;
    /// For a member that refers to an object elsewhere, of a type known only at run time: returns the object to fill instead.
    json_target (*forward_to)(void* place) noexcept = nullptr;
    /// The value is a std::string_view: a string without escapes is not copied, the view refers to the JSON text. Other strings
    /// are passed to `append`. Such a type has no `enter`.
    bool is_view = false;
    /// The API documents this type as a text, although `token` stores it.
    bool is_word = false;
};

/// Memory for an object that is never constructed, accessible both as bytes and by the object's members.
template <class Object, bool IsTrivial = std::is_trivially_destructible_v<Object>>
union json_object_place {
    constexpr json_object_place() noexcept : bytes{} {}
    char bytes[sizeof(Object)];
    Object object;
};
template <class Object>
union json_object_place<Object, false> {
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
    /// The largest size of an element that `token` or `integer` stores.
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
    if constexpr (requires { Members::enter(nullptr); }) {
        type.enter = &Members::enter;
    }
    if constexpr (requires { Members::token(nullptr, {}, {}); }) {
        type.token = &Members::token;
    }
    if constexpr (requires { Members::integer(nullptr, 0); }) {
        type.integer = &Members::integer;
    }
    if constexpr (requires { Members::assign(nullptr, {}); }) {
        type.assign = &Members::assign;
    }
    if constexpr (requires { Members::append(nullptr, {}, nullptr); }) {
        type.append = &Members::append;
    }
    if constexpr (requires { Members::clear(nullptr); }) {
        type.clear = &Members::clear;
    }
    if constexpr (requires { Members::note_other_type(nullptr); }) {
        type.note_other_type = &Members::note_other_type;
    }
    if constexpr (requires { Members::object; }) {
        type.object = Members::object;
    }
    if constexpr (requires { Members::list; }) {
        type.list = Members::list;
    }
    if constexpr (requires { Members::forward_to(nullptr); }) {
        type.forward_to = &Members::forward_to;
    }
    if constexpr (requires { Members::is_view; }) {
        type.is_view = Members::is_view;
    }
    if constexpr (requires { Members::is_word; }) {
        type.is_word = Members::is_word;
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

/// An optional. `token`, `integer` and `assign` create the value themselves; `enter` creates it for the other kinds.
template <class Value>
struct json_value_type_of<std::optional<Value>> : json_value_type_of<Value> {
    using inner = json_value_type_of<Value>;
    static_assert(!requires { inner::is_view; }, "an empty string_view already means that there is no text");

    static bool token(void* place, std::string_view text, json_token kind) noexcept
        requires requires { inner::token(nullptr, {}, {}); }
    {
        return keep_if(place, inner::token(&make_in(place), text, kind));
    }
    static bool integer(void* place, std::int64_t number) noexcept
        requires requires { inner::integer(nullptr, 0); }
    {
        return keep_if(place, inner::integer(&make_in(place), number));
    }
    static bool assign(void* place, std::string_view text) noexcept
        requires requires { inner::assign(nullptr, {}); }
    {
        return inner::assign(&make_in(place), text);
    }
    static void* enter(void* place) noexcept
        requires(
            requires { inner::append(nullptr, {}, nullptr); } || requires { inner::object; } ||
            requires { inner::list; })
    {
        return &make_in(place);
    }

    /// Hides that of `Value`: the optional just stays empty.
    static void note_other_type(void* place) noexcept = delete;

private:
    static Value& make_in(void* place) noexcept {
        return static_cast<std::optional<Value>*>(place)->emplace();
    }

    /// Empties the optional again when the value did not fit.
    static bool keep_if(void* place, bool fits) noexcept {
        if (!fits) {
            static_cast<std::optional<Value>*>(place)->reset();
        }
        return fits;
    }
};

template <std::size_t Capacity>
struct json_value_type_of<inline_string<Capacity>> {
    using Text = inline_string<Capacity>;

    static bool assign(void* value, std::string_view text) noexcept {
        static_cast<Text*>(value)->assign(text);
        return !static_cast<Text const*>(value)->truncated();
    }
    static bool append(void* value, std::string_view piece, arena*) noexcept {
        static_cast<Text*>(value)->append(piece);
        return !static_cast<Text const*>(value)->truncated();
    }
    static void clear(void* value) noexcept { static_cast<Text*>(value)->clear(); }
    static void note_other_type(void* value) noexcept { static_cast<Text*>(value)->note_truncated(); }
};

/// Strings without escapes are views of the JSON text; other strings are copied into the arena.
template <>
struct json_value_type_of<std::string_view> {
    static constexpr bool is_view = true;

    static bool append(void* value, std::string_view piece, arena* memory) noexcept {
        auto& text = *static_cast<std::string_view*>(value);
        const std::size_t size = text.size() + piece.size();
        text = memory != nullptr ? memory->append(text, piece) : text;
        return text.size() == size;
    }
    static void clear(void* value) noexcept { *static_cast<std::string_view*>(value) = {}; }
};

template <>
struct json_value_type_of<bool> {
    static bool token(void* value, std::string_view text, json_token kind) noexcept {
        *static_cast<bool*>(value) = text == "true";
        return kind != json_token::number && (text == "true" || text == "false");
    }
};

/// Reads numbers, and strings with a number in them (`"100"`), which the documents' examples have.
/// @tparam Derived has `from_decimal()`, which turns a decimal into a Value, or nothing when it does not fit
template <class Value, class Derived>
struct json_number_type_of {
    static bool token(void* value, std::string_view text, json_token kind) noexcept {
        const std::optional<decimal> number = kind == json_token::truth ? std::nullopt : decimal::parse_nearest(text);
        return put(value, number ? Derived::from_decimal(*number) : std::nullopt);
    }
    static bool integer(void* value, std::int64_t integer) noexcept {
        if constexpr (std::is_same_v<Value, std::int64_t>) {
            return put(value, integer);
        } else {
            return put(value, Derived::from_decimal(decimal(integer)));
        }
    }

private:
    static bool put(void* value, std::optional<Value> const& result) noexcept {
        if (result) {
            *static_cast<Value*>(value) = *result;
        }
        return result.has_value();
    }
};

template <>
struct json_value_type_of<decimal> : json_number_type_of<decimal, json_value_type_of<decimal>> {
    static std::optional<decimal> from_decimal(decimal number) noexcept { return number; }
};

template <>
struct json_value_type_of<std::int64_t> : json_number_type_of<std::int64_t, json_value_type_of<std::int64_t>> {
    static std::optional<std::int64_t> from_decimal(decimal number) noexcept {
        return number.scale() == 0 && !number.is_rounded() ? std::optional(number.coefficient()) : std::nullopt;
    }
};

template <>
struct json_value_type_of<traffic_package_size>
    : json_number_type_of<traffic_package_size, json_value_type_of<traffic_package_size>> {
    static std::optional<traffic_package_size> from_decimal(decimal number) noexcept {
        return traffic_package_size::from_decimal(number);
    }
};

template <class Words>
struct json_value_type_of<open_enum<Words>> {
    static constexpr bool is_word = true;

    static bool token(void* value, std::string_view text, json_token kind) noexcept {
        *static_cast<open_enum<Words>*>(value) = open_enum<Words>::parse(text);
        return kind != json_token::truth;
    }
};

template <class List>
[[nodiscard]] constexpr json_list_type make_json_list_type() noexcept {
    using element = json_value_type_of<typename List::value_type>;
    static_assert(
        !requires { element::token(nullptr, {}, {}); } ||
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
        type.complete = [](void* list, void*, arena* memory) noexcept {
            static_cast<List*>(list)->complete(*memory);
        };
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
