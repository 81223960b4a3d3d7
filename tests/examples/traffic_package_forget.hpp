// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_FORGET_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_FORGET_HPP

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>

#include <zenwire/zenwire.hpp>

#include "interruption.hpp"
#include "state_file.hpp"
#include "state_folder.hpp"
#include "traffic_package_commands.hpp"
#include "traffic_package_job.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_surroundings.hpp"
#include "traffic_package_verdict.hpp"

/// @file
/// The command forget of the program traffic_package: the way out of a job whose order nobody knows the fate of.

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

/// Tells people what the instance shows now.
template <class Credential>
void show_instance(zenwire::client<Credential> const& client, surroundings const& around, arguments const& given) {
    surrounding_runtime clock(around);
    const auto look =
        zenwire::send_action(client, zenwire::describe_instance_internet_status{given.instance}, around.send, clock);
    around.progress << fitted(look ? make_status(*look).text
                                   : "instance   could not be looked at: " + printable(look.error().message) + "\n",
                              around.talk);
}

/// What has to be typed; with a warning before, where the order may still be executed.
inline std::string word_to_type(forgettable const& found, surroundings const& around, arguments const& given) {
    if (found.record && around.now() > found.record->acceptable_until()) {
        return std::string(given.instance);
    }
    const bool is_accepted = found.record && found.record->order == zenwire::workflow_record::order_state::accepted;
    around.say("WARNING: the order of the job " +
               (is_accepted ? "was ACCEPTED: it takes effect and is paid, whatever is forgotten here."
                : found.record ? "may STILL BE EXECUTED: " + acceptance_text(found.record->acceptable_until()) + "."
                               : "may STILL BE EXECUTED: nobody can tell until when."));
    return std::string(given.instance) + " anyway";
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
        return {.text = "There is no job of this instance: nothing to forget.\n", .forgotten = false};
    }
    around.say("the job    " + found->evidence);
    show_instance(client, around, given);
    const std::string word = word_to_type(*found, around, given);
    around.say("Look at the orders in the console first: a change that is begun after this may be paid in addition to that "
               "order.");
    if (around.ask("Type \"" + printable(word) + "\" to forget the job: ") != word) {
        return {.code = interruption::is_wanted() ? interrupted : declined,
                .text = "NOT FORGOTTEN: the job stays, and no other change of the instance is begun.\n",
                .forgotten = false};
    }
    if (!file.set_aside(found->old_name)) {
        throw state_problem("the file could not be put aside: " + std::string(std::strerror(errno)));
    }
    return {.text = "FORGOTTEN: a new job may begin.\n", .forgotten = true};
} catch (job_is_held const& problem) {
    return make_refusal(held_by_another, "held", std::string(problem.what()) + ". Wait for its end, or end it");
} catch (state_problem const& problem) {
    return make_refusal(blocked, "blocked", problem.what());
}

#endif
