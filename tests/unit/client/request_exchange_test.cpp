// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/request_exchange.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/verification.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::errc;
using zenwire::exchange_step;
using zenwire::outcome;
using kind = zenwire::exchange_step::kind;

constexpr std::string_view success = R"({"requestId":"T1","response":{"requestId":"T1","orderNumber":"42"}})";
constexpr std::string_view limited = R"({"requestId":"T2","code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"})";
constexpr std::string_view refused = R"({"requestId":"T3","code":"INVALID_INSTANCE_NOT_FOUND","message":"unknown"})";
constexpr std::string_view expired = R"({"requestId":"T4","code":"AUTHFAILURE_SIGNATURE_EXPIRED","message":"expired"})";

constexpr exchange_step send{kind::send};
constexpr exchange_step done{kind::done};
constexpr exchange_step wait_for(std::int64_t milliseconds) {
    return {kind::wait_for, zenwire::milliseconds(milliseconds)};
}

/// The same request as an action that only reads.
struct reading_action : zenwire::modify_instance_traffic_package {
    static constexpr bool reads_only = true;
};

zenwire::unix_seconds seconds_later(std::int64_t seconds) {
    return zenwire::unix_seconds(sample::time.count() + seconds);
}

/// A client and an exchange with it.
template <class Action = zenwire::modify_instance_traffic_package>
struct conversation {
    explicit conversation(Action action = Action{sample::action()}) : exchange(client, std::move(action)) {}

    exchange_step receive(int status, std::string_view body, std::vector<zenwire::field> const& fields = {},
                          std::int64_t seconds = 0) {
        return exchange.receive({status, body, zenwire::field_list(fields)}, seconds_later(seconds));
    }
    [[nodiscard]] zenwire::error const& error() const { return exchange.result().error(); }

    zenwire::access_key key = sample::key();
    zenwire::client<zenwire::access_key> client{zenwire::services::bmc_2022_11_20, zenwire::endpoint(), key};
    zenwire::request_exchange<Action, zenwire::access_key> exchange;
};

template <class Action>
conversation(Action) -> conversation<Action>;

}  // namespace

TEST_CASE("an exchange goes from the first step over sending to the result") {
    conversation<> talk;
    CHECK(talk.exchange.step() == wait_for(0));
    CHECK(talk.exchange.attempts() == 0);
    CHECK(talk.exchange.request().fields.empty());

    CHECK(talk.exchange.next(sample::time) == send);
    CHECK(talk.exchange.step() == send);
    CHECK(talk.exchange.attempts() == 1);
    CHECK(talk.exchange.signed_at() == sample::time);
    CHECK(talk.exchange.request().target == "/api/v2/bmc");
    CHECK(talk.exchange.request().body == R"({"instanceId":"instanceId","trafficPackageSize":100})");
    CHECK(code_of(zenwire::verify_request(talk.exchange.request(), talk.key, sample::time,
                                          zenwire::services::bmc_2022_11_20)) == errc{});

    CHECK(talk.receive(200, success) == done);
    REQUIRE(talk.exchange.result().has_value());
    CHECK(talk.exchange.result()->order_number.view() == "42");
    CHECK(talk.exchange.request().fields.empty());
    const auto taken = std::move(talk.exchange).result();
    CHECK(taken->request_id.view() == "T1");
}

TEST_CASE("each attempt is signed afresh for its own time") {
    conversation talk{reading_action{sample::action()}};
    std::vector<std::string> signatures;
    for (int attempt = 1; attempt <= 4; ++attempt) {
        const zenwire::unix_seconds now = seconds_later(400 * attempt);
        REQUIRE(talk.exchange.next(now) == send);
        CHECK(talk.exchange.attempts() == static_cast<std::uint32_t>(attempt));
        CHECK(talk.exchange.signed_at() == now);
        CHECK(talk.exchange.request().fields.value_of("x-zc-timestamp") == std::to_string(now.count()));
        CHECK(code_of(zenwire::verify_request(talk.exchange.request(), talk.key, now,
                                              zenwire::services::bmc_2022_11_20)) == errc{});
        for (auto const& earlier : signatures) {
            CHECK(talk.exchange.request().fields.value_of("authorization") != earlier);
        }
        signatures.emplace_back(talk.exchange.request().fields.value_of("authorization"));
        const exchange_step step = talk.receive(429, limited);
        CHECK(step == (attempt < 4 ? wait_for(1000 << (attempt - 1)) : done));
    }
    CHECK(talk.error().code == errc::rate_limited);
    CHECK(talk.error().outcome == outcome::not_executed);
    CHECK(talk.error().request_id.view() == "T2");
}

