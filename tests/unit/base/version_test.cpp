// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/config.hpp>

#include <string>

#include <doctest/doctest.h>

#include "../results.hpp"

TEST_CASE("the version as text is its three numbers") {
    const std::string numbers = std::to_string(zenwire::version_major) + "." + std::to_string(zenwire::version_minor) +
                                "." + std::to_string(zenwire::version_patch);
    CHECK(zenwire::version_text == numbers);
}
