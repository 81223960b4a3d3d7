// SPDX-License-Identifier: BSL-1.0

/// @file
/// Drives traffic_package_workflow through every schedule of at most K faults, depth first. See tests/docs/model.md.
///
///     model [--faults K] [--kinds core|all] [--job NAME]      all schedules; of all jobs where none is named
///     model --job NAME [--kinds core|all] --replay 0,3,1      one schedule, step by step
///     model --job NAME [--kinds core|all] [--faults K] --number N
///     model --list                                            the jobs and the faults

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/crypto/sha256.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/service.hpp>

#include "fault.hpp"
#include "run.hpp"
#include "schedule.hpp"

namespace {

/// Signs nothing: the model's cloud does not look at signatures.
struct canned_mac {
    zenwire::expected<zenwire::sha256_digest> operator()(std::string_view) const { return zenwire::sha256_digest{}; }
};

struct arguments {
    unsigned faults = 2;
    bool is_core = true;
    std::string_view job{};
    std::optional<std::vector<std::uint16_t>> replay{};
    std::uint64_t number = 0;
    bool lists = false;
    bool stops = false;
};

std::vector<std::uint16_t> numbers(char const* text) {
    std::vector<std::uint16_t> result;
    for (char* end = nullptr; *text != '\0'; text = *end == ',' ? end + 1 : end) {
        result.push_back(static_cast<std::uint16_t>(std::strtoul(text, &end, 10)));
        if (end == text) {
            break;
        }
    }
    return result;
}

std::optional<arguments> read(int count, char** texts) {
    arguments result;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = texts[i];
        if (name == "--list") {
            result.lists = true;
        } else if (name == "--stop") {
            result.stops = true;
        } else if (++i == count) {
            return std::nullopt;
        } else if (name == "--faults") {
            result.faults = static_cast<unsigned>(std::strtoul(texts[i], nullptr, 10));
        } else if (name == "--kinds") {
            result.is_core = std::string_view(texts[i]) == "core";
        } else if (name == "--job") {
            result.job = texts[i];
        } else if (name == "--replay") {
            result.replay = numbers(texts[i]);
        } else if (name == "--number") {
            result.number = std::strtoull(texts[i], nullptr, 10);
        } else {
            return std::nullopt;
        }
    }
    return result;
}

/// The shortest schedule that did something, and how many did.
struct example {
    std::uint64_t count = 0;
    unsigned faults = UINT32_MAX;
    std::size_t length = 0;
    std::uint64_t number = 0;
    std::string_view job{};
    std::string choices{};

    void add(model::schedule const& made_by, std::uint64_t with_number, std::string_view of_job) {
        ++count;
        if (std::pair(made_by.faults(), made_by.length()) < std::pair(faults, length)) {
            faults = made_by.faults();
            length = made_by.length();
            number = with_number;
            job = of_job;
            choices = made_by.text();
        }
    }
};

constexpr auto kinds_of_violations = static_cast<std::size_t>(model::violation::count_);
constexpr auto kinds_of_sometimes = static_cast<std::size_t>(model::sometimes::count_);

/// What all schedules led to.
struct census {
    std::uint64_t schedules = 0;
    std::uint64_t exchanges = 0;
    std::size_t deepest = 0;
    std::int64_t longest_s = 0;
    std::array<example, kinds_of_violations> violations{};
    std::array<example, kinds_of_sometimes> met{};
    std::map<std::pair<model::claims::instance, model::claims::order>, example> verdicts{};

    [[nodiscard]] std::uint64_t violated() const {
        std::uint64_t sum = 0;
        for (example const& each : violations) {
            sum += each.count;
        }
        return sum;
    }
};

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

template <class Credential>
void explore(model::scenario const& job, Credential const& credential, arguments const& given, model::menus const& menu,
             census& all) {
    zenwire::client_options options;
    options.retry.max_attempts = 2;
    const zenwire::client<Credential> client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), credential,
                                             options);
    const zenwire::client<Credential> ledger(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), credential,
                                             options);
    if (given.replay) {
        model::schedule choices(*given.replay);
        static_cast<void>(model::run<Credential>(job, client, ledger, choices, menu, true).go());
        return;
    }
    model::schedule choices(given.faults);
    const auto begin = std::chrono::steady_clock::now();
    constexpr std::uint64_t progress = 1'000'000;
    std::uint64_t number = 0;
    const std::uint64_t violated_before = all.violated();
    do {
        ++number;
        const bool is_traced = number == given.number;
        const model::result result = model::run<Credential>(job, client, ledger, choices, menu, is_traced).go();
        if (is_traced) {
            return;
        }
        all.exchanges += result.exchanges;
        all.deepest = std::max(all.deepest, choices.depth());
        all.longest_s = std::max(all.longest_s, result.seconds);
        if (result.has_verdict) {
            all.verdicts[{result.said.of_instance, result.said.of_order}].add(choices, number, job.name);
        }
        if (result.what != model::violation::none) {
            all.violations[static_cast<std::size_t>(result.what)].add(choices, number, job.name);
            if (given.stops) {
                return;
            }
        }
        for (std::size_t i = 0; i < kinds_of_sometimes; ++i) {
            if (result.met.test(i)) {
                all.met[i].add(choices, number, job.name);
            }
        }
        if (number % progress == 0) {
            std::fprintf(stderr, "%s: %llu schedules, %.0f s\n", job.name.data(),
                         static_cast<unsigned long long>(number), seconds_since(begin));
        }
    } while (choices.advance());
    all.schedules += number;
    std::printf("%-14s %10llu schedules, %8.1f s, %llu violations\n", job.name.data(),
                static_cast<unsigned long long>(number), seconds_since(begin),
                static_cast<unsigned long long>(all.violated() - violated_before));
    std::fflush(stdout);
}

