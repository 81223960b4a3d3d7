// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_EXPECTED_HPP
#define ZENWIRE_BASE_EXPECTED_HPP

#include <type_traits>
#include <utility>

#include <zenwire/base/detail/expected_storage.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// Whether a type is an `expected`.
template <class Type>
inline constexpr bool is_expected = false;
template <class T, class Error>
inline constexpr bool is_expected<expected<T, Error>> = true;

}  // namespace detail

/// Returns the error of `result` from the calling function, without a copy in between: `if (!part) { return failure_of(part); }`.
/// When there is no error, contract_violation() ends the program.
template <class T, class Error>
[[nodiscard]] constexpr unexpected<detail::borrowed_error<Error>> failure_of(
    expected<T, Error> const& result ZENWIRE_LIFETIMEBOUND) noexcept {
    return unexpected(detail::borrowed_error<Error>(result.error()));
}

/// Either a value or an error: the vocabulary of `std::expected` (C++23) for C++20.
///
/// Differences from the standard's: reading a value or an error that is not there (`*`, `->`, `value()`, `error()`) always calls
/// contract_violation() and is never undefined; nothing throws; `T` and `Error` must move without throwing. The functions of
/// and_then() and the like see a const value unless the result is an rvalue; there is no swap(), and no conversion from an
/// `expected` of other types. After a move the source still holds its value or error, which was moved from.
/// Uses no heap of its own. Where the standard library has `std::expected`, it converts to and from it, and from
/// `std::unexpected`.
template <class T, class Error>
class [[nodiscard]] expected : detail::results::storage<T, Error> {
    static_assert(std::is_object_v<T> && !std::is_array_v<T>, "an expected holds an object; expected<void> holds none");
    using storage = detail::results::storage<T, Error>;

public:
    /// @{
    /// As in `std::expected`.
    using value_type = T;
    using error_type = Error;
    using unexpected_type = unexpected<Error>;
    template <class U>
    using rebind = expected<U, Error>;
    /// @}

    /// In place: `expected(std::in_place, arguments...)`, `expected(unexpect, arguments...)`.
    using storage::storage;

    /// A value made by default.
    constexpr expected() noexcept(detail::nothrow_constructible<T>)
        requires detail::constructible<T>
        : storage(std::in_place) {}

    /// From anything that a value can be made of.
    template <class U = T>
        requires(!std::is_same_v<std::remove_cvref_t<U>, expected> &&
                 !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
                 !std::is_same_v<std::remove_cvref_t<U>, unexpect_t> &&
                 !detail::is_unexpected<std::remove_cvref_t<U>> && detail::constructible<T, U> &&
                 // otherwise an expected<bool> could be made of another result by its operator bool
                 !(std::is_same_v<std::remove_cv_t<T>, bool> && detail::is_expected<std::remove_cvref_t<U>>))
    constexpr explicit(!detail::convertible<U, T>) expected(U&& value)
        : storage(std::in_place, std::forward<U>(value)) {}

    /// @{
    /// An error: `return unexpected(error);`
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr explicit(!detail::convertible<OtherError const&, Error>) expected(unexpected<OtherError> const& failure)
        : storage(unexpect, failure.error()) {}
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(unexpected<OtherError>&& failure)
        : storage(unexpect, std::move(failure).error()) {}
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(std::unexpected<OtherError> failure)
        : storage(unexpect, std::move(failure).error()) {}
#endif
    /// @}

    /// Replaces the value or error by an error, which must not be part of it.
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr expected& operator=(unexpected<OtherError> const& failure) {
        storage::become_error(failure.error());
        return *this;
    }

    /// Replaces the value or error by a value made from the arguments, which must not refer to it.
    template <class... Arguments>
        requires detail::nothrow_constructible<T, Arguments...>
    constexpr T& emplace(Arguments&&... arguments) noexcept ZENWIRE_LIFETIMEBOUND {
        storage::become_value(std::forward<Arguments>(arguments)...);
        return storage::value_;
    }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    /// @{
    /// From and to the standard library's.
    constexpr expected(std::expected<T, Error> other) noexcept
        : storage(other ? expected(std::in_place, *std::move(other)) : expected(unexpect, std::move(other).error())) {}
    constexpr operator std::expected<T, Error>() const&
        requires(detail::constructible<T, T const&> && detail::constructible<Error, Error const&>)
    {
        return has_value() ? std::expected<T, Error>(value()) : std::expected<T, Error>(std::unexpect, error());
    }
    constexpr operator std::expected<T, Error>() && {
        return has_value() ? std::expected<T, Error>(std::move(*this).value())
                           : std::expected<T, Error>(std::unexpect, std::move(*this).error());
    }
    /// @}
#endif

