// SPDX-License-Identifier: BSL-1.0
#include <zenwire/system_runtime.hpp>

#include "curl_multi_driver.hpp"
#include "curl_transport.hpp"
#include "senders.hpp"

namespace {

/// What curl_multi_driver wants of an exchange, for a single request.
class single_request {
public:
    explicit single_request(zenwire::request_view const& request) : request_(&request) {}

    zenwire::exchange_step next(zenwire::unix_seconds) {
        return step_ = step_.what == kind::done ? step_ : zenwire::exchange_step{kind::send, {}};
    }
    [[nodiscard]] zenwire::request_view const& request() const { return *request_; }
    zenwire::exchange_step receive(zenwire::response_view const& answer, zenwire::unix_seconds, std::uint32_t) {
        http_answer copy{answer.status, std::string(answer.body), {}};
        for (const zenwire::field each : answer.fields) {
            copy.fields.emplace_back(each.name, each.value);
        }
        result_ = std::move(copy);
        return step_ = {kind::done, {}};
    }
    zenwire::exchange_step send_failed(zenwire::transport_error const& failure, std::uint32_t) {
        result_ = zenwire::unexpected(failure);
        return step_ = {kind::done, {}};
    }
    [[nodiscard]] http_result const& result() const { return result_; }

private:
    using kind = zenwire::exchange_step::kind;

    zenwire::request_view const* request_;
    zenwire::exchange_step step_{kind::wait_for, {}};
    http_result result_ = unknown("nothing came of it");
};

}  // namespace

senders::transport senders::curl(transport_settings const& settings) { return curl_transport(settings); }

std::vector<senders::result> senders::curl_multi(client const& client, std::span<action const> actions,
                                                 transport_settings const& settings) {
    using exchange = zenwire::request_exchange<action, access_key>;
    std::vector<exchange> exchanges;
    for (action const& each : actions) {
        exchanges.emplace_back(client, each);
    }
    zenwire::system_runtime runtime;
    curl_multi_driver<exchange>(settings).run(exchanges, runtime);
    std::vector<result> results;
    for (exchange& each : exchanges) {
        results.push_back(std::move(each).result());
    }
    return results;
}

senders::transport senders::curl_multi(transport_settings const& settings) {
    return [settings](zenwire::request_view const& request) {
        single_request one(request);
        zenwire::system_runtime runtime;
        curl_multi_driver<single_request>(settings).run(std::span(&one, 1), runtime);
        return one.result();
    };
}