void print(char const* what, example const& shown, bool is_core) {
    std::printf("%10llu  %s\n", static_cast<unsigned long long>(shown.count), what);
    if (shown.count > 0) {
        std::printf("            %u faults: --kinds %s --job %s --replay %s\n", shown.faults, is_core ? "core" : "all",
                    shown.job.data(), shown.choices.c_str());
    }
}

/// Whether all is well.
bool judge(census const& all, arguments const& given) {
    std::printf(
        "%llu schedules of at most %u faults, %llu requests, at most %zu choices and %lld s of the model's time\n",
        static_cast<unsigned long long>(all.schedules), given.faults, static_cast<unsigned long long>(all.exchanges),
        all.deepest, static_cast<long long>(all.longest_s));
    std::printf("verdicts, with the first schedule that has few faults:\n");
    for (auto const& [said, shown] : all.verdicts) {
        const std::string text = std::string(model::instance_names[static_cast<std::size_t>(said.first)]) + ", " +
                                 std::string(model::order_names[static_cast<std::size_t>(said.second)]);
        print(text.c_str(), shown, given.is_core);
    }
    // of a single job, or with a single fault, not everything can be expected
    const bool is_all = given.job.empty() && given.faults >= 2;
    std::printf(is_all ? "must happen in some run:\n" : "happened:\n");
    bool is_well = true;
    for (std::size_t i = 0; i < kinds_of_sometimes; ++i) {
        print(model::sometimes_names[i].data(), all.met[i], given.is_core);
        is_well = is_well && (!is_all || all.met[i].count > 0);
    }
    std::set<model::claims::instance> instances;
    std::set<model::claims::order> orders;
    for (auto const& [said, shown] : all.verdicts) {
        instances.insert(said.first);
        orders.insert(said.second);
    }
    const bool has_all_verdicts =
        instances.size() == std::size(model::instance_names) && orders.size() == std::size(model::order_names);
    std::printf("%10d  every verdict on the instance and on the order\n", has_all_verdicts ? 1 : 0);
    is_well = is_well && (!is_all || has_all_verdicts);
    std::printf("must happen in none:\n");
    for (std::size_t i = 1; i < kinds_of_violations; ++i) {
        print(model::violation_names[i].data(), all.violations[i], given.is_core);
        is_well = is_well && all.violations[i].count == 0;
    }
    return is_well;
}

void list() {
    for (model::scenario const& each : model::scenarios) {
        std::printf("job %s\n", each.name.data());
    }
    for (model::fault_row const& each : model::fault_rows) {
        std::printf("%-4s %-22s %s\n", each.is_core ? "core" : "all", each.name.data(), each.text.data());
    }
}

}  // namespace

int main(int count, char** texts) {
    const std::optional<arguments> given = read(count, texts);
    if (!given) {
        std::fprintf(stderr,
                     "model [--faults K] [--kinds core|all] [--job NAME] [--replay LIST | --number N] | --list\n");
        return 2;
    }
    if (given->lists) {
        list();
        return 0;
    }
    const model::menus menu(given->is_core);
    const auto key = *zenwire::external_access_key<canned_mac>::make(zenwire::access_key_id("id"), canned_mac());
    const auto token = *zenwire::bearer_token::make(zenwire::token("token"));
    census all;
    bool is_found = false;
    for (model::scenario const& each : model::scenarios) {
        if (!given->job.empty() && given->job != each.name) {
            continue;
        }
        is_found = true;
        if (each.has_token) {
            explore(each, token, *given, menu, all);
        } else {
            explore(each, key, *given, menu, all);
        }
    }
    if (!is_found) {
        std::fprintf(stderr, "no such job\n");
        return 2;
    }
    if (given->replay || given->number != 0) {
        return 0;
    }
    return judge(all, *given) ? 0 : 1;
}
