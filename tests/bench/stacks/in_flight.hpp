// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_STACKS_IN_FLIGHT_HPP
#define ZENWIRE_TESTS_BENCH_STACKS_IN_FLIGHT_HPP

#include "stack_bench.hpp"

namespace stack_bench {

/// Many exchanges at once, by the examples for it.
std::pair<sender, sender> curl_multi_at_once(job const& what);
std::pair<sender, sender> beast_at_once(job const& what);

}  // namespace stack_bench

#endif
