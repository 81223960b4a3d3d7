// SPDX-License-Identifier: BSL-1.0
#include "run_scenarios.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <list>
#include <optional>
#include <thread>

#include <sys/time.h>
#include <unistd.h>

#include "certificates.hpp"
#include "child.hpp"
#include "report_format.hpp"
#include "run_load.hpp"
#include "scenario_place.hpp"
#include "scenario_server.hpp"
#include "trust_file.hpp"

namespace transport_conformance {

namespace {

using clock = std::chrono::steady_clock;
using scenario = zenwire::transport_scenario;

constexpr auto time_to_arrive = std::chrono::milliseconds(150);

/// A handler that does nothing: signals of timers and children are of this kind in many programs. Every second program
/// restarts what they interrupt.
void send_signals(zenwire::milliseconds every, bool restarts) {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    action.sa_flags = restarts ? SA_RESTART : 0;
    ::sigaction(SIGALRM, &action, nullptr);
    const timeval time{0, static_cast<suseconds_t>(every.count()) * 1000};
    const itimerval timer{time, time};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void use_transport(scenario const& played, std::string const& authority, std::string const& ca_file,
                   factory const& transports, int out) {
    for (char const* const name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}) {
        ::unsetenv(name);
    }
    std::signal(SIGPIPE, SIG_DFL);
    if (played.signal_every.count() > 0) {
        send_signals(played.signal_every, played.is_https());
    }
    const sender send = transports({played.timeout, played.max_body, ca_file});
    for (std::size_t number = 0; number < played.expected.size(); ++number) {
        if (number > 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(played.between.count()));
        }
        const auto begin = clock::now();
        zenwire::transport_report report =
            make_scenario_request(played, authority, number).visit([&](auto const& request) { return send(request); });
        report.took = zenwire::milliseconds(
            std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begin).count());
        std::string text;
        put(text, report);
        write_all(out, text);
    }
    std::this_thread::sleep_for(time_to_arrive);  // for what a stack may still do by itself
}

/// A scenario that is being played.
class play {
public:
    play(row& result, certificates const& shown, std::string const& ca_file, factory const& transports)
        : result_(&result), place_(result.scenario.where) {
        result.skipped = place_.missing();
        if (!result.skipped.empty()) {
            return;
        }
        if (place_.listening() >= 0) {
            server_.emplace([&](int out, int stop) {
                std::signal(SIGPIPE, SIG_IGN);
                const auto seen = play_server(result.scenario, place_.authority(), shown, place_.listening(), stop);
                write_all(out, server_text(seen));
            });
        }
        client_.emplace([&](int out, int) {
            use_transport(result.scenario, place_.authority(), ca_file, transports, out);
        });
        for (std::size_t i = 0; i < result.scenario.expected.size(); ++i) {
            latest_ += std::chrono::milliseconds(result.scenario.timeout.count() + 6000);
        }
    }

    /// Goes on with it; whether it is over.
    bool is_over() {
        if (!result_->skipped.empty()) {
            return true;
        }
        if (!client_->has_ended() && clock::now() > latest_) {
            client_->end_now();
            result_->observed.hung = true;
        }
        if (!client_->has_ended()) {
            return false;
        }
        if (!ended_) {
            ended_ = clock::now();
        }
        if (server_ && clock::now() > *ended_ + time_to_arrive) {
            server_->stop();
        }
        if (server_ && !server_->has_ended()) {
            return false;
        }
        judge();
        return true;
    }

private:
    static std::string server_text(zenwire::transport_observation const& seen) {
        std::string text;
        put(text, seen.received.size());
        for (std::string const& each : seen.received) {
            put(text, each);
        }
        put(text, seen.unread);
        put(text, seen.bytes_said);
        return text;
    }

    void judge() {
        zenwire::transport_observation& observed = result_->observed;
        report_reader told(client_->text());
        while (!told.is_empty()) {
            zenwire::transport_report report = told.report();
            if (told.is_whole()) {
                observed.reports.push_back(std::move(report));
            }
        }
        observed.abrupt_end = observed.hung ? "" : client_->abrupt_end();
        if (server_) {
            report_reader seen(server_->text());
            for (std::uint64_t left = seen.number(); left > 0 && seen.is_whole(); --left) {
                observed.received.push_back(seen.text());
            }
            observed.unread = seen.number();
            observed.bytes_said = seen.number();
            if (!seen.is_whole()) {
                result_->skipped = "the server of the scenario failed";
            }
        }
        result_->verdict = judge_transport(result_->scenario, place_.authority(), observed);
    }

    row* result_;
    scenario_place place_;
    std::optional<child> server_{};
    std::optional<child> client_{};
    clock::time_point latest_ = clock::now();
    std::optional<clock::time_point> ended_{};
};

