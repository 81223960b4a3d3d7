// SPDX-License-Identifier: BSL-1.0
#include <zenwire/http/endpoint.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::endpoint;

static_assert(endpoint::make("https://Console.Zenlayer.com")->authority() == endpoint().authority());
static_assert(!endpoint::make("console.zenlayer.com/api"));

}  // namespace

TEST_CASE("by default it is the one that the documents name") {
    const endpoint documented;
    CHECK(documented.transfer_scheme() == endpoint::scheme::https);
    CHECK(documented.scheme_text() == "https");
    CHECK(documented.authority() == "console.zenlayer.com");
    CHECK(documented.host() == "console.zenlayer.com");
    CHECK(documented.port() == 443);
}

TEST_CASE("an endpoint is a host with or without scheme and port") {
    struct {
        std::string_view text;
        std::string_view scheme;
        std::string_view authority;
        std::string_view host;
        unsigned port;
    } const cases[] = {
        {"console.zenlayer.com", "https", "console.zenlayer.com", "console.zenlayer.com", 443},
        {"https://console.zenlayer.com/", "https", "console.zenlayer.com", "console.zenlayer.com", 443},
        {"http://localhost", "http", "localhost", "localhost", 80},
        {"HTTPS://API.Example.COM:8443", "https", "api.example.com:8443", "api.example.com", 8443},
        {"hTTp://A", "http", "a", "a", 80},
        {"localhost:443", "https", "localhost:443", "localhost", 443},
        {"http://localhost:80", "http", "localhost:80", "localhost", 80},
        {"localhost:1", "https", "localhost:1", "localhost", 1},
        {"localhost:00443", "https", "localhost:00443", "localhost", 443},
        {"localhost:65535", "https", "localhost:65535", "localhost", 65535},
        {"under_score-d.example", "https", "under_score-d.example", "under_score-d.example", 443},
        {"127.0.0.1:8080", "https", "127.0.0.1:8080", "127.0.0.1", 8080},
        {"https", "https", "https", "https", 443},
        {"[::1]", "https", "[::1]", "[::1]", 443},
        {"http://[::]:8080", "http", "[::]:8080", "[::]", 8080},
        {"[2001:DB8::A:0:1]:443", "https", "[2001:db8::a:0:1]:443", "[2001:db8::a:0:1]", 443},
        {"[1:2:3:4:5:6:7:8]", "https", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]", 443},
        {"[::ffff:192.0.2.1]", "https", "[::ffff:192.0.2.1]", "[::ffff:192.0.2.1]", 443},
        {"[::255.255.255.255]", "https", "[::255.255.255.255]", "[::255.255.255.255]", 443},
        {"[1:2:3:4:5:6:192.0.2.1]", "https", "[1:2:3:4:5:6:192.0.2.1]", "[1:2:3:4:5:6:192.0.2.1]", 443},
        {"[1:2:3:4:5::192.0.2.1]", "https", "[1:2:3:4:5::192.0.2.1]", "[1:2:3:4:5::192.0.2.1]", 443},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto made = endpoint::make(each.text);
        REQUIRE(made.has_value());
        CHECK(made->scheme_text() == each.scheme);
        CHECK((made->transfer_scheme() == endpoint::scheme::http) == (each.scheme == "http"));
        CHECK(made->authority() == each.authority);
        CHECK(made->host() == each.host);
        CHECK(made->port() == each.port);
    }
}

