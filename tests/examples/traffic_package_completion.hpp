// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_COMPLETION_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_COMPLETION_HPP

#include <algorithm>
#include <string>
#include <string_view>

#include <zenwire/base/config.hpp>

#include "exit_code.hpp"
#include "traffic_package_commands.hpp"
#include "traffic_package_help.hpp"

/// @file
/// What the program traffic_package tells shells and man of itself, made from the tables of its commands and options.

/// The names of the options of one command, or of all commands, each with a blank in front.
inline std::string option_names(command_row const* command) {
    std::string names;
    for (option_row const& each : options()) {
        const bool is_wanted = command == nullptr ? is_for_all(each.name) : takes(*command, each.name);
        names += is_wanted ? " " + std::string(each.name) : "";
    }
    return names;
}

inline std::string command_names(std::string_view separator) {
    std::string names;
    for (command_row const& each : commands()) {
        names += (names.empty() ? "" : std::string(separator)) + std::string(each.name);
    }
    return names;
}

/// The words that can follow, of a placeholder like bmc|vm; empty when it can be any.
inline std::string choices(std::string_view placeholder) {
    std::string words(placeholder.find('|') == std::string_view::npos ? "" : placeholder);
    std::ranges::replace(words, '|', ' ');
    return words;
}

/// The beginning of a help text, in single quotes for a shell.
inline std::string shell_text(std::string_view help) {
    std::string text = "'";
    for (const char each : help.substr(0, help.find_first_of(":;"))) {
        text += each == '\'' ? "'\\''" : std::string(1, each);
    }
    return text + "'";
}

inline std::string bash_completion() {
    std::string text = "_traffic_package() {\n"
                       "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= each words=\n"
                       "    for each in \"${COMP_WORDS[@]:1:COMP_CWORD - 1}\"; do\n"
                       "        case $each in\n        " + command_names(" | ") + ") command=$each && break ;;\n"
                       "        esac\n"
                       "    done\n"
                       "    case $before in\n";
    for (option_row const& each : options()) {
        if (each.text != nullptr) {
            const std::string words = choices(each.placeholder);
            text += "    " + std::string(each.name) + ") " +
                    (each.placeholder == "FOLDER" ? "COMPREPLY=($(compgen -d -- \"$word\")) && return"
                     : words.empty()              ? "return"
                                                  : "words='" + words + "'") +
                    " ;;\n";
        }
    }
    text += "    *)\n        case $command in\n        '') words='" + command_names(" ") + option_names(nullptr) + "' ;;\n";
    for (command_row const& each : commands()) {
        const std::string words = choices(each.needed);
        text += "        " + std::string(each.name) + ") words='" + words + option_names(&each) + "' ;;\n";
    }
    return text + "        esac ;;\n    esac\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
                  "complete -F _traffic_package traffic_package\n";
}

inline std::string zsh_completion() {
    std::string text = "#compdef traffic_package\n_traffic_package() {\n    local -a commands=(\n";
    for (command_row const& each : commands()) {
        text += "        " + std::string(each.name) + ":" + shell_text(each.summary) + "\n";
    }
    text += "    )\n    (( CURRENT == 2 )) && { _describe command commands; return; }\n    case $words[2] in\n";
    for (command_row const& command : commands()) {
        text += "    " + std::string(command.name) + ") _arguments '1: :'";
        if (const std::string words = choices(command.needed); !words.empty()) {
            text += " '2:word:(" + words + ")'";
        }
        for (option_row const& each : options()) {
            if (takes(command, each.name)) {
                const std::string words = choices(each.placeholder);
                text += " \\\n        " + std::string(each.name) + "'['" + shell_text(each.help) + "']" +
                        (each.text == nullptr             ? ""
                         : each.placeholder == "FOLDER" ? ":folder:_files -/"
                         : words.empty()                  ? ":" + std::string(each.name.substr(2)) + ": "
                                                          : ":word:(" + words + ")") +
                        "'";
            }
        }
        text += " ;;\n";
    }
    return text + "    esac\n}\n"
                  "[[ ${funcstack[1]} == _traffic_package ]] && _traffic_package \"$@\" || compdef _traffic_package traffic_package\n";
}

inline std::string fish_completion() {
    const std::string begin = "complete -c traffic_package ";
    std::string text = begin + "-f\n";
    for (command_row const& each : commands()) {
        const std::string name(each.name);
        text += begin + "-n __fish_use_subcommand -a " + name + " -d " + shell_text(each.summary) + "\n";
        if (const std::string words = choices(each.needed); !words.empty()) {
            text += begin + "-n '__fish_seen_subcommand_from " + name + "' -a '" + words + "'\n";
        }
    }
    for (option_row const& each : options()) {
        std::string names;
        for (command_row const& command : commands()) {
            names += takes(command, each.name) && !is_for_all(each.name) ? " " + std::string(command.name) : "";
        }
        const std::string words =
            each.placeholder == "FOLDER" ? "(__fish_complete_directories)" : choices(each.placeholder);
        text += begin + (names.empty() ? "" : "-n '__fish_seen_subcommand_from" + names + "' ") + "-l " +
                std::string(each.name.substr(2)) + (each.text == nullptr ? "" : " -x") +
                (words.empty() ? "" : " -a '" + words + "'") + " -d " + shell_text(each.help) + "\n";
    }
    return text;
}

inline std::string completion(std::string_view shell) {
    return shell == "bash" ? bash_completion() : shell == "zsh" ? zsh_completion() : fish_completion();
}

/// A text as man sees it: a hyphen is one that can be copied, and a line begins with none of man's signs.
inline std::string man_text(std::string_view text) {
    std::string result;
    for (const char each : text) {
        const bool is_at_begin = result.empty() || result.back() == '\n';
        result += is_at_begin && (each == '.' || each == '\'') ? "\\&" : "";
        result += each == '-' ? "\\-" : each == '\\' ? "\\e" : std::string(1, each);
    }
    return result;
}

inline std::string manual() {
    std::string text = ".TH TRAFFIC_PACKAGE 1 \"\" \"zenwire " + std::string(zenwire::version_text) +
                       "\"\n.SH NAME\ntraffic_package \\- the traffic package of an instance\n.SH SYNOPSIS\n"
                       ".B traffic_package\n.I COMMAND\n[options]\n.SH COMMANDS\n";
    for (command_row const& each : commands()) {
        text += ".TP\n.B " + std::string(each.name) + " " + man_text(each.needed) + "\n" + man_text(each.summary) + ".\n" +
                man_text(each.text) + (each.text.empty() ? "" : "\n");
    }
    text += ".SH OPTIONS\n";
    for (option_row const& each : options()) {
        std::string names;
        for (command_row const& command : commands()) {
            names += takes(command, each.name) ? (names.empty() ? "" : ", ") + std::string(command.name) : "";
        }
        text += ".TP\n.B " + man_text(each.name) + " " + std::string(each.placeholder) + "\n" + man_text(each.help) + ".\n" +
                (is_for_all(each.name) ? "" : "Of " + names + ".\n");
    }
    return text + ".SH NOTES\n.nf\n" + man_text(surroundings_help) + ".SH EXIT STATUS\n.nf\n" + man_text(exit_code_help);
}

#endif
