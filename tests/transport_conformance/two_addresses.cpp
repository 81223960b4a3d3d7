// SPDX-License-Identifier: BSL-1.0
//
// A name with two addresses, without a name server and without an entry in the system's files: getaddrinfo() of the program
// comes before that of the C library, and asks it for everything else.

#include <cstring>

#include <dlfcn.h>
#include <netdb.h>

#include "scenario_place.hpp"

extern "C" __attribute__((visibility("default"))) int getaddrinfo(char const* host, char const* service,
                                                                  addrinfo const* wanted, addrinfo** found) {
    using function = int (*)(char const*, char const*, addrinfo const*, addrinfo**);
    static const auto original = reinterpret_cast<function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    const bool wants_v6 = wanted != nullptr && wanted->ai_family == AF_INET6;
    if (host == nullptr || std::strcmp(host, transport_conformance::name_with_two_addresses) != 0) {
        return original(host, service, wanted, found);
    }
    if (wants_v6) {
        return EAI_NONAME;
    }
    addrinfo* second = nullptr;
    const int failure = original(transport_conformance::loopback(2).c_str(), service, wanted, found);
    if (failure != 0 || original(transport_conformance::loopback(3).c_str(), service, wanted, &second) != 0) {
        return failure != 0 ? failure : EAI_FAIL;
    }
    addrinfo* last = *found;
    while (last->ai_next != nullptr) {
        last = last->ai_next;
    }
    last->ai_next = second;
    return 0;
}
