// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: a request that was changed in what is signed is never found genuine, and the untouched one always is, from
/// 300 s before to 300 s after its time and never beyond.
///
/// The first byte of an input chooses which headers are signed, the second one the time; the rest is a list of changes: which
/// part, where, and what it becomes.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/core.hpp>

#include "fuzz_input.hpp"

namespace {

struct owned_field {
    std::string name;
    std::string value;
};

constexpr std::string_view signed_lists[] = {zenwire::default_signed_headers, "content-type;host;x-zc-action",
                                             "content-type;host;x-zc-timestamp;x-zc-version",
                                             "content-type;host;x-zc-service;x-zc-signature-method"};

/// What is signed, in its canonical form.
struct signed_parts {
    std::vector<std::string> headers;
    std::string timestamp;
    std::string authorization;
    std::string body;
    friend bool operator==(signed_parts const&, signed_parts const&) = default;
};

/// The value of an authorization field; of the names of the signed headers the letter case does not count.
std::string with_lower_case_names(std::string authorization) {
    constexpr std::string_view before = "SignedHeaders=";
    const std::size_t begin = authorization.find(before);
    for (std::size_t i = begin; i < authorization.size() && authorization[i] != ','; ++i) {
        authorization[i] = i < begin + before.size() ? authorization[i] : zenwire::detail::ascii::to_lower(authorization[i]);
    }
    return authorization;
}

std::vector<std::string_view> names_of(std::string_view list) {
    std::vector<std::string_view> names;
    while (!list.empty()) {
        names.push_back(list.substr(0, list.find(';')));
        list.remove_prefix(names.back().size() < list.size() ? names.back().size() + 1 : list.size());
    }
    return names;
}

/// As a canonical request has it.
std::string normalised(std::string_view value) {
    std::string text(zenwire::detail::ascii::trim(value));
    for (char& c : text) {
        c = zenwire::detail::ascii::to_lower(c);
    }
    return text;
}

signed_parts parts_of(std::vector<owned_field> const& fields, std::string_view signed_list, std::string const& body) {
    signed_parts parts;
    for (const std::string_view name : names_of(signed_list)) {
        std::string& values = parts.headers.emplace_back();
        for (owned_field const& each : fields) {
            if (zenwire::detail::ascii::equal_ignoring_case(each.name, name)) {
                values += '\n' + normalised(each.value);
            }
        }
    }
    for (owned_field const& each : fields) {
        if (zenwire::detail::ascii::equal_ignoring_case(each.name, "x-zc-timestamp")) {
            parts.timestamp += '\n' + each.value;
        } else if (zenwire::detail::ascii::equal_ignoring_case(each.name, "authorization")) {
            parts.authorization += '\n' + with_lower_case_names(each.value);
        }
    }
    parts.body = body;
    return parts;
}

/// The value of an authorization field over the headers of a list, stage by stage.
std::string sign(std::vector<owned_field> const& fields, std::string_view signed_list, std::string_view body,
                 zenwire::access_key const& key, zenwire::unix_seconds time) {
    std::vector<owned_field> canonical;
    for (const std::string_view name : names_of(signed_list)) {
        for (owned_field const& each : fields) {
            if (each.name == name) {
                canonical.push_back({each.name, normalised(each.value)});
            }
        }
    }
    std::vector<zenwire::field> views;
    for (owned_field const& each : canonical) {
        views.push_back({each.name, each.value});
    }
    const auto hash =
        zenwire::canonical_request_hash(std::span<zenwire::field const>(views), *zenwire::payload_hash(body));
    const auto mac = zenwire::signature(zenwire::string_to_sign(time, *hash), [&](std::string_view text) noexcept {
        return zenwire::expected<zenwire::sha256_digest>(key.mac(text));
    });
    char memory[512];
    zenwire::buffer_writer out(memory);
    zenwire::write_authorization_value(out, key.id(), signed_list, *mac);
    return std::string(out.written());
}

void change(std::string& text, fuzz_input& input) {
    const std::size_t position = text.empty() ? 0 : input.byte() % text.size();
    switch (input.choice(3)) {
    case 0:
        if (!text.empty()) {
            text[position] = static_cast<char>(input.byte());
        }
        break;
    case 1: text.insert(position, 1, static_cast<char>(input.byte())); break;
    default: text.erase(position, 1); break;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    const auto key = zenwire::access_key::make(zenwire::access_key_id("0D9UtpyKYcHxms5v"),
                                               zenwire::access_key_password("Gu5t9xGARNpq86cd98joQYCN3"));
    const auto prepared =
        zenwire::request_template<>::make(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), {});
    const zenwire::unix_seconds signed_at(1673361177);
    std::string body = R"({"instanceId":"instanceId","trafficPackageSize":0.15})";
    char memory[1024];
    const auto genuine = zenwire::sign_body(memory, "ModifyInstanceTrafficPackage", body, *prepared, *key, signed_at);
    require(genuine.has_value(), "the request is made");
    std::vector<owned_field> fields;
    for (const zenwire::field each : genuine->view().fields) {
        fields.push_back({std::string(each.name), std::string(each.value)});
    }
    const std::string_view signed_list = signed_lists[input.choice(std::size(signed_lists))];
    for (owned_field& each : fields) {
        if (each.name == "authorization") {
            const std::string value = sign(fields, signed_list, body, *key, signed_at);
            require(signed_list != zenwire::default_signed_headers || value == each.value,
                    "a request is signed as its stages are");
            each.value = value;
        }
    }
    const signed_parts before = parts_of(fields, signed_list, body);

    const auto offset = static_cast<std::int64_t>(input.byte()) * 4 - 512;
    while (!input.empty()) {
        const std::size_t part = input.choice(2 * fields.size() + 2);
        if (part == 2 * fields.size()) {
            change(body, input);
        } else if (part > 2 * fields.size()) {
            const std::size_t which = input.choice(fields.size());
            if (input.choice(2) == 0 && fields.size() < 20) {
                fields.push_back(owned_field(fields[which]));
            } else if (fields.size() > 1) {
                fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(which));
            }
        } else {
            change(part % 2 == 0 ? fields[part / 2].name : fields[part / 2].value, input);
        }
    }

    std::vector<zenwire::field> views;
    for (owned_field const& each : fields) {
        views.push_back({each.name, each.value});
    }
    zenwire::request_view request = genuine->view();
    request.fields = zenwire::field_list(std::span<zenwire::field const>(views));
    request.body = body;
    const bool is_untouched = parts_of(fields, signed_list, body) == before;
    const auto verdict = zenwire::verify_request(request, *key, zenwire::unix_seconds(signed_at.count() + offset),
                                                 zenwire::request_expectation("/api/v2/bmc"));
    require(!verdict || is_untouched, "a request that was changed is not genuine");
    require(!is_untouched || verdict.has_value() == (offset >= -300 && offset <= 300),
            "the untouched request is genuine for 300 s, and no longer");
    require(verdict || verdict.error().blame == zenwire::blame::remote, "the other side is to blame");
    return 0;
}
