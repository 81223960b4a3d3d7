// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_JOB_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_JOB_HPP

#include <exception>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

#include <zenwire/zenwire.hpp>

#include "interruption.hpp"
#include "state_file.hpp"
#include "state_folder.hpp"
#include "traffic_package_arguments.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_surroundings.hpp"

/// @file
/// The part of the program traffic_package that may cost money: one job, one order, and a file that remembers it.

template <class Credential>
using workflow = zenwire::traffic_package_workflow<Credential>;

/// What the others are told who want the same instance.
inline std::string who_we_are(arguments const& given, zenwire::unix_seconds now) {
    char host[256]{};
    static_cast<void>(::gethostname(&host[0], sizeof(host) - 1));
    return "process " + std::to_string(::getpid()) + " on " + &host[0] + ", " + std::string(given.command) +
           (given.size.empty() ? "" : " to " + std::string(given.size) + " TB") + ", since " + utc_text(now);
}

inline zenwire::workflow_record::goal goal_of(arguments const& given) {
    return given.command == "cancel" ? zenwire::workflow_record::goal::cancel : zenwire::workflow_record::goal::change;
}

/// What a job's file says, for people.
inline std::string evidence(zenwire::workflow_record const& record) {
    return (record.what == zenwire::workflow_record::goal::cancel ? "a cancellation of the planned downgrade"
                                                                  : "a change to " + terabytes(record.target)) +
           " of " + printable(record.service) + " instance " + printable(record.instance_id) + " at " +
           printable(record.endpoint) + ", handed out " + utc_text(record.signed_at) +
           (record.order == zenwire::workflow_record::order_state::accepted
                ? ", accepted as order " + printable(record.order_number)
            : record.order == zenwire::workflow_record::order_state::refused
                ? ", refused: " + printable(record.refusal_code)
                : ", response unknown");
}

/// A job from the look before the order to the verdict.
template <class Credential>
class job_run {
public:
    /// @param file null on the cloud in memory
    job_run(workflow<Credential>& job, surroundings const& around, arguments const& given, state_file* file)
        : job_(job), around_(around), given_(given), file_(file) {}

    /// Drives it to its end, or to the next safe point after Ctrl-C: then there is no verdict.
    std::optional<zenwire::workflow_verdict> to_the_end() {
        using kind = zenwire::workflow_step::kind;
        zenwire::workflow_step step = job_.next(clock_.now());
        std::optional<interruption::deferral> no_signals;
        while (step.what != kind::done) {
            // From before the first save to after the last no signal comes between.
            if (step.what == kind::save && !no_signals) {
                no_signals.emplace();
            } else if (step.what != kind::save && step.what != kind::send) {
                no_signals.reset();
            }
            if (interruption::is_wanted() && !is_handed_out_in(step)) {
                return std::nullopt;
            }
            step = take(step);
        }
        return job_.verdict();
    }

    /// Whether an order of this process may have left.
    [[nodiscard]] bool may_have_ordered() const { return may_have_ordered_; }

private:
    /// Whether the step belongs to an order that is saved: it must be told what came of it.
    [[nodiscard]] bool is_handed_out_in(zenwire::workflow_step step) const {
        return is_saved_ && (step.what == zenwire::workflow_step::kind::save ||
                             step.what == zenwire::workflow_step::kind::send);
    }

    zenwire::workflow_step take(zenwire::workflow_step step) {
        using kind = zenwire::workflow_step::kind;
        switch (step.what) {
        case kind::send: return send();
        case kind::wait_for:
            is_saved_ = false;
            around_.progress << (may_have_ordered_ ? "waiting for the effect ..." : "waiting ...") << std::endl;
            clock_.sleep_for(step.wait);
            return interruption::is_wanted() ? step : job_.next(clock_.now());
        case kind::confirm: {
            const bool agreed = is_confirmed();
            return interruption::is_wanted() ? step : job_.confirm(agreed, clock_.now());
        }
        case kind::save: return save();
        case kind::done: break;
        }
        return step;
    }

    zenwire::workflow_step send() {
        may_have_ordered_ = may_have_ordered_ || is_saved_;
        if (is_saved_) {
            around_.progress << "ordering; Ctrl-C is heard when the response is there ..." << std::endl;
        }
        const http_result response = send_or_unknown();
        return response ? job_.receive(zenwire::response_adapter(*response).view(), clock_.now(), clock_.jitter())
                        : job_.send_failed(response.error(), clock_.now(), clock_.jitter());
    }

    /// What throws may have sent.
    http_result send_or_unknown() {
        try {
            return around_.send(job_.take_request());
        } catch (std::exception const& failure) {
            return unknown(failure.what());
        }
    }

