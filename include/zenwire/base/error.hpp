// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_ERROR_HPP
#define ZENWIRE_BASE_ERROR_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/expected.hpp>
#include <zenwire/base/open_enum.hpp>

namespace ZENWIRE_NAMESPACE {

/// What went wrong. Each enumerator says who returns it. A new one needs a row of enum_names, too, and a case of
/// advice_on() in protocol/describe.hpp.
enum class errc : std::uint8_t {
    /// validate(), make_request() and the factories of parameters: a parameter breaks a rule; `field` names it
    invalid_parameter = 1,
    /// endpoint::make(): not a scheme and host
    invalid_endpoint,
    /// access_key::make(), bearer_token::make(): empty, too long, or with characters that a header cannot carry
    invalid_credential,
    /// make_request(), sign_body(): before 1970 or after 9999
    invalid_timestamp,
    /// a name or value that an HTTP field cannot carry
    invalid_field,
    /// make_request(), write_body() and whatever makes a request: the memory is too small for it, and nothing was sent. With
    /// `outcome` executed: a raw_action was carried out, and the memory is too small for its response. for_each_instance(): the
    /// memory is too small for one instance
    buffer_too_small,
    /// owning, raw_action_json, instance_pager, long bodies: the allocator has no memory. With `outcome` not_executed: for a
    /// request, which was not sent, or for the response to an action that only reads. Else an order may have been placed
    out_of_memory,
    /// make_request(): the service does not have the action
    unsupported_action,
    /// a mac_provider or a hash_function of the user failed
    crypto_failed,

    /// parse_authorization(), verify_request(): missing, or not in the documented form
    authorization_malformed,
    /// verify_request(): `content-type` or `host` is not signed, or a signed field is not in the request
    signed_header_missing,
    /// verify_request(): a signed field occurs more than once
    signed_header_duplicate,
    /// verify_request(): nobody knows the access key id
    access_key_unknown,
    /// verify_request(): the timestamp is more than 300 s away from now
    signature_expired,
    /// verify_request(): the signature does not match
    signature_mismatch,
    /// verify_request(): signed by the right key, but method, path, action or version is not the expected one
    request_mismatch,

    /// send_action(): the transport says that nothing was sent
    not_sent,
    /// send_action(): the transport does not know whether the request arrived; http1_response: the connection ended within
    /// the response
    transport_failed,

    /// parse_response(): the API refused; `api_code` says why
    api_error,
    /// parse_response(): REQUEST_LIMIT_EXCEEDED, or HTTP 429 without a code of the API; `retry_after_seconds` may say when to
    /// come back
    rate_limited,
    /// parse_response(): a security layer in front of the API wants a human (`cf-mitigated`)
    security_challenge,
    /// parse_response(): HTTP 451, a security layer in front of the API blocked the request
    request_blocked,
    /// parse_response(): a redirect, HTTP 3xx, which is never followed
    redirected,
    /// parse_response(): a status that says neither success nor refusal, a refusal without a code of the API, or a success
    /// under another status than 200
    unexpected_status,
    /// parse_response(): HTTP 200 with an error code in the body
    unexpected_error_body,
    /// parse_response(): the body is not the documented JSON; http1_response: not a response of HTTP/1.1, or
    /// one whose end is ambiguous
    malformed_response,
    /// parse_response(): the body, or a text in it, is longer than its limit; http1_response: head or body is
    response_too_large,
    /// parse_response(): arrays and objects are nested deeper than limits::response_depth
    response_too_deep,

