// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/json_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/inplace_vector.hpp>

#include "../../results.hpp"
#include "json_reader_sample.hpp"

/// @file
/// What is wrong with a text of JSON, and what is read all the same.

namespace {

using namespace json_sample;
using zenwire::detail::json_fault;
using zenwire::member;
using zenwire::reading;

}  // namespace

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

TEST_CASE("the first fault is the one that is told") {
    const auto result = read(R"({"size":true,"text":1,"cut":"c","cut":"d"})");
    CHECK(result.read.fault == json_fault::wrong_type);
    CHECK(result.read.member == "size");
    CHECK(read(R"({"size":true,"text":)").read.fault == json_fault::syntax);
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
