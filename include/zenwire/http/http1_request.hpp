// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_HTTP1_REQUEST_HPP
#define ZENWIRE_HTTP_HTTP1_REQUEST_HPP

#include <cstddef>
#include <span>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/http/message.hpp>

namespace ZENWIRE_NAMESPACE {

/// What happens to the connection after the response.
enum class connection_use : unsigned char {
    keep,   ///< the default of HTTP/1.1: nothing is added
    close,  ///< adds `connection: close`
};

template <>
inline constexpr detail::enum_row<connection_use> detail::enum_names<connection_use>[] = {
    {connection_use::keep, "keep"},
    {connection_use::close, "close"},
};

/// Writes a request as HTTP/1.1 (RFC 9112), for plain sockets. It adds `content-length`, and `connection: close` on request; all
/// else stays as it is in the request_view. No heap.
///
/// A view: what the request_view refers to must outlive it.
class http1_request {
public:
    /// @return errc::invalid_field for a method, target or field that would not arrive unchanged (a line end, a space at either
    ///         end), when there is not exactly one `host`, and for a field that only the HTTP stack, here this class, may add:
    ///         `content-length`, `transfer-encoding`, `connection`
    [[nodiscard]] static constexpr expected<http1_request> make(request_view const& request,
                                                                connection_use use = connection_use::keep) noexcept {
        // a method is a token, like the name of a field
        if (!detail::is_field_name(request.method) || !is_target(request.target)) {
            return refuse(errc::invalid_field, blame::local,
                          "the method must be a token, and the target visible ASCII that begins with /");
        }
        std::size_t hosts = 0;
        for (const field each : request.fields) {
            if (!detail::is_field_name(each.name) || !detail::is_field_value(each.value)) {
                return refuse(errc::invalid_field, blame::local, "a field has characters that a header cannot carry");
            }
            for (const std::string_view own : {"content-length", "transfer-encoding", "connection"}) {
                if (detail::ascii::equal_ignoring_case(each.name, own)) {
                    return refuse(errc::invalid_field, blame::local,
                                  "the request has a field that only the HTTP stack may add", own);
                }
            }
            hosts += detail::ascii::equal_ignoring_case(each.name, "host") ? 1U : 0U;
        }
        if (hosts != 1) {
            return refuse(errc::invalid_field, blame::local, "the request must have one host", "host");
        }
        return http1_request(request, use);
    }

    /// Calls `sink(std::string_view)` with one piece after the other, none of them empty: about four for each field, and
    /// the body as the last one. Nothing is copied; the pieces are views of this object and of the request.
    template <class Sink>
    constexpr void for_each_piece(Sink&& sink) const {
        for (const std::string_view piece : {request_.method, " "sv, request_.target, " HTTP/1.1\r\n"sv}) {
            sink(piece);
        }
        for (const field each : request_.fields) {
            sink(each.name);
            sink(": "sv);
            if (!each.value.empty()) {
                sink(each.value);
            }
            sink("\r\n"sv);
        }
        if (use_ == connection_use::close) {
            sink("connection: close\r\n"sv);
        }
        sink("content-length: "sv);
        sink(body_size_.view());
        sink("\r\n\r\n"sv);
        if (!request_.body.empty()) {
            sink(request_.body);
        }
    }

    /// How many bytes the request has.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t sum = 0;
        for_each_piece([&](std::string_view piece) noexcept { sum += piece.size(); });
        return sum;
    }

    /// Writes the request into memory of the caller. That memory then holds an authorization: wipe it with secure_zero() after
    /// sending.
    /// @return the request, a view of `memory`; errc::buffer_too_small when it has less than size() bytes, and nothing is written
    [[nodiscard]] constexpr expected<std::string_view> write_to(
        std::span<char> memory ZENWIRE_LIFETIMEBOUND) const noexcept {
        if (memory.size() < size()) {
            return refuse(errc::buffer_too_small, blame::local, "the memory is too small for the request");
        }
        buffer_writer out(memory);
        for_each_piece([&](std::string_view piece) noexcept { out.append(piece); });
        return out.written();
    }

private:
    constexpr http1_request(request_view const& request, connection_use use) noexcept
        : request_(request), use_(use), body_size_(request.body.size()) {}

    static constexpr bool is_target(std::string_view target) noexcept {
        return target.starts_with('/') && detail::ascii::is_visible(target);
    }

    request_view request_;
    connection_use use_;
    detail::decimal_text body_size_;  // the text, to which a piece refers
};

}  // namespace ZENWIRE_NAMESPACE

#endif
