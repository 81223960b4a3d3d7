// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_ROW_HPP
#define ZENWIRE_TESTS_BENCH_ROW_HPP

#include <string>

#include <benchmark/benchmark.h>

namespace bench {

/// Takes any result for right.
struct anything {
    bool operator()(auto const&) const { return true; }
};

/// Adds a row to the table: `who` does the work of `group`. Rows of a group stand together; the first of them is what the
/// others are compared with. `work` is called once an iteration, and what it returns counts as used; `is_right` looks at the
/// first of its results. Counters stand behind the row; their names begin with `counter: `.
template <class Work, class IsRight = anything>
benchmark::internal::Benchmark* row(std::string const& group, std::string const& who, Work work, IsRight is_right = {},
                                    benchmark::UserCounters const& counters = {}) {
    const auto measure = [=, is_checked = false](benchmark::State& state) mutable {
        for (auto _ : state) {
            auto result = work();
            benchmark::DoNotOptimize(result);
            if (!is_checked && !is_right(result)) {
                state.SkipWithError("the result is wrong");
                break;
            }
            is_checked = true;
        }
        state.counters = counters;
    };
    return benchmark::RegisterBenchmark((group + " | " + who).c_str(), measure);
}

// Each theme adds its rows.
void add_signing_rows();
void add_reading_rows();
void add_action_rows();
void add_exchange_rows();
void add_scaling_rows();

}  // namespace bench

#endif
