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

/// @return null when there is no such command
inline command_row const* find_command(std::string_view name) {
    const auto found = std::ranges::find(commands(), name, &command_row::name);
    return found == commands().end() ? nullptr : &*found;
}

inline option_row const* find_option(std::string_view name) {
    const auto found = std::ranges::find(options(), name == "-h" ? "--help" : name, &option_row::name);
    return found == options().end() ? nullptr : &*found;
}

/// What ends a message about a command line.
/// @param command null when none was understood
inline std::string how_to_type(command_row const* command) {
    const std::string name = command == nullptr ? "" : " " + std::string(command->name);
    const std::string needed = command == nullptr || command->needed.empty() ? "" : " " + std::string(command->needed);
    return (command == nullptr ? "" : "\nUsage: traffic_package" + name + needed + " [options]") +
           "\nTry: traffic_package" + name + " --help";
}

/// What may be said, for a message: "bmc or vm".
inline std::string choice_text(std::vector<std::string_view> const& words, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
        text += words[i];
    }
    return text;
}

/// @param name of an option, or of a variable of the environment, that has a set of values
/// @throw usage_error when the value is none of them
inline void check_choice(std::string_view name, std::string_view value, std::vector<std::string_view> const& allowed) {
    if (std::ranges::count(allowed, value) == 0) {
        throw usage_error(std::string(name) + " must be " + choice_text(allowed, "or") +
                          (value.empty() ? "" : ", not \"" + std::string(value) + "\""));
    }
}

/// @throw usage_error always
[[noreturn]] inline void refuse_command(std::string_view typed) {
    std::vector<std::string_view> names;
    for (command_row const& each : commands()) {
        names.push_back(each.name);
    }
    const std::string_view meant = nearest(typed, names);
    throw usage_error((typed.empty() ? "a command is missing" : "there is no command \"" + std::string(typed) + "\"") +
                      (meant.empty() ? "; the commands are " + choice_text(names, "and")
                                     : "; did you mean " + std::string(meant) + "?"));
}

/// @param command null when none was typed yet
/// @throw usage_error always
[[noreturn]] inline void refuse_option(std::string_view typed, command_row const* command) {
    const std::string name(typed);
    if (!typed.starts_with('-')) {
        const bool takes_instance = command != nullptr && takes(*command, "--instance");
        throw usage_error("\"" + name + "\" is one word too many" +
                          (takes_instance ? "; an instance is given as --instance ID" : ""));
    }
    if (find_option(typed) != nullptr) {
        throw usage_error(command == nullptr ? name + " comes after its command, as in traffic_package " +
                                                   std::string(first_with(typed).name) + " " + name
                                             : "the command " + std::string(command->name) + " has no option " + name);
    }
    std::vector<std::string_view> names;
    for (option_row const& each : options()) {
        if (command == nullptr || takes(*command, each.name)) {
            names.push_back(each.name);
        }
    }
    const std::string_view meant = nearest(typed, names);
    throw usage_error("there is no option " + name +
                      (meant.empty() ? "" : "; did you mean " + std::string(meant) + "?"));
}

/// Takes one option, and its word where it has one.
/// @param index of the option
/// @param command null when none was typed yet
/// @return how many words were read
inline std::size_t take_option(arguments& result, std::vector<std::string_view> const& all, std::size_t index,
                               command_row const* command) {
    const std::string_view typed = all[index];
    const std::size_t sign = typed.starts_with("--") ? typed.find('=') : std::string_view::npos;
    const std::string_view name = typed.substr(0, sign);
    option_row const* const option = find_option(name);
    if (option == nullptr || !(command == nullptr ? is_for_all(option->name) : takes(*command, option->name))) {
        refuse_option(name, command);
    }
    if (option->flag != nullptr) {
        if (sign != std::string_view::npos) {
            throw usage_error(std::string(name) + " takes no value");
        }
        result.*option->flag = true;
        return 1;
    }
    const bool is_joined = sign != std::string_view::npos;
    if (!is_joined && (index + 1 == all.size() || find_option(all[index + 1]) != nullptr)) {
        throw usage_error("a value is missing: " + std::string(name) + " " + std::string(option->placeholder));
    }
    result.*option->text = is_joined ? typed.substr(sign + 1) : all[index + 1];
    return is_joined ? 1 : 2;
}

/// Whether all that a command needs was said, and nothing that means nothing.
/// @throw usage_error
inline void check(arguments const& given, command_row const& command) {
    for (const std::string_view name : {"--instance", "--size"}) {
        if (command.needed.find(name) != std::string_view::npos && (given.*find_option(name)->text).empty()) {
            throw usage_error(std::string(name) + " is missing");
        }
    }
    if (command.name == "completion") {
        check_choice("the shell", given.shell, {"bash", "zsh", "fish"});
    }
    check_choice("--service", given.service, {"bmc", "vm"});
    if (!given.output.empty()) {
        check_choice("--output", given.output, {"table", "json"});
    }
    if (given.json && given.output == "table") {
        throw usage_error("--json and --output table exclude each other");
    }
}

/// @param result also what was understood before an error
/// @throw usage_error when they are not as the tables of traffic_package_commands.hpp say
inline void parse_arguments(std::vector<std::string_view> const& all, arguments& result) {
    command_row const* command = nullptr;
    for (std::size_t i = 0; i < all.size();) {
        const bool is_word = !all[i].starts_with('-');
        if (is_word && result.command == "completion" && result.shell.empty()) {
            result.shell = all[i++];
            continue;
        }
        if (!is_word || command != nullptr) {
            i += take_option(result, all, i, command);
            continue;
        }
        if (all[i] == "help" || all[i].empty()) {
            result.help = result.help || all[i] == "help";
        } else if (command = find_command(all[i]); command == nullptr) {
            refuse_command(all[i]);
        } else {
            result.command = command->name;
        }
        ++i;
    }
    if (result.help || result.version) {
        return;
    }
    if (command == nullptr) {
        refuse_command("");
    }
    check(result, *command);
    result.json = result.json || result.output == "json";
}

#endif
