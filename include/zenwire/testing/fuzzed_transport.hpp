// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FUZZED_TRANSPORT_HPP
#define ZENWIRE_TESTING_FUZZED_TRANSPORT_HPP

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include <zenwire/client/detail/job_clock.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/testing/faults.hpp>

namespace ZENWIRE_NAMESPACE {

/// Turns the bytes of a fuzzer into outcomes of requests: a transport and a runtime in one object. Any bytes will do.
///
/// Each request takes one line of them, up to `\n`. The first character of the line decides the outcome of the request. Only its
/// lowest three bits count, so that every byte has a meaning, and seeds can be written by hand with digits:
///
/// | digit | outcome of the request |
/// |---|---|
/// | 0 | it was not sent |
/// | 1 | unknown; also when all bytes are used up |
/// | 2 | a success, with the rest of the line as the object `response` |
/// | 3 | status 200, with the rest of the line as the body |
/// | 4 | a status that the next character chooses, with the rest as the body |
/// | 5 | an error of the API, with the code that the next character chooses |
/// | 6 | 429 with `retry-after`, whose seconds are the value of the next character |
/// | 7 | something before the service responds: a challenge, a redirect or a page of HTML, as the next character chooses |
///
/// The clock begins at 2023-01-10T14:32:57Z. It moves by one second with each request, and by sleep_for(). The jitter is always 0.
/// Refers to the bytes. Uses the heap.
class fuzzed_transport {
public:
    /// @param data must outlive this object; may be null when there are none
    fuzzed_transport(std::uint8_t const* data, std::size_t size) noexcept
        : rest_(reinterpret_cast<char const*>(data), size) {}

    /// The outcome of the next request, which is not looked at.
    [[nodiscard]] expected<fake_response, transport_error> operator()(request_view const&) {
        ++requests_seen_;
        sleep_for(milliseconds(1000));
        std::string_view line = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix(line.size() < rest_.size() ? line.size() + 1 : line.size());
        if (line.empty()) {
            return unexpected(transport_error(transport_failure::unknown));
        }
        const unsigned what = take(line) % 8U;
        switch (what) {
        case 0: return unexpected(transport_error(transport_failure::not_sent));
        case 1: return unexpected(transport_error(transport_failure::unknown));
        case 2: return fake_responses::success(line);
        case 3: return fake_response{200, std::string(line)};
        default: return failure(what, take(line), line);
        }
    }

    /// How many requests there were.
    [[nodiscard]] std::size_t requests_seen() const noexcept { return requests_seen_; }
    /// Whether all bytes are used up.
    [[nodiscard]] bool is_used_up() const noexcept { return rest_.empty(); }

    /// The present time.
    [[nodiscard]] unix_seconds now() const noexcept { return unix_seconds::from_milliseconds(now_milliseconds_); }
    /// Moves the clock forward, and returns at once.
    void sleep_for(milliseconds time) noexcept {
        now_milliseconds_ = detail::saturating_add(now_milliseconds_, time.count());
    }
    /// Always 0.
    [[nodiscard]] std::uint32_t jitter() const noexcept { return 0; }

private:
    static unsigned take(std::string_view& line) noexcept {
        const unsigned first = line.empty() ? 0 : static_cast<unsigned char>(line.front());
        line.remove_prefix(line.empty() ? 0 : 1);
        return first;
    }

    static fake_response failure(unsigned what, unsigned choice, std::string_view rest) {
        constexpr int statuses[] = {200, 201, 302, 400, 403, 404, 408, 429, 500, 502, 503, 504};
        switch (what) {
        case 4: return {statuses[choice % std::size(statuses)], std::string(rest)};
        case 5: return fake_responses::api_error(api_codes[choice % std::size(api_codes)].code);
        case 6: return fake_responses::too_many_requests(static_cast<int>(choice));
        default: break;
        }
        switch (choice % 3) {
        case 0: return fake_responses::challenge();
        case 1: return fake_responses::redirect(302);
        default: return fake_responses::html(502);
        }
    }

    std::string_view rest_;
    std::int64_t now_milliseconds_ = 1673361177000;
    std::size_t requests_seen_ = 0;
};

static_assert(transport<fuzzed_transport>);
static_assert(runtime<fuzzed_transport>);

}  // namespace ZENWIRE_NAMESPACE

#endif
