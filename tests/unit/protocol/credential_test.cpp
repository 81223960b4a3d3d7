// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/credential.hpp>

#include <cstring>
#include <memory>
#include <new>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#if __has_include(<format>)
#include <format>
#endif

#include <doctest/doctest.h>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

template <class T>
constexpr bool is_streamable = requires(std::ostream& out, T const& value) { out << value; };
template <class T>
constexpr bool is_comparable = requires(T const& left, T const& right) { left == right; };
#ifdef __cpp_lib_format
template <class T>
constexpr bool is_formattable = std::is_default_constructible_v<std::formatter<T, char>>;
#else
template <class T>
constexpr bool is_formattable = false;
#endif
/// Whether a type leaves no way to show or compare what it holds by accident.
template <class T>
constexpr bool is_discreet =
    !is_streamable<T> && !is_formattable<T> && !is_comparable<T> &&
    !std::is_convertible_v<T const&, std::string_view> && !std::is_convertible_v<T const&, bool>;
template <class T>
constexpr bool is_move_only = !std::is_copy_constructible_v<T> && !std::is_copy_assignable_v<T> &&
                              std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>;
template <class Credential, class... Arguments>
constexpr bool is_made_from = requires(Arguments... arguments) { Credential::make(arguments...); };

static_assert(is_streamable<std::string_view> && is_comparable<std::string_view>, "the checks below can fail");
static_assert(is_discreet<zenwire::access_key> && is_discreet<zenwire::bearer_token>);
static_assert(is_discreet<zenwire::access_key_password> && is_discreet<zenwire::token>);
static_assert(is_discreet<zenwire::hmac_sha256> && is_discreet<zenwire::sha256>);
static_assert(is_move_only<zenwire::access_key> && is_move_only<zenwire::bearer_token>);

static_assert(is_made_from<zenwire::access_key, zenwire::access_key_id, zenwire::access_key_password>);
static_assert(!is_made_from<zenwire::access_key, zenwire::access_key_password, zenwire::access_key_id>,
              "the two halves cannot be swapped");
static_assert(!is_made_from<zenwire::access_key, std::string_view, std::string_view>);
static_assert(!is_made_from<zenwire::bearer_token, std::string_view>);
static_assert(!is_made_from<zenwire::bearer_token, zenwire::access_key_password>);

static_assert(zenwire::signing_credential<zenwire::access_key>);
static_assert(zenwire::signing_credential<zenwire::external_access_key<zenwire::hmac_sha256>>);
static_assert(!zenwire::signing_credential<zenwire::bearer_token> && zenwire::credential<zenwire::bearer_token>);
static_assert(!zenwire::credential<std::string>);

zenwire::expected<zenwire::access_key> make_key(std::string_view id, std::string_view password) {
    return zenwire::access_key::make(zenwire::access_key_id(id), zenwire::access_key_password(password));
}

/// The bytes of an object, also after it ended: read one by one past the optimiser.
template <class T>
std::string bytes_at(T const* object) {
    auto const* const memory = reinterpret_cast<unsigned char const volatile*>(object);
    std::string bytes;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        bytes += static_cast<char>(memory[i]);
    }
    return bytes;
}

/// What must not stay in memory: a state that HMAC-SHA256 keeps of a password, which is as good as it.
std::string secret_state(std::string_view password) {
    const zenwire::hmac_sha256 mac(password);
    return bytes_at(&mac).substr(0, 32);
}

struct failing_mac {
    zenwire::expected<zenwire::sha256_digest> operator()(std::string_view) const noexcept {
        return zenwire::refuse(zenwire::errc::crypto_failed, zenwire::blame::local, "the module is locked");
    }
};

}  // namespace

TEST_CASE("an access key id is 1 to 255 visible ASCII characters without a comma") {
    const std::string longest(255, 'k');
    struct {
        std::string id;
        bool legal;
    } const cases[] = {
        {"0D9UtpyKYcHxms5v", true},
        {"k", true},
        {"!#$%&'()*+-./:;<=>?@[\\]^_`{|}~\"", true},
        {longest, true},
        {"", false},
        {longest + "k", false},
        {"two words", false},
        {"k,", false},
        {"k\n", false},
        {"k\r\nx: y", false},
        {"\tk", false},
        {std::string("k\0", 2), false},
        {"k\x7F", false},
        {"k\xC3\xA9", false},
        {"\xFF", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.id);
        const auto key = make_key(each.id, "p");
        REQUIRE(key.has_value() == each.legal);
        if (each.legal) {
            CHECK(key->id() == each.id);
        } else {
            CHECK(key.error().code == zenwire::errc::invalid_credential);
            CHECK(key.error().field == "accessKeyId");
        }
    }
}

TEST_CASE("a password is any bytes but none") {
    for (const std::string& password :
         {std::string("p"), std::string(1000, 'p'), std::string("\0\xFF\n", 3), std::string("密码")}) {
        CAPTURE(password.size());
        const auto key = make_key("id", password);
        REQUIRE(key.has_value());
        CHECK(key->mac("message") == zenwire::hmac_sha256(password)("message"));
    }
    const auto refused = make_key("id", "");
    REQUIRE(code_of(refused) == zenwire::errc::invalid_credential);
    CHECK(refused.error().field == "accessKeyPassword");
}

