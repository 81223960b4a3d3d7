// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_MOMENT_HPP
#define ZENWIRE_TESTING_FAKE_MOMENT_HPP

#include <optional>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>
#include <zenwire/testing/fake_instance.hpp>

namespace ZENWIRE_NAMESPACE {

/// What was true of the package of an instance from some moment on, until the next one.
struct fake_moment {
    /// What is true of an instance now.
    fake_moment(unix_seconds from, fake_instance const& instance)
        : since(from), size(instance.size), running_change(instance.running_change),
          planned_size(instance.planned_size), modified_size(instance.modified_size) {}

    /// when it began
    unix_seconds since;
    /// as fake_instance::size
    std::optional<traffic_package_size> size;
    /// as fake_instance::running_change
    std::optional<fake_change> running_change;
    /// as fake_instance::planned_size
    std::optional<traffic_package_size> planned_size;
    /// as fake_instance::modified_size
    std::optional<traffic_package_size> modified_size;

    /// Whether nothing is under way and nothing planned.
    [[nodiscard]] bool is_idle() const noexcept { return !running_change && !planned_size; }
    /// Whether a client would see the same, whenever it began.
    [[nodiscard]] bool shows_as(fake_moment const& other) const noexcept {
        return size == other.size && running_change.has_value() == other.running_change.has_value() &&
               (!running_change || running_change->target == other.running_change->target) &&
               planned_size == other.planned_size && modified_size == other.modified_size;
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
