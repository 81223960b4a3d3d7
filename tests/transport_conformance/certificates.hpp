// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_CERTIFICATES_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_CERTIFICATES_HPP

#include <memory>
#include <string>

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <zenwire/testing/transport_scenario.hpp>

namespace transport_conformance {

struct free_openssl {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* session) const { SSL_free(session); }
};

template <class Object>
using owned = std::unique_ptr<Object, free_openssl>;

/// A key and the certificate for it.
struct identity {
    owned<EVP_PKEY> key{};
    owned<X509> certificate{};
};

/// What the server of the scenarios shows: a certificate of each kind, made when the tests run.
class certificates {
public:
    certificates();

    [[nodiscard]] identity const& of(zenwire::transport_scenario::tls kind) const;
    /// Who vouches for the right ones, in PEM: what a transport is told to trust.
    [[nodiscard]] std::string trusted() const;

private:
    identity authority_{};
    identity stranger_{};
    identity right_{};
    identity untrusted_{};
    identity other_host_{};
    identity expired_{};
};

}  // namespace transport_conformance

#endif