    zenwire::workflow_step save() {
        if (file_ != nullptr && !file_->save(job_.saved_bytes())) {
            around_.progress << "WARNING: " << file_->path() << " could not be written"
                             << (may_have_ordered_ ? ". Note what you see here: a later start may not know it" : "")
                             << std::endl;
            return job_.save_failed();
        }
        is_saved_ = true;
        return job_.saved(clock_.now());
    }

    /// What the user is asked, and whether there was a yes. --yes is the reply to the first question only: one more means
    /// that the price or the instance is not what it was.
    bool is_confirmed() {
        std::ostream& out = around_.progress;
        out << "instance   " << printable(given_.instance) << "\nnow        " << size_or_dash(job_.state().size)
            << "\nforesight  " << name_of(job_.prediction().what) << ": " << job_.prediction().reason << "\n";
        if (given_.command == "change") {
            out << prices_as_text(job_.prices());
        }
        const bool is_first = !std::exchange(was_asked_, true);
        if ((given_.yes && is_first) || !around_.state_folder) {
            return true;
        }
        if (!is_first) {
            out << "The price or the instance CHANGED since you were asked.\n";
        }
        out << "This may place a PAID ORDER at " << around_.endpoint.scheme_text()
            << "://" << around_.endpoint.authority() << ".\nType yes to go on: " << std::flush;
        std::string line;
        std::getline(std::cin, line);
        return line == "yes";
    }

    workflow<Credential>& job_;
    surroundings const& around_;
    arguments const& given_;
    state_file* file_;
    surrounding_runtime clock_{around_};
    bool is_saved_ = false;
    bool may_have_ordered_ = false;
    bool was_asked_ = false;
};

/// The file of the instance's job, under the lock.
struct locked_job {
    state_folder folder;
    state_file file;
    /// nothing when there is no job
    std::optional<std::string> saved{};

    /// @throw state_problem
    locked_job(surroundings const& around, arguments const& given)
        : folder(*around.state_folder), file(folder, around.service.name, given.instance) {
        file.lock(who_we_are(given, around.now()));
        if (const std::string old = file.old_job(); !old.empty()) {
            throw state_problem(folder.path_of(old) + " is the file of a job of version 0.1, which this version does "
                                "not go on with. " + what_it_says(file.read_old(old)) +
                                ". Look at the instance and at the orders in the console; when you know what became "
                                "of it, give the command forget");
        }
        saved = file.load();
    }
    locked_job(locked_job const&) = delete;
    locked_job& operator=(locked_job const&) = delete;

    static std::string what_it_says(std::string const& bytes) {
        const auto record = zenwire::workflow_bytes::parse(bytes);
        return "It says: " + (record ? evidence(*record) : std::string(record.error().message.view()));
    }
};

/// Whether the job in the file was begun with this endpoint and account; if not, what differs.
/// @throw state_problem
template <class Credential>
zenwire::workflow_record check_record(zenwire::client<Credential> const& client, locked_job const& job,
                                      arguments const& given) {
    const std::string name = job.file.path();
    auto record = zenwire::workflow_bytes::parse(*job.saved);
    if (!record) {
        throw state_problem(name + " is damaged, or no job of this program: " +
                            std::string(record.error().message.view()) +
                            ". An order may be under way. Look at the instance and at the orders in the console; when "
                            "you know, give the command forget");
    }
    if (record->instance_id != given.instance ||
        !record->service.view().starts_with(std::string(client.prepared()->service().name) + " ")) {
        throw state_problem(name + " is of another instance: " + evidence(*record) + ". Put it back where it was");
    }
    const std::string same_account = ". It says: " + evidence(*record) +
                                     ". If both are the same account at the same cloud, add --same-account";
    if (!given.same_account && record->endpoint != client.endpoint_name()) {
        throw state_problem(name + " is of a job at " + printable(record->endpoint) + ", and now it is " +
                            printable(client.endpoint_name()) + same_account);
    }
    const auto account = zenwire::fingerprint_of(client.used_credential());
    if (!given.same_account && record->account != account) {
        throw state_problem(name + " is of a job with the credential " + printable(record->account) +
                            ", and now it is " + printable(account) + same_account);
    }
    return *record;
}

inline std::string_view name_of(zenwire::workflow_verdict::instance_kind kind) {
    using instance = zenwire::workflow_verdict::instance_kind;
    switch (kind) {
    case instance::not_seen: return "not_seen";
    case instance::unchanged: return "unchanged";
    case instance::in_progress: return "in_progress";
    case instance::planned: return "planned";
    case instance::reached: return "reached";
    case instance::conflict: return "conflict";
    }
    return "";
}