    /// send_action(): an order may or may not have been placed, and `cause` says why nobody knows
    outcome_unknown,
    /// traffic_package_workflow: by its documentation the API would refuse, with `api_code`; no order was sent
    would_be_refused,
    /// traffic_package_workflow: the caller did not confirm; no order was sent
    not_confirmed,
    /// traffic_package_workflow: the price is above the caller's limit, or unknown; no order was sent
    price_above_limit,
    /// traffic_package_workflow: the job could not be stored, so no order was sent
    save_failed,
    /// traffic_package_workflow: the responses before the order leave the state of the instance unclear; no order was sent
    unclear_state,
    /// traffic_package_workflow: no order was sent, and `cause` says why
    not_ordered,
    /// traffic_package_workflow: somebody else changed the instance
    conflicting_change,
    /// traffic_package_workflow: the caller's deadline or the end of the watch came before the goal was seen
    deadline_passed,
    /// workflow_bytes::parse(): the bytes are not those of a job, or damaged
    job_record_damaged,
    /// workflow_bytes::parse(): the bytes are of a job of another version of the library
    job_record_outdated,
    /// traffic_package_workflow::resume(): the job belongs to another service
    another_service,
    /// traffic_package_workflow::resume(): the job belongs to another endpoint
    another_endpoint,
    /// traffic_package_workflow::resume(): the job belongs to another credential
    another_account,
    /// walk_entries(): the list changed while its pages were read, or it has not as many entries as the server says
    list_changed,
};

/// On whose side the fault is, and so who can fix it.
enum class blame : std::uint8_t {
    local,      ///< the program that calls: a parameter, a credential, a buffer
    remote,     ///< the server, or the party whose request is verified
    transport,  ///< what lies between
};

/// Whether the action was carried out, and so whether money may have moved.
enum class outcome : std::uint8_t {
    not_executed,  ///< nothing happened
    executed,      ///< it happened
    unknown,       ///< it may have happened: ask the cloud before doing it again
};

/// The documented error codes of the API: protocol/error_code.hpp.
enum class api_code : std::uint8_t;

/// The short form of an error that the library itself finds; it is converted to an `error` where one is needed. It has at most
/// 40 bytes where an `error` has hundreds, so that the many places that refuse something need little stack and code. Its texts
/// must outlive it.
struct refusal {
    /// What went wrong.
    errc code{};
    /// On whose side the fault is.
    enum blame blame = blame::local;
    /// An explanation for people.
    std::string_view message{};
    /// Which parameter was wrong, by its wire name; empty when none.
    std::string_view field{};
};

/// Everything that is known about a failure. A trivially copyable value without heap; its texts are cut to
/// their capacity and say so (`truncated()`).
struct error {
    /// An empty error, whose members are to be set.
    constexpr error() noexcept = default;
    /// From a refusal; outcome::not_executed.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr error(refusal const& why) noexcept
        : code(why.code), cause(why.code), blame(why.blame), field(why.field), message(why.message) {}

    /// The same, from a refusal that is a constant.
    constexpr error(detail::borrowed_error<refusal> const& why) noexcept : error(static_cast<refusal const&>(why)) {}

    /// Makes a refusal, with an explanation for people.
    [[nodiscard]] static constexpr refusal make(errc code, enum blame blame,
                                                std::string_view message ZENWIRE_LIFETIMEBOUND,
                                                std::string_view field ZENWIRE_LIFETIMEBOUND = {}) noexcept {
        return {code, blame, message, field};
    }

    /// What went wrong.
    errc code{};
    /// The first cause. The same as `code`, except for errc::outcome_unknown and errc::not_ordered, where it says what led to them.
    errc cause{};
    /// On whose side the fault is.
    enum blame blame = blame::local;
    /// Whether the action was carried out.
    enum outcome outcome = outcome::not_executed;
    /// The API's code when it is a documented one (also under its older spellings), else api_code::unlisted.
    enum api_code api_code {};
    /// Whether the action only reads, so that repeating it costs nothing.
    bool reads_only = false;
    /// Status of the response, 0 when there was none.
    std::uint16_t http_status = 0;
    /// How long the server asks to wait, in seconds, 0 to 86400.
    std::optional<std::uint32_t> retry_after_seconds{};
    /// How far the server's clock is ahead of the one that signed, in seconds. Set where the server called a signature
    /// expired and told its time.
    std::optional<std::int64_t> clock_offset_seconds{};
    /// Which parameter was wrong, by its wire name; empty when none. Refers to a constant of the library.
    std::string_view field{};
    /// The server's spelling of its code; empty when it gave none.
    inline_string<limits::api_code> api_code_text{};
    /// The server's message, else the library's explanation.
    inline_string<limits::message> message{};
    /// Identifies the call for Zenlayer's support; empty when none was read.
    inline_string<limits::request_id> request_id{};
    /// The first bytes of a response that was not understood, as safe_text() shows them.
    inline_string<limits::excerpt> excerpt{};

    /// Whether sending the same action again, freshly signed, is safe and may help. An action that orders is retryable only when
    /// it was not sent. One that only reads is retryable also when its outcome is unknown, when the API says that there were too
    /// many requests, and after HTTP 408.
    [[nodiscard]] constexpr bool retryable() const noexcept {
        constexpr std::uint16_t request_timeout = 408;
        if (outcome == outcome::not_executed && code == errc::not_sent) {
            return true;
        }
        if (!reads_only || outcome == outcome::executed) {
            return false;
        }
        const bool is_timeout =
            http_status == request_timeout && code != errc::api_error && code != errc::security_challenge;
        return outcome == outcome::unknown || code == errc::rate_limited || is_timeout;
    }

