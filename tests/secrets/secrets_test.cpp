// SPDX-License-Identifier: BSL-1.0

/// @file
/// Proves that secrets are gone after use: runs the library on a stack of its own and then searches all of that stack, and
/// the memory of the objects that ended, for traces of the password, of the padded keys and of the states behind them.
/// Built by each compiler at its strongest optimisation, since it is optimisers that copy and that drop.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <version>

#if defined(__cpp_lib_format)
#include <format>
#endif

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/core.hpp>

#include "searched_stack.hpp"
#include "secret_traces.hpp"

namespace {

// ---- Secrets cannot be printed, compared or turned into text

template <class Type>
concept streamable = requires(std::ostream& out, Type const& value) { out << value; };
template <class Type>
concept comparable = requires(Type const& value) { value == value; };
#if defined(__cpp_lib_format)
template <class Type>
concept formattable = std::is_default_constructible_v<std::formatter<Type, char>>;
#else
template <class Type>
concept formattable = false;
#endif
template <class Type>
concept tight_lipped =
    !streamable<Type> && !formattable<Type> && !comparable<Type> && !std::is_convertible_v<Type, std::string_view> &&
    !std::is_convertible_v<Type, std::string> && !std::is_convertible_v<Type, bool>;

static_assert(streamable<int> && !tight_lipped<int>, "the checks can fail");
static_assert(tight_lipped<zenwire::access_key>);
static_assert(tight_lipped<zenwire::access_key_password>);
static_assert(tight_lipped<zenwire::token>);
static_assert(tight_lipped<zenwire::bearer_token>);
static_assert(tight_lipped<zenwire::hmac_sha256>);
static_assert(tight_lipped<zenwire::sha256>);
static_assert(tight_lipped<zenwire::signed_request>);
static_assert(tight_lipped<zenwire::request_in_buffer>);
static_assert(tight_lipped<zenwire::external_access_key<zenwire::hmac_sha256>>);

// ---- Secrets do not stay in memory

int failures = 0;

void require(bool condition, std::string_view what, std::string_view which) {
    if (!condition) {
        std::printf("FAILED: %.*s, %.*s\n", static_cast<int>(what.size()), what.data(), static_cast<int>(which.size()),
                    which.data());
        ++failures;
    }
}

void require_none(secret_traces const& traces, std::string_view memory, std::string_view what, std::string_view which) {
    const std::size_t position = traces.find_in(memory);
    require(position == memory.size(), what, which);
    if (position != memory.size()) {
        std::printf("    %zu bytes before the end:", memory.size() - position);
        for (const char c : memory.substr(position, 16)) {
            std::printf(" %02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
        std::printf("\n");
    }
}

/// Memory for an object whose bytes can be looked at after its end.
template <class Type>
struct object_memory {
    alignas(Type) char bytes[sizeof(Type)];

    object_memory() { std::memset(bytes, 0, sizeof(bytes)); }
    Type& object() { return *std::launder(reinterpret_cast<Type*>(bytes)); }
    void end() { std::destroy_at(&object()); }
    [[nodiscard]] std::string_view left() const { return {bytes, sizeof(bytes)}; }
};

const zenwire::modify_instance_traffic_package action{"instanceId", *zenwire::traffic_package_size::parse("0.15")};
constexpr zenwire::unix_seconds now(1673361177);

zenwire::expected<zenwire::access_key> make_key(std::string_view id, std::string_view password) {
    return zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(password));
}

void check_that_traces_are_found(secret_traces const& traces, std::string_view password, searched_stack& stack,
                                 std::string_view which) {
    stack.run([&] {
        char copy[64];
        std::memcpy(copy, password.data(), password.size() < sizeof(copy) ? password.size() : sizeof(copy));
        __asm__ __volatile__("" : : "r"(copy) : "memory");
    });
    require(traces.find_in(stack.left()) != stack.left().size(), "a copy of the password is found", which);

    object_memory<zenwire::hmac_sha256> mac;
    ::new (mac.bytes) zenwire::hmac_sha256(password);
    require(traces.find_in(mac.left()) != mac.left().size(), "the states are found in a MAC in use", which);
    mac.end();
}

void check_access_key(secret_traces const& traces, std::string_view password, searched_stack& stack,
                      std::string_view which) {
    object_memory<zenwire::expected<zenwire::access_key>> key;
    object_memory<zenwire::access_key> moved;
    object_memory<zenwire::access_key> assigned;

    stack.run([&] { ::new (key.bytes) zenwire::expected<zenwire::access_key>(make_key("id", password)); });
    require_none(traces, stack.left(), "making a key leaves nothing on the stack", which);
    stack.run([&] { ::new (moved.bytes) zenwire::access_key(std::move(*key.object())); });
    require_none(traces, stack.left(), "moving a key leaves nothing on the stack", which);
    require_none(traces, key.left(), "a key that was moved from holds nothing", which);
    stack.run([&] {
        ::new (assigned.bytes) zenwire::access_key(*make_key("other", "another password of no interest"));
        assigned.object() = std::move(moved.object());
    });
    require_none(traces, stack.left(), "assigning a key leaves nothing on the stack", which);
    require_none(traces, moved.left(), "a key that was assigned from holds nothing", which);

    zenwire::sha256_digest mac{};
    stack.run([&] { mac = assigned.object().mac("message"); });
    require_none(traces, stack.left(), "a MAC leaves nothing on the stack", which);
    require(mac == zenwire::hmac_sha256(password)("message"), "the key still works", which);

    stack.run([&] { assigned.end(); });
    require_none(traces, stack.left(), "the end of a key leaves nothing on the stack", which);
    require_none(traces, assigned.left(), "a key that ended leaves nothing", which);
    moved.end();
    key.end();

    stack.run([&] { require(!make_key("", password), "a key without an id is refused", which); });
    require_none(traces, stack.left(), "a key that is refused leaves nothing on the stack", which);
    stack.run([&] {
        const auto local = make_key("id", password);
        require(local.has_value(), "the key is made", which);
    });
    require_none(traces, stack.left(), "a local key leaves nothing on the stack", which);
}

void check_make_request(secret_traces const& traces, std::string_view password, searched_stack& stack,
                        std::string_view which) {
    const auto key = make_key("id", password);
    object_memory<zenwire::expected<zenwire::signed_request>> request;
    stack.run([&] {
        ::new (request.bytes) zenwire::expected<zenwire::signed_request>(
            zenwire::make_request(action, zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key, now));
    });
    require(request.object().has_value(), "the request is made", which);
    require_none(traces, stack.left(), "signing leaves nothing on the stack", which);
    require_none(traces, request.left(), "a request has nothing of the password in it", which);

    std::optional<bool> is_genuine;
    stack.run([&] { is_genuine = zenwire::verify_request(request.object()->view(), *key, now, zenwire::services::bmc_2026_02_01).has_value(); });
    require(is_genuine == true, "the request is genuine", which);
    require_none(traces, stack.left(), "verifying leaves nothing on the stack", which);
    request.end();

    char memory[600] = {};
    const auto prepared =
        zenwire::request_template<>::make(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), {});
    for (const std::size_t size : {std::size_t{50}, std::size_t{200}, sizeof(memory)}) {
        stack.run([&] {
            const auto placed = zenwire::make_request_in(std::span(memory, size), action, *prepared, *key, now);
            require(placed.has_value() == (size == sizeof(memory)), "the memory is enough or too small", which);
        });
        require_none(traces, stack.left(), "signing in other memory leaves nothing on the stack", which);
        require_none(traces, {memory, sizeof(memory)}, "there is nothing of the password in the memory", which);
    }
}

/// The MAC is public once it was sent; the hash inside of it never is.
void check_inner_digest(std::string_view password, searched_stack& stack, std::string_view which) {
    std::string pad(zenwire::sha256::block_size, '\x36');
    for (std::size_t i = 0; i < password.size(); ++i) {
        pad[i] = static_cast<char>(static_cast<unsigned char>(password[i]) ^ 0x36U);
    }
    const zenwire::sha256_digest inner = zenwire::sha256_of(pad + "message");
    std::string text(reinterpret_cast<char const*>(inner.data()), inner.size());
    secret_traces traces = secret_traces::of_text(text);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::swap(text[i], text[i + 3]);
        std::swap(text[i + 1], text[i + 2]);
    }
    traces.add(text);
    const zenwire::hmac_sha256 mac(password);
    zenwire::sha256_digest result{};
    stack.run([&] { result = mac("message"); });
    require(result != inner, "a MAC is made", which);
    require_none(traces, stack.left(), "a MAC leaves no inner digest on the stack", which);
}

