// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_TESTING_SENT_REQUEST_HPP
#define ZENWIRE_TESTS_UNIT_TESTING_SENT_REQUEST_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include <zenwire/testing/transport_conformance.hpp>

/// What a transport that keeps its duties puts on the wire.
namespace transport_kit_tests {

inline constexpr std::string_view here = "127.0.0.1:8080";

/// The request of a scenario as it must arrive.
inline std::string sent(zenwire::transport_scenario const& of, std::size_t number = 0) {
    return make_scenario_request(of, here, number).visit([](zenwire::request_view const& request) {
        std::string bytes = "POST " + std::string(request.target) + " HTTP/1.1\r\n";
        for (const zenwire::field each : request.fields) {
            bytes.append(each.name).append(": ").append(each.value).append("\r\n");
        }
        bytes.append("content-length: ").append(std::to_string(request.body.size())).append("\r\n\r\n");
        return bytes.append(request.body);
    });
}

}  // namespace transport_kit_tests

#endif
