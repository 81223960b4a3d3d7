// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_COMMANDS_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_COMMANDS_HPP

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// @file
/// What can be typed: the commands and options of the program traffic_package. Parser, help and suggestions read these tables.

/// The arguments of the program.
struct arguments {
    std::string_view command{};
    std::string_view instance{};
    std::string_view size{};
    std::string_view service = "bmc";
    std::string_view endpoint{};
    std::string_view price_limit{};
    std::string_view deadline{};
    std::string_view month{};
    std::string_view output{};
    std::string_view shell{};
    /// its data() is null when it was not given, which is not the same as empty
    std::string_view state{};
    bool live = false;
    bool yes = false;
    bool dry_run = false;
    bool same_account = false;
    bool ledger = false;
    bool json = false;
    bool verbose = false;
    bool help = false;
    bool version = false;
};

/// A command, and what it takes besides the options of all.
struct command_row {
    std::string_view name;
    /// what cannot be left out, as it is typed
    std::string_view needed;
    std::string_view summary;
    /// what --help says below the summary
    std::string_view text;
    std::vector<std::string_view> options;
};

/// An option: either a word follows it, or it is a flag.
struct option_row {
    std::string_view name;
    /// what stands for the word that follows; empty for a flag
    std::string_view placeholder;
    std::string_view arguments::*text;
    bool arguments::*flag;
    std::string_view help;
};

inline std::vector<command_row> const& commands() {
    static const std::vector<command_row> rows{
        {"show", "", "what is known of one instance, or a list of all", "", {"--instance"}},
        {"price", "--instance ID --size TB", "what a change would cost; orders nothing", "", {"--instance", "--size"}},
        {"change", "--instance ID --size TB", "changes the package: looks, prices, asks, orders, waits",
         "One job places at most one order, and a file remembers it before it is sent. If it is interrupted, give the same "
         "command again, or watch: it looks for the order and places no other.",
         {"--instance", "--size", "--yes", "--dry-run", "--price-limit", "--deadline", "--ledger", "--same-account"}},
        {"cancel", "--instance ID", "takes back a downgrade that waits for the next billing cycle",
         "It asks, and remembers its order, as change does.",
         {"--instance", "--yes", "--dry-run", "--deadline", "--same-account"}},
        {"watch", "--instance ID", "goes on with an interrupted job, else waits for a change to end",
         "It orders nothing.", {"--instance", "--deadline", "--ledger", "--same-account"}},
        {"forget", "--instance ID", "gives up a job whose order nobody knows the fate of",
         "It shows what is known, and wants the id of the instance typed, on a terminal or from a pipe. --yes does not "
         "answer it. Look at the orders in the console first.",
         {"--instance", "--yes"}},
        {"balance", "", "what the account may spend", "", {}},
        {"bills", "--instance ID", "what was charged for an instance, this month and the one before", "",
         {"--instance", "--month"}},
        {"completion", "bash|zsh|fish", "a script by which a shell completes commands and options",
         "For bash: source <(traffic_package completion bash)", {}},
        {"manual", "", "a page for man", "To read it: traffic_package manual | man -l -", {}},
    };
    return rows;
}

inline std::vector<option_row> const& options() {
    using a = arguments;
    static const std::vector<option_row> rows{
        {"--instance", "ID", &a::instance, nullptr, "the instance"},
        {"--size", "TB", &a::size, nullptr, "the wanted package in terabytes, without a unit: 0.15 is 150 GB"},
        {"--yes", "", nullptr, &a::yes, "do not ask the one question of the job"},
        {"--dry-run", "", nullptr, &a::dry_run, "look, price and check, then stop: orders nothing, writes no file"},
        {"--price-limit", "P", &a::price_limit, nullptr,
         "do not order when it costs more, or nobody knows what it costs"},
        {"--deadline", "SECONDS", &a::deadline, nullptr, "give up after that time"},
        {"--ledger", "", nullptr, &a::ledger,
         "ask the ledger, too: warn when the price is above what the account may spend, show the receipt afterwards. "
         "Without the permission to read bills the job goes on as if nothing had been said"},
        {"--same-account", "", nullptr, &a::same_account,
         "endpoint or credential differ from those of the job, but the account is the same"},
        {"--month", "YYYYMM", &a::month, nullptr, "of that month"},
        {"--service", "bmc|vm", &a::service, nullptr, "bare metal, the default, or virtual machines"},
        {"--live", "", nullptr, &a::live, "the real cloud, for real money"},
        {"--endpoint", "HOST:PORT", &a::endpoint, nullptr,
         "a server on this machine, fake_cloud_server say; with --live any https://HOST[:PORT]"},
        {"--state", "FOLDER", &a::state, nullptr,
         "where jobs are kept, an absolute path; else $XDG_STATE_HOME/zenwire, else ~/.local/state/zenwire"},
        {"--output", "table|json", &a::output, nullptr, "for people, the default, or one JSON object on one line"},
        {"--json", "", nullptr, &a::json, "the same as --output json"},
        {"--verbose", "", nullptr, &a::verbose, "show each request and response, secrets masked"},
        {"--help", "", nullptr, &a::help, "this text; also -h"},
        {"--version", "", nullptr, &a::version, "the version of the program"},
    };
    return rows;
}

/// The options that each command takes; the rest of options() is for some.
inline bool is_for_all(std::string_view option) {
    const auto listed = [&](command_row const& row) { return std::ranges::count(row.options, option) != 0; };
    return std::ranges::none_of(commands(), listed);
}

inline bool takes(command_row const& command, std::string_view option) {
    return is_for_all(option) || std::ranges::count(command.options, option) != 0;
}

/// The first command that takes an option.
inline command_row const& first_with(std::string_view option) {
    return *std::ranges::find_if(commands(), [&](command_row const& row) { return takes(row, option); });
}

/// How many letters have to be changed, put in or taken out to make one text of the other.
inline std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

/// What was probably meant; empty when nothing is near.
inline std::string_view nearest(std::string_view typed, std::vector<std::string_view> const& names) {
    std::string_view best;
    std::size_t least = std::min(1 + std::max<std::size_t>(typed.size() / 3, 2), typed.size());
    for (const std::string_view name : names) {
        const bool is_beginning = typed.size() >= 2 && name.starts_with(typed);
        if (const std::size_t steps = is_beginning ? 0 : distance(typed, name); steps < least) {
            least = steps;
            best = name;
        }
    }
    return best;
}

#endif
