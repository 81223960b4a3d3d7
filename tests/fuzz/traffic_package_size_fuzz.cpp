// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: a size that is read from a text or a double is written as a text that gives the same size again, and so does
/// its double; a text is accepted only in the form of a plain decimal; a double only when it is the nearest one of a size.
///
/// The first eight bytes are a double, the rest is a text.

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/protocol/traffic_package_size.hpp>

#include "fuzz_input.hpp"

namespace {

void check_round_trips(zenwire::traffic_package_size package) {
    require(package.units() >= 0, "a size is not negative");
    char memory[32];
    zenwire::buffer_writer out(memory);
    package.write_to(out);
    require(!out.overflowed(), "a size has few digits");
    const auto read = zenwire::traffic_package_size::parse(out.written());
    require(read && *read == package, "the text of a size is that size");
    const auto binary = zenwire::traffic_package_size::from_terabytes(package.terabytes());
    require(binary && *binary == package, "the double of a size is that size");
    const auto units = zenwire::traffic_package_size::from_units(package.units());
    require(units && *units == package, "the units of a size are that size");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    const std::uint64_t bits = input.number();
    const auto terabytes = std::bit_cast<double>(bits);
    if (const auto package = zenwire::traffic_package_size::from_terabytes(terabytes)) {
        require(std::isfinite(terabytes) && terabytes >= 0 && terabytes <= 1e9, "a size is a number in the range");
        require(std::fabs(package->terabytes() - terabytes) <= 1e-7 + terabytes * 1e-14, "the size is near the double");
        check_round_trips(*package);
    }
    if (const auto package =
            zenwire::traffic_package_size::from_terabytes(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))) {
        check_round_trips(*package);
    }
    if (const auto package = zenwire::traffic_package_size::from_units(std::bit_cast<std::int64_t>(bits))) {
        check_round_trips(*package);
    }
    const std::string_view text = input.rest();
    if (const auto package = zenwire::traffic_package_size::parse(text)) {
        require(text.find_first_not_of("0123456789.") == std::string_view::npos, "only digits and a point are read");
        check_round_trips(*package);
    }
    return 0;
}
