// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_RECEIVED_ACTION_HPP
#define ZENWIRE_TESTING_DETAIL_RECEIVED_ACTION_HPP

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/detail/json_schema.hpp>
#include <zenwire/protocol/instance_info.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// The JSON text with U+FFFD in place of each unpaired surrogate, `"\ud800"`. JSON allows these escapes, and parsers that use
/// UTF-16 accept them; the parser here, which uses UTF-8, does not.
[[nodiscard]] inline std::string with_paired_surrogates(std::string_view json) {
    constexpr std::size_t escape_size = 6;
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    const auto is_one_of = [&](std::size_t at, std::string_view wanted) {
        return wanted.find(json[at]) != std::string_view::npos;
    };
    // the first half begins with D8 to DB, the second one with DC to DF
    const auto is_half = [&](std::size_t at, std::string_view second_digits) {
        return json.size() - at >= escape_size && json[at] == '\\' && json[at + 1] == 'u' && is_one_of(at + 2, "dD") &&
               is_one_of(at + 3, second_digits) && is_one_of(at + 4, digits) && is_one_of(at + 5, digits);
    };
    std::string result;
    for (std::size_t at = 0; at < json.size();) {
        std::size_t size = json[at] == '\\' && json.size() - at > 1 ? 2 : 1;
        const bool is_first = is_half(at, "89abAB");
        if (is_first && is_half(at + escape_size, "cdefCDEF")) {
            size = 2 * escape_size;
        } else if (is_first || is_half(at, "cdefCDEF")) {
            result.append("\\ufffd");
            at += escape_size;
            continue;
        }
        result.append(json.substr(at, size));
        at += size;
    }
    return result;
}

/// A JSON number as a client sent it, not checked for its range. A string is not accepted.
struct received_number {
    bool is_negative = false;
    /// the nearest decimal; nothing for a text that is no number
    std::optional<decimal> value{};
};

}  // namespace detail

template <>
struct detail::json_value_type_of<detail::received_number> {
    static bool store(void* place, detail::json_scalar const& value, detail::json_source const&) noexcept {
        auto& number = *static_cast<detail::received_number*>(place);
        number.value = decimal::parse_nearest(value.text);
        // a number that was only rounded to zero is negative, too
        number.is_negative =
            value.text.starts_with('-') && number.value && (*number.value != decimal() || number.value->is_rounded());
        return value.kind == detail::json_token::number || value.kind == detail::json_token::whole_number;
    }
};

template <>
struct detail::json_value_type_of<std::string> {
    static constexpr bool is_text = true;

    static bool store(void* place, detail::json_scalar const& value, detail::json_source const&) noexcept {
        auto& text = *static_cast<std::string*>(place);
        text.resize(value.is_first ? 0 : text.size());
        text.append(value.text);
        return true;
    }
};

template <class Element>
inline constexpr detail::json_list_type json_vector_type_for{
    {{}, &detail::json_value_type_for<Element>},
    [](void* list, arena*) noexcept -> void* { return &static_cast<std::vector<Element>*>(list)->emplace_back(); },
    nullptr};

template <class Element>
struct detail::json_value_type_of<std::vector<Element>> {
    static constexpr detail::json_list_type const* list = &json_vector_type_for<Element>;
};

namespace detail {

/// A tag as a server receives it.
struct received_tag {
    std::string key{};
    std::string value{};

    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&received_tag::key>{tag::members().names[0].name, reading::strict},
                           member<&received_tag::value>{tag::members().names[1].name, reading::strict});
    }
};

