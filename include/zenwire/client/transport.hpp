// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_TRANSPORT_HPP
#define ZENWIRE_CLIENT_TRANSPORT_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <zenwire/base/error.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/http/message.hpp>

/// @file
/// What the user brings: a zenwire::transport, which is the function that sends HTTP, and a zenwire::runtime, with a clock. Also
/// transport_error, what a transport returns after a failure, and response_adapter, by which the library reads its responses.

namespace ZENWIRE_NAMESPACE {

/// What a transport knows of a request without a response.
enum class transport_failure : unsigned char {
    /// The request may be carried out, even after the transport gave up. First, so that a zero-initialised value means unknown.
    unknown,
    /// Not one byte of the request left this machine: no name, no connection, no TLS session. To be used only when that is certain.
    not_sent,
};

template <>
inline constexpr detail::enum_row<transport_failure> detail::enum_names<transport_failure>[] = {
    {transport_failure::unknown, "unknown"},
    {transport_failure::not_sent, "not_sent"},
};

/// Why a transport has no response. Made from a transport_failure alone, or with a text for people.
struct transport_error {
    /// Without a text.
    constexpr transport_error(transport_failure what) noexcept : failure(what) {}
    /// With a text for people, cut to limits::message bytes.
    constexpr transport_error(transport_failure what, std::string_view why) noexcept : failure(what), message(why) {}

    /// What is known of the request.
    transport_failure failure;
    /// for people
    inline_string<limits::message> message{};
};

namespace detail {

/// Has a `status` that is a number.
template <class Response>
concept has_status = requires(Response const& response) { response.status; } &&
                     std::is_convertible_v<decltype((std::declval<Response const&>().status)), int>;

/// Has a `body` that is text: the member of a constant response, hence the second parentheses here and above.
template <class Response>
concept has_body = requires(Response const& response) { response.body; } &&
                   std::is_convertible_v<decltype((std::declval<Response const&>().body)), std::string_view>;

/// Can be called with a `request_view const&`.
template <class Function>
concept request_callable = requires(Function& function, request_view const& request) { function(request); };

/// Has a value or an error, like `zenwire::expected` and `std::expected`.
template <class Result>
concept expected_like = requires(Result const& result) {
    static_cast<bool>(result);
    *result;
    result.error();
};

/// Has an error that says `not_sent` or `unknown`: a transport_error, a transport_failure, or what converts to one.
template <class Result>
concept transport_error_bearing =
    std::is_convertible_v<decltype(std::declval<Result const&>().error()), transport_error>;

/// What a transport returns.
template <class Result>
concept transport_result =
    expected_like<Result> && transport_error_bearing<Result> && has_status<decltype(*std::declval<Result const&>())> &&
    has_body<decltype(*std::declval<Result const&>())>;

/// Whether the text of a response can live as long as the response. A type of the user's is trusted to own its text. A
/// response_view owns nothing, so its text must live in the transport. A function or a captureless lambda has no place for it.
template <class Transport, class Result>
concept response_has_an_owner =
    !std::is_same_v<std::remove_cvref_t<decltype(*std::declval<Result const&>())>, response_view> ||
    !(std::is_empty_v<Transport> || std::is_function_v<std::remove_pointer_t<Transport>>);

}  // namespace detail

/// The user's function that sends HTTP, for example a lambda. It takes a request_view and returns an expected of
/// zenwire, std or the like: its value has `status`, `body` and, if possible, `fields`; its error converts to a
/// transport_error.
///
/// Its duties: send fields and body as they are, once, whatever happens to the connection; follow no redirect; limit time and
/// size of the response; verify the server's certificate; report `not_sent` only when not one byte can have left, and `unknown`
/// for every other failure, also for exceptions; treat an incomplete response as none. transport_conformance.hpp tests them.
///
/// `fields` is a field_list, a span of field, or any range of elements with `name` and `value` or `first` and `second`.
template <class Transport>
concept transport =
    detail::request_callable<Transport> &&
    detail::transport_result<decltype(std::declval<Transport&>()(std::declval<request_view const&>()))> &&
    detail::response_has_an_owner<std::remove_cvref_t<Transport>,
                                  decltype(std::declval<Transport&>()(std::declval<request_view const&>()))>;

/// Any response of a transport as a response_view: refers to it, and to the few of its fields that the library reads.
class response_adapter {
public:
    /// @param response must outlive the adapter
    template <class Response>
    constexpr explicit response_adapter(Response const& response ZENWIRE_LIFETIMEBOUND) noexcept;
    response_adapter(response_adapter const&) = delete;
    response_adapter& operator=(response_adapter const&) = delete;

    /// The response. A view of this object and of the transport's response.
    [[nodiscard]] constexpr response_view const& view() const noexcept ZENWIRE_LIFETIMEBOUND { return view_; }

private:
    constexpr void keep(std::string_view name, std::string_view value) noexcept;

