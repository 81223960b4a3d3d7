// SPDX-License-Identifier: BSL-1.0
/// @file
/// Numbers at the edges, and all multiples of 0.05 TB, as sizes. Also built with -ffast-math, for which there is no NaN, no
/// infinity and no -0.0: so what is expected is said by bits, and nothing is compared as a number.
#include <bit>
#include <cstdint>
#include <cstdio>

#include <zenwire/protocol/traffic_package_size.hpp>

namespace {

using zenwire::traffic_package_size;

constexpr std::int64_t refused = -1;

int failures = 0;
int passed = 0;

template <class Float, class Bits>
void check_number(Bits bits, std::int64_t units) {
    // by way of memory: a constant would be worked out when compiling
    Bits volatile kept = bits;
    const auto size = traffic_package_size::from_terabytes(std::bit_cast<Float>(static_cast<Bits>(kept)));
    const std::int64_t found = size ? size->units() : refused;
    ++(found == units ? passed : failures);
    if (found != units) {
        std::printf("bits %llx: %lld in place of %lld\n", static_cast<unsigned long long>(bits),
                    static_cast<long long>(found), static_cast<long long>(units));
    }
}

void check_edges() {
    constexpr std::uint64_t negative = std::uint64_t{1} << 63U;
    constexpr std::uint64_t infinity = std::uint64_t{0x7FF} << 52U;
    check_number<double>(std::uint64_t{0}, 0);
    check_number<double>(negative, 0);
    check_number<double>(infinity, refused);
    check_number<double>(negative | infinity, refused);
    check_number<double>(infinity | 1U, refused);
    check_number<double>(negative | infinity | 1U, refused);
    check_number<double>(infinity | std::uint64_t{1} << 51U, refused);
    check_number<double>(std::uint64_t{1}, 0);
    check_number<double>(std::uint64_t{3}, refused);
    check_number<double>(negative | 1U, refused);
    check_number<double>(std::bit_cast<std::uint64_t>(1e9), traffic_package_size::largest_terabytes * 1'000'000);
    check_number<double>(std::bit_cast<std::uint64_t>(1e9) + 1, refused);
    check_number<double>(std::bit_cast<std::uint64_t>(-0.15), refused);

    constexpr std::uint32_t negative_float = std::uint32_t{1} << 31U;
    constexpr std::uint32_t infinite_float = std::uint32_t{0xFF} << 23U;
    check_number<float>(negative_float, 0);
    check_number<float>(infinite_float, refused);
    check_number<float>(negative_float | infinite_float, refused);
    check_number<float>(infinite_float | 1U, refused);
    check_number<float>(negative_float | infinite_float | 1U, refused);
    check_number<float>(std::bit_cast<std::uint32_t>(0.15F), 150'000);
    check_number<float>(std::bit_cast<std::uint32_t>(1e9F) + 1, refused);
}

void check_multiples() {
    double volatile step = 0.05;
    double volatile twenty = 20;
    for (std::int64_t i = 0; i <= 20'000; ++i) {
        check_number<double>(std::bit_cast<std::uint64_t>(static_cast<double>(i) * step), i * 50'000);
        check_number<double>(std::bit_cast<std::uint64_t>(static_cast<double>(i) / twenty), i * 50'000);
        const auto size = traffic_package_size::from_units(i * 50'000);
        check_number<double>(std::bit_cast<std::uint64_t>(size->terabytes()), i * 50'000);
    }
}

}  // namespace

int main() {
    check_edges();
    check_multiples();
    std::printf("%d passed, %d failed\n", passed, failures);
    return failures == 0 ? 0 : 1;
}
