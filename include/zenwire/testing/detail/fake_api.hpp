// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_API_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_API_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zenwire/protocol/verification.hpp>
#include <zenwire/testing/detail/fake_ledger_actions.hpp>
#include <zenwire/testing/detail/fake_list_actions.hpp>
#include <zenwire/testing/detail/fake_order_actions.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The keys and tokens that a fake_cloud accepts. An unknown access key is AUTHFAILURE_SIGNATURE_FAILURE, an unknown token
/// AUTHFAILURE_UNAUTHORIZED_OPERATION: neither is documented.
class fake_credentials {
public:
    /// Accepts requests that are signed with this key.
    void add(access_key&& key) { add(own_keys_.emplace_back(std::move(key))); }
    /// The same; the key must outlive this object.
    void add(access_key const& key) { keys_.push_back(&key); }
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
                                "signed values have capital letters; the documentation wants them in lower case. The "
                                "fake cloud takes them as sent with fake_cloud_settings::accepts_letters_as_sent, its "
                                "server with --letters as-sent");
        default: return refuse(api_code::authfailure_invalid_authorization, verified.error().message);
        }
    }

private:
    [[nodiscard]] access_key const* find(std::string_view id) const noexcept {
        const auto found = std::ranges::find(keys_, id, &access_key::id);
        return found == keys_.end() ? nullptr : *found;
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

    std::deque<access_key> own_keys_;
    std::vector<access_key const*> keys_;
    std::vector<bearer_token> tokens_;
};

/// The API of a fake_cloud: responds to each request as documented, without faults, by the clock of its data center.
class fake_api {
public:
    /// How far a request came.
    enum class end : unsigned char { elsewhere, unauthorized, refused, executed };
    /// The response, without a date, and how far the request came.
    struct reply {
        fake_response response;
        end what;
    };

    explicit fake_api(fake_cloud_settings settings) : center(std::move(settings)) {}

    fake_data_center center;
    fake_credentials authority{};

    /// Whether the action orders something.
    [[nodiscard]] static bool is_order(std::string_view name) {
        return any_action(all_actions(),
                          [&]<class Action>(Action const*) { return name == Action::name && !Action::reads_only; });
    }
    [[nodiscard]] std::string next_request_id();
    [[nodiscard]] reply respond(request_view const& request);

private:
    /// The services in all versions. Some clients use another version of the billing service.
    static constexpr service known_services[] = {
        services::bmc_2022_11_20, services::bmc_2026_02_01, services::vm_2023_03_13,
        services::vm_2026_04_01,  services::zbc_2024_08_08, {"zbc", "/api/v2/zbc", "2024-08-09", {}, {}, false}};

    /// Calls `is_it(Action const*)` for the actions of a list until one returns true; returns whether one did.
    template <class Function, class... Actions>
    static bool any_action(action_list<Actions...>, Function is_it) {
        return (is_it(static_cast<Actions const*>(nullptr)) || ...);
    }

    /// Whether the fake has a function execute() for the action. It has none for an action that is new in the library.
    template <class Action>
    static constexpr bool is_played =
        requires(fake_call& call, received_action<Action> const& parameters) { execute(call, parameters); };

    fake_outcome<std::string> carry_out(request_view const& request);
    template <class Action>
    fake_outcome<std::string> read_and_execute(request_view const& request, service const& service) {
        if constexpr (requires { Action::members(service); }) {
            if (service.name == services::vm_2026_04_01.name) {
                return read_and_execute(request, service, received_action<Action, services::vm_2026_04_01>());
            }
        }
        return read_and_execute(request, service, received_action<Action>());
    }
    template <class Parameters>
    fake_outcome<std::string> read_and_execute(request_view const& request, service const& service,
                                               Parameters parameters);

    std::uint64_t request_ids_ = 0;
};

