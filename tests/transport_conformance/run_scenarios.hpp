// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_RUN_SCENARIOS_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_RUN_SCENARIOS_HPP

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include <zenwire/testing/transport_conformance.hpp>

/// Proves a transport: plays all scenarios of zenwire on the loopback, each with a server and the transport in processes of
/// their own, so that one that crashes or hangs is a row of the table and not the end of it.
///
///     int main(int count, char** arguments) {
///         return transport_conformance::run_program(count, arguments, transport_conformance::made_by(
///             [](transport_conformance::limits const& of) { return my_transport(of.timeout, of.max_body, of.ca_file); }));
///     }
///
/// In a test of doctest: `CHECK(transport_conformance::faults(transport_conformance::run_scenarios(factory)).empty());`
namespace transport_conformance {

/// What a transport is to keep to in a scenario.
struct limits {
    /// for a whole exchange
    zenwire::milliseconds timeout{};
    /// the largest body of a response, in bytes
    std::size_t max_body = 0;
    /// the certificates to trust, a file in PEM
    std::string ca_file{};
};

/// Sends one request and tells what came of it.
using sender = std::function<zenwire::transport_report(zenwire::request_view const&)>;
/// Makes a transport; called once for each scenario, in the process that uses it.
using factory = std::function<sender(limits const&)>;

/// A factory from a function that returns a transport.
template <class Make>
factory made_by(Make make) {
    return [make](limits const& of) -> sender {
        using transport = decltype(make(of));
        const std::shared_ptr<transport> made(new transport(make(of)));
        return [made](zenwire::request_view const& request) { return zenwire::observe_transport(*made, request); };
    };
}

/// A duty that a stack cannot keep in a scenario, and why: it is shown, and is no fault. Not for the duties that cost money:
/// sends_once, follows_no_redirect, not_sent_only_when_sure and verifies_certificate.
struct waiver {
    /// how the names of the scenarios begin
    std::string scenario{};
    /// for people
    std::string reason{};
};

struct options {
    /// only scenarios with this in their names
    std::string only{};
    /// how many are played at once; they mostly wait
    std::size_t at_once = 12;
    std::vector<waiver> waived{};
};

/// What came of a scenario.
struct row {
    zenwire::transport_scenario scenario{};
    zenwire::transport_observation observed{};
    zenwire::transport_verdict verdict{};
    /// why it was not played; empty else
    std::string skipped{};
    /// why what is wrong is no fault; empty else
    std::string waived{};
};

/// Plays the scenarios.
std::vector<row> run_scenarios(factory const& transports, options const& how = {});

/// The rows that are wrong and not waived.
std::vector<row> faults(std::vector<row> const& rows);

/// The table: what was reported, how often each request was on the wire, and what was wrong; all rows, or only those that were
/// not kept or not played.
void print_table(std::ostream& to, std::vector<row> const& rows, bool only_faults = false);

/// A program for one transport: `[--faults] [--only TEXT] [--list] [--load COUNT]`. Returns 0 when there is no fault.
int run_program(int argument_count, char** arguments, factory const& transports, std::vector<waiver> waived = {});

}  // namespace transport_conformance

#endif
