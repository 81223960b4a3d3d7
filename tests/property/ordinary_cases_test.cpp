// SPDX-License-Identifier: BSL-1.0

/// @file
/// What the rules of evidence cost where nothing extraordinary happens: how long ordinary jobs take, in the fake cloud's time,
/// against what they took before there were these rules; and how often an honest and prompt cloud that loses at most one message
/// leaves the caller with an order whose outcome is unknown.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/client/run_workflow.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/testing/fake_cloud.hpp>

namespace {

using zenwire::scripted_fault;
using zenwire::traffic_package_size;
using verdict = zenwire::workflow_verdict;
using workflow = zenwire::traffic_package_workflow<zenwire::access_key>;

constexpr std::string_view instance_id = "932237369560662463";

zenwire::access_key make_key() {
    return *zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
}
traffic_package_size terabytes(std::string_view text) { return *traffic_package_size::parse(text); }

/// A fault of the request of that number, counted from 0.
struct fault_at {
    std::size_t request = 0;
    scripted_fault fault{};
};

/// A job, and what is extraordinary about it.
struct job {
    std::string_view target = "2";
    bool cancels = false;
    std::vector<fault_at> faults{};
    std::optional<std::int64_t> balance_cents{};
};

/// How it ended.
struct outcome {
    verdict said{};
    std::int64_t seconds = 0;
    std::size_t requests = 0;
    std::size_t orders = 0;
};

outcome run(job const& what) {
    zenwire::fake_cloud cloud;
    cloud.add(make_key());
    zenwire::fake_instance made;
    made.id = instance_id;
    if (what.cancels) {
        made.planned_size = terabytes("0.5");
    }
    cloud.add(made);
    cloud.set_balance_cents(what.balance_cents);
    const zenwire::access_key key = make_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    workflow machine = what.cancels
                           ? workflow::cancel_downgrade(client, zenwire::instance_id(instance_id))
                           : workflow::change(client, zenwire::instance_id(instance_id), terabytes(what.target));
    outcome result;
    const std::int64_t begin = cloud.now().count();
    const auto transport = [&](zenwire::request_view const& request) {
        for (fault_at const& each : what.faults) {
            if (each.request == result.requests) {
                cloud.script(each.fault);
            }
        }
        ++result.requests;
        return cloud(request);
    };
    result.said = zenwire::run_workflow(
        machine, transport, cloud, [](auto const&...) { return true; }, [](auto const&) { return true; });
    result.seconds = cloud.now().count() - begin;
    result.orders = cloud.orders_that_may_cost();
    return result;
}

/// An ordinary job, and the most seconds that it may take.
struct ordinary {
    char const* name;
    job what;
    std::int64_t seconds_before;
    std::int64_t seconds_more;
};

constexpr std::int64_t settle = 60;
constexpr std::size_t order_of_a_change = 3;
constexpr std::size_t order_of_a_cancellation = 2;

bool check_times() {
    using kind = scripted_fault::kind;
    namespace answers = zenwire::fake_responses;
    using code = zenwire::api_code;
    const auto not_found = scripted_fault::canned(answers::api_error(code::invalid_instance_not_found));
    const auto somebody_orders = scripted_fault::acted({.size = terabytes("3")});
    const fault_at lost{order_of_a_change, {kind::response_lost}};
    const ordinary cases[] = {
        {"an upgrade", {}, 10, 0},
        {"a downgrade", {.target = "0.5"}, 10, 0},
        {"a cancellation", {.cancels = true}, 10, 0},
        {"an upgrade, response lost", {.faults = {lost}}, 10, 0},
        {"a downgrade, response lost", {.target = "0.5", .faults = {lost}}, 10, 0},
        {"a cancellation, response lost",
         {.cancels = true, .faults = {{order_of_a_cancellation, {kind::response_lost}}}},
         10,
         0},
        {"too little balance", {.balance_cents = 1}, 0, settle},
        {"not found", {.faults = {{order_of_a_change, not_found}, {order_of_a_change + 1, not_found}}}, 0, settle},
        {"a change under way", {.faults = {{order_of_a_change, somebody_orders}}}, 0, settle},
        {"too many requests",
         {.faults = {{order_of_a_change, scripted_fault::canned(answers::too_many_requests())}}},
         0,
         settle},
    };
    bool is_well = true;
    for (ordinary const& each : cases) {
        const outcome how = run(each.what);
        const bool is_slow = how.seconds > each.seconds_before + each.seconds_more;
        std::printf("%4lld s, before %lld: %s%s\n", static_cast<long long>(how.seconds),
                    static_cast<long long>(each.seconds_before), each.name, is_slow ? "  TOO SLOW" : "");
        is_well = is_well && !is_slow;
    }
    return is_well;
}

/// Every message that an honest cloud may lose, once each: how often the caller is left with an unknown order.
bool count_unknown() {
    using kind = scripted_fault::kind;
    std::size_t jobs = 0;
    std::size_t unknown = 0;
    std::size_t unknown_of_nothing = 0;
    bool is_well = true;
    for (job const& each : {job{}, job{.target = "0.5"}, job{.cancels = true}}) {
        const std::size_t requests = run(each).requests;
        for (std::size_t i = 0; i < requests; ++i) {
            for (const kind lost : {kind::request_lost, kind::response_lost, kind::not_sent}) {
                job with_loss = each;
                with_loss.faults = {{i, {lost}}};
                const outcome how = run(with_loss);
                const bool is_unknown = how.said.order == verdict::order_kind::unknown;
                const bool is_there = how.said.instance == verdict::instance_kind::reached ||
                                      how.said.instance == verdict::instance_kind::planned;
                ++jobs;
                unknown += is_unknown ? 1 : 0;
                unknown_of_nothing += is_unknown && !is_there ? 1 : 0;
                if (how.orders > 1 || (how.orders == 1 && !is_there)) {
                    std::printf("request %zu lost in way %d: the goal is not seen\n", i, static_cast<int>(lost));
                    is_well = false;
                }
            }
        }
    }
    std::printf(
        "one lost message, an honest and prompt cloud: %zu jobs, the order is unknown in %zu; in %zu of these the goal "
        "shows, in %zu the order itself was lost\n",
        jobs, unknown, unknown - unknown_of_nothing, unknown_of_nothing);
    return is_well && unknown_of_nothing <= 3;
}

bool expect(bool is_true, char const* what) {
    if (!is_true) {
        std::printf("not so: %s\n", what);
    }
    return is_true;
}

/// Somebody interferes at once, the order comes late, and the user begins a new job before the first order has expired: two orders
/// of two jobs, which is what the first verdict warns of.
bool check_new_job_too_early() {
    zenwire::fake_cloud cloud;
    cloud.add(make_key());
    zenwire::fake_instance& instance = cloud.add({.id = std::string(instance_id)});
    cloud.settings().processing_seconds = 0;
    const zenwire::access_key key = make_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    const auto drive = [&](scripted_fault const& fault) {
        workflow machine = workflow::change(client, zenwire::instance_id(instance_id), terabytes("2"));
        std::size_t requests = 0;
        const auto transport = [&](zenwire::request_view const& request) {
            if (requests++ == order_of_a_change) {
                cloud.script(fault);
            }
            return cloud(request);
        };
        if (fault.what == scripted_fault::kind::late) {
            // between the order and the first look
            return zenwire::run_workflow(
                machine,
                [&](zenwire::request_view const& request) {
                    auto response = transport(request);
                    if (requests == order_of_a_change + 1) {
                        cloud.act({zenwire::fake_act::kind::put, "", terabytes("3")});
                    }
                    return response;
                },
                cloud, [](auto const&...) { return true; }, [](auto const&) { return true; });
        }
        return zenwire::run_workflow(
            machine, transport, cloud, [](auto const&...) { return true; }, [](auto const&) { return true; });
    };
    const verdict first = drive(scripted_fault::late(250));
    bool is_well =
        expect(first.instance == verdict::instance_kind::conflict, "the first job sees the conflict") &&
        expect(first.order == verdict::order_kind::unknown, "and does not know of its order") &&
        expect(first.acceptable_until && *first.acceptable_until > cloud.now(), "which may still be accepted");
    const std::int64_t still_acceptable = is_well ? first.acceptable_until->count() - cloud.now().count() : 0;
    const verdict second = drive({});
    is_well =
        expect(second.order == verdict::order_kind::accepted, "a new job orders, for somebody said so") && is_well;
    cloud.sleep_for(zenwire::milliseconds(1'000'000));
    is_well = expect(cloud.order_requests().size() == 2, "each job sent one order") && is_well;
    is_well = expect(cloud.order_requests()[0].arrived_at <= first.acceptable_until,
                     "the first order did not come after it could be accepted") &&
              is_well;
    std::printf("a conflict seen at once, the order 250 s late: acceptable for another %lld s, %zu orders that may "
                "cost, size %g TB\n",
                static_cast<long long>(still_acceptable), cloud.orders_that_may_cost(), instance.size->terabytes());
    return is_well;
}

/// Several jobs in one process, step by step in turn: none takes anything from another.
bool check_jobs_in_turn() {
    constexpr std::size_t count = 4;
    zenwire::fake_cloud cloud;
    cloud.add(make_key());
    const zenwire::access_key key = make_key();
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key);
    std::vector<workflow> jobs;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string id = std::to_string(i + 1);
        cloud.add({.id = id});
        jobs.push_back(workflow::change(client, zenwire::instance_id(id), terabytes("2")));
    }
    using step = zenwire::workflow_step::kind;
    bool is_busy = true;
    for (int rounds = 0; is_busy && rounds < 1000; ++rounds) {
        is_busy = false;
        for (std::size_t i = 0; i < count; ++i) {
            workflow& each = jobs[i];
            is_busy = is_busy || each.step().what != step::done;
            switch (each.step().what) {
            case step::send: {
                const auto request = each.take_request();
                const bool is_order =
                    request.fields.value_of("x-zc-action") == zenwire::modify_instance_traffic_package::name;
                // each job's order meets another fate
                constexpr scripted_fault::kind fates[] = {scripted_fault::kind::none, scripted_fault::kind::response_lost,
                                                          scripted_fault::kind::request_lost,
                                                          scripted_fault::kind::not_sent};
                cloud.script({is_order ? fates[i] : scripted_fault::kind::none});
                const auto response = cloud(request);
                if (response) {
                    each.receive(zenwire::response_adapter(*response).view(), cloud.now());
                } else {
                    each.send_failed(response.error(), cloud.now());
                }
                break;
            }
            case step::wait_for:
                cloud.sleep_for(each.step().wait);
                each.next(cloud.now());
                break;
            case step::confirm: each.confirm(true, cloud.now()); break;
            case step::save: each.saved(cloud.now()); break;
            case step::done: break;
            }
        }
    }
    using order = verdict::order_kind;
    return expect(!is_busy, "all jobs end") &&
           expect(jobs[0].verdict().order == order::accepted, "the first order is accepted") &&
           expect(jobs[1].verdict().order == order::unknown &&
                      jobs[1].verdict().instance == verdict::instance_kind::reached,
                  "the second one is executed, and nobody knows whose order it was") &&
           expect(jobs[2].verdict().order == order::unknown &&
                      jobs[2].verdict().instance == verdict::instance_kind::unchanged,
                  "the third one is lost") &&
           expect(jobs[3].verdict().order == order::none, "the fourth one never leaves") &&
           expect(cloud.orders_that_may_cost() == 2, "two orders were executed");
}

}  // namespace

int main() {
    bool is_well = check_times();
    is_well = count_unknown() && is_well;
    is_well = check_new_job_too_early() && is_well;
    is_well = check_jobs_in_turn() && is_well;
    return is_well ? 0 : 1;
}
