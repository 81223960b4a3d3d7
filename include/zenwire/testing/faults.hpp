// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAULTS_HPP
#define ZENWIRE_TESTING_FAULTS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <zenwire/protocol/detail/write_json.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/testing/fake_records.hpp>

/// @file
/// What can go wrong with a request to a fake_cloud, by a script or at random. A new kind of fault is an enumerator and
/// a name here, and its effect in fake_cloud::operator() or fake_cloud::respond_with(); to occur at random, too, it
/// needs an enumerator of detail::chance, on the right side of `redirect`, and a case in random_faults::next().

namespace ZENWIRE_NAMESPACE {

/// What somebody else does with an instance of a fake_cloud: a colleague, another program, Zenlayer's support.
struct fake_act {
    /// The kinds of acts.
    enum class kind : unsigned char {
        order,  ///< orders `size`: an upgrade begins, or a downgrade is planned; nothing happens if the cloud would refuse that
        cancel,  ///< cancels the planned downgrade
        put,     ///< `size` is in force at once, and nothing is under way or planned
    };
    /// Which one it is.
    kind what = kind::order;
    /// The instance; all instances of the cloud when it is empty.
    std::string instance_id{};
    /// Not for `cancel`.
    traffic_package_size size{};
};

template <>
inline constexpr detail::enum_row<fake_act::kind> detail::enum_names<fake_act::kind>[] = {
    {fake_act::kind::order, "order"},
    {fake_act::kind::cancel, "cancel"},
    {fake_act::kind::put, "put"},
};

/// How a response of a fake_cloud may differ from the current documentation, and still must be understood.
enum class response_variant : unsigned char {
    numbers_as_strings,  ///< `"100"`, as in documented examples
    unknown_members,     ///< each object has one more member
    old_spellings,       ///< `FILED` for `FAILED`, `CHANGING` for `Processing`
};

template <>
inline constexpr detail::enum_row<response_variant> detail::enum_names<response_variant>[] = {
    {response_variant::numbers_as_strings, "numbers_as_strings"},
    {response_variant::unknown_members, "unknown_members"},
    {response_variant::old_spellings, "old_spellings"},
};

/// What goes wrong with one request to a fake_cloud.
struct scripted_fault {
    /// The kinds of faults.
    enum class kind : unsigned char {
        none,           ///< nothing: the cloud responds as usual
        not_sent,       ///< no connection: the request is not sent, and the transport knows it
        request_lost,   ///< the request never arrives, but the transport does not know that
        response_lost,  ///< the cloud carries the request out, but its response never arrives
        late,           ///< no response comes, and the request arrives only when `seconds` have passed
        twice,          ///< the cloud responds as usual, and the request arrives again when `seconds` have passed
        cut,            ///< of the response's body only the first `size` bytes arrive
        slow,           ///< the request is carried out at once, but its response comes when `seconds` have passed
        varied,         ///< the response is written in another way: `variant`
        canned,         ///< something before the cloud responds with `response`; the request is not carried out
        masked,         ///< the cloud carries the request out, but something before it responds with `response`
        acted,          ///< somebody else does `act` before the request arrives
        lagging,        ///< the response shows the instances as they were `seconds` before
        misdated,       ///< the `date` of the response is wrong by `seconds`: ahead when positive
        undated,        ///< the response has no `date`
        foreign,        ///< the response is about another instance
        empty,          ///< the response is well-formed and says nothing: `{}`
    };

    /// Which one it is.
    kind what = kind::none;
    /// only for `canned` and `masked`
    fake_response response{};
    /// only for `late`, `twice`, `slow`, `lagging` and `misdated`
    std::int64_t seconds = 0;
    /// only for `cut`
    std::size_t size = 0;
    /// only for `varied`
    response_variant variant{};
    /// only for `acted`
    fake_act act{};

