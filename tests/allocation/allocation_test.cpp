// SPDX-License-Identifier: BSL-1.0

/// @file
/// Proves that building, signing, verifying, parsing and sending of an action touch no heap: counts every call that
/// takes memory, first of all its own deliberate ones.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <span>
#include <string_view>

#include <zenwire/zenwire.hpp>

// A sanitizer has a malloc of its own; without glibc there is no other name for malloc to go on with.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define CAN_HOOK_MALLOC 0
#endif
#endif
#if !defined(CAN_HOOK_MALLOC) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CAN_HOOK_MALLOC 1
#endif
#ifndef CAN_HOOK_MALLOC
#define CAN_HOOK_MALLOC 0
#endif

namespace {

std::size_t heap_calls = 0;

/// What is written here cannot be optimised away.
void* volatile kept = nullptr;

}  // namespace

#if CAN_HOOK_MALLOC

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept {
    ++heap_calls;
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
    ++heap_calls;
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept {
    ++heap_calls;
    return __libc_realloc(memory, size);
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
    ++heap_calls;
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    ++heap_calls;
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
    ++heap_calls;
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}

}  // extern "C"

#endif

// The other forms of the standard library end in these.
void* operator new(std::size_t size) {
    ++heap_calls;
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        std::abort();
    }
    return memory;
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    ++heap_calls;
    const auto unit = static_cast<std::size_t>(alignment);
    void* const memory = std::aligned_alloc(unit, (size + unit - 1) / unit * unit);
    if (memory == nullptr) {
        std::abort();
    }
    return memory;
}
void* operator new[](std::size_t size) { return ::operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace {

using zenwire::errc;
using action_type = zenwire::modify_instance_traffic_package;

constexpr zenwire::service service = zenwire::services::bmc_2022_11_20;
constexpr zenwire::unix_seconds now{1673361177};
constexpr std::string_view success =
    R"({"requestId":"T1","response":{"requestId":"T1","orderNumber":"1234567654321"}})";
constexpr std::string_view api_error =
    R"({"requestId":"T1","code":"INVALID_INSTANCE_NOT_FOUND","message":"not found"})";
constexpr std::string_view rate_limit = R"({"requestId":"T1","code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"})";
constexpr std::string_view html = "<html><head><title>502 Bad Gateway</title></head></html>";

zenwire::expected<zenwire::access_key> make_key() {
    return zenwire::access_key::make(zenwire::access_key_id("0D9UtpyKYcHxms5v"),
                                     zenwire::access_key_password("Gu5t9xGARNpq86cd98joQYCN3"));
}
zenwire::expected<zenwire::bearer_token> make_token() { return zenwire::bearer_token::make(zenwire::token("a-token")); }

action_type action() { return {"instanceId", *zenwire::traffic_package_size::from_terabytes(0.15)}; }

template <class Value>
errc code_of(zenwire::expected<Value> const& result) {
    return result ? errc{} : result.error().code;
}

errc parse(int status, std::string_view body) {
    constexpr zenwire::field fields[] = {{"date", "Tue, 10 Jan 2023 14:32:57 GMT"}, {"retry-after", "7"}};
    return code_of(zenwire::parse_response<action_type>(service, {status, body, zenwire::field_list(fields)}));
}

/// A text of many escapes, longer than any buffer of the parser.
std::string_view long_escaped_error() {
    static char body[20'000];
    zenwire::buffer_writer out(body);
    out.append(R"({"requestId":"T1","code":"X","unknown":")");
    for (int i = 0; i < 1000; ++i) {
        out.append(R"(\u5b9e\n plain )");
    }
    out.append(R"(","message":")");
    for (int i = 0; i < 100; ++i) {
        out.append(R"(\u0041)");
    }
    return out.append("\"}").written();
}

bool makes_a_request_with_an_access_key() {
    const auto key = make_key();
    const auto request = zenwire::make_request(action(), service, zenwire::endpoint(), *key, now);
    return request && request->view().fields.size() == 10;
}

bool makes_a_request_with_a_bearer_token() {
    const auto token = make_token();
    const auto request = zenwire::make_request(action(), service, zenwire::endpoint(), *token, now);
    return request && request->view().fields.size() == 8;
}

bool makes_a_request_in_memory_of_the_caller() {
    char memory[1024];
    const auto key = make_key();
    const auto prepared = zenwire::request_template<>::make(service, zenwire::endpoint());
    const bool fits = zenwire::make_request_in(memory, action(), *prepared, *key, now).has_value();
    return fits && code_of(zenwire::make_request_in(std::span(memory, 600).first(100), action(), *prepared, *key,
                                                    now)) == errc::buffer_too_small;
}

bool refuses_parameters_and_credentials() {
    const auto key = make_key();
    const action_type illegal{"instanceId", *zenwire::traffic_package_size::parse("0.07")};
    return code_of(zenwire::make_request(illegal, service, zenwire::endpoint(), *key, now)) ==
               errc::invalid_parameter &&
           code_of(zenwire::bearer_token::make(zenwire::token(""))) == errc::invalid_credential &&
           code_of(zenwire::endpoint::make("a/b")) == errc::invalid_endpoint;
}

bool verifies() {
    const auto key = make_key();
    const auto request = zenwire::make_request(action(), service, zenwire::endpoint(), *key, now);
    return code_of(zenwire::verify_request(request->view(), *key, now, zenwire::services::bmc_2022_11_20)) == errc{} &&
           code_of(zenwire::verify_request(request->view(), *key, zenwire::unix_seconds(0), zenwire::services::bmc_2022_11_20)) == errc::signature_expired &&
           code_of(zenwire::verify_request(zenwire::request_view{}, *key, now, zenwire::services::bmc_2022_11_20)) == errc::authorization_malformed;
}

bool parses_a_success() { return parse(200, success) == errc{}; }
bool parses_an_api_error() { return parse(404, api_error) == errc::api_error; }
bool parses_html() { return parse(502, html) == errc::malformed_response; }
bool parses_long_texts() { return parse(400, long_escaped_error()) == errc::api_error; }

bool parses_answers_cut_anywhere() {
    for (const std::string_view body : {success, api_error, rate_limit, long_escaped_error()}) {
        for (std::size_t size = 0; size < body.size(); ++size) {
            if (parse(200, body.substr(0, size)) != errc::malformed_response) {
                return false;
            }
        }
    }
    return true;
}

bool exchanges_from_what_was_not_sent_to_a_success() {
    const auto key = make_key();
    const zenwire::client client(service, zenwire::endpoint(), *key);
    zenwire::request_exchange exchange(client, action());
    exchange.next(now);
    exchange.send_failed({zenwire::transport_failure::not_sent, "connection refused"});
    exchange.next(now);
    exchange.receive({200, success, {}}, now);
    return exchange.attempts() == 2 && exchange.result() && exchange.result()->order_number.view() == "1234567654321";
}

bool exchanges_to_a_rate_limit() {
    const auto key = make_key();
    const zenwire::client client(service, zenwire::endpoint(), *key);
    zenwire::request_exchange exchange(client, action());
    exchange.next(now);
    exchange.receive({429, rate_limit, {}}, now);
    return code_of(exchange.result()) == errc::rate_limited;
}

/// A job from its first look to its verdict, a lost response and a resumption among them.
bool does_a_whole_job() {
    const auto key = make_key();
    const zenwire::client client(service, zenwire::endpoint(), *key);
    using workflow = zenwire::traffic_package_workflow<zenwire::access_key>;
    int looks = 0;
    const auto transport = [&](zenwire::request_view const& request)
        -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
        const std::string_view name = request.fields.value_of("x-zc-action");
        if (name == action_type::name) {
            return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::unknown, "lost"));
        }
        return zenwire::response_view{
            200,
            name == "DescribeInstances"
                ? R"({"response":{"requestId":"r","dataSet":[{"instanceId":"instanceId","instanceStatus":"RUNNING",)"
                  R"("instanceChargeType":"PREPAID","internetChargeType":"ByTrafficPackage","trafficPackageSize":0.1}]}})"
            : name == "InquiryPriceInstanceTrafficPackage"
                ? R"({"response":{"requestId":"r","trafficPackagePrice":[{"originalPrice":1}]}})"
            : ++looks < 3 ? R"({"response":{"requestId":"r","instanceId":"instanceId","trafficPackageSize":0.1}})"
                          : R"({"response":{"requestId":"r","instanceId":"instanceId","trafficPackageSize":0.15}})",
            {}};
    };
    struct {
        std::int64_t seconds = ::now.count();
        zenwire::unix_seconds now() { return zenwire::unix_seconds(seconds); }
        void sleep_for(zenwire::milliseconds time) { seconds += time.count() / 1000; }
        std::uint32_t jitter() { return 0; }
    } clock;
    const auto save = [](std::span<char const>, zenwire::save_mode) { return true; };
    const auto agree = [](workflow const&) { return true; };
    auto job = workflow::change(client, "instanceId", action().size);
    const auto verdict = zenwire::run_workflow(job, transport, clock, save, agree);
    auto resumed = workflow::resume(client, job.saved_bytes());
    return verdict.instance == zenwire::workflow_verdict::instance_kind::reached && resumed &&
           zenwire::run_workflow(*resumed, transport, clock, save, agree).order ==
               zenwire::workflow_verdict::order_kind::unknown;
}

