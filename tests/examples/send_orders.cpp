// SPDX-License-Identifier: BSL-1.0
//
// Sends orders over one of the example transports and prints what came of each, for the test beside it:
//
//     send_orders TRANSPORT ENDPOINT INSTANCE SIZE COUNT [MOST_BODY [MILLISECONDS [CA_FILE]]]
//
// The credential is that of the environment, ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET; ZENWIRE_SIGNER says who
// signs with it: zenwire (the default), openssl, mbedtls, or key_owner, a process of its own.

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

#include <zenwire/base/utf8.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/system_runtime.hpp>

#include "key_owner.hpp"
#include "mbedtls_crypto.hpp"
#include "openssl_crypto.hpp"
#include "senders.hpp"

namespace {

std::vector<senders::result> send_one_by_one(senders::transport const& transport, senders::client const& client,
                                             std::span<senders::action const> actions) {
    zenwire::system_runtime runtime;
    std::vector<senders::result> results;
    for (senders::action const& each : actions) {
        results.push_back(zenwire::send_action(client, each, transport, runtime));
    }
    return results;
}

std::vector<senders::result> send(std::string_view name, senders::client const& client,
                                  std::span<senders::action const> actions, transport_settings const& settings) {
    if (name == "curl_multi") {
        return senders::curl_multi(client, actions, settings);
    }
    if (name == "beast_coroutines") {
        return senders::beast_coroutines(client, actions, settings);
    }
    const senders::transport transport = name == "curl"      ? senders::curl(settings)
                                         : name == "httplib" ? senders::httplib(settings)
                                         : name == "posix"   ? senders::posix(settings)
                                                             : senders::beast(settings);
    return send_one_by_one(transport, client, actions);
}

void print(senders::result const& result) {
    if (result) {
        std::cout << "ok order=" << zenwire::safe_text(result->order_number).view() << "\n";
    } else {
        zenwire::error const& error = result.error();
        std::cout << to_string(error.code) << " cause=" << to_string(error.cause)
                  << " outcome=" << to_string(error.outcome) << " status=" << error.http_status
                  << " api_code=" << zenwire::safe_text(error.api_code_text).view()
                  << " retry_after=" << error.retry_after_seconds.value_or(0)
                  << " message=" << zenwire::safe_text(error.message).view() << "\n";
    }
}

std::string_view environment(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

/// A mac_provider that can be copied.
template <class Mac>
senders::mac shared(Mac mac) {
    return [kept = std::make_shared<Mac>(std::move(mac))](std::string_view message) { return (*kept)(message); };
}

senders::mac make_mac(std::string_view signer, std::string_view password) {
    if (signer == "openssl") {
        return shared(openssl_crypto::hmac_sha256(password));
    }
    if (signer == "mbedtls") {
        return shared(mbedtls_crypto::hmac_sha256(password));
    }
    if (signer == "key_owner") {
        const auto owner = std::make_shared<key_owner>([&] { return std::string(password); });
        return [owner](std::string_view message) { return owner->mac(message); };
    }
    return zenwire::hmac_sha256(password);
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 6) {
        return 2;
    }
    const auto endpoint = zenwire::endpoint::make(arguments[2]);
    const auto size = zenwire::traffic_package_size::parse(arguments[4]);
    const auto key =
        senders::access_key::make(zenwire::access_key_id(environment("ZENLAYER_ACCESS_KEY_ID")),
                                  make_mac(environment("ZENWIRE_SIGNER"), environment("ZENLAYER_ACCESS_KEY_SECRET")));
    if (!endpoint || !size || !key) {
        return 2;
    }
    zenwire::client_options options;
    options.retry = {.max_attempts = 2,
                     .initial_backoff = zenwire::milliseconds(10),
                     .max_backoff = zenwire::milliseconds(1000),
                     .max_jitter = zenwire::milliseconds(0)};
    const senders::client client(zenwire::services::bmc_2026_02_01, *endpoint, *key, options);
    const std::vector<senders::action> actions(std::stoul(arguments[5]), {arguments[3], *size});
    transport_settings settings;
    if (argument_count > 6) {
        settings.max_body = std::stoul(arguments[6]);
    }
    if (argument_count > 7) {
        settings.timeout = std::chrono::milliseconds(std::stol(arguments[7]));
    }
    if (argument_count > 8) {
        settings.ca_file = arguments[8];
    }
    for (senders::result const& each : send(arguments[1], client, actions, settings)) {
        print(each);
    }
}
