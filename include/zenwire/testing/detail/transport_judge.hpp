// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_TRANSPORT_JUDGE_HPP
#define ZENWIRE_TESTING_DETAIL_TRANSPORT_JUDGE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/testing/transport_scenario.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The body of a request of a scenario.
inline std::string scenario_request_body(transport_scenario const& scenario, std::size_t number) {
    return std::string(R"({"instanceId":"i-1","note":"50%25 + \"\u00e9\" )")
        .append("\xC3\xA9")
        .append(scenario.padding, '.')
        .append("\",\"number\":")
        .append(std::to_string(number))
        .append("}\n");
}

/// The request to send in a scenario.
[[nodiscard]] inline owned_request scenario_request(transport_scenario const& scenario, std::string_view authority,
                                                    std::size_t number) {
    const field fields[] = {
        {"host", authority},
        {"content-type", "application/json"},
        {"x-zc-action", "ModifyInstanceTrafficPackage"},
        {"x-zc-timestamp", "1767225600"},
        {"x-zc-sdk-lang", "zenwire; a=\"b, c\"  d"},
        {"authorization", "ZC2-HMAC-SHA256 Credential=id/x, SignedHeaders=content-type;host, Signature=0a1b2c"},
    };
    const std::string body = scenario_request_body(scenario, number);
    request_view request;
    request.scheme = scenario.is_https() ? "https" : "http";
    request.authority = authority;
    request.target = scenario.target;
    request.fields = field_list(fields);
    request.body = body;
    return owned_request(request);
}

/// A request as it arrived, taken from the bytes of a connection.
struct arrived_request {
    std::string_view head{};
    std::string_view body{};
    bool is_complete = false;
};

/// The lines of a head, one after the other, without their ends.
template <class Function>
void for_each_line(std::string_view head, Function function) {
    while (!head.empty()) {
        const std::size_t end = (std::min)(head.find("\r\n"), head.size());
        function(head.substr(0, end));
        head.remove_prefix((std::min)(end + 2, head.size()));
    }
}

/// All values of the fields with a name, in any letter case.
inline std::vector<std::string_view> values_of(std::string_view head, std::string_view name) {
    std::vector<std::string_view> values;
    for_each_line(head, [&](std::string_view line) {
        const std::size_t colon = line.find(':');
        if (colon != line.npos && ascii::equal_ignoring_case(line.substr(0, colon), name)) {
            values.push_back(ascii::trim(line.substr(colon + 1)));
        }
    });
    return values;
}

/// The last `content-length` of a head; 0 without one. Digits beyond a billion are ignored, so that nothing overflows.
inline std::size_t announced_length(std::string_view head) {
    std::size_t length = 0;
    for (const std::string_view value : values_of(head, "content-length")) {
        length = 0;
        for (const char c : value) {
            length = ascii::is_decimal_digit(c) && length < 1000000000 ? length * 10 + static_cast<std::size_t>(c - '0')
                                                                       : length;
        }
    }
    return length;
}

/// The size of a chunked body, up to the last chunk; more than `bytes` has when the last chunk is missing.
inline std::size_t length_of_chunks(std::string_view bytes) {
    constexpr std::string_view last = "0\r\n\r\n";
    const std::size_t at = bytes.starts_with(last) ? 0 : bytes.find("\r\n0\r\n\r\n");
    return at == bytes.npos ? bytes.size() + 1 : at + (at == 0 ? 0 : 2) + last.size();
}

/// Splits the bytes of a connection into requests. An incomplete head counts as a request, because a part of it was sent.
inline std::vector<arrived_request> split_requests(std::string_view bytes) {
    std::vector<arrived_request> requests;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find("\r\n\r\n");
        arrived_request one;
        one.head = bytes.substr(0, end);
        if (end == bytes.npos) {
            bytes = {};
        } else {
            bytes.remove_prefix(end + 4);
            const bool is_in_chunks =
                !values_of(one.head, "transfer-encoding").empty() && values_of(one.head, "content-length").empty();
            const std::size_t length = is_in_chunks ? length_of_chunks(bytes) : announced_length(one.head);
            one.body = bytes.substr(0, length);
            one.is_complete = one.body.size() == length;
            bytes.remove_prefix(one.body.size());
        }
        requests.push_back(one);
    }
    return requests;
}

