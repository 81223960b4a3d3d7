// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CURL_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_CURL_TRANSPORT_HPP

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>

#include <zenwire/base/secure_zero.hpp>
#include <zenwire/client/transport.hpp>

/// A transport over libcurl. No redirects, proxy, netrc or cookies, whatever the environment says.
class curl_transport {
public:
    struct answer {
        int status = 0;
        std::string body{};
        std::vector<std::pair<std::string, std::string>> fields{};
        std::size_t received = 0;
    };

    zenwire::expected<answer, zenwire::transport_error> operator()(zenwire::request_view const& request) const {
        using zenwire::transport_failure;
        // A handle of its own for each request: on a connection that it kept, libcurl may silently send a second time.
        const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), &curl_easy_cleanup);
        const bool is_https = request.scheme == "https";
        bool ready = handle != nullptr && (is_https || request.scheme == "http");
        // libcurl adds these of its own, unless they are asked for without a value
        std::unique_ptr<curl_slist, decltype(&wipe_and_free)> fields(curl_slist_append(nullptr, "Accept:"),
                                                                     &wipe_and_free);
        ready = ready && fields && curl_slist_append(fields.get(), "Expect:") &&
                curl_slist_append(fields.get(), "User-Agent:");
        for (const zenwire::field each : request.fields) {
            const std::string line = std::string(each.name) + ": " + std::string(each.value);
            ready = ready && curl_slist_append(fields.get(), line.c_str()) != nullptr;
        }
        const std::string url =
            std::string(request.scheme).append("://").append(request.authority).append(request.target);
        const std::string body(request.body);
        answer result;
        char message[CURL_ERROR_SIZE]{};
        const auto set = [&](CURLoption option, auto value) {
            ready = ready && curl_easy_setopt(handle.get(), option, value) == CURLE_OK;
        };
        for (const auto& [option, value] :
             std::initializer_list<std::pair<CURLoption, long>>{{CURLOPT_POST, 1},
                                                                {CURLOPT_FOLLOWLOCATION, 0},
                                                                {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
                                                                {CURLOPT_PATH_AS_IS, 1},
                                                                {CURLOPT_NETRC, CURL_NETRC_IGNORED},
                                                                {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
                                                                {CURLOPT_SSL_VERIFYPEER, 1},
                                                                {CURLOPT_SSL_VERIFYHOST, 2},
                                                                {CURLOPT_NOSIGNAL, 1},
                                                                {CURLOPT_CONNECTTIMEOUT, 10},
                                                                {CURLOPT_TIMEOUT, 60}}) {
            set(option, value);
        }
        set(CURLOPT_ERRORBUFFER, &message[0]);
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROXY, "");
        set(CURLOPT_HTTPHEADER, fields.get());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        set(CURLOPT_POSTFIELDS, body.c_str());
        set(CURLOPT_HEADERFUNCTION, &take_header);
        set(CURLOPT_HEADERDATA, &result);
        set(CURLOPT_WRITEFUNCTION, &take_body);
        set(CURLOPT_WRITEDATA, &result);
        if (!ready) {
            return zenwire::unexpected(
                zenwire::transport_error(transport_failure::not_sent, "libcurl could not be set up"));
        }
        if (curl_easy_perform(handle.get()) != CURLE_OK) {
            // Nothing can have left before the connection, or the TLS session, was there: then this time is 0.
            curl_off_t connected = 1;
            curl_easy_getinfo(handle.get(), is_https ? CURLINFO_APPCONNECT_TIME_T : CURLINFO_CONNECT_TIME_T,
                              &connected);
            return zenwire::unexpected(zenwire::transport_error(
                connected == 0 ? transport_failure::not_sent : transport_failure::unknown, std::string_view(message)));
        }
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        result.status = static_cast<int>(status);
        return result;
    }

private:
    static void wipe_and_free(curl_slist* list) {
        for (curl_slist* each = list; each != nullptr; each = each->next) {
            zenwire::secure_zero(std::span(each->data, std::strlen(each->data)));
        }
        curl_slist_free_all(list);
    }
    static std::size_t take_header(char* data, std::size_t, std::size_t size, answer* result) {
        const std::string_view line(data, size);
        if (const std::size_t colon = line.find(':'); colon != line.npos && !line.starts_with("HTTP/")) {
            const std::string_view value = line.substr(colon + 1, line.find_last_not_of("\r\n") - colon);
            result->fields.emplace_back(line.substr(0, colon), zenwire::ascii::trim(value));
        }
        return (result->received += size) <= zenwire::limits::response_body ? size : 0;
    }
    static std::size_t take_body(char* data, std::size_t, std::size_t size, answer* result) {
        result->body.append(data, size);
        return (result->received += size) <= zenwire::limits::response_body ? size : 0;
    }
};

#endif
