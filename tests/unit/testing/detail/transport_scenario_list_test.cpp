// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/transport_scenario_list.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/http/http1_response.hpp>

#include "../sent_request.hpp"

namespace {

using namespace transport_kit_tests;
using zenwire::transport_duty;
using zenwire::transport_observation;
using zenwire::transport_outcome;
using zenwire::transport_report;
using zenwire::transport_scenario;

/// The server of a scenario, and a transport that keeps all duties, without a network and without a clock. It keeps connections
/// that may be kept, or none.
class perfect_transport {
public:
    perfect_transport(transport_scenario const& played, bool keeps_connections)
        : scenario_(played), keeps_connections_(keeps_connections) {}

    transport_observation run() && {
        for (std::size_t number = 0; number < scenario_.expected.size(); ++number) {
            send(number);
        }
        return std::move(observed_);
    }

private:
    using step = transport_scenario::step;
    using kind = step::kind;
    using place = transport_scenario::place;

    void send(std::size_t number) {
        std::vector<char> head(8192);
        std::vector<char> body(scenario_.max_body);
        std::vector<zenwire::field_position> positions(48);
        zenwire::http1_response response(head, positions, body);
        transport_report report;
        report.gives_fields = true;
        elapsed_ = 0;
        if (!connect()) {
            report.outcome = transport_outcome::not_sent;
        } else if (!serve(response, number)) {
            report.outcome = transport_outcome::unknown;
            is_open_ = false;
        } else {
            report.outcome = transport_outcome::response;
            const zenwire::response_view seen = response.view();
            report.status = seen.status;
            report.body = seen.body;
            for (const zenwire::field each : seen.fields) {
                report.fields.push_back({std::string(each.name), std::string(each.value)});
            }
            const bool is_awaited = next_ < steps_.size() && (steps_[next_].what == kind::read_request ||
                                                              steps_[next_].what == kind::await_unread);
            is_open_ = is_open_ && keeps_connections_ && is_awaited && response.may_keep_connection();
        }
        report.took = zenwire::milliseconds(elapsed_);
        observed_.reports.push_back(std::move(report));
    }

    /// Whether there is a connection to the server, with a session of TLS if it is https.
    bool connect() {
        if (is_open_) {
            return true;
        }
        if (scenario_.where == place::silent) {
            elapsed_ = scenario_.timeout.count();
        }
        if (scenario_.where == place::silent || scenario_.where == place::refusing ||
            scenario_.where == place::nameless) {
            return false;
        }
        steps_ = has_connected_ ? scenario_.later : scenario_.first;
        has_connected_ = true;
        next_ = 0;
        if (!steps_.empty() && steps_.front().what == kind::stay_plain) {
            const bool ends = steps_.back().what == kind::close || steps_.back().what == kind::reset;
            elapsed_ = ends ? 0 : scenario_.timeout.count();
            return false;
        }
        is_open_ = !scenario_.is_https() || scenario_.certificate == transport_scenario::tls::right;
        return is_open_;
    }

    /// Plays the server until the response is complete, or will never be.
    bool serve(zenwire::http1_response& response, std::size_t number) {
        bool is_sent = false;
        while (next_ < steps_.size()) {
            step const& each = steps_[next_];
            const bool reads = each.what == kind::read_request || each.what == kind::read_head ||
                               each.what == kind::read_part || each.what == kind::await_unread;
            if (reads && is_sent) {
                break;
            }
            ++next_;
            is_sent = is_sent || reads;
            if (each.what == kind::await_unread) {
                ++observed_.unread;
            } else if (reads) {
                observed_.received.push_back(sent(scenario_, number));
            }
            if (!play(each, response) || elapsed_ >= scenario_.timeout.count()) {
                return false;
            }
            if (response.view().status != 0) {
                return true;
            }
        }
        elapsed_ = scenario_.timeout.count();
        return false;
    }

    /// Plays one step. False when nothing can follow it.
    bool play(step const& each, zenwire::http1_response& response) {
        switch (each.what) {
        case kind::say: return take(each.text, response);
        case kind::trickle: elapsed_ += static_cast<std::int64_t>(each.text.size()); return take(each.text, response);
        case kind::drip:
            while (elapsed_ < scenario_.timeout.count() && response.view().status == 0) {
                elapsed_ += static_cast<std::int64_t>(each.count);
                if (!take(each.text, response)) {
                    return false;
                }
            }
            return true;
        case kind::fill:
            for (std::size_t said = 0; said < each.count && response.view().status == 0; said += each.text.size()) {
                if (!take(each.text, response)) {
                    return false;
                }
            }
            return true;
        case kind::pause: elapsed_ += static_cast<std::int64_t>(each.count); return true;
        case kind::close:
        case kind::end_session: is_open_ = false; return response.end_of_input().has_value();
        case kind::cut: is_open_ = false; return !scenario_.is_https() && response.end_of_input().has_value();
        case kind::reset: is_open_ = false; return false;
        default: return true;
        }
    }
    bool take(std::string const& bytes, zenwire::http1_response& response) {
        observed_.bytes_said += bytes.size();
        return response.feed(bytes).has_value();
    }

    transport_scenario const& scenario_;
    bool keeps_connections_;
    transport_observation observed_{};
    std::vector<step> steps_{};
    std::size_t next_ = 0;
    std::int64_t elapsed_ = 0;
    bool is_open_ = false;
    bool has_connected_ = false;
};

}  // namespace

TEST_CASE("a transport that keeps all duties passes every scenario, and none keeps it waiting for long") {
    for (transport_scenario const& each : zenwire::transport_scenarios()) {
        for (const bool keeps : {false, true}) {
            CAPTURE(each.name);
            CAPTURE(keeps);
            const transport_observation observed = perfect_transport(each, keeps).run();
            const zenwire::transport_verdict verdict = judge_transport(each, here, observed);
            CAPTURE(verdict.why);
            CHECK(verdict.kept);
            for (transport_report const& report : observed.reports) {
                CHECK(report.took.count() <= 1000);
            }
        }
    }
}

TEST_CASE("there are as many scenarios as the page on transports says") {
    CHECK(zenwire::transport_scenarios().size() == 202);
}

TEST_CASE("a connection that breaks off before any response is about sending once, later about the part that came") {
    std::set<std::string> sent_once;
    std::set<std::string> parts;
    for (transport_scenario const& each : zenwire::transport_scenarios()) {
        if (each.name.starts_with("the server closes ") && !each.is_https()) {
            (each.duty == transport_duty::sends_once ? sent_once : parts).insert(each.name.substr(18));
        }
    }
    CHECK(sent_once.contains("after the request"));
    for (const char* const part : {"after an interim response", "within the status line", "within the head of the response",
                                   "before the body", "within the body", "within a chunk", "before the last chunk"}) {
        CAPTURE(part);
        CHECK(parts.contains(part));
    }
}

TEST_CASE("every place is tried without and with TLS, and so is every duty but the one about certificates") {
    std::set<std::pair<transport_scenario::place, bool>> places;
    std::set<std::pair<transport_duty, bool>> duties;
    for (transport_scenario const& each : zenwire::transport_scenarios()) {
        places.emplace(each.where, each.is_https());
        duties.emplace(each.duty, each.is_https());
    }
    CHECK(places.size() == 2 * 7);
    CHECK(duties.size() == 2 * 12 - 1);
}
