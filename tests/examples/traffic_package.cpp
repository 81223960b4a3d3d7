// SPDX-License-Identifier: BSL-1.0
//
// Traffic packages for people: see traffic_package_help.hpp. What may cost money is in traffic_package_job.hpp.

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/system_runtime.hpp>
#include <zenwire/zenwire.hpp>

#include "demo_cloud.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "live_transport.hpp"
#include "state_folder.hpp"
#include "terminal_text.hpp"
#include "traffic_package_account.hpp"
#include "traffic_package_arguments.hpp"
#include "traffic_package_completion.hpp"
#include "traffic_package_forget.hpp"
#include "traffic_package_help.hpp"
#include "traffic_package_job.hpp"
#include "traffic_package_ledger.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_screen.hpp"
#include "traffic_package_surroundings.hpp"
#include "traffic_package_values.hpp"

namespace {

/// How an instance's network is billed, for people.
std::string billing_text(std::optional<zenwire::internet_charge_type> const& type) {
    using charge = zenwire::internet_charge_type;
    return !type                                 ? "-"
           : *type == charge::by_traffic_package ? "package"
           : *type == charge::by_bandwidth       ? "bandwidth"
                                                 : word_or_dash(type);
}

/// An instance of a list, as JSON: the same members as make_status() has.
template <class Instance>
json_text instance_as_json(Instance const& instance) {
    return json_object({{"instanceId", instance.instance_id},
                        {"instanceName", instance.instance_name},
                        {"instanceStatus", word_as_json(instance.instance_status)},
                        {"internetChargeType", word_as_json(instance.internet_charge_type)},
                        {"trafficPackageSize", instance.traffic_package_size},
                        {"modifiedTrafficPackageSize", {}},
                        {"modifiedTrafficPackageStatus", {}},
                        {"internetMaxBandwidthOut", {}}});
}

/// All instances of a service, by its own DescribeInstances.
template <class Action, class Credential>
report show_all_by(zenwire::client<Credential> const& client, surroundings const& around) {
    std::vector<json_text> instances;
    table shown({"INSTANCE", "NAME", "STATUS", "BILLING", "PACKAGE"}, 1);
    constexpr std::int64_t page_size = 100;
    for (std::int64_t page = 1;; ++page) {
        const zenwire::owning action{Action{.page_num = page, .page_size = page_size}};
        const auto answer = zenwire::send_action(client, action, around.send, surrounding_runtime(around));
        if (!answer) {
            return make_failure(answer.error());
        }
        typename Action::response const& found = **answer;
        for (typename Action::instance const& each : found.data_set) {
            shown.add({printable(each.instance_id), printable(each.instance_name), word_or_dash(each.instance_status),
                       billing_text(each.internet_charge_type), size_or_dash(each.traffic_package_size)});
            instances.push_back(instance_as_json(each));
        }
        if (found.data_set.empty() || page * page_size >= found.total_count.value_or(0)) {
            break;
        }
    }
    return {.text = instances.empty() ? "There are no instances.\n" : shown.text(around.out.width),
            .instances = json_array(instances)};
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
    return {.text = "instance   " + printable(instance) + "\nsize       " + terabytes(size) + "\n" +
                    prices_as_text(answer->prices, size),
            .prices = prices_as_json(answer->prices)};
}

template <class Credential>
report watch(zenwire::client<Credential> const& client, surroundings const& around, std::string_view instance,
             std::optional<zenwire::unix_seconds> deadline) {
    constexpr zenwire::milliseconds interval(5000);
    surrounding_runtime clock(around);
    const zenwire::unix_seconds began = clock.now();
    for (bool is_told = false;; is_told = true) {
        const auto status = zenwire::send_action(client, internet_status{instance}, around.send, clock);
        if (!status) {
            return make_failure(status.error());
        }
        const bool is_processing = status->modified_traffic_package_status ==
                                   zenwire::modification_status(zenwire::modification_status::processing);
        report result = make_status(*status);
        if (!is_processing || interruption::is_wanted() || (deadline && clock.now() >= *deadline)) {
            result.code = !is_processing ? done : interruption::is_wanted() ? interrupted : not_seen_yet;
            return result;
        }
        const std::string change = "changing to " + size_or_dash(status->modified_size);
        if (!around.talk.is_terminal && !is_told) {
            around.say(change + " ...");
        }
        const std::int64_t most = deadline ? (deadline->count() - clock.now().count()) * 1000 : interval.count();
        wait_visibly(around, std::min(interval, zenwire::milliseconds(most)), change, began, deadline);
    }
}

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
    return watch(client, around, given.instance,
                 given.deadline.empty() ? std::nullopt : std::optional(task.options.deadline));
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
    task.around.say("On a cloud in memory; --live would use the real one.");
    return run_if_valid(demo_key(), task, given);
}

