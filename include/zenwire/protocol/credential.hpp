// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_CREDENTIAL_HPP
#define ZENWIRE_PROTOCOL_CREDENTIAL_HPP

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

#include <zenwire/crypto/hmac_sha256.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// A text of a credential. A view, which need not live longer than the call that makes a credential of it.
struct credential_text {
    /// The text is referred to, not copied.
    constexpr explicit credential_text(std::string_view given) noexcept : text(given) {}
    /// Null, which std::getenv() returns for what is not set, is an empty text, and refused.
    constexpr explicit credential_text(char const* given) noexcept : text(given == nullptr ? "" : given) {}
    /// The text.
    std::string_view text;
};

}  // namespace detail

/// The public half of an access key: 1 to limits::access_key_id visible ASCII characters, no comma. From a `std::string_view` or a
/// `char const*`. A view, which need not live longer than the call that makes a credential of it.
struct access_key_id : detail::credential_text {
    using detail::credential_text::credential_text;

    /// @return errc::invalid_credential
    [[nodiscard]] constexpr expected<void> validate() const noexcept {
        if (refusal const* const found = flaw(); found != nullptr) {
            return refuse(*found);
        }
        return {};
    }

    /// What validate() refuses with, a constant; null when the id is valid.
    [[nodiscard]] constexpr refusal const* flaw() const noexcept {
        if (text.empty()) {
            return &empty;
        }
        if (text.size() > limits::access_key_id) {
            return &too_long;
        }
        for (const char c : text) {
            if (!detail::ascii::is_visible(c) || c == ',') {
                return &wrong_character;
            }
        }
        return nullptr;
    }

private:
    static constexpr refusal empty =
        error::make(errc::invalid_credential, blame::local, "the access key id is empty", "accessKeyId");
    static constexpr refusal too_long =
        error::make(errc::invalid_credential, blame::local, "the access key id is too long", "accessKeyId");
    static constexpr refusal wrong_character = error::make(
        errc::invalid_credential, blame::local,
        "the access key id may have visible ASCII without the comma; was a line end read with it?", "accessKeyId");
};

/// The secret half of an access key: at least one byte, of any value. A view like access_key_id.
struct access_key_password : detail::credential_text {
    using detail::credential_text::credential_text;
};

/// A bearer token as it was issued. A view like access_key_id.
struct token : detail::credential_text {
    using detail::credential_text::credential_text;
};

/// An access key pair, ready to sign. Move-only, and it owns what it needs. The password itself is not kept, only the two states of
/// HMAC-SHA256 that are made from it; they are wiped when the object ends or is moved from. The secret cannot be printed.
class access_key {
    /// Only make() can make one of these, so nobody else can call the constructor, although it must be public for `expected`.
    struct checked {
        explicit checked() = default;
    };
    static constexpr refusal password_is_empty =
        error::make(errc::invalid_credential, blame::local, "the access key password is empty", "accessKeyPassword");

public:
    /// @return errc::invalid_credential
    [[nodiscard]] static constexpr expected<access_key> make(access_key_id id, access_key_password password) noexcept {
        if (refusal const* const flaw = id.flaw(); flaw != nullptr) {
            return refuse(*flaw);
        }
        if (password.text.empty()) {
            return refuse(password_is_empty);
        }
        return expected<access_key>(std::in_place, checked(), id, password);
    }

    /// Constructed by make().
    constexpr access_key(checked, access_key_id id, access_key_password password) noexcept
        : id_(id.text), mac_(password.text) {}

    access_key(access_key const&) = delete;
    access_key& operator=(access_key const&) = delete;
    /// Takes the key over, and wipes the other.
    constexpr access_key(access_key&& other) noexcept : id_(other.id_), mac_(other.mac_) { other.forget(); }
    /// Takes the key over, and wipes the other.
    constexpr access_key& operator=(access_key&& other) noexcept {
        if (this != &other) {
            id_ = other.id_;
            mac_ = other.mac_;
            other.forget();
        }
        return *this;
    }
    constexpr ~access_key() = default;

