// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_MESSAGE_HPP
#define ZENWIRE_HTTP_MESSAGE_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/http/fields.hpp>

namespace ZENWIRE_NAMESPACE {

/// A request as a transport sees it. A view: the signed_request (or the server's own message) must outlive it.
///
/// Send `fields` and `body` as they are: they are what was signed.
struct request_view {
    /// always `POST` for the API
    std::string_view method = "POST";
    /// `https` or `http`
    std::string_view scheme = "https";
    /// host, and `:port` when one was given: where to connect, and the value of the `host` field
    std::string_view authority;
    /// the path, `/api/v2/bmc` say
    std::string_view target;
    /// without `content-length`, which the HTTP stack adds
    field_list fields;
    /// the JSON, byte for byte what was signed
    std::string_view body;
};

/// A response as a transport hands it over. A view: the transport's memory must outlive it.
struct response_view {
    /// the HTTP status, 100 to 599
    int status = 0;
    /// all bytes of the body, decoded as the transport's protocol wants (chunks, compression)
    std::string_view body;
    /// May be left empty; then `retry-after`, `date` and `cf-mitigated` are unknown.
    field_list fields;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
