// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/json_reader.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/inplace_vector.hpp>
#include <zenwire/protocol/enumerations.hpp>

#include "../../results.hpp"
#include "json_reader_sample.hpp"

/// @file
/// What becomes of values: texts, numbers, words, lists of them.

namespace {

using namespace json_sample;
using zenwire::detail::json_fault;
using zenwire::member;
using zenwire::reading;

struct words {
    enum class value : unsigned char { unknown, on };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {{value::on, "on"}};
};

}  // namespace

TEST_CASE("bytes that are not UTF-8 are no part of a text") {
    for (const std::string_view value : {"\xFF", "a\x80", "\xC0\x80", "\xED\xA0\x80", "\xE2\x82", "\\n\xE2\x82"}) {
        CAPTURE(value);
        const auto result = read(R"({"maybe":"kept","text":")" + std::string(value) + R"(","nested":{"name":"n"}})");
        CHECK(result.read.fault == json_fault::syntax);
        REQUIRE(result.object.maybe.has_value());
        CHECK(result.object.maybe->view() == "kept");
        CHECK(result.object.text.empty());
        CHECK(result.object.nested.name.empty());
    }
}

TEST_CASE("a text of many pieces is put together") {
    // longer than the parser's own buffer, with escapes all over
    struct long_text {
        zenwire::inline_string<20'000> text;
        static constexpr auto members() noexcept { return zenwire::member_list(member<&long_text::text>{"text"}); }
    };
    std::string json = "{\"text\":\"";
    std::string wanted;
    for (int i = 0; i < 1500; ++i) {
        json += i % 3 == 0 ? R"(\u5b9e\n)" : "plain 实 ";
        wanted += i % 3 == 0 ? "实\n" : "plain 实 ";
    }
    json += "\"}";
    long_text object;
    REQUIRE(zenwire::detail::read_json(json, object).fault == json_fault::none);
    CHECK(object.text.view() == wanted);
}

TEST_CASE("a text too long for its place is a fault unless it may be cut") {
    CHECK(read(R"({"text":"0123456789abcdef"})").read.fault == json_fault::none);
    const auto long_text = read(R"({"text":"0123456789abcdefg","size":1})");
    CHECK(long_text.read.fault == json_fault::too_long);
    CHECK(long_text.read.member == "text");
    CHECK(long_text.object.size.units() == 1'000'000);
    CHECK(read(R"({"maybe":"0123456789abcde\u0066\u0067"})").read.fault == json_fault::too_long);
    CHECK(read(R"({"number":"123456789"})").read.fault == json_fault::too_long);
    CHECK(read(R"({"number":123456789})").read.fault == json_fault::too_long);
    const auto cut = read(R"({"cut":"123456789"})");
    CHECK(cut.read.fault == json_fault::none);
    CHECK(cut.object.cut.view() == "12345678");
    CHECK(cut.object.cut.truncated());
    const auto cut_in_pieces = read(R"({"cut":"1234567\u0038\u0039"})");
    CHECK(cut_in_pieces.read.fault == json_fault::none);
    CHECK(cut_in_pieces.object.cut.view() == "12345678");
    CHECK(cut_in_pieces.object.cut.truncated());
}

TEST_CASE("a number that may be text is kept as it is written") {
    for (const std::string_view number : {"0", "-0", "123", "1.50", "1E2", "1e-05", "-1.5E+3", "1e400", "99999999"}) {
        CAPTURE(number);
        const auto result = read(R"({"number":)" + std::string(number) + "}");
        CHECK(result.read.fault == json_fault::none);
        CHECK(result.object.number_text.view() == number);
    }
}

