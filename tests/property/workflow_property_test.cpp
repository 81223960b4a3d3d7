// SPDX-License-Identifier: BSL-1.0

/// @file
/// Drives traffic_package_workflow against fake_cloud with a random instance, goal and limits, random faults at every
/// request, and kills at every step, after which the job goes on from its saved bytes.
///
///     workflow_property_test [runs [first seed]]     3000 runs from seed 1, where nothing is said
///     workflow_property_test trace SEED              one run, step by step
///
/// What must hold of each run:
/// - it ends within bounds;
/// - at most one order was executed or could have been, requests included that arrive after the verdict;
/// - the verdict is true of the order, and stays true; where it says that the order is unknown it says why, and until when the
///   order can be accepted;
/// - in half of the runs the cloud is honest: then no more was paid than the order cost, and the verdict is true of the instance. In
///   the others it lags, misdates, answers about others and has other users, and the clock of the job is set: then what the verdict
///   says of the instance was true at some time. Counted apart: an executed order of which the API says that it refused it, and
///   which the looks do not show.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/client/transport.hpp>

#include "workflow_truth.hpp"
#include "workflow_world.hpp"

namespace {

using zenwire::milliseconds;
using zenwire::scripted_fault;
using zenwire::workflow_step;
using zenwire::workflow_verdict;

constexpr std::uint32_t max_steps = 20'000;

zenwire::access_key make_key() {
    return *zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
}
zenwire::bearer_token make_token() { return *zenwire::bearer_token::make(zenwire::token("token")); }

/// What the runs met, so that everybody can see what was tested.
struct census {
    std::uint64_t verdicts[6]{};
    std::uint64_t order_verdicts[4]{};
    std::uint64_t orders = 0;
    std::uint64_t kills = 0;
    std::uint64_t requests = 0;
    std::uint64_t hidden_lies = 0;
    std::uint64_t ledger_evidence[4]{};
};

/// One run: everything in it follows from the seed.
template <class Credential>
class run {
    using workflow = zenwire::traffic_package_workflow<Credential>;

public:
    run(std::uint64_t seed, Credential const& credential, bool is_traced)
        : world_(seed, is_traced), client_(*world_.service, zenwire::endpoint(), credential),
          ledger_(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), credential), asks_ledger_(seed % 2 == 0) {
        world_.cloud.add(make_key());
        world_.cloud.add(make_token());
    }