    /// Something before the cloud responds.
    [[nodiscard]] static scripted_fault canned(fake_response response) { return {kind::canned, std::move(response)}; }
    /// The cloud carries it out, something before it responds.
    [[nodiscard]] static scripted_fault masked(fake_response response) { return {kind::masked, std::move(response)}; }
    /// The request arrives so many seconds later, and nobody responds.
    [[nodiscard]] static scripted_fault late(std::int64_t seconds) { return {kind::late, {}, seconds}; }
    /// The request arrives again so many seconds later.
    [[nodiscard]] static scripted_fault twice(std::int64_t seconds) { return {kind::twice, {}, seconds}; }
    /// The response comes so many seconds later.
    [[nodiscard]] static scripted_fault slow(std::int64_t seconds) { return {kind::slow, {}, seconds}; }
    /// Only so many bytes of the response arrive.
    [[nodiscard]] static scripted_fault cut(std::size_t size) { return {.what = kind::cut, .size = size}; }
    /// Somebody else does something before the request arrives.
    [[nodiscard]] static scripted_fault acted(fake_act act) { return {.what = kind::acted, .act = std::move(act)}; }
    /// The response shows the instances as they were so many seconds before.
    [[nodiscard]] static scripted_fault lagging(std::int64_t seconds) { return {kind::lagging, {}, seconds}; }
    /// The `date` of the response is wrong by so many seconds.
    [[nodiscard]] static scripted_fault misdated(std::int64_t seconds) { return {kind::misdated, {}, seconds}; }
    /// The response is written in another way.
    [[nodiscard]] static scripted_fault varied(response_variant how) { return {.what = kind::varied, .variant = how}; }
};

template <>
inline constexpr detail::enum_row<scripted_fault::kind> detail::enum_names<scripted_fault::kind>[] = {
    {scripted_fault::kind::none, "none"},
    {scripted_fault::kind::not_sent, "not_sent"},
    {scripted_fault::kind::request_lost, "request_lost"},
    {scripted_fault::kind::response_lost, "response_lost"},
    {scripted_fault::kind::late, "late"},
    {scripted_fault::kind::twice, "twice"},
    {scripted_fault::kind::cut, "cut"},
    {scripted_fault::kind::slow, "slow"},
    {scripted_fault::kind::varied, "varied"},
    {scripted_fault::kind::canned, "canned"},
    {scripted_fault::kind::masked, "masked"},
    {scripted_fault::kind::acted, "acted"},
    {scripted_fault::kind::lagging, "lagging"},
    {scripted_fault::kind::misdated, "misdated"},
    {scripted_fault::kind::undated, "undated"},
    {scripted_fault::kind::foreign, "foreign"},
    {scripted_fault::kind::empty, "empty"},
};

namespace detail {

/// An error that a fake_cloud is about to respond with.
struct fake_refusal {
    int status = 0;
    std::string code;
    std::string message;

