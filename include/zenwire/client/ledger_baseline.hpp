// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_LEDGER_BASELINE_HPP
#define ZENWIRE_CLIENT_LEDGER_BASELINE_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/base/config.hpp>
#include <zenwire/base/time.hpp>
#include <zenwire/crypto/sha256.hpp>

namespace ZENWIRE_NAMESPACE {

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

/// What the ledger showed before an order, so that what it shows afterwards can be called new.
struct ledger_baseline {
    /// The months whose bills were read, as 202611: the first and the last one.
    std::int64_t first_month = 0;
    /// @copydoc first_month
    std::int64_t last_month = 0;
    /// Since when the account's movements were read.
    unix_seconds since{};
    /// Whether the bills were read to their ends: else no line of a bill can be called new.
    bool has_bills = false;
    /// The same of the movements.
    bool has_movements = false;
    /// The orders that were there.
    known_orders orders{};

    /// The fields of a record, in their order.
    template <class Fields, class Self>
    static constexpr void visit(Fields& fields, Self& self) noexcept {
        fields.field(self.first_month);
        fields.field(self.last_month);
        fields.field(self.since);
        fields.field(self.has_bills);
        fields.field(self.has_movements);
        known_orders::visit(fields, self.orders);
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
