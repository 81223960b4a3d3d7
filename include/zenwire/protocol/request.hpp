// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_HPP
#define ZENWIRE_PROTOCOL_REQUEST_HPP

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/detail/bytes.hpp>
#include <zenwire/base/detail/hex.hpp>
#include <zenwire/base/detail/is_constant_evaluated.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/secure_zero.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/base/version.hpp>
#include <zenwire/crypto/detail/finish_with.hpp>
#include <zenwire/crypto/detail/sha256_ending.hpp>
#include <zenwire/crypto/providers.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256_digest.hpp>
#include <zenwire/http/detail/field_syntax.hpp>
#include <zenwire/http/detail/field_writer.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/request_body.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE {

/// The two forms of the `content-type` field that the documents use.
enum class content_type : unsigned char {
    json,       ///< `application/json`
    json_utf8,  ///< `application/json; charset=utf-8`
};

template <>
inline constexpr detail::enum_row<content_type> detail::enum_names<content_type>[] = {
    {content_type::json, "json"},
    {content_type::json_utf8, "json_utf8"},
};

/// What a caller may choose about a request.
struct request_options {
    /// which form `content-type` has
    enum content_type content_type = content_type::json;
    /// `x-zc-request-client`: names the calling program; left out when empty. At most limits::request_client letters,
    /// digits, blanks and `-_,;.`.
    std::string_view request_client{};
};

/// The most fields a request has.
inline constexpr std::size_t request_field_count = 11;

/// Where the parts of a request's head lie. Offsets only, so that the memory may move.
struct request_layout {
    constexpr request_layout() noexcept {
        detail::begin_without_values(fields);
    }
    /// As it was.
    constexpr request_layout(request_layout const& other) noexcept : request_layout() { *this = other; }
    /// As it was.
    constexpr request_layout& operator=(request_layout const& other) noexcept {
        if (detail::is_constant_evaluated()) {
            fields = other.fields;
        } else {
            // bytes, since not all of them need to be there
            std::memcpy(fields.data(), other.fields.data(), sizeof(fields));
        }
        field_count = other.field_count;
        head_size = other.head_size;
        target_size = other.target_size;
        is_https = other.is_https;
        return *this;
    }

    /// The first `field_count` of them are there.
    std::array<field_position, request_field_count> fields;
    /// how many fields there are
    std::size_t field_count = 0;
    /// bytes of the request line and the fields
    std::size_t head_size = 0;
    /// bytes of the path, which begins behind `POST `
    std::size_t target_size = 0;
    /// how to connect
    bool is_https = true;

    /// The request that lies in `head` and `body`; the view refers to them and to this object.
    [[nodiscard]] constexpr request_view view(char const* head, std::string_view body) const noexcept {
        constexpr std::size_t separator = 2;  // ": "
        request_view request{};  // GCC 14 for ARM calls a declaration without braces an unused value
        request.scheme = is_https ? "https"sv : "http"sv;
        request.authority = {head + fields[0].name_begin + fields[0].name_size + separator,
                             std::size_t{fields[0].value_size}};
        request.target = {head + request.method.size() + 1, target_size};
        request.fields = {std::string_view(head, head_size), fields.data(), field_count};
        request.body = body;
        return request;
    }
};

/// A service at an endpoint, with all that is the same for each request worked out: the constant fields, and the state
/// of the hash after the constant start of the canonical request. Make it once and sign many requests with it.
///
/// Holds copies of what it was made from. No heap.
template <hash_function Hash = sha256>
class request_template {
public:
    /// @return errc::invalid_field for a service or options with characters that a field cannot carry,
    ///         errc::invalid_parameter for a request client against its rule, errc::buffer_too_small when all of it is
    ///         longer than limits::request_head
    [[nodiscard]] static constexpr expected<request_template> make(zenwire::service const& service,
                                                                    zenwire::endpoint const& endpoint,
                                                                    request_options const& options = {},
                                                                    Hash const& hash = Hash()) noexcept {
        expected<request_template> result(std::in_place, service, hash);
        refusal const* const flaw = result->compose(service, endpoint, options);
        if (flaw != nullptr) {
            result = refuse(*flaw);
        }
        return result;
    }

    /// Constructed by make().
    constexpr request_template(zenwire::service const& service, Hash const& hash) noexcept
        : service_(service), hash_(hash), canonical_start_(hash) {}

