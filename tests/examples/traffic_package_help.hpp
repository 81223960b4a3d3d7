// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_HELP_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_HELP_HPP

#include <algorithm>
#include <string>
#include <string_view>

#include "exit_code.hpp"
#include "traffic_package_arguments.hpp"
#include "traffic_package_commands.hpp"

/// @file
/// What --help of the program traffic_package shows: of the whole, and of a command.

inline std::string option_help(option_row const& option) {
    std::string line = "    " + std::string(option.name);
    line += option.placeholder.empty() ? "" : " " + std::string(option.placeholder);
    line.resize(std::max<std::string::size_type>(line.size(), 24), ' ');
    return line + "  " + std::string(option.help) + "\n";
}

/// The options that all commands have, or those that only this one has.
inline std::string options_help(command_row const* command) {
    std::string text;
    for (option_row const& each : options()) {
        if (command == nullptr ? is_for_all(each.name) : std::ranges::count(command->options, each.name) != 0) {
            text += option_help(each);
        }
    }
    return text;
}

inline std::string help_of(command_row const& command) {
    const std::string own = options_help(&command);
    return std::string(command.name) + ": " + std::string(command.summary) + ".\n\n    traffic_package " +
           std::string(command.name) + (command.needed.empty() ? "" : " " + std::string(command.needed)) +
           " [options]\n\n" + (command.text.empty() ? "" : std::string(command.text) + "\n\n") +
           (own.empty() ? "" : "Options:\n" + own + "\n") + "Options of all commands:\n" + options_help(nullptr) +
           "\nWhat the environment says, and the exit codes: traffic_package --help\n";
}

/// What is true of all commands.
inline constexpr std::string_view surroundings_help = R"(
Without --live and --endpoint it works on a cloud in memory that is gone at the end.

From the environment; an option goes before it:
    ZENLAYER_TOKEN          the account; or
    ZENLAYER_ACCESS_KEY_ID  and ZENLAYER_ACCESS_KEY_SECRET
    ZENLAYER_ENDPOINT       as --endpoint, with --live or when it is of this machine
    ZENLAYER_OUTPUT         as --output
    ZENLAYER_DEBUG          true: as --verbose
    NO_COLOR                not empty: no colour on a terminal

Results are written to standard output, all else to standard error. One job places at most one order, and a file remembers it before it is sent. As long as nobody knows what became of the order, the file stays and no other change of the instance is begun: look at the orders in the console, then use forget. All this holds for one user on one machine.

)";

inline std::string help() {
    std::string text = "Looks at, prices, changes and watches the traffic package of an instance.\n\n"
                       "    traffic_package COMMAND [options]\n\nCommands; each has a --help of its own:\n";
    for (command_row const& each : commands()) {
        std::string line = "    " + std::string(each.name);
        line.resize(14, ' ');
        text += line + "  " + std::string(each.summary) + "\n";
    }
    return text + "\nOptions of all commands:\n" + options_help(nullptr) + std::string(surroundings_help) +
           std::string(exit_code_help);
}

inline std::string help(arguments const& given) {
    command_row const* const command = find_command(given.command);
    return command == nullptr ? help() : help_of(*command);
}

#endif