    /// Whether the API itself, or a security layer in front of it, refused: then the action was not carried out. A response that a
    /// gateway may send although it passed the order on is no refusal.
    [[nodiscard]] constexpr bool is_refusal() const noexcept {
        return outcome == outcome::not_executed && http_status != 0 &&
               (code == errc::api_error || code == errc::security_challenge || code == errc::request_blocked ||
                (code == errc::rate_limited && api_code != decltype(api_code){}));
    }
};

/// A refusal as the result of a function that returns an `expected`:
/// `return refuse(errc::crypto_failed, blame::local, "the module is locked");`
[[nodiscard]] constexpr unexpected<refusal> refuse(errc code, blame blame,
                                                   std::string_view message ZENWIRE_LIFETIMEBOUND,
                                                   std::string_view field ZENWIRE_LIFETIMEBOUND = {}) noexcept {
    return unexpected(error::make(code, blame, message, field));
}

/// The same for a refusal that is a constant. Only its address is returned, so it must not be a local variable.
[[nodiscard]] constexpr unexpected<detail::borrowed_error<refusal>> refuse(
    refusal const& why ZENWIRE_LIFETIMEBOUND) noexcept {
    return unexpected(detail::borrowed_error<refusal>(why));
}

template <>
inline constexpr detail::enum_row<errc> detail::enum_names<errc>[] = {
    {errc::invalid_parameter, "invalid_parameter"},
    {errc::invalid_endpoint, "invalid_endpoint"},
    {errc::invalid_credential, "invalid_credential"},
    {errc::invalid_timestamp, "invalid_timestamp"},
    {errc::invalid_field, "invalid_field"},
    {errc::buffer_too_small, "buffer_too_small"},
    {errc::out_of_memory, "out_of_memory"},
    {errc::unsupported_action, "unsupported_action"},
    {errc::crypto_failed, "crypto_failed"},
    {errc::authorization_malformed, "authorization_malformed"},
    {errc::signed_header_missing, "signed_header_missing"},
    {errc::signed_header_duplicate, "signed_header_duplicate"},
    {errc::access_key_unknown, "access_key_unknown"},
    {errc::signature_expired, "signature_expired"},
    {errc::signature_mismatch, "signature_mismatch"},
    {errc::request_mismatch, "request_mismatch"},
    {errc::not_sent, "not_sent"},
    {errc::transport_failed, "transport_failed"},
    {errc::api_error, "api_error"},
    {errc::rate_limited, "rate_limited"},
    {errc::security_challenge, "security_challenge"},
    {errc::request_blocked, "request_blocked"},
    {errc::redirected, "redirected"},
    {errc::unexpected_status, "unexpected_status"},
    {errc::unexpected_error_body, "unexpected_error_body"},
    {errc::malformed_response, "malformed_response"},
    {errc::response_too_large, "response_too_large"},
    {errc::response_too_deep, "response_too_deep"},
    {errc::outcome_unknown, "outcome_unknown"},
    {errc::would_be_refused, "would_be_refused"},
    {errc::not_confirmed, "not_confirmed"},
    {errc::price_above_limit, "price_above_limit"},
    {errc::save_failed, "save_failed"},
    {errc::unclear_state, "unclear_state"},
    {errc::not_ordered, "not_ordered"},
    {errc::conflicting_change, "conflicting_change"},
    {errc::deadline_passed, "deadline_passed"},
    {errc::job_record_damaged, "job_record_damaged"},
    {errc::job_record_outdated, "job_record_outdated"},
    {errc::another_service, "another_service"},
    {errc::another_endpoint, "another_endpoint"},
    {errc::another_account, "another_account"},
    {errc::list_changed, "list_changed"},
};

template <>
inline constexpr detail::enum_row<blame> detail::enum_names<blame>[] = {
    {blame::local, "local"},
    {blame::remote, "remote"},
    {blame::transport, "transport"},
};

template <>
inline constexpr detail::enum_row<outcome> detail::enum_names<outcome>[] = {
    {outcome::not_executed, "not_executed"},
    {outcome::executed, "executed"},
    {outcome::unknown, "unknown"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
