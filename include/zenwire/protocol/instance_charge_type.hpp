// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_CHARGE_TYPE_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_CHARGE_TYPE_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/open_enum.hpp>

namespace ZENWIRE_NAMESPACE {

/// The words of instance_charge_type.
struct instance_charge_type_words {
    /// The words that the library knows.
    enum class value : unsigned char {
        unknown,
        prepaid,   ///< a subscription by the month
        postpaid,  ///< pay as you go
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
        {value::prepaid, "PREPAID"},
        {value::postpaid, "POSTPAID"},
    };
};

/// How an instance is paid. Source: the documents' data structures, InstanceChargeType.
using instance_charge_type = open_enum<instance_charge_type_words>;

template <>
inline constexpr auto& detail::enum_names<instance_charge_type_words::value> = instance_charge_type_words::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
