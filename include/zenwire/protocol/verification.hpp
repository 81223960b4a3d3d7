// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_VERIFICATION_HPP
#define ZENWIRE_PROTOCOL_VERIFICATION_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/ascii.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/hex.hpp>
#include <zenwire/base/string_view_literal.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/crypto/constant_time_equal.hpp>
#include <zenwire/crypto/hash_function.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256_digest.hpp>
#include <zenwire/http/field_list.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/signature.hpp>

/// @file
/// The server's side of signing: what a simulator, a proxy or a test needs.

namespace ZENWIRE_NAMESPACE {

/// The parts of an `authorization` field. Views of the request.
struct authorization {
    /// The token of `Bearer <token>`; then the other three are empty.
    std::string_view bearer_token{};
    /// who signed; empty for a bearer token
    std::string_view access_key_id{};
    /// Names, separated by `;`.
    std::string_view signed_headers{};
    /// 64 characters.
    std::string_view signature{};
};

/// A field that must be there once.
struct single_field {
    /// how often it is there
    std::size_t times = 0;
    /// its value; the last one's when it is there several times
    std::string_view value{};
};

/// Looks for a field of that name, in any letter case.
[[nodiscard]] constexpr single_field find_single_field(field_list const& fields, std::string_view name) noexcept {
    const auto [times, last] = fields.find_all(name);
    return {times, times == 0 ? std::string_view() : fields[last].value};
}

/// Takes a text apart from its start on.
class text_parts {
public:
    /// Of this text, which must outlive it.
    constexpr explicit text_parts(std::string_view text ZENWIRE_LIFETIMEBOUND) noexcept : rest_(text) {}

    /// Takes `text`, which must come next.
    constexpr void take(std::string_view text) noexcept {
        well_formed_ = well_formed_ && rest_.starts_with(text);
        rest_.remove_prefix(well_formed_ ? text.size() : 0);
    }
    /// Takes at least one character: all up to a comma, the end, or one that is not visible.
    constexpr std::string_view take_part() noexcept {
        std::size_t size = 0;
        while (size < rest_.size() && rest_[size] != ',' && ascii::is_visible(rest_[size])) {
            ++size;
        }
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        well_formed_ = well_formed_ && size != 0;
        return part;
    }
    /// Takes all that is left: at least one character, all of them visible.
    constexpr std::string_view take_rest() noexcept {
        const std::string_view part = std::exchange(rest_, {});
        well_formed_ = well_formed_ && !part.empty() && ascii::is_visible(part);
        return part;
    }

