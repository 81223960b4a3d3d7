// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/transport.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/base/expected.hpp>
#include <zenwire/protocol/response.hpp>

#include "../results.hpp"

namespace {

template <class T>
using result_of_sending = zenwire::expected<T, zenwire::transport_error>;

struct bare_answer {
    int status;
    std::string_view body;
};
struct answer_with_pairs {
    unsigned status;
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;
};
struct answer_with_map {
    long status;
    std::string body;
    std::multimap<std::string, std::string> fields;
};
struct named {
    std::string name;
    std::string value;
};
struct answer_with_names {
    short status;
    std::string body;
    std::array<named, 4> fields;
};

template <class Answer>
constexpr auto sends = [](zenwire::request_view const&) -> result_of_sending<Answer> {
    return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent));
};
template <class Answer>
constexpr bool is_transport_of = zenwire::transport<decltype(sends<Answer>)>;

static_assert(is_transport_of<bare_answer>);
static_assert(!is_transport_of<zenwire::response_view>, "nobody owns what it refers to");
constexpr auto owner = [text = std::string_view("kept")](
                           zenwire::request_view const&) -> result_of_sending<zenwire::response_view> {
    return zenwire::response_view{200, text, {}};
};
static_assert(zenwire::transport<decltype(owner)>);
static_assert(is_transport_of<answer_with_pairs> && is_transport_of<answer_with_map> &&
              is_transport_of<answer_with_names>);
static_assert(!is_transport_of<std::string>);
static_assert(zenwire::transport_failure() == zenwire::transport_failure::unknown, "a failure that nobody set is not tried again");

// an error that is only the failure will do, a text will not
struct only_failure {
    result_of_sending<bare_answer> operator()(zenwire::request_view) const;
    zenwire::expected<bare_answer, zenwire::transport_failure> operator()(int) const;
};
static_assert(zenwire::transport<only_failure>);
static_assert(
    zenwire::transport<zenwire::expected<bare_answer, zenwire::transport_failure> (*)(zenwire::request_view const&)>);
static_assert(!zenwire::transport<zenwire::expected<bare_answer, std::string> (*)(zenwire::request_view const&)>);
static_assert(!zenwire::transport<std::optional<bare_answer> (*)(zenwire::request_view const&)>,
              "it could not say why");
static_assert(!zenwire::transport<result_of_sending<bare_answer> (*)(std::string_view)>);

}  // namespace

TEST_CASE_TEMPLATE("fields of any shape are seen", Answer, answer_with_pairs, answer_with_map, answer_with_names) {
    const Answer answer{429,
                        "body",
                        {{{"Server", "any"},
                          {"Retry-After", "7"},
                          {"DATE", "Tue, 10 Jan 2023 14:32:57 GMT"},
                          {"cf-mitigated", "challenge"}}}};
    const zenwire::response_adapter adapter(answer);
    CHECK(adapter.view().status == 429);
    CHECK(adapter.view().body == "body");
    CHECK(adapter.view().body.data() == answer.body.data());
    CHECK(adapter.view().fields.value_of("retry-after") == "7");
    CHECK(adapter.view().fields.value_of("cf-mitigated") == "challenge");
    CHECK(zenwire::retry_after_seconds(adapter.view()) == 7U);
    CHECK(zenwire::server_time(adapter.view()) == zenwire::unix_seconds(1673361177));
}

TEST_CASE("a response without fields has none") {
    const bare_answer answer{200, "{}"};
    const zenwire::response_adapter adapter(answer);
    CHECK(adapter.view().status == 200);
    CHECK(adapter.view().fields.empty());
}

TEST_CASE("a list of fields is taken as it is") {
    const zenwire::field fields[] = {{"server", "any"}, {"retry-after", "7"}};
    const zenwire::response_view view{429, "", zenwire::field_list(fields)};
    const zenwire::response_adapter from_view(view);
    CHECK(from_view.view().fields.size() == 2);
    struct answer_with_span {
        int status;
        std::string_view body;
        std::span<zenwire::field const> fields;
    };
    const answer_with_span answer{429, "", fields};
    const zenwire::response_adapter from_span(answer);
    CHECK(from_span.view().fields.value_of("server") == "any");
}

TEST_CASE("fields that are made while they are read may be views") {
    struct split_lines {
        struct iterator {
            std::string const* at;
            std::pair<std::string_view, std::string_view> operator*() const {
                const std::string_view line = *at;
                return {line.substr(0, line.find(':')), line.substr(line.find(':') + 1)};
            }
            iterator& operator++() {
                ++at;
                return *this;
            }
            bool operator==(iterator const&) const = default;
        };
        [[nodiscard]] iterator begin() const { return {lines.data()}; }
        [[nodiscard]] iterator end() const { return {lines.data() + lines.size()}; }
        std::array<std::string, 2> lines{"server: any", "Retry-After: 7"};
    };
    struct answer_with_lines {
        int status;
        std::string body;
        split_lines fields;
    };
    const answer_with_lines answer{429, "", {}};
    CHECK(zenwire::retry_after_seconds(zenwire::response_adapter(answer).view()) == 7U);
}

