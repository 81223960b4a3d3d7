// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_ROW_HPP
#define ZENWIRE_TESTS_BENCH_ROW_HPP

#include <string>
#include <utility>

#include <benchmark/benchmark.h>

namespace bench {

/// Adds a row to the table: `who` does the work of `group`. Rows of a group stand together; the first of them is what the
/// others are compared with. `work` is called once an iteration, and what it returns counts as used.
template <class Work>
benchmark::internal::Benchmark* row(std::string const& group, std::string const& who, Work work) {
    return benchmark::RegisterBenchmark((group + " | " + who).c_str(), [work](benchmark::State& state) {
        for (auto _ : state) {
            auto result = work();
            benchmark::DoNotOptimize(result);
        }
    });
}

// Each theme adds its rows.
void add_signing_rows();
void add_reading_rows();
void add_exchange_rows();
void add_scaling_rows();

}  // namespace bench

#endif
