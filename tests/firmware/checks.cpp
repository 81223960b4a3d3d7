// SPDX-License-Identifier: BSL-1.0

/// @file
/// Builds, signs, sends over a stub and parses; checks all vectors and responses; reports the stack that each kind of work
/// takes. Without exceptions, RTTI and heap, and so on any machine.

#include <cstdint>
#include <string_view>

#include "board.hpp"
#include "parse_work.hpp"
#include "vectors.hpp"

namespace {

/// Compares, and prints what differs under the name of the row that it belongs to.
class checker {
public:
    explicit checker(std::string_view row) noexcept : row_(row) {}

    void equal(std::string_view what, std::string_view expected, std::string_view actual) noexcept {
        if (expected == actual) {
            return;
        }
        passed_ = false;
        for (const std::string_view text : {row_, std::string_view(": "), what, std::string_view(": expected "),
                                            expected, std::string_view(", got "), actual, std::string_view("\n")}) {
            board::print(text);
        }
    }
    void equal(std::string_view what, std::optional<std::string_view> const& expected,
               std::string_view actual) noexcept {
        if (expected) {
            equal(what, *expected, actual);
        }
    }
    void equal(std::string_view what, std::optional<std::string_view> const& expected,
               std::optional<std::uint32_t> actual) noexcept {
        char memory[20];
        zenwire::buffer_writer out(memory);
        if (actual) {
            out.append_decimal(*actual);
        }
        equal(what, expected, out.written());
    }
    void is_true(std::string_view what, bool condition) noexcept {
        equal(what, std::string_view("yes"), condition ? "yes" : "no");
    }

    [[nodiscard]] bool passed() const noexcept { return passed_; }

private:
    std::string_view row_;
    bool passed_ = true;
};

/// Signs stage by stage.
bool check(signature_vector const& row) noexcept {
    checker check(row.id);
    const auto key = zenwire::access_key::make(zenwire::access_key_id(row.access_key_id),
                                               zenwire::access_key_password(row.access_key_password));
    const auto payload = zenwire::payload_hash(row.body);
    const std::span fields(row.signed_fields, row.signed_field_count);
    const auto canonical = fields.empty() ? zenwire::canonical_request_hash(row.content_type, row.host, payload.value())
                                          : zenwire::canonical_request_hash(fields, payload.value());
    const zenwire::string_to_sign text(zenwire::unix_seconds(row.timestamp), canonical.value());
    const auto mac = key.value().mac(text.view());
    char memory[1024];
    char names_memory[256];
    zenwire::buffer_writer names(names_memory);
    for (auto const& field : fields) {
        names.append(names.size() == 0 ? "" : ";").append(field.name);
    }
    zenwire::buffer_writer authorization(memory);
    zenwire::write_authorization_value(authorization, key->id(),
                                       fields.empty() ? zenwire::default_signed_headers : names.written(), mac);
    check.equal("body_sha256", row.body_sha256, zenwire::detail::hex_text(*payload).view());
    check.equal("canonical_request_sha256", row.canonical_request_sha256, zenwire::detail::hex_text(*canonical).view());
    check.equal("string_to_sign", row.string_to_sign, text.view());
    check.equal("signature", row.signature, zenwire::detail::hex_text(mac).view());
    check.equal("authorization", row.authorization, authorization.written());
    return check.passed();
}

bool check(response_vector const& row) noexcept {
    checker check(row.id);
    const zenwire::field_list fields(std::span(row.fields, row.field_count));
    const auto result =
        zenwire::parse_response<work::modify_instance_traffic_package>(work::service, {row.status, row.body, fields});
    check.is_true("is a success or a failure as expected", result.has_value() == row.is_success);
    if (!check.passed()) {
        return false;
    }
    if (result) {
        check.equal("request_id", row.request_id, result->request_id.view());
        check.equal("order_number", row.order_number, result->order_number.view());
        check.equal("order_number_is_cut", row.order_number_is_cut, result->order_number.truncated() ? "yes" : "no");
    } else {
        zenwire::error const& error = result.error();
        check.equal("request_id", row.request_id, error.request_id.view());
        check.equal("code", row.code, to_string(error.code));
        check.equal("api_code", row.api_code, api_code_spelling(error));
        check.equal("outcome", row.outcome, to_string(error.outcome));
        check.equal("blame", row.blame, to_string(error.blame));
        check.equal("message", row.message, error.message.view());
        check.equal("http_status", row.http_status, std::optional<std::uint32_t>(error.http_status));
        check.equal("retryable", row.retryable, error.retryable() ? "yes" : "no");
        check.equal("retry_after_seconds", row.retry_after_seconds, error.retry_after_seconds);
    }
    return check.passed();
}

/// @return how many rows failed
template <class Row, std::size_t Size>
std::size_t check_all(std::string_view what, Row const (&rows)[Size]) noexcept {
    std::size_t failed = 0;
    for (Row const& row : rows) {
        failed += check(row) ? 0U : 1U;
    }
    board::print(what);
    board::print(": ");
    board::print(Size - failed);
    board::print(" passed, ");
    board::print(failed);
    board::print(" failed\n");
    return failed;
}

struct still_runtime {
    static zenwire::unix_seconds now() noexcept { return work::now(); }
    static void sleep_for(zenwire::milliseconds) noexcept {}
    static std::uint32_t jitter() noexcept { return 0; }
};

bool did_its_work = false;

void set_up() noexcept { did_its_work = work::set_up(); }
void build_and_sign() noexcept { did_its_work = work::build_and_sign(); }
void parse() noexcept { did_its_work = work::parse(); }

/// A request that owns its bytes.
void build_and_sign_in_one_object() noexcept {
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    const work::modify_instance_traffic_package action{"1", *zenwire::traffic_package_size::parse("0.15")};
    const auto request = zenwire::make_request(action, work::service, zenwire::endpoint(), *key, work::now());
    did_its_work = request && request->view().fields.size() == 10;
}

/// The server's side.
void verify() noexcept {
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    static char memory[1024];
    const auto prepared = zenwire::request_template<>::make(work::service, zenwire::endpoint());
    const auto request = zenwire::sign_body(memory, "DescribeInstances", "{}", *prepared, *key, work::now());
    did_its_work = zenwire::verify_request(request->view(), *key, work::now(), work::service).has_value();
}

/// A transport that is not there yet, then answers when the signature is right.
void send() noexcept {
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    const zenwire::client client(work::service, zenwire::endpoint(), *key);
    const work::modify_instance_traffic_package action{"1", *zenwire::traffic_package_size::parse("0.15")};
    int requests = 0;
    const auto transport = [&](zenwire::request_view const& request)
        -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
        ++requests;
        if (requests == 1) {
            return zenwire::unexpected(zenwire::transport_error{zenwire::transport_failure::not_sent});
        }
        return zenwire::response_view{zenwire::verify_request(request, *key, work::now(), work::service) ? 200 : 401, work::response, {}};
    };
    const auto result = zenwire::send_action(client, action, transport, still_runtime{});
    did_its_work = result && result->order_number.view() == "1234567654321" && requests == 2;
}

