// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_HPP
#define ZENWIRE_PROTOCOL_REQUEST_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include <zenwire/protocol/action.hpp>
#include <zenwire/protocol/detail/write_request.hpp>

namespace ZENWIRE_NAMESPACE {

class signed_request;
class request_in_buffer;

/// Validates `action`, writes its body and fields, and signs it for `now`: a request that is ready to send.
///
/// Sign each attempt afresh: the API refuses signatures that are more than 300 s old.
/// @return what validate() and sign_body() return; errc::buffer_too_small when body or fields exceed
///         limits::request_body or limits::request_head (make_request_in() has no such limit)
template <action Action, credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<signed_request> make_request(Action const& action,
                                                              request_template<Hash> const& prepared,
                                                              Credential const& credential, unix_seconds now) noexcept;

/// The same for a single request, without a request_template.
template <action Action, credential Credential>
[[nodiscard]] constexpr expected<signed_request> make_request(Action const& action, service const& service,
                                                              endpoint const& endpoint, Credential const& credential,
                                                              unix_seconds now,
                                                              request_options const& options = {}) noexcept;

/// Like make_request(), but in memory of the caller: first the body, then the head. For bodies and tokens of any size.
///
/// On failure nothing of the request is left in `memory`.
/// @return as make_request(); errc::buffer_too_small when `memory` is too small
template <action Action, credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> make_request_in(std::span<char> memory, Action const& action,
                                                                    request_template<Hash> const& prepared,
                                                                    Credential const& credential,
                                                                    unix_seconds now) noexcept;

/// Signs a body that the caller wrote, of any size, which is not copied: `body` must outlive the request.
///
/// On failure nothing is left in `head`.
/// @param head memory for request line and fields; must outlive the request
/// @param action_name `x-zc-action`: visible ASCII, not empty
/// @return errc::invalid_timestamp, errc::invalid_credential, errc::invalid_field for the name, errc::buffer_too_small, or what
///         hash and credential fail with
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> sign_body(std::span<char> head, std::string_view action_name,
                                                              std::string_view body,
                                                              request_template<Hash> const& prepared,
                                                              Credential const& credential, unix_seconds now) noexcept;

/// Writes the body of a request for `action` into `memory`, after validating it.
///
/// The body is compact JSON with the members in the documented order. On failure nothing of it is left in `memory`.
/// @return a view of `memory`; else what validate() returns, or errc::buffer_too_small
template <action Action>
[[nodiscard]] constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                              service const& service) noexcept;

/// A signed request whose bytes lie inside the object: no heap. Move-only; wipes itself. It cannot be changed, because exactly what
/// was signed must be sent.
class signed_request {
public:
    /// Empty; filled by make_request().
    constexpr signed_request() noexcept { detail::begin_without_values(body_); }
    signed_request(signed_request const&) = delete;
    signed_request& operator=(signed_request const&) = delete;
    /// Takes the request over, and wipes the other.
    constexpr signed_request(signed_request&& other) noexcept : signed_request() { *this = std::move(other); }
    /// Takes the request over, and wipes the other.
    constexpr signed_request& operator=(signed_request&& other) noexcept {
        if (this != &other) {
            wipe_body();
            head_ = std::move(other.head_);
            buffer_writer(body_).append({other.body_, other.body_size_});
            body_size_ = other.body_size_;
            other.wipe_body();
        }
        return *this;
    }
    constexpr ~signed_request() { wipe_body(); }

    /// The request for the transport. A view of this object: it must outlive the view, so there is none of a temporary.
    [[nodiscard]] constexpr request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return head_.view({body_, body_size_});
    }
    request_view view() const&& = delete;

private:
    template <action Action, credential Credential, hash_function Hash>
    friend constexpr expected<signed_request> make_request(Action const&, request_template<Hash> const&,
                                                           Credential const&, unix_seconds) noexcept;

    /// The body may carry a password.
    constexpr void wipe_body() noexcept {
        secure_zero(std::span(body_).first(body_size_));
        body_size_ = 0;
    }

    detail::owned_head head_;
    std::size_t body_size_ = 0;
    char body_[limits::request_body];
};

namespace detail {

/// Does what sign_body() does, for an action name that was checked already.
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> place_request(std::span<char> head, std::string_view action_name,
                                                                  std::string_view body,
                                                                  request_template<Hash> const& prepared,
                                                                  Credential const& credential,
                                                                  unix_seconds now) noexcept;

}  // namespace detail

/// A signed request whose bytes lie in memory of the caller, which must outlive it. That memory holds an authorization:
/// wipe it (secure_zero()) when the request was sent.
class request_in_buffer {
public:
    /// Called by sign_body() and make_request_in(), which write the head and fill the layout.
    constexpr request_in_buffer(char const* head, std::string_view body) noexcept : head_(head), body_(body) {}

