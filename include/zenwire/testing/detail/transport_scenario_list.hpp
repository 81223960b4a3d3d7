// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_TRANSPORT_SCENARIO_LIST_HPP
#define ZENWIRE_TESTING_DETAIL_TRANSPORT_SCENARIO_LIST_HPP

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/testing/transport_scenario.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Makes the scenarios of transport_scenarios(). Each member function adds those of one subject.
class transport_scenario_list {
public:
    std::vector<transport_scenario> make() && {
        add_plain_responses();
        add_errors();
        add_what_is_sent();
        add_broken_exchanges();
        add_useless_connections();
        add_broken_sessions();
        add_kept_connections();
        add_redirects();
        add_invitations_to_repeat();
        add_unreachable();
        add_refused_sessions();
        add_slow_servers();
        add_large_responses();
        add_addresses();
        add_signals();
        return std::move(all_);
    }

private:
    // ---- Short names: the steps of a server, its responses, and the expectations

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
    const step say_first = say(reply("first"));
    const step say_second = say(reply("second"));

    static constexpr auto response = static_cast<unsigned>(transport_outcome::response);
    static constexpr auto not_sent = static_cast<unsigned>(transport_outcome::not_sent);
    static constexpr auto unknown = static_cast<unsigned>(transport_outcome::unknown);
    static constexpr milliseconds short_time{700};
    static constexpr std::size_t endless = std::size_t{64} << 20U;

    static step say(std::string text) { return {kind::say, std::move(text)}; }
    static step pause(std::size_t milliseconds) { return {kind::pause, {}, milliseconds}; }

    static std::string body(std::string_view word) {
        return std::string("{\"requestId\":\"").append(word).append("\"}");
    }
    static std::string head(std::string_view status, std::size_t size, std::string_view more = "retry-after: 7\r\n") {
        return std::string("HTTP/1.1 ")
            .append(status)
            .append("\r\ncontent-type: application/json\r\n")
            .append(more)
            .append("content-length: ")
            .append(std::to_string(size))
            .append("\r\n\r\n");
    }
    static std::string reply(std::string_view word, std::string_view status = "200 OK",
                             std::string_view more = "retry-after: 7\r\n") {
        const std::string text = body(word);
        return head(status, text.size(), more) + text;
    }
    static std::string chunked(std::string_view extension = "", std::string_view trailer = "") {
        const std::string text = body("first");
        return std::string("HTTP/1.1 200 OK\r\nretry-after: 7\r\ntransfer-encoding: chunked\r\n\r\n5")
            .append(extension)
            .append("\r\n")
            .append(text, 0, 5)
            .append("\r\n")
            .append(hexadecimal(text.size() - 5))
            .append("\r\n")
            .append(text, 5)
            .append("\r\n0\r\n")
            .append(trailer)
            .append("\r\n");
    }
    static std::string hexadecimal(std::size_t number) {
        constexpr std::string_view digits = "0123456789abcdef";
        return std::string(1, digits[number / 16 % 16]) + digits[number % 16];
    }
    static expectation returns(std::string_view word, int status = 200, unsigned also = 0) {
        return {response | also, status, body(word)};
    }

