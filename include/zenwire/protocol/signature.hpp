// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_SIGNATURE_HPP
#define ZENWIRE_PROTOCOL_SIGNATURE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/time.hpp>
#include <zenwire/crypto/hmac_sha256.hpp>
#include <zenwire/http/message.hpp>

/// @file
/// The signature method ZC2-HMAC-SHA256, one function for each stage, so that the key can be kept elsewhere, and stages compared:
///
///     payload_hash -> canonical_request_hash -> string_to_sign -> signature -> write_authorization_value
///
/// Source: the page "sign" of the API's documentation (API introduction, instruction).

namespace ZENWIRE_NAMESPACE {

/// The name of the signature method, with which the `authorization` field begins.
inline constexpr std::string_view signature_method = "ZC2-HMAC-SHA256";
/// The names of the header fields that are signed by default.
inline constexpr std::string_view default_signed_headers = "content-type;host";
/// A signature is accepted this many seconds before and after its timestamp, both ends included.
inline constexpr std::int64_t signature_lifetime_seconds = 300;

/// Stage 1: SHA-256 of the body's bytes, `HashedRequestPayload` of the page.
/// @return what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> payload_hash(std::string_view body, Hash const& hash = {}) noexcept {
    return detail::finish_with(hash, detail::sha256_ending{body});
}

namespace detail {

/// update_canonical_start(), where `update_value(hash, value)` hashes the two values.
template <hash_function Hash, class UpdateValue>
constexpr void update_canonical_start_by(UpdateValue update_value, Hash& hash, std::string_view content_type,
                                         std::string_view host) noexcept {
    hash.update("POST\n/\n\ncontent-type:"sv);
    update_value(hash, content_type);
    hash.update("\nhost:"sv);
    update_value(hash, host);
    hash.update("\n\ncontent-type;host\n"sv);
}

}  // namespace detail

/// Hashes a canonical request with the default signed headers, up to the hash of the payload: the part that is the same in each
/// request to an endpoint.
template <hash_function Hash>
constexpr void update_canonical_start(Hash& hash, std::string_view content_type, std::string_view host) noexcept {
    detail::update_canonical_start_by([](Hash& into, std::string_view value) noexcept { into.update(value); }, hash,
                                      content_type, host);
}

/// Adds the hash of the payload, the end of a canonical request, and returns the hash of it all.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_canonical_request(Hash const& hash,
                                                                         sha256_digest const& payload) noexcept {
    return detail::finish_with(hash, detail::sha256_ending{{}, &payload});
}

/// Stage 2: SHA-256 of the canonical request over `content-type` and `host`. The path in it is always `/`, and action
/// and version (`x-zc-action`, `x-zc-version`) are **not signed**: verification.hpp compares them.
/// @param content_type the value as it is sent
/// @param host the same; by the page both are in lower case, without spaces around
/// @return what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> canonical_request_hash(std::string_view content_type,
                                                                       std::string_view host,
                                                                       sha256_digest const& payload,
                                                                       Hash hash = {}) noexcept {
    update_canonical_start(hash, content_type, host);
    return finish_canonical_request(hash, payload);
}

/// Stage 2 with signed headers of the caller's choice: names and values lower-case and trimmed, in ascending order of the
/// names, as the page wants them.
/// @return what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> canonical_request_hash(std::span<field const> signed_fields,
                                                                       sha256_digest const& payload,
                                                                       Hash hash = {}) noexcept {
    hash.update("POST\n/\n\n"sv);
    for (const field& each : signed_fields) {
        hash.update(each.name);
        hash.update(":"sv);
        hash.update(each.value);
        hash.update("\n"sv);
    }
    std::string_view separator = "\n"sv;
    for (const field& each : signed_fields) {
        hash.update(std::exchange(separator, ";"sv));
        hash.update(each.name);
    }
    hash.update("\n"sv);
    return finish_canonical_request(hash, payload);
}

