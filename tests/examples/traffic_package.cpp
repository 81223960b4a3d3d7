// SPDX-License-Identifier: BSL-1.0
//
// Traffic packages for people: see `usage`. What may cost money is in traffic_package_job.hpp.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include <zenwire/system_runtime.hpp>
#include <zenwire/zenwire.hpp>

#include "demo_cloud.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "live_transport.hpp"
#include "state_folder.hpp"
#include "terminal_text.hpp"
#include "traffic_package_arguments.hpp"
#include "traffic_package_forget.hpp"
#include "traffic_package_job.hpp"
#include "traffic_package_ledger.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_surroundings.hpp"

namespace {

namespace json = boost::json;

/// All instances of a service, by its own DescribeInstances.
template <class Action, class Credential>
report show_all_by(zenwire::client<Credential> const& client, surroundings const& around) {
    report result;
    json::array instances;
    result.text = cell("INSTANCE", 20) + cell("NAME", 20) + cell("STATUS", 14) + cell("BILLING", 22) + "PACKAGE\n";
    constexpr std::int64_t page_size = 100;
    for (std::int64_t page = 1;; ++page) {
        const zenwire::owning action{Action{.page_num = page, .page_size = page_size}};
        const auto answer = zenwire::send_action(client, action, around.send, surrounding_runtime(around));
        if (!answer) {
            return make_failure(answer.error());
        }
        typename Action::response const& found = **answer;
        for (typename Action::instance const& each : found.data_set) {
            result.text += cell(each.instance_id, 20) + cell(each.instance_name, 20) +
                           cell(word_or_dash(each.instance_status), 14) +
                           cell(word_or_dash(each.internet_charge_type), 22) + size_or_dash(each.traffic_package_size) +
                           "\n";
            instances.push_back({{"instanceId", json::string(each.instance_id)},
                                 {"instanceName", json::string(each.instance_name)},
                                 {"instanceStatus", word_or_dash(each.instance_status)},
                                 {"internetChargeType", word_or_dash(each.internet_charge_type)},
                                 {"trafficPackageSize", size_or_null(each.traffic_package_size)}});
        }
        if (found.data_set.empty() || page * page_size >= found.total_count.value_or(0)) {
            break;
        }
    }
    result.object["instances"] = std::move(instances);
    return result;
}

template <class Credential>
report show_all(zenwire::client<Credential> const& client, surroundings const& around) {
    auto const& prepared = client.prepared();
    return prepared && prepared->service().name == "vm" ? show_all_by<zenwire::describe_vm_instances>(client, around)
                                                        : show_all_by<zenwire::describe_instances>(client, around);
}

using internet_status = zenwire::describe_instance_internet_status;

template <class Credential>
report show(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance) {
    const auto status =
        zenwire::send_action(client, internet_status{instance}, around.send, surrounding_runtime(around));
    return status ? make_status(*status) : make_failure(status.error());
}

template <class Credential>
report price(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance,
             zenwire::traffic_package_size size) {
    const zenwire::inquiry_price_instance_traffic_package action{instance, size};
    const auto answer = zenwire::send_action(client, action, around.send, surrounding_runtime(around));
    if (!answer) {
        return make_failure(answer.error());
    }
    return {done,
            "instance   " + printable(instance) + "\nsize       " + terabytes(size) + "\n" +
                prices_as_text(answer->prices),
            {{"instanceId", json::string(instance)},
             {"trafficPackageSize", size_or_null(size)},
             {"prices", prices_as_json(answer->prices)}}};
}

template <class Credential>
report watch(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance,
             zenwire::unix_seconds deadline) {
    constexpr zenwire::milliseconds interval(5000);
    surrounding_runtime clock(around);
    for (;;) {
        const auto status = zenwire::send_action(client, internet_status{instance}, around.send, clock);
        if (!status) {
            return make_failure(status.error());
        }
        const bool is_processing = status->modified_traffic_package_status ==
                                   zenwire::modification_status(zenwire::modification_status::processing);
        report result = make_status(*status);
        if (!is_processing || interruption::is_wanted() || clock.now() >= deadline) {
            result.code = !is_processing ? done : interruption::is_wanted() ? interrupted : not_seen_yet;
            return result;
        }
        around.progress << "changing from " << size_or_dash(status->size) << " to "
                        << size_or_dash(status->modified_size) << " ..." << std::endl;
        clock.sleep_for(interval);
    }
}

/// What the arguments say, checked.
struct task {
    surroundings around;
    std::optional<zenwire::traffic_package_size> size{};
    zenwire::workflow_options options{};
    std::optional<std::int64_t> month{};
};

template <class Credential>
report run(Credential const& credential, task const& task, arguments const& given) {
    surroundings const& around = task.around;
    const zenwire::client client(around.service, around.endpoint, credential);
    if (given.command == "show") {
        return given.instance.empty() ? show_all(client, around) : show(client, around, given.instance);
    }
    if (given.command == "balance") {
        return balance(client, around);
    }
    if (given.command == "bills") {
        return bills(client, around, given.instance, task.month);
    }
    if (given.command == "price") {
        return price(client, around, given.instance, *task.size);
    }
    if (given.command == "forget") {
        return forget(client, around, given);
    }
    if (auto result = order(client, around, given, task.size, task.options)) {
        return *std::move(result);
    }
    return watch(client, around, given.instance, task.options.deadline);
}

bool is_loopback(zenwire::endpoint const& endpoint) {
    return endpoint.host() == "127.0.0.1" || endpoint.host() == "localhost" || endpoint.host() == "[::1]";
}

/// @throw std::invalid_argument when a value is not as `usage` says
void read_values(arguments const& given, task& task) {
    const auto fail = [](std::string const& why) { throw std::invalid_argument(why); };
    if (!given.size.empty()) {
        const auto size = zenwire::traffic_package_size::parse(given.size);
        if (!size) {
            fail(std::string(size.error().message.view()));
        }
        task.size = *size;
    }
    if (!given.price_limit.empty()) {
        task.options.price_limit = zenwire::decimal::parse(given.price_limit);
        if (!task.options.price_limit) {
            fail("--price-limit must be a number");
        }
    }
    if (!given.deadline.empty()) {
        const auto seconds = zenwire::decimal::parse(given.deadline);
        if (!seconds || seconds->scale() != 0 || seconds->coefficient() < 1 || seconds->coefficient() > 1'000'000'000) {
            fail("--deadline must be a number of seconds");
        }
        task.options.deadline = zenwire::unix_seconds(task.around.now().count() + seconds->coefficient());
    }
    if (!given.month.empty()) {
        const auto month = zenwire::decimal::parse(given.month);
        if (!month || month->scale() != 0 || month->coefficient() < 197001 || month->coefficient() > 999912 ||
            month->coefficient() % 100 < 1 || month->coefficient() % 100 > 12) {
            fail("--month must be a year and a month, 202611 say");
        }
        task.month = month->coefficient();
    }
    if (!given.endpoint.empty()) {
        auto endpoint = zenwire::endpoint::make(given.endpoint);
        if (endpoint && is_loopback(*endpoint) && given.endpoint.find("://") == std::string_view::npos) {
            endpoint = zenwire::endpoint::make("http://" + std::string(given.endpoint));
        }
        if (!endpoint) {
            fail(std::string(endpoint.error().message.view()));
        }
        if (!given.live && !is_loopback(*endpoint)) {
            fail("--endpoint of another machine needs --live: it may cost real money");
        }
        if (endpoint->transfer_scheme() == zenwire::endpoint::scheme::http && !is_loopback(*endpoint)) {
            fail("http is for this machine only: everybody on the way could read the request");
        }
        task.around.endpoint = *endpoint;
    }
}

template <class Send>
std::function<http_result(zenwire::request_view const&)> shown_if(bool is_shown, Send send, std::ostream& out) {
    return [is_shown, send, &out](zenwire::request_view const& request) -> http_result {
        if (is_shown) {
            print_request(out, request);
        }
        http_result answer = send(request);
        if (is_shown && answer) {
            print_answer(out, *answer, request);
        } else if (is_shown) {
            out << "--- no answer: " << printable(answer.error().message) << "\n\n";
        }
        return answer;
    };
}

template <class Credential>
report run_if_valid(zenwire::expected<Credential> const& credential, task const& task, arguments const& given) {
    return credential ? run(*credential, task, given) : make_failure(credential.error());
}

zenwire::expected<zenwire::access_key> demo_key() {
    return zenwire::access_key::make(zenwire::access_key_id(demo_cloud::access_key_id),
                                     zenwire::access_key_password(demo_cloud::access_key_secret));
}

report run_in_memory(task& task, arguments const& given) {
    zenwire::fake_cloud cloud;
    cloud.set_balance_cents(demo_cloud::balance_cents);
    cloud.add(*demo_key());
    demo_cloud::furnish(cloud);
    const auto send = [&cloud](zenwire::request_view const& request) -> http_result {
        auto answer = cloud(request);
        if (!answer) {
            return zenwire::unexpected(answer.error());
        }
        http_answer result{answer->status, std::move(answer->body), {}};
        for (auto const& each : answer->fields) {
            result.fields.emplace_back(each.name, each.value);
        }
        return result;
    };
    task.around.send = shown_if(given.verbose, send, task.around.progress);
    task.around.now = [&cloud] { return cloud.now(); };
    task.around.sleep = [&cloud](zenwire::milliseconds time) { cloud.sleep_for(time); };
    read_values(given, task);
    task.around.progress << "On a cloud in memory; --live would use the real one.\n";
    return run_if_valid(demo_key(), task, given);
}

report run_on_server(task& task, arguments const& given) {
    task.around.send = shown_if(given.verbose, live_transport(), task.around.progress);
    task.around.now = [] { return zenwire::system_runtime().now(); };
    task.around.sleep = sleep_until_interrupted;
    task.around.state_folder = state_folder_path(given.state, std::getenv("XDG_STATE_HOME"), std::getenv("HOME"));
    read_values(given, task);
    const std::string_view token = environment("ZENLAYER_TOKEN");
    const std::string_view id = environment("ZENLAYER_ACCESS_KEY_ID");
    const std::string_view secret = environment("ZENLAYER_ACCESS_KEY_SECRET");
    if (!token.empty()) {
        return run_if_valid(zenwire::bearer_token::make(zenwire::token(token)), task, given);
    }
    if (id.empty() || secret.empty()) {
        if (given.live) {
            throw std::invalid_argument(
                "--live needs ZENLAYER_TOKEN, or ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET");
        }
        return run_if_valid(demo_key(), task, given);
    }
    return run_if_valid(zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(secret)),
                        task, given);
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string_view> all(values + 1, values + count);
    if (all == std::vector<std::string_view>{"--help"}) {
        std::cout << usage << exit_code_help;
        return done;
    }
    interruption::be_heard();
    try {
        const arguments given = parse_arguments(count, values);
        task task{
            {.send = {},
             .now = {},
             .sleep = {},
             .service = given.service == "vm" ? zenwire::services::vm_2026_04_01 : zenwire::services::bmc_2026_02_01,
             .endpoint = {},
             .progress = given.json ? std::cerr : std::cout}};
        const report result =
            given.live || !given.endpoint.empty() ? run_on_server(task, given) : run_in_memory(task, given);
        std::cout << (given.json ? printable_json(result.object) + "\n" : result.text) << std::flush;
        return result.code;
    } catch (std::invalid_argument const& failure) {
        std::cerr << "traffic_package: " << printable(failure.what()) << "\nTry --help.\n";
        return wrong_usage;
    } catch (std::exception const& failure) {
        // what happens once a job has begun does not come here: see run_job()
        std::cerr << "traffic_package: " << printable(failure.what()) << "\nNothing was ordered by this start of the program.\n";
        return nothing_ordered;
    }
}