bool speaks_http1() {
    const auto key = make_key();
    const auto request = zenwire::make_request(action(), service, zenwire::endpoint(), *key, now);
    const auto message = zenwire::http1_request::make(request->view());
    char bytes[1024];
    char head[512];
    char body[256];
    zenwire::field_position positions[4];
    zenwire::http1_response answer(head, positions, body);
    zenwire::http1_response broken(head, positions, body);
    constexpr std::string_view chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    for (const char& c : chunks) {
        if (!answer.feed({&c, 1})) {
            return false;
        }
    }
    return message && message->write_to(bytes) && answer.view().body == "{}" &&
           code_of(broken.feed("SSH-2.0\r\n")) == errc::malformed_response;
}

bool sends_an_action() {
    struct {
        zenwire::unix_seconds now() { return ::now; }
        void sleep_for(zenwire::milliseconds) {}
        std::uint32_t jitter() { return 0; }
    } runtime;
    const auto token = make_token();
    const zenwire::client client(service, zenwire::endpoint(), *token);
    const auto result = zenwire::send_action(
        client, action(),
        [body = std::string_view(html)](
            zenwire::request_view const&) -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
            return zenwire::response_view{503, body, {}};
        },
        runtime);
    return code_of(result) == errc::outcome_unknown;
}

