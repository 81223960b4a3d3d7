// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_BANDWIDTH_HPP
#define ZENWIRE_PROTOCOL_DETAIL_BANDWIDTH_HPP

#include <cstdint>

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/protocol/service.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether it is a bandwidth that an instance may have: at least 1 Mbps. The largest one is the server's to know.
/// @param mbps in Mbps
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> validate_bandwidth(std::int64_t mbps, service const& service) noexcept {
    if (mbps < 1) {
        return refuse(errc::invalid_parameter, blame::local, "a bandwidth must be at least 1 Mbps",
                      service.bandwidth_field);
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
