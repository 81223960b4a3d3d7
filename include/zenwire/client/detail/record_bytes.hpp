// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_RECORD_BYTES_HPP
#define ZENWIRE_CLIENT_DETAIL_RECORD_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include <zenwire/base/time.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// The most characters of a decimal.
inline constexpr std::size_t decimal_size = 24;

/// Writes the fields of a record, in the same way on every machine: a number as eight bytes, the lowest first; a text as its length
/// and its bytes; an optional as a number, 1 or 0, and its value if it has one.
class record_writer {
public:
    constexpr explicit record_writer(buffer_writer& out) noexcept : out_(&out) {}

    template <class Number>
        requires(std::is_integral_v<Number> || std::is_enum_v<Number>)
    constexpr void field(Number const& number) noexcept {
        const auto bits = static_cast<std::uint64_t>(number);
        for (unsigned shift = 0; shift < 64; shift += 8) {
            out_->append(static_cast<char>(static_cast<unsigned char>(bits >> shift)));
        }
    }
    template <std::size_t Capacity>
    constexpr void field(inline_string<Capacity> const& text) noexcept {
        field(text.size());
        out_->append(text.view());
    }
    constexpr void field(unix_seconds const& time) noexcept { field(time.count()); }
    constexpr void field(milliseconds const& time) noexcept { field(time.count()); }
    constexpr void field(traffic_package_size const& size) noexcept { field(size.units()); }
    constexpr void field(decimal const& number) noexcept {
        char digits[decimal_size]{};
        buffer_writer text(digits);
        number.write_to(text);
        field(inline_string<decimal_size>(text.written()));
    }
    template <class Value>
    constexpr void field(std::optional<Value> const& value) noexcept {
        field(value.has_value());
        if (value) {
            field(*value);
        }
    }
    template <class Object>
        requires requires(record_writer& self, Object const& object) { Object::visit(self, object); }
    constexpr void field(Object const& object) noexcept {
        Object::visit(*this, object);
    }

private:
    buffer_writer* out_;
};

/// Reads what record_writer wrote. It does not detect wrong bytes: the caller writes the result again and compares,
/// checksum and all, so that there is only one form of each record.
class record_reader {
public:
    constexpr explicit record_reader(std::string_view bytes) noexcept : rest_(bytes) {}

    template <class Number>
        requires(std::is_integral_v<Number> || std::is_enum_v<Number>)
    constexpr void field(Number& number) noexcept {
        number = static_cast<Number>(take());
    }
    template <std::size_t Capacity>
    constexpr void field(inline_string<Capacity>& text) noexcept {
        const std::uint64_t size = take();
        text.assign(rest_.substr(0, size < rest_.size() ? static_cast<std::size_t>(size) : rest_.size()));
        rest_.remove_prefix(size < rest_.size() ? static_cast<std::size_t>(size) : rest_.size());
    }
    constexpr void field(unix_seconds& time) noexcept { time = unix_seconds(static_cast<std::int64_t>(take())); }
    constexpr void field(milliseconds& time) noexcept { time = milliseconds(static_cast<std::int64_t>(take())); }
    constexpr void field(traffic_package_size& size) noexcept {
        const auto read = traffic_package_size::from_units(static_cast<std::int64_t>(take()));
        size = read ? *read : size;
    }
    constexpr void field(decimal& number) noexcept {
        inline_string<decimal_size> text;
        field(text);
        number = decimal::parse(text.view()).value_or(decimal());
    }
    template <class Value>
    constexpr void field(std::optional<Value>& value) noexcept {
        if (take() != 0) {
            field(value.emplace());
        }
    }
    template <class Object>
        requires requires(record_reader& self, Object& object) { Object::visit(self, object); }
    constexpr void field(Object& object) noexcept {
        Object::visit(*this, object);
    }

private:
    constexpr std::uint64_t take() noexcept {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 8) {
            number |= std::uint64_t{static_cast<unsigned char>(rest_.front())} << shift;
            rest_.remove_prefix(1);
        }
        return number;
    }

    std::string_view rest_;
};

/// The orders that the ledger had before the job's: of each number 64 bits of its hash, for at most `capacity` orders.
/// When two numbers have the same bits, a new order looks like an old one, never the other way round.
class known_orders {
public:
    /// The most orders that are kept.
    static constexpr std::size_t capacity = 48;

    /// How many orders are kept; capacity + 1 when others could not be kept: ask is_whole() first.
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

/// The first bytes of a job of version 0.1.
inline constexpr std::string_view former_mark = "zenwire job 3\n";

/// The checksum at the end of the bytes of a job: the first eight bytes of a hash.
[[nodiscard]] constexpr inline_string<8> check_sum_of(std::string_view bytes) noexcept {
    const sha256_digest hash = sha256_of(bytes);
    inline_string<8> sum;
    for (std::size_t i = 0; i < sum.capacity(); ++i) {
        const char octet = static_cast<char>(hash[i]);
        sum.append(std::string_view(&octet, 1));
    }
    return sum;
}

/// The refusal of saved bytes. Nobody knows what became of the order of their job.
[[nodiscard]] constexpr error refusal_of_record(errc code, std::string_view why) noexcept {
    error refusal = error::make(code, blame::local, why);
    refusal.outcome = outcome::unknown;
    return refusal;
}

/// The error for a job of version 0.1, which cannot be resumed. It says what the bytes tell of the order.
[[nodiscard]] constexpr error refusal_of_former_record(std::string_view bytes) noexcept {
    constexpr std::size_t sum_size = inline_string<8>::capacity();
    if (!bytes.ends_with(check_sum_of(bytes.substr(0, bytes.size() - sum_size)).view())) {
        return refusal_of_record(errc::job_record_damaged, "the saved bytes, of zenwire 0.1, are damaged");
    }
    record_reader fields(bytes.substr(former_mark.size() + 1));
    inline_string<limits::word> service;
    inline_string<limits::authority> authority;
    inline_string<limits::instance_id> instance;
    std::uint64_t ignored = 0;
    std::uint64_t signed_at = 0;
    bool is_accepted = false;
    inline_string<limits::order_number> number;
    fields.field(service);
    fields.field(authority);
    fields.field(instance);
    fields.field(ignored);  // target
    fields.field(ignored);  // size before
    fields.field(signed_at);
    fields.field(ignored);  // how many orders
    fields.field(ignored);  // whether it was signed
    fields.field(is_accepted);
    fields.field(number);

    error refusal = refusal_of_record(errc::job_record_outdated, "the saved bytes are of zenwire 0.1: an order ");
    refusal.outcome = is_accepted ? outcome::executed : refusal.outcome;
    refusal.message.append(is_accepted ? "was accepted, number " : "may have been sent, signed at ");
    refusal.message.append(is_accepted ? number.view() : decimal_text(signed_at).view());
    refusal.message.append(" for instance ");
    refusal.message.append(instance.view());
    refusal.message.append("; look at it before anything else is ordered, then remove the bytes");
    return refusal;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
