// SPDX-License-Identifier: BSL-1.0
//
// The kit notices wrong transports, and says what is wrong with each. Each case plays those scenarios that its words select;
// with ZENWIRE_ALL_SCENARIOS in the environment all of them.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <thread>

#include <doctest/doctest.h>

#include "run_scenarios.hpp"
#include "wrong_transports.hpp"

namespace {

using namespace transport_conformance;
using namespace wrong_transports;
using duty = zenwire::transport_duty;

/// There are faults, and each of them is against one of these duties.
void check_breaks(factory const& transports, std::vector<duty> const& duties, std::string const& scenarios) {
    options how;
    how.at_once = 48;
    how.only = std::getenv("ZENWIRE_ALL_SCENARIOS") == nullptr ? scenarios : "";
    const std::vector<row> found = faults(run_scenarios(transports, how));
    CHECK(!found.empty());
    for (row const& each : found) {
        std::string received;
        for (std::string const& one : each.observed.received) {
            received.append("[").append(one).append("]");
        }
        INFO(each.scenario.name << ": " << std::string(to_string(each.verdict.duty)) << ": " << each.verdict.why << "\n"
                                << received);
        CHECK(std::ranges::find(duties, each.verdict.duty) != duties.end());
    }
}

template <class Change>
factory changed(Change change) {
    return made_by([change](limits const& of) { return around(change, settings_of(of)); });
}

template <class Value>
factory curl_with(CURLoption option, Value value) {
    return made_by([=](limits const& of) { return over_curl(option, value, settings_of(of)); });
}

factory hand_made(by_hand::mistake what) {
    return made_by([what](limits const& of) { return by_hand(what, settings_of(of)); });
}

factory plain(plain_connection::care care, over_plain::rewrite change = nullptr, bool bounds_reads = false) {
    return made_by([=](limits const& of) { return over_plain(settings_of(of), care, change, bounds_reads); });
}

/// Puts other text in the place of some.
void replace(std::string& in, std::string_view what, std::string_view with) {
    if (const std::size_t at = in.find(what); at != std::string::npos) {
        in.replace(at, what.size(), with);
    }
}

/// The request with other fields, or another body or path.
struct edited {
    explicit edited(zenwire::request_view const& of) : body(of.body), target(of.target), view(of) {
        for (const zenwire::field each : of.fields) {
            fields.push_back(each);
        }
    }
    zenwire::request_view const& get() {
        view.fields = zenwire::field_list(std::span<zenwire::field const>(fields));
        view.body = body;
        view.target = target;
        return view;
    }

    std::vector<zenwire::field> fields{};
    std::string body;
    std::string target;
    zenwire::request_view view;
};

}  // namespace

TEST_CASE("a transport that is right passes") {
    options how;
    how.only = "TLS 1.3";
    CHECK(faults(run_scenarios(made_by([](limits const& of) { return right(settings_of(of)); }), how)).empty());
}

TEST_CASE("one that sends again after any failure is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return is_unknown(result) ? send(request) : result;
                 }),
                 {duty::sends_once, duty::returns_the_response, duty::takes_no_part_for_whole, duty::bounds_time},
                 "the server closes");
}

TEST_CASE("one that sends again behind its caller's back is noticed") {
    check_breaks(made_by([](limits const& of) {
                     return [settings = settings_of(of)](zenwire::request_view const& request) {
                         http_result result = right(settings)(request);
                         if (is_unknown(result)) {
                             std::thread([settings, copy = zenwire::detail::owned_request(request)] {
                                 std::this_thread::sleep_for(std::chrono::milliseconds(30));
                                 copy.visit([&](auto const& again) { return right(settings)(again).has_value(); });
                             }).detach();
                         }
                         return result;
                     };
                 }),
                 {duty::sends_once}, "the server closes after the request");
}

TEST_CASE("one that sends again on a kept connection that ended is noticed") {
    check_breaks(changed([](auto send, auto const& request, int count) {
                     http_result result = send(request);
                     return count > 0 && is_unknown(result) ? send(request) : result;
                 }),
                 {duty::sends_once}, "kept connection");
}

