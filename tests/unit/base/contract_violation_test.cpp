// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/contract_violation.hpp>

#include <doctest/doctest.h>

#include "../aborts.hpp"

TEST_CASE("a contract violation ends the program") {
    CHECK(aborts([] { zenwire::contract_violation(); }));
    CHECK_FALSE(aborts([] {}));
}
