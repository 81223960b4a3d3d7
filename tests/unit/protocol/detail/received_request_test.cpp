// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/received_request.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/protocol/request_template.hpp>
#include <zenwire/protocol/verification.hpp>

#include "../../results.hpp"
#include "../received_request.hpp"

namespace {

/// Fields in a block of lines, as a request that was signed has them.
class fields_in_a_block {
public:
    explicit fields_in_a_block(std::span<zenwire::field const> fields) {
        zenwire::buffer_writer out(block_);
        zenwire::detail::field_writer writer(out, positions_);
        for (zenwire::field const& each : fields) {
            writer.add(each.name, each.value);
        }
        list_ = {out.written(), std::span(positions_).first(writer.count())};
    }
    fields_in_a_block(fields_in_a_block const&) = delete;
    fields_in_a_block& operator=(fields_in_a_block const&) = delete;

    [[nodiscard]] zenwire::field_list const& list() const { return list_; }

private:
    std::array<char, 1024> block_{};
    std::array<zenwire::field_position, 16> positions_{};
    zenwire::field_list list_;
};

/// The canonical request hash of a request with these fields, all signed, worked out in one piece from their canonical form.
zenwire::sha256_digest plain_canonical_hash(std::span<zenwire::field const> canonical, std::string_view body) {
    std::string text = "POST\n/\n\n";
    std::string names;
    for (zenwire::field const& each : canonical) {
        text.append(each.name).append(":").append(each.value).append("\n");
        names.append(names.empty() ? "" : ";").append(each.name);
    }
    text.append("\n").append(names).append("\n");
    text.append(zenwire::detail::hex_text(zenwire::sha256_of(body)).view());
    return zenwire::sha256_of(text);
}

/// A hash of the user that can do nothing but what it must.
struct plain_hash {
    void update(std::string_view message) noexcept { hash.update(message); }
    [[nodiscard]] zenwire::sha256_digest finish() const noexcept { return hash.finish(); }

    zenwire::sha256 hash{};
};

}  // namespace

TEST_CASE("a field that must be there once is found in any letter case and in both forms of a list, and counted") {
    const std::vector<zenwire::field> fields = {
        {"Host", "first"},          {"X-ZC-Timestamp", "1"},    {"hosT", "second"},     {"hose", "x"},
        {"content-typo", "x"},      {"CONTENT-TYPE", "json"},   {"authorizatiom", "x"}, {"buthorization", "x"},
        {"Authorization", "Basic"}, {"x-zc-timestamq", "x"},    {"ost", "x"},           {"xost", "x"},
        {"x-zc-action", "x"},       {"x_zc-timestamp", "none"}, {"HOST", "third"},      {"content-type ", "x"},
    };
    const fields_in_a_block block(fields);
    for (zenwire::field_list const& list : {zenwire::field_list(fields), block.list()}) {
        REQUIRE(list.size() == fields.size());
        const auto host = list.find_all("host");
        CHECK(host.times == 3);
        CHECK(host.value == "third");
        const auto content_type = list.find_all("content-type");
        CHECK(content_type.times == 1);
        CHECK(content_type.value == "json");
    }
}

TEST_CASE("of a request without a field that must be there once none is found") {
    const std::vector<zenwire::field> others = {{"", "x"}, {"a", "x"}, {"x-zc-action", "x"}};
    for (zenwire::field_list const& list : {zenwire::field_list(), zenwire::field_list(others)}) {
        const auto found = list.find_all("host");
        CHECK(found.times == 0);
        CHECK(found.value.empty());
    }
}

TEST_CASE("a text is taken apart piece by piece") {
    zenwire::detail::text_parts parts("name=value,second=a;b, rest");
    parts.take("name=");
    CHECK(parts.take_part() == "value");
    parts.take(",second=");
    CHECK(parts.take_part() == "a;b");
    parts.take(", ");
    CHECK_FALSE(parts.is_well_formed());
    CHECK(parts.take_rest() == "rest");
    CHECK(parts.is_well_formed());
    parts.take("");
    CHECK(parts.is_well_formed());
}

TEST_CASE("a text that does not come next is not taken and then nothing is well formed any more") {
    for (const std::string_view other : {"n=", "name:", "name=value and more", "Name=", "xname="}) {
        CAPTURE(other);
        zenwire::detail::text_parts parts("name=value");
        parts.take(other);
        CHECK_FALSE(parts.is_well_formed());
        parts.take("name=");
        CHECK_FALSE(parts.take_rest().empty());
        CHECK_FALSE(parts.is_well_formed());
    }
}

TEST_CASE("a part has visible characters up to a comma, the end, or one that is not visible") {
    struct {
        std::string_view text;
        std::string_view part;
    } const cases[] = {
        {"a;b,c", "a;b"}, {"a;b", "a;b"}, {"A;b,c", "A;b"}, {"a b,c", "a"}, {"a\x7F,", "a"}, {"a\xE4,", "a"},
        {",c", ""},       {"", ""},       {" ", ""},        {"\x7F,", ""},  {"\xE4,", ""},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        zenwire::detail::text_parts parts(each.text);
        CHECK(parts.take_part() == each.part);
        parts.take(each.text.substr(each.part.size()));
        CHECK(parts.is_well_formed() == !each.part.empty());
    }
}

