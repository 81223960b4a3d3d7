// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>
#include <vector>

#include <zenwire/core.hpp>

#include "row.hpp"
#include "sample.hpp"

namespace {

/// What a thread signs with. Each on cache lines of its own.
struct alignas(128) signer {
    zenwire::access_key key = sample::make_key();
    zenwire::request_template<> prepared = *zenwire::request_template<>::make(sample::service, sample::endpoint);
};

signer signers[2];

void add_thread_rows(std::string const& who, bool is_shared, int threads) {
    const std::string name = "make_request, threads | " + std::to_string(threads) + " with " + who;
    benchmark::RegisterBenchmark(name.c_str(),
                                 [is_shared](benchmark::State& state) {
                                     signer const& mine = signers[is_shared ? 0 : state.thread_index()];
                                     const sample::action_type action = sample::action;
                                     for (auto _ : state) {
                                         auto request =
                                             zenwire::make_request(action, mine.prepared, mine.key, sample::now);
                                         benchmark::DoNotOptimize(request);
                                     }
                                 })
        ->Threads(threads)
        ->UseRealTime();
}

}  // namespace

void bench::add_scaling_rows() {
    add_thread_rows("one key", true, 1);
    add_thread_rows("a key each", false, 2);
    add_thread_rows("one shared key", true, 2);
}
