// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/request.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "../erased.hpp"
#include "../results.hpp"
#include "../samples.hpp"
#include "planned_crypto.hpp"

/// @file
/// What is left in memory of a request that has ended, or that failed: nothing.

namespace {

constexpr auto bmc = zenwire::services::bmc_2022_11_20;

/// Longer than a register: an error may have bytes in it that were on the stack before, among them copies of registers.
constexpr std::string_view secret = "s3cret of more bytes than a register has";

/// An action with a text that must not be left anywhere.
struct secret_action {
    static constexpr bool reads_only = true;
    using response = zenwire::basic_response;

    std::string_view name = "Describe";
    std::string_view text = secret;
    bool is_valid = true;

    static constexpr auto members() noexcept {
        return zenwire::member_list(zenwire::member<&secret_action::text>{"text"});
    }
};

constexpr zenwire::expected<void> validate(secret_action const& action, zenwire::service const&) noexcept {
    if (!action.is_valid) {
        return zenwire::refuse(zenwire::errc::invalid_parameter, zenwire::blame::local, "it is wrong");
    }
    return {};
}

/// Whether a part of a request can be seen in memory.
bool shows_a_request(std::string_view memory) {
    for (const std::string_view part :
         {secret, std::string_view("console.zenlayer.com"), std::string_view("POST /api/v2/bmc HTTP/1.1"),
          std::string_view("x-zc-signature-method"), std::string_view("authorization: Bearer"),
          std::string_view("ZC2-HMAC-SHA256 Credential=")}) {
        if (contains(memory, part)) {
            return true;
        }
    }
    return false;
}

/// Memory of the caller that shows what was written there and not wiped.
class marked_memory {
public:
    [[nodiscard]] std::span<char> memory() noexcept { return bytes_; }
    [[nodiscard]] bool is_clean() const noexcept {
        return std::all_of(bytes_.begin(), bytes_.end(), [](char c) { return c == '#' || c == '\0'; });
    }

private:
    std::vector<char> bytes_ = std::vector<char>(1024, '#');
};

/// Checks that a request for `action` fails with `code` and that nothing of it is left, in an object and in memory.
/// @param reset called before each attempt
template <class Credential, class Hash, class Reset>
void check_that_no_request_is_left(secret_action const& action, zenwire::request_template<Hash> const& prepared,
                                   Credential const& credential, zenwire::unix_seconds now, zenwire::errc code,
                                   Reset reset) {
    reset();
    const std::string left = bytes_left_by([&] {
        auto request = zenwire::make_request(action, prepared, credential, now);
        CHECK(code_of(request) == code);
        return request;
    });
    // an error may have in it what was on the stack before, constant texts among it, but nothing secret
    CHECK_FALSE(contains(left, secret));

    reset();
    marked_memory marked;
    CHECK(code_of(zenwire::make_request_in(marked.memory(), action, prepared, credential, now)) == code);
    CHECK(marked.is_clean());
}

template <class Credential>
void check_that_no_request_is_left(secret_action const& action, Credential const& credential, zenwire::errc code,
                                   zenwire::unix_seconds now = sample::time) {
    check_that_no_request_is_left(action, sample::endpoint(), credential, now, code, [] {});
}

/// The same of a head, for a body that the caller wrote.
template <class Credential, class Hash, class Reset>
void check_that_no_head_is_left(std::string_view name, zenwire::request_template<Hash> const& prepared,
                                Credential const& credential, zenwire::unix_seconds now, zenwire::errc code,
                                Reset reset) {
    reset();
    marked_memory of_request;
    CHECK(code_of(zenwire::sign_body(of_request.memory(), name, "{}", prepared, credential, now)) == code);
    CHECK(of_request.is_clean());

    reset();
    marked_memory of_head;
    CHECK(code_of(zenwire::sign_body(of_head.memory(), name, "{}", prepared, credential, now)) == code);
    CHECK(of_head.is_clean());
}

template <class Credential>
void check_that_no_head_is_left(std::string_view name, Credential const& credential, zenwire::errc code,
                                zenwire::unix_seconds now = sample::time) {
    check_that_no_head_is_left(name, sample::endpoint(), credential, now, code, [] {});
}

}  // namespace

TEST_CASE("a request that is made shows in memory and leaves no secret there when it has ended") {
    marked_memory marked;
    CHECK(zenwire::make_request_in(marked.memory(), secret_action(), sample::endpoint(), sample::key(), sample::time)
              .has_value());
    CHECK_FALSE(marked.is_clean());
    CHECK(shows_a_request({marked.memory().data(), marked.memory().size()}));

    for (const bool has_key : {true, false}) {
        const std::string left = bytes_left_by([&] {
            auto request =
                has_key ? zenwire::make_request(secret_action(), sample::endpoint(), sample::key(), sample::time)
                        : zenwire::make_request(secret_action(), sample::endpoint(), sample::token(), sample::time);
            CHECK(request.has_value());
            return request;
        });
        CHECK_FALSE(contains(left, secret));
        CHECK_FALSE(contains(left, "Signature"));
        CHECK_FALSE(contains(left, sample::token_text));
    }
}

