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

#include "../../results.hpp"

namespace {

using zenwire::detail::json_fault;
using zenwire::member;
using zenwire::reading;

struct inner {
    zenwire::inline_string<8> name;
    std::optional<zenwire::traffic_package_size> size;

    static constexpr auto members() noexcept {
        return zenwire::member_list(member<&inner::name>{"name"}, member<&inner::size>{"size"});
    }
};

struct sample_object {
    zenwire::inline_string<16> text;
    zenwire::inline_string<8> cut;
    zenwire::inline_string<8> number_text;
    std::optional<zenwire::inline_string<16>> maybe;
    zenwire::traffic_package_size size;
    inner nested;
    std::optional<inner> maybe_nested;

    static constexpr auto members() noexcept {
        return zenwire::member_list(member<&sample_object::text>{"text", reading::essential},
                                    member<&sample_object::cut>{"cut", reading::may_be_cut},
                                    member<&sample_object::number_text>{"number", reading::essential},
                                    member<&sample_object::maybe>{"maybe", reading::essential},
                                    member<&sample_object::size>{"size", reading::essential},
                                    member<&sample_object::nested>{"nested", reading::essential},
                                    member<&sample_object::maybe_nested>{"maybeNested", reading::essential});
    }
};

struct words {
    enum class value : unsigned char { unknown, on };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {{value::on, "on"}};
};

struct reading_result {
    sample_object object;
    zenwire::detail::json_read_result read;
};

reading_result read(std::string_view json) {
    reading_result result;
    result.read = zenwire::detail::read_json(json, result.object);
    return result;
}

/// `depth` arrays or objects around nothing, or around `core`.
std::string nested_arrays(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }
std::string nested_objects(std::size_t depth, std::string_view core) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += "{\"a\":";
    }
    return text.append(core) + std::string(depth, '}');
}

}  // namespace

TEST_CASE("an object is read by its member list in any order") {
    const auto result = read(R"( { "size" : 0.15 , "nested":{"size":"2.50","name":"n"},"text":"t","maybe":"m",
                                   "number":"007","cut":"c","maybeNested":{} } )");
    REQUIRE(result.read.fault == json_fault::none);
    CHECK(result.read.member.empty());
    CHECK(result.object.text.view() == "t");
    CHECK(result.object.cut.view() == "c");
    CHECK(result.object.number_text.view() == "007");
    REQUIRE(result.object.maybe.has_value());
    CHECK(result.object.maybe->view() == "m");
    CHECK(result.object.size.units() == 150'000);
    CHECK(result.object.nested.name.view() == "n");
    REQUIRE(result.object.nested.size.has_value());
    CHECK(result.object.nested.size->units() == 2'500'000);
    REQUIRE(result.object.maybe_nested.has_value());
    CHECK(result.object.maybe_nested->name.empty());
    CHECK_FALSE(result.object.maybe_nested->size.has_value());
}

TEST_CASE("objects of a list may each have their members in another order") {
    struct list_object {
        zenwire::inplace_vector<inner, 6> list;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&list_object::list>{"list", reading::essential});
        }
    } object;
    const auto read = zenwire::detail::read_json(
        R"({"list":[{"name":"1","size":1},{"size":2,"name":"2"},{"x":[{"name":"0"}],"size":3,"y":{},"name":"3"},
                    {"size":4},{"size":5,"name":"5"},{"name":"6","size":6}]})",
        object);
    REQUIRE(read.fault == json_fault::none);
    std::string names;
    std::int64_t units = 0;
    for (inner const& each : object.list) {
        names += each.name.view();
        REQUIRE(each.size.has_value());
        units = units * 10 + each.size->units() / 1'000'000;
    }
    CHECK(names == "12356");
    CHECK(units == 123456);
}

TEST_CASE("an object whose type has no members is read past") {
    struct empty_object {
        static constexpr zenwire::member_list<> members() noexcept { return {}; }
    };
    struct outer_object {
        empty_object nothing;
        zenwire::inline_string<8> text;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&outer_object::nothing>{"nothing"}, member<&outer_object::text>{"text"});
        }
    } object;
    const auto read = zenwire::detail::read_json(R"({"nothing":{"":{"text":"1"},"nothing":[{}],"text":2},"text":"3"})", object);
    CHECK(read.fault == json_fault::none);
    CHECK(object.text.view() == "3");
}