TEST_CASE("many fields do not push out the ones that are read") {
    answer_with_pairs answer{403, "", {}};
    for (int i = 0; i < 1000; ++i) {
        answer.fields.emplace_back("x-field-" + std::to_string(i), "value");
        answer.fields.emplace_back("set-cookie", std::string(1000, 'c'));
    }
    answer.fields.emplace_back("CF-Mitigated", "challenge");
    const zenwire::response_adapter adapter(answer);
    CHECK(adapter.view().fields.value_of("cf-mitigated") == "challenge");
    CHECK(adapter.view().fields.size() == 1);

    for (int i = 0; i < 1000; ++i) {
        answer.fields.emplace_back("date", "Tue, 10 Jan 2023 14:32:57 GMT");
    }
    const zenwire::response_adapter bounded(answer);
    CHECK(bounded.view().fields.size() == 2);
    CHECK(bounded.view().fields.value_of("cf-mitigated") == "challenge");
}

TEST_CASE("repeated fields do not push out the others that are read") {
    answer_with_pairs answer{403, "", {}};
    for (int i = 0; i < 3; ++i) {
        answer.fields.emplace_back("date", "Tue, 10 Jan 2023 14:32:57 GMT");
    }
    answer.fields.emplace_back("cf-mitigated", "challenge");
    CHECK(zenwire::response_adapter(answer).view().fields.value_of("cf-mitigated") == "challenge");
}

TEST_CASE("a failure of the transport says whether anything was sent") {
    using zenwire::transport_error;
    using zenwire::transport_failure;
    struct {
        transport_error failure;
        bool reads_only;
        zenwire::errc code;
        enum zenwire::outcome outcome;
        bool retryable;
    } const cases[] = {
        {transport_failure::not_sent, false, zenwire::errc::not_sent, zenwire::outcome::not_executed, true},
        {transport_failure::not_sent, true, zenwire::errc::not_sent, zenwire::outcome::not_executed, true},
        {transport_failure::unknown, false, zenwire::errc::transport_failed, zenwire::outcome::unknown, false},
        {transport_failure::unknown, true, zenwire::errc::transport_failed, zenwire::outcome::unknown, true},
    };
    for (auto const& each : cases) {
        const zenwire::error error = zenwire::detail::make_transport_error(each.failure, each.reads_only);
        CHECK(error.code == each.code);
        CHECK(error.blame == zenwire::blame::transport);
        CHECK(error.outcome == each.outcome);
        CHECK(error.retryable() == each.retryable);
        CHECK_FALSE(error.message.empty());
        CHECK(error.http_status == 0);
    }
    const auto explained =
        zenwire::detail::make_transport_error({transport_failure::unknown, "connection reset by peer"}, false);
    CHECK(explained.message.view() == "connection reset by peer");
    const std::string long_text(1000, 'x');
    CHECK(zenwire::detail::make_transport_error({transport_failure::unknown, long_text}, false).message.truncated());
}

namespace {

struct clock_of_a_test {
    zenwire::unix_seconds time{};
    std::int64_t slept = 0;

    [[nodiscard]] zenwire::unix_seconds now() const { return time; }
    void sleep_for(zenwire::milliseconds wait) { slept += wait.count(); }
    [[nodiscard]] int jitter() const { return 0; }
};

struct without_jitter {
    [[nodiscard]] zenwire::unix_seconds now() const;
    void sleep_for(zenwire::milliseconds wait);
};
struct with_plain_seconds {
    [[nodiscard]] std::int64_t now() const;
    void sleep_for(zenwire::milliseconds wait);
    [[nodiscard]] std::uint32_t jitter() const;
};
struct that_sleeps_in_plain_numbers {
    [[nodiscard]] zenwire::unix_seconds now() const;
    void sleep_for(std::int64_t wait);
    [[nodiscard]] std::uint32_t jitter() const;
};

static_assert(zenwire::runtime<clock_of_a_test> && zenwire::runtime<clock_of_a_test&>);
static_assert(!zenwire::runtime<without_jitter>);
static_assert(!zenwire::runtime<with_plain_seconds>, "milliseconds would be taken for seconds");
static_assert(!zenwire::runtime<that_sleeps_in_plain_numbers>);

/// What a driver does with a runtime.
std::int64_t use(zenwire::runtime auto& clock) {
    clock.sleep_for(zenwire::milliseconds(5));
    return clock.now().count() + static_cast<std::int64_t>(clock.jitter());
}

}  // namespace

TEST_CASE("a struct with three functions is a runtime") {
    clock_of_a_test clock{zenwire::unix_seconds(7)};
    CHECK(use(clock) == 7);
    CHECK(clock.slept == 5);
}
