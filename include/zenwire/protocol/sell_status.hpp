// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_SELL_STATUS_HPP
#define ZENWIRE_PROTOCOL_SELL_STATUS_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/open_enumeration.hpp>

namespace ZENWIRE_NAMESPACE {

struct sell_status_words {
    enum class value : unsigned char {
        unknown,
        sell,           ///< more than ten in stock
        sell_shortage,  ///< few in stock
        sold_out,
    };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {
        {value::sell, "SELL"},
        {value::sell_shortage, "SELL_SHORTAGE"},
        {value::sold_out, "SOLD_OUT"},
    };
};

/// Whether a resource can be bought. Source: the documents' data structures, AvailableResource.
using sell_status = open_enumeration<sell_status_words>;

}  // namespace ZENWIRE_NAMESPACE

#endif
