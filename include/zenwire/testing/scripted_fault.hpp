// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_SCRIPTED_FAULT_HPP
#define ZENWIRE_TESTING_SCRIPTED_FAULT_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/json_writer.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>
#include <zenwire/testing/detail/fake_json.hpp>
#include <zenwire/testing/detail/fake_refusal.hpp>
#include <zenwire/testing/fake_response.hpp>

namespace ZENWIRE_NAMESPACE {

/// What somebody else does with an instance of a fake_cloud: a colleague, another program, Zenlayer's support.
struct fake_act {
    /// The kinds of acts.
    enum class kind : unsigned char {
        order,  ///< orders `size`: an upgrade begins, or a downgrade is planned; nothing where the cloud would refuse that
        cancel,  ///< takes the planned downgrade back
        put,     ///< `size` is in force at once, and nothing is under way or planned
    };
    /// Which one it is.
    kind what = kind::order;
    /// The instance; all of the cloud when it is empty.
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

/// How a response of a fake_cloud may differ from what the current documents say, and still must be understood.
enum class response_variant : unsigned char {
    numbers_as_strings,  ///< `"100"`, as in examples of the documents
    unknown_members,     ///< each object has one more member
    old_spellings,       ///< `FILED` for `FAILED`, `CHANGING` for `Processing`
};

template <>
inline constexpr detail::enum_row<response_variant> detail::enum_names<response_variant>[] = {
    {response_variant::numbers_as_strings, "numbers_as_strings"},
    {response_variant::unknown_members, "unknown_members"},
    {response_variant::old_spellings, "old_spellings"},
};

/// What shall go wrong with one request to a fake_cloud.
struct scripted_fault {
    /// The kinds of faults.
    enum class kind : unsigned char {
        none,          ///< nothing: the cloud answers as usual
        not_sent,      ///< no connection: the request never leaves, and the transport knows it
        request_lost,  ///< the request never arrives, and the transport does not know it
        response_lost,   ///< the cloud carries the request out, but its response never arrives
        late,          ///< no response comes, and the request arrives only when `seconds` have passed
        twice,         ///< the cloud answers as usual, and the request arrives again when `seconds` have passed
        cut,           ///< of the response's body only the first `size` bytes arrive
        slow,          ///< the request is carried out at once, its response comes when `seconds` have passed
        varied,        ///< the response is written in another way: `variant`
        canned,        ///< something before the cloud answers with `response`; the request is not carried out
        masked,        ///< the cloud carries the request out, but something before it answers with `response`
        acted,         ///< somebody else does `act` before the request arrives
        lagging,       ///< the response shows the instances as they were `seconds` before
        misdated,      ///< the `date` of the response is wrong by `seconds`: ahead when positive
        undated,       ///< the response has no `date`
        foreign,       ///< the response is about another instance
        empty,         ///< the response is well-formed and says nothing: `{}`
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

    /// Something before the cloud answers.
    [[nodiscard]] static scripted_fault canned(fake_response response) { return {kind::canned, std::move(response)}; }
    /// The cloud carries it out, something before it answers.
    [[nodiscard]] static scripted_fault masked(fake_response response) { return {kind::masked, std::move(response)}; }
    /// The request arrives so many seconds later, and nobody answers.
    [[nodiscard]] static scripted_fault late(std::int64_t seconds) { return {kind::late, {}, seconds}; }
    /// The request arrives again so many seconds later.
    [[nodiscard]] static scripted_fault twice(std::int64_t seconds) { return {kind::twice, {}, seconds}; }
    /// The response comes so many seconds later.
    [[nodiscard]] static scripted_fault slow(std::int64_t seconds) { return {kind::slow, {}, seconds}; }
    /// Only so many bytes of the response arrive.
    [[nodiscard]] static scripted_fault cut(std::size_t size) { return {kind::cut, {}, 0, size}; }
    /// Somebody else does something before the request arrives.
    [[nodiscard]] static scripted_fault acted(fake_act act) { return {kind::acted, {}, 0, 0, {}, std::move(act)}; }
    /// The response shows the instances as they were so many seconds before.
    [[nodiscard]] static scripted_fault lagging(std::int64_t seconds) { return {kind::lagging, {}, seconds}; }
    /// The `date` of the response is wrong by so many seconds.
    [[nodiscard]] static scripted_fault misdated(std::int64_t seconds) { return {kind::misdated, {}, seconds}; }
    /// The response is written in another way.
    [[nodiscard]] static scripted_fault varied(response_variant how) { return {kind::varied, {}, 0, 0, how}; }
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

/// Answers that a fake_cloud, or something before it, gives instead of a result.
namespace fake_responses {

/// A success: status 200, and JSON of yours as the object `response`, `{"orderNumber":"1"}` say, behind a `requestId`. For
/// scripted_fault::canned(), and for a transport of your own in a test: a lambda that returns it.
/// @param response an object; what it has is not checked
[[nodiscard]] inline fake_response success(std::string_view response) {
    std::string body = R"({"requestId":"T00000000-0000-4000-8000-000000000000","response":)";
    body.append(response).append("}");
    return {200, std::move(body), {{"content-type", "application/json"}}};
}

/// An error in the form of the API, with any status and code.
[[nodiscard]] inline fake_response refusal(int status, std::string_view code, std::string_view message = "refused") {
    std::string body = detail::json_text([&](detail::json_writer& json) noexcept {
        json.begin_object();
        json.name("requestId");
        json.string("T00000000-0000-4000-8000-000000000000");
        json.name("code");
        json.string(code);
        json.name("message");
        json.string(message);
        json.end_object();
    });
    return {status, std::move(body), {{"content-type", "application/json"}}};
}

/// An error of the API, with the status that the documents give the code.
[[nodiscard]] inline fake_response api_error(api_code code) {
    const detail::fake_refusal known = detail::fake_refusal::of(code);
    return refusal(known.status, known.code, known.message);
}

/// A page of some gateway.
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

/// What Cloudflare answers to those that it takes for a robot.
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

}  // namespace ZENWIRE_NAMESPACE

#endif
