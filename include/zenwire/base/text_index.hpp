// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_TEXT_INDEX_HPP
#define ZENWIRE_BASE_TEXT_INDEX_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/is_constant_evaluated.hpp>

/// @file
/// Finds a text in a constant list without comparing it with every one: an index that is made when compiling.

namespace ZENWIRE_NAMESPACE {

/// A text with its first and last eight bytes as numbers, which are compared, and hashed, instead of it.
class indexed_text {
    // Clang instantiates a constexpr function template only where its definition was seen: so this stands first.
    static constexpr std::uint64_t octet(char const* at) noexcept { return static_cast<unsigned char>(*at); }

    /// The bytes as a number, the first one lowest.
    template <class Number>
    static constexpr Number load(char const* at) noexcept {
        Number number = 0;
        if (is_constant_evaluated() || std::endian::native != std::endian::little) {
            for (std::size_t i = sizeof(number); i-- > 0;) {
                number = static_cast<Number>(number << 8U | octet(at + i));
            }
        } else {
            std::memcpy(&number, at, sizeof(number));
        }
        return number;
    }

public:
    /// The empty text.
    constexpr indexed_text() noexcept = default;
    /// A view of `text`.
    ZENWIRE_INLINE_FOR_SPEED constexpr explicit indexed_text(std::string_view text) noexcept
        : data_(text.data()), size_(text.size()) {
        if (size_ >= 8) {
            head_ = load<std::uint64_t>(data_);
            tail_ = load<std::uint64_t>(data_ + (size_ - 8));
        } else if (size_ >= 4) {
            head_ = load<std::uint32_t>(data_) | std::uint64_t{load<std::uint32_t>(data_ + (size_ - 4))} << 32U;
        } else if (size_ != 0) {
            head_ = octet(data_) | octet(data_ + size_ / 2) << 8U | octet(data_ + (size_ - 1)) << 16U;
        }
    }

    /// Something that equals no text.
    [[nodiscard]] static constexpr indexed_text nothing() noexcept {
        indexed_text result;
        result.size_ = SIZE_MAX;
        return result;
    }

    /// The text.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {data_, size_}; }

    /// Whether the texts are equal.
    [[nodiscard]] friend constexpr bool operator==(indexed_text const& left, indexed_text const& right) noexcept {
        return left.size_ == right.size_ && ((left.head_ ^ right.head_) | (left.tail_ ^ right.tail_)) == 0 &&
               (left.size_ <= 16 || left.has_middle_of(right.data_));
    }

    /// @copydoc operator==
    [[nodiscard]] ZENWIRE_INLINE_FOR_SPEED friend constexpr bool operator==(indexed_text const& left,
                                                                            std::string_view right) noexcept {
        if (left.size_ != right.size()) {
            return false;
        }
        if (left.size_ < 8) {
            return left == indexed_text(right);
        }
        return left.head_ == load<std::uint64_t>(right.data()) &&
               left.tail_ == load<std::uint64_t>(right.data() + (right.size() - 8)) &&
               (right.size() <= 16 || left.has_middle_of(right.data()));
    }

    /// A number of `bits` bits, 1 to 32; which one depends on the seed.
    [[nodiscard]] constexpr std::size_t hash(std::uint64_t seed, unsigned bits) const noexcept {
        return static_cast<std::uint32_t>(((head_ ^ (std::rotl)(tail_, 27)) + size_) * seed >> (64U - bits));
    }

private:
    /// Compares what is between the first and the last eight bytes.
    [[nodiscard]] constexpr bool has_middle_of(char const* other) const noexcept {
        std::uint64_t difference = 0;
        for (std::size_t at = 8; at + 8 < size_; at += 8) {
            difference |= load<std::uint64_t>(data_ + at) ^ load<std::uint64_t>(other + at);
        }
        return difference == 0;
    }

    char const* data_ = nullptr;
    std::size_t size_ = 0;
    std::uint64_t head_ = 0;
    std::uint64_t tail_ = 0;
};

/// Where the texts of a list of at most 254 stand, by their hash. Slots are at least four times as many as texts, and the
/// seed is chosen so that as few texts as possible fall on one slot, mostly none.
template <std::size_t Count>
class text_index_slots {
public:
    static constexpr std::uint8_t none = 0xFF;
    static constexpr std::size_t count = std::bit_ceil(4 * Count + 2);
    static constexpr unsigned bits = static_cast<unsigned>(std::countr_zero(count));

    /// For the texts in this order, which are different ones.
    constexpr explicit text_index_slots(std::array<indexed_text, Count> const& texts) noexcept {
        static_assert(Count < none, "a slot is eight bits wide");
        constexpr int attempts = 64;
        std::size_t fewest = Count + 1;
        std::uint64_t candidate = 0x9E3779B97F4A7C15U;
        for (int i = 0; i < attempts && fewest != 0; ++i, candidate *= 0xD1342543DE82EF95U) {
            const std::size_t collisions = count_collisions(texts, candidate);
            if (collisions < fewest) {
                fewest = collisions;
                seed = candidate;
            }
        }
        for (std::uint8_t& each : cells) {
            each = none;
        }
        std::uint8_t position = 0;
        for (indexed_text const& each : texts) {
            std::size_t cell = each.hash(seed, bits);
            while (cells[cell] != none) {
                cell = (cell + 1) & (count - 1);
            }
            cells[cell] = position++;
        }
    }

    std::uint64_t seed = 0;
    std::array<std::uint8_t, count> cells{};

private:
    static constexpr std::size_t count_collisions(std::array<indexed_text, Count> const& texts,
                                                  std::uint64_t candidate) noexcept {
        bool used[count]{};  // no std::array, whose operator costs compilers two calls each time
        std::size_t collisions = 0;
        for (indexed_text const& each : texts) {
            bool& cell = used[each.hash(candidate, bits)];
            collisions += cell ? 1U : 0U;
            cell = true;
        }
        return collisions;
    }
};

/// The slots of a list, whatever its length. A view: the slots must outlive it. The list itself is kept by its owner.
class text_index {
public:
    static constexpr std::size_t none = 0xFF;

    template <std::size_t Count>
    constexpr explicit text_index(text_index_slots<Count> const& of ZENWIRE_LIFETIMEBOUND) noexcept
        : cells_(of.cells.data()), seed_(of.seed), bits_(of.bits) {}

    /// The position of a text in the list; none when it is not in it.
    /// @param text_at a function from a position to the indexed_text there
    template <class TextAt>
    [[nodiscard]] constexpr std::size_t find(indexed_text const& text, TextAt text_at) const noexcept {
        const std::size_t last = (std::size_t{1} << bits_) - 1;
        for (std::size_t cell = text.hash(seed_, bits_);; cell = (cell + 1) & last) {
            const std::size_t position = cells_[cell];
            if (position == none || text_at(position) == text) {
                return position;
            }
        }
    }

private:
    std::uint8_t const* cells_;
    std::uint64_t seed_;
    unsigned bits_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