    static constexpr std::string_view kept_names[] = {"cf-mitigated", "date", "retry-after"};
    std::array<field, std::size(kept_names)> kept_{};
    std::size_t count_ = 0;
    response_view view_{};
};

namespace detail {

/// Calls `take(name, value)` for each field of a response, whatever its fields are.
template <class Fields, class Take>
constexpr void for_each_field(Fields const& fields, Take&& take) {
    if constexpr (std::is_convertible_v<Fields const&, field_list>) {
        for (const field each : static_cast<field_list>(fields)) {
            take(each.name, each.value);
        }
    } else {
        for (auto&& each : fields) {
            using element = std::remove_reference_t<decltype(each)>;
            static_assert(std::is_lvalue_reference_v<decltype(each)> || std::is_trivially_destructible_v<element>,
                          "the library keeps views of the fields of a response, but these own texts that vanish: keep "
                          "them in a container");
            if constexpr (requires { each.name; }) {
                take(each.name, each.value);
            } else {
                take(each.first, each.second);
            }
        }
    }
}

}  // namespace detail

template <class Response>
constexpr response_adapter::response_adapter(Response const& response) noexcept {
    view_.status = static_cast<int>(response.status);
    view_.body = std::string_view(response.body);
    if constexpr (requires { response.fields; }) {
        if constexpr (std::is_convertible_v<decltype((response.fields)), field_list>) {
            view_.fields = response.fields;
        } else {
            detail::for_each_field(response.fields,
                                   [&](std::string_view name, std::string_view value) noexcept { keep(name, value); });
            view_.fields = field_list(std::span<field const>(kept_).first(count_));
        }
    }
}

constexpr void response_adapter::keep(std::string_view name, std::string_view value) noexcept {
    for (const std::string_view wanted : kept_names) {
        // only the first field of each name is kept
        const field_list kept(std::span<field const>(kept_).first(count_));
        if (detail::ascii::equal_ignoring_case(name, wanted) && kept.find(wanted) == count_) {
            kept_[count_++] = {name, value};
        }
    }
}

namespace detail {

template <class Runtime>
concept has_clock = requires(Runtime& runtime) {
    { runtime.now() } -> std::same_as<unix_seconds>;
};
template <class Runtime>
concept has_sleep = requires(Runtime& runtime, milliseconds time) { runtime.sleep_for(time); };
template <class Runtime>
concept has_jitter = requires(Runtime& runtime) {
    { runtime.jitter() } -> std::convertible_to<std::uint32_t>;
};

}  // namespace detail

/// What the user's program does for the library: it tells the time, waits, and gives random bits.
///
/// | call | returns |
/// |---|---|
/// | `now()` | the present time |
/// | `sleep_for(milliseconds)` | after that time |
/// | `jitter()` | any 32 bits, to spread retries; always 0 will do in a test |
template <class Runtime>
concept runtime = detail::has_clock<Runtime> && detail::has_sleep<Runtime> && detail::has_jitter<Runtime>;

namespace detail {

/// Makes the error for a failure of a transport.
[[nodiscard]] constexpr error make_transport_error(transport_error const& failure, bool reads_only) noexcept {
    const bool not_sent = failure.failure == transport_failure::not_sent;
    error result =
        error::make(not_sent ? errc::not_sent : errc::transport_failed, blame::transport,
                    not_sent ? "the request was not sent" : "the request may have been sent, but no response came");
    if (!failure.message.empty()) {
        result.message = failure.message;
    }
    result.outcome = not_sent ? outcome::not_executed : outcome::unknown;
    result.reads_only = reads_only;
    return result;
}

// Compiler messages for a transport or a runtime that lacks something. Each function that takes them has a second overload for what
// does not meet the concepts, whose explain() fails with a sentence: without it, compilers would say that no function matches.

/// Whether one of the arguments does not meet its concept.
template <class Transport, class Runtime>
concept needs_explanation = !transport<Transport> || !runtime<Runtime>;

/// Fails to compile, with a static_assert that says what is missing.
template <class Transport, class Runtime>
constexpr void explain() noexcept {
    static_assert(request_callable<Transport>, "a transport must be callable with a 'zenwire::request_view const&'");
    if constexpr (request_callable<Transport>) {
        using result = decltype(std::declval<Transport&>()(std::declval<request_view const&>()));
        static_assert(expected_like<result>, "a transport must return an expected, "
                                             "zenwire::expected<response, zenwire::transport_error> for example");
        if constexpr (expected_like<result>) {
            using response = decltype(*std::declval<result const&>());
            static_assert(transport_error_bearing<result>,
                          "the error that a transport returns must be a zenwire::transport_error or "
                          "a zenwire::transport_failure");
            static_assert(has_status<response>,
                          "the response that a transport returns must have a member 'status' that is a number");
            static_assert(has_body<response>,
                          "the response that a transport returns must have a member 'body' that is text");
            static_assert(
                response_has_an_owner<std::remove_cvref_t<Transport>, result>,
                "a zenwire::response_view owns nothing, and this transport has no member that could: return a response "
                "with a std::string as its body");
        }
    }
    static_assert(has_clock<Runtime>, "a runtime must have a clock: a member now() that returns zenwire::unix_seconds");
    static_assert(has_sleep<Runtime>, "a runtime must have a member sleep_for(zenwire::milliseconds)");
    static_assert(has_jitter<Runtime>,
                  "a runtime must have a member jitter() that returns 32 random bits; 0 will do in a test");
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
