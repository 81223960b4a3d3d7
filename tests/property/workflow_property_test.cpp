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

#include <algorithm>
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
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/testing/faults.hpp>

namespace {

using zenwire::fake_cloud;
using zenwire::milliseconds;
using zenwire::scripted_fault;
using zenwire::traffic_package_size;
using zenwire::unix_seconds;
using zenwire::workflow_step;
using zenwire::workflow_verdict;

constexpr std::string_view instance_id = "932237369560662463";
constexpr std::uint32_t max_steps = 20'000;

traffic_package_size twentieths(std::int64_t count) {
    return *traffic_package_size::from_units(count * traffic_package_size::units_per_terabyte / 20);
}

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
        : random_(seed),
          client_(random_.percent(50) ? zenwire::services::bmc_2026_02_01 : zenwire::services::vm_2023_03_13,
                  zenwire::endpoint(), credential),
          ledger_(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), credential), asks_ledger_(seed % 2 == 0),
          is_traced_(is_traced) {
        cloud_.add(make_key());
        cloud_.add(make_token());
        set_up_cloud();
        set_up_instance();
        set_up_job();
    }

    /// What went wrong; empty when all is well.
    std::string result(census& counts) {
        counts_ = &counts;
        std::string wrong = judged(counts);
        counts.orders += cloud_.orders().size();
        counts.kills += kills_;
        counts.requests += cloud_.requests_seen();
        return wrong;
    }

