// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_VERIFICATION_HPP
#define ZENWIRE_PROTOCOL_VERIFICATION_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/base/ascii.hpp>
#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal_digits.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/hex.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/base/string_view_literal.hpp>
#include <zenwire/base/text_words.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/crypto/constant_time_equal.hpp>
#include <zenwire/crypto/hash_function.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256_digest.hpp>
#include <zenwire/crypto/sha256_ending.hpp>
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
    /// Takes notice of `each`, if that is its name, in any letter case.
    /// @param name of a to z, digits and '-' alone
    ZENWIRE_INLINE_FOR_SPEED constexpr void note(field const& each, std::string_view name) noexcept {
        if (ascii::is_named(each.name, name)) {
            ++times;
            // in two words, as they are at hand: gathered into one they would have to go through memory
            value = {each.value.data(), each.value.size()};
        }
    }

    /// how often it is there
    unsigned times = 0;
    /// its value; the last one's when it is there several times
    std::string_view value{};
};

/// The fields of a request that its signature is about. Views of the request.
struct signature_fields {
    /// Takes notice of a field: see field_list::visit().
    // Clang instantiates a constexpr function template only where its definition was seen: so this stands first.
    template <class Get>
    ZENWIRE_INLINE_FOR_SPEED constexpr void operator()(std::size_t name_size, Get const& get) noexcept {
        switch (name_size) {
        case "host"sv.size(): host.note(get(), "host"sv); break;
        case "content-type"sv.size(): content_type.note(get(), "content-type"sv); break;
        case "authorization"sv.size(): authorization.note(get(), "authorization"sv); break;
        case "x-zc-timestamp"sv.size(): timestamp.note(get(), "x-zc-timestamp"sv); break;
        default: break;
        }
    }

    /// All in one walk over the fields, whose names may be in any letter case.
    constexpr explicit signature_fields(field_list const& fields) noexcept { fields.visit(*this); }

    single_field host{};           ///< `host`
    single_field content_type{};   ///< `content-type`
    single_field authorization{};  ///< `authorization`
    single_field timestamp{};      ///< `x-zc-timestamp`
};

/// Takes a text apart from its start on.
class text_parts {
public:
    /// Of this text, which must outlive it.
    constexpr explicit text_parts(std::string_view text ZENWIRE_LIFETIMEBOUND) noexcept : rest_(text) {}

    /// Takes `text`, which must come next.
    ZENWIRE_INLINE_FOR_SPEED constexpr void take(std::string_view text) noexcept {
        well_formed_ = well_formed_ && rest_.size() >= text.size() && are_equal({rest_.data(), text.size()}, text);
        rest_.remove_prefix(well_formed_ ? text.size() : 0);
    }
    /// Takes `text`, if it comes next; else at least one character, all of them visible, up to a comma or the end.
    ZENWIRE_INLINE_FOR_SPEED constexpr std::string_view take_part(std::string_view text = {}) noexcept {
        const bool comes_next = !text.empty() && rest_.size() > text.size() && rest_[text.size()] == ',' &&
                                are_equal({rest_.data(), text.size()}, text);
        const std::string_view part(rest_.data(), comes_next ? text.size() : index_of(',', rest_));
        rest_.remove_prefix(part.size());
        well_formed_ = well_formed_ && (comes_next || (!part.empty() && ascii::is_visible(part)));
        return part;
    }
    /// Takes all that is left: at least one character, all of them visible.
    /// @param has_commas whether a comma may be among them
    ZENWIRE_INLINE_FOR_SPEED constexpr std::string_view take_rest(bool has_commas) noexcept {
        const std::string_view part = rest_;
        rest_ = {};
        well_formed_ =
            well_formed_ && !part.empty() && ascii::is_visible(part) && (has_commas || !has_character(',', part));
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
        parts.bearer_token = rest.take_rest(true);
    } else {
        rest.take("ZC2-HMAC-SHA256 Credential="sv);
        parts.access_key_id = rest.take_part();
        rest.take(", SignedHeaders="sv);
        parts.signed_headers = rest.take_part(default_signed_headers);
        rest.take(", Signature="sv);
        parts.signature = rest.take_rest(false);
        has_size = parts.signature.size() == 2 * sha256::digest_size;
    }
    return rest.is_well_formed() && has_size ? nullptr : &authorization_is_malformed;
}

