// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_KNOWN_ORDERS_HPP
#define ZENWIRE_CLIENT_DETAIL_KNOWN_ORDERS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/crypto/sha256.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Which orders the ledger knew before ours: their numbers, each as 64 bits of a hash. Two numbers that happen to have the same
/// bits make a new order look like an old one, never the other way round.
class known_orders {
public:
    /// The most orders that are kept.
    static constexpr std::size_t capacity = 48;

    /// How many there are; more than `capacity` of them were not kept.
    [[nodiscard]] constexpr std::uint32_t size() const noexcept { return size_; }
    /// Whether all orders that were added are kept.
    [[nodiscard]] constexpr bool is_whole() const noexcept { return size_ <= capacity; }
    /// Whether an order of that number was added, and kept.
    [[nodiscard]] constexpr bool has(std::string_view number) const noexcept { return has_mark(mark_of(number)); }
    /// Adds an order.
    constexpr void add(std::string_view number) noexcept { add_mark(mark_of(number)); }
    /// Adds all orders of another list.
    constexpr void add(known_orders const& others) noexcept {
        for (std::size_t i = 0; i < others.kept(); ++i) {
            add_mark(others.marks_[i]);
        }
        size_ = others.is_whole() ? size_ : too_many;
    }

    /// The fields of a record, in their order.
    template <class Fields, class Self>
    static constexpr void visit(Fields& fields, Self& self) noexcept {
        fields.field(self.size_);
        for (std::size_t i = 0; i < self.kept(); ++i) {
            fields.field(self.marks_[i]);
        }
    }

private:
    static constexpr std::uint32_t too_many = capacity + 1;

    [[nodiscard]] static constexpr std::uint64_t mark_of(std::string_view number) noexcept {
        const sha256_digest hash = sha256_of(number);
        std::uint64_t mark = 0;
        for (std::size_t i = 0; i < sizeof(mark); ++i) {
            mark = mark << 8U | hash[i];
        }
        return mark;
    }
    [[nodiscard]] constexpr std::size_t kept() const noexcept { return is_whole() ? size_ : capacity; }
    [[nodiscard]] constexpr bool has_mark(std::uint64_t mark) const noexcept {
        for (std::size_t i = 0; i < kept(); ++i) {
            if (marks_[i] == mark) {
                return true;
            }
        }
        return false;
    }
    constexpr void add_mark(std::uint64_t mark) noexcept {
        if (has_mark(mark)) {
            return;
        }
        if (size_ < capacity) {
            marks_[size_++] = mark;
        } else {
            size_ = too_many;
        }
    }

    std::uint32_t size_ = 0;
    std::uint64_t marks_[capacity]{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
