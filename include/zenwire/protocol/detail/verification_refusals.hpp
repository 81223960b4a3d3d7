// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_VERIFICATION_REFUSALS_HPP
#define ZENWIRE_PROTOCOL_DETAIL_VERIFICATION_REFUSALS_HPP

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// @{
/// What a request is refused for.
inline constexpr refusal authorization_is_missing =
    error::make(errc::authorization_malformed, blame::remote, "there is no authorization field", "authorization");
inline constexpr refusal authorization_is_double = error::make(
    errc::authorization_malformed, blame::remote, "there are several authorization fields", "authorization");
inline constexpr refusal authorization_is_malformed =
    error::make(errc::authorization_malformed, blame::remote,
                "the authorization field is not in the form "
                "'ZC2-HMAC-SHA256 Credential=ID, SignedHeaders=NAMES, Signature=64 HEX DIGITS' or 'Bearer TOKEN'",
                "authorization");
inline constexpr refusal bearer_token_is_no_signature =
    error::make(errc::authorization_malformed, blame::remote, "a bearer token is not a signature", "authorization");
inline constexpr refusal timestamp_is_malformed =
    error::make(errc::authorization_malformed, blame::remote,
                "x-zc-timestamp must be there once, as decimal seconds since 1970", "x-zc-timestamp");
inline constexpr refusal access_key_is_unknown =
    error::make(errc::access_key_unknown, blame::remote, "nobody has this access key id", "authorization");
inline constexpr refusal signature_is_expired = error::make(
    errc::signature_expired, blame::remote, "the timestamp is more than 300 s away from now", "authorization");
inline constexpr refusal signature_is_another =
    error::make(errc::signature_mismatch, blame::remote, "the signature is another one", "authorization");
inline constexpr refusal method_is_another =
    error::make(errc::request_mismatch, blame::remote, "the method is not POST");
inline constexpr refusal path_is_another =
    error::make(errc::request_mismatch, blame::remote, "the path is another than that of the service");
inline constexpr refusal version_is_another = error::make(
    errc::request_mismatch, blame::remote, "the version is another, missing, or there twice", "x-zc-version");
inline constexpr refusal action_is_another =
    error::make(errc::request_mismatch, blame::remote, "the action is another, missing, or there twice", "x-zc-action");
inline constexpr refusal usual_header_is_not_signed =
    error::make(errc::signed_header_missing, blame::remote, "content-type and host must be signed", "authorization");
inline constexpr refusal signed_header_is_missing =
    error::make(errc::signed_header_missing, blame::remote, "a signed header is not in the request", "authorization");
inline constexpr refusal signed_header_is_double =
    error::make(errc::signed_header_duplicate, blame::remote, "a signed header occurs twice", "authorization");
/// @}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
