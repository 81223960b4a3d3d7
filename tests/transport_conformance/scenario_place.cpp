// SPDX-License-Identifier: BSL-1.0
#include "scenario_place.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace transport_conformance {

namespace {

using place = zenwire::transport_scenario::place;

union any_address {
    sockaddr base;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

any_address make_address(char const* text, int port) {
    any_address made{};
    if (::inet_pton(AF_INET6, text, &made.v6.sin6_addr) == 1) {
        made.v6.sin6_family = AF_INET6;
        made.v6.sin6_port = htons(static_cast<std::uint16_t>(port));
    } else {
        made.v4.sin_family = AF_INET;
        made.v4.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, text, &made.v4.sin_addr);
    }
    return made;
}

socklen_t size_of(any_address const& address) {
    return address.base.sa_family == AF_INET6 ? sizeof(address.v6) : sizeof(address.v4);
}

bool has_two_addresses(char const* name) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(name, "80", &wanted, &found) != 0) {
        return false;
    }
    const bool result = found->ai_next != nullptr;
    ::freeaddrinfo(found);
    return result;
}

}  // namespace

std::string loopback(int last) {
    static const std::string network = [] {
        const auto self = static_cast<unsigned>(::getpid());
        const std::string own = "127." + std::to_string(1 + self / 256 % 254) + "." + std::to_string(self % 256) + ".";
        const any_address first = make_address((own + "1").c_str(), 0);
        const int trial = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool has_own = ::bind(trial, &first.base, size_of(first)) == 0;
        ::close(trial);
        return has_own ? own : "127.0.0.";
    }();
    return network + std::to_string(last);
}

scenario_place::scenario_place(place where) {
    int port = 0;
    switch (where) {
    case place::listening: listening_ = open_socket(loopback(1), port); break;
    case place::on_ipv6: listening_ = open_socket("::1", port); break;
    case place::refusing: open_socket(loopback(1), port); break;
    case place::silent: open_silent(loopback(2), port); break;
    case place::nameless: port = 9; break;
    case place::behind_refusing: open_behind(false); return;
    case place::behind_silent: open_behind(true); return;
    }
    if (listening_ >= 0) {
        ::listen(listening_, 64);
    }
    const std::string host = where == place::on_ipv6    ? "[::1]"
                             : where == place::silent   ? loopback(2)
                             : where == place::nameless ? "name.invalid"
                                                        : loopback(1);
    authority_ = host + ":" + std::to_string(port);
}

scenario_place::~scenario_place() {
    for (const int each : sockets_) {
        ::close(each);
    }
}

/// Bound, but it does not listen yet: until then it refuses.
int scenario_place::open_socket(std::string const& address, int& port) {
    any_address at = make_address(address.c_str(), port);
    const int made = ::socket(at.base.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = size_of(at);
    if (made < 0 || ::bind(made, &at.base, size) != 0 || ::getsockname(made, &at.base, &size) != 0) {
        missing_ = "no address " + address;
    }
    sockets_.push_back(made);
    port = ntohs(at.base.sa_family == AF_INET6 ? at.v6.sin6_port : at.v4.sin_port);
    return made;
}

/// One with a full queue, into which no further connection is taken.
int scenario_place::open_silent(std::string const& address, int& port) {
    const int made = open_socket(address, port);
    ::listen(made, 0);
    const any_address at = make_address(address.c_str(), port);
    for (int i = 0; i < 4; ++i) {
        const int filling = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        ::connect(filling, &at.base, size_of(at));
        sockets_.push_back(filling);
    }
    return made;
}

void scenario_place::open_behind(bool is_silent) {
    if (!has_two_addresses(name_with_two_addresses)) {
        missing_ = "no name with two addresses: the program is not linked with two_addresses.cpp";
        return;
    }
    int port = 0;
    if (is_silent) {
        open_silent(loopback(2), port);
    } else {
        open_socket(loopback(2), port);
    }
    listening_ = open_socket(loopback(3), port);
    ::listen(listening_, 64);
    authority_ = std::string(name_with_two_addresses) + ":" + std::to_string(port);
}

}  // namespace transport_conformance