struct {
    char const* name;
    bool (*work)();
} const heap_free_work[] = {
    {"make_request with an access key", makes_a_request_with_an_access_key},
    {"make_request with a bearer token", makes_a_request_with_a_bearer_token},
    {"make_request_in", makes_a_request_in_memory_of_the_caller},
    {"refusal of parameters", refuses_parameters_and_credentials},
    {"verify", verifies},
    {"parse_response of a success", parses_a_success},
    {"parse_response of an API error", parses_an_api_error},
    {"parse_response of HTML", parses_html},
    {"parse_response of long texts with escapes", parses_long_texts},
    {"parse_response of responses cut at every byte", parses_answers_cut_anywhere},
    {"request_exchange", exchanges_from_what_was_not_sent_to_a_success},
    {"request_exchange of a limit", exchanges_to_a_rate_limit},
    {"traffic_package_workflow", does_a_whole_job},
    {"http1_request and http1_response", speaks_http1},
    {"send_action", sends_an_action},
};

void use_new() {
    kept = ::operator new(1);
    ::operator delete(kept);
}
void use_aligned_new() {
    kept = ::operator new(1, std::align_val_t(64));
    ::operator delete(kept, std::align_val_t(64));
}
void use_array_new() {
    kept = ::operator new[](1);
    ::operator delete[](kept);
}
void use_malloc() {
    kept = std::malloc(1);
    std::free(kept);
}
void use_calloc() {
    kept = std::calloc(1, 1);
    std::free(kept);
}
void use_realloc() {
    kept = std::realloc(nullptr, 1);
    std::free(kept);
}
void use_aligned_alloc() {
    kept = std::aligned_alloc(64, 64);
    std::free(kept);
}

struct {
    char const* name;
    void (*use)();
    bool is_hooked;
} const deliberate_allocations[] = {
    {"operator new", use_new, true},
    {"aligned operator new", use_aligned_new, true},
    {"operator new[]", use_array_new, true},
    {"malloc", use_malloc, CAN_HOOK_MALLOC != 0},
    {"calloc", use_calloc, CAN_HOOK_MALLOC != 0},
    {"realloc", use_realloc, CAN_HOOK_MALLOC != 0},
    {"aligned_alloc", use_aligned_alloc, CAN_HOOK_MALLOC != 0},
};

}  // namespace

int main() {
    int failures = 0;
    const auto check = [&](bool condition, char const* name, char const* what) {
        if (!condition) {
            std::fprintf(stderr, "%s: %s\n", name, what);
            ++failures;
        }
    };
    for (auto const& each : deliberate_allocations) {
        const std::size_t before = heap_calls;
        each.use();
        const std::size_t after = heap_calls;
        check(!each.is_hooked || after > before, each.name, "a deliberate allocation was not counted");
    }
    for (auto const& each : heap_free_work) {
        const std::size_t before = heap_calls;
        const bool did_its_work = each.work();
        const std::size_t after = heap_calls;
        check(did_its_work, each.name, "did not do what it should");
        check(after == before, each.name, "took memory from the heap");
    }
    std::printf("%d failures, %s counted\n", failures,
                CAN_HOOK_MALLOC != 0 ? "operator new and malloc" : "operator new");
    return failures == 0 ? 0 : 1;
}
