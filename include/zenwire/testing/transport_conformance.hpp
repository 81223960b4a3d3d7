// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_TRANSPORT_CONFORMANCE_HPP
#define ZENWIRE_TESTING_TRANSPORT_CONFORMANCE_HPP

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/client/transport.hpp>
#include <zenwire/testing/detail/transport_judge.hpp>
#include <zenwire/testing/detail/transport_scenario_list.hpp>

/// @file
/// Tests a transport: all scenarios, the request to send in each, and a verdict on what the transport did.

namespace ZENWIRE_NAMESPACE {

/// All scenarios, in an order that is always the same. Their names are unique.
[[nodiscard]] inline std::vector<transport_scenario> transport_scenarios() {
    return detail::transport_scenario_list().make();
}

/// The request to send in a scenario.
/// @param authority where the server of the scenario is, as in request_view
/// @param number 0 for the first request of the scenario
[[nodiscard]] detail::owned_request make_scenario_request(transport_scenario const& scenario,
                                                          std::string_view authority, std::size_t number);

/// Sends the request over the transport once, and reports the outcome. Does not measure the time.
template <transport Transport>
[[nodiscard]] transport_report observe_transport(Transport& transport, request_view const& request);

/// Compares what happened with what the scenario demands.
/// @param authority as for make_scenario_request()
[[nodiscard]] transport_verdict judge_transport(transport_scenario const& scenario, std::string_view authority,
                                                transport_observation const& observed);

inline detail::owned_request make_scenario_request(transport_scenario const& scenario, std::string_view authority,
                                                   std::size_t number) {
    return detail::scenario_request(scenario, authority, number);
}

template <transport Transport>
transport_report observe_transport(Transport& transport, request_view const& request) {
    transport_report report;
    const auto send_once = [&] {
        const auto result = transport(request);
        if (!result) {
            const transport_error failure = result.error();
            report.outcome = failure.failure == transport_failure::not_sent ? transport_outcome::not_sent
                                                                            : transport_outcome::unknown;
            report.message = std::string(failure.message.view());
            return;
        }
        auto const& response = *result;
        report.outcome = transport_outcome::response;
        report.status = static_cast<int>(response.status);
        report.body = std::string(std::string_view(response.body));
        if constexpr (requires { response.fields; }) {
            report.gives_fields = true;
            detail::for_each_field(response.fields, [&](std::string_view name, std::string_view value) {
                report.fields.push_back({std::string(name), std::string(value)});
            });
        }
    };
#if defined(__cpp_exceptions)
    try {
        send_once();
    } catch (std::exception const& thrown) {
        report.outcome = transport_outcome::threw;
        report.message = thrown.what();
    } catch (...) {
        report.outcome = transport_outcome::threw;
    }
#else
    send_once();
#endif
    return report;
}

inline transport_verdict judge_transport(transport_scenario const& scenario, std::string_view authority,
                                         transport_observation const& observed) {
    return detail::transport_judge(scenario, authority, observed).verdict();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