    /// With the documented status and spelling.
    /// @param detail added to the code's meaning; may be empty
    [[nodiscard]] static fake_refusal of(api_code code, std::string_view detail = {}) {
        api_code_description const& row = description_of(code);
        std::string message(row.meaning);
        if (!detail.empty()) {
            message.append(": ").append(detail);
        }
        return {row.http_status == 0 ? 403 : row.http_status, std::string(row.spelling), std::move(message)};
    }
};

/// What an action does in a fake_cloud.
template <class Value>
using fake_outcome = expected<Value, fake_refusal>;

/// The outcome of an action that is refused.
[[nodiscard]] inline unexpected<fake_refusal> refuse(api_code code, std::string_view detail = {}) {
    return unexpected(fake_refusal::of(code, detail));
}

/// The text that `write_all` writes into a json_writer, of any size. `write_all` is called again with more memory if the first
/// was too little, so it must always write the same.
template <class Write>
[[nodiscard]] std::string json_text(Write const& write_all) {
    std::string text(1024, '\0');
    for (;;) {
        buffer_writer out(text);
        json_writer json(out);
        write_all(json);
        if (!out.overflowed()) {
            text.resize(out.size());
            return text;
        }
        text.resize(2 * text.size());
    }
}

/// An error in the form of the API.
[[nodiscard]] inline fake_response error_response(int status, std::string_view code, std::string_view message,
                                                  std::string_view request_id) {
    std::string body = json_text([&](json_writer& json) noexcept {
        json.begin_object();
        json.name("requestId");
        json.string(request_id);
        json.name("code");
        json.string(code);
        json.name("message");
        json.string(message);
        json.end_object();
    });
    return {status, std::move(body), {{"content-type", "application/json"}}};
}

}  // namespace detail

/// Responses of a fake_cloud, or of something in front of it, that are no result. With success() for tests without a fake_cloud.
namespace fake_responses {

/// A success: status 200, and your JSON as the object `response`, for example `{"orderNumber":"1"}`, behind a
/// `requestId`. For scripted_fault::canned(), and for a transport of your own in a test: a lambda that returns it.
/// @param response an object; what it has is not checked
[[nodiscard]] inline fake_response success(std::string_view response) {
    std::string body = R"({"requestId":"T00000000-0000-4000-8000-000000000000","response":)";
    body.append(response).append("}");
    return {200, std::move(body), {{"content-type", "application/json"}}};
}

/// An error in the form of the API, with any status and code.
[[nodiscard]] inline fake_response refusal(int status, std::string_view code, std::string_view message = "refused") {
    return detail::error_response(status, code, message, "T00000000-0000-4000-8000-000000000000");
}

/// An error of the API, with the documented status of the code.
[[nodiscard]] inline fake_response api_error(api_code code) {
    const detail::fake_refusal known = detail::fake_refusal::of(code);
    return refusal(known.status, known.code, known.message);
}

/// An HTML page, as gateways send it.
[[nodiscard]] inline fake_response html(int status) {
    return {status, "<html><body>" + std::to_string(status) + "</body></html>", {{"content-type", "text/html"}}};
}

/// 429, with `retry-after` when it is given, in seconds.
[[nodiscard]] inline fake_response too_many_requests(std::optional<int> retry_after = std::nullopt) {
    fake_response response = api_error(api_code::request_limit_exceeded);
    if (retry_after) {
        response.fields.push_back({"retry-after", std::to_string(*retry_after)});
    }
    return response;
}

/// The challenge that Cloudflare sends to clients that it takes for robots.
[[nodiscard]] inline fake_response challenge() {
    fake_response response = html(403);
    response.fields.push_back({"cf-mitigated", "challenge"});
    return response;
}

/// A redirect, which no client of the API may follow.
[[nodiscard]] inline fake_response redirect(int status) {
    fake_response response = html(status);
    response.fields.push_back({"location", "https://elsewhere.invalid/api/v2/bmc"});
    return response;
}

}  // namespace fake_responses

namespace detail {

/// Random numbers for tests: the same seed gives the same numbers on every machine (splitmix64).
class random_sequence {
public:
    /// The sequence of a seed.
    constexpr explicit random_sequence(std::uint64_t seed) noexcept : state_(seed) {}

    /// 64 bits.
    constexpr std::uint64_t next() noexcept {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t bits = state_;
        bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
        bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
        return bits ^ (bits >> 31U);
    }
    /// From 0 to `bound` - 1; `bound` is not 0.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }
    /// From `first` to `last`.
    constexpr std::int64_t between(std::int64_t first, std::int64_t last) noexcept {
        return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first) + 1));
    }
    /// True in so many cases of a hundred.
    constexpr bool percent(std::uint64_t chance) noexcept { return below(100) < chance; }

private:
    std::uint64_t state_;
};

/// What random_faults chooses from; all are equally likely. The order counts: random_faults::range::network ends with
/// `redirect`, and the constructor of random_faults names the last enumerator.
// clang-format off
enum class chance : unsigned char {
    not_sent, request_lost, response_lost, late, late_again, twice, cut, slow, varied, limit, limit_with_wait,
    executed_and_broken, broken, challenge, legal_reasons, redirect,  // so far random_faults::range::network
    acted, lagging, misdated, undated, foreign, empty, executed_and_refused,
};
// clang-format on

}  // namespace detail

/// An endless script of faults for a fake_cloud: random numbers decide, from a seed.
class random_faults {
    using chance = detail::chance;

public:
    /// What may go wrong.
    enum class range : unsigned char {
        network,  ///< only what networks and gateways do: the cloud is honest and prompt, and the client is its only user
        everything,  ///< also other actors, responses that are late, wrong or about something else, and false refusals
    };