constexpr struct {
    std::string_view name;
    std::size_t size;
} public_types[] = {
    {"error", sizeof(zenwire::error)},
    {"expected<void>", sizeof(zenwire::expected<void>)},
    {"modify_instance_traffic_package", sizeof(work::modify_instance_traffic_package)},
    {"modify_instance_traffic_package::response", sizeof(work::modify_instance_traffic_package::response)},
    {"access_key", sizeof(zenwire::access_key)},
    {"bearer_token", sizeof(zenwire::bearer_token)},
    {"endpoint", sizeof(zenwire::endpoint)},
    {"request_template", sizeof(zenwire::request_template<>)},
    {"signed_request", sizeof(zenwire::signed_request)},
    {"request_in_buffer", sizeof(zenwire::request_in_buffer)},
    {"client", sizeof(zenwire::client<zenwire::access_key>)},
    {"request_exchange", sizeof(zenwire::request_exchange<work::modify_instance_traffic_package, zenwire::access_key>)},
};

constexpr struct {
    std::string_view name;
    void (*work)();
} kinds_of_work[] = {
    {"set_up", set_up}, {"make_request_in", build_and_sign}, {"make_request", build_and_sign_in_one_object},
    {"verify", verify}, {"parse_response", parse},           {"send_action", send},
};

}  // namespace

int program() noexcept {
    std::size_t failed = 0;
    for (auto const& each : kinds_of_work) {
        did_its_work = false;
        const std::size_t stack = board::stack_taken_by(each.work);
        board::print(each.name);
        board::print(did_its_work ? ": done, stack " : ": FAILED, stack ");
        board::print(stack);
        board::print("\n");
        failed += did_its_work ? 0U : 1U;
    }
    for (auto const& each : public_types) {
        board::print("sizeof ");
        board::print(each.name);
        board::print(": ");
        board::print(each.size);
        board::print("\n");
    }
    failed += check_all("signatures", signature_vectors);
    failed += check_all("responses", response_vectors);
    return failed == 0 ? 0 : 1;
}
