// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_ACCOUNT_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_ACCOUNT_HPP

#include <string>
#include <string_view>

#include "terminal_text.hpp"
#include "traffic_package_arguments.hpp"
#include "traffic_package_values.hpp"

/// @file
/// Whose account the program traffic_package uses, by the environment: the names that Zenlayer's command line uses, then those
/// of its other tools.

/// What signs the requests: a token, or an access key; both empty where the environment has none.
struct account {
    std::string_view token{};
    std::string_view id{};
    std::string_view secret{};
};

/// @throw usage_error when half of a key is there
inline account account_of_environment() {
    account found{environment("ZENLAYER_TOKEN"), {}, {}};
    if (!found.token.empty()) {
        return found;
    }
    constexpr char const* names[][2] = {
        {"ZENLAYER_ACCESS_KEY_ID", "ZENLAYER_ACCESS_KEY_SECRET"},
        {"ZENLAYERCLOUD_ACCESS_KEY_ID", "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"},
        {"ZENLAYER_CLOUD_ACCESS_KEY_ID", "ZENLAYER_CLOUD_ACCESS_KEY_PASSWORD"},
        {"ZENLAYERCLOUD_SECRET_KEY_ID", "ZENLAYERCLOUD_SECRET_KEY_PASSWORD"},
    };
    for (auto const& [id, secret] : names) {
        found.id = environment(id);
        found.secret = environment(secret);
        if (found.id.empty() != found.secret.empty()) {
            throw usage_error(std::string(found.id.empty() ? secret : id) + " is set, and " +
                              (found.id.empty() ? id : secret) + " is not");
        }
        if (!found.id.empty()) {
            break;
        }
    }
    return found;
}

/// What is said where --live finds no account.
inline std::string missing_account() {
    return "--live needs an account: set ZENLAYER_TOKEN, or ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET" +
           std::string(environment("ZENLAYER_PROFILE").empty() ? "" : ". ZENLAYER_PROFILE is set; profiles are not read");
}

/// A variable of the environment that has a set of values; empty when it is not set.
/// @throw usage_error when its value is another
inline std::string_view environment_choice(char const* name, std::vector<std::string_view> const& allowed) {
    const std::string_view value = environment(name);
    if (!value.empty()) {
        check_choice(name, value, allowed);
    }
    return value;
}

/// What the environment says where the command line says nothing.
/// @throw usage_error when that is nothing that can be understood
inline void take_environment(arguments& given) {
    if (const std::string_view typed = environment("ZENLAYER_ENDPOINT"); given.endpoint.empty() && !typed.empty()) {
        const auto endpoint = read_endpoint(typed);
        if (!endpoint) {
            throw usage_error("ZENLAYER_ENDPOINT \"" + std::string(typed) +
                              "\": " + std::string(endpoint.error().message.view()));
        }
        if (given.live || is_loopback(*endpoint)) {
            given.endpoint = typed;
        }
    }
    if (!given.json && given.output.empty()) {
        given.json = environment_choice("ZENLAYER_OUTPUT", {"table", "json"}) == "json";
    }
    given.verbose = given.verbose || environment_choice("ZENLAYER_DEBUG", {"true", "false"}) == "true";
}

#endif
