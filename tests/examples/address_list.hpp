// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_ADDRESS_LIST_HPP
#define ZENWIRE_TESTS_EXAMPLES_ADDRESS_LIST_HPP

#include <chrono>
#include <cstddef>
#include <utility>

#include <netdb.h>
#include <sys/socket.h>

#include "outgoing_request.hpp"

/// The addresses of a host in the system's order, to be tried one after the other, each for its share of the time.
class address_list {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Looks up the name, and blocks for that; empty when there is no such name.
    explicit address_list(destination const& to) {
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        if (::getaddrinfo(to.host.c_str(), to.port.c_str(), &wanted, &found_) == 0) {
            begin();
        }
    }
    /// Takes what somebody else has looked up, and how to release it.
    address_list(addrinfo* found, void (*release)(addrinfo*)) : found_(found), release_(release) { begin(); }
    address_list(address_list const&) = delete;
    address_list& operator=(address_list const&) = delete;
    ~address_list() {
        if (found_ != nullptr) {
            release_(found_);
        }
    }

    /// The next one; null when there is none left.
    addrinfo const* next() {
        left_ = next_ != nullptr ? left_ - 1 : 0;
        return next_ != nullptr ? std::exchange(next_, next_->ai_next) : nullptr;
    }

    /// Until when the one that next() returned may take: the others want to be tried, too.
    [[nodiscard]] time_point share(time_point deadline) const {
        const auto now = std::chrono::steady_clock::now();
        return now + (deadline - now) / (left_ + 1);
    }

private:
    void begin() {
        next_ = found_;
        for (addrinfo const* each = found_; each != nullptr; each = each->ai_next) {
            ++left_;
        }
    }

    addrinfo* found_ = nullptr;
    void (*release_)(addrinfo*) = &::freeaddrinfo;
    addrinfo const* next_ = nullptr;
    std::ptrdiff_t left_ = 0;
};

#endif
