// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TLS_CONNECTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_TLS_CONNECTION_HPP

#include <memory>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "http_answer.hpp"
#include "tcp_connection.hpp"

/// TLS by OpenSSL over a tcp_connection, for posix_transport. OpenSSL sees no socket, only memory: the bytes go in and out
/// through the connection below, whatever that is.
class tls_connection {
public:
    using time_point = tcp_connection::time_point;

    static constexpr std::string_view scheme = "https";

    /// Trusts the certificates of the settings, or of the system.
    explicit tls_connection(transport_settings const& settings)
        : connection_(settings), context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
        SSL_CTX* const context = context_.get();
        is_ready_ = context != nullptr && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
                    (settings.ca_file.empty() ? SSL_CTX_set_default_verify_paths(context)
                                              : SSL_CTX_load_verify_file(context, settings.ca_file.c_str())) == 1;
    }

    /// Succeeds when the session is there, and the certificate is right and made out to `host`. After a failure it is
    /// closed.
    bool open(std::string const& host, unsigned port, time_point deadline) {
        close();
        const bool opened = begin_session(host) && connection_.open(host, port, deadline) &&
                            run([&] { return SSL_connect(session_.get()); }, deadline) == 1;
        if (!opened) {
            close();
        }
        return opened;
    }

    void close() {
        session_ = nullptr;
        connection_.close();
    }

    bool is_idle() const { return session_ != nullptr && SSL_pending(session_.get()) == 0 && connection_.is_idle(); }

    bool send(std::string_view bytes, time_point deadline) {
        const int size = static_cast<int>(bytes.size());
        return run([&] { return SSL_write(session_.get(), bytes.data(), size); }, deadline) == size;
    }

    std::ptrdiff_t receive(char* memory, std::size_t size, time_point deadline) {
        return run([&] { return SSL_read(session_.get(), memory, static_cast<int>(size)); }, deadline);
    }

private:
    bool begin_session(std::string const& host) {
        session_.reset(is_ready_ ? SSL_new(context_.get()) : nullptr);
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        if (session_ == nullptr || in_ == nullptr || out_ == nullptr) {
            BIO_free(in_);
            BIO_free(out_);
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

    /// Does one thing, with as many bytes from and to the connection as it takes; 0 at the end of the session, negative for
    /// a failure. A connection that ends before its session is a failure.
    template <class Step>
    int run(Step step, time_point deadline) {
        while (true) {
            ERR_clear_error();
            const int result = step();
            const int why = SSL_get_error(session_.get(), result);
            char bytes[4096];
            for (int count = 0; (count = BIO_read(out_, &bytes[0], sizeof(bytes))) > 0;) {
                if (!connection_.send({&bytes[0], static_cast<std::size_t>(count)}, deadline)) {
                    return -1;
                }
            }
            if (result > 0 || why != SSL_ERROR_WANT_READ) {
                return result > 0 ? result : why == SSL_ERROR_ZERO_RETURN ? 0 : -1;
            }
            const std::ptrdiff_t count = connection_.receive(&bytes[0], sizeof(bytes), deadline);
            if (count <= 0 || BIO_write(in_, &bytes[0], static_cast<int>(count)) != count) {
                return -1;
            }
        }
    }

    tcp_connection connection_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> session_{nullptr, &SSL_free};
    // the session's
    BIO* in_ = nullptr;
    BIO* out_ = nullptr;
    bool is_ready_ = false;
};

#endif
