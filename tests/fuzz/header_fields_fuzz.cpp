// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: whatever endpoint, action name, request client, key id and service are given, a request either is refused or
/// has a head of well-formed lines only: as many CR LF as fields and one more, no other control character, an authority
/// without upper case and path; HTTP/1.1 takes it, its own verification finds it genuine, and a dump of it for people does
/// not show the signature.
///
/// Lines of the input: endpoint, action name, request client, key id, path, name and version of the service.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    const auto endpoint = zenwire::endpoint::make(input.line());
    const std::string_view name = input.line();
    const zenwire::request_options options{zenwire::content_type::json_utf8, input.line()};
    const auto key = zenwire::access_key::make(zenwire::access_key_id(input.line()),
                                               zenwire::access_key_password("password of the key"));
    zenwire::service service = zenwire::services::bmc_2026_02_01;
    service.path = input.line();
    service.name = input.line();
    service.version = input.rest();
    if (endpoint) {
        require(!endpoint->authority().empty() && endpoint->port() >= 1 && endpoint->port() <= 65535,
                "an endpoint has a host and a port");
        for (const char c : endpoint->authority()) {
            require(zenwire::detail::ascii::is_visible(c) && zenwire::detail::ascii::to_lower(c) == c && c != '/' && c != '@' &&
                        c != '?' && c != '#' && c != '\\',
                    "an authority is a lower-case host and port");
        }
        const auto again = zenwire::endpoint::make(endpoint->authority());
        require(again && again->authority() == endpoint->authority(), "an authority is an endpoint");
    }
    const auto prepared = zenwire::request_template<>::make(service, endpoint.value_or(zenwire::endpoint()), options);
    if (!prepared || !key) {
        return 0;
    }
    char memory[2048];
    const zenwire::unix_seconds now(1673361177);
    const auto request = zenwire::sign_body(memory, name, "{}", *prepared, *key, now);
    if (!request) {
        return 0;
    }
    const zenwire::request_view view = request->view();
    for (const zenwire::field each : view.fields) {
        require(zenwire::detail::is_field_name(each.name), "a name is a token");
        require(zenwire::detail::is_field_value(each.value), "a value is visible");
    }
    require(zenwire::verify_request(view, *key, now, service).has_value(), "the request is genuine");
    const auto bytes = zenwire::http1_request::make(view);
    require(bytes.has_value(), "HTTP/1.1 takes the request");
    std::string text(bytes->size(), '\0');
    require(bytes->write_to(text).has_value(), "there is enough memory");
    const std::string_view head = std::string_view(text).substr(0, text.find("\r\n\r\n") + 4);
    std::size_t lines = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        lines += head[i] == '\n' ? 1U : 0U;
        require((head[i] == '\n') == (i != 0 && head[i - 1] == '\r'), "CR and LF come together");
        require(static_cast<unsigned char>(head[i]) >= 0x20 || head[i] == '\r' || head[i] == '\n' || head[i] == '\t',
                "there are no control characters");
    }
    require(lines == view.fields.size() + 3, "there are as many lines as fields");

    char shown[4096];
    zenwire::buffer_writer out(shown);
    zenwire::write_redacted_head(out, view);
    require(!out.overflowed(), "there is room for the dump");
    const std::string_view dump = out.written();
    const std::string_view line = dump.substr(dump.find("\nauthorization: ") + 1);
    require(line.substr(0, line.find('\n')).ends_with(", Signature=***"), "a dump does not show the signature");
    return 0;
}
