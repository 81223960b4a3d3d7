// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_REQUEST_LAYOUT_HPP
#define ZENWIRE_PROTOCOL_DETAIL_REQUEST_LAYOUT_HPP

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/bytes.hpp>
#include <zenwire/base/detail/is_constant_evaluated.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/http/fields.hpp>
#include <zenwire/http/message.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The most fields a request has.
inline constexpr std::size_t request_field_count = 11;

/// Where the parts of a request's head lie. Offsets only, so that the memory may move.
struct request_layout {
    constexpr request_layout() noexcept { begin_without_values(fields); }
    constexpr request_layout(request_layout const& other) noexcept : request_layout() { *this = other; }
    constexpr request_layout& operator=(request_layout const& other) noexcept {
        if (is_constant_evaluated()) {
            fields = other.fields;
        } else {
            // bytes, since not all of them need to be there
            std::memcpy(fields.data(), other.fields.data(), sizeof(fields));
        }
        field_count = other.field_count;
        head_size = other.head_size;
        target_size = other.target_size;
        is_https = other.is_https;
        return *this;
    }

    /// The first `field_count` of them are there.
    std::array<field_position, request_field_count> fields;
    /// how many fields there are
    std::size_t field_count = 0;
    /// bytes of the request line and the fields
    std::size_t head_size = 0;
    /// bytes of the path, which begins behind `POST `
    std::size_t target_size = 0;
    /// how to connect
    bool is_https = true;

    /// The request that lies in `head` and `body`; the view refers to them and to this object.
    [[nodiscard]] constexpr request_view view(char const* head, std::string_view body) const noexcept {
        constexpr std::size_t separator = 2;  // ": "
        request_view request{};  // GCC 14 for ARM calls a declaration without braces an unused value
        request.scheme = is_https ? "https"sv : "http"sv;
        request.authority = {head + fields[0].name_begin + fields[0].name_size + separator,
                             std::size_t{fields[0].value_size}};
        request.target = {head + request.method.size() + 1, target_size};
        request.fields = {std::string_view(head, head_size), fields.data(), field_count};
        request.body = body;
        return request;
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