TEST_CASE("one that sends again when TLS ends is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return request.scheme == "https" && is_unknown(result) ? send(request) : result;
                 }),
                 {duty::sends_once, duty::takes_no_part_for_whole, duty::bounds_time, duty::returns_the_response},
                 "TLS 1.2");
}

TEST_CASE("one that sends again when the server is busy is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return result && (result->status == 429 || result->status == 503) ? send(request) : result;
                 }),
                 {duty::sends_once}, "the server says");
}

TEST_CASE("one that follows redirects is noticed") {
    check_breaks(curl_with(CURLOPT_FOLLOWLOCATION, 1L), {duty::follows_no_redirect}, " to another ");
}

TEST_CASE("one that calls each failure not_sent is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return is_unknown(result) ? not_sent("failed") : std::move(result);
                 }),
                 {duty::not_sent_only_when_sure}, "");
}

TEST_CASE("one that calls a time-out not_sent is noticed") {
    const auto change = [](auto send, auto const& request, int) {
        const auto begin = std::chrono::steady_clock::now();
        http_result result = send(request);
        const bool is_late = std::chrono::steady_clock::now() - begin > std::chrono::milliseconds(650);
        return is_late && is_unknown(result) ? not_sent("timed out") : std::move(result);
    };
    check_breaks(changed(change), {duty::not_sent_only_when_sure}, "never");
}

TEST_CASE("one that never says not_sent is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return result ? std::move(result) : unknown("failed");
                 }),
                 {duty::says_not_sent}, "");
}

TEST_CASE("one that takes bodies of any size is noticed") {
    check_breaks(hand_made(by_hand::mistake::reads_without_a_bound), {duty::bounds_size}, "body");
}

TEST_CASE("one that waits as long as it takes is noticed") {
    check_breaks(made_by([](limits const& of) {
                     transport_settings settings = settings_of(of);
                     settings.timeout = std::chrono::hours(1);
                     return right(settings);
                 }),
                 {duty::bounds_time}, "the server stops");
}

TEST_CASE("one that hangs is noticed") {
    check_breaks(changed([](auto, auto const&, int) -> http_result {
                     std::this_thread::sleep_for(std::chrono::hours(1));
                     return unknown("it was a long hour");
                 }),
                 {duty::bounds_time}, "the server stops within the head");
}

TEST_CASE("one that asks nobody who vouches for a certificate is noticed") {
    check_breaks(curl_with(CURLOPT_SSL_VERIFYPEER, 0L), {duty::verifies_certificate}, "certificate");
}

TEST_CASE("one that does not compare the host with the certificate is noticed") {
    check_breaks(curl_with(CURLOPT_SSL_VERIFYHOST, 0L), {duty::verifies_certificate}, "certificate");
}

TEST_CASE("one that leaves out a field is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     edited other(request);
                     std::erase_if(other.fields, [](auto const& each) { return each.name == "x-zc-timestamp"; });
                     return send(other.get());
                 }),
                 {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that adds a content-type of its own is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     edited other(request);
                     other.fields.push_back({"content-type", "application/json; charset=utf-8"});
                     return send(other.get());
                 }),
                 {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that joins blanks in a field is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     edited other(request);
                     std::string joined;
                     for (zenwire::field& each : other.fields) {
                         if (each.value.find("  ") != each.value.npos) {
                             joined = each.value;
                             joined.erase(joined.find("  "), 1);
                             each.value = joined;
                         }
                     }
                     return send(other.get());
                 }),
                 {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that changes the body is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     edited other(request);
                     other.body.pop_back();  // only the line end
                     return send(other.get());
                 }),
                 {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that tidies up the path is noticed") {
    check_breaks(curl_with(CURLOPT_PATH_AS_IS, 0L), {duty::sends_as_signed}, "the path");
}

TEST_CASE("one that throws is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) -> http_result {
                     http_result result = send(request);
                     if (is_unknown(result)) {
                         throw std::runtime_error("no response");
                     }
                     return result;
                 }),
                 {duty::ends_nothing}, "the server closes");
}

