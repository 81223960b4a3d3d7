// SPDX-License-Identifier: BSL-1.0
//
// Changes the traffic package of an instance: see `usage` below. By default on a cloud in memory, which costs nothing.

#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

#include <zenwire/system_runtime.hpp>
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/zenwire.hpp>

#include "demo_cloud.hpp"
#include "exit_code.hpp"
#include "interruption.hpp"
#include "live_transport.hpp"
#include "state_file.hpp"
#include "state_folder.hpp"
#include "terminal_text.hpp"

namespace {

constexpr std::string_view usage = R"(Changes the traffic package of an instance.

    modify_traffic_package --instance ID --size TB [--service bmc|vm] [--endpoint URL] [--live [--yes]]

    --instance ID     the instance
    --size TB         its new traffic package in terabytes: 0.15, 100; for bmc a multiple of 0.05
    --service NAME    bmc, bare metal (the default), or vm, virtual machines
    --endpoint URL    https://HOST[:PORT] or http://HOST[:PORT]; https://console.zenlayer.com by default
    --live            on the real cloud, for real money; without it on a cloud in memory
    --yes             with --live: do not ask before the order
    --state FOLDER    with --live: where traffic_package keeps its jobs: an instance that has one is not ordered for

--live takes the credential from ZENLAYER_TOKEN, else from ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET.

It sends one order and remembers nothing: where nobody knows what became of it, look before doing it again. traffic_package
does the whole job.

)";

struct arguments {
    std::string_view instance;
    std::string_view size;
    std::string_view service = "bmc";
    std::string_view endpoint;
    /// its data() is null when it was not given
    std::string_view state{};
    bool live = false;
    bool yes = false;
    bool help = false;
};

/// What to do, checked.
struct job {
    zenwire::modify_instance_traffic_package action;
    zenwire::service service;
    zenwire::endpoint endpoint;
};

/// Nothing, and a line on standard error, when they are not as `usage` says.
std::optional<arguments> parse_arguments(int count, char** values) {
    arguments result;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = values[i];
        std::string_view* const text = name == "--instance"   ? &result.instance
                                       : name == "--size"     ? &result.size
                                       : name == "--service"  ? &result.service
                                       : name == "--endpoint" ? &result.endpoint
                                       : name == "--state"    ? &result.state
                                                              : nullptr;
        bool* const flag = name == "--live"   ? &result.live
                           : name == "--yes"  ? &result.yes
                           : name == "--help" ? &result.help
                                              : nullptr;
        if (flag != nullptr) {
            *flag = true;
        } else if (text == nullptr || ++i == count) {
            std::cerr << (text == nullptr ? "unknown argument: " : "a value is missing after ") << name << "\n";
            return std::nullopt;
        } else {
            *text = values[i];
        }
    }
    return result;
}

/// What to do; nothing, and a line on standard error, when an argument is no instance, size, service or endpoint.
std::optional<job> make_job(arguments const& arguments) {
    if (arguments.instance.empty() || arguments.size.empty()) {
        std::cerr << "--instance and --size are needed\n";
        return std::nullopt;
    }
    if (arguments.service != "bmc" && arguments.service != "vm") {
        std::cerr << "--service must be bmc or vm\n";
        return std::nullopt;
    }
    const auto size = zenwire::traffic_package_size::parse(arguments.size);
    const auto endpoint = arguments.endpoint.empty() ? zenwire::expected<zenwire::endpoint>(zenwire::endpoint())
                                                     : zenwire::endpoint::make(arguments.endpoint);
    if (!size || !endpoint) {
        std::cerr << printable((size ? endpoint.error() : size.error()).message) << "\n";
        return std::nullopt;
    }
    return job{{arguments.instance, *size},
               arguments.service == "vm" ? zenwire::services::vm_2026_04_01 : zenwire::services::bmc_2026_02_01,
               *endpoint};
}

/// Sends with `send` and shows what goes out and comes in.
template <class Send>
auto shown(Send& send) {
    return [&send](zenwire::request_view const& request) {
        print_request(std::cout, request);
        auto answer = send(request);
        if (answer) {
            print_answer(std::cout, *answer, request);
        } else {
            std::cout << "--- no answer: " << printable(zenwire::transport_error(answer.error()).message) << "\n\n";
        }
        return answer;
    };
}

exit_code report(zenwire::error const& error) {
    print_error(std::cout, error);
    return error.outcome == zenwire::outcome::unknown ? outcome_unknown
           : error.http_status != 0                   ? refused_by_api
                                                      : nothing_ordered;
}

exit_code report(zenwire::expected<zenwire::modify_instance_traffic_package::response> const& result) {
    if (!result) {
        return report(result.error());
    }
    std::cout << "DONE: ";
    if (result->order_number.empty()) {
        std::cout << "accepted without an order number: nothing had to be paid, or the change is under way already\n";
    } else {
        std::cout << "order " << printable(result->order_number) << "\n";
    }
    std::cout << "  request id   " << printable(result->request_id) << "\n";
    return done;
}

template <class Credential, class Send, class Runtime>
exit_code run(job const& job, Credential const& credential, Send& send, Runtime& runtime) {
    const zenwire::client client(job.service, job.endpoint, credential);
    return report(zenwire::send_action(client, job.action, shown(send), runtime));
}