    /// What went wrong; empty when all is well.
    std::string result(census& counts) {
        std::string wrong = judged(counts);
        counts.orders += world_.cloud.orders().size();
        counts.kills += kills_;
        counts.requests += world_.cloud.requests_seen();
        return wrong;
    }

private:
    std::string judged(census& counts) {
        std::optional<workflow> job = begin();
        while (job && steps_ < max_steps) {
            if (const std::optional<workflow_verdict> verdict = drive(*job)) {
                ++counts.verdicts[static_cast<std::size_t>(verdict->instance)];
                ++counts.order_verdicts[static_cast<std::size_t>(verdict->order)];
                if (verdict->ledger) {
                    ++counts.ledger_evidence[static_cast<std::size_t>(verdict->ledger->what)];
                }
                property::truth truth(world_, std::same_as<Credential, zenwire::bearer_token>);
                std::string wrong = truth.judge(*verdict);
                counts.hidden_lies += truth.is_deceived() ? 1 : 0;
                return wrong;
            }
            ++kills_;
            world_.note("killed");
            world_.cloud.sleep_for(milliseconds(world_.random.percent(50) ? 0 : world_.random.between(0, 500'000)));
            job = begin();
        }
        return job ? "it does not end" : "the saved bytes were not taken";
    }

    std::optional<workflow> begin() {
        const zenwire::instance_id id(property::instance_id);
        if (saved_.empty()) {
            world_.note("begins");
            return with_ledger(world_.cancels ? workflow::cancel_downgrade(client_, id, world_.options)
                                              : workflow::change(client_, id, world_.target, world_.options));
        }
        world_.note("goes on from the saved bytes");
        auto resumed = workflow::resume(client_, saved_, world_.options);
        return resumed ? std::optional<workflow>(with_ledger(std::move(*resumed))) : std::nullopt;
    }

    [[nodiscard]] workflow with_ledger(workflow job) const {
        if (asks_ledger_) {
            static_cast<void>(job.consult(ledger_));
        }
        return job;
    }

    [[nodiscard]] bool is_killed() { return kills_ < world_.max_kills && world_.random.percent(world_.kill_percent); }

    /// To the verdict; nothing when it is killed on its way.
    std::optional<workflow_verdict> drive(workflow& job) {
        workflow_step step = job.next(world_.now());
        while (step.what != workflow_step::kind::done) {
            if (++steps_ > max_steps || is_killed()) {
                return std::nullopt;
            }
            if (step.what != workflow_step::kind::send) {
                // not between signing and sending: until when such an order is accepted, no reading of that clock tells
                world_.disturb_clock();
            }
            const std::optional<workflow_step> next = take(step, job);
            if (!next || is_killed()) {
                return std::nullopt;
            }
            step = *next;
        }
        return job.verdict();
    }

    std::optional<workflow_step> take(workflow_step step, workflow& job) {
        switch (step.what) {
        case workflow_step::kind::send: return send(job);
        case workflow_step::kind::wait_for:
            world_.note("waits " + std::to_string(step.wait.count()) + " ms");
            world_.cloud.sleep_for(milliseconds(step.wait.count() + world_.random.between(0, 2000)));
            return job.next(world_.now());
        case workflow_step::kind::confirm:
            world_.note("asks for consent");
            return job.confirm(!world_.random.percent(3), world_.now());
        case workflow_step::kind::save: return save(job);
        case workflow_step::kind::done: break;
        }
        return step;
    }

    std::optional<workflow_step> save(workflow& job) {
        if (world_.random.percent(3)) {
            world_.note("cannot save");
            return job.save_failed();
        }
        if (world_.random.percent(5)) {
            world_.cloud.sleep_for(milliseconds(world_.random.between(0, 100'000)));
        }
        world_.note("saves");
        const auto bytes = job.saved_bytes();
        saved_.assign(bytes.begin(), bytes.end());
        if (is_killed()) {
            return std::nullopt;
        }
        return job.saved(world_.now());
    }

    std::optional<workflow_step> send(workflow& job) {
        const std::string name(job.request().fields.value_of("x-zc-action"));
        const bool is_order = name == zenwire::modify_instance_traffic_package::name ||
                              name == zenwire::cancel_instance_traffic_package_downgrade::name;
        scripted_fault fault = is_order ? world_.order_faults.next() : world_.faults.next();
        if (is_order && fault.what == scripted_fault::kind::twice) {
            // a second copy on the wire, which may be executed when the first one was refused, is for the transport to prevent
            fault = {};
        }
        world_.cloud.script(fault);
        const std::size_t requests_before = world_.cloud.order_requests().size();
        const auto answer = world_.cloud(job.take_request());
        if (world_.cloud.order_requests().size() > requests_before) {
            // what was executed and is told as a refusal of the API
            world_.is_lie = fault.what == scripted_fault::kind::masked && fault.response.status < 500 &&
                            fault.response.body.find("\"code\"") != std::string::npos;
            world_.is_clock_disturbed = false;
        }
        world_.note("sends " + name + ", fault " + std::to_string(static_cast<int>(fault.what)) + ", status " +
                    (answer ? std::to_string(answer->status) + " " + answer->body.substr(0, 400) : "none"));
        if (is_killed()) {
            return std::nullopt;
        }
        const auto chance = static_cast<std::uint32_t>(world_.random.next());
        if (!answer) {
            return job.send_failed(answer.error(), world_.now(), chance);
        }
        zenwire::fake_response seen = *answer;
        if (!world_.sends_date) {
            std::erase_if(seen.fields, [](zenwire::fake_field const& each) { return each.name == "date"; });
        }
        return job.receive(zenwire::response_adapter(seen).view(), world_.now(), chance);
    }

    property::world world_;
    zenwire::client<Credential> client_;
    zenwire::client<Credential> ledger_;
    bool asks_ledger_;
    std::uint32_t kills_ = 0;
    std::uint32_t steps_ = 0;
    std::vector<char> saved_;
};

std::string result_of(std::uint64_t seed, bool is_traced, census& counts) {
    static const zenwire::access_key key = make_key();
    static const zenwire::bearer_token token = make_token();
    constexpr std::uint64_t token_runs = 8;
    if (seed % token_runs == 0) {
        return run(seed, token, is_traced).result(counts);
    }
    return run(seed, key, is_traced).result(counts);
}

}  // namespace

int main(int count, char** arguments) {
    const auto number = [&](int index, std::uint64_t otherwise) {
        return index < count ? std::strtoull(arguments[index], nullptr, 10) : otherwise;
    };
    census counts;
    if (count == 3 && std::string_view(arguments[1]) == "trace") {
        const std::string wrong = result_of(number(2, 0), true, counts);
        std::fprintf(stderr, "%s\n", wrong.empty() ? "all is well" : wrong.c_str());
        return wrong.empty() ? 0 : 1;
    }
    const std::uint64_t runs = number(1, 3000);
    const std::uint64_t first = number(2, 1);
    constexpr int max_reports = 3;
    int failures = 0;
    for (std::uint64_t seed = first; seed < first + runs && failures < max_reports; ++seed) {
        const std::string wrong = result_of(seed, false, counts);
        if (!wrong.empty()) {
            ++failures;
            std::fprintf(stderr, "seed %llu: %s\n", static_cast<unsigned long long>(seed), wrong.c_str());
            static_cast<void>(result_of(seed, true, counts));
            std::fprintf(stderr, "again: %s trace %llu\n\n", arguments[0], static_cast<unsigned long long>(seed));
        }
    }
    std::printf("%llu runs from seed %llu: %s\n", static_cast<unsigned long long>(runs),
                static_cast<unsigned long long>(first), failures == 0 ? "all is well" : "FAILED");
    const auto shown = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("instance: not seen %llu, unchanged %llu, in progress %llu, planned %llu, reached %llu, conflict %llu; "
                "order: none %llu, refused %llu, accepted %llu, unknown %llu; "
                "%llu orders placed, %llu requests, %llu kills; counted apart: %llu orders that were executed and "
                "refused by a lie\n",
                shown(counts.verdicts[0]), shown(counts.verdicts[1]), shown(counts.verdicts[2]),
                shown(counts.verdicts[3]), shown(counts.verdicts[4]), shown(counts.verdicts[5]),
                shown(counts.order_verdicts[0]), shown(counts.order_verdicts[1]), shown(counts.order_verdicts[2]),
                shown(counts.order_verdicts[3]), shown(counts.orders), shown(counts.requests), shown(counts.kills),
                shown(counts.hidden_lies));
    std::printf("ledger: nothing new %llu, new movement %llu, new charge %llu, receipt %llu\n",
                shown(counts.ledger_evidence[0]), shown(counts.ledger_evidence[1]), shown(counts.ledger_evidence[2]),
                shown(counts.ledger_evidence[3]));
    return failures == 0 && runs > 0 ? 0 : 1;
}
