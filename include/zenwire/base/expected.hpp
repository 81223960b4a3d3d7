// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_EXPECTED_HPP
#define ZENWIRE_BASE_EXPECTED_HPP

// also for std::construct_at: <memory>, where the standard puts it, costs more to compile than the rest of the library together
#include <optional>
#include <type_traits>
#include <utility>
#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
#include <expected>
#endif

#include <zenwire/base/contract_violation.hpp>
#include <zenwire/base/detail/bytes.hpp>

namespace ZENWIRE_NAMESPACE {

struct error;
template <class T, class Error = error>
class expected;

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

/// Whether a type is an `unexpected`, zenwire's or the standard library's.
template <class Type>
inline constexpr bool is_unexpected = false;
template <class Error>
inline constexpr bool is_unexpected<unexpected<Error>> = true;
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
template <class Error>
inline constexpr bool is_unexpected<std::unexpected<Error>> = true;
#endif

/// Whether a type is an `expected`.
template <class Type>
inline constexpr bool is_expected = false;
template <class T, class Error>
inline constexpr bool is_expected<expected<T, Error>> = true;

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

// A separate namespace, so that argument-dependent lookup for an `expected<void>` does not search all of detail.
namespace results {

/// What an expected<void> keeps in place of a value.
struct nothing {};

}  // namespace results

}  // namespace detail

/// Either a value or an error: the vocabulary of `std::expected` (C++23) for C++20.
///
/// Differences from the standard's: reading a value or an error that is not there (`*`, `->`, `value()`, `error()`) always calls
/// contract_violation() and is never undefined; nothing throws; `T` and `Error` must move without throwing. The functions of
/// and_then() and the like see a const value unless the result is an rvalue; there is no swap(), and no conversion from an
/// `expected` of other types. After a move the source still holds its value or error, which was moved from.
/// Uses no heap of its own. Where the standard library has `std::expected`, it converts to and from it, and from
/// `std::unexpected`.
template <class T, class Error>
class [[nodiscard]] expected {
    static_assert(std::is_object_v<T> && !std::is_array_v<T>, "an expected holds an object; expected<void> holds none");
    static_assert(detail::nothrow_constructible<T, T>, "a value must move without throwing");
    static_assert(detail::nothrow_constructible<Error, Error>, "an error must move without throwing");

public:
    /// @{
    /// As in `std::expected`.
    using value_type = T;
    using error_type = Error;
    using unexpected_type = unexpected<Error>;
    template <class U>
    using rebind = expected<U, Error>;
    /// @}

    /// A value made by default.
    constexpr expected() noexcept(detail::nothrow_constructible<T>)
        requires detail::constructible<T>
        : expected(std::in_place) {}

    /// @{
    /// In place: `expected(std::in_place, arguments...)`, `expected(unexpect, arguments...)`.
    // with braces, because parentheses would fill an aggregate with zeros first
    constexpr explicit expected(std::in_place_t) noexcept(detail::nothrow_constructible<T>)
        requires detail::constructible<T>
        : value_{}, has_value_(true) {}
    template <class... Arguments>
        requires detail::constructible<T, Arguments...>
    constexpr explicit expected(std::in_place_t, Arguments&&... arguments) : has_value_(true) {
        std::construct_at(std::addressof(value_), std::forward<Arguments>(arguments)...);
    }
    template <class... Arguments>
        requires detail::constructible<Error, Arguments...>
    constexpr explicit expected(unexpect_t, Arguments&&... arguments) : has_value_(false) {
        std::construct_at(std::addressof(error_), std::forward<Arguments>(arguments)...);
    }
    /// @}

    /// From anything that a value can be made of.
    template <class U = T>
        requires(!std::is_same_v<std::remove_cvref_t<U>, expected> &&
                 !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
                 !std::is_same_v<std::remove_cvref_t<U>, unexpect_t> &&
                 !detail::is_unexpected<std::remove_cvref_t<U>> && detail::constructible<T, U> &&
                 // otherwise an expected<bool> could be made of another result by its operator bool
                 !(std::is_same_v<std::remove_cv_t<T>, bool> && detail::is_expected<std::remove_cvref_t<U>>))
    constexpr explicit(!detail::convertible<U, T>) expected(U&& value)
        : expected(std::in_place, std::forward<U>(value)) {}

