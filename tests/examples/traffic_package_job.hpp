// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_JOB_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_JOB_HPP

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

#include <zenwire/zenwire.hpp>

#include "interruption.hpp"
#include "state_file.hpp"
#include "state_folder.hpp"
#include "traffic_package_commands.hpp"
#include "traffic_package_ledger.hpp"
#include "traffic_package_question.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_surroundings.hpp"
#include "traffic_package_verdict.hpp"

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

/// A job from the look before the order to the verdict.
template <class Credential>
class job_run {
public:
    /// @param file null on the cloud in memory
    job_run(workflow<Credential>& job, surroundings const& around, arguments const& given,
            zenwire::workflow_options const& options, state_file* file)
        : job_(job), around_(around), given_(given), options_(options), file_(file) {}

    /// Drives it to its end, or to the next safe point after Ctrl-C; with --dry-run no further than to the question.
    /// @return whether it is at its end
    bool to_the_end() {
        using kind = zenwire::workflow_step::kind;
        zenwire::workflow_step step = job_.next(clock_.now());
        std::optional<interruption::deferral> no_signals;
        while (step.what != kind::done) {
            if (given_.dry_run && (step.what == kind::confirm || step.what == kind::save)) {
                is_planned_ = true;
                return false;
            }
            // No signal comes between the first save and the last: what happens to the order in there is told and saved.
            const bool is_about_order = step.what == kind::save || (no_signals && step.what == kind::send);
            if (!is_about_order) {
                no_signals.reset();
            } else if (!no_signals) {
                no_signals.emplace();
            }
            if (interruption::is_wanted() && !(is_about_order && is_stored_)) {
                return false;
            }
            is_stored_ = is_stored_ && is_about_order;
            step = take(step);
        }
        return true;
    }

    /// Whether --dry-run ended it where it would have asked.
    [[nodiscard]] bool is_planned() const { return is_planned_; }
    /// When the last request left, by our clock.
    [[nodiscard]] zenwire::unix_seconds last_sent() const { return last_sent_; }

private:
    static constexpr std::string_view waits_to_ask = "waiting to ask once more";

    zenwire::workflow_step take(zenwire::workflow_step step) {
        using kind = zenwire::workflow_step::kind;
        switch (step.what) {
        case kind::send: return send();
        case kind::wait_for:
            if (step.wait > zenwire::milliseconds()) {
                wait(step.wait);
            }
            return interruption::is_wanted() ? step : job_.next(clock_.now());
        case kind::confirm: {
            const bool agreed = is_confirmed(job_, around_, given_);
            return interruption::is_wanted() ? step : job_.confirm(agreed, clock_.now());
        }
        case kind::save: return save();
        case kind::done: break;
        }
        return step;
    }

    /// On a terminal a line shows how long it lasts; elsewhere it is told once.
    void wait(zenwire::milliseconds time) {
        const bool is_under_way = job_.state().modification_status ==
                                   zenwire::modification_status(zenwire::modification_status::processing);
        const std::string_view what = job_.may_have_ordered() ? "waiting for the effect"
                                      : is_under_way          ? "a change is under way"
                                                              : waits_to_ask;
        if (!waiting_since_ || what != waits_for_) {
            waiting_since_ = clock_.now();
            waits_for_ = what;
            if (!around_.talk.is_terminal) {
                around_.say(std::string(what) + " ...");
            }
        }
        wait_visibly(around_, time, what, *waiting_since_, end_of_wait());
    }

    /// When the waiting is given up; nothing when only the service's answers decide.
    [[nodiscard]] std::optional<zenwire::unix_seconds> end_of_wait() const {
        if (waits_for_ == waits_to_ask) {
            return options_.deadline == zenwire::workflow_options().deadline ? std::nullopt
                                                                             : std::optional(options_.deadline);
        }
        const bool is_unknown = job_.verdict().order == zenwire::workflow_verdict::order_kind::unknown;
        const std::int64_t longest = (is_unknown ? options_.unknown_watch : options_.longest_watch).count() / 1000;
        return zenwire::unix_seconds(std::min(options_.deadline.count(), waiting_since_->count() + longest));
    }

    zenwire::workflow_step send() {
        if (is_stored_) {
            around_.say("sending the order; Ctrl-C is heard when the response is there ...");
        }
        last_sent_ = clock_.now();
        const http_result response = send_or_unknown();
        return response ? job_.receive(zenwire::response_adapter(*response).view(), clock_.now(), clock_.jitter())
                        : job_.send_failed(response.error(), clock_.now(), clock_.jitter());
    }

    /// What throws may have sent.
    http_result send_or_unknown() {
        const zenwire::request_view request = job_.take_request();
        try {
            return around_.send(request);
        } catch (std::exception const& failure) {
            return unknown(failure.what());
        }
    }

