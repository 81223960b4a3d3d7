// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_RAW_BYTE_HPP
#define ZENWIRE_BASE_DETAIL_RAW_BYTE_HPP

#include <span>

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The standard library's type of bytes in memory, without its name: some platforms have a macro of that name.
using raw_byte = decltype(std::as_writable_bytes(std::span<char>()))::element_type;

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
