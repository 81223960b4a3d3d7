// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_RECEIVED_CANONICAL_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_RECEIVED_CANONICAL_REQUEST_HPP

#include <cstddef>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/crypto/providers.hpp>
#include <zenwire/http/fields.hpp>
#include <zenwire/protocol/detail/received_authorization.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Hashes a text as a canonical request has it: without blanks around, letters in lower case.
template <hash_function Hash>
constexpr void update_normalised(Hash& hash, std::string_view text) noexcept {
    text = ascii::trim(text);
    while (!text.empty()) {
        std::size_t size = 0;
        while (size < text.size() && (text[size] < 'A' || text[size] > 'Z')) {
            ++size;
        }
        hash.update(text.substr(0, size));
        text.remove_prefix(size);
        if (!text.empty()) {
            const char lower = ascii::to_lower(text.front());
            hash.update({&lower, 1});
            text.remove_prefix(1);
        }
    }
}

/// The names in `SignedHeaders`, taken one by one.
class signed_header_names {
public:
    /// @param names separated by `;`
    constexpr explicit signed_header_names(std::string_view names) noexcept : rest_(names) {}

    /// Whether all were taken.
    [[nodiscard]] constexpr bool empty() const noexcept { return rest_.empty(); }
    /// Takes the next one.
    constexpr std::string_view take() noexcept {
        std::size_t size = 0;
        while (size < rest_.size() && rest_[size] != ';') {
            ++size;
        }
        const std::string_view name = rest_.substr(0, size);
        rest_.remove_prefix(size < rest_.size() ? size + 1 : size);
        return name;
    }
    /// Whether a name is among those that are left, in any letter case.
    [[nodiscard]] constexpr bool has(std::string_view name) const noexcept {
        for (signed_header_names left = *this; !left.empty();) {
            if (ascii::equal_ignoring_case(left.take(), name)) {
                return true;
            }
        }
        return false;
    }

private:
    std::string_view rest_;
};

/// Hashes the canonical request of a request that was received, all of it but the hash of the payload.
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; null when nothing is wrong
template <hash_function Hash>
[[nodiscard]] constexpr refusal const* update_received_start(Hash& hash, field_list const& fields,
                                                                 std::string_view signed_headers) noexcept {
    if (signed_headers == default_signed_headers) {
        const single_field content_type = find_single_field(fields, "content-type"sv);
        const single_field host = find_single_field(fields, "host"sv);
        if (content_type.times == 0 || host.times == 0) {
            return &signed_header_is_missing;
        }
        if (content_type.times > 1 || host.times > 1) {
            return &signed_header_is_double;
        }
        update_canonical_start_by(update_normalised<Hash>, hash, content_type.value, host.value);
        return nullptr;
    }
    signed_header_names names(signed_headers);
    if (!names.has("content-type"sv) || !names.has("host"sv)) {
        return &usual_header_is_not_signed;
    }
    hash.update("POST\n/\n\n"sv);
    while (!names.empty()) {
        const std::string_view name = names.take();
        const single_field found = find_single_field(fields, name);
        if (found.times == 0) {
            return &signed_header_is_missing;
        }
        if (found.times > 1 || names.has(name)) {
            return &signed_header_is_double;
        }
        update_normalised(hash, name);
        hash.update(":"sv);
        update_normalised(hash, found.value);
        hash.update("\n"sv);
    }
    hash.update("\n"sv);
    update_normalised(hash, signed_headers);
    hash.update("\n"sv);
    return nullptr;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