TEST_CASE("a bearer token is 1 to 2048 visible ASCII characters") {
    const std::string longest(2048, 't');
    struct {
        std::string text;
        bool legal;
    } const cases[] = {
        {std::string(sample::token_text), true},
        {"t", true},
        {longest, true},
        {"", false},
        {longest + "t", false},
        {"two words", false},
        {"t\n", false},
        {"\rt", false},
        {"t\t", false},
        {std::string("\0t", 2), false},
        {"t\x7F", false},
        {"\xC3\xA9", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        const auto token = zenwire::bearer_token::make(zenwire::token(each.text));
        REQUIRE(token.has_value() == each.legal);
        if (each.legal) {
            CHECK(token->secret_text() == each.text);
        } else {
            CHECK(token.error().code == zenwire::errc::invalid_credential);
            CHECK(token.error().field == "token");
        }
    }
}

TEST_CASE("what the environment does not have is no credential, and no crash") {
    char const* const not_set = nullptr;
    using zenwire::access_key;
    using zenwire::access_key_id;
    using zenwire::access_key_password;
    CHECK(code_of(access_key::make(access_key_id(not_set), access_key_password("p"))) == zenwire::errc::invalid_credential);
    CHECK(code_of(access_key::make(access_key_id("id"), access_key_password(not_set))) == zenwire::errc::invalid_credential);
    CHECK(code_of(zenwire::bearer_token::make(zenwire::token(not_set))) == zenwire::errc::invalid_credential);
}

TEST_CASE("no error about a credential repeats the secret") {
    const std::string secret = "hunter2-hunter2\n";
    for (auto const& message : {zenwire::bearer_token::make(zenwire::token(secret)).error().message,
                                make_key(secret, secret).error().message, make_key("", secret).error().message}) {
        CHECK_FALSE(contains(message, "hunter2"));
    }
}

TEST_CASE("an access key moves with its secret and leaves nothing behind") {
    const std::string secret = secret_state(sample::password);
    const auto wanted_mac = zenwire::hmac_sha256(sample::password)("message");

    zenwire::access_key first = sample::key();
    REQUIRE(contains(bytes_at(&first), secret));
    zenwire::access_key second(std::move(first));
    CHECK(second.id() == sample::id);
    CHECK(second.mac("message") == wanted_mac);
    CHECK(first.id().empty());
    CHECK_FALSE(contains(bytes_at(&first), secret));

    zenwire::access_key third = *make_key("other", "other");
    third = std::move(second);
    CHECK(third.id() == sample::id);
    CHECK(third.mac("message") == wanted_mac);
    CHECK(second.id().empty());
    CHECK_FALSE(contains(bytes_at(&second), secret));
    CHECK_FALSE(contains(bytes_at(&third), secret_state("other")));

    zenwire::access_key& same = third;
    third = std::move(same);
    CHECK(third.id() == sample::id);
    CHECK(third.mac("message") == wanted_mac);
}

TEST_CASE("a bearer token moves with its text and leaves nothing behind") {
    zenwire::bearer_token first = sample::token();
    REQUIRE(contains(bytes_at(&first), sample::token_text));
    zenwire::bearer_token second(std::move(first));
    CHECK(second.secret_text() == sample::token_text);
    CHECK(first.secret_text().empty());
    CHECK_FALSE(contains(bytes_at(&first), sample::token_text));

    zenwire::bearer_token third =
        *zenwire::bearer_token::make(zenwire::token("another-token-that-is-longer-than-the-first-one"));
    third = std::move(second);
    CHECK(third.secret_text() == sample::token_text);
    CHECK(second.secret_text().empty());
    CHECK_FALSE(contains(bytes_at(&second), sample::token_text));
    CHECK_FALSE(contains(bytes_at(&third), "than-the-first-one"));

    zenwire::bearer_token& same = third;
    third = std::move(same);
    CHECK(third.secret_text() == sample::token_text);
}

TEST_CASE("credentials wipe their secrets when they end") {
    alignas(zenwire::access_key) unsigned char key_memory[sizeof(zenwire::access_key)];
    auto* const key = new (key_memory) zenwire::access_key(sample::key());
    REQUIRE(contains(bytes_at(key), secret_state(sample::password)));
    std::destroy_at(key);
    CHECK_FALSE(contains(bytes_at(key), secret_state(sample::password)));

    alignas(zenwire::bearer_token) unsigned char token_memory[sizeof(zenwire::bearer_token)];
    auto* const token = new (token_memory) zenwire::bearer_token(sample::token());
    REQUIRE(contains(bytes_at(token), sample::token_text));
    std::destroy_at(token);
    CHECK_FALSE(contains(bytes_at(token), sample::token_text.substr(0, 8)));
}

TEST_CASE("an external key asks its module for every MAC and hands its failure on") {
    int calls = 0;
    const auto module = [&calls](std::string_view message) noexcept {
        ++calls;
        return zenwire::hmac_sha256(sample::password)(message);
    };
    const auto key = zenwire::external_access_key<decltype(module)>::make(zenwire::access_key_id(sample::id), module);
    REQUIRE(key.has_value());
    CHECK(key->id() == sample::id);
    CHECK(key->mac("message") == sample::key().mac("message"));
    CHECK(calls == 1);

    const auto locked = zenwire::external_access_key<failing_mac>::make(zenwire::access_key_id(sample::id), {});
    REQUIRE(locked.has_value());
    CHECK(code_of(locked->mac("message")) == zenwire::errc::crypto_failed);
    CHECK(code_of(zenwire::external_access_key<failing_mac>::make(zenwire::access_key_id("a,b"), {})) ==
          zenwire::errc::invalid_credential);
}
