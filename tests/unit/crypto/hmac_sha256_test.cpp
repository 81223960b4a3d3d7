// SPDX-License-Identifier: BSL-1.0
#include <zenwire/crypto/hmac_sha256.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/detail/ascii.hpp>

#include "../counting_text.hpp"
#include "../erased.hpp"
#include "../from_hex.hpp"
#include "../json_lines.hpp"
#include "../results.hpp"

namespace {

using zenwire::hmac_sha256;
using zenwire::sha256_digest;

template <std::size_t Size>
constexpr std::array<char, Size> repeated(unsigned char byte) {
    std::array<char, Size> text{};
    text.fill(static_cast<char>(byte));
    return text;
}

constexpr bool has_mac(std::string_view key, std::string_view message, std::string_view mac) {
    return zenwire::detail::hex_text(hmac_sha256(key)(message)).view().starts_with(mac);
}

constexpr auto key_0b = repeated<20>(0x0B);
constexpr auto key_0c = repeated<20>(0x0C);
constexpr auto key_aa = repeated<131>(0xAA);
constexpr auto data_dd = repeated<50>(0xDD);
constexpr auto data_cd = repeated<50>(0xCD);
constexpr std::string_view counting_key =
    "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19";

// RFC 4231, test cases 1 to 7
static_assert(has_mac({key_0b.data(), key_0b.size()}, "Hi There",
                      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
static_assert(has_mac("Jefe", "what do ya want for nothing?",
                      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
static_assert(has_mac({key_aa.data(), 20}, {data_dd.data(), data_dd.size()},
                      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
static_assert(has_mac(counting_key, {data_cd.data(), data_cd.size()},
                      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"));
static_assert(has_mac({key_0c.data(), key_0c.size()}, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"));
// the same as the second, in an ending
static_assert([] {
    sha256_digest mac{};
    hmac_sha256("Jefe")({"what do ya want for nothing?"}, mac);
    return zenwire::detail::hex_text(mac).view() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
}());
static_assert(has_mac({key_aa.data(), key_aa.size()}, "Test Using Larger Than Block-Size Key - Hash Key First",
                      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
static_assert(has_mac({key_aa.data(), key_aa.size()},
                      "This is a test using a larger than block-size key and a larger than block-size data. "
                      "The key needs to be hashed before being used by the HMAC algorithm.",
                      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));

}  // namespace

TEST_CASE("HMAC-SHA256 gives the MACs of RFC 4231") {
    for (auto const& line : json_lines::read("vectors/crypto/hmac_sha256.jsonl")) {
        CAPTURE(json_lines::text(line, "id"));
        const hmac_sha256 mac(from_hex(json_lines::text(line, "key")));
        const zenwire::detail::hex_text text(mac(from_hex(json_lines::text(line, "data"))));
        CHECK(text.view().substr(0, json_lines::text(line, "mac").size()) == json_lines::text(line, "mac"));
    }
}

// OpenSSL is asked by tests/differential: there is none for most processors that this test runs on.
TEST_CASE("the MACs under keys of all lengths up to 300, written in hexadecimal, have a known digest") {
    const std::string text = counting_text(300);
    zenwire::sha256 all;
    for (std::size_t size = 0; size <= text.size(); ++size) {
        all.update(zenwire::detail::hex_text(hmac_sha256(text.substr(0, size))(text.substr(size))).view());
    }
    CHECK(zenwire::detail::hex_text(all.finish()).view() == "75552a2c0fcd18f08cef8f1715a7634e6f83da2d4c1bd35a83e99689a17a1102");
}

TEST_CASE("the MACs of messages of all lengths up to 300, written in hexadecimal, have a known digest") {
    const std::string text = counting_text(300);
    const hmac_sha256 mac(text.substr(0, 40));
    zenwire::sha256 all;
    for (std::size_t size = 0; size <= text.size(); ++size) {
        all.update(zenwire::detail::hex_text(mac(text.substr(0, size))).view());
    }
    CHECK(zenwire::detail::hex_text(all.finish()).view() == "3bb58a296470de1e615b88dcf1abfe88f1bb327bc5c0ec6b7a6b8b43f0effa08");
}

TEST_CASE("one object gives the same MAC again and so does its copy") {
    const hmac_sha256 mac("key");
    const sha256_digest first = mac("message");
    CHECK(mac("another message") != first);
    CHECK(mac("message") == first);
    hmac_sha256 copy = mac;
    CHECK(copy("message") == first);
    copy = hmac_sha256("another key");
    CHECK(copy("message") != first);
    CHECK(mac("message") == first);
}

TEST_CASE("a key is padded with zeros and not with anything else") {
    using namespace std::string_view_literals;
    CHECK(hmac_sha256("key")("message") == hmac_sha256("key\0\0"sv)("message"));
    CHECK(hmac_sha256("key")("message") != hmac_sha256("key ")("message"));
}

TEST_CASE("an HMAC that has ended leaves nothing but two lengths in memory") {
    const std::string left = bytes_left_by([] { return hmac_sha256("the password of the access key"); });
    const auto kept = left.size() - static_cast<std::size_t>(std::count(left.begin(), left.end(), '\0'));
    CHECK(kept <= 2 * sizeof(std::uint64_t));
}

TEST_CASE("the MAC of a message that ends with a digest is that of the message with the digest in hexadecimal") {
    const std::string text = counting_text(300);
    const sha256_digest digest = zenwire::sha256_of("a canonical request");
    const std::string hexadecimal{zenwire::detail::hex_text(digest).view()};
    const hmac_sha256 mac("key");
    for (std::size_t size = 0; size <= text.size(); ++size) {
        CAPTURE(size);
        const std::string message = text.substr(0, size);
        sha256_digest of_text{};
        mac({message}, of_text);
        CHECK(of_text == mac(message));
        sha256_digest of_both{};
        mac({message, &digest}, of_both);
        CHECK(of_both == mac(message + hexadecimal));
        CHECK(of_both != of_text);
    }
}
