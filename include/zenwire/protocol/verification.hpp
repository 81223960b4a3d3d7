// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_VERIFICATION_HPP
#define ZENWIRE_PROTOCOL_VERIFICATION_HPP

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/detail/received_request.hpp>
#include <zenwire/protocol/service.hpp>

/// @file
/// The server's side of signing: checks the signature of a request, for simulators, proxies and tests; and shows a request without
/// its secrets, for logs.

namespace ZENWIRE_NAMESPACE {

/// Parses the `authorization` field of a request.
/// @return errc::authorization_malformed when it is missing, there twice, or not exactly in the documented form
[[nodiscard]] constexpr expected<authorization> parse_authorization(request_view const& request) noexcept;

/// The decimal seconds of `x-zc-timestamp`.
/// @return errc::authorization_malformed when it is missing, there twice, or not 1 to 12 digits of a valid time
[[nodiscard]] constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept;

/// The canonical request hash of a request that was received, over the headers that the request lists as signed.
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                                std::string_view signed_headers,
                                                                                Hash const& hash = {}) noexcept;

/// What a server expects of a request and the signature does not cover. The method must always be `POST`.
struct request_expectation {
    /// A request to that service in that version.
    /// @param action_name `x-zc-action`; empty for any
    constexpr request_expectation(service const& of, std::string_view action_name = {}) noexcept
        : path(of.path), version(of.version), action(action_name) {}
    /// A request to that path, in any version.
    constexpr explicit request_expectation(std::string_view of_path) noexcept : path(of_path) {}

    /// The whole of request_view::target.
    std::string_view path;
    /// `x-zc-version`; empty for any.
    std::string_view version{};
    /// `x-zc-action`; empty for any.
    std::string_view action{};
};

/// Checks the signature of a request that was received, under a known key, and that it is the request that is expected.
///
/// The signature covers the bytes of the body, the values of `content-type` and `host`, the timestamp, and what further
/// fields the sender named in `SignedHeaders`. Method, path, action and version are not signed: whoever sees a request can
/// send its body to another action of any service while it is not expired, and its signature holds. So they are compared here, by
/// `expectation`, and a request must be shown to nobody but the server.
///
/// It checks in this order, with a different error for each: the form of authorization and timestamp; that the key id is that of
/// the key; that the timestamp is at most 300 s before or after `now`; that each signed header is there exactly once; the
/// signature, compared in constant time; method, path, version and action.
/// @return errc::authorization_malformed (also for a bearer token), errc::access_key_unknown, errc::signature_expired,
///         errc::signed_header_missing, errc::signed_header_duplicate, errc::signature_mismatch, errc::request_mismatch; what
///         hash and key fail with
template <signing_credential Key, hash_function Hash = sha256>
[[nodiscard]] constexpr expected<void> verify_request(request_view const& request, Key const& key, unix_seconds now,
                                                      request_expectation const& expectation,
                                                      Hash const& hash = {}) noexcept;

/// The same for a server with several keys: `look_up` takes the access key id and returns a pointer to a signing_credential, or
/// null when nobody has that id.
template <class LookUp, hash_function Hash = sha256>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
[[nodiscard]] constexpr expected<void> verify_request(request_view const& request, LookUp&& look_up, unix_seconds now,
                                                      request_expectation const& expectation,
                                                      Hash const& hash = {}) noexcept;

/// Writes the head of a request for people: the request line and the fields, each on a line that ends with LF. Shows only values
/// that are known to be no secret. Safe for received requests, too: it writes no control character but LF.
///
/// The body is left out, because only the caller knows whether it carries a password. When there is no room, `out.overflowed()`
/// says so; `limits::request_head` bytes are enough for a signed_request.
constexpr void write_redacted_head(buffer_writer& out, request_view const& request) noexcept;