namespace detail {

/// The decimal digits of a timestamp, as they are sent and signed. A time before 1970, which is never signed, gives 0.
[[nodiscard]] constexpr decimal_text timestamp_text(unix_seconds time) noexcept {
    return decimal_text(time.count() < 0 ? 0 : static_cast<std::uint64_t>(time.count()));
}

/// The part of a string to sign that stands before the digest. Holds its text.
class string_to_sign_start {
public:
    /// @param timestamp decimal seconds; digits beyond the 20th are cut off
    constexpr explicit string_to_sign_start(std::string_view timestamp) noexcept {
        detail::begin_without_values(text_);
        buffer_writer out(text_);
        out.append_all(signature_method, "\n"sv, timestamp.substr(0, longest_timestamp), "\n"sv);
        size_ = out.size();
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, size_}; }
    /// The digits of the time in it, which must not be empty. A view of this object.
    [[nodiscard]] constexpr std::string_view timestamp() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_ + signature_method.size() + 1, size_ - signature_method.size() - 2};
    }

    /// Bytes of the longest timestamp.
    static constexpr std::size_t longest_timestamp = 20;
    /// Bytes of the longest text.
    static constexpr std::size_t capacity = signature_method.size() + 1 + longest_timestamp + 1;

private:
    char text_[capacity];
    std::size_t size_ = 0;
};

}  // namespace detail

/// Stage 3: the text of which the MAC is made. Holds its text.
class string_to_sign {
public:
    /// @param timestamp decimal seconds; digits beyond the 20th are cut off
    constexpr string_to_sign(std::string_view timestamp, sha256_digest const& canonical_request_hash) noexcept
        : string_to_sign(detail::string_to_sign_start(timestamp), canonical_request_hash) {}
    /// @param time a valid one
    constexpr string_to_sign(unix_seconds time, sha256_digest const& canonical_request_hash) noexcept
        : string_to_sign(detail::timestamp_text(time).view(), canonical_request_hash) {}
    /// From its two parts.
    constexpr string_to_sign(detail::string_to_sign_start const& start,
                             sha256_digest const& canonical_request_hash) noexcept {
        detail::begin_without_values(text_);
        buffer_writer(text_).append(start.view());
        detail::write_hex(text_ + start.view().size(), canonical_request_hash);
        size_ = start.view().size() + 2 * sha256::digest_size;
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, size_}; }

private:
    char text_[detail::string_to_sign_start::capacity + 2 * sha256::digest_size];
    std::size_t size_ = 0;
};

/// Stage 4: the MAC of the string to sign.
/// @return what `mac` fails with
template <mac_provider Mac>
[[nodiscard]] constexpr expected<sha256_digest> signature(string_to_sign const& text, Mac const& mac) noexcept {
    return mac(text.view());
}

namespace detail {

/// Stages 3 and 4 by a signing_credential: the MAC of the string to sign, into `mac`.
///
/// A key whose mac() takes a sha256_ending, and cannot fail, is given one, so that the digest need not be written as text first.
/// @return what `key` fails with
template <class Key>
[[nodiscard]] constexpr expected<void> authenticate(Key const& key, string_to_sign_start const& start,
                                                    sha256_digest const& canonical_request_hash,
                                                    sha256_digest& mac) noexcept {
    if constexpr (requires { requires std::is_void_v<decltype(key.mac(detail::sha256_ending{}, mac))>; }) {
        key.mac(detail::sha256_ending{start.view(), &canonical_request_hash}, mac);
    } else if constexpr (requires {
                             { key.mac(std::string_view()) } -> std::same_as<sha256_digest>;
                         }) {
        mac = key.mac(string_to_sign(start, canonical_request_hash).view());
    } else {
        const expected<sha256_digest> result = key.mac(string_to_sign(start, canonical_request_hash).view());
        if (!result) {
            return failure_of(result);
        }
        mac = *result;
    }
    return {};
}

}  // namespace detail

/// Stage 5: writes the value of the `authorization` field. When there is no room for it, `out.overflowed()` says so.
constexpr void write_authorization_value(buffer_writer& out, std::string_view access_key_id,
                                         std::string_view signed_headers, sha256_digest const& signature) noexcept {
    out.append(signature_method).append(" Credential="sv).append(access_key_id);
    out.append(", SignedHeaders="sv).append(signed_headers);
    out.append(", Signature="sv).append(detail::hex_text(signature).view());
}

/// The parts of an `authorization` field. Views of the request.
struct authorization {
    /// The token of `Bearer <token>`; then the other three are empty.
    std::string_view bearer_token{};
    /// Who signed; empty for a bearer token.
    std::string_view access_key_id{};
    /// Names, separated by `;`.
    std::string_view signed_headers{};
    /// 64 characters.
    std::string_view signature{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
