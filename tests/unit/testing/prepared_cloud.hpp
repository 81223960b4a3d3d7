// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_TESTING_PREPARED_CLOUD_HPP
#define ZENWIRE_TESTS_UNIT_TESTING_PREPARED_CLOUD_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/client/send_action.hpp>
#include <zenwire/protocol/request.hpp>
#include <zenwire/protocol/response.hpp>
#include <zenwire/protocol/signature.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

/// A fake cloud for the tests of fake clouds, and requests to it that are right, or wrong in one thing.
namespace fake_cloud_tests {

using zenwire::api_code;
using zenwire::errc;
using zenwire::fake_cloud;
using zenwire::fake_instance;
using zenwire::fake_response;
using zenwire::modify_instance_traffic_package;
using zenwire::outcome;
using zenwire::scripted_fault;
using result = zenwire::expected<modify_instance_traffic_package::response>;

inline constexpr std::string_view instance_id = "932237369560662463";

/// A cloud that knows the sample's key and token and one instance with a package of 1 TB, 0.5 TB to 10 TB.
struct prepared_cloud {
    prepared_cloud() {
        cloud.add(sample::key());
        cloud.add(sample::token());
        fake_instance made;
        made.id = instance_id;
        made.default_size = sample::size("0.5");
        made.maximum_size = sample::size("10");
        instance = &cloud.add(made);
    }

    template <class Credential>
    result send(std::string_view terabytes, Credential const& credential,
                zenwire::service const& service = zenwire::services::bmc_2022_11_20, zenwire::retry_policy retry = {}) {
        const zenwire::client client(service, zenwire::endpoint(), credential, {retry, {}});
        return zenwire::send_action(client, modify_instance_traffic_package{instance_id, sample::size(terabytes)},
                                    cloud, cloud);
    }
    result send(std::string_view terabytes) { return send(terabytes, sample::key()); }

    fake_cloud cloud;
    fake_instance* instance = nullptr;
};

/// The response to a request that is correctly signed but may have any action name and body.
inline fake_response answer_to(fake_cloud& cloud, std::string_view body,
                        std::string_view action_name = modify_instance_traffic_package::name,
                        zenwire::service const& service = zenwire::services::bmc_2022_11_20) {
    char head[zenwire::limits::request_head];
    const auto prepared = zenwire::request_template<>::make(service, zenwire::endpoint());
    const auto request = zenwire::sign_body(head, action_name, body, *prepared, sample::key(), cloud.now());
    return cloud(request->view()).value();
}

inline result read(fake_response const& answer) {
    return zenwire::parse_response<modify_instance_traffic_package>(zenwire::services::bmc_2022_11_20,
                                                                    zenwire::response_adapter(answer).view());
}

/// The error code and status that a result carries, as text: `404 INVALID_INSTANCE_NOT_FOUND`.
inline std::string refusal_of(result const& answer) {
    if (answer) {
        return "no error";
    }
    return std::to_string(answer.error().http_status) + " " + std::string(answer.error().api_code_text.view());
}

/// The response to `body` in the same form.
inline std::string refusal_of_body(std::string_view body) {
    prepared_cloud sut;
    const std::string refusal = refusal_of(read(answer_to(sut.cloud, body)));
    CHECK(sut.cloud.orders().empty());
    return refusal;
}

/// A request whose fields can be changed after it was signed.
struct tampered_request {
    explicit tampered_request(zenwire::request_view const& original) : view(original) {
        for (const zenwire::field each : original.fields) {
            fields.push_back(each);
        }
    }
    void set(std::string_view name, std::string_view value) {
        for (zenwire::field& each : fields) {
            if (each.name == name) {
                each.value = value;
            }
        }
    }
    void remove(std::string_view name) {
        std::erase_if(fields, [&](zenwire::field const& each) { return each.name == name; });
    }
    [[nodiscard]] zenwire::request_view const& request() {
        view.fields = zenwire::field_list(std::span<zenwire::field const>(fields));
        return view;
    }

    zenwire::request_view view;
    std::vector<zenwire::field> fields;
};

inline zenwire::signed_request signed_request(fake_cloud const& cloud, zenwire::access_key const& key = sample::key()) {
    return *zenwire::make_request(modify_instance_traffic_package{instance_id, sample::size("2")},
                                  zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key, cloud.now());
}

}  // namespace fake_cloud_tests

#endif
