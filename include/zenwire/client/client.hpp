// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_CLIENT_HPP
#define ZENWIRE_CLIENT_CLIENT_HPP

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <zenwire/client/retry_policy.hpp>
#include <zenwire/protocol/request.hpp>

namespace ZENWIRE_NAMESPACE {

/// The options of a client.
struct client_options {
    /// How attempts are repeated.
    retry_policy retry{};
    /// How requests are written.
    request_options request{};
};

/// An endpoint as a text that may be stored and compared: scheme, host and, unless it is the scheme's own, port. The same for
/// `console.zenlayer.com`, `https://Console.Zenlayer.com` and `console.zenlayer.com:443`.
using endpoint_name = inline_string<limits::authority + 8>;

namespace detail {

[[nodiscard]] constexpr endpoint_name name_of(endpoint const& endpoint) noexcept;

/// The step of an exchange or of a job. What it was moved from is done, so that an order goes out from one place only.
template <class Step>
struct movable_step : Step {
    constexpr movable_step(Step step) noexcept : Step(step) {}
    constexpr movable_step(movable_step&& other) noexcept : Step(other.taken()) {}
    constexpr movable_step& operator=(movable_step&& other) noexcept { return *this = other.taken(); }
    constexpr movable_step& operator=(Step step) noexcept {
        Step::operator=(step);
        return *this;
    }
    constexpr Step taken() noexcept { return std::exchange<Step>(*this, {Step::kind::done}); }
};

}  // namespace detail

/// Identifies a credential, by 32 hexadecimal digits that may be stored and shown: the credential cannot be computed from them.
using account_fingerprint = inline_string<32>;

/// The fingerprint of a credential: a keyed hash of the access key's id, or of the token. Another token of the same account has
/// another fingerprint, since nothing in a token says whose it is.
template <credential Credential>
[[nodiscard]] constexpr account_fingerprint fingerprint_of(Credential const& credential) noexcept;

/// A service at an endpoint, a credential, and a retry policy. Prepares what is the same for all requests. Several threads may
/// use one client at the same time.
///
/// Refers to the credential, which must outlive it; copies the rest. Options that HTTP cannot carry are reported when the first
/// action is sent.
template <credential Credential>
class client {
public:
    /// @param credential must outlive the client
    constexpr client(service const& service, endpoint const& endpoint,
                     Credential const& credential ZENWIRE_LIFETIMEBOUND, client_options const& options = {}) noexcept
        : prepared_(request_template<>::make(service, endpoint, options.request)),
          endpoint_name_(detail::name_of(endpoint)), credential_(&credential), retry_(options.retry) {}

    // Likely mistakes. Of what is deleted, compilers show the line with its name: there it says what to do instead.
    client(service const&, endpoint const&, Credential const&&,  // the credential must outlive the client: give it a name
           client_options const& = {}) = delete;
    client(service const&, endpoint const&, expected<Credential> const&,  // look whether there is one, then give *credential
           client_options const& = {}) = delete;
    client(service const&, endpoint const&,  // a credential comes behind the endpoint, a zenwire::access_key for example
           client_options const& = {}) = delete;
    client(service const&, Credential const&,  // an endpoint comes first: zenwire::endpoint() is that of Zenlayer Cloud
           client_options const& = {}) = delete;
    template <class Text>
        requires(!std::is_convertible_v<Text const&, endpoint>)
    client(service const&, Text const&,  // zenwire::endpoint::make() may have none: look whether it has, then give *endpoint
           Credential const&, client_options const& = {}) = delete;

    /// The service at the endpoint, or what request_template::make() returned instead.
    [[nodiscard]] constexpr expected<request_template<>> const& prepared() const noexcept ZENWIRE_LIFETIMEBOUND {
        return prepared_;
    }
    /// The name of the endpoint.
    [[nodiscard]] constexpr zenwire::endpoint_name const& endpoint_name() const noexcept ZENWIRE_LIFETIMEBOUND {
        return endpoint_name_;
    }
    /// The credential.
    [[nodiscard]] constexpr Credential const& used_credential() const noexcept { return *credential_; }
    /// How attempts are repeated.
    [[nodiscard]] constexpr retry_policy const& retry() const noexcept ZENWIRE_LIFETIMEBOUND { return retry_; }

private:
    expected<request_template<>> prepared_;
    zenwire::endpoint_name endpoint_name_;
    Credential const* credential_;
    retry_policy retry_;
};

/// Only so that `client(service, endpoint)` fails with the hint above, and not with a failed deduction.
client(service const&, endpoint const&) -> client<access_key>;

constexpr endpoint_name detail::name_of(endpoint const& endpoint) noexcept {
    const unsigned usual_port = endpoint.transfer_scheme() == endpoint::scheme::https ? 443 : 80;
    endpoint_name text(endpoint.scheme_text());
    text.append("://");
    text.append(endpoint.host());
    if (endpoint.port() != usual_port) {
        text.append(":");
        text.append(detail::decimal_text(endpoint.port()).view());
    }
    return text;
}

template <credential Credential>
constexpr account_fingerprint fingerprint_of(Credential const& credential) noexcept {
    // the id or token is the key of the HMAC, because keys are wiped after use
    const sha256_digest mac = [&]() noexcept {
        if constexpr (signing_credential<Credential>) {
            return hmac_sha256(std::string_view(credential.id()))("zenwire account, access key id");
        } else {
            return hmac_sha256(credential.secret_text())("zenwire account, bearer token");
        }
    }();
    return account_fingerprint(detail::hex_text(mac).view().substr(0, account_fingerprint::capacity()));
}

}  // namespace ZENWIRE_NAMESPACE

#endif
