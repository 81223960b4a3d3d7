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
#include <zenwire/base/open_enum.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// How C++ types are filled from JSON, with the types erased: constant tables of functions, made from member lists, so
/// that one parser serves all of them.

namespace ZENWIRE_NAMESPACE::detail {

struct json_object_type;
struct json_list_type;

/// What a token was in the JSON text.
enum class json_token : unsigned char { string, number, truth };

struct json_value_type;

/// An object and its type.
struct json_target {
    json_value_type const* type = nullptr;
    void* object = nullptr;
};

/// How a JSON value becomes a C++ value of some type. Functions that are null mean: this kind of value does not fit.
struct json_value_type {
    /// From the data member to the value in it, for `append`, `object` and `list`: an optional creates its value. Null: the
    /// same place.
    void* (*enter)(void* place) noexcept = nullptr;
    /// Takes a number, a boolean or a whole short string; false when it does not fit.
    bool (*token)(void* value, std::string_view text, json_token kind) noexcept = nullptr;
    /// Takes a number that was written without point and exponent, which then does not come to `token`; false when it does
    /// not fit. May be null.
    bool (*integer)(void* value, std::int64_t number) noexcept = nullptr;
    /// Takes a whole string; false when it is longer than its place. May be null where `append` is there.
    bool (*assign)(void* value, std::string_view text) noexcept = nullptr;
    /// Takes a further piece of a string; false when there is no room for it: then no other piece of the string comes.
    bool (*append)(void* value, std::string_view piece, arena* memory) noexcept = nullptr;
    /// Forgets the pieces of a string that did not come to its end, or did not fit. There when `append` is.
    void (*clear)(void* value) noexcept = nullptr;
    /// Told that there was a value of another type, which costs the member only. May be null.
    void (*note_other_type)(void* place) noexcept = nullptr;
    json_object_type const* object = nullptr;
    json_list_type const* list = nullptr;
    /// For a place whose object is elsewhere, and of a type that is known at run time only: the JSON object goes there.
    json_target (*forward_to)(void* place) noexcept = nullptr;
    /// Its place is that of a std::string_view, to which a whole string is assigned that lives as long as the JSON text.
    /// Other strings come to `append`. Such a type has no `enter`.
    bool is_view = false;
    /// It is documented as a text, although it comes to `token`.
    bool is_word = false;
};

/// The same place as characters and as an object that is not made.
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

/// How far a data member is from the start of its object, found by comparing addresses when compiling: a pointer to a member
/// has no form that a table without types could hold. (Under MSVC's ABI it is not even as long as under that of GCC and Clang.
/// A function for each member would do, too, but reading a page of instances would take a tenth longer.) For Clang 14 all
/// members of the object must be of literal types.
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
    /// how far the data member is from the start of its object
    std::uint32_t distance = 0;
    enum reading reading = reading::incidental;
    /// where the member stands in the list: the same for its name and for its former name
    std::uint8_t position = 0;
    /// how far the row is that is likely to be read next: the one behind it, behind the last the first
    std::int8_t step = 0;

    /// The data member of an object.
    [[nodiscard]] void* locate(void* object) const noexcept { return static_cast<char*>(object) + distance; }
};

/// A member list. At most 64 members: which were seen is kept in as many bits.
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
    /// Elements that are numbers, words or booleans are no larger.
    static constexpr std::size_t largest_element = 64;
    /// Their alignment is no larger.
    static constexpr std::size_t element_alignment = 16;

    json_member_type element;
    /// Adds an element; null when there is no room.
    void* (*add)(void* list, arena* memory) noexcept;
    /// Called when an element that is an object was read. May be null.
    void (*complete)(void* list, void* element, arena* memory) noexcept;
};

/// Specialise it to read further types: it has those members of json_value_type that the type needs, by the same names.
template <class Value>
struct json_value_type_of;

/// Which members there are is asked of the type, not of pointers: to compare those is no constant for GCC when it checks
/// them (-fsanitize=undefined).
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
            // a former name shares it: both names together are a duplicate
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

/// Values that come in one go are made in the optional by one function; others are entered.
template <class Value>
struct json_value_type_of<std::optional<Value>> : json_value_type_of<Value> {
    using inner = json_value_type_of<Value>;
    static_assert(!requires { inner::is_view; }, "a view can be nothing by itself");

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

    /// It is nothing then, as it was.
    static void note_other_type(void* place) noexcept = delete;

private:
    static Value& make_in(void* place) noexcept {
        return static_cast<std::optional<Value>*>(place)->emplace();
    }

    /// What did not fit is not there.
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

/// Text without escapes refers to the JSON text, other text to a copy in the arena.
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

/// Numbers, and strings with a number in them, which the documents' examples have.
/// @tparam Derived has `from_decimal()`, which makes a Value of a decimal, or nothing
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
        "the reader tries first whether it fits");
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

/// A list has `value_type` and `add()`, which may want the arena. One with `complete()` is told of each object that was
/// read into it.
template <class List>
    requires requires { &List::add; }
struct json_value_type_of<List> {
    static constexpr json_list_type const* list = &json_list_type_for<List>;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