TEST_CASE("anything else is refused with a reason") {
    for (const std::string_view text : {
             ""sv,
             "/"sv,
             "https://"sv,
             "http:///"sv,
             ":443"sv,
             ":"sv,
             "::443"sv,
             "]:443"sv,
             "["sv,
             "[:443"sv,
             "host//"sv,
             "host/path"sv,
             "host?query"sv,
             "host#fragment"sv,
             "user@host"sv,
             "user:password@host"sv,
             "ftp://host"sv,
             "https://http://host"sv,
             "https:/host"sv,
             "//host"sv,
             "ho st"sv,
             " host"sv,
             "host "sv,
             "host\t"sv,
             "host\r\nx: y"sv,
             "host\n"sv,
             "host\0"sv,
             "ho\0st"sv,
             "host\x7F"sv,
             "h\u00F6st"sv,
             "ho%73t"sv,
             "a,b"sv,
             "*"sv,
             "host:"sv,
             "host:0"sv,
             "host:000443"sv,
             "host:65536"sv,
             "host:99999999999999999999"sv,
             "host:-1"sv,
             "host:+1"sv,
             "host:8o"sv,
             "host: 80"sv,
             "host:80 "sv,
             "host:80\r\n"sv,
             "host:80:80"sv,
             "host:80/path"sv,
             "::1"sv,
             "2001:db8::1"sv,
             "[::1"sv,
             "::1]"sv,
             "[]"sv,
             "[:]"sv,
             "[1]"sv,
             "[host]"sv,
             "[::1]x"sv,
             "[::1]:"sv,
             "[::1]:0"sv,
             "[[::1]]"sv,
             "[fe80::1%25eth0]"sv,
             "[::1\r\n]"sv,
             "[::g]"sv,
         }) {
        CAPTURE(text);
        const auto made = endpoint::make(text);
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == zenwire::errc::invalid_endpoint);
        CHECK(made.error().blame == zenwire::blame::local);
        CHECK(made.error().outcome == zenwire::outcome::not_executed);
        CHECK(made.error().field == "endpoint");
        CHECK_FALSE(made.error().message.empty());
        CHECK_FALSE(made.error().message.truncated());
        CHECK_FALSE(made.error().retryable());
    }
}

TEST_CASE("brackets without an IPv6 address are refused") {
    for (const std::string_view text : {"[:::]"sv,
                                        "[1:::2]"sv,
                                        "[1::2:]"sv,
                                        "[:1::2]"sv,
                                        "[1::2::3]"sv,
                                        "[.::.]"sv,
                                        "[12345::1]"sv,
                                        "[1:2:3]"sv,
                                        "[1:2:3:4:5:6:7:8:9]"sv,
                                        "[1:2:3:4:5:6:7:8::]"sv,
                                        "[1:2:3:4:5:6:7:]"sv,
                                        "[:1:2:3:4:5:6:7]"sv,
                                        "[::1.2.3]"sv,
                                        "[::256.0.0.1]"sv,
                                        "[::1.2.3.4:5]"sv,
                                        "[1.2.3.4::]"sv,
                                        "[1:2:3:4:5:192.0.2.1]"sv,
                                        "[1:2:3:4:5:6:7:192.0.2.1]"sv,
                                        "[1:2:3:4:5:6::192.0.2.1]"sv,
                                        "[::1.2.2550]"sv,
                                        "[::1.2.3.4.5]"sv,
                                        "[::1.2.3.4.]"sv}) {
        CAPTURE(text);
        CHECK_FALSE(endpoint::make(text).has_value());
    }
}

TEST_CASE("an authority up to the limit is kept whole and a longer one is refused") {
    const std::string longest(zenwire::limits::authority - 6, 'h');
    const auto with_port = endpoint::make("https://" + longest + ":65535");
    REQUIRE(with_port.has_value());
    CHECK(with_port->host() == longest);
    CHECK(with_port->port() == 65535);
    CHECK(code_of(endpoint::make("https://" + longest + "h:65535")) == zenwire::errc::invalid_endpoint);
    CHECK(endpoint::make(std::string(zenwire::limits::authority, 'h')).has_value());
    CHECK_FALSE(endpoint::make(std::string(zenwire::limits::authority + 1, 'h')).has_value());
}

TEST_CASE("a copy is an endpoint of its own") {
    endpoint first = *endpoint::make("http://first:81");
    const endpoint copy = first;
    first = endpoint();
    CHECK(copy.authority() == "first:81");
    CHECK(copy.host().data() == copy.authority().data());
    CHECK(first.authority() == "console.zenlayer.com");
}
