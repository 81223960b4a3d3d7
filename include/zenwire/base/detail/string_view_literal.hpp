// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_STRING_VIEW_LITERAL_HPP
#define ZENWIRE_BASE_DETAIL_STRING_VIEW_LITERAL_HPP

#include <string_view>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// The standard's `"text"sv`, for all headers. Its length is known when compiling, whatever the options: of a view made from
/// a plain literal it is counted when running by compilers that optimise for size, at each place anew.
using std::literals::string_view_literals::operator""sv;

}  // namespace ZENWIRE_NAMESPACE

#endif