    /// @{
    /// Whether there is a value.
    [[nodiscard]] constexpr bool has_value() const noexcept { return storage::has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return storage::has_value_; }
    /// @}

    /// @{
    /// The value. Without one: contract_violation(). Refers to this object.
    [[nodiscard]] constexpr T& value() & noexcept ZENWIRE_LIFETIMEBOUND { return storage::checked_value(); }
    [[nodiscard]] constexpr T const& value() const& noexcept ZENWIRE_LIFETIMEBOUND { return storage::checked_value(); }
    [[nodiscard]] constexpr T&& value() && noexcept ZENWIRE_LIFETIMEBOUND {
        return std::move(storage::checked_value());
    }
    [[nodiscard]] constexpr T& operator*() & noexcept ZENWIRE_LIFETIMEBOUND { return value(); }
    [[nodiscard]] constexpr T const& operator*() const& noexcept ZENWIRE_LIFETIMEBOUND { return value(); }
    [[nodiscard]] constexpr T&& operator*() && noexcept ZENWIRE_LIFETIMEBOUND { return std::move(*this).value(); }
    [[nodiscard]] constexpr T* operator->() noexcept ZENWIRE_LIFETIMEBOUND { return std::addressof(value()); }
    [[nodiscard]] constexpr T const* operator->() const noexcept ZENWIRE_LIFETIMEBOUND {
        return std::addressof(value());
    }
    /// @}