void print_cloud(zenwire::fake_cloud const& cloud) {
    const auto money = [](std::int64_t cents) {
        const std::string rest = std::to_string(cents % 100);
        return std::to_string(cents / 100) + (rest.size() == 1 ? ".0" : ".") + rest;
    };
    std::cout << "\n--- the cloud in memory\n";
    for (zenwire::fake_instance const& each : cloud.instances()) {
        std::cout << each.service << " " << each.id << "  " << each.status.text() << ", " << each.charge_type.text()
                  << ", " << each.internet_charge_type.text() << ", "
                  << (each.size ? terabytes(*each.size) : "no package")
                  << (each.running_change ? ", changing to " + terabytes(each.running_change->target) : "")
                  << (each.planned_size ? ", next cycle " + terabytes(*each.planned_size) : "") << "\n";
    }
    for (zenwire::fake_order const& each : cloud.orders()) {
        std::cout << "order " << each.number << ": instance " << each.instance_id << ", " << terabytes(each.size)
                  << ", paid " << money(each.paid_cents) << "\n";
    }
    std::cout << "balance " << money(cloud.balance_cents().value_or(0)) << "\n";
}

exit_code run_in_memory(job const& job) {
    const auto make_key = [] {
        return zenwire::access_key::make(zenwire::access_key_id(demo_cloud::access_key_id),
                                         zenwire::access_key_password(demo_cloud::access_key_secret));
    };
    std::cout << "On a cloud in memory; --live would use the real one.\n\n";
    zenwire::fake_cloud cloud;
    cloud.add(*make_key());
    cloud.set_balance_cents(demo_cloud::balance_cents);
    demo_cloud::furnish(cloud);
    const zenwire::access_key key = *make_key();
    const exit_code result = run(job, key, cloud, cloud);
    print_cloud(cloud);
    return result;
}

bool is_confirmed(job const& job) {
    std::cout << "This may place a PAID ORDER at " << job.endpoint.scheme_text() << "://" << job.endpoint.authority()
              << ":\n  " << job.service.name << " instance " << printable(job.action.instance_id)
              << " shall have a traffic package of " << terabytes(job.action.size)
              << ".\nType yes to go on: " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    std::cout << "\n";
    return line == "yes";
}

template <class Credential>
exit_code run_live(job const& job, zenwire::expected<Credential> const& credential, bool yes) {
    if (!credential) {
        return report(credential.error());
    }
    // What we know to be wrong needs no question.
    if (const auto valid = validate(job.action, job.service); !valid) {
        return report(valid.error());
    }
    if (job.endpoint.transfer_scheme() == zenwire::endpoint::scheme::http) {
        std::cout << "WARNING: over http everybody on the way can read the request, a token included.\n";
    }
    if (!yes && !is_confirmed(job)) {
        std::cout << "Not confirmed: nothing was sent.\n";
        return declined;
    }
    // Ctrl-C is heard when the outcome was told.
    const interruption::deferral no_signals;
    const live_transport send;
    zenwire::system_runtime runtime;
    const exit_code result = run(job, *credential, send, runtime);
    std::cout << std::flush;
    return result;
}

exit_code run_live(job const& job, bool yes) {
    const std::string_view token = environment("ZENLAYER_TOKEN");
    const std::string_view id = environment("ZENLAYER_ACCESS_KEY_ID");
    const std::string_view secret = environment("ZENLAYER_ACCESS_KEY_SECRET");
    if (!token.empty()) {
        return run_live(job, zenwire::bearer_token::make(zenwire::token(token)), yes);
    }
    if (id.empty() || secret.empty()) {
        std::cerr << "--live needs ZENLAYER_TOKEN, or ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET\n";
        return wrong_usage;
    }
    return run_live(job, zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(secret)),
                    yes);
}

/// The same, when no job of traffic_package has the instance.
exit_code run_live(job const& job, arguments const& arguments) try {
    const state_folder folder(state_folder_path(arguments.state, std::getenv("XDG_STATE_HOME"), std::getenv("HOME")));
    state_file file(folder, job.service.name, job.action.instance_id.view());
    file.lock("process " + std::to_string(::getpid()) + ", modify_traffic_package");
    if (!file.old_job().empty() || file.load()) {
        std::cout << "STOPPED: a job of traffic_package has this instance, and its order may be under way. Nothing was "
                     "ordered.\nGive traffic_package the command watch, or forget.\n";
        return blocked;
    }
    return run_live(job, arguments.yes);
} catch (job_is_held const& problem) {
    std::cout << "STOPPED: " << printable(problem.what()) << ". Nothing was ordered.\n";
    return held_by_another;
} catch (state_problem const& problem) {
    std::cout << "STOPPED: " << printable(problem.what()) << ". Nothing was ordered.\n";
    return blocked;
} catch (std::invalid_argument const& problem) {
    std::cerr << problem.what() << "\n";
    return wrong_usage;
}

}  // namespace

int main(int count, char** values) {
    const std::optional<arguments> arguments = parse_arguments(count, values);
    if (arguments && arguments->help) {
        std::cout << usage << exit_code_help;
        return done;
    }
    const std::optional<job> job = arguments ? make_job(*arguments) : std::nullopt;
    if (!job) {
        std::cerr << "Try --help.\n";
        return wrong_usage;
    }
    return arguments->live ? run_live(*job, *arguments) : run_in_memory(*job);
}