    /// The request for the transport. A view of this object and of the memory.
    [[nodiscard]] constexpr request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.view(head_, body_);
    }
    request_view view() const&& = delete;

private:
    template <credential Credential, hash_function Hash>
    friend constexpr expected<request_in_buffer> detail::place_request(std::span<char>, std::string_view,
                                                                       std::string_view, request_template<Hash> const&,
                                                                       Credential const&, unix_seconds) noexcept;

    detail::request_layout layout_{};
    char const* head_;
    std::string_view body_;
};

namespace detail {

template <credential Credential, hash_function Hash>
constexpr expected<request_in_buffer> place_request(std::span<char> head, std::string_view action_name,
                                                    std::string_view body, request_template<Hash> const& prepared,
                                                    Credential const& credential, unix_seconds now) noexcept {
    expected<request_in_buffer> result(std::in_place, head.data(), body);
    const expected<void> done = write_head(head, result->layout_, action_name, body, prepared, credential, now);
    if (!done) {
        result = failure_of(done);
    }
    return result;
}

}  // namespace detail

template <action Action>
constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                service const& service) noexcept {
    if (const auto valid = validate(action, service); !valid) {
        return failure_of(valid);
    }
    std::string_view body;
    if (refusal const* const flaw = detail::write_valid_body(memory, action, service, body); flaw != nullptr) {
        secure_zero(memory.first(body.size()));
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &detail::memory_is_too_small) {
                return unexpected(detail::body_exceeds_memory(detail::body_size(action, service), memory.size()));
            }
        }
        return refuse(*flaw);
    }
    return body;
}

template <action Action, credential Credential, hash_function Hash>
constexpr expected<signed_request> make_request(Action const& action, request_template<Hash> const& prepared,
                                                Credential const& credential, unix_seconds now) noexcept {
    auto result = expected<signed_request>(std::in_place);  // GCC 14 for ARM calls the other form an unused value
    if (const auto valid = validate(action, prepared.service()); !valid) {
        result = failure_of(valid);
        return result;
    }
    std::string_view body;
    refusal const* const flaw = detail::write_valid_body(result->body_, action, prepared.service(), body);
    result->body_size_ = body.size();
    if (flaw != nullptr) {
        result = refuse(*flaw);
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &detail::memory_is_too_small) {
                result = unexpected(detail::body_exceeds_limit(detail::body_size(action, prepared.service())));
            }
        }
        return result;
    }
    if constexpr (!detail::has_sendable_name<Action>) {
        if (!detail::is_action_name(action.name)) {
            result = refuse(detail::wrong_action_name);
            return result;
        }
    }
    if (const expected<void> done = result->head_.compose(action.name, body, prepared, credential, now); !done) {
        result = failure_of(done);
    }
    return result;
}

template <action Action, credential Credential>
constexpr expected<signed_request> make_request(Action const& action, service const& service, endpoint const& endpoint,
                                                Credential const& credential, unix_seconds now,
                                                request_options const& options) noexcept {
    const auto prepared = request_template<>::make(service, endpoint, options);
    if (!prepared) {
        return failure_of(prepared);
    }
    return make_request(action, *prepared, credential, now);
}

template <credential Credential, hash_function Hash>
constexpr expected<request_in_buffer> sign_body(std::span<char> head, std::string_view action_name,
                                                std::string_view body, request_template<Hash> const& prepared,
                                                Credential const& credential, unix_seconds now) noexcept {
    if (!detail::is_action_name(action_name)) {
        return refuse(detail::wrong_action_name);
    }
    return detail::place_request(head, action_name, body, prepared, credential, now);
}

template <action Action, credential Credential, hash_function Hash>
constexpr expected<request_in_buffer> make_request_in(std::span<char> memory, Action const& action,
                                                      request_template<Hash> const& prepared,
                                                      Credential const& credential, unix_seconds now) noexcept {
    if (const auto valid = validate(action, prepared.service()); !valid) {
        return failure_of(valid);
    }
    std::string_view body;
    refusal const* const flaw = detail::write_valid_body(memory, action, prepared.service(), body);
    const std::span<char> head = memory.subspan(body.size());
    const auto place = [&]() noexcept -> expected<request_in_buffer> {
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &detail::memory_is_too_small) {
                return unexpected(
                    detail::body_exceeds_memory(detail::body_size(action, prepared.service()), memory.size()));
            }
        }
        if (flaw != nullptr) {
            return refuse(*flaw);
        }
        if constexpr (detail::has_sendable_name<Action>) {
            return detail::place_request(head, action.name, body, prepared, credential, now);
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
