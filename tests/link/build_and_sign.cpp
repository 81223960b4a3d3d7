// SPDX-License-Identifier: BSL-1.0
// Uses all of zenwire/core.hpp: what a program without Boost can do.
#include <zenwire/core.hpp>

#include <array>
#include <span>
#include <string_view>

#include "parts.hpp"

namespace {

using namespace zenwire;

constexpr unix_seconds now{1700000000};

template <class Credential>
bool builds_with(Credential const& credential) {
    const modify_instance_traffic_package action{{"1317411024418017282"}, traffic_package_size::parse("0.15").value()};
    const auto place = endpoint::make("https://console.zenlayer.com");
    const auto prepared = request_template<>::make(services::bmc_2022_11_20, *place);
    if (!place || !prepared || !validate(action, services::bmc_2022_11_20)) {
        return false;
    }
    const auto request = make_request(action, services::bmc_2022_11_20, *place, credential, now);
    std::array<char, 2048> memory{};
    const auto same = make_request_in(std::span<char>(memory), action, *prepared, credential, now);
    return request && same && request->view().body == same->view().body && request->view().fields.size() > 0;
}

bool speaks_http1(request_view const& request) {
    std::array<char, 1024> memory{};
    std::array<char, 2> body{};
    std::array<field_position, 2> positions{};
    const auto message = http1_request::make(request, connection_use::close);
    if (!message || !message->write_to(memory)) {
        return false;
    }
    http1_response answer(memory, positions, body);
    const auto first = answer.feed("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2");
    const auto last = answer.feed("\r\n{}\r\n0\r\n\r\n");
    return first && last && *last == http1_progress::complete && answer.view().body == "{}" &&
           answer.may_keep_connection();
}

}  // namespace

bool builds_and_signs() {
    const auto key = access_key::make(access_key_id{"id"}, access_key_password{"password"});
    const auto token_only = bearer_token::make(token{"token"});
    const auto in_module = [&](std::string_view message) noexcept { return key->mac(message); };
    const auto external = external_access_key<decltype(in_module)>::make(access_key_id{"id"}, in_module);
    if (!key || !token_only || !external || !builds_with(*key) || !builds_with(*token_only) ||
        !builds_with(*external)) {
        return false;
    }
    const modify_instance_traffic_package action{{"1"}, {}};
    const auto request = make_request(action, services::bmc_2022_11_20, *endpoint::make("localhost:8443"), *key, now);
    const auto look_up = [&](std::string_view id) noexcept { return id == key->id() ? &*key : nullptr; };
    return request && speaks_http1(request->view()) && parse_authorization(request->view()) &&
           verify_request(request->view(), *key, now, services::bmc_2022_11_20) && verify_request(request->view(), look_up, now, services::bmc_2022_11_20) &&
           !verify_request(request->view(), *key, unix_seconds{now.count() + 301}, services::bmc_2022_11_20);
}
