// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_VERIFICATION_HPP
#define ZENWIRE_PROTOCOL_VERIFICATION_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include <zenwire/base/ascii.hpp>
#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/hex.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/crypto/constant_time_equal.hpp>
#include <zenwire/crypto/hash_function.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/http/field_list.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/credential.hpp>
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

/// Takes the `authorization` field of a request apart.
/// @return errc::authorization_malformed when it is missing, there twice, or not exactly in the documented form
[[nodiscard]] constexpr expected<authorization> parse_authorization(request_view const& request) noexcept {
    const auto refuse = [](std::string_view why) noexcept {
        return unexpected(error::make(errc::authorization_malformed, blame::remote, why, "authorization"));
    };
    const auto [times, index] = request.fields.find_all("authorization");
    if (times == 0) {
        return refuse("there is no authorization field");
    }
    if (times > 1) {
        return refuse("there are several authorization fields");
    }
    std::string_view rest = request.fields[index].value;
    bool well_formed = true;
    const auto take = [&](std::string_view text) noexcept {
        well_formed = well_formed && rest.starts_with(text);
        rest.remove_prefix(well_formed ? text.size() : 0);
    };
    const auto take_until = [&](char end) noexcept {
        const std::size_t found = rest.find(end);
        const std::size_t size = found < rest.size() ? found : rest.size();
        const std::string_view part = rest.substr(0, size);
        rest.remove_prefix(size);
        well_formed = well_formed && !part.empty() && ascii::is_visible(part);
        return part;
    };

    authorization parts;
    if (rest.starts_with("Bearer ")) {
        take("Bearer ");
        parts.bearer_token = take_until('\0');
    } else {
        take(signature_method);
        take(" Credential=");
        parts.access_key_id = take_until(',');
        take(", SignedHeaders=");
        parts.signed_headers = take_until(',');
        take(", Signature=");
        parts.signature = take_until(',');
        well_formed = well_formed && parts.signature.size() == 2 * sha256::digest_size;
    }
    if (!well_formed || !rest.empty()) {
        return refuse(
            "the authorization field is not in the form "
            "'ZC2-HMAC-SHA256 Credential=ID, SignedHeaders=NAMES, Signature=64 HEX DIGITS' or 'Bearer TOKEN'");
    }
    return parts;
}

/// The decimal seconds of `x-zc-timestamp`.
/// @return errc::authorization_malformed when it is missing, there twice, or not 1 to 12 digits
[[nodiscard]] constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept {
    constexpr std::string_view name = "x-zc-timestamp";
    constexpr std::size_t most_digits = 12;
    const auto [times, index] = request.fields.find_all(name);
    const std::string_view digits = times == 1 ? request.fields[index].value : std::string_view();
    std::int64_t seconds = 0;
    bool is_decimal = !digits.empty() && digits.size() <= most_digits;
    for (const char c : digits) {
        is_decimal = is_decimal && ascii::is_digit(c);
        seconds = is_decimal ? seconds * 10 + (c - '0') : 0;
    }
    if (!is_decimal || !unix_seconds(seconds).is_valid()) {
        return unexpected(error::make(errc::authorization_malformed, blame::remote,
                                      "x-zc-timestamp must be there once, as decimal seconds since 1970", name));
    }
    return unix_seconds(seconds);
}

/// Gathers a canonical text and hands it to the hash in large pieces.
template <hash_function Hash>
class canonical_text {
public:
    /// Goes on from where `hash` stands.
    constexpr explicit canonical_text(Hash const& hash) noexcept : hash_(hash) {
        if (std::is_constant_evaluated()) {
            secure_zero(text_);
        }
    }

    /// Appends a text as it is.
    ZENWIRE_INLINE_FOR_SPEED constexpr void append(std::string_view text) noexcept {
        if (text.size() <= sizeof(text_) - size_) {
            buffer_writer(std::span(text_ + size_, text.size())).append(text);
            size_ += text.size();
        } else {
            append_by(text, [](char* to, std::string_view piece) noexcept {
                buffer_writer(std::span(to, piece.size())).append(piece);
            });
        }
    }

    /// Appends a text as its canonical form wants it: without blanks around, letters in lower case.
    constexpr void append_normalised(std::string_view text) noexcept {
        append_by(ascii::trim(text), ascii::write_lower);
    }

    /// The digest of all that was appended.
    [[nodiscard]] constexpr expected<sha256_digest> finish() const noexcept {
        return finish_with(hash_, std::string_view(text_, size_));
    }

private:
    template <class Write>
    constexpr void append_by(std::string_view text, Write write) noexcept {
        while (!text.empty()) {
            if (size_ == sizeof(text_)) {
                hash_.update(std::string_view(text_, size_));
                size_ = 0;
            }
            const std::string_view piece = text.substr(0, sizeof(text_) - size_);
            write(text_ + size_, piece);
            size_ += piece.size();
            text.remove_prefix(piece.size());
        }
    }

    Hash hash_;
    std::size_t size_ = 0;
    char text_[256];
};

