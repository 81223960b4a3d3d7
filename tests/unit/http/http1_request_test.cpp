// SPDX-License-Identifier: BSL-1.0
#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "../json_lines.hpp"
#include "../results.hpp"

namespace {

using zenwire::errc;
using zenwire::http1_request;
using zenwire::request_view;

constexpr bool writes_in_a_constant_expression() {
    constexpr zenwire::field fields[] = {{"host", "a"}};
    request_view request;
    request.target = "/";
    request.fields = fields;
    request.body = "{}";
    char memory[64]{};
    return http1_request::make(request)->write_to(memory).value() ==
           "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}";
}
static_assert(writes_in_a_constant_expression());

/// The request of a line of the data; refers to it.
struct request_of {
    explicit request_of(boost::json::object const& line) {
        for (auto const& pair : line.at("fields").as_array()) {
            fields.push_back({std::string_view(pair.at(0).as_string()), std::string_view(pair.at(1).as_string())});
        }
        request.method = line.contains("method") ? json_lines::text(line, "method") : request.method;
        request.target = json_lines::text(line, "target");
        request.fields = fields;
        request.body = json_lines::text(line, "body");
        use = line.contains("close") ? zenwire::connection_use::close : zenwire::connection_use::keep;
    }

    std::vector<zenwire::field> fields{};
    request_view request{};
    zenwire::connection_use use{};
};

}  // namespace

TEST_CASE("requests are written or refused as their line says") {
    for (boost::json::object const& line : json_lines::read("vectors/http1/requests.jsonl")) {
        CAPTURE(json_lines::text(line, "name"));
        const request_of given(line);
        const auto request = http1_request::make(given.request, given.use);
        if (line.contains("error")) {
            REQUIRE_FALSE(request.has_value());
            CHECK(zenwire::to_string(request.error().code) == json_lines::text(line, "error"));
            CHECK(request.error().field == json_lines::text(line, "field"));
            CHECK(request.error().outcome == zenwire::outcome::not_executed);
            continue;
        }
        REQUIRE(request.has_value());
        const std::string_view bytes = json_lines::text(line, "bytes");
        std::string joined;
        request->for_each_piece([&](std::string_view piece) {
            CHECK_FALSE(piece.empty());
            joined += piece;
        });
        CHECK(std::string_view(joined) == bytes);
        CHECK(request->size() == bytes.size());
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            std::vector<char> memory(size);
            CHECK(code_of(request->write_to(memory)) == errc::buffer_too_small);
        }
        std::vector<char> memory(bytes.size());
        CHECK(request->write_to(memory).value() == bytes);
    }
}

TEST_CASE("the body is handed out as it lies in the caller's memory") {
    const zenwire::field fields[] = {{"host", "a"}};
    const std::string body(100000, 'x');
    request_view view;
    view.target = "/";
    view.fields = fields;
    view.body = body;
    std::string_view last;
    const auto request = http1_request::make(view);
    REQUIRE(request.has_value());
    request->for_each_piece([&](std::string_view piece) { last = piece; });
    CHECK(last.data() == body.data());
    CHECK(last.size() == body.size());
}