TEST_CASE("the rest of a text is visible, commas too") {
    for (std::size_t size = 1; size <= 70; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            std::string text(size, 'r');
            const auto is_well_formed = [&](char c) {
                text[place] = c;
                zenwire::detail::text_parts parts(text);
                return parts.take_rest() == text && parts.is_well_formed();
            };
            CAPTURE(size);
            CAPTURE(place);
            CHECK(is_well_formed('r'));
            CHECK(is_well_formed(','));
            CHECK_FALSE(is_well_formed(' '));
            CHECK_FALSE(is_well_formed('\x7F'));
            CHECK_FALSE(is_well_formed('\xAC'));
        }
    }
    zenwire::detail::text_parts empty("");
    CHECK(empty.take_rest().empty());
    CHECK_FALSE(empty.is_well_formed());
}

TEST_CASE("a timestamp is one to twelve digits of a valid time and nothing else") {
    struct {
        std::string_view text;
        std::int64_t seconds;  // -1: none
    } const cases[] = {
        {"0", 0},
        {"000000000001", 1},
        {"0000000000001", -1},
        {"1673361177", 1673361177},
        {"253402300799", 253402300799},
        {"253402300800", -1},
        {"999999999999", -1},
        {"1673361177000", -1},
        {"18446744073709551617", -1},
        {"", -1},
        {" ", -1},
        {" 1", -1},
        {"1 ", -1},
        {"1\t", -1},
        {"+1", -1},
        {"-1", -1},
        {"-", -1},
        {"1.0", -1},
        {"1e9", -1},
        {"0x10", -1},
        {std::string_view("1\0", 2), -1},
    };
    for (auto const& each : cases) {
        CAPTURE(each.text);
        CHECK(zenwire::detail::timestamp_of({1, each.text}).is_valid() == (each.seconds >= 0));
        if (each.seconds >= 0) {
            CHECK(zenwire::detail::timestamp_of({1, each.text}).count() == each.seconds);
        }
        // missing, and there twice
        CHECK_FALSE(zenwire::detail::timestamp_of({0, each.text}).is_valid());
        CHECK_FALSE(zenwire::detail::timestamp_of({2, each.text}).is_valid());
    }
}

TEST_CASE("no character but a digit is part of a timestamp, wherever it stands") {
    for (std::size_t place = 0; place < 12; ++place) {
        for (int code = 0; code < 256; ++code) {
            std::string text = "100000000000";
            text[place] = static_cast<char>(code);
            CAPTURE(text);
            // any number that begins with 2 may be beyond the year 9999
            const bool is_decimal_digit = code >= '0' && code <= (place == 0 ? '1' : '9');
            if (place != 0 || !zenwire::detail::ascii::is_decimal_digit(text[0])) {
                CHECK(zenwire::detail::timestamp_of({1, text}).is_valid() == is_decimal_digit);
            }
        }
    }
}

TEST_CASE("a canonical request of any length is hashed right, longer than what is gathered at a time or not") {
    const std::string body = R"({"instanceId":"instanceId"})";
    for (std::size_t size = 0; size <= 700; ++size) {
        const std::string host_value(size, 'h');
        const std::string type_value((size * 13) % 300, 't');
        const std::string sent_host = "\t " + std::string(size, 'H') + " ";
        const std::string sent_type = " " + std::string(type_value.size(), 'T') + "\t";
        const zenwire::field sent[] = {{"HOST", sent_host}, {"Content-Type", sent_type}};
        const zenwire::field usual[] = {{"content-type", type_value}, {"host", host_value}};
        const zenwire::field unusual[] = {{"host", host_value}, {"content-type", type_value}};
        CAPTURE(size);
        CHECK(*zenwire::received_canonical_request_hash(view_of(sent, body), "content-type;host") ==
              plain_canonical_hash(usual, body));
        CHECK(*zenwire::received_canonical_request_hash(view_of(sent, body), "Host;Content-Type") ==
              plain_canonical_hash(unusual, body));
        CHECK(*zenwire::received_canonical_request_hash(view_of(sent, body), "content-type;host", plain_hash()) ==
              plain_canonical_hash(usual, body));
    }
}

TEST_CASE("many signed headers of any length are hashed right") {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 40; ++i) {
        texts.push_back("x-header-" + std::to_string(i));
        texts.push_back(std::string(i * 17 % 300, static_cast<char>('a' + i % 26)));
    }
    std::vector<zenwire::field> fields = {{"content-type", "application/json"}, {"host", "console.zenlayer.com"}};
    std::string names = "content-type;host";
    for (std::size_t i = 0; i < texts.size(); i += 2) {
        fields.push_back({texts[i], texts[i + 1]});
        names.append(";").append(texts[i]);
        CAPTURE(names);
        CHECK(*zenwire::received_canonical_request_hash(view_of(fields, "{}"), names) ==
              plain_canonical_hash(fields, "{}"));
    }
}