inline std::string_view name_of(zenwire::workflow_verdict::order_kind kind) {
    using order_kind = zenwire::workflow_verdict::order_kind;
    switch (kind) {
    case order_kind::none: return "none";
    case order_kind::refused: return "refused";
    case order_kind::accepted: return "accepted";
    case order_kind::unknown: return "unknown";
    }
    return "";
}

/// How a job ended, for people and programs.
inline report make_verdict(zenwire::workflow_verdict const& verdict, zenwire::traffic_package_state const& state) {
    using instance = zenwire::workflow_verdict::instance_kind;
    using order_kind = zenwire::workflow_verdict::order_kind;
    report result;
    if (verdict.instance == instance::reached) {
        result = {done, "DONE\n", {}};
    } else if (verdict.instance == instance::planned) {
        result = {done, "PLANNED for the next billing cycle\n", {}};
    } else if (verdict.instance == instance::in_progress) {
        result = {not_seen_yet, "UNDER WAY: watch it\n", {}};
    } else if (verdict.order == order_kind::accepted) {
        result = {not_seen_yet, "UNDER WAY: the order was accepted, its effect was not seen yet. Watch it.\n", {}};
    } else {
        result = make_failure(verdict.failure.value_or(zenwire::error()));
        result.code = verdict.order == order_kind::unknown ? outcome_unknown : result.code;
    }
    if (!verdict.order_number.empty()) {
        result.text += "order      " + printable(verdict.order_number) + "\n";
    }
    result.text += "package    " + size_or_dash(state.size) + "\n";
    result.text += "advice     " + std::string(verdict.advice()) + "\n";
    result.object["verdict"] = boost::json::string(name_of(verdict.instance));
    result.object["order"] = boost::json::string(name_of(verdict.order));
    result.object["orderNumber"] = boost::json::string(verdict.order_number.view());
    result.object["trafficPackageSize"] = size_or_null(state.size);
    return result;
}

/// Drives a job, and says what came of it, whatever ends it.
/// @param file null on the cloud in memory
/// @param has_record whether an order of an earlier start may be under way
template <class Credential>
report run_job(workflow<Credential>& job, surroundings const& around, arguments const& given, state_file* file,
               bool has_record) {
    job_run<Credential> run(job, around, given, file);
    const auto is_open = [&] { return has_record || run.may_have_ordered(); };
    try {
        const auto verdict = run.to_the_end();
        if (!verdict) {
            return {interrupted,
                    is_open() ? "INTERRUPTED: an order may be under way. Give the same command again to go on: it "
                                "looks for the order and places no other.\n"
                              : "INTERRUPTED: nothing was ordered.\n",
                    {{"verdict", "interrupted"}, {"order", is_open() ? "unknown" : "none"}}};
        }
        // What nobody knows, and what goes on, must be found again.
        using instance = zenwire::workflow_verdict::instance_kind;
        using order_kind = zenwire::workflow_verdict::order_kind;
        const bool is_there = verdict->instance == instance::reached || verdict->instance == instance::planned;
        const bool is_over = is_there || verdict->order == order_kind::none || verdict->order == order_kind::refused;
        if (file != nullptr && is_over) {
            static_cast<void>(file->remove());
        }
        return make_verdict(*verdict, job.state());
    } catch (std::exception const& failure) {
        return {is_open() ? outcome_unknown : nothing_ordered,
                std::string("FAILED: ") + failure.what() +
                    (is_open() ? "\nAn order may be under way. Give the same command again: it looks for the order and "
                                 "places no other.\n"
                               : "\nNothing was ordered.\n"),
                {{"verdict", "unknown"}, {"order", is_open() ? "unknown" : "none"}}};
    }
}

/// change and cancel; and watch, when there is a job to go on with.
/// @return nothing when the command is watch, and there is no job
template <class Credential>
std::optional<report> order(zenwire::client<Credential> const& client, surroundings const& around,
                            arguments const& given, std::optional<zenwire::traffic_package_size> size,
                            zenwire::workflow_options const& options) try {
    const bool only_watches = given.command == "watch";
    std::optional<locked_job> kept;
    if (around.state_folder) {
        kept.emplace(around, given);
    }
    if (kept && kept->saved) {
        const zenwire::workflow_record record = check_record(client, *kept, given);
        if (!only_watches &&
            (record.what != goal_of(given) || (goal_of(given) == zenwire::workflow_record::goal::change &&
                                               record.target != *size))) {
            return make_refusal(blocked, "blocked",
                                "an earlier job is not over: " + evidence(record) +
                                    ". Give the command watch to see what became of it, or forget");
        }
        around.progress << "going on with an earlier job, which places no further order: " << evidence(record)
                        << std::endl;
        auto job = workflow<Credential>::resume(client, zenwire::workflow_bytes(record).view(), options,
                                                given.same_account ? zenwire::resume_check::service_only
                                                                   : zenwire::resume_check::all);
        return job ? run_job(*job, around, given, &kept->file, true) : make_failure(job.error());
    }
    if (only_watches) {
        return std::nullopt;
    }
    auto job = size ? workflow<Credential>::change(client, given.instance, *size, options)
                    : workflow<Credential>::cancel_downgrade(client, given.instance, options);
    return run_job(job, around, given, kept ? &kept->file : nullptr, false);
} catch (job_is_held const& problem) {
    if (given.command == "watch") {
        around.progress << printable(problem.what()) << std::endl;
        return std::nullopt;
    }
    return make_refusal(held_by_another, "held", problem.what());
} catch (state_problem const& problem) {
    return make_refusal(blocked, "blocked", problem.what());
}

