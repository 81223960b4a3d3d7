// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/open_enum.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

struct colours {
    enum class value { unknown, red, green };
    struct row {
        enum value value;
        std::string_view text;
    };
    static constexpr row table[] = {{value::red, "RED"}, {value::green, "GREEN"}, {value::red, "CRIMSON"}};
};

struct vehicles {
    enum class value { unknown, truck, van };
    struct row {
        enum value value;
        std::string_view text;
        std::string_view dialect;
    };
    static constexpr row table[] = {
        {value::truck, "truck", {}}, {value::truck, "lorry", "british"}, {value::van, "van", {}}};
};

using vehicle = zenwire::open_enum<vehicles>;
using colour = zenwire::open_enum<colours>;

static_assert(colour::parse("GREEN") == colours::value::green && colour(colours::value::red).text() == "RED");

}  // namespace

TEST_CASE("a known word is its enumerator and has the documented spelling") {
    CHECK(colour::parse("RED") == colours::value::red);
    CHECK(colour::parse("CRIMSON") == colours::value::red);
    CHECK(colour::parse("CRIMSON").text() == "RED");
    CHECK(colour::parse("CRIMSON") == colour::parse("RED"));
    CHECK(colour::parse("RED") != colour::parse("GREEN"));
    CHECK(colour(colours::value::green) == colour::parse("GREEN"));
}

TEST_CASE("a dialect has its own spelling of a word, and else the documented one") {
    CHECK(vehicle::parse("lorry") == vehicle::parse("truck"));
    CHECK(vehicle::parse("lorry").text() == "truck");
    CHECK(vehicle::parse("truck").text("british") == "lorry");
    CHECK(vehicle::parse("truck").text("american") == "truck");
    CHECK(vehicle::parse("van").text("british") == "van");
    CHECK(vehicle::parse("cart").text("british") == "cart");
    CHECK(vehicle().text("british").empty());
    CHECK(colour::parse("CRIMSON").text("british") == "RED");
}

TEST_CASE("any other word is unknown and kept as it was written") {
    for (const std::string_view text : {"", "red", "RED ", "REDDISH", "UNKNOWN", "\xE7\xB4\x85"}) {
        CAPTURE(text);
        const colour read = colour::parse(text);
        CHECK(read.value() == colours::value::unknown);
        CHECK(read.text() == text);
        CHECK(read == colour::parse(text));
        CHECK(read != colour::parse("BLUE"));
        CHECK(read != colours::value::red);
    }
}

TEST_CASE("without a word it is the empty unknown one") {
    CHECK(colour().value() == colours::value::unknown);
    CHECK(colour().text().empty());
    CHECK(colour() == colour::parse(""));
    CHECK(colour(colours::value::unknown).text().empty());
}

TEST_CASE("a long unknown word is cut") {
    const std::string text(zenwire::limits::word + 1, 'w');
    CHECK(colour::parse(text).text() == text.substr(1));
    CHECK(colour::parse(text) != colour::parse(text.substr(1)));
}

TEST_CASE("a copy of an unknown word is on its own") {
    colour read = colour::parse("BLUE");
    const colour copy = read;
    read = colour::parse("RED");
    CHECK(copy.text() == "BLUE");
}