TEST_CASE("one that lets SIGPIPE through is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     if (is_unknown(result)) {
                         std::raise(SIGPIPE);
                     }
                     return result;
                 }),
                 {duty::ends_nothing}, "the server resets");
}

TEST_CASE("one that keeps no fields of the response is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     if (result) {
                         result->fields.clear();
                     }
                     return result;
                 }),
                 {duty::returns_the_response}, "the response says its length");
}

TEST_CASE("one that makes failures of errors is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return result && result->status >= 400 ? unknown("an error") : std::move(result);
                 }),
                 {duty::returns_the_response}, "the API says");
}

TEST_CASE("one that takes a part for the whole is noticed") {
    check_breaks(hand_made(by_hand::mistake::takes_a_part), {duty::takes_no_part_for_whole}, "the server closes");
}

TEST_CASE("one that does not know the end of the input is noticed") {
    check_breaks(hand_made(by_hand::mistake::never_ends_input), {duty::returns_the_response}, "ends with the connection");
}

TEST_CASE("one that takes an interim response for the last one is noticed") {
    check_breaks(hand_made(by_hand::mistake::takes_the_first_head),
                 {duty::returns_the_response, duty::takes_no_part_for_whole, duty::bounds_size}, "nterim response");
}

TEST_CASE("one that returns the response to another request is noticed") {
    check_breaks(changed([last = http_result(unknown("none"))](auto send, auto const& request, int count) mutable {
                     http_result result = send(request);
                     return count == 0 ? last = result : last;
                 }),
                 {duty::returns_the_response}, "the connection is kept");
}

TEST_CASE("one that takes what follows a response for the next one is noticed") {
    check_breaks(hand_made(by_hand::mistake::keeps_what_is_left),
                 {duty::returns_the_response}, "nobody asked for follows");
}

TEST_CASE("one that tries the first address only is noticed") {
    check_breaks(plain(plain_connection::care::none),
                 {duty::tries_all_addresses, duty::says_not_sent}, "the first of two addresses");
}

TEST_CASE("one that takes a signal for a time-out is noticed") {
    check_breaks(plain(plain_connection::care::none),
                 {duty::ends_nothing}, "signals come while the response is waited for");
}

TEST_CASE("one that ends the program is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) -> http_result {
                     http_result result = send(request);
                     if (is_unknown(result)) {
                         ::_exit(1);
                     }
                     return result;
                 }),
                 {duty::ends_nothing}, "the server closes");
}

TEST_CASE("one that adds a second host is noticed") {
    check_breaks(plain(plain_connection::care::usual, [](std::string& bytes) { replace(bytes, "\r\n", "\r\nhost: cloud\r\n"); }),
                 {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that puts instead of posting is noticed") {
    check_breaks(plain(plain_connection::care::usual, [](std::string& bytes) { replace(bytes, "POST", "PUT"); }),
                 {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that sends the body in chunks is noticed") {
    const auto in_chunks = [](std::string& bytes) {
        const std::size_t body = bytes.find("\r\n\r\n") + 4;
        const std::size_t at = bytes.find("content-length: ");
        char size[32] = "";
        std::snprintf(&size[0], sizeof(size), "%zx\r\n", bytes.size() - body);
        bytes.append("\r\n0\r\n\r\n").insert(body, &size[0]);
        bytes.replace(at, bytes.find('\r', at) - at, "transfer-encoding: chunked");
    };
    check_breaks(plain(plain_connection::care::usual, in_chunks), {duty::sends_as_signed}, "the response says its length");
}

TEST_CASE("one that sends a second time when the first is slow is noticed") {
    check_breaks(made_by([](limits const& of) {
                     return [settings = settings_of(of)](zenwire::request_view const& request) {
                         auto first = std::async([&] { return right(settings)(request); });
                         if (first.wait_for(std::chrono::milliseconds(300)) != std::future_status::ready) {
                             http_result second = right(settings)(request);
                             return second ? second : first.get();
                         }
                         return first.get();
                     };
                 }),
                 {duty::sends_once}, "the server never answers");
}

TEST_CASE("one that sends again after what invites to it is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return result && (result->status == 408 || result->status == 425) ? send(request) : std::move(result);
                 }),
                 {duty::sends_once}, "the server says 4");
}

TEST_CASE("one that sends again to where a 307 or 308 points is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     return result && (result->status == 307 || result->status == 308) ? send(request) : std::move(result);
                 }),
                 {duty::follows_no_redirect}, "307 to another");
}