    /// Whether all was as it must be, and nothing is left.
    [[nodiscard]] constexpr bool is_well_formed() const noexcept { return well_formed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool well_formed_ = true;
};

/// @{
/// What a request is refused for.
inline constexpr brief_error authorization_is_missing =
    error::make(errc::authorization_malformed, blame::remote, "there is no authorization field", "authorization");
inline constexpr brief_error authorization_is_double = error::make(
    errc::authorization_malformed, blame::remote, "there are several authorization fields", "authorization");
inline constexpr brief_error authorization_is_malformed =
    error::make(errc::authorization_malformed, blame::remote,
                "the authorization field is not in the form "
                "'ZC2-HMAC-SHA256 Credential=ID, SignedHeaders=NAMES, Signature=64 HEX DIGITS' or 'Bearer TOKEN'",
                "authorization");
inline constexpr brief_error bearer_token_is_no_signature =
    error::make(errc::authorization_malformed, blame::remote, "a bearer token is not a signature", "authorization");
inline constexpr brief_error timestamp_is_malformed =
    error::make(errc::authorization_malformed, blame::remote,
                "x-zc-timestamp must be there once, as decimal seconds since 1970", "x-zc-timestamp");
inline constexpr brief_error access_key_is_unknown =
    error::make(errc::access_key_unknown, blame::remote, "nobody has this access key id", "authorization");
inline constexpr brief_error signature_is_expired = error::make(
    errc::signature_expired, blame::remote, "the timestamp is more than 300 s away from now", "authorization");
inline constexpr brief_error signature_is_another =
    error::make(errc::signature_mismatch, blame::remote, "the signature is another one", "authorization");
inline constexpr brief_error method_is_another =
    error::make(errc::request_mismatch, blame::remote, "the method is not POST");
inline constexpr brief_error path_is_another =
    error::make(errc::request_mismatch, blame::remote, "the path is another than that of the service");
inline constexpr brief_error version_is_another = error::make(
    errc::request_mismatch, blame::remote, "the version is another, missing, or there twice", "x-zc-version");
inline constexpr brief_error action_is_another =
    error::make(errc::request_mismatch, blame::remote, "the action is another, missing, or there twice", "x-zc-action");
inline constexpr brief_error usual_header_is_not_signed =
    error::make(errc::signed_header_missing, blame::remote, "content-type and host must be signed", "authorization");
inline constexpr brief_error signed_header_is_missing =
    error::make(errc::signed_header_missing, blame::remote, "a signed header is not in the request", "authorization");
inline constexpr brief_error signed_header_is_double =
    error::make(errc::signed_header_duplicate, blame::remote, "a signed header occurs twice", "authorization");
/// @}

/// Takes an `authorization` field apart.
/// @return what is wrong with it; null when nothing is
[[nodiscard]] constexpr brief_error const* flaw_of_authorization(single_field const& from,
                                                                 authorization& parts) noexcept {
    if (from.times != 1) {
        return from.times == 0 ? &authorization_is_missing : &authorization_is_double;
    }
    text_parts rest(from.value);
    bool has_size = true;
    if (from.value.starts_with('B')) {
        rest.take("Bearer "sv);
        parts.bearer_token = rest.take_rest();
    } else {
        rest.take("ZC2-HMAC-SHA256 Credential="sv);
        parts.access_key_id = rest.take_part();
        rest.take(", SignedHeaders="sv);
        parts.signed_headers = rest.take_part();
        rest.take(", Signature="sv);
        parts.signature = rest.take_part();
        has_size = parts.signature.size() == 2 * sha256::digest_size;
    }
    return rest.is_well_formed() && has_size ? nullptr : &authorization_is_malformed;
}

/// Takes the `authorization` field of a request apart.
/// @return errc::authorization_malformed when it is missing, there twice, or not exactly in the documented form
[[nodiscard]] constexpr expected<authorization> parse_authorization(request_view const& request) noexcept {
    expected<authorization> parts(in_place);
    if (brief_error const* const flaw = flaw_of_authorization(find_single_field(request.fields, "authorization"sv), *parts);
        flaw != nullptr) {
        parts = refusal_of(*flaw);
    }
    return parts;
}

/// The decimal seconds of a timestamp; before 1970 when it is missing, there twice, or not 1 to 12 digits of a valid time.
[[nodiscard]] constexpr unix_seconds timestamp_of(single_field const& from) noexcept {
    constexpr unix_seconds none(-1);
    constexpr std::size_t most_digits = 12;
    if (from.times != 1 || from.value.empty() || from.value.size() > most_digits) {
        return none;
    }
    std::int64_t number = 0;
    for (const char c : from.value) {
        if (!ascii::is_digit(c)) {
            return none;
        }
        number = number * 10 + (c - '0');
    }
    const unix_seconds time(number);
    return time.is_valid() ? time : none;
}

/// The decimal seconds of `x-zc-timestamp`.
/// @return errc::authorization_malformed when it is missing, there twice, or not 1 to 12 digits of a valid time
[[nodiscard]] constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept {
    const unix_seconds time = timestamp_of(find_single_field(request.fields, "x-zc-timestamp"sv));
    if (!time.is_valid()) {
        return refusal_of(timestamp_is_malformed);
    }
    return time;
}

/// Hashes a text as a canonical request has it: without blanks around, letters in lower case.
template <hash_function Hash>
constexpr void update_normalised(Hash& hash, std::string_view text) noexcept {
    text = ascii::trim(text);
    while (!text.empty()) {
        std::size_t size = 0;
        while (size < text.size() && (text[size] < 'A' || text[size] > 'Z')) {
            ++size;
        }
        hash.update(text.substr(0, size));
        text.remove_prefix(size);
        if (!text.empty()) {
            const char lower = ascii::to_lower(text.front());
            hash.update({&lower, 1});
            text.remove_prefix(1);
        }
    }
}

/// The names in `SignedHeaders`, taken one by one.
class signed_header_names {
public:
    /// @param names separated by `;`
    constexpr explicit signed_header_names(std::string_view names) noexcept : rest_(names) {}

