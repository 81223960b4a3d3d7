// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: a request that was changed in what is signed is never found genuine, and the untouched one always is, from
/// 300 s before to 300 s after its time and never beyond.
///
/// The input is a list of changes: which part, where, and what it becomes.

#include <cstddef>
#include <cstdint>
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

/// What is signed, in its canonical form.
struct signed_parts {
    std::string host;
    std::string content_type;
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
        authorization[i] = i < begin + before.size() ? authorization[i] : zenwire::ascii::to_lower(authorization[i]);
    }
    return authorization;
}

signed_parts parts_of(std::vector<owned_field> const& fields, std::string const& body) {
    signed_parts parts;
    for (owned_field const& each : fields) {
        const auto is = [&](std::string_view name) { return zenwire::ascii::equal_ignoring_case(each.name, name); };
        std::string value(zenwire::ascii::trim(each.value));
        for (char& c : value) {
            c = is("host") || is("content-type") ? zenwire::ascii::to_lower(c) : c;
        }
        if (is("host")) {
            parts.host += '\n' + value;
        } else if (is("content-type")) {
            parts.content_type += '\n' + value;
        } else if (is("x-zc-timestamp")) {
            parts.timestamp += '\n' + each.value;
        } else if (is("authorization")) {
            parts.authorization += '\n' + with_lower_case_names(each.value);
        }
    }
    parts.body = body;
    return parts;
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
        zenwire::prepared_endpoint<>::make(zenwire::services::bmc_2022_11_20, zenwire::endpoint(), {});
    const zenwire::unix_seconds signed_at(1673361177);
    std::string body = R"({"instanceId":"instanceId","trafficPackageSize":0.15})";
    char memory[1024];
    const auto genuine = zenwire::sign_body(memory, "ModifyInstanceTrafficPackage", body, *prepared, *key, signed_at);
    require(genuine.has_value(), "the request is made");
    std::vector<owned_field> fields;
    for (const zenwire::field each : genuine->view().fields) {
        fields.push_back({std::string(each.name), std::string(each.value)});
    }
    const signed_parts before = parts_of(fields, body);

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
    const bool is_untouched = parts_of(fields, body) == before;
    const auto verdict = zenwire::verify(request, *key, zenwire::unix_seconds(signed_at.count() + offset));
    require(!verdict || is_untouched, "a request that was changed is not genuine");
    require(!is_untouched || verdict.has_value() == (offset >= -300 && offset <= 300),
            "the untouched request is genuine for 300 s, and no longer");
    require(verdict || verdict.error().blame == zenwire::blame::remote, "the other side is to blame");
    return 0;
}
