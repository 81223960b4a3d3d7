// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ENVELOPE_HPP
#define ZENWIRE_PROTOCOL_ENVELOPE_HPP

#include <optional>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/protocol/json_type.hpp>
#include <zenwire/protocol/member.hpp>

namespace ZENWIRE_NAMESPACE {

/// Where a JSON object goes, and whether one came.
template <class Object>
struct destination {
    Object* object = nullptr;
    bool is_filled = false;
};

template <class Object>
struct json_value_type_of<destination<Object>> {
    static constexpr json_value_type make() noexcept {
        json_value_type type = json_value_type_of<Object>::make();
        type.enter = [](void* place) noexcept -> void* {
            auto& self = *static_cast<destination<Object>*>(place);
            self.is_filled = true;
            return self.object;
        };
        return type;
    }
};

/// The object that every answer is: of a success it carries `response`, of a failure `code` and `message`.
/// Source: the page "response" of the official documents (API introduction, instruction).
template <class Response>
struct envelope {
    inline_string<limits::request_id> request_id;
    std::optional<inline_string<limits::api_code>> code;
    inline_string<limits::message> message;
    destination<Response> response;

    /// The outer request id, else the inner one, else an empty text.
    [[nodiscard]] constexpr inline_string<limits::request_id> const& any_request_id() const noexcept {
        return request_id.empty() && response.is_filled ? response.object->request_id : request_id;
    }

    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&envelope::request_id>("requestId", reading::may_be_cut),
                           member<&envelope::response>("response"),
                           member<&envelope::code>("code", reading::may_be_cut),
                           member<&envelope::message>("message", reading::may_be_cut));
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