/// Takes the `authorization` field of a request apart.
/// @return errc::authorization_malformed when it is missing, there twice, or not exactly in the documented form
[[nodiscard]] constexpr expected<authorization> parse_authorization(request_view const& request) noexcept {
    expected<authorization> parts(in_place);
    if (brief_error const* const flaw = flaw_of_authorization(signature_fields(request.fields).authorization, *parts);
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
    const decimal_digits digits(from.value);
    const unix_seconds time(static_cast<std::int64_t>(digits.number));
    return digits.are_decimal && time.is_valid() ? time : none;
}

/// The decimal seconds of `x-zc-timestamp`.
/// @return errc::authorization_malformed when it is missing, there twice, or not 1 to 12 digits of a valid time
[[nodiscard]] constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept {
    const unix_seconds time = timestamp_of(signature_fields(request.fields).timestamp);
    if (!time.is_valid()) {
        return refusal_of(timestamp_is_malformed);
    }
    return time;
}

/// Gathers a canonical text and hands it to the hash in large pieces.
template <hash_function Hash>
class canonical_text {
public:
    /// Goes on from where `hash` stands.
    constexpr explicit canonical_text(Hash const& hash) noexcept : hash_(hash) {
        if (is_constant_evaluated()) {
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
    ZENWIRE_INLINE_FOR_SPEED constexpr void append_normalised(std::string_view text) noexcept {
        const std::string_view trimmed = ascii::trim(text);
        if (trimmed.size() <= sizeof(text_) - size_) {
            ascii::write_lower(text_ + size_, trimmed);
            size_ += trimmed.size();
        } else {
            append_by(trimmed, ascii::write_lower);
        }
    }

    /// Appends the hash of the payload, which ends it.
    /// @param meanwhile as in finish_with()
    /// @return what the hash fails with
    template <class Meanwhile>
    [[nodiscard]] constexpr expected<void> finish(std::string_view body, Hash const& hash, sha256_digest& digest,
                                                  Meanwhile const& meanwhile) noexcept {
        sha256_digest payload;
        const std::size_t whole_blocks = size_ - size_ % sha256::block_size;
        const auto done = finish_and_update(hash, sha256_ending{body}, payload, hash_, {text_, whole_blocks});
        if (!done) {
            return failure_of(done);
        }
        return finish_with(hash_, sha256_ending{{text_ + whole_blocks, size_ - whole_blocks}, &payload}, digest,
                           meanwhile);
    }

private:
    constexpr void flush() noexcept {
        hash_.update(std::string_view(text_, size_));
        size_ = 0;
    }

    template <class Write>
    constexpr void append_by(std::string_view text, Write write_piece) noexcept {
        while (!text.empty()) {
            if (size_ == sizeof(text_)) {
                flush();
            }
            const std::string_view piece = text.substr(0, sizeof(text_) - size_);
            write_piece(text_ + size_, piece);
            size_ += piece.size();
            text.remove_prefix(piece.size());
        }
    }

    Hash hash_;
    std::size_t size_ = 0;
    char text_[256];
};

/// Calls `append` with the name and the value of each signed header, up to the first with which something is wrong.
/// @return what is wrong; null when nothing is
template <class Append>
[[nodiscard]] constexpr brief_error const* for_each_signed_header(field_list const& fields,
                                                                  std::string_view signed_headers,
                                                                  Append append) noexcept {
    const auto next_name = [](std::string_view& names) noexcept {
        const std::size_t size = index_of(';', names);
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
    if (times_named("content-type"sv) == 0 || times_named("host"sv) == 0) {
        return &usual_header_is_not_signed;
    }
    for (std::string_view names = signed_headers; !names.empty();) {
        const std::string_view name = next_name(names);
        const auto [times, index] = fields.find_all(name);
        if (times == 0) {
            return &signed_header_is_missing;
        }
        if (times > 1 || times_named(name) > 1) {
            return &signed_header_is_double;
        }
        append(name, fields[index].value);
    }
    return nullptr;
}

/// Writes the canonical request of a request that was received, all of it but the hash of the payload.
/// @param known those of its fields that are signed as a rule
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; null when nothing is wrong
template <hash_function Hash>
[[nodiscard]] constexpr brief_error const* write_received_start(canonical_text<Hash>& canonical,
                                                                request_view const& request,
                                                                signature_fields const& known,
                                                                std::string_view signed_headers) noexcept {
    if (are_equal(signed_headers, default_signed_headers)) {
        for (single_field const* const each : {&known.content_type, &known.host}) {
            if (each->times != 1) {
                return each->times == 0 ? &signed_header_is_missing : &signed_header_is_double;
            }
        }
        canonical.append("POST\n/\n\ncontent-type:"sv);
        canonical.append_normalised(known.content_type.value);
        canonical.append("\nhost:"sv);
        canonical.append_normalised(known.host.value);
        canonical.append("\n\ncontent-type;host\n"sv);
    } else {
        canonical.append("POST\n/\n\n"sv);
        const auto append = [&](std::string_view name, std::string_view value) noexcept {
            canonical.append_normalised(name);
            canonical.append(":"sv);
            canonical.append_normalised(value);
            canonical.append("\n"sv);
        };
        if (brief_error const* const flaw = for_each_signed_header(request.fields, signed_headers, append);
            flaw != nullptr) {
            return flaw;
        }
        canonical.append("\n"sv);
        canonical.append_normalised(signed_headers);
        canonical.append("\n"sv);
    }
    return nullptr;
}

/// The canonical request hash of a request that was received, over the headers that it says are signed.
/// @param signed_headers names separated by `;`
/// @return what write_received_start() returns; what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                                std::string_view signed_headers,
                                                                                Hash const& hash = {}) noexcept {
    canonical_text canonical(hash);
    if (brief_error const* const flaw =
            write_received_start(canonical, request, signature_fields(request.fields), signed_headers);
        flaw != nullptr) {
        return refusal_of(*flaw);
    }
    expected<sha256_digest> digest(in_place);
    if (const auto done = canonical.finish(request.body, hash, *digest, [] {}); !done) {
        digest = failure_of(done);
    }
    return digest;
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
        request, [&](std::string_view id) noexcept { return are_equal(id, key.id()) ? &key : nullptr; }, now,
        expectation, hash);
}

/// The same with keys that are looked up: `look_up` takes the access key id and returns a pointer to a signing_credential,
/// null when nobody has that id.
template <class LookUp, hash_function Hash = sha256>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
    [[nodiscard]] constexpr expected<void> verify_request(request_view const& request, LookUp&& look_up,
                                                          unix_seconds now, request_expectation const& expectation,
                                                          Hash const& hash = {}) noexcept {
        const signature_fields fields(request.fields);
        authorization parts;
        if (brief_error const* const flaw = flaw_of_authorization(fields.authorization, parts); flaw != nullptr) {
            return refusal_of(*flaw);
        }
        if (!parts.bearer_token.empty()) {
            return refusal_of(bearer_token_is_no_signature);
        }
        const unix_seconds timestamp = timestamp_of(fields.timestamp);
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
        canonical_text canonical_request(hash);
        if (brief_error const* const flaw =
                write_received_start(canonical_request, request, fields, parts.signed_headers);
            flaw != nullptr) {
            return refusal_of(*flaw);
        }
        string_to_sign_start start;
        sha256_digest wanted;
        bool is_hex = false;
        const auto prepare = [&]() noexcept {
            start.write_timestamp(fields.timestamp.value);
            is_hex = read_hex(parts.signature, wanted);
        };
        sha256_digest canonical;
        if (const auto done = canonical_request.finish(request.body, hash, canonical, prepare); !done) {
            return failure_of(done);
        }
        sha256_digest mac;
        if (const auto done = authenticate(*key, start, canonical, mac); !done) {
            return failure_of(done);
        }
        if (!constant_time_equal(mac, wanted) || !is_hex) {
            return refusal_of(signature_is_another);
        }
        if (brief_error const* const flaw = flaw_of_request(request, expectation); flaw != nullptr) {
            return refusal_of(*flaw);
        }
        return {};
    }

}  // namespace ZENWIRE_NAMESPACE

#endif