    /// @{
    /// An error: `return unexpected(error);`
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr explicit(!detail::convertible<OtherError const&, Error>) expected(unexpected<OtherError> const& failure)
        : expected(unexpect, failure.error()) {}
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(unexpected<OtherError>&& failure)
        : expected(unexpect, std::move(failure).error()) {}
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(std::unexpected<OtherError> failure)
        : expected(unexpect, std::move(failure).error()) {}
#endif
    /// @}

    /// @{
    /// Copies and moves what the other holds.
    constexpr expected(expected const& other)
        requires(detail::constructible<T, T const&> && detail::constructible<Error, Error const&>)
        : has_value_(other.has_value_) {
        construct_from(other);
    }
    constexpr expected(expected&& other) noexcept : has_value_(other.has_value_) { construct_from(std::move(other)); }
    constexpr expected& operator=(expected const& other)
        requires(detail::constructible<T, T const&> && detail::constructible<Error, Error const&>)
    {
        return *this = expected(other);
    }
    constexpr expected& operator=(expected&& other) noexcept {
        if (this != std::addressof(other)) {
            destroy();
            has_value_ = other.has_value_;
            construct_from(std::move(other));
        }
        return *this;
    }
    constexpr ~expected() { destroy(); }
    /// @}

    /// Replaces the value or error by an error, which must not be part of it.
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr expected& operator=(unexpected<OtherError> const& failure) {
        destroy();
        has_value_ = false;
        std::construct_at(std::addressof(error_), failure.error());
        return *this;
    }

    /// Replaces the value or error by a value made from the arguments, which must not refer to it.
    template <class... Arguments>
        requires detail::nothrow_constructible<T, Arguments...>
    constexpr T& emplace(Arguments&&... arguments) noexcept ZENWIRE_LIFETIMEBOUND {
        destroy();
        has_value_ = true;
        return *std::construct_at(std::addressof(value_), std::forward<Arguments>(arguments)...);
    }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    /// @{
    /// From and to the standard library's.
    constexpr expected(std::expected<T, Error> other) noexcept
        : expected(other ? expected(std::in_place, *std::move(other)) : expected(unexpect, std::move(other).error())) {}
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
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    /// @}

