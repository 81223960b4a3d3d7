// SPDX-License-Identifier: BSL-1.0
#include <memory>

#include "posix_transport.hpp"
#include "senders.hpp"
#include "tls_connection.hpp"

senders::transport senders::posix(transport_settings const& settings) {
    // a std::function wants to copy, which a connection cannot
    auto plain = std::make_shared<posix_transport<tcp_connection>>(settings);
    auto secure = std::make_shared<posix_transport<tls_connection>>(settings);
    return [plain, secure](zenwire::request_view const& request) {
        return request.scheme == "https" ? (*secure)(request) : (*plain)(request);
    };
}