    /// The service. A view of this object.
    [[nodiscard]] constexpr zenwire::service const& service() const noexcept ZENWIRE_LIFETIMEBOUND { return service_; }
    /// Host, and `:port` when one was given. A view of this object.
    [[nodiscard]] constexpr std::string_view authority() const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.view(head_, {}).authority;
    }
    /// The request line and the constant fields. A view of this object.
    [[nodiscard]] constexpr std::string_view head() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {head_, layout_.head_size};
    }
    /// Where the constant fields lie.
    [[nodiscard]] constexpr request_layout const& layout() const noexcept ZENWIRE_LIFETIMEBOUND { return layout_; }
    /// A hash that has seen nothing yet.
    [[nodiscard]] constexpr Hash const& hash() const noexcept ZENWIRE_LIFETIMEBOUND { return hash_; }
    /// A hash that has seen the constant start of the canonical request.
    [[nodiscard]] constexpr Hash const& canonical_start() const noexcept ZENWIRE_LIFETIMEBOUND {
        return canonical_start_;
    }

private:
    static constexpr bool is_request_client(std::string_view text) noexcept {
        for (const char c : text) {
            if (!detail::ascii::is_alphanumeric(c) && !detail::ascii::is_one_of(c, "-_ ,;."sv)) {
                return false;
            }
        }
        return text.size() <= limits::request_client && detail::is_field_value(text);
    }

    static constexpr refusal wrong_request_client =
        error::make(errc::invalid_parameter, blame::local,
                    "the request client may have letters, digits, blanks and -_,;. and must not be too long",
                    "x-zc-request-client");
    static constexpr refusal wrong_path =
        error::make(errc::invalid_field, blame::local, "the path of a service must begin with / and be visible ASCII");
    static constexpr refusal fields_too_long =
        error::make(errc::buffer_too_small, blame::local, "the header fields are too long");
    static constexpr refusal wrong_service =
        error::make(errc::invalid_field, blame::local, "a header cannot carry the name or version of the service");

    /// @return what make() refuses with, a constant; null when all went well
    constexpr refusal const* compose(zenwire::service const& service, endpoint const& endpoint,
                                       request_options const& options) noexcept {
        if (!is_request_client(options.request_client)) {
            return &wrong_request_client;
        }
        if (!service.path.starts_with('/') || !detail::ascii::is_visible(service.path)) {
            return &wrong_path;
        }
        if (!detail::is_field_value(service.name) || !detail::is_field_value(service.version)) {
            return &wrong_service;
        }
        const std::string_view content =
            options.content_type == content_type::json ? "application/json"sv : "application/json; charset=utf-8"sv;
        buffer_writer out(head_);
        out.append("POST "sv).append(service.path).append(" HTTP/1.1\r\n"sv);
        detail::field_writer fields(out, layout_.fields);
        fields.add_checked("host"sv, endpoint.authority());
        fields.add_checked("content-type"sv, content);
        fields.add_checked("x-zc-service"sv, service.name);
        fields.add_checked("x-zc-version"sv, service.version);
        fields.add_checked("x-zc-sdk-version"sv, version_text);
        fields.add_checked("x-zc-sdk-lang"sv, "cpp"sv);
        if (!options.request_client.empty()) {
            fields.add_checked("x-zc-request-client"sv, options.request_client);
        }
        layout_.field_count = fields.count();
        layout_.head_size = out.size();
        layout_.target_size = service.path.size();
        layout_.is_https = endpoint.transfer_scheme() == endpoint::scheme::https;
        update_canonical_start(canonical_start_, content, endpoint.authority());
        return out.overflowed() ? &fields_too_long : nullptr;
    }

    zenwire::service service_;
    Hash hash_;
    Hash canonical_start_;
    request_layout layout_{};
    char head_[limits::request_head]{};
};

/// @{
/// What write_head() refuses with.
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
    return !name.empty() && detail::ascii::is_visible(name);
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
    detail::field_writer fields(out, layout.fields, layout.field_count);
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
    if (const auto done = detail::finish_with(prepared.hash(), detail::sha256_ending{body}, payload); !done) {
        return failure_of(done);
    }
    return detail::finish_with(prepared.canonical_start(), detail::sha256_ending{{}, &payload}, canonical);
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
    detail::field_writer fields(out, layout.fields, layout.field_count);
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
    out.append_all(detail::hex_text(mac).view(), "\r\n"sv);
    if (out.overflowed()) {
        return refuse(memory_is_too_small);
    }
    return {};
}