TEST_CASE("while a further attempt is under way its result is open, and nothing of the attempt before is left in it") {
    conversation talk{reading_action{sample::action()}};
    for (int attempt = 1; attempt <= 2; ++attempt) {
        CAPTURE(attempt);
        REQUIRE(talk.exchange.next(sample::time) == send);
        CHECK(talk.error().code == errc::transport_failed);
        CHECK(talk.error().cause == errc::transport_failed);
        CHECK(talk.error().blame == zenwire::blame::transport);
        CHECK(talk.error().outcome == outcome::unknown);
        CHECK(talk.error().reads_only);
        CHECK(talk.error().http_status == 0);
        CHECK(talk.error().api_code_text.empty());
        CHECK(talk.error().request_id.empty());
        REQUIRE(talk.receive(429, limited).what == kind::wait_for);
        CHECK(talk.error().http_status == 429);
    }
}

TEST_CASE("an order is never sent again after an unknown outcome") {
    struct {
        int status;  // 0: the transport failed
        std::string_view body;
        errc cause;
    } const cases[] = {
        {0, "", errc::transport_failed},
        {500, R"({"code":"INTERNAL_SERVER_ERROR"})", errc::api_error},
        {503, R"({"code":"SERVICE_TEMPORARY_UNAVAILABLE"})", errc::api_error},
        {503, "<html>", errc::malformed_response},
        {502, "", errc::malformed_response},
        {408, "", errc::malformed_response},
        {200, "", errc::malformed_response},
        {200, success.substr(0, 30), errc::malformed_response},
        {200, refused, errc::unexpected_error_body},
        {200, limited, errc::unexpected_error_body},
        {202, success, errc::unexpected_status},
        {204, "", errc::unexpected_status},
        {600, "", errc::malformed_response},
    };
    for (auto const& each : cases) {
        CAPTURE(each.status);
        CAPTURE(each.body);
        conversation order;
        conversation look{reading_action{sample::action()}};
        const auto answer = [&](auto& talk) {
            REQUIRE(talk.exchange.next(sample::time) == send);
            return each.status == 0 ? talk.exchange.send_failed(zenwire::transport_failure::unknown)
                                    : talk.receive(each.status, each.body);
        };
        CHECK(answer(order) == done);
        CHECK(order.error().code == errc::outcome_unknown);
        CHECK(order.error().cause == each.cause);
        CHECK(order.error().outcome == outcome::unknown);
        CHECK_FALSE(order.error().retryable());
        CHECK(order.exchange.next(seconds_later(1000)) == done);
        CHECK(order.exchange.request().fields.empty());

        CHECK(answer(look) == wait_for(1000));
        for (int attempt = 2; attempt <= 4; ++attempt) {
            answer(look);
        }
        CHECK(look.exchange.step() == done);
        CHECK(look.error().code == each.cause);
    }
}

TEST_CASE("an order ends with whatever was answered, be it only a limit of requests") {
    struct {
        int status;
        std::string_view body;
        errc code;
        outcome what;
    } const cases[] = {
        {429, limited, errc::rate_limited, outcome::not_executed},
        {503, limited, errc::rate_limited, outcome::not_executed},
        {429, "<html>", errc::outcome_unknown, outcome::unknown},
        {408, "", errc::outcome_unknown, outcome::unknown},
        {403, "<html>", errc::outcome_unknown, outcome::unknown},
        {302, "", errc::outcome_unknown, outcome::unknown},
        {403, success, errc::outcome_unknown, outcome::unknown},
        {404, refused, errc::api_error, outcome::not_executed},
    };
    for (auto const& each : cases) {
        CAPTURE(each.status);
        CAPTURE(each.body);
        conversation<> talk;
        REQUIRE(talk.exchange.next(sample::time) == send);
        CHECK(talk.receive(each.status, each.body, {{"retry-after", "9"}}) == done);
        CHECK(talk.error().code == each.code);
        CHECK(talk.error().outcome == each.what);
        CHECK(talk.error().retry_after_seconds == 9U);
        CHECK_FALSE(talk.error().retryable());
        CHECK(talk.exchange.attempts() == 1);
    }
}