/// Compares an observation with its scenario, duty by duty. Only the first violation is reported.
class transport_judge {
public:
    transport_judge(transport_scenario const& scenario, std::string_view authority,
                    transport_observation const& observed)
        : scenario_(scenario), authority_(authority), observed_(observed) {
        for (std::string const& each : observed.received) {
            // the bytes of a TLS handshake are no request
            if (each.starts_with('\x16')) {
                continue;
            }
            for (arrived_request const& one : split_requests(each)) {
                arrived_.push_back(one);
            }
        }
    }

    transport_verdict verdict() && {
        verdict_.on_the_wire = arrived_.size() + observed_.unread;
        check_certificate();
        check_count();
        for (arrived_request const& each : arrived_) {
            if (each.is_complete) {
                check_request(each);
            }
        }
        check_end();
        for (std::size_t i = 0; i < observed_.reports.size() && i < scenario_.expected.size(); ++i) {
            check_report(observed_.reports[i], scenario_.expected[i], i);
        }
        check_size();
        return std::move(verdict_);
    }

private:
    void accuse(transport_duty duty, std::string why) {
        if (verdict_.kept) {
            verdict_.kept = false;
            verdict_.duty = duty;
            verdict_.why = std::move(why);
        }
    }

    void check_certificate() {
        using tls = transport_scenario::tls;
        const bool is_right = scenario_.certificate == tls::none || scenario_.certificate == tls::right;
        if (!is_right && verdict_.on_the_wire != 0) {
            accuse(transport_duty::verifies_certificate, "the request went to a server with a wrong certificate");
        }
    }

    void check_count() {
        for (std::size_t number = 0; number < scenario_.expected.size(); ++number) {
            const std::string body = scenario_request_body(scenario_, number);
            const auto count = std::ranges::count_if(
                arrived_, [&](arrived_request const& each) { return each.is_complete && each.body == body; });
            if (count > 1) {
                accuse(repeating_duty(), "the request was on the wire " + std::to_string(count) + " times");
            }
        }
        if (verdict_.on_the_wire > scenario_.expected.size()) {
            accuse(repeating_duty(), std::to_string(verdict_.on_the_wire) + " requests were on the wire for " +
                                         std::to_string(scenario_.expected.size()));
        }
    }

    transport_duty repeating_duty() const {
        return scenario_.duty == transport_duty::follows_no_redirect ? scenario_.duty : transport_duty::sends_once;
    }

    void check_request(arrived_request const& arrived) {
        const std::string_view line = arrived.head.substr(0, arrived.head.find("\r\n"));
        if (line != "POST " + scenario_.target + " HTTP/1.1") {
            accuse(transport_duty::sends_as_signed, "the request line was " + std::string(line));
        }
        bool is_known = false;
        for (std::size_t number = 0; number < scenario_.expected.size(); ++number) {
            is_known = is_known || arrived.body == scenario_request_body(scenario_, number);
        }
        if (!is_known) {
            accuse(transport_duty::sends_as_signed, "the body arrived changed");
        }
        if (!values_of(arrived.head, "transfer-encoding").empty() ||
            values_of(arrived.head, "content-length").size() != 1) {
            accuse(transport_duty::sends_as_signed, "the body was not sent with one content-length");
        }
        scenario_request(scenario_, authority_, 0).visit([&](request_view const& signed_one) {
            for (const field each : signed_one.fields) {
                const auto values = values_of(arrived.head, each.name);
                if (values.size() != 1 || values[0] != each.value) {
                    accuse(transport_duty::sends_as_signed, "the field " + std::string(each.name) +
                                                                (values.empty()      ? " did not arrive"
                                                                 : values.size() > 1 ? " arrived twice"
                                                                                     : " was changed"));
                }
            }
        });
    }

    void check_end() {
        if (observed_.hung) {
            accuse(transport_duty::bounds_time, "it did not come back");
        }
        if (!observed_.abrupt_end.empty()) {
            accuse(transport_duty::ends_nothing, observed_.abrupt_end);
        }
        if (observed_.reports.size() < scenario_.expected.size()) {
            accuse(transport_duty::ends_nothing, "it told nothing of a request");
        }
    }

    /// Whether a part of the request may have been sent.
    bool may_have_arrived(std::size_t number) const {
        const std::string body = scenario_request_body(scenario_, number);
        return observed_.unread != 0 || std::ranges::any_of(arrived_, [&](arrived_request const& each) {
                   return !each.is_complete || each.body == body;
               });
    }