    /// @param percent how many requests of a hundred meet a fault
    constexpr explicit random_faults(std::uint64_t seed, unsigned percent = 30, range what = range::everything) noexcept
        : random_(seed), percent_(percent),
          chances_(1 + static_cast<std::uint64_t>(what == range::network ? chance::redirect
                                                                         : chance::executed_and_refused)) {}

    /// What happens to the next request.
    [[nodiscard]] scripted_fault next() {
        if (!random_.percent(percent_)) {
            return {};
        }
        switch (static_cast<chance>(random_.below(chances_))) {
        case chance::not_sent: return {scripted_fault::kind::not_sent};
        case chance::request_lost: return {scripted_fault::kind::request_lost};
        case chance::response_lost: return {scripted_fault::kind::response_lost};
        case chance::late:
        case chance::late_again: return scripted_fault::late(random_.between(0, longest_delay));
        case chance::twice: return scripted_fault::twice(random_.between(0, longest_delay));
        case chance::cut: return scripted_fault::cut(static_cast<std::uint32_t>(random_.below(200)));
        case chance::slow: return scripted_fault::slow(random_.between(0, longest_delay));
        case chance::varied: return scripted_fault::varied(static_cast<response_variant>(random_.below(3)));
        case chance::limit: return scripted_fault::canned(fake_responses::too_many_requests());
        case chance::limit_with_wait:
            return scripted_fault::canned(
                fake_responses::too_many_requests(static_cast<int>(random_.between(0, longest_retry_after))));
        case chance::executed_and_broken: return scripted_fault::masked(server_fault());
        case chance::broken: return scripted_fault::canned(server_fault());
        case chance::challenge: return scripted_fault::canned(fake_responses::challenge());
        case chance::legal_reasons: return scripted_fault::canned(fake_responses::html(451));
        case chance::redirect: return scripted_fault::canned(fake_responses::redirect(random_.percent(50) ? 302 : 307));
        case chance::acted: return scripted_fault::acted(act());
        case chance::lagging: return scripted_fault::lagging(random_.between(0, longest_lag));
        case chance::misdated: return scripted_fault::misdated(random_.between(-one_day, one_day));
        case chance::undated: return {scripted_fault::kind::undated};
        case chance::foreign: return {scripted_fault::kind::foreign};
        case chance::empty: return {scripted_fault::kind::empty};
        case chance::executed_and_refused: break;
        }
        return scripted_fault::masked(refusal());
    }

private:
    static constexpr std::int64_t longest_delay = 400;
    static constexpr std::int64_t longest_retry_after = 90;
    static constexpr std::int64_t longest_lag = 7200;
    static constexpr std::int64_t one_day = 86'400;

    fake_response server_fault() {
        switch (random_.below(5)) {
        case 0: return fake_responses::api_error(api_code::internal_server_error);
        case 1: return fake_responses::api_error(api_code::service_temporary_unavailable);
        case 2: return fake_responses::api_error(api_code::request_timed_out);
        case 3: return fake_responses::html(200);
        default: return fake_responses::html(502);
        }
    }

    /// What hides that a request was carried out, and looks like a refusal.
    fake_response refusal() {
        switch (random_.below(4)) {
        case 0: return fake_responses::html(403);
        case 1: return fake_responses::html(429);
        case 2: return fake_responses::too_many_requests();
        default: return fake_responses::refusal(403, "OPERATION_FAILED_FOR_NO_REASON");
        }
    }

    fake_act act() {
        constexpr std::int64_t max_twentieths = 800;
        const auto what = static_cast<fake_act::kind>(random_.below(3));
        const std::int64_t twentieths = random_.between(0, max_twentieths);
        return {
            what, {}, *traffic_package_size::from_units(twentieths * traffic_package_size::units_per_terabyte / 20)};
    }

    detail::random_sequence random_;
    unsigned percent_;
    std::uint64_t chances_;
};

template <>
inline constexpr detail::enum_row<random_faults::range> detail::enum_names<random_faults::range>[] = {
    {random_faults::range::network, "network"},
    {random_faults::range::everything, "everything"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
