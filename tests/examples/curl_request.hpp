// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CURL_REQUEST_HPP
#define ZENWIRE_TESTS_EXAMPLES_CURL_REQUEST_HPP

#include "curl_field_list.hpp"
#include "http_answer.hpp"

/// One request on a handle of libcurl of its own, and the response to it. No redirects, proxy, netrc or cookies, whatever
/// the environment says. libcurl does the TLS.
class curl_request {
public:
    curl_request(zenwire::request_view const& request, transport_settings const& settings)
        : is_https_(request.scheme == "https"), max_body_(settings.max_body), body_(request.body),
          fields_(request.fields) {
        ready_ = handle_ != nullptr && fields_.is_complete() && (is_https_ || request.scheme == "http");
        using option = std::pair<CURLoption, long>;
        for (auto const& [name, value] :
             {option(CURLOPT_POST, 1), option(CURLOPT_PATH_AS_IS, 1), option(CURLOPT_NOSIGNAL, 1),
              // on a connection that it kept, libcurl may silently send a second time
              option(CURLOPT_FRESH_CONNECT, 1), option(CURLOPT_FORBID_REUSE, 1), option(CURLOPT_FOLLOWLOCATION, 0),
              option(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1), option(CURLOPT_NETRC, CURL_NETRC_IGNORED),
              option(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2), option(CURLOPT_SSL_VERIFYPEER, 1),
              option(CURLOPT_SSL_VERIFYHOST, 2), option(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()))}) {
            set(name, value);
        }
        set(CURLOPT_URL, std::string(request.scheme).append("://").append(request.authority).append(request.target).c_str());
        set(CURLOPT_PROXY, "");
        set(CURLOPT_HTTPHEADER, fields_.get());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
        set(CURLOPT_POSTFIELDS, body_.c_str());
        if (!settings.ca_file.empty()) {
            set(CURLOPT_CAINFO, settings.ca_file.c_str());
        }
        set(CURLOPT_ERRORBUFFER, &message_[0]);
        set(CURLOPT_HEADERFUNCTION, &take_line);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, this);
    }
    curl_request(curl_request const&) = delete;
    curl_request& operator=(curl_request const&) = delete;
    ~curl_request() { curl_easy_cleanup(handle_); }

    /// Whether libcurl took all of it; if not, do not send it.
    [[nodiscard]] bool is_ready() const { return ready_; }
    [[nodiscard]] CURL* handle() const { return handle_; }

    /// The response, or why there is none. `code` is what libcurl ended with.
    [[nodiscard]] http_result result(CURLcode code) {
        if (code != CURLE_OK) {
            // Nothing can have left before the connection, or the TLS session, was there: then this time is 0.
            curl_off_t connected = 1;
            curl_easy_getinfo(handle_, is_https_ ? CURLINFO_APPCONNECT_TIME_T : CURLINFO_CONNECT_TIME_T, &connected);
            return connected == 0 ? not_sent(message_) : unknown(message_);
        }
        if (!has_whole_head_) {
            return unknown("the connection ended within the head of the response");  // no failure to libcurl 7.88
        }
        long status = 0;
        curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
        answer_.status = static_cast<int>(status);
        return std::move(answer_);
    }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        ready_ = ready_ && curl_easy_setopt(handle_, option, value) == CURLE_OK;
    }
    static std::size_t take_line(char* data, std::size_t, std::size_t size, curl_request* self) {
        const std::string_view line(data, size);  // of a head, or of what follows the chunks
        self->has_whole_head_ = !line.starts_with("HTTP/") && (self->has_whole_head_ || line == "\r\n");
        return self->take(size, [&] { self->answer_.add_line({data, size}); });
    }
    static std::size_t take_body(char* data, std::size_t, std::size_t size, curl_request* self) {
        return self->take(size, [&] { self->answer_.body.append(data, size); });
    }
    /// Keeps what came if there is room; nothing may be thrown through libcurl. Else it ends the request.
    template <class Keep>
    std::size_t take(std::size_t size, Keep keep) noexcept try {
        keep();
        return (received_ += size) <= max_body_ ? size : 0;
    } catch (...) {
        return 0;
    }

    bool is_https_;
    bool ready_ = true;
    bool has_whole_head_ = false;
    std::size_t max_body_;
    std::size_t received_ = 0;
    std::string body_;
    curl_field_list fields_;
    CURL* handle_ = curl_easy_init();
    char message_[CURL_ERROR_SIZE]{};
    http_answer answer_{};
};

#endif
