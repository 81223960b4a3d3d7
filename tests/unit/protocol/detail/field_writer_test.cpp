// SPDX-License-Identifier: BSL-1.0
#include <zenwire/protocol/request_template.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../../results.hpp"

namespace {

using zenwire::buffer_writer;
using zenwire::field_list;
using zenwire::field_position;
using zenwire::detail::field_writer;

/// A writer with room for three fields.
struct desk {
    std::array<char, 128> memory{};
    std::array<field_position, 3> positions{};
    buffer_writer out{memory};
    field_writer fields{out, positions};

    [[nodiscard]] field_list list() const { return {out.written(), std::span(positions).first(fields.count())}; }
};

constexpr bool writes_in_a_constant_expression() {
    char memory[64]{};
    std::array<field_position, 1> positions{};
    buffer_writer out(memory);
    field_writer fields(out, positions);
    fields.add("host", "a.example");
    return out.written() == "host: a.example\r\n" &&
           field_list(out.written(), positions).value_of("host") == "a.example";
}
static_assert(writes_in_a_constant_expression());

}  // namespace

TEST_CASE("fields are lines of a block and found by their positions") {
    desk desk;
    desk.fields.add("host", "a.example:8443");
    desk.fields.add("empty", "");
    desk.fields.add("x-zc-timestamp", "1673", "", "361177");
    CHECK_FALSE(desk.out.overflowed());
    CHECK(desk.out.written() == "host: a.example:8443\r\nempty: \r\nx-zc-timestamp: 1673361177\r\n");
    REQUIRE(desk.list().size() == 3);
    CHECK(desk.list()[0] == zenwire::field{"host", "a.example:8443"});
    CHECK(desk.list()[1] == zenwire::field{"empty", ""});
    CHECK(desk.list()[2] == zenwire::field{"x-zc-timestamp", "1673361177"});
}

TEST_CASE("with too little memory the buffer says so and nothing is written past its end") {
    constexpr std::string_view whole = "host: a.example\r\nname: value\r\n";
    for (std::size_t capacity = 0; capacity <= whole.size(); ++capacity) {
        CAPTURE(capacity);
        std::string memory(whole.size() + 8, '#');
        std::array<field_position, 2> positions{};
        buffer_writer out{std::span(memory).first(capacity)};
        field_writer fields(out, positions);
        fields.add("host", "a.example");
        fields.add("name", "val", "ue");
        CHECK(out.overflowed() == (capacity < whole.size()));
        CHECK(whole.starts_with(out.written()));
        CHECK(memory.find_first_not_of('#', out.size()) == std::string::npos);
    }
}

TEST_CASE("a block is continued behind the fields that it has") {
    desk desk;
    desk.fields.add("host", "a.example");
    field_writer more(desk.out, desk.positions, desk.fields.count());
    more.add("name", "value");
    CHECK(more.count() == 2);
    const field_list list(desk.out.written(), std::span(desk.positions).first(more.count()));
    CHECK(list.value_of("host") == "a.example");
    CHECK(list.value_of("name") == "value");
}

TEST_CASE("the caller ends a field that was begun and then it is as one that was written whole") {
    desk desk;
    desk.fields.add("host", "a.example");
    desk.fields.begin("authorization", 4, "Scheme", " a=b", ", c=");
    CHECK(desk.fields.count() == 2);
    CHECK(desk.out.written() == "host: a.example\r\nauthorization: Scheme a=b, c=");
    desk.out.append("1234\r\n");
    desk.fields.add("last", "value");
    CHECK(desk.out.written() == "host: a.example\r\nauthorization: Scheme a=b, c=1234\r\nlast: value\r\n");
    CHECK(desk.list()[1] == zenwire::field{"authorization", "Scheme a=b, c=1234"});
    CHECK(desk.list()[2] == zenwire::field{"last", "value"});
}

TEST_CASE("a field can be begun without any of its value") {
    desk desk;
    desk.fields.begin("name", 5);
    desk.out.append("value\r\n");
    CHECK(desk.list()[0] == zenwire::field{"name", "value"});
}

TEST_CASE("a field is begun as a whole or not at all, and what is appended behind the latter does not get in") {
    constexpr std::string_view begun = "name: value";
    for (std::size_t capacity = 0; capacity <= begun.size(); ++capacity) {
        CAPTURE(capacity);
        std::string memory(begun.size() + 8, '#');
        std::array<field_position, 1> positions{};
        buffer_writer out{std::span(memory).first(capacity)};
        field_writer(out, positions).begin("name", 1, "val", "ue");
        const bool fits = capacity == begun.size();
        CHECK(out.overflowed() == !fits);
        CHECK(out.written() == (fits ? begun : ""));
        CHECK(out.append("e").overflowed());
        CHECK(memory == std::string(out.written()) + std::string(memory.size() - out.size(), '#'));
    }
}
