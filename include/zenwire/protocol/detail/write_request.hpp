// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_WRITE_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_WRITE_REQUEST_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/request_template.hpp>

/// @file
/// Writes a request: the body of an action, and the head with the signature.

namespace ZENWIRE_NAMESPACE::detail {

/// @{
/// Reasons why a body cannot be written.
inline constexpr refusal memory_is_too_small =
    error::make(errc::buffer_too_small, blame::local,
                "the request exceeds limits::request_head or request_body, or the memory given");
inline constexpr refusal text_is_not_utf8 = error::make(errc::invalid_parameter, blame::local, "a text is not UTF-8");
/// @}

/// Writes the body of an action that was validated already.
///
/// @param body becomes a view of what was written to `memory`. After a failure wipe it, because a text may be a secret.
/// @return the reason for a failure, a constant; null when the body was written
template <class Action>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr refusal const* write_valid_body(std::span<char> memory,
                                                                                 Action const& action,
                                                                                 service const& service,
                                                                                 std::string_view& body) noexcept {
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    body = out.written();
    return out.overflowed() ? &memory_is_too_small : json.invalid_utf8() ? &text_is_not_utf8 : nullptr;
}

/// Whether a parameter refers to texts of any length, or to a list.
template <class Value>
inline constexpr bool refers_to_texts = std::is_same_v<Value, std::string_view> || requires(Value const& value) {
    value.data();
    value.subspan(0);
};

template <class Action, auto... Pointers>
[[nodiscard]] constexpr bool has_references(member_list<Pointers...> const*) noexcept {
    return (false || ... || refers_to_texts<std::remove_cvref_t<decltype(std::declval<Action const&>().*Pointers)>>);
}

/// Whether the body of an action can be of any length. It cannot when all parameters own their texts, which then have capacities.
template <class Action>
[[nodiscard]] constexpr bool body_can_be_long() noexcept {
    if constexpr (requires { Action::members(); }) {
        return has_references<Action>(static_cast<decltype(Action::members()) const*>(nullptr));
    } else if constexpr (requires(service const& service) { Action::members(service); }) {
        return has_references<Action>(
            static_cast<decltype(Action::members(std::declval<service const&>())) const*>(nullptr));
    } else {
        return true;
    }
}

/// How many bytes the body of a valid action has.
template <class Action>
[[nodiscard]] constexpr std::size_t body_size(Action const& action, service const& service) noexcept {
    // A writer without memory would count as well, but GCC 12 warns of a null pointer in the user's program then, from -O1 on.
    char memory[64]{};
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    secure_zero(memory);
    return out.needed();
}

/// Makes the error for a body that does not fit.
/// @param what the name of the limit
/// @param room its value in bytes
/// @param advice how to go on
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr error
    body_does_not_fit(errc code, std::size_t size, std::string_view what, std::size_t room,
                      std::string_view advice) noexcept {
    char text[256]{};  // more than all pieces together; a shorter message keeps their beginning
    buffer_writer out(text);
    out.append("the body has ").append_decimal(size).append(" bytes, ").append(what).append(" ").append_decimal(room);
    out.append(advice);
    return error::make(code, blame::local, out.written());
}

/// The error for a request that owns its memory.
[[nodiscard]] constexpr error body_exceeds_limit(std::size_t size) noexcept {
    return body_does_not_fit(errc::buffer_too_small, size, "limits::request_body is", limits::request_body,
                             ": make_request_in() and sign_body() take memory of any size; send_action() has it for "
                             "owning{action}, raw_action and raw_action_json");
}

/// The error when the allocator has no memory.
[[nodiscard]] constexpr error no_memory_for_body(std::size_t size) noexcept {
    return body_does_not_fit(errc::out_of_memory, size, "limits::request_body is", limits::request_body,
                             ", and the allocator has no memory for a longer one");
}

/// The error for memory of the caller.
[[nodiscard]] constexpr error body_exceeds_memory(std::size_t size, std::size_t memory) noexcept {
    return body_does_not_fit(errc::buffer_too_small, size, "the memory that was given", memory,
                             ": give as much as the body has, and limits::request_head more for a whole request");
}

/// @{
/// Reasons why a head cannot be written.
inline constexpr refusal time_is_before_1970 =
    error::make(errc::invalid_timestamp, blame::local, "the time lies before 1970", "x-zc-timestamp");
inline constexpr refusal time_is_after_9999 =
    error::make(errc::invalid_timestamp, blame::local, "the time lies after the year 9999: were milliseconds meant?",
                "x-zc-timestamp");
inline constexpr refusal token_was_moved_from =
    error::make(errc::invalid_credential, blame::local, "the bearer token was moved from", "token");
inline constexpr refusal access_key_was_moved_from =
    error::make(errc::invalid_credential, blame::local, "the access key was moved from", "accessKeyId");
inline constexpr refusal wrong_action_name = error::make(
    errc::invalid_field, blame::local, "the name of the action is empty or not visible ASCII", "x-zc-action");
/// @}

/// Whether an action can have this name: visible characters, at least one.
[[nodiscard]] constexpr bool is_action_name(std::string_view name) noexcept {
    return !name.empty() && ascii::is_visible(name);
}

/// Adds the fields that authorise a request: those of a bearer token.
/// @return errc::invalid_credential
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> authorize(field_writer& fields, buffer_writer&, std::string_view,
                                                 request_template<Hash> const&, bearer_token const& token,
                                                 unix_seconds) noexcept {
    if (token.secret_text().empty()) {
        return refuse(token_was_moved_from);
    }
    fields.add("authorization"sv, "Bearer "sv, token.secret_text());
    return {};
}

/// The hash of the canonical request, into `canonical`.
/// @return what the hash fails with
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> hash_canonical_request(request_template<Hash> const& prepared,
                                                              std::string_view body,
                                                              sha256_digest& canonical) noexcept {
    sha256_digest payload;
    if (const auto done = finish_with(prepared.hash(), sha256_ending{body}, payload); !done) {
        return failure_of(done);
    }
    return finish_with(prepared.canonical_start(), sha256_ending{{}, &payload}, canonical);
}

/// The same with a signature.
/// All that does not depend on the MAC is written first, so that the processor can do it while the hashes are not ready yet.
/// @return errc::invalid_credential, what hash and key fail with
template <signing_credential Key, hash_function Hash>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr expected<void> authorize(field_writer& fields, buffer_writer& out,
                                                                          std::string_view body,
                                                                          request_template<Hash> const& prepared,
                                                                          Key const& key, unix_seconds now) noexcept {
    if (std::string_view(key.id()).empty()) {
        return refuse(access_key_was_moved_from);
    }
    const string_to_sign_start start(timestamp_text(now).view());
    sha256_digest canonical;
    if (const auto done = hash_canonical_request(prepared, body, canonical); !done) {
        return failure_of(done);
    }
    fields.add("x-zc-timestamp"sv, start.timestamp());
    fields.add("x-zc-signature-method"sv, signature_method);
    fields.begin("authorization"sv, 2 * sha256::digest_size, signature_method, " Credential="sv,
                 std::string_view(key.id()), ", SignedHeaders="sv, default_signed_headers, ", Signature="sv);
    sha256_digest mac;
    if (const auto done = authenticate(key, start, canonical, mac); !done) {
        return failure_of(done);
    }
    out.append_all(hex_text(mac).view(), "\r\n"sv);
    return {};
}

/// Signs `body` and writes the head of its request: the request line and all fields. The bytes of `body` are hashed, not kept.
///
/// Fills `layout` with the positions of the parts. After a failure `layout` has no fields, and nothing is left in `head`.
/// @param action_name one that is_action_name() accepts
/// @return errc::invalid_timestamp, errc::invalid_credential (a credential that was moved from), errc::buffer_too_small, or what
///         hash and credential fail with
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<void> write_head(std::span<char> head, request_layout& layout,
                                                  std::string_view action_name, std::string_view body,
                                                  request_template<Hash> const& prepared, Credential const& credential,
                                                  unix_seconds now) noexcept {
    if (!now.is_valid()) {
        return refuse(now.count() < 0 ? time_is_before_1970 : time_is_after_9999);
    }
    buffer_writer out(head);
    out.append(prepared.head());
    layout = prepared.layout();
    field_writer fields(out, layout.fields, layout.field_count);
    fields.add("x-zc-action"sv, action_name);
    expected<void> done = authorize(fields, out, body, prepared, credential, now);
    if (done && out.overflowed()) {
        done = refuse(memory_is_too_small);
    }
    if (done) {
        layout.field_count = fields.count();
        layout.head_size = out.size();
    } else {
        secure_zero(head.first(out.size()));
        layout.field_count = 0;
    }
    return done;
}

/// The head of a signed request in memory of its own: no heap. Move-only; wipes itself.
class owned_head {
public:
    constexpr owned_head() noexcept { begin_without_values(text_); }
    owned_head(owned_head const&) = delete;
    owned_head& operator=(owned_head const&) = delete;
    constexpr owned_head(owned_head&& other) noexcept : owned_head() { take(other); }
    constexpr owned_head& operator=(owned_head&& other) noexcept {
        if (this != &other) {
            wipe();
            take(other);
        }
        return *this;
    }
    constexpr ~owned_head() { wipe(); }

