// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_FORMER_RECORD_HPP
#define ZENWIRE_CLIENT_DETAIL_FORMER_RECORD_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/decimal_text.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/client/detail/record_fields.hpp>
#include <zenwire/crypto/sha256.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// How the bytes of a job of version 0.1 begin.
inline constexpr std::string_view former_mark = "zenwire job 3\n";

/// Whether bytes are those of a job of version 0.1.
[[nodiscard]] constexpr bool is_former_record(std::string_view bytes) noexcept {
    return bytes.starts_with(former_mark);
}

/// Whether the check sum at the end of bytes fits.
[[nodiscard]] constexpr bool has_right_sum(std::string_view bytes) noexcept {
    constexpr std::size_t sum_size = 8;
    if (bytes.size() < sum_size) {
        return false;
    }
    const std::string_view stored = bytes.substr(bytes.size() - sum_size);
    const sha256_digest sum = sha256_of(bytes.substr(0, bytes.size() - sum_size));
    bool is_equal = true;
    for (std::size_t i = 0; i < sum_size; ++i) {
        is_equal = is_equal && static_cast<unsigned char>(stored[i]) == sum[i];
    }
    return is_equal;
}

/// Why a job of version 0.1 is not gone on with, and what its bytes say of the order.
[[nodiscard]] constexpr error refusal_of_former_record(std::string_view bytes) noexcept {
    if (!has_right_sum(bytes)) {
        return error::make(errc::job_record_damaged, blame::local, "the saved bytes, of zenwire 0.1, are damaged");
    }
    record_reader fields(bytes.substr(former_mark.size() + 1));
    inline_string<limits::word> service;
    inline_string<limits::authority> authority;
    inline_string<limits::instance_id> instance;
    std::uint64_t ignored = 0;
    std::uint64_t signed_at = 0;
    bool is_accepted = false;
    inline_string<limits::order_number> number;
    fields.field(service);
    fields.field(authority);
    fields.field(instance);
    fields.field(ignored);  // target
    fields.field(ignored);  // size before
    fields.field(signed_at);
    fields.field(ignored);  // how many orders
    fields.field(ignored);  // whether it was signed
    fields.field(is_accepted);
    fields.field(number);

    error refusal =
        error::make(errc::job_record_outdated, blame::local, "the saved bytes are of zenwire 0.1: an order ");
    refusal.outcome = is_accepted ? outcome::executed : outcome::unknown;
    refusal.message.append(is_accepted ? "was accepted, number " : "may have been sent, signed at ");
    refusal.message.append(is_accepted ? number.view() : decimal_text(signed_at).view());
    refusal.message.append(" for instance ");
    refusal.message.append(instance.view());
    refusal.message.append("; look at it before anything else is ordered, then remove the bytes");
    return refusal;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