/// The canonical request hash of a request that was received, over the headers that it says are signed.
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                                std::string_view signed_headers,
                                                                                Hash const& hash = {}) noexcept {
    const auto refuse = [](errc code, std::string_view why) noexcept {
        return unexpected(error::make(code, blame::remote, why, "authorization"));
    };
    const auto next_name = [](std::string_view& names) noexcept {
        const std::size_t found = names.find(';');
        const std::size_t size = found < names.size() ? found : names.size();
        const std::string_view name = names.substr(0, size);
        names.remove_prefix(size < names.size() ? size + 1 : size);
        return name;
    };
    const auto times_named = [&](std::string_view wanted) noexcept {
        int times = 0;
        for (std::string_view names = signed_headers; !names.empty();) {
            times += ascii::equal_ignoring_case(next_name(names), wanted) ? 1 : 0;
        }
        return times;
    };
    // the usual ones are known to be well chosen
    const bool are_usual = signed_headers == default_signed_headers;
    if (!are_usual && (times_named("content-type") == 0 || times_named("host") == 0)) {
        return refuse(errc::signed_header_missing, "content-type and host must be signed");
    }

    canonical_text canonical(hash);
    canonical.append("POST\n/\n\n");
    for (std::string_view names = signed_headers; !names.empty();) {
        const std::string_view name = next_name(names);
        const auto [times, index] = request.fields.find_all(name);
        if (times == 0) {
            return refuse(errc::signed_header_missing, "a signed header is not in the request");
        }
        if (times > 1 || (!are_usual && times_named(name) > 1)) {
            return refuse(errc::signed_header_duplicate, "a signed header occurs twice");
        }
        canonical.append_normalised(name);
        canonical.append(":");
        canonical.append_normalised(request.fields[index].value);
        canonical.append("\n");
    }
    canonical.append("\n");
    canonical.append_normalised(signed_headers);
    canonical.append("\n");

    const expected<sha256_digest> payload = payload_hash(request.body, hash);
    if (!payload) {
        return failure_of(payload);
    }
    canonical.append(hex_text(*payload).view());
    return canonical.finish();
}

/// Checks the signature of a request that was received, under a known key.
///
/// In this order, and each told apart: the form of authorization and timestamp; that the key id is the key's; that the
/// timestamp is at most 300 s before or after `now`; that the signed headers are there, once; the signature, compared in
/// constant time.
/// @return errc::authorization_malformed (also for a bearer token), errc::access_key_unknown, errc::signature_expired,
///         errc::signed_header_missing, errc::signed_header_duplicate, errc::signature_mismatch; what hash and key fail with
template <signing_credential Key, hash_function Hash = sha256>
[[nodiscard]] constexpr expected<void> verify(request_view const& request, Key const& key, unix_seconds now,
                                              Hash const& hash = {}) noexcept {
    return verify(
        request, [&](std::string_view id) noexcept { return id == std::string_view(key.id()) ? &key : nullptr; }, now,
        hash);
}

/// The same with keys that are looked up: `look_up` takes the access key id and returns a pointer to a signing_credential,
/// null when nobody has that id.
template <class LookUp, hash_function Hash = sha256>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
[[nodiscard]] constexpr expected<void> verify(request_view const& request, LookUp&& look_up, unix_seconds now,
                                              Hash const& hash = {}) noexcept {
    const auto refuse = [](errc code, std::string_view why) noexcept {
        return unexpected(error::make(code, blame::remote, why, "authorization"));
    };
    const expected<authorization> parts = parse_authorization(request);
    if (!parts) {
        return failure_of(parts);
    }
    if (!parts->bearer_token.empty()) {
        return refuse(errc::authorization_malformed, "a bearer token is not a signature");
    }
    const expected<unix_seconds> timestamp = parse_timestamp(request);
    if (!timestamp) {
        return failure_of(timestamp);
    }
    auto* const key = look_up(parts->access_key_id);
    if (key == nullptr) {
        return refuse(errc::access_key_unknown, "nobody has this access key id");
    }
    // a difference in unsigned arithmetic, since `now` may be any number
    const std::uint64_t age =
        now >= *timestamp ? static_cast<std::uint64_t>(now.count()) - static_cast<std::uint64_t>(timestamp->count())
                          : static_cast<std::uint64_t>(timestamp->count()) - static_cast<std::uint64_t>(now.count());
    if (age > static_cast<std::uint64_t>(signature_lifetime_seconds)) {
        return refuse(errc::signature_expired, "the timestamp is more than 300 s away from now");
    }
    const expected<sha256_digest> canonical = received_canonical_request_hash(request, parts->signed_headers, hash);
    if (!canonical) {
        return failure_of(canonical);
    }
    const expected<sha256_digest> mac =
        key->mac(string_to_sign(request.fields.value_of("x-zc-timestamp"), *canonical).view());
    if (!mac) {
        return failure_of(mac);
    }
    if (!constant_time_equal(hex_text(*mac).view(), parts->signature)) {
        return refuse(errc::signature_mismatch, "the signature is another one");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
