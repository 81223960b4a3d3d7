// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_FIRMWARE_VECTOR_TYPES_HPP
#define ZENWIRE_TESTS_FIRMWARE_VECTOR_TYPES_HPP

/// @file
/// The rows that make_vectors.py writes, in its order. A text that is not there is not compared.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/http/message.hpp>

struct signature_vector {
    std::string_view id;
    std::string_view content_type;
    std::string_view host;
    std::string_view body;
    std::string_view access_key_id;
    std::string_view access_key_password;
    std::string_view body_sha256;
    std::string_view authorization;
    std::int64_t timestamp;
    zenwire::field const* signed_fields;
    std::size_t signed_field_count;
    std::optional<std::string_view> canonical_request_sha256;
    std::optional<std::string_view> string_to_sign;
    std::optional<std::string_view> signature;
};

struct response_vector {
    std::string_view id;
    int status;
    zenwire::field const* fields;
    std::size_t field_count;
    std::string_view body;
    bool is_success;
    std::optional<std::string_view> request_id;
    std::optional<std::string_view> order_number;
    std::optional<std::string_view> order_number_is_cut;
    std::optional<std::string_view> code;
    std::optional<std::string_view> api_code;
    std::optional<std::string_view> outcome;
    std::optional<std::string_view> blame;
    std::optional<std::string_view> message;
    std::optional<std::string_view> http_status;
    std::optional<std::string_view> retryable;
    std::optional<std::string_view> retry_after_seconds;
};

#endif