private:
    std::string judged(census& counts) {
        std::optional<workflow> job = begin();
        while (job && steps_ < max_steps) {
            if (const std::optional<workflow_verdict> verdict = drive(*job)) {
                ++counts.verdicts[static_cast<std::size_t>(verdict->instance)];
                ++counts.order_verdicts[static_cast<std::size_t>(verdict->order)];
                return judge(*verdict);
            }
            ++kills_;
            note("killed");
            cloud_.sleep_for(milliseconds(random_.percent(50) ? 0 : random_.between(0, 500'000)));
            job = begin();
        }
        return job ? "it does not end" : "the saved bytes were not taken";
    }

    void set_up_cloud() {
        auto& settings = cloud_.settings();
        settings.processing_seconds = random_.percent(30) ? 0 : random_.between(1, 700);
        settings.cycle_begin = cloud_.now().count();
        settings.cycle_seconds = random_.between(300, 20'000);
        settings.shows_modified_size = random_.percent(50);
        if (random_.percent(30)) {
            balance_before_ = random_.between(0, 200'000);
            cloud_.set_balance_cents(balance_before_);
        }
        const auto fault_percent = static_cast<unsigned>(random_.percent(40) ? 0 : random_.between(2, 60));
        const auto order_fault_percent = static_cast<unsigned>(random_.percent(20) ? 0 : random_.between(20, 100));
        kill_percent_ = static_cast<unsigned>(random_.percent(30) ? 0 : random_.between(1, 20));
        max_kills_ = static_cast<std::uint32_t>(random_.between(1, 12));
        clock_offset_ = random_.percent(50) ? 0 : random_.between(-280, 280);
        sends_date_ = random_.percent(80);
        is_honest_ = random_.percent(50);
        using range = zenwire::random_faults::range;
        const auto kinds = is_honest_ ? range::network : range::everything;
        faults_ = zenwire::random_faults(random_.next(), fault_percent, kinds);
        order_faults_ = zenwire::random_faults(random_.next(), order_fault_percent, kinds);
        if (is_honest_) {
            return;
        }
        settings.status_lag_seconds = random_.percent(80) ? 0 : random_.between(1, 7200);
        settings.list_lag_seconds = random_.percent(80) ? settings.status_lag_seconds : random_.between(1, 7200);
        settings.ledger_lag_seconds = random_.percent(70) ? 0 : random_.between(1, 7200);
        settings.date_offset_seconds = random_.percent(80) ? 0 : random_.between(-86'400, 86'400);
        clock_percent_ = static_cast<unsigned>(random_.percent(70) ? 0 : random_.between(1, 10));
    }

    void set_up_instance() {
        zenwire::fake_instance made;
        made.id = instance_id;
        made.service = client_.prepared()->service().name;
        made.default_size = twentieths(10);
        made.maximum_size = twentieths(380);
        made.size = twentieths(random_.between(10, 400));
        if (random_.percent(4)) {
            made.size.reset();
        }
        if (random_.percent(5)) {
            made.status = static_cast<zenwire::instance_status::value_type>(random_.between(1, 10));
        }
        const bool has_package = !random_.percent(5);
        if (!has_package) {
            made.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
        }
        if (random_.percent(15)) {
            made.charge_type = zenwire::instance_charge_type::postpaid;
        }
        target_ = random_.percent(8) ? made.size.value_or(twentieths(10)) : twentieths(random_.between(5, 400));
        cancels_ = random_.percent(25);
        if (random_.percent(cancels_ ? 85 : 8) && made.size && has_package) {
            made.planned_size = random_.percent(30) ? target_ : twentieths(random_.between(10, 100));
        } else if (random_.percent(6) && made.size && has_package) {
            made.running_change = zenwire::fake_change{random_.percent(50) ? target_ : twentieths(33),
                                                       unix_seconds(cloud_.now().count() + random_.between(1, 500))};
        }
        size_before_ = made.size;
        instance_ = &cloud_.add(made);
    }

    void set_up_job() {
        if (random_.percent(25)) {
            options_.deadline = unix_seconds(now().count() + random_.between(0, 3000));
        }
        options_.max_attempts = static_cast<std::uint32_t>(random_.between(1, 4));
        options_.unknown_watch = milliseconds(random_.between(60, 1000) * 1000);
        options_.longest_watch = milliseconds(random_.between(60, 1500) * 1000);
        if (random_.percent(10)) {
            options_.price_limit = zenwire::decimal(random_.between(0, 1500));
        }
    }

    /// The job's clock, which is not the cloud's.
    [[nodiscard]] unix_seconds now() const {
        return unix_seconds(stopped_at_.value_or(cloud_.now().count() + clock_offset_));
    }

    /// Somebody sets the clock, or it stops, or goes on.
    void disturb_clock() {
        if (!random_.percent(clock_percent_)) {
            return;
        }
        is_clock_disturbed_ = true;
        constexpr std::int64_t year = 365 * 86'400;
        const std::int64_t by = random_.percent(50) ? random_.between(-600, 600) : random_.between(-year, year);
        clock_offset_ += by;
        stopped_at_ = random_.percent(30) ? std::optional(now().count()) : std::nullopt;
        note("the clock is moved by " + std::to_string(by) + " s");
    }

    std::optional<workflow> begin() {
        const zenwire::instance_id id(instance_id);
        if (saved_.empty()) {
            note("begins");
            return with_ledger(cancels_ ? workflow::cancel_downgrade(client_, id, options_)
                                        : workflow::change(client_, id, target_, options_));
        }
        note("goes on from the saved bytes");
        auto resumed = workflow::resume(client_, saved_, options_);
        return resumed ? std::optional<workflow>(with_ledger(std::move(*resumed))) : std::nullopt;
    }

    [[nodiscard]] workflow with_ledger(workflow job) const {
        if (asks_ledger_) {
            static_cast<void>(job.consult(ledger_));
        }
        return job;
    }

    [[nodiscard]] bool is_killed() { return kills_ < max_kills_ && random_.percent(kill_percent_); }

    /// To the verdict; nothing when it is killed on its way.
    std::optional<workflow_verdict> drive(workflow& job) {
        workflow_step step = job.next(now());
        while (step.what != workflow_step::kind::done) {
            if (++steps_ > max_steps || is_killed()) {
                return std::nullopt;
            }
            if (step.what != workflow_step::kind::send) {
                // not between signing and sending: until when such an order is accepted, no reading of that clock tells
                disturb_clock();
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
            note("waits " + std::to_string(step.wait.count()) + " ms");
            cloud_.sleep_for(milliseconds(step.wait.count() + random_.between(0, 2000)));
            return job.next(now());
        case workflow_step::kind::confirm: note("asks for consent"); return job.confirm(!random_.percent(3), now());
        case workflow_step::kind::save: return save(job);
        case workflow_step::kind::done: break;
        }
        return step;
    }

    std::optional<workflow_step> save(workflow& job) {
        if (random_.percent(3)) {
            note("cannot save");
            return job.save_failed();
        }
        if (random_.percent(5)) {
            cloud_.sleep_for(milliseconds(random_.between(0, 100'000)));
        }
        note("saves");
        const auto bytes = job.saved_bytes();
        saved_.assign(bytes.begin(), bytes.end());
        if (is_killed()) {
            return std::nullopt;
        }
        return job.saved(now());
    }

    std::optional<workflow_step> send(workflow& job) {
        const std::string name(job.request().fields.value_of("x-zc-action"));
        const bool is_order = name == zenwire::modify_instance_traffic_package::name ||
                              name == zenwire::cancel_instance_traffic_package_downgrade::name;
        scripted_fault fault = is_order ? order_faults_.next() : faults_.next();
        if (is_order && fault.what == scripted_fault::kind::twice) {
            // a second copy on the wire, which may be executed when the first one was refused, is for the transport to prevent
            fault = {};
        }
        cloud_.script(fault);
        const std::size_t requests_before = cloud_.order_requests().size();
        const auto answer = cloud_(job.take_request());
        if (cloud_.order_requests().size() > requests_before) {
            // what was executed and is told as a refusal of the API
            is_lie_ = fault.what == scripted_fault::kind::masked && fault.response.status < 500 &&
                      fault.response.body.find("\"code\"") != std::string::npos;
            is_clock_disturbed_ = false;
        }
        note("sends " + name + ", fault " + std::to_string(static_cast<int>(fault.what)) + ", status " +
             (answer ? std::to_string(answer->status) + " " + answer->body.substr(0, 400) : "none"));
        if (is_killed()) {
            return std::nullopt;
        }
        const auto chance = static_cast<std::uint32_t>(random_.next());
        if (!answer) {
            return job.send_failed(answer.error(), now(), chance);
        }
        zenwire::fake_response seen = *answer;
        if (!sends_date_) {
            std::erase_if(seen.fields, [](zenwire::fake_field const& each) { return each.name == "date"; });
        }
        return job.receive(zenwire::response_adapter(seen).view(), now(), chance);
    }

    [[nodiscard]] bool is_reached() const {
        return !instance_->running_change && !instance_->planned_size &&
               (cancels_ ? instance_->size == size_before_ : instance_->size == target_);
    }
    [[nodiscard]] bool is_under_way() const {
        return instance_->running_change && (cancels_ || instance_->running_change->target == target_);
    }

    [[nodiscard]] std::string judge(workflow_verdict const& verdict) {
        using order = workflow_verdict::order_kind;
        note("verdict: instance " + std::to_string(static_cast<int>(verdict.instance)) + ", order " +
             std::to_string(static_cast<int>(verdict.order)) +
             (verdict.failure ? ": " + std::string(verdict.failure->message.view()) : ""));
        if (verdict.order == order::unknown && (!verdict.failure || !verdict.acceptable_until)) {
            return "the order is unknown and nothing says why, or until when it may be accepted";
        }
        if (verdict.failure && verdict.failure->retryable()) {
            return "the failure of a job that orders is called retryable";
        }
        if (std::string wrong = is_honest_ ? contradiction(verdict) : untruth(verdict); !wrong.empty()) {
            return wrong;
        }
        if (verdict.ledger) {
            ++counts_->ledger_evidence[static_cast<std::size_t>(verdict.ledger->what)];
            if (std::string wrong = false_evidence(verdict); !wrong.empty()) {
                return wrong;
            }
        }
        constexpr milliseconds longer_than_any_delay(1'000'000);
        cloud_.sleep_for(longer_than_any_delay);
        note("all requests have arrived");
        if (cloud_.requests_on_their_way() != 0) {
            return "the test does not wait long enough";
        }
        const std::size_t orders = cloud_.orders_that_may_cost();
        if (orders > 1) {
            return "more than one order was executed, or could have been";
        }
        if (verdict.order == order::none && orders > 0) {
            return "the verdict says that nothing was ordered, and something was";
        }
        if (verdict.order == order::refused && orders > 0) {
            counts_->hidden_lies += is_lie_ ? 1 : 0;
            return is_lie_ ? ""
                           : "the verdict says that the order was refused, and it was executed, or could have been";
        }
        if (verdict.order == order::accepted && orders == 0) {
            return "the verdict says that the order was accepted, and it was not";
        }
        if (std::string wrong = wrong_bound(verdict); !wrong.empty()) {
            return wrong;
        }
        return is_honest_ ? wrong_payment() : "";
    }

    /// What the ledger is said to show is in the books, and is what it is called.
    [[nodiscard]] std::string false_evidence(workflow_verdict const& verdict) const {
        using kind = zenwire::ledger_evidence::kind;
        zenwire::ledger_evidence const& seen = *verdict.ledger;
        if (seen.what == kind::nothing_new) {
            return "";
        }
        const bool is_booked =
            std::any_of(cloud_.bookings().begin(), cloud_.bookings().end(), [&](zenwire::fake_booking const& each) {
                return each.order_number == seen.entry.order_sn.view() &&
                       (seen.what != kind::new_charge || each.resource_id == instance_id);
            });
        if (!is_booked) {
            return "the ledger is said to show what is not in the books";
        }
        const bool is_receipt = verdict.order == workflow_verdict::order_kind::accepted &&
                                seen.entry.order_sn == verdict.order_number.view();
        return is_receipt == (seen.what == kind::receipt) ? "" : "a receipt is that of the accepted order, and of no other";
    }

    /// Of an order whose outcome is unknown: whether it came after it could still be accepted, by the job's clock.
    [[nodiscard]] std::string wrong_bound(workflow_verdict const& verdict) const {
        if (verdict.order != workflow_verdict::order_kind::unknown) {
            return "";
        }
        if (std::same_as<Credential, zenwire::bearer_token>) {
            return verdict.acceptable_until == workflow_verdict::never ? ""
                                                                       : "a token's order can be accepted for ever";
        }
        if (is_clock_disturbed_ || stopped_at_) {
            return "";
        }
        for (zenwire::fake_order_request const& each : cloud_.order_requests()) {
            if (each.may_cost() && each.arrived_at &&
                each.arrived_at->count() > verdict.acceptable_until->count() - clock_offset_) {
                return "an order was executed after it could no longer be accepted";
            }
        }
        return "";
    }

    /// Where reads lag and others interfere, what a verdict says must have been true at some time.
    [[nodiscard]] std::string untruth(workflow_verdict const& verdict) const {
        const auto ever = [&](auto predicate) {
            auto const& moments = cloud_.history(*instance_);
            return std::any_of(moments.begin(), moments.end(), predicate);
        };
        using moment = zenwire::fake_moment;
        switch (verdict.instance) {
        case workflow_verdict::instance_kind::reached:
            return ever([&](moment const& each) { return cancels_ ? each.is_idle() : each.size == target_; })
                       ? ""
                       : "the verdict says reached, and it never was";
        case workflow_verdict::instance_kind::planned:
            return ever([&](moment const& each) { return each.planned_size == target_; })
                       ? ""
                       : "the verdict says planned, and it never was";
        case workflow_verdict::instance_kind::in_progress:
            return ever([&](moment const& each) {
                return each.running_change && (cancels_ || each.running_change->target == target_);
            })
                       ? ""
                       : "the verdict says in progress, and it never was";
        default: return "";
        }
    }

    [[nodiscard]] std::string contradiction(workflow_verdict const& verdict) const {
        switch (verdict.instance) {
        case workflow_verdict::instance_kind::reached:
            // a downgrade that came before anything was cancelled leaves nothing to cancel
            return is_reached() || verdict.is_changed_further ||
                           (cancels_ && !instance_->planned_size && !instance_->running_change)
                       ? ""
                       : "the verdict says reached, and it is not so";
        case workflow_verdict::instance_kind::planned:
            return instance_->planned_size == target_ || is_reached() ? "" : "the verdict says planned, it is not so";
        case workflow_verdict::instance_kind::in_progress:
            return is_under_way() || is_reached() || cancels_ ? "" : "the verdict says in progress, it is not so";
        default: return "";
        }
    }

    [[nodiscard]] std::string wrong_payment() const {
        std::int64_t paid = 0;
        for (zenwire::fake_order const& each : cloud_.orders()) {
            paid += each.paid_cents;
        }
        const bool is_balanced = !balance_before_ || *balance_before_ - paid == cloud_.balance_cents();
        return is_balanced ? "" : "the balance does not fit the orders";
    }

    void note(std::string const& what) const {
        if (is_traced_) {
            std::fprintf(
                stderr, "%8lld s  size %s, orders %zu  %s\n", static_cast<long long>(cloud_.now().count() - 1673361177),
                instance_ != nullptr && instance_->size ? std::to_string(instance_->size->terabytes()).c_str() : "none",
                cloud_.orders().size(), what.c_str());
        }
    }

    zenwire::detail::random_sequence random_;
    zenwire::client<Credential> client_;
    zenwire::client<Credential> ledger_;
    bool asks_ledger_;
    bool is_traced_;
    fake_cloud cloud_;
    zenwire::fake_instance* instance_ = nullptr;
    zenwire::random_faults faults_{0};
    zenwire::random_faults order_faults_{0};
    zenwire::workflow_options options_;
    traffic_package_size target_;
    std::optional<traffic_package_size> size_before_;
    std::optional<std::int64_t> balance_before_;
    bool cancels_ = false;
    bool sends_date_ = true;
    std::int64_t clock_offset_ = 0;
    std::optional<std::int64_t> stopped_at_{};
    unsigned clock_percent_ = 0;
    // since the order
    bool is_clock_disturbed_ = false;
    bool is_honest_ = true;
    bool is_lie_ = false;
    census* counts_ = nullptr;
    unsigned kill_percent_ = 0;
    std::uint32_t max_kills_ = 0;
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
    std::printf("ledger: nothing new %llu, new movement %llu, new charge %llu, receipt %llu\n", shown(counts.ledger_evidence[0]),
                shown(counts.ledger_evidence[1]), shown(counts.ledger_evidence[2]), shown(counts.ledger_evidence[3]));
    return failures == 0 && runs > 0 ? 0 : 1;
}
