// SPDX-License-Identifier: BSL-1.0
#include <zenwire/testing/detail/fake_json.hpp>

#include <cstddef>
#include <string>

#include <doctest/doctest.h>

TEST_CASE("a text is as long as what is written, however long that is") {
    for (const std::size_t size : {0U, 1U, 1021U, 1022U, 1023U, 5000U}) {
        CAPTURE(size);
        const std::string text(size, 'x');
        CHECK(zenwire::detail::json_text([&](zenwire::detail::json_writer& json) noexcept { json.string(text); }) ==
              '"' + text + '"');
    }
}
