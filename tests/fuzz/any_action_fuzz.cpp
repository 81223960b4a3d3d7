// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: whatever the action, a response is a success only with status 200 and when Boost.JSON's document parser, too,
/// sees an object with an object `response` and no `code`; an order's error is repeated after a rate limit only, any error
/// of status 3xx or 4xx (but 408) says that nothing was executed, and all texts of the result are UTF-8; a list has
/// no more instances than its text has bytes.
///
/// The first byte chooses the action, the second the status; the rest is the body.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <boost/json.hpp>

#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

namespace {

namespace json = boost::json;

constexpr int statuses[] = {200, 200, 200, 200, 400, 403, 404, 408, 429, 500, 503, 307};

bool is_plausible_success(std::string_view body) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    body.remove_prefix(body.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    boost::system::error_code broken;
    const json::value document = json::parse(body, broken);
    if (broken || !document.is_object()) {
        return false;
    }
    json::value const* const code = document.as_object().if_contains("code");
    json::value const* const content = document.as_object().if_contains("response");
    return (code == nullptr || code->is_null()) && content != nullptr && content->is_object();
}

void check_error(zenwire::error const& error, int status, bool reads_only) {
    using zenwire::outcome;
    if (error.code != zenwire::errc::out_of_memory && error.code != zenwire::errc::buffer_too_small) {
        require(error.outcome != outcome::executed, "what was executed is no error");
        require(error.outcome == outcome::unknown || status >= 300, "a refusal has the status of one");
        require(error.outcome == outcome::unknown || reads_only || error.is_refusal(),
                "an order was not executed only where the API said no");
    }
    require(!error.retryable() || reads_only, "an order is not repeated after a response");
    require(error.reads_only == reads_only, "the error knows what kind the action is");
    require(!error.message.empty(), "an error explains itself");
    for (const std::string_view each :
         {error.message.view(), error.request_id.view(), error.api_code_text.view(), error.excerpt.view()}) {
        require(zenwire::is_utf8(each), "texts are UTF-8");
    }
}

template <class Action>
void check_flat(int status, std::string_view body) {
    const auto result = zenwire::parse_response<Action>(zenwire::services::bmc_2026_02_01, {status, body, {}});
    if (result) {
        require(status == 200 && is_plausible_success(body), "a success looks like one");
        require(zenwire::is_utf8(result->request_id.view()), "the request id is UTF-8");
    } else {
        check_error(result.error(), status, Action::reads_only);
    }
}

template <class Action>
void check_owning(int status, std::string_view body) {
    const auto result = zenwire::owned_response<typename Action::response>::parse({status, body, {}}, true);
    if (result) {
        require(status == 200 && is_plausible_success(body), "a success looks like one");
        require(zenwire::is_utf8((*result)->request_id.view()), "the request id is UTF-8");
        if constexpr (requires { typename Action::instance; }) {
            std::size_t count = 0;
            for (typename Action::instance const& each : (*result)->data_set) {
                require(zenwire::is_utf8(each.instance_id) && zenwire::is_utf8(each.instance_name), "texts are UTF-8");
                ++count;
            }
            require(count <= body.size(), "there are not more instances than bytes");
        }
    } else {
        check_error(result.error(), status, true);
    }
}

void check_raw(int status, std::string_view body) {
    std::array<char, 512> memory{};
    const zenwire::raw_action action{"DescribeZones", "{}", zenwire::raw_action_effect::orders, memory};
    const auto result = parse_response(action, zenwire::services::bmc_2026_02_01, {status, body, {}});
    if (result) {
        require(status == 200 && is_plausible_success(body), "a success looks like one");
        boost::system::error_code broken;
        const json::value document = json::parse(result->json, broken);
        require(!broken && document.is_object(), "the text of the response is an object");
    } else {
        check_error(result.error(), status, false);
    }
}

template <class Action>
void check(int status, std::string_view body) {
    if constexpr (requires { Action::response::has_lists; }) {
        check_owning<Action>(status, body);
    } else {
        check_flat<Action>(status, body);
    }
}

/// All actions of the library, in their order, and behind them the two that are not in its list.
template <class... Actions>
constexpr auto checks_of(zenwire::detail::action_list<Actions...>) {
    return std::array{&check<Actions>..., &check<zenwire::look_up_instance>, &check_raw};
}
constexpr auto checks = checks_of(zenwire::detail::all_actions());

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    const auto action = input.byte();
    const int status = statuses[static_cast<std::uint8_t>(input.byte() - 'a') % std::size(statuses)];
    // in memory of its own, so that a read behind the end is noticed
    const std::string_view rest = input.rest();
    const std::unique_ptr<char[]> copy(new char[rest.size()]);
    rest.copy(copy.get(), rest.size());
    const std::string_view body(copy.get(), rest.size());
    checks[static_cast<std::uint8_t>(action - 'a') % checks.size()](status, body);
    return 0;
}
