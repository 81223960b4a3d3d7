// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_TRANSPORT_SCENARIO_WRITER_HPP
#define ZENWIRE_TESTING_DETAIL_TRANSPORT_SCENARIO_WRITER_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/testing/transport_scenario.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Short names for writing scenarios of a transport: the steps of a server, its responses, and the expectations.
class transport_scenario_writer {
protected:
    using scenario = transport_scenario;
    using duty = transport_duty;
    using step = scenario::step;
    using kind = step::kind;
    using steps = std::vector<step>;
    using expectation = scenario::expectation;

    const step request{kind::read_request};
    const step read_head{kind::read_head};
    const step read_some{kind::read_some};
    const step await_unread{kind::await_unread};
    const step plain{kind::stay_plain};
    const step close{kind::close};
    const step cut{kind::cut};
    const step reset{kind::reset};

    static constexpr auto response = static_cast<unsigned>(transport_outcome::response);
    static constexpr auto not_sent = static_cast<unsigned>(transport_outcome::not_sent);
    static constexpr auto unknown = static_cast<unsigned>(transport_outcome::unknown);
    static constexpr milliseconds short_time{700};
    static constexpr std::size_t endless = std::size_t{64} << 20U;

    static step say(std::string text) { return {kind::say, std::move(text)}; }
    static step pause(std::size_t milliseconds) { return {kind::pause, {}, milliseconds}; }

    static std::string body(std::string_view word) { return std::string("{\"requestId\":\"").append(word).append("\"}"); }
    static std::string head(std::string_view status, std::size_t size, std::string_view more = "retry-after: 7\r\n") {
        return std::string("HTTP/1.1 ").append(status).append("\r\ncontent-type: application/json\r\n").append(more)
            .append("content-length: ").append(std::to_string(size)).append("\r\n\r\n");
    }
    static std::string reply(std::string_view word, std::string_view status = "200 OK",
                             std::string_view more = "retry-after: 7\r\n") {
        const std::string text = body(word);
        return head(status, text.size(), more) + text;
    }
    static std::string chunked(std::string_view extension = "", std::string_view trailer = "") {
        const std::string text = body("first");
        return std::string("HTTP/1.1 200 OK\r\nretry-after: 7\r\ntransfer-encoding: chunked\r\n\r\n5").append(extension)
            .append("\r\n").append(text, 0, 5).append("\r\n").append(hexadecimal(text.size() - 5)).append("\r\n")
            .append(text, 5).append("\r\n0\r\n").append(trailer).append("\r\n");
    }
    static std::string hexadecimal(std::size_t number) {
        constexpr std::string_view digits = "0123456789abcdef";
        return std::string(1, digits[number / 16 % 16]) + digits[number % 16];
    }
    static expectation returns(std::string_view word, int status = 200, unsigned also = 0) {
        return {response | also, status, body(word)};
    }

    /// A scenario whose server responds properly on each further connection, so that a second request would seem to do no harm.
    scenario& add(std::string name, duty about, steps first, std::vector<expectation> expected) {
        scenario made;
        made.name = std::move(name);
        made.duty = about;
        made.first = std::move(first);
        made.later = {request, say(reply("later"))};
        made.expected = std::move(expected);
        all_.push_back(std::move(made));
        return all_.back();
    }
    scenario& add(std::string name, duty about, steps first, unsigned allowed) {
        return add(std::move(name), about, std::move(first), {expectation{allowed}});
    }
    /// The scenario once more, over TLS.
    scenario& also_over_tls(scenario const& over_tcp) {
        scenario made = over_tcp;
        made.name += ", over TLS";
        made.certificate = scenario::tls::right;
        all_.push_back(std::move(made));
        return all_.back();
    }
    /// A scenario whose server reads the request and writes these bytes as its response.
    scenario& add_response(std::string name, std::string bytes, expectation expected, kind last = kind::close) {
        return add(std::move(name), duty::returns_the_response,
                   {request, say(std::move(bytes)), {last}}, {std::move(expected)});
    }

    std::vector<scenario> all_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
