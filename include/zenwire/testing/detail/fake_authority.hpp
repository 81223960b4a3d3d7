// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_AUTHORITY_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_AUTHORITY_HPP

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/protocol/verification.hpp>
#include <zenwire/testing/faults.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The keys and tokens that a fake_cloud accepts. An unknown access key is AUTHFAILURE_SIGNATURE_FAILURE, an unknown token
/// AUTHFAILURE_UNAUTHORIZED_OPERATION: the documents say neither.
class fake_authority {
public:
    /// Accepts requests that are signed with this key.
    void add(access_key&& key) { own_keys_.push_back(std::move(key)); }
    /// The same; the key must outlive this object.
    void add(access_key const& key) { other_keys_.push_back(&key); }
    /// Accepts requests with this token.
    void add(bearer_token token) { tokens_.push_back(std::move(token)); }

    /// Checks form, timestamp and signature, in this order; or the token.
    /// @param now the server's time
    [[nodiscard]] fake_outcome<void> admit(request_view const& request, unix_seconds now,
                                           fake_cloud_settings const& settings) const {
        const expected<authorization> parts = parse_authorization(request);
        if (!parts) {
            return refuse(api_code::authfailure_invalid_authorization, parts.error().message);
        }
        if (!parts->bearer_token.empty()) {
            return check_token(parts->bearer_token);
        }
        if (request.fields.value_of("x-zc-signature-method") != signature_method) {
            return refuse(api_code::authfailure_invalid_authorization, "x-zc-signature-method is not ZC2-HMAC-SHA256");
        }
        const auto key_of = [this](std::string_view id) noexcept { return find(id); };
        const expected<void> verified = verify_request(request, key_of, now, request_expectation(request.target));
        if (verified) {
            return {};
        }
        switch (verified.error().code) {
        case errc::signature_expired: return refuse(api_code::authfailure_signature_expired, verified.error().message);
        case errc::access_key_unknown: return refuse(api_code::authfailure_signature_failure, verified.error().message);
        case errc::signature_mismatch:
            if (!is_signed_as_sent(request, *parts)) {
                return refuse(api_code::authfailure_signature_failure, verified.error().message);
            }
            return settings.accepts_letters_as_sent
                       ? fake_outcome<void>()
                       : refuse(api_code::authfailure_signature_failure,
                                "signed values have capital letters, and the documents want them in lower case. The "
                                "fake cloud takes them as sent with fake_cloud_settings::accepts_letters_as_sent, its "
                                "server with --letters as-sent");
        default: return refuse(api_code::authfailure_invalid_authorization, verified.error().message);
        }
    }

private:
    [[nodiscard]] access_key const* find(std::string_view id) const noexcept {
        const auto own = std::ranges::find(own_keys_, id, &access_key::id);
        if (own != own_keys_.end()) {
            return &*own;
        }
        const auto other = std::ranges::find(other_keys_, id, &access_key::id);
        return other == other_keys_.end() ? nullptr : *other;
    }

    /// Whether the signature is right over values in the letters in which they were sent.
    [[nodiscard]] bool is_signed_as_sent(request_view const& request, authorization const& parts) const {
        access_key const* const key = find(parts.access_key_id);
        std::string canonical = "POST\n/\n\n";
        for (std::string_view names = parts.signed_headers; !names.empty();) {
            const std::string_view name = names.substr(0, names.find(';'));
            names.remove_prefix((std::min)(names.size(), name.size() + 1));
            canonical.append(name).append(":").append(ascii::trim(request.fields.value_of(name))).append("\n");
        }
        canonical.append("\n").append(parts.signed_headers).append("\n");
        canonical.append(hex_text(sha256_of(request.body)).view());
        const string_to_sign text(request.fields.value_of("x-zc-timestamp"), sha256_of(canonical));
        return key != nullptr && hex_text(key->mac(text.view())).view() == parts.signature;
    }

    [[nodiscard]] fake_outcome<void> check_token(std::string_view token) const {
        for (bearer_token const& each : tokens_) {
            if (constant_time_equal(each.secret_text(), token)) {
                return {};
            }
        }
        return refuse(api_code::authfailure_unauthorized_operation, "nobody has this token");
    }

    std::vector<access_key> own_keys_;
    std::vector<access_key const*> other_keys_;
    std::vector<bearer_token> tokens_;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