TEST_CASE("an order of several attempts ends with the first unknown outcome") {
    conversation<> talk;
    REQUIRE(talk.exchange.next(sample::time) == send);
    REQUIRE(talk.exchange.send_failed(zenwire::transport_failure::not_sent) == wait_for(1000));
    REQUIRE(talk.exchange.next(seconds_later(1)) == send);
    REQUIRE(talk.exchange.send_failed(zenwire::transport_failure::not_sent) == wait_for(2000));
    REQUIRE(talk.exchange.next(seconds_later(3)) == send);
    CHECK(talk.exchange.send_failed({zenwire::transport_failure::unknown, "connection reset"}) == done);
    CHECK(talk.error().code == errc::outcome_unknown);
    CHECK(talk.error().cause == errc::transport_failed);
    CHECK(talk.error().message.view() == "connection reset");
    CHECK(talk.exchange.attempts() == 3);
}

TEST_CASE("what was not sent is tried again and reported as such in the end") {
    conversation<> talk;
    for (int attempt = 1; attempt <= 4; ++attempt) {
        REQUIRE(talk.exchange.next(sample::time) == send);
        talk.exchange.send_failed({zenwire::transport_failure::not_sent, "no route to host"});
    }
    CHECK(talk.exchange.step() == done);
    CHECK(talk.error().code == errc::not_sent);
    CHECK(talk.error().outcome == outcome::not_executed);
    CHECK(talk.error().retryable());
}

TEST_CASE("a refusal ends an exchange at once") {
    conversation<> talk;
    REQUIRE(talk.exchange.next(sample::time) == send);
    CHECK(talk.receive(404, refused) == done);
    CHECK(talk.error().code == errc::api_error);
    CHECK(talk.error().api_code == zenwire::api_code::invalid_instance_not_found);
    CHECK(talk.exchange.attempts() == 1);
}

TEST_CASE("parameters against the rules and times out of range end an exchange before it sends") {
    conversation<> illegal{sample::action("0.07")};
    CHECK(illegal.exchange.next(sample::time) == done);
    CHECK(illegal.error().code == errc::invalid_parameter);
    CHECK(illegal.exchange.attempts() == 0);

    conversation<> in_milliseconds;
    CHECK(in_milliseconds.exchange.next(zenwire::unix_seconds(sample::time.count() * 1000)) == done);
    CHECK(in_milliseconds.error().code == errc::invalid_timestamp);
    CHECK(in_milliseconds.exchange.attempts() == 0);
}

TEST_CASE("retry-after is waited for and taken as a date against the time of the response") {
    const zenwire::field in_seconds[] = {{"retry-after", "7"}};
    const zenwire::field too_long[] = {{"retry-after", "3600"}};
    const zenwire::field as_date[] = {
        {"retry-after", "Tue, 10 Jan 2023 14:33:07 GMT"}};  // ten seconds after sample::time
    struct {
        std::span<zenwire::field const> fields;
        exchange_step step;
        std::uint32_t seconds;
    } const cases[] = {
        {in_seconds, wait_for(7000), 7},
        {too_long, done, 3600},
        {as_date, wait_for(8000), 8},
    };
    for (auto const& each : cases) {
        conversation talk{reading_action{sample::action()}};
        REQUIRE(talk.exchange.next(sample::time) == send);
        CHECK(talk.receive(429, limited, {each.fields.begin(), each.fields.end()}, 2) == each.step);
        if (each.step == done) {
            CHECK(talk.error().retry_after_seconds == each.seconds);
        }
    }
}

TEST_CASE("steps are equal when their kinds and their waits are") {
    CHECK(wait_for(1) == wait_for(1));
    CHECK(wait_for(1) != wait_for(2));
    CHECK(wait_for(0) != send);
}

TEST_CASE("jitter widens a wait") {
    conversation talk{reading_action{sample::action()}};
    REQUIRE(talk.exchange.next(sample::time) == send);
    CHECK(talk.exchange.receive({429, limited, {}}, sample::time, UINT32_MAX) == wait_for(1250));
    REQUIRE(talk.exchange.next(sample::time) == send);
    CHECK(talk.exchange.send_failed(zenwire::transport_failure::not_sent, UINT32_MAX) == wait_for(2250));
}