    /// @{
    /// The value. Without one: contract_violation(). Refers to this object.
    [[nodiscard]] constexpr T& value() & noexcept ZENWIRE_LIFETIMEBOUND {
        demand(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr T const& value() const& noexcept ZENWIRE_LIFETIMEBOUND {
        demand(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr T&& value() && noexcept ZENWIRE_LIFETIMEBOUND { return std::move(value()); }
    [[nodiscard]] constexpr T& operator*() & noexcept ZENWIRE_LIFETIMEBOUND { return value(); }
    [[nodiscard]] constexpr T const& operator*() const& noexcept ZENWIRE_LIFETIMEBOUND { return value(); }
    [[nodiscard]] constexpr T&& operator*() && noexcept ZENWIRE_LIFETIMEBOUND { return std::move(value()); }
    [[nodiscard]] constexpr T* operator->() noexcept ZENWIRE_LIFETIMEBOUND { return std::addressof(value()); }
    [[nodiscard]] constexpr T const* operator->() const noexcept ZENWIRE_LIFETIMEBOUND {
        return std::addressof(value());
    }
    /// @}

    /// @{
    /// The error. Without one: contract_violation(). Refers to this object.
    [[nodiscard]] constexpr Error& error() & noexcept ZENWIRE_LIFETIMEBOUND {
        demand(!has_value_);
        return error_;
    }
    [[nodiscard]] constexpr Error const& error() const& noexcept ZENWIRE_LIFETIMEBOUND {
        demand(!has_value_);
        return error_;
    }
    [[nodiscard]] constexpr Error&& error() && noexcept ZENWIRE_LIFETIMEBOUND { return std::move(error()); }
    /// @}

    /// @{
    /// The value, else `fallback`.
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) const& {
        return has_value_ ? value_ : static_cast<T>(std::forward<U>(fallback));
    }
    template <class U>
    [[nodiscard]] constexpr T value_or(U&& fallback) && {
        return has_value_ ? std::move(value_) : static_cast<T>(std::forward<U>(fallback));
    }
    /// @}

    /// @{
    /// The error, else `fallback`.
    template <class OtherError>
    [[nodiscard]] constexpr Error error_or(OtherError&& fallback) const& {
        return has_value_ ? static_cast<Error>(std::forward<OtherError>(fallback)) : error_;
    }
    template <class OtherError>
    [[nodiscard]] constexpr Error error_or(OtherError&& fallback) && {
        return has_value_ ? static_cast<Error>(std::forward<OtherError>(fallback)) : std::move(error_);
    }
    /// @}

    /// @{
    /// Calls `function` with the value and returns the `expected` that it returns; hands an error on.
    template <class Function>
    constexpr auto and_then(Function&& function) const& {
        return and_then_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto and_then(Function&& function) && {
        return and_then_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Calls `function` with the error and returns the `expected` that it returns; hands a value on.
    template <class Function>
    constexpr auto or_else(Function&& function) const& {
        return or_else_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto or_else(Function&& function) && {
        return or_else_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Replaces the value by what `function` makes of it; hands an error on.
    template <class Function>
    constexpr auto transform(Function&& function) const& {
        return transform_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform(Function&& function) && {
        return transform_of(std::move(*this), std::forward<Function>(function));
    }
    /// @}

    /// @{
    /// Replaces the error by what `function` makes of it; hands a value on.
    template <class Function>
    constexpr auto transform_error(Function&& function) const& {
        return transform_error_of(*this, std::forward<Function>(function));
    }
    template <class Function>
    constexpr auto transform_error(Function&& function) && {
        return transform_error_of(std::move(*this), std::forward<Function>(function));
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

private:
    static constexpr void demand(bool condition) noexcept {
        if (!condition) {
            contract_violation();
        }
    }

    // `self` is a const lvalue or an rvalue.

    template <class Self, class Function>
    static constexpr auto and_then_of(Self&& self, Function&& function) {
        using Result = std::remove_cvref_t<decltype(std::forward<Function>(function)(std::forward<Self>(self).value_))>;
        return self.has_value_ ? std::forward<Function>(function)(std::forward<Self>(self).value_)
                               : Result(unexpect, std::forward<Self>(self).error_);
    }

    template <class Self, class Function>
    static constexpr auto or_else_of(Self&& self, Function&& function) {
        using Result = std::remove_cvref_t<decltype(std::forward<Function>(function)(std::forward<Self>(self).error_))>;
        return self.has_value_ ? Result(std::in_place, std::forward<Self>(self).value_)
                               : std::forward<Function>(function)(std::forward<Self>(self).error_);
    }

    template <class Self, class Function>
    static constexpr auto transform_of(Self&& self, Function&& function) {
        using U = std::remove_cv_t<decltype(std::forward<Function>(function)(std::forward<Self>(self).value_))>;
        using Result = expected<U, Error>;
        if (!self.has_value_) {
            return Result(unexpect, std::forward<Self>(self).error_);
        }
        if constexpr (std::is_void_v<U>) {
            std::forward<Function>(function)(std::forward<Self>(self).value_);
            return Result();
        } else {
            return Result(std::in_place, std::forward<Function>(function)(std::forward<Self>(self).value_));
        }
    }

    template <class Self, class Function>
    static constexpr auto transform_error_of(Self&& self, Function&& function) {
        using U = std::remove_cvref_t<decltype(std::forward<Function>(function)(std::forward<Self>(self).error_))>;
        using Result = expected<T, U>;
        return self.has_value_ ? Result(std::in_place, std::forward<Self>(self).value_)
                               : Result(unexpect, std::forward<Function>(function)(std::forward<Self>(self).error_));
    }

    template <class Other>
    constexpr void construct_from(Other&& other) {
        if (has_value_) {
            std::construct_at(std::addressof(value_), std::forward<Other>(other).value_);
        } else {
            std::construct_at(std::addressof(error_), std::forward<Other>(other).error_);
        }
    }

    constexpr void destroy() noexcept {
        if (has_value_) {
            std::destroy_at(std::addressof(value_));
        } else {
            std::destroy_at(std::addressof(error_));
        }
    }

    union {
        T value_;      ///< where `has_value_`
        Error error_;  ///< where not
    };
    bool has_value_;
};

/// Success without a value, or an error. Otherwise like the `expected` of a value: functions of and_then() and transform() take no
/// argument.
template <class Error>
class [[nodiscard]] expected<void, Error> : expected<detail::results::nothing, Error> {
    using base = expected<detail::results::nothing, Error>;

public:
    /// @{
    /// As in `std::expected`.
    using value_type = void;
    using typename base::error_type;
    using typename base::unexpected_type;
    template <class U>
    using rebind = expected<U, Error>;
    /// @}

    /// @{
    /// As in the `expected` of a value.
    using base::base;
    using base::error;
    using base::error_or;
    using base::has_value;
    using base::or_else;
    using base::operator bool;
    /// @}

    /// Success. (Were it defaulted, the room for an error would be filled with zeros.)
    constexpr expected() noexcept : base(std::in_place) {}

    /// Becomes an error, which must not be part of this object.
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr expected& operator=(unexpected<OtherError> const& failure) {
        base::operator=(failure);
        return *this;
    }

    /// Becomes a success.
    constexpr void emplace() noexcept { base::emplace(); }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    /// @{
    /// From and to the standard library's.
    constexpr expected(std::expected<void, Error> other) noexcept
        : expected(other ? expected() : expected(unexpect, std::move(other).error())) {}
    constexpr operator std::expected<void, Error>() const
        requires detail::constructible<Error, Error const&>
    {
        return has_value() ? std::expected<void, Error>() : std::expected<void, Error>(std::unexpect, error());
    }
    /// @}
#endif

    /// @{
    /// Does nothing after a success. With an error: contract_violation().
    constexpr void value() const noexcept { static_cast<void>(base::value()); }
    constexpr void operator*() const noexcept { value(); }
    /// @}

    /// After a success calls `function` and returns the `expected` that it returns; hands an error on.
    template <class Function>
    constexpr auto and_then(Function&& function) const {
        return base::and_then([&](auto const&) { return std::forward<Function>(function)(); });
    }
    /// After a success calls `function` and keeps its result; hands an error on.
    template <class Function>
    constexpr auto transform(Function&& function) const {
        return base::transform([&](auto const&) -> decltype(auto) { return std::forward<Function>(function)(); });
    }
    /// Replaces the error by what `function` makes of it; hands a success on.
    template <class Function>
    constexpr auto transform_error(Function&& function) const {
        using Result = expected<void, std::remove_cvref_t<decltype(std::forward<Function>(function)(error()))>>;
        return has_value() ? Result() : Result(unexpect, std::forward<Function>(function)(error()));
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

/// Returns the error of `result` from the calling function, without a copy in between: `if (!part) { return failure_of(part); }`.
/// When there is no error, contract_violation() ends the program.
template <class T, class Error>
[[nodiscard]] constexpr unexpected<detail::borrowed_error<Error>> failure_of(
    expected<T, Error> const& result ZENWIRE_LIFETIMEBOUND) noexcept {
    return unexpected(detail::borrowed_error<Error>(result.error()));
}

}  // namespace ZENWIRE_NAMESPACE

#endif
