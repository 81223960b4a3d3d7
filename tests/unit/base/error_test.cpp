// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/error.hpp>

#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

using zenwire::errc;
using zenwire::error;
using zenwire::outcome;

static_assert(std::is_trivially_copyable_v<error>);
static_assert(error(error::make(errc::not_sent, zenwire::blame::transport, "no route")).retryable());

/// Checks that the enumerators from `first` on have names of their own, and that beyond the last there is none.
/// @return how many there are
template <class Enumeration>
int check_names(int first) {
    std::set<std::string> names;
    for (int value = 0; value < 256; ++value) {
        CAPTURE(value);
        const std::string name(to_string(static_cast<Enumeration>(value)));
        const bool is_enumerator = value >= first && value < first + static_cast<int>(names.size()) + 1;
        CHECK((name.empty() || is_enumerator));
        if (!name.empty()) {
            CHECK(names.insert(name).second);
            CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos);
        }
    }
    return static_cast<int>(names.size());
}

}  // namespace

TEST_CASE("every enumerator has a name of its own and other values have none") {
    CHECK(check_names<errc>(1) >= static_cast<int>(errc::outcome_unknown));
    CHECK(check_names<zenwire::blame>(0) == 3);
    CHECK(check_names<outcome>(0) == 3);
    CHECK(to_string(errc::api_error) == "api_error");
    CHECK(to_string(zenwire::blame::transport) == "transport");
    CHECK(to_string(outcome::not_executed) == "not_executed");
}

TEST_CASE("an error of our own says what and whose fault and which parameter") {
    const error made = error::make(errc::invalid_parameter, zenwire::blame::local, "not a number", "instanceId");
    CHECK(made.code == errc::invalid_parameter);
    CHECK(made.cause == errc::invalid_parameter);
    CHECK(made.blame == zenwire::blame::local);
    CHECK(made.message.view() == "not a number");
    CHECK(made.field == "instanceId");
    CHECK(made.outcome == outcome::not_executed);
    CHECK(made.http_status == 0);
    CHECK_FALSE(made.retry_after_seconds.has_value());
    CHECK_FALSE(made.clock_offset_seconds.has_value());
    CHECK(made.api_code_text.empty());
    CHECK(made.request_id.empty());
    CHECK(made.excerpt.empty());
    CHECK_FALSE(made.retryable());
    CHECK(error::make(errc::not_sent, zenwire::blame::transport, "").field.empty());
}

TEST_CASE("a message that is too long is cut and says so") {
    const std::string text(zenwire::limits::message + 1, 'm');
    const error made = error::make(errc::api_error, zenwire::blame::remote, text);
    CHECK(made.message.view() == text.substr(1));
    CHECK(made.message.truncated());
}

TEST_CASE("trying again is safe for what was not sent and for an action that reads where it may help") {
    for (int value = 1; !to_string(static_cast<errc>(value)).empty(); ++value) {
        for (const outcome what : {outcome::not_executed, outcome::executed, outcome::unknown}) {
            for (const bool reads_only : {false, true}) {
                error failure = error::make(static_cast<errc>(value), zenwire::blame::remote, "");
                failure.outcome = what;
                failure.reads_only = reads_only;
                CAPTURE(to_string(failure.code));
                CAPTURE(to_string(what));
                CAPTURE(reads_only);
                const bool was_not_sent = what == outcome::not_executed && failure.code == errc::not_sent;
                const bool may_help =
                    what == outcome::unknown || (what == outcome::not_executed && failure.code == errc::rate_limited);
                CHECK(failure.retryable() == (was_not_sent || (reads_only && may_help)));
            }
        }
    }
}

TEST_CASE("a request that took the server too long to arrive is tried again, but not one that was refused") {
    const auto is_retryable = [](errc code, bool reads_only) {
        error failure = error::make(code, zenwire::blame::remote, "");
        failure.http_status = 408;
        failure.reads_only = reads_only;
        return failure.retryable();
    };
    CHECK(is_retryable(errc::malformed_response, true));
    CHECK(is_retryable(errc::unexpected_status, true));
    CHECK_FALSE(is_retryable(errc::api_error, true));
    CHECK_FALSE(is_retryable(errc::security_challenge, true));
    CHECK_FALSE(is_retryable(errc::malformed_response, false));
}

TEST_CASE("a refusal is what the API said, or a security layer before it, and nothing that a gateway may say") {
    struct {
        errc code;
        std::uint16_t status;
        outcome what;
        unsigned api_code;
        bool is_refusal;
    } const cases[] = {
        {errc::api_error, 403, outcome::not_executed, 0, true},
        {errc::api_error, 404, outcome::not_executed, 1, true},
        {errc::security_challenge, 403, outcome::not_executed, 0, true},
        {errc::request_blocked, 451, outcome::not_executed, 0, true},
        {errc::rate_limited, 503, outcome::not_executed, 1, true},
        {errc::rate_limited, 429, outcome::not_executed, 0, false},
        {errc::rate_limited, 429, outcome::unknown, 0, false},
        {errc::api_error, 500, outcome::unknown, 1, false},
        {errc::unexpected_status, 403, outcome::not_executed, 0, false},
        {errc::malformed_response, 403, outcome::not_executed, 0, false},
        {errc::not_sent, 0, outcome::not_executed, 0, false},
        {errc::invalid_parameter, 0, outcome::not_executed, 0, false},
        {errc::would_be_refused, 0, outcome::not_executed, 1, false},
    };
    for (auto const& each : cases) {
        CAPTURE(to_string(each.code));
        CAPTURE(each.status);
        error failure = error::make(each.code, zenwire::blame::remote, "");
        failure.http_status = each.status;
        failure.outcome = each.what;
        failure.api_code = static_cast<zenwire::api_code>(each.api_code);
        CHECK(failure.is_refusal() == each.is_refusal);
    }
}
