// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_RECEIVED_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_RECEIVED_REQUEST_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A refusal of a request that somebody else sent.
[[nodiscard]] constexpr refusal refusal_of_request(errc code, std::string_view why,
                                                   std::string_view field = "authorization") noexcept {
    return error::make(code, blame::remote, why, field);
}

/// @{
/// Reasons why a received request is refused.
inline constexpr refusal authorization_is_missing =
    refusal_of_request(errc::authorization_malformed, "there is no authorization field");
inline constexpr refusal authorization_is_double =
    refusal_of_request(errc::authorization_malformed, "there are several authorization fields");
inline constexpr refusal authorization_is_malformed = refusal_of_request(
    errc::authorization_malformed,
    "the authorization field is not in the form "
    "'ZC2-HMAC-SHA256 Credential=ID, SignedHeaders=NAMES, Signature=64 HEX DIGITS' or 'Bearer TOKEN'");
inline constexpr refusal bearer_token_is_no_signature =
    refusal_of_request(errc::authorization_malformed, "a bearer token is not a signature");
inline constexpr refusal timestamp_is_malformed =
    refusal_of_request(errc::authorization_malformed,
                       "x-zc-timestamp must be there once, as decimal seconds since 1970", "x-zc-timestamp");
inline constexpr refusal access_key_is_unknown =
    refusal_of_request(errc::access_key_unknown, "nobody has this access key id");
inline constexpr refusal signature_is_expired =
    refusal_of_request(errc::signature_expired, "the timestamp is more than 300 s away from now");
inline constexpr refusal signature_does_not_match =
    refusal_of_request(errc::signature_mismatch, "the signature does not match");
inline constexpr refusal method_is_wrong = refusal_of_request(errc::request_mismatch, "the method is not POST", {});
inline constexpr refusal path_is_wrong =
    refusal_of_request(errc::request_mismatch, "the path is not that of the service", {});
inline constexpr refusal version_is_wrong = refusal_of_request(
    errc::request_mismatch, "the version does not match, is missing, or is there twice", "x-zc-version");
inline constexpr refusal action_is_wrong = refusal_of_request(
    errc::request_mismatch, "the action does not match, is missing, or is there twice", "x-zc-action");
inline constexpr refusal usual_header_is_not_signed =
    refusal_of_request(errc::signed_header_missing, "content-type and host must be signed");
inline constexpr refusal signed_header_is_missing =
    refusal_of_request(errc::signed_header_missing, "a signed header is not in the request");
inline constexpr refusal signed_header_is_double =
    refusal_of_request(errc::signed_header_duplicate, "a signed header occurs twice");
/// @}

/// Parses a text from its start on.
class text_parts {
public:
    /// Parses this text, which must outlive the object.
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

    /// Whether all parts were well-formed, and nothing is left.
    [[nodiscard]] constexpr bool is_well_formed() const noexcept { return well_formed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool well_formed_ = true;
};

/// Parses an `authorization` field.
/// @return what is wrong with it; null when nothing is
[[nodiscard]] constexpr refusal const* flaw_of_authorization(field_list::occurrences const& from,
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

/// The decimal seconds of a timestamp; a time before 1970 when it is missing, occurs twice, or is not 1 to 12 digits of a valid
/// time.
[[nodiscard]] constexpr unix_seconds timestamp_of(field_list::occurrences const& from) noexcept {
    constexpr unix_seconds none(-1);
    constexpr std::size_t max_digits = 12;  // those of unix_seconds::last
    if (from.times != 1 || from.value.empty() || from.value.size() > max_digits) {
        return none;
    }
    std::int64_t number = 0;
    for (const char c : from.value) {
        if (!ascii::is_decimal_digit(c)) {
            return none;
        }
        number = number * 10 + (c - '0');
    }
    const unix_seconds time(number);
    return time.is_valid() ? time : none;
}

/// Hashes a text as it stands in a canonical request: without spaces and tabs around it, in lower case.
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
[[nodiscard]] constexpr refusal const* update_received_start(Hash& hash, field_list const& fields,
                                                             std::string_view signed_headers) noexcept {
    if (signed_headers == default_signed_headers) {
        const auto content_type = fields.find_all("content-type"sv);
        const auto host = fields.find_all("host"sv);
        if (content_type.times == 0 || host.times == 0) {
            return &signed_header_is_missing;
        }
        if (content_type.times > 1 || host.times > 1) {
            return &signed_header_is_double;
        }
        update_canonical_start_by(update_normalised<Hash>, hash, content_type.value, host.value);
        return nullptr;
    }
    signed_header_names names(signed_headers);
    if (!names.has("content-type"sv) || !names.has("host"sv)) {
        return &usual_header_is_not_signed;
    }
    hash.update("POST\n/\n\n"sv);
    while (!names.empty()) {
        const std::string_view name = names.take();
        const auto found = fields.find_all(name);
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

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
