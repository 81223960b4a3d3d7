// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_PROTOCOL_RECEIVED_REQUEST_HPP
#define ZENWIRE_TESTS_UNIT_PROTOCOL_RECEIVED_REQUEST_HPP

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/verification.hpp>

#include "../results.hpp"
#include "../samples.hpp"

/// @file
/// What the tests of verification start from: a request that arrived, and may be changed.

/// A request as a server has it: its own copies of all texts.
class received_request {
public:
    received_request() = default;
    explicit received_request(zenwire::request_view const& sent) : body(sent.body) {
        for (const zenwire::field each : sent.fields) {
            fields.emplace_back(each.name, each.value);
        }
    }

    /// The value of a field that is there.
    std::string& value(std::string_view name) {
        for (auto& [each, value] : fields) {
            if (each == name) {
                return value;
            }
        }
        FAIL("no field ", name);
        return body;
    }
    void remove(std::string_view name) {
        std::erase_if(fields, [&](auto const& each) { return each.first == name; });
    }

    /// Whether `key` signed it.
    template <class Key>
    [[nodiscard]] zenwire::errc verify(Key const& key, zenwire::unix_seconds now) const {
        return code_of(verified(key, now));
    }
    template <class Key>
    [[nodiscard]] zenwire::expected<void> verified(Key const& key, zenwire::unix_seconds now) const {
        std::vector<zenwire::field> list;
        for (auto const& [name, value] : fields) {
            list.push_back({name, value});
        }
        zenwire::request_view view;
        view.fields = zenwire::field_list(list);
        view.target = target;
        view.method = method;
        view.body = body;
        return zenwire::verify_request(view, key, now, expectation);
    }

    std::vector<std::pair<std::string, std::string>> fields;
    std::string body;
    std::string_view method = "POST";
    std::string_view target = "/api/v2/bmc";
    zenwire::request_expectation expectation{zenwire::services::bmc_2022_11_20.path};
};

inline received_request good_request() {
    return received_request(
        zenwire::make_request(sample::action(), sample::endpoint(), sample::key(), sample::time)->view());
}

/// A request over the fields at hand with a signature that is right for them, whatever `signed_headers` names.
inline received_request signed_over(received_request request, std::string_view signed_headers,
                                    std::vector<zenwire::field> const& canonical) {
    const auto hash = zenwire::canonical_request_hash(canonical, *zenwire::payload_hash(request.body));
    const auto mac = sample::key().mac(zenwire::string_to_sign(sample::time, *hash).view());
    char memory[1024];
    zenwire::buffer_writer out(memory);
    zenwire::write_authorization_value(out, sample::id, signed_headers, mac);
    request.value("authorization") = out.written();
    return request;
}

/// A request of these fields.
inline zenwire::request_view view_of(std::span<zenwire::field const> fields, std::string_view body = {}) {
    zenwire::request_view view;
    view.fields = zenwire::field_list(fields);
    view.body = body;
    return view;
}

#endif
