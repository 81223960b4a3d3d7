// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_VALUES_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_VALUES_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

inline bool is_of_this_machine(std::string_view endpoint) {
    const auto read = read_endpoint(endpoint);
    return read && is_loopback(*read);
}

/// What was probably meant by a size with a unit or a comma, as it is typed; empty where that is not clear.
inline std::string meant_size(std::string_view typed) {
    std::string number(typed);
    std::int64_t divisor = 1;
    for (auto const& [unit, factor] : {std::pair{"TB", 1}, {"T", 1}, {"GB", 1000}, {"G", 1000}}) {
        const std::string_view name(unit);
        const auto is_same = [](char typed_letter, char letter) { return (typed_letter & ~0x20) == letter; };
        if (number.size() > name.size() && std::equal(name.begin(), name.end(), number.end() - std::ssize(name), [&](char a, char b) { return is_same(b, a); })) {
            number.resize(number.size() - name.size());
            divisor = factor;
            break;
        }
    }
    std::erase(number, ' ');
    if (const auto comma = number.find(','); comma != std::string::npos) {
        number[comma] = '.';
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
                          (meant.empty() ? ". An example: --size 0.15 is 150 GB" : "\nDid you mean --size " + meant + "?"));
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
    if (!endpoint) {
        throw usage_error("the endpoint \"" + std::string(given.endpoint) +
                          "\": " + std::string(endpoint.error().message.view()));
    }
    if (!given.live && !is_loopback(*endpoint)) {
        throw usage_error("--endpoint of another machine needs --live: it may cost real money");
    }
    if (endpoint->transfer_scheme() == zenwire::endpoint::scheme::http && !is_loopback(*endpoint)) {
        throw usage_error("http is for this machine only: everybody on the way could read the request");
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
        constexpr std::string_view wanted = "a year and a month, 202611 say";
        task.month = read_number("--month", given.month, 197001, 999912, wanted);
        read_number("--month", given.month, *task.month / 100 * 100 + 1, *task.month / 100 * 100 + 12, wanted);
    }
    if (!given.endpoint.empty()) {
        task.around.endpoint = read_allowed_endpoint(given);
    }
}

#endif
