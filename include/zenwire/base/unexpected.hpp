// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_UNEXPECTED_HPP
#define ZENWIRE_BASE_UNEXPECTED_HPP

#include <utility>
#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
#include <expected>
#endif

#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// A tag for the constructor that makes the error in place: `expected<T, Error>(unexpect, arguments...)`.
struct unexpect_t {
    explicit unexpect_t() = default;
};
/// @copydoc unexpect_t
inline constexpr unexpect_t unexpect{};

/// Wraps an error on its way into an `expected`. Modelled after `std::unexpected` of C++23.
template <class Error>
class unexpected {
public:
    /// @{
    /// Copies or moves an error in.
    constexpr explicit unexpected(Error const& error) : error_(error) {}
    constexpr explicit unexpected(Error&& error) noexcept : error_(std::move(error)) {}
    /// @}

    /// @{
    /// The error.
    [[nodiscard]] constexpr Error const& error() const& noexcept ZENWIRE_LIFETIMEBOUND { return error_; }
    [[nodiscard]] constexpr Error&& error() && noexcept { return std::move(error_); }
    /// @}

    /// Whether the errors are equal.
    template <class OtherError>
    [[nodiscard]] friend constexpr bool operator==(unexpected const& left, unexpected<OtherError> const& right) {
        return left.error_ == right.error();
    }

private:
    Error error_;
};

/// Deduces the type of the error.
template <class Error>
unexpected(Error) -> unexpected<Error>;

namespace detail {

/// Whether a type is an `unexpected`, ours or the standard library's.
template <class Type>
inline constexpr bool is_unexpected = false;
template <class Error>
inline constexpr bool is_unexpected<unexpected<Error>> = true;
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
template <class Error>
inline constexpr bool is_unexpected<std::unexpected<Error>> = true;
#endif

/// A reference to an error that is a constant, so that a function can return it without copying it. Converts to the error.
template <class Error>
class borrowed_error {
public:
    /// `error` must outlive this.
    constexpr explicit borrowed_error(Error const& error ZENWIRE_LIFETIMEBOUND) noexcept : error_(&error) {}
    /// The error itself.
    constexpr operator Error const&() const noexcept { return *error_; }

private:
    Error const* error_;
};

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
