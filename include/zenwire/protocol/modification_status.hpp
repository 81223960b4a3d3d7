// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_MODIFICATION_STATUS_HPP
#define ZENWIRE_PROTOCOL_MODIFICATION_STATUS_HPP

#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/open_enum.hpp>

namespace ZENWIRE_NAMESPACE {

/// The words of modification_status.
struct modification_status_words {
    /// The words that the library knows.
    enum class value : unsigned char {
        unknown,
        processing,      ///< being changed
        enable,          ///< effective
        wait_to_enable,  ///< takes effect in the next billing cycle
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
        {value::processing, "Processing"},
        // spellings of older documents and tools
        {value::processing, "Process"},
        {value::processing, "CHANGING"},
        {value::enable, "Enable"},
        {value::wait_to_enable, "WaitToEnable"},
    };
};

/// How far a change of bandwidth or traffic package is. Source: the page of DescribeInstanceInternetStatus.
using modification_status = open_enum<modification_status_words>;

template <>
inline constexpr auto& detail::enum_names<modification_status_words::value> = modification_status_words::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
