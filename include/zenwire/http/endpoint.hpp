// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_ENDPOINT_HPP
#define ZENWIRE_HTTP_ENDPOINT_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/error.hpp>

namespace ZENWIRE_NAMESPACE {

/// Where the API is: scheme, host and port, validated. By default `https://console.zenlayer.com`, the only
/// documented one.
class endpoint {
public:
    /// How to connect: with TLS or, for tests on one's own machine, without.
    enum class scheme : unsigned char { https, http };

    constexpr endpoint() noexcept : authority_("console.zenlayer.com"sv) {}

    /// From `host`, `host:port`, `https://host:port` or `http://host:port`. The host is a name of letters, digits, hyphens,
    /// underscores and dots, an IPv4 address, or an IPv6 address in brackets. Upper case becomes lower case. A port is kept as
    /// given, even the scheme's default port, because it is signed. No query or user name, and no path but a single `/`.
    /// @return errc::invalid_endpoint with a message that says what is wrong
    [[nodiscard]] static constexpr expected<endpoint> make(std::string_view text) noexcept;

    /// How to connect.
    [[nodiscard]] constexpr scheme transfer_scheme() const noexcept { return scheme_; }
    /// `https` or `http`
    [[nodiscard]] constexpr std::string_view scheme_text() const noexcept {
        return scheme_ == scheme::https ? "https"sv : "http"sv;
    }
    /// Host, and `:port` when one was given: the value of the `host` field. A view of this object.
    [[nodiscard]] constexpr std::string_view authority() const noexcept ZENWIRE_LIFETIMEBOUND {
        return authority_.view();
    }
    /// The host alone; an IPv6 address keeps its brackets. A view of this object.
    [[nodiscard]] constexpr std::string_view host() const noexcept ZENWIRE_LIFETIMEBOUND {
        return authority().substr(0, host_size(authority()));
    }
    /// The port to connect to: the given one, else 443 or 80.
    [[nodiscard]] constexpr unsigned port() const noexcept {
        const std::string_view digits = authority().substr(host().size());
        if (digits.empty()) {
            return scheme_ == scheme::https ? 443 : 80;
        }
        return port_number(digits.substr(1));
    }

private:
    static constexpr refusal too_long =
        error::make(errc::invalid_endpoint, blame::local, "the endpoint is too long", "endpoint");
    static constexpr refusal wrong_form = error::make(
        errc::invalid_endpoint, blame::local,
        "the endpoint must be a host name, an IPv4 address or an IPv6 address in brackets, optionally with https:// or "
        "http:// before and :port behind it; no path, no user name",
        "endpoint");
    static constexpr refusal wrong_port = error::make(
        errc::invalid_endpoint, blame::local, "the port of the endpoint must be a number from 1 to 65535", "endpoint");

    static constexpr std::size_t host_size(std::string_view authority) noexcept {
        const bool in_brackets = authority.starts_with('[');
        for (std::size_t i = 0; i < authority.size(); ++i) {
            if (in_brackets && authority[i] == ']') {
                return i + 1;
            }
            if (!in_brackets && authority[i] == ':') {
                return i;
            }
        }
        return authority.size();
    }

    /// The port that the digits mean; 0 when they are no port.
    static constexpr unsigned port_number(std::string_view digits) noexcept {
        constexpr unsigned last_port = 65535;
        unsigned number = 0;
        for (const char c : digits) {
            if (!detail::ascii::is_decimal_digit(c)) {
                return 0;
            }
            number = number * 10U + static_cast<unsigned>(c - '0');
            if (number > last_port) {
                return 0;
            }
        }
        return number;
    }

    static constexpr bool is_host_name(std::string_view host) noexcept {
        for (const char c : host) {
            if (!detail::ascii::is_alphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return !host.empty();
    }

    static constexpr bool is_ipv4_address(std::string_view text) noexcept {
        constexpr unsigned largest = 255;
        std::size_t numbers = 0;
        while (!text.empty() && detail::ascii::is_decimal_digit(text.front())) {
            unsigned number = 0;
            while (!text.empty() && detail::ascii::is_decimal_digit(text.front()) && number <= largest) {
                number = number * 10U + static_cast<unsigned>(text.front() - '0');
                text.remove_prefix(1);
            }
            if (number > largest) {
                return false;
            }
            ++numbers;
            text.remove_prefix(numbers < 4 && text.starts_with('.') ? 1 : 0);
        }
        return numbers == 4 && text.empty();
    }

    /// Eight groups of up to four hexadecimal digits (RFC 4291, section 2.2): `::` stands once for one or more groups of
    /// zero, and an IPv4 address may stand for the last two.
    static constexpr bool is_ipv6_address(std::string_view text) noexcept {
        constexpr std::size_t all_groups = 8;
        constexpr std::size_t max_digits = 4;
        std::size_t groups = 0;
        bool is_shortened = text.starts_with("::"sv);
        text.remove_prefix(is_shortened ? 2 : 0);
        while (!text.empty()) {
            if (is_ipv4_address(text)) {
                groups += 2;
                break;
            }
            std::size_t digits = 0;
            while (digits < text.size() && detail::ascii::hexadecimal_value(text[digits]) < 16) {
                ++digits;
            }
            if (digits == 0 || digits > max_digits) {
                return false;
            }
            ++groups;
            text.remove_prefix(digits);
            if (text.starts_with("::"sv) && !is_shortened) {
                is_shortened = true;
                text.remove_prefix(2);
            } else if (text.starts_with(':') && text.size() > 1) {
                text.remove_prefix(1);
            }
        }
        return is_shortened ? groups < all_groups : groups == all_groups;
    }

    static constexpr bool is_ipv6_literal(std::string_view host) noexcept {
        return host.starts_with('[') && host.ends_with(']') && is_ipv6_address(host.substr(1, host.size() - 2));
    }

    scheme scheme_ = scheme::https;
    inline_string<limits::authority> authority_;
};

template <>
inline constexpr detail::enum_row<endpoint::scheme> detail::enum_names<endpoint::scheme>[] = {
    {endpoint::scheme::https, "https"},
    {endpoint::scheme::http, "http"},
};

constexpr expected<endpoint> endpoint::make(std::string_view text) noexcept {
    endpoint result;
    constexpr std::string_view https = "https://";
    constexpr std::string_view http = "http://";
    if (detail::ascii::equal_ignoring_case(text.substr(0, https.size()), https)) {
        text.remove_prefix(https.size());
    } else if (detail::ascii::equal_ignoring_case(text.substr(0, http.size()), http)) {
        text.remove_prefix(http.size());
        result.scheme_ = scheme::http;
    }
    if (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    const std::string_view host = text.substr(0, host_size(text));
    const std::string_view rest = text.substr(host.size());
    if (text.size() > limits::authority) {
        return refuse(too_long);
    }
    // another scheme is no host with a wrong port
    if (rest.starts_with("://") || (!is_host_name(host) && !is_ipv6_literal(host))) {
        return refuse(wrong_form);
    }
    if (!rest.empty() && (!rest.starts_with(':') || rest.size() > 6 || port_number(rest.substr(1)) == 0)) {
        return refuse(wrong_port);
    }
    result.authority_.clear();
    for (const char c : text) {
        const char lower = detail::ascii::to_lower(c);
        result.authority_.append(std::string_view(&lower, std::size_t{1}));
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