TEST_CASE("an expired signature tells how far the server's clock is ahead of the one that signed") {
    struct {
        std::string_view date;
        std::optional<std::int64_t> offset;
    } const cases[] = {
        {"Tue, 10 Jan 2023 14:42:57 GMT", 600},
        {"Tue, 10 Jan 2023 14:22:57 GMT", -600},
        {"Thu, 01 Jan 1970 00:00:00 GMT", -1673361177},
        {"soon", {}},
    };
    for (auto const& each : cases) {
        CAPTURE(each.date);
        conversation<> talk;
        REQUIRE(talk.exchange.next(sample::time) == send);
        // the response comes 30 s after the signature
        CHECK(talk.receive(401, expired, {{"Date", each.date}}, 30) == done);
        CHECK(talk.error().api_code == zenwire::api_code::authfailure_signature_expired);
        CHECK(talk.error().clock_offset_seconds == each.offset);
    }
    conversation<> other;
    REQUIRE(other.exchange.next(sample::time) == send);
    CHECK(other.receive(404, refused, {{"date", "Tue, 10 Jan 2023 14:42:57 GMT"}}) == done);
    CHECK_FALSE(other.error().clock_offset_seconds.has_value());
}

TEST_CASE("before an exchange is done its result does not claim that nothing was sent") {
    conversation<> talk;
    CHECK_FALSE(talk.exchange.result().has_value());
    REQUIRE(talk.exchange.next(sample::time) == send);
    REQUIRE_FALSE(talk.exchange.result().has_value());
    CHECK(talk.error().outcome == outcome::unknown);
    CHECK_FALSE(talk.error().retryable());
}

TEST_CASE("while an action that only reads is under way its result says so and that nobody knows what became of it") {
    conversation<reading_action> talk;
    CHECK(talk.error().code == errc::not_sent);
    CHECK(talk.error().cause == errc::not_sent);
    CHECK(talk.exchange.next(sample::time) == send);
    CHECK(talk.error().code == errc::transport_failed);
    CHECK(talk.error().cause == errc::transport_failed);
    CHECK(talk.error().blame == zenwire::blame::transport);
    CHECK(talk.error().reads_only);
    CHECK(talk.error().message == "the exchange is not done");
}

TEST_CASE("an exchange can be moved between its steps") {
    conversation<> talk;
    REQUIRE(talk.exchange.next(sample::time) == send);
    auto moved = std::move(talk.exchange);
    CHECK(code_of(zenwire::verify_request(moved.request(), talk.key, sample::time,
                                          zenwire::services::bmc_2022_11_20)) == errc{});
    CHECK(moved.send_failed(zenwire::transport_failure::not_sent) == wait_for(1000));
    auto again = std::move(moved);
    REQUIRE(again.next(seconds_later(1)) == send);
    CHECK(again.receive({200, success, {}}, sample::time) == done);
    CHECK(again.result().has_value());
}

TEST_CASE("an exchange that was moved from sends nothing, whatever its step was") {
    conversation<> talk;
    auto first = std::move(talk.exchange);
    CHECK(talk.exchange.next(sample::time) == done);
    CHECK(talk.exchange.attempts() == 0);
    CHECK(first.next(sample::time) == send);
    auto second = std::move(first);
    CHECK(first.step() == done);
    CHECK(first.request().body.empty());
    CHECK(second.step() == send);
    CHECK_FALSE(second.request().body.empty());
    first = std::move(second);
    CHECK(second.next(sample::time) == done);
    CHECK(first.step() == send);
    auto& same = first;
    first = std::move(same);
    CHECK(first.step() == send);
}

