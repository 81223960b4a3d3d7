// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_WINHTTP_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_WINHTTP_TRANSPORT_HPP

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <windows.h>
#include <winhttp.h>

#include <zenwire/http/endpoint.hpp>

#include "http_answer.hpp"

/// A transport over WinHTTP, the HTTP of Windows for services; TLS by Windows, with its certificates. Compiled by the matrix,
/// and asked for a host that refuses under wine; not proved on Windows.
///
/// WinHTTP sends a request again by itself when a connection that it kept has ended: none is kept, and each request has a
/// session of its own. Its time-outs are those of single steps, so a thread closes the request when the whole takes too long.
class winhttp_transport {
public:
    explicit winhttp_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] { return send(request); });
    }

private:
    struct closer {
        void operator()(HINTERNET handle) const { WinHttpCloseHandle(handle); }
    };
    using owned = std::unique_ptr<void, closer>;

    http_result send(zenwire::request_view const& request) const {
        const auto place = zenwire::endpoint::make(std::string(request.scheme).append("://").append(request.authority));
        const bool is_https = request.scheme == "https";
        const owned session(WinHttpOpen(L"zenwire", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0));
        const owned connection(
            place ? WinHttpConnect(session.get(), wide(place->host()).c_str(), static_cast<INTERNET_PORT>(place->port()), 0)
                  : nullptr);
        const DWORD flags = WINHTTP_FLAG_ESCAPE_DISABLE | WINHTTP_FLAG_ESCAPE_DISABLE_QUERY | WINHTTP_FLAG_NULL_CODEPAGE |
                            (is_https ? WINHTTP_FLAG_SECURE : 0U);
        owned exchange(WinHttpOpenRequest(connection.get(), wide(request.method).c_str(), wide(request.target).c_str(),
                                          nullptr, nullptr, nullptr, flags));
        std::string fields;
        for (const zenwire::field each : request.fields) {
            fields.append(each.name).append(": ").append(each.value).append("\r\n");
        }
        const std::wstring lines = wide(fields);
        constexpr DWORD add = WINHTTP_ADDREQ_FLAG_ADD | WINHTTP_ADDREQ_FLAG_REPLACE;
        const bool is_ready = exchange != nullptr && set_up(session.get(), exchange.get(), is_https) &&
                              WinHttpAddRequestHeaders(exchange.get(), lines.c_str(), static_cast<DWORD>(-1), add) != 0;
        if (!is_ready) {
            return not_sent("WinHTTP could not be set up");
        }
        std::mutex mutex;
        std::condition_variable_any never;
        const std::jthread watch([&](std::stop_token const& done) {
            std::unique_lock lock(mutex);
            never.wait_for(lock, done, settings_.timeout, [] { return false; });
            if (!done.stop_requested()) {
                exchange.reset();  // whatever waits for it fails
            }
        });
        return run(exchange.get(), request.body);
    }

    http_result run(HINTERNET exchange, std::string_view body) const {
        std::string bytes(body);
        const auto size = static_cast<DWORD>(bytes.size());
        if (WinHttpSendRequest(exchange, nullptr, 0, bytes.data(), size, size, 0) == 0) {
            const DWORD why = GetLastError();
            const bool is_before = why == ERROR_WINHTTP_NAME_NOT_RESOLVED || why == ERROR_WINHTTP_CANNOT_CONNECT ||
                                   why == ERROR_WINHTTP_SECURE_FAILURE;
            return is_before ? http_result(not_sent("no connection")) : unknown("broken off while sending");
        }
        http_answer answer;
        DWORD status = 0;
        DWORD room = sizeof(status);
        if (WinHttpReceiveResponse(exchange, nullptr) == 0 ||
            WinHttpQueryHeaders(exchange, WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER, nullptr, &status, &room,
                                nullptr) == 0) {
            return unknown("no response");
        }
        answer.status = static_cast<int>(status);
        for (wchar_t const* const name : {L"retry-after", L"date", L"cf-mitigated"}) {
            std::array<wchar_t, 128> value{};
            DWORD width = sizeof(value);
            if (WinHttpQueryHeaders(exchange, WINHTTP_QUERY_CUSTOM, name, value.data(), &width, nullptr) != 0) {
                answer.fields.emplace_back(narrow(name), narrow(value.data()));
            }
        }
        std::array<char, 4096> piece{};
        DWORD count = 1;
        while (count > 0) {
            if (WinHttpReadData(exchange, piece.data(), static_cast<DWORD>(piece.size()), &count) == 0 ||
                answer.body.size() + count > settings_.most_body) {
                return unknown("the response broke off, or is too large");
            }
            answer.body.append(piece.data(), count);
        }
        return answer;
    }

    bool set_up(HINTERNET session, HINTERNET exchange, bool is_https) const {
        const int time = static_cast<int>(settings_.timeout.count());
        DWORD off = WINHTTP_DISABLE_REDIRECTS | WINHTTP_DISABLE_COOKIES | WINHTTP_DISABLE_AUTHENTICATION |
                    WINHTTP_DISABLE_KEEP_ALIVE;
        DWORD versions = WINHTTP_FLAG_SECURE_PROTOCOL_TLS1_2;
        return WinHttpSetTimeouts(exchange, time, time, time, time) != 0 &&
               WinHttpSetOption(exchange, WINHTTP_OPTION_DISABLE_FEATURE, &off, sizeof(off)) != 0 &&
               (!is_https ||
                WinHttpSetOption(session, WINHTTP_OPTION_SECURE_PROTOCOLS, &versions, sizeof(versions)) != 0);
    }

    /// All of it is ASCII.
    static std::wstring wide(std::string_view text) { return {text.begin(), text.end()}; }
    static std::string narrow(std::wstring_view text) {
        std::string result;
        for (const wchar_t each : text) {
            result.push_back(static_cast<char>(each));
        }
        return result;
    }

    transport_settings settings_;
};

#endif