namespace detail {

/// Compares method, path, version and action, which are not signed, with the expected ones.
/// @return the first difference; null when there is none
[[nodiscard]] constexpr refusal const* flaw_of_request(request_view const& request,
                                                       request_expectation const& expectation) noexcept {
    const auto is_single = [&](std::string_view name, std::string_view value) noexcept {
        const auto found = request.fields.find_all(name);
        return value.empty() || (found.times == 1 && found.value == value);
    };
    return request.method != "POST"sv                          ? &method_is_wrong
           : request.target != expectation.path                ? &path_is_wrong
           : !is_single("x-zc-version"sv, expectation.version) ? &version_is_wrong
           : !is_single("x-zc-action"sv, expectation.action)   ? &action_is_wrong
                                                               : nullptr;
}

/// Whether `now` is too far from the timestamp for a signature to be accepted.
[[nodiscard]] constexpr bool is_expired(unix_seconds timestamp, unix_seconds now) noexcept {
    // unsigned, because `now` may be any number, so that a signed difference could overflow
    const auto since_1970 = [](unix_seconds time) noexcept { return static_cast<std::uint64_t>(time.count()); };
    const std::uint64_t age =
        now >= timestamp ? since_1970(now) - since_1970(timestamp) : since_1970(timestamp) - since_1970(now);
    return age > static_cast<std::uint64_t>(signature_lifetime_seconds);
}

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
        if (ascii::equal_ignoring_case(each, name)) {
            return true;
        }
    }
    return false;
}

/// Writes text with everything but printable ASCII replaced by `?`, so that untrusted text cannot control a terminal or add a line
/// to a log.
constexpr void write_printable(buffer_writer& out, std::string_view text) noexcept {
    for (const char c : text) {
        out.append(ascii::is_visible(c) || c == ' ' ? c : '?');
    }
}

/// Writes the value of an `authorization` field without its secret: for a signed request the key id and the names of the signed
/// headers, for a bearer token only the scheme; then always the mask.
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

constexpr expected<authorization> parse_authorization(request_view const& request) noexcept {
    expected<authorization> parts(std::in_place);
    if (refusal const* const flaw = detail::flaw_of_authorization(request.fields.find_all("authorization"sv), *parts);
        flaw != nullptr) {
        parts = refuse(*flaw);
    }
    return parts;
}

constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept {
    const unix_seconds time = detail::timestamp_of(request.fields.find_all("x-zc-timestamp"sv));
    if (!time.is_valid()) {
        return refuse(detail::timestamp_is_malformed);
    }
    return time;
}

template <hash_function Hash>
constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                  std::string_view signed_headers,
                                                                  Hash const& hash) noexcept {
    Hash canonical = hash;
    if (refusal const* const flaw = detail::update_received_start(canonical, request.fields, signed_headers);
        flaw != nullptr) {
        return refuse(*flaw);
    }
    const auto payload = payload_hash(request.body, hash);
    if (!payload) {
        return failure_of(payload);
    }
    return finish_canonical_request(canonical, *payload);
}

template <signing_credential Key, hash_function Hash>
constexpr expected<void> verify_request(request_view const& request, Key const& key, unix_seconds now,
                                        request_expectation const& expectation, Hash const& hash) noexcept {
    return verify_request(
        request, [&](std::string_view id) noexcept { return id == std::string_view(key.id()) ? &key : nullptr; }, now,
        expectation, hash);
}

template <class LookUp, hash_function Hash>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
constexpr expected<void> verify_request(request_view const& request, LookUp&& look_up, unix_seconds now,
                                        request_expectation const& expectation, Hash const& hash) noexcept {
    authorization parts;
    if (refusal const* const flaw = detail::flaw_of_authorization(request.fields.find_all("authorization"sv), parts);
        flaw != nullptr) {
        return refuse(*flaw);
    }
    if (!parts.bearer_token.empty()) {
        return refuse(detail::bearer_token_is_no_signature);
    }
    const auto timestamp_field = request.fields.find_all("x-zc-timestamp"sv);
    const unix_seconds timestamp = detail::timestamp_of(timestamp_field);
    if (!timestamp.is_valid()) {
        return refuse(detail::timestamp_is_malformed);
    }
    auto* const key = look_up(parts.access_key_id);
    if (key == nullptr) {
        return refuse(detail::access_key_is_unknown);
    }
    if (detail::is_expired(timestamp, now)) {
        return refuse(detail::signature_is_expired);
    }
    const auto canonical = received_canonical_request_hash(request, parts.signed_headers, hash);
    if (!canonical) {
        return failure_of(canonical);
    }
    sha256_digest mac;
    if (const auto done =
            detail::authenticate(*key, detail::string_to_sign_start(timestamp_field.value), *canonical, mac);
        !done) {
        return failure_of(done);
    }
    if (!detail::constant_time_equal(detail::hex_text(mac).view(), parts.signature)) {
        return refuse(detail::signature_does_not_match);
    }
    if (refusal const* const flaw = detail::flaw_of_request(request, expectation); flaw != nullptr) {
        return refuse(*flaw);
    }
    return {};
}

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
