// SPDX-License-Identifier: BSL-1.0
#include <benchmark/benchmark.h>

#include "row.hpp"

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
        return 1;
    }
    benchmark::AddCustomContext("build", ZENWIRE_BENCH_BUILD);
    std::string skipped;
#ifndef BENCH_HAS_NLOHMANN
    skipped += " nlohmann";
#endif
#ifndef BENCH_HAS_RAPIDJSON
    skipped += " rapidjson";
#endif
#ifndef BENCH_HAS_SIMDJSON
    skipped += " simdjson";
#endif
    if (!skipped.empty()) {
        benchmark::AddCustomContext("skipped", skipped);
    }
    bench::add_signing_rows();
    bench::add_reading_rows();
    bench::add_action_rows();
    bench::add_exchange_rows();
    bench::add_scaling_rows();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