TEST_CASE("nothing is left of a request whose action is against the rules or has a text that is not UTF-8") {
    check_that_no_request_is_left({.is_valid = false}, sample::key(), zenwire::errc::invalid_parameter);
    const std::string not_utf8 = std::string(secret) + " \xFF";
    check_that_no_request_is_left({.text = not_utf8}, sample::key(), zenwire::errc::invalid_parameter);
    check_that_no_request_is_left({.text = not_utf8}, sample::token(), zenwire::errc::invalid_parameter);
}

TEST_CASE("nothing is left of a request whose body is too long") {
    const std::string longest(std::max<std::size_t>(zenwire::limits::request_body, 1024), 's');
    check_that_no_request_is_left({.text = longest}, sample::key(), zenwire::errc::buffer_too_small);
    const std::string escaped = std::string(secret) + std::string(longest.size() / 2, '\n');
    check_that_no_request_is_left({.text = escaped}, sample::key(), zenwire::errc::buffer_too_small);
}

TEST_CASE("nothing is left of a request under a name that a header cannot carry") {
    for (const std::string_view name : {"Describe\r\nx: y", " Describe"}) {
        check_that_no_request_is_left({.name = name}, sample::key(), zenwire::errc::invalid_field);
        check_that_no_request_is_left({.name = name}, sample::token(), zenwire::errc::invalid_field);
        check_that_no_head_is_left(name, sample::key(), zenwire::errc::invalid_field);
    }
}

TEST_CASE("nothing is left of a request at a time that cannot be signed") {
    for (const std::int64_t seconds : {std::int64_t{-1}, std::int64_t{253402300800}}) {
        const zenwire::unix_seconds time(seconds);
        check_that_no_request_is_left({}, sample::key(), zenwire::errc::invalid_timestamp, time);
        check_that_no_request_is_left({}, sample::token(), zenwire::errc::invalid_timestamp, time);
        check_that_no_head_is_left("Describe", sample::key(), zenwire::errc::invalid_timestamp, time);
        check_that_no_head_is_left("Describe", sample::token(), zenwire::errc::invalid_timestamp, time);
    }
}

TEST_CASE("nothing is left of a request by a credential that was moved from") {
    auto key = sample::key();
    const auto other_key = std::move(key);
    auto token = sample::token();
    const auto other_token = std::move(token);
    check_that_no_request_is_left({}, key, zenwire::errc::invalid_credential);
    check_that_no_request_is_left({}, token, zenwire::errc::invalid_credential);
    check_that_no_head_is_left("Describe", key, zenwire::errc::invalid_credential);
    check_that_no_head_is_left("Describe", token, zenwire::errc::invalid_credential);
}

TEST_CASE("nothing is left of a request whose head is too long") {
    const std::string path = "/" + std::string(700, 'p');
    const auto prepared = *zenwire::request_template<>::make({"bmc", path, "2022-11-20"}, zenwire::endpoint());
    const auto no_reset = [] {};
    check_that_no_request_is_left({}, prepared, sample::key(), sample::time, zenwire::errc::buffer_too_small, no_reset);
    check_that_no_head_is_left("Describe", prepared, sample::key(), sample::time, zenwire::errc::buffer_too_small,
                               no_reset);
    const std::string longest(zenwire::limits::bearer_token, 't');
    const auto token = *zenwire::bearer_token::make(zenwire::token(longest));
    check_that_no_request_is_left({}, token, zenwire::errc::buffer_too_small);
    check_that_no_head_is_left("Describe", token, zenwire::errc::buffer_too_small);
}

TEST_CASE("nothing is left of a request whose hash or module fails, whichever call it is") {
    for (int fail_at = 1; fail_at <= 3; ++fail_at) {
        CAPTURE(fail_at);
        fault_plan plan{fail_at};
        const auto reset = [&] { plan.done = 0; };
        const auto prepared =
            *zenwire::request_template<planned_hash>::make(bmc, zenwire::endpoint(), {}, planned_hash{&plan});
        const auto key =
            *zenwire::external_access_key<planned_mac>::make(zenwire::access_key_id(sample::id), planned_mac{&plan});
        check_that_no_request_is_left({}, prepared, key, sample::time, zenwire::errc::crypto_failed, reset);
        check_that_no_head_is_left("Describe", prepared, key, sample::time, zenwire::errc::crypto_failed, reset);
    }
}

TEST_CASE("a head that fails while it is written has no fields") {
    for (int fail_at = 1; fail_at <= 4; ++fail_at) {
        CAPTURE(fail_at);
        fault_plan plan{fail_at};
        const auto prepared =
            *zenwire::request_template<planned_hash>::make(bmc, zenwire::endpoint(), {}, planned_hash{&plan});
        const auto key =
            *zenwire::external_access_key<planned_mac>::make(zenwire::access_key_id(sample::id), planned_mac{&plan});
        marked_memory marked;
        // the fourth time nothing fails but the memory is too small
        const std::span<char> head = marked.memory().first(fail_at == 4 ? 300 : 1024);
        zenwire::detail::request_layout layout;
        CHECK_FALSE(
            zenwire::detail::write_head(head, layout, "Describe", "{}", prepared, key, sample::time).has_value());
        CHECK(layout.field_count == 0);
        CHECK(marked.is_clean());
    }
}
