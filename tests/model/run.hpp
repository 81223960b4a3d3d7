// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_MODEL_RUN_HPP
#define ZENWIRE_TESTS_MODEL_RUN_HPP

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <zenwire/base/decimal.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/client/run_workflow.hpp>
#include <zenwire/client/traffic_package_workflow.hpp>
#include <zenwire/client/transport.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

#include "claims.hpp"
#include "cloud.hpp"
#include "fault.hpp"
#include "properties.hpp"
#include "schedule.hpp"

namespace model {

/// A job on an instance.
struct scenario {
    std::string_view name;
    bool is_cancel;
    instance_state before;
    steps target;
    std::int64_t processing_s;
    bool has_token;
    bool has_ledger = false;
};

constexpr steps half_terabyte = 10;
constexpr steps one_terabyte = 20;
constexpr steps two_terabytes = 40;
constexpr steps three_terabytes = 60;

inline constexpr scenario scenarios[] = {
    {"upgrade", false, {one_terabyte}, two_terabytes, 0, false},
    {"slow_upgrade", false, {one_terabyte}, two_terabytes, 90, false},
    {"downgrade", false, {two_terabytes}, one_terabyte, 0, false},
    {"cancel", true, {two_terabytes, std::nullopt, one_terabyte}, 0, 0, false},
    {"token_upgrade", false, {one_terabyte}, two_terabytes, 0, true},
    {"token_cancel", true, {two_terabytes, std::nullopt, one_terabyte}, 0, 0, true},
    {"ledger_upgrade", false, {one_terabyte}, two_terabytes, 0, false, true},
    {"ledger_downgrade", false, {two_terabytes}, one_terabyte, 0, false, true},
};

/// The faults that a search has to choose from, by the place where they may happen.
class menus {
public:
    explicit menus(bool is_core) {
        for (std::size_t i = 1; i < std::size(fault_rows); ++i) {
            if (!is_core || fault_rows[i].is_core) {
                faults_.push_back(static_cast<fault>(i));
            }
        }
    }
    [[nodiscard]] std::vector<fault> const& faults() const { return faults_; }

private:
    std::vector<fault> faults_;
};

/// What a run led to.
struct result {
    violation what = violation::none;
    claims said{};
    bool has_verdict = false;
    std::bitset<static_cast<std::size_t>(sometimes::count_)> met{};
    std::int64_t seconds = 0;
    std::size_t exchanges = 0;
};

/// One run of one job: everything in it follows from the schedule.
template <class Credential>
class run {
    using workflow = zenwire::traffic_package_workflow<Credential>;
    using answer = zenwire::expected<response, zenwire::transport_error>;

public:
    run(scenario const& job, zenwire::client<Credential> const& client, zenwire::client<Credential> const& ledger,
        schedule& choices, menus const& menu, bool is_traced)
        : job_(job), client_(client), ledger_(ledger), choices_(choices), menu_(menu), is_traced_(is_traced),
          cloud_(job.before, job.processing_s) {
        options_.first_look = zenwire::milliseconds(10'000);
        options_.look_interval = zenwire::milliseconds(600'000);
    }

    result go() {
        drive_to_the_end();
        out_.seconds = cloud_.now_s() - cloud::begin_s;
        return out_;
    }

private:
    struct killed {
        std::int64_t resumed_after_s;
    };
    struct thrown {};
    struct endless {};

    // ---- The process and its user

    void drive_to_the_end() {
        std::optional<workflow> machine(begin());
        try {
            for (;;) {
                try {
                    out_.said = claims_of(drive(*machine));
                    note("verdict: %s, %s", instance_names[static_cast<std::size_t>(out_.said.of_instance)].data(),
                         order_names[static_cast<std::size_t>(out_.said.of_order)].data());
                    out_.has_verdict = true;
                    judge(out_.said);
                    return;
                } catch (thrown const&) {
                    note("the job's call ended with an exception; it is called again");
                } catch (killed const& how) {
                    cloud_.pass(how.resumed_after_s * 1000);
                    is_acceptance_told_ = is_acceptance_stored_;
                    is_told_until_ms_ = 0;
                    is_effect_seen_ = false;
                    is_server_time_needed_ = false;
                    unclear_before_ = false;
                    machine = resume();
                    if (!machine) {
                        report(violation::record_refused);
                        return;
                    }
                }
            }
        } catch (endless const&) {
            report(violation::endless);
        }
    }

    [[nodiscard]] workflow begin() {
        sleeps_s_ = 0;
        steps_ = 0;
        const zenwire::instance_id id(cloud::instance_id);
        return with_ledger(job_.is_cancel ? workflow::cancel_downgrade(client_, id, options_)
                                          : workflow::change(client_, id, package(job_.target), options_));
    }

    [[nodiscard]] workflow with_ledger(workflow machine) {
        is_unreachable_ = false;
        if (job_.has_ledger && !machine.consult(ledger_)) {
            report(violation::record_refused);
        }
        return machine;
    }

    [[nodiscard]] std::optional<workflow> resume() {
        if (record_.empty()) {
            note("begun again: there is no record");
            meet(sometimes::resumed_before_order);
            confirmed_.reset();
            return begin();
        }
        note("resumed from the record");
        was_resumed_ = true;
        meet(cloud_.orders.empty() ? sometimes::resumed_before_order : sometimes::resumed_after_order);
        sleeps_s_ = 0;
        steps_ = 0;
        auto resumed = workflow::resume(client_, record_, options_);
        return resumed ? std::optional<workflow>(with_ledger(std::move(*resumed))) : std::nullopt;
    }

    [[nodiscard]] zenwire::workflow_verdict drive(workflow& machine) {
        struct runtime {
            run* self;
            zenwire::unix_seconds now() { return self->read_clock(); }
            void sleep_for(zenwire::milliseconds time) { self->sleep(time.count()); }
            std::uint32_t jitter() { return 0; }
        };
        return zenwire::run_workflow(
            machine, [&](zenwire::request_view const& request) { return send(machine, request); }, runtime{this},
            [&](std::span<char const> bytes, zenwire::save_mode mode) { return save(bytes, mode); },
            [&](workflow const& asking) { return confirm(asking); });
    }

    void count_step() {
        constexpr std::size_t max_steps = 400;
        if (++steps_ > max_steps) {
            throw endless();
        }
    }

    [[nodiscard]] zenwire::unix_seconds clock() const {
        return zenwire::unix_seconds(stopped_at_s_.value_or(cloud_.now_s() + clock_offset_s_));
    }
    [[nodiscard]] zenwire::unix_seconds read_clock() {
        if (std::exchange(clock_throws_, false)) {
            note("the clock throws");
            throw thrown();
        }
        last_reading_s_ = clock().count();
        return clock();
    }

    void sleep(std::int64_t ms) {
        constexpr std::int64_t longest_s = 5 * 3600;
        note("waits %lld ms", static_cast<long long>(ms));
        count_step();
        if (std::exchange(is_told_to_wait_, false) && ms >= 699'000) {
            meet(sometimes::waited_as_told);
        }
        sleeps_s_ += ms / 1000;
        if (sleeps_s_ > longest_s || ms < 0) {
            throw endless();
        }
        cloud_.pass(ms);
    }

    [[nodiscard]] bool confirm(workflow const& asking) {
        count_step();
        note("asks the caller");
        if (unclear_before_) {
            meet(sometimes::unclear_baseline_again);
        }
        const fault f = choose(at::confirm);
        switch (f) {
        case fault::confirm_no: meet(sometimes::declined); return false;
        case fault::confirm_throws: throw thrown();
        case fault::confirm_slow: cloud_.pass(70'000); break;
        case fault::confirm_very_slow: cloud_.pass(6 * 3'600'000); break;
        default: break;
        }
        if (confirmed_) {
            meet(sometimes::confirmed_twice);
        }
        confirmed_ = agreement{last_status_, last_price_};
        if (!job_.is_cancel && !shows(asking, last_price_)) {
            report(violation::unconfirmed_price);
        }
        return true;
    }

    /// Whether the caller is shown the price that the cloud told last; or none where it told none.
    [[nodiscard]] static bool shows(workflow const& asking, std::optional<price> const& last_told) {
        if (!last_told) {
            return asking.prices().empty();
        }
        price const& told = *last_told;
        return !asking.prices().empty() && asking.prices()[0].discount_price &&
               asking.prices()[0].discount_price ==
                   zenwire::decimal::parse(wire::text("%lld.%02lld", static_cast<long long>(told.due_cents / 100),
                                                      static_cast<long long>(told.due_cents % 100)));
    }

    [[nodiscard]] bool save(std::span<char const> bytes, zenwire::save_mode mode) {
        count_step();
        const bool is_receipt = was_handed_out_;
        note(is_receipt ? "stores the bytes after the order" : "stores the bytes before the order");
        const fault f = choose(is_receipt ? at::receipt : at::save);
        switch (f) {
        case fault::save_fails: return false;
        case fault::save_throws: throw thrown();
        case fault::save_slow: cloud_.pass(70'000); break;
        case fault::save_taken: is_record_taken_ = true; break;
        case fault::killed_before_save: throw killed{short_pause_s};
        default: break;
        }
        if (mode == zenwire::save_mode::create && !record_.empty() && !is_record_taken_) {
            report(violation::own_record_in_the_way);
        }
        if (mode == zenwire::save_mode::create && (is_record_taken_ || !record_.empty())) {
            meet(sometimes::record_taken);
            return false;
        }
        record_.assign(bytes.begin(), bytes.end());
        if (!is_receipt) {
            old_orders_ = told_orders_;
        }
        is_recorded_ = true;
        is_acceptance_stored_ = is_acceptance_told_;
        clock_throws_ = f == fault::save_clock_throws;
        if (f == fault::killed_after_save) {
            throw killed{short_pause_s};
        }
        return true;
    }

    // ---- Requests

    [[nodiscard]] answer send(workflow& machine, zenwire::request_view const& request);

    [[nodiscard]] answer no_response() {
        cloud_.pass(30'000);
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::unknown));
    }
    [[nodiscard]] static answer not_sent() {
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent));
    }

    [[nodiscard]] answer read(unsigned where, std::optional<std::int64_t> const& timestamp);
    [[nodiscard]] response read_response(unsigned where, fault f, std::optional<std::int64_t> const& timestamp);

    // ---- The ledger

    [[nodiscard]] answer ask_ledger(std::string_view name, std::optional<std::int64_t> const& timestamp);

    [[nodiscard]] response ledger_response(std::string_view name, fault f,
                                           std::optional<std::int64_t> const& timestamp);

    void finish(response& response, std::int64_t date_skew_s, std::int64_t takes_ms) {
        if (cloud_.has_dates) {
            date_ = zenwire::detail::http_date_text(zenwire::unix_seconds(cloud_.now_s() + cloud_.date_skew_s + date_skew_s));
            response.fields.push_back({"date", date_});
        }
        cloud_.pass(takes_ms);
    }

    // What the looks of the status showed: the second implementation of what a look is worth.
    void saw_nothing(unsigned where) {
        if (where == at::status && was_handed_out_) {
            meet(sometimes::look_failed);
        }
    }
    void saw_unclear(unsigned where);
    void saw(instance_state const& seen);
    /// What the job calls its baseline: what it was told before the order.
    [[nodiscard]] instance_state baseline() const {
        return confirmed_ && confirmed_->baseline ? *confirmed_->baseline : last_status_.value_or(job_.before);
    }
    [[nodiscard]] bool is_target(instance_state const& is) const {
        return job_.is_cancel ? is.is_idle() && is.size == baseline().size
                              : is.size == job_.target && is.running != job_.target && is.planned != job_.target;
    }
    [[nodiscard]] bool is_foreign(instance_state const& is) const {
        return is != baseline() && !is_target(is) &&
               (job_.is_cancel ? !is.running : is.running != job_.target && is.planned != job_.target);
    }

    // ---- Orders

    void check_hand_out();

    /// Whether who agreed to a price has agreed to what it is now: the same, or less to pay at once.
    [[nodiscard]] static bool is_covered(std::optional<price> const& now, std::optional<price> const& agreed) {
        return now && agreed ? now->due_cents <= agreed->due_cents && now->excess_cents == agreed->excess_cents
                             : now == agreed;
    }

    [[nodiscard]] answer place(order_request const& order);

    [[nodiscard]] response with_date(response response) {
        finish(response, 0, 1000);
        return response;
    }

    /// Puts something else in the place of the response. True when that is a refusal of the API.
    [[nodiscard]] static bool mask(fault f, response& response);

    // ---- What goes wrong

    [[nodiscard]] bool is_pointless(fault f) const;

    [[nodiscard]] fault choose(unsigned where, fault after = fault::none);

    [[nodiscard]] fault events_and_fault(unsigned where);
    void happen(fault f);

    /// Somebody starts the job once more while this process is at work: it runs to its end.
    void run_second_process();

    // ---- The oracle

    void judge(claims const& said);
    void judge_order(claims const& said, std::size_t executed);

    /// Until when the order can be accepted, by the caller's clock, if that is still the clock by which it was signed.
    void judge_bound(claims const& said);
    void judge_ledger(claims const& said, std::size_t executed);

    void judge_instance(claims const& said);

    void meet(sometimes what) { out_.met.set(static_cast<std::size_t>(what)); }
    void report(violation what) {
        note("VIOLATION: %s", violation_names[static_cast<std::size_t>(what)].data());
        if (out_.what == violation::none || what < out_.what) {
            out_.what = what;
        }
    }

    template <class... Values>
    void note(char const* format, Values... values) const {
        if (is_traced_) {
            std::printf("%7lld s  %s, %zu executed  ", static_cast<long long>(cloud_.now_s() - cloud::begin_s),
                        text_of(cloud_.state()).c_str(), cloud_.executed());
            std::printf(format, values...);
            std::printf("\n");
        }
    }
    [[nodiscard]] static std::string text_of(instance_state const& is) {
        return wire::terabytes(is.size) + " TB" + (is.running ? ", on its way to " + wire::terabytes(is.running) : "") +
               (is.planned ? ", planned " + wire::terabytes(is.planned) : "");
    }
    [[nodiscard]] static zenwire::traffic_package_size package(steps of) {
        return *zenwire::traffic_package_size::from_units(of * zenwire::traffic_package_size::units_per_terabyte / 20);
    }

    static constexpr std::string_view other_id = "111111111111111111";
    static constexpr std::int64_t short_pause_s = 10;
    static constexpr std::int64_t long_pause_s = 7200;

    struct agreement {
        std::optional<instance_state> baseline;
        std::optional<model::price> price;
    };

    scenario const& job_;
    zenwire::client<Credential> const& client_;
    zenwire::client<Credential> const& ledger_;
    schedule& choices_;
    menus const& menu_;
    bool is_traced_;
    cloud cloud_;
    zenwire::workflow_options options_{};
    result out_{};
    std::vector<char> record_{};
    bool is_recorded_ = false;
    bool is_record_taken_ = false;
    std::optional<agreement> confirmed_{};
    // the orders that the ledger showed before the order, and of these what the record knows
    std::set<std::string> told_orders_{};
    std::set<std::string> old_orders_{};
    bool is_unreachable_ = false;
    bool was_resumed_ = false;
    bool is_refusal_told_ = false;
    std::optional<instance_state> last_status_{};
    std::int64_t last_status_ms_ = 0;
    std::optional<price> last_price_{};
    std::int64_t last_price_ms_ = 0;
    bool was_priced_ = false;
    bool unclear_before_ = false;
    std::size_t unchanged_looks_ = 0;
    bool is_told_to_wait_ = false;
    std::int64_t is_told_until_ms_ = 0;
    std::optional<steps> list_size_{};
    bool has_visible_reason_ = false;
    bool is_acceptance_told_ = false;
    bool is_acceptance_stored_ = false;
    bool was_handed_out_ = false;
    bool was_not_sent_ = false;
    bool is_lie_ = false;
    bool is_404_seen_ = false;
    bool is_server_time_needed_ = false;
    // by this process: then no unchanged look afterwards makes a refusal true
    bool is_effect_seen_ = false;
    bool is_hidden_ = false;
    bool is_lagging_ = false;
    bool is_moved_ = false;
    bool is_clock_wrong_ = false;
    bool clock_throws_ = false;
    std::int64_t clock_offset_s_ = 0;
    std::optional<std::int64_t> offset_at_order_s_{};
    std::optional<std::int64_t> stopped_at_s_{};
    std::int64_t last_reading_s_ = cloud::begin_s;
    std::int64_t sleeps_s_ = 0;
    std::size_t steps_ = 0;
    std::string date_;
};

}  // namespace model

#include "oracle.hpp"
#include "run_faults.hpp"
#include "run_ledger.hpp"
#include "run_orders.hpp"
#include "run_requests.hpp"

#endif
