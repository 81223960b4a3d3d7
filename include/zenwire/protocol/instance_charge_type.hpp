// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_CHARGE_TYPE_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_CHARGE_TYPE_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/open_enumeration.hpp>

namespace ZENWIRE_NAMESPACE {

struct instance_charge_type_words {
    enum class value : unsigned char {
        unknown,
        prepaid,   ///< a subscription by the month
        postpaid,  ///< pay as you go
    };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {
        {value::prepaid, "PREPAID"},
        {value::postpaid, "POSTPAID"},
    };
};

/// How an instance is paid. Source: the documents' data structures, InstanceChargeType.
using instance_charge_type = open_enumeration<instance_charge_type_words>;

}  // namespace ZENWIRE_NAMESPACE

#endif
