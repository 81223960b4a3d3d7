// SPDX-License-Identifier: BSL-1.0
// The examples on the pages of the classes that people use: each stands between two marks, names.dox says on which page. Compiled and run.
#include <cstdlib>
#include <iostream>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_set>

#include <zenwire/ostream.hpp>
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

using namespace zenwire::literals;

namespace {

void require(bool condition, char const* what) {
    if (!condition) {
        std::cerr << "not as the page says: " << what << '\n';
        std::exit(1);
    }
}

void sizes() {
    //! [traffic_package_size]
    const auto written = 0.15_TB;                                                   // checked when compiling
    const auto typed = zenwire::traffic_package_size::parse("0.15");                // checked when running
    const auto computed = zenwire::traffic_package_size::from_terabytes(3 * 0.05);  // exactly 0.15 TB, too
    if (typed && computed && *typed == written && *computed == written) {
        std::cout << *typed << '\n';  // 0.15 TB, with zenwire/ostream.hpp
    }
    //! [traffic_package_size]
    require(typed && computed && *typed == written && *computed == written, "traffic_package_size");
}

void ids() {
    //! [inline_string]
    zenwire::inline_string<4> text("long text");
    const bool is_cut = text.truncated();          // what does not fit is cut, and said
    const std::string_view whole = text.view();    // "long": a view of the object
    std::unordered_set<zenwire::instance_id> ids;  // ids are such texts
    ids.insert("932237369560662463");
    //! [inline_string]
    require(is_cut && whole == "long" && ids.size() == 1, "inline_string");
}

void times() {
    //! [unix_seconds]
    const zenwire::unix_seconds now(1'700'000'000);          // or (std::chrono::system_clock::now())
    const bool is_for_a_request = now.is_valid();            // 1970 to 9999
    const auto same = zenwire::unix_seconds::from_milliseconds(1'700'000'000'999);
    //! [unix_seconds]
    require(is_for_a_request && now == same, "unix_seconds");
}

void money() {
    //! [decimal]
    const std::optional<zenwire::decimal> price = zenwire::decimal::parse("12.50");
    const bool is_exact = price && !price->is_rounded() && *price == *zenwire::decimal::parse("12.5");
    const bool is_affordable = price && *price <= zenwire::decimal(100);
    //! [decimal]
    require(is_exact && is_affordable, "decimal");
}

void results() {
    //! [expected]
    const zenwire::expected<zenwire::traffic_package_size> size = zenwire::traffic_package_size::parse("150GB");
    if (!size) {
        std::cerr << size.error().message.view() << '\n';  // a size is in terabytes, without a unit
    }
    const auto doubled = size.transform([](zenwire::traffic_package_size each) { return each.units() * 2; }).value_or(0);
    //! [expected]
    require(!size && doubled == 0, "expected");
}

void failures() {
    const auto refused = zenwire::traffic_package_size::parse("-1");
    zenwire::error const& failure = refused.error();
    //! [error]
    std::clog << zenwire::describe(failure).view() << '\n';  // one line for logs
    std::cerr << zenwire::explain(failure).view();           // a few for people
    if (failure.outcome == zenwire::outcome::unknown && !failure.reads_only) {
        // an order may have been placed: look at the instance, do not order again
    } else if (failure.retryable()) {
        // safe, and may help
    }
    //! [error]
    require(failure.code == zenwire::errc::invalid_parameter, "error");
}

void places() {
    //! [endpoint]
    const zenwire::endpoint usual;  // https://console.zenlayer.com
    const auto own = zenwire::endpoint::make("http://localhost:8080");
    if (!own) {
        std::cerr << own.error().message.view() << '\n';
    }
    //! [endpoint]
    require(own && own->authority() == "localhost:8080" && usual.scheme_text() == "https", "endpoint");
}

void credentials() {
    //! [access_key]
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    if (!key) {
        std::cerr << key.error().message.view() << '\n';  // empty, too long, or not for a header
    }
    //! [access_key]
    //! [bearer_token]
    const auto token = zenwire::bearer_token::make(zenwire::token("token"));
    const bool is_usable = token.has_value();
    //! [bearer_token]
    require(key && is_usable, "credentials");
}

zenwire::access_key make_key() {
    return *zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
}

void clouds() {
    //! [fake_cloud]
    zenwire::fake_cloud cloud;  // a transport and a runtime in memory
    cloud.add(make_key());      // whose requests it accepts
    cloud.add({.id = "932237369560662463", .size = 1_TB});
    cloud.set_balance_cents(100'000);
    //! [fake_cloud]
    //! [scripted_fault]
    cloud.script({.what = zenwire::scripted_fault::kind::response_lost});  // the next request is carried out, nobody hears of it
    cloud.script(zenwire::scripted_fault::slow(20));                     // the response to the one after it takes 20 s
    //! [scripted_fault]
    require(cloud.instances().size() == 1, "fake_cloud");
}

void clients(zenwire::fake_cloud& cloud) {
    //! [client]
    const zenwire::access_key key = make_key();  // must outlive the client
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key, {.retry = {.max_attempts = 2}});
    //! [client]
    //! [describe_instance_internet_status]
    const auto status =
        zenwire::send_action(client, zenwire::describe_instance_internet_status{"932237369560662463"}, cloud, cloud);
    if (status && status->size) {
        std::cout << *status->size << '\n';
    }
    //! [describe_instance_internet_status]
    //! [inquiry_price_instance_traffic_package]
    const auto price = zenwire::send_action(
        client, zenwire::inquiry_price_instance_traffic_package{"932237369560662463", 1.5_TB}, cloud, cloud);
    if (price && !price->prices.empty() && price->prices[0].discount_price) {
        std::cout << *price->prices[0].discount_price << '\n';
    }
    //! [inquiry_price_instance_traffic_package]
    //! [modify_instance_traffic_package]
    const zenwire::modify_instance_traffic_package order{"932237369560662463", 1.5_TB};
    const auto ordered = zenwire::send_action(client, order, cloud, cloud);  // sent once; costs money
    if (ordered) {
        std::cout << "order " << ordered->order_number.view() << '\n';
    }
    //! [modify_instance_traffic_package]
    char memory[4096];
    //! [raw_action]
    const zenwire::raw_action any{"DescribeInstances", R"({"pageSize":10})", zenwire::raw_action_effect::reads, memory};
    const auto response = zenwire::send_action(client, any, cloud, cloud);
    if (response) {
        std::cout << response->json << '\n';  // a view of `memory`
    }
    //! [raw_action]
    require(status && status->size == 1_TB, "describe_instance_internet_status");
    require(price && !price->prices.empty(), "inquiry_price_instance_traffic_package");
    require(ordered && !ordered->order_number.empty(), "modify_instance_traffic_package");
    require(response && response->json.starts_with('{'), "raw_action");
}

void exchanges(zenwire::fake_cloud& cloud) {
    const zenwire::access_key key = make_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    //! [request_exchange]
    zenwire::request_exchange exchange(client, zenwire::describe_instance_internet_status{"932237369560662463"});
    zenwire::exchange_step step = exchange.next(cloud.now());
    while (step.what != zenwire::exchange_step::kind::done) {
        if (step.what == zenwire::exchange_step::kind::wait_for) {
            cloud.sleep_for(step.wait);  // yours: a timer
            step = exchange.next(cloud.now());
        } else if (const auto response = cloud(exchange.request())) {  // yours: send it, and come back
            step = exchange.receive(zenwire::response_adapter(*response).view(), cloud.now());
        } else {
            step = exchange.send_failed(response.error());
        }
    }
    const auto result = std::move(exchange).result();
    //! [request_exchange]
    require(result.has_value(), "request_exchange");
}

void jobs(zenwire::fake_cloud& cloud) {
    const zenwire::access_key key = make_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    std::string file;
    //! [traffic_package_workflow]
    auto job = zenwire::traffic_package_workflow<zenwire::access_key>::change(client, "932237369560662463", 2_TB);
    const zenwire::workflow_verdict verdict = zenwire::run_workflow(
        job, cloud, cloud,
        [&](std::span<char const> bytes, zenwire::save_mode mode) {
            if (mode == zenwire::save_mode::create && !file.empty()) {
                return false;  // bytes of another job, whose order may be under way
            }
            file.assign(bytes.begin(), bytes.end());
            return true;
        },
        [](auto const& asked) { return asked.prediction().what == zenwire::traffic_package_prediction::kind::paid_upgrade; });
    //! [traffic_package_workflow]
    //! [workflow_verdict]
    using verdict_type = zenwire::workflow_verdict;
    if (verdict.instance == verdict_type::instance_kind::reached && verdict.order == verdict_type::order_kind::accepted) {
        std::cout << "it has the size that was ordered\n";
    } else {
        std::cout << verdict.advice() << '\n';
    }
    //! [workflow_verdict]
    //! [workflow_options]
    zenwire::workflow_options options;
    options.price_limit = zenwire::decimal(100);                              // an unknown price is above it
    options.deadline = zenwire::unix_seconds(cloud.now().count() + 30 * 60);  // in half an hour at the latest
    //! [workflow_options]
    require(verdict.instance == zenwire::workflow_verdict::instance_kind::reached && !file.empty(), "traffic_package_workflow");
}

//! [transport_error]
// A transport: anything that takes a request and returns a response, or a transport_error.
struct my_response {
    int status = 0;
    std::string body{};
};

zenwire::expected<my_response, zenwire::transport_error> my_transport(zenwire::request_view const& request) {
    if (request.authority.empty()) {
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent, "no host"));
    }
    return my_response{200, R"({"requestId":"1","response":{}})"};
}
//! [transport_error]

void transports() {
    static_assert(zenwire::transport<decltype(my_transport)>);
    const zenwire::access_key key = make_key();
    //! [request_view]
    const zenwire::modify_instance_traffic_package action{"932237369560662463", 0.15_TB};
    const auto signed_one = zenwire::make_request(action, zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key,
                                                  zenwire::unix_seconds(1'700'000'000));
    if (signed_one) {
        const zenwire::request_view request = signed_one->view();
        std::cout << request.method << ' ' << request.scheme << "://" << request.authority << request.target << '\n';
        for (const zenwire::field each : request.fields) {
            std::cout << each.name << '\n';  // values of `authorization` and tokens are nobody's business
        }
    }
    //! [request_view]
    require(signed_one.has_value(), "request_view");
}

}  // namespace

int main() {
    sizes();
    ids();
    times();
    money();
    results();
    failures();
    places();
    credentials();
    clouds();
    transports();
    zenwire::fake_cloud cloud;
    cloud.add(make_key());
    cloud.add({.id = "932237369560662463", .size = 1_TB});
    exchanges(cloud);
    clients(cloud);
    cloud.sleep_for(zenwire::milliseconds(3'600'000));
    jobs(cloud);
}
