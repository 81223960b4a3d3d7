// SPDX-License-Identifier: BSL-1.0
// What a user writes, behind the macros of every platform, and with every warning: each public type is made, each public
// function called, as the documents say. Only compiled.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/action/raw_action_json.hpp>
#include <zenwire/client/instance_pager.hpp>
#include <zenwire/contract_message.hpp>
#include <zenwire/format.hpp>
#include <zenwire/ostream.hpp>
#include <zenwire/system_error.hpp>
#include <zenwire/system_runtime.hpp>
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

namespace {

/// What a transport of a user returns: it owns its text.
struct owned_response {
    int status = 200;
    std::string body{};
};

constexpr zenwire::unix_seconds now{1700000000};
constexpr zenwire::service const& service = zenwire::services::bmc_2022_11_20;

template <class Result>
int code_of(Result const& result) {
    return result ? 0 : static_cast<int>(result.error().code);
}

int makes_values() {
    const auto size = zenwire::traffic_package_size::from_terabytes(0.15);
    const auto same = zenwire::traffic_package_size::from_terabytes(0.15F);
    const auto whole = zenwire::traffic_package_size::from_terabytes(1);
    const auto parsed = zenwire::traffic_package_size::parse("0.15");
    const auto counted = zenwire::traffic_package_size::from_units(150'000);
    char memory[64];
    zenwire::buffer_writer out(memory);
    parsed->write_to(out);
    zenwire::decimal::parse("1.50")->write_to(out);
    zenwire::utc_time(now).write_to(out);
    zenwire::detail::json_writer json(out);
    json.begin_object();
    json.name("a");
    json.begin_array();
    json.boolean_value(true);
    json.integer(-1);
    json.null();
    json.string("text");
    json.literal("1");
    json.end_array();
    json.end_object();
    const zenwire::instance_id id("9");
    const bool is_same = *size == *same && *whole >= *counted && size->is_multiple_of(*counted) &&
                         size->rounded_down_to(*counted).terabytes() > 0.1 && id.view() == "9";
    return static_cast<int>(out.written().size()) + (is_same ? 1 : 0) + static_cast<int>(now.count() % 7) +
           static_cast<int>(zenwire::unix_seconds::from_milliseconds(1'700'000'000'000).is_valid()) +
           static_cast<int>(zenwire::milliseconds(5).count()) + static_cast<int>(out.overflowed()) +
           std::error_code(zenwire::errc::api_error).value() + zenwire::make_error_code(zenwire::errc::not_sent).value() +
           (zenwire::error_category() == std::generic_category() ? 1 : 0);
}

int prints(zenwire::error const& failure) {
    using namespace zenwire::literals;
    std::ostringstream out;
    out << failure << 0.15_TB << now << zenwire::milliseconds(std::chrono::seconds(2)) << failure.code << failure.api_code
        << zenwire::workflow_step::kind::save << zenwire::expected<void>() << zenwire::instance_id("9");
    out << zenwire::describe(failure).view() << zenwire::explain(failure).view() << zenwire::advice_on(failure)
        << to_string(zenwire::save_mode::create) << to_string(failure.api_code);
    return static_cast<int>(out.str().size());
}

int converts() {
    using namespace zenwire::literals;
    const zenwire::unix_seconds time(std::chrono::system_clock::now());
    const zenwire::milliseconds wait = std::chrono::seconds(2);
    zenwire::expected<int, int> either(1);
    const std::size_t hashes =
        std::hash<zenwire::instance_id>()(zenwire::instance_id("9")) ^ std::hash<zenwire::traffic_package_size>()(1'000_TB);
    return static_cast<int>(std::chrono::sys_seconds(time).time_since_epoch().count() % 7) +
           static_cast<int>(std::chrono::milliseconds(wait).count()) + either.emplace(2) + either.error_or(3) +
           static_cast<int>(hashes % 7U);
}

int looks_at_errors(zenwire::error const& failure) {
    std::string text(to_string(failure.code));
    text += to_string(failure.blame);
    text += to_string(failure.outcome);
    text += failure.message.view();
    text += failure.request_id.view();
    text += failure.api_code_text.view();
    text += failure.excerpt.view();
    text += failure.field;
    if (failure.outcome == zenwire::outcome::unknown && !failure.reads_only && !failure.retryable()) {
        text += "ask before it is done again";
    }
    return static_cast<int>(text.size()) + failure.http_status +
           static_cast<int>(failure.retry_after_seconds.value_or(0)) +
           static_cast<int>(failure.clock_offset_seconds.value_or(0)) + (failure.is_refusal() ? 1 : 0) + prints(failure);
}

int uses_expected() {
    zenwire::expected<int> five = 5;
    const zenwire::expected<int> none = zenwire::unexpected(zenwire::error());
    const auto doubled = five.transform([](int number) { return 2 * number; })
                             .and_then([](int number) { return zenwire::expected<int>(number); })
                             .or_else([](zenwire::error const& failure) {
                                 return zenwire::expected<int>(zenwire::unexpected(failure));
                             });
    five = 6;
    return doubled.value() + *five + none.value_or(1) + (five.has_value() ? 1 : 0);
}

template <class Credential>
int signs_and_verifies(Credential const& key, zenwire::endpoint const& place) {
    const zenwire::modify_instance_traffic_package action{{"9"}, *zenwire::traffic_package_size::parse("0.15")};
    const auto request = zenwire::make_request(action, service, place, key, now);
    const auto prepared = zenwire::request_template<>::make(service, place);
    char memory[4096];
    const auto placed = zenwire::make_request_in(memory, action, *prepared, key, now);
    const auto signed_body = zenwire::sign_body(memory, action.name, "{}", *prepared, key, now);
    const auto body = zenwire::write_body(memory, action, service);
    const auto message = zenwire::http1_request::make(request->view(), zenwire::connection_use::close);
    const auto written = message->write_to(memory);
    zenwire::secure_zero(memory);
    return code_of(zenwire::validate(action, service)) + code_of(request) + code_of(placed) + code_of(signed_body) +
           code_of(body) + code_of(written);
}

int verifies(zenwire::access_key const& key, zenwire::request_view const& request) {
    const auto look_up = [&](std::string_view id) noexcept { return id == key.id() ? &key : nullptr; };
    return code_of(zenwire::verify_request(request, key, now, service)) +
           code_of(zenwire::verify_request(request, look_up, now, service)) +
           code_of(zenwire::parse_authorization(request));
}

int reads_http1() {
    char head[1024];
    char body[1024];
    zenwire::field_position positions[8];
    zenwire::http1_response answer(head, positions, body);
    const auto progress = answer.feed("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    return code_of(progress) + answer.view().status + (answer.may_keep_connection() ? 1 : 0);
}

int reads_responses(zenwire::response_view const& response) {
    const auto order = zenwire::parse_response<zenwire::modify_instance_traffic_package>(service, response);
    zenwire::detail::raw_byte scratch[4096];
    const auto walked = zenwire::for_each_instance(
        response, scratch, [](zenwire::instance_info const&) noexcept {},
        [](std::string_view, zenwire::error const&) noexcept {});
    const auto page = zenwire::owned_response<zenwire::describe_instances::response>::parse(response, true);
    int sum = code_of(order) + code_of(walked) + code_of(page);
    if (page) {
        for (zenwire::instance_info const& each : (*page)->data_set) {
            sum += static_cast<int>(each.instance_id.size());
        }
    }
    return sum;
}

/// Sends all actions by any client, transport and runtime.
template <class Credential, class Transport, class Runtime>
int sends(zenwire::client<Credential> const& client, Transport& transport, Runtime& runtime) {
    const zenwire::instance_id id("9");
    const auto size = *zenwire::traffic_package_size::parse("0.15");
    const auto outcome_of = [&](auto const& action) {
        return code_of(zenwire::send_action(client, action, transport, runtime));
    };
    char memory[256];
    int sum = outcome_of(zenwire::modify_instance_traffic_package{id, size}) +
              outcome_of(zenwire::cancel_instance_traffic_package_downgrade{id}) +
              outcome_of(zenwire::inquiry_price_instance_traffic_package{id, size}) +
              outcome_of(zenwire::describe_instance_internet_status{id}) + outcome_of(zenwire::look_up_instance{{id}}) +
              outcome_of(zenwire::cancel_instance_bandwidth_downgrade{id}) +
              outcome_of(zenwire::owning{zenwire::describe_instances{}}) +
              outcome_of(zenwire::owning{zenwire::describe_available_resources{}}) +
              outcome_of(zenwire::raw_action{"DescribeZones", "{}", zenwire::raw_action_effect::reads, memory}) +
              outcome_of(zenwire::raw_action_json{"DescribeZones", {{"a", 1}}, zenwire::raw_action_effect::reads, {}});

    zenwire::request_exchange exchange(client, zenwire::describe_instance_internet_status{id});
    zenwire::exchange_step step = exchange.next(now);
    if (step.what == zenwire::exchange_step::kind::send) {
        step = exchange.request().body.empty() ? exchange.send_failed({zenwire::transport_failure::not_sent, "refused"})
                                               : exchange.receive(zenwire::response_view{200, "{}", {}}, now);
    }
    sum += static_cast<int>(exchange.attempts()) + static_cast<int>(exchange.signed_at().count() % 3) +
           code_of(exchange.result());

    zenwire::instance_pager pager(client, {}, {});
    for (auto turn = pager.next(now); turn.what != zenwire::pager_step::kind::done;) {
        if (turn.what == zenwire::pager_step::kind::page) {
            pager.for_each_new(
                [&](zenwire::instance_info const& each) { sum += static_cast<int>(each.hostname.size()); });
        }
        turn = turn.what == zenwire::pager_step::kind::send
                   ? pager.send_failed(zenwire::transport_failure::not_sent, now)
                   : pager.next(now);
    }
    return sum + code_of(pager.result());
}

template <class Credential, class Transport, class Runtime>
int changes_a_package(zenwire::client<Credential> const& client, Transport& transport, Runtime& runtime) {
    using workflow = zenwire::traffic_package_workflow<Credential>;
    const zenwire::workflow_options options{.price_limit = zenwire::decimal::parse("100")};
    auto job =
        workflow::change(client, zenwire::instance_id("9"), *zenwire::traffic_package_size::parse("0.15"), options);
    const auto save = [](std::span<char const> bytes, zenwire::save_mode) { return !bytes.empty(); };
    const auto verdict = zenwire::run_workflow(job, transport, runtime, save, [](workflow const&) { return true; });
    auto other = workflow::cancel_downgrade(client, zenwire::instance_id("9"), options);
    const auto resumed = workflow::resume(client, job.saved_bytes());
    return static_cast<int>(verdict.advice().size()) + code_of(resumed) + static_cast<int>(verdict.looks) +
           (other.step().what == zenwire::workflow_step::kind::done ? 1 : 0) +
           (verdict.order == zenwire::workflow_verdict::order_kind::none ? 1 : 0) +
           (verdict.failure ? looks_at_errors(*verdict.failure) : 0);
}

int tests_with_a_fake_cloud(zenwire::access_key key, zenwire::client<zenwire::access_key> const& client) {
    zenwire::fake_cloud cloud;
    cloud.add(std::move(key));
    zenwire::fake_instance instance;
    instance.id = "9";
    cloud.add(instance);
    cloud.set_now(now);
    cloud.set_balance_cents(1000);
    zenwire::scripted_fault fault;
    cloud.script(fault);
    return sends(client, cloud, cloud) + changes_a_package(client, cloud, cloud) +
           static_cast<int>(cloud.requests_seen());
}

}  // namespace

int main() {
    auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    const auto token = zenwire::bearer_token::make(zenwire::token("token"));
    const auto place = zenwire::endpoint::make("https://console.zenlayer.com");
    if (!key || !token || !place) {
        return 1;
    }
    const zenwire::client client(service, *place, *key);
    const zenwire::client bearer(zenwire::services::bmc_2026_02_01, *place, *token);
    zenwire::system_runtime clock;
    const auto transport =
        [](zenwire::request_view const&) -> zenwire::expected<owned_response, zenwire::transport_error> {
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent, "refused"));
    };
    zenwire::sha256 hash;
    hash.update("abc");
    const zenwire::sha256_digest digest = hash.finish();
    return makes_values() + converts() + uses_expected() + signs_and_verifies(*key, *place) + signs_and_verifies(*token, *place) +
           verifies(*key, {}) + reads_http1() + reads_responses({200, "{}", {}}) + sends(client, transport, clock) +
           sends(bearer, transport, clock) + changes_a_package(bearer, transport, clock) +
           tests_with_a_fake_cloud(*std::move(key), client) + digest[0];
}
