// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_CLIENT_HPP
#define ZENWIRE_CLIENT_CLIENT_HPP

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/client/endpoint_name.hpp>
#include <zenwire/client/retry_policy.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE {

/// What a caller may choose about all requests of a client.
struct client_options {
    /// How attempts are repeated.
    retry_policy retry{};
    /// How requests are written.
    request_options request{};
};

/// Whom to talk to, and as whom: a service at an endpoint, a credential, and how to repeat. Prepares what is the same for
/// all requests. Const calls may come from many threads.
///
/// Refers to the credential, which must outlive it; copies the rest. Options that HTTP cannot carry are reported by the
/// first action that is sent.
template <credential Credential>
class client {
public:
    /// @param credential must outlive the client
    constexpr client(service const& service, endpoint const& endpoint,
                     Credential const& credential ZENWIRE_LIFETIMEBOUND, client_options const& options = {}) noexcept
        : prepared_(request_template<>::make(service, endpoint, options.request)), endpoint_name_(name_of(endpoint)),
          credential_(&credential), retry_(options.retry) {}
    // the credential must outlive the client, and there must be one
    client(service const&, endpoint const&, Credential const&& temporary, client_options const& = {}) = delete;
    client(service const&, endpoint const&, expected<Credential> const& unchecked, client_options const& = {}) = delete;

    /// The service at the endpoint, or what request_template::make() returned instead.
    [[nodiscard]] constexpr expected<request_template<>> const& prepared() const noexcept ZENWIRE_LIFETIMEBOUND {
        return prepared_;
    }
    /// Where it is, as it may be stored and compared.
    [[nodiscard]] constexpr zenwire::endpoint_name const& endpoint_name() const noexcept ZENWIRE_LIFETIMEBOUND {
        return endpoint_name_;
    }
    /// Who asks.
    [[nodiscard]] constexpr Credential const& used_credential() const noexcept { return *credential_; }
    /// How attempts are repeated.
    [[nodiscard]] constexpr retry_policy const& retry() const noexcept ZENWIRE_LIFETIMEBOUND { return retry_; }

private:
    expected<request_template<>> prepared_;
    zenwire::endpoint_name endpoint_name_;
    Credential const* credential_;
    retry_policy retry_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