std::string reported(row const& of) {
    std::string text;
    for (zenwire::transport_report const& each : of.observed.reports) {
        text += text.empty() ? "" : ", ";
        switch (each.outcome) {
        case zenwire::transport_outcome::response: text += std::to_string(each.status); break;
        case zenwire::transport_outcome::not_sent: text += "not_sent"; break;
        case zenwire::transport_outcome::unknown: text += "unknown"; break;
        case zenwire::transport_outcome::threw: text += "threw"; break;
        }
    }
    return text.empty() ? "nothing" : text;
}

/// What may cost money is never waived.
bool may_be_waived(zenwire::transport_duty duty) {
    return duty != zenwire::transport_duty::sends_once && duty != zenwire::transport_duty::follows_no_redirect &&
           duty != zenwire::transport_duty::not_sent_only_when_sure &&
           duty != zenwire::transport_duty::verifies_certificate;
}

int run_loads(factory const& transports, std::size_t count) {
    bool is_right = true;
    for (const bool over_tls : {false, true}) {
        const load_result result = run_load(transports, count, over_tls, 1);
        std::cout << (over_tls ? "https: " : "http:  ") << result << "\n";
        is_right = is_right && result.is_whole && result.repeated == 0 && result.untrue == 0;
    }
    return is_right ? 0 : 1;
}

bool is_fault(row const& of) { return of.skipped.empty() && of.waived.empty() && !of.verdict.kept; }

}  // namespace

std::vector<row> run_scenarios(factory const& transports, options const& how) {
    const certificates shown;
    const trust_file trusted(shown.trusted());
    std::vector<row> rows;
    for (scenario& each : zenwire::transport_scenarios()) {
        if (each.name.find(how.only) != std::string::npos) {
            rows.emplace_back().scenario = std::move(each);
        }
    }
    std::list<play> playing;
    for (auto next = rows.begin(); next != rows.end() || !playing.empty();) {
        while (next != rows.end() && playing.size() < how.at_once) {
            playing.emplace_back(*next++, shown, trusted.path(), transports);
        }
        playing.remove_if([](play& each) { return each.is_over(); });
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (row& each : rows) {
        for (waiver const& one : how.waived) {
            const bool is_meant = each.scenario.name.starts_with(one.scenario);
            if (!each.verdict.kept && is_meant && may_be_waived(each.verdict.duty)) {
                each.waived = one.reason;
            }
        }
    }
    return rows;
}

std::vector<row> faults(std::vector<row> const& rows) {
    std::vector<row> result;
    std::ranges::copy_if(rows, std::back_inserter(result), is_fault);
    return result;
}

void print_table(std::ostream& to, std::vector<row> const& rows, bool only_faults) {
    for (row const& each : rows) {
        if (only_faults && each.verdict.kept && each.skipped.empty()) {
            continue;
        }
        to << std::left << std::setw(25) << to_string(each.scenario.duty) << std::setw(70) << each.scenario.name;
        if (!each.skipped.empty()) {
            to << "skipped: " << each.skipped << "\n";
            continue;
        }
        to << std::setw(20) << reported(each) << each.verdict.on_the_wire << "x ";
        if (each.verdict.kept) {
            to << "ok\n";
        } else {
            to << (each.waived.empty() ? "FAULT " : "waived ") << to_string(each.verdict.duty) << ": " << each.verdict.why
               << (each.waived.empty() ? "" : " (" + each.waived + ")") << "\n";
        }
    }
    const auto count = [&](auto condition) { return std::ranges::count_if(rows, condition); };
    to << rows.size() << " scenarios, " << count(is_fault) << " faults, "
       << count([](row const& each) { return each.skipped.empty() && !each.waived.empty(); }) << " waived, "
       << count([](row const& each) { return !each.skipped.empty(); }) << " skipped\n";
}

int run_program(int argument_count, char** arguments, factory const& transports, std::vector<waiver> waived) {
    options how;
    how.waived = std::move(waived);
    bool only_faults = false;
    for (int i = 1; i < argument_count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--faults") {
            only_faults = true;
        } else if (argument == "--only" && i + 1 < argument_count) {
            how.only = arguments[++i];
        } else if (argument == "--load" && i + 1 < argument_count) {
            return run_loads(transports, std::stoul(arguments[++i]));
        } else if (argument == "--list") {
            for (scenario const& each : zenwire::transport_scenarios()) {
                std::cout << to_string(each.duty) << ": " << each.name << "\n";
            }
            return 0;
        } else {
            std::cerr << "usage: " << arguments[0] << " [--faults] [--only TEXT] [--list] [--load COUNT]\n";
            return 2;
        }
    }
    const std::vector<row> rows = run_scenarios(transports, how);
    if (rows.empty()) {
        std::cerr << "no scenario has that in its name\n";
        return 2;
    }
    print_table(std::cout, rows, only_faults);
    return faults(rows).empty() ? 0 : 1;
}

}  // namespace transport_conformance