TEST_CASE("a list goes on behind an element of another type") {
    struct list_object {
        zenwire::inplace_vector<inner, 6> list;
        zenwire::inline_string<8> after;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&list_object::list>{"list", reading::essential},
                                        member<&list_object::after>{"after"});
        }
    } object;
    const auto read =
        zenwire::detail::read_json(R"({"list":[{"name":"1"},[{"name":"2"}],3,{"name":"4"}],"after":"list"})", object);
    CHECK(read.fault == json_fault::wrong_type);
    CHECK(read.member == "list");
    REQUIRE(object.list.size() == 2);
    CHECK(object.list[0].name.view() == "1");
    CHECK(object.list[1].name.view() == "4");
    CHECK(object.after.view() == "list");
}

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

TEST_CASE("null is the same as absent") {
    const auto result =
        read(R"({"text":null,"cut":null,"number":null,"maybe":null,"size":null,"nested":null,"maybeNested":null})");
    REQUIRE(result.read.fault == json_fault::none);
    CHECK(result.object.text.empty());
    CHECK_FALSE(result.object.maybe.has_value());
    CHECK(result.object.size.units() == 0);
    CHECK_FALSE(result.object.maybe_nested.has_value());
    CHECK(read("{}").read.fault == json_fault::none);
}

TEST_CASE("unknown members are skipped whatever they hold") {
    for (const std::string_view value :
         {"1", "-1.5e300", "1e400", "true", "null", R"("text")", R"("\u0041\n\"")", "[]",
          "[1,[2,{\"text\":\"x\"}],\"text\"]", "{}", R"({"text":"x","size":[1],"nested":{"name":{"name":1}}})",
          R"({"text":"x","text":"y"})"}) {
        CAPTURE(value);
        const std::string member = R"("unknown":)" + std::string(value);
        const auto result = read("{" + member + R"(,"text":"t",)" + member + R"(,"nested":{)" + member +
                                 R"(,"name":"n"},)" + member + "}");
        CHECK(result.read.fault == json_fault::none);
        CHECK(result.object.text.view() == "t");
        CHECK(result.object.nested.name.view() == "n");
        CHECK(result.object.size.units() == 0);
    }
}

TEST_CASE("names of many pieces within what is skipped are skipped too") {
    const std::string member = R"("t\u0065xt":{"t\u0065xt":["x",{"n\u0061me":"\u0041"}]})";
    const auto result = read(R"({"unknown":{)" + member + R"(},"nested":{"name":"n","u":{)" + member + "}}}");
    CHECK(result.read.fault == json_fault::none);
    CHECK(result.object.text.empty());
    CHECK(result.object.nested.name.view() == "n");
}

TEST_CASE("names are told apart by letter case and whole words") {
    const auto result =
        read(R"({"Text":"1","TEXT":"2","tex":"3","text ":"4","texts":"5","":"6","nested":{"text":"7"}})");
    CHECK(result.read.fault == json_fault::none);
    CHECK(result.object.text.empty());
}

TEST_CASE("escapes in names and values mean the characters") {
    const auto result =
        read(R"({"\u0074e\u0078t":"\u5B9e\u4f8b\uD83D\uDE00","n\u0065sted":{"n\u0061me":"\"\\\/\b\f\n\r\t"}})");
    REQUIRE(result.read.fault == json_fault::none);
    CHECK(result.object.text.view() == "实例😀");
    CHECK(result.object.nested.name.view() == "\"\\/\b\f\n\r\t");
    CHECK(read(R"({"text\u0000":"x"})").object.text.empty());
    CHECK(read(R"({"text":"a\u0000b"})").object.text.view() == std::string_view("a\0b", 3));
    CHECK(read(R"({"text":"1","\u0074ext":"2"})").read.fault == json_fault::duplicate);
}

TEST_CASE("a name of many pieces that is no member of ours is skipped") {
    std::string name;
    for (int i = 0; i < 2000; ++i) {
        name += R"(t\u0065xt)";
    }
    const auto result = read("{\"" + name + R"(":"x","text":"t"})");
    CHECK(result.read.fault == json_fault::none);
    CHECK(result.object.text.view() == "t");
}

