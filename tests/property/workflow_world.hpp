// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_PROPERTY_WORKFLOW_WORLD_HPP
#define ZENWIRE_TESTS_PROPERTY_WORKFLOW_WORLD_HPP

/// @file
/// The world of one run of workflow_property_test: a cloud, an instance, a job to do on it, and a clock. All of it follows from
/// a seed.

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/client/workflow_terms.hpp>
#include <zenwire/testing/fake_cloud.hpp>
#include <zenwire/testing/faults.hpp>

namespace property {

inline constexpr std::string_view instance_id = "932237369560662463";

inline zenwire::traffic_package_size twentieths(std::int64_t count) {
    return *zenwire::traffic_package_size::from_units(count * zenwire::traffic_package_size::units_per_terabyte / 20);
}

struct world {
    world(std::uint64_t seed, bool traces)
        : random(seed),
          service(random.percent(50) ? &zenwire::services::bmc_2026_02_01 : &zenwire::services::vm_2023_03_13),
          is_traced(traces) {
        set_up_cloud();
        set_up_instance();
        set_up_job();
    }
    world(world const&) = delete;
    world& operator=(world const&) = delete;

    /// The job's clock, which is not the cloud's.
    [[nodiscard]] zenwire::unix_seconds now() const {
        return zenwire::unix_seconds(stopped_at.value_or(cloud.now().count() + clock_offset));
    }

    /// Somebody sets the clock, or it stops, or goes on.
    void disturb_clock() {
        if (!random.percent(clock_percent)) {
            return;
        }
        is_clock_disturbed = true;
        constexpr std::int64_t year = 365 * 86'400;
        const std::int64_t by = random.percent(50) ? random.between(-600, 600) : random.between(-year, year);
        clock_offset += by;
        stopped_at = random.percent(30) ? std::optional(now().count()) : std::nullopt;
        note("the clock is moved by " + std::to_string(by) + " s");
    }

    void note(std::string const& what) const {
        if (is_traced) {
            std::fprintf(
                stderr, "%8lld s  size %s, orders %zu  %s\n", static_cast<long long>(cloud.now().count() - 1673361177),
                instance != nullptr && instance->size ? std::to_string(instance->size->terabytes()).c_str() : "none",
                cloud.orders().size(), what.c_str());
        }
    }

    zenwire::detail::random_sequence random;
    zenwire::service const* service;
    bool is_traced;

    zenwire::fake_cloud cloud{};
    zenwire::fake_instance* instance = nullptr;
    zenwire::random_faults faults{0};
    zenwire::random_faults order_faults{0};
    // half of the worlds: reads do not lag, and nobody else is there
    bool is_honest = true;
    bool sends_date = true;
    std::optional<zenwire::traffic_package_size> size_before{};
    std::optional<std::int64_t> balance_before{};

    zenwire::workflow_options options{};
    zenwire::traffic_package_size target{};
    bool cancels = false;
    unsigned kill_percent = 0;
    std::uint32_t max_kills = 0;

    std::int64_t clock_offset = 0;
    std::optional<std::int64_t> stopped_at{};
    unsigned clock_percent = 0;

    // of the order that was executed or could have been
    bool is_clock_disturbed = false;
    bool is_lie = false;

private:
    void set_up_cloud() {
        auto& settings = cloud.settings();
        settings.processing_seconds = random.percent(30) ? 0 : random.between(1, 700);
        settings.cycle_begin = cloud.now().count();
        settings.cycle_seconds = random.between(300, 20'000);
        settings.shows_modified_size = random.percent(50);
        if (random.percent(30)) {
            balance_before = random.between(0, 200'000);
            cloud.set_balance_cents(balance_before);
        }
        const auto fault_percent = static_cast<unsigned>(random.percent(40) ? 0 : random.between(2, 60));
        const auto order_fault_percent = static_cast<unsigned>(random.percent(20) ? 0 : random.between(20, 100));
        kill_percent = static_cast<unsigned>(random.percent(30) ? 0 : random.between(1, 20));
        max_kills = static_cast<std::uint32_t>(random.between(1, 12));
        clock_offset = random.percent(50) ? 0 : random.between(-280, 280);
        sends_date = random.percent(80);
        is_honest = random.percent(50);
        using range = zenwire::random_faults::range;
        const auto kinds = is_honest ? range::network : range::everything;
        faults = zenwire::random_faults(random.next(), fault_percent, kinds);
        order_faults = zenwire::random_faults(random.next(), order_fault_percent, kinds);
        if (is_honest) {
            return;
        }
        settings.status_lag_seconds = random.percent(80) ? 0 : random.between(1, 7200);
        settings.list_lag_seconds = random.percent(80) ? settings.status_lag_seconds : random.between(1, 7200);
        settings.ledger_lag_seconds = random.percent(70) ? 0 : random.between(1, 7200);
        settings.date_offset_seconds = random.percent(80) ? 0 : random.between(-86'400, 86'400);
        clock_percent = static_cast<unsigned>(random.percent(70) ? 0 : random.between(1, 10));
    }

    void set_up_instance() {
        zenwire::fake_instance made;
        made.id = instance_id;
        made.service = service->name;
        made.default_size = twentieths(10);
        made.maximum_size = twentieths(380);
        made.size = twentieths(random.between(10, 400));
        if (random.percent(4)) {
            made.size.reset();
        }
        if (random.percent(5)) {
            made.status = static_cast<zenwire::instance_status::value_type>(random.between(1, 10));
        }
        const bool has_package = !random.percent(5);
        if (!has_package) {
            made.internet_charge_type = zenwire::internet_charge_type::by_bandwidth;
        }
        if (random.percent(15)) {
            made.charge_type = zenwire::instance_charge_type::postpaid;
        }
        target = random.percent(8) ? made.size.value_or(twentieths(10)) : twentieths(random.between(5, 400));
        cancels = random.percent(25);
        if (random.percent(cancels ? 85 : 8) && made.size && has_package) {
            made.planned_size = random.percent(30) ? target : twentieths(random.between(10, 100));
        } else if (random.percent(6) && made.size && has_package) {
            made.running_change =
                zenwire::fake_change{random.percent(50) ? target : twentieths(33),
                                     zenwire::unix_seconds(cloud.now().count() + random.between(1, 500))};
        }
        size_before = made.size;
        instance = &cloud.add(made);
    }

    void set_up_job() {
        if (random.percent(25)) {
            options.deadline = zenwire::unix_seconds(now().count() + random.between(0, 3000));
        }
        options.max_attempts = static_cast<std::uint32_t>(random.between(1, 4));
        options.unknown_watch = zenwire::milliseconds(random.between(60, 1000) * 1000);
        options.longest_watch = zenwire::milliseconds(random.between(60, 1500) * 1000);
        if (random.percent(10)) {
            options.price_limit = zenwire::decimal(random.between(0, 1500));
        }
    }
};

}  // namespace property

#endif
