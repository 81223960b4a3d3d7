// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TLS_SESSION_HPP
#define ZENWIRE_TESTS_EXAMPLES_TLS_SESSION_HPP

#include <memory>
#include <span>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "http_answer.hpp"

/// Whom sessions trust, and what they speak; for many of them, also at once.
using tls_context = std::shared_ptr<SSL_CTX>;

/// Trusts the certificates of the settings, or of the system; null when they cannot be read.
inline tls_context make_tls_context(transport_settings const& settings) {
    tls_context made(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    const bool is_ready = made != nullptr && SSL_CTX_set_min_proto_version(made.get(), TLS1_2_VERSION) == 1 &&
                          (settings.ca_file.empty() ? SSL_CTX_set_default_verify_paths(made.get())
                                                    : SSL_CTX_load_verify_file(made.get(), settings.ca_file.c_str())) == 1;
    return is_ready ? made : nullptr;
}

/// The client's side of TLS by OpenSSL, without I/O: OpenSSL sees no socket, only memory. Whoever owns the connection carries
/// the bytes: after each call what take_output() gives, and what arrives to give_input().
class tls_session {
public:
    /// What a call came to.
    enum class state : unsigned char { done, wants_input, ended, failed };
    struct result {
        state what;
        /// only for `done`: of how many bytes
        int count = 0;
    };

    /// Begins a session with a server whose certificate must be right, and made out to `host`.
    bool begin(tls_context const& context, std::string const& host) {
        session_.reset(context != nullptr ? SSL_new(context.get()) : nullptr);
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        if (session_ == nullptr || in_ == nullptr || out_ == nullptr) {
            BIO_free(std::exchange(in_, nullptr));
            BIO_free(std::exchange(out_, nullptr));
            session_ = nullptr;
            return false;
        }
        SSL_set_bio(session_.get(), in_, out_);
        SSL_set_verify(session_.get(), SSL_VERIFY_PEER, nullptr);
        if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session_.get()), host.c_str()) == 1) {
            return true;  // an address is no name to tell the server
        }
        std::string name = host;
        return SSL_set1_host(session_.get(), name.c_str()) == 1 &&
               SSL_ctrl(session_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
    }

    result shake_hands() {
        return run([&] { return SSL_connect(session_.get()); });
    }
    result write(std::string_view bytes) {
        return run([&] { return SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); });
    }
    /// `ended` when the other side has closed the session, which it must before the connection.
    result read(std::span<char> memory) {
        return run([&] { return SSL_read(session_.get(), memory.data(), static_cast<int>(memory.size())); });
    }

    /// The next bytes for the other side, a part of `memory`; none when there are no more.
    std::string_view take_output(std::span<char> memory) {
        const int count = BIO_read(out_, memory.data(), static_cast<int>(memory.size()));
        return {memory.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
    }
    bool give_input(std::string_view bytes) {
        return BIO_write(in_, bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
    }

private:
    template <class Call>
    result run(Call call) {
        ERR_clear_error();
        const int count = call();
        switch (SSL_get_error(session_.get(), count)) {
        case SSL_ERROR_NONE: return {state::done, count};
        case SSL_ERROR_WANT_READ: return {state::wants_input};
        case SSL_ERROR_ZERO_RETURN: return {state::ended};
        default: return {state::failed};
        }
    }

    std::unique_ptr<SSL, decltype(&SSL_free)> session_{nullptr, &SSL_free};
    // the session's
    BIO* in_ = nullptr;
    BIO* out_ = nullptr;
};

#endif
