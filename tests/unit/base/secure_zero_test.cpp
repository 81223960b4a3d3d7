// SPDX-License-Identifier: BSL-1.0
#include <zenwire/base/secure_zero.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../erased.hpp"

namespace {

using zenwire::secure_zero;

/// Keeps a secret and wipes it at its end.
class keeper {
public:
    explicit keeper(std::string_view secret) noexcept { std::memcpy(secret_, secret.data(), secret.size()); }
    keeper(keeper const&) = delete;
    keeper& operator=(keeper const&) = delete;
    ~keeper() { secure_zero(secret_); }

private:
    char secret_[32]{};
};

template <class Element>
concept can_be_wiped = requires(std::span<Element> memory) { secure_zero(memory); };

static_assert(can_be_wiped<char> && can_be_wiped<std::uint64_t> && !can_be_wiped<char const> && !can_be_wiped<void*>);

constexpr bool wipes_in_a_constant_expression() {
    std::uint32_t numbers[3] = {1, 2, 3};
    secure_zero(numbers);
    return numbers[0] == 0 && numbers[1] == 0 && numbers[2] == 0;
}
static_assert(wipes_in_a_constant_expression());

}  // namespace

TEST_CASE_TEMPLATE("every element is zero afterwards", Element, char, unsigned char, std::uint16_t, std::uint32_t,
                   std::uint64_t) {
    Element memory[5];
    for (Element& element : memory) {
        element = static_cast<Element>(~Element{});
    }
    secure_zero(memory);
    for (const Element element : memory) {
        CHECK(element == 0);
    }
}

TEST_CASE("nothing beside the memory is touched") {
    for (std::size_t begin = 0; begin <= 16; ++begin) {
        for (std::size_t end = begin; end <= 16; ++end) {
            CAPTURE(begin);
            CAPTURE(end);
            std::string memory(16, '#');
            secure_zero(std::span(memory).subspan(begin, end - begin));
            CHECK(memory == std::string(begin, '#') + std::string(end - begin, '\0') + std::string(16 - end, '#'));
        }
    }
}

TEST_CASE("memory of every size and place is zero afterwards and its neighbours are as they were") {
    constexpr std::size_t fence = 80;
    for (std::size_t shift = 0; shift < 3; ++shift) {
        for (std::size_t size = 0; size <= 200; ++size) {
            std::string memory(fence + size + fence, '#');
            secure_zero(std::span(memory).subspan(fence + shift, size));
            CAPTURE(shift);
            CAPTURE(size);
            CHECK(memory ==
                  std::string(fence + shift, '#') + std::string(size, '\0') + std::string(fence - shift, '#'));
        }
    }
}

TEST_CASE("numbers of every count are zero afterwards and their neighbours are as they were") {
    constexpr std::uint32_t other = 0x23232323;
    for (std::size_t count = 0; count <= 60; ++count) {
        std::vector<std::uint32_t> memory(count + 40, other);
        secure_zero(std::span(memory).subspan(20, count));
        std::vector<std::uint32_t> wanted(count + 40, other);
        std::fill_n(wanted.begin() + 20, count, 0U);
        CAPTURE(count);
        CHECK(memory == wanted);
    }
}

TEST_CASE("no memory at all is allowed") {
    std::array<char, 1> neighbour = {'#'};
    secure_zero(std::span<char>());
    secure_zero(std::span(neighbour).first(0));
    CHECK(neighbour[0] == '#');
}

TEST_CASE("a secret is gone from the memory of an object that has ended") {
    CHECK(bytes_left_by([] { return keeper("the password of the access key"); }) == std::string(sizeof(keeper), '\0'));
}
