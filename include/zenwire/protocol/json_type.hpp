// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_JSON_TYPE_HPP
#define ZENWIRE_PROTOCOL_JSON_TYPE_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/bump_list.hpp>
#include <zenwire/base/bump_memory.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/made_by.hpp>
#include <zenwire/base/open_enumeration.hpp>
#include <zenwire/base/text_index.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// How C++ types are filled from JSON, with the types erased: constant tables of functions, made from member lists, so
/// that one parser serves all of them.

namespace ZENWIRE_NAMESPACE {

struct json_object_type;
struct json_list_type;

/// What a token was in the JSON text.
enum class json_token : unsigned char { string, number, boolean };

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
    bool (*append)(void* value, std::string_view piece, bump_memory* memory) noexcept = nullptr;
    /// Forgets the pieces of a string that did not come to its end, or did not fit. There when `append` is.
    void (*clear)(void* value) noexcept = nullptr;
    json_object_type const* object = nullptr;
    json_list_type const* list = nullptr;
    /// For a place whose object is elsewhere, and of a type that is known at run time only: the JSON object goes there.
    json_target (*redirect)(void* place) noexcept = nullptr;
    /// Its place is that of a std::string_view, to which a whole string is assigned that lives as long as the JSON text.
    /// Other strings come to `append`. Such a type has no `enter`.
    bool is_view = false;
};

/// Leads to what is at the start of an object.
inline constexpr std::ptrdiff_t json_first_member = 0;

/// One row of a member list.
struct json_member_type {
    indexed_text name{};
    json_value_type const* type = nullptr;
    /// where the pointer to the data member is kept
    void const* pointer = &json_first_member;
    enum reading reading = reading::whole;
    /// where it stands in the list
    std::uint8_t position = 0;
    /// how far the row is that is likely to be read next: the one behind it, behind the last the first
    std::int8_t step = 0;

    /// The data member of an object.
    [[nodiscard]] void* locate(void* object) const noexcept {
        // A function for each member would be called by its address, which processors guess worse than they load. In the
        // ABI of GCC and Clang the pointer is the number of bytes between the object and its member.
        std::ptrdiff_t distance = 0;
        std::memcpy(&distance, pointer, sizeof(distance));
        return static_cast<char*>(object) + distance;
    }
};

/// Stands where no member can be the next one.
inline constexpr json_member_type no_json_member{indexed_text::nothing()};

/// A member list. At most 64 members: which were seen is kept in as many bits.
struct json_object_type {
    /// the first row; no_json_member when there is none
    json_member_type const* members;
    text_index index;

    /// The member of that name; null when it has none.
    [[nodiscard]] constexpr json_member_type const* find(indexed_text const& name) const noexcept {
        const std::size_t position =
            index.find(name, [&](std::size_t at) noexcept -> indexed_text const& { return members[at].name; });
        return position == text_index::none ? nullptr : members + position;
    }
};

/// The elements of a list.
struct json_list_type {
    json_member_type element;
    /// Adds an element; null when there is no room.
    void* (*add)(void* list, bump_memory* memory) noexcept;
    /// Called when an element that is an object was read. May be null.
    void (*complete)(void* list, void* element, bump_memory* memory) noexcept;
};

/// Specialise it to read further types: `make()` returns the table of functions.
template <class Value>
struct json_value_type_of;

template <class Value>
inline constexpr json_value_type json_value_type_for = json_value_type_of<Value>::make();

/// A pointer to a data member, kept for json_member_type::pointer.
template <class Object, auto Pointer>
inline constexpr std::remove_reference_t<decltype(std::declval<Object&>().*Pointer)> Object::* json_member_pointer =
    Pointer;

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
    static_assert((true && ... && (sizeof(Pointers) == sizeof(std::ptrdiff_t))), "a number of bytes");
    static_assert(Size <= 64, "which members were seen is kept in 64 bits");
    std::array<json_member_type, Size> members{
        json_member_type{{},
                         &json_value_type_for<std::remove_reference_t<decltype(std::declval<Object&>().*Pointers)>>,
                         &json_member_pointer<Object, Pointers>}...};
    if constexpr (Size != 0) {
        std::size_t next = 0;
        std::size_t next_former = sizeof...(Pointers);
        for (member_name const& each : list.names) {
            json_member_type& row = members[next++];
            row.name = indexed_text(each.name);
            row.reading = each.reading;
            if (!each.former_name.empty()) {
                members[next_former] = row;
                members[next_former++].name = indexed_text(each.former_name);
            }
        }
        for (std::size_t i = 0; i < Size; ++i) {
            members[i].position = static_cast<std::uint8_t>(i);
            members[i].step = 1;
        }
        members.back().step = 1 - static_cast<int>(Size);
    }
    return members;
}

