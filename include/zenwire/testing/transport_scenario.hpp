// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_TRANSPORT_SCENARIO_HPP
#define ZENWIRE_TESTING_TRANSPORT_SCENARIO_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include <zenwire/testing/fake_records.hpp>

/// @file
/// The types of transport_conformance.hpp: the duties of a transport, how a server behaves in a scenario, and what happened.

namespace ZENWIRE_NAMESPACE {

/// The duties of a transport over which orders are sent.
enum class transport_duty : unsigned char {
    sends_as_signed,          ///< method, target, fields and body arrive as they were signed, each field once
    sends_once,               ///< a request is on the wire once, whatever becomes of its connection
    follows_no_redirect,      ///< a response that points elsewhere is returned, not followed
    bounds_time,              ///< it returns within the time that it was given, however slowly bytes arrive
    bounds_size,              ///< it stops reading a response that is larger than it was allowed
    verifies_certificate,     ///< nothing is sent to a server whose certificate is not right
    not_sent_only_when_sure,  ///< it says `not_sent` only when not one byte of the request can have been sent
    says_not_sent,            ///< it says `not_sent` when that is certain: no connection, no TLS session
    returns_the_response,     ///< it returns the whole response to this request, with status and fields
    takes_no_part_for_whole,  ///< it reports a response that breaks off as `unknown`
    tries_all_addresses,      ///< a dead address of a host does not use up the time for the others
    ends_nothing,             ///< it does not throw, and neither signals nor a closed connection end the program
};

template <>
inline constexpr detail::enum_row<transport_duty> detail::enum_names<transport_duty>[] = {
    {transport_duty::sends_as_signed, "sends_as_signed"}, {transport_duty::sends_once, "sends_once"},
    {transport_duty::follows_no_redirect, "follows_no_redirect"}, {transport_duty::bounds_time, "bounds_time"},
    {transport_duty::bounds_size, "bounds_size"}, {transport_duty::verifies_certificate, "verifies_certificate"},
    {transport_duty::not_sent_only_when_sure, "not_sent_only_when_sure"},
    {transport_duty::says_not_sent, "says_not_sent"}, {transport_duty::returns_the_response, "returns_the_response"},
    {transport_duty::takes_no_part_for_whole, "takes_no_part_for_whole"},
    {transport_duty::tries_all_addresses, "tries_all_addresses"}, {transport_duty::ends_nothing, "ends_nothing"},
};

/// What a transport reported about one request. Powers of two, so that expectation::allowed can be a sum of them.
enum class transport_outcome : unsigned char {
    response = 1,  ///< it returned a response
    not_sent = 2,  ///< it failed, and said that nothing was sent
    unknown = 4,   ///< it failed, and the request may have been sent
    threw = 8,     ///< it threw
};

template <>
inline constexpr detail::enum_row<transport_outcome> detail::enum_names<transport_outcome>[] = {
    {transport_outcome::response, "response"}, {transport_outcome::not_sent, "not_sent"},
    {transport_outcome::unknown, "unknown"}, {transport_outcome::threw, "threw"},
};

/// One test of a transport: what a server does, and what the transport may report. This is data only; something else, for example a
/// server on the loopback interface, plays the server.
struct transport_scenario {
    /// Where the server is, and by which host name it is reached.
    enum class place : unsigned char {
        listening,        ///< an address of IPv4, and it accepts connections
        on_ipv6,          ///< `[::1]`, and it accepts connections
        refusing,         ///< an address of IPv4, where nobody listens
        silent,           ///< an address that accepts the first packet of a connection and never responds
        nameless,         ///< a name that does not exist
        behind_refusing,  ///< a name with two addresses: the first refuses, the second accepts
        behind_silent,    ///< a name with two addresses: the first never responds, the second accepts
    };

    /// The certificate of the server. It is used unless the first step is `stay_plain`.
    enum class tls : unsigned char {
        none,        ///< http
        right,       ///< trusted, and issued for the host
        untrusted,   ///< not signed by a trusted authority
        other_host,  ///< trusted, but issued for another host
        expired,     ///< trusted and issued for the host, but expired
    };

    /// What a server does on a connection, one step after the other. When none is left, it reads and waits until the other
    /// side closes.
    struct step {
        /// The kinds of steps.
        enum class kind : unsigned char {
            stay_plain,    ///< does no TLS handshake, although it is https; only as the first step
            read_some,     ///< waits for at least one byte, and takes what is there
            await_unread,  ///< waits until bytes of a request are there, and leaves them unread
            read_head,     ///< reads a request up to the end of its head
            read_part,     ///< reads a request up to `count` bytes of its body
            read_request,  ///< reads a whole request; sends `100 Continue` if the request asks for it
            say,           ///< writes `text`, in which `{authority}` stands for its own host and port
            trickle,       ///< writes `text` byte by byte, one every millisecond
            drip,          ///< writes `text` again and again, every `count` milliseconds, until the other side is gone
            fill,          ///< writes `text` again and again, until that is `count` bytes or the other side is gone
            pause,         ///< does nothing for `count` milliseconds
            close,        ///< ends the session, if there is TLS, and the connection, and waits for the other side's end
            end_session,  ///< ends the session of TLS, and leaves the connection open
            cut,          ///< ends the connection without ending the TLS session
            reset,        ///< ends the connection at once, so that the other side gets an error
        };

