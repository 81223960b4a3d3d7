// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_ARGUMENTS_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_ARGUMENTS_HPP

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "traffic_package_commands.hpp"

/// @file
/// Reads the command line of the program traffic_package.

/// What is wrong with the command line, and what to type.
struct usage_error : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// What ends a message about a command line.
inline std::string how_to_type(command_row const* command) {
    if (command == nullptr) {
        return "\nTry: traffic_package --help";
    }
    const std::string name(command->name);
    return "\nUsage: traffic_package " + name + (command->needed.empty() ? "" : " " + std::string(command->needed)) +
           " [options]\nTry: traffic_package " + name + " --help";
}

/// @return null when there is no such command
inline command_row const* find_command(std::string_view name) {
    const auto found = std::ranges::find(commands(), name, &command_row::name);
    return found == commands().end() ? nullptr : &*found;
}

inline option_row const* find_option(std::string_view name) {
    const auto found = std::ranges::find(options(), name == "-h" ? "--help" : name, &option_row::name);
    return found == options().end() ? nullptr : &*found;
}

/// @throw usage_error always
[[noreturn]] inline void refuse_command(std::string_view typed) {
    std::vector<std::string_view> names;
    std::string list;
    for (command_row const& each : commands()) {
        names.push_back(each.name);
        list += " " + std::string(each.name);
    }
    const std::string_view meant = nearest(typed, names);
    throw usage_error((typed.empty() ? "a command is missing" : "there is no command \"" + std::string(typed) + "\"") +
                      (meant.empty() ? "; the commands are:" + list : "; did you mean " + std::string(meant) + "?") +
                      how_to_type(nullptr));
}

/// @throw usage_error always
[[noreturn]] inline void refuse_option(std::string_view typed, command_row const* command) {
    const std::string name(typed);
    if (!typed.starts_with('-')) {
        throw usage_error("\"" + name + "\" is one word too many" +
                          (command == nullptr || command->options.empty() || command->options[0] != "--instance"
                               ? ""
                               : "; an instance is given as --instance ID") +
                          how_to_type(command));
    }
    if (find_option(typed) != nullptr && command != nullptr) {
        throw usage_error("the command " + std::string(command->name) + " has no option " + name + how_to_type(command));
    }
    std::vector<std::string_view> names;
    for (option_row const& each : options()) {
        if (command == nullptr || takes(*command, each.name)) {
            names.push_back(each.name);
        }
    }
    const std::string_view meant = nearest(typed, names);
    throw usage_error("there is no option " + name +
                      (meant.empty() ? "" : "; did you mean " + std::string(meant) + "?") + how_to_type(command));
}

/// Takes one option, and its word where it has one.
/// @param rest what was not read yet; the option is its first
/// @return how many of them were read
inline std::size_t take_option(arguments& result, std::vector<std::string_view> const& all, std::size_t index,
                               command_row const* command) {
    const std::string_view typed = all[index];
    const std::size_t sign = typed.starts_with("--") ? typed.find('=') : std::string_view::npos;
    const std::string_view name = typed.substr(0, sign);
    option_row const* const option = find_option(name);
    const bool is_for_it = option != nullptr && (command == nullptr ? is_for_all(name) || name == "-h"
                                                                    : name == "-h" || takes(*command, name));
    if (!is_for_it) {
        refuse_option(name, command);
    }
    if (option->flag != nullptr) {
        if (sign != std::string_view::npos) {
            throw usage_error(std::string(name) + " takes no value" + how_to_type(command));
        }
        result.*option->flag = true;
        return 1;
    }
    const bool is_joined = sign != std::string_view::npos;
    if (!is_joined && (index + 1 == all.size() || find_option(all[index + 1]) != nullptr)) {
        throw usage_error("a value is missing: " + std::string(name) + " " + std::string(option->placeholder) +
                          how_to_type(command));
    }
    result.*option->text = is_joined ? typed.substr(sign + 1) : all[index + 1];
    return is_joined ? 1 : 2;
}

/// Whether all that a command needs was said, and nothing that means nothing.
/// @throw usage_error
inline void check(arguments const& given, command_row const& command) {
    const auto fail = [&](std::string const& why) { throw usage_error(why + how_to_type(&command)); };
    for (const std::string_view name : {"--instance", "--size"}) {
        if (command.needed.find(name) != std::string_view::npos && (given.*find_option(name)->text).empty()) {
            fail(std::string(name) + " is missing");
        }
    }
    if (given.service != "bmc" && given.service != "vm") {
        fail("--service must be bmc or vm, not \"" + std::string(given.service) + "\"");
    }
    if (!given.output.empty() && given.output != "table" && given.output != "json") {
        fail("--output must be table or json, not \"" + std::string(given.output) + "\"");
    }
    if (given.json && given.output == "table") {
        fail("--json and --output table exclude each other");
    }
}

/// @throw usage_error when they are not as the tables of traffic_package_commands.hpp say
inline arguments parse_arguments(std::vector<std::string_view> const& all) {
    arguments result;
    command_row const* command = nullptr;
    for (std::size_t i = 0; i < all.size();) {
        const bool may_be_command = command == nullptr && !all[i].starts_with('-');
        if (!may_be_command) {
            i += take_option(result, all, i, command);
            continue;
        }
        if (all[i] == "help" || all[i].empty()) {
            result.help = result.help || all[i] == "help";
        } else if (command = find_command(all[i]); command == nullptr) {
            refuse_command(all[i]);
        }
        ++i;
    }
    if (command != nullptr) {
        result.command = command->name;
    }
    if (result.help || result.version) {
        return result;
    }
    if (command == nullptr) {
        refuse_command("");
    }
    check(result, *command);
    result.json = result.json || result.output == "json";
    return result;
}

#endif