TEST_CASE("random calls out of order change nothing that they should not") {
    struct answer {
        int status;
        std::string_view body;
    };
    constexpr answer answers[] = {{200, success}, {429, limited}, {404, refused}, {503, ""},
                                  {200, ""},      {302, ""},      {401, expired}};
    std::mt19937 random(300);
    const auto chance = [&] { return static_cast<std::uint32_t>(random()); };
    const auto below = [&](std::size_t bound) { return chance() % bound; };
    int results = 0;
    int orders_placed = 0;
    for (int round = 0; round < 2000; ++round) {
        conversation<> talk;
        std::uint32_t sent = 0;
        bool may_be_executed = false;
        bool is_unsent = false;
        for (int call = 0; call < 30; ++call) {
            const exchange_step before = talk.exchange.step();
            const std::string held = std::string(talk.exchange.request().fields.value_of("authorization"));
            const zenwire::unix_seconds now = seconds_later(static_cast<std::int64_t>(below(100'000)));
            const std::size_t what = below(3);
            exchange_step after{};
            if (what == 0) {
                after = talk.exchange.next(now);
            } else if (what == 1) {
                const auto failure =
                    below(2) == 0 ? zenwire::transport_failure::not_sent : zenwire::transport_failure::unknown;
                may_be_executed = may_be_executed || (before == send && failure == zenwire::transport_failure::unknown);
                after = talk.exchange.send_failed(failure, chance());
            } else {
                auto const& each = answers[below(std::size(answers))];
                may_be_executed = may_be_executed || (before == send && (each.status < 400 || each.status == 503));
                after = talk.exchange.receive({each.status, each.body, {}}, now, chance());
                REQUIRE((before != send || after == done));
            }

            REQUIRE(after == talk.exchange.step());
            const bool fits = before.what == kind::wait_for ? what == 0 : before.what == kind::send && what != 0;
            if (!fits) {
                REQUIRE(after == before);
                REQUIRE(talk.exchange.request().fields.value_of("authorization") == held);
            }
            // only what was not sent is sent again
            const bool may_be_sent_again = before == wait_for(0) || is_unsent;
            is_unsent = fits ? after.what == kind::wait_for : is_unsent;
            if (fits && after.what == kind::send) {
                ++sent;
                REQUIRE(may_be_sent_again);
                REQUIRE_FALSE(may_be_executed);
                REQUIRE(talk.exchange.signed_at() == now);
            }
            REQUIRE(talk.exchange.attempts() == sent);
            REQUIRE(sent <= 4);
            REQUIRE(talk.exchange.request().fields.empty() == (after.what != kind::send));
        }
        if (talk.exchange.step() == done) {
            ++results;
            orders_placed += talk.exchange.result().has_value() ? 1 : 0;
            REQUIRE((may_be_executed || !talk.exchange.result().has_value()));
            REQUIRE(
                (talk.exchange.result().has_value() || (talk.error().outcome == outcome::unknown) == may_be_executed));
        }
    }
    CHECK(results > 1000);
    CHECK(orders_placed > 100);
}

TEST_CASE("what an error page quotes of the request's authorization is masked in what the error shows") {
    const auto token = sample::token();
    const zenwire::client<zenwire::bearer_token> client{zenwire::services::bmc_2022_11_20, zenwire::endpoint(), token};
    const std::string secret(sample::token_text);
    for (const std::string& body :
         {"<pre>authorization: Bearer " + secret + "</pre>", R"({"message":"who is )" + secret + R"(?"})",
          std::string(zenwire::limits::excerpt - 5, 'x') + secret,
          R"({"code":"X","message":")" + std::string(zenwire::limits::message - 5, 'x') + secret + "\"}",
          R"({"code":"no )" + secret + R"(","message":"m"})",
          R"({"code":")" + secret + R"(","requestId":")" + secret + R"("})"}) {
        CAPTURE(body);
        zenwire::request_exchange exchange(client, sample::action());
        REQUIRE(exchange.next(sample::time) == send);
        REQUIRE(exchange.receive({403, body, {}}, sample::time) == done);
        zenwire::error const& error = exchange.result().error();
        for (const std::string_view shown :
             {error.excerpt.view(), error.message.view(), error.api_code_text.view(), error.request_id.view()}) {
            CHECK(shown.find(secret.substr(0, 4)) == std::string_view::npos);
        }
    }
    conversation<> talk;
    REQUIRE(talk.exchange.next(sample::time) == send);
    const std::string authorization(talk.exchange.request().fields.value_of("authorization"));
    REQUIRE(talk.receive(403, authorization.substr(authorization.find("Signature="))) == done);
    CHECK(talk.error().excerpt.view() == "Signature=***");
}
