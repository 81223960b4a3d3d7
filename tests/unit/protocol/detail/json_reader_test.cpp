// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/detail/json_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <zenwire/base/inplace_vector.hpp>

#include "../../results.hpp"
#include "json_reader_sample.hpp"

namespace {

using namespace json_sample;
using zenwire::detail::json_fault;
using zenwire::member;
using zenwire::reading;

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

TEST_CASE("blanks around and one byte order mark before the text are skipped") {
    CHECK(read("\xEF\xBB\xBF{\"text\":\"t\"}").object.text.view() == "t");
    CHECK(read("\xEF\xBB\xBF \r\n{\"text\":\"t\"}\r\n \t").read.fault == json_fault::none);
    CHECK(read("\xEF\xBB\xBF").read.fault == json_fault::syntax);
    CHECK(read("\xEF\xBB\xBF\xEF\xBB\xBF{}").read.fault == json_fault::syntax);
    CHECK(read(" \xEF\xBB\xBF{}").read.fault == json_fault::syntax);
    CHECK(read("\xEF\xBB").read.fault == json_fault::syntax);
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
