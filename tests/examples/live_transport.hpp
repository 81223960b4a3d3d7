// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_LIVE_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_LIVE_TRANSPORT_HPP

#ifndef ZENWIRE_EXAMPLES_WITHOUT_CURL

#include "curl_transport.hpp"

using live_transport = curl_transport;

#else

#include "http_answer.hpp"

/// Stands for curl_transport in a program that was built where there is no libcurl: sends nothing.
class live_transport {
public:
    http_result operator()(zenwire::request_view const&) const {
        return not_sent("this program was built without libcurl: sh tests/setup.sh live, and build it again");
    }
};

#endif

#endif