    /// Whether all were taken.
    [[nodiscard]] constexpr bool empty() const noexcept { return rest_.empty(); }
    /// Takes the next one.
    constexpr std::string_view take() noexcept {
        std::size_t size = 0;
        while (size < rest_.size() && rest_[size] != ';') {
            ++size;
        }
        const std::string_view name = rest_.substr(0, size);
        rest_.remove_prefix(size < rest_.size() ? size + 1 : size);
        return name;
    }
    /// Whether a name is among those that are left, in any letter case.
    [[nodiscard]] constexpr bool has(std::string_view name) const noexcept {
        for (signed_header_names left = *this; !left.empty();) {
            if (ascii::equal_ignoring_case(left.take(), name)) {
                return true;
            }
        }
        return false;
    }

private:
    std::string_view rest_;
};

/// Hashes the canonical request of a request that was received, all of it but the hash of the payload.
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; null when nothing is wrong
template <hash_function Hash>
[[nodiscard]] constexpr brief_error const* update_received_start(Hash& hash, field_list const& fields,
                                                                 std::string_view signed_headers) noexcept {
    if (signed_headers == default_signed_headers) {
        const single_field content_type = find_single_field(fields, "content-type"sv);
        const single_field host = find_single_field(fields, "host"sv);
        if (content_type.times == 0 || host.times == 0) {
            return &signed_header_is_missing;
        }
        if (content_type.times > 1 || host.times > 1) {
            return &signed_header_is_double;
        }
        hash.update("POST\n/\n\ncontent-type:"sv);
        update_normalised(hash, content_type.value);
        hash.update("\nhost:"sv);
        update_normalised(hash, host.value);
        hash.update("\n\ncontent-type;host\n"sv);
        return nullptr;
    }
    signed_header_names names(signed_headers);
    if (!names.has("content-type"sv) || !names.has("host"sv)) {
        return &usual_header_is_not_signed;
    }
    hash.update("POST\n/\n\n"sv);
    while (!names.empty()) {
        const std::string_view name = names.take();
        const single_field found = find_single_field(fields, name);
        if (found.times == 0) {
            return &signed_header_is_missing;
        }
        if (found.times > 1 || names.has(name)) {
            return &signed_header_is_double;
        }
        update_normalised(hash, name);
        hash.update(":"sv);
        update_normalised(hash, found.value);
        hash.update("\n"sv);
    }
    hash.update("\n"sv);
    update_normalised(hash, signed_headers);
    hash.update("\n"sv);
    return nullptr;
}

/// The canonical request hash of a request that was received, over the headers that it says are signed.
/// @param signed_headers names separated by `;`
/// @return what update_received_start() returns; what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                                std::string_view signed_headers,
                                                                                Hash const& hash = {}) noexcept {
    Hash canonical = hash;
    if (brief_error const* const flaw = update_received_start(canonical, request.fields, signed_headers);
        flaw != nullptr) {
        return refusal_of(*flaw);
    }
    const auto payload = payload_hash(request.body, hash);
    if (!payload) {
        return failure_of(payload);
    }
    return finish_canonical_request(canonical, *payload);
}

/// What a server expects of a request beyond its signature, which says nothing of them: the method is `POST` at all times.
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

/// Compares what is not signed with what is expected.
/// @return what is another; null when nothing is
[[nodiscard]] constexpr brief_error const* flaw_of_request(request_view const& request,
                                                           request_expectation const& expectation) noexcept {
    const auto is_single = [&](std::string_view name, std::string_view value) noexcept {
        const auto [times, index] = request.fields.find_all(name);
        return value.empty() || (times == 1 && request.fields[index].value == value);
    };
    return request.method != "POST"sv                          ? &method_is_another
           : request.target != expectation.path                ? &path_is_another
           : !is_single("x-zc-version"sv, expectation.version) ? &version_is_another
           : !is_single("x-zc-action"sv, expectation.action)   ? &action_is_another
                                                               : nullptr;
}

/// Checks the signature of a request that was received, under a known key, and that it is the request that is expected.
///
/// The signature covers the bytes of the body, the values of `content-type` and `host`, the timestamp, and what further
/// fields the sender named in `SignedHeaders`. Method, path, action and version are not signed: whoever sees a request can
/// send its body to another action of any service for 300 s, and its signature holds. So they are compared here, by
/// `expectation`, and a request must be shown to nobody but the server.
///
/// In this order, and each told apart: the form of authorization and timestamp; that the key id is the key's; that the
/// timestamp is at most 300 s before or after `now`; that the signed headers are there, once; the signature, compared in
/// constant time; method, path, version and action.
/// @return errc::authorization_malformed (also for a bearer token), errc::access_key_unknown, errc::signature_expired,
///         errc::signed_header_missing, errc::signed_header_duplicate, errc::signature_mismatch, errc::request_mismatch; what
///         hash and key fail with
template <signing_credential Key, hash_function Hash = sha256>
[[nodiscard]] constexpr expected<void> verify_request(request_view const& request, Key const& key, unix_seconds now,
                                                      request_expectation const& expectation,
                                                      Hash const& hash = {}) noexcept {
    return verify_request(
        request, [&](std::string_view id) noexcept { return id == std::string_view(key.id()) ? &key : nullptr; }, now,
        expectation, hash);
}

/// The same with keys that are looked up: `look_up` takes the access key id and returns a pointer to a signing_credential,
/// null when nobody has that id.
template <class LookUp, hash_function Hash = sha256>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
    [[nodiscard]] constexpr expected<void> verify_request(request_view const& request, LookUp&& look_up,
                                                          unix_seconds now, request_expectation const& expectation,
                                                          Hash const& hash = {}) noexcept {
        authorization parts;
        if (brief_error const* const flaw =
                flaw_of_authorization(find_single_field(request.fields, "authorization"sv), parts);
            flaw != nullptr) {
            return refusal_of(*flaw);
        }
        if (!parts.bearer_token.empty()) {
            return refusal_of(bearer_token_is_no_signature);
        }
        const single_field timestamp_field = find_single_field(request.fields, "x-zc-timestamp"sv);
        const unix_seconds timestamp = timestamp_of(timestamp_field);
        if (!timestamp.is_valid()) {
            return refusal_of(timestamp_is_malformed);
        }
        auto* const key = look_up(parts.access_key_id);
        if (key == nullptr) {
            return refusal_of(access_key_is_unknown);
        }
        // a difference in unsigned arithmetic, since `now` may be any number
        const auto since_1970 = [](unix_seconds time) noexcept { return static_cast<std::uint64_t>(time.count()); };
        const std::uint64_t age =
            now >= timestamp ? since_1970(now) - since_1970(timestamp) : since_1970(timestamp) - since_1970(now);
        if (age > static_cast<std::uint64_t>(signature_lifetime_seconds)) {
            return refusal_of(signature_is_expired);
        }
        const auto canonical = received_canonical_request_hash(request, parts.signed_headers, hash);
        if (!canonical) {
            return failure_of(canonical);
        }
        sha256_digest mac;
        if (const auto done = authenticate(*key, string_to_sign_start(timestamp_field.value), *canonical, mac); !done) {
            return failure_of(done);
        }
        if (!constant_time_equal(hex_text(mac).view(), parts.signature)) {
            return refusal_of(signature_is_another);
        }
        if (brief_error const* const flaw = flaw_of_request(request, expectation); flaw != nullptr) {
            return refusal_of(*flaw);
        }
        return {};
    }

}  // namespace ZENWIRE_NAMESPACE

#endif
