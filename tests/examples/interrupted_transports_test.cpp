// SPDX-License-Identifier: BSL-1.0
//
// What happens to requests of the example transports that are given up on the way, or that cannot begin.

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>

#include <zenwire/action/modify_instance_traffic_package.hpp>

#include "curl_multi_driver.hpp"
#include "curl_transport.hpp"
#include "poll_transport.hpp"
#include "posix_transport.hpp"
#ifdef ZENWIRE_EXAMPLES_WITH_UV
#include <zenwire/system_runtime.hpp>

#include "uv_action.hpp"
#include "uv_transport.hpp"
#endif

namespace {

using order = zenwire::modify_instance_traffic_package;

/// A server that takes connections, and says nothing.
class silent_server {
public:
    silent_server() {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const address = reinterpret_cast<sockaddr*>(&place);
        socklen_t size = sizeof(place);
        REQUIRE(::bind(socket_, address, size) == 0);
        REQUIRE(::listen(socket_, 16) == 0);
        REQUIRE(::getsockname(socket_, address, &size) == 0);
        authority_ = "127.0.0.1:" + std::to_string(ntohs(place.sin_port));
    }
    silent_server(silent_server const&) = delete;
    silent_server& operator=(silent_server const&) = delete;
    ~silent_server() { ::close(socket_); }

    [[nodiscard]] std::string const& authority() const { return authority_; }

    /// How many of the connections that wait carry something.
    int count_requests() {
        int count = 0;
        pollfd waiting{socket_, POLLIN, 0};
        while (::poll(&waiting, 1, 100) == 1) {
            const int connection = ::accept(socket_, nullptr, nullptr);
            pollfd readable{connection, POLLIN, 0};
            std::array<char, 16> memory{};
            count += ::poll(&readable, 1, 100) == 1 && ::recv(connection, memory.data(), memory.size(), 0) > 0 ? 1 : 0;
            ::close(connection);
        }
        return count;
    }

private:
    int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string authority_{};
};

/// A request to a place.
struct sample_request {
    explicit sample_request(std::string_view scheme, std::string_view authority) : fields{{{"host", authority}}} {
        view.scheme = scheme;
        view.authority = authority;
        view.target = "/";
        view.fields = zenwire::field_list(fields);
    }
    std::array<zenwire::field, 1> fields;
    zenwire::request_view view{};
};

transport_settings within(std::chrono::milliseconds time, std::string const& ca_file = {}) {
    transport_settings made;
    made.timeout = time;
    made.ca_file = ca_file;
    return made;
}

/// A clock that throws at the call of that number.
struct failing_runtime {
    int left;
    zenwire::unix_seconds now() {
        if (--left == 0) {
            throw std::runtime_error("no clock");
        }
        return zenwire::unix_seconds(1'700'000'000);
    }
    void sleep_for(zenwire::milliseconds) {}
    std::uint32_t jitter() { return 0; }
};

zenwire::access_key sample_key() {
    return *zenwire::access_key::make(zenwire::access_key_id{"id"}, zenwire::access_key_password{"password"});
}

void check_not_sent_at_once(auto const& transport, zenwire::request_view const& request) {
    const auto begin = std::chrono::steady_clock::now();
    const http_result result = transport(request);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().failure == zenwire::transport_failure::not_sent);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

}  // namespace

TEST_CASE("a coroutine that is destroyed while it waits is resumed no more") {
    silent_server server;
    const sample_request request("http", server.authority());
    const poll_transport transport(within(std::chrono::milliseconds(200)));
    poll_loop loop;
    {
        auto given_up = transport.send(loop, request.view);
        given_up.start();
    }
    auto other = transport.send(loop, request.view);
    other.start();
    loop.run();
    REQUIRE(other.is_done());
    CHECK_FALSE(other.take().has_value());
}

TEST_CASE("a coroutine may destroy another one that is due in the same moment") {
    poll_loop loop;
    std::optional<poll_task<bool>> first;
    std::optional<poll_task<bool>> second;
    int resumed = 0;
    const auto wait_and_end = [&](std::optional<poll_task<bool>>& other) -> poll_task<bool> {
        auto over = loop.ready(-1, POLLIN, poll_loop::clock::now());
        co_await over;
        ++resumed;
        other.reset();
        co_return true;
    };
    first.emplace(wait_and_end(second));
    second.emplace(wait_and_end(first));
    first->start();
    second->start();
    loop.run();
    CHECK(resumed == 1);
}

TEST_CASE("an order that was under way when the clock failed is not sent a second time") {
    silent_server server;
    const zenwire::access_key key = sample_key();
    const auto client_of = [&](std::string const& authority) {
        return zenwire::client(zenwire::services::bmc_2022_11_20, *zenwire::endpoint::make("http://" + authority), key);
    };
    const auto client = client_of(server.authority());
    const auto refusing = client_of("127.0.0.1:1");
    using exchange = zenwire::request_exchange<order, zenwire::access_key>;
    std::vector<exchange> exchanges;
    exchanges.emplace_back(client, order{"i-1", *zenwire::traffic_package_size::parse("1")});
    exchanges.emplace_back(refusing, order{"i-2", *zenwire::traffic_package_size::parse("1")});
    exchanges.emplace_back(refusing, order{"i-3", *zenwire::traffic_package_size::parse("1")});
    curl_multi_driver<exchange> driver(within(std::chrono::seconds(10)));
    failing_runtime runtime{4};  // when the second one is to be tried again, and the third one still waits
    CHECK_THROWS_AS(driver.run(exchanges, runtime), std::runtime_error);
    runtime.left = 1000;
    driver.run(std::span(exchanges).first(1), runtime);
    CHECK(server.count_requests() == 1);
    REQUIRE_FALSE(exchanges[0].result().has_value());
    CHECK(exchanges[0].result().error().outcome == zenwire::outcome::unknown);
}

TEST_CASE("without certificates to trust, nothing is sent") {
    silent_server server;
    const sample_request request("https", server.authority());
    const transport_settings settings = within(std::chrono::seconds(30), "/no/such/file");
    check_not_sent_at_once(curl_transport(settings), request.view);
    check_not_sent_at_once(poll_transport(settings), request.view);
    posix_transport posix(settings);
    check_not_sent_at_once([&](zenwire::request_view const& view) { return posix(view); }, request.view);
#ifdef ZENWIRE_EXAMPLES_WITH_UV
    check_not_sent_at_once(uv_transport(settings), request.view);
#endif
}

#ifdef ZENWIRE_EXAMPLES_WITH_UV
TEST_CASE("libuv's requests end from the loop, also those that cannot begin") {
    const std::string too_long(260, 'a');
    const sample_request request("http", too_long);
    uv_loop_t loop{};
    REQUIRE(uv_loop_init(&loop) == 0);
    int calls = 0;
    uv_request::send(loop, request.view, {}, nullptr, [&](http_result const& result) {
        CHECK_FALSE(result.has_value());
        ++calls;
    });
    const zenwire::access_key key = sample_key();
    const zenwire::client client(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key);
    zenwire::system_runtime runtime;
    using action = uv_action<order, zenwire::access_key, zenwire::system_runtime>;
    action::send(loop, client, order{}, runtime, {}, nullptr, [&](action::result const& result) {
        CHECK_FALSE(result.has_value());
        ++calls;
    });
    CHECK(calls == 0);
    uv_run(&loop, UV_RUN_DEFAULT);
    CHECK(calls == 2);
    CHECK(uv_loop_close(&loop) == 0);
}
#endif