    void check_report(transport_report const& report, transport_scenario::expectation const& expected,
                      std::size_t number) {
        // a busy machine is no fault of the transport
        constexpr milliseconds grace(1500);
        if (report.outcome == transport_outcome::threw) {
            accuse(transport_duty::ends_nothing, "it threw: " + report.message);
        } else if (report.took.count() > scenario_.timeout.count() + grace.count()) {
            accuse(transport_duty::bounds_time, "it took " + std::to_string(report.took.count()) +
                                                    " ms, and was given " + std::to_string(scenario_.timeout.count()));
        } else if (report.outcome == transport_outcome::not_sent && !may_have_arrived(number) &&
                   report.took >= scenario_.timeout && scenario_.where != transport_scenario::place::behind_silent) {
            // On a busy machine the time may be over before anything was sent: then the report is true. Not behind a silent
            // address, where the transport may have waited all the time for that one.
        } else if (!expected.allows(report.outcome)) {
            accuse(broken_duty(report, expected), "it told " + name_of(report.outcome) + wanted_text(expected) +
                                                      (report.message.empty() ? "" : ": " + report.message));
        } else if (report.outcome == transport_outcome::response) {
            check_response(report, expected);
        }
    }

    static std::string name_of(transport_outcome outcome) {
        switch (outcome) {
        case transport_outcome::response: return "of a response";
        case transport_outcome::not_sent: return "not_sent";
        case transport_outcome::unknown: return "unknown";
        default: return "nothing";
        }
    }

    static std::string wanted_text(transport_scenario::expectation const& expected) {
        std::string text;
        for (const transport_outcome each :
             {transport_outcome::response, transport_outcome::not_sent, transport_outcome::unknown}) {
            if (expected.allows(each)) {
                text += (text.empty() ? ", and had to tell " : " or ") + name_of(each);
            }
        }
        return text;
    }

    transport_duty broken_duty(transport_report const& report, transport_scenario::expectation const& expected) const {
        if (report.outcome == transport_outcome::not_sent) {
            return verdict_.on_the_wire != 0 || expected.allows(transport_outcome::unknown)
                       ? transport_duty::not_sent_only_when_sure
                       : scenario_.duty;
        }
        if (report.outcome == transport_outcome::unknown && expected.allows(transport_outcome::not_sent)) {
            return transport_duty::says_not_sent;
        }
        if (report.outcome == transport_outcome::response && scenario_.duty != transport_duty::verifies_certificate &&
            scenario_.duty != transport_duty::bounds_size) {
            return transport_duty::takes_no_part_for_whole;
        }
        const bool is_about_responses = scenario_.duty == transport_duty::sends_once ||
                                        scenario_.duty == transport_duty::follows_no_redirect ||
                                        scenario_.duty == transport_duty::sends_as_signed;
        return is_about_responses ? transport_duty::returns_the_response : scenario_.duty;
    }

    void check_response(transport_report const& report, transport_scenario::expectation const& expected) {
        const bool has_retry_after = std::ranges::any_of(report.fields, [](fake_field const& each) {
            return ascii::equal_ignoring_case(each.name, "retry-after") && each.value == "7";
        });
        if (report.status != expected.status) {
            accuse(transport_duty::returns_the_response,
                   "the status is " + std::to_string(report.status) + ", not " + std::to_string(expected.status));
        } else if (report.body != expected.body) {
            accuse(transport_duty::returns_the_response,
                   "the body is another one, of " + std::to_string(report.body.size()) + " bytes");
        } else if (expected.has_retry_after && report.gives_fields && !has_retry_after) {
            accuse(transport_duty::returns_the_response, "the field retry-after is missing");
        } else if (verdict_.on_the_wire == 0) {
            accuse(transport_duty::returns_the_response, "it returns a response to a request that was never sent");
        }
    }

    void check_size() {
        // the most that buffers of the system may hold
        constexpr std::uint64_t room = std::uint64_t{24} << 20U;
        if (observed_.bytes_said > room) {
            accuse(transport_duty::bounds_size, "it took " + std::to_string(observed_.bytes_said) + " bytes");
        }
    }

    transport_scenario const& scenario_;
    std::string_view authority_;
    transport_observation const& observed_;
    std::vector<arrived_request> arrived_{};
    transport_verdict verdict_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
