// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_AUTHORITY_HPP
#define ZENWIRE_TESTING_FAKE_AUTHORITY_HPP

#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/unix_seconds.hpp>
#include <zenwire/crypto/constant_time_equal.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/credential.hpp>
#include <zenwire/protocol/error_code.hpp>
#include <zenwire/protocol/signature.hpp>
#include <zenwire/protocol/verification.hpp>
#include <zenwire/testing/fake_refusal.hpp>

namespace ZENWIRE_NAMESPACE {

/// Who may ask a fake_cloud. An unknown access key is AUTHFAILURE_SIGNATURE_FAILURE, an unknown token
/// AUTHFAILURE_UNAUTHORIZED_OPERATION: the documents say neither.
class fake_authority {
public:
    /// Accepts requests that are signed with this key.
    void add(access_key key) { keys_.push_back(std::move(key)); }
    /// Accepts requests with this token.
    void add(bearer_token token) { tokens_.push_back(std::move(token)); }

    /// Checks form, timestamp and signature, in this order; or the token.
    /// @param now the server's time
    [[nodiscard]] fake_outcome<void> admit(request_view const& request, unix_seconds now) const {
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
        case errc::access_key_unknown:
        case errc::signature_mismatch: return refuse(api_code::authfailure_signature_failure, verified.error().message);
        default: return refuse(api_code::authfailure_invalid_authorization, verified.error().message);
        }
    }

private:
    [[nodiscard]] access_key const* find(std::string_view id) const noexcept {
        for (access_key const& each : keys_) {
            if (each.id() == id) {
                return &each;
            }
        }
        return nullptr;
    }

    [[nodiscard]] fake_outcome<void> check_token(std::string_view token) const {
        for (bearer_token const& each : tokens_) {
            if (constant_time_equal(each.secret_text(), token)) {
                return {};
            }
        }
        return refuse(api_code::authfailure_unauthorized_operation, "nobody has this token");
    }

    std::vector<access_key> keys_;
    std::vector<bearer_token> tokens_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