    zenwire::workflow_step save() {
        const bool is_first = job_.how_to_save() == zenwire::save_mode::create;
        if (file_ != nullptr && !file_->save(job_.saved_bytes(), is_first)) {
            around_.say("WARNING: " + printable(file_->path()) + " could not be written: " + std::strerror(errno) +
                        (job_.may_have_ordered() ? ". Note what is said here: a later start may not know it" : ""));
            return job_.save_failed();
        }
        is_stored_ = true;
        return job_.saved(clock_.now());
    }

    workflow<Credential>& job_;
    surroundings const& around_;
    arguments const& given_;
    zenwire::workflow_options const& options_;
    state_file* file_;
    surrounding_runtime clock_{around_};
    /// the step before saved the job, so what is sent now is its order
    bool is_stored_ = false;
    bool is_planned_ = false;
    std::string_view waits_for_{};
    std::optional<zenwire::unix_seconds> waiting_since_{};
    zenwire::unix_seconds last_sent_{};
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
            throw state_problem(folder.path_of(old) +
                                " is the file of a job of version 0.1, which this version does "
                                "not go on with. " +
                                what_it_says(file.read_old(old)) +
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

/// Whether the folder of jobs has any file about the instance: a dry run makes none, not even the one that locks.
inline bool has_state(surroundings const& around, arguments const& given) {
    const std::string name = *around.state_folder + "/" + std::string(around.service.name) + "." + as_file_name(given.instance);
    const auto is_there = [](std::string const& path) {
        struct stat found {};
        return ::lstat(path.c_str(), &found) == 0 || errno != ENOENT;
    };
    return is_there(name + ".lock") || is_there(name + ".job");
}

/// What the job's file says, if that is of this instance, and of this endpoint and account.
/// @throw state_problem names what differs
template <class Credential>
zenwire::workflow_record check_record(zenwire::client<Credential> const& client, std::string const& saved,
                                      state_file const& file, arguments const& given) {
    const std::string name = file.path();
    auto record = zenwire::workflow_bytes::parse(saved);
    if (!record) {
        const bool is_outdated = record.error().code == zenwire::errc::job_record_outdated;
        throw state_problem(name +
                            (is_outdated ? " is of another version of this program: " : " is no job, or damaged: ") +
                            std::string(record.error().message.view()) +
                            ". An order may be under way. Look at the instance and at the orders in the console; when "
                            "you know, give the command forget");
    }
    const zenwire::service& service = client.prepared()->service();
    if (record->instance_id != given.instance || !record->service.view().starts_with(std::string(service.name) + " ")) {
        throw state_problem(name + " is of another instance: " + evidence(*record) + ". Put it back where it was");
    }
    const auto account = zenwire::fingerprint_of(client.used_credential());
    if (!given.same_account && (record->endpoint != client.endpoint_name() || record->account != account)) {
        throw state_problem(name + " is of a job at " + printable(record->endpoint) + " with credential " +
                            printable(record->account) + ", and this start is at " + printable(client.endpoint_name()) +
                            " with credential " + printable(account) + ". The file says: " + evidence(*record) +
                            ". If both are the same account at the same cloud (a new token, another name of the host), "
                            "add --same-account");
    }
    // a later version of the service shows the same instance
    record->service = zenwire::workflow_record::service_name(service);
    return *record;
}

/// Whether nothing of a job has to be remembered any more. What became of an unknown order is not told by what the instance
/// shows before the order can no longer be accepted.
/// @param last_sent when the last look left
inline bool is_over(zenwire::workflow_verdict const& verdict, zenwire::unix_seconds last_sent) {
    using instance = zenwire::workflow_verdict::instance_kind;
    switch (verdict.order) {
    case zenwire::workflow_verdict::order_kind::none:
    case zenwire::workflow_verdict::order_kind::refused: return true;
    case zenwire::workflow_verdict::order_kind::accepted:
        return verdict.instance == instance::reached || verdict.instance == instance::planned ||
               verdict.instance == instance::conflict;
    case zenwire::workflow_verdict::order_kind::unknown: break;
    }
    return verdict.instance == instance::reached && verdict.acceptable_until && last_sent > *verdict.acceptable_until;
}

/// What is true when a job stops before its end.
/// @param why a headline
/// @param kept where the job's file is; empty when there is none
inline report make_stop(exit_code code, std::string const& why, zenwire::workflow_verdict const& verdict,
                        zenwire::traffic_package_state const& state, std::string const& kept) {
    const bool is_open = verdict.order != zenwire::workflow_verdict::order_kind::none;
    return {.code = code,
            .text = why + (is_open ? ": an order may be under way.\norder      " + order_text(verdict) +
                                         "\nGive the same command again, or watch: it looks for the order and places no "
                                         "other.\n"
                                   : ": nothing was ordered.\n"),
            .job = job_as_json(verdict, state, kept, advice_on(verdict))};
}

/// What --dry-run found out.
template <class Credential>
report make_plan(workflow<Credential> const& job, arguments const& given) {
    return {.text = "DRY RUN: nothing was ordered, and no file was written\n" + plan_text(job, given),
            .prices = given.command == "change" ? prices_as_json(job.prices()) : json_text(),
            .job = job_as_json(job.verdict(), job.state(), "", "the same command without --dry-run asks, then orders")};
}

/// Drives a job, and says what came of it, whatever ends it.
/// @param file null on the cloud in memory, and of a dry run
template <class Credential>
report run_job(workflow<Credential>& job, surroundings const& around, arguments const& given,
               zenwire::workflow_options const& options, state_file* file) {
    job_run<Credential> run(job, around, given, options, file);
    try {
        const bool is_at_end = run.to_the_end();
        if (run.is_planned()) {
            return make_plan(job, given);
        }
        zenwire::workflow_verdict const& verdict = job.verdict();
        const bool is_kept =
            file != nullptr && job.may_have_ordered() && !(is_at_end && is_over(verdict, run.last_sent()));
        if (file != nullptr && !is_kept && !file->remove()) {
            around.say("WARNING: " + printable(file->path()) +
                       " could not be removed; the next start will find a job that is over");
        }
        const std::string kept = is_kept ? file->path() : "";
        report result = is_at_end ? make_verdict(verdict, job.state(), kept)
                                  : make_stop(interrupted, "INTERRUPTED", verdict, job.state(), kept);
        result.prices = job.prices().empty() ? json_text() : prices_as_json(job.prices());
        return result;
    } catch (std::exception const& failure) {
        using enum zenwire::workflow_verdict::order_kind;
        zenwire::workflow_verdict const& verdict = job.verdict();
        const exit_code code = verdict.order == none       ? nothing_ordered
                               : verdict.order == accepted ? not_seen_yet
                                                           : outcome_unknown;
        return make_stop(code, std::string("FAILED, ") + printable(failure.what()), verdict, job.state(),
                         file != nullptr && job.may_have_ordered() ? file->path() : "");
    }
}

/// Goes on with the job that a file remembers.
/// @param kept its `saved` is there
template <class Credential>
report go_on(zenwire::client<Credential> const& client, surroundings const& around, arguments const& given,
             std::optional<zenwire::traffic_package_size> size, zenwire::workflow_options const& options,
             locked_job& kept) {
    const zenwire::workflow_record record = check_record(client, *kept.saved, kept.file, given);
    const bool is_same = record.what == goal_of(given) &&
                         (goal_of(given) == zenwire::workflow_record::goal::cancel || record.target == size);
    if (given.command != "watch" && (!is_same || given.dry_run)) {
        return make_refusal(blocked, "blocked",
                            "an earlier job is not over: " + evidence(record) +
                                ". Give the command watch to see what became of it, or forget");
    }
    around.say("going on with an earlier job, which places no further order: " + evidence(record));
    auto job = workflow<Credential>::resume(
        client, zenwire::workflow_bytes(record).view(), options,
        given.same_account ? zenwire::resume_check::service_only : zenwire::resume_check::all);
    if (!job) {
        return make_failure(job.error());
    }
    const auto ledger = ledger_of(client, around);
    if (given.ledger) {
        static_cast<void>(job->consult(ledger));
    }
    return run_job(*job, around, given, options, &kept.file);
}

/// change and cancel; and watch, when there is a job to go on with.
/// @return nothing when the command is watch, and there is no job
template <class Credential>
std::optional<report> order(zenwire::client<Credential> const& client, surroundings const& around,
                            arguments const& given, std::optional<zenwire::traffic_package_size> size,
                            zenwire::workflow_options const& options) try {
    std::optional<locked_job> kept;
    if (around.state_folder && !(given.dry_run && !has_state(around, given))) {
        kept.emplace(around, given);
    }
    if (kept && kept->saved) {
        return go_on(client, around, given, size, options, *kept);
    }
    if (given.command == "watch") {
        return std::nullopt;
    }
    const auto ledger = ledger_of(client, around);
    auto job = size ? workflow<Credential>::change(client, given.instance, *size, options)
                    : workflow<Credential>::cancel_downgrade(client, given.instance, options);
    if (given.ledger) {
        static_cast<void>(job.consult(ledger));
    }
    return run_job(job, around, given, options, kept && !given.dry_run ? &kept->file : nullptr);
} catch (job_is_held const& problem) {
    if (given.command == "watch") {
        around.say(printable(problem.what()) + "; this one only looks");
        return std::nullopt;
    }
    return make_refusal(held_by_another, "held", std::string(problem.what()) + ". Wait for its end, or end it");
} catch (state_problem const& problem) {
    return make_refusal(blocked, "blocked", problem.what());
}

#endif
