// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_EXPECTED_HPP
#define ZENWIRE_BASE_EXPECTED_HPP

// std::construct_at: <memory>, where the standard puts it, costs more to compile than the rest of the library together
#include <optional>
#include <type_traits>
#include <utility>
#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
#include <expected>
#endif

#include <zenwire/base/config.hpp>
#include <zenwire/base/contract_violation.hpp>
#include <zenwire/base/detail/constructible.hpp>

namespace ZENWIRE_NAMESPACE {

struct error;

/// Wraps an error on its way into an `expected`. Modelled after `std::unexpected` of C++23.
template <class Error>
class unexpected {
public:
    /// @{
    /// From an error.
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

/// From an error of any type.
template <class Error>
unexpected(Error) -> unexpected<Error>;

namespace detail {

/// @{
/// Whether a type is an `unexpected`.
template <class Type>
inline constexpr bool is_unexpected = false;
template <class Error>
inline constexpr bool is_unexpected<unexpected<Error>> = true;
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
template <class Error>
inline constexpr bool is_unexpected<std::unexpected<Error>> = true;
#endif
/// @}

/// Refers to an error that lies in another result; converts to it.
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

/// Constructs the error in place: `expected<T, Error>(unexpect, arguments...)`.
struct unexpect_t {
    explicit unexpect_t() = default;
};
/// @copydoc unexpect_t
inline constexpr unexpect_t unexpect{};

template <class T, class Error = error>
class expected;

/// The error of `result`, on its way into the result of the caller without a copy in between:
/// `if (!part) { return failure_of(part); }`. The program ends when there is none.
template <class T, class Error>
[[nodiscard]] constexpr unexpected<detail::borrowed_error<Error>> failure_of(
    expected<T, Error> const& result ZENWIRE_LIFETIMEBOUND) noexcept {
    return unexpected(detail::borrowed_error<Error>(result.error()));
}

namespace detail {

/// @{
/// Whether a type is an `expected`.
template <class Type>
inline constexpr bool is_expected = false;
template <class T, class Error>
inline constexpr bool is_expected<expected<T, Error>> = true;
/// @}

}  // namespace detail

/// Either a value or an error: the vocabulary of `std::expected` (C++23) for C++20.
///
/// Differences from the standard's: reading the side that is not there (`*`, `->`, `value()`, `error()`) always calls
/// contract_violation() and is never undefined; nothing throws; `T` and `Error` must move without throwing. The functions of
/// and_then() and its kin see a const value unless the result is an rvalue; there is no swap(), and no conversion from an
/// `expected` of other types.
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

    /// A value made by default. By braces, which do not fill an aggregate with zeros first.
    constexpr explicit expected(std::in_place_t) noexcept(detail::nothrow_constructible<T>)
        requires detail::constructible<T>
        : value_{}, has_value_(true) {}