TEST_CASE("a name is no member although its last piece is the name of the one that comes next") {
    // the parser hands out what stands before an escape, and then the rest
    const auto result = read(R"({"x\u0074ext":"v"})");
    CHECK(result.read.fault == json_fault::none);
    CHECK(result.object.text.empty());
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

TEST_CASE("a known member that stands twice is a fault and the first one counts") {
    struct {
        std::string_view json;
        std::string_view member;
    } const cases[] = {
        {R"({"text":"1","text":"2"})", "text"},
        {R"({"text":null,"text":"2"})", "text"},
        {R"({"text":"1","size":1,"text":null})", "text"},
        {R"({"nested":{"name":"1","name":"1"}})", "name"},
        {R"({"nested":{"name":"1"},"nested":{"name":"2"}})", "nested"},
        {R"({"maybeNested":{},"maybeNested":{"name":"2"}})", "maybeNested"},
        {R"({"size":1,"size":1})", "size"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        const auto result = read(each.json);
        CHECK(result.read.fault == json_fault::duplicate);
        CHECK(result.read.member == each.member);
        CHECK(result.object.text.view() != "2");
        CHECK(result.object.nested.name.view() != "2");
    }
    const auto apart = read(R"({"nested":{"name":"1"},"maybeNested":{"name":"1"}})");
    CHECK(apart.read.fault == json_fault::none);
}

TEST_CASE("a member of another type is a fault that names it and the rest is read") {
    struct {
        std::string_view name;
        std::string_view value;
    } const cases[] = {
        {"text", "true"},
        {"text", "{}"},
        {"text", "[]"},
        {"text", R"(["t"])"},
        {"number", "true"},
        {"number", "[1]"},
        {"size", "true"},
        {"size", "{}"},
        {"size", "[0.15]"},
        {"size", R"("x")"},
        {"size", R"("")"},
        {"size", "-1"},
        {"size", "0.0000001"},
        {"size", "1e99"},
        {"size", "1000000001"},
        {"nested", "1"},
        {"nested", R"("x")"},
        {"nested", "[]"},
        {"nested", R"([{"name":"x"}])"},
        {"maybeNested", "false"},
        {"maybeNested", R"([{}])"},
    };
    for (auto const& each : cases) {
        const std::string json =
            "{\"" + std::string(each.name) + "\":" + std::string(each.value) + R"(,"after":{"text":"x"},"last":1})";
        CAPTURE(json);
        const auto result = read(json);
        CHECK(result.read.fault == json_fault::wrong_type);
        CHECK(result.read.member == each.name);
        CHECK_FALSE(result.object.maybe_nested.has_value());
    }
    const auto result = read(R"({"size":[],"text":"t","nested":{"size":true,"name":"n"}})");
    CHECK(result.read.member == "size");
    CHECK(result.object.text.view() == "t");
    CHECK(result.object.nested.name.view() == "n");
}

TEST_CASE("a text that is a root of another type is a fault of the whole") {
    for (const std::string_view json : {"[]", "[{}]", "[{\"text\":\"t\"}]", "1", "-0.5", "\"text\"", "\"\"",
                                        "\"te\\u0078t\"", "true", "false", "null"}) {
        CAPTURE(json);
        const auto result = read(json);
        CHECK(result.read.fault == json_fault::no_object);
        CHECK(result.read.member.empty());
        CHECK(result.object.text.empty());
    }
}

TEST_CASE("what is not JSON as a whole is a fault of syntax") {
    for (const std::string_view json : {"",
                                        " ",
                                        "{",
                                        "}",
                                        "{\"text\"",
                                        "{\"text\":",
                                        "{\"text\":\"t\"",
                                        "{\"text\":\"t\",}",
                                        "{\"text\":\"t\"}}",
                                        "{} {}",
                                        "{}x",
                                        "{'text':'t'}",
                                        "{text:\"t\"}",
                                        "{\"text\":\"t\" \"size\":1}",
                                        "// c\n{}",
                                        "{}/* c */",
                                        "{\"size\":01}",
                                        "{\"size\":1.}",
                                        "{\"size\":.5}",
                                        "{\"size\":+1}",
                                        "{\"size\":NaN}",
                                        "{\"text\":\"\n\"}",
                                        "{\"text\":\"\\x\"}",
                                        "{\"text\":\"\\uD83D\"}",
                                        "{\"text\":\"\xFF\"}",
                                        "{\"text\":\"\xC0\x80\"}",
                                        "{\"\xFF\":1}",
                                        "<html></html>",
                                        "{]",
                                        "[}"}) {
        CAPTURE(json);
        CHECK(read(json).read.fault == json_fault::syntax);
    }
    CHECK(read(std::string_view("{}\0", 3)).read.fault == json_fault::syntax);
    CHECK(read(std::string_view("{\0\"\0t\0", 6)).read.fault == json_fault::syntax);
}

TEST_CASE("blanks around and one byte order mark before the text are skipped") {
    CHECK(read("\xEF\xBB\xBF{\"text\":\"t\"}").object.text.view() == "t");
    CHECK(read("\xEF\xBB\xBF \r\n{\"text\":\"t\"}\r\n \t").read.fault == json_fault::none);
    CHECK(read("\xEF\xBB\xBF").read.fault == json_fault::syntax);
    CHECK(read("\xEF\xBB\xBF\xEF\xBB\xBF{}").read.fault == json_fault::syntax);
    CHECK(read(" \xEF\xBB\xBF{}").read.fault == json_fault::syntax);
    CHECK(read("\xEF\xBB").read.fault == json_fault::syntax);
}

TEST_CASE("of a text that was cut anywhere whole strings are kept and no parts of them") {
    const std::string_view json =
        R"({"text":"wh\u006fle","nested":{"name":"\u006eame","size":"12.5"},"number":"12345","maybe":"m"})";
    struct {
        std::string_view last_piece;
        std::string_view whole;
        std::string_view (*kept)(sample_object const&);
    } const texts[] = {
        {"le\"", "whole", [](sample_object const& object) { return object.text.view(); }},
        {"6eame\"", "name", [](sample_object const& object) { return object.nested.name.view(); }},
        {"12345\"", "12345", [](sample_object const& object) { return object.number_text.view(); }},
        {":\"m\"", "m", [](sample_object const& object) { return object.maybe ? object.maybe->view() : ""; }},
    };
    for (std::size_t size = 0; size < json.size(); ++size) {
        const auto result = read(json.substr(0, size));
        CAPTURE(json.substr(0, size));
        REQUIRE(result.read.fault == json_fault::syntax);
        for (auto const& each : texts) {
            const bool is_whole = size >= json.find(each.last_piece) + each.last_piece.size();
            REQUIRE(each.kept(result.object) == (is_whole ? each.whole : ""));
        }
        REQUIRE(result.object.nested.size.has_value() == (size >= json.find("12.5\"") + 5));
    }
    CHECK(read(json).read.fault == json_fault::none);
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

TEST_CASE("nesting is bounded in known and unknown members") {
    const std::size_t most = zenwire::limits::response_depth;
    CHECK(read(R"({"u":)" + nested_arrays(most - 1) + "}").read.fault == json_fault::none);
    CHECK(read(R"({"u":)" + nested_arrays(most) + "}").read.fault == json_fault::too_deep);
    CHECK(read(nested_objects(most, "1")).read.fault == json_fault::none);
    CHECK(read(nested_objects(most + 1, "1")).read.fault == json_fault::too_deep);
    CHECK(read(R"({"text":)" + nested_arrays(most) + "}").read.fault == json_fault::too_deep);
    CHECK(read(std::string(1'000'000, '[')).read.fault == json_fault::too_deep);
    const auto kept = read(R"({"text":"t","u":)" + nested_arrays(most) + "}");
    CHECK(kept.object.text.view() == "t");
}

TEST_CASE("the first fault is the one that is told") {
    const auto result = read(R"({"size":true,"text":1,"cut":"c","cut":"d"})");
    CHECK(result.read.fault == json_fault::wrong_type);
    CHECK(result.read.member == "size");
    CHECK(read(R"({"size":true,"text":)").read.fault == json_fault::syntax);
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

TEST_CASE("a list takes as many elements as it has room for, and a single object for a list of one") {
    struct lists {
        zenwire::inplace_vector<inner, 2> list;
        zenwire::inline_string<4> after;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&lists::list>{"list", reading::essential},
                                        member<&lists::after>{"after"});
        }
    };
    struct {
        std::string_view json;
        json_fault fault;
        std::size_t count;
    } const cases[] = {
        {R"({"list":[],"after":"x"})", json_fault::none, 0},
        {R"({"list":[{"name":"a"},{"name":"b"}],"after":"x"})", json_fault::none, 2},
        {R"({"list":[{"name":"a"},{"name":"b"},{"name":"c"}],"after":"x"})", json_fault::too_long, 2},
        {R"({"list":{"name":"a"},"after":"x"})", json_fault::none, 1},
        {R"({"list":[1],"after":"x"})", json_fault::wrong_type, 0},
        {R"({"list":[[{"name":"a"}]],"after":"x"})", json_fault::wrong_type, 0},
        {R"({"list":"a","after":"x"})", json_fault::wrong_type, 0},
        {R"({"list":null,"after":"x"})", json_fault::none, 0},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        lists object;
        CHECK(zenwire::detail::read_json(each.json, object).fault == each.fault);
        CHECK(object.list.size() == each.count);
        CHECK(object.after.view() == "x");
    }
    lists object;
    REQUIRE(zenwire::detail::read_json(R"({"list":{"name":"a"}})", object).fault == json_fault::none);
    CHECK(object.list[0].name.view() == "a");
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

TEST_CASE("a value of another type costs a member that is incidental, and nothing else") {
    struct incidental {
        zenwire::inline_string<8> text;
        std::optional<zenwire::traffic_package_size> size;
        std::optional<bool> flag;
        inner nested;
        zenwire::inplace_vector<std::int64_t, 4> numbers;
        zenwire::inline_string<8> last;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&incidental::text>{"text"}, member<&incidental::size>{"size"},
                                        member<&incidental::flag>{"flag"}, member<&incidental::nested>{"nested"},
                                        member<&incidental::numbers>{"numbers"}, member<&incidental::last>{"last"});
        }
    };
    for (const std::string_view value : {"[]", "{}", R"([{"last":"no"}])", R"({"last":"no"})", "true"}) {
        CAPTURE(value);
        for (const std::string_view name : {"text", "size", "flag", "numbers"}) {
            CAPTURE(name);
            incidental object;
            const std::string json = "{\"" + std::string(name) + "\":" + std::string(value) + R"(,"last":"x"})";
            CHECK(zenwire::detail::read_json(json, object).fault == json_fault::none);
            CHECK(object.last.view() == "x");
            CHECK(object.text.empty());
            CHECK_FALSE(object.size.has_value());
            CHECK(object.numbers.empty());
        }
    }
    incidental object;
    REQUIRE(
        zenwire::detail::read_json(R"({"text":[],"numbers":[1,"x",{},"2",[3],true,4.5,null,5],"nested":7,"last":8})", object)
            .fault == json_fault::none);
    CHECK(object.text.truncated());
    REQUIRE(object.numbers.size() == 3);
    CHECK(object.numbers[0] == 1);
    CHECK(object.numbers[1] == 2);
    CHECK(object.numbers[2] == 5);
    CHECK(object.last.view() == "8");
}

TEST_CASE("a member under its former name and its own stands twice") {
    struct renamed {
        zenwire::inline_string<8> name;
        zenwire::inline_string<8> other;
        static constexpr auto members() noexcept {
            return zenwire::member_list(member<&renamed::name>{"name", reading::incidental, "formerName"},
                                        member<&renamed::other>{"other", reading::incidental, "formerOther"});
        }
    };
    struct {
        std::string_view json;
        json_fault fault;
    } const cases[] = {
        {R"({"name":"a","other":"b"})", json_fault::none},
        {R"({"formerName":"a","formerOther":"b"})", json_fault::none},
        {R"({"formerOther":"b","name":"a"})", json_fault::none},
        {R"({"name":"a","formerName":"a"})", json_fault::duplicate},
        {R"({"formerName":"a","other":"b","name":"a"})", json_fault::duplicate},
        {R"({"formerOther":null,"other":"b"})", json_fault::duplicate},
        {R"({"formerOther":"b","formerOther":"b"})", json_fault::duplicate},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        renamed object;
        CHECK(zenwire::detail::read_json(each.json, object).fault == each.fault);
    }
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
