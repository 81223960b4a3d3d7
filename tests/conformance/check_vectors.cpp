// SPDX-License-Identifier: BSL-1.0

/// @file
/// Signs each line of a file and compares with what the line says: the fields of tests/vectors/signed_requests.jsonl.

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <zenwire/core.hpp>

#include "json_lines.hpp"

namespace {

std::string_view text(boost::json::object const& line, std::string_view name) {
    const boost::json::string& value = line.at(name).as_string();
    return {value.data(), value.size()};
}

template <class T>
T value_of(zenwire::expected<T> result, std::string_view stage) {
    if (!result) {
        throw std::runtime_error(std::string(stage) + ": " + std::string(result.error().message.view()));
    }
    return std::move(*result);
}

zenwire::sha256_digest canonical_hash(boost::json::object const& line, zenwire::sha256_digest const& payload) {
    const auto* const signed_headers = line.if_contains("signed_headers");
    if (signed_headers == nullptr) {
        return value_of(zenwire::canonical_request_hash(text(line, "content_type"), text(line, "host"), payload),
                        "canonical request");
    }
    std::vector<zenwire::field> fields;
    for (auto const& pair : signed_headers->as_array()) {
        fields.push_back({pair.at(0).as_string(), pair.at(1).as_string()});
    }
    return value_of(zenwire::canonical_request_hash(fields, payload), "canonical request");
}

std::string names_of_signed_headers(boost::json::object const& line) {
    const auto* const signed_headers = line.if_contains("signed_headers");
    if (signed_headers == nullptr) {
        return std::string(zenwire::default_signed_headers);
    }
    std::string names;
    for (auto const& pair : signed_headers->as_array()) {
        if (!names.empty()) {
            names += ';';
        }
        names += std::string_view(pair.at(0).as_string());
    }
    return names;
}

void check(boost::json::object const& line, std::string_view, differences& found) {
    const auto compare = [&](std::string_view name, std::string_view actual) {
        if (line.contains(name)) {
            found.compare(name, text(line, name), actual);
        }
    };
    const zenwire::unix_seconds timestamp(line.at("timestamp").to_number<std::int64_t>());
    const auto key =
        value_of(zenwire::access_key::make(zenwire::access_key_id(text(line, "access_key_id")),
                                           zenwire::access_key_password(text(line, "access_key_password"))),
                 "access key");

    const auto payload = value_of(zenwire::payload_hash(text(line, "body")), "payload");
    const auto canonical = canonical_hash(line, payload);
    const zenwire::string_to_sign to_sign(timestamp, canonical);
    const auto mac =
        value_of(zenwire::signature(to_sign, [&](std::string_view message) { return key.mac(message); }), "signature");
    std::vector<char> memory(1024);
    zenwire::buffer_writer authorization(memory);
    zenwire::write_authorization_value(authorization, key.id(), names_of_signed_headers(line), mac);

    found.compare("body_sha256", text(line, "body_sha256"), zenwire::detail::hex_text(payload).view());
    found.compare("authorization", text(line, "authorization"), authorization.written());
    compare("canonical_request_sha256", zenwire::detail::hex_text(canonical).view());
    compare("string_to_sign", to_sign.view());
    compare("signature", zenwire::detail::hex_text(mac).view());
}

}  // namespace

int main(int argument_count, char** arguments) { return check_lines(argument_count, arguments, check); }