/// The type in which a server keeps a parameter. A size is any number, because the server must tell a wrong size from a missing
/// one. Views become types that own their text. Parameters that a client may leave out are not required.
template <class Value>
struct received_form {
    using type = Value;
    static constexpr bool is_required = true;
};
template <>
struct received_form<traffic_package_size> {
    using type = received_number;
    static constexpr bool is_required = true;
};
template <>
struct received_form<std::string_view> {
    using type = std::string;
    static constexpr bool is_required = false;
};
template <>
struct received_form<utc_time> {
    using type = std::string;
    static constexpr bool is_required = true;
};
template <>
struct received_form<tag> {
    using type = received_tag;
    static constexpr bool is_required = false;
};
template <class Value>
struct received_form<std::optional<Value>> {
    using type = typename received_form<Value>::type;
    static constexpr bool is_required = false;
};
template <class Element>
struct received_form<std::span<Element const>> {
    using type = std::vector<typename received_form<Element>::type>;
    static constexpr bool is_required = false;
};

/// One parameter of an action, identified by the data member of the client's type.
template <auto Pointer>
struct received_parameter;
template <class Action, class Value, Value Action::*Pointer>
struct received_parameter<Pointer> {
    static constexpr bool is_required = received_form<Value>::is_required;
    std::optional<typename received_form<Value>::type> value{};
};

/// The member list of an action for that service.
template <class Action>
[[nodiscard]] constexpr auto sent_members([[maybe_unused]] service const& of) noexcept {
    if constexpr (requires { Action::members(of); }) {
        return Action::members(of);
    } else {
        return Action::members();
    }
}

template <class Members>
struct received_parameters;
template <auto... Pointers>
struct received_parameters<member_list<Pointers...>> : received_parameter<Pointers>... {
    /// `get<&Action::instance_id>()`: the parameter of that data member; nothing when it was missing or null.
    template <auto Pointer>
    [[nodiscard]] constexpr auto const& get() const noexcept {
        return this->received_parameter<Pointer>::value;
    }

    /// The member list of the action, with pointers to the members of this type.
    [[nodiscard]] static constexpr auto received_members(member_list<Pointers...> const& sent) noexcept {
        return [&]<std::size_t... Index>(std::index_sequence<Index...>) noexcept {
            return member_list(as_received<Pointers>(sent.names[Index])...);
        }
        (std::make_index_sequence<sizeof...(Pointers)>());
    }

    /// The wire name of the first required parameter that is missing; empty when all are there.
    [[nodiscard]] constexpr std::string_view first_missing(member_list<Pointers...> const& sent) const noexcept {
        std::string_view missing;
        std::size_t next = 0;
        const auto look = [&](bool is_there, std::string_view name) noexcept {
            missing = missing.empty() && !is_there ? name : missing;
        };
        (look(!received_parameter<Pointers>::is_required || this->received_parameter<Pointers>::value.has_value(),
              sent.names[next++].name),
         ...);
        return missing;
    }

private:
    template <auto Pointer>
    static constexpr auto as_received(member_name const& sent) noexcept {
        return member<&received_parameter<Pointer>::value>{sent.name, reading::strict};
    }
};

/// For an action without parameters.
template <>
struct received_parameters<member_list<>> {
    [[nodiscard]] static constexpr member_list<> received_members(member_list<> const& sent) noexcept { return sent; }
    [[nodiscard]] static constexpr std::string_view first_missing(member_list<> const&) noexcept { return {}; }
};

/// The parameters of `Action` as a server receives them: with the wire names of the action, but each may be missing. Fill it with
/// read_json().
/// @tparam Of the service whose wire names are used, if they differ
template <class Action, service const& Of = services::bmc_2026_02_01>
struct received_action : received_parameters<decltype(sent_members<Action>(Of))> {
    /// The wire name of the first required parameter that is missing; empty when all are there.
    [[nodiscard]] constexpr std::string_view first_missing() const noexcept {
        return received_parameters<decltype(sent_members<Action>(Of))>::first_missing(sent_members<Action>(Of));
    }

    [[nodiscard]] static constexpr auto members() noexcept {
        return received_parameters<decltype(sent_members<Action>(Of))>::received_members(sent_members<Action>(Of));
    }
};

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