    /// A scenario whose server responds properly on each further connection, so that nothing stops a transport that repeats.
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
        return add(std::move(name), duty::returns_the_response, {request, say(std::move(bytes)), {last}},
                   {std::move(expected)});
    }

    // ---- The scenarios

    void add_plain_responses() {
        also_over_tls(add_response("the response says its length", reply("first"), returns("first")));
        also_over_tls(add_response("the response comes in chunks", chunked(), returns("first")));
        also_over_tls(add_response("chunks have extensions, and fields follow them",
                                   chunked(";a=b;c=\"d\"", "x-checksum: 1\r\n"), returns("first")));
        also_over_tls(add_response("the body ends with the connection",
                                   "HTTP/1.1 200 OK\r\nretry-after: 7\r\n\r\n" + body("first"), returns("first")));
        add_response("a response of HTTP/1.0 ends with the connection",
                     "HTTP/1.0 200 OK\r\nRETRY-AFTER: 7\r\n\r\n" + body("first"), returns("first"));
        add_response("a body of no bytes", "HTTP/1.1 200 OK\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n",
                     {response, 200, ""});
        add_response("a status without a body", "HTTP/1.1 204 No Content\r\nretry-after: 7\r\n\r\n",
                     {response, 204, ""});
        const std::string bytes("\0\x01\x7f\x80\xff\r\n\r\n", 9);
        add_response("a body of bytes that are no text", head("200 OK", bytes.size()) + bytes, {response, 200, bytes});
        const std::string large(60000, 'x');
        also_over_tls(add_response("a body almost as large as allowed", head("200 OK", large.size()) + large,
                                   {response, 200, large}));
        add_response("100 Continue comes first, though nobody asked", "HTTP/1.1 100 Continue\r\n\r\n" + reply("first"),
                     returns("first"));
        also_over_tls(add_response("interim responses come first",
                                   "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" +
                                       reply("first"),
                                   returns("first")));
        also_over_tls(add("the response comes byte by byte", duty::returns_the_response,
                          {request, {kind::trickle, chunked()}, close}, {returns("first")}));
        add("a pause splits head and body", duty::returns_the_response,
            {request, say(head("200 OK", body("first").size())), pause(300), say(body("first"))}, {returns("first")});
    }

    void add_errors() {
        for (const std::string_view status : {"400 Bad Request", "403 Forbidden", "404 Not Found", "409 Conflict",
                                              "500 Internal Server Error", "502 Bad Gateway", "504 Gateway Timeout"}) {
            const int number = (status[0] - '0') * 100 + (status[1] - '0') * 10 + (status[2] - '0');
            add_response("the API says " + std::string(status), reply("first", status), returns("first", number));
        }
    }

    void add_what_is_sent() {
        scenario& odd = add_response("the path has escapes, dots and a query", reply("first"), returns("first"));
        odd.duty = duty::sends_as_signed;
        odd.target = "/api/%7Ev2/../v2/./bmc%2Fx?a=b%20c&d=+";
        scenario& large = add_response("the request is large", reply("first"), returns("first"));
        large.duty = duty::sends_as_signed;
        large.padding = 200000;
        also_over_tls(large);
    }

    void add_broken_exchanges() {
        const std::string text = reply("first");
        const std::size_t body_size = body("first").size();
        struct moment {
            std::string_view name;
            steps done;
        };
        const moment moments[] = {
            {"after the head of the request", {read_head}},
            {"within the request", {{kind::read_part, {}, 10}}},
            {"after the request", {request}},
            {"after an interim response", {request, say("HTTP/1.1 103 Early Hints\r\n\r\n")}},
            {"within the status line", {request, say("HTTP/1.1 20")}},
            {"within the head of the response", {request, say(text.substr(0, 40))}},
            {"before the body", {request, say(text.substr(0, text.size() - body_size))}},
            {"within the body", {request, say(text.substr(0, text.size() - 2))}},
            {"within a chunk", {request, say(chunked().substr(0, 80))}},
            {"before the last chunk", {request, say(chunked().substr(0, chunked().size() - 5))}},
        };
        for (moment const& each : moments) {
            for (const auto& [verb, how] : {std::pair("closes ", kind::close), std::pair("resets ", kind::reset)}) {
                steps script = each.done;
                script.push_back(pause(20));
                script.push_back({how});
                add(std::string("the server ").append(verb).append(each.name),
                    each.done.size() < 2 ? duty::sends_once : duty::takes_no_part_for_whole, std::move(script),
                    unknown);
            }
        }
    }

    void add_useless_connections() {
        add("the server closes at once", duty::sends_once, {close}, not_sent | unknown);
        add("the server resets at once", duty::sends_once, {reset}, not_sent | unknown);
        also_over_tls(add("the server resets with the request unread", duty::not_sent_only_when_sure,
                          {await_unread, reset}, unknown));
        add("the server speaks something else", duty::takes_no_part_for_whole, {request, say("hello\r\n\r\n"), close},
            unknown);
        add("the server speaks HTTP/2", duty::takes_no_part_for_whole,
            {request, say(std::string("\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64", 15)), close}, unknown);
        add("the server switches the protocol", duty::takes_no_part_for_whole,
            {request, say("HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n"), close},
            {expectation{response | unknown, 101, "", false}});
    }

    void add_broken_sessions() {
        struct version {
            std::string_view name;
            bool is_tls_1_2;
            bool has_tickets;
        };
        for (version const& each : {version{"TLS 1.3", false, true}, version{"TLS 1.3 without tickets", false, false},
                                    version{"TLS 1.2", true, true}, version{"TLS 1.2 without tickets", true, false}}) {
            const auto add_version = [&](std::string_view what, duty about, steps script, unsigned allowed) {
                scenario& made =
                    add(std::string(what).append(", ").append(each.name), about, std::move(script), allowed);
                made.certificate = scenario::tls::right;
                made.is_tls_1_2 = each.is_tls_1_2;
                made.has_tickets = each.has_tickets;
                if (what.find("leaves") != what.npos) {
                    made.timeout = short_time;  // not the eight seconds of others
                }
            };
            add_version("the server closes after the handshake", duty::sends_once, {close}, not_sent | unknown);
            add_version("the server resets after the handshake", duty::ends_nothing, {reset}, not_sent | unknown);
            add_version("the server closes the session after the request", duty::sends_once, {request, close}, unknown);
            add_version("the server ends the session and leaves the connection", duty::sends_once,
                        {request, {kind::end_session}}, unknown);
            add_version("the server cuts the session after the request", duty::sends_once, {request, cut}, unknown);
            add_version("the server resets the session after the request", duty::sends_once, {request, reset}, unknown);
            add_version("the server closes the session after the head of the request", duty::sends_once,
                        {read_head, close}, unknown);
            add_version("the server cuts the session within a body", duty::takes_no_part_for_whole,
                        {request, say(reply("first").substr(0, reply("first").size() - 3)), cut}, unknown);
            add_version("the session is cut, not closed, behind a body without a length", duty::takes_no_part_for_whole,
                        {request, say("HTTP/1.1 200 OK\r\nretry-after: 7\r\n\r\n" + body("first")), cut}, unknown);
        }
    }

    /// Two requests, one after the other; the transport may keep the connection or not.
    void add_kept_connections() {
        const auto add_two = [&](std::string name, duty about, steps first, unsigned also) {
            scenario& made = add(std::move(name), about, std::move(first),
                                 {returns("first"), {response | also, 200, body("second")}});
            made.later = {request, say_second};
            made.between = milliseconds(150);
            also_over_tls(made);
        };
        add_two("the connection is kept", duty::returns_the_response, {request, say_first, request, say_second}, 0);
        add_two("the connection is closed while nobody uses it", duty::sends_once, {request, say_first, close},
                unknown);
        add_two("the connection is reset while nobody uses it", duty::sends_once,
                {request, say_first, pause(20), reset}, unknown);
        add_two("the kept connection is closed after the second request", duty::sends_once,
                {request, say_first, request, close}, unknown);
        add_two("the kept connection is reset after the second request", duty::sends_once,
                {request, say_first, request, reset}, unknown);
        add_two("the kept connection is reset with the second request unread", duty::sends_once,
                {request, say_first, await_unread, reset}, unknown);
        add_two("the second response on a kept connection breaks off", duty::sends_once,
                {request, say_first, request, say(reply("second").substr(0, 30)), close}, unknown);
        add_two("the server says that it will close, and stays silent", duty::returns_the_response,
                {request, say(reply("first", "200 OK", "retry-after: 7\r\nconnection: close\r\n"))}, 0);
        add_two("a response that nobody asked for follows the first", duty::returns_the_response,
                {request, say(reply("first") + reply("stale")), request, say_second}, 0);
        add_two("an idle connection is given up with 408", duty::returns_the_response,
                {request, say_first, pause(10), say(reply("stale", "408 Request Timeout")), close}, unknown);
        scenario& late = add("the response to a request that was given up comes late", duty::returns_the_response,
                             {request, pause(1000), say_first, request, say_second},
                             {expectation{unknown}, {response, 200, body("second")}});
        late.later = {request, say_second};
        late.timeout = short_time;
        late.between = milliseconds(600);
        also_over_tls(late);
    }

    void add_redirects() {
        for (const char* const status : {"300", "301", "302", "303", "305", "307", "308"}) {
            for (const std::string_view to : {"http://{authority}/elsewhere", "/elsewhere"}) {
                const std::string text = reply("first", std::string(status).append(" Elsewhere"),
                                               std::string("retry-after: 7\r\nlocation: ").append(to).append("\r\n"));
                scenario& made =
                    add(std::string(status).append(to[0] == '/' ? " to another path" : " to an absolute URL"),
                        duty::follows_no_redirect, {request, say(text), request, say_second},
                        {returns("first", std::stoi(status))});
                if (to[0] == '/') {
                    also_over_tls(made);
                }
            }
        }
        add("200 with refresh and location", duty::follows_no_redirect,
            {request,
             say(reply("first", "200 OK", "retry-after: 7\r\nrefresh: 0; url=/elsewhere\r\nlocation: /elsewhere\r\n"))},
            {returns("first")});
    }

    /// Responses after which some clients repeat the request by themselves.
    void add_invitations_to_repeat() {
        struct invitation {
            std::string_view status;
            std::string_view fields;
        };
        for (invitation const& each :
             {invitation{"401 Unauthorized", "www-authenticate: Basic realm=\"x\"\r\n"},
              invitation{"401 Unauthorized for Digest",
                         "www-authenticate: Digest realm=\"x\", nonce=\"y\", qop=\"auth\"\r\n"},
              invitation{"407 Proxy Authentication Required", "proxy-authenticate: Basic realm=\"x\"\r\n"},
              invitation{"408 Request Timeout", "connection: close\r\n"}, invitation{"417 Expectation Failed", ""},
              invitation{"421 Misdirected Request", "connection: close\r\n"}, invitation{"425 Too Early", ""},
              invitation{"429 Too Many Requests", ""},
              invitation{"503 Service Unavailable", "connection: close\r\n"}}) {
            const std::string text = reply("first", each.status, std::string("retry-after: 7\r\n").append(each.fields));
            scenario& made =
                add(std::string("the server says ").append(each.status), duty::sends_once,
                    {request, say(text), request, say_second}, {returns("first", std::stoi(std::string(each.status)))});
            made.certificate = scenario::tls::right;
        }
    }

    /// A scenario in which nothing can be sent. The transport is used twice, and must report `not_sent` both times.
    scenario& add_not_sent(std::string name, duty about, steps first, milliseconds timeout = short_time) {
        scenario& made = add(std::move(name), about, std::move(first), {expectation{not_sent}, expectation{not_sent}});
        made.later = made.first;
        made.timeout = timeout;
        return made;
    }

    void add_unreachable() {
        using place = scenario::place;
        scenario& refusing = add_not_sent("nobody listens", duty::says_not_sent, {}, milliseconds(8000));
        refusing.where = place::refusing;
        also_over_tls(refusing);
        scenario& silent = add_not_sent("the host never says a word", duty::says_not_sent, {});
        silent.where = place::silent;
        also_over_tls(silent);
        scenario& nameless = add_not_sent("nobody has the name", duty::says_not_sent, {}, milliseconds(8000));
        nameless.where = place::nameless;
        also_over_tls(nameless);
    }

    void add_refused_sessions() {
        using tls = scenario::tls;
        const auto add_session = [&](std::string name, duty about, tls certificate, steps first,
                                     milliseconds timeout = milliseconds(8000)) {
            add_not_sent(std::move(name), about, std::move(first), timeout).certificate = certificate;
        };
        add_session("TLS stays silent", duty::says_not_sent, tls::right, {plain}, short_time);
        add_session("TLS stays silent after the hello", duty::says_not_sent, tls::right, {plain, read_some},
                    short_time);
        add_session("the server closes before TLS", duty::says_not_sent, tls::right, {plain, close});
        add_session("the server closes after the hello", duty::says_not_sent, tls::right, {plain, read_some, close});
        add_session("the server resets after the hello", duty::says_not_sent, tls::right, {plain, read_some, reset});
        add_session("the server has no TLS", duty::says_not_sent, tls::right,
                    {plain, read_some, say("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"), close});
        add_session("the server refuses the hello", duty::says_not_sent, tls::right,
                    {plain, read_some, say(std::string("\x15\x03\x03\0\x02\x02\x28", 7)), close});
        const steps responding = {request, say_first};
        add_session("nobody vouches for the certificate", duty::verifies_certificate, tls::untrusted, responding);
        add_session("the certificate is for another host", duty::verifies_certificate, tls::other_host, responding);
        add_session("the certificate is too old", duty::verifies_certificate, tls::expired, responding);
        for (const tls each : {tls::untrusted, tls::other_host, tls::expired}) {
            scenario& made =
                add_not_sent("a wrong certificate under TLS 1.2, kind " + std::to_string(static_cast<int>(each)),
                             duty::verifies_certificate, responding, milliseconds(8000));
            made.certificate = each;
            made.is_tls_1_2 = true;
        }
    }

    void add_slow_servers() {
        const auto add_slow = [&](std::string name, steps first) -> scenario& {
            scenario& made = add(std::move(name), duty::bounds_time, std::move(first), unknown);
            made.timeout = short_time;
            return made;
        };
        also_over_tls(add_slow("the server never answers", {request}));
        also_over_tls(add_slow("the server stops within the head", {request, say(reply("first").substr(0, 40))}));
        add_slow("the server stops within the body", {request, say(head("200 OK", 5000) + "{")});
        add_slow("the server stops behind an interim response", {request, say("HTTP/1.1 103 Early Hints\r\n\r\n")});
        also_over_tls(add_slow("the head never ends, a byte at a time",
                               {request, say("HTTP/1.1 200 OK\r\nx: "), {kind::drip, "x", 50}}));
        also_over_tls(add_slow("the body never ends, a byte at a time",
                               {request, say(head("200 OK", 60000)), {kind::drip, " ", 50}}));
        add_slow(
            "chunks never end, one at a time",
            {request, say("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"), {kind::drip, "1\r\n \r\n", 50}});
        add_slow("interim responses never end", {request, {kind::drip, "HTTP/1.1 103 Early Hints\r\n\r\n", 50}});
    }

    void add_large_responses() {
        const auto add_large = [&](std::string name, std::string begin, std::string again) -> scenario& {
            return add(std::move(name), duty::bounds_size,
                       {request, say(std::move(begin)), {kind::fill, std::move(again), endless}, close}, unknown);
        };
        const std::string page(4096, ' ');
        also_over_tls(add_large("the body is announced as too large", head("200 OK", endless), page));
        also_over_tls(add_large("chunks never end", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
                                "1000\r\n" + page + "\r\n"));
        add_large("one chunk is too large", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4000000\r\n", page);
        add_large("the body ends with the connection, and does not end", "HTTP/1.1 200 OK\r\n\r\n", page);
        add_large("a field never ends", "HTTP/1.1 200 OK\r\nx: ", std::string(4096, 'x'));
        add_large("fields never end", "HTTP/1.1 200 OK\r\n", "x-" + std::string(100, 'x') + ": y\r\n");
        add_large("the status line never ends", "HTTP/1.1 200 ", std::string(4096, 'x'));
        add_large("interim responses never end, as fast as they can", "",
                  "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n");
        add_large("an extension of a chunk never ends", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;",
                  std::string(4096, 'x'));
        add_large("fields behind the chunks never end",
                  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n \r\n0\r\n", "x-trailer: y\r\n");
        scenario& just_over = add("a body is one byte larger than allowed", duty::bounds_size,
                                  {request, say(head("200 OK", 5001) + std::string(5001, ' '))}, unknown);
        just_over.max_body = 5000;
    }

    void add_addresses() {
        using place = scenario::place;
        const steps responding = {request, say_first};
        const auto add_place = [&](std::string name, place where, milliseconds timeout) {
            scenario& made = add(std::move(name), duty::tries_all_addresses, responding, {returns("first")});
            made.where = where;
            made.timeout = timeout;
            also_over_tls(made);
        };
        add_place("the host is an address of IPv6", place::on_ipv6, milliseconds(8000));
        add_place("the first of two addresses refuses", place::behind_refusing, milliseconds(8000));
        add_place("the first of two addresses never says a word", place::behind_silent, milliseconds(3000));
    }

    void add_signals() {
        scenario& waiting = add("signals come while the response is waited for", duty::ends_nothing,
                                {request, pause(400), {kind::trickle, reply("first")}}, {returns("first")});
        waiting.signal_every = milliseconds(15);
        also_over_tls(waiting);
        scenario& connecting =
            add("signals come while it connects", duty::ends_nothing, {request, say_first}, {returns("first")});
        connecting.where = scenario::place::behind_silent;
        connecting.timeout = milliseconds(3000);
        connecting.signal_every = milliseconds(15);
        also_over_tls(connecting);
        scenario& in_vain = add_not_sent("signals come while it connects in vain", duty::bounds_time, {});
        in_vain.where = scenario::place::silent;
        in_vain.signal_every = milliseconds(15);
        scenario& sending =
            add_response("signals come while a large request is sent", reply("first"), returns("first"));
        sending.duty = duty::ends_nothing;
        sending.padding = 3000000;
        sending.first.insert(sending.first.begin(), pause(300));
        sending.signal_every = milliseconds(5);
    }

    std::vector<scenario> all_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
