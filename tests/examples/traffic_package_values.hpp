// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_VALUES_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_VALUES_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <zenwire/zenwire.hpp>

#include "traffic_package_arguments.hpp"
#include "traffic_package_surroundings.hpp"

/// @file
/// The values of the options of the program traffic_package, as numbers, sizes and endpoints.

/// What the arguments say, checked.
struct task {
    surroundings around;
    std::optional<zenwire::traffic_package_size> size{};
    zenwire::workflow_options options{};
    std::optional<std::int64_t> month{};
};

inline bool is_loopback(zenwire::endpoint const& endpoint) {
    return endpoint.host() == "127.0.0.1" || endpoint.host() == "localhost" || endpoint.host() == "[::1]";
}

/// @param text of a server on this machine also without a scheme
inline zenwire::expected<zenwire::endpoint> read_endpoint(std::string_view text) {
    auto endpoint = zenwire::endpoint::make(text);
    if (endpoint && is_loopback(*endpoint) && text.find("://") == std::string_view::npos) {
        endpoint = zenwire::endpoint::make("http://" + std::string(text));
    }
    return endpoint;
}

/// What was probably meant by a size with a unit or a comma, as it is typed; empty where that is not clear.
inline std::string meant_size(std::string_view typed) {
    std::string number(typed);
    std::erase(number, ' ');
    std::ranges::transform(number, number.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    std::int64_t divisor = 1;
    for (auto const& [unit, factor] : {std::pair{"TB", 1}, {"T", 1}, {"GB", 1000}, {"G", 1000}}) {
        if (number.ends_with(unit)) {
            number.resize(number.size() - std::string_view(unit).size());
            divisor = factor;
            break;
        }
    }
    if (const auto comma = number.find(','); comma != std::string::npos) {
        number[comma] = '.';
    }
    if (number.starts_with('.')) {
        number.insert(0, "0");
    }
    const auto size = zenwire::traffic_package_size::parse(number);
    if (!size || size->units() % divisor != 0) {
        return {};
    }
    const std::string text = terabytes(*zenwire::traffic_package_size::from_units(size->units() / divisor));
    return text.substr(0, text.find(' '));
}

inline zenwire::traffic_package_size read_size(std::string_view typed) {
    const auto size = zenwire::traffic_package_size::parse(typed);
    if (!size) {
        const std::string meant = meant_size(typed);
        throw usage_error("--size \"" + std::string(typed) + "\": " + std::string(size.error().message.view()) +
                          (meant.empty() ? "; --size 0.15 is 150 GB" : "; did you mean --size " + meant + "?"));
    }
    return *size;
}

/// A whole number in a range, else a usage error that says what is wanted.
inline std::int64_t read_number(std::string_view option, std::string_view typed, std::int64_t least, std::int64_t most,
                                std::string_view wanted) {
    const auto number = zenwire::decimal::parse(typed);
    if (!number || number->scale() != 0 || number->coefficient() < least || number->coefficient() > most) {
        throw usage_error(std::string(option) + " must be " + std::string(wanted) + ", not \"" + std::string(typed) + "\"");
    }
    return number->coefficient();
}

/// Where to send, if that is allowed.
inline zenwire::endpoint read_allowed_endpoint(arguments const& given) {
    const auto endpoint = read_endpoint(given.endpoint);
    const std::string name = "the endpoint \"" + std::string(given.endpoint) + "\"";
    if (!endpoint) {
        throw usage_error(name + ": " + std::string(endpoint.error().message.view()));
    }
    if (!given.live && !is_loopback(*endpoint)) {
        throw usage_error(name + " is another machine: that needs --live, for it may cost real money");
    }
    if (endpoint->transfer_scheme() == zenwire::endpoint::scheme::http && !is_loopback(*endpoint)) {
        throw usage_error(name + " must begin with https: by http everybody on the way could read the request");
    }
    return *endpoint;
}

/// @throw usage_error when a value is not as --help says
inline void read_values(arguments const& given, task& task) {
    if (!given.size.empty()) {
        task.size = read_size(given.size);
    }
    if (!given.price_limit.empty()) {
        task.options.price_limit = zenwire::decimal::parse(given.price_limit);
        if (!task.options.price_limit) {
            throw usage_error("--price-limit must be a number, 9.99 say, not \"" + std::string(given.price_limit) + "\"");
        }
    }
    if (!given.deadline.empty()) {
        const std::int64_t seconds =
            read_number("--deadline", given.deadline, 1, 1'000'000'000, "a number of seconds, 600 say");
        task.options.deadline = zenwire::unix_seconds(task.around.now().count() + seconds);
    }
    if (!given.month.empty()) {
        constexpr std::string_view wanted = "a year and a month, for example 202611";
        task.month = read_number("--month", given.month, 197001, 999912, wanted);
        read_number("--month", given.month, *task.month / 100 * 100 + 1, *task.month / 100 * 100 + 12, wanted);
    }
    if (!given.endpoint.empty()) {
        task.around.endpoint = read_allowed_endpoint(given);
    }
}

#endif