    /// Writes it, by write_head().
    template <credential Credential, hash_function Hash>
    [[nodiscard]] constexpr expected<void> compose(std::string_view action_name, std::string_view body,
                                                   request_template<Hash> const& prepared, Credential const& credential,
                                                   unix_seconds now) noexcept {
        return write_head(text_, layout_, action_name, body, prepared, credential, now);
    }

    /// The request of this head and that body; an empty one when there is no head. A view of this object.
    [[nodiscard]] constexpr request_view view(std::string_view body) const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.field_count == 0 ? request_view{} : layout_.view(text_, body);
    }

private:
    /// Wipes from the last field on, which is `authorization`; the fields before it are no secret.
    constexpr void wipe() noexcept {
        if (layout_.field_count != 0) {
            const std::size_t begin = layout_.fields[layout_.field_count - 1].name_begin;
            secure_zero(std::span(text_).subspan(begin, layout_.head_size - begin));
            layout_.field_count = 0;
        }
    }

    constexpr void take(owned_head& other) noexcept {
        if (other.layout_.field_count != 0) {
            buffer_writer(text_).append({other.text_, other.layout_.head_size});
            layout_ = other.layout_;
            other.wipe();
        }
    }

    request_layout layout_{};
    char text_[limits::request_head];
};

/// Whether the name of an action is a constant that is_action_name() accepts, so that it need not be checked at run time.
template <class Action>
concept has_sendable_name = std::is_same_v<decltype(&Action::name), std::string_view const*> &&
                            requires { requires is_action_name(Action::name); };

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
