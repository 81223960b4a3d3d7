// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_EXPECTED_STORAGE_HPP
#define ZENWIRE_BASE_DETAIL_EXPECTED_STORAGE_HPP

// also for std::construct_at: <memory>, where the standard puts it, costs more to compile than the rest of the library together
#include <optional>
#include <type_traits>
#include <utility>

#include <zenwire/base/contract_violation.hpp>
#include <zenwire/base/detail/bytes.hpp>
#include <zenwire/base/unexpected.hpp>

namespace ZENWIRE_NAMESPACE {

struct error;
template <class T, class Error = error>
class expected;

}  // namespace ZENWIRE_NAMESPACE

// A separate namespace, so that argument-dependent lookup for an `expected` does not search all of detail.
namespace ZENWIRE_NAMESPACE::detail::results {

/// The value of an expected<void>.
struct nothing {};

/// The common base of both kinds of `expected`: memory for a value or an error, and which of them it holds.
template <class Value, class Error>
class storage {
    static_assert(nothrow_constructible<Value, Value>, "a value must move without throwing");
    static_assert(nothrow_constructible<Error, Error>, "an error must move without throwing");

public:
    /// With braces, because parentheses would fill an aggregate with zeros first.
    constexpr explicit storage(std::in_place_t) noexcept(nothrow_constructible<Value>)
        requires constructible<Value>
        : value_{}, has_value_(true) {}
    template <class... Arguments>
        requires constructible<Value, Arguments...>
    constexpr explicit storage(std::in_place_t, Arguments&&... arguments) : has_value_(true) {
        std::construct_at(std::addressof(value_), std::forward<Arguments>(arguments)...);
    }
    template <class... Arguments>
        requires constructible<Error, Arguments...>
    constexpr explicit storage(unexpect_t, Arguments&&... arguments) : has_value_(false) {
        std::construct_at(std::addressof(error_), std::forward<Arguments>(arguments)...);
    }

protected:
    constexpr storage(storage const& other)
        requires(constructible<Value, Value const&> && constructible<Error, Error const&>)
        : has_value_(other.has_value_) {
        construct_from(other);
    }
    constexpr storage(storage&& other) noexcept : has_value_(other.has_value_) { construct_from(std::move(other)); }
    constexpr storage& operator=(storage const& other)
        requires(constructible<Value, Value const&> && constructible<Error, Error const&>)
    {
        return *this = storage(other);
    }
    constexpr storage& operator=(storage&& other) noexcept {
        if (this != std::addressof(other)) {
            destroy();
            has_value_ = other.has_value_;
            construct_from(std::move(other));
        }
        return *this;
    }
    constexpr ~storage() { destroy(); }

    template <class... Arguments>
    constexpr void become_value(Arguments&&... arguments) noexcept {
        destroy();
        has_value_ = true;
        std::construct_at(std::addressof(value_), std::forward<Arguments>(arguments)...);
    }
    template <class OtherError>
    constexpr void become_error(OtherError const& other) {
        destroy();
        has_value_ = false;
        std::construct_at(std::addressof(error_), other);
    }

    constexpr Value& checked_value() noexcept {
        demand(has_value_);
        return value_;
    }
    constexpr Value const& checked_value() const noexcept {
        demand(has_value_);
        return value_;
    }
    constexpr Error& checked_error() noexcept {
        demand(!has_value_);
        return error_;
    }
    constexpr Error const& checked_error() const noexcept {
        demand(!has_value_);
        return error_;
    }

    // The functions of both kinds of `expected` that have these names. `self` is a const lvalue or an rvalue.

    template <class Self, class Function>
    static constexpr auto and_then(Self&& self, Function&& function) {
        using Result = std::remove_cvref_t<decltype(call(std::forward<Function>(function), std::forward<Self>(self)))>;
        return self.has_value() ? Result(call(std::forward<Function>(function), std::forward<Self>(self)))
                                : Result(unexpect, std::forward<Self>(self).error());
    }

    template <class Self, class Function>
    static constexpr auto or_else(Self&& self, Function&& function) {
        using Result =
            std::remove_cvref_t<decltype(std::forward<Function>(function)(std::forward<Self>(self).error()))>;
        return self.has_value() ? same_value<Result>(std::forward<Self>(self))
                                : Result(std::forward<Function>(function)(std::forward<Self>(self).error()));
    }

    template <class Self, class Function>
    static constexpr auto transform(Self&& self, Function&& function) {
        using U = std::remove_cv_t<decltype(call(std::forward<Function>(function), std::forward<Self>(self)))>;
        using Result = typename std::remove_cvref_t<Self>::template rebind<U>;
        if (!self.has_value()) {
            return Result(unexpect, std::forward<Self>(self).error());
        }
        if constexpr (std::is_void_v<U>) {
            call(std::forward<Function>(function), std::forward<Self>(self));
            return Result();
        } else {
            return Result(std::in_place, call(std::forward<Function>(function), std::forward<Self>(self)));
        }
    }

    template <class Self, class Function>
    static constexpr auto transform_error(Self&& self, Function&& function) {
        using OtherError =
            std::remove_cvref_t<decltype(std::forward<Function>(function)(std::forward<Self>(self).error()))>;
        using Result = expected<typename std::remove_cvref_t<Self>::value_type, OtherError>;
        return self.has_value() ? same_value<Result>(std::forward<Self>(self))
                                : Result(unexpect, std::forward<Function>(function)(std::forward<Self>(self).error()));
    }

private:
    static constexpr bool has_none = std::is_same_v<Value, nothing>;

    /// Calls `function` with the value, or without arguments for an expected<void>.
    template <class Function, class Self>
    static constexpr decltype(auto) call(Function&& function, Self&& self) {
        if constexpr (has_none) {
            return std::forward<Function>(function)();
        } else {
            return std::forward<Function>(function)(std::forward<Self>(self).value());
        }
    }

    template <class Result, class Self>
    static constexpr Result same_value(Self&& self) {
        if constexpr (has_none) {
            return Result();
        } else {
            return Result(std::in_place, std::forward<Self>(self).value());
        }
    }

    static constexpr void demand(bool condition) noexcept {
        if (!condition) {
            contract_violation();
        }
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

protected:
    union {
        Value value_;  ///< where `has_value_`
        Error error_;  ///< where not
    };
    bool has_value_;
};

}  // namespace ZENWIRE_NAMESPACE::detail::results

#endif
