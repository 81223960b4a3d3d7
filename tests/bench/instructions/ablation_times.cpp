// SPDX-License-Identifier: BSL-1.0

/// @file
/// Prints the least nanoseconds of a few calls, for ablation.py, which runs it again and again: PROGRAM PAGE SHUFFLED_PAGE

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "../sample.hpp"

namespace {

template <class Result>
void keep(Result const& result) {
    __asm__ __volatile__("" : : "g"(&result) : "memory");
    if (!result) {
        std::abort();
    }
}

template <class Work>
void time(char const* name, int calls, Work work) {
    double least = 1e30;
    for (int round = 0; round < 40; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < calls; ++i) {
            work();
        }
        const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - begin;
        least = std::min(least, taken.count() / calls);
    }
    std::printf("%s\t%.1f\n", name, least);
}

void time_page(char const* name, char const* file) {
    std::ifstream in(file, std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    static std::array<std::byte, 16 * 1024> scratch;
    time(name, 1, [&] {
        keep(zenwire::for_each_instance(
            {200, page, {}}, scratch,
            [](zenwire::instance_info const& instance) { __asm__ __volatile__("" : : "g"(&instance) : "memory"); },
            [](std::string_view, zenwire::error const&) {}));
    });
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        return EXIT_FAILURE;
    }
    const std::string seven_blocks(7 * 64, 'x');
    time("7 compressions", 500, [&] {
        zenwire::sha256 hash;
        hash.update(seven_blocks);
        __asm__ __volatile__("" : : "g"(&hash) : "memory");
    });
    time("make_request", 500,
         [] { keep(zenwire::make_request(sample::action, sample::prepared, sample::key, sample::now)); });
    const auto request = *zenwire::make_request(sample::action, sample::prepared, sample::key, sample::now);
    time("verify", 500, [&] {
        keep(zenwire::verify_request(request.view(), sample::key, sample::now, zenwire::services::bmc_2026_02_01));
    });
    time("parse of a success", 500, [] {
        keep(zenwire::parse_response<sample::action_type>(sample::service, {200, sample::success, {}}));
    });
    time_page("page", arguments[1]);
    time_page("shuffled page", arguments[2]);
}
