// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/text_index.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using zenwire::indexed_text;
using zenwire::text_index;
using zenwire::text_index_slots;

constexpr std::array<indexed_text, 7> names{indexed_text("key"),
                                            indexed_text("value"),
                                            indexed_text("instanceId"),
                                            indexed_text("instanceType"),
                                            indexed_text("nic"),
                                            indexed_text("primaryPublicIpAddress"),
                                            indexed_text("")};
constexpr text_index_slots slots(names);

constexpr std::size_t find(std::string_view name) {
    return text_index(slots).find(indexed_text(name),
                                  [](std::size_t at) noexcept -> indexed_text const& { return names[at]; });
}

/// A text of any bytes, the same for the same number.
std::string text_of(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += static_cast<char>(i * 37 + size);
    }
    return text;
}

static_assert(find("instanceType") == 3);
static_assert(find("instanceTypo") == text_index::none);

}  // namespace

TEST_CASE("an indexed text equals a copy of itself and nothing that differs in one byte or in length") {
    for (std::size_t size = 0; size <= 70; ++size) {
        const std::string text = text_of(size);
        const std::string copy = text;
        CHECK(indexed_text(text) == indexed_text(copy));
        CHECK(indexed_text(text) == std::string_view(copy));
        CHECK_FALSE(indexed_text(text) == indexed_text(text + '\0'));
        CHECK_FALSE(indexed_text(text) == std::string_view(text + '\0'));
        CHECK_FALSE(indexed_text::nothing() == std::string_view(text));
        CHECK_FALSE(indexed_text::nothing() == indexed_text(text));
        for (std::size_t i = 0; i < size; ++i) {
            std::string other = text;
            other[i] = static_cast<char>(other[i] ^ 0x10);
            CHECK_FALSE(indexed_text(text) == indexed_text(other));
            CHECK_FALSE(indexed_text(text) == std::string_view(other));
        }
    }
}

TEST_CASE("each text of a list is found at its position and no other text is") {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name(names[i].view());
        CHECK(find(name) == i);
        CHECK(find(name + "s") == text_index::none);
        CHECK(find("x" + name) == text_index::none);
    }
}

TEST_CASE("a seed is found for a dozen texts with which no two of them fall on one slot") {
    for (std::size_t list = 0; list < 50; ++list) {
        CAPTURE(list);
        std::array<std::string, 12> texts;
        std::array<indexed_text, 12> indexed;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            texts[i] = text_of(list % 20 + 1) + std::to_string(list * 100 + i);
            indexed[i] = indexed_text(texts[i]);
        }
        const text_index_slots of(indexed);
        for (std::size_t i = 0; i < indexed.size(); ++i) {
            CHECK(of.cells[indexed[i].hash(of.seed, of.bits)] == i);
        }
    }
}

TEST_CASE("texts that fall on one slot are all found") {
    // without a middle that is hashed these are alike
    static const std::array<indexed_text, 3> alike{indexed_text("12345678a87654321"), indexed_text("12345678b87654321"),
                                                   indexed_text("12345678c87654321")};
    static const text_index_slots<3> of(alike);
    for (std::size_t i = 0; i < alike.size(); ++i) {
        CHECK(text_index(of).find(alike[i], [](std::size_t at) noexcept -> indexed_text const& { return alike[at]; }) ==
              i);
    }
    CHECK(text_index(of).find(indexed_text("12345678d87654321"), [](std::size_t at) noexcept -> indexed_text const& {
        return alike[at];
    }) == text_index::none);
}

TEST_CASE("an index of no texts finds nothing") {
    static constexpr text_index_slots<0> of(std::array<indexed_text, 0>{});
    CHECK(text_index(of).find(indexed_text("key"), [](std::size_t) noexcept { return indexed_text(); }) ==
          text_index::none);
}
