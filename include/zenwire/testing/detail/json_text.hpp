// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_JSON_TEXT_HPP
#define ZENWIRE_TESTING_DETAIL_JSON_TEXT_HPP

#include <cstddef>
#include <string>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/json_writer.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The text that `write` writes into a json_writer, of any size. `write` is called again with more room where the first
/// did not suffice, so it must always write the same.
template <class Write>
[[nodiscard]] std::string json_text(Write const& write_all) {
    std::string text(1024, '\0');
    for (;;) {
        buffer_writer out(text);
        json_writer json(out);
        write_all(json);
        if (!out.overflowed()) {
            text.resize(out.size());
            return text;
        }
        text.resize(2 * text.size());
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