void check_bearer_token(searched_stack& stack) {
    constexpr std::string_view text = "t0ken-of-a-s3ssion_with.64+signs/==";
    constexpr std::string_view which = "bearer token";
    const secret_traces traces = secret_traces::of_text(text);
    object_memory<zenwire::bearer_token> token;
    object_memory<zenwire::bearer_token> moved;
    stack.run([&] { ::new (token.bytes) zenwire::bearer_token(*zenwire::bearer_token::make(zenwire::token(text))); });
    require_none(traces, stack.left(), "making a token leaves nothing on the stack", which);
    stack.run([&] { ::new (moved.bytes) zenwire::bearer_token(std::move(token.object())); });
    require_none(traces, stack.left(), "moving a token leaves nothing on the stack", which);
    require_none(traces, token.left(), "a token that was moved from holds nothing", which);

    object_memory<zenwire::expected<zenwire::signed_request>> request;
    object_memory<zenwire::signed_request> moved_request;
    stack.run([&] {
        ::new (request.bytes) zenwire::expected<zenwire::signed_request>(
            zenwire::make_request(action, zenwire::services::bmc_2026_02_01, zenwire::endpoint(), moved.object(), now));
    });
    require(request.object().has_value(), "the request is made", which);
    require(traces.find_in(request.left()) != request.left().size(), "the request carries the token", which);
    require_none(traces, stack.left(), "making a request leaves nothing on the stack", which);
    stack.run([&] { ::new (moved_request.bytes) zenwire::signed_request(std::move(*request.object())); });
    require_none(traces, request.left(), "a request that was moved from holds nothing", which);
    const secret_traces body = secret_traces::of_text(R"({"instanceId":"instanceId","t)");
    require(body.find_in(moved_request.left()) != moved_request.left().size(), "the request carries its body", which);
    require_none(body, request.left(), "a request that was moved from has no body", which);
    moved_request.end();
    require_none(traces, moved_request.left(), "a request that ended leaves nothing", which);
    require_none(body, moved_request.left(), "a request that ended leaves nothing of its body", which);
    request.end();

    char memory[600] = {};
    const auto prepared =
        zenwire::request_template<>::make(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), {});
    std::size_t too_small = 0;
    for (std::size_t size = 0; size <= sizeof(memory); ++size) {
        bool made = false;
        stack.run([&] {
            made =
                zenwire::make_request_in(std::span(memory, size), action, *prepared, moved.object(), now).has_value();
        });
        if (made) {
            break;
        }
        ++too_small;
        require_none(traces, {memory, sizeof(memory)}, "memory that was too small holds nothing", which);
        require_none(traces, stack.left(), "making a request in memory that is too small leaves nothing", which);
    }
    require(too_small > text.size() && too_small < sizeof(memory), "memory of some size is enough", which);
    moved.end();
    require_none(traces, moved.left(), "a token that ended leaves nothing", which);
    token.end();
}

}  // namespace

int main() {
    // on the heap: not on the stack that is searched, nor in the objects
    const auto stack = std::make_unique<searched_stack>();
    const std::string passwords[] = {
        "Gu5t9xGARNpq86cd98joQYCN3",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_",
        "a password that is longer than a block of SHA-256, which is therefore hashed before it becomes a key of HMAC",
    };
    for (std::string const& password : passwords) {
        const std::string which = "password of " + std::to_string(password.size()) + " bytes";
        const secret_traces traces = secret_traces::of_password(password);
        check_that_traces_are_found(traces, password, *stack, which);
        check_access_key(traces, password, *stack, which);
        check_make_request(traces, password, *stack, which);
        if (password.size() <= zenwire::sha256::block_size) {
            check_inner_digest(password, *stack, which);
        }
    }
    check_bearer_token(*stack);
    std::printf("%s\n", failures == 0 ? "no traces" : "traces of secrets");
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