    /// A value, made from anything that makes one.
    template <class U = T>
        requires(!std::is_same_v<std::remove_cvref_t<U>, expected> &&
                 !std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> &&
                 !std::is_same_v<std::remove_cvref_t<U>, unexpect_t> &&
                 !detail::is_unexpected<std::remove_cvref_t<U>> && detail::constructible<T, U> &&
                 // whether another result has a value is no truth value to keep
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
    /// @}

    /// A value, made in place from the arguments.
    template <class... Arguments>
        requires detail::constructible<T, Arguments...>
    constexpr explicit expected(std::in_place_t, Arguments&&... arguments) : has_value_(true) {
        std::construct_at(std::addressof(value_), std::forward<Arguments>(arguments)...);
    }

    /// An error, made in place from the arguments.
    template <class... Arguments>
        requires detail::constructible<Error, Arguments...>
    constexpr explicit expected(unexpect_t, Arguments&&... arguments) : has_value_(false) {
        std::construct_at(std::addressof(error_), std::forward<Arguments>(arguments)...);
    }

    /// @{
    /// A result is copied or moved with the side that it holds; after a move that side is still there, moved from.
    constexpr expected(expected const& other)
        requires(detail::constructible<T, T const&> && detail::constructible<Error, Error const&>)
        : has_value_(other.has_value_) {
        if (has_value_) {
            std::construct_at(std::addressof(value_), other.value_);
        } else {
            std::construct_at(std::addressof(error_), other.error_);
        }
    }

    constexpr expected(expected&& other) noexcept : has_value_(other.has_value_) {
        if (has_value_) {
            std::construct_at(std::addressof(value_), std::move(other.value_));
        } else {
            std::construct_at(std::addressof(error_), std::move(other.error_));
        }
    }

    constexpr expected& operator=(expected const& other)
        requires(detail::constructible<T, T const&> && detail::constructible<Error, Error const&>)
    {
        return *this = expected(other);
    }

    constexpr expected& operator=(expected&& other) noexcept {
        if (this != std::addressof(other)) {
            std::destroy_at(this);
            std::construct_at(this, std::move(other));
        }
        return *this;
    }
    /// @}

    /// An error in place of what is held, which the error must not refer to.
    template <class OtherError>
        requires detail::constructible<Error, OtherError const&>
    constexpr expected& operator=(unexpected<OtherError> const& failure) {
        std::destroy_at(this);
        std::construct_at(this, unexpect, failure.error());
        return *this;
    }

    /// A value in place of what is held, made from the arguments, which must not refer to it.
    template <class... Arguments>
        requires detail::nothrow_constructible<T, Arguments...>
    constexpr T& emplace(Arguments&&... arguments) noexcept ZENWIRE_LIFETIMEBOUND {
        std::destroy_at(this);
        std::construct_at(this, std::in_place, std::forward<Arguments>(arguments)...);
        return value_;
    }

    constexpr ~expected() {
        if (has_value_) {
            std::destroy_at(std::addressof(value_));
        } else {
            std::destroy_at(std::addressof(error_));
        }
    }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    /// From the standard library's error.
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(std::unexpected<OtherError> failure)
        : expected(unexpect, std::move(failure).error()) {}
    /// @{
    /// From and to the standard library's.
    constexpr expected(std::expected<T, Error> other) noexcept : has_value_(other.has_value()) {
        if (has_value_) {
            std::construct_at(std::addressof(value_), *std::move(other));
        } else {
            std::construct_at(std::addressof(error_), std::move(other).error());
        }
    }
    constexpr operator std::expected<T, Error>() const&
        requires(detail::constructible<T, T const&> && detail::constructible<Error, Error const&>)
    {
        return has_value_ ? std::expected<T, Error>(value_) : std::expected<T, Error>(std::unexpect, error_);
    }
    constexpr operator std::expected<T, Error>() && {
        return has_value_ ? std::expected<T, Error>(std::move(value_))
                          : std::expected<T, Error>(std::unexpect, std::move(error_));
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
    [[nodiscard]] constexpr T&& value() && noexcept ZENWIRE_LIFETIMEBOUND {
        demand(has_value_);
        return std::move(value_);
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
    [[nodiscard]] constexpr Error& error() & noexcept ZENWIRE_LIFETIMEBOUND {
        demand(!has_value_);
        return error_;
    }
    [[nodiscard]] constexpr Error const& error() const& noexcept ZENWIRE_LIFETIMEBOUND {
        demand(!has_value_);
        return error_;
    }
    [[nodiscard]] constexpr Error&& error() && noexcept ZENWIRE_LIFETIMEBOUND {
        demand(!has_value_);
        return std::move(error_);
    }
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
        using Result = std::remove_cvref_t<std::invoke_result_t<Function, T const&>>;
        return has_value_ ? Result(std::forward<Function>(function)(value_)) : Result(unexpect, error_);
    }
    template <class Function>
    constexpr auto and_then(Function&& function) && {
        using Result = std::remove_cvref_t<std::invoke_result_t<Function, T>>;
        return has_value_ ? Result(std::forward<Function>(function)(std::move(value_)))
                          : Result(unexpect, std::move(error_));
    }
    /// @}

    /// @{
    /// Calls `function` with the error and returns the `expected` that it returns; hands a value on.
    template <class Function>
    constexpr auto or_else(Function&& function) const& {
        using Result = std::remove_cvref_t<std::invoke_result_t<Function, Error const&>>;
        return has_value_ ? Result(std::in_place, value_) : Result(std::forward<Function>(function)(error_));
    }
    template <class Function>
    constexpr auto or_else(Function&& function) && {
        using Result = std::remove_cvref_t<std::invoke_result_t<Function, Error>>;
        return has_value_ ? Result(std::in_place, std::move(value_))
                          : Result(std::forward<Function>(function)(std::move(error_)));
    }
    /// @}

    /// @{
    /// Replaces the value by what `function` makes of it; hands an error on.
    template <class Function>
    constexpr auto transform(Function&& function) const& {
        return transformed(std::forward<Function>(function), *this);
    }
    template <class Function>
    constexpr auto transform(Function&& function) && {
        return transformed(std::forward<Function>(function), std::move(*this));
    }
    /// @}

    /// @{
    /// Replaces the error by what `function` makes of it; hands a value on.
    template <class Function>
    constexpr auto transform_error(Function&& function) const& {
        using Result = expected<T, std::remove_cvref_t<std::invoke_result_t<Function, Error const&>>>;
        return has_value_ ? Result(std::in_place, value_) : Result(unexpect, std::forward<Function>(function)(error_));
    }
    template <class Function>
    constexpr auto transform_error(Function&& function) && {
        using Result = expected<T, std::remove_cvref_t<std::invoke_result_t<Function, Error>>>;
        return has_value_ ? Result(std::in_place, std::move(value_))
                          : Result(unexpect, std::forward<Function>(function)(std::move(error_)));
    }
    /// @}

    /// @{
    /// Equal are equal values, and equal errors.
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

    template <class Function, class Self>
    static constexpr auto transformed(Function&& function, Self&& self) {
        using Value = decltype((std::forward<Self>(self).value_));
        using U = std::remove_cv_t<std::invoke_result_t<Function, Value>>;
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

    union {
        T value_;  ///< where `has_value_`
        Error error_;  ///< where not
    };
    bool has_value_;
};

/// Success without a value, or an error.
template <class Error>
class [[nodiscard]] expected<void, Error> {
    static_assert(detail::nothrow_constructible<Error, Error>, "an error must move without throwing");

public:
    /// @{
    /// As in `std::expected`.
    using value_type = void;
    using error_type = Error;
    using unexpected_type = unexpected<Error>;
    template <class U>
    using rebind = expected<U, Error>;
    /// @}

    /// Success.
    constexpr expected() noexcept : none_{}, has_value_(true) {}
    /// Success.
    constexpr explicit expected(std::in_place_t) noexcept : expected() {}

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
    /// @}

    /// An error, made in place from the arguments.
    template <class... Arguments>
        requires detail::constructible<Error, Arguments...>
    constexpr explicit expected(unexpect_t, Arguments&&... arguments) : has_value_(false) {
        std::construct_at(std::addressof(error_), std::forward<Arguments>(arguments)...);
    }

    /// @{
    /// Copied or moved with its error, if it has one.
    constexpr expected(expected const& other)
        requires detail::constructible<Error, Error const&>
        : none_{}, has_value_(other.has_value_) {
        if (!has_value_) {
            std::construct_at(std::addressof(error_), other.error_);
        }
    }

    constexpr expected(expected&& other) noexcept : none_{}, has_value_(other.has_value_) {
        if (!has_value_) {
            std::construct_at(std::addressof(error_), std::move(other.error_));
        }
    }

    constexpr expected& operator=(expected const& other)
        requires detail::constructible<Error, Error const&>
    {
        return *this = expected(other);
    }

    constexpr expected& operator=(expected&& other) noexcept {
        if (this != std::addressof(other)) {
            std::destroy_at(this);
            std::construct_at(this, std::move(other));
        }
        return *this;
    }
    /// @}

    /// A success in place of what is held.
    constexpr void emplace() noexcept { *this = expected(); }

    constexpr ~expected() {
        if (!has_value_) {
            std::destroy_at(std::addressof(error_));
        }
    }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
    /// From the standard library's error.
    template <class OtherError>
        requires detail::constructible<Error, OtherError>
    constexpr explicit(!detail::convertible<OtherError, Error>) expected(std::unexpected<OtherError> failure)
        : expected(unexpect, std::move(failure).error()) {}
    /// @{
    /// From and to the standard library's.
    constexpr expected(std::expected<void, Error> other) noexcept : none_{}, has_value_(other.has_value()) {
        if (!has_value_) {
            std::construct_at(std::addressof(error_), std::move(other).error());
        }
    }
    constexpr operator std::expected<void, Error>() const
        requires detail::constructible<Error, Error const&>
    {
        return has_value_ ? std::expected<void, Error>() : std::expected<void, Error>(std::unexpect, error_);
    }
    /// @}
#endif

    /// @{
    /// Whether it is a success.
    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return has_value_; }
    /// @}

    /// @{
    /// Nothing, when it succeeded. With an error: contract_violation().
    constexpr void value() const noexcept { demand(has_value_); }
    constexpr void operator*() const noexcept { demand(has_value_); }
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
    [[nodiscard]] constexpr Error&& error() && noexcept ZENWIRE_LIFETIMEBOUND {
        demand(!has_value_);
        return std::move(error_);
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

    /// After a success calls `function` and returns the `expected` that it returns; hands an error on.
    template <class Function>
    constexpr auto and_then(Function&& function) const {
        using Result = std::remove_cvref_t<std::invoke_result_t<Function>>;
        return has_value_ ? Result(std::forward<Function>(function)()) : Result(unexpect, error_);
    }

    /// Calls `function` with the error and returns the `expected` that it returns; hands a success on.
    template <class Function>
    constexpr auto or_else(Function&& function) const {
        using Result = std::remove_cvref_t<std::invoke_result_t<Function, Error const&>>;
        return has_value_ ? Result() : Result(std::forward<Function>(function)(error_));
    }

    /// After a success calls `function` and keeps its result; hands an error on.
    template <class Function>
    constexpr auto transform(Function&& function) const {
        using U = std::remove_cv_t<std::invoke_result_t<Function>>;
        using Result = expected<U, Error>;
        if (!has_value_) {
            return Result(unexpect, error_);
        }
        if constexpr (std::is_void_v<U>) {
            std::forward<Function>(function)();
            return Result();
        } else {
            return Result(std::in_place, std::forward<Function>(function)());
        }
    }

    /// Replaces the error by what `function` makes of it; hands a success on.
    template <class Function>
    constexpr auto transform_error(Function&& function) const {
        using Result = expected<void, std::remove_cvref_t<std::invoke_result_t<Function, Error const&>>>;
        return has_value_ ? Result() : Result(unexpect, std::forward<Function>(function)(error_));
    }

    /// @{
    /// Equal are successes, and equal errors.
    template <class OtherError>
    [[nodiscard]] friend constexpr bool operator==(expected const& left, expected<void, OtherError> const& right) {
        return left.has_value() == right.has_value() && (left.has_value() || left.error() == right.error());
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

    struct none {};
    union {
        none none_;
        Error error_;
    };
    bool has_value_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
