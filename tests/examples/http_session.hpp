// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_HTTP_SESSION_HPP
#define ZENWIRE_TESTS_EXAMPLES_HTTP_SESSION_HPP

#include <array>
#include <optional>

#include "answer_reader.hpp"
#include "outgoing_request.hpp"
#include "tls_session.hpp"

/// A request and its response over one connection, without I/O, with or without TLS; for transports over bare connections,
/// which all do the same:
///
///     session.begin(request);
///     while (session.wants_more()) {
///         while (!session.output().empty()) {
///             session.sent(write(session.output()));
///         }
///         session.give(read());
///     }
///     return session.result();
///
/// Whoever fails to write or to read, or has no time left, leaves the loop. Whether that is `not_sent` or `unknown` is known
/// here, and nowhere else.
class http_session {
public:
    http_session(tls_context trusted, std::size_t max_body) : trusted_(std::move(trusted)), max_body_(max_body) {}

    /// For a new connection, or one that may_go_on(). The request must live until the result is there.
    void begin(outgoing_request const& request, bool is_new_connection = true) {
        request_ = &request;
        reader_.emplace(max_body_);
        is_sent_ = false;
        wants_more_ = true;
        if (is_new_connection) {
            is_https_ = request.to().is_https;
            has_ended_ = false;
            unsent_ = {};
            is_shaken_ = !is_https_;
            wants_more_ = !is_https_ || tls_.begin(trusted_, request.to().host);
        }
        advance();
    }

    [[nodiscard]] bool wants_more() const { return wants_more_; }

    /// The next bytes to write; they stay, until sent() says that so many of them are written.
    std::string_view output() {
        if (unsent_.empty() && is_https_) {
            unsent_ = tls_.take_output(memory_);
        }
        return unsent_;
    }
    void sent(std::size_t count) { unsent_.remove_prefix(count); }

    /// Takes what arrived, or nothing at all when the other side ended the connection.
    void give(std::string_view bytes) {
        has_ended_ = has_ended_ || bytes.empty();
        if (!is_https_) {
            wants_more_ = reader_->take(bytes);
        } else if (!bytes.empty() && tls_.give_input(bytes)) {
            advance();
        } else {
            wants_more_ = false;  // the session must end before the connection
        }
    }

    /// The response, or why there is none.
    [[nodiscard]] http_result result() { return is_sent_ ? reader_->result() : http_result(not_sent("no TLS session")); }

    /// Whether the connection may carry another request.
    [[nodiscard]] bool may_go_on() const { return !has_ended_ && reader_ && reader_->may_keep_connection(); }

private:
    void advance() {
        if (wants_more_ && !is_shaken_) {
            const tls_session::state state = tls_.shake_hands().what;
            is_shaken_ = state == tls_session::state::done;
            wants_more_ = is_shaken_ || state == tls_session::state::wants_input;
        }
        if (wants_more_ && is_shaken_ && !is_sent_) {
            is_sent_ = true;
            if (is_https_) {
                wants_more_ = tls_.write(request_->bytes()).what == tls_session::state::done;
            } else {
                unsent_ = request_->bytes();
            }
        }
        if (is_https_ && is_sent_) {
            read();
        }
    }

    /// Also what follows the response: a connection with that is fit for nothing more.
    void read() {
        std::array<char, 4096> memory{};
        tls_session::result result{tls_session::state::done};
        while (result.what == tls_session::state::done && (wants_more_ || reader_->is_complete())) {
            result = tls_.read(memory);
            has_ended_ = has_ended_ || result.what == tls_session::state::ended;
            if (result.what == tls_session::state::done || result.what == tls_session::state::ended) {
                wants_more_ = reader_->take({memory.data(), static_cast<std::size_t>(result.count)});
            } else {
                wants_more_ = wants_more_ && result.what == tls_session::state::wants_input;
            }
        }
    }

    tls_context trusted_;
    std::size_t max_body_;
    tls_session tls_{};
    std::optional<answer_reader> reader_{};
    outgoing_request const* request_ = nullptr;
    std::string_view unsent_{};
    std::array<char, 4096> memory_{};
    bool is_https_ = false;
    bool is_shaken_ = false;
    bool is_sent_ = false;
    bool wants_more_ = false;
    bool has_ended_ = false;
};

#endif