TEST_CASE("one that bounds each read and not the whole is noticed") {
    check_breaks(plain(plain_connection::care::usual, nullptr, true), {duty::bounds_time}, "a byte at a time");
}

TEST_CASE("one that shortens a body that is too large is noticed") {
    check_breaks(made_by([](limits const& of) {
                     transport_settings settings = settings_of(of);
                     settings.max_body *= 2;
                     return [most = of.max_body, one = std::make_shared<right>(settings)](zenwire::request_view const& request) {
                         http_result result = (*one)(request);
                         if (result && result->body.size() > most) {
                             result->body.resize(most);
                         }
                         return result;
                     };
                 }),
                 {duty::bounds_size}, "larger than allowed");
}

TEST_CASE("one that takes an expired certificate is noticed") {
    const auto without_dates = [](CURL*, void* context, void*) {
        X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(static_cast<SSL_CTX*>(context)), X509_V_FLAG_NO_CHECK_TIME);
        return CURLE_OK;
    };
    check_breaks(curl_with(CURLOPT_SSL_CTX_FUNCTION, +without_dates), {duty::verifies_certificate}, "the certificate is too old");
}

TEST_CASE("one that looks at the certificate after the request was sent is noticed") {
    static constexpr auto trust_file = [](CURL*, void* context, void* file) {
        SSL_CTX_load_verify_file(static_cast<SSL_CTX*>(context), static_cast<char const*>(file));
        return CURLE_OK;
    };
    check_breaks(made_by([](limits const& of) {
                     return [settings = settings_of(of)](zenwire::request_view const& request) -> http_result {
                         curl_request message(request, settings);
                         curl_easy_setopt(message.handle(), CURLOPT_SSL_VERIFYPEER, 0L);
                         curl_easy_setopt(message.handle(), CURLOPT_SSL_CTX_FUNCTION, +trust_file);
                         curl_easy_setopt(message.handle(), CURLOPT_SSL_CTX_DATA, settings.ca_file.c_str());
                         http_result result = message.result(curl_easy_perform(message.handle()));
                         long verified = 0;
                         curl_easy_getinfo(message.handle(), CURLINFO_SSL_VERIFYRESULT, &verified);
                         return verified == 0 ? std::move(result) : unknown("the certificate is wrong");
                     };
                 }),
                 {duty::verifies_certificate}, "nobody vouches");
}

TEST_CASE("one that calls the end of a kept connection not_sent is noticed") {
    check_breaks(changed([](auto send, auto const& request, int count) {
                     http_result result = send(request);
                     return count > 0 && is_unknown(result) ? not_sent("the connection had ended") : std::move(result);
                 }),
                 {duty::not_sent_only_when_sure}, "kept connection");
}

TEST_CASE("one that says not_sent once and is of no use afterwards is noticed") {
    check_breaks(changed([failed = false](auto send, auto const& request, int) mutable {
                     http_result result = failed ? unknown("broken") : send(request);
                     failed = failed || (!result && result.error().failure == zenwire::transport_failure::not_sent);
                     return result;
                 }),
                 {duty::says_not_sent}, "nobody listens");
}

TEST_CASE("one that takes bodies for texts of C is noticed") {
    check_breaks(changed([](auto send, auto const& request, int) {
                     http_result result = send(request);
                     if (result) {
                         result->body = std::string(result->body.c_str());
                     }
                     return result;
                 }),
                 {duty::returns_the_response}, "bytes that are no text");
}

TEST_CASE("one whose first address may take all the time is noticed") {
    check_breaks(plain(plain_connection::care::no_shares), {duty::tries_all_addresses}, "the first of two addresses never says a word");
}