TEST_CASE("sizes are read exactly from numbers and from texts") {
    struct {
        std::string_view json;
        std::int64_t units;
    } const cases[] = {
        {"0", 0},
        {"0.15", 150'000},
        {"0.150000000000000000000000000", 150'000},
        {"100", 100'000'000},
        {"1.5", 1'500'000},
        {R"("0.15")", 150'000},
        {R"("1\u002e5")", 1'500'000},
        {"999999999.999999", 999'999'999'999'999},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        const auto result = read(R"({"size":)" + std::string(each.json) + "}");
        CHECK(result.read.fault == json_fault::none);
        CHECK(result.object.size.units() == each.units);
    }
}

TEST_CASE("what one text or name was put together of is no part of the next one") {
    const auto result = read(
        R"({"s\u0069ze":"1\u002e5","m\u0061ybe":"a\u0062","n\u0065sted":{"s\u0069ze":"2\u002e5","n\u0061me":"n\u0061"}})");
    CHECK(result.read.fault == json_fault::none);
    CHECK(result.object.size.units() == 1'500'000);
    REQUIRE(result.object.maybe.has_value());
    CHECK(result.object.maybe->view() == "ab");
    REQUIRE(result.object.nested.size.has_value());
    CHECK(result.object.nested.size->units() == 2'500'000);
    CHECK(result.object.nested.name.view() == "na");
}

TEST_CASE("a size with an exponent is a number too") {
    const auto result = read(R"({"size":1.5E1,"nested":{"size":1e-1}})");
    CHECK(result.read.fault == json_fault::none);
    CHECK(result.object.size.units() == 15'000'000);
}

TEST_CASE("a whole number beyond 64 bits, or beyond those with a sign, is a number of the wrong size") {
    for (const std::string_view number : {"9223372036854775808", "18446744073709551615", "18446744073709551616"}) {
        CAPTURE(number);
        CHECK(read(R"({"size":)" + std::string(number) + "}").read.fault == json_fault::wrong_type);
        const auto skipped = read(R"({"u":)" + std::string(number) + R"(,"text":"t"})");
        CHECK(skipped.read.fault == json_fault::none);
        CHECK(skipped.object.text.view() == "t");
    }
}

TEST_CASE("a view takes a number as the text that it is, and a text with escapes as a copy, not without memory") {
    struct views {
        std::string_view text;
        std::string_view number;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&views::text>{"text"}, member<&views::number>{"number"});
        }
    };
    const std::string_view json = R"({"text":"a\u0062c","number":-1.50})";
    views object;
    std::array<std::byte, 16> block{};
    zenwire::arena memory{std::span(block)};
    REQUIRE(zenwire::detail::read_json(json, object, &memory).fault == json_fault::none);
    CHECK(object.text == "abc");
    CHECK(object.number == "-1.50");
    views without;
    const auto read = zenwire::detail::read_json(json, without);
    CHECK(read.fault == json_fault::too_long);
    CHECK(read.member == "text");
    CHECK(without.text.empty());
    CHECK(without.number == "-1.50");
    CHECK(without.number.data() == json.data() + json.find('-'));
}

TEST_CASE("a word of many pieces that no type knows is of the wrong type") {
    std::string word;
    for (int i = 0; i < 2000; ++i) {
        word += R"(1\u0030)";
    }
    CHECK(read(R"({"size":")" + word + R"("})").read.fault == json_fault::wrong_type);
    CHECK(read(R"({"nested":")" + word + R"("})").read.fault == json_fault::wrong_type);
    CHECK(read(R"({"u":")" + word + R"("})").read.fault == json_fault::none);
}

TEST_CASE("a word of many pieces is not read as an empty one, which would say that nothing is under way") {
    struct word_object {
        std::optional<zenwire::modification_status> status;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&word_object::status>{"status", zenwire::reading::essential});
        }
    } object;
    const std::string json = R"({"status":"Processing\u0020)" + std::string(60, 'x') + R"("})";
    REQUIRE(zenwire::detail::read_json(json, object).fault == json_fault::none);
    REQUIRE(object.status.has_value());
    CHECK(*object.status == zenwire::modification_status::unknown);
    CHECK_FALSE(object.status->text().empty());
}

TEST_CASE("a list of texts takes as many as it has room for") {
    struct texts {
        zenwire::inplace_vector<zenwire::inline_string<4>, 2> list;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&texts::list>{"list", reading::essential});
        }
    };
    for (const std::string_view third : {"", R"(,"c")", R"(,"\u0063")"}) {
        CAPTURE(third);
        texts object;
        const auto read = zenwire::detail::read_json(R"({"list":["a","\u0062")" + std::string(third) + "]}", object);
        CHECK(read.fault == (third.empty() ? json_fault::none : json_fault::too_long));
        REQUIRE(object.list.size() == 2);
        CHECK(object.list[0].view() == "a");
        CHECK(object.list[1].view() == "b");
    }
    texts object;
    CHECK(zenwire::detail::read_json(R"({"list":{"a":1}})", object).fault == json_fault::wrong_type);
    CHECK(object.list.empty());
}

TEST_CASE("strictly read, a number is no text and no word") {
    struct strict {
        zenwire::inline_string<8> text;
        std::optional<zenwire::open_enum<words>> word;
        zenwire::inplace_vector<zenwire::inline_string<8>, 2> list;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&strict::text>{"text", reading::strict},
                                        member<&strict::word>{"word", reading::strict},
                                        member<&strict::list>{"list", reading::strict});
        }
    };
    for (const std::string_view value : {R"("text":1)", R"("word":1)", R"("list":[1.5])", R"("list":["a",2e5])"}) {
        CAPTURE(value);
        strict object;
        CHECK(zenwire::detail::read_json('{' + std::string(value) + '}', object).fault == json_fault::wrong_type);
    }
    strict object;
    CHECK(zenwire::detail::read_json(R"({"text":"1","word":"on","list":["a","2"]})", object).fault == json_fault::none);
}
