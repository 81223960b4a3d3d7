// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_OPEN_ENUM_HPP
#define ZENWIRE_BASE_OPEN_ENUM_HPP

#include <string_view>

#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>

namespace ZENWIRE_NAMESPACE {

/// A value of an enumeration of the API, sent as a word. The API may add words at any time: one that the library does not know is
/// kept as it was written.
///
/// `Words` has an unscoped enumeration `value`, whose first enumerator is `unknown`. Its enumerators are inherited, hence
/// `instance_status::running`. It also has a constant array `table` of rows with `value` and `text`; when a value has several rows,
/// the first one is the documented spelling. Rows may have a `dialect`, the name of the only service that spells the word so.
template <class Words>
class open_enum : public Words {
public:
    /// The enumeration of the known words.
    using value_type = typename Words::value;

    /// An empty word, which counts as unknown.
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

    /// The same, for a service that may have its own spelling: `dialect` is the name of the service.
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

    /// Whether both are the same known word, in whatever spelling, or unknown words of equal text.
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
