// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/detail/observation.hpp>

#include <optional>
#include <string_view>

#include <doctest/doctest.h>

#include "../../samples.hpp"

namespace {

using zenwire::modification_status;
using zenwire::observed_package;
using zenwire::detail::appraise;
using zenwire::detail::complete_look;
using zenwire::detail::observed_goal;
using zenwire::detail::sighting;
using change = observed_package::change_state;
using size = std::optional<zenwire::traffic_package_size>;

size terabytes(std::string_view text) { return text.empty() ? size() : size(sample::size(text)); }

struct told {
    std::string_view id;
    std::string_view size_now;
    std::optional<std::string_view> status;
    std::string_view next;
};

std::optional<observed_package> look(told const& what) {
    zenwire::describe_instance_internet_status::response response;
    response.instance_id = what.id;
    response.size = terabytes(what.size_now);
    if (what.status) {
        response.modified_traffic_package_status = modification_status::parse(*what.status);
    }
    response.modified_size = terabytes(what.next);
    return complete_look(response, "i-1");
}

observed_package idle(std::string_view now) { return {sample::size(now)}; }
observed_package processing(std::string_view now, std::string_view next) {
    return {sample::size(now), change::processing, terabytes(next)};
}
observed_package planned(std::string_view now, std::string_view next) {
    return {sample::size(now), change::planned, terabytes(next)};
}

sighting for_change(observed_package const& seen, observed_package const& before = idle("1")) {
    return appraise(seen, observed_goal{false, sample::size("2"), before});
}
sighting for_cancel(observed_package const& seen) {
    return appraise(seen, observed_goal{true, {}, planned("1", "0.5")});
}

}  // namespace

TEST_CASE("idle is no change told, or Enable, with no planned size or the size itself") {
    for (const std::optional<std::string_view> status :
         {std::optional<std::string_view>(), std::optional<std::string_view>(""), std::optional<std::string_view>("Enable")}) {
        CHECK(look({"i-1", "1", status, ""}) == idle("1"));
        CHECK(look({"i-1", "1", status, "1"}) == idle("1"));
    }
}

TEST_CASE("a change is told by a known word and its planned size") {
    for (const std::string_view word : {"Processing", "Process", "CHANGING"}) {
        CHECK(look({"i-1", "1", word, "2"}) == processing("1", "2"));
    }
    CHECK(look({"i-1", "1", "WaitToEnable", "0.5"}) == planned("1", "0.5"));
}

TEST_CASE("every other look proves nothing") {
    const told cases[] = {
        {"", "", {}, ""},                       // {}
        {"i-2", "1", "Enable", ""},             // another instance
        {"", "1", "Enable", ""},                // none
        {"i-1", "", "Enable", ""},              // no size
        {"i-1", "1", "Repaired", ""},           // an unknown word
        {"i-1", "1", "Repaired", "2"},          //
        {"i-1", "1", "Enable", "2"},            // no change, and another planned size
        {"i-1", "1", {}, "2"},                  //
        {"i-1", "1", "", "2"},                  //
        {"i-1", "1", "Processing", ""},         // a change to nothing
        {"i-1", "1", "WaitToEnable", ""},       //
    };
    for (told const& each : cases) {
        CAPTURE(each.id);
        CAPTURE(each.size_now);
        CAPTURE(each.status.value_or("none"));
        CAPTURE(each.next);
        CHECK_FALSE(look(each).has_value());
    }
    CHECK(appraise(std::nullopt, observed_goal{false, sample::size("2"), idle("1")}) == sighting::unclear);
    CHECK(appraise(std::nullopt, observed_goal{true, {}, idle("1")}) == sighting::unclear);
}

TEST_CASE("what a look is worth for a change") {
    CHECK(for_change(idle("2")) == sighting::reached);
    CHECK(for_change(planned("2", "1")) == sighting::reached_and_more);
    CHECK(for_change(processing("2", "3")) == sighting::reached_and_more);
    CHECK(for_change(processing("1", "2")) == sighting::under_way);
    CHECK(for_change(processing("3", "2")) == sighting::under_way);
    CHECK(for_change(processing("2", "2")) == sighting::under_way);
    CHECK(for_change(planned("2", "2")) == sighting::planned);
    CHECK(for_change(planned("3", "2")) == sighting::planned);
    CHECK(for_change(idle("1")) == sighting::unchanged);
    CHECK(for_change(idle("3")) == sighting::foreign);
    CHECK(for_change(processing("1", "3")) == sighting::foreign);
    CHECK(for_change(planned("1", "0.5")) == sighting::foreign);
}

TEST_CASE("unchanged is the same size, the same kind of change and the same planned size") {
    CHECK(for_change(planned("1", "0.5"), planned("1", "0.5")) == sighting::unchanged);
    CHECK(for_change(planned("1", "0.4"), planned("1", "0.5")) == sighting::foreign);
    CHECK(for_change(processing("1", "0.5"), planned("1", "0.5")) == sighting::foreign);
    CHECK(for_change(idle("1"), planned("1", "0.5")) == sighting::foreign);
    CHECK(for_change(planned("3", "0.5"), planned("1", "0.5")) == sighting::foreign);
}

TEST_CASE("what a look is worth for a cancellation") {
    CHECK(for_cancel(idle("1")) == sighting::reached);
    CHECK(for_cancel(planned("1", "0.5")) == sighting::unchanged);
    CHECK(for_cancel(idle("0.5")) == sighting::too_late);
    CHECK(for_cancel(processing("1", "0.5")) == sighting::under_way);
    CHECK(for_cancel(processing("1", "3")) == sighting::under_way);
    CHECK(for_cancel(idle("3")) == sighting::foreign);
    CHECK(for_cancel(planned("1", "0.4")) == sighting::foreign);
    CHECK(for_cancel(planned("0.5", "0.4")) == sighting::foreign);
}

TEST_CASE("a look leads to the verdict on the instance") {
    using kind = zenwire::workflow_verdict::instance_kind;
    using zenwire::detail::instance_shown;
    static_assert(instance_shown(sighting::unclear) == kind::not_seen);
    static_assert(instance_shown(sighting::unchanged) == kind::unchanged);
    static_assert(instance_shown(sighting::under_way) == kind::in_progress);
    static_assert(instance_shown(sighting::planned) == kind::planned);
    static_assert(instance_shown(sighting::reached) == kind::reached);
    static_assert(instance_shown(sighting::reached_and_more) == kind::reached);
    static_assert(instance_shown(sighting::too_late) == kind::conflict);
    static_assert(instance_shown(sighting::foreign) == kind::conflict);
}
