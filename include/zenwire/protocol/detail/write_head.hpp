// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_WRITE_HEAD_HPP
#define ZENWIRE_PROTOCOL_DETAIL_WRITE_HEAD_HPP

#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/detail/hex.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/crypto/detail/finish_with.hpp>
#include <zenwire/crypto/detail/sha256_ending.hpp>
#include <zenwire/crypto/providers.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256_digest.hpp>
#include <zenwire/http/detail/field_writer.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/detail/request_body.hpp>
#include <zenwire/protocol/detail/request_layout.hpp>
#include <zenwire/protocol/request_template.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// @{
/// What a request is refused for, beside its body.
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

/// Writes the head of a request with a bearer token.
/// @return errc::invalid_credential, errc::buffer_too_small
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> write_authorized_head(buffer_writer& out, request_layout& layout,
                                                             std::string_view action_name, std::string_view,
                                                             request_template<Hash> const& prepared,
                                                             bearer_token const& token, unix_seconds) noexcept {
    if (token.secret_text().empty()) {
        return refuse(token_was_moved_from);
    }
    out.append(prepared.head());
    layout = prepared.layout();
    field_writer fields(out, layout.fields, layout.field_count);
    fields.add_checked("x-zc-action"sv, action_name);
    fields.add_checked("authorization"sv, "Bearer "sv, token.secret_text());
    layout.field_count = fields.count();
    if (out.overflowed()) {
        return refuse(memory_is_too_small);
    }
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

/// Writes the head of a request with a signature.
///
/// What needs no MAC is written before it: processors do that while they still wait for the hashes.
/// @return errc::invalid_credential, errc::buffer_too_small, what hash and key fail with
template <signing_credential Key, hash_function Hash>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr expected<void> write_authorized_head(
    buffer_writer& out, request_layout& layout, std::string_view action_name, std::string_view body,
    request_template<Hash> const& prepared, Key const& key, unix_seconds now) noexcept {
    if (std::string_view(key.id()).empty()) {
        return refuse(access_key_was_moved_from);
    }
    const string_to_sign_start start(timestamp_text(now).view());
    sha256_digest canonical;
    if (const auto done = hash_canonical_request(prepared, body, canonical); !done) {
        return failure_of(done);
    }
    out.append(prepared.head());
    layout = prepared.layout();
    field_writer fields(out, layout.fields, layout.field_count);
    fields.add_checked("x-zc-action"sv, action_name);
    fields.add_checked("x-zc-timestamp"sv, start.timestamp());
    fields.add_checked("x-zc-signature-method"sv, signature_method);
    fields.begin_checked("authorization"sv, 2 * sha256::digest_size, signature_method, " Credential="sv,
                         std::string_view(key.id()), ", SignedHeaders="sv, default_signed_headers, ", Signature="sv);
    layout.field_count = fields.count();
    sha256_digest mac;
    if (const auto done = authenticate(key, start, canonical, mac); !done) {
        return failure_of(done);
    }
    out.append_all(hex_text(mac).view(), "\r\n"sv);
    if (out.overflowed()) {
        return refuse(memory_is_too_small);
    }
    return {};
}

/// Signs `body` and writes the head of its request: the request line and all fields. The bytes of `body` are hashed, not kept.
///
/// Tells where the parts are in `layout`. After a failure that has no fields, and nothing is left in `head`.
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
    expected<void> done = write_authorized_head(out, layout, action_name, body, prepared, credential, now);
    if (done) {
        layout.head_size = out.size();
    } else {
        secure_zero(head.first(out.size()));
        layout.field_count = 0;
    }
    return done;
}

/// Whether the name of an action is a constant that an action can have: then it need not be looked at again.
template <class Action>
concept has_sendable_name = std::is_same_v<decltype(&Action::name), std::string_view const*> &&
                            requires { requires is_action_name(Action::name); };

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