inline std::string fake_api::next_request_id() {
    // no std::snprintf, which gettext, Ruby and others own as a macro
    const auto hexadecimal = [count = std::uint64_t{++request_ids_}](std::size_t width) {
        std::string digits(width, '0');
        for (std::size_t i = 0; i < width; ++i) {
            digits[width - 1 - i] = "0123456789ABCDEF"[(count >> (4U * i)) & 0xFU];
        }
        return digits;
    };
    // piece by piece: GCC 12 takes "T" + std::string() for a copy onto itself, and warns of it (bug 105651)
    std::string id = "T";
    id += hexadecimal(8);
    id += "-0000-4000-8000-";
    id += hexadecimal(12);
    return id;
}

inline fake_api::reply fake_api::respond(request_view const& request) {
    const bool is_api_path =
        std::ranges::any_of(known_services, [&](service const& each) { return each.path == request.target; });
    if (!is_api_path || request.method != "POST") {
        return {fake_responses::html(is_api_path ? 405 : 404), end::elsewhere};
    }
    center.remember();
    const fake_outcome<void> admitted = authority.admit(request, center.now(), center.settings);
    const fake_outcome<std::string> result =
        admitted ? carry_out(request) : fake_outcome<std::string>(failure_of(admitted));
    center.remember();
    if (result) {
        return {{200, *result, {{"content-type", "application/json"}}}, end::executed};
    }
    fake_refusal const& why = result.error();
    return {error_response(why.status, why.code, why.message, next_request_id()),
            admitted ? end::refused : end::unauthorized};
}

inline fake_outcome<std::string> fake_api::carry_out(request_view const& request) {
    const auto found = std::ranges::find_if(known_services, [&](service const& each) {
        return each.path == request.target && each.version == request.fields.value_of("x-zc-version");
    });
    if (found == std::end(known_services)) {
        return refuse(api_code::authfailure_unauthorized_operation, "x-zc-version names no version of the service");
    }
    const std::string_view name = request.fields.value_of("x-zc-action");
    std::optional<fake_outcome<std::string>> result;
    const auto try_action = [&]<class Action>(Action const*) {
        if constexpr (is_played<Action>) {
            if (name == Action::name && is_offered<Action>(*found)) {
                result.emplace(read_and_execute<Action>(request, *found));
            }
        }
        return result.has_value();
    };
    if (any_action(all_actions(), try_action)) {
        return *std::move(result);
    }
    return refuse(api_code::authfailure_unauthorized_operation,
                  "the fake cloud does not have the action " + std::string(name) + " of " + std::string(found->name) +
                      "; the real one may. Nothing is wrong with the key");
}

/// The refusal of a request whose JSON is wrong.
[[nodiscard]] inline unexpected<fake_refusal> refuse_json(json_read_result const& read) {
    switch (read.fault) {
    case json_fault::wrong_type: return refuse(api_code::invalid_parameter_type, read.member);
    case json_fault::too_long: return refuse(api_code::invalid_parameter_exceed_length, read.member);
    case json_fault::no_object: return refuse(api_code::invalid_parameter_type, "the body is no JSON object");
    case json_fault::too_deep: return refuse(api_code::invalid_parameter_value, "the body is nested too deep");
    case json_fault::duplicate: return refuse(api_code::invalid_parameter_value, read.member);
    case json_fault::syntax:
    case json_fault::none: break;
    }
    return refuse(api_code::invalid_parameter_value, "the body is not JSON");
}

template <class Parameters>
fake_outcome<std::string> fake_api::read_and_execute(request_view const& request, service const& service,
                                                     Parameters parameters) {
    const json_read_result read = read_json(with_paired_surrogates(request.body), parameters);
    if (read.fault != json_fault::none) {
        return refuse_json(read);
    }
    if (const std::string_view missing = parameters.first_missing(); !missing.empty()) {
        return refuse(api_code::missing_parameter, missing);
    }
    fake_call call(center, service);
    auto response = execute(call, parameters);
    if (call.refusal()) {
        return unexpected(*call.refusal());
    }
    response.request_id = next_request_id();
    return json_text([&](json_writer& json) noexcept {
        json.begin_object();
        json.name("requestId");
        json.string(response.request_id);
        json.name("response");
        write_response(json, response, service);
        json.end_object();
    });
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