/// write_head() for an action name that was checked already. Tells where the parts are in `layout`, which has no fields after
/// a failure.
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<void> write_checked_head(std::span<char> head, request_layout& layout,
                                                          std::string_view action_name, std::string_view body,
                                                          request_template<Hash> const& prepared,
                                                          Credential const& credential, unix_seconds now) noexcept {
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

/// Signs `body` and writes the head of its request: the request line and all fields. The bytes of `body` are hashed,
/// not kept.
///
/// On failure nothing is left in `head`.
/// @param head memory for request line and fields; 512 bytes are enough for keys and hosts of usual length
/// @param action_name `x-zc-action`: see is_action_name()
/// @return errc::invalid_timestamp, errc::invalid_credential (a credential that was moved from), errc::invalid_field,
///         errc::buffer_too_small, or what hash and credential fail with
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_layout> write_head(std::span<char> head, std::string_view action_name,
                                                            std::string_view body,
                                                            request_template<Hash> const& prepared,
                                                            Credential const& credential, unix_seconds now) noexcept {
    if (!is_action_name(action_name)) {
        return refuse(wrong_action_name);
    }
    expected<request_layout> layout(std::in_place);
    if (const auto done = write_checked_head(head, *layout, action_name, body, prepared, credential, now); !done) {
        layout = failure_of(done);
    }
    return layout;
}

/// Whether the name of an action is a constant that an action can have: then it need not be looked at again.
template <class Action>
concept has_sendable_name = std::is_same_v<decltype(&Action::name), std::string_view const*> &&
                            requires { requires is_action_name(Action::name); };

/// A signed request that owns its bytes inside the object: no heap. Move-only; wipes itself. There is no way to change it,
/// since what was signed is what must be sent.
class signed_request {
public:
    /// Empty; filled by make_request().
    constexpr signed_request() noexcept {
        detail::begin_without_values(head_);
        detail::begin_without_values(body_);
    }
    signed_request(signed_request const&) = delete;
    signed_request& operator=(signed_request const&) = delete;
    /// Takes the request over, and wipes the other.
    constexpr signed_request(signed_request&& other) noexcept : signed_request() { take(other); }
    /// Takes the request over, and wipes the other.
    constexpr signed_request& operator=(signed_request&& other) noexcept {
        if (this != &other) {
            wipe();
            take(other);
        }
        return *this;
    }
    constexpr ~signed_request() { wipe_secrets(); }

    /// The request for the transport. A view of this object: it must outlive the view, so there is none of a temporary.
    [[nodiscard]] constexpr request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.field_count == 0 ? request_view{} : layout_.view(head_, {body_, body_size_});
    }
    request_view view() const&& = delete;

private:
    template <action Action, credential Credential, hash_function Hash>
    friend constexpr expected<signed_request> make_request(Action const&, request_template<Hash> const&,
                                                           Credential const&, unix_seconds) noexcept;

    /// The last field authorises, and a body may carry a password; the fields before are no secret. There may be a body
    /// without fields, where the signing of it failed.
    constexpr void wipe_secrets() noexcept {
        if (layout_.field_count != 0) {
            const std::size_t begin = layout_.fields[layout_.field_count - 1].name_begin;
            secure_zero(std::span(head_).subspan(begin, layout_.head_size - begin));
        }
        secure_zero(std::span(body_).first(body_size_));
    }

    constexpr void wipe() noexcept {
        wipe_secrets();
        layout_.field_count = 0;
        layout_.head_size = 0;
        body_size_ = 0;
    }

    constexpr void take(signed_request& other) noexcept {
        if (other.layout_.field_count == 0) {
            return;
        }
        buffer_writer(head_).append({other.head_, other.layout_.head_size});
        buffer_writer(body_).append({other.body_, other.body_size_});
        layout_ = other.layout_;
        body_size_ = other.body_size_;
        other.wipe();
    }

    request_layout layout_{};
    std::size_t body_size_ = 0;
    char head_[limits::request_head];
    char body_[limits::request_body];
};

/// A signed request whose bytes lie in memory of the caller, which must outlive it. That memory holds an authorization:
/// wipe it (secure_zero()) when the request was sent.
class request_in_buffer {
public:
    /// Made by sign_body() and make_request_in(), which write the head and fill the layout.
    constexpr request_in_buffer(char const* head, std::string_view body) noexcept : head_(head), body_(body) {}

    /// The request for the transport. A view of this object and of the memory.
    [[nodiscard]] constexpr request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.view(head_, body_);
    }
    request_view view() const&& = delete;

private:
    template <credential Credential, hash_function Hash>
    friend constexpr expected<request_in_buffer> place_checked_head(std::span<char>, std::string_view, std::string_view,
                                                                 request_template<Hash> const&, Credential const&,
                                                                 unix_seconds) noexcept;

    request_layout layout_{};
    char const* head_;
    std::string_view body_;
};

