// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_OPEN_ENUM_HPP
#define ZENWIRE_BASE_OPEN_ENUM_HPP

#include <string_view>
#include <type_traits>

#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// A value of an enumeration, and its name.
template <class Enum>
struct enum_row {
    Enum value;
    std::string_view text;
};

/// The names of an enumeration's values. Each enumeration with names specialises this, directly after its definition, as an array
/// of rows with a `value` and a `text`. When a value has several rows, the first one has its name.
template <class Enum>
inline constexpr int enum_names = 0;

/// An enumeration with names.
template <class Enum>
concept named_enum = std::is_enum_v<Enum> && std::is_array_v<std::remove_reference_t<decltype(enum_names<Enum>)>>;

}  // namespace detail

/// The name of an enumerator as it stands in the code: `"api_error"` for errc::api_error. All public enumerations have names; those
/// of the API's words are spelled as the API spells them. A constant; empty for a value out of range.
template <class Enum>
    requires detail::named_enum<Enum>
[[nodiscard]] constexpr std::string_view to_string(Enum value) noexcept {
    for (auto const& row : detail::enum_names<Enum>) {
        if (row.value == value) {
            return row.text;
        }
    }
    if constexpr (requires { Enum::unknown; }) {
        return value == Enum::unknown ? "unknown" : std::string_view();
    }
    return {};
}

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
    [[nodiscard]] friend constexpr bool operator==(open_enum const& left, open_enum const& right) noexcept {
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