report run_on_server(task& task, arguments const& given) {
    task.around.send = shown_if(given.verbose, live_transport(), task.around.progress);
    task.around.now = [] { return zenwire::system_runtime().now(); };
    task.around.sleep = sleep_until_interrupted;
    task.around.state_folder = state_folder_path(given.state, std::getenv("XDG_STATE_HOME"), std::getenv("HOME"));
    read_values(given, task);
    const account account = account_of_environment();
    if (!account.token.empty()) {
        return run_if_valid(zenwire::bearer_token::make(zenwire::token(account.token)), task, given);
    }
    if (account.id.empty()) {
        if (given.live) {
            throw usage_error(missing_account());
        }
        return run_if_valid(demo_key(), task, given);
    }
    return run_if_valid(
        zenwire::access_key::make(zenwire::access_key_id(account.id), zenwire::access_key_password(account.secret)), task,
        given);
}

report run_anywhere(arguments const& given) {
    task task{{.send = {},
               .now = {},
               .sleep = {},
               .service = given.service == "vm" ? zenwire::services::vm_2026_04_01 : zenwire::services::bmc_2026_02_01,
               .endpoint = {},
               .progress = std::cerr,
               .out = screen_of(STDOUT_FILENO),
               .talk = screen_of(STDERR_FILENO)}};
    return given.live || !given.endpoint.empty() ? run_on_server(task, given) : run_in_memory(task, given);
}

/// What the command came to; also of an exception, none of which comes here from within a job: see run_job().
report run_or_tell(arguments const& given) {
    try {
        return run_anywhere(given);
    } catch (std::invalid_argument const&) {
        throw;
    } catch (std::exception const& failure) {
        return make_refusal(nothing_ordered, "failed", failure.what());
    }
}

/// A message about the command line, fit for a terminal: it quotes what was typed.
std::string usage_text(std::string_view message, command_row const* command) {
    return printable("traffic_package: " + std::string(message)) + how_to_type(command) + "\n";
}

/// Whether standard output took all that was written to it. If not, says so, unless its reader went away.
bool is_written() {
    errno = 0;
    if (!std::cout.flush() && errno != EPIPE) {
        std::cerr << "WARNING: the result could not be written: " << (errno == 0 ? "an error" : std::strerror(errno)) << "\n";
    }
    return std::cout.good();
}

/// @return the code of the result; a success of which nothing can be read is none, unless it is that of a job
exit_code print(report const& result, arguments const& given) {
    if (given.json) {
        std::cout << as_json(result, given).view() << "\n";
    }
    if (!given.json && !result.is_failure) {
        std::cout << fitted(result.text, screen_of(STDOUT_FILENO));
    }
    const bool is_told = is_written();
    const bool is_of_job = result.job.view() != "null";
    if (result.is_failure || (!is_told && is_of_job)) {
        std::cerr << fitted(result.text, screen_of(STDERR_FILENO));
    }
    return !is_told && !is_of_job && result.code == done ? nothing_ordered : result.code;
}

}  // namespace

int main(int count, char** values) {
    interruption::be_heard();
    arguments given;
    try {
        parse_arguments({values + 1, values + count}, given);
        if (given.help || given.version) {
            std::cout << fitted(given.help ? help(given) : "traffic_package " + std::string(zenwire::version_text) + "\n",
                                screen_of(STDOUT_FILENO));
            return is_written() ? done : nothing_ordered;
        }
        if (given.command == "completion" || given.command == "manual") {
            std::cout << (given.command == "manual" ? manual() : completion(given.shell));
            return is_written() ? done : nothing_ordered;
        }
        take_environment(given);
        return print(run_or_tell(given), given);
    } catch (std::invalid_argument const& failure) {
        std::cerr << fitted(usage_text(failure.what(), find_command(given.command)), screen_of(STDERR_FILENO));
        return wrong_usage;
    }
}