/// Until when an order can still be accepted; nothing: for ever, or nobody can tell.
inline std::optional<zenwire::unix_seconds> acceptable_until(std::optional<zenwire::workflow_record> const& record) {
    constexpr std::int64_t unknown_offset = 600;
    if (!record || !record->is_signed) {
        return std::nullopt;
    }
    return zenwire::unix_seconds(record->signed_at.count() + zenwire::signature_lifetime_seconds + unknown_offset);
}

/// What forget() found.
struct forgettable {
    /// the file's name when it is one of version 0.1, else empty
    std::string old_name{};
    std::string evidence{};
    std::optional<zenwire::workflow_record> record{};
};

/// @return nothing when there is no job
inline std::optional<forgettable> find_forgettable(state_folder const& folder, state_file& file) {
    forgettable found{file.old_job(), {}, {}};
    std::optional<std::string> bytes;
    try {
        bytes = found.old_name.empty() ? file.load() : file.read_old(found.old_name);
    } catch (state_problem const& problem) {
        found.evidence = problem.what();
        return found;
    }
    if (!bytes) {
        return std::nullopt;
    }
    const auto record = zenwire::workflow_bytes::parse(*bytes);
    found.evidence = (found.old_name.empty() ? file.path() : folder.path_of(found.old_name)) + ": " +
                     (record ? evidence(*record) : std::string(record.error().message.view()));
    if (record) {
        found.record = *record;
    }
    return found;
}

/// Gives up a job whose order nobody knows the fate of, by the user's word only: no option says it.
template <class Credential>
report forget(zenwire::client<Credential> const& client, surroundings const& around, arguments const& given) try {
    if (!around.state_folder) {
        throw state_problem("the cloud in memory keeps no jobs: say --live or --endpoint");
    }
    const state_folder folder(*around.state_folder);
    state_file file(folder, around.service.name, given.instance);
    file.lock(who_we_are(given, around.now()));
    const std::optional<forgettable> found = find_forgettable(folder, file);
    if (!found) {
        return {done, "There is no job of this instance: nothing to forget.\n", {{"forgotten", false}}};
    }
    std::ostream& out = around.progress;
    out << "the job    " << found->evidence << "\n";
    surrounding_runtime clock(around);
    const auto look = zenwire::send_action(client, zenwire::describe_instance_internet_status{given.instance},
                                           around.send, clock);
    out << (look ? make_status(*look).text
                 : "instance   could not be looked at: " + printable(look.error().message) + "\n");
    const auto until = acceptable_until(found->record);
    const bool is_over = until && around.now() > *until;
    std::string word(given.instance);
    if (!is_over) {
        out << "WARNING: the order may STILL BE ACCEPTED"
            << (until ? ", until " + utc_text(*until) + ". Better wait until then"
                      : "; nobody can tell until when") << ".\n";
        word += " anyway";
    }
    out << "Look at the orders in the console first: a change that is begun after this may be paid in addition to that "
           "order.\nType \"" << printable(word) << "\" to forget the job: " << std::flush;
    std::string line;
    std::getline(std::cin, line);
    if (interruption::is_wanted() || line != word) {
        return {interruption::is_wanted() ? interrupted : nothing_ordered,
                "NOT FORGOTTEN: the job stays, and no other change of the instance is begun.\n",
                {{"forgotten", false}}};
    }
    if (!file.set_aside(found->old_name)) {
        throw state_problem("the file could not be put aside: " + std::string(std::strerror(errno)));
    }
    return {done, "FORGOTTEN: a new job may begin.\n", {{"forgotten", true}}};
} catch (job_is_held const& problem) {
    return make_refusal(held_by_another, "held", problem.what());
} catch (state_problem const& problem) {
    return make_refusal(blocked, "blocked", problem.what());
}

#endif