        kind what;              ///< which one it is
        std::string text{};     ///< only for `say`, `trickle`, `drip` and `fill`
        std::size_t count = 0;  ///< only for `read_part`, `drip`, `fill` and `pause`
    };

    /// What the transport may report about a request.
    struct expectation {
        unsigned allowed = 0;         ///< the allowed outcomes, as a sum of values of transport_outcome
        int status = 200;             ///< only for a response: its status
        std::string body{};           ///< only for a response: its body
        bool has_retry_after = true;  ///< only for a response: whether it has the field `retry-after: 7`

        /// Whether the transport may report that outcome.
        [[nodiscard]] constexpr bool allows(transport_outcome outcome) const noexcept {
            return (allowed & static_cast<unsigned>(outcome)) != 0;
        }
    };

    std::string name{};         ///< a sentence without its full stop; identifies the scenario
    transport_duty duty{};      ///< the duty that it tests
    std::vector<step> first{};  ///< what the server does with the first connection
    std::vector<step> later{};  ///< what it does with each further connection
    /// one for each request; the requests are sent one after the other over one transport
    std::vector<expectation> expected{};
    place where = place::listening;      ///< where the server is
    tls certificate = tls::none;         ///< its certificate
    bool is_tls_1_2 = false;             ///< whether TLS 1.2 is the newest version that it speaks
    bool has_tickets = true;             ///< whether it hands out tickets for later sessions
    milliseconds timeout{8000};          ///< the time that the transport has for each exchange
    std::size_t max_body = 65536;        ///< the largest body that the transport may take, in bytes
    milliseconds between{50};            ///< the pause between two requests
    milliseconds signal_every{0};        ///< the time between two signals that the process handles; 0 for no signals
    std::string target = "/api/v2/bmc";  ///< the path of the requests
    std::size_t padding = 0;             ///< how many bytes are added to the body of a request

    /// Whether the requests go over TLS.
    [[nodiscard]] constexpr bool is_https() const noexcept { return certificate != tls::none; }
};

template <>
inline constexpr detail::enum_row<transport_scenario::place> detail::enum_names<transport_scenario::place>[] = {
    {transport_scenario::place::listening, "listening"}, {transport_scenario::place::on_ipv6, "on_ipv6"},
    {transport_scenario::place::refusing, "refusing"}, {transport_scenario::place::silent, "silent"},
    {transport_scenario::place::nameless, "nameless"}, {transport_scenario::place::behind_refusing, "behind_refusing"},
    {transport_scenario::place::behind_silent, "behind_silent"},
};

template <>
inline constexpr detail::enum_row<transport_scenario::tls> detail::enum_names<transport_scenario::tls>[] = {
    {transport_scenario::tls::none, "none"}, {transport_scenario::tls::right, "right"},
    {transport_scenario::tls::untrusted, "untrusted"}, {transport_scenario::tls::other_host, "other_host"},
    {transport_scenario::tls::expired, "expired"},
};

template <>
inline constexpr detail::enum_row<transport_scenario::step::kind> detail::enum_names<transport_scenario::step::kind>[] = {
    {transport_scenario::step::kind::stay_plain, "stay_plain"},
    {transport_scenario::step::kind::read_some, "read_some"},
    {transport_scenario::step::kind::await_unread, "await_unread"},
    {transport_scenario::step::kind::read_head, "read_head"}, {transport_scenario::step::kind::read_part, "read_part"},
    {transport_scenario::step::kind::read_request, "read_request"}, {transport_scenario::step::kind::say, "say"},
    {transport_scenario::step::kind::trickle, "trickle"}, {transport_scenario::step::kind::drip, "drip"},
    {transport_scenario::step::kind::fill, "fill"}, {transport_scenario::step::kind::pause, "pause"},
    {transport_scenario::step::kind::close, "close"}, {transport_scenario::step::kind::end_session, "end_session"},
    {transport_scenario::step::kind::cut, "cut"}, {transport_scenario::step::kind::reset, "reset"},
};

/// What a transport reported about one request: a copy, which outlives the transport's response.
struct transport_report {
    transport_outcome outcome = transport_outcome::threw;  ///< which outcome it was
    int status = 0;                                        ///< of a response
    std::string body{};                                    ///< of a response
    std::vector<fake_field> fields{};                      ///< of a response, if the transport returns fields
    bool gives_fields = false;                             ///< whether its responses have fields, which is optional
    std::string message{};                                 ///< of a failure, for people
    milliseconds took{};                                   ///< how long it took; set by the caller, who measures it
};

/// What happened in a scenario: what the server saw, and what the transport reported.
struct transport_observation {
    std::vector<std::string> received{};  ///< all bytes that the server read, one text for each connection
    std::size_t unread = 0;        ///< on how many connections bytes of a request arrived that the server left unread
    std::uint64_t bytes_said = 0;  ///< how many bytes of responses left the server
    std::vector<transport_report> reports{};  ///< one for each request that the transport finished
    std::string abrupt_end{};                 ///< how the transport's process ended, if it crashed; else empty
    bool hung = false;  ///< whether the process had to be killed because the transport did not return
};

/// The verdict of a scenario on a transport.
struct transport_verdict {
    bool kept = true;             ///< whether all duties were kept
    transport_duty duty{};        ///< the first duty that was not kept
    std::string why{};            ///< what happened instead, for people
    std::size_t on_the_wire = 0;  ///< how many requests were sent, whole or in part
};

}  // namespace ZENWIRE_NAMESPACE

#endif
