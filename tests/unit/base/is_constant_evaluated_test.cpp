// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/detail/bytes.hpp>

#include <doctest/doctest.h>

namespace {

enum class moment { compile, run };

constexpr moment now() {
    if (zenwire::detail::is_constant_evaluated()) {
        return moment::compile;
    }
    return moment::run;
}

static_assert(now() == moment::compile);

}  // namespace

TEST_CASE("a constexpr function knows when it runs") {
    moment when = now();
    CHECK((when == moment::run));
}
