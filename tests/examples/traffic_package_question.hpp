// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_QUESTION_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_QUESTION_HPP

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "interruption.hpp"
#include "traffic_package_commands.hpp"
#include "traffic_package_report.hpp"
#include "traffic_package_surroundings.hpp"

/// @file
/// The one question of a job: what it is about, and what was said to it.

/// What will be ordered if nobody objects: the instance, its size today and the wanted one, what will happen, and the price.
template <class Job>
std::string plan_text(Job const& job, arguments const& given) {
    std::string text = "instance   " + std::string(given.service) + " " + printable(given.instance) + "\n";
    if (given.command == "cancel") {
        text += "size       " + size_or_dash(job.state().size) + " now, and kept\n";
        text += "effect     the planned change to " + size_or_dash(job.state().modified_size) + " is cancelled\n";
    } else if (const auto size = zenwire::traffic_package_size::parse(given.size)) {
        text += "size       " + size_or_dash(job.state().size) + " now, " + terabytes(*size) + " wanted\n";
        text += "effect     " + printable(job.prediction().reason) + "\n" + prices_as_text(job.prices(), *size);
    }
    if (job.may_lack_balance()) {
        text += "WARNING: the price is above what the account may spend: " + decimal_text(*job.purchasing_power()) + "\n";
    } else if (job.purchasing_power()) {
        text += "to spend   " + decimal_text(*job.purchasing_power()) + "\n";
    }
    return text;
}

/// Asks until the reply is a yes or a no; silence, and the third strange reply, are a no.
inline bool is_agreed(surroundings const& around, std::string_view question) {
    for (int i = 0; i < 3; ++i) {
        std::string reply = around.ask(question);
        std::erase_if(reply, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
        std::ranges::transform(reply, reply.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        if (reply == "y" || reply == "yes") {
            return true;
        }
        if (reply.empty() || reply == "n" || reply == "no" || interruption::is_wanted()) {
            break;
        }
        around.say("Please type y or n.");
    }
    return false;
}

/// What the user is asked, and whether there was a yes. --yes is the reply to the first question only: one more means that
/// the price or the instance is not what it was.
template <class Job>
bool is_confirmed(Job const& job, surroundings const& around, arguments const& given) {
    around.progress << fitted(plan_text(job, given), around.talk);
    const bool is_first = job.questions() == 1;
    if ((given.yes && is_first) || !around.state_folder) {
        return true;
    }
    if (!is_first) {
        around.say(std::string("The price or the instance CHANGED since you were asked") +
                   (given.yes ? ", and --yes was for that" : "") + ".");
    }
    const bool is_cancel = given.command == "cancel";
    around.say(std::string(is_cancel ? "This ends a PLANNED CHANGE at " : "This may place a PAID ORDER at ") +
               std::string(around.endpoint.scheme_text()) + "://" + std::string(around.endpoint.authority()) + ".");
    return is_agreed(around, is_cancel ? "Cancel the change? [y/N] " : "Order it? [y/N] ");
}

#endif
