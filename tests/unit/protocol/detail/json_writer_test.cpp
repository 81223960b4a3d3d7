// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/write_json.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "../../results.hpp"

using namespace std::string_view_literals;

namespace {

using zenwire::buffer_writer;
using zenwire::detail::json_writer;

/// What `write` makes of a json_writer over enough memory.
template <class Write>
std::string written_by(Write write) {
    std::string memory(1024, '#');
    buffer_writer out{std::span(memory)};
    json_writer json(out);
    write(json);
    REQUIRE_FALSE(out.overflowed());
    CHECK_FALSE(json.invalid_utf8());
    return std::string(out.written());
}

constexpr void write_everything(json_writer& json) {
    json.begin_object();
    json.name("text");
    json.string("\u20AC\n");
    json.name("list");
    json.begin_array();
    json.integer(-1);
    json.null();
    json.boolean_value(true);
    json.boolean_value(false);
    json.literal("0.15");
    json.begin_object();
    json.end_object();
    json.begin_array();
    json.end_array();
    json.string("");
    json.end_array();
    json.name("");
    json.begin_object();
    json.name("a\"b");
    json.begin_value().append("1").append_decimal(5);
    json.name("c");
    json.null();
    json.end_object();
    json.name("last");
    json.integer(2);
    json.end_object();
}

constexpr std::string_view everything =
    "{\"text\":\"\u20AC\\n\",\"list\":[-1,null,true,false,0.15,{},[],\"\"],\"\":{\"a\\\"b\":15,\"c\":null},\"last\":2}";

constexpr bool writes_in_a_constant_expression() {
    char memory[128]{};
    buffer_writer out(memory);
    json_writer json(out);
    write_everything(json);
    return out.written() == everything;
}
static_assert(writes_in_a_constant_expression());

}  // namespace

TEST_CASE("objects and arrays are written compactly with their commas") {
    CHECK(written_by(write_everything) == everything);
    boost::system::error_code failure;
    boost::json::parse({everything.data(), everything.size()}, failure);
    CHECK_FALSE(failure);
}

TEST_CASE("each ASCII character is read back by another JSON library as it was written") {
    for (int code = 0; code < 128; ++code) {
        CAPTURE(code);
        const std::string text = std::string("<") + static_cast<char>(code) + ">";
        const std::string value = written_by([&](json_writer& json) { json.string(text); });
        CHECK(std::string_view(boost::json::parse(value).as_string()) == text);
        const std::string object = written_by([&](json_writer& json) {
            json.begin_object();
            json.name(text);
            json.null();
            json.end_object();
        });
        CHECK(boost::json::parse(object).as_object().contains(text));
    }
}

TEST_CASE("quote and backslash and control characters are escaped in the shortest form") {
    struct {
        std::string_view text;
        std::string_view json;
    } const cases[] = {
        {"\"", R"("\"")"},
        {"\\", R"("\\")"},
        {"/", R"("/")"},
        {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
        {"\0"sv, R"("\u0000")"},
        {"\x01\x0B\x0E\x1F", R"("\u0001\u000b\u000e\u001f")"},
        {"\x7F", "\"\x7F\""},
        {"\u00E9\u20AC\U0001F600\u2028", "\"\u00E9\u20AC\U0001F600\u2028\""},
        {"a\"b\"\"c", R"("a\"b\"\"c")"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.json);
        CHECK(written_by([&](json_writer& json) { json.string(each.text); }) == each.json);
    }
}

TEST_CASE("text that is not UTF-8 is left out and flagged") {
    struct {
        std::string_view why;
        std::string_view text;
        std::string_view json;
    } const cases[] = {
        {"a stray continuation byte", "a\x80z", R"("az")"},
        {"a continuation byte missing at the end", "a\xE2\x82", R"("a")"},
        {"a continuation byte missing inside", "a\xE2\x82z", R"("az")"},
        {"a quote in place of a continuation byte", "\xC3\"", R"("\"")"},
        {"overlong", "\xC0\xAF\xE0\x80\xAFz", R"("z")"},
        {"a surrogate", "\xED\xA0\x80z", R"("z")"},
        {"beyond the last code point", "\xF4\x90\x80\x80z", R"("z")"},
        {"a byte that occurs nowhere", "\xFF\xFEz", R"("z")"},
    };
    for (auto const& each : cases) {
        CAPTURE(each.why);
        char memory[64];
        buffer_writer out(memory);
        json_writer json(out);
        json.string(each.text);
        CHECK(json.invalid_utf8());
        CHECK(out.written() == each.json);
        json.string("fine");
        CHECK(json.invalid_utf8());
    }
}

TEST_CASE("a name that is not UTF-8 is flagged too") {
    char memory[64];
    buffer_writer out(memory);
    json_writer json(out);
    json.begin_object();
    json.name("a\xFF");
    json.integer(1);
    json.end_object();
    CHECK(json.invalid_utf8());
    CHECK(out.written() == R"({"a":1})");
}

TEST_CASE("integers are written whole") {
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{7}, std::int64_t{-7}, INT64_MAX, INT64_MIN}) {
        CHECK(written_by([&](json_writer& json) { json.integer(number); }) == std::to_string(number));
    }
}

TEST_CASE("with too little memory nothing is written past its end") {
    for (std::size_t capacity = 0; capacity <= everything.size(); ++capacity) {
        CAPTURE(capacity);
        std::string memory(everything.size() + 8, '#');
        buffer_writer out{std::span(memory).first(capacity)};
        json_writer json(out);
        write_everything(json);
        CHECK(out.overflowed() == (capacity < everything.size()));
        CHECK(everything.starts_with(out.written()));
        CHECK(memory.find_first_not_of('#', out.size()) == std::string::npos);
    }
}
