// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_WINHTTP_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_WINHTTP_TRANSPORT_HPP

#include <array>
#include <memory>

#include <windows.h>
#include <winhttp.h>

#include "http_answer.hpp"
#include "outgoing_request.hpp"
#include "time_watch.hpp"

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
        const destination to(request);
        const owned session(WinHttpOpen(L"zenwire", WINHTTP_ACCESS_TYPE_NO_PROXY, nullptr, nullptr, 0));
        const owned connection(to.is_valid() ? WinHttpConnect(session.get(), wide(to.host).c_str(),
                                                              static_cast<INTERNET_PORT>(std::stoul(to.port)), 0)
                                             : nullptr);
        const DWORD flags = WINHTTP_FLAG_ESCAPE_DISABLE | WINHTTP_FLAG_ESCAPE_DISABLE_QUERY | WINHTTP_FLAG_NULL_CODEPAGE |
                            (to.is_https ? WINHTTP_FLAG_SECURE : 0U);
        owned exchange(WinHttpOpenRequest(connection.get(), wide(request.method).c_str(), wide(request.target).c_str(),
                                          nullptr, nullptr, nullptr, flags));
        if (exchange == nullptr || !set_up(session.get(), exchange.get(), request)) {
            return not_sent("WinHTTP could not be set up");
        }
        // whatever waits for it fails
        const time_watch watch(settings_.timeout, [&] { exchange.reset(); });
        return run(exchange.get(), std::string(request.body));
    }

    bool set_up(HINTERNET session, HINTERNET exchange, zenwire::request_view const& request) const {
        std::string fields;
        for (const zenwire::field each : request.fields) {
            fields.append(each.name).append(": ").append(each.value).append("\r\n");
        }
        const int time = static_cast<int>(settings_.timeout.count());
        DWORD off = WINHTTP_DISABLE_REDIRECTS | WINHTTP_DISABLE_COOKIES | WINHTTP_DISABLE_AUTHENTICATION |
                    WINHTTP_DISABLE_KEEP_ALIVE;
        DWORD versions = WINHTTP_FLAG_SECURE_PROTOCOL_TLS1_2;
        return WinHttpAddRequestHeaders(exchange, wide(fields).c_str(), static_cast<DWORD>(-1),
                                        WINHTTP_ADDREQ_FLAG_ADD | WINHTTP_ADDREQ_FLAG_REPLACE) != 0 &&
               WinHttpSetTimeouts(exchange, time, time, time, time) != 0 &&
               WinHttpSetOption(exchange, WINHTTP_OPTION_DISABLE_FEATURE, &off, sizeof(off)) != 0 &&
               WinHttpSetOption(session, WINHTTP_OPTION_SECURE_PROTOCOLS, &versions, sizeof(versions)) != 0;
    }

    http_result run(HINTERNET exchange, std::string bytes) const {
        auto size = static_cast<DWORD>(bytes.size());
        if (WinHttpSendRequest(exchange, nullptr, 0, bytes.data(), size, size, 0) == 0) {
            const DWORD why = GetLastError();
            const bool is_before = why == ERROR_WINHTTP_NAME_NOT_RESOLVED || why == ERROR_WINHTTP_CANNOT_CONNECT ||
                                   why == ERROR_WINHTTP_SECURE_FAILURE;
            return is_before ? http_result(not_sent("no connection")) : unknown("broken off while sending");
        }
        DWORD status = 0;
        constexpr DWORD number = WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER;
        if (WinHttpReceiveResponse(exchange, nullptr) == 0 ||
            WinHttpQueryHeaders(exchange, number, nullptr, &status, &(size = sizeof(status)), nullptr) == 0) {
            return unknown("no response");
        }
        http_answer answer{static_cast<int>(status), {}, {}};
        for (char const* const name : {"retry-after", "date", "cf-mitigated"}) {  // those that zenwire reads
            std::array<wchar_t, 128> value{};
            DWORD width = sizeof(value);
            if (WinHttpQueryHeaders(exchange, WINHTTP_QUERY_CUSTOM, wide(name).c_str(), value.data(), &width, nullptr) != 0) {
                answer.fields.emplace_back(name, std::string(value.data(), value.data() + width / sizeof(wchar_t)));
            }
        }
        std::array<char, 4096> piece{};
        DWORD count = 1;
        while (count > 0) {
            if (WinHttpReadData(exchange, piece.data(), static_cast<DWORD>(piece.size()), &count) == 0 ||
                answer.body.size() + count > settings_.max_body) {
                return unknown("the response broke off, or is too large");
            }
            answer.body.append(piece.data(), count);
        }
        return answer;
    }

    /// All of it is ASCII.
    static std::wstring wide(std::string_view text) { return {text.begin(), text.end()}; }

    transport_settings settings_;
};

#endif
