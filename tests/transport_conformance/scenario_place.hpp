// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_SCENARIO_PLACE_HPP
#define ZENWIRE_TESTS_TRANSPORT_CONFORMANCE_SCENARIO_PLACE_HPP

#include <string>
#include <vector>

#include <zenwire/testing/transport_scenario.hpp>

namespace transport_conformance {

/// An address of this run on the loopback, by its last number: 127.a.b.last where the system has them all, as Linux does, else
/// 127.0.0.last. A program that still asks a port that its own server once had must not look like one that sends twice.
std::string loopback(int last);

/// A name with two addresses, loopback(2) and loopback(3), for programs that are linked with two_addresses.cpp.
inline constexpr char const* name_with_two_addresses = "two.zenwire.invalid";

/// The sockets of a scenario's server: one that listens, and what makes other addresses refuse or stay silent.
class scenario_place {
public:
    explicit scenario_place(zenwire::transport_scenario::place where);
    scenario_place(scenario_place const&) = delete;
    scenario_place& operator=(scenario_place const&) = delete;
    ~scenario_place();

    /// Why there is no such place on this machine; empty when there is.
    [[nodiscard]] std::string const& missing() const { return missing_; }
    /// host and port
    [[nodiscard]] std::string const& authority() const { return authority_; }
    /// the socket that listens
    [[nodiscard]] int listening() const { return listening_; }

private:
    int open_socket(std::string const& address, int& port);
    int open_silent(std::string const& address, int& port);
    void open_behind(bool is_silent);

    std::string missing_{};
    std::string authority_{};
    int listening_ = -1;
    std::vector<int> sockets_{};
};

}  // namespace transport_conformance

#endif
