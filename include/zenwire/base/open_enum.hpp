// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_OPEN_ENUM_HPP
#define ZENWIRE_BASE_OPEN_ENUM_HPP

#include <string_view>

#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>

namespace ZENWIRE_NAMESPACE {

/// A word of a list to which the server may add at any time: a known word, or another one, kept as it was written.
///
/// `Words` has an unscoped enumeration `value` whose first enumerator is `unknown`: its words are named as
/// `instance_status::running` is. And it has a constant array `table` of rows with `value` and `text`; where a value has several
/// spellings the first is the documented one. Rows may have a `dialect`: the name of the only service that spells the word like
/// this. Two words are equal when both are the same known word, however they were spelt, or unknown words of equal text.
template <class Words>
class open_enum : public Words {
public:
    /// The enumeration of the known words.
    using value_type = typename Words::value;

    /// The empty word, which is unknown.
    constexpr open_enum() noexcept = default;
    /// A known word.
    constexpr open_enum(value_type known) noexcept : value_(known) {}

    /// From the word as the server writes it, letter case included. Unknown words are kept up to limits::word bytes.
    [[nodiscard]] static constexpr open_enum parse(std::string_view text) noexcept {
        open_enum result;
        for (auto const& each : Words::table) {
            if (each.text == text) {
                result.value_ = each.value;
                return result;
            }
        }
        result.unknown_.assign(text);
        return result;
    }

    /// The known word, else `unknown`.
    [[nodiscard]] constexpr value_type value() const noexcept { return value_; }
    /// The documented spelling of a known word, else the word as it was read. A view of this object or of a constant.
    [[nodiscard]] constexpr std::string_view text() const noexcept ZENWIRE_LIFETIMEBOUND {
        for (auto const& each : Words::table) {
            if (value_ != value_type::unknown && each.value == value_) {
                return each.text;
            }
        }
        return unknown_.view();
    }

    /// The same, but the spelling of a dialect where it has one of its own.
    [[nodiscard]] constexpr std::string_view text([[maybe_unused]] std::string_view dialect) const noexcept
        ZENWIRE_LIFETIMEBOUND {
        if constexpr (requires { Words::table[0].dialect; }) {
            for (auto const& each : Words::table) {
                if (value_ != value_type::unknown && each.value == value_ && each.dialect == dialect) {
                    return each.text;
                }
            }
        }
        return text();
    }

    /// Whether both are the same known word, or unknown words of equal text.
    [[nodiscard]] friend constexpr bool operator==(open_enum const& left,
                                                   open_enum const& right) noexcept {
        return left.value_ == right.value_ && (left.value_ != value_type::unknown || left.unknown_ == right.unknown_);
    }
    /// Whether it is that known word.
    [[nodiscard]] friend constexpr bool operator==(open_enum const& left, value_type right) noexcept {
        return left.value_ == right;
    }

private:
    value_type value_ = value_type::unknown;
    inline_string<limits::word> unknown_{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