template <class Object>
inline constexpr auto json_members_for =
    make_json_members<Object, decltype(Object::members())::size + count_former_names(Object::members())>(
        Object::members());

template <std::size_t Size>
[[nodiscard]] constexpr text_index_slots<Size> make_json_index(
    std::array<json_member_type, Size> const& members) noexcept {
    std::array<indexed_text, Size> names{};
    for (std::size_t i = 0; i < Size; ++i) {
        names[i] = members[i].name;
    }
    return text_index_slots<Size>(names);
}

template <class Object>
inline constexpr auto json_index_for = make_json_index(json_members_for<Object>);

template <class Object>
inline constexpr json_object_type json_object_type_for{
    json_members_for<Object>.empty() ? &no_json_member : json_members_for<Object>.data(),
    text_index(json_index_for<Object>)};

template <class Object>
    requires requires { Object::members(); }
struct json_value_type_of<Object> {
    static constexpr json_value_type make() noexcept {
        json_value_type type;
        type.object = &json_object_type_for<Object>;
        return type;
    }
};

/// Values that come in one go are made in the optional by one function; others are entered.
template <class Value>
struct json_value_type_of<std::optional<Value>> {
    static constexpr json_value_type inner = json_value_type_of<Value>::make();

    static Value& enter(void* place) noexcept {
        // by braces, which do not fill an aggregate with zeros first
        return static_cast<std::optional<Value>*>(place)->emplace(made_by([]() noexcept { return Value{}; }));
    }

    /// What did not fit is not there.
    static bool keep_if(void* place, bool fits) noexcept {
        if (!fits) {
            static_cast<std::optional<Value>*>(place)->reset();
        }
        return fits;
    }

    static constexpr json_value_type make() noexcept {
        static_assert(!inner.is_view, "a view can be nothing by itself");
        json_value_type type = inner;
        if constexpr (inner.token != nullptr) {
            type.token = [](void* place, std::string_view text, json_token kind) noexcept {
                return keep_if(place, inner.token(&enter(place), text, kind));
            };
        }
        if constexpr (inner.integer != nullptr) {
            type.integer = [](void* place, std::int64_t number) noexcept {
                return keep_if(place, inner.integer(&enter(place), number));
            };
        }
        if constexpr (inner.assign != nullptr) {
            type.assign = [](void* place, std::string_view text) noexcept { return inner.assign(&enter(place), text); };
        }
        if constexpr (inner.append != nullptr || inner.object != nullptr || inner.list != nullptr) {
            type.enter = [](void* place) noexcept -> void* { return &enter(place); };
        }
        return type;
    }
};

template <std::size_t Capacity>
struct json_value_type_of<inline_string<Capacity>> {
    using Text = inline_string<Capacity>;
    static constexpr json_value_type make() noexcept {
        json_value_type type;
        type.assign = [](void* value, std::string_view text) noexcept {
            static_cast<Text*>(value)->assign(text);
            return !static_cast<Text const*>(value)->truncated();
        };
        type.append = [](void* value, std::string_view piece, bump_memory*) noexcept {
            static_cast<Text*>(value)->append(piece);
            return !static_cast<Text const*>(value)->truncated();
        };
        type.clear = [](void* value) noexcept { static_cast<Text*>(value)->clear(); };
        return type;
    }
};

