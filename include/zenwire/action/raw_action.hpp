// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_RAW_ACTION_HPP
#define ZENWIRE_ACTION_RAW_ACTION_HPP

#include <cstddef>
#include <span>
#include <type_traits>

#include <zenwire/protocol/detail/long_request.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE {

/// Whether a raw_action may be repeated when its outcome is unknown.
enum class raw_action_effect : unsigned char {
    reads,   ///< it changes nothing: repeating it is safe
    orders,  ///< it changes something, or may cost money
};

template <>
inline constexpr detail::enum_row<raw_action_effect> detail::enum_names<raw_action_effect>[] = {
    {raw_action_effect::reads, "reads"},
    {raw_action_effect::orders, "orders"},
};

/// Any action of the API, by its name, with a body that the caller wrote, of any size. The body is sent without being copied. All
/// views must outlive the action.
struct raw_action {
    /// The action's name as the API's documentation spells it.
    std::string_view name;
    /// A JSON object; `{}` for an action without parameters.
    std::string_view body;
    /// Whether repeating it is safe. By default it is not.
    raw_action_effect effect = raw_action_effect::orders;
    /// Memory into which the text of the response's member `response` is copied.
    std::span<char> response_memory{};

    /// Writes the body as it is.
    constexpr void write_json(detail::json_writer& json, service const&) const noexcept { json.literal(body); }

    /// The request that a request_exchange keeps: it refers to the body.
    using request_type = detail::long_request<detail::borrowed_body>;

    /// The response.
    struct response : basic_response {
        /// The JSON text of the member `response`: a view of raw_action::response_memory.
        std::string_view json;
    };
};

namespace detail {

/// Whether the name of an action says that it changes something.
[[nodiscard]] constexpr bool is_name_of_order(std::string_view name) noexcept {
    return name.starts_with("Modify") || name.starts_with("Cancel") || name.starts_with("Create") ||
           name.starts_with("Renew");
}

}  // namespace detail

/// Checks that the body is a JSON object, and that the name is one that an action can have, and not that of an order where it is
/// said to read: it would be sent again after an unknown outcome.
/// @return errc::invalid_parameter
template <class Action>
    requires std::is_same_v<Action, raw_action>
[[nodiscard]] expected<void> validate(Action const& action, service const&) noexcept {
    struct any_object {
        [[nodiscard]] static constexpr member_list<> members() noexcept { return {}; }
    } object;
    if (!detail::is_action_name(action.name)) {
        return refuse(errc::invalid_parameter, blame::local, "the name of the action is empty, or not visible ASCII",
                      "x-zc-action");
    }
    if (action.effect == raw_action_effect::reads && detail::is_name_of_order(action.name)) {
        return refuse(errc::invalid_parameter, blame::local,
                      "by its name the action changes something: it needs raw_action_effect::orders", "x-zc-action");
    }
    if (detail::read_json(action.body, object).fault != detail::json_fault::none || action.body.starts_with('\xEF')) {
        return refuse(errc::invalid_parameter, blame::local, "the body is not a JSON object");
    }
    return {};
}

namespace detail {

/// Finds a member of an object in JSON text that is known to be well-formed, and returns the text of its value, an object or array.
/// Empty when there is none whose name is written exactly like this, without escapes.
[[nodiscard]] constexpr std::string_view find_json_member(std::string_view object, std::string_view name) noexcept {
    int depth = 0;
    bool is_found = false;
    std::size_t value_begin = 0;
    std::string_view last_string;
    for (std::size_t i = 0; i < object.size(); ++i) {
        const char c = object[i];
        if (c == '"') {
            const std::size_t begin = ++i;
            while (i < object.size() && object[i] != '"') {
                i += object[i] == '\\' ? 2U : 1U;
            }
            last_string = object.substr(begin, i - begin);
        } else if (c == ':' && depth == 1 && last_string == name) {
            is_found = true;
            value_begin = i + 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
            if (is_found && depth == 1) {
                return object.substr(value_begin, i + 1 - value_begin);
            }
        }
    }
    return {};
}

}  // namespace detail

/// Reads the response to a raw_action: copies the text of its `response` into the action's memory.
/// @return as parse_response() of other actions; errc::buffer_too_small when the memory is too small, with
///         outcome::executed
template <class Action>
    requires std::is_same_v<Action, raw_action>
[[nodiscard]] expected<raw_action::response> parse_response(Action const& action, service const&,
                                                            response_view const& response) noexcept {
    basic_response unread;
    const bool reads_only = action.effect == raw_action_effect::reads;
    if (const expected<void> read = read_response(response, reads_only, unread); !read) {
        return failure_of(read);
    }
    std::string_view text = detail::find_json_member(response.body, "response");
    while (!text.starts_with('{') && !text.empty()) {
        text.remove_prefix(1);
    }
    buffer_writer out(action.response_memory);
    out.append(text);
    if (text.empty() || out.overflowed()) {
        error failure = detail::lost_response(
            error::make(errc::buffer_too_small, blame::local, "the memory is too small for the response"),
            outcome::executed, reads_only, response);
        failure.request_id = unread.request_id;
        return unexpected(failure);
    }
    return raw_action::response{unread, out.written()};
}

/// Whether repeating it is safe.
[[nodiscard]] constexpr bool reads_only(raw_action const& action) noexcept {
    return action.effect == raw_action_effect::reads;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
