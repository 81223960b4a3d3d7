// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REDACTED_HEAD_HPP
#define ZENWIRE_PROTOCOL_REDACTED_HEAD_HPP

#include <cstddef>
#include <span>
#include <string_view>

#include <zenwire/protocol/verification.hpp>

namespace ZENWIRE_NAMESPACE {

/// Writes the head of a request for people: the request line and the fields, each on a line that ends with LF. Shows only values
/// that are known to be no secret. Safe for received requests, too: it never writes another control character.
///
/// The body is left out, because only the caller knows whether it carries a password. When there is no room, `out.overflowed()`
/// says so; `limits::request_head` bytes are enough for a signed_request.
constexpr void write_redacted_head(buffer_writer& out, request_view const& request) noexcept;

namespace detail {

/// Replaces each text that is not shown, whatever its length.
inline constexpr std::string_view mask_text = "***";

/// Whether the value of a field may be shown: only fields that are known to carry no secret, in any letter case. So a field that
/// is added later is not shown by oversight.
[[nodiscard]] constexpr bool is_shown_field(std::string_view name) noexcept {
    constexpr std::string_view shown[] = {
        "host",          "content-type",          "content-length",     "x-zc-action",
        "x-zc-service",  "x-zc-version",          "x-zc-timestamp",     "x-zc-sdk-version",
        "x-zc-sdk-lang", "x-zc-signature-method", "x-zc-request-client"};
    for (const std::string_view each : shown) {
        if (detail::ascii::equal_ignoring_case(each, name)) {
            return true;
        }
    }
    return false;
}

/// Writes text with everything but printable ASCII replaced by `?`, so that untrusted text cannot control a terminal or add a line
/// to a log.
constexpr void write_printable(buffer_writer& out, std::string_view text) noexcept {
    for (const char c : text) {
        out.append(detail::ascii::is_visible(c) || c == ' ' ? c : '?');
    }
}

/// Writes the value of an `authorization` field without its secret: for a signed request the key id and the names of the signed
/// headers, for a bearer token only the scheme, for anything else nothing.
constexpr void write_redacted_authorization(buffer_writer& out, std::string_view value) noexcept {
    const field alone[] = {{"authorization", value}};
    request_view request;
    request.fields = field_list(std::span<field const>(alone));
    const expected<authorization> parts = parse_authorization(request);
    if (parts && parts->bearer_token.empty()) {
        out.append(signature_method).append(" Credential=").append(parts->access_key_id);
        out.append(", SignedHeaders=").append(parts->signed_headers).append(", Signature=");
    } else if (parts) {
        out.append("Bearer ");
    }
    out.append(mask_text);
}

}  // namespace detail

constexpr void write_redacted_head(buffer_writer& out, request_view const& request) noexcept {
    std::size_t path_size = 0;
    while (path_size < request.target.size() && request.target[path_size] != '?' && request.target[path_size] != '#') {
        ++path_size;
    }
    detail::write_printable(out, request.method);
    out.append(' ');
    detail::write_printable(out, request.target.substr(0, path_size));
    if (path_size < request.target.size()) {
        out.append('?').append(detail::mask_text);
    }
    out.append(" HTTP/1.1\n");
    for (const field each : request.fields) {
        detail::write_printable(out, each.name);
        out.append(": ");
        if (detail::ascii::equal_ignoring_case(each.name, "authorization")) {
            detail::write_redacted_authorization(out, each.value);
        } else if (detail::is_shown_field(each.name)) {
            detail::write_printable(out, each.value);
        } else {
            out.append(detail::mask_text);
        }
        out.append('\n');
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
