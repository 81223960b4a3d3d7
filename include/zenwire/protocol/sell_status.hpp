// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_SELL_STATUS_HPP
#define ZENWIRE_PROTOCOL_SELL_STATUS_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/open_enum.hpp>

namespace ZENWIRE_NAMESPACE {

/// The words of sell_status.
struct sell_status_words {
    /// The words that the library knows.
    enum class value : unsigned char {
        unknown,
        sell,           ///< more than ten in stock
        sell_shortage,  ///< few in stock
        sold_out,
    };
    /// A word, and how it is written.
    struct row {
        /// the word
        enum value value;
        /// its spelling
        std::string_view text;
    };
    /// All spellings; of several the first is the documented one.
    static constexpr row table[] = {
        {value::sell, "SELL"},
        {value::sell_shortage, "SELL_SHORTAGE"},
        {value::sold_out, "SOLD_OUT"},
    };
};

/// Whether a resource can be bought. Source: the documents' data structures, AvailableResource.
using sell_status = open_enum<sell_status_words>;

template <>
inline constexpr auto& detail::enum_names<sell_status_words::value> = sell_status_words::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
