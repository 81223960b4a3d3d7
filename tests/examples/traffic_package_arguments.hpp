// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_ARGUMENTS_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_ARGUMENTS_HPP

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

/// The arguments of the program traffic_package.
struct arguments {
    std::string_view command;
    std::string_view instance;
    std::string_view size;
    std::string_view service = "bmc";
    std::string_view endpoint;
    std::string_view price_limit;
    std::string_view deadline;
    std::string_view month;
    /// its data() is null when it was not given, which is not the same as empty
    std::string_view state{};
    bool live = false;
    bool yes = false;
    bool same_account = false;
    bool ledger = false;
    bool json = false;
    bool verbose = false;
};

/// What --help shows before the table of exit codes.
inline constexpr std::string_view usage = R"(Looks at, prices, changes and watches the traffic package of an instance.

    traffic_package show   [--instance ID]           what is known of one instance, or a list of all
    traffic_package price  --instance ID --size TB   what a change would do and cost; orders nothing
    traffic_package change --instance ID --size TB   changes it: looks, prices, asks, orders, and waits for the effect
    traffic_package cancel --instance ID             takes back a downgrade that waits for the next billing cycle
    traffic_package watch  --instance ID             goes on with a job that was interrupted, and orders nothing; where there
                                                     is none it waits until no change is under way
    traffic_package forget --instance ID             gives up a job whose order nobody knows the fate of: shows what is known,
                                                     and wants the instance's id typed, on a terminal or from a pipe
    traffic_package balance                          what the account may spend
    traffic_package bills  --instance ID             what was charged for the instance, this month and the one before

    --service bmc|vm     bare metal (the default) or virtual machines
    --live               the real cloud, for real money
    --endpoint HOST:PORT a server on this machine, fake_cloud_server say; with --live any https://HOST[:PORT]
                         Without --live and --endpoint it works on a cloud in memory that is gone at the end.
    --yes                change, cancel: do not ask the one question of the job; it never answers forget's
    --same-account       the endpoint or the credential differs from that of the job, but the account is the same
    --ledger             change, watch: ask the ledger, too. Before the order: a warning when the price is above what the
                         account may spend; when the job ends: the receipt, or what was bought meanwhile. Needs the permission
                         to read bills; without it the job goes on as if nothing had been said
    --month YYYYMM       bills: of that month
    --price-limit P      change: do not order when it costs more, or nobody knows what it costs
    --deadline SECONDS   change, cancel, watch: give up after that time
    --state FOLDER       where jobs are kept, one for each instance, an absolute path; else $XDG_STATE_HOME/zenwire, else
                         ~/.local/state/zenwire
    --json               one JSON object on standard output, everything else on standard error
    --verbose            shows each request and response, secrets masked

The account comes from ZENLAYER_TOKEN, else from ZENLAYER_ACCESS_KEY_ID and ZENLAYER_ACCESS_KEY_SECRET.

One job places at most one order, and a file remembers it before it is sent. Interrupted, by Ctrl-C, SIGTERM or a power cut,
give the same command again, or watch: it looks for the order and places no other. As long as nobody knows what became of the
order, the file stays and no other change of the instance is begun: look at the instance and at the orders in the console,
then use forget. All this holds for one user on one machine; against a second program elsewhere nothing protects.

)";

/// @throw std::invalid_argument when they are not as `usage` says
inline arguments parse_arguments(int count, char** values) {
    const auto fail = [](std::string const& why) { throw std::invalid_argument(why); };
    arguments result;
    if (count < 2) {
        fail("a command is missing");
    }
    result.command = values[1];
    const std::pair<std::string_view, std::string_view*> texts[] = {
        {"--instance", &result.instance}, {"--size", &result.size},   {"--service", &result.service},
        {"--endpoint", &result.endpoint}, {"--state", &result.state}, {"--price-limit", &result.price_limit},
        {"--deadline", &result.deadline}, {"--month", &result.month}};
    const std::pair<std::string_view, bool*> flags[] = {{"--live", &result.live},
                                                        {"--yes", &result.yes},
                                                        {"--same-account", &result.same_account},
                                                        {"--ledger", &result.ledger},
                                                        {"--json", &result.json},
                                                        {"--verbose", &result.verbose}};
    for (int i = 2; i < count; ++i) {
        const std::string_view name = values[i];
        bool is_known = false;
        for (auto const& [flag, place] : flags) {
            if (flag == name) {
                *place = is_known = true;
            }
        }
        for (auto const& [text, place] : texts) {
            if (text == name) {
                is_known = true;
                if (++i == count) {
                    fail("a value is missing after " + std::string(name));
                }
                *place = values[i];
            }
        }
        if (!is_known) {
            fail("unknown argument: " + std::string(name));
        }
    }
    const bool needs_size = result.command == "price" || result.command == "change";
    const bool may_order = result.command == "change" || result.command == "watch";
    const bool is_known = needs_size || may_order || result.command == "show" || result.command == "cancel" ||
                          result.command == "forget" || result.command == "balance" || result.command == "bills";
    if (!is_known) {
        fail("unknown command: " + std::string(result.command));
    }
    if (result.instance.empty() && result.command != "show" && result.command != "balance") {
        fail("--instance is needed");
    }
    if (!result.instance.empty() && result.command == "balance") {
        fail("a balance is the account's, not an instance's");
    }
    if (result.ledger && !may_order) {
        fail("--ledger is for change and watch only");
    }
    if (!result.month.empty() && result.command != "bills") {
        fail("--month is for bills only");
    }
    if (needs_size == result.size.empty()) {
        fail(needs_size ? "--size is needed" : "--size is for price and change only");
    }
    if (result.service != "bmc" && result.service != "vm") {
        fail("--service must be bmc or vm");
    }
    return result;
}

#endif