    /// @{
    /// The error. Without one: contract_violation(). Refers to this object.
    [[nodiscard]] constexpr Error& error() & noexcept ZENWIRE_LIFETIMEBOUND { return storage::checked_error(); }
    [[nodiscard]] constexpr Error const& error() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return storage::checked_error();
    }
    [[nodiscard]] constexpr Error&& error() && noexcept ZENWIRE_LIFETIMEBOUND {
        return std::move(storage::checked_error());
    }
    /// @}

    /// @{
    /// The value, else `fallback`.
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) const& {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) && {
        return has_value() ? std::move(*this).value() : static_cast<T>(std::forward<U>(fallback));
    }
    /// @}

    /// @{
    /// The error, else `fallback`.
    template <class OtherError>
    [[nodiscard]] constexpr Error error_or(OtherError&& fallback) const& {
        return has_value() ? static_cast<Error>(std::forward<OtherError>(fallback)) : error();
    }
    template <class OtherError>
    [[nodiscard]] constexpr Error error_or(OtherError&& fallback) && {
        return has_value() ? static_cast<Error>(std::forward<OtherError>(fallback)) : std::move(*this).error();
    }
    /// @}

    /// @{
    /// Calls `function` with the value and returns the `expected` that it returns; hands an error on.
    template <class Function>
    constexpr auto and_then(Function&& function) const& {
        return storage::and_then(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) && {
        return storage::and_then(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Calls `function` with the error and returns the `expected` that it returns; hands a value on.
    template <class Function>
    constexpr auto or_else(Function&& function) const& {
        return storage::or_else(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto or_else(Function&& function) && {
        return storage::or_else(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Replaces the value by what `function` makes of it; hands an error on.
    template <class Function>
    constexpr auto transform(Function&& function) const& {
        return storage::transform(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) && {
        return storage::transform(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Replaces the error by what `function` makes of it; hands a value on.
    template <class Function>
    constexpr auto transform_error(Function&& function) const& {
        return storage::transform_error(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform_error(Function&& function) && {
        return storage::transform_error(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Equal values are equal, and so are equal errors.
    template <class U, class OtherError>
    [[nodiscard]] friend constexpr bool operator==(expected const& left, expected<U, OtherError> const& right) {
        if (left.has_value() != right.has_value()) {
            return false;
        }
        return left.has_value() ? *left == *right : left.error() == right.error();
    }
    template <class U>
        requires detail::convertible<U const&, T>
    [[nodiscard]] friend constexpr bool operator==(expected const& left, U const& right) {
        return left.has_value() && *left == right;
    }
    template <class OtherError>
    [[nodiscard]] friend constexpr bool operator==(expected const& left, unexpected<OtherError> const& right) {
        return !left.has_value() && left.error() == right.error();
    }
    /// @}
};

/// Success without a value, or an error. Otherwise like the `expected` of a value.
template <class Error>
class [[nodiscard]] expected<void, Error> : detail::results::storage<detail::results::nothing, Error> {
    using storage = detail::results::storage<detail::results::nothing, Error>;

public:
    /// @{
    /// As in `std::expected`.
    using value_type = void;
    using error_type = Error;
    using unexpected_type = unexpected<Error>;
    template <class U>
    using rebind = expected<U, Error>;
    /// @}

    /// In place: `expected(std::in_place)`, `expected(unexpect, arguments...)`.
    using storage::storage;

    /// Success.
    constexpr expected() noexcept : storage(std::in_place) {}

    /// @{
    /// An error: `return unexpected(error);`
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr explicit(!detail::convertible<OtherError const&, Error>) expected(unexpected<OtherError> const& failure)
        : storage(unexpect, failure.error()) {}
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(unexpected<OtherError>&& failure)
        : storage(unexpect, std::move(failure).error()) {}
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(std::unexpected<OtherError> failure)
        : storage(unexpect, std::move(failure).error()) {}
#endif
    /// @}

    /// Becomes a success.
    constexpr void emplace() noexcept { storage::become_value(); }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    /// @{
    /// From and to the standard library's.
    constexpr expected(std::expected<void, Error> other) noexcept
        : storage(other ? expected() : expected(unexpect, std::move(other).error())) {}
    constexpr operator std::expected<void, Error>() const
        requires detail::constructible<Error, Error const&>
    {
        return has_value() ? std::expected<void, Error>() : std::expected<void, Error>(std::unexpect, error());
    }
    /// @}
#endif

    /// @{
    /// Whether it is a success.
    [[nodiscard]] constexpr bool has_value() const noexcept { return storage::has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return storage::has_value_; }
    /// @}

    /// @{
    /// Does nothing after a success. With an error: contract_violation().
    constexpr void value() const noexcept { static_cast<void>(storage::checked_value()); }
    constexpr void operator*() const noexcept { value(); }
    /// @}

    /// @{
    /// The error. Without one: contract_violation(). Refers to this object.
    [[nodiscard]] constexpr Error& error() & noexcept ZENWIRE_LIFETIMEBOUND { return storage::checked_error(); }
    [[nodiscard]] constexpr Error const& error() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return storage::checked_error();
    }
    [[nodiscard]] constexpr Error&& error() && noexcept ZENWIRE_LIFETIMEBOUND {
        return std::move(storage::checked_error());
    }
    /// @}

    /// @{
    /// The error, else `fallback`.
    template <class OtherError>
    [[nodiscard]] constexpr Error error_or(OtherError&& fallback) const& {
        return has_value() ? static_cast<Error>(std::forward<OtherError>(fallback)) : error();
    }
    template <class OtherError>
    [[nodiscard]] constexpr Error error_or(OtherError&& fallback) && {
        return has_value() ? static_cast<Error>(std::forward<OtherError>(fallback)) : std::move(*this).error();
    }
    /// @}

    /// After a success calls `function` and returns the `expected` that it returns; hands an error on.
    template <class Function>
    constexpr auto and_then(Function&& function) const {
        return storage::and_then(*this, std::forward<Function>(function));
    }
    /// Calls `function` with the error and returns the `expected` that it returns; hands a success on.
    template <class Function>
    constexpr auto or_else(Function&& function) const {
        return storage::or_else(*this, std::forward<Function>(function));
    }
    /// After a success calls `function` and keeps its result; hands an error on.
    template <class Function>
    constexpr auto transform(Function&& function) const {
        return storage::transform(*this, std::forward<Function>(function));
    }
    /// Replaces the error by what `function` makes of it; hands a success on.
    template <class Function>
    constexpr auto transform_error(Function&& function) const {
        return storage::transform_error(*this, std::forward<Function>(function));
    }

    /// @{
    /// Successes are equal, and so are equal errors.
    template <class OtherError>
    [[nodiscard]] friend constexpr bool operator==(expected const& left, expected<void, OtherError> const& right) {
        return left.has_value() == right.has_value() && (left.has_value() || left.error() == right.error());
    }
    template <class OtherError>
    [[nodiscard]] friend constexpr bool operator==(expected const& left, unexpected<OtherError> const& right) {
        return !left.has_value() && left.error() == right.error();
    }
    /// @}
};

}  // namespace ZENWIRE_NAMESPACE

#endif