    /// The public half; empty after it was moved from. A view of this object.
    [[nodiscard]] constexpr std::string_view id() const noexcept ZENWIRE_LIFETIMEBOUND { return id_.view(); }
    /// HMAC-SHA256 of `message` under the password.
    [[nodiscard]] constexpr sha256_digest mac(std::string_view message) const noexcept { return mac_(message); }
    /// The same into `mac`, for a message that ends with a digest.
    constexpr void mac(detail::sha256_ending const& message, sha256_digest& mac) const noexcept { mac_(message, mac); }

private:
    constexpr void forget() noexcept {
        id_.clear();
        mac_ = hmac_sha256({});
    }

    inline_string<limits::access_key_id> id_;
    hmac_sha256 mac_;
};

/// A bearer token. Move-only; owns its text, which is wiped when the object ends or is moved from. It cannot be printed.
class bearer_token {
public:
    /// 1 to limits::bearer_token visible ASCII characters. Requests with a token of more than about 700 need
    /// make_request_in(): the memory of a signed_request ends at limits::request_head.
    /// @return errc::invalid_credential
    [[nodiscard]] static constexpr expected<bearer_token> make(token issued) noexcept {
        if (issued.text.empty()) {
            return refuse(errc::invalid_credential, blame::local, "the bearer token is empty", "token");
        }
        if (issued.text.size() > limits::bearer_token) {
            return refuse(errc::invalid_credential, blame::local, "the bearer token is too long", "token");
        }
        if (!detail::ascii::is_visible(issued.text)) {
            return refuse(
                errc::invalid_credential, blame::local,
                "the bearer token has a character other than visible ASCII; a line end that was read from a file?",
                "token");
        }
        return bearer_token(issued);
    }

    bearer_token(bearer_token const&) = delete;
    bearer_token& operator=(bearer_token const&) = delete;
    /// Takes the token over, and wipes the other.
    constexpr bearer_token(bearer_token&& other) noexcept { take(other); }
    /// Takes the token over, and wipes the other.
    constexpr bearer_token& operator=(bearer_token&& other) noexcept {
        if (this != &other) {
            secure_zero(text_);
            take(other);
        }
        return *this;
    }
    constexpr ~bearer_token() { secure_zero(text_); }

    /// The token itself: for the `authorization` field only. Empty after it was moved from. A view of this object.
    [[nodiscard]] constexpr std::string_view secret_text() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_, size_};
    }

private:
    constexpr explicit bearer_token(token issued) noexcept : size_(issued.text.size()) {
        for (std::size_t i = 0; i < size_; ++i) {
            text_[i] = issued.text[i];
        }
    }

    constexpr void take(bearer_token& other) noexcept {
        for (std::size_t i = 0; i < other.size_; ++i) {
            text_[i] = other.text_[i];
        }
        size_ = std::exchange(other.size_, 0);
        secure_zero(other.text_);
    }

    char text_[limits::bearer_token]{};
    std::size_t size_ = 0;
};

/// An access key whose password stays elsewhere, for example in a hardware security module, which makes the MAC of each message.
/// Holds a copy of the mac_provider, so give it a small callable that refers to the module.
template <mac_provider Mac>
class external_access_key {
public:
    /// @return errc::invalid_credential
    [[nodiscard]] static constexpr expected<external_access_key> make(access_key_id id, Mac mac) noexcept {
        if (const auto valid = id.validate(); !valid) {
            return failure_of(valid);
        }
        return external_access_key(id, std::move(mac));
    }

    /// The public half. A view of this object.
    [[nodiscard]] constexpr std::string_view id() const noexcept ZENWIRE_LIFETIMEBOUND { return id_.view(); }
    /// What the provider returns for `message`.
    [[nodiscard]] constexpr auto mac(std::string_view message) const noexcept { return mac_(message); }

private:
    constexpr external_access_key(access_key_id id, Mac mac) noexcept : id_(id.text), mac_(std::move(mac)) {}

    inline_string<limits::access_key_id> id_;
    Mac mac_;
};

/// A credential that signs: it has an id, and makes MACs. access_key and external_access_key meet this concept.
template <class Credential>
concept signing_credential = requires(Credential const& credential, std::string_view message) {
    { credential.id() } -> std::convertible_to<std::string_view>;
    { credential.mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

/// What a request may be authorised with.
template <class Credential>
concept credential = signing_credential<Credential> || std::same_as<Credential, bearer_token>;

static_assert(signing_credential<access_key>);
static_assert(credential<bearer_token>);

}  // namespace ZENWIRE_NAMESPACE

#endif