/// Text without escapes refers to the JSON text, other text to a copy in the bump_memory.
template <>
struct json_value_type_of<std::string_view> {
    static constexpr json_value_type make() noexcept {
        json_value_type type;
        type.is_view = true;
        type.append = [](void* value, std::string_view piece, bump_memory* memory) noexcept {
            auto& text = *static_cast<std::string_view*>(value);
            const std::size_t size = text.size() + piece.size();
            text = memory != nullptr ? memory->append(text, piece) : text;
            return text.size() == size;
        };
        type.clear = [](void* value) noexcept { *static_cast<std::string_view*>(value) = {}; };
        return type;
    }
};

template <>
struct json_value_type_of<bool> {
    static constexpr json_value_type make() noexcept {
        json_value_type type;
        type.token = [](void* value, std::string_view text, json_token kind) noexcept {
            *static_cast<bool*>(value) = text == "true";
            return kind != json_token::number && (text == "true" || text == "false");
        };
        return type;
    }
};

/// Numbers, and strings with a number in them, which the documents' examples have.
/// @tparam FromDecimal makes a value of a decimal, or nothing
template <class Value, class FromDecimal>
[[nodiscard]] constexpr json_value_type make_json_number_type(FromDecimal) noexcept {
    json_value_type type;
    type.token = [](void* value, std::string_view text, json_token kind) noexcept {
        const std::optional<decimal> number = kind == json_token::boolean ? std::nullopt : decimal::parse(text);
        const std::optional<Value> result = number ? FromDecimal()(*number) : std::nullopt;
        if (result) {
            *static_cast<Value*>(value) = *result;
        }
        return result.has_value();
    };
    type.integer = [](void* value, std::int64_t integer) noexcept {
        const decimal number(integer);
        // larger numbers are not kept
        const std::optional<Value> result = number.coefficient() == integer ? FromDecimal()(number) : std::nullopt;
        if (result) {
            *static_cast<Value*>(value) = *result;
        }
        return result.has_value();
    };
    return type;
}

template <>
struct json_value_type_of<decimal> {
    static constexpr json_value_type make() noexcept {
        return make_json_number_type<decimal>([](decimal number) noexcept { return std::optional(number); });
    }
};

template <>
struct json_value_type_of<std::int64_t> {
    static constexpr json_value_type make() noexcept {
        return make_json_number_type<std::int64_t>([](decimal number) noexcept {
            return number.scale() == 0 ? std::optional(number.coefficient()) : std::nullopt;
        });
    }
};

template <>
struct json_value_type_of<traffic_package_size> {
    static constexpr json_value_type make() noexcept {
        return make_json_number_type<traffic_package_size>(
            [](decimal number) noexcept { return traffic_package_size::from_decimal(number); });
    }
};

template <class Words>
struct json_value_type_of<open_enumeration<Words>> {
    static constexpr json_value_type make() noexcept {
        json_value_type type;
        type.token = [](void* value, std::string_view text, json_token kind) noexcept {
            auto& word = *static_cast<open_enumeration<Words>*>(value);
            word = open_enumeration<Words>::parse(text);
            return kind == json_token::string;
        };
        return type;
    }
};

template <class List>
[[nodiscard]] constexpr json_list_type make_json_list_type() noexcept {
    json_list_type type{{{}, &json_value_type_for<typename List::value_type>}, nullptr, nullptr};
    if constexpr (requires(List& list) { list.add(); }) {
        type.add = [](void* list, bump_memory*) noexcept -> void* { return static_cast<List*>(list)->add(); };
    } else {
        type.add = [](void* list, bump_memory* memory) noexcept -> void* {
            return memory != nullptr ? static_cast<List*>(list)->add(*memory) : nullptr;
        };
    }
    if constexpr (requires(List& list, bump_memory const& memory) { list.complete(memory); }) {
        type.complete = [](void* list, void*, bump_memory* memory) noexcept {
            static_cast<List*>(list)->complete(*memory);
        };
    }
    return type;
}

template <class List>
inline constexpr json_list_type json_list_type_for = make_json_list_type<List>();

/// A list has `value_type` and `add()`, which may want the bump_memory. One with `complete()` is told of each object that was
/// read into it.
template <class List>
    requires requires { &List::add; }
struct json_value_type_of<List> {
    static constexpr json_value_type make() noexcept {
        json_value_type type;
        type.list = &json_list_type_for<List>;
        return type;
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