/// sign_body() for an action name that was checked already.
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> place_checked_head(std::span<char> head, std::string_view action_name,
                                                                    std::string_view body,
                                                                    request_template<Hash> const& prepared,
                                                                    Credential const& credential,
                                                                    unix_seconds now) noexcept {
    expected<request_in_buffer> result(std::in_place, head.data(), body);
    const expected<void> done = write_checked_head(head, result->layout_, action_name, body, prepared, credential, now);
    if (!done) {
        result = failure_of(done);
    }
    return result;
}

/// Validates `action`, writes its body and fields, and signs it for `now`: a request that is ready to send.
///
/// Sign each attempt afresh: the API refuses signatures that are more than 300 s old.
/// @return what validate() and write_head() return; errc::buffer_too_small when body or fields exceed
///         limits::request_body or limits::request_head (make_request_in() has no such limit)
template <action Action, credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<signed_request> make_request(Action const& action,
                                                              request_template<Hash> const& prepared,
                                                              Credential const& credential, unix_seconds now) noexcept {
    auto result = expected<signed_request>(std::in_place);  // GCC 14 for ARM calls the other form an unused value
    if (const auto valid = validate(action, prepared.service()); !valid) {
        result = failure_of(valid);
        return result;
    }
    std::string_view body;
    refusal const* const flaw = write_valid_body(result->body_, action, prepared.service(), body);
    result->body_size_ = body.size();
    if (flaw != nullptr) {
        result = refuse(*flaw);
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &memory_is_too_small) {
                result = unexpected(detail::body_exceeds_limit(detail::body_size(action, prepared.service())));
            }
        }
        return result;
    }
    if constexpr (!has_sendable_name<Action>) {
        if (!is_action_name(action.name)) {
            result = refuse(wrong_action_name);
            return result;
        }
    }
    const expected<void> done =
        write_checked_head(result->head_, result->layout_, action.name, body, prepared, credential, now);
    if (!done) {
        result = failure_of(done);
    }
    return result;
}

/// The same, for a single request: prepares the endpoint first.
template <action Action, credential Credential>
[[nodiscard]] constexpr expected<signed_request> make_request(Action const& action, service const& service,
                                                              endpoint const& endpoint, Credential const& credential,
                                                              unix_seconds now,
                                                              request_options const& options = {}) noexcept {
    const auto prepared = request_template<>::make(service, endpoint, options);
    if (!prepared) {
        return failure_of(prepared);
    }
    return make_request(action, *prepared, credential, now);
}

/// Signs a body that the caller wrote, of any size, which is not copied: `body` must outlive the request.
///
/// On failure nothing is left in `head`.
/// @param head memory for request line and fields; must outlive the request
/// @param action_name `x-zc-action`: see is_action_name()
/// @return what write_head() returns
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> sign_body(std::span<char> head, std::string_view action_name,
                                                           std::string_view body,
                                                           request_template<Hash> const& prepared,
                                                           Credential const& credential, unix_seconds now) noexcept {
    if (!is_action_name(action_name)) {
        return refuse(wrong_action_name);
    }
    return place_checked_head(head, action_name, body, prepared, credential, now);
}

/// Like make_request(), in memory of the caller: first the body, behind it the head. For bodies and tokens of any size.
///
/// On failure nothing of the request is left in `memory`.
/// @return as make_request(); errc::buffer_too_small when `memory` is too small
template <action Action, credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> make_request_in(std::span<char> memory, Action const& action,
                                                                 request_template<Hash> const& prepared,
                                                                 Credential const& credential,
                                                                 unix_seconds now) noexcept {
    if (const auto valid = validate(action, prepared.service()); !valid) {
        return failure_of(valid);
    }
    std::string_view body;
    refusal const* const flaw = write_valid_body(memory, action, prepared.service(), body);
    const std::span<char> head = memory.subspan(body.size());
    const auto place = [&]() noexcept -> expected<request_in_buffer> {
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &memory_is_too_small) {
                return unexpected(
                    detail::body_exceeds_memory(detail::body_size(action, prepared.service()), memory.size()));
            }
        }
        if (flaw != nullptr) {
            return refuse(*flaw);
        }
        if constexpr (has_sendable_name<Action>) {
            return place_checked_head(head, action.name, body, prepared, credential, now);
        } else {
            return sign_body(head, action.name, body, prepared, credential, now);
        }
    };
    expected<request_in_buffer> result = place();
    if (!result) {
        secure_zero(memory.first(body.size()));
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
