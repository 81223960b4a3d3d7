// SPDX-License-Identifier: BSL-1.0
// Made of include/zenwire/zenwire.hpp by single_include/amalgamate.py. Do not edit: change the headers under include/.
// ---- zenwire/zenwire.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ZENWIRE_HPP
#define ZENWIRE_ZENWIRE_HPP

/// @file
/// All of the library but what is opt-in: adapters, system_runtime, testing and the source headers.

// ---- zenwire/action/owning.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_OWNING_HPP
#define ZENWIRE_ACTION_OWNING_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>
#include <string_view>

// ---- zenwire/protocol/detail/long_request.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_LONG_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_LONG_REQUEST_HPP

#include <cstddef>
#include <span>
// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>
#include <string_view>
#include <utility>

// ---- zenwire/protocol/request.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_HPP
#define ZENWIRE_PROTOCOL_REQUEST_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

// ---- zenwire/protocol/action.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ACTION_HPP
#define ZENWIRE_PROTOCOL_ACTION_HPP

#include <concepts>
#include <cstdint>
#include <string_view>

// ---- zenwire/protocol/detail/write_json.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_WRITE_JSON_HPP
#define ZENWIRE_PROTOCOL_DETAIL_WRITE_JSON_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- zenwire/base/time.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_TIME_HPP
#define ZENWIRE_BASE_TIME_HPP

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

// ---- zenwire/base/buffer_writer.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_BUFFER_WRITER_HPP
#define ZENWIRE_BASE_BUFFER_WRITER_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// ---- zenwire/base/detail/ascii.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_ASCII_HPP
#define ZENWIRE_BASE_DETAIL_ASCII_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// ---- zenwire/base/detail/bytes.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_BYTES_HPP
#define ZENWIRE_BASE_DETAIL_BYTES_HPP

#include <cstddef>
#include <cstring>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

// ---- zenwire/base/config.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CONFIG_HPP
#define ZENWIRE_BASE_CONFIG_HPP

/// @file
/// The macros that a build may set, the namespace that depends on them, and the version.
///
/// | macro | set by | meaning |
/// |---|---|---|
/// | `ZENWIRE_LIMITS_HEADER` | the user | a header in quotes or angle brackets that replaces the capacities of base/limits.hpp |
/// | `ZENWIRE_LIMITS_TAG` | that header | an identifier that names the capacities in the namespace |
/// | `ZENWIRE_NO_INTRINSICS` | the user | only portable code, no special instructions of a processor |
///
/// Types whose layout depends on an option live in another inline namespace, so that two builds with different
/// options can be linked into one program.

#if __cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L)
#error "zenwire needs C++20: compile with -std=c++20, or let your build ask for it"
#endif

#include <string_view>

#ifdef ZENWIRE_LIMITS_HEADER
#include ZENWIRE_LIMITS_HEADER
#ifndef ZENWIRE_LIMITS_TAG
#error "ZENWIRE_LIMITS_HEADER: the header must define ZENWIRE_LIMITS_TAG, an identifier that names its capacities"
#endif
#endif

#if defined(ZENWIRE_LIMITS_HEADER) && defined(ZENWIRE_NO_INTRINSICS)
#define ZENWIRE_NAMESPACE zenwire::inline v0::inline ZENWIRE_LIMITS_TAG::inline no_intrinsics
#elif defined(ZENWIRE_LIMITS_HEADER)
#define ZENWIRE_NAMESPACE zenwire::inline v0::inline ZENWIRE_LIMITS_TAG
#elif defined(ZENWIRE_NO_INTRINSICS)
#define ZENWIRE_NAMESPACE zenwire::inline v0::inline no_intrinsics
#else
/// The namespace that all headers open; for users it is just `zenwire`.
#define ZENWIRE_NAMESPACE zenwire::inline v0
#endif

#if defined(__clang__)
#define ZENWIRE_LIFETIMEBOUND [[_Clang::__lifetimebound__]]
#else
/// Marks a parameter that the result refers to: Clang warns when a temporary is given for it.
#define ZENWIRE_LIFETIMEBOUND
#endif

#if defined(__GNUC__)
/// Attributes that only GCC and Clang have, in their reserved spelling: `ZENWIRE_GNU(__cold__)`.
#define ZENWIRE_GNU(...) __attribute__((__VA_ARGS__))
#else
/// Nothing, for other compilers.
#define ZENWIRE_GNU(...)
#endif

#if defined(__noinline__)
#define ZENWIRE_NOINLINE
#else
/// Not inlined, to keep callers small. Headers of CUDA and HIP define a macro with the attribute's reserved spelling: after these
/// the compiler decides.
#define ZENWIRE_NOINLINE ZENWIRE_GNU(__noinline__)
#endif

#if defined(__OPTIMIZE_SIZE__)
#define ZENWIRE_INLINE_FOR_SPEED
#else
/// Always inlined, unless the compiler optimises for size (`-Os`).
#define ZENWIRE_INLINE_FOR_SPEED ZENWIRE_GNU(__always_inline__)
#endif

/// The library. Everything a user names is directly in here; the inline namespaces below it keep builds apart.
namespace ZENWIRE_NAMESPACE {

/// The version of the library, after semantic versioning. The build files read these three lines.
inline constexpr int version_major = 0;
/// @copydoc version_major
inline constexpr int version_minor = 2;
/// @copydoc version_major
inline constexpr int version_patch = 0;

/// The same as text: what is sent as `x-zc-sdk-version`.
inline constexpr std::string_view version_text = "0.2.0";

static_assert(version_major == 0 && version_minor == 2 && version_patch == 0 && version_text == "0.2.0",
              "version_text repeats the three numbers");

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/base/detail/bytes.hpp, continued

/// @file
/// Close to the compiler: whether this is a constant expression, type traits, and objects in uninitialised memory.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the call is part of a constant expression. The standard library's function is not used: in C++23 it is an
/// `if consteval`, which Clang 14 takes for true at run time, so that secrets were not wiped.
[[nodiscard]] constexpr bool is_constant_evaluated() noexcept {
#if defined(__GNUC__) || defined(_MSC_VER)
    return __builtin_is_constant_evaluated();
#else
    return std::is_constant_evaluated();
#endif
}

// The same as the standard's traits of these names, but asked of the compiler itself. Each of the standard's traits is made of
// several class templates; for the results of this library these took a tenth of the time that its headers take to compile.

/// Whether `T` can be made from the arguments.
template <class T, class... Arguments>
concept constructible = __is_constructible(T, Arguments...);

/// The same, without throwing.
template <class T, class... Arguments>
concept nothrow_constructible = __is_nothrow_constructible(T, Arguments...);

/// Whether `From` converts to `To` implicitly.
template <class From, class To>
concept convertible = requires(From&& from, void (*take)(To)) { take(static_cast<From&&>(from)); };

/// `std::byte`, without naming it, because some platforms define a macro `byte`.
using raw_byte = decltype(std::as_writable_bytes(std::span<char>()))::element_type;

/// Begins an array that is written before it is read. At run time this does nothing, which saves filling the array with zeros. In a
/// constant expression, which may not have uninitialised memory, it fills the array with zeros.
template <class Array>
constexpr void begin_without_values(Array& array) noexcept {
    if (is_constant_evaluated()) {
        for (auto& each : array) {
            each = {};
        }
    }
}

/// Copies bytes that do not overlap.
/// @return the end of the copy
ZENWIRE_INLINE_FOR_SPEED constexpr char* copy_bytes(char* to, char const* from, std::size_t count) noexcept {
    if (is_constant_evaluated()) {
        for (std::size_t i = 0; i < count; ++i) {
            to[i] = from[i];
        }
    } else if (count != 0) {
        std::memcpy(to, from, count);
    }
    return to + count;
}

// Debug builds of MFC programs, and leak detectors, define a macro `new`.
#pragma push_macro("new")
#undef new

/// Constructs an object at `place`, which is large enough and aligned. Aggregates, and objects without arguments, are made with
/// braces, because parentheses would fill an aggregate with zeros first.
template <class Object, class... Arguments>
Object* make_at(void* place, Arguments&&... arguments) noexcept {
    if constexpr (std::is_aggregate_v<Object> || sizeof...(Arguments) == 0) {
        return ::new (place) Object{std::forward<Arguments>(arguments)...};
    } else {
        return ::new (place) Object(std::forward<Arguments>(arguments)...);
    }
}

#pragma pop_macro("new")

/// Converts to the result of a function, by calling it. So `emplace(made_by(function))` of an optional constructs the result in
/// the optional, without a move.
template <class Function>
class made_by {
public:
    /// Stores the function.
    constexpr explicit made_by(Function function) noexcept : function_(function) {}

    /// Calls it.
    [[nodiscard]] constexpr operator std::invoke_result_t<Function const&>() const noexcept { return function_(); }

private:
    Function function_;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/base/detail/ascii.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The standard's `"text"sv`, for all headers. The length of such a view is always a constant. Compilers that optimise for size
/// count the length of a plain literal at run time, at each place where one becomes a view.
using std::literals::string_view_literals::operator""sv;

}  // namespace ZENWIRE_NAMESPACE

/// Characters of ASCII, without the locale.
namespace ZENWIRE_NAMESPACE::detail::ascii {

/// 0 to 9.
[[nodiscard]] constexpr bool is_decimal_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// 0 to 9, A to Z, a to z.
[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
    return is_decimal_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// A printable character that is not a space: 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(char c) noexcept { return c > ' ' && c <= '~'; }

/// Whether `c` is one of these characters.
[[nodiscard]] constexpr bool is_one_of(char c, std::string_view characters) noexcept {
    // not find(): that calls memchr(), which is slow for a handful of characters
    for (const char each : characters) {
        if (c == each) {
            return true;
        }
    }
    return false;
}

/// Whether all of `text` is printable: 0x20 to 0x7E.
[[nodiscard]] constexpr bool is_printable(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_visible(c) && c != ' ') {
            return false;
        }
    }
    return true;
}

/// Whether all of `text` is visible: 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(std::string_view text) noexcept {
    for (const char c : text) {
        if (!is_visible(c)) {
            return false;
        }
    }
    return true;
}

/// A to Z become a to z; anything else stays.
[[nodiscard]] constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// a to z become A to Z; anything else stays.
[[nodiscard]] constexpr char to_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

/// The value of a hexadecimal digit, in either letter case; 16 for a character that is none.
[[nodiscard]] constexpr unsigned hexadecimal_value(char c) noexcept {
    const char lower = to_lower(c);
    if (is_decimal_digit(c)) {
        return static_cast<unsigned>(c - '0');
    }
    return lower >= 'a' && lower <= 'f' ? static_cast<unsigned>(lower - 'a') + 10U : 16U;
}

/// Equal but for the letter case of A to Z.
[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    // most texts that are compared are identical, which this finds faster
    if (left == right) {
        return true;
    }
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (to_lower(left[i]) != to_lower(right[i])) {
            return false;
        }
    }
    return true;
}

/// Without the spaces and tabs at both ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace ZENWIRE_NAMESPACE::detail::ascii

namespace ZENWIRE_NAMESPACE::detail {

/// A number without its sign. Works for the smallest number, too, which has no positive counterpart.
[[nodiscard]] constexpr std::uint64_t magnitude_of(std::int64_t number) noexcept {
    const auto bits = static_cast<std::uint64_t>(number);
    return number < 0 ? 0 - bits : bits;
}

/// The result of a division of whole numbers.
struct division {
    std::uint64_t quotient;   ///< rounded down
    std::uint64_t remainder;  ///< less than the divisor
};

/// Divides bit by bit, with shifts and subtractions only.
/// @param divisor from 1 to 2^63
[[nodiscard]] constexpr division divide_by_bits(std::uint64_t dividend, std::uint64_t divisor) noexcept {
    division result{dividend, 0};
    for (int bit = 0; bit < 64; ++bit) {
        result.remainder = result.remainder << 1U | result.quotient >> 63U;
        result.quotient <<= 1U;
        if (result.remainder >= divisor) {
            result.remainder -= divisor;
            ++result.quotient;
        }
    }
    return result;
}

/// Divides. With `-Os` on 32-bit processors it does so bit by bit: the function that compilers call there for a 64-bit division is
/// larger than all code of this library that divides.
/// @param divisor from 1 to 2^63
[[nodiscard]] constexpr division divide(std::uint64_t dividend, std::uint64_t divisor) noexcept {
#if defined(__OPTIMIZE_SIZE__) && UINTPTR_MAX <= 0xFFFFFFFF
    return divide_by_bits(dividend, divisor);
#else
    return {dividend / divisor, dividend % divisor};
#endif
}

/// A whole number in decimal, without leading zeros. Holds its text.
class decimal_text {
public:
    /// Writes this number.
    constexpr explicit decimal_text(std::uint64_t number) noexcept {
        begin_without_values(text_);
        do {
            const auto [rest, digit] = divide(number, 10U);
            text_[--begin_] = static_cast<char>('0' + digit);
            number = rest;
        } while (number != 0);
    }

    /// The digits. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_ + begin_, sizeof(text_) - begin_};
    }

private:
    // 2^64 has twenty digits
    char text_[20];
    std::size_t begin_ = sizeof(text_);
};

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
/// Sixteen bytes in a vector register, on processors that always have such registers.
using byte_vector = unsigned char __attribute__((__vector_size__(16)));

/// The 32 hexadecimal digits of sixteen bytes.
struct hex_digit_vectors {
    byte_vector first;   ///< of the first eight bytes
    byte_vector second;  ///< of the other eight
};

/// Sixteen bytes as lower-case hexadecimal text, computed without a table for the reason that write_hex() gives.
[[nodiscard]] ZENWIRE_GNU(__always_inline__) inline hex_digit_vectors hex_digits(byte_vector bytes) noexcept {
    constexpr unsigned char to_letter = 'a' - ('9' + 1);
    const byte_vector high_values = bytes >> 4;
    const byte_vector low_values = bytes & 0x0F;
    const byte_vector high = high_values + '0' + (reinterpret_cast<byte_vector>(high_values > 9) & to_letter);
    const byte_vector low = low_values + '0' + (reinterpret_cast<byte_vector>(low_values > 9) & to_letter);
    return {__builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
            __builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)};
}
#endif

/// Writes bytes as lower-case hexadecimal text, two characters a byte.
///
/// The characters are computed, not read from a table, so that no memory address depends on a secret byte.
/// @param out room for 2 * Bytes characters
template <std::size_t Bytes>
constexpr void write_hex(char* out, std::array<unsigned char, Bytes> const& bytes) noexcept {
    std::size_t done = 0;
#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
    for (; !is_constant_evaluated() && done + sizeof(byte_vector) <= Bytes; done += sizeof(byte_vector)) {
        byte_vector each;
        std::memcpy(&each, bytes.data() + done, sizeof(each));
        const hex_digit_vectors digits = hex_digits(each);
        std::memcpy(out + 2 * done, &digits.first, sizeof(digits.first));
        std::memcpy(out + 2 * done + sizeof(digits.first), &digits.second, sizeof(digits.second));
    }
#endif
    for (; done < Bytes; ++done) {
        const auto digit = [](int value) noexcept {
            // above 9 `(9 - value) >> 8` has all bits set, and the distance from the character after '9' to 'a' is added
            return static_cast<char>('0' + value + (((9 - value) >> 8) & ('a' - ('9' + 1))));
        };
        out[2 * done] = digit(bytes[done] >> 4);
        out[2 * done + 1] = digit(bytes[done] & 0x0F);
    }
}

/// Bytes as lower-case hexadecimal text, see write_hex(). Holds its text.
template <std::size_t Bytes>
class hex_text {
public:
    /// Writes these bytes.
    constexpr explicit hex_text(std::array<unsigned char, Bytes> const& bytes) noexcept {
        begin_without_values(text_);
        write_hex(text_, bytes);
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, 2 * Bytes}; }

private:
    char text_[2 * Bytes];
};

/// From an array of bytes.
template <std::size_t Bytes>
hex_text(std::array<unsigned char, Bytes>) -> hex_text<Bytes>;

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/base/buffer_writer.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// Writes text into memory of the caller, never past its end.
///
/// The first piece that does not fit sets overflowed(), and nothing is written from then on: check once, at the end.
class buffer_writer {
public:
    /// `memory` must outlive the writer and the views it hands out.
    constexpr explicit buffer_writer(std::span<char> memory ZENWIRE_LIFETIMEBOUND) noexcept
        : memory_(memory.data()), capacity_(memory.size()) {}

    /// Appends all texts, one after the other, or none of them.
    // always inlined: most texts are constants, which compilers copy in a few moves
    template <class... Texts>
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_all(Texts const&... texts) noexcept {
        const std::size_t count = (std::string_view(texts).size() + ...);
        if (count > capacity_ - size_) {
            overflow(count);
            return *this;
        }
        char* to = memory_ + size_;
        ((to = detail::copy_bytes(to, std::string_view(texts).data(), std::string_view(texts).size())), ...);
        size_ += count;
        return *this;
    }

    /// Appends all of the text, or nothing of it.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append(std::string_view text) noexcept {
        return append_bytes(text.data(), text.size());
    }

    /// Appends one character.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append(char c) noexcept {
        if (size_ == capacity_) {
            overflow(1);
        } else {
            memory_[size_++] = c;
        }
        return *this;
    }

    /// Appends a number in decimal, without leading zeros.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_decimal(std::uint64_t number) noexcept {
        if (number < 10U) {
            return append(static_cast<char>('0' + number));
        }
        return append(detail::decimal_text(number).view());
    }

    /// Whether a piece did not fit. Nothing was written after that.
    [[nodiscard]] constexpr bool overflowed() const noexcept { return missing_ != 0; }
    /// How many bytes were written.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// How many bytes all pieces together have, including those that did not fit.
    [[nodiscard]] constexpr std::size_t needed() const noexcept { return size_ + missing_; }
    /// All that was written so far.
    [[nodiscard]] constexpr std::string_view written() const noexcept { return {memory_, size_}; }

private:
    /// Counts a piece that does not fit, and takes away the room that is left, so that no later piece is written either.
    constexpr void overflow(std::size_t count) noexcept {
        missing_ += count;
        capacity_ = size_;
    }

    // A text is two arguments here: compilers keep these in registers, whereas they write a view to the stack first.
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& append_bytes(char const* from, std::size_t count) noexcept {
        if (count > capacity_ - size_) {
            overflow(count);
        } else {
            detail::copy_bytes(memory_ + size_, from, count);
            size_ += count;
        }
        return *this;
    }

    char* memory_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    std::size_t missing_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/base/time.hpp, continued

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// From 0000-03-01, where the years of https://howardhinnant.github.io/date_algorithms.html begin, to 1970-01-01.
inline constexpr std::int32_t days_before_1970 = 719468;

/// A `std::chrono::duration`, recognised by its members, because `<chrono>` takes longer to compile than the rest of the library.
template <class Type>
concept chrono_duration = requires(Type const& duration) {
    typename Type::rep;
    typename Type::period;
    Type::period::num;
    Type::period::den;
    duration.count();
};

/// A `std::chrono::time_point` of the system clock, recognised by its to_time_t(): other clocks need not count from 1970.
template <class Type>
concept chrono_system_time = requires(Type const& time) {
    typename Type::duration;
    &Type::clock::to_time_t;
    time.time_since_epoch();
} && chrono_duration<typename Type::duration>;

/// Converts a count of units of FromNum/FromDen into one of ToNum/ToDen, rounded down; the smallest or largest number when the
/// result does not fit.
template <std::int64_t FromNum, std::int64_t FromDen, std::int64_t ToNum, std::int64_t ToDen>
[[nodiscard]] constexpr std::int64_t in_other_units(std::int64_t count) noexcept {
    constexpr auto greatest_common_divisor = [](std::int64_t left, std::int64_t right) {
        while (right != 0) {
            const std::int64_t rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    };
    constexpr std::int64_t common_num = greatest_common_divisor(FromNum, ToNum);
    constexpr std::int64_t common_den = greatest_common_divisor(FromDen, ToDen);
    constexpr std::int64_t factor = FromNum / common_num * (ToDen / common_den);
    constexpr std::int64_t quotient = FromDen / common_den * (ToNum / common_num);
    if (count > INT64_MAX / factor || count < INT64_MIN / factor) {
        return count < 0 ? INT64_MIN : INT64_MAX;
    }
    const std::int64_t product = count * factor;
    return product / quotient - (product % quotient < 0 ? 1 : 0);
}

/// A count as a whole number, rounded down; the smallest or largest one where it does not fit, and 0 for NaN.
template <class Count>
[[nodiscard]] constexpr std::int64_t whole_number(Count count) noexcept {
    if constexpr (std::is_floating_point_v<Count>) {
        constexpr auto limit = static_cast<Count>(9223372036854775808.0);
        if (!(count < limit)) {
            return count >= limit ? INT64_MAX : 0;
        }
        if (count < -limit) {
            return INT64_MIN;
        }
        const auto whole = static_cast<std::int64_t>(count);
        return whole - (static_cast<Count>(whole) > count ? 1 : 0);
    } else if constexpr (std::is_unsigned_v<Count> && sizeof(Count) >= sizeof(std::int64_t)) {
        return count > static_cast<Count>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(count);
    } else {
        return static_cast<std::int64_t>(count);
    }
}

/// A duration in units of ToNum/ToDen seconds, rounded down.
template <std::int64_t ToNum, std::int64_t ToDen, class Duration>
[[nodiscard]] constexpr std::int64_t ticks_of(Duration const& duration) noexcept {
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<typename Duration::rep>) {
        return whole_number(duration.count() * static_cast<typename Duration::rep>(period::num) /
                            static_cast<typename Duration::rep>(period::den) *
                            static_cast<typename Duration::rep>(ToDen) / static_cast<typename Duration::rep>(ToNum));
    } else {
        return in_other_units<period::num, period::den, ToNum, ToDen>(whole_number(duration.count()));
    }
}

/// A count in units of FromNum/FromDen seconds as a duration, rounded down; the shortest or longest one when it does not fit.
template <class Duration, std::int64_t FromNum, std::int64_t FromDen>
[[nodiscard]] constexpr Duration duration_of(std::int64_t count) noexcept {
    using rep = typename Duration::rep;
    using period = typename Duration::period;
    if constexpr (std::is_floating_point_v<rep>) {
        return Duration(static_cast<rep>(count) * static_cast<rep>(FromNum) / static_cast<rep>(FromDen) *
                        static_cast<rep>(period::den) / static_cast<rep>(period::num));
    } else {
        const std::int64_t ticks = in_other_units<FromNum, FromDen, period::num, period::den>(count);
        const std::int64_t max_ticks = whole_number((Duration::max)().count());
        const std::int64_t min_ticks = whole_number((Duration::min)().count());
        return Duration(static_cast<rep>(ticks > max_ticks ? max_ticks : ticks < min_ticks ? min_ticks : ticks));
    }
}

}  // namespace detail

/// A length of time. Not a type of `<chrono>`, because that header costs more to compile than the rest of the library.
class milliseconds {
public:
    /// No time.
    constexpr milliseconds() noexcept = default;
    /// That many milliseconds.
    constexpr explicit milliseconds(std::int64_t count) noexcept : count_(count) {}

    /// From any `std::chrono::duration`: `wait = 30s`. Rounded down; the shortest or longest time if it does not fit.
    template <detail::chrono_duration Duration>
    constexpr milliseconds(Duration const& duration) noexcept : count_(detail::ticks_of<1, 1000>(duration)) {}

    /// To any `std::chrono::duration`: `std::chrono::milliseconds(step.wait)`. Rounded down; the nearest that fits.
    template <detail::chrono_duration Duration>
    [[nodiscard]] constexpr explicit operator Duration() const noexcept {
        return detail::duration_of<Duration, 1, 1000>(count_);
    }

    /// How many milliseconds.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }

    /// Compares lengths of time.
    [[nodiscard]] friend constexpr bool operator==(milliseconds, milliseconds) noexcept = default;
    /// Compares lengths of time. Not defaulted: Clang 14 would warn of a null pointer (-Wzero-as-null-pointer-constant).
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(milliseconds left, milliseconds right) noexcept {
        return left.count_ <=> right.count_;
    }

private:
    std::int64_t count_ = 0;
};

/// A point in time: seconds since 1970-01-01T00:00:00Z, without leap seconds. Explicit, so that milliseconds are not
/// taken for seconds by accident.
class unix_seconds {
public:
    /// 9999-12-31T23:59:59Z: the last second that a request may be signed for.
    static constexpr std::int64_t last = 253402300799;

    /// 1970-01-01T00:00:00Z.
    constexpr unix_seconds() noexcept = default;
    /// That many seconds after 1970-01-01T00:00:00Z.
    constexpr explicit unix_seconds(std::int64_t seconds) noexcept : count_(seconds) {}

    /// From the system's clock: `unix_seconds(std::chrono::system_clock::now())`. Rounded down. Other clocks do not compile.
    template <detail::chrono_system_time Time>
    constexpr explicit unix_seconds(Time const& time) noexcept
        : count_(detail::ticks_of<1, 1>(time.time_since_epoch())) {}

    /// Converts to a time of the system's clock: `std::chrono::sys_seconds(time)`. The first or last one if it does not fit.
    template <detail::chrono_system_time Time>
    [[nodiscard]] constexpr explicit operator Time() const noexcept {
        return Time(detail::duration_of<typename Time::duration, 1, 1>(count_));
    }

    /// From milliseconds since 1970. Rounds down, also before 1970.
    [[nodiscard]] static constexpr unix_seconds from_milliseconds(std::int64_t milliseconds) noexcept {
        return unix_seconds(milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0));
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return count_; }
    /// Whether a request may be signed for it: 0 to unix_seconds::last.
    [[nodiscard]] constexpr bool is_valid() const noexcept { return count_ >= 0 && count_ <= last; }

    /// Compares points in time.
    [[nodiscard]] friend constexpr bool operator==(unix_seconds, unix_seconds) noexcept = default;
    /// Compares points in time. Not defaulted: Clang 14 would warn of a null pointer (-Wzero-as-null-pointer-constant).
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(unix_seconds left, unix_seconds right) noexcept {
        return left.count_ <=> right.count_;
    }

private:
    std::int64_t count_ = 0;
};

/// A point in time by the Gregorian calendar, in UTC.
struct calendar_time {
    /// A time before 1970 becomes the first second of 1970, one after 9999 the last second of 9999.
    constexpr explicit calendar_time(unix_seconds time) noexcept {
        constexpr std::int64_t seconds_per_day = 86400;
        constexpr std::int64_t days_per_era = 146097;  // 400 years
        const std::int64_t seconds = time.count() < 0 ? 0 : time.is_valid() ? time.count() : unix_seconds::last;
        const std::int64_t days_since_1970 = seconds / seconds_per_day;
        weekday = (days_since_1970 + 4) % 7;  // 1970-01-01 was a Thursday

        // Counted from March, a year has its leap day at the end, so that all months before it have a fixed length.
        const std::int64_t days = days_since_1970 + detail::days_before_1970;
        const std::int64_t day_of_era = days % days_per_era;
        const std::int64_t year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
        const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        const std::int64_t march_month = (5 * day_of_year + 2) / 153;
        day = day_of_year - (153 * march_month + 2) / 5 + 1;
        month = march_month < 10 ? march_month + 3 : march_month - 9;
        year = days / days_per_era * 400 + year_of_era + (month <= 2 ? 1 : 0);

        const std::int64_t second_of_day = seconds % seconds_per_day;
        hour = second_of_day / 3600;
        minute = second_of_day / 60 % 60;
        second = second_of_day % 60;
    }

    std::int64_t year;     ///< 1970 to 9999
    std::int64_t month;    ///< 1 to 12
    std::int64_t day;      ///< 1 to 31
    std::int64_t weekday;  ///< 0 for Sunday, to 6
    std::int64_t hour;     ///< 0 to 23
    std::int64_t minute;   ///< 0 to 59
    std::int64_t second;   ///< 0 to 59
};

namespace detail {

/// Writes a number as two digits.
/// @param number 0 to 99
constexpr buffer_writer& append_two_digits(buffer_writer& out, std::int64_t number) noexcept {
    return out.append(static_cast<char>('0' + number / 10)).append(static_cast<char>('0' + number % 10));
}

}  // namespace detail

/// A point in time as the API writes it: `2023-07-11T06:50:36Z`.
class utc_time {
public:
    /// How many characters it has.
    static constexpr std::size_t size = 20;

    /// 1970-01-01T00:00:00Z.
    constexpr utc_time() noexcept = default;
    /// Implicit, so that a parameter takes a unix_seconds. Outside of the years 1970 to 9999 validate() refuses it.
    constexpr utc_time(unix_seconds seconds) noexcept : seconds_(seconds) {}

    /// The same point in time.
    [[nodiscard]] constexpr unix_seconds seconds() const noexcept { return seconds_; }

    /// Writes its characters.
    constexpr void write_to(buffer_writer& out) const noexcept {
        const calendar_time time(seconds_);
        detail::append_two_digits(detail::append_two_digits(out, time.year / 100), time.year % 100).append('-');
        detail::append_two_digits(out, time.month).append('-');
        detail::append_two_digits(out, time.day).append('T');
        detail::append_two_digits(out, time.hour).append(':');
        detail::append_two_digits(out, time.minute).append(':');
        detail::append_two_digits(out, time.second).append('Z');
    }

private:
    unix_seconds seconds_{};
};

namespace detail {

/// Whether a text has the form of an HTTP date. The names of day and month are not checked.
[[nodiscard]] constexpr bool has_form_of_http_date(std::string_view text) noexcept {
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
    if (text.size() != form.size()) {
        return false;
    }
    for (std::size_t i = 3; i < form.size(); ++i) {
        const bool is_month = i >= 8 && i < 11;
        const bool fits =
            ascii::is_decimal_digit(form[i]) ? ascii::is_decimal_digit(text[i]) : is_month || text[i] == form[i];
        if (!fits) {
            return false;
        }
    }
    return true;
}

/// How many days a month has.
/// @param month 1 to 12
[[nodiscard]] constexpr std::int32_t days_in_month(std::int32_t year, std::int32_t month) noexcept {
    constexpr std::int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && is_leap_year ? 29 : days[month - 1];
}

/// How many days lie between 1970-01-01 and a date.
[[nodiscard]] constexpr std::int32_t days_since_1970(std::int32_t year, std::int32_t month, std::int32_t day) noexcept {
    // counted from March, so that the leap day is the last day of a year
    const std::int32_t march_year = month > 2 ? year : year - 1;
    const std::int32_t march_month = (month + 9) % 12;
    const std::int32_t day_of_year = (153 * march_month + 2) / 5 + day - 1;
    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year - days_before_1970;
}

/// Reads a date of HTTP in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7). It does not
/// check the name of the day. Returns nothing for any other text, including the two obsolete forms.
[[nodiscard]] constexpr std::optional<unix_seconds> parse_http_date(std::string_view text) noexcept {
    constexpr std::string_view month_names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    text = ascii::trim(text);
    if (!has_form_of_http_date(text)) {
        return std::nullopt;
    }
    const auto number = [&](std::size_t begin, std::size_t size) noexcept {
        std::int32_t value = 0;
        for (const char c : text.substr(begin, size)) {
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const std::size_t month_at = month_names.find(text.substr(8, 3));
    if (month_at == std::string_view::npos || month_at % 3 != 0) {
        return std::nullopt;
    }
    const auto month = static_cast<std::int32_t>(month_at / 3) + 1;
    const std::int32_t day = number(5, 2);
    const std::int32_t year = number(12, 4);
    const std::int32_t hour = number(17, 2);
    const std::int32_t minute = number(20, 2);
    const std::int32_t second = number(23, 2);
    if (year < 1970 || day < 1 || day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    return unix_seconds(std::int64_t{days_since_1970(year, month, day)} * 86'400 + (hour * 60 + minute) * 60 + second);
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/write_json.hpp, continued
// ---- zenwire/base/utf8.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_UTF8_HPP
#define ZENWIRE_BASE_UTF8_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// ---- zenwire/base/inline_string.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_INLINE_STRING_HPP
#define ZENWIRE_BASE_INLINE_STRING_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

namespace detail {

constexpr bool append_what_fits(char* data, std::uint16_t& size, std::size_t capacity, std::string_view text) noexcept;

}  // namespace detail

/// A text of at most `Capacity` bytes that lives inside the object: no heap, trivially copyable.
///
/// What does not fit is cut at the end of a whole UTF-8 sequence, and truncated() says so. Parameters of requests that
/// were cut are refused by validate(), so that nothing is ever sent for another name than the caller's.
template <std::size_t Capacity>
class inline_string {
    static_assert(Capacity > 0 && Capacity < UINT16_MAX, "the size is kept in sixteen bits");

public:
    /// Empty.
    constexpr inline_string() noexcept { detail::begin_without_values(data_); }

    /// From anything that converts to a string_view: literals, std::string, views. A text that was cut before counts as cut.
    template <class Text>
        requires(detail::convertible<Text const&, std::string_view> &&
                 !std::is_same_v<std::remove_cvref_t<Text>, inline_string>)
    constexpr inline_string(Text const& text) noexcept : inline_string() {
        append(std::string_view(text));
        if constexpr (requires { text.truncated(); }) {
            truncated_ = truncated_ || text.truncated();
        }
    }

    /// Replaces the text; truncated() tells whether all of it fitted.
    constexpr void assign(std::string_view text) noexcept {
        clear();
        append(text);
    }

    /// Adds text at the end, as far as it fits. Once something was cut, nothing is added any more.
    constexpr void append(std::string_view text) noexcept {
        if (!truncated_) {
            truncated_ = detail::append_what_fits(data_, size_, Capacity, text);
        }
    }

    /// Becomes empty, and truncated() is false again.
    constexpr void clear() noexcept {
        size_ = 0;
        truncated_ = false;
    }

    /// Sets truncated(), so that nothing is added any more.
    constexpr void note_truncated() noexcept { truncated_ = true; }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND {
        // std::size_t, because with another type the compiler also tries the constructor from two iterators, which takes long
        return {data_, std::size_t{size_}};
    }
    /// The text. A view of this object.
    [[nodiscard]] constexpr operator std::string_view() const noexcept ZENWIRE_LIFETIMEBOUND { return view(); }
    /// The first byte of the text; not followed by a zero. Refers to this object.
    [[nodiscard]] constexpr char const* data() const noexcept ZENWIRE_LIFETIMEBOUND { return data_; }
    /// Length of the text, in bytes.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether there is no text.
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    /// The most bytes that fit.
    [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }

    /// Whether the end of the text is missing, because it did not fit.
    [[nodiscard]] constexpr bool truncated() const noexcept { return truncated_; }

    /// Whether the texts are equal, and either both or none of them were cut.
    [[nodiscard]] friend constexpr bool operator==(inline_string const& left, inline_string const& right) noexcept {
        return left.view() == right.view() && left.truncated_ == right.truncated_;
    }
    /// Whether this is the same text, and nothing of it was cut.
    template <class Text>
        requires(detail::convertible<Text const&, std::string_view> && !std::is_same_v<Text, inline_string>)
    [[nodiscard]] friend constexpr bool operator==(inline_string const& left, Text const& right) noexcept {
        if constexpr (requires { right.truncated(); }) {
            return left.view() == right.view() && !left.truncated_ && !right.truncated();
        } else {
            return left.view() == std::string_view(right) && !left.truncated_;
        }
    }

private:
    std::uint16_t size_ = 0;
    bool truncated_ = false;
    char data_[Capacity];
};

namespace detail {

/// How many of the `size` bytes at `data` are left without a UTF-8 sequence that is cut off at the end.
[[nodiscard]] ZENWIRE_GNU(__cold__) constexpr std::size_t
    size_in_whole_sequences(char const* data, std::size_t size) noexcept {
    for (std::size_t have = 1; have <= 3 && have <= size; ++have) {
        const unsigned octet = static_cast<unsigned char>(data[size - have]);
        if (octet >= 0xC0U) {
            const std::size_t whole = octet >= 0xF0U ? 4 : octet >= 0xE0U ? 3 : 2;
            return have < whole ? size - have : size;
        }
        if (octet < 0x80U) {
            return size;
        }
    }
    return size;
}

/// Copies `text` behind the `size` bytes at `data`, as far as it fits, and updates `size`. A function for inline_strings of all
/// capacities. The text may lie in the same memory, but not before its new place.
/// @return whether something was cut
ZENWIRE_INLINE_FOR_SPEED constexpr bool append_what_fits(char* data, std::uint16_t& size, std::size_t capacity,
                                                         std::string_view text) noexcept {
    // not `text.size() > capacity - size`: GCC 12 with -fsanitize=address warns that the difference may be less than zero
    const bool is_cut = size + text.size() > capacity;
    const std::size_t end = is_cut ? capacity : size + text.size();
    bool is_copied_singly = is_constant_evaluated();
#ifdef __OPTIMIZE_SIZE__
    is_copied_singly = true;  // small firmware has no std::memmove() otherwise
#endif
    if (is_copied_singly) {
        for (std::size_t i = 0; size + i < end; ++i) {
            data[size + i] = text[i];
        }
    } else if (size < end) {
        std::memmove(data + size, text.data(), end - size);
    }
    size = static_cast<std::uint16_t>(is_cut ? size_in_whole_sequences(data, end) : end);
    return is_cut;
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

/// Hashes the text, as a key of unordered containers, for example of instance ids.
template <std::size_t Capacity>
struct std::hash<zenwire::inline_string<Capacity>> {
    /// The hash of a text.
    [[nodiscard]] std::size_t operator()(zenwire::inline_string<Capacity> const& text) const noexcept {
        return std::hash<std::string_view>()(text.view());
    }
};

#endif
// ---- zenwire/base/utf8.hpp, continued
// ---- zenwire/base/limits.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_LIMITS_HPP
#define ZENWIRE_BASE_LIMITS_HPP

#include <cstddef>


#ifndef ZENWIRE_LIMITS_HEADER

/// Capacities, in bytes unless said otherwise. What does not fit is an error value, never a silent cut.
///
/// A build may replace them: define `ZENWIRE_LIMITS_HEADER` as the name of a header of its own, which defines
/// `ZENWIRE_LIMITS_TAG` as an identifier, for example `tiny`, and all of these constants in
/// `namespace zenwire::inline v0::inline tiny::limits`.
namespace ZENWIRE_NAMESPACE::limits {

/// an instance's id
inline constexpr std::size_t instance_id = 128;
/// the id of an access key
inline constexpr std::size_t access_key_id = 255;
/// a bearer token
inline constexpr std::size_t bearer_token = 2048;
/// an instance's name
inline constexpr std::size_t instance_name = 256;
/// host, and `:port`
inline constexpr std::size_t authority = 261;
/// request_options::request_client, the name of the calling program
inline constexpr std::size_t request_client = 128;
/// request line and header fields of a request that owns its memory
inline constexpr std::size_t request_head = 1024;
/// body of a request that owns its memory
inline constexpr std::size_t request_body = 1024;
/// the id of a call, in a response
inline constexpr std::size_t request_id = 128;
/// the number of an order
inline constexpr std::size_t order_number = 128;
/// an error code of the API, as the server spells it
inline constexpr std::size_t api_code = 96;
/// the server's error message, or the library's explanation; longer ones are cut and flagged
inline constexpr std::size_t message = 256;
/// the first bytes of a response that is not understood
inline constexpr std::size_t excerpt = 128;
/// a value of an enumeration of the API that the library does not know
inline constexpr std::size_t word = 48;
/// prices in a response, and steps in a price (count)
inline constexpr std::size_t prices = 4;
/// steps in a price (count)
inline constexpr std::size_t price_steps = 8;
/// a response's body; a longer one is refused unread
inline constexpr std::size_t response_body = std::size_t{256} << 20U;
/// nesting of arrays and objects in a response (levels)
inline constexpr std::size_t response_depth = 32;

}  // namespace ZENWIRE_NAMESPACE::limits

#endif

#endif
// ---- zenwire/base/utf8.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The length of the UTF-8 sequence at the start of `text` (1 to 4 bytes); 0 when there is none: an empty text, a stray
/// or missing continuation byte, an overlong form, a surrogate, or a code point beyond U+10FFFF (RFC 3629).
[[nodiscard]] constexpr std::size_t utf8_sequence_length(std::string_view text) noexcept {
    if (text.empty()) {
        return 0;
    }
    const unsigned first = static_cast<unsigned char>(text.front());
    if (first < 0x80U) {
        return 1;
    }
    const std::size_t length = first < 0xC2U ? 0 : first < 0xE0U ? 2 : first < 0xF0U ? 3 : first < 0xF5U ? 4 : 0;
    if (text.size() < length) {
        return 0;
    }
    // the range of the second byte: 80..BF, without what would be an overlong form, a surrogate, or more than U+10FFFF
    unsigned lowest = first == 0xE0U ? 0xA0U : first == 0xF0U ? 0x90U : 0x80U;
    unsigned highest = first == 0xEDU ? 0x9FU : first == 0xF4U ? 0x8FU : 0xBFU;
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned octet = static_cast<unsigned char>(text[i]);
        if (octet < lowest || octet > highest) {
            return 0;
        }
        lowest = 0x80U;
        highest = 0xBFU;
    }
    return length;
}

namespace detail {

/// Whether texts are checked eight bytes at a time. Only on 64-bit processors: elsewhere that is not worth its code.
inline constexpr bool is_ascii_found_by_words = sizeof(std::size_t) >= sizeof(std::uint64_t);

/// A number of bytes at the start of `text` that are ASCII, found eight bytes at a time. There may be more of them.
[[nodiscard]] constexpr std::size_t ascii_words_length(std::string_view text) noexcept {
    std::size_t length = 0;
    if (is_ascii_found_by_words && !is_constant_evaluated()) {
        const auto word_at = [&](std::size_t at) noexcept {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, text.data() + at, sizeof(bytes));
            return bytes;
        };
        const auto is_ascii = [](std::uint64_t bytes) noexcept { return (bytes & 0x8080808080808080U) == 0; };
        constexpr std::size_t block = 64;
        const auto is_ascii_block = [&](std::size_t at) noexcept {
            return is_ascii(word_at(at) | word_at(at + 8) | word_at(at + 16) | word_at(at + 24) | word_at(at + 32) |
                            word_at(at + 40) | word_at(at + 48) | word_at(at + 56));
        };
        const std::size_t size = text.size();
        while (size - length > block && is_ascii_block(length)) {
            length += block;
        }
        if (size >= block && size - length <= block && is_ascii_block(size - block)) {
            return size;
        }
        while (size - length >= 8 && is_ascii(word_at(length))) {
            length += 8;
        }
        if (size >= 8 && size - length < 8 && is_ascii(word_at(size - 8))) {
            length = size;
        }
    }
    return length;
}

}  // namespace detail

/// Whether the whole of `text` is UTF-8. Linear in its size; the empty text is.
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    text.remove_prefix(detail::ascii_words_length(text));
    while (!text.empty()) {
        const std::size_t length = utf8_sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
        if (length == 1) {
            text.remove_prefix(detail::ascii_words_length(text));
        }
    }
    return true;
}

namespace detail {

/// How many code points UTF-8 text has. Linear in its size. In text that is not UTF-8, each byte but a continuation byte counts.
[[nodiscard]] constexpr std::size_t utf8_character_count(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
    }
    return count;
}

/// Whether a UTF-8 sequence controls a terminal, ends a line, or changes the writing direction of the text after it.
[[nodiscard]] constexpr bool is_control_sequence(std::string_view sequence) noexcept {
    const auto at = [&](std::size_t index) noexcept { return static_cast<unsigned char>(sequence[index]); };
    switch (sequence.size()) {
    case 1: return at(0) < 0x20U || at(0) == 0x7FU;
    // U+0080 to U+009F, U+061C
    case 2: return (at(0) == 0xC2U && at(1) < 0xA0U) || sequence == "\xD8\x9C"sv;
    case 3:
        // U+200E and U+200F, U+2028 to U+202E, U+2066 to U+206F, U+FEFF
        return (at(0) == 0xE2U && at(1) == 0x80U &&
                (at(2) == 0x8EU || at(2) == 0x8FU || (at(2) >= 0xA8U && at(2) <= 0xAEU))) ||
               (at(0) == 0xE2U && at(1) == 0x81U && at(2) >= 0xA6U && at(2) <= 0xAFU) || sequence == "\xEF\xBB\xBF"sv;
    default: return false;
    }
}

/// Takes the first UTF-8 sequence off a text that is not empty.
/// @return the sequence as it may be shown: a space for a control character, `?` for a byte that is not UTF-8
[[nodiscard]] constexpr std::string_view take_safe_sequence(std::string_view& text) noexcept {
    const std::size_t length = utf8_sequence_length(text);
    const std::string_view sequence = text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
    return length == 0 ? "?"sv : is_control_sequence(sequence) ? " "sv : sequence;
}

}  // namespace detail

/// Writes untrusted text so that it is safe for a terminal and for one line of a log: control characters, ends of lines and changes
/// of the writing direction become spaces, and bytes that are not UTF-8 become `?`. All else stays, in any script.
constexpr void write_safe_text(buffer_writer& out, std::string_view text) noexcept {
    while (!text.empty() && !out.overflowed()) {
        out.append(detail::take_safe_sequence(text));
    }
}

/// The same as a new text, cut to `Capacity` bytes: `std::cerr << safe_text(error.message).view()`.
template <std::size_t Capacity = limits::message>
[[nodiscard]] constexpr inline_string<Capacity> safe_text(std::string_view text) noexcept {
    inline_string<Capacity> safe;
    while (!text.empty() && !safe.truncated()) {
        safe.append(detail::take_safe_sequence(text));
    }
    return safe;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/write_json.hpp, continued
// ---- zenwire/protocol/member.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_MEMBER_HPP
#define ZENWIRE_PROTOCOL_MEMBER_HPP

#include <cstddef>
#include <string_view>


namespace ZENWIRE_NAMESPACE {

/// What happens when the value in the JSON text does not fit the C++ member. A text also takes a number, as it is written. A member
/// that is missing or null is never an error, whatever is said here: its C++ member keeps its default.
enum class reading : unsigned char {
    /// A value of a wrong type is treated as if the member were absent; a text that is too long is an error of the whole response.
    incidental,
    /// As incidental, but a text that is too long is cut, and flagged as truncated.
    may_be_cut,
    /// A value of a wrong type is an error of the whole response: what it says decides what happened, to whom or for how much.
    essential,
    /// As essential, and a number is not accepted as a text; `"100"` as a number is. The fake cloud reads requests so.
    strict,
};

namespace detail {

/// A wire name, and how its value is read.
struct member_name {
    /// the name of the wire
    std::string_view name;
    /// how its value is read
    enum reading reading = reading::incidental;
    /// the name that it had in older documentation, under which it is read too; empty for most
    std::string_view former_name{};
};

}  // namespace detail

/// Ties a wire name to a data member: `member<&type::name>{"wireName"}`. It has no constructor, because one would have to be
/// compiled for each member.
template <auto Pointer>
struct member : detail::member_name {};

/// The member list of a type that is written as a JSON object or read from one: returned by its static function `members()`. The
/// wire names of a type stand nowhere else. (Not a std::tuple, which takes long to compile.)
template <auto... Pointers>
struct member_list {
    /// How many members there are.
    static constexpr std::size_t size = sizeof...(Pointers);

    /// In the documented order.
    constexpr explicit member_list(member<Pointers> const&... each) noexcept : names{each...} {}

    /// The names, in order.
    detail::member_name names[size];
};

/// The list of a type without members.
template <>
struct member_list<> {
    /// None.
    static constexpr std::size_t size = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/write_json.hpp, continued
// ---- zenwire/protocol/service.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_SERVICE_HPP
#define ZENWIRE_PROTOCOL_SERVICE_HPP

#include <string_view>

// ---- zenwire/protocol/traffic_package_size.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_TRAFFIC_PACKAGE_SIZE_HPP
#define ZENWIRE_PROTOCOL_TRAFFIC_PACKAGE_SIZE_HPP

#include <bit>
#include <cfloat>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- zenwire/base/decimal.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DECIMAL_HPP
#define ZENWIRE_BASE_DECIMAL_HPP

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

/// An exact decimal number: coefficient * 10^-scale, with a coefficient of at most 18 digits and a scale of 0 to 18.
/// For money. Kept without zeros at the end of the fraction, so that equal numbers are equal objects.
class decimal {
public:
    /// The most digits of a coefficient.
    static constexpr int max_digits = 18;

    /// Zero.
    constexpr decimal() noexcept = default;
    /// A whole number of at most 18 digits. One of more digits becomes the nearest that has 18, and is_rounded() says so.
    constexpr explicit decimal(std::int64_t whole) noexcept
        : coefficient_(whole > largest    ? largest
                       : whole < -largest ? -largest
                                          : whole),
          is_rounded_(whole > largest || whole < -largest) {}
    /// The same for numbers that std::int64_t may be too small for.
    template <class Whole>
        requires(std::is_unsigned_v<Whole> && sizeof(Whole) >= sizeof(std::int64_t))
    constexpr explicit decimal(Whole whole) noexcept
        : decimal(whole > static_cast<Whole>(largest) ? INT64_MAX : static_cast<std::int64_t>(whole)) {}
    template <class Number>
        requires std::is_floating_point_v<Number>
    explicit decimal(Number) = delete;  // would lose its fraction: parse() reads "12.5"

    /// Reads a number as JSON writes it: `-12.5`, `1E3`. Returns nothing for other text, and for numbers that need more than 18
    /// digits or 18 decimals.
    [[nodiscard]] static constexpr std::optional<decimal> parse(std::string_view text) noexcept;

    /// The same for numbers of any length: returns the nearest number of at most 18 digits and 18 decimals, rounding halves away
    /// from zero, and is_rounded() says whether it differs. Returns nothing only for text that is no number.
    [[nodiscard]] static constexpr std::optional<decimal> parse_nearest(std::string_view text) noexcept;

    /// The digits, as a whole number: -125 for -12.5.
    [[nodiscard]] constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
    /// How many of the digits are decimals, 0 to 18: 1 for -12.5.
    [[nodiscard]] constexpr int scale() const noexcept { return scale_; }
    /// Whether this is only the nearest decimal to the number that was read. Ignored by `==`.
    [[nodiscard]] constexpr bool is_rounded() const noexcept { return is_rounded_; }

    /// Writes it without exponent: `-12.5`, `1000`. At most 21 characters.
    constexpr void write_to(buffer_writer& out) const noexcept {
        const std::uint64_t magnitude = detail::magnitude_of(coefficient_);
        const auto unit = static_cast<std::uint64_t>(power_of_ten(scale_));
        if (coefficient_ < 0) {
            out.append('-');
        }
        out.append_decimal(magnitude / unit);
        if (scale_ > 0) {
            out.append('.');
            std::uint64_t fraction = magnitude % unit;
            for (std::uint64_t digit = unit / 10; digit != 0; digit /= 10) {
                out.append(static_cast<char>('0' + fraction / digit));
                fraction %= digit;
            }
        }
    }

    /// Whether both are the same number.
    [[nodiscard]] friend constexpr bool operator==(decimal left, decimal right) noexcept {
        return left.coefficient_ == right.coefficient_ && left.scale_ == right.scale_;
    }
    /// Compares as numbers, exactly.
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(decimal left, decimal right) noexcept {
        const std::int64_t left_unit = power_of_ten(left.scale_);
        const std::int64_t right_unit = power_of_ten(right.scale_);
        const auto whole = left.coefficient_ / left_unit <=> right.coefficient_ / right_unit;
        if (std::is_neq(whole)) {
            return whole;
        }
        // The whole parts are equal. The fractions, brought to the same scale, have at most 18 digits.
        const std::int64_t left_fraction = left.coefficient_ % left_unit * power_of_ten(max_digits - left.scale_);
        const std::int64_t right_fraction = right.coefficient_ % right_unit * power_of_ten(max_digits - right.scale_);
        return left_fraction <=> right_fraction;
    }

private:
    static constexpr std::int64_t largest = 999'999'999'999'999'999;

    struct leading_digits;

    /// The decimal nearest to the number that these digits stand for.
    static constexpr decimal nearest(bool is_negative, leading_digits digits) noexcept;

    /// Reads an exponent, `e-5` for example. Returns nothing for other text.
    /// @param text not empty
    static constexpr std::optional<std::int64_t> parse_exponent(std::string_view text) noexcept;

    static constexpr std::int64_t power_of_ten(int exponent) noexcept {
        std::int64_t power = 1;
        for (int i = 0; i < exponent; ++i) {
            power *= 10;
        }
        return power;
    }

    std::int64_t coefficient_ = 0;
    std::int8_t scale_ = 0;
    bool is_rounded_ = false;
};

constexpr std::optional<decimal> decimal::parse(std::string_view text) noexcept {
    const std::optional<decimal> nearest = parse_nearest(text);
    return nearest && !nearest->is_rounded_ ? nearest : std::nullopt;
}

/// The first 18 digits of a number, without leading zeros, and what is known of the digits after them.
struct decimal::leading_digits {
    std::int64_t coefficient = 0;  ///< the digits as a whole number
    std::int64_t exponent = 0;     ///< the power of ten by which the coefficient is to be multiplied
    int count = 0;                 ///< how many digits the coefficient has
    bool has_dropped = false;      ///< whether there were further digits
    bool rounds_up = false;        ///< whether the first of these is at least 5
    bool is_exact = true;          ///< whether all of them are zeros

    /// Takes the next digit.
    constexpr void take(char digit, bool is_fraction) noexcept {
        if (count < max_digits) {
            count += (count != 0 || digit != '0') ? 1 : 0;
            coefficient = coefficient * 10 + (digit - '0');
            exponent -= is_fraction ? 1 : 0;
        } else {
            rounds_up = has_dropped ? rounds_up : digit >= '5';
            has_dropped = true;
            is_exact = is_exact && digit == '0';
            exponent += is_fraction ? 0 : 1;
        }
    }

    /// Takes all digits at the start of a text; returns how many.
    constexpr std::size_t take_from(std::string_view text, bool is_fraction) noexcept {
        std::size_t size = 0;
        for (; size < text.size() && detail::ascii::is_decimal_digit(text[size]); ++size) {
            take(text[size], is_fraction);
        }
        return size;
    }
};

constexpr std::optional<decimal> decimal::parse_nearest(std::string_view text) noexcept {
    leading_digits digits;
    const bool is_negative = text.starts_with('-');
    text.remove_prefix(is_negative ? 1 : 0);
    const std::size_t whole = digits.take_from(text, false);
    if (whole == 0 || (whole > 1 && text.front() == '0')) {
        return std::nullopt;
    }
    text.remove_prefix(whole);
    if (text.starts_with('.')) {
        const std::size_t fraction = digits.take_from(text.substr(1), true);
        if (fraction == 0) {
            return std::nullopt;
        }
        text.remove_prefix(1 + fraction);
    }
    if (!text.empty()) {
        const std::optional<std::int64_t> exponent = parse_exponent(text);
        if (!exponent) {
            return std::nullopt;
        }
        digits.exponent += *exponent;
    }
    return nearest(is_negative, digits);
}

constexpr std::optional<std::int64_t> decimal::parse_exponent(std::string_view text) noexcept {
    if (text.front() != 'e' && text.front() != 'E') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const bool is_negative = text.starts_with('-');
    text.remove_prefix(is_negative || text.starts_with('+') ? 1 : 0);
    std::int64_t exponent = 0;
    for (const char c : text) {
        if (!detail::ascii::is_decimal_digit(c)) {
            return std::nullopt;
        }
        // An exponent this large decides the result by itself: no text has as many digits.
        exponent = exponent > INT64_MAX / 100 ? exponent : exponent * 10 + (c - '0');
    }
    return text.empty() ? std::nullopt : std::optional(is_negative ? -exponent : exponent);
}

constexpr decimal decimal::nearest(bool is_negative, leading_digits digits) noexcept {
    auto& [coefficient, exponent, count, has_dropped, rounds_up, is_exact] = digits;
    // Drops what is beyond the eighteenth decimal.
    for (; exponent < -max_digits && coefficient != 0; ++exponent) {
        // set again for each digit that is dropped: only the last one counts, so that nothing is rounded twice
        rounds_up = coefficient % 10 >= 5;
        is_exact = is_exact && coefficient % 10 == 0;
        coefficient /= 10;
    }
    if (exponent < -max_digits) {
        rounds_up = false;
    }
    coefficient += rounds_up ? 1 : 0;
    // Drops zeros at the end of the fraction, and that of a nineteenth digit, which rounding up may have made.
    for (; coefficient != 0 && coefficient % 10 == 0 && (exponent < 0 || coefficient > largest); ++exponent) {
        coefficient /= 10;
    }
    // Writes out the zeros of a whole number, as far as there is room.
    for (; exponent > 0 && coefficient != 0 && coefficient <= largest / 10; --exponent) {
        coefficient *= 10;
    }
    if (coefficient != 0 && exponent > 0) {
        coefficient = largest;
        exponent = 0;
        is_exact = false;
    }
    decimal result;
    result.coefficient_ = is_negative ? -coefficient : coefficient;
    result.scale_ = static_cast<std::int8_t>(coefficient != 0 ? -exponent : 0);
    result.is_rounded_ = !is_exact;
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/traffic_package_size.hpp, continued
// ---- zenwire/base/error.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_ERROR_HPP
#define ZENWIRE_BASE_ERROR_HPP

#include <cstdint>
#include <optional>
#include <string_view>

// ---- zenwire/base/expected.hpp
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

// ---- zenwire/base/contract_violation.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_CONTRACT_VIOLATION_HPP
#define ZENWIRE_BASE_CONTRACT_VIOLATION_HPP

#include <cstdlib>


namespace ZENWIRE_NAMESPACE {

#if defined(__unix__) && defined(__ELF__) && defined(__GNUC__)
namespace detail {

/// Prints a message. Defined only by zenwire/contract_message.hpp; in programs without that header its address is null.
ZENWIRE_GNU(__weak__) void tell_contract_violation() noexcept;

}  // namespace detail
#endif

/// Ends the program. Called when the caller reads the value or error of an `expected` that does not hold it, or an element that is
/// not there: a bug in the calling code, never the consequence of input. A breakpoint here shows the caller one frame up. On
/// systems that use ELF, zenwire/contract_message.hpp makes it print a message first.
[[__noreturn__]] ZENWIRE_NOINLINE inline void contract_violation() noexcept {
#if defined(__unix__) && defined(__ELF__) && defined(__GNUC__)
    if (detail::tell_contract_violation != nullptr) {
        detail::tell_contract_violation();
    }
#endif
    std::abort();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/base/expected.hpp, continued

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
// ---- zenwire/base/error.hpp, continued
// ---- zenwire/base/open_enum.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_OPEN_ENUM_HPP
#define ZENWIRE_BASE_OPEN_ENUM_HPP

#include <string_view>
#include <type_traits>


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
// ---- zenwire/base/error.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// What went wrong. Each enumerator says who returns it. A new one needs a row of enum_names, too, and a case of
/// advice_on() in protocol/describe.hpp.
enum class errc : std::uint8_t {
    /// validate(), make_request() and the factories of parameters: a parameter breaks a rule; `field` names it
    invalid_parameter = 1,
    /// endpoint::make(): not a scheme and host
    invalid_endpoint,
    /// access_key::make(), bearer_token::make(): empty, too long, or with characters that a header cannot carry
    invalid_credential,
    /// make_request(), sign_body(): before 1970 or after 9999
    invalid_timestamp,
    /// a name or value that an HTTP field cannot carry
    invalid_field,
    /// make_request(), write_body() and whatever makes a request: the memory is too small for it, and nothing was sent. With
    /// `outcome` executed: a raw_action was carried out, and the memory is too small for its response. for_each_instance(): the
    /// memory is too small for one instance
    buffer_too_small,
    /// owning, raw_action_json, instance_pager, long bodies: the allocator has no memory. With `outcome` not_executed: for a
    /// request, which was not sent, or for the response to an action that only reads. Else an order may have been placed
    out_of_memory,
    /// make_request(): the service does not have the action
    unsupported_action,
    /// a mac_provider or a hash_function of the user failed
    crypto_failed,

    /// parse_authorization(), verify_request(): missing, or not in the documented form
    authorization_malformed,
    /// verify_request(): `content-type` or `host` is not signed, or a signed field is not in the request
    signed_header_missing,
    /// verify_request(): a signed field occurs more than once
    signed_header_duplicate,
    /// verify_request(): nobody knows the access key id
    access_key_unknown,
    /// verify_request(): the timestamp is more than 300 s away from now
    signature_expired,
    /// verify_request(): the signature does not match
    signature_mismatch,
    /// verify_request(): signed by the right key, but method, path, action or version is not the expected one
    request_mismatch,

    /// send_action(): the transport says that nothing was sent
    not_sent,
    /// send_action(): the transport does not know whether the request arrived; http1_response: the connection ended within
    /// the response
    transport_failed,

    /// parse_response(): the API refused; `api_code` says why
    api_error,
    /// parse_response(): REQUEST_LIMIT_EXCEEDED, or HTTP 429 without a code of the API; `retry_after_seconds` may say when to
    /// come back
    rate_limited,
    /// parse_response(): a security layer in front of the API wants a human (`cf-mitigated`)
    security_challenge,
    /// parse_response(): HTTP 451, a security layer in front of the API blocked the request
    request_blocked,
    /// parse_response(): a redirect, HTTP 3xx, which is never followed
    redirected,
    /// parse_response(): a status that says neither success nor refusal, a refusal without a code of the API, or a success
    /// under another status than 200
    unexpected_status,
    /// parse_response(): HTTP 200 with an error code in the body
    unexpected_error_body,
    /// parse_response(): the body is not the documented JSON; http1_response: not a response of HTTP/1.1, or
    /// one whose end is ambiguous
    malformed_response,
    /// parse_response(): the body, or a text in it, is longer than its limit; http1_response: head or body is
    response_too_large,
    /// parse_response(): arrays and objects are nested deeper than limits::response_depth
    response_too_deep,

    /// send_action(): an order may or may not have been placed, and `cause` says why nobody knows
    outcome_unknown,
    /// traffic_package_workflow: by its documentation the API would refuse, with `api_code`; no order was sent
    would_be_refused,
    /// traffic_package_workflow: the caller did not confirm; no order was sent
    not_confirmed,
    /// traffic_package_workflow: the price is above the caller's limit, or unknown; no order was sent
    price_above_limit,
    /// traffic_package_workflow: the job could not be stored, so no order was sent
    save_failed,
    /// traffic_package_workflow: the responses before the order leave the state of the instance unclear; no order was sent
    unclear_state,
    /// traffic_package_workflow: no order was sent, and `cause` says why
    not_ordered,
    /// traffic_package_workflow: somebody else changed the instance
    conflicting_change,
    /// traffic_package_workflow: the caller's deadline or the end of the watch came before the goal was seen
    deadline_passed,
    /// workflow_bytes::parse(): the bytes are not those of a job, or damaged
    job_record_damaged,
    /// workflow_bytes::parse(): the bytes are of a job of another version of the library
    job_record_outdated,
    /// traffic_package_workflow::resume(): the job belongs to another service
    another_service,
    /// traffic_package_workflow::resume(): the job belongs to another endpoint
    another_endpoint,
    /// traffic_package_workflow::resume(): the job belongs to another credential
    another_account,
    /// walk_entries(): the list changed while its pages were read, or it has not as many entries as the server says
    list_changed,
};

/// On whose side the fault is, and so who can fix it.
enum class blame : std::uint8_t {
    local,      ///< the program that calls: a parameter, a credential, a buffer
    remote,     ///< the server, or the party whose request is verified
    transport,  ///< what lies between
};

/// Whether the action was carried out, and so whether money may have moved.
enum class outcome : std::uint8_t {
    not_executed,  ///< nothing happened
    executed,      ///< it happened
    unknown,       ///< it may have happened: ask the cloud before doing it again
};

/// The documented error codes of the API: protocol/error_code.hpp.
enum class api_code : std::uint8_t;

/// The short form of an error that the library itself finds; it is converted to an `error` where one is needed. It has at most
/// 40 bytes where an `error` has hundreds, so that the many places that refuse something need little stack and code. Its texts
/// must outlive it.
struct refusal {
    /// What went wrong.
    errc code{};
    /// On whose side the fault is.
    enum blame blame = blame::local;
    /// An explanation for people.
    std::string_view message{};
    /// Which parameter was wrong, by its wire name; empty when none.
    std::string_view field{};
};

/// Everything that is known about a failure. A trivially copyable value without heap; its texts are cut to
/// their capacity and say so (`truncated()`).
struct error {
    /// An empty error, whose members are to be set.
    constexpr error() noexcept = default;
    /// From a refusal; outcome::not_executed.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr error(refusal const& why) noexcept
        : code(why.code), cause(why.code), blame(why.blame), field(why.field), message(why.message) {}

    /// The same, from a refusal that is a constant.
    constexpr error(detail::borrowed_error<refusal> const& why) noexcept : error(static_cast<refusal const&>(why)) {}

    /// Makes a refusal, with an explanation for people.
    [[nodiscard]] static constexpr refusal make(errc code, enum blame blame,
                                                std::string_view message ZENWIRE_LIFETIMEBOUND,
                                                std::string_view field ZENWIRE_LIFETIMEBOUND = {}) noexcept {
        return {code, blame, message, field};
    }

    /// What went wrong.
    errc code{};
    /// The first cause. The same as `code`, except for errc::outcome_unknown and errc::not_ordered, where it says what led to them.
    errc cause{};
    /// On whose side the fault is.
    enum blame blame = blame::local;
    /// Whether the action was carried out.
    enum outcome outcome = outcome::not_executed;
    /// The API's code when it is a documented one (also under its older spellings), else api_code::unlisted.
    enum api_code api_code {};
    /// Whether the action only reads, so that repeating it costs nothing.
    bool reads_only = false;
    /// Status of the response, 0 when there was none.
    std::uint16_t http_status = 0;
    /// How long the server asks to wait, in seconds, 0 to 86400.
    std::optional<std::uint32_t> retry_after_seconds{};
    /// How far the server's clock is ahead of the one that signed, in seconds. Set where the server called a signature
    /// expired and told its time.
    std::optional<std::int64_t> clock_offset_seconds{};
    /// Which parameter was wrong, by its wire name; empty when none. Refers to a constant of the library.
    std::string_view field{};
    /// The server's spelling of its code; empty when it gave none.
    inline_string<limits::api_code> api_code_text{};
    /// The server's message, else the library's explanation.
    inline_string<limits::message> message{};
    /// Identifies the call for Zenlayer's support; empty when none was read.
    inline_string<limits::request_id> request_id{};
    /// The first bytes of a response that was not understood, as safe_text() shows them.
    inline_string<limits::excerpt> excerpt{};

    /// Whether sending the same action again, freshly signed, is safe and may help. An action that orders is retryable only when
    /// it was not sent. One that only reads is retryable also when its outcome is unknown, when the API says that there were too
    /// many requests, and after HTTP 408.
    [[nodiscard]] constexpr bool retryable() const noexcept {
        constexpr std::uint16_t request_timeout = 408;
        if (outcome == outcome::not_executed && code == errc::not_sent) {
            return true;
        }
        if (!reads_only || outcome == outcome::executed) {
            return false;
        }
        const bool is_timeout =
            http_status == request_timeout && code != errc::api_error && code != errc::security_challenge;
        return outcome == outcome::unknown || code == errc::rate_limited || is_timeout;
    }

    /// Whether the API itself, or a security layer in front of it, refused: then the action was not carried out. A response that a
    /// gateway may send although it passed the order on is no refusal.
    [[nodiscard]] constexpr bool is_refusal() const noexcept {
        return outcome == outcome::not_executed && http_status != 0 &&
               (code == errc::api_error || code == errc::security_challenge || code == errc::request_blocked ||
                (code == errc::rate_limited && api_code != decltype(api_code){}));
    }
};

/// A refusal as the result of a function that returns an `expected`:
/// `return refuse(errc::crypto_failed, blame::local, "the module is locked");`
[[nodiscard]] constexpr unexpected<refusal> refuse(errc code, blame blame,
                                                   std::string_view message ZENWIRE_LIFETIMEBOUND,
                                                   std::string_view field ZENWIRE_LIFETIMEBOUND = {}) noexcept {
    return unexpected(error::make(code, blame, message, field));
}

/// The same for a refusal that is a constant. Only its address is returned, so it must not be a local variable.
[[nodiscard]] constexpr unexpected<detail::borrowed_error<refusal>> refuse(
    refusal const& why ZENWIRE_LIFETIMEBOUND) noexcept {
    return unexpected(detail::borrowed_error<refusal>(why));
}

template <>
inline constexpr detail::enum_row<errc> detail::enum_names<errc>[] = {
    {errc::invalid_parameter, "invalid_parameter"},
    {errc::invalid_endpoint, "invalid_endpoint"},
    {errc::invalid_credential, "invalid_credential"},
    {errc::invalid_timestamp, "invalid_timestamp"},
    {errc::invalid_field, "invalid_field"},
    {errc::buffer_too_small, "buffer_too_small"},
    {errc::out_of_memory, "out_of_memory"},
    {errc::unsupported_action, "unsupported_action"},
    {errc::crypto_failed, "crypto_failed"},
    {errc::authorization_malformed, "authorization_malformed"},
    {errc::signed_header_missing, "signed_header_missing"},
    {errc::signed_header_duplicate, "signed_header_duplicate"},
    {errc::access_key_unknown, "access_key_unknown"},
    {errc::signature_expired, "signature_expired"},
    {errc::signature_mismatch, "signature_mismatch"},
    {errc::request_mismatch, "request_mismatch"},
    {errc::not_sent, "not_sent"},
    {errc::transport_failed, "transport_failed"},
    {errc::api_error, "api_error"},
    {errc::rate_limited, "rate_limited"},
    {errc::security_challenge, "security_challenge"},
    {errc::request_blocked, "request_blocked"},
    {errc::redirected, "redirected"},
    {errc::unexpected_status, "unexpected_status"},
    {errc::unexpected_error_body, "unexpected_error_body"},
    {errc::malformed_response, "malformed_response"},
    {errc::response_too_large, "response_too_large"},
    {errc::response_too_deep, "response_too_deep"},
    {errc::outcome_unknown, "outcome_unknown"},
    {errc::would_be_refused, "would_be_refused"},
    {errc::not_confirmed, "not_confirmed"},
    {errc::price_above_limit, "price_above_limit"},
    {errc::save_failed, "save_failed"},
    {errc::unclear_state, "unclear_state"},
    {errc::not_ordered, "not_ordered"},
    {errc::conflicting_change, "conflicting_change"},
    {errc::deadline_passed, "deadline_passed"},
    {errc::job_record_damaged, "job_record_damaged"},
    {errc::job_record_outdated, "job_record_outdated"},
    {errc::another_service, "another_service"},
    {errc::another_endpoint, "another_endpoint"},
    {errc::another_account, "another_account"},
    {errc::list_changed, "list_changed"},
};

template <>
inline constexpr detail::enum_row<blame> detail::enum_names<blame>[] = {
    {blame::local, "local"},
    {blame::remote, "remote"},
    {blame::transport, "transport"},
};

template <>
inline constexpr detail::enum_row<outcome> detail::enum_names<outcome>[] = {
    {outcome::not_executed, "not_executed"},
    {outcome::executed, "executed"},
    {outcome::unknown, "unknown"},
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/traffic_package_size.hpp, continued

namespace ZENWIRE_NAMESPACE {

namespace detail {

template <class Value, class... Others>
inline constexpr bool is_one_of = (std::is_same_v<std::remove_cv_t<Value>, Others> || ...);

/// An integer that is a number: neither a truth value nor a character.
template <class Value>
concept integer_number = std::integral<Value> && !is_one_of<Value, bool, char, wchar_t, char8_t, char16_t, char32_t>;

}  // namespace detail

/// The size of a traffic package: an exact number of terabytes in steps of 0.000001 TB, from 0 to 1,000,000,000 TB.
///
/// Money depends on it, so it is never a binary fraction: 3 * 0.05 is 0.15 here, and is written as `0.15`. Which sizes a
/// service sells is another question: validate() answers it. In code it is written `0.15_TB`: see zenwire::literals.
class traffic_package_size {
public:
    /// The wire name of the parameter, as it is named in errors.
    static constexpr std::string_view field_name = "trafficPackageSize";
    /// How many units are a terabyte.
    static constexpr std::int64_t units_per_terabyte = 1'000'000;
    /// The largest size, in terabytes.
    static constexpr std::int64_t largest_terabytes = 1'000'000'000;

    /// Zero, a legal size.
    constexpr traffic_package_size() noexcept = default;
    template <class Number>
        requires std::is_arithmetic_v<Number>
    traffic_package_size(Number) = delete;  // from a literal: 0.15_TB; from a number that may be refused: from_terabytes()
    template <class Text>
        requires std::is_convertible_v<Text const&, std::string_view>
    traffic_package_size(Text const&) = delete;  // from a text, in terabytes: parse(), which may refuse it

    /// From decimal text in terabytes: digits, and optionally a point and digits. No sign, no exponent, no spaces.
    /// @return errc::invalid_parameter for anything else, with its own message for a sign, a comma and a unit (`150GB`);
    ///         for more than largest_terabytes, and for digits other than 0 beyond the sixth decimal
    [[nodiscard]] static constexpr expected<traffic_package_size> parse(std::string_view text) noexcept;

    /// The nearest multiple of 0.000001 TB, when it lies within one unit in the last place of `terabytes`. So every decimal
    /// literal is taken for the decimal that was meant, and so is the result of one multiplication or division: 3 * 0.05.
    /// @return errc::invalid_parameter for NaN, infinities, negative numbers, more than largest_terabytes, and numbers
    ///         that are no such multiple
    [[nodiscard]] static constexpr expected<traffic_package_size> from_terabytes(double terabytes) noexcept;
    /// The same with the precision of `float`: 0.15F is 0.15 TB. From 16 TB on a float is too coarse for decimals: 64.05F is
    /// 64.050003 TB, which bare metal refuses. Prefer double, or text.
    [[nodiscard]] static constexpr expected<traffic_package_size> from_terabytes(float terabytes) noexcept;
    /// @return errc::invalid_parameter for negative numbers and more than largest_terabytes
    template <detail::integer_number Integer>
    [[nodiscard]] static constexpr expected<traffic_package_size> from_terabytes(Integer terabytes) noexcept;
    static expected<traffic_package_size> from_terabytes(long double) = delete;
    template <std::integral Other>
    static expected<traffic_package_size> from_terabytes(Other) = delete;  // a truth value or a character

    /// From a count of 0.000001 TB.
    /// @return errc::invalid_parameter for negative counts and more than largest_terabytes
    [[nodiscard]] static constexpr expected<traffic_package_size> from_units(std::int64_t units) noexcept;

    /// From a decimal that a server sent, which may be a `double` printed in full, such as 0.15000000000000002: the nearest
    /// multiple of 0.000001 TB, when their relative difference is at most 2^-52. Nothing for any other number, and for none.
    [[nodiscard]] static constexpr std::optional<traffic_package_size> from_decimal(
        std::optional<decimal> terabytes) noexcept;

    /// The count of 0.000001 TB.
    [[nodiscard]] constexpr std::int64_t units() const noexcept { return units_; }
    /// The nearest `double`; on x87, which rounds twice, maybe its neighbour.
    [[nodiscard]] constexpr double terabytes() const noexcept {
        return static_cast<double>(units_) / static_cast<double>(units_per_terabyte);
    }

    /// Whether it is a whole multiple of `step`. With a step of zero, every size is.
    [[nodiscard]] constexpr bool is_multiple_of(traffic_package_size step) const noexcept {
        return step.units_ == 0 || excess_over_multiple_of(step) == 0;
    }

    /// By how many units it is above the next smaller multiple of `step`, which is not zero.
    [[nodiscard]] constexpr std::int64_t excess_over_multiple_of(traffic_package_size step) const noexcept {
        // not by `%`, which would be large on small processors: see divide()
        return static_cast<std::int64_t>(
            detail::divide(static_cast<std::uint64_t>(units_), static_cast<std::uint64_t>(step.units_)).remainder);
    }

    /// The largest multiple of `step`, which is not zero, that is not larger.
    [[nodiscard]] constexpr traffic_package_size rounded_down_to(traffic_package_size step) const noexcept {
        traffic_package_size multiple;
        multiple.units_ = units_ - excess_over_multiple_of(step);
        return multiple;
    }

    /// Writes it as the shortest decimal: `0.15`, `100`, never an exponent. At most 17 characters.
    ZENWIRE_INLINE_FOR_SPEED constexpr void write_to(buffer_writer& out) const noexcept;

    /// Compares sizes.
    [[nodiscard]] friend constexpr auto operator<=>(traffic_package_size left, traffic_package_size right) noexcept {
        return left.units_ <=> right.units_;
    }
    /// Whether both are the same size.
    [[nodiscard]] friend constexpr bool operator==(traffic_package_size, traffic_package_size) noexcept = default;

private:
    std::int64_t units_ = 0;
};

traffic_package_size operator-(traffic_package_size) = delete;  // a size is never negative

/// `using namespace zenwire::literals;` allows `0.15_TB`.
inline namespace literals {

/// A size in terabytes, `0.15_TB` or `1'000_TB`, exactly as it is written. What traffic_package_size::parse() refuses does not
/// compile. Which sizes a service sells is checked by validate().
template <char... Characters>
[[nodiscard]] constexpr traffic_package_size operator""_TB() noexcept;

}  // namespace literals

namespace detail {

/// The refusal of a size.
[[nodiscard]] constexpr refusal refusal_of_size(std::string_view why) noexcept {
    return error::make(errc::invalid_parameter, blame::local, why, traffic_package_size::field_name);
}

/// @{
/// What a size is refused for.
inline constexpr refusal size_is_no_number = refusal_of_size("a size is a number that is not negative");
inline constexpr refusal size_is_negative = refusal_of_size("a size is never negative: no sign");
inline constexpr refusal size_is_too_large = refusal_of_size("a size is at most 1000000000 TB");
inline constexpr refusal size_is_too_fine = refusal_of_size("a size has steps of 0.000001 TB");
inline constexpr refusal size_is_malformed = refusal_of_size("a size is a number like 0.15");
inline constexpr refusal size_has_a_comma = refusal_of_size("a size has a point, no comma");
inline constexpr refusal size_has_a_unit = refusal_of_size("a size is in terabytes, without a unit");
/// @}

/// The refusal of a text whose character at index `at` cannot stand in a size.
[[nodiscard]] constexpr refusal const& flaw_of_size(std::string_view text, std::size_t at) noexcept {
    if (text[at] == ',') {
        return size_has_a_comma;
    }
    if (text[at] == '-' || text[at] == '+') {
        return size_is_negative;
    }
    const char last = ascii::to_lower(text.back());
    return last >= 'a' && last <= 'z' ? size_has_a_unit : size_is_malformed;
}

/// Reads a number of IEEE 754 by its bits, because with -ffast-math compilers assume that there is no NaN, infinity or -0.0.
template <class Float>
struct float_bits {
    // <cfloat>, since <limits> takes long to compile
    static_assert(FLT_RADIX == 2 && FLT_MANT_DIG == 24 && FLT_MAX_EXP == 128 && DBL_MANT_DIG == 53 &&
                      DBL_MAX_EXP == 1024,
                  "the unit in the last place is read off the IEEE 754 bits");
    static constexpr bool is_double = std::is_same_v<Float, double>;
    using bits_type = std::conditional_t<is_double, std::uint64_t, std::uint32_t>;
    static constexpr unsigned mantissa_bits = (is_double ? DBL_MANT_DIG : FLT_MANT_DIG) - 1;
    static constexpr int exponent_bias = (is_double ? DBL_MAX_EXP : FLT_MAX_EXP) - 1 + static_cast<int>(mantissa_bits);
    static constexpr double epsilon = 1.0 / static_cast<double>(std::uint64_t{1} << mantissa_bits);
    static constexpr auto infinity = static_cast<bits_type>(bits_type{is_double ? 0x7FFU : 0xFFU} << mantissa_bits);

    constexpr explicit float_bits(Float number) noexcept
        : with_sign(std::bit_cast<bits_type>(number)),
          bits(with_sign & ~(bits_type{1} << (sizeof(bits_type) * 8U - 1U))) {}

    /// Whether it is a number, finite or not, that is not less than zero.
    [[nodiscard]] constexpr bool is_at_least_zero() const noexcept {
        return bits <= infinity && (bits == 0 || bits == with_sign);
    }
    /// The number is mantissa() * 2^exponent().
    [[nodiscard]] constexpr std::uint64_t mantissa() const noexcept {
        const std::uint64_t fraction = bits & ((std::uint64_t{1} << mantissa_bits) - 1U);
        return is_subnormal() ? fraction : fraction | std::uint64_t{1} << mantissa_bits;
    }
    /// See mantissa().
    [[nodiscard]] constexpr int exponent() const noexcept {
        return (is_subnormal() ? 1 : static_cast<int>(bits >> mantissa_bits)) - exponent_bias;
    }

    bits_type with_sign;  ///< all bits
    bits_type bits;       ///< without the sign: numbers that are not negative are ordered as these are

private:
    [[nodiscard]] constexpr bool is_subnormal() const noexcept { return bits >> mantissa_bits == 0; }
};

/// Whether `nearest` millionths differ from a number of terabytes by at most one unit in its last place.
/// @param scaled the number in millionths, rounded
template <class Float>
[[nodiscard]] constexpr bool is_within_last_place(float_bits<Float> const& terabytes, double scaled,
                                                  std::int64_t nearest) noexcept {
    // terabytes = mantissa * unit with unit = 2^exponent, its unit in the last place. The question is whether
    // |mantissa * 2^exponent - nearest / 10^6| <= 2^exponent, which in whole numbers, with 10^6 = 2^6 * 15625, is
    // |mantissa * 15625 - nearest * 2^(-exponent - 6)| <= 15625. A rough look first makes sure that the difference is
    // small; then the numbers, of up to 67 bits, may be taken modulo 2^64.
    const std::uint64_t mantissa = terabytes.mantissa();
    if (nearest == 0) {
        return mantissa <= 1;
    }
    const double distance = scaled - static_cast<double>(nearest);
    if ((distance < 0 ? -distance : distance) > 4.0 * scaled * float_bits<Float>::epsilon) {
        return false;
    }
    constexpr std::uint64_t unit = 15625;
    const int shift = -terabytes.exponent() - 6;
    if (shift < 0) {  // so large a number is a whole multiple of a millionth
        return true;
    }
    const std::uint64_t moved = shift < 64 ? static_cast<std::uint64_t>(nearest) << static_cast<unsigned>(shift) : 0;
    const std::uint64_t difference = mantissa * unit - moved;
    return difference <= unit || 0 - difference <= unit;
}

// Clang instantiates a constexpr function template only where its definition was seen: so this stands before what calls it.
template <class Float>
[[nodiscard]] constexpr expected<traffic_package_size> size_of_terabytes(Float terabytes) noexcept {
    const float_bits<Float> number(terabytes);
    if (!number.is_at_least_zero()) {
        return refuse(size_is_no_number);
    }
    if (number.bits > float_bits<Float>(static_cast<Float>(traffic_package_size::largest_terabytes)).bits) {
        return refuse(size_is_too_large);
    }
    const double scaled =
        static_cast<double>(terabytes) * static_cast<double>(traffic_package_size::units_per_terabyte);
    const auto nearest = static_cast<std::int64_t>(scaled + 0.5);
    if (!is_within_last_place(number, scaled, nearest)) {
        return refuse(size_is_too_fine);
    }
    return traffic_package_size::from_units(nearest);
}

}  // namespace detail

constexpr expected<traffic_package_size> traffic_package_size::from_units(std::int64_t units) noexcept {
    if (units < 0) {
        return refuse(detail::size_is_negative);
    }
    if (units > largest_terabytes * units_per_terabyte) {
        return refuse(detail::size_is_too_large);
    }
    traffic_package_size size;
    size.units_ = units;
    return size;
}

constexpr expected<traffic_package_size> traffic_package_size::from_terabytes(double terabytes) noexcept {
    return detail::size_of_terabytes(terabytes);
}

constexpr expected<traffic_package_size> traffic_package_size::from_terabytes(float terabytes) noexcept {
    return detail::size_of_terabytes(terabytes);
}

template <detail::integer_number Integer>
constexpr expected<traffic_package_size> traffic_package_size::from_terabytes(Integer terabytes) noexcept {
    if (std::cmp_less(terabytes, 0)) {
        return refuse(detail::size_is_negative);
    }
    if (std::cmp_greater(terabytes, largest_terabytes)) {
        return refuse(detail::size_is_too_large);
    }
    return from_units(static_cast<std::int64_t>(terabytes) * units_per_terabyte);
}

constexpr std::optional<traffic_package_size> traffic_package_size::from_decimal(
    std::optional<decimal> terabytes) noexcept {
    if (!terabytes || terabytes->coefficient() < 0 || (terabytes->is_rounded() && *terabytes == decimal())) {
        return std::nullopt;
    }
    constexpr int decimals = 6;
    constexpr unsigned double_precision = 52;
    std::int64_t units = terabytes->coefficient();
    std::int64_t divisor = 1;
    for (int scale = terabytes->scale(); scale < decimals; ++scale) {
        if (units > largest_terabytes * units_per_terabyte) {
            return std::nullopt;
        }
        units *= 10;
    }
    for (int scale = terabytes->scale(); scale > decimals; --scale) {
        divisor *= 10;
    }
    const std::int64_t rest = units % divisor;
    const bool rounds_up = rest > divisor / 2;
    const std::int64_t distance = rounds_up ? divisor - rest : rest;
    if (distance > terabytes->coefficient() >> double_precision) {
        return std::nullopt;
    }
    const expected<traffic_package_size> size = from_units(units / divisor + (rounds_up ? 1 : 0));
    return size ? std::optional(*size) : std::nullopt;
}

constexpr expected<traffic_package_size> traffic_package_size::parse(std::string_view text) noexcept {
    if (text.empty()) {
        return refuse(detail::size_is_malformed);
    }
    std::int64_t units = 0;
    int decimals_left = 6;
    bool has_point = false;
    bool is_too_fine = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !has_point && i != 0 && i + 1 != text.size()) {
            has_point = true;
        } else if (!detail::ascii::is_decimal_digit(c)) {
            return refuse(detail::flaw_of_size(text, i));
        } else if (decimals_left == 0) {
            is_too_fine = is_too_fine || c != '0';
        } else {
            units = units * 10 + (c - '0');
            if (has_point) {
                --decimals_left;
            } else if (units > largest_terabytes) {
                return refuse(detail::size_is_too_large);
            }
        }
    }
    if (is_too_fine) {
        return refuse(detail::size_is_too_fine);
    }
    for (; decimals_left != 0; --decimals_left) {
        units *= 10;
    }
    return from_units(units);
}

ZENWIRE_INLINE_FOR_SPEED constexpr void traffic_package_size::write_to(buffer_writer& out) const noexcept {
    constexpr auto unit = static_cast<std::uint32_t>(units_per_terabyte);
    const auto [whole, rest] = detail::divide(static_cast<std::uint64_t>(units_), unit);
    out.append_decimal(whole);
    auto fraction = static_cast<std::uint32_t>(rest);
    if (fraction != 0) {
        out.append('.');
        for (; fraction != 0; fraction %= unit) {
            fraction *= 10;
            out.append(static_cast<char>('0' + fraction / unit));
        }
    }
}

template <char... Characters>
constexpr traffic_package_size literals::operator""_TB() noexcept {
    constexpr std::int64_t units = [] {
        char digits[sizeof...(Characters)]{};
        std::size_t size = 0;
        for (const char c : {Characters...}) {
            if (c != '\'') {
                digits[size++] = c;
            }
        }
        const auto parsed = traffic_package_size::parse({digits, size});
        return parsed ? parsed->units() : -1;
    }();
    static_assert(units >= 0,
                  "a size is digits, with a point for a fraction: in steps of 0.000001 TB, up to 1000000000 TB");
    return *traffic_package_size::from_units(units);
}

}  // namespace ZENWIRE_NAMESPACE

/// Hashes a size, as a key of unordered containers.
template <>
struct std::hash<zenwire::traffic_package_size> {
    /// The hash of this size.
    [[nodiscard]] std::size_t operator()(zenwire::traffic_package_size size) const noexcept {
        return std::hash<std::int64_t>()(size.units());
    }
};

#endif
// ---- zenwire/protocol/service.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// A service of the API in one version. The views refer to constants. Each action says which services have it.
struct service {
    std::string_view name;     ///< `x-zc-service`
    std::string_view path;     ///< the path of its requests
    std::string_view version;  ///< `x-zc-version`
    /// sizes of traffic packages are multiples of it; zero where the documentation states no such rule
    traffic_package_size traffic_package_step{};
    /// the wire name of the parameter for a bandwidth in Mbps
    std::string_view bandwidth_field = "bandwidthOutMbps";
    bool has_instances = name != "zbc";  ///< whether it has instances; the billing service has none

    /// Whether all members are equal.
    [[nodiscard]] friend constexpr bool operator==(service const&, service const&) noexcept = default;
};

namespace detail {

/// The refusal of an action that the service does not have.
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr expected<void> refuse_action(
    std::string_view why) noexcept {
    return refuse(errc::unsupported_action, blame::local, why);
}

}  // namespace detail

/// The services of the API's documentation.
namespace services {

/// Bare metal. Sizes in steps of 0.05 TB.
inline constexpr service bmc_2022_11_20{"bmc", "/api/v2/bmc", "2022-11-20", *traffic_package_size::parse("0.05")};
/// Bare metal, the current version.
inline constexpr service bmc_2026_02_01{"bmc", "/api/v2/bmc", "2026-02-01", *traffic_package_size::parse("0.05")};
/// Virtual machines. The documentation states no step for sizes.
inline constexpr service vm_2023_03_13{"vm", "/api/v2/vm", "2023-03-13", {}, "internetMaxBandwidthOut"};
/// Virtual machines, the current version.
inline constexpr service vm_2026_04_01{"vm", "/api/v2/vm", "2026-04-01", {}, "internetMaxBandwidthOut"};
/// Zenlayer's billing service: the account's balance, transactions and bills. All its actions only read.
inline constexpr service zbc_2024_08_08{"zbc", "/api/v2/zbc", "2024-08-08", {}, {}};

}  // namespace services

namespace detail {

/// The refusal of a size that is no multiple of the service's step, with the two nearest legal sizes in the message.
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr expected<void> refuse_traffic_package_size(
    traffic_package_size size, service const& service) noexcept {
    const traffic_package_size step = service.traffic_package_step;
    const traffic_package_size below = size.rounded_down_to(step);
    // may be longer than limits::message: then the error cuts it, and says so
    char message[256]{};
    buffer_writer out(message);
    out.append(traffic_package_size::field_name).append(" "sv);
    size.write_to(out);
    out.append(" is not a multiple of "sv);
    step.write_to(out);
    out.append(" TB, which "sv).append(service.name).append(" wants; the nearest legal values are "sv);
    below.write_to(out);
    if (const auto above = traffic_package_size::from_units(below.units() + step.units()); above) {
        out.append(" and "sv);
        above->write_to(out);
    }
    return refuse(errc::invalid_parameter, blame::local, out.written(), traffic_package_size::field_name);
}

/// Whether the service sells traffic packages of that size, as far as the documentation says. The smallest and the largest size
/// of an instance are known to the server only.
/// @return errc::invalid_parameter with the two nearest legal sizes in `message`
[[nodiscard]] constexpr expected<void> check_traffic_package_size(traffic_package_size size,
                                                                  service const& service) noexcept {
    if (size.is_multiple_of(service.traffic_package_step)) {
        return {};
    }
    return refuse_traffic_package_size(size, service);
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/write_json.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

/// Writes compact JSON (RFC 8259) into a buffer_writer: no spaces, members in the order of the calls.
///
/// It writes the commas; the caller must close objects and arrays in the right order. Bytes that are not UTF-8 are
/// dropped and set invalid_utf8(): check this, and the buffer's overflowed(), once at the end.
class json_writer {
public:
    /// `out` must outlive the writer.
    constexpr explicit json_writer(buffer_writer& out ZENWIRE_LIFETIMEBOUND) noexcept : out_(out) {}

    /// Opens an object: name() and a value follow for each member.
    ZENWIRE_INLINE_FOR_SPEED constexpr void begin_object() noexcept { open_bracket('{'); }
    /// Closes the innermost object.
    ZENWIRE_INLINE_FOR_SPEED constexpr void end_object() noexcept { close_bracket('}'); }
    /// Opens an array.
    constexpr void begin_array() noexcept { open_bracket('['); }
    /// Closes the innermost array.
    constexpr void end_array() noexcept { close_bracket(']'); }

    /// Writes the name of the next value, in an object.
    constexpr void name(std::string_view text) noexcept {
        string(text);
        out_.append(':');
        needs_comma_ = false;
    }

    /// The same for a name that is JSON already, with quotes and colon: `"name":`
    ZENWIRE_INLINE_FOR_SPEED constexpr void encoded_name(std::string_view text) noexcept {
        separate();
        out_.append(text);
        needs_comma_ = false;
    }

    /// Writes a string, with escapes where JSON needs them. `text` must be UTF-8.
    ZENWIRE_INLINE_FOR_SPEED constexpr void string(std::string_view text) noexcept {
        separate();
        out_.append('"');
        while (!text.empty()) {
            const std::size_t unescaped = unescaped_prefix_size(text);
            out_.append(text.substr(0, unescaped));
            text.remove_prefix(unescaped);
            if (!text.empty()) {
                text.remove_prefix(append_special(text));
            }
        }
        out_.append('"');
    }

    /// The value `null`.
    constexpr void null() noexcept { literal("null"sv); }
    /// The value `true` or `false`.
    constexpr void boolean_value(bool value) noexcept { literal(value ? "true"sv : "false"sv); }

    /// Writes a value that is JSON already, for example a number.
    constexpr void literal(std::string_view text) noexcept {
        separate();
        out_.append(text);
    }

    /// A whole number.
    constexpr void integer(std::int64_t value) noexcept {
        separate();
        const auto magnitude = static_cast<std::uint64_t>(value);
        if (value < 0) {
            out_.append('-').append_decimal(0 - magnitude);
        } else {
            out_.append_decimal(magnitude);
        }
    }

    /// The buffer, for values that are written piece by piece after begin_value().
    ZENWIRE_INLINE_FOR_SPEED constexpr buffer_writer& begin_value() noexcept {
        separate();
        return out_;
    }

    /// Whether bytes were dropped because they are not UTF-8.
    [[nodiscard]] constexpr bool invalid_utf8() const noexcept { return invalid_utf8_; }

private:
    ZENWIRE_INLINE_FOR_SPEED constexpr void open_bracket(char bracket) noexcept {
        separate();
        out_.append(bracket);
        needs_comma_ = false;
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void close_bracket(char bracket) noexcept {
        out_.append(bracket);
        needs_comma_ = true;
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void separate() noexcept {
        if (needs_comma_) {
            out_.append(',');
        }
        needs_comma_ = true;
    }

    /// How many characters at the start of a text are ASCII and need no escape.
    ZENWIRE_INLINE_FOR_SPEED static constexpr std::size_t unescaped_prefix_size(std::string_view text) noexcept {
        std::size_t size = 0;
        while (size < text.size() && static_cast<signed char>(text[size]) >= 0x20 && text[size] != '"' &&
               text[size] != '\\') {
            ++size;
        }
        return size;
    }

    /// Writes the character at the start of `text`, which is no ASCII or needs an escape; returns how many bytes it took.
    ZENWIRE_NOINLINE constexpr std::size_t append_special(std::string_view text) noexcept {
        const char c = text.front();
        if (static_cast<unsigned char>(c) >= 0x80U) {
            const std::size_t length = utf8_sequence_length(text);
            invalid_utf8_ = invalid_utf8_ || length == 0;
            out_.append(text.substr(0, length));
            return length == 0 ? 1 : length;
        }
        constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
        constexpr std::string_view letters = "\"\\bfnrt";
        for (std::size_t i = 0; i < escaped.size(); ++i) {
            if (c == escaped[i]) {
                out_.append('\\').append(letters[i]);
                return 1;
            }
        }
        const int digit = c & 0x0F;
        out_.append("\\u00"sv).append(c >= 0x10 ? '1' : '0');
        out_.append(static_cast<char>(digit + (digit < 10 ? '0' : 'a' - 10)));
        return 1;
    }

    buffer_writer& out_;
    bool needs_comma_ = false;
    bool invalid_utf8_ = false;
};

/// Writes a value as JSON, as the service spells it: texts, numbers, words of the API, times, optionals, lists, and whatever has
/// `members()`, `members(service)`, or a function `write_json(json_writer&, service const&)` of its own.
template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value,
                                                   service const& service) noexcept;

/// Whether a member is left out of a body: an optional without a value, an empty list or view. Texts that an action owns are
/// required parameters, which validate() checks.
template <class Value>
[[nodiscard]] constexpr bool is_omitted(Value const& value) noexcept {
    if constexpr (requires { value.has_value(); }) {
        return !value.has_value();
    } else if constexpr (std::is_same_v<Value, std::string_view> || requires { value.subspan(0); }) {
        return value.empty();
    } else {
        return false;
    }
}

/// The wire name of a member as JSON, `"name":`, made at compile time.
template <class Object, std::size_t Index>
struct encoded_member_name {
    static constexpr std::string_view name = Object::members().names[Index].name;

    constexpr encoded_member_name() noexcept {
        buffer_writer out(text);
        json_writer(out).name(name);
        // a name that needs escapes would be longer
        size = out.overflowed() ? 0 : out.size();
    }

    char text[name.size() + 3]{};
    std::size_t size = 0;
};

template <class Object, std::size_t Index>
inline constexpr encoded_member_name<Object, Index> encoded_member_name_of{};

// Not a lambda in the next function, because its captures take 16 bytes of make_request_in()'s stack (GCC 12 for ARM, -Os).
template <class Object, std::size_t Index, class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_member(json_writer& json, Value const& value,
                                                     service const& service) noexcept {
    constexpr auto const& name = encoded_member_name_of<Object, Index>;
    static_assert(name.size == sizeof(name.text), "wire names are plain ASCII");
    if (!is_omitted(value)) {
        json.encoded_name(std::string_view(name.text, name.size));
        write_json(json, value, service);
    }
}

/// Writes an object, with the wire names that were made at compile time.
template <class Object, auto... Pointers, std::size_t... Indices>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_members(json_writer& json, Object const& object, service const& service,
                                                      member_list<Pointers...> const&,
                                                      std::index_sequence<Indices...>) noexcept {
    json.begin_object();
    (write_member<Object, Indices>(json, object.*Pointers, service), ...);
    json.end_object();
}

/// The same for wire names that are known only at run time.
template <class Object, auto... Pointers>
constexpr void write_named_members(json_writer& json, Object const& object, service const& service,
                                   member_list<Pointers...> const& list) noexcept {
    std::size_t next = 0;
    const auto write_member = [&](auto const& value) noexcept {
        const std::string_view name = list.names[next++].name;
        if (!is_omitted(value)) {
            json.name(name);
            write_json(json, value, service);
        }
    };
    json.begin_object();
    (write_member(object.*Pointers), ...);
    json.end_object();
}

template <class Value>
ZENWIRE_INLINE_FOR_SPEED constexpr void write_json(json_writer& json, Value const& value,
                                                   [[maybe_unused]] service const& service) noexcept {
    if constexpr (requires { value.write_json(json, service); }) {
        value.write_json(json, service);
    } else if constexpr (requires { Value::members(service); }) {
        write_named_members(json, value, service, Value::members(service));
    } else if constexpr (requires { Value::members(); }) {
        constexpr auto list = Value::members();
        write_members(json, value, service, list, std::make_index_sequence<list.size>());
    } else if constexpr (requires { value.has_value(); }) {
        value ? write_json(json, *value, service) : json.null();
    } else if constexpr (std::is_same_v<Value, bool>) {  // before the integers, of which it is one
        json.boolean_value(value);
    } else if constexpr (std::is_unsigned_v<Value>) {
        json.begin_value().append_decimal(value);
    } else if constexpr (std::is_integral_v<Value>) {
        json.integer(value);
    } else if constexpr (std::is_convertible_v<Value const&, std::string_view>) {
        json.string(value);
    } else if constexpr (requires { value.text(service.name); }) {
        json.string(value.text(service.name));
    } else if constexpr (std::is_same_v<Value, utc_time>) {  // before other types with write_to(): it needs quotes
        char text[utc_time::size]{};
        buffer_writer out(text);
        value.write_to(out);
        json.string(out.written());
    } else if constexpr (requires(buffer_writer& out) { value.write_to(out); }) {
        value.write_to(json.begin_value());
    } else {
        constexpr bool is_list = requires { value.begin() != value.end(); };
        static_assert(
            is_list,
            "a parameter must be of a type that has a form in JSON: a text, an integer, zenwire::decimal for any "
            "other number, a list, or a type with members()");
        if constexpr (is_list) {
            json.begin_array();
            for (auto const& each : value) {
                write_json(json, each, service);
            }
            json.end_array();
        }
    }
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/action.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// Whether an action only reads, so that repeating it is safe. There are overloads for actions that know it only at run time.
template <class Action>
    requires requires { Action::reads_only; }
[[nodiscard]] constexpr bool reads_only(Action const&) noexcept {
    return Action::reads_only;
}

/// The id of an instance. Opaque text: 18 digits in practice.
using instance_id = inline_string<limits::instance_id>;

namespace detail {

/// What write_json() makes an object of.
template <class Action>
concept writable_as_body = requires { Action::members(); } || requires(service const& service) {
    Action::members(service);
} || requires(Action const& action, json_writer& json, service const& service) { action.write_json(json, service); };

}  // namespace detail

/// A type that can be sent: make_request(), send_action() and request_exchange take any type that meets this concept.
///
/// How to add an action: write an aggregate with its documented name. Its data members are the parameters;
/// `members()` gives them their wire names. A complete example is the page \ref add_an_action_page.
///
/// | it has | |
/// |---|---|
/// | `static constexpr std::string_view name` | what `x-zc-action` says |
/// | `static constexpr bool reads_only` | whether it changes nothing, so that trying again is safe; when in doubt `false` |
/// | `static constexpr auto members()` | the parameters and their wire names; `members(service)` where these differ |
/// | `struct response : basic_response` | what comes back, with its own `members()`; basic_response itself for an id only |
/// | `response::has_lists = true` | when the response has views of texts or lists: the action is sent as owning(action) |
/// | `static bool is_offered_by(service const&)` | needed only when not every service that has instances offers the action |
/// | `validate(action, service)`, a free function | before anything is sent: refuses what the API would refuse, and services without the action |
///
/// For the library itself: a header in `action/`, a row in `action/actions.hpp`, `execute()` in
/// `testing/detail/fake_*_actions.hpp` for the fake cloud, and the generated files, which the page names.
template <class Action>
concept action = requires(Action const& action, service const& service) {
    typename Action::response;
    { action.name } -> std::convertible_to<std::string_view>;
    { validate(action, service) } -> std::same_as<expected<void>>;
    { reads_only(action) } -> std::same_as<bool>;
} && detail::writable_as_body<Action>;

/// What every response begins with.
struct basic_response {
    /// Identifies the call for Zenlayer's support; empty when the API sent none.
    inline_string<limits::request_id> request_id{};

    /// The wire names of a response with further members.
    template <auto... Pointers>
    [[nodiscard]] static constexpr auto members_and(member<Pointers> const&... more) noexcept {
        return member_list(member<&basic_response::request_id>{"requestId", reading::may_be_cut}, more...);
    }
    /// The wire names of a response without further members.
    [[nodiscard]] static constexpr auto members() noexcept { return members_and(); }
};

namespace detail {

/// Whether a service has an action. An action without is_offered_by() is offered by all services that have instances.
template <class Action>
[[nodiscard]] constexpr bool is_offered(service const& service) noexcept {
    if constexpr (requires { Action::is_offered_by(service); }) {
        return Action::is_offered_by(service);
    } else {
        return service.has_instances;
    }
}

// Checks of parameters that several actions share.

/// The wire name of the parameter.
inline constexpr std::string_view instance_id_field = "instanceId";

/// What an action is refused for by a service without instances.
inline constexpr refusal service_has_no_instances =
    error::make(errc::unsupported_action, blame::local, "the service has no instances");

/// @{
/// What an id is refused for.
inline constexpr refusal instance_id_is_empty =
    error::make(errc::invalid_parameter, blame::local, "instanceId must not be empty", instance_id_field);
inline constexpr refusal instance_id_is_too_long =
    error::make(errc::invalid_parameter, blame::local, "instanceId is too long", instance_id_field);
inline constexpr refusal instance_id_has_control_character =
    error::make(errc::invalid_parameter, blame::local,
                "instanceId has a control character; a line end that was read from a file?", instance_id_field);
inline constexpr refusal instance_id_is_not_utf8 =
    error::make(errc::invalid_parameter, blame::local, "instanceId is not UTF-8", instance_id_field);
/// @}

/// The constant that an id is refused with; null for a valid id: not empty, not cut, UTF-8, no control characters. It returns a
/// pointer, because an expected<void> makes the firmware that builds and signs 80 bytes larger (GCC 12, -Os).
[[nodiscard]] constexpr refusal const* find_flaw_of_id(instance_id const& id) noexcept {
    if (id.truncated()) {
        return &instance_id_is_too_long;
    }
    if (id.empty()) {
        return &instance_id_is_empty;
    }
    if (ascii::is_printable(id.view())) {
        return nullptr;
    }
    for (const char c : id.view()) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) {
            return &instance_id_has_control_character;
        }
    }
    return is_utf8(id.view()) ? nullptr : &instance_id_is_not_utf8;
}

/// The same for the id of an instance of a service, which must have instances.
[[nodiscard]] constexpr refusal const* find_flaw_of_instance(instance_id const& id, service const& service) noexcept {
    return service.has_instances ? find_flaw_of_id(id) : &service_has_no_instances;
}

/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> check_instance(instance_id const& id, service const& service) noexcept {
    if (refusal const* const flaw = find_flaw_of_instance(id, service); flaw != nullptr) {
        return refuse(*flaw);
    }
    return {};
}

/// Whether it is a bandwidth that an instance may have: at least 1 Mbps. The largest one is the server's to know.
/// @return errc::invalid_parameter
[[nodiscard]] constexpr expected<void> check_bandwidth(std::int64_t mbps, service const& service) noexcept {
    if (mbps < 1) {
        return refuse(errc::invalid_parameter, blame::local, "a bandwidth must be at least 1 Mbps",
                      service.bandwidth_field);
    }
    return {};
}

/// Whether number and size of the requested page are legal.
/// @return errc::invalid_parameter
template <class Action>
[[nodiscard]] constexpr expected<void> check_page(Action const& action) noexcept {
    if (action.page_num && *action.page_num < 1) {
        return refuse(errc::invalid_parameter, blame::local, "pageNum must be at least 1", "pageNum");
    }
    if (action.page_size && (*action.page_size < 1 || *action.page_size > Action::max_page_size)) {
        return refuse(errc::invalid_parameter, blame::local,
                      "pageSize must be at least 1, and within the limit of the action", "pageSize");
    }
    return {};
}

/// Whether the service is the billing service, for actions that only that one has.
/// @return errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> check_ledger_service(service const& service) noexcept {
    return Action::is_offered_by(service) ? expected<void>()
                                          : refuse_action("only the billing service, services::zbc_2024_08_08, has it");
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/request.hpp, continued
// ---- zenwire/protocol/detail/write_request.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_WRITE_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_WRITE_REQUEST_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- zenwire/protocol/credential.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_CREDENTIAL_HPP
#define ZENWIRE_PROTOCOL_CREDENTIAL_HPP

#include <concepts>
#include <cstddef>
#include <string_view>
#include <utility>

// ---- zenwire/crypto/hmac_sha256.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_HMAC_SHA256_HPP
#define ZENWIRE_CRYPTO_HMAC_SHA256_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// ---- zenwire/crypto/sha256.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_SHA256_HPP
#define ZENWIRE_CRYPTO_SHA256_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

// ---- zenwire/crypto/detail/sha256_arm.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_ARM_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_ARM_HPP

#include <cstddef>
#include <cstdint>

// ---- zenwire/crypto/detail/sha256_portable.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_PORTABLE_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_PORTABLE_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

// ---- zenwire/base/secure_zero.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_SECURE_ZERO_HPP
#define ZENWIRE_BASE_SECURE_ZERO_HPP

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

namespace detail {

template <class Element>
constexpr void secure_zero_elements(Element* memory, std::size_t count) noexcept;

}  // namespace detail

/// Overwrites `memory` with zeros, in a way that the optimiser may not remove although nobody reads the memory afterwards.
template <class Element, std::size_t Extent>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(std::span<Element, Extent> memory) noexcept {
    detail::secure_zero_elements(memory.data(), memory.size());
}

/// @{
/// The same for an array.
template <class Element, std::size_t Size>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(Element (&memory)[Size]) noexcept {
    detail::secure_zero_elements(memory, Size);
}
template <class Element, std::size_t Size>
    requires(std::is_integral_v<Element> && !std::is_const_v<Element>)
constexpr void secure_zero(std::array<Element, Size>& memory) noexcept {
    detail::secure_zero_elements(memory.data(), Size);
}
/// @}

namespace detail {

/// Overwrites bytes at run time, in a way that the optimiser may not remove.
ZENWIRE_INLINE_FOR_SPEED inline void secure_zero_bytes(char* bytes, std::size_t size) noexcept {
#if !defined(__GNUC__)
    for (std::size_t i = 0; i < size; ++i) {
        const_cast<char volatile&>(bytes[i]) = 0;
    }
#elif defined(__OPTIMIZE_SIZE__)
    std::memset(bytes, 0, size);
    __asm__ __volatile__("" : : "r"(bytes) : "memory");
#else
    // in steps of constant size: for another memset GCC uses `rep stos` or calls a function, and both take long to start
    std::size_t done = 0;
    const auto zero_steps_of = [&]<std::size_t Step>(std::integral_constant<std::size_t, Step>) noexcept {
        for (; done + Step <= size; done += Step) {
            std::memset(bytes + done, 0, Step);
            __asm__ __volatile__("" : : "r"(bytes) : "memory");
        }
    };
    zero_steps_of(std::integral_constant<std::size_t, 64>());
    if (size >= 16 && done != size) {
        zero_steps_of(std::integral_constant<std::size_t, 16>());
        done = size - 16;
        zero_steps_of(std::integral_constant<std::size_t, 16>());
    }
    zero_steps_of(std::integral_constant<std::size_t, 1>());
#endif
}

/// Does what secure_zero() does, without a span, because that takes long to compile for each type and size.
template <class Element>
constexpr void secure_zero_elements(Element* memory, std::size_t count) noexcept {
    if (is_constant_evaluated()) {
        for (std::size_t i = 0; i < count; ++i) {
            memory[i] = 0;
        }
    } else if (count != 0) {
        secure_zero_bytes(reinterpret_cast<char*>(memory), count * sizeof(Element));
    }
}

/// Overwrites what functions that the caller called before, and that were not inlined, left behind: in the `Size` bytes of the
/// stack below the caller's frame, where compilers also keep copies of registers, and in the vector registers of x86-64. The
/// registers come first, because the dynamic linker saves them on the stack when a function is called for the first time.
template <std::size_t Size>
ZENWIRE_NOINLINE constexpr void secure_zero_traces() noexcept {
    if (!is_constant_evaluated()) {
#if defined(__GNUC__) && defined(__x86_64__) && defined(__AVX__)
        __asm__ __volatile__("vzeroall" ::
                                 : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                                   "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
#elif defined(__GNUC__) && defined(__x86_64__) && defined(__SSE2__)
        __asm__ __volatile__(
            "pxor %%xmm0, %%xmm0\n\tpxor %%xmm1, %%xmm1\n\tpxor %%xmm2, %%xmm2\n\tpxor %%xmm3, %%xmm3\n\t"
            "pxor %%xmm4, %%xmm4\n\tpxor %%xmm5, %%xmm5\n\tpxor %%xmm6, %%xmm6\n\tpxor %%xmm7, %%xmm7\n\t"
            "pxor %%xmm8, %%xmm8\n\tpxor %%xmm9, %%xmm9\n\tpxor %%xmm10, %%xmm10\n\tpxor %%xmm11, %%xmm11\n\t"
            "pxor %%xmm12, %%xmm12\n\tpxor %%xmm13, %%xmm13\n\tpxor %%xmm14, %%xmm14\n\tpxor %%xmm15, %%xmm15" ::
                : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
                  "xmm12", "xmm13", "xmm14", "xmm15");
#endif
        char below[Size];
        secure_zero(below);
    }
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/crypto/detail/sha256_portable.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

/// The last part of a message: a text, and after it, if wanted, a digest in lower-case hexadecimal. So one hash can take the digest
/// of another without a buffer for its 64 characters. A view of both.
struct sha256_ending {
    /// may be empty
    std::string_view text{};
    /// the digest that follows the text, as 64 hexadecimal digits; null for none
    std::array<unsigned char, 32> const* digest = nullptr;

    /// Bytes in all.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        return text.size() + (digest != nullptr ? 2 * sizeof(*digest) : 0);
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

namespace ZENWIRE_NAMESPACE::detail::sha256_constants {

/// One word for each round (FIPS 180-4, section 4.2.2).
inline constexpr std::uint32_t round[64] = {
    0x428a2f98U, 0x71374491U, 0xb5c0fbcfU, 0xe9b5dba5U, 0x3956c25bU, 0x59f111f1U, 0x923f82a4U, 0xab1c5ed5U,
    0xd807aa98U, 0x12835b01U, 0x243185beU, 0x550c7dc3U, 0x72be5d74U, 0x80deb1feU, 0x9bdc06a7U, 0xc19bf174U,
    0xe49b69c1U, 0xefbe4786U, 0x0fc19dc6U, 0x240ca1ccU, 0x2de92c6fU, 0x4a7484aaU, 0x5cb0a9dcU, 0x76f988daU,
    0x983e5152U, 0xa831c66dU, 0xb00327c8U, 0xbf597fc7U, 0xc6e00bf3U, 0xd5a79147U, 0x06ca6351U, 0x14292967U,
    0x27b70a85U, 0x2e1b2138U, 0x4d2c6dfcU, 0x53380d13U, 0x650a7354U, 0x766a0abbU, 0x81c2c92eU, 0x92722c85U,
    0xa2bfe8a1U, 0xa81a664bU, 0xc24b8b70U, 0xc76c51a3U, 0xd192e819U, 0xd6990624U, 0xf40e3585U, 0x106aa070U,
    0x19a4c116U, 0x1e376c08U, 0x2748774cU, 0x34b0bcb5U, 0x391c0cb3U, 0x4ed8aa4aU, 0x5b9cca4fU, 0x682e6ff3U,
    0x748f82eeU, 0x78a5636fU, 0x84c87814U, 0x8cc70208U, 0x90befffaU, 0xa4506cebU, 0xbef9a3f7U, 0xc67178f2U,
};

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_constants

/// @file
/// SHA-256 in plain C++ (FIPS 180-4, section 6.2.2), also in constant expressions.
///
/// FIPS 180-4 moves each working word to the next variable after a round. eight_rounds() rotates the arguments instead, so that
/// nothing is moved. Of the message schedule only the last 16 words are kept.

namespace ZENWIRE_NAMESPACE::detail::sha256_portable {

using word32 = std::uint32_t;

[[nodiscard]] constexpr word32 big_endian(char const* bytes) noexcept {
    const auto octet = [bytes](std::size_t index) noexcept -> word32 {
        return static_cast<unsigned char>(bytes[index]);
    };
    return octet(0) << 24U | octet(1) << 16U | octet(2) << 8U | octet(3);
}

/// The word of the schedule for round `index` (modulo 16). It replaces the word of 16 rounds before, from which it is made. Of the
/// two rotations in each sigma, the common part is done once: rotr(w, 7) ^ rotr(w, 18) = rotr(rotr(w, 11) ^ w, 7).
[[nodiscard]] ZENWIRE_GNU(__always_inline__) constexpr word32
    expand(word32 (&schedule)[16], std::size_t index) noexcept {
    const word32 w15 = schedule[(index + 1) % 16];
    const word32 w2 = schedule[(index + 14) % 16];
    const word32 sigma0 = (std::rotr)((std::rotr)(w15, 11) ^ w15, 7) ^ (w15 >> 3U);
    const word32 sigma1 = (std::rotr)((std::rotr)(w2, 2) ^ w2, 17) ^ (w2 >> 10U);
    return schedule[index] += sigma0 + schedule[(index + 9) % 16] + sigma1;
}

/// One round. The majority of a, b and c is b ^ ((a ^ b) & (b ^ c)), and this round's a ^ b is the next one's b ^ c.
ZENWIRE_GNU(__always_inline__)
constexpr void one_round(word32 a, word32 b, word32& b_xor_c, word32& d, word32 e, word32 f, word32 g, word32& h,
                         word32 input) noexcept {
    const word32 sum1 = (std::rotr)(e, 6) ^ (std::rotr)(e, 11) ^ (std::rotr)(e, 25);
    const word32 choose = g ^ (e & (f ^ g));
    const word32 added = (h + input + choose) + sum1;
    const word32 a_xor_b = a ^ b;
    const word32 majority = b ^ (a_xor_b & b_xor_c);
    const word32 sum0 = (std::rotr)(a, 2) ^ (std::rotr)(a, 13) ^ (std::rotr)(a, 22);
    d += added;
    h = added + (majority + sum0);
    b_xor_c = a_xor_b;
}

/// The words a to h of the state, and b ^ c.
struct working_words {
    word32 a, b, c, d, e, f, g, h, b_xor_c;
};

/// Eight rounds, after which each word is in its own variable again. `next` gives the word of the schedule for an index.
template <class NextWord>
ZENWIRE_GNU(__always_inline__)
constexpr void eight_rounds(working_words& s, word32 const* constants, std::size_t i, NextWord next) noexcept {
    auto& [a, b, c, d, e, f, g, h, x] = s;
    one_round(a, b, x, d, e, f, g, h, constants[i] + next(i));
    one_round(h, a, x, c, d, e, f, g, constants[i + 1] + next(i + 1));
    one_round(g, h, x, b, c, d, e, f, constants[i + 2] + next(i + 2));
    one_round(f, g, x, a, b, c, d, e, constants[i + 3] + next(i + 3));
    one_round(e, f, x, h, a, b, c, d, constants[i + 4] + next(i + 4));
    one_round(d, e, x, g, h, a, b, c, constants[i + 5] + next(i + 5));
    one_round(c, d, x, f, g, h, a, b, constants[i + 6] + next(i + 6));
    one_round(b, c, x, e, f, g, h, a, constants[i + 7] + next(i + 7));
}

/// The working words at the start of a block.
[[nodiscard]] constexpr working_words begin_block(word32 const (&state)[8]) noexcept {
    return {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7], state[1] ^ state[2]};
}

/// Adds the working words to the state at the end of a block.
constexpr void add(word32 (&state)[8], working_words const& s) noexcept {
    state[0] += s.a;
    state[1] += s.b;
    state[2] += s.c;
    state[3] += s.d;
    state[4] += s.e;
    state[5] += s.f;
    state[6] += s.g;
    state[7] += s.h;
}

/// Hashes `count` blocks of 64 bytes into the state with one loop over the rounds: a sixth of compress_fast()'s code.
constexpr void compress_in_little_code(word32 (&state)[8], char const* block, std::size_t count) noexcept {
    word32 schedule[16]{};
    for (; count != 0; --count, block += 64) {
        working_words s = begin_block(state);
        for (std::size_t i = 0; i < 64; ++i) {
            if (i < 16) {
                schedule[i] = big_endian(block + 4 * i);
            }
            const word32 input = i < 16 ? schedule[i] : expand(schedule, i % 16);
            one_round(s.a, s.b, s.b_xor_c, s.d, s.e, s.f, s.g, s.h, sha256_constants::round[i] + input);
            s = {s.h, s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.b_xor_c};
        }
        add(state, s);
    }
    secure_zero(schedule);
}

/// Hashes `count` blocks of 64 bytes into the state, eight rounds at a time.
constexpr void compress_fast(word32 (&state)[8], char const* block, std::size_t count) noexcept {
    word32 schedule[16]{};
    for (; count != 0; --count, block += 64) {
        working_words s = begin_block(state);
        const auto read = [&](std::size_t i) noexcept { return schedule[i]; };
        const auto make = [&](std::size_t i) noexcept { return expand(schedule, i); };
        for (std::size_t i = 0; i < 16; ++i) {
            schedule[i] = big_endian(block + 4 * i);
        }
        word32 const* constants = sha256_constants::round;
        eight_rounds(s, constants, 0, read);
        eight_rounds(s, constants, 8, read);
#pragma GCC unroll 1
        for (std::size_t done = 16; done < 64; done += 16) {
            constants += 16;
            eight_rounds(s, constants, 0, make);
            eight_rounds(s, constants, 8, make);
        }
        add(state, s);
    }
    secure_zero(schedule);
}

/// Hashes `count` blocks of 64 bytes into the state. With `-Os` it uses the smaller code; both give the same result, so translation
/// units with different options can be linked together.
constexpr void compress(word32 (&state)[8], char const* blocks, std::size_t count) noexcept {
#ifdef __OPTIMIZE_SIZE__
    compress_in_little_code(state, blocks, count);
#else
    compress_fast(state, blocks, count);
#endif
}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_portable

#endif
// ---- zenwire/crypto/detail/sha256_arm.hpp, continued

/// @file
/// SHA-256 with the cryptographic extension of 64-bit ARMv8. On Linux the processor is asked at run time whether it has the
/// extension; elsewhere the build has to say so (`-march=...+sha2`).

// Before Clang 17 the intrinsics exist only if the whole build is for processors with the extension.
#if !defined(ZENWIRE_NO_INTRINSICS) && defined(__aarch64__) && defined(__ARM_NEON) && !defined(__AARCH64EB__) &&       \
    (defined(__ARM_FEATURE_SHA2) ||                                                                                    \
     (defined(__linux__) && defined(__GNUC__) && (!defined(__clang__) || __clang_major__ >= 17)))

#include <arm_neon.h>
#if !defined(__ARM_FEATURE_SHA2)
#include <sys/auxv.h>
#endif

namespace ZENWIRE_NAMESPACE::detail::sha256_arm {

/// Whether the processor has the instructions.
[[nodiscard]] inline bool is_supported() noexcept {
#if defined(__ARM_FEATURE_SHA2)
    return true;
#else
    // only reads memory that the kernel filled when the program started
    constexpr unsigned long sha2 = 1UL << 6U;  // HWCAP_SHA2
    return (getauxval(AT_HWCAP) & sha2) != 0;
#endif
}

/// Hashes `count` blocks of 64 bytes into the state. Its variables are registers: what a compiler keeps of a secret on the stack,
/// hmac_sha256 wipes.
#if !defined(__ARM_FEATURE_SHA2) && defined(__clang__)
__attribute__((__target__("sha2")))
#elif !defined(__ARM_FEATURE_SHA2)
__attribute__((__target__("+crypto")))
#endif
inline void compress(std::uint32_t (&state)[8], char const* block, std::size_t count) noexcept {
    uint32x4_t abcd = vld1q_u32(state);
    uint32x4_t efgh = vld1q_u32(state + 4);
    for (; count != 0; --count, block += 64) {
        const uint32x4_t abcd_before = abcd;
        const uint32x4_t efgh_before = efgh;
        uint32x4_t schedule[4];
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) {
            const uint8x16_t bytes = vld1q_u8(reinterpret_cast<unsigned char const*>(block) + 16 * i);
            schedule[i] = vreinterpretq_u32_u8(vrev32q_u8(bytes));
        }
        // four rounds a pass
#pragma GCC unroll 16
        for (std::size_t i = 0; i < 16; ++i) {
            uint32x4_t& words = schedule[i % 4];
            const uint32x4_t input = vaddq_u32(words, vld1q_u32(sha256_constants::round + 4 * i));
            if (i < 12) {
                words = vsha256su1q_u32(vsha256su0q_u32(words, schedule[(i + 1) % 4]), schedule[(i + 2) % 4],
                                        schedule[(i + 3) % 4]);
            }
            const uint32x4_t abcd_of_pass = abcd;
            abcd = vsha256hq_u32(abcd, efgh, input);
            efgh = vsha256h2q_u32(efgh, abcd_of_pass, input);
        }
        abcd = vaddq_u32(abcd, abcd_before);
        efgh = vaddq_u32(efgh, efgh_before);
    }
    vst1q_u32(state, abcd);
    vst1q_u32(state + 4, efgh);
}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_arm

#else

// In a separate namespace, because translation units may be compiled for different processors, and the linker keeps only one copy
// of each inline function: in place of the real functions these would make wrong digests.
namespace ZENWIRE_NAMESPACE::detail::sha256_arm::inline absent {

[[nodiscard]] constexpr bool is_supported() noexcept { return false; }

// never called, as is_supported() is false
inline void compress(std::uint32_t (&)[8], char const*, std::size_t) noexcept {}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_arm::inline absent

#endif

#endif
// ---- zenwire/crypto/sha256.hpp, continued
// ---- zenwire/crypto/detail/sha256_x86.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CRYPTO_DETAIL_SHA256_X86_HPP
#define ZENWIRE_CRYPTO_DETAIL_SHA256_X86_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>


/// @file
/// SHA-256 with the SHA extensions of x86. Uses compiler builtins, because `<immintrin.h>` takes longer to compile than all of
/// core.hpp. 32-bit builds without SSE have no vector registers and use the portable code.

#if !defined(ZENWIRE_NO_INTRINSICS) && defined(__GNUC__) &&                                                            \
    (defined(__x86_64__) || (defined(__i386__) && defined(__SSE2__)))

#include <cpuid.h>

namespace ZENWIRE_NAMESPACE::detail::sha256_x86 {

/// For functions that use the instructions. Each of them is inlined into finish(), finish_nested() or the last compress().
#define ZENWIRE_X86_SHA __attribute__((__target__("sha,ssse3,sse4.1"), __always_inline__)) inline

using words = int __attribute__((__vector_size__(16)));
using unsigned_bytes = unsigned char __attribute__((__vector_size__(16)));
using bytes = char __attribute__((__vector_size__(16)));
/// For sums, because only unsigned words may wrap around.
using unsigned_words = unsigned __attribute__((__vector_size__(16)));

[[nodiscard]] inline words sum(words a, words b) noexcept {
    return reinterpret_cast<words>(reinterpret_cast<unsigned_words>(a) + reinterpret_cast<unsigned_words>(b));
}

/// Whether the processor has the instructions: 0 not asked yet, 1 yes, 2 no. The only mutable variable of the library; all threads
/// write the same value.
inline unsigned char support = 0;

/// Asks the processor for SHA, SSSE3 and SSE4.1.
ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) inline bool probe() noexcept {
    constexpr unsigned ssse3 = 1U << 9U;
    constexpr unsigned sse4_1 = 1U << 19U;
    constexpr unsigned sha = 1U << 29U;
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    const bool has_sse = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & ssse3) != 0 && (c & sse4_1) != 0;
    const bool has_sha = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
    __atomic_store_n(&support, static_cast<unsigned char>(has_sse && has_sha ? 1 : 2), __ATOMIC_RELAXED);
    return has_sse && has_sha;
}

/// Whether the processor has the instructions.
[[nodiscard]] inline bool is_supported() noexcept {
#if defined(__SHA__) && defined(__SSE4_1__)
    return true;
#else
    const unsigned char known = __atomic_load_n(&support, __ATOMIC_RELAXED);
    return known == 0 ? probe() : known == 1;
#endif
}

/// The words of the state in the order that the instructions require.
struct registers {
    words abef;
    words cdgh;
};

ZENWIRE_X86_SHA registers load(std::uint32_t const (&state)[8]) noexcept {
    words low;   // a b c d
    words high;  // e f g h
    std::memcpy(&low, state, sizeof(low));
    std::memcpy(&high, state + 4, sizeof(high));
    return {__builtin_shufflevector(low, high, 5, 4, 1, 0), __builtin_shufflevector(low, high, 7, 6, 3, 2)};
}

/// Reverses the bytes of each word: SHA-256 is big-endian.
ZENWIRE_X86_SHA words swap_bytes(words each) noexcept {
    const auto text = reinterpret_cast<bytes>(each);
    return reinterpret_cast<words>(
        __builtin_shufflevector(text, text, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
}

/// The words of a block.
struct message_words {
    words each[4];
};

ZENWIRE_X86_SHA message_words load_block(char const* block) noexcept {
    message_words message;
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
        std::memcpy(&message.each[i], block + 16 * i, sizeof(message.each[i]));
        message.each[i] = swap_bytes(message.each[i]);
    }
    return message;
}

/// Four rounds. Also makes the schedule words for the next rounds. `step` counts from 0 to 15.
ZENWIRE_X86_SHA void four_rounds(registers& state, message_words& message, std::uint32_t const* round_constants,
                                 std::size_t step) noexcept {
    words& now = message.each[step % 4];
    const words next = message.each[(step + 1) % 4];
    const words third = message.each[(step + 2) % 4];
    const words last = message.each[(step + 3) % 4];
    words constants;
    std::memcpy(&constants, round_constants + 4 * step, sizeof(constants));
    const words input = sum(now, constants);
    state.cdgh = __builtin_ia32_sha256rnds2(state.cdgh, state.abef, input);
    state.abef = __builtin_ia32_sha256rnds2(state.abef, state.cdgh, __builtin_shufflevector(input, input, 2, 3, 2, 3));
    if (step < 12) {
        const words mixed = __builtin_ia32_sha256msg1(now, next);
        const words shifted = __builtin_shufflevector(third, last, 1, 2, 3, 4);
        now = __builtin_ia32_sha256msg2(sum(mixed, shifted), last);
    }
}

/// The constants of the rounds. The compiler must not know the address: otherwise it keeps some constants on the stack from one
/// block to the next.
__attribute__((__always_inline__)) inline std::uint32_t const* round_constants() noexcept {
    std::uint32_t const* constants = sha256_constants::round;
    __asm__ __volatile__("" : "+r"(constants));
    return constants;
}

ZENWIRE_X86_SHA registers sum(registers a, registers b) noexcept { return {sum(a.abef, b.abef), sum(a.cdgh, b.cdgh)}; }

/// Hashes one block into the state.
ZENWIRE_X86_SHA registers compress(registers state, message_words message) noexcept {
    const registers before = state;
    std::uint32_t const* const constants = round_constants();
#pragma GCC unroll 16
    for (std::size_t step = 0; step < 16; ++step) {
        four_rounds(state, message, constants, step);
    }
    return sum(state, before);
}

ZENWIRE_X86_SHA registers compress(registers state, char const* block, std::size_t count) noexcept {
    for (; count != 0; --count, block += 64) {
        state = compress(state, load_block(block));
    }
    return state;
}

/// The words of the state in the order of FIPS 180-4: a to d, and e to h.
struct ordered_words {
    words low;
    words high;
};

ZENWIRE_X86_SHA ordered_words in_order(registers state) noexcept {
    return {__builtin_shufflevector(state.abef, state.cdgh, 3, 2, 7, 6),
            __builtin_shufflevector(state.abef, state.cdgh, 1, 0, 5, 4)};
}

ZENWIRE_X86_SHA void store(registers from, std::uint32_t (&state)[8]) noexcept {
    const auto [low, high] = in_order(from);
    std::memcpy(state, &low, sizeof(low));
    std::memcpy(state + 4, &high, sizeof(high));
}

/// Hashes `count` blocks of 64 bytes into the state.
__attribute__((__target__("sha,ssse3,sse4.1"))) inline void compress(std::uint32_t (&state)[8], char const* block,
                                                                     std::size_t count) noexcept {
    store(compress(load(state), block, count), state);
}

/// A table of shuffles: sixteen bytes from index `16 - places` move a vector's bytes up, from `16 + places` down. Zeros come in.
alignas(16) inline constexpr unsigned char moving[48] = {
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,   11,   12,   13,   14,   15,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

ZENWIRE_X86_SHA bytes read_bytes(void const* from) noexcept {
    bytes each;
    std::memcpy(&each, from, sizeof(each));
    return each;
}
ZENWIRE_X86_SHA bytes move_up(bytes each, std::size_t places) noexcept {
    return __builtin_ia32_pshufb128(each, read_bytes(moving + 16 - places));
}
ZENWIRE_X86_SHA bytes move_down(bytes each, std::size_t places) noexcept {
    return __builtin_ia32_pshufb128(each, read_bytes(moving + 16 + places));
}

/// Bytes that are moved at a time.
inline constexpr std::size_t piece = sizeof(bytes);

/// Collects bytes in a register, and writes them to memory in pieces of sixteen bytes only.
class shifted_writer {
public:
    ZENWIRE_X86_SHA explicit shifted_writer(char* out) noexcept : out_(out) {}

    /// Appends sixteen bytes.
    ZENWIRE_X86_SHA void append(bytes each) noexcept {
        const bytes whole = begun_ | move_up(each, shift_);
        begun_ = move_down(each, piece - shift_);
        std::memcpy(out_, &whole, piece);
        out_ += piece;
    }

    /// Appends the first `size` bytes of these, at most 15.
    ZENWIRE_X86_SHA void append_first(bytes each, std::size_t size) noexcept {
        append_padded(move_down(move_up(each, piece - size), piece - size), size);
    }

    /// Appends a text.
    ZENWIRE_X86_SHA void append(std::string_view text) noexcept {
        std::size_t done = 0;
        for (; text.size() - done >= piece; done += piece) {
            append(read_bytes(text.data() + done));
        }
        const std::size_t left = text.size() - done;
        if (done != 0) {
            append_padded(move_down(read_bytes(text.data() + text.size() - piece), piece - left), left);
        } else if (left != 0) {
            bytes rest{};
            std::memcpy(&rest, text.data(), left);
            append_padded(rest, left);
        }
    }

    /// Writes the piece that was begun.
    ZENWIRE_X86_SHA void finish_block() noexcept { std::memcpy(out_, &begun_, piece); }

    /// Appends 32 bytes in hexadecimal. The digits are looked up in a register, not in memory.
    ZENWIRE_X86_SHA void append_hexadecimal(unsigned char const* digest) noexcept {
        constexpr bytes digits{'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
#pragma GCC unroll 2
        for (std::size_t i = 0; i < 32; i += piece) {
            const bytes each = read_bytes(digest + i);
            // shifted as unsigned bytes: for signed ones SSE has no such shift, and compilers need four instructions
            const auto high_values = reinterpret_cast<bytes>(reinterpret_cast<unsigned_bytes>(each) >> 4);
            const bytes high = __builtin_ia32_pshufb128(digits, high_values);
            const bytes low = __builtin_ia32_pshufb128(digits, each & 0x0F);
            append(__builtin_shufflevector(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
            append(__builtin_shufflevector(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
        }
    }

private:
    /// Appends the first `size` bytes, at most 15. The other bytes of `each` are zero.
    ZENWIRE_X86_SHA void append_padded(bytes each, std::size_t size) noexcept {
        const bytes whole = begun_ | move_up(each, shift_);
        if (shift_ + size < piece) {
            begun_ = whole;
            shift_ += size;
        } else {
            std::memcpy(out_, &whole, piece);
            begun_ = move_down(each, piece - shift_);
            shift_ += size - piece;
            out_ += piece;
        }
    }

    char* out_;
    std::size_t shift_ = 0;
    /// the bytes that were appended since the last piece was written
    bytes begun_{};
};

/// The most bytes, buffered ones and ending together, that finish() takes: with the padding they fill two blocks.
inline constexpr std::size_t longest_tail = 2 * 64 - 9;

/// The last four words of a padded message: the length in bits, after two words of zeros.
ZENWIRE_X86_SHA words length_field(std::uint64_t length) noexcept {
    return words{0, 0, static_cast<int>(static_cast<std::uint32_t>(length >> 32U)),
                 static_cast<int>(static_cast<std::uint32_t>(length))};
}

/// The last one or two blocks of a message.
///
/// They are written in pieces of sixteen bytes, each once, because a compression that reads bytes which were written in smaller
/// pieces has to wait until they are in the cache. That takes a third of the time of a compression.
class tail {
public:
    /// `used` bytes of `block`, at most 63, and the ending; at most longest_tail in all.
    /// @param length of the whole message, in bits
    ZENWIRE_X86_SHA tail(char const* block, std::size_t used, sha256_ending const& ending,
                         std::uint64_t length) noexcept
        : count_((used + ending.size() + 8) / 64 + 1), length_(length) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < sizeof(bytes_); i += piece) {
            const bytes zeros{};
            std::memcpy(bytes_ + i, &zeros, piece);
        }
        shifted_writer writer{bytes_};
        while (used >= piece) {
            writer.append(read_bytes(block));
            block += piece;
            used -= piece;
        }
        writer.append_first(read_bytes(block), used);
        writer.append(ending.text);
        if (ending.digest != nullptr) {
            writer.append_hexadecimal(ending.digest->data());
        }
        writer.append_first(bytes{static_cast<char>(0x80)}, 1);
        writer.finish_block();
    }
    tail(tail const&) = delete;
    tail& operator=(tail const&) = delete;
    ~tail() { secure_zero(bytes_); }

    /// How many blocks it has, 1 or 2.
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    /// One of its blocks.
    ZENWIRE_X86_SHA message_words block(std::size_t index) const noexcept {
        message_words message = load_block(bytes_ + 64 * index);
        message.each[3] |= index + 1 == count_ ? length_field(length_) : words{};
        return message;
    }

    /// Hashes the blocks into a state.
    ZENWIRE_X86_SHA registers compress_into(registers state) const noexcept {
        for (std::size_t i = 0; i < count_; ++i) {
            state = compress(state, block(i));
        }
        return state;
    }

private:
    alignas(piece) char bytes_[2 * 64];
    std::size_t count_;
    std::uint64_t length_;
};

ZENWIRE_X86_SHA void store_digest(registers state, unsigned char* digest) noexcept {
    const auto [low, high] = in_order(state);
    const words first = swap_bytes(low);
    const words second = swap_bytes(high);
    std::memcpy(digest, &first, sizeof(first));
    std::memcpy(digest + sizeof(first), &second, sizeof(second));
}

/// The digest of what the state has seen, followed by `used` bytes of `block` and the ending, see tail.
__attribute__((__target__("sha,ssse3,sse4.1"))) inline void finish(std::uint32_t const (&state)[8], char const* block,
                                                                   std::size_t used, sha256_ending const& ending,
                                                                   std::uint64_t length,
                                                                   unsigned char* digest) noexcept {
    const tail end(block, used, ending, length);
    store_digest(end.compress_into(load(state)), digest);
}

/// The digest of what the state `outer` has seen, `outer_length` bits in whole blocks, followed by the digest that finish() makes
/// of the rest, which never leaves the registers. Never inlined, so that secrets which the compiler keeps on the stack lie below
/// the caller's frame, where they are overwritten afterwards.
ZENWIRE_NOINLINE __attribute__((__target__("sha,ssse3,sse4.1"))) inline void finish_nested(
    std::uint32_t const (&state)[8], char const* block, std::size_t used, sha256_ending const& ending,
    std::uint64_t length, std::uint32_t const (&outer)[8], std::uint64_t outer_length, unsigned char* digest) noexcept {
    const tail end(block, used, ending, length);
    const auto [low, high] = in_order(end.compress_into(load(state)));
    const words padding{static_cast<int>(0x80000000U), 0, 0, 0};
    store_digest(compress(load(outer), {{low, high, padding, length_field(outer_length + 8U * 32U)}}), digest);
}

#undef ZENWIRE_X86_SHA

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_x86

#else

// In a separate namespace, because translation units may be compiled for different processors, and the linker keeps only one copy
// of each inline function: in place of the real functions these would make wrong digests.
namespace ZENWIRE_NAMESPACE::detail::sha256_x86::inline absent {

/// False: this is no x86 processor, or the build uses portable code only.
[[nodiscard]] constexpr bool is_supported() noexcept { return false; }

// never called, as is_supported() is false
inline void compress(std::uint32_t (&)[8], char const*, std::size_t) noexcept {}
inline constexpr std::size_t longest_tail = 0;
inline void finish(std::uint32_t const (&)[8], char const*, std::size_t, sha256_ending const&, std::uint64_t,
                   unsigned char*) noexcept {}
inline void finish_nested(std::uint32_t const (&)[8], char const*, std::size_t, sha256_ending const&, std::uint64_t,
                          std::uint32_t const (&)[8], std::uint64_t, unsigned char*) noexcept {}

}  // namespace ZENWIRE_NAMESPACE::detail::sha256_x86::inline absent

#endif

#endif
// ---- zenwire/crypto/sha256.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The result of SHA-256 and of HMAC-SHA256.
using sha256_digest = std::array<unsigned char, 32>;

/// An implementation of SHA-256: zenwire::sha256, that of a TLS library, or the hash unit of a chip.
///
/// A copy has the same state as the original. `update` reports no errors; `finish` does: it returns the digest, or an
/// `expected<sha256_digest>` whose error becomes the error of the signing.
template <class Hash>
concept hash_function =
    detail::constructible<Hash, Hash const&> && requires(Hash& hash, Hash const& other, std::string_view message) {
        hash = other;
        hash.update(message);
        { hash.finish() } -> std::convertible_to<expected<sha256_digest>>;
    };

/// SHA-256 (FIPS 180-4) of a message that is passed in pieces. A hash_function; constexpr; no heap.
///
/// The object is small and copyable: to hash messages with a common beginning, hash that once and copy the object. It wipes itself
/// when it ends, because the message may be secret.
class sha256 {
public:
    /// Bytes of a block.
    static constexpr std::size_t block_size = 64;
    /// Bytes of the digest.
    static constexpr std::size_t digest_size = 32;

    constexpr sha256() noexcept = default;
    /// A copy has the same state as the original.
    constexpr sha256(sha256 const&) noexcept = default;
    /// A copy has the same state as the original.
    constexpr sha256& operator=(sha256 const&) noexcept = default;
    constexpr ~sha256() {
        secure_zero(state_);
        secure_zero(block_);
    }

    /// Appends to the message. At most 2^61 - 1 bytes in all.
    constexpr void update(std::string_view message) noexcept;

    /// The digest of all that was appended. Does not change the object.
    [[nodiscard]] constexpr sha256_digest finish() const noexcept { return finish_with(std::string_view()); }

    /// The digest of all that was appended, followed by `last`. Does not change the object.
    [[nodiscard]] constexpr sha256_digest finish_with(std::string_view last) const noexcept {
        sha256_digest digest{};
        finish_with(detail::sha256_ending{last}, digest);
        return digest;
    }
    /// The same for any ending, into `digest`.
    constexpr void finish_with(detail::sha256_ending const& last, sha256_digest& digest) const noexcept {
        const std::size_t size = last.size();
        if (fits_sha_extensions(size)) {
            detail::sha256_x86::finish(state_, block_, buffered(), last, (length_ + size) * 8U, digest.data());
        } else {
            finish_in_pieces(last, digest);
        }
    }

    /// The digest of all that was appended to `outer`, followed by the digest that finish_with() makes: the nested hash of HMAC.
    constexpr void finish_nested(detail::sha256_ending const& last, sha256 const& outer,
                                 sha256_digest& digest) const noexcept;

    /// The same, but only if the processor has the SHA instructions and the message is short: then the inner digest stays in
    /// registers.
    /// @return false if that is not possible, and nothing was done
    [[nodiscard]] constexpr bool finish_nested_in_registers(detail::sha256_ending const& last, sha256 const& outer,
                                                            sha256_digest& digest) const noexcept;

private:
    using state = std::uint32_t[8];

    constexpr void finish_in_pieces(detail::sha256_ending const& last, sha256_digest& digest) const noexcept;
    constexpr void append_padding_and_store(sha256_digest& digest) noexcept;
    static constexpr void compress(state& state, char const* blocks, std::size_t count) noexcept;
    // Defined here, because in constant expressions Clang 19 does not find a template that is defined after its use.
    template <class Byte>
    static constexpr void store_big_endian(Byte* bytes, std::uint32_t word) noexcept {
        for (std::size_t i = 0; i < sizeof(word); ++i) {
            bytes[i] = static_cast<Byte>(static_cast<unsigned char>(word >> (24U - 8U * i)));
        }
    }
    constexpr std::size_t buffered() const noexcept { return static_cast<unsigned>(length_ % block_size); }
    // Whether the processor has the SHA instructions of x86, and the end of the message, with `size` more bytes, is
    // short enough. The length comes first: otherwise compilers may evaluate the beginning of a `const bool` as a
    // constant, and take is_constant_evaluated() for true.
    constexpr bool fits_sha_extensions(std::size_t size) const noexcept {
        return buffered() + size <= detail::sha256_x86::longest_tail && !detail::is_constant_evaluated() &&
               detail::sha256_x86::is_supported();
    }

    state state_ = {0x6a09e667U, 0xbb67ae85U, 0x3c6ef372U, 0xa54ff53aU,
                    0x510e527fU, 0x9b05688cU, 0x1f83d9abU, 0x5be0cd19U};
    char block_[block_size]{};
    std::uint64_t length_ = 0;  // of the message so far, in bytes
};

/// The digest of a whole message.
[[nodiscard]] constexpr sha256_digest sha256_of(std::string_view message) noexcept {
    return sha256().finish_with(message);
}

constexpr void sha256::update(std::string_view message) noexcept {
    std::size_t used = buffered();
    length_ += message.size();
    if (used != 0) {
        const std::string_view piece = message.substr(0, block_size - used);
        detail::copy_bytes(block_ + used, piece.data(), piece.size());
        message.remove_prefix(piece.size());
        used += piece.size();
        if (used != block_size) {
            return;
        }
        compress(state_, block_, 1);
    }
    if (const std::size_t count = message.size() / block_size; count != 0) {
        compress(state_, message.data(), count);
        message.remove_prefix(count * block_size);
    }
    detail::copy_bytes(block_, message.data(), message.size());
}

constexpr void sha256::finish_in_pieces(detail::sha256_ending const& last, sha256_digest& digest) const noexcept {
    sha256 hash = *this;
    hash.update(last.text);
    if (last.digest != nullptr) {
        hash.update(detail::hex_text(*last.digest).view());
    }
    hash.append_padding_and_store(digest);
}

constexpr void sha256::append_padding_and_store(sha256_digest& digest) noexcept {
    char length[8]{};  // in bits
    store_big_endian(length, static_cast<std::uint32_t>(length_ >> 29U));
    store_big_endian(length + 4, static_cast<std::uint32_t>(length_ << 3U));
    constexpr char padding[block_size] = {static_cast<char>(0x80)};
    const std::size_t zeros = (2 * block_size - 1 - sizeof(length) - buffered()) % block_size;
    update(std::string_view(padding, 1 + zeros));
    update(std::string_view(length, sizeof(length)));

    for (std::size_t i = 0; i < 8; ++i) {
        store_big_endian(digest.data() + 4 * i, state_[i]);
    }
}

constexpr bool sha256::finish_nested_in_registers(detail::sha256_ending const& last, sha256 const& outer,
                                                  sha256_digest& digest) const noexcept {
    const std::size_t size = last.size();
    if (outer.buffered() != 0 || !fits_sha_extensions(size)) {
        return false;
    }
    detail::sha256_x86::finish_nested(state_, block_, buffered(), last, (length_ + size) * 8U, outer.state_,
                                      outer.length_ * 8U, digest.data());
    return true;
}

constexpr void sha256::finish_nested(detail::sha256_ending const& last, sha256 const& outer,
                                     sha256_digest& digest) const noexcept {
    finish_with(last, digest);
    char inner[digest_size]{};
    for (std::size_t i = 0; i < digest_size; ++i) {
        inner[i] = static_cast<char>(digest[i]);
    }
    outer.finish_with(detail::sha256_ending{{inner, sizeof(inner)}}, digest);
    secure_zero(inner);
}

// The instructions of another processor go here: a header detail/sha256_X.hpp like that for Arm, and a branch.
constexpr void sha256::compress(state& state, char const* blocks, std::size_t count) noexcept {
    if (detail::is_constant_evaluated()) {
        detail::sha256_portable::compress(state, blocks, count);
    } else if (detail::sha256_x86::is_supported()) {
        detail::sha256_x86::compress(state, blocks, count);
    } else if (detail::sha256_arm::is_supported()) {
        detail::sha256_arm::compress(state, blocks, count);
    } else {
        detail::sha256_portable::compress(state, blocks, count);
    }
}

}  // namespace ZENWIRE_NAMESPACE

namespace ZENWIRE_NAMESPACE::detail {

/// Whether it is the library's hash, which cannot fail, and which has more functions than a hash_function must have.
template <class Hash>
inline constexpr bool is_sha256 = std::is_same_v<Hash, sha256>;

/// Computes the digest of all that was appended to `hash`, followed by `last`. `hash` itself does not change.
/// @return the error of a `hash` that failed
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> finish_with(Hash const& hash, sha256_ending const& last,
                                                   sha256_digest& digest) noexcept {
    if constexpr (is_sha256<Hash>) {
        hash.finish_with(last, digest);
    } else {
        Hash copy = hash;
        copy.update(last.text);
        if (last.digest != nullptr) {
            copy.update(hex_text(*last.digest).view());
        }
        const expected<sha256_digest> result = copy.finish();
        if (!result) {
            return failure_of(result);
        }
        digest = *result;
    }
    return {};
}

/// The same, with the digest as the result.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_with(Hash const& hash, sha256_ending const& last) noexcept {
    // A local variable that is copied into the result: `expected(std::in_place)` would also fill the room for an error with zeros.
    sha256_digest digest;
    if (const expected<void> done = finish_with(hash, last, digest); !done) {
        return failure_of(done);
    }
    return digest;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/crypto/hmac_sha256.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// HMAC-SHA256 under a key that this program need not know: a callable that takes the message and returns the 32 bytes, or an
/// `expected<sha256_digest>` whose error becomes the error of the signing.
template <class Mac>
concept mac_provider = requires(Mac const& mac, std::string_view message) {
    { mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

/// HMAC-SHA256 (RFC 2104) under one key. A mac_provider; constexpr; no heap.
///
/// Keeps not the key but the two hash states after the padded key, so that the key is not hashed again for each message. Whoever
/// has these states can sign, so they are wiped when the object ends (by secure_zero(), in sha256's destructor).
class hmac_sha256 {
public:
    /// A key of any length, even empty; one of more than 64 bytes is hashed first, as the RFC says.
    constexpr explicit hmac_sha256(std::string_view key) noexcept {
        absorb(key);
        detail::secure_zero_traces<max_stack>();
    }

    /// The MAC of `message`.
    [[nodiscard]] constexpr sha256_digest operator()(std::string_view message) const noexcept {
        sha256_digest mac{};
        (*this)(detail::sha256_ending{message}, mac);
        return mac;
    }
    /// Writes the MAC of a message that ends with a digest to `mac`.
    constexpr void operator()(detail::sha256_ending const& message, sha256_digest& mac) const noexcept {
        if (inner_.finish_nested_in_registers(message, outer_, mac)) {
            detail::secure_zero_traces<max_stack_in_registers>();
        } else {
            authenticate(message, mac);
            detail::secure_zero_traces<max_stack>();
        }
    }

private:
    // More stack than absorb() and authenticate() use in optimised builds, with all that they call. They are never inlined, because
    // copies of secrets that compilers keep on the stack must lie below the caller's frame, where they are overwritten afterwards.
    static constexpr std::size_t max_stack = 1024;
    // The same for finish_nested_in_registers(): even there compilers save some registers on the stack, GCC for AVX-512 the most.
    static constexpr std::size_t max_stack_in_registers = 384;

    ZENWIRE_NOINLINE constexpr void absorb(std::string_view key) noexcept {
        char pad[sha256::block_size]{};
        if (key.size() > sha256::block_size) {
            sha256_digest digest = sha256_of(key);
            for (std::size_t i = 0; i < digest.size(); ++i) {
                pad[i] = static_cast<char>(digest[i]);
            }
            secure_zero(digest);
        } else {
            for (std::size_t i = 0; i < key.size(); ++i) {
                pad[i] = key[i];
            }
        }
        absorb(inner_, pad, 0x36);
        absorb(outer_, pad, 0x36 ^ 0x5c);
        secure_zero(pad);
    }

    ZENWIRE_NOINLINE
    constexpr void authenticate(detail::sha256_ending const& message, sha256_digest& mac) const noexcept {
        inner_.finish_nested(message, outer_, mac);
    }

    static constexpr void absorb(sha256& hash, char (&pad)[sha256::block_size], unsigned mask) noexcept {
        for (char& c : pad) {
            c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
        }
        hash.update(std::string_view(pad, sizeof(pad)));
    }

    sha256 inner_;
    sha256 outer_;
};

static_assert(mac_provider<hmac_sha256>);

}  // namespace ZENWIRE_NAMESPACE

namespace ZENWIRE_NAMESPACE::detail {

/// Returns `value`, in a way that the optimiser cannot see through: it must compute the value in full before this call, and assume
/// nothing about it afterwards.
/// @tparam Value an integer of at most 32 bits, which every processor has a register for
template <class Value>
    requires(sizeof(Value) <= 4)
[[nodiscard]] inline Value hide_from_compiler(Value value) noexcept {
#if defined(__GNUC__)
    __asm__("" : "+r"(value));
    return value;
#else
    Value volatile copy = value;
    return copy;
#endif
}

/// Whether two texts are equal. The time depends only on their sizes, not on where they differ.
[[nodiscard]] constexpr bool constant_time_equal(std::string_view left, std::string_view right) noexcept {
    if (left.size() != right.size()) {
        return false;
    }
    if (is_constant_evaluated()) {
        return left == right;
    }
    std::uint64_t difference = 0;
    std::size_t i = 0;
    for (; i + sizeof(difference) <= left.size(); i += sizeof(difference)) {
        std::uint64_t a = 0;
        std::uint64_t b = 0;
        std::memcpy(&a, left.data() + i, sizeof(a));
        std::memcpy(&b, right.data() + i, sizeof(b));
        difference |= a ^ b;
    }
    for (; i < left.size(); ++i) {
        difference |= static_cast<unsigned>(static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
    }
    // Without the inner call Clang 19 at -O2 leaves the loop at the first word that differs. Without the outer call GCC 14 reuses
    // the register with the secret result, which it knows to be 0 on that branch, wherever it needs a 0.
    const auto halves = static_cast<std::uint32_t>(difference | (difference >> 32U));
    return hide_from_compiler(hide_from_compiler(halves) == 0);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/credential.hpp, continued

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// A text of a credential. A view, which need not live longer than the call that makes a credential of it.
struct credential_text {
    /// The text is referred to, not copied.
    constexpr explicit credential_text(std::string_view given) noexcept : text(given) {}
    /// Null, which std::getenv() returns for what is not set, is an empty text, and refused.
    constexpr explicit credential_text(char const* given) noexcept : text(given == nullptr ? "" : given) {}
    /// The text.
    std::string_view text;
};

}  // namespace detail

/// The public half of an access key: 1 to limits::access_key_id visible ASCII characters, no comma. From a `std::string_view` or a
/// `char const*`. A view, which need not live longer than the call that makes a credential of it.
struct access_key_id : detail::credential_text {
    using detail::credential_text::credential_text;

    /// @return errc::invalid_credential
    [[nodiscard]] constexpr expected<void> validate() const noexcept {
        if (refusal const* const found = flaw(); found != nullptr) {
            return refuse(*found);
        }
        return {};
    }

    /// What validate() refuses with, a constant; null when the id is valid.
    [[nodiscard]] constexpr refusal const* flaw() const noexcept {
        if (text.empty()) {
            return &empty;
        }
        if (text.size() > limits::access_key_id) {
            return &too_long;
        }
        for (const char c : text) {
            if (!detail::ascii::is_visible(c) || c == ',') {
                return &wrong_character;
            }
        }
        return nullptr;
    }

private:
    static constexpr refusal empty =
        error::make(errc::invalid_credential, blame::local, "the access key id is empty", "accessKeyId");
    static constexpr refusal too_long =
        error::make(errc::invalid_credential, blame::local, "the access key id is too long", "accessKeyId");
    static constexpr refusal wrong_character = error::make(
        errc::invalid_credential, blame::local,
        "the access key id may have visible ASCII without the comma; was a line end read with it?", "accessKeyId");
};

/// The secret half of an access key: at least one byte, of any value. A view like access_key_id.
struct access_key_password : detail::credential_text {
    using detail::credential_text::credential_text;
};

/// A bearer token as it was issued. A view like access_key_id.
struct token : detail::credential_text {
    using detail::credential_text::credential_text;
};

/// An access key pair, ready to sign. Move-only, and it owns what it needs. The password itself is not kept, only the two states of
/// HMAC-SHA256 that are made from it; they are wiped when the object ends or is moved from. The secret cannot be printed.
class access_key {
    /// Only make() can make one of these, so nobody else can call the constructor, although it must be public for `expected`.
    struct checked {
        explicit checked() = default;
    };
    static constexpr refusal password_is_empty =
        error::make(errc::invalid_credential, blame::local, "the access key password is empty", "accessKeyPassword");

public:
    /// @return errc::invalid_credential
    [[nodiscard]] static constexpr expected<access_key> make(access_key_id id, access_key_password password) noexcept {
        if (refusal const* const flaw = id.flaw(); flaw != nullptr) {
            return refuse(*flaw);
        }
        if (password.text.empty()) {
            return refuse(password_is_empty);
        }
        return expected<access_key>(std::in_place, checked(), id, password);
    }

    /// Constructed by make().
    constexpr access_key(checked, access_key_id id, access_key_password password) noexcept
        : id_(id.text), mac_(password.text) {}

    access_key(access_key const&) = delete;
    access_key& operator=(access_key const&) = delete;
    /// Takes the key over, and wipes the other.
    constexpr access_key(access_key&& other) noexcept : id_(other.id_), mac_(other.mac_) { other.forget(); }
    /// Takes the key over, and wipes the other.
    constexpr access_key& operator=(access_key&& other) noexcept {
        if (this != &other) {
            id_ = other.id_;
            mac_ = other.mac_;
            other.forget();
        }
        return *this;
    }
    constexpr ~access_key() = default;

    /// The public half; empty after it was moved from. A view of this object.
    [[nodiscard]] constexpr std::string_view id() const noexcept ZENWIRE_LIFETIMEBOUND { return id_.view(); }
    /// HMAC-SHA256 of `message` under the password.
    [[nodiscard]] constexpr sha256_digest mac(std::string_view message) const noexcept { return mac_(message); }
    /// The same into `mac`, for a message that ends with a digest.
    constexpr void mac(detail::sha256_ending const& message, sha256_digest& mac) const noexcept { mac_(message, mac); }

private:
    constexpr void forget() noexcept {
        id_.clear();
        mac_ = hmac_sha256({});
    }

    inline_string<limits::access_key_id> id_;
    hmac_sha256 mac_;
};

/// A bearer token. Move-only; owns its text, which is wiped when the object ends or is moved from. It cannot be printed.
class bearer_token {
public:
    /// 1 to limits::bearer_token visible ASCII characters. Requests with a token of more than about 700 need
    /// make_request_in(): the memory of a signed_request ends at limits::request_head.
    /// @return errc::invalid_credential
    [[nodiscard]] static constexpr expected<bearer_token> make(token issued) noexcept {
        if (issued.text.empty()) {
            return refuse(errc::invalid_credential, blame::local, "the bearer token is empty", "token");
        }
        if (issued.text.size() > limits::bearer_token) {
            return refuse(errc::invalid_credential, blame::local, "the bearer token is too long", "token");
        }
        if (!detail::ascii::is_visible(issued.text)) {
            return refuse(
                errc::invalid_credential, blame::local,
                "the bearer token has a character other than visible ASCII; a line end that was read from a file?",
                "token");
        }
        return bearer_token(issued);
    }

    bearer_token(bearer_token const&) = delete;
    bearer_token& operator=(bearer_token const&) = delete;
    /// Takes the token over, and wipes the other.
    constexpr bearer_token(bearer_token&& other) noexcept { take(other); }
    /// Takes the token over, and wipes the other.
    constexpr bearer_token& operator=(bearer_token&& other) noexcept {
        if (this != &other) {
            secure_zero(text_);
            take(other);
        }
        return *this;
    }
    constexpr ~bearer_token() { secure_zero(text_); }

    /// The token itself: for the `authorization` field only. Empty after it was moved from. A view of this object.
    [[nodiscard]] constexpr std::string_view secret_text() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_, size_};
    }

private:
    constexpr explicit bearer_token(token issued) noexcept : size_(issued.text.size()) {
        for (std::size_t i = 0; i < size_; ++i) {
            text_[i] = issued.text[i];
        }
    }

    constexpr void take(bearer_token& other) noexcept {
        for (std::size_t i = 0; i < other.size_; ++i) {
            text_[i] = other.text_[i];
        }
        size_ = std::exchange(other.size_, 0);
        secure_zero(other.text_);
    }

    char text_[limits::bearer_token]{};
    std::size_t size_ = 0;
};

/// An access key whose password stays elsewhere, for example in a hardware security module, which makes the MAC of each message.
/// Holds a copy of the mac_provider, so give it a small callable that refers to the module.
template <mac_provider Mac>
class external_access_key {
public:
    /// @return errc::invalid_credential
    [[nodiscard]] static constexpr expected<external_access_key> make(access_key_id id, Mac mac) noexcept {
        if (const auto valid = id.validate(); !valid) {
            return failure_of(valid);
        }
        return external_access_key(id, std::move(mac));
    }

    /// The public half. A view of this object.
    [[nodiscard]] constexpr std::string_view id() const noexcept ZENWIRE_LIFETIMEBOUND { return id_.view(); }
    /// What the provider returns for `message`.
    [[nodiscard]] constexpr auto mac(std::string_view message) const noexcept { return mac_(message); }

private:
    constexpr external_access_key(access_key_id id, Mac mac) noexcept : id_(id.text), mac_(std::move(mac)) {}

    inline_string<limits::access_key_id> id_;
    Mac mac_;
};

/// A credential that signs: it has an id, and makes MACs. access_key and external_access_key meet this concept.
template <class Credential>
concept signing_credential = requires(Credential const& credential, std::string_view message) {
    { credential.id() } -> std::convertible_to<std::string_view>;
    { credential.mac(message) } -> std::convertible_to<expected<sha256_digest>>;
};

/// What a request may be authorised with.
template <class Credential>
concept credential = signing_credential<Credential> || std::same_as<Credential, bearer_token>;

static_assert(signing_credential<access_key>);
static_assert(credential<bearer_token>);

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/write_request.hpp, continued
// ---- zenwire/protocol/request_template.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_TEMPLATE_HPP
#define ZENWIRE_PROTOCOL_REQUEST_TEMPLATE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

// ---- zenwire/http/endpoint.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_ENDPOINT_HPP
#define ZENWIRE_HTTP_ENDPOINT_HPP

#include <cstddef>
#include <string_view>


namespace ZENWIRE_NAMESPACE {

/// Where the API is: scheme, host and port, validated. By default `https://console.zenlayer.com`, the only
/// documented one.
class endpoint {
public:
    /// How to connect: with TLS or, for tests on one's own machine, without.
    enum class scheme : unsigned char { https, http };

    constexpr endpoint() noexcept : authority_("console.zenlayer.com"sv) {}

    /// From `host`, `host:port`, `https://host:port` or `http://host:port`. The host is a name of letters, digits, hyphens,
    /// underscores and dots, an IPv4 address, or an IPv6 address in brackets. Upper case becomes lower case. A port is kept as
    /// given, even the scheme's default port, because it is signed. No query or user name, and no path but a single `/`.
    /// @return errc::invalid_endpoint with a message that says what is wrong
    [[nodiscard]] static constexpr expected<endpoint> make(std::string_view text) noexcept;

    /// How to connect.
    [[nodiscard]] constexpr scheme transfer_scheme() const noexcept { return scheme_; }
    /// `https` or `http`
    [[nodiscard]] constexpr std::string_view scheme_text() const noexcept {
        return scheme_ == scheme::https ? "https"sv : "http"sv;
    }
    /// Host, and `:port` when one was given: the value of the `host` field. A view of this object.
    [[nodiscard]] constexpr std::string_view authority() const noexcept ZENWIRE_LIFETIMEBOUND {
        return authority_.view();
    }
    /// The host alone; an IPv6 address keeps its brackets. A view of this object.
    [[nodiscard]] constexpr std::string_view host() const noexcept ZENWIRE_LIFETIMEBOUND {
        return authority().substr(0, host_size(authority()));
    }
    /// The port to connect to: the given one, else 443 or 80.
    [[nodiscard]] constexpr unsigned port() const noexcept {
        const std::string_view digits = authority().substr(host().size());
        if (digits.empty()) {
            return scheme_ == scheme::https ? 443 : 80;
        }
        return port_number(digits.substr(1));
    }

private:
    static constexpr refusal too_long =
        error::make(errc::invalid_endpoint, blame::local, "the endpoint is too long", "endpoint");
    static constexpr refusal wrong_form = error::make(
        errc::invalid_endpoint, blame::local,
        "the endpoint must be a host name, an IPv4 address or an IPv6 address in brackets, optionally with https:// or "
        "http:// before and :port behind it; no path, no user name",
        "endpoint");
    static constexpr refusal wrong_port = error::make(
        errc::invalid_endpoint, blame::local, "the port of the endpoint must be a number from 1 to 65535", "endpoint");

    static constexpr std::size_t host_size(std::string_view authority) noexcept {
        const bool in_brackets = authority.starts_with('[');
        for (std::size_t i = 0; i < authority.size(); ++i) {
            if (in_brackets && authority[i] == ']') {
                return i + 1;
            }
            if (!in_brackets && authority[i] == ':') {
                return i;
            }
        }
        return authority.size();
    }

    /// The port that the digits mean; 0 when they are no port.
    static constexpr unsigned port_number(std::string_view digits) noexcept {
        constexpr unsigned last_port = 65535;
        unsigned number = 0;
        for (const char c : digits) {
            if (!detail::ascii::is_decimal_digit(c)) {
                return 0;
            }
            number = number * 10U + static_cast<unsigned>(c - '0');
            if (number > last_port) {
                return 0;
            }
        }
        return number;
    }

    static constexpr bool is_host_name(std::string_view host) noexcept {
        for (const char c : host) {
            if (!detail::ascii::is_alphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return !host.empty();
    }

    static constexpr bool is_ipv4_address(std::string_view text) noexcept {
        constexpr unsigned largest = 255;
        std::size_t numbers = 0;
        while (!text.empty() && detail::ascii::is_decimal_digit(text.front())) {
            unsigned number = 0;
            while (!text.empty() && detail::ascii::is_decimal_digit(text.front()) && number <= largest) {
                number = number * 10U + static_cast<unsigned>(text.front() - '0');
                text.remove_prefix(1);
            }
            if (number > largest) {
                return false;
            }
            ++numbers;
            text.remove_prefix(numbers < 4 && text.starts_with('.') ? 1 : 0);
        }
        return numbers == 4 && text.empty();
    }

    /// Eight groups of up to four hexadecimal digits (RFC 4291, section 2.2): `::` stands once for one or more groups of
    /// zero, and an IPv4 address may stand for the last two.
    static constexpr bool is_ipv6_address(std::string_view text) noexcept {
        constexpr std::size_t all_groups = 8;
        constexpr std::size_t max_digits = 4;
        std::size_t groups = 0;
        bool is_shortened = text.starts_with("::"sv);
        text.remove_prefix(is_shortened ? 2 : 0);
        while (!text.empty()) {
            if (is_ipv4_address(text)) {
                groups += 2;
                break;
            }
            std::size_t digits = 0;
            while (digits < text.size() && detail::ascii::hexadecimal_value(text[digits]) < 16) {
                ++digits;
            }
            if (digits == 0 || digits > max_digits) {
                return false;
            }
            ++groups;
            text.remove_prefix(digits);
            if (text.starts_with("::"sv) && !is_shortened) {
                is_shortened = true;
                text.remove_prefix(2);
            } else if (text.starts_with(':') && text.size() > 1) {
                text.remove_prefix(1);
            }
        }
        return is_shortened ? groups < all_groups : groups == all_groups;
    }

    static constexpr bool is_ipv6_literal(std::string_view host) noexcept {
        return host.starts_with('[') && host.ends_with(']') && is_ipv6_address(host.substr(1, host.size() - 2));
    }

    scheme scheme_ = scheme::https;
    inline_string<limits::authority> authority_;
};

template <>
inline constexpr detail::enum_row<endpoint::scheme> detail::enum_names<endpoint::scheme>[] = {
    {endpoint::scheme::https, "https"},
    {endpoint::scheme::http, "http"},
};

constexpr expected<endpoint> endpoint::make(std::string_view text) noexcept {
    endpoint result;
    constexpr std::string_view https = "https://";
    constexpr std::string_view http = "http://";
    if (detail::ascii::equal_ignoring_case(text.substr(0, https.size()), https)) {
        text.remove_prefix(https.size());
    } else if (detail::ascii::equal_ignoring_case(text.substr(0, http.size()), http)) {
        text.remove_prefix(http.size());
        result.scheme_ = scheme::http;
    }
    if (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    const std::string_view host = text.substr(0, host_size(text));
    const std::string_view rest = text.substr(host.size());
    if (text.size() > limits::authority) {
        return refuse(too_long);
    }
    // another scheme is no host with a wrong port
    if (rest.starts_with("://") || (!is_host_name(host) && !is_ipv6_literal(host))) {
        return refuse(wrong_form);
    }
    if (!rest.empty() && (!rest.starts_with(':') || rest.size() > 6 || port_number(rest.substr(1)) == 0)) {
        return refuse(wrong_port);
    }
    result.authority_.clear();
    for (const char c : text) {
        const char lower = detail::ascii::to_lower(c);
        result.authority_.append(std::string_view(&lower, std::size_t{1}));
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/request_template.hpp, continued
// ---- zenwire/protocol/signature.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_SIGNATURE_HPP
#define ZENWIRE_PROTOCOL_SIGNATURE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- zenwire/http/message.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_MESSAGE_HPP
#define ZENWIRE_HTTP_MESSAGE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
// also the iterator tags: <iterator>, where the standard puts them, is a heavy header
#include <string_view>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

/// One header field. A view of a message.
struct field {
    /// a `token` of HTTP, in any letter case
    std::string_view name;
    /// without the spaces and tabs around it
    std::string_view value;

    /// Whether both views have equal texts, letter case included.
    [[nodiscard]] friend constexpr bool operator==(field const&, field const&) noexcept = default;
};

/// Where a field lies in a block of `name: value\r\n` lines. All in bytes, from the start of the block.
struct field_position {
    /// where the name begins
    std::uint32_t name_begin;
    /// length of the name; `: ` follows
    std::uint32_t name_size;
    /// length of the value
    std::uint32_t value_size;
};

/// The header fields of a message, in order: a range whose elements are fields by value. A view of a span of fields, or of a block
/// of text and the positions of the fields in it; these must outlive it.
///
/// A signed request keeps its fields in the second form, which can be moved in memory, and written to a socket as it is.
class field_list {
public:
    /// Iterates over the fields. Must not outlive the field_list.
    class iterator {
    public:
        /// @{
        /// What the standard's algorithms ask of a forward iterator.
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = field;
        using reference = field;
        using pointer = void;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        constexpr iterator(field_list const* list, std::size_t index) noexcept : list_(list), index_(index) {}

        [[nodiscard]] constexpr field operator*() const noexcept { return (*list_)[index_]; }
        constexpr iterator& operator++() noexcept {
            ++index_;
            return *this;
        }
        constexpr iterator operator++(int) noexcept { return {list_, index_++}; }
        [[nodiscard]] friend constexpr bool operator==(iterator a, iterator b) noexcept { return a.index_ == b.index_; }
        /// @}

    private:
        field_list const* list_ = nullptr;
        std::size_t index_ = 0;
    };

    constexpr field_list() noexcept = default;

    /// From fields that are kept elsewhere: a span, an array, a std::vector of them.
    template <class Fields>
    // is_same_v comes first, because it takes long to compile the question whether a field_list converts to a span
        requires(!std::is_same_v<Fields, field_list> && std::is_convertible_v<Fields const&, std::span<field const>>)
    constexpr field_list(Fields const& fields) noexcept : field_list(std::span<field const>(fields), 0) {}

    /// From a block of lines and the positions of its fields.
    constexpr field_list(std::string_view block, std::span<field_position const> positions) noexcept
        : field_list(block, positions.data(), positions.size()) {}
    /// The same, with the first of the positions and their number.
    constexpr field_list(std::string_view block, field_position const* positions, std::size_t count) noexcept
        : block_(block), positions_(positions), size_(count) {}

    /// How many fields there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether there is no field.
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    /// The field at `index`, which is less than size().
    [[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr field operator[](std::size_t index) const noexcept {
        return fields_ != nullptr ? fields_[index] : field_at(positions_[index]);
    }

    /// The first field. Must not outlive this object.
    [[nodiscard]] constexpr iterator begin() const noexcept { return {this, 0}; }
    /// Behind the last field.
    [[nodiscard]] constexpr iterator end() const noexcept { return {this, size_}; }

    /// The index of the first field with this name, in any letter case, from index `from` on; size() when there is none.
    [[nodiscard]] constexpr std::size_t find(std::string_view name, std::size_t from = 0) const noexcept {
        for (std::size_t i = from; i < size_; ++i) {
            if (detail::ascii::equal_ignoring_case((*this)[i].name, name)) {
                return i;
            }
        }
        return size_;
    }

    /// How often a name occurs, and with which value.
    struct occurrences {
        /// how often the name occurs
        std::size_t times = 0;
        /// the value of its last occurrence; empty when there is none
        std::string_view value{};
    };

    /// Counts the fields with this name, in any letter case.
    [[nodiscard]] constexpr occurrences find_all(std::string_view name) const noexcept {
        occurrences found;
        for (std::size_t i = find(name); i < size_; i = find(name, i + 1)) {
            ++found.times;
            found.value = (*this)[i].value;
        }
        return found;
    }

    /// The value of the first field of this name; empty when there is none.
    [[nodiscard]] constexpr std::string_view value_of(std::string_view name) const noexcept {
        const std::size_t index = find(name);
        return index < size_ ? (*this)[index].value : std::string_view();
    }

private:
    [[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr field field_at(field_position const& at) const noexcept {
        constexpr std::size_t separator = 2;  // ": "
        char const* const name = block_.data() + at.name_begin;
        // std::size_t: see inline_string::view()
        return {{name, std::size_t{at.name_size}}, {name + at.name_size + separator, std::size_t{at.value_size}}};
    }

    constexpr field_list(std::span<field const> fields, int) noexcept : fields_(fields.data()), size_(fields.size()) {}

    field const* fields_ = nullptr;
    std::string_view block_{};
    field_position const* positions_ = nullptr;
    std::size_t size_ = 0;
};

/// A request as a transport sees it. A view: the signed_request (or the server's own message) must outlive it.
///
/// Send `fields` and `body` as they are: they are what was signed.
struct request_view {
    /// always `POST` for the API
    std::string_view method = "POST";
    /// `https` or `http`
    std::string_view scheme = "https";
    /// host, and `:port` when one was given: where to connect, and the value of the `host` field
    std::string_view authority;
    /// the path, for example `/api/v2/bmc`
    std::string_view target;
    /// without `content-length`, which the HTTP stack adds
    field_list fields;
    /// the JSON, byte for byte what was signed
    std::string_view body;
};

/// A response as a transport hands it over. A view: the transport's memory must outlive it.
struct response_view {
    /// the HTTP status, 100 to 599
    int status = 0;
    /// the whole body, after the transport removed chunks and compression
    std::string_view body;
    /// May be left empty; then `retry-after`, `date` and `cf-mitigated` are unknown.
    field_list fields;
};

namespace detail {

/// Whether a name is a `token` of RFC 9110, section 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``, at least one.
[[nodiscard]] constexpr bool is_field_name(std::string_view name) noexcept {
    for (const char c : name) {
        if (!ascii::is_alphanumeric(c) && !ascii::is_one_of(c, "!#$%&'*+-.^_`|~"sv)) {
            return false;
        }
    }
    return !name.empty();
}

/// Whether a value may be sent: visible ASCII, with spaces and tabs only between visible characters, or the empty
/// value. CR, LF, NUL, other control characters and bytes beyond ASCII are not allowed.
[[nodiscard]] constexpr bool is_field_value(std::string_view value) noexcept {
    const auto is_blank = [](char c) noexcept { return c == ' ' || c == '\t'; };
    if (value.empty()) {
        return true;
    }
    if (is_blank(value.front()) || is_blank(value.back())) {
        return false;
    }
    for (const char c : value) {
        if (!ascii::is_visible(c) && !is_blank(c)) {
            return false;
        }
    }
    return true;
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/signature.hpp, continued

/// @file
/// The signature method ZC2-HMAC-SHA256, one function for each stage, so that the key can be kept elsewhere, and stages compared:
///
///     payload_hash -> canonical_request_hash -> string_to_sign -> signature -> write_authorization_value
///
/// Source: the page "sign" of the API's documentation (API introduction, instruction).

namespace ZENWIRE_NAMESPACE {

/// The name of the signature method, with which the `authorization` field begins.
inline constexpr std::string_view signature_method = "ZC2-HMAC-SHA256";
/// The names of the header fields that are signed by default.
inline constexpr std::string_view default_signed_headers = "content-type;host";
/// A signature is accepted this many seconds before and after its timestamp, both ends included.
inline constexpr std::int64_t signature_lifetime_seconds = 300;

/// Stage 1: SHA-256 of the body's bytes, `HashedRequestPayload` of the page.
/// @return what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> payload_hash(std::string_view body, Hash const& hash = {}) noexcept {
    return detail::finish_with(hash, detail::sha256_ending{body});
}

namespace detail {

/// update_canonical_start(), where `update_value(hash, value)` hashes the two values.
template <hash_function Hash, class UpdateValue>
constexpr void update_canonical_start_by(UpdateValue update_value, Hash& hash, std::string_view content_type,
                                         std::string_view host) noexcept {
    hash.update("POST\n/\n\ncontent-type:"sv);
    update_value(hash, content_type);
    hash.update("\nhost:"sv);
    update_value(hash, host);
    hash.update("\n\ncontent-type;host\n"sv);
}

}  // namespace detail

/// Hashes a canonical request with the default signed headers, up to the hash of the payload: the part that is the same in each
/// request to an endpoint.
template <hash_function Hash>
constexpr void update_canonical_start(Hash& hash, std::string_view content_type, std::string_view host) noexcept {
    detail::update_canonical_start_by([](Hash& into, std::string_view value) noexcept { into.update(value); }, hash,
                                      content_type, host);
}

/// Adds the hash of the payload, the end of a canonical request, and returns the hash of it all.
template <hash_function Hash>
[[nodiscard]] constexpr expected<sha256_digest> finish_canonical_request(Hash const& hash,
                                                                         sha256_digest const& payload) noexcept {
    return detail::finish_with(hash, detail::sha256_ending{{}, &payload});
}

/// Stage 2: SHA-256 of the canonical request over `content-type` and `host`. The path in it is always `/`, and action
/// and version (`x-zc-action`, `x-zc-version`) are **not signed**: verification.hpp compares them.
/// @param content_type the value as it is sent
/// @param host the same; by the page both are in lower case, without spaces around
/// @return what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> canonical_request_hash(std::string_view content_type,
                                                                       std::string_view host,
                                                                       sha256_digest const& payload,
                                                                       Hash hash = {}) noexcept {
    update_canonical_start(hash, content_type, host);
    return finish_canonical_request(hash, payload);
}

/// Stage 2 with signed headers of the caller's choice: names and values lower-case and trimmed, in ascending order of the
/// names, as the page wants them.
/// @return what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> canonical_request_hash(std::span<field const> signed_fields,
                                                                       sha256_digest const& payload,
                                                                       Hash hash = {}) noexcept {
    hash.update("POST\n/\n\n"sv);
    for (const field& each : signed_fields) {
        hash.update(each.name);
        hash.update(":"sv);
        hash.update(each.value);
        hash.update("\n"sv);
    }
    std::string_view separator = "\n"sv;
    for (const field& each : signed_fields) {
        hash.update(std::exchange(separator, ";"sv));
        hash.update(each.name);
    }
    hash.update("\n"sv);
    return finish_canonical_request(hash, payload);
}

namespace detail {

/// The decimal digits of a timestamp, as they are sent and signed. A time before 1970, which is never signed, gives 0.
[[nodiscard]] constexpr decimal_text timestamp_text(unix_seconds time) noexcept {
    return decimal_text(time.count() < 0 ? 0 : static_cast<std::uint64_t>(time.count()));
}

/// The part of a string to sign that stands before the digest. Holds its text.
class string_to_sign_start {
public:
    /// @param timestamp decimal seconds; digits beyond the 20th are cut off
    constexpr explicit string_to_sign_start(std::string_view timestamp) noexcept {
        detail::begin_without_values(text_);
        buffer_writer out(text_);
        out.append_all(signature_method, "\n"sv, timestamp.substr(0, longest_timestamp), "\n"sv);
        size_ = out.size();
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, size_}; }
    /// The digits of the time in it, which must not be empty. A view of this object.
    [[nodiscard]] constexpr std::string_view timestamp() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {text_ + signature_method.size() + 1, size_ - signature_method.size() - 2};
    }

    /// Bytes of the longest timestamp.
    static constexpr std::size_t longest_timestamp = 20;
    /// Bytes of the longest text.
    static constexpr std::size_t capacity = signature_method.size() + 1 + longest_timestamp + 1;

private:
    char text_[capacity];
    std::size_t size_ = 0;
};

}  // namespace detail

/// Stage 3: the text of which the MAC is made. Holds its text.
class string_to_sign {
public:
    /// @param timestamp decimal seconds; digits beyond the 20th are cut off
    constexpr string_to_sign(std::string_view timestamp, sha256_digest const& canonical_request_hash) noexcept
        : string_to_sign(detail::string_to_sign_start(timestamp), canonical_request_hash) {}
    /// @param time a valid one
    constexpr string_to_sign(unix_seconds time, sha256_digest const& canonical_request_hash) noexcept
        : string_to_sign(detail::timestamp_text(time).view(), canonical_request_hash) {}
    /// From its two parts.
    constexpr string_to_sign(detail::string_to_sign_start const& start,
                             sha256_digest const& canonical_request_hash) noexcept {
        detail::begin_without_values(text_);
        buffer_writer(text_).append(start.view());
        detail::write_hex(text_ + start.view().size(), canonical_request_hash);
        size_ = start.view().size() + 2 * sha256::digest_size;
    }

    /// The text. A view of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept ZENWIRE_LIFETIMEBOUND { return {text_, size_}; }

private:
    char text_[detail::string_to_sign_start::capacity + 2 * sha256::digest_size];
    std::size_t size_ = 0;
};

/// Stage 4: the MAC of the string to sign.
/// @return what `mac` fails with
template <mac_provider Mac>
[[nodiscard]] constexpr expected<sha256_digest> signature(string_to_sign const& text, Mac const& mac) noexcept {
    return mac(text.view());
}

namespace detail {

/// Stages 3 and 4 by a signing_credential: the MAC of the string to sign, into `mac`.
///
/// A key whose mac() takes a sha256_ending, and cannot fail, is given one, so that the digest need not be written as text first.
/// @return what `key` fails with
template <class Key>
[[nodiscard]] constexpr expected<void> authenticate(Key const& key, string_to_sign_start const& start,
                                                    sha256_digest const& canonical_request_hash,
                                                    sha256_digest& mac) noexcept {
    if constexpr (requires { requires std::is_void_v<decltype(key.mac(detail::sha256_ending{}, mac))>; }) {
        key.mac(detail::sha256_ending{start.view(), &canonical_request_hash}, mac);
    } else if constexpr (requires {
                             { key.mac(std::string_view()) } -> std::same_as<sha256_digest>;
                         }) {
        mac = key.mac(string_to_sign(start, canonical_request_hash).view());
    } else {
        const expected<sha256_digest> result = key.mac(string_to_sign(start, canonical_request_hash).view());
        if (!result) {
            return failure_of(result);
        }
        mac = *result;
    }
    return {};
}

}  // namespace detail

/// Stage 5: writes the value of the `authorization` field. When there is no room for it, `out.overflowed()` says so.
constexpr void write_authorization_value(buffer_writer& out, std::string_view access_key_id,
                                         std::string_view signed_headers, sha256_digest const& signature) noexcept {
    out.append(signature_method).append(" Credential="sv).append(access_key_id);
    out.append(", SignedHeaders="sv).append(signed_headers);
    out.append(", Signature="sv).append(detail::hex_text(signature).view());
}

/// The parts of an `authorization` field. Views of the request.
struct authorization {
    /// The token of `Bearer <token>`; then the other three are empty.
    std::string_view bearer_token{};
    /// Who signed; empty for a bearer token.
    std::string_view access_key_id{};
    /// Names, separated by `;`.
    std::string_view signed_headers{};
    /// 64 characters.
    std::string_view signature{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/request_template.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The two documented forms of the `content-type` field.
enum class content_type : unsigned char {
    json,       ///< `application/json`
    json_utf8,  ///< `application/json; charset=utf-8`
};

template <>
inline constexpr detail::enum_row<content_type> detail::enum_names<content_type>[] = {
    {content_type::json, "json"},
    {content_type::json_utf8, "json_utf8"},
};

/// The options of a request.
struct request_options {
    /// the form of the `content-type` field
    enum content_type content_type = content_type::json;
    /// `x-zc-request-client`: the name of the calling program; left out when empty. At most limits::request_client letters,
    /// digits, spaces and `-_,;.`.
    std::string_view request_client{};
};

namespace detail {

/// The most fields a request has: seven of a request_template, and four of write_request.hpp when it is signed.
inline constexpr std::size_t max_request_fields = 11;

/// Appends header fields to a block of `name: value\r\n` lines. The only way to add a field to a request.
///
/// Names and values must be ones that HTTP can carry; whoever makes them has checked them. When the buffer is full, its
/// overflowed() says so: check this once, at the end.
class field_writer {
public:
    /// Continues a block that has `count` fields. Positions count from the start of the buffer.
    /// @param positions one for each field; too few: contract_violation()
    /// @tparam Positions an array or a span of field_position; converting one to the other takes long to compile
    template <class Positions>
    constexpr field_writer(buffer_writer& out ZENWIRE_LIFETIMEBOUND, Positions& positions ZENWIRE_LIFETIMEBOUND,
                           std::size_t count = 0) noexcept
        : out_(out), positions_(positions.data()), capacity_(positions.size()), count_(count) {}

    /// Adds a field, whose value may have several pieces.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void add(std::string_view name, Pieces const&... value) noexcept {
        keep_position(name.size(), (std::string_view(value).size() + ...));
        out_.append_all(name, ": "sv, value..., "\r\n"sv);
    }

    /// The same for a value in one piece.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add(std::string_view name, std::string_view value) noexcept {
        add_line(name.data(), name.size(), value.data(), value.size());
    }

    /// Begins a field whose value is not complete yet: the caller appends its last `remaining_size` bytes, and the end
    /// of the line, to the buffer.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void begin(std::string_view name, std::size_t remaining_size,
                                                  Pieces const&... value) noexcept {
        keep_position(name.size(), (remaining_size + ... + std::string_view(value).size()));
        out_.append_all(name, ": "sv, value...);
    }

    /// How many fields the block has.
    [[nodiscard]] constexpr std::size_t count() const noexcept { return count_; }

private:
    /// Each text is two arguments, for the reason that buffer_writer::append_bytes() gives.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add_line(char const* name, std::size_t name_size, char const* value,
                                                     std::size_t value_size) noexcept {
        keep_position(name_size, value_size);
        out_.append_all(std::string_view(name, name_size), ": "sv, std::string_view(value, value_size), "\r\n"sv);
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void keep_position(std::size_t name_size, std::size_t value_size) noexcept {
        if (count_ == capacity_) {
            contract_violation();
        }
        field_position& at = positions_[count_++];
        at.name_begin = static_cast<std::uint32_t>(out_.size());
        at.name_size = static_cast<std::uint32_t>(name_size);
        at.value_size = static_cast<std::uint32_t>(value_size);
    }

    buffer_writer& out_;
    field_position* positions_;
    std::size_t capacity_;
    std::size_t count_;
};

/// The positions of the parts of a request's head: offsets, so that the memory may move.
struct request_layout {
    constexpr request_layout() noexcept { begin_without_values(fields); }
    constexpr request_layout(request_layout const& other) noexcept : request_layout() { *this = other; }
    constexpr request_layout& operator=(request_layout const& other) noexcept {
        if (is_constant_evaluated()) {
            fields = other.fields;
        } else {
            // copied as bytes, because fields beyond field_count are uninitialised
            std::memcpy(fields.data(), other.fields.data(), sizeof(fields));
        }
        field_count = other.field_count;
        head_size = other.head_size;
        target_size = other.target_size;
        is_https = other.is_https;
        return *this;
    }

    /// only the first `field_count` of them are set
    std::array<field_position, max_request_fields> fields;
    /// how many fields there are
    std::size_t field_count = 0;
    /// bytes of the request line and the fields
    std::size_t head_size = 0;
    /// bytes of the path, which begins behind `POST `
    std::size_t target_size = 0;
    /// whether to connect by TLS
    bool is_https = true;

    /// The request that lies in `head`, whose first field is `host`, and `body`; a view of them and of this object.
    [[nodiscard]] constexpr request_view view(char const* head, std::string_view body) const noexcept {
        constexpr std::size_t separator = 2;  // ": "
        request_view request{};  // GCC 14 for ARM calls a declaration without braces an unused value
        request.scheme = is_https ? "https"sv : "http"sv;
        request.authority = {head + fields[0].name_begin + fields[0].name_size + separator,
                             std::size_t{fields[0].value_size}};
        request.target = {head + request.method.size() + 1, target_size};
        request.fields = {std::string_view(head, head_size), fields.data(), field_count};
        request.body = body;
        return request;
    }
};

}  // namespace detail

/// A prepared request to a service at an endpoint, with all that each one has in common: the constant fields, and the
/// hash state after the constant start of the canonical request. Make it once and sign many requests with it.
///
/// Holds copies of what it was made from. No heap.
template <hash_function Hash = sha256>
class request_template {
public:
    /// @return errc::invalid_field for a service or options with characters that a field cannot carry,
    ///         errc::invalid_parameter for a wrong request_options::request_client, errc::buffer_too_small when all of
    ///         it is longer than limits::request_head
    [[nodiscard]] static constexpr expected<request_template> make(zenwire::service const& service,
                                                                   zenwire::endpoint const& endpoint,
                                                                   request_options const& options = {},
                                                                   Hash const& hash = Hash()) noexcept {
        expected<request_template> result(std::in_place, service, hash);
        refusal const* const flaw = result->write_head(service, endpoint, options);
        if (flaw != nullptr) {
            result = refuse(*flaw);
        }
        return result;
    }

    /// Constructed by make().
    constexpr request_template(zenwire::service const& service, Hash const& hash) noexcept
        : service_(service), hash_(hash), canonical_start_(hash) {}

    /// The service. A view of this object.
    [[nodiscard]] constexpr zenwire::service const& service() const noexcept ZENWIRE_LIFETIMEBOUND { return service_; }
    /// Host, and `:port` when one was given. A view of this object.
    [[nodiscard]] constexpr std::string_view authority() const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.view(head_, {}).authority;
    }
    /// The request line and the constant fields. A view of this object.
    [[nodiscard]] constexpr std::string_view head() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {head_, layout_.head_size};
    }
    /// Where the constant fields lie.
    [[nodiscard]] constexpr detail::request_layout const& layout() const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_;
    }
    /// A hash in its initial state.
    [[nodiscard]] constexpr Hash const& hash() const noexcept ZENWIRE_LIFETIMEBOUND { return hash_; }
    /// A hash after the constant start of the canonical request.
    [[nodiscard]] constexpr Hash const& canonical_start() const noexcept ZENWIRE_LIFETIMEBOUND {
        return canonical_start_;
    }

private:
    static constexpr bool is_request_client(std::string_view text) noexcept {
        for (const char c : text) {
            if (!detail::ascii::is_alphanumeric(c) && !detail::ascii::is_one_of(c, "-_ ,;."sv)) {
                return false;
            }
        }
        return text.size() <= limits::request_client && detail::is_field_value(text);
    }

    static constexpr refusal wrong_request_client =
        error::make(errc::invalid_parameter, blame::local,
                    "the request client may have letters, digits, spaces and -_,;. and must not be too long",
                    "x-zc-request-client");
    static constexpr refusal wrong_path =
        error::make(errc::invalid_field, blame::local, "the path of a service must begin with / and be visible ASCII");
    static constexpr refusal fields_too_long =
        error::make(errc::buffer_too_small, blame::local, "the header fields are too long");
    static constexpr refusal wrong_service =
        error::make(errc::invalid_field, blame::local, "a header cannot carry the name or version of the service");

    /// Writes the head, and hashes the start.
    /// @return the constant that make() refuses with; null on success
    constexpr refusal const* write_head(zenwire::service const& service, endpoint const& endpoint,
                                        request_options const& options) noexcept {
        if (!is_request_client(options.request_client)) {
            return &wrong_request_client;
        }
        if (!service.path.starts_with('/') || !detail::ascii::is_visible(service.path)) {
            return &wrong_path;
        }
        if (!detail::is_field_value(service.name) || !detail::is_field_value(service.version)) {
            return &wrong_service;
        }
        const std::string_view content =
            options.content_type == content_type::json ? "application/json"sv : "application/json; charset=utf-8"sv;
        buffer_writer out(head_);
        out.append("POST "sv).append(service.path).append(" HTTP/1.1\r\n"sv);
        detail::field_writer fields(out, layout_.fields);
        fields.add("host"sv, endpoint.authority());  // the first one: request_layout::view() relies on it
        fields.add("content-type"sv, content);
        fields.add("x-zc-service"sv, service.name);
        fields.add("x-zc-version"sv, service.version);
        fields.add("x-zc-sdk-version"sv, version_text);
        fields.add("x-zc-sdk-lang"sv, "cpp"sv);
        if (!options.request_client.empty()) {
            fields.add("x-zc-request-client"sv, options.request_client);
        }
        layout_.field_count = fields.count();
        layout_.head_size = out.size();
        layout_.target_size = service.path.size();
        layout_.is_https = endpoint.transfer_scheme() == endpoint::scheme::https;
        update_canonical_start(canonical_start_, content, endpoint.authority());
        return out.overflowed() ? &fields_too_long : nullptr;
    }

    zenwire::service service_;
    Hash hash_;
    Hash canonical_start_;
    detail::request_layout layout_{};
    char head_[limits::request_head]{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/write_request.hpp, continued

/// @file
/// Writes a request: the body of an action, and the head with the signature.

namespace ZENWIRE_NAMESPACE::detail {

/// @{
/// Reasons why a body cannot be written.
inline constexpr refusal memory_is_too_small =
    error::make(errc::buffer_too_small, blame::local,
                "the request exceeds limits::request_head or request_body, or the memory given");
inline constexpr refusal text_is_not_utf8 = error::make(errc::invalid_parameter, blame::local, "a text is not UTF-8");
/// @}

/// Writes the body of an action that was validated already.
///
/// @param body becomes a view of what was written to `memory`. After a failure wipe it, because a text may be a secret.
/// @return the reason for a failure, a constant; null when the body was written
template <class Action>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr refusal const* write_valid_body(std::span<char> memory,
                                                                                 Action const& action,
                                                                                 service const& service,
                                                                                 std::string_view& body) noexcept {
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    body = out.written();
    return out.overflowed() ? &memory_is_too_small : json.invalid_utf8() ? &text_is_not_utf8 : nullptr;
}

/// Whether a parameter refers to texts of any length, or to a list.
template <class Value>
inline constexpr bool refers_to_texts = std::is_same_v<Value, std::string_view> || requires(Value const& value) {
    value.data();
    value.subspan(0);
};

template <class Action, auto... Pointers>
[[nodiscard]] constexpr bool has_references(member_list<Pointers...> const*) noexcept {
    return (false || ... || refers_to_texts<std::remove_cvref_t<decltype(std::declval<Action const&>().*Pointers)>>);
}

/// Whether the body of an action can be of any length. It cannot when all parameters own their texts, which then have capacities.
template <class Action>
[[nodiscard]] constexpr bool body_can_be_long() noexcept {
    if constexpr (requires { Action::members(); }) {
        return has_references<Action>(static_cast<decltype(Action::members()) const*>(nullptr));
    } else if constexpr (requires(service const& service) { Action::members(service); }) {
        return has_references<Action>(
            static_cast<decltype(Action::members(std::declval<service const&>())) const*>(nullptr));
    } else {
        return true;
    }
}

/// How many bytes the body of a valid action has.
template <class Action>
[[nodiscard]] constexpr std::size_t body_size(Action const& action, service const& service) noexcept {
    // A writer without memory would count as well, but GCC 12 warns of a null pointer in the user's program then, from -O1 on.
    char memory[64]{};
    buffer_writer out(memory);
    json_writer json(out);
    write_json(json, action, service);
    secure_zero(memory);
    return out.needed();
}

/// Makes the error for a body that does not fit.
/// @param what the name of the limit
/// @param room its value in bytes
/// @param advice how to go on
[[nodiscard]] ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) constexpr error
    body_does_not_fit(errc code, std::size_t size, std::string_view what, std::size_t room,
                      std::string_view advice) noexcept {
    char text[256]{};  // more than all pieces together; a shorter message keeps their beginning
    buffer_writer out(text);
    out.append("the body has ").append_decimal(size).append(" bytes, ").append(what).append(" ").append_decimal(room);
    out.append(advice);
    return error::make(code, blame::local, out.written());
}

/// The error for a request that owns its memory.
[[nodiscard]] constexpr error body_exceeds_limit(std::size_t size) noexcept {
    return body_does_not_fit(errc::buffer_too_small, size, "limits::request_body is", limits::request_body,
                             ": make_request_in() and sign_body() take memory of any size; send_action() has it for "
                             "owning{action}, raw_action and raw_action_json");
}

/// The error when the allocator has no memory.
[[nodiscard]] constexpr error no_memory_for_body(std::size_t size) noexcept {
    return body_does_not_fit(errc::out_of_memory, size, "limits::request_body is", limits::request_body,
                             ", and the allocator has no memory for a longer one");
}

/// The error for memory of the caller.
[[nodiscard]] constexpr error body_exceeds_memory(std::size_t size, std::size_t memory) noexcept {
    return body_does_not_fit(errc::buffer_too_small, size, "the memory that was given", memory,
                             ": give as much as the body has, and limits::request_head more for a whole request");
}

/// @{
/// Reasons why a head cannot be written.
inline constexpr refusal time_is_before_1970 =
    error::make(errc::invalid_timestamp, blame::local, "the time lies before 1970", "x-zc-timestamp");
inline constexpr refusal time_is_after_9999 =
    error::make(errc::invalid_timestamp, blame::local, "the time lies after the year 9999: were milliseconds meant?",
                "x-zc-timestamp");
inline constexpr refusal token_was_moved_from =
    error::make(errc::invalid_credential, blame::local, "the bearer token was moved from", "token");
inline constexpr refusal access_key_was_moved_from =
    error::make(errc::invalid_credential, blame::local, "the access key was moved from", "accessKeyId");
inline constexpr refusal wrong_action_name = error::make(
    errc::invalid_field, blame::local, "the name of the action is empty or not visible ASCII", "x-zc-action");
/// @}

/// Whether an action can have this name: visible characters, at least one.
[[nodiscard]] constexpr bool is_action_name(std::string_view name) noexcept {
    return !name.empty() && ascii::is_visible(name);
}

/// Adds the fields that authorise a request: those of a bearer token.
/// @return errc::invalid_credential
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> authorize(field_writer& fields, buffer_writer&, std::string_view,
                                                 request_template<Hash> const&, bearer_token const& token,
                                                 unix_seconds) noexcept {
    if (token.secret_text().empty()) {
        return refuse(token_was_moved_from);
    }
    fields.add("authorization"sv, "Bearer "sv, token.secret_text());
    return {};
}

/// The hash of the canonical request, into `canonical`.
/// @return what the hash fails with
template <hash_function Hash>
[[nodiscard]] constexpr expected<void> hash_canonical_request(request_template<Hash> const& prepared,
                                                              std::string_view body,
                                                              sha256_digest& canonical) noexcept {
    sha256_digest payload;
    if (const auto done = finish_with(prepared.hash(), sha256_ending{body}, payload); !done) {
        return failure_of(done);
    }
    return finish_with(prepared.canonical_start(), sha256_ending{{}, &payload}, canonical);
}

/// The same with a signature.
/// All that does not depend on the MAC is written first, so that the processor can do it while the hashes are not ready yet.
/// @return errc::invalid_credential, what hash and key fail with
template <signing_credential Key, hash_function Hash>
[[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr expected<void> authorize(field_writer& fields, buffer_writer& out,
                                                                          std::string_view body,
                                                                          request_template<Hash> const& prepared,
                                                                          Key const& key, unix_seconds now) noexcept {
    if (std::string_view(key.id()).empty()) {
        return refuse(access_key_was_moved_from);
    }
    const string_to_sign_start start(timestamp_text(now).view());
    sha256_digest canonical;
    if (const auto done = hash_canonical_request(prepared, body, canonical); !done) {
        return failure_of(done);
    }
    fields.add("x-zc-timestamp"sv, start.timestamp());
    fields.add("x-zc-signature-method"sv, signature_method);
    fields.begin("authorization"sv, 2 * sha256::digest_size, signature_method, " Credential="sv,
                 std::string_view(key.id()), ", SignedHeaders="sv, default_signed_headers, ", Signature="sv);
    sha256_digest mac;
    if (const auto done = authenticate(key, start, canonical, mac); !done) {
        return failure_of(done);
    }
    out.append_all(hex_text(mac).view(), "\r\n"sv);
    return {};
}

/// Signs `body` and writes the head of its request: the request line and all fields. The bytes of `body` are hashed, not kept.
///
/// Fills `layout` with the positions of the parts. After a failure `layout` has no fields, and nothing is left in `head`.
/// @param action_name one that is_action_name() accepts
/// @return errc::invalid_timestamp, errc::invalid_credential (a credential that was moved from), errc::buffer_too_small, or what
///         hash and credential fail with
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<void> write_head(std::span<char> head, request_layout& layout,
                                                  std::string_view action_name, std::string_view body,
                                                  request_template<Hash> const& prepared, Credential const& credential,
                                                  unix_seconds now) noexcept {
    if (!now.is_valid()) {
        return refuse(now.count() < 0 ? time_is_before_1970 : time_is_after_9999);
    }
    buffer_writer out(head);
    out.append(prepared.head());
    layout = prepared.layout();
    field_writer fields(out, layout.fields, layout.field_count);
    fields.add("x-zc-action"sv, action_name);
    expected<void> done = authorize(fields, out, body, prepared, credential, now);
    if (done && out.overflowed()) {
        done = refuse(memory_is_too_small);
    }
    if (done) {
        layout.field_count = fields.count();
        layout.head_size = out.size();
    } else {
        secure_zero(head.first(out.size()));
        layout.field_count = 0;
    }
    return done;
}

/// The head of a signed request in memory of its own: no heap. Move-only; wipes itself.
class owned_head {
public:
    constexpr owned_head() noexcept { begin_without_values(text_); }
    owned_head(owned_head const&) = delete;
    owned_head& operator=(owned_head const&) = delete;
    constexpr owned_head(owned_head&& other) noexcept : owned_head() { take(other); }
    constexpr owned_head& operator=(owned_head&& other) noexcept {
        if (this != &other) {
            wipe();
            take(other);
        }
        return *this;
    }
    constexpr ~owned_head() { wipe(); }

    /// Writes it, by write_head().
    template <credential Credential, hash_function Hash>
    [[nodiscard]] constexpr expected<void> compose(std::string_view action_name, std::string_view body,
                                                   request_template<Hash> const& prepared, Credential const& credential,
                                                   unix_seconds now) noexcept {
        return write_head(text_, layout_, action_name, body, prepared, credential, now);
    }

    /// The request of this head and that body; an empty one when there is no head. A view of this object.
    [[nodiscard]] constexpr request_view view(std::string_view body) const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.field_count == 0 ? request_view{} : layout_.view(text_, body);
    }

private:
    /// Wipes from the last field on, which is `authorization`; the fields before it are no secret.
    constexpr void wipe() noexcept {
        if (layout_.field_count != 0) {
            const std::size_t begin = layout_.fields[layout_.field_count - 1].name_begin;
            secure_zero(std::span(text_).subspan(begin, layout_.head_size - begin));
            layout_.field_count = 0;
        }
    }

    constexpr void take(owned_head& other) noexcept {
        if (other.layout_.field_count != 0) {
            buffer_writer(text_).append({other.text_, other.layout_.head_size});
            layout_ = other.layout_;
            other.wipe();
        }
    }

    request_layout layout_{};
    char text_[limits::request_head];
};

/// Whether the name of an action is a constant that is_action_name() accepts, so that it need not be checked at run time.
template <class Action>
concept has_sendable_name = std::is_same_v<decltype(&Action::name), std::string_view const*> &&
                            requires { requires is_action_name(Action::name); };

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/request.hpp, continued

namespace ZENWIRE_NAMESPACE {

class signed_request;
class request_in_buffer;

/// Validates `action`, writes its body and fields, and signs it for `now`: a request that is ready to send.
///
/// Sign each attempt afresh: the API refuses signatures that are more than 300 s old.
/// @return what validate() and sign_body() return; errc::buffer_too_small when body or fields exceed
///         limits::request_body or limits::request_head (make_request_in() has no such limit)
template <action Action, credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<signed_request> make_request(Action const& action,
                                                              request_template<Hash> const& prepared,
                                                              Credential const& credential, unix_seconds now) noexcept;

/// The same for a single request, without a request_template.
template <action Action, credential Credential>
[[nodiscard]] constexpr expected<signed_request> make_request(Action const& action, service const& service,
                                                              endpoint const& endpoint, Credential const& credential,
                                                              unix_seconds now,
                                                              request_options const& options = {}) noexcept;

/// Like make_request(), but in memory of the caller: first the body, then the head. For bodies and tokens of any size.
///
/// On failure nothing of the request is left in `memory`.
/// @return as make_request(); errc::buffer_too_small when `memory` is too small
template <action Action, credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> make_request_in(std::span<char> memory, Action const& action,
                                                                    request_template<Hash> const& prepared,
                                                                    Credential const& credential,
                                                                    unix_seconds now) noexcept;

/// Signs a body that the caller wrote, of any size, which is not copied: `body` must outlive the request.
///
/// On failure nothing is left in `head`.
/// @param head memory for request line and fields; must outlive the request
/// @param action_name `x-zc-action`: visible ASCII, not empty
/// @return errc::invalid_timestamp, errc::invalid_credential, errc::invalid_field for the name, errc::buffer_too_small, or what
///         hash and credential fail with
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> sign_body(std::span<char> head, std::string_view action_name,
                                                              std::string_view body,
                                                              request_template<Hash> const& prepared,
                                                              Credential const& credential, unix_seconds now) noexcept;

/// Writes the body of a request for `action` into `memory`, after validating it.
///
/// The body is compact JSON with the members in the documented order. On failure nothing of it is left in `memory`.
/// @return a view of `memory`; else what validate() returns, or errc::buffer_too_small
template <action Action>
[[nodiscard]] constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                              service const& service) noexcept;

/// A signed request whose bytes lie inside the object: no heap. Move-only; wipes itself. It cannot be changed, because exactly what
/// was signed must be sent.
class signed_request {
public:
    /// Empty; filled by make_request().
    constexpr signed_request() noexcept { detail::begin_without_values(body_); }
    signed_request(signed_request const&) = delete;
    signed_request& operator=(signed_request const&) = delete;
    /// Takes the request over, and wipes the other.
    constexpr signed_request(signed_request&& other) noexcept : signed_request() { *this = std::move(other); }
    /// Takes the request over, and wipes the other.
    constexpr signed_request& operator=(signed_request&& other) noexcept {
        if (this != &other) {
            wipe_body();
            head_ = std::move(other.head_);
            buffer_writer(body_).append({other.body_, other.body_size_});
            body_size_ = other.body_size_;
            other.wipe_body();
        }
        return *this;
    }
    constexpr ~signed_request() { wipe_body(); }

    /// The request for the transport. A view of this object: it must outlive the view, so there is none of a temporary.
    [[nodiscard]] constexpr request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return head_.view({body_, body_size_});
    }
    request_view view() const&& = delete;

private:
    template <action Action, credential Credential, hash_function Hash>
    friend constexpr expected<signed_request> make_request(Action const&, request_template<Hash> const&,
                                                           Credential const&, unix_seconds) noexcept;

    /// The body may carry a password.
    constexpr void wipe_body() noexcept {
        secure_zero(std::span(body_).first(body_size_));
        body_size_ = 0;
    }

    detail::owned_head head_;
    std::size_t body_size_ = 0;
    char body_[limits::request_body];
};

namespace detail {

/// Does what sign_body() does, for an action name that was checked already.
template <credential Credential, hash_function Hash>
[[nodiscard]] constexpr expected<request_in_buffer> place_request(std::span<char> head, std::string_view action_name,
                                                                  std::string_view body,
                                                                  request_template<Hash> const& prepared,
                                                                  Credential const& credential,
                                                                  unix_seconds now) noexcept;

}  // namespace detail

/// A signed request whose bytes lie in memory of the caller, which must outlive it. That memory holds an authorization:
/// wipe it (secure_zero()) when the request was sent.
class request_in_buffer {
public:
    /// Called by sign_body() and make_request_in(), which write the head and fill the layout.
    constexpr request_in_buffer(char const* head, std::string_view body) noexcept : head_(head), body_(body) {}

    /// The request for the transport. A view of this object and of the memory.
    [[nodiscard]] constexpr request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.view(head_, body_);
    }
    request_view view() const&& = delete;

private:
    template <credential Credential, hash_function Hash>
    friend constexpr expected<request_in_buffer> detail::place_request(std::span<char>, std::string_view,
                                                                       std::string_view, request_template<Hash> const&,
                                                                       Credential const&, unix_seconds) noexcept;

    detail::request_layout layout_{};
    char const* head_;
    std::string_view body_;
};

namespace detail {

template <credential Credential, hash_function Hash>
constexpr expected<request_in_buffer> place_request(std::span<char> head, std::string_view action_name,
                                                    std::string_view body, request_template<Hash> const& prepared,
                                                    Credential const& credential, unix_seconds now) noexcept {
    expected<request_in_buffer> result(std::in_place, head.data(), body);
    const expected<void> done = write_head(head, result->layout_, action_name, body, prepared, credential, now);
    if (!done) {
        result = failure_of(done);
    }
    return result;
}

}  // namespace detail

template <action Action>
constexpr expected<std::string_view> write_body(std::span<char> memory, Action const& action,
                                                service const& service) noexcept {
    if (const auto valid = validate(action, service); !valid) {
        return failure_of(valid);
    }
    std::string_view body;
    if (refusal const* const flaw = detail::write_valid_body(memory, action, service, body); flaw != nullptr) {
        secure_zero(memory.first(body.size()));
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &detail::memory_is_too_small) {
                return unexpected(detail::body_exceeds_memory(detail::body_size(action, service), memory.size()));
            }
        }
        return refuse(*flaw);
    }
    return body;
}

template <action Action, credential Credential, hash_function Hash>
constexpr expected<signed_request> make_request(Action const& action, request_template<Hash> const& prepared,
                                                Credential const& credential, unix_seconds now) noexcept {
    auto result = expected<signed_request>(std::in_place);  // GCC 14 for ARM calls the other form an unused value
    if (const auto valid = validate(action, prepared.service()); !valid) {
        result = failure_of(valid);
        return result;
    }
    std::string_view body;
    refusal const* const flaw = detail::write_valid_body(result->body_, action, prepared.service(), body);
    result->body_size_ = body.size();
    if (flaw != nullptr) {
        result = refuse(*flaw);
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &detail::memory_is_too_small) {
                result = unexpected(detail::body_exceeds_limit(detail::body_size(action, prepared.service())));
            }
        }
        return result;
    }
    if constexpr (!detail::has_sendable_name<Action>) {
        if (!detail::is_action_name(action.name)) {
            result = refuse(detail::wrong_action_name);
            return result;
        }
    }
    if (const expected<void> done = result->head_.compose(action.name, body, prepared, credential, now); !done) {
        result = failure_of(done);
    }
    return result;
}

template <action Action, credential Credential>
constexpr expected<signed_request> make_request(Action const& action, service const& service, endpoint const& endpoint,
                                                Credential const& credential, unix_seconds now,
                                                request_options const& options) noexcept {
    const auto prepared = request_template<>::make(service, endpoint, options);
    if (!prepared) {
        return failure_of(prepared);
    }
    return make_request(action, *prepared, credential, now);
}

template <credential Credential, hash_function Hash>
constexpr expected<request_in_buffer> sign_body(std::span<char> head, std::string_view action_name,
                                                std::string_view body, request_template<Hash> const& prepared,
                                                Credential const& credential, unix_seconds now) noexcept {
    if (!detail::is_action_name(action_name)) {
        return refuse(detail::wrong_action_name);
    }
    return detail::place_request(head, action_name, body, prepared, credential, now);
}

template <action Action, credential Credential, hash_function Hash>
constexpr expected<request_in_buffer> make_request_in(std::span<char> memory, Action const& action,
                                                      request_template<Hash> const& prepared,
                                                      Credential const& credential, unix_seconds now) noexcept {
    if (const auto valid = validate(action, prepared.service()); !valid) {
        return failure_of(valid);
    }
    std::string_view body;
    refusal const* const flaw = detail::write_valid_body(memory, action, prepared.service(), body);
    const std::span<char> head = memory.subspan(body.size());
    const auto place = [&]() noexcept -> expected<request_in_buffer> {
        if constexpr (detail::body_can_be_long<Action>()) {
            if (flaw == &detail::memory_is_too_small) {
                return unexpected(
                    detail::body_exceeds_memory(detail::body_size(action, prepared.service()), memory.size()));
            }
        }
        if (flaw != nullptr) {
            return refuse(*flaw);
        }
        if constexpr (detail::has_sendable_name<Action>) {
            return detail::place_request(head, action.name, body, prepared, credential, now);
        } else {
            return sign_body(head, action.name, body, prepared, credential, now);
        }
    };
    expected<request_in_buffer> result = place();
    if (!result) {
        secure_zero(memory.first(body.size()));
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/long_request.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

/// Blocks of memory from an allocator, each larger than the one before. The destructor frees all of them. Move-only.
template <class Allocator>
class block_list {
    struct block {
        block* previous;
        std::size_t size;
    };
    using traits = typename std::allocator_traits<Allocator>::template rebind_traits<std::max_align_t>;
    using allocator = typename traits::allocator_type;

public:
    explicit block_list(Allocator const& source) noexcept : allocator_(source) {}
    block_list(block_list const&) = delete;
    block_list& operator=(block_list const&) = delete;
    block_list(block_list&& other) noexcept
        : allocator_(other.allocator_), last_(std::exchange(other.last_, nullptr)) {}
    block_list& operator=(block_list&&) = delete;
    ~block_list() {
        while (last_ != nullptr) {
            block* const done = std::exchange(last_, last_->previous);
            traits::deallocate(allocator_, static_cast<std::max_align_t*>(static_cast<void*>(done)), done->size);
        }
    }

    /// A new block of at least `size` bytes; an empty one when the allocator has no memory.
    [[nodiscard]] std::span<raw_byte> add(std::size_t size) noexcept {
        constexpr std::size_t unit = sizeof(std::max_align_t);
        constexpr std::size_t header = (sizeof(block) + unit - 1) / unit;
        constexpr std::size_t smallest = std::size_t{16} * 1024 / unit;
        const std::size_t grown = last_ == nullptr ? smallest : 2 * last_->size;
        const std::size_t wanted = header + (size + unit - 1) / unit;
        const std::size_t units = wanted > grown ? wanted : grown;
        std::max_align_t* memory = nullptr;
#if defined(__cpp_exceptions)
        try {
            memory = traits::allocate(allocator_, units);
        } catch (...) {
            return {};
        }
#else
        memory = traits::allocate(allocator_, units);
#endif
        // an allocator that cannot throw returns null when it has no memory
        if (memory == nullptr) {
            return {};
        }
        last_ = make_at<block>(memory, last_, units);
        return {reinterpret_cast<raw_byte*>(memory + header), (units - header) * unit};
    }

private:
    allocator allocator_;
    block* last_ = nullptr;
};

}  // namespace ZENWIRE_NAMESPACE::detail

/// @file
/// Signed requests whose body has no largest size, for request_exchange. An action with such a body names one of these types as its
/// `request_type`.

namespace ZENWIRE_NAMESPACE::detail {

/// The first argument of constructors that take an action of any type, so that they are never chosen for a copy or a conversion.
struct for_action_t {};

/// A body that the caller wrote and keeps; the action has a view of it.
class borrowed_body {
public:
    template <class Action>
    borrowed_body(for_action_t, Action const& action) noexcept : text_(action.body) {}

    /// Does nothing: the body is written already.
    template <class Action>
    [[nodiscard]] expected<void> compose(Action const&, service const&) noexcept {
        return {};
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_; }

private:
    std::string_view text_;
};

/// A body that lies in this object or, when it is longer than limits::request_body, in memory of an allocator. Wipes itself.
template <class Allocator>
class owned_body {
public:
    template <class Action>
    owned_body(for_action_t, Action const& action) noexcept : blocks_(action.allocator_for_body()) {}
    owned_body(owned_body const&) = delete;
    owned_body& operator=(owned_body const&) = delete;
    owned_body(owned_body&& other) noexcept : blocks_(std::move(other.blocks_)), size_(other.size_) {
        long_ = std::exchange(other.long_, nullptr);
        if (long_ == nullptr) {
            buffer_writer(short_).append(std::string_view(other.short_, size_));
            secure_zero(std::span(other.short_).first(size_));
        }
        other.size_ = 0;
    }
    owned_body& operator=(owned_body&&) = delete;
    ~owned_body() { secure_zero(std::span(begin(), size_)); }

    /// Writes the body of a valid action.
    /// @return errc::out_of_memory, errc::invalid_parameter for a text that is not UTF-8
    template <class Action>
    [[nodiscard]] expected<void> compose(Action const& action, service const& service) noexcept {
        refusal const* flaw = write_into(short_, action, service);
        if (flaw == &memory_is_too_small) {
            const std::size_t needed = body_size(action, service);
            const std::span<raw_byte> block = blocks_.add(needed);
            if (block.empty()) {
                return unexpected(no_memory_for_body(needed));
            }
            secure_zero(std::span(short_).first(size_));
            long_ = reinterpret_cast<char*>(block.data());
            flaw = write_into({long_, block.size()}, action, service);
        }
        if (flaw != nullptr) {
            return refuse(*flaw);
        }
        return {};
    }
    [[nodiscard]] std::string_view view() const noexcept { return {long_ != nullptr ? long_ : short_, size_}; }

private:
    template <class Action>
    refusal const* write_into(std::span<char> memory, Action const& action, service const& service) noexcept {
        std::string_view body;
        refusal const* const flaw = write_valid_body(memory, action, service, body);
        size_ = body.size();
        return flaw;
    }

    char* begin() noexcept { return long_ != nullptr ? long_ : short_; }

    block_list<Allocator> blocks_;
    /// null while the body is short
    char* long_ = nullptr;
    std::size_t size_ = 0;
    char short_[limits::request_body];
};

/// A signed request that owns its head and has a body of type `Body`. Move-only; wipes itself.
/// @tparam Body borrowed_body or owned_body
template <class Body>
class long_request {
public:
    /// Called by make() only.
    template <class Action>
    long_request(for_action_t, Action const& action) noexcept : body_(for_action_t(), action) {}
    /// Does what make_request() does, for a body of any size.
    template <class Action, credential Credential, hash_function Hash>
    [[nodiscard]] static expected<long_request> make(Action const& action, request_template<Hash> const& prepared,
                                                     Credential const& credential, unix_seconds now) noexcept {
        expected<long_request> result(std::in_place, for_action_t(), action);
        if (error failure; !result->compose(action, prepared, credential, now, failure)) {
            return unexpected(failure);
        }
        return result;
    }

    /// The request for the transport. A view of this object.
    [[nodiscard]] request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND { return head_.view(body_.view()); }
    request_view view() const&& = delete;

private:
    template <class Action, class Credential, class Hash>
    bool compose(Action const& action, request_template<Hash> const& prepared, Credential const& credential,
                 unix_seconds now, error& failure) noexcept {
        expected<void> done = validate(action, prepared.service());
        if (done) {
            done = body_.compose(action, prepared.service());
        }
        if (done && !is_action_name(action.name)) {
            done = refuse(wrong_action_name);
        }
        if (done) {
            done = head_.compose(action.name, body_.view(), prepared, credential, now);
        }
        if (!done) {
            failure = done.error();
        }
        return done.has_value();
    }

    owned_head head_;
    Body body_;
};

/// Which type holds the signed request of an action, and how it is made: a signed_request, unless the action names another.
template <class Action>
struct request_of {
    using type = signed_request;

    template <credential Credential, hash_function Hash>
    [[nodiscard]] static expected<type> make(Action const& action, request_template<Hash> const& prepared,
                                             Credential const& credential, unix_seconds now) noexcept {
        return make_request(action, prepared, credential, now);
    }
};
template <class Action>
    requires requires { typename Action::request_type; }
struct request_of<Action> {
    using type = typename Action::request_type;

    template <credential Credential, hash_function Hash>
    [[nodiscard]] static expected<type> make(Action const& action, request_template<Hash> const& prepared,
                                             Credential const& credential, unix_seconds now) noexcept {
        return type::make(action, prepared, credential, now);
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/action/owning.hpp, continued
// ---- zenwire/protocol/response.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_RESPONSE_HPP
#define ZENWIRE_PROTOCOL_RESPONSE_HPP

#include <cstdint>
#include <optional>
#include <string_view>

// ---- zenwire/protocol/detail/judge_response.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_JUDGE_RESPONSE_HPP
#define ZENWIRE_PROTOCOL_DETAIL_JUDGE_RESPONSE_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// ---- zenwire/protocol/detail/json_reader.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_JSON_READER_HPP
#define ZENWIRE_PROTOCOL_DETAIL_JSON_READER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// ---- zenwire/protocol/detail/boost.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_BOOST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_BOOST_HPP

/// @file
/// What zenwire asks of Boost. It comes before any other header of Boost.

#include <version>  // for the macros of the standard library below

#if !__has_include(<boost/json/basic_parser.hpp>)
#error                                                                                                                 \
    "zenwire needs Boost.JSON 1.81 or newer, which was not found: install libboost-json-dev (Debian 13 and Ubuntu 24.04)"
#endif

#include <boost/config.hpp>
#include <boost/version.hpp>

#if BOOST_VERSION < 108100
#error "zenwire needs Boost 1.81 or newer (Debian 12: libboost1.81-dev libboost-json1.81-dev; its libboost-dev is 1.74)"
#endif

// Where the standard library has no threads (WebAssembly, bare metal), Boost.JSON fails to compile unless this macro is set: with
// libc++ always; with libstdc++ when the compiler is Clang, or GCC 14 or newer, and from Boost 1.84 on. Elsewhere we leave it
// alone, so that it cannot differ between files.
#if defined(_LIBCPP_HAS_NO_THREADS) || (defined(_LIBCPP_HAS_THREADS) && !_LIBCPP_HAS_THREADS) ||                       \
    (defined(__GLIBCXX__) && defined(BOOST_NO_CXX11_HDR_MUTEX) &&                                                      \
     (defined(__clang__) || __GNUC__ >= 14 || BOOST_VERSION >= 108400))
#ifndef BOOST_SYSTEM_DISABLE_THREADS
#define BOOST_SYSTEM_DISABLE_THREADS
#if defined(BOOST_SYSTEM_DETAIL_CONFIG_HPP_INCLUDED)
#error                                                                                                                 \
    "Boost was included before zenwire: define BOOST_SYSTEM_DISABLE_THREADS for all files, as there are no threads here"
#endif
#endif
#endif

#endif
// ---- zenwire/protocol/detail/json_reader.hpp, continued

#include <boost/json/basic_parser_impl.hpp>
#include <boost/system/error_code.hpp>

// ---- zenwire/protocol/detail/json_schema.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_JSON_SCHEMA_HPP
#define ZENWIRE_PROTOCOL_DETAIL_JSON_SCHEMA_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

// ---- zenwire/base/arena.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_ARENA_HPP
#define ZENWIRE_BASE_ARENA_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>  // also brings the iterator tags: <iterator>, where the standard has them, is a heavy header
#include <type_traits>
#include <utility>


namespace ZENWIRE_NAMESPACE {

/// Allocates pieces of one block of memory, and frees all of them at once. For objects that need no destructor.
///
/// When the block is used up, it asks for another, if it was given a function for that. Without memory it returns null, and sets
/// exhausted().
class arena {
public:
    /// A function that returns a block of at least `size` bytes, or an empty one when there is no memory.
    using refill_function = std::span<detail::raw_byte> (*)(void* context, std::size_t size) noexcept;

    /// Uses one block, which must outlive all objects in it.
    explicit arena(std::span<detail::raw_byte> block ZENWIRE_LIFETIMEBOUND) noexcept
        : block_(block), rest_(block.data()), rest_size_(block.size()) {}
    /// Uses blocks that `refill(context, size)` returns.
    arena(refill_function refill, void* context) noexcept : refill_(refill), context_(context) {}

    /// Memory for `size` bytes at a multiple of `alignment` (a power of two); null when there is none.
    [[nodiscard]] void* allocate(std::size_t size, std::size_t alignment) noexcept {
        void* place = take(size, alignment);
        if (place == nullptr && refill_ != nullptr) {
            const std::span<detail::raw_byte> block = refill_(context_, size + alignment);
            rest_ = block.data();
            rest_size_ = block.size();
            place = take(size, alignment);
        }
        exhausted_ = exhausted_ || place == nullptr;
        return place;
    }

    /// Adds a copy of `text` to the end of `so_far`, which is empty or the text that this function returned last. The text grows in
    /// place, or is copied to a larger place.
    /// @return the whole text; without memory `so_far`, and exhausted() is set
    [[nodiscard]] std::string_view append(std::string_view so_far, std::string_view text) noexcept {
        if (text.empty()) {
            return so_far;
        }
        const bool is_last = !so_far.empty() && so_far.data() + so_far.size() == reinterpret_cast<char*>(rest_);
        if (is_last && text.size() <= rest_size_) {
            std::memcpy(rest_, text.data(), text.size());
            skip(text.size());
            return {so_far.data(), so_far.size() + text.size()};
        }
        const std::size_t size = so_far.size() + text.size();
        auto* const place = static_cast<char*>(allocate(size, 1));
        if (place == nullptr || so_far.size() > PTRDIFF_MAX) {  // no text is that long, but GCC 12 complains for s390x
            return so_far;
        }
        if (!so_far.empty()) {  // memcpy must not be given a null pointer
            std::memcpy(place, so_far.data(), so_far.size());
        }
        std::memcpy(place + so_far.size(), text.data(), text.size());
        return {place, size};
    }

    /// A new object; null when there is no memory.
    template <class Object, class... Arguments>
        requires std::is_trivially_destructible_v<Object>
    [[nodiscard]] Object* make(Arguments&&... arguments) noexcept {
        void* const place = allocate(sizeof(Object), alignof(Object));
        if (place == nullptr) {
            return nullptr;
        }
        return detail::make_at<Object>(place, std::forward<Arguments>(arguments)...);
    }

    /// Frees all that was allocated from the one block, and clears exhausted(). Blocks of a refill_function belong to whoever owns
    /// that: the arena forgets the current one, and asks for the next.
    void reset() noexcept {
        rest_ = block_.data();
        rest_size_ = block_.size();
        exhausted_ = false;
    }

    /// Whether an allocation failed since the last reset().
    [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

private:
    void skip(std::size_t size) noexcept {
        rest_ += size;
        rest_size_ -= size;
    }

    void* take(std::size_t size, std::size_t alignment) noexcept {
        const auto address = reinterpret_cast<std::uintptr_t>(rest_);
        const std::size_t gap = (0 - address) & (alignment - 1);
        if (rest_size_ < gap || rest_size_ - gap < size) {
            return nullptr;
        }
        void* const place = rest_ + gap;
        skip(gap + size);
        return place;
    }

    std::span<detail::raw_byte> block_{};
    detail::raw_byte* rest_ = nullptr;
    std::size_t rest_size_ = 0;
    refill_function refill_ = nullptr;
    void* context_ = nullptr;
    bool exhausted_ = false;
};

/// A linked list whose elements lie in an arena: a forward range. Its elements do not lie side by side, because between two of them
/// the arena holds the lists and texts of the first. A copy refers to the same elements.
template <class Element>
class arena_list {
    struct node {
        Element element{};
        node* next = nullptr;
    };

public:
    /// Iterates over the elements in the order in which they were added.
    class iterator {
    public:
        /// @{
        /// What the standard's algorithms ask of an iterator.
        using iterator_category = std::forward_iterator_tag;
        using value_type = Element;
        using reference = Element const&;
        using pointer = Element const*;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        constexpr explicit iterator(node const* at) noexcept : at_(at) {}

        [[nodiscard]] constexpr Element const& operator*() const noexcept { return at_->element; }
        [[nodiscard]] constexpr Element const* operator->() const noexcept { return &at_->element; }
        constexpr iterator& operator++() noexcept {
            at_ = at_->next;
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            const iterator before = *this;
            ++*this;
            return before;
        }
        [[nodiscard]] friend constexpr bool operator==(iterator a, iterator b) noexcept { return a.at_ == b.at_; }
        /// @}

    private:
        node const* at_ = nullptr;
    };

    /// @{
    /// What the standard's algorithms ask of a container.
    using value_type = Element;
    using const_iterator = iterator;
    /// @}

    /// Adds an element with its default value at the end.
    /// @return the element, to be filled; null when there is no memory
    [[nodiscard]] Element* add(arena& memory) noexcept {
        node* const made = memory.make<node>();
        if (made == nullptr) {
            return nullptr;
        }
        (last_ == nullptr ? first_ : last_->next) = made;
        last_ = made;
        ++size_;
        return &made->element;
    }

    /// How many elements there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether there is no element.
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    /// The first element; of an empty list: contract_violation().
    [[nodiscard]] constexpr Element const& front() const noexcept {
        if (first_ == nullptr) {
            contract_violation();
        }
        return first_->element;
    }
    /// The first element; end() when there is none.
    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(first_); }
    /// Behind the last element.
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator(); }

private:
    node* first_ = nullptr;
    node* last_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/json_schema.hpp, continued

/// @file
/// Describes C++ types to the JSON reader: constant tables of functions that are made from member lists. The tables have no type
/// parameters, so that one compiled parser fills objects of all types.

namespace ZENWIRE_NAMESPACE::detail {

/// The kind of a JSON value that is neither object nor list nor null.
enum class json_token : unsigned char {
    string,
    number,
    whole_number,  ///< a number without point and exponent that std::int64_t can hold
    truth,         ///< true or false
};

/// Such a value, or a piece of a long string.
struct json_scalar {
    /// as it stands in the JSON text; of a string without quotes and escapes
    std::string_view text;
    json_token kind;
    /// of a string: whether this is all of it, or its first piece
    bool is_first = true;
    /// of a string: whether this is all of it
    bool is_whole = true;
    std::int64_t whole_number = 0;
};

/// What a value is read from, and what it is copied to.
struct json_source {
    /// the JSON text
    std::string_view body;
    /// for lists, and for strings that are no part of the JSON text because they had escapes; null for none
    arena* memory;

    /// Whether a text is part of the JSON text, so that it may be referred to.
    [[nodiscard]] bool holds(std::string_view text) const noexcept {
        // as numbers, because pointers into different arrays must not be compared
        const auto address = [](char const* at) noexcept { return reinterpret_cast<std::uintptr_t>(at); };
        return address(text.data()) - address(body.data()) < body.size();
    }
};

struct json_value_type;
struct json_object_type;
struct json_list_type;

/// An object to fill, and the description of its type.
struct json_target {
    json_value_type const* type = nullptr;
    void* object = nullptr;
};

/// How a JSON value is stored in a C++ value of some type. A null pointer means that the type does not take this kind of value.
struct json_value_type {
    /// Stores a scalar; false when it does not fit. For a text it is called with each piece, until one does not fit, and with an
    /// empty string to take back what was stored.
    bool (*store)(void* place, json_scalar const& value, json_source const& source) noexcept = nullptr;
    /// The type is a text: it takes strings in pieces, and numbers as they are written. All other types take whole strings.
    bool is_text = false;
    /// The API documents the type as a text, although it takes whole strings only.
    bool is_word = false;
    json_object_type const* object = nullptr;
    json_list_type const* list = nullptr;
    /// Turns the address of a data member into that of the object or list in it: an optional creates its value here. Null when both
    /// addresses are the same.
    void* (*enter)(void* place) noexcept = nullptr;
    /// For a member that refers to an object elsewhere, of a type known only at run time: returns the object to fill instead.
    json_target (*forward_to)(void* place) noexcept = nullptr;
    /// Called when a value of a wrong type was skipped, so that the member can remember it. May be null.
    void (*note_other_type)(void* place) noexcept = nullptr;
};

/// Memory for an object that is never constructed, accessible both as bytes and by the object's members.
template <class Object>
union json_object_place {
    constexpr json_object_place() noexcept : bytes{} {}
    constexpr ~json_object_place() noexcept {}
    char bytes[sizeof(Object)];
    Object object;
};

/// The offset of a data member in its object, found by comparing addresses at compile time. A pointer to member cannot be kept in a
/// table that knows nothing of the object's type, and its size differs between MSVC and GCC. (With a function for each member
/// in its place, reading a page of instances takes a tenth longer.) Clang 14 requires that all members of the object have literal
/// types.
template <class Object, auto Pointer>
[[nodiscard]] consteval std::uint32_t json_distance_of() noexcept {
    const json_object_place<Object> place;
    std::uint32_t distance = 0;
    while (static_cast<void const*>(&place.bytes[distance]) != static_cast<void const*>(&(place.object.*Pointer))) {
        distance += alignof(std::remove_reference_t<decltype(std::declval<Object&>().*Pointer)>);
    }
    return distance;
}

/// One row of a member list.
struct json_member_type {
    std::string_view name{};
    json_value_type const* type = nullptr;
    /// the offset of the data member in its object
    std::uint32_t distance = 0;
    enum reading reading = reading::incidental;
    /// the index of the member in the list; the same in the row of its former name
    std::uint8_t position = 0;
    /// what to add to this row's index for the row that is expected next: 1, and in the last row back to the first
    std::int8_t step = 0;

    /// The data member of an object.
    [[nodiscard]] void* locate(void* object) const noexcept { return static_cast<char*>(object) + distance; }
};

/// A member list, of at most 64 members: the reader keeps one bit for each that was seen.
struct json_object_type {
    /// the first row; null when there is none
    json_member_type const* members;
    /// how many rows there are
    std::size_t size;

    /// The member of that name; null when it has none.
    [[nodiscard]] constexpr json_member_type const* find(std::string_view name) const noexcept {
        for (json_member_type const* each = members; each != members + size; ++each) {
            if (each->name == name) {
                return each;
            }
        }
        return nullptr;
    }
};

/// The elements of a list.
struct json_list_type {
    /// The largest size of an element that is a scalar but no text.
    static constexpr std::size_t largest_element = 64;
    /// The largest alignment of such an element.
    static constexpr std::size_t element_alignment = 16;

    json_member_type element;
    /// Adds an element; null when there is no room.
    void* (*add)(void* list, arena* memory) noexcept;
    /// Called when an element that is an object was read. May be null.
    void (*complete)(void* list, void* element, arena* memory) noexcept;
};

/// Specialise this for each type that can be read: static members with the names of json_value_type's members, as far as the type
/// needs them.
template <class Value>
struct json_value_type_of;

/// Collects those members in a json_value_type. It asks the type which members exist; with -fsanitize=undefined GCC does not accept
/// a comparison of function pointers in a constant expression.
template <class Members>
[[nodiscard]] constexpr json_value_type make_json_value_type() noexcept {
    json_value_type type;
    if constexpr (requires { Members::store(nullptr, {}, {}); }) {
        type.store = &Members::store;
    }
    type.is_text = requires { requires Members::is_text; };
    type.is_word = requires { requires Members::is_word; };
    if constexpr (requires { Members::object; }) {
        type.object = Members::object;
    }
    if constexpr (requires { Members::list; }) {
        type.list = Members::list;
    }
    if constexpr (requires { Members::enter(nullptr); }) {
        type.enter = &Members::enter;
    }
    if constexpr (requires { Members::forward_to(nullptr); }) {
        type.forward_to = &Members::forward_to;
    }
    if constexpr (requires { Members::note_other_type(nullptr); }) {
        type.note_other_type = &Members::note_other_type;
    }
    return type;
}

template <class Value>
inline constexpr json_value_type json_value_type_for = make_json_value_type<json_value_type_of<Value>>();

/// How many members of the list have a former name.
template <auto... Pointers>
[[nodiscard]] constexpr std::size_t count_former_names(member_list<Pointers...> const& list) noexcept {
    std::size_t count = 0;
    if constexpr (sizeof...(Pointers) != 0) {
        for (member_name const& each : list.names) {
            count += each.former_name.empty() ? 0U : 1U;
        }
    }
    return count;
}

/// The rows of a type: one for each member, and behind them one for each former name.
template <class Object, std::size_t Size, auto... Pointers>
[[nodiscard]] constexpr std::array<json_member_type, Size> make_json_members(
    [[maybe_unused]] member_list<Pointers...> const& list) noexcept {
    static_assert(sizeof...(Pointers) <= 64, "which members were seen is kept in 64 bits");
    std::array<json_member_type, Size> members{
        json_member_type{{},
                         &json_value_type_for<std::remove_reference_t<decltype(std::declval<Object&>().*Pointers)>>,
                         json_distance_of<Object, Pointers>()}...};
    if constexpr (Size != 0) {
        std::size_t next = 0;
        std::size_t next_former = sizeof...(Pointers);
        for (member_name const& each : list.names) {
            json_member_type& row = members[next];
            // the row of a former name gets the same position, so that both names in one object count as a duplicate
            row.position = static_cast<std::uint8_t>(next++);
            row.name = each.name;
            row.reading = each.reading;
            if (!each.former_name.empty()) {
                members[next_former] = row;
                members[next_former++].name = each.former_name;
            }
        }
        for (json_member_type& each : members) {
            each.step = 1;
        }
        members.back().step = 1 - static_cast<int>(Size);
    }
    return members;
}

template <class Object>
inline constexpr auto json_members_for =
    make_json_members<Object, decltype(Object::members())::size + count_former_names(Object::members())>(
        Object::members());

template <class Object>
inline constexpr json_object_type json_object_type_for{
    json_members_for<Object>.empty() ? nullptr : json_members_for<Object>.data(), json_members_for<Object>.size()};

template <class Object>
    requires requires { Object::members(); }
struct json_value_type_of<Object> {
    static constexpr json_object_type const* object = &json_object_type_for<Object>;
};

/// An optional. For a scalar that does not fit it stays empty; of a text it keeps what fits.
template <class Value>
struct json_value_type_of<std::optional<Value>> : json_value_type_of<Value> {
    using inner = json_value_type_of<Value>;
    static_assert(!std::is_same_v<Value, std::string_view>, "an empty string_view already means that there is no text");

    static bool store(void* place, json_scalar const& value, json_source const& source) noexcept
        requires requires { inner::store(nullptr, {}, {}); }
    {
        auto& optional = *static_cast<std::optional<Value>*>(place);
        const bool fits = inner::store(value.is_first ? &optional.emplace() : &*optional, value, source);
        if (!fits && !requires { requires inner::is_text; }) {
            optional.reset();
        }
        return fits;
    }
    static void* enter(void* place) noexcept
        requires(
            requires { inner::object; } || requires { inner::list; })
    {
        return &static_cast<std::optional<Value>*>(place)->emplace();
    }

    /// Hides that of `Value`: the optional just stays empty.
    static void note_other_type(void* place) noexcept = delete;
};

template <std::size_t Capacity>
struct json_value_type_of<inline_string<Capacity>> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        auto& text = *static_cast<inline_string<Capacity>*>(place);
        if (value.is_first) {
            text.clear();
        }
        text.append(value.text);
        return !text.truncated();
    }
    static void note_other_type(void* place) noexcept {
        static_cast<inline_string<Capacity>*>(place)->note_truncated();
    }
};

/// Strings without escapes are views of the JSON text; other strings are copied into the arena.
template <>
struct json_value_type_of<std::string_view> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const& source) noexcept {
        auto& text = *static_cast<std::string_view*>(place);
        if (value.is_whole && source.holds(value.text)) {
            text = value.text;
            return true;
        }
        const std::string_view begin = value.is_first ? std::string_view() : text;
        text = source.memory != nullptr ? source.memory->append(begin, value.text) : begin;
        return text.size() == begin.size() + value.text.size();
    }
};

template <>
struct json_value_type_of<bool> {
    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        auto& result = *static_cast<bool*>(place);
        result = value.text == "true";
        return result || value.text == "false";
    }
};

/// Reads numbers, and strings with a number in them (`"100"`), which documented examples have.
template <class Number>
    requires(std::is_same_v<Number, decimal> || std::is_same_v<Number, std::int64_t> ||
             std::is_same_v<Number, traffic_package_size>)
struct json_value_type_of<Number> {
    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        const std::optional<Number> number = number_of(value);
        if (number) {
            *static_cast<Number*>(place) = *number;
        }
        return number.has_value();
    }

private:
    static std::optional<Number> number_of(json_scalar const& value) noexcept {
        const bool is_whole = value.kind == json_token::whole_number;
        if constexpr (std::is_same_v<Number, std::int64_t>) {
            if (is_whole) {
                return value.whole_number;
            }
        }
        const auto number = is_whole ? std::optional(decimal(value.whole_number)) : decimal::parse_nearest(value.text);
        if constexpr (std::is_same_v<Number, decimal>) {
            return number;
        } else if constexpr (std::is_same_v<Number, traffic_package_size>) {
            return traffic_package_size::from_decimal(number);
        } else {
            return number && number->scale() == 0 && !number->is_rounded() ? std::optional(number->coefficient())
                                                                           : std::nullopt;
        }
    }
};

template <class Words>
struct json_value_type_of<open_enum<Words>> {
    static constexpr bool is_word = true;

    static bool store(void* place, json_scalar const& value, json_source const&) noexcept {
        *static_cast<open_enum<Words>*>(place) = open_enum<Words>::parse(value.text);
        return value.kind != json_token::truth;
    }
};

template <class List>
[[nodiscard]] constexpr json_list_type make_json_list_type() noexcept {
    using element = json_value_type_of<typename List::value_type>;
    static_assert(
        !requires { element::store(nullptr, {}, {}); } || requires { requires element::is_text; } ||
            (sizeof(typename List::value_type) <= json_list_type::largest_element &&
             alignof(typename List::value_type) <= json_list_type::element_alignment),
        "the reader first stores an element in a buffer of this size, to see whether it fits");
    json_list_type type{{{}, &json_value_type_for<typename List::value_type>}, nullptr, nullptr};
    if constexpr (requires(List& list) { list.add(); }) {
        type.add = [](void* list, arena*) noexcept -> void* { return static_cast<List*>(list)->add(); };
    } else {
        type.add = [](void* list, arena* memory) noexcept -> void* {
            return memory != nullptr ? static_cast<List*>(list)->add(*memory) : nullptr;
        };
    }
    if constexpr (requires(List& list, arena const& memory) { list.complete(memory); }) {
        type.complete = [](void* list, void*, arena* memory) noexcept { static_cast<List*>(list)->complete(*memory); };
    }
    return type;
}

template <class List>
inline constexpr json_list_type json_list_type_for = make_json_list_type<List>();

/// A list: a type with `value_type` and `add()`, which may take the arena. If it has `complete()`, that is called after each object
/// that was read into it.
template <class List>
    requires requires { &List::add; }
struct json_value_type_of<List> {
    static constexpr json_list_type const* list = &json_list_type_for<List>;
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/detail/json_reader.hpp, continued

/// @file
/// Reads JSON text into objects of types with a member list. One pass, no document tree, no heap.
///
/// Unknown members are skipped, null means absent, and a known member may occur only once in an object.

namespace ZENWIRE_NAMESPACE::detail {

/// What is wrong with a JSON text: the first fault in it.
enum class json_fault : unsigned char {
    none,
    syntax,      ///< not JSON, or cut off, or followed by something else
    too_deep,    ///< nested deeper than limits::response_depth
    no_object,   ///< JSON, but not an object
    wrong_type,  ///< the value of an essential member does not fit its C++ type
    duplicate,   ///< a known member occurs twice in an object
    too_long,    ///< a text or list is longer than its member can hold
};

/// The result of read_json().
struct json_read_result {
    json_fault fault = json_fault::none;
    /// The wire name of the member with the fault, a constant; empty when the fault is in the text as a whole.
    std::string_view member{};
};

/// The handler of `boost::json::basic_parser` that fills an object. It never stops the parser: after a value that does not fit it
/// reads on, so that members after it, for example the request id, are read too. A *group* is an object or a list.
class json_reader {
public:
    // required by basic_parser; the size of the body limits them all
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using error_code = boost::system::error_code;

    /// @param body the text that will be parsed; strings in the object may be views of it
    /// @param memory for lists and for strings with escapes; may be null when the object's type has none
    json_reader(std::string_view body, json_value_type const& type, void* object, arena* memory) noexcept
        : source_{body, memory}, root_{{}, &type} {
        frames_[0] = {nullptr, nullptr, object, 0, nullptr};
    }
    json_reader(json_reader const&) = delete;
    json_reader& operator=(json_reader const&) = delete;

    [[nodiscard]] json_read_result result() const noexcept { return result_; }

    /// To be called when the text is not JSON to its end: removes a string of which only the first pieces were read.
    void discard_unfinished_text() noexcept {
        if (text_ != nullptr) {
            take_back_text();
        }
    }

    // ---- what the parser calls

    bool on_document_begin(error_code&) noexcept { return true; }
    bool on_document_end(error_code&) noexcept { return true; }

    bool on_object_begin(error_code&) noexcept {
        if (skipping()) {
            skip_group();
        } else if (current_->type->object != nullptr) {
            enter(current_->type, group_place());
        } else {
            enter_other_object(current_->type);
        }
        return true;
    }
    bool on_object_end(std::size_t, error_code&) noexcept {
        if (skipped_groups_ == 0) {
            leave_group();
        } else if (--skipped_groups_ == 0) {
            current_ = top_->list != nullptr ? &top_->list->element : nullptr;
        }
        return true;
    }
    bool on_array_begin(error_code&) noexcept {
        if (skipping()) {
            skip_group();
        } else if (current_->type->list != nullptr) {
            enter(current_->type, group_place());
        } else {
            refuse_group();
        }
        return true;
    }
    bool on_array_end(std::size_t size, error_code& broken) noexcept { return on_object_end(size, broken); }

    bool on_key_part(boost::json::string_view piece, std::size_t, error_code&) noexcept {
        if (skipped_groups_ == 0) {
            gather(view(piece));
        }
        return true;
    }
    ZENWIRE_INLINE_FOR_SPEED bool on_key(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipped_groups_ != 0) {
            return true;
        }
        // most objects have their members in the documented order
        if (likely_next_ != nullptr && piece.size() == size && likely_next_->name == view(piece)) {
            choose(*likely_next_);
        } else {
            search(view(piece), piece.size() == size);
        }
        return true;
    }

    bool on_string_part(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (!skipping()) {
            take_piece(view(piece), piece.size() == size, false);
        }
        return true;
    }
    ZENWIRE_INLINE_FOR_SPEED bool on_string(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipping()) {
            return true;
        }
        if (piece.size() == size) {
            take({view(piece), json_token::string});
        } else {
            take_piece(view(piece), false, true);
        }
        return true;
    }

    bool on_number_part(boost::json::string_view, error_code&) noexcept { return true; }
    bool on_int64(std::int64_t number, boost::json::string_view text, error_code&) noexcept {
        return on_number({view(text), json_token::whole_number, true, true, number});
    }
    bool on_uint64(std::uint64_t, boost::json::string_view text, error_code&) noexcept {
        return on_number({view(text), json_token::number});
    }
    bool on_double(double, boost::json::string_view text, error_code&) noexcept {
        return on_number({view(text), json_token::number});
    }
    bool on_bool(bool value, error_code&) noexcept {
        if (skipping()) {
            return true;
        }
        if (current_->type->is_text) {
            refuse_value();
        } else {
            take({value ? "true"sv : "false"sv, json_token::truth});
        }
        return true;
    }
    bool on_null(error_code&) noexcept {
        if (current_ == &root_) {
            refuse_value();
        }
        return true;
    }
    bool on_comment_part(boost::json::string_view, error_code&) noexcept { return true; }
    bool on_comment(boost::json::string_view, error_code&) noexcept { return true; }

private:
    /// An object or a list that is being read.
    struct frame {
        json_object_type const* object;
        json_list_type const* list;
        void* place;
        /// which members of the object were read, a bit for each
        std::uint64_t seen;
        json_member_type const* member;
    };

    static std::string_view view(boost::json::string_view text) noexcept { return {text.data(), text.size()}; }

    /// Whether the current value belongs to an unknown member.
    [[nodiscard]] bool skipping() const noexcept { return current_ == nullptr; }

    /// The address at which to store the current value. Null when there is no room, which is reported.
    [[nodiscard]] void* place() noexcept {
        if (top_->list == nullptr) {
            return current_->locate(top_->place);
        }
        void* const added = top_->list->add(top_->place, source_.memory);
        if (added == nullptr) {
            report(json_fault::too_long);
        }
        return added;
    }

    // ---- objects and lists

    /// The address of the object or list that is the current value; null when there is no room.
    [[nodiscard]] void* group_place() noexcept {
        void* const found = place();
        return found == nullptr || current_->type->enter == nullptr ? found : current_->type->enter(found);
    }

    /// Enters an object or list, or skips it when `place` is null.
    void enter(json_value_type const* type, void* place) noexcept {
        if (place == nullptr || top_ == &frames_.back()) {
            skip_group();
            return;
        }
        *++top_ = {type->object, type->list, place, 0, current_};
        if (type->list != nullptr) {
            current_ = &type->list->element;
        } else {
            current_ = nullptr;
            likely_next_ = type->object->members;
        }
    }

    /// Enters an object whose type is not an object, or skips it.
    ZENWIRE_NOINLINE void enter_other_object(json_value_type const* type) noexcept {
        if (type->forward_to != nullptr) {
            const json_target target = type->forward_to(place());
            if (target.type->object != nullptr) {
                enter(target.type, target.object);
                return;
            }
        } else if (type->list != nullptr && type->list->element.type->object != nullptr &&
                   type->list->complete == nullptr) {
            // in place of a list, but not of a stream, which it would never complete, an object is read as a list of one
            void* const list = group_place();
            enter(type->list->element.type, list != nullptr ? type->list->add(list, source_.memory) : nullptr);
            return;
        }
        refuse_group();
    }

    void leave_group() noexcept {
        frame const& done = *top_--;
        current_ = done.member;
        likely_next_ = current_ + current_->step;
        if (top_->list != nullptr && top_->list->complete != nullptr && done.object != nullptr) {
            top_->list->complete(top_->place, done.place, source_.memory);
        }
    }

    ZENWIRE_NOINLINE void skip_group() noexcept {
        ++skipped_groups_;
        current_ = nullptr;
    }

    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void refuse_group() noexcept {
        refuse_value();
        skip_group();
    }

    // ---- names of members

    /// Makes the next value the value of a member.
    void choose(json_member_type const& member) noexcept {
        likely_next_ = &member + member.step;
        current_ = &member;
        const std::uint64_t seen = top_->seen;
        if ((seen >> member.position & 1U) != 0) {
            report(json_fault::duplicate);
            current_ = nullptr;
        }
        top_->seen = seen | std::uint64_t{1} << member.position;
    }

    /// Finds the member with a name, whose last piece is given.
    ZENWIRE_NOINLINE void search(std::string_view piece, bool is_whole) noexcept {
        json_member_type const* const member = top_->object->find(is_whole ? piece : gathered(piece));
        if (member != nullptr) {
            choose(*member);
        } else {
            current_ = nullptr;
        }
    }

    /// Keeps a piece of a name, or of a string that must be whole.
    ZENWIRE_NOINLINE void gather(std::string_view piece) noexcept { scratch_.append(piece); }

    /// All pieces together with the last one. When they are longer than any text that is known, `?`: an empty word has a meaning.
    std::string_view gathered(std::string_view last) noexcept {
        gather(last);
        const std::string_view whole = scratch_.truncated() ? "?"sv : scratch_.view();
        scratch_.clear();
        return whole;
    }

    // ---- scalars

    /// Stores a scalar in the current member, or adds it to the current list.
    ZENWIRE_INLINE_FOR_SPEED void take(json_scalar const& value) noexcept {
        json_value_type const& type = *current_->type;
        if (type.store == nullptr || (top_->list != nullptr && !type.is_text && !fits_into_list(type, value))) {
            refuse_value();
            return;
        }
        void* const where = place();
        if (where != nullptr && !type.store(where, value, source_)) {
            type.is_text ? take_cut() : refuse_value();
        }
    }

    /// Tries an element in a buffer first, so that only elements that fit are added to the list.
    ZENWIRE_NOINLINE bool fits_into_list(json_value_type const& type, json_scalar const& value) noexcept {
        alignas(json_list_type::element_alignment) raw_byte attempt[json_list_type::largest_element];
        return type.store(attempt, value, source_);
    }

    bool on_number(json_scalar const& value) noexcept {
        if (skipping()) {
            return true;
        }
        json_value_type const& type = *current_->type;
        if ((type.is_text || type.is_word) && member_at_hand().reading == reading::strict) {
            refuse_value();
        } else {
            take(value);
        }
        return true;
    }

    /// Takes a piece of a string that does not come as a whole.
    ZENWIRE_NOINLINE void take_piece(std::string_view piece, bool is_first, bool is_last) noexcept {
        json_value_type const& type = *current_->type;
        if (!type.is_text) {
            if (is_last) {
                take({gathered(piece), json_token::string});
            } else {
                gather(piece);
            }
            return;
        }
        if (is_first) {
            text_ = place();
            text_fits_ = true;
        }
        if (text_ != nullptr && text_fits_) {
            text_fits_ = type.store(text_, {piece, json_token::string, is_first, false}, source_);
        }
        if (is_last) {
            if (text_ != nullptr && !text_fits_) {
                take_cut();
            }
            text_ = nullptr;
        }
    }

    /// Reports a text that was cut, unless its member may be cut.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void take_cut() noexcept {
        if (current_->reading != reading::may_be_cut) {
            report(json_fault::too_long);
            if (text_ != nullptr) {
                take_back_text();  // the beginning of an id would be another id
            }
        }
    }

    void take_back_text() noexcept { current_->type->store(text_, {{}, json_token::string}, source_); }

    // ---- faults

    /// The member that the current value, or the list with it, belongs to.
    [[nodiscard]] json_member_type const& member_at_hand() const noexcept {
        return top_->list != nullptr ? *top_->member : *current_;
    }

    /// Handles a value that does not fit: a fault if the member is essential, otherwise the member stays empty.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void refuse_value() noexcept {
        if (current_ == &root_) {
            report(json_fault::no_object);
            return;
        }
        json_member_type const& member = member_at_hand();
        if (member.reading == reading::essential || member.reading == reading::strict) {
            report(json_fault::wrong_type);
        } else if (top_->list == nullptr && member.type->note_other_type != nullptr) {
            member.type->note_other_type(member.locate(top_->place));
        }
    }

    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void report(json_fault fault) noexcept {
        arena const* const memory = source_.memory;
        const bool is_for_want_of_memory = fault == json_fault::too_long && memory != nullptr && memory->exhausted();
        if (result_.fault == json_fault::none && !is_for_want_of_memory) {
            result_ = {fault, member_at_hand().name};
        }
    }

    static constexpr std::size_t longest_known_text = 64;
    static constexpr std::size_t deepest_known_group = 12;

    json_source source_;
    json_member_type root_;
    /// the first one is around the root; each other is set when its group is entered
    std::array<frame, deepest_known_group + 1> frames_;
    frame* top_ = frames_.data();
    /// the member that is expected next in the current object; null when there is none
    json_member_type const* likely_next_ = nullptr;
    std::size_t skipped_groups_ = 0;
    /// the member, or element, of the current value; null when it belongs to an unknown member
    json_member_type const* current_ = &root_;
    /// the current string value, while it comes in pieces
    void* text_ = nullptr;
    bool text_fits_ = true;
    inline_string<longest_known_text> scratch_;
    json_read_result result_{};
};

/// Reads the whole of `body` (UTF-8; a byte order mark at its start is skipped) into `object`, whose type is `type`.
///
/// After a fault `object` holds all values that fit, up to where the text is no longer JSON. No heap.
/// @param memory for lists and for strings with escapes, if the object's type has any. It is no fault when it is exhausted:
///        ask arena::exhausted().
/// @tparam Reader always the default. It makes this a template, so that the parser, which takes long to compile, is compiled only
///         in programs that read something. That is why the callers of this function are templates, too.
template <class Reader = json_reader>
[[nodiscard]] json_read_result read_json(std::string_view body, json_value_type const& type, void* object,
                                         arena* memory = nullptr) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) {
        body.remove_prefix(byte_order_mark.size());
    }
    boost::json::parse_options options;
    options.max_depth = limits::response_depth;
    if constexpr (detail::is_ascii_found_by_words) {
        // Checking the whole text is faster than checking each string. A text that is not UTF-8 is read up to the first bad string.
        options.allow_invalid_utf8 = is_utf8(body);
    }
    boost::json::basic_parser<Reader> parser(options, body, type, object, memory);
    boost::system::error_code broken;
    const std::size_t size = parser.write_some(false, body.data(), body.size(), broken);
    if (broken || size < body.size()) {
        parser.handler().discard_unfinished_text();
        return {broken == boost::json::error::too_deep ? json_fault::too_deep : json_fault::syntax, {}};
    }
    return parser.handler().result();
}

/// The same for an object whose type is known at compile time.
template <class Object>
    requires requires { Object::members(); }
[[nodiscard]] json_read_result read_json(std::string_view body, Object& object, arena* memory = nullptr) noexcept {
    return read_json(body, json_value_type_for<Object>, &object, memory);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/detail/judge_response.hpp, continued
// ---- zenwire/protocol/error_code.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ERROR_CODE_HPP
#define ZENWIRE_PROTOCOL_ERROR_CODE_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>


namespace ZENWIRE_NAMESPACE {

/// The documented error codes, under their current spelling. A new one is an enumerator here and a row of api_codes.
enum class api_code : std::uint8_t {
    /// no code, or one that is not documented: error::api_code_text has what the server wrote
    unlisted = 0,
    internal_server_error,
    service_temporary_unavailable,
    request_timed_out,
    authfailure_invalid_authorization,
    authfailure_signature_failure,
    authfailure_unauthorized_operation,
    authfailure_signature_expired,
    missing_parameter,
    invalid_parameter_type,
    invalid_parameter_exceed_maximum,
    invalid_parameter_less_minimum,
    invalid_parameter_exceed_length,
    invalid_parameter_less_length,
    invalid_parameter_pattern_error,
    invalid_parameter_date_format_error,
    invalid_parameter_value,
    operation_failed_for_recycle_resource,
    operation_failed_resource_group_not_found,
    operation_failed_resource_not_found,
    request_limit_exceeded,
    invalid_operation_timeout,
    operation_denied_instance_status_not_support,
    operation_failed_instance_exist_plan_traffic_package,
    operation_denied_instance_traffic_package_processing,
    invalid_parameter_traffic_package_less,
    invalid_parameter_traffic_package_error,
    operation_denied_internet_charge_type_not_support,
    invalid_instance_not_found,
    invalid_parameter_traffic_package_exceed,
    operation_failed_instance_not_exist_traffic_package,
    operation_denied_instance_exist_pay_order,
    operation_denied_downgrade_not_exist,
    invalid_instance_type_zone_no_sell,
    operation_denied_instance_not_running,
    invalid_parameter_bandwidth_exceed,
    operation_failed_instance_bandwidth_processing,
    operation_denied_instance_bandwidth_processing,
    operation_denied_instance_exist_plan_bandwidth,
    invalid_instance_bandwidth_zone_no_sell,
    operation_denied_instance_recycled,
};

/// What is known about one code. The views are constants.
struct api_code_description {
    /// the code
    api_code code;
    /// how it is written in a response
    std::string_view spelling;
    /// its documented HTTP status; 0 where there is none
    std::uint16_t http_status;
    /// what it means, for people
    std::string_view meaning;
    /// what to do about it
    std::string_view advice;
};

/// All listed codes. Sources: the API's common error codes, the tables of the actions' pages, and the constants of the
/// official Go SDK for bmc.
inline constexpr api_code_description api_codes[] = {
    {api_code::internal_server_error, "INTERNAL_SERVER_ERROR"sv, 500, "internal fault of the server"sv,
     "look at the instance before trying again: the change may have been made"sv},
    {api_code::service_temporary_unavailable, "SERVICE_TEMPORARY_UNAVAILABLE"sv, 503,
     "the service is unavailable for a while"sv, "look at the instance, then try later"sv},
    {api_code::request_timed_out, "REQUEST_TIMED_OUT"sv, 503, "the request took the server too long"sv,
     "look at the instance before trying again: the change may have been made"sv},
    {api_code::authfailure_invalid_authorization, "AUTHFAILURE_INVALID_AUTHORIZATION"sv, 401,
     "the authorization field has not the required form"sv, "see that the HTTP stack sends the fields unchanged"sv},
    {api_code::authfailure_signature_failure, "AUTHFAILURE_SIGNATURE_FAILURE"sv, 401, "the signature does not match"sv,
     "check the access key password, and that the HTTP stack sends host, content-type and body unchanged"sv},
    {api_code::authfailure_unauthorized_operation, "AUTHFAILURE_UNAUTHORIZED_OPERATION"sv, 401,
     "the action does not exist or the key may not use it"sv,
     "check the rights of the key, and the service's version"sv},
    {api_code::authfailure_signature_expired, "AUTHFAILURE_SIGNATURE_EXPIRED"sv, 401,
     "the timestamp differs from the server's time by more than five minutes"sv,
     "set the clock; times are in seconds"sv},
    {api_code::missing_parameter, "MISSING_PARAMETER"sv, 400, "a required parameter is missing"sv, "add it"sv},
    {api_code::invalid_parameter_type, "INVALID_PARAMETER_TYPE"sv, 400, "a parameter has the wrong type"sv,
     "correct it"sv},
    {api_code::invalid_parameter_exceed_maximum, "INVALID_PARAMETER_EXCEED_MAXIMUM"sv, 400,
     "a value is above its maximum"sv, "choose a smaller value"sv},
    {api_code::invalid_parameter_less_minimum, "INVALID_PARAMETER_LESS_MINIMUM"sv, 400,
     "a value is below its minimum"sv, "choose a larger value"sv},
    {api_code::invalid_parameter_exceed_length, "INVALID_PARAMETER_EXCEED_LENGTH"sv, 400,
     "a list or text is too long"sv, "shorten it"sv},
    {api_code::invalid_parameter_less_length, "INVALID_PARAMETER_LESS_LENGTH"sv, 400, "a list or text is too short"sv,
     "lengthen it"sv},
    {api_code::invalid_parameter_pattern_error, "INVALID_PARAMETER_PATTERN_ERROR"sv, 400,
     "a value has not the required form"sv, "correct it"sv},
    {api_code::invalid_parameter_date_format_error, "INVALID_PARAMETER_DATE_FORMAT_ERROR"sv, 400,
     "a date has not the required form"sv, "write it as 2022-01-01T00:00:00Z"sv},
    {api_code::invalid_parameter_value, "INVALID_PARAMETER_VALUE"sv, 400, "a value is not one of the allowed ones"sv,
     "correct it"sv},
    {api_code::operation_failed_for_recycle_resource, "OPERATION_FAILED_FOR_RECYCLE_RESOURCE"sv, 403,
     "the resource is being recycled"sv, "restore it first, or choose another"sv},
    {api_code::operation_failed_resource_group_not_found, "OPERATION_FAILED_RESOURCE_GROUP_NOT_FOUND"sv, 404,
     "the resource group does not exist"sv, "check its id"sv},
    {api_code::operation_failed_resource_not_found, "OPERATION_FAILED_RESOURCE_NOT_FOUND"sv, 404,
     "the resource does not exist"sv, "check its id"sv},
    {api_code::request_limit_exceeded, "REQUEST_LIMIT_EXCEEDED"sv, 429, "too many requests in a short time"sv,
     "wait, then try again"sv},
    {api_code::invalid_operation_timeout, "INVALID_OPERATION_TIMEOUT"sv, 0, "the operation took the server too long"sv,
     "look at the instance before trying again"sv},
    {api_code::operation_denied_instance_status_not_support, "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT"sv, 403,
     "the status of the instance does not allow it"sv, "wait until it is RUNNING or STOPPED"sv},
    {api_code::operation_failed_instance_exist_plan_traffic_package,
     "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"sv, 403,
     "a downgrade is planned for the next billing cycle"sv,
     "cancel it first with CancelInstanceTrafficPackageDowngrade"sv},
    {api_code::operation_denied_instance_traffic_package_processing,
     "OPERATION_DENIED_INSTANCE_TRAFFIC_PACKAGE_PROCESSING"sv, 403, "the traffic package is being changed right now"sv,
     "wait until the change is done; it may be your own"sv},
    {api_code::invalid_parameter_traffic_package_less, "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS"sv, 400,
     "the size is below the default package of the instance"sv, "choose a larger size"sv},
    {api_code::invalid_parameter_traffic_package_error, "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR"sv, 400,
     "the size is not valid: not a multiple of 0.05 TB"sv, "choose a multiple of 0.05"sv},
    {api_code::operation_denied_internet_charge_type_not_support, "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT"sv,
     403, "the network of the instance is billed in another way"sv,
     "the actions for traffic packages want internetChargeType ByTrafficPackage, those for bandwidths ByBandwidth"sv},
    {api_code::invalid_instance_not_found, "INVALID_INSTANCE_NOT_FOUND"sv, 404, "the instance does not exist"sv,
     "check the instance id and the service (bmc or vm)"sv},
    {api_code::invalid_parameter_traffic_package_exceed, "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED"sv, 400,
     "the size is above the maximum"sv, "choose a smaller size"sv},
    {api_code::operation_failed_instance_not_exist_traffic_package,
     "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE"sv, 403, "the instance has no traffic package"sv,
     "choose an instance with one"sv},
    {api_code::operation_denied_instance_exist_pay_order, "OPERATION_DENIED_INSTANCE_EXIST_PAY_ORDER"sv, 403,
     "the instance has an unpaid order"sv, "pay or cancel that order first"sv},
    {api_code::operation_denied_downgrade_not_exist, "OPERATION_DENIED_DOWNGRADE_NOT_EXIST"sv, 404,
     "no downgrade is planned"sv, "there is nothing to cancel"sv},
    {api_code::invalid_instance_type_zone_no_sell, "INVALID_INSTANCE_TYPE_ZONE_NO_SELL"sv, 400,
     "the package or bandwidth of this instance is not for sale"sv, "ask Zenlayer, or choose another instance"sv},
    {api_code::operation_denied_instance_not_running, "OPERATION_DENIED_INSTANCE_NOT_RUNNING"sv, 403,
     "the instance is not running"sv, "wait until it is RUNNING"sv},
    {api_code::invalid_parameter_bandwidth_exceed, "INVALID_PARAMETER_BANDWIDTH_EXCEED"sv, 400,
     "the bandwidth is above the maximum"sv, "choose a smaller bandwidth"sv},
    {api_code::operation_failed_instance_bandwidth_processing, "OPERATION_FAILED_INSTANCE_BANDWIDTH_PROCESSING"sv, 403,
     "the bandwidth is being changed right now"sv, "wait until the change is done; it may be your own"sv},
    {api_code::operation_denied_instance_bandwidth_processing, "OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING"sv, 403,
     "the bandwidth is being changed right now"sv, "wait until the change is done; it may be your own"sv},
    {api_code::operation_denied_instance_exist_plan_bandwidth, "OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH"sv, 403,
     "a smaller bandwidth is planned for the next billing cycle"sv,
     "cancel it first with CancelInstanceBandwidthDowngrade"sv},
    {api_code::invalid_instance_bandwidth_zone_no_sell, "INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL"sv, 0,
     "the bandwidth is not for sale in the zone of the instance"sv, "ask Zenlayer, or choose another bandwidth"sv},
    {api_code::operation_denied_instance_recycled, "OPERATION_DENIED_INSTANCE_RECYCLED"sv, 0,
     "the instance is in the recycle bin"sv, "restore it first, or choose another"sv},
};

namespace detail {

/// Another spelling of a listed code.
struct api_code_alias {
    /// how it is written
    std::string_view spelling;
    /// the code that is meant
    api_code code;
};

/// Older names, and names with the words in another order, as other tools write them. Spellings that differ only by letter case, by
/// dots for underscores, or by `FILED` for `FAILED` need no row.
inline constexpr api_code_alias api_code_aliases[] = {
    {"FAILED_OPERATION_FOR_RECYCLE_RESOURCE"sv, api_code::operation_failed_for_recycle_resource},
    {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_BY_TRAFFIC"sv,
     api_code::operation_denied_internet_charge_type_not_support},
    {"OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_BY_FIX_BANDWIDTH"sv,
     api_code::operation_denied_internet_charge_type_not_support},
    {"OPERATION_FAILED_INSTANCE_NOT_EXIST_PLAN_TRAFFIC_PACKAGE"sv, api_code::operation_denied_downgrade_not_exist},
    {"OPERATION_FAILED_INSTANCE_NOT_EXIST_PLAN_FIX_BANDWIDTH"sv, api_code::operation_denied_downgrade_not_exist},
};

/// The row of a code that is not listed.
inline constexpr api_code_description no_api_code{};

}  // namespace detail

/// The row of a code; an empty one for api_code::unlisted.
[[nodiscard]] constexpr api_code_description const& description_of(api_code code) noexcept {
    for (const api_code_description& row : api_codes) {
        if (row.code == code) {
            return row;
        }
    }
    return detail::no_api_code;
}

/// The documented spelling of a code: `"INVALID_INSTANCE_NOT_FOUND"`. `"unlisted"` for api_code::unlisted; empty for a value out
/// of range.
[[nodiscard]] constexpr std::string_view to_string(api_code code) noexcept {
    return code == api_code::unlisted ? "unlisted"sv : description_of(code).spelling;
}

namespace detail {

/// Finds a listed code by another spelling than the current one.
[[nodiscard]] ZENWIRE_NOINLINE constexpr api_code find_other_api_code(std::string_view spelling) noexcept {
    constexpr std::string_view misspelt = "OPERATION_FILED_";
    constexpr std::string_view correct = "OPERATION_FAILED_";
    char upper[limits::api_code]{};
    if (spelling.size() >= sizeof(upper)) {
        return api_code::unlisted;
    }
    for (std::size_t i = 0; i < spelling.size(); ++i) {
        upper[i] = spelling[i] == '.' ? '_' : detail::ascii::to_upper(spelling[i]);
    }
    const std::string_view text(upper, spelling.size());
    const bool is_misspelt = text.starts_with(misspelt);
    const std::string_view prefix = is_misspelt ? correct : std::string_view();
    const std::string_view rest = is_misspelt ? text.substr(misspelt.size()) : text;
    const auto is = [&](std::string_view listed) noexcept {
        return listed.size() == prefix.size() + rest.size() && listed.starts_with(prefix) && listed.ends_with(rest);
    };
    for (const api_code_description& row : api_codes) {
        if (is(row.spelling)) {
            return row.code;
        }
    }
    for (const api_code_alias& row : api_code_aliases) {
        if (is(row.spelling)) {
            return row.code;
        }
    }
    return api_code::unlisted;
}

}  // namespace detail

/// Finds a listed code by any known spelling: upper case with underscores, dotted and mixed case (as in the
/// constants of the Go SDK), `FILED` for `FAILED`, older names.
[[nodiscard]] constexpr api_code find_api_code(std::string_view spelling) noexcept {
    for (const api_code_description& row : api_codes) {
        if (row.spelling == spelling) {
            return row.code;
        }
    }
    return detail::find_other_api_code(spelling);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/detail/judge_response.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a text has only characters of which the API's codes consist: letters, digits, `_` and `.`.
[[nodiscard]] constexpr bool has_characters_of_code(std::string_view text) noexcept {
    for (const char c : text) {
        if (!ascii::is_alphanumeric(c) && c != '_' && c != '.') {
            return false;
        }
    }
    return true;
}

/// What a response says in its member `code`.
struct response_code {
    /// whether there is a value, of any type but null
    bool is_there = false;
    /// whether that value is a text or a number
    bool is_text = false;
    /// whether all of it is known to have only characters of a code, also what does not fit into `text`
    bool is_word = true;
    /// the listed code that it is, where it does not fit into `text`
    api_code long_code = api_code::unlisted;
    inline_string<limits::api_code> text{};
};

template <>
struct json_value_type_of<response_code> {
    static constexpr bool is_text = true;

    static bool store(void* place, json_scalar const& value, json_source const& source) noexcept {
        auto& code = *static_cast<response_code*>(place);
        code.is_there = true;
        code.is_text = true;
        const bool fits = json_value_type_of<inline_string<limits::api_code>>::store(&code.text, value, source);
        // of a code in pieces, what follows on the one that does not fit is not seen
        code.is_word = code.is_word && has_characters_of_code(value.text) && (fits || value.is_whole);
        if (value.is_whole && !fits) {
            code.long_code = find_api_code(value.text);
        }
        return fits;
    }
    static void note_other_type(void* place) noexcept { static_cast<response_code*>(place)->is_there = true; }
};

/// The object into which the member `response` is read, and whether there was one.
struct response_target {
    json_target target{};
    bool is_filled = false;
};

template <>
struct json_value_type_of<response_target> {
    static json_target forward_to(void* place) noexcept {
        auto& self = *static_cast<response_target*>(place);
        self.is_filled = true;
        return self.target;
    }
};

/// The JSON object that the API sends: after a success it has a member `response`, after a failure `code` and `message`.
/// Source: the page "response" of the API's documentation (API introduction, instruction).
struct envelope {
    inline_string<limits::request_id> request_id{};
    response_code code{};
    inline_string<limits::message> message{};
    response_target response{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&envelope::request_id>{"requestId", reading::may_be_cut},
                           member<&envelope::response>{"response"},
                           member<&envelope::code>{"code", reading::may_be_cut},
                           member<&envelope::message>{"message", reading::may_be_cut});
    }
};

/// What retry_after_seconds() returns.
[[nodiscard]] ZENWIRE_NOINLINE constexpr std::optional<std::uint32_t> read_retry_after(
    response_view const& response, std::optional<unix_seconds> now) noexcept {
    constexpr std::int64_t longest = 86400;
    const std::string_view text = ascii::trim(response.fields.value_of("retry-after"));
    if (text.empty()) {
        return std::nullopt;
    }
    if (const auto date = parse_http_date(text)) {
        const auto present = parse_http_date(response.fields.value_of("date"));
        if (!present && !now) {
            return std::nullopt;
        }
        const std::int64_t from = (present ? *present : *now).count();
        // `now` is the caller's, and may be any number
        const std::int64_t wait = from >= date->count()            ? 0
                                  : from < date->count() - longest ? longest
                                                                   : date->count() - from;
        return static_cast<std::uint32_t>(wait);
    }
    std::int64_t seconds = 0;
    for (const char c : text) {
        if (!ascii::is_decimal_digit(c)) {
            return std::nullopt;
        }
        seconds = seconds * 10 + (c - '0');
        seconds = seconds > longest ? longest : seconds;
    }
    return static_cast<std::uint32_t>(seconds);
}

/// The text with `***` in place of each secret, with JSON's backslashes or without, and of a part of it at an end that was cut off.
template <std::size_t Capacity>
[[nodiscard]] constexpr inline_string<Capacity> mask_secret(inline_string<Capacity> const& text,
                                                            std::string_view secret) noexcept {
    inline_string<Capacity> masked;
    std::string_view rest = text.view();
    while (!rest.empty()) {
        std::size_t size = 0;
        std::size_t seen = 0;  // of the secret
        for (; seen < secret.size() && size < rest.size() && (rest[size] == secret[seen] || rest[size] == '\\');
             ++size) {
            seen += rest[size] == secret[seen] ? 1U : 0U;
        }
        const bool is_secret = seen != 0 && (seen == secret.size() || (text.truncated() && size == rest.size()));
        masked.append(is_secret ? std::string_view("***") : rest.substr(0, 1));
        rest.remove_prefix(is_secret ? size : 1);
    }
    if (text.truncated()) {
        masked.note_truncated();
    }
    return masked;
}

/// The facts that decide what a response is that is no success.
struct response_facts {
    /// its status
    int status;
    /// what is wrong with the JSON text of its body
    json_fault fault;
    /// the body is a JSON object with an object `response`, and without `code`, or with one and status 4xx
    bool is_success_body;
    /// the body is a JSON object with a `code` of any type but null
    bool has_code;
    /// the body is a JSON object whose `code` is a text of letters, digits, `_` and `.`, or a number
    bool has_api_code;
    /// that code is REQUEST_LIMIT_EXCEEDED
    bool has_limit_code;
    /// there is a field `cf-mitigated`
    bool is_challenge;
};

/// The judgement on a response.
struct response_judgement {
    /// the error that it is
    errc code;
    /// on whose side the fault is
    enum blame blame;
    /// whether an action that orders was carried out
    outcome of_order;
    /// whether an action that only reads was carried out
    outcome of_read;
    /// for people; a constant
    std::string_view message;
};

/// The judgement on a response of which only its JSON fault is known.
[[nodiscard]] constexpr response_judgement judge_json_fault(json_fault fault) noexcept {
    const auto broken = [](std::string_view why, errc code = errc::malformed_response) noexcept {
        return response_judgement{code, blame::remote, outcome::unknown, outcome::unknown, why};
    };
    switch (fault) {
    case json_fault::too_deep: return broken("the response is nested too deep", errc::response_too_deep);
    case json_fault::too_long: return broken("the response, or a text in it, is too long", errc::response_too_large);
    case json_fault::wrong_type: return broken("a member of the response has another type than documented");
    case json_fault::duplicate: return broken("a member of the response stands twice");
    case json_fault::syntax: return broken("the response is not JSON, or is cut");
    case json_fault::no_object: return broken("the response is not a JSON object");
    case json_fault::none: break;
    }
    return broken("the response has no response object");
}

/// The judgement on a response that is no success. The first rule that applies decides. An action that orders is never repeated
/// after one of these; whether one that reads may be, error::retryable() decides.
[[nodiscard]] constexpr response_judgement judge_response(response_facts const& facts) noexcept {
    constexpr outcome unknown = outcome::unknown;
    constexpr outcome not_executed = outcome::not_executed;
    const int status = facts.status;
    const bool is_4xx = status >= 400 && status < 500;
    const bool is_5xx = status >= 500 && status < 600;

    // responses that contradict themselves
    if (facts.is_success_body && status != 200) {
        return {errc::unexpected_status, blame::remote, unknown, unknown,
                "a success in a response whose status says that it is none"};
    }
    if (facts.has_code && status == 200) {
        return {errc::unexpected_error_body, blame::remote, unknown, unknown,
                "an error code in a response with status 200"};
    }
    // refusals: the action was not carried out
    if (facts.is_challenge && is_4xx) {
        return {errc::security_challenge, blame::transport, not_executed, not_executed,
                "a security layer in front of the API wants a human to answer a challenge"};
    }
    if (status == 451) {
        return {errc::request_blocked, blame::transport, not_executed, not_executed,
                "a security layer in front of the API blocked the request"};
    }
    if (facts.has_limit_code && (is_4xx || is_5xx)) {
        return {errc::rate_limited, blame::local, not_executed, not_executed, "too many requests in a short time"};
    }
    if (facts.has_api_code && is_4xx) {
        return {errc::api_error, blame::local, not_executed, not_executed, "the API refused the request"};
    }
    // a gateway may send these although it passed the order on
    if (status == 429) {
        return {errc::rate_limited, blame::local, unknown, not_executed, "too many requests in a short time"};
    }
    if (status >= 300 && status < 400) {
        return {errc::redirected, blame::transport, unknown, not_executed,
                "a redirect, which is never followed: check the endpoint"};
    }
    if (is_4xx && facts.fault == json_fault::none) {
        return {errc::unexpected_status, blame::remote, unknown, not_executed,
                "a status that the API does not document for this response"};
    }
    if (is_4xx) {
        response_judgement judgement = judge_json_fault(facts.fault);
        judgement.of_read = not_executed;
        return judgement;
    }
    // all others: nobody knows whether the action was carried out
    if (facts.has_api_code && is_5xx) {
        return {errc::api_error, blame::remote, unknown, unknown, "the API failed"};
    }
    if (status != 200 && (status < 500 || facts.fault == json_fault::none)) {
        return {errc::unexpected_status, blame::remote, unknown, unknown,
                "a status that the API does not document for this response"};
    }
    return judge_json_fault(facts.fault);
}

/// Whether a JSON object was read, even one with something wrong in it.
[[nodiscard]] constexpr bool is_object(json_fault fault) noexcept {
    return fault == json_fault::none || fault == json_fault::wrong_type || fault == json_fault::too_long;
}

/// The facts that decide what a response is.
/// @param fault what is wrong with its JSON text
/// @param content what was read of its body
/// @param code the listed code in it
[[nodiscard]] constexpr response_facts facts_of(response_view const& response, json_fault fault,
                                                envelope const& content, api_code code) noexcept {
    const bool is_4xx = response.status >= 400 && response.status < 500;
    response_facts facts;
    facts.status = response.status;
    facts.fault = fault;
    facts.has_code = is_object(fault) && content.code.is_there;
    facts.is_success_body = is_object(fault) && content.response.is_filled && (!facts.has_code || is_4xx);
    facts.has_api_code = facts.has_code && content.code.is_text && content.code.is_word && !content.code.text.empty();
    facts.has_limit_code = code == api_code::request_limit_exceeded;
    facts.is_challenge = response.fields.find("cf-mitigated") < response.fields.size();
    return facts;
}

/// The status for an error; 0 for a number that no status can be.
[[nodiscard]] constexpr std::uint16_t status_for_error(int status) noexcept {
    return static_cast<std::uint16_t>(status < 0 || status > 9999 ? 0 : status);
}

/// Makes the error of a response that is not a well-formed success, by judge_response(), from what was read of its body.
[[nodiscard]] constexpr error make_response_error(response_view const& response, json_read_result const& read,
                                                  envelope const& content, bool reads_only) noexcept {
    const bool has_code_text = is_object(read.fault) && content.code.is_text;
    error result;
    if (has_code_text) {
        result.api_code_text = content.code.text;
        result.api_code =
            content.code.text.truncated() ? content.code.long_code : find_api_code(content.code.text.view());
    }
    const response_judgement judgement = judge_response(facts_of(response, read.fault, content, result.api_code));

    result.code = judgement.code;
    result.cause = judgement.code;
    result.blame = judgement.blame;
    if (judgement.code == errc::malformed_response || judgement.code == errc::response_too_large) {
        result.field = read.fault == json_fault::none ? std::string_view("response") : read.member;
    }
    result.outcome = reads_only ? judgement.of_read : judgement.of_order;
    result.reads_only = reads_only;
    result.http_status = status_for_error(response.status);
    result.retry_after_seconds = read_retry_after(response, {});
    result.request_id = content.request_id;
    if (is_object(read.fault) && !content.message.empty()) {
        result.message = content.message;
    } else {
        result.message.assign(judgement.message);
    }
    if (!has_code_text) {
        result.excerpt = safe_text<limits::excerpt>(response.body);
    }
    return result;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/response.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// Reads what the server sent for an action: the action's response, or an error that says what happened, whether money may have
/// moved and whether trying again is safe.
///
/// Only status 200 with a JSON object that has an object `response` and no `code` is a success.
/// @param response the response; its memory is not needed afterwards
/// @return errc::api_error, errc::rate_limited, errc::security_challenge, errc::request_blocked, errc::redirected,
///         errc::unexpected_status, errc::unexpected_error_body, errc::malformed_response, errc::response_too_large,
///         errc::response_too_deep
template <class Action>
[[nodiscard]] expected<typename Action::response> parse_response(service const& service,
                                                                 response_view const& response) noexcept;

/// The same, with the action as an argument. There are overloads for actions that are needed to read their response.
template <class Action>
[[nodiscard]] expected<typename Action::response> parse_response(Action const&, service const& service,
                                                                 response_view const& response) noexcept;

/// Reads the response to an action into `result`, whose type is the action's response or another one with the same members.
/// @param memory for lists, if the type has any
/// @return as parse_response(); after an error `result` holds what was read
template <class Response>
[[nodiscard]] expected<void> read_response(response_view const& response, bool reads_only, Response& result,
                                           arena* memory = nullptr) noexcept;

/// How many seconds the server asks to wait: the field `retry-after`, as seconds, or as a date, which is compared with the `date`
/// field, or without one with `now`. At most 86400; nothing when there is no such field or it cannot be read.
[[nodiscard]] constexpr std::optional<std::uint32_t> retry_after_seconds(
    response_view const& response, std::optional<unix_seconds> now = {}) noexcept {
    return detail::read_retry_after(response, now);
}

/// The server's time, from the `date` field of its response; nothing when it is missing or cannot be read.
[[nodiscard]] constexpr std::optional<unix_seconds> server_time(response_view const& response) noexcept {
    return detail::parse_http_date(response.fields.value_of("date"));
}

/// The documented spelling of an error's code, whichever spelling the server used. For a code that is not documented, the server's
/// spelling; empty when the server sent no code.
[[nodiscard]] constexpr std::string_view api_code_spelling(error const& error ZENWIRE_LIFETIMEBOUND) noexcept {
    const std::string_view spelling = description_of(error.api_code).spelling;
    return spelling.empty() ? error.api_code_text.view() : spelling;
}

namespace detail {

template <class Value>
[[nodiscard]] consteval bool refers_to_memory() noexcept;

template <class Object, auto... Pointers>
[[nodiscard]] consteval bool member_refers_to_memory(member_list<Pointers...> const*) noexcept {
    return (false || ... || refers_to_memory<std::remove_cvref_t<decltype(std::declval<Object&>().*Pointers)>>());
}

/// Whether what is read into a value may lie elsewhere: in a text that is a view, or in a list in an arena.
template <class Value>
consteval bool refers_to_memory() noexcept {
    if constexpr (std::is_same_v<Value, std::string_view> ||
                  requires(Value& list, arena& memory) { list.add(memory); }) {
        return true;
    } else if constexpr (requires { Value::members(); }) {
        return member_refers_to_memory<Value>(static_cast<decltype(Value::members()) const*>(nullptr));
    } else if constexpr (requires { typename Value::value_type; }) {
        return refers_to_memory<typename Value::value_type>();
    } else {
        return false;
    }
}

/// Reads a response into an object, together with the JSON around it, and keeps what its error would be made of.
class response_reader {
public:
    /// Reads the response into `result`.
    template <class Response>
    response_reader(response_view const& response, bool reads_only, Response& result, arena* memory) noexcept
        : response_(response), reads_only_(reads_only) {
        envelope_.response.target = {&json_value_type_for<Response>, &result};
        read_ = response.body.size() > limits::response_body ? json_read_result{json_fault::too_long, {}}
                                                             : read_json(response.body, envelope_, memory);
        is_success_ = response.status == 200 && read_.fault == json_fault::none && !envelope_.code.is_there &&
                      envelope_.response.is_filled;
        const bool has_outer_id = !envelope_.request_id.empty();
        if (is_success_ && has_outer_id) {
            result.request_id = envelope_.request_id;
        } else if (!is_success_ && !has_outer_id && envelope_.response.is_filled) {
            envelope_.request_id = result.request_id;
        }
    }
    response_reader(response_reader const&) = delete;
    response_reader& operator=(response_reader const&) = delete;

    /// Whether the response is a well-formed success: status 200 with an object `response` and no `code`.
    [[nodiscard]] bool is_success() const noexcept { return is_success_; }

    /// The error, when it is no success. A conversion, so that the error is made in its final place. Does not use the result.
    [[nodiscard]] operator error() const noexcept {
        return make_response_error(response_, read_, envelope_, reads_only_);
    }

private:
    response_view const& response_;
    bool reads_only_;
    bool is_success_ = false;
    json_read_result read_{};
    envelope envelope_{};
};

/// The error for a response that arrived and could not be kept.
[[nodiscard]] constexpr error lost_response(refusal const& why, outcome what_happened, bool reads_only,
                                            response_view const& response) noexcept {
    error lost = why;
    lost.outcome = what_happened;
    lost.reads_only = reads_only;
    lost.http_status = status_for_error(response.status);
    return lost;
}

}  // namespace detail

template <class Action>
expected<typename Action::response> parse_response(service const&, response_view const& response) noexcept {
    static_assert(
        !requires { Action::response::has_lists; },
        "this response has lists: send owning(action), or call read_response() with memory for them");
    static_assert(
        requires { Action::response::has_lists; } || !detail::refers_to_memory<typename Action::response>(),
        "this response has texts that are views, or lists in an arena, and nothing that they could lie in: give it "
        "'static constexpr bool has_lists = true;' and send owning(action), or take inline_string and inplace_vector");
    expected<typename Action::response> result(std::in_place);
    const detail::response_reader reader(response, Action::reads_only, *result, nullptr);
    if (!reader.is_success()) {
        std::destroy_at(&result);  // the error is made in place, not copied
        std::construct_at(&result, unexpect, reader);
    }
    return result;
}

template <class Action>
expected<typename Action::response> parse_response(Action const&, service const& service,
                                                   response_view const& response) noexcept {
    return parse_response<Action>(service, response);
}

template <class Response>
expected<void> read_response(response_view const& response, bool reads_only, Response& result, arena* memory) noexcept {
    const detail::response_reader reader(response, reads_only, result, memory);
    return reader.is_success() ? expected<void>() : expected<void>(unexpect, reader);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/owning.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The response to an action, with all that its texts and lists refer to. Move-only; views into it stay valid when it moves.
/// @tparam Response the `response` of an action
template <class Response, class Allocator = std::allocator<detail::raw_byte>>
class owned_response {
public:
    /// The response. The reference stays valid as long as this object, its views also after a move.
    [[nodiscard]] Response const& operator*() const noexcept ZENWIRE_LIFETIMEBOUND { return response_; }
    /// The response, with the same lifetimes.
    [[nodiscard]] Response const* operator->() const noexcept ZENWIRE_LIFETIMEBOUND { return &response_; }

    /// Reads a response. It allocates a few large blocks, for a copy of the body and for the lists.
    /// @param reads_only whether repeating the action is safe
    /// @return as parse_response(); also errc::out_of_memory, with outcome::unknown for an action that orders, since its response
    ///         is lost
    [[nodiscard]] static expected<owned_response> parse(response_view const& response, bool reads_only,
                                                        Allocator allocator = {}) noexcept {
        owned_response result(allocator);
        const std::span<detail::raw_byte> copy = result.blocks_.add(response.body.size() + 1);  // never empty
        if (copy.empty()) {
            return out_of_memory(response, reads_only);
        }
        if (!response.body.empty()) {
            std::memcpy(copy.data(), response.body.data(), response.body.size());
        }
        response_view kept = response;
        kept.body = {reinterpret_cast<char const*>(copy.data()), response.body.size()};

        arena memory(
            [](void* blocks, std::size_t size) noexcept {
                return static_cast<detail::block_list<Allocator>*>(blocks)->add(size);
            },
            &result.blocks_);
        const expected<void> done = read_response(kept, reads_only, result.response_, &memory);
        if (memory.exhausted()) {
            return out_of_memory(response, reads_only);
        }
        if (!done) {
            return unexpected(done.error());
        }
        return result;
    }

private:
    explicit owned_response(Allocator const& allocator) noexcept : blocks_(allocator) {}

    /// The response is lost, although it may say that an order was placed.
    static unexpected<error> out_of_memory(response_view const& response, bool reads_only) noexcept {
        return unexpected(detail::lost_response(
            error::make(errc::out_of_memory, blame::local, "the allocator has no memory for the response"),
            reads_only ? outcome::not_executed : outcome::unknown, reads_only, response));
    }

    detail::block_list<Allocator> blocks_;
    Response response_{};
};

/// Wraps an action whose response has lists, so that the response owns them: `send_action(client, owning{describe_instances{}},
/// ...)`. Its response is an owned_response, with memory of the allocator.
template <class Action, class Allocator = std::allocator<detail::raw_byte>>
struct owning {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = Action::name;
    /// Whether repeating it is safe.
    static constexpr bool reads_only = Action::reads_only;
    /// The action's response, with all memory that it refers to.
    using response = owned_response<typename Action::response, Allocator>;

    /// The action. Its views must outlive this object.
    Action action;
    /// Where the response takes its memory from.
    Allocator allocator{};

    /// Writes the parameters of the action.
    constexpr void write_json(detail::json_writer& json, service const& service) const noexcept {
        detail::write_json(json, action, service);
    }

    /// @{
    /// The request that a request_exchange keeps: a body longer than limits::request_body takes its memory from the allocator, too.
    using request_type = detail::long_request<detail::owned_body<Allocator>>;
    [[nodiscard]] Allocator allocator_for_body() const noexcept { return allocator; }
    /// @}
};

/// Uses std::allocator.
template <class Action>
owning(Action) -> owning<Action>;
/// Uses an allocator of the caller.
template <class Action, class Allocator>
owning(Action, Allocator) -> owning<Action, Allocator>;

/// Checks the action.
template <class Action, class Allocator>
[[nodiscard]] constexpr expected<void> validate(owning<Action, Allocator> const& owner,
                                                service const& service) noexcept {
    return validate(owner.action, service);
}

/// Reads the response.
/// @return as for other actions, and errc::out_of_memory as owned_response::parse() says
template <class Action, class Allocator>
[[nodiscard]] expected<typename owning<Action, Allocator>::response> parse_response(
    owning<Action, Allocator> const& owner, service const&, response_view const& response) noexcept {
    return owning<Action, Allocator>::response::parse(response, Action::reads_only, owner.allocator);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/zenwire.hpp, continued
// ---- zenwire/action/raw_action.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_RAW_ACTION_HPP
#define ZENWIRE_ACTION_RAW_ACTION_HPP

#include <cstddef>
#include <span>
#include <type_traits>


namespace ZENWIRE_NAMESPACE {

/// Whether a raw_action may be repeated when its outcome is unknown.
enum class raw_action_effect : unsigned char {
    reads,   ///< it changes nothing: repeating it is safe
    orders,  ///< it changes something, or may cost money
};

template <>
inline constexpr detail::enum_row<raw_action_effect> detail::enum_names<raw_action_effect>[] = {
    {raw_action_effect::reads, "reads"},
    {raw_action_effect::orders, "orders"},
};

/// Any action of the API, by its name, with a body that the caller wrote, of any size. The body is sent without being copied. All
/// views must outlive the action.
struct raw_action {
    /// The action's name as the API's documentation spells it.
    std::string_view name;
    /// A JSON object; `{}` for an action without parameters.
    std::string_view body;
    /// Whether repeating it is safe. By default it is not.
    raw_action_effect effect = raw_action_effect::orders;
    /// Memory into which the text of the response's member `response` is copied.
    std::span<char> response_memory{};

    /// Writes the body as it is.
    constexpr void write_json(detail::json_writer& json, service const&) const noexcept { json.literal(body); }

    /// The request that a request_exchange keeps: it refers to the body.
    using request_type = detail::long_request<detail::borrowed_body>;

    /// The response.
    struct response : basic_response {
        /// The JSON text of the member `response`: a view of raw_action::response_memory.
        std::string_view json;
    };
};

namespace detail {

/// Whether the name of an action says that it changes something.
[[nodiscard]] constexpr bool is_name_of_order(std::string_view name) noexcept {
    return name.starts_with("Modify") || name.starts_with("Cancel") || name.starts_with("Create") ||
           name.starts_with("Renew");
}

}  // namespace detail

/// Checks that the body is a JSON object, and that the name is one that an action can have, and not that of an order where it is
/// said to read: it would be sent again after an unknown outcome.
/// @return errc::invalid_parameter
template <class Action>
    requires std::is_same_v<Action, raw_action>
[[nodiscard]] expected<void> validate(Action const& action, service const&) noexcept {
    struct any_object {
        [[nodiscard]] static constexpr member_list<> members() noexcept { return {}; }
    } object;
    if (!detail::is_action_name(action.name)) {
        return refuse(errc::invalid_parameter, blame::local, "the name of the action is empty, or not visible ASCII",
                      "x-zc-action");
    }
    if (action.effect == raw_action_effect::reads && detail::is_name_of_order(action.name)) {
        return refuse(errc::invalid_parameter, blame::local,
                      "by its name the action changes something: it needs raw_action_effect::orders", "x-zc-action");
    }
    if (detail::read_json(action.body, object).fault != detail::json_fault::none || action.body.starts_with('\xEF')) {
        return refuse(errc::invalid_parameter, blame::local, "the body is not a JSON object");
    }
    return {};
}

namespace detail {

/// Finds a member of an object in JSON text that is known to be well-formed, and returns the text of its value, an object or array.
/// Empty when there is none whose name is written exactly like this, without escapes.
[[nodiscard]] constexpr std::string_view find_json_member(std::string_view object, std::string_view name) noexcept {
    int depth = 0;
    bool is_found = false;
    std::size_t value_begin = 0;
    std::string_view last_string;
    for (std::size_t i = 0; i < object.size(); ++i) {
        const char c = object[i];
        if (c == '"') {
            const std::size_t begin = ++i;
            while (i < object.size() && object[i] != '"') {
                i += object[i] == '\\' ? 2U : 1U;
            }
            last_string = object.substr(begin, i - begin);
        } else if (c == ':' && depth == 1 && last_string == name) {
            is_found = true;
            value_begin = i + 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
            if (is_found && depth == 1) {
                return object.substr(value_begin, i + 1 - value_begin);
            }
        }
    }
    return {};
}

}  // namespace detail

/// Reads the response to a raw_action: copies the text of its `response` into the action's memory.
/// @return as parse_response() of other actions; errc::buffer_too_small when the memory is too small, with
///         outcome::executed
template <class Action>
    requires std::is_same_v<Action, raw_action>
[[nodiscard]] expected<raw_action::response> parse_response(Action const& action, service const&,
                                                            response_view const& response) noexcept {
    basic_response unread;
    const bool reads_only = action.effect == raw_action_effect::reads;
    if (const expected<void> read = read_response(response, reads_only, unread); !read) {
        return failure_of(read);
    }
    std::string_view text = detail::find_json_member(response.body, "response");
    while (!text.starts_with('{') && !text.empty()) {
        text.remove_prefix(1);
    }
    buffer_writer out(action.response_memory);
    out.append(text);
    if (text.empty() || out.overflowed()) {
        error failure = detail::lost_response(
            error::make(errc::buffer_too_small, blame::local, "the memory is too small for the response"),
            outcome::executed, reads_only, response);
        failure.request_id = unread.request_id;
        return unexpected(failure);
    }
    return raw_action::response{unread, out.written()};
}

/// Whether repeating it is safe.
[[nodiscard]] constexpr bool reads_only(raw_action const& action) noexcept {
    return action.effect == raw_action_effect::reads;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/zenwire.hpp, continued
// ---- zenwire/action/stream.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_STREAM_HPP
#define ZENWIRE_ACTION_STREAM_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

// ---- zenwire/action/describe_instances.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_INSTANCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_INSTANCES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

// ---- zenwire/base/inplace_vector.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_INPLACE_VECTOR_HPP
#define ZENWIRE_BASE_INPLACE_VECTOR_HPP

#include <array>
#include <cstddef>


namespace ZENWIRE_NAMESPACE {

/// A list of at most `Capacity` elements inside the object: no heap.
template <class Element, std::size_t Capacity>
class inplace_vector {
public:
    /// @{
    /// What the standard's algorithms ask of a container.
    using value_type = Element;
    using const_iterator = Element const*;
    /// @}

    /// Adds an element with its default value at the end.
    /// @return the element, to be filled; null when there is no room
    [[nodiscard]] constexpr Element* add() noexcept ZENWIRE_LIFETIMEBOUND {
        if (size_ == Capacity) {
            return nullptr;
        }
        elements_[size_] = Element{};
        return &elements_[size_++];
    }

    /// How many elements there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether there is no element.
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    /// The most elements that fit.
    [[nodiscard]] static constexpr std::size_t capacity() noexcept { return Capacity; }
    /// The element at `index`; beyond size(): contract_violation().
    [[nodiscard]] constexpr Element const& operator[](std::size_t index) const noexcept ZENWIRE_LIFETIMEBOUND {
        if (index >= size_) {
            contract_violation();
        }
        return elements_[index];
    }
    /// The first element. Refers to this object.
    [[nodiscard]] constexpr Element const* begin() const noexcept ZENWIRE_LIFETIMEBOUND { return elements_.data(); }
    /// Behind the last element. Refers to this object.
    [[nodiscard]] constexpr Element const* end() const noexcept ZENWIRE_LIFETIMEBOUND {
        return elements_.data() + size_;
    }

    /// Whether both have the same elements. Unused elements are as they were made in both, so that comparing the arrays is right.
    [[nodiscard]] friend constexpr bool operator==(inplace_vector const&, inplace_vector const&) noexcept = default;

private:
    std::array<Element, Capacity> elements_{};
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/describe_instances.hpp, continued
// ---- zenwire/protocol/instance_info.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_INSTANCE_INFO_HPP
#define ZENWIRE_PROTOCOL_INSTANCE_INFO_HPP

#include <cstdint>
#include <optional>
#include <string_view>

// ---- zenwire/protocol/enumerations.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_ENUMERATIONS_HPP
#define ZENWIRE_PROTOCOL_ENUMERATIONS_HPP

#include <string_view>


/// @file
/// The enumerations of the API, whose values are words: `instance_status::running`. An unknown word is kept as it is.

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// A row for a word that services spell in different ways.
template <class Enum>
struct dialect_row {
    Enum value;
    std::string_view text;
    /// the name of the only service that spells it like this; empty for all services
    std::string_view dialect;
};

}  // namespace detail

/// @cond
/// The known words of each enumeration, and their spellings; where a value has several, the first is the documented one. The aliases
/// below are what to name.
///
/// The enumerations are unscoped, so that open_enum inherits the enumerators; with `using enum` GCC 12 has an internal error. They
/// stand in the namespace of the library, not in detail, so that argument-dependent lookup finds operator<<, to_string() and
/// toString() for them.
struct api_words {
    struct instance_status {
        enum value : unsigned char {
            unknown,
            pending,
            creating,
            create_failed,
            installing,
            install_failed,
            running,
            stopped,
            booting,
            stopping,
            recycle,  ///< in the recycle bin
            recycling,
            deploying,  ///< virtual machines, as the following
            rebuilding,
            reboot,
            releasing,
            imaging,
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::running, "RUNNING"},
            {value::stopped, "STOPPED"},
            {value::pending, "PENDING"},
            {value::creating, "CREATING"},
            {value::create_failed, "CREATE_FAILED"},
            {value::installing, "INSTALLING"},
            {value::install_failed, "INSTALL_FAILED"},
            {value::booting, "BOOTING"},
            {value::stopping, "STOPPING"},
            {value::recycle, "RECYCLE"},
            {value::recycling, "RECYCLING"},
            {value::deploying, "DEPLOYING"},
            {value::rebuilding, "REBUILDING"},
            {value::reboot, "REBOOT"},
            {value::releasing, "RELEASING"},
            {value::imaging, "IMAGING"},
        };
    };

    struct sell_status {
        enum value : unsigned char {
            unknown,
            sell,           ///< more than ten in stock
            sell_shortage,  ///< few in stock
            sold_out,
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::sell, "SELL"},
            {value::sell_shortage, "SELL_SHORTAGE"},
            {value::sold_out, "SOLD_OUT"},
        };
    };

    struct modification_status {
        enum value : unsigned char {
            unknown,
            processing,      ///< being changed
            enable,          ///< effective
            wait_to_enable,  ///< takes effect in the next billing cycle
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::processing, "Processing"},
            // spellings of older documentation and tools
            {value::processing, "Process"},
            {value::processing, "CHANGING"},
            {value::enable, "Enable"},
            {value::wait_to_enable, "WaitToEnable"},
        };
    };

    struct instance_charge_type {
        enum value : unsigned char {
            unknown,
            prepaid,   ///< a subscription by the month
            postpaid,  ///< pay as you go
        };
        static constexpr detail::enum_row<value> table[] = {
            {value::prepaid, "PREPAID"},
            {value::postpaid, "POSTPAID"},
        };
    };

    struct internet_charge_type {
        enum value : unsigned char {
            unknown,
            by_bandwidth,              ///< a flat rate for a bandwidth
            by_traffic_package,        ///< a traffic package that was bought
            by_instance_bandwidth_95,  ///< 95th percentile of the instance
            by_cluster_bandwidth_95,   ///< 95th percentile of a city's bandwidth cluster
            bandwidth_cluster,         ///< 95th percentile of a cluster, with a commitment
        };
        static constexpr detail::dialect_row<value> table[] = {
            {value::by_bandwidth, "ByBandwidth", {}},
            {value::by_traffic_package, "ByTrafficPackage", {}},
            {value::by_instance_bandwidth_95, "ByInstanceBandwidth95", {}},
            {value::by_cluster_bandwidth_95, "ByClusterBandwidth95", {}},
            {value::bandwidth_cluster, "ByBandwidthCluster", {}},
            {value::bandwidth_cluster, "BandwidthCluster", "vm"},
        };
    };
};
/// @endcond

/// What an instance is doing. `unknown`, `pending`, `creating`, `create_failed`, `installing`, `install_failed`,
/// `running`, `stopped`, `booting`, `stopping`, `recycle`, `recycling`, `deploying`, `rebuilding`, `reboot`,
/// `releasing`, `imaging`. Source: the API's data structures, InstanceStatus, of both services.
using instance_status = open_enum<api_words::instance_status>;

/// Whether a resource can be bought. `unknown`, `sell`, `sell_shortage`, `sold_out`. Source: the API's data
/// structures, AvailableResource.
using sell_status = open_enum<api_words::sell_status>;

/// How far a change of bandwidth or traffic package is. `unknown`, `processing`, `enable`, `wait_to_enable`. Source:
/// the page of DescribeInstanceInternetStatus.
using modification_status = open_enum<api_words::modification_status>;

/// How an instance is paid. `unknown`, `prepaid`, `postpaid`. Source: the API's data structures,
/// InstanceChargeType.
using instance_charge_type = open_enum<api_words::instance_charge_type>;

/// How the network traffic of an instance is billed. `unknown`, `by_bandwidth`, `by_traffic_package`,
/// `by_instance_bandwidth_95`, `by_cluster_bandwidth_95`, `bandwidth_cluster`. Source: the API's data
/// structures, InternetChargeType.
using internet_charge_type = open_enum<api_words::internet_charge_type>;

template <>
inline constexpr auto& detail::enum_names<instance_status::value_type> = instance_status::table;

template <>
inline constexpr auto& detail::enum_names<sell_status::value_type> = sell_status::table;

template <>
inline constexpr auto& detail::enum_names<modification_status::value_type> = modification_status::table;

template <>
inline constexpr auto& detail::enum_names<instance_charge_type::value_type> = instance_charge_type::table;

template <>
inline constexpr auto& detail::enum_names<internet_charge_type::value_type> = internet_charge_type::table;

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/protocol/instance_info.hpp, continued

/// @file
/// The data of an instance. All of these types are views; what their texts and lists refer to is said where they are returned.
/// When the API leaves a member out, or sends null, a text is empty, and an optional holds nothing.
/// Source: the API's data structures, InstanceInfo and InstanceType, with the members of both versions. By
/// has_member() in testing/detail/fake_json.hpp the fake cloud knows which of them the first versions lack.

namespace ZENWIRE_NAMESPACE {

/// Disks of one size.
struct disk {
    std::optional<std::int64_t> disk_size{};   ///< in GB
    std::optional<std::int64_t> disk_count{};  ///< how many of them

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&disk::disk_size>{"diskSize"}, member<&disk::disk_count>{"diskCount"});
    }
};

/// The disks of an instance type.
struct disk_info {
    std::optional<std::int64_t> total_disk_size{};  ///< in GB
    std::string_view disk_description{};            ///< for people
    arena_list<disk> disks{};                       ///< one element for each size of disks

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&disk_info::total_disk_size>{"totalDiskSize"},
                           member<&disk_info::disk_description>{"diskDescription"}, member<&disk_info::disks>{"disks"});
    }
};

/// What hardware an instance has.
struct instance_type {
    arena_list<std::string_view> image_ids{};      ///< the images that can be installed on it; only in lists of types
    std::string_view instance_type_id{};           ///< its id, for example `M7D`
    std::string_view description{};                ///< for people
    std::optional<std::int64_t> cpu_core_count{};  ///< cores of all processors
    std::string_view cpu_detail{};                 ///< the processors, for people
    std::optional<std::int64_t> cpu_cores{};       ///< cores of all processors
    std::optional<std::int64_t> cpu_threads{};     ///< threads of all processors
    std::string_view base_frequency{};             ///< `3.80GHz`
    std::optional<std::int64_t> memory_size{};     ///< in GB
    std::optional<std::int64_t> maximum_bandwidth{};  ///< in Mbps
    arena_list<std::int64_t> support_raids{};         ///< the RAID levels that it can have
    std::optional<bool> support_subnet{};             ///< whether it can be in a subnet
    std::optional<bool> is_high_availability{};       ///< whether its network is redundant
    std::optional<zenwire::disk_info> disk_info{};    ///< its disks
    std::string_view vpu_vendor{};                    ///< the manufacturer of its video processors; since 2026
    std::string_view vpu_card{};                      ///< their model; since 2026
    std::optional<std::int64_t> vpu_count{};          ///< how many of them; since 2026

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&instance_type::image_ids>{"imageIds"}, member<&instance_type::instance_type_id>{"instanceTypeId"},
            member<&instance_type::description>{"description"}, member<&instance_type::cpu_core_count>{"cpuCoreCount"},
            member<&instance_type::cpu_detail>{"cpuDetail"}, member<&instance_type::cpu_cores>{"cpuCores"},
            member<&instance_type::cpu_threads>{"cpuThreads"}, member<&instance_type::base_frequency>{"baseFrequency"},
            member<&instance_type::memory_size>{"memorySize"},
            member<&instance_type::maximum_bandwidth>{"maximumBandwidth"},
            member<&instance_type::support_raids>{"supportRaids"},
            member<&instance_type::support_subnet>{"supportSubnet"},
            member<&instance_type::is_high_availability>{"isHA"}, member<&instance_type::disk_info>{"diskInfo"},
            member<&instance_type::vpu_vendor>{"vpuVendor"}, member<&instance_type::vpu_card>{"vpuCard"},
            member<&instance_type::vpu_count>{"vpuCount"});
    }
};

/// A RAID over chosen disks.
struct custom_raid {
    std::optional<std::int64_t> raid_type{};   ///< 0, 1, 5 or 10
    arena_list<std::int64_t> disk_sequence{};  ///< the slots of its disks

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&custom_raid::raid_type>{"raidType"},
                           member<&custom_raid::disk_sequence>{"diskSequence"});
    }
};

/// The RAID of an instance: one for all disks, or several.
struct raid_config {
    std::optional<std::int64_t> raid_type{};  ///< 0, 1, 5 or 10
    arena_list<custom_raid> custom_raids{};   ///< one for each group of disks

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&raid_config::raid_type>{"raidType"},
                           member<&raid_config::custom_raids>{"customRaids"});
    }
};

/// A partition.
struct partition {
    std::string_view path{};             ///< where it is mounted
    std::string_view type{};             ///< its file system
    std::optional<std::int64_t> size{};  ///< in GB

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&partition::path>{"fsPath"}, member<&partition::type>{"fsType"},
                           member<&partition::size>{"size"});
    }
};

/// The names of an instance's network interfaces.
struct network_interfaces {
    std::string_view wan_name{};  ///< of the public network
    std::string_view lan_name{};  ///< of the private network

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&network_interfaces::wan_name>{"wanName"},
                           member<&network_interfaces::lan_name>{"lanName"});
    }
};

/// A tag: a key and a value, each of 1 to 128 characters.
struct tag {
    std::string_view key{};    ///< 1 to 128 characters
    std::string_view value{};  ///< 1 to 128 characters

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&tag::key>{"key"}, member<&tag::value>{"value"});
    }
};

/// The tags of an instance, in an object of their own.
struct tag_list {
    arena_list<tag> tags{};  ///< the tags

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept { return member_list(member<&tag_list::tags>{"tags"}); }
};

/// An instance.
struct instance_info {
    std::string_view instance_id{};                                       ///< its id
    std::string_view zone_id{};                                           ///< where it is
    std::string_view instance_name{};                                     ///< the name that its owner gave it
    std::string_view hostname{};                                          ///< its host name
    std::string_view instance_type_id{};                                  ///< its model
    std::optional<zenwire::instance_type> instance_type{};                ///< its hardware
    std::string_view image_id{};                                          ///< the image that it was installed with
    std::string_view image_name{};                                        ///< the name of that image
    std::string_view ipxe_url{};                                          ///< where it boots from, if by network
    std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
    std::optional<std::int64_t> bandwidth_out_mbps{};                     ///< 0: no limit up to the maximum of the type
    /// A value does not mean that the instance is billed by traffic package.
    std::optional<zenwire::traffic_package_size> traffic_package_size{};
    std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
    std::optional<std::int64_t> period{};                                 ///< in months; prepaid only
    std::string_view primary_public_ip_address{};                         ///< its first public address
    std::string_view primary_public_ipv6_address{};                       ///< its first public IPv6 address; since 2026
    arena_list<std::string_view> public_ip_addresses{};                   ///< all its public addresses, IPv4
    arena_list<std::string_view> private_ip_addresses{};                  ///< all its private addresses, IPv4
    arena_list<std::string_view> ipv6_addresses{};                        ///< all its addresses of IPv6
    arena_list<std::string_view> subnet_ids{};                            ///< the subnets that it is in
    std::string_view create_time{};                                       ///< `2023-01-01T00:00:00Z`
    std::string_view expired_time{};                                      ///< empty for postpaid
    std::string_view resource_group_id{};                                 ///< the group that it belongs to
    std::string_view resource_group_name{};                               ///< the name of that group
    std::optional<zenwire::instance_status> instance_status{};            ///< its status
    std::optional<zenwire::raid_config> raid_config{};                    ///< its RAID
    arena_list<partition> partitions{};                                   ///< its partitions
    std::optional<network_interfaces> nic{};                              ///< the names of its network interfaces
    std::optional<bool> auto_renew{};           ///< false when a prepaid subscription was cancelled
    std::string_view key_id{};                  ///< the SSH key that it was installed with
    std::optional<tag_list> tags{};             ///< its tags
    std::optional<bool> enable_gateway_mode{};  ///< whether it is a gateway of its subnet

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&instance_info::instance_id>{"instanceId", reading::essential},
            member<&instance_info::zone_id>{"zoneId"}, member<&instance_info::instance_name>{"instanceName"},
            member<&instance_info::hostname>{"hostname"}, member<&instance_info::instance_type_id>{"instanceTypeId"},
            member<&instance_info::instance_type>{"instanceType"}, member<&instance_info::image_id>{"imageId"},
            member<&instance_info::image_name>{"imageName"}, member<&instance_info::ipxe_url>{"ipxeUrl"},
            member<&instance_info::key_id>{"keyId"}, member<&instance_info::instance_charge_type>{"instanceChargeType"},
            member<&instance_info::bandwidth_out_mbps>{"bandwidthOutMbps"},
            member<&instance_info::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential},
            member<&instance_info::internet_charge_type>{"internetChargeType"},
            member<&instance_info::period>{"period"},
            member<&instance_info::primary_public_ip_address>{"primaryPublicIpAddress"},
            member<&instance_info::primary_public_ipv6_address>{"primaryPublicIPv6Address"},
            member<&instance_info::public_ip_addresses>{"publicIpAddresses"},
            member<&instance_info::private_ip_addresses>{"privateIpAddresses"},
            member<&instance_info::ipv6_addresses>{"ipv6Addresses"}, member<&instance_info::subnet_ids>{"subnetIds"},
            member<&instance_info::create_time>{"createTime"}, member<&instance_info::expired_time>{"expiredTime"},
            member<&instance_info::resource_group_id>{"resourceGroupId"},
            member<&instance_info::resource_group_name>{"resourceGroupName"},
            member<&instance_info::instance_status>{"instanceStatus"}, member<&instance_info::partitions>{"partitions"},
            member<&instance_info::raid_config>{"raidConfig"}, member<&instance_info::nic>{"nic"},
            member<&instance_info::auto_renew>{"autoRenew"}, member<&instance_info::tags>{"tags"},
            member<&instance_info::enable_gateway_mode>{"enableGatewayMode"});
    }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/describe_instances.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// `DescribeInstances` of bare metal: a page of the instances that match all filters. Empty filters are left out of the request.
///
/// The texts and lists of the filters are views and must outlive the action and what owns it. Its response has a list: send it as
/// owning(action), or read it with for_each_instance(). An id that does not exist gives an empty list.
/// Source: the page of the action, bare metal instance.
struct describe_instances {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most instances of a page.
    static constexpr std::int64_t max_page_size = 1000;
    /// The most ids of a filter.
    static constexpr std::size_t max_instance_ids = 100;
    /// The most tags, and keys of tags, of a filter.
    static constexpr std::size_t max_tags = 20;
    /// The most characters of the key and of the value of a tag.
    static constexpr std::size_t max_tag_length = 128;
    /// The type of an element of a page.
    using instance = instance_info;

    /// Whether the service has the action with this response; virtual machines have describe_vm_instances.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "bmc"; }

    std::span<std::string_view const> instance_ids{};  ///< at most max_instance_ids
    std::string_view zone_id{};                        ///< one zone
    std::string_view resource_group_id{};  ///< one resource group; if empty, all that the credential may see
    std::string_view instance_type_id{};   ///< one instance type
    /// only instances whose network is billed like this
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    std::string_view image_id{};                                ///< one image
    std::string_view subnet_id{};                               ///< one subnet
    std::optional<zenwire::instance_status> instance_status{};  ///< only instances of this status
    std::string_view instance_name{};                           ///< with a `*` at its end: names that begin like this
    std::string_view hostname{};                                ///< with a `*` at its end: names that begin like this
    /// only instances that have one of these addresses, IPv4
    std::span<std::string_view const> public_ip_addresses{};
    /// only instances that have one of these addresses, IPv4
    std::span<std::string_view const> private_ip_addresses{};
    std::span<std::string_view const> tag_keys{};  ///< at most max_tags, each of 1 to max_tag_length characters
    std::span<tag const> tags{};              ///< at most max_tags, keys and values of 1 to max_tag_length characters
    std::optional<std::int64_t> page_num{};   ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};  ///< 1 to max_page_size; the server's default is 20

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<std::int64_t> total_count;  ///< how many instances there are on all pages
        arena_list<instance_info> data_set;       ///< the instances of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_instances;
        return member_list(
            member<&self::instance_ids>{"instanceIds"}, member<&self::zone_id>{"zoneId"},
            member<&self::resource_group_id>{"resourceGroupId"}, member<&self::instance_type_id>{"instanceTypeId"},
            member<&self::internet_charge_type>{"internetChargeType"}, member<&self::image_id>{"imageId"},
            member<&self::subnet_id>{"subnetId"}, member<&self::instance_status>{"instanceStatus"},
            member<&self::instance_name>{"instanceName"}, member<&self::hostname>{"hostname"},
            member<&self::public_ip_addresses>{"publicIpAddresses"},
            member<&self::private_ip_addresses>{"privateIpAddresses"}, member<&self::tag_keys>{"tagKeys"},
            member<&self::tags>{"tags"}, member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"});
    }
};

namespace detail {

/// Checks the tags that a DescribeInstances asks for: how many there are, and how long.
/// @tparam Action describe_instances or describe_vm_instances
/// @return errc::invalid_parameter
template <class Action>
[[nodiscard]] constexpr expected<void> check_tag_filters(Action const& action) noexcept {
    const auto wrong = [](std::string_view field, std::string_view why) noexcept {
        return refuse(errc::invalid_parameter, blame::local, why, field);
    };
    const auto is_tag_text = [](std::string_view text) noexcept {
        return !text.empty() && utf8_character_count(text) <= Action::max_tag_length;
    };
    constexpr bool is_short = Action::max_tag_length == 64;
    static_assert(Action::max_tags == 20 && (is_short || Action::max_tag_length == 128), "the messages say so");
    if (action.tag_keys.size() > Action::max_tags) {
        return wrong("tagKeys", "tagKeys may have at most 20 elements");
    }
    if (action.tags.size() > Action::max_tags) {
        return wrong("tags", "tags may have at most 20 elements");
    }
    for (const std::string_view key : action.tag_keys) {
        if (!is_tag_text(key)) {
            return wrong("tagKeys", is_short ? "the key of a tag must have 1 to 64 characters"
                                             : "the key of a tag must have 1 to 128 characters");
        }
    }
    for (tag const& each : action.tags) {
        if (!is_tag_text(each.key) || !is_tag_text(each.value)) {
            return wrong("tags", is_short ? "the key and the value of a tag must have 1 to 64 characters each"
                                          : "the key and the value of a tag must have 1 to 128 characters each");
        }
    }
    return {};
}

/// Checks the filters of a DescribeInstances: that the service has it with this response, sizes of lists, pages and tags.
/// @tparam Action describe_instances or describe_vm_instances
/// @return errc::invalid_parameter, errc::unsupported_action
template <class Action>
[[nodiscard]] constexpr expected<void> check_instance_filters(Action const& action, service const& service) noexcept {
    if (!service.has_instances) {
        return refuse(service_has_no_instances);
    }
    if (!Action::is_offered_by(service)) {
        return refuse_action(
            std::is_same_v<Action, describe_instances>
                ? "DescribeInstances has this response only for bare metal: use describe_vm_instances"
                : "DescribeInstances has this response only for virtual machines: use describe_instances");
    }
    if (action.instance_ids.size() > Action::max_instance_ids) {
        return refuse(errc::invalid_parameter, blame::local, "instanceIds may have at most 100 elements",
                      "instanceIds");
    }
    if (const auto valid = check_page(action); !valid) {
        return valid;
    }
    return check_tag_filters(action);
}

}  // namespace detail

/// Checks the filters: sizes of lists, pages and tags, and that the service is bare metal. Texts that are not UTF-8 are found
/// when the body is written.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_instances const& action, service const& service) noexcept {
    return detail::check_instance_filters(action, service);
}

/// `DescribeInstances` for a single instance; the API has no action of this name. Reads only what matters for its
/// traffic package, owns all its texts, and needs no memory for lists.
struct look_up_instance {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// A list of one id.
    struct single_id {
        zenwire::instance_id id;  ///< the id

        /// Writes it as a list of one text.
        constexpr void write_json(detail::json_writer& json, service const&) const noexcept {
            json.begin_array();
            json.string(id.view());
            json.end_array();
        }
    };

    /// What is read of an instance.
    struct summary {
        zenwire::instance_id instance_id;                                     ///< the instance
        std::optional<zenwire::instance_status> instance_status{};            ///< its status
        std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
        std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
        /// its package; a value does not mean that the instance is billed by traffic package
        std::optional<zenwire::traffic_package_size> traffic_package_size{};

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return member_list(
                member<&summary::instance_id>{"instanceId", reading::essential},
                member<&summary::instance_status>{"instanceStatus"},
                member<&summary::internet_charge_type>{"internetChargeType"},
                member<&summary::instance_charge_type>{"instanceChargeType"},
                member<&summary::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential});
        }
    };

    single_id instance_ids;  ///< not empty, at most limits::instance_id bytes of UTF-8, no control characters

    /// The response; without an instance when none has that id.
    struct response : basic_response {
        inplace_vector<summary, 1> data_set;  ///< the instance; empty when none has that id

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&look_up_instance::instance_ids>{"instanceIds"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(look_up_instance const& action, service const& service) noexcept {
    return detail::check_instance(action.instance_ids.id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/stream.hpp, continued

/// @file
/// Reads a page of a list entry by entry, without keeping the list. No heap.
///
/// Texts without escapes are views of the body; other texts, and lists, lie in the scratch memory, which is reused for each entry.
/// Entries are passed on before the whole body was read: when an error is returned, discard them.

namespace ZENWIRE_NAMESPACE {

/// A page without its entries.
struct page_summary : basic_response {
    /// how many entries there are on all pages
    std::optional<std::int64_t> total_count;
    /// how many were on this page
    std::size_t count = 0;
    /// how many of these did not fit into the scratch memory, and were not handed out
    std::size_t incomplete_count = 0;
};

/// Reads the response to describe_instances or describe_vm_instances: calls `on_instance` for each instance as it is read.
///
/// For an instance that does not fit into `scratch`, `on_incomplete` is called instead, with its id and errc::buffer_too_small, and
/// reading goes on. The id is never cut; it is empty when the response has none, or one with escapes that does not fit either.
/// 4 KiB are enough for most instances.
/// @param on_instance called with `Action::instance const&`; must not throw
/// @param on_incomplete called with the id (`std::string_view`) and the `error const&`; must not throw
/// @return as parse_response()
/// @tparam Action describe_instances, or describe_vm_instances for virtual machines
template <class Action = describe_instances, std::invocable<typename Action::instance const&> OnInstance,
          std::invocable<std::string_view, error const&> OnIncomplete>
[[nodiscard]] expected<page_summary> for_each_instance(response_view const& response,
                                                       std::span<detail::raw_byte> scratch, OnInstance&& on_instance,
                                                       OnIncomplete&& on_incomplete) noexcept;

/// Reads the response to describe_transaction_history or describe_bill_detail: calls `on_entry` for each entry as it is read.
/// An entry that does not fit into `scratch` is skipped: page_summary::incomplete_count says how many were. One whose texts have no
/// escapes needs no memory.
/// @param on_entry called with `Action::entry const&`; must not throw
/// @return as parse_response()
template <class Action, std::invocable<typename Action::entry const&> OnEntry>
[[nodiscard]] expected<page_summary> for_each_entry(response_view const& response, std::span<detail::raw_byte> scratch,
                                                    OnEntry&& on_entry) noexcept;

namespace detail {

/// A list that keeps only the entry that is being read, and passes each entry to a function once it is complete. The JSON reader
/// finds add() and complete() by their names: see json_schema.hpp.
template <class Entry>
class entry_stream {
public:
    using value_type = Entry;
    /// Called with each entry; `is_complete` is false when the entry did not fit into the memory.
    using callback = void (*)(void* context, Entry const& entry, bool is_complete);

    /// @param context the first argument of the function
    constexpr entry_stream(callback function, void* context) noexcept : function_(function), context_(context) {}

    /// Forgets the last entry, and frees its memory for the next one.
    [[nodiscard]] Entry* add(arena& memory) noexcept {
        memory.reset();
        return make_at<Entry>(&entry_);  // in its place: to assign a new entry would copy it, and entries are large
    }
    /// Passes the entry that was read to the function.
    void complete(arena const& memory) {
        ++count_;
        function_(context_, entry_, !memory.exhausted());
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

private:
    callback function_;
    void* context_;
    Entry entry_{};
    std::size_t count_ = 0;
};

/// A page whose list is a stream.
template <class Entry>
struct streamed_page : basic_response {
    constexpr streamed_page(typename entry_stream<Entry>::callback function, void* context) noexcept
        : data_set(function, context) {}

    std::optional<std::int64_t> total_count{};
    entry_stream<Entry> data_set;

    [[nodiscard]] static constexpr auto members() noexcept {
        return members_and(member<&streamed_page::total_count>{"totalCount"},
                           member<&streamed_page::data_set>{"dataSet", reading::essential});
    }
};

/// Reads a page and hands out its entries: those that fitted into `scratch` to `on_entry`, the others to `on_incomplete`.
/// @return as parse_response()
template <class Entry, class OnEntry, class OnIncomplete>
[[nodiscard]] expected<page_summary> read_stream(response_view const& response, bool reads_only,
                                                 std::span<raw_byte> scratch, OnEntry& on_entry,
                                                 OnIncomplete const& on_incomplete) noexcept {
    struct walk {
        OnEntry& on_entry;
        OnIncomplete const& on_incomplete;
        std::size_t incomplete_count = 0;
    } this_walk{on_entry, on_incomplete};
    streamed_page<Entry> page(
        [](void* pointer, Entry const& entry, bool is_complete) {
            auto& context = *static_cast<walk*>(pointer);
            if (is_complete) {
                context.on_entry(entry);
            } else {
                ++context.incomplete_count;
                context.on_incomplete(entry);
            }
        },
        &this_walk);
    arena memory(scratch);
    if (const expected<void> done = read_response(response, reads_only, page, &memory); !done) {
        return failure_of(done);
    }
    return page_summary{{page.request_id}, page.total_count, page.data_set.count(), this_walk.incomplete_count};
}

}  // namespace detail

template <class Action, std::invocable<typename Action::instance const&> OnInstance,
          std::invocable<std::string_view, error const&> OnIncomplete>
expected<page_summary> for_each_instance(response_view const& response, std::span<detail::raw_byte> scratch,
                                         OnInstance&& on_instance, OnIncomplete&& on_incomplete) noexcept {
    using instance = typename Action::instance;
    return detail::read_stream<instance>(response, Action::reads_only, scratch, on_instance, [&](instance const& each) {
        on_incomplete(each.instance_id, error(error::make(errc::buffer_too_small, blame::local,
                                                          "the scratch memory is too small for an instance")));
    });
}

template <class Action, std::invocable<typename Action::entry const&> OnEntry>
expected<page_summary> for_each_entry(response_view const& response, std::span<detail::raw_byte> scratch,
                                      OnEntry&& on_entry) noexcept {
    using entry = typename Action::entry;
    return detail::read_stream<entry>(response, Action::reads_only, scratch, on_entry, [](entry const&) noexcept {});
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/zenwire.hpp, continued
// ---- zenwire/client/run_workflow.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_RUN_WORKFLOW_HPP
#define ZENWIRE_CLIENT_RUN_WORKFLOW_HPP

#include <span>
#include <type_traits>
#include <utility>

// ---- zenwire/client/traffic_package_workflow.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP
#define ZENWIRE_CLIENT_TRAFFIC_PACKAGE_WORKFLOW_HPP

#include <cstdint>
#include <optional>
#include <span>
#include <variant>

// ---- zenwire/client/detail/workflow_looks.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_LOOKS_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_LOOKS_HPP

#include <cstdint>
#include <optional>

// ---- zenwire/client/detail/workflow_job.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_JOB_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_JOB_HPP

#include <cstdint>
#include <optional>

// ---- zenwire/action/cancel_instance_traffic_package_downgrade.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_CANCEL_INSTANCE_TRAFFIC_PACKAGE_DOWNGRADE_HPP
#define ZENWIRE_ACTION_CANCEL_INSTANCE_TRAFFIC_PACKAGE_DOWNGRADE_HPP


namespace ZENWIRE_NAMESPACE {

/// `CancelInstanceTrafficPackageDowngrade`: takes back a downgrade that waits for the next billing cycle. When none is
/// planned the API refuses with OPERATION_DENIED_DOWNGRADE_NOT_EXIST.
/// Source: the page of the action, bare metal instance and virtual machine.
struct cancel_instance_traffic_package_downgrade {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "CancelInstanceTrafficPackageDowngrade";
    /// It changes an order, so an attempt with an unknown outcome must not be repeated.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;

    /// The response has only a request id.
    using response = basic_response;

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&cancel_instance_traffic_package_downgrade::instance_id>{"instanceId"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(cancel_instance_traffic_package_downgrade const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/workflow_job.hpp, continued
// ---- zenwire/action/inquiry_price_instance_traffic_package.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_TRAFFIC_PACKAGE_HPP
#define ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_TRAFFIC_PACKAGE_HPP

// ---- zenwire/protocol/price.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_PRICE_HPP
#define ZENWIRE_PROTOCOL_PRICE_HPP

#include <optional>


namespace ZENWIRE_NAMESPACE {

/// One step of a price that depends on the amount used. The currency is not documented.
struct step_price {
    std::optional<decimal> step_start{};           ///< from this amount on
    std::optional<decimal> step_end{};             ///< up to this amount; nothing for the last step
    std::optional<decimal> unit_price{};           ///< for one unit, before the discount
    std::optional<decimal> discount_unit_price{};  ///< for one unit, after the discount

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&step_price::step_start>{"stepStart", reading::essential},
                           member<&step_price::step_end>{"stepEnd", reading::essential},
                           member<&step_price::unit_price>{"unitPrice", reading::essential},
                           member<&step_price::discount_unit_price>{"discountUnitPrice", reading::essential});
    }

    /// Whether all of two is the same.
    [[nodiscard]] friend constexpr bool operator==(step_price const&, step_price const&) noexcept = default;
};

/// A price. Exact decimals without a named currency. Source: the API's data structures, Price (2022) and PriceItem
/// (2026); the members that only one of them has are empty for the other.
struct price {
    std::optional<decimal> discount{};             ///< the percentage that remains to be paid: 80 is 20 % off
    std::optional<decimal> original_price{};       ///< prepaid: before the discount
    std::optional<decimal> discount_price{};       ///< prepaid: after the discount
    std::optional<decimal> unit_price{};           ///< postpaid: for one unit of use
    std::optional<decimal> discount_unit_price{};  ///< postpaid: for one unit of use, after the discount
    inline_string<limits::word> charge_unit{};     ///< postpaid: `HOUR`, `DAY` or `MONTH`
    /// the steps of a price that depends on the amount
    inplace_vector<step_price, limits::price_steps> step_prices{};
    inline_string<limits::word> amount_unit{};            ///< the unit of use, for example `Mbps`
    std::optional<decimal> excess_unit_price{};           ///< what use beyond the package costs
    std::optional<decimal> excess_discount_unit_price{};  ///< the same after the discount
    inline_string<limits::word> excess_amount_unit{};     ///< the unit of that use
    inline_string<limits::word> category{};               ///< `STANDARD` or `CUSTOMIZED`

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&price::discount>{"discount", reading::essential},
                           member<&price::original_price>{"originalPrice", reading::essential},
                           member<&price::discount_price>{"discountPrice", reading::essential},
                           member<&price::unit_price>{"unitPrice", reading::essential},
                           member<&price::discount_unit_price>{"discountUnitPrice", reading::essential},
                           member<&price::charge_unit>{"chargeUnit", reading::may_be_cut},
                           member<&price::step_prices>{"stepPrices", reading::essential},
                           member<&price::amount_unit>{"amountUnit", reading::may_be_cut},
                           member<&price::excess_unit_price>{"excessUnitPrice", reading::essential},
                           member<&price::excess_discount_unit_price>{"excessDiscountUnitPrice", reading::essential},
                           member<&price::excess_amount_unit>{"excessAmountUnit", reading::may_be_cut},
                           member<&price::category>{"category", reading::may_be_cut});
    }
};

/// The prices of a change: that of the package, and often a second one for use beyond it.
using price_list = inplace_vector<price, limits::prices>;

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/inquiry_price_instance_traffic_package.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// `InquiryPriceInstanceTrafficPackage`: what changing the traffic package of an instance to a size would cost. Only for
/// instances that are billed by traffic package. Orders nothing.
/// Source: the page of the action, bare metal instance and virtual machine.
struct inquiry_price_instance_traffic_package {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "InquiryPriceInstanceTrafficPackage";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new size; for bare metal a multiple of 0.05 TB. Zero is legal and is sent.
    traffic_package_size size;

    /// The response.
    struct response : basic_response {
        /// The price of the package, and often a second one for use beyond it; empty when the API named none.
        price_list prices;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::prices>{"trafficPackagePrice", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&inquiry_price_instance_traffic_package::instance_id>{"instanceId"},
                           member<&inquiry_price_instance_traffic_package::size>{traffic_package_size::field_name});
    }
};

/// Checks the parameters against the rules of the service.
/// @return errc::invalid_parameter, errc::unsupported_action, as for modify_instance_traffic_package
[[nodiscard]] constexpr expected<void> validate(inquiry_price_instance_traffic_package const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service).and_then([&] {
        return detail::check_traffic_package_size(action.size, service);
    });
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/workflow_job.hpp, continued
// ---- zenwire/action/modify_instance_traffic_package.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_MODIFY_INSTANCE_TRAFFIC_PACKAGE_HPP
#define ZENWIRE_ACTION_MODIFY_INSTANCE_TRAFFIC_PACKAGE_HPP


namespace ZENWIRE_NAMESPACE {

/// `ModifyInstanceTrafficPackage`: changes the size of an instance's traffic package. **May place a paid order.**
///
/// Documented conditions: the instance is RUNNING or STOPPED, is billed by traffic package, has one, and has no change
/// under way or planned. For a prepaid instance an upgrade is charged and effective at once; a downgrade becomes an
/// order for the next billing cycle.
/// Source: the page of the action, bare metal instance and virtual machine.
struct modify_instance_traffic_package {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "ModifyInstanceTrafficPackage";
    /// It orders, so an attempt with an unknown outcome must not be repeated.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new size; for bare metal a multiple of 0.05 TB. Zero is legal.
    traffic_package_size size;

    /// The response.
    struct response : basic_response {
        /// The number of the order that the change made; empty when the API sent none: nothing had to be paid, or the
        /// change is under way already.
        inline_string<limits::order_number> order_number;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::order_number>{"orderNumber"});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&modify_instance_traffic_package::instance_id>{"instanceId"},
                           member<&modify_instance_traffic_package::size>{traffic_package_size::field_name});
    }
};

/// Checks the parameters against the rules of the service, without asking it.
/// @return errc::invalid_parameter, with the wire name of the parameter in `field` and, for a size between two legal ones,
///         both of them in `message`; errc::unsupported_action for a service without instances
[[nodiscard]] constexpr expected<void> validate(modify_instance_traffic_package const& action,
                                                service const& service) noexcept {
    if (refusal const* const flaw = detail::find_flaw_of_instance(action.instance_id, service); flaw != nullptr) {
        return refuse(*flaw);
    }
    return detail::check_traffic_package_size(action.size, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/workflow_job.hpp, continued
// ---- zenwire/action/traffic_package_prediction.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_TRAFFIC_PACKAGE_PREDICTION_HPP
#define ZENWIRE_ACTION_TRAFFIC_PACKAGE_PREDICTION_HPP

#include <optional>

// ---- zenwire/action/describe_instance_internet_status.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_INSTANCE_INTERNET_STATUS_HPP
#define ZENWIRE_ACTION_DESCRIBE_INSTANCE_INTERNET_STATUS_HPP

#include <cstdint>
#include <optional>


namespace ZENWIRE_NAMESPACE {

/// `DescribeInstanceInternetStatus`: bandwidth and traffic package of an instance, and how far their changes have come.
/// Source: the page of the action, bare metal instance and virtual machine.
struct describe_instance_internet_status {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstanceInternetStatus";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    zenwire::instance_id instance_id;  ///< not empty, at most limits::instance_id bytes of UTF-8, no control characters

    /// The response. Members that the API leaves out or sends as null are empty.
    struct response : basic_response {
        zenwire::instance_id instance_id;  ///< the instance
        /// Its name; cut and flagged when it is longer than limits::instance_name bytes.
        inline_string<limits::instance_name> instance_name;
        std::optional<std::int64_t> internet_max_bandwidth_out;  ///< in Mbps
        /// the bandwidth that a change leads to, in Mbps
        std::optional<std::int64_t> modified_internet_max_bandwidth_out;
        std::optional<modification_status> modified_bandwidth_status;        ///< how far that change has come
        std::optional<traffic_package_size> size;                            ///< the package that it has now
        std::optional<traffic_package_size> modified_size;                   ///< the size that a change leads to
        std::optional<modification_status> modified_traffic_package_status;  ///< how far that change has come

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(
                member<&response::instance_id>{"instanceId", reading::essential},
                member<&response::instance_name>{"instanceName", reading::may_be_cut},
                member<&response::internet_max_bandwidth_out>{"internetMaxBandwidthOut"},
                member<&response::modified_internet_max_bandwidth_out>{"modifiedInternetMaxBandwidthOut"},
                member<&response::modified_bandwidth_status>{"modifiedBandwidthStatus"},
                member<&response::size>{traffic_package_size::field_name, reading::essential},
                member<&response::modified_size>{"modifiedTrafficPackageSize", reading::essential},
                member<&response::modified_traffic_package_status>{"modifiedTrafficPackageStatus", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&describe_instance_internet_status::instance_id>{"instanceId"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_instance_internet_status const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/traffic_package_prediction.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// What is known of an instance before its traffic package is changed: set what you know. Members without a value are
/// ignored, and make the prediction less certain.
struct traffic_package_state {
    std::optional<zenwire::instance_status> instance_status{};            ///< its status
    std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
    std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
    std::optional<traffic_package_size> size{};                           ///< the size that is in force
    bool has_no_package = false;  ///< whether the instance is known to have no package
    /// the size that a change leads to: `modifiedTrafficPackageSize`
    std::optional<traffic_package_size> modified_size{};
    /// how far a change of the package has come
    std::optional<zenwire::modification_status> modification_status{};
    /// the smallest size of the instance, by describe_available_resources
    std::optional<traffic_package_size> default_size{};

    /// Takes over what describe_instances returned: an instance_info or a look_up_instance::summary.
    template <class Instance>
        requires requires(Instance const& instance) { instance.traffic_package_size; }
    constexpr void add(Instance const& instance) noexcept {
        instance_status = instance.instance_status;
        internet_charge_type = instance.internet_charge_type;
        instance_charge_type = instance.instance_charge_type;
        size = instance.traffic_package_size;
        has_no_package = !size;
    }
    /// Takes over what describe_instance_internet_status returned. Its size replaces that of describe_instances.
    constexpr void add(describe_instance_internet_status::response const& status) noexcept {
        size = status.size.has_value() ? status.size : size;
        has_no_package = has_no_package && !size;
        modified_size = status.modified_size;
        modification_status = status.modified_traffic_package_status;
    }
};

/// What will happen, as the API's documentation says.
struct traffic_package_prediction {
    /// What will happen.
    enum class kind : unsigned char {
        paid_upgrade,          ///< charged at once, effective at once
        downgrade_next_cycle,  ///< an order that takes effect with the next billing cycle
        no_change,             ///< the instance has that size already; it is not documented that such an order is free
        refused,               ///< the API will refuse: `code` says how
        not_documented,        ///< it is not documented, or too little is known of the instance
    };
    kind what = kind::not_documented;  ///< what will happen
    /// The code of the refusal, for `refused`.
    enum api_code code = api_code::unlisted;
    std::string_view reason{};  ///< for people; a constant
};

template <>
inline constexpr detail::enum_row<traffic_package_prediction::kind>
    detail::enum_names<traffic_package_prediction::kind>[] = {
        {traffic_package_prediction::kind::paid_upgrade, "paid_upgrade"},
        {traffic_package_prediction::kind::downgrade_next_cycle, "downgrade_next_cycle"},
        {traffic_package_prediction::kind::no_change, "no_change"},
        {traffic_package_prediction::kind::refused, "refused"},
        {traffic_package_prediction::kind::not_documented, "not_documented"},
};

/// Predicts what ordering `size` for an instance will do, from the API's documentation and what the caller knows. Sends
/// nothing. No action of the API. In which order the API checks is not documented: with two reasons to refuse, it may
/// name the other one.
[[nodiscard]] constexpr traffic_package_prediction predict(traffic_package_state const& state,
                                                           traffic_package_size size, service const& service) noexcept {
    using enum traffic_package_prediction::kind;
    const auto refused_with = [](enum api_code code) noexcept {
        return traffic_package_prediction{refused, code, description_of(code).meaning};
    };
    // an empty text says as little as a missing one
    const auto is_known = [](auto const& word) noexcept { return word && !word->text().empty(); };
    const auto is = [](auto const& word, auto value) noexcept { return word && *word == value; };
    if (is_known(state.instance_status) && !is(state.instance_status, instance_status::running) &&
        !is(state.instance_status, instance_status::stopped)) {
        return refused_with(api_code::operation_denied_instance_status_not_support);
    }
    const bool has_package_billing = is(state.internet_charge_type, internet_charge_type::by_traffic_package);
    if (is_known(state.internet_charge_type) && !has_package_billing) {
        return refused_with(api_code::operation_denied_internet_charge_type_not_support);
    }
    if (has_package_billing && state.has_no_package) {
        return refused_with(api_code::operation_failed_instance_not_exist_traffic_package);
    }
    if (is(state.modification_status, modification_status::processing)) {
        return refused_with(api_code::operation_denied_instance_traffic_package_processing);
    }
    if (is(state.modification_status, modification_status::wait_to_enable)) {
        return refused_with(api_code::operation_failed_instance_exist_plan_traffic_package);
    }
    if (!size.is_multiple_of(service.traffic_package_step)) {
        return refused_with(api_code::invalid_parameter_traffic_package_error);
    }
    const bool leads_elsewhere = state.modified_size && state.size && *state.modified_size != *state.size;
    if (leads_elsewhere ||
        (is_known(state.modification_status) && !is(state.modification_status, modification_status::enable))) {
        return {not_documented, api_code::unlisted, "the package is in a state that is not documented"};
    }
    if (state.size && *state.size == size) {
        return {no_change, api_code::unlisted, "the instance has that size already"};
    }
    if (state.default_size && size < *state.default_size) {
        return refused_with(api_code::invalid_parameter_traffic_package_less);
    }
    if (!state.size || !has_package_billing || !is_known(state.instance_status) ||
        !is_known(state.instance_charge_type)) {
        return {not_documented, api_code::unlisted, "too little is known of the instance"};
    }
    if (!is(state.instance_charge_type, instance_charge_type::prepaid)) {
        return {not_documented, api_code::unlisted, "only prepaid instances are documented"};
    }
    return size > *state.size
               ? traffic_package_prediction{paid_upgrade, api_code::unlisted,
                                            "an upgrade: charged and effective at once"}
               : traffic_package_prediction{downgrade_next_cycle, api_code::unlisted,
                                            "a downgrade: an order that takes effect with the next billing cycle"};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/workflow_job.hpp, continued
// ---- zenwire/client/detail/ledger_comparison.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_LEDGER_COMPARISON_HPP
#define ZENWIRE_CLIENT_DETAIL_LEDGER_COMPARISON_HPP

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

// ---- zenwire/action/describe_bill_detail.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_BILL_DETAIL_HPP
#define ZENWIRE_ACTION_DESCRIBE_BILL_DETAIL_HPP

#include <cstdint>
#include <optional>


namespace ZENWIRE_NAMESPACE {

/// One line of a bill. Its texts and lists are views.
struct bill_entry {
    std::string_view resource_id{};              ///< for example the instance
    std::string_view product{};                  ///< what was bought
    std::string_view product_subitem{};          ///< which part of it
    std::optional<decimal> amount{};             ///< what it costs
    std::optional<decimal> voucher{};            ///< of that, paid by vouchers
    std::optional<decimal> cash{};               ///< of that, paid in cash
    std::string_view billing_mode{};             ///< how it is billed
    std::string_view label{};                    ///< the name that the owner gave the resource
    std::string_view location{};                 ///< where it is
    std::string_view order_sn{};                 ///< the order that it belongs to
    std::optional<std::int64_t> bill_monthly{};  ///< YYYYMM, 202611
    std::string_view start_time{};               ///< of the use that is billed
    std::string_view end_time{};                 ///< of the use that is billed
    std::string_view deduction_time{};           ///< when it was charged
    std::string_view resource_group_id{};        ///< the group that the resource belongs to
    std::string_view resource_group_name{};      ///< the name of that group

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = bill_entry;
        return member_list(
            member<&self::resource_id>{"resourceId", reading::essential}, member<&self::product>{"product"},
            member<&self::product_subitem>{"productSubitem"}, member<&self::amount>{"amount", reading::essential},
            member<&self::voucher>{"voucher", reading::essential}, member<&self::cash>{"cash", reading::essential},
            member<&self::billing_mode>{"billingMode"}, member<&self::label>{"label"},
            member<&self::location>{"location"}, member<&self::order_sn>{"orderSn"},
            member<&self::bill_monthly>{"billMonthly"}, member<&self::start_time>{"startTime"},
            member<&self::end_time>{"endTime"}, member<&self::deduction_time>{"deductionTime"},
            member<&self::resource_group_id>{"resourceGroupId"},
            member<&self::resource_group_name>{"resourceGroupName"});
    }

    /// Whether all members are equal.
    [[nodiscard]] friend constexpr bool operator==(bill_entry const&, bill_entry const&) noexcept = default;
};

/// `DescribeBillDetail` of the billing service: a page of the lines of a month's bill. Filters that are empty are left out.
/// Send it as owning(action), or read its entries one by one with for_each_entry().
///
/// How late a charge appears is not documented: a missing one proves nothing. Source: the page of the action, billing.
struct describe_bill_detail {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeBillDetail";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most entries of a page.
    static constexpr std::int64_t max_page_size = 5'000;
    /// The type of an element of a page.
    using entry = bill_entry;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "zbc"; }

    std::optional<std::int64_t> page_num{};      ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};     ///< 1 to max_page_size; the server's default is 20
    std::optional<std::int64_t> bill_monthly{};  ///< YYYYMM, 202611; the server's default is this month
    std::string_view order_sn{};                 ///< only lines of one order
    std::string_view resource_id{};              ///< only lines of one resource, for example an instance
    std::string_view product{};                  ///< only lines of one product

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<decimal> total_spend;       ///< all charges of the month together
        std::optional<decimal> total_cash;        ///< of that, paid in cash
        std::optional<decimal> total_voucher;     ///< of that, paid by vouchers
        std::optional<decimal> total_refund;      ///< what was paid back in that month
        std::optional<std::int64_t> total_count;  ///< entries on all pages
        arena_list<bill_entry> data_set;          ///< the entries of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::total_spend>{"totalSpend", reading::essential},
                               member<&response::total_cash>{"totalCash", reading::essential},
                               member<&response::total_voucher>{"totalVoucher", reading::essential},
                               member<&response::total_refund>{"totalRefund", reading::essential},
                               member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_bill_detail;
        return member_list(member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"},
                           member<&self::bill_monthly>{"billMonthly"}, member<&self::order_sn>{"orderSn"},
                           member<&self::resource_id>{"resourceId"}, member<&self::product>{"product"});
    }
};

namespace detail {

/// A month as the ledger names it, YYYYMM.
[[nodiscard]] constexpr std::int64_t bill_month(unix_seconds time) noexcept {
    const calendar_time date(time);
    return date.year * 100 + date.month;
}

}  // namespace detail

/// Checks pages and month, and that the service is the billing service.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_bill_detail const& action, service const& service) noexcept {
    const auto check_service = [&] { return detail::check_ledger_service<describe_bill_detail>(service); };
    if (const auto valid = detail::check_page(action).and_then(check_service); !valid) {
        return valid;
    }
    constexpr std::int64_t any_valid_month = 202601;
    const std::int64_t month = action.bill_monthly.value_or(any_valid_month);
    if (month < 197001 || month > 999912 || month % 100 < 1 || month % 100 > 12) {
        return refuse(errc::invalid_parameter, blame::local,
                      "billMonthly must be a year and a month, for example 202611", "billMonthly");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/ledger_comparison.hpp, continued
// ---- zenwire/action/describe_customer_balance.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_CUSTOMER_BALANCE_HPP
#define ZENWIRE_ACTION_DESCRIBE_CUSTOMER_BALANCE_HPP

#include <optional>


namespace ZENWIRE_NAMESPACE {

/// `DescribeCustomerBalance` of the billing service: what the account has, and could spend. The currency is not
/// documented. Source: the page of the action, billing.
struct describe_customer_balance {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeCustomerBalance";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "zbc"; }

    /// The response. Amounts may be negative.
    struct response : basic_response {
        /// The account: that of the credential, whatever stands here, so that an id which is too long is cut and flagged.
        inline_string<limits::instance_id> account_uid;
        std::optional<decimal> cash_balance;         ///< the money that was paid in and not spent
        std::optional<decimal> credit_value;         ///< the credit: how much may be spent beyond the cash balance
        std::optional<decimal> purchasing_power;     ///< cash balance and credit together
        std::optional<decimal> order_frozen_amount;  ///< the amount reserved for orders that are not paid yet

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::account_uid>{"accountUid", reading::may_be_cut},
                               member<&response::cash_balance>{"cashBalance", reading::essential},
                               member<&response::credit_value>{"creditValue", reading::essential},
                               member<&response::purchasing_power>{"purchasingPower", reading::essential},
                               member<&response::order_frozen_amount>{"orderFrozenAmount", reading::essential});
        }
    };

    /// It has no parameters.
    [[nodiscard]] static constexpr member_list<> members() noexcept { return {}; }
};

/// Checks that the service is the billing service.
/// @return errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_customer_balance const&, service const& service) noexcept {
    return detail::check_ledger_service<describe_customer_balance>(service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/ledger_comparison.hpp, continued
// ---- zenwire/action/describe_transaction_history.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_TRANSACTION_HISTORY_HPP
#define ZENWIRE_ACTION_DESCRIBE_TRANSACTION_HISTORY_HPP

#include <cstdint>
#include <optional>
#include <span>


namespace ZENWIRE_NAMESPACE {

/// One transaction of an account: money in or out. Its texts and lists are views.
struct account_transaction {
    std::string_view account_uid{};         ///< the account
    std::string_view uid{};                 ///< identifies the transaction
    std::string_view transaction_time{};    ///< when the money moved
    std::string_view order_sn{};            ///< the order that it belongs to
    std::string_view description{};         ///< for people
    std::string_view transaction_type{};    ///< its kind; the words are not documented
    std::string_view payment_method{};      ///< how it was paid
    std::optional<decimal> amount{};        ///< the sign is not documented; the fake cloud's expenses are negative
    std::optional<decimal> cash_balance{};  ///< the balance after it
    std::string_view trade_type{};          ///< its kind for the payment service
    std::string_view trade_no{};            ///< its number at the payment service

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = account_transaction;
        return member_list(
            member<&self::account_uid>{"accountUid"}, member<&self::uid>{"uid"},
            member<&self::transaction_time>{"transactionTime"}, member<&self::order_sn>{"orderSn"},
            member<&self::description>{"description"}, member<&self::transaction_type>{"transactionType"},
            member<&self::payment_method>{"paymentMethod"}, member<&self::amount>{"amount", reading::essential},
            member<&self::cash_balance>{"cashBalance", reading::essential}, member<&self::trade_type>{"tradeType"},
            member<&self::trade_no>{"tradeNo"});
    }

    /// Whether all members are equal.
    [[nodiscard]] friend constexpr bool operator==(account_transaction const&,
                                                   account_transaction const&) noexcept = default;
};

/// `DescribeTransactionHistory` of the billing service: a page of the account's transactions. The API takes at most three months,
/// which validate() leaves to it. Filters that are empty are left out. Send it as owning(action), or read its entries one by one
/// with for_each_entry().
///
/// How late a transaction appears is not documented: a missing one proves nothing. Source: the page of the action, billing.
struct describe_transaction_history {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeTransactionHistory";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most entries of a page.
    static constexpr std::int64_t max_page_size = 10'000;
    /// The type of an element of a page.
    using entry = account_transaction;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "zbc"; }

    std::optional<std::int64_t> page_num{};                ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};               ///< 1 to max_page_size
    std::span<std::string_view const> transaction_type{};  ///< only transactions of these kinds
    std::optional<utc_time> start_time{};                  ///< the server's default is a month ago
    std::optional<utc_time> end_time{};                    ///< the server's default is now

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<decimal> income_sum;         ///< all income together
        std::optional<decimal> expenditure_sum;    ///< all expenses together
        std::optional<std::int64_t> total_count;   ///< entries on all pages
        arena_list<account_transaction> data_set;  ///< the entries of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::income_sum>{"incomeSum", reading::essential},
                               member<&response::expenditure_sum>{"expenditureSum", reading::essential},
                               member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_transaction_history;
        return member_list(member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"},
                           member<&self::transaction_type>{"transactionType"}, member<&self::start_time>{"startTime"},
                           member<&self::end_time>{"endTime"});
    }
};

/// Checks pages and times, and that the service is the billing service.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_transaction_history const& action,
                                                service const& service) noexcept {
    const auto check_service = [&] { return detail::check_ledger_service<describe_transaction_history>(service); };
    if (const auto valid = detail::check_page(action).and_then(check_service); !valid) {
        return valid;
    }
    const auto is_valid = [](std::optional<utc_time> const& time) noexcept {
        return !time || time->seconds().is_valid();
    };
    if (!is_valid(action.start_time)) {
        return refuse(errc::invalid_parameter, blame::local, "startTime must lie in the years 1970 to 9999",
                      "startTime");
    }
    if (!is_valid(action.end_time) ||
        (action.start_time && action.end_time && action.end_time->seconds() < action.start_time->seconds())) {
        return refuse(errc::invalid_parameter, blame::local,
                      "endTime must lie in the years 1970 to 9999, not before startTime", "endTime");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/ledger_comparison.hpp, continued
// ---- zenwire/client/workflow_record.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_RECORD_HPP
#define ZENWIRE_CLIENT_WORKFLOW_RECORD_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

// ---- zenwire/client/client.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_CLIENT_HPP
#define ZENWIRE_CLIENT_CLIENT_HPP

#include <cstddef>
#include <string_view>
#include <type_traits>

// ---- zenwire/client/retry_policy.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_RETRY_POLICY_HPP
#define ZENWIRE_CLIENT_RETRY_POLICY_HPP

#include <cstdint>
#include <optional>


namespace ZENWIRE_NAMESPACE {

/// How often an attempt is repeated, and after which waits. Only what error::retryable() allows is repeated at all.
struct retry_policy {
    /// Attempts in all; 1 repeats nothing.
    std::uint32_t max_attempts = 4;
    /// Wait after the first attempt; each further one doubles it: 1, 2, 4 s.
    milliseconds initial_backoff{1000};
    /// No wait is longer. When the server wants a longer one (`retry-after`), the attempts end.
    milliseconds max_backoff{60'000};
    /// Up to this much is added at random, so that many clients do not come back at the same moment.
    milliseconds max_jitter{250};
};

/// How long to wait before the next attempt; nothing when there should be none. A `retry-after` replaces the backoff.
/// @param attempts how many were made, at least 1
/// @param jitter 32 random bits: 0 adds nothing, the largest number all of retry_policy::max_jitter
[[nodiscard]] constexpr std::optional<milliseconds> retry_wait(retry_policy const& policy, error const& failure,
                                                               std::uint32_t attempts, std::uint32_t jitter) noexcept {
    if (!failure.retryable() || attempts >= policy.max_attempts) {
        return std::nullopt;
    }
    const auto bounded = [](std::int64_t count, std::int64_t most) noexcept {
        return count < 0 ? std::int64_t{0} : count < most ? count : most;
    };
    const std::int64_t longest = bounded(policy.max_backoff.count(), INT64_MAX);
    std::int64_t wait = bounded(policy.initial_backoff.count(), longest);
    for (std::uint32_t i = 1; i < attempts && wait != 0 && wait != longest; ++i) {
        wait = wait < longest - wait ? 2 * wait : longest;
    }
    if (failure.retry_after_seconds.has_value()) {
        wait = std::int64_t{1000} * *failure.retry_after_seconds;
        if (wait > longest) {
            return std::nullopt;
        }
    }
    const std::int64_t extra =
        bounded(policy.max_jitter.count(), INT32_MAX) * static_cast<std::int64_t>(jitter) / UINT32_MAX;
    return milliseconds(extra < longest - wait ? wait + extra : longest);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/client.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The options of a client.
struct client_options {
    /// How attempts are repeated.
    retry_policy retry{};
    /// How requests are written.
    request_options request{};
};

/// An endpoint as a text that may be stored and compared: scheme, host and, unless it is the scheme's own, port. The same for
/// `console.zenlayer.com`, `https://Console.Zenlayer.com` and `console.zenlayer.com:443`.
using endpoint_name = inline_string<limits::authority + 8>;

namespace detail {

[[nodiscard]] constexpr endpoint_name name_of(endpoint const& endpoint) noexcept;

/// The step of an exchange or of a job. What it was moved from is done, so that an order goes out from one place only.
template <class Step>
struct movable_step : Step {
    constexpr movable_step(Step step) noexcept : Step(step) {}
    constexpr movable_step(movable_step&& other) noexcept : Step(other.taken()) {}
    constexpr movable_step& operator=(movable_step&& other) noexcept { return *this = other.taken(); }
    constexpr movable_step& operator=(Step step) noexcept {
        Step::operator=(step);
        return *this;
    }
    constexpr Step taken() noexcept { return std::exchange<Step>(*this, {Step::kind::done}); }
};

}  // namespace detail

/// Identifies a credential, by 32 hexadecimal digits that may be stored and shown: the credential cannot be computed from them.
using account_fingerprint = inline_string<32>;

/// The fingerprint of a credential: a keyed hash of the access key's id, or of the token. Another token of the same account has
/// another fingerprint, since nothing in a token says whose it is.
template <credential Credential>
[[nodiscard]] constexpr account_fingerprint fingerprint_of(Credential const& credential) noexcept;

/// A service at an endpoint, a credential, and a retry policy. Prepares what is the same for all requests. Several threads may
/// use one client at the same time.
///
/// Refers to the credential, which must outlive it; copies the rest. Options that HTTP cannot carry are reported when the first
/// action is sent.
template <credential Credential>
class client {
public:
    /// @param credential must outlive the client
    constexpr client(service const& service, endpoint const& endpoint,
                     Credential const& credential ZENWIRE_LIFETIMEBOUND, client_options const& options = {}) noexcept
        : prepared_(request_template<>::make(service, endpoint, options.request)),
          endpoint_name_(detail::name_of(endpoint)), credential_(&credential), retry_(options.retry) {}

    // Likely mistakes. Of what is deleted, compilers show the line with its name: there it says what to do instead.
    client(service const&, endpoint const&, Credential const&&,  // the credential must outlive the client: give it a name
           client_options const& = {}) = delete;
    client(service const&, endpoint const&, expected<Credential> const&,  // look whether there is one, then give *credential
           client_options const& = {}) = delete;
    client(service const&, endpoint const&,  // a credential comes behind the endpoint, a zenwire::access_key for example
           client_options const& = {}) = delete;
    client(service const&, Credential const&,  // an endpoint comes first: zenwire::endpoint() is that of Zenlayer Cloud
           client_options const& = {}) = delete;
    template <class Text>
        requires(!std::is_convertible_v<Text const&, endpoint>)
    client(service const&, Text const&,  // zenwire::endpoint::make() may have none: look whether it has, then give *endpoint
           Credential const&, client_options const& = {}) = delete;

    /// The service at the endpoint, or what request_template::make() returned instead.
    [[nodiscard]] constexpr expected<request_template<>> const& prepared() const noexcept ZENWIRE_LIFETIMEBOUND {
        return prepared_;
    }
    /// The name of the endpoint.
    [[nodiscard]] constexpr zenwire::endpoint_name const& endpoint_name() const noexcept ZENWIRE_LIFETIMEBOUND {
        return endpoint_name_;
    }
    /// The credential.
    [[nodiscard]] constexpr Credential const& used_credential() const noexcept { return *credential_; }
    /// How attempts are repeated.
    [[nodiscard]] constexpr retry_policy const& retry() const noexcept ZENWIRE_LIFETIMEBOUND { return retry_; }

private:
    expected<request_template<>> prepared_;
    zenwire::endpoint_name endpoint_name_;
    Credential const* credential_;
    retry_policy retry_;
};

/// Only so that `client(service, endpoint)` fails with the hint above, and not with a failed deduction.
client(service const&, endpoint const&) -> client<access_key>;

constexpr endpoint_name detail::name_of(endpoint const& endpoint) noexcept {
    const unsigned usual_port = endpoint.transfer_scheme() == endpoint::scheme::https ? 443 : 80;
    endpoint_name text(endpoint.scheme_text());
    text.append("://");
    text.append(endpoint.host());
    if (endpoint.port() != usual_port) {
        text.append(":");
        text.append(detail::decimal_text(endpoint.port()).view());
    }
    return text;
}

template <credential Credential>
constexpr account_fingerprint fingerprint_of(Credential const& credential) noexcept {
    // the id or token is the key of the HMAC, because keys are wiped after use
    const sha256_digest mac = [&]() noexcept {
        if constexpr (signing_credential<Credential>) {
            return hmac_sha256(std::string_view(credential.id()))("zenwire account, access key id");
        } else {
            return hmac_sha256(credential.secret_text())("zenwire account, bearer token");
        }
    }();
    return account_fingerprint(detail::hex_text(mac).view().substr(0, account_fingerprint::capacity()));
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/workflow_record.hpp, continued
// ---- zenwire/client/detail/job_clock.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP
#define ZENWIRE_CLIENT_DETAIL_JOB_CLOCK_HPP

#include <cstdint>
#include <optional>


namespace ZENWIRE_NAMESPACE::detail {

/// left + right, or the smallest or largest number when that does not fit.
[[nodiscard]] constexpr std::int64_t saturating_add(std::int64_t left, std::int64_t right) noexcept {
    if (right > 0 && left > INT64_MAX - right) {
        return INT64_MAX;
    }
    return right < 0 && left < INT64_MIN - right ? INT64_MIN : left + right;
}

/// left - right, or the smallest or largest number when that does not fit.
[[nodiscard]] constexpr std::int64_t saturating_subtract(std::int64_t left, std::int64_t right) noexcept {
    if (right < 0 && left > INT64_MAX + right) {
        return INT64_MAX;
    }
    return right > 0 && left < INT64_MIN + right ? INT64_MIN : left - right;
}

/// Seconds as milliseconds, or the smallest or largest number when they do not fit.
[[nodiscard]] constexpr std::int64_t saturating_milliseconds(std::int64_t seconds) noexcept {
    constexpr std::int64_t most = INT64_MAX / 1000;
    return seconds > most ? INT64_MAX : seconds < -most ? INT64_MIN : seconds * 1000;
}

/// How long a job has run, by a clock that may be set, stand still or jump (tests/docs/money.md, "Clocks").
/// With each reading it grows by the difference of the readings, but at least by the wait between them, and at most by that wait
/// and 120 s more. So a wrong clock can neither make a job run for ever nor end a watch too early.
class elapsed_time {
public:
    /// The most time, in milliseconds, that counts between two readings in addition to the wait.
    static constexpr std::int64_t longest_step = 120'000;

    /// To be called when a wait begins: the next reading comes after it.
    constexpr void expect_wait(milliseconds wait) noexcept { wait_ = wait.count() < 0 ? 0 : wait.count(); }

    /// Takes a reading of the clock.
    constexpr void advance(unix_seconds now) noexcept {
        if (has_begun_) {
            const std::int64_t by_clock = saturating_milliseconds(saturating_subtract(now.count(), now_.count()));
            const std::int64_t most = saturating_add(wait_, longest_step);
            total_ = saturating_add(total_, by_clock < wait_ ? wait_ : by_clock > most ? most : by_clock);
        }
        has_begun_ = true;
        now_ = now;
        wait_ = 0;
    }

    /// Whether the clock was read at all.
    [[nodiscard]] constexpr bool has_begun() const noexcept { return has_begun_; }
    /// The last reading.
    [[nodiscard]] constexpr unix_seconds now() const noexcept { return now_; }
    /// Milliseconds since the first reading.
    [[nodiscard]] constexpr std::int64_t count() const noexcept { return total_; }

private:
    unix_seconds now_{};
    std::int64_t wait_ = 0;
    std::int64_t total_ = 0;
    bool has_begun_ = false;
};

/// The time of a job (tests/docs/money.md, "Clocks"): the clock's reading, the time run and left, and the age of a look.
class job_clock {
public:
    /// Takes a reading of the clock. The first one determines how long the job may run.
    constexpr void take_reading(unix_seconds now, unix_seconds deadline) noexcept {
        if (!elapsed_.has_begun()) {
            deadline_ = deadline;
            time_allowed_ = time_until(deadline, now);
        }
        elapsed_.advance(now);
    }

    /// Whether the clock was read at all.
    [[nodiscard]] constexpr bool has_begun() const noexcept { return elapsed_.has_begun(); }
    /// The last reading.
    [[nodiscard]] constexpr unix_seconds now() const noexcept { return elapsed_.now(); }
    /// Milliseconds that the job has run.
    [[nodiscard]] constexpr std::int64_t elapsed() const noexcept { return elapsed_.count(); }
    /// The sum of all waits, in milliseconds.
    [[nodiscard]] constexpr std::int64_t waited() const noexcept { return waited_; }

    /// Whether the deadline has come, by the clock or by the time that the job has run.
    [[nodiscard]] constexpr bool is_past_deadline() const noexcept {
        return now() >= deadline_ || elapsed() >= time_allowed_;
    }

    /// Begins a wait of that many milliseconds, or up to the deadline, and returns it.
    [[nodiscard]] constexpr milliseconds wait(std::int64_t time) noexcept {
        const std::int64_t by_clock = time_until(deadline_, now());
        const std::int64_t by_run = saturating_subtract(time_allowed_, elapsed());
        const std::int64_t most = by_clock < by_run ? by_clock : by_run;
        const std::int64_t bounded = time > most ? most : time;
        const milliseconds wait(bounded < 0 ? 0 : bounded);
        elapsed_.expect_wait(wait);
        waited_ = saturating_add(waited_, wait.count());
        return wait;
    }

    /// To be called when the looks before an order begin.
    constexpr void begin_look() noexcept { looked_at_ = elapsed(); }
    /// Whether the time `since`, or the start of the looks, is too old for an order: over a minute ago, or in the future.
    [[nodiscard]] constexpr bool is_too_old(unix_seconds since) const noexcept {
        constexpr std::int64_t oldest = 60;
        const std::int64_t age = saturating_subtract(now().count(), since.count());
        return age < 0 || age > oldest || elapsed() - looked_at_ > oldest * 1000;
    }

    /// To be called at the first look of a watch, and harmless at later ones.
    constexpr void begin_watch() noexcept { watch_began_ = watch_began_.value_or(elapsed()); }
    /// How many milliseconds are left of a watch that may be that long.
    [[nodiscard]] constexpr std::int64_t watch_left(milliseconds length) const noexcept {
        return saturating_subtract(length.count(), elapsed() - watch_began_.value_or(elapsed()));
    }

private:
    static constexpr std::int64_t time_until(unix_seconds end, unix_seconds now) noexcept {
        return saturating_milliseconds(saturating_subtract(end.count(), now.count()));
    }

    elapsed_time elapsed_{};
    unix_seconds deadline_{};
    std::int64_t time_allowed_ = 0;
    std::int64_t waited_ = 0;
    std::int64_t looked_at_ = 0;
    std::optional<std::int64_t> watch_began_{};
};

/// How many seconds the server's clock is ahead of the caller's (tests/docs/money.md, "Clocks").
class server_clock {
public:
    /// Takes the time in a response that came at `now`: by that of the signature, a slow look would make orders end too early.
    constexpr void learn(unix_seconds server, unix_seconds now) noexcept {
        learned_ = saturating_subtract(server.count(), now.count());
    }
    /// To be called when a look succeeded: it was signed with the offset that was learned.
    constexpr void prove() noexcept { proven_ = learned_; }

    /// The offset that was learned; nothing when no signature was called expired.
    [[nodiscard]] constexpr std::optional<std::int64_t> const& learned() const noexcept { return learned_; }
    /// The offset to reckon with for how long an order may be accepted. An offset that no look proved may be wrong, and so may the
    /// one in the record, for the clock that is read now; so they are used only when they make that time longer.
    [[nodiscard]] constexpr std::optional<std::int64_t> cautious(
        std::optional<std::int64_t> const& recorded) const noexcept {
        constexpr auto later = [](auto const& offset, auto const& other) noexcept {
            return other && *other < offset.value_or(-signature_lifetime_seconds) ? other : offset;
        };
        return later(later(proven_, learned_), recorded);
    }
    /// The server's time. When it told one, a request can be signed for it, so that the response may correct a wrong one.
    [[nodiscard]] constexpr unix_seconds time_for(unix_seconds now) const noexcept {
        const std::int64_t time = saturating_add(now.count(), learned_.value_or(0));
        return unix_seconds(!learned_ ? time : time < 0 ? 0 : time > unix_seconds::last ? unix_seconds::last : time);
    }

private:
    std::optional<std::int64_t> learned_{};
    std::optional<std::int64_t> proven_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/client/workflow_record.hpp, continued
// ---- zenwire/client/detail/record_bytes.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_RECORD_BYTES_HPP
#define ZENWIRE_CLIENT_DETAIL_RECORD_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>


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
// ---- zenwire/client/workflow_record.hpp, continued
// ---- zenwire/client/workflow_terms.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WORKFLOW_TERMS_HPP
#define ZENWIRE_CLIENT_WORKFLOW_TERMS_HPP

#include <cstdint>
#include <optional>
#include <string_view>


/// @file
/// The options, the steps and the verdict of a traffic_package_workflow, for the code that drives it (its owner). A
/// *look* is a request that reads the instance; the *ledger* are the bills and transactions of the account.

namespace ZENWIRE_NAMESPACE {

/// What the owner of a traffic_package_workflow has to do next.
struct workflow_step {
    /// The kinds of steps.
    enum class kind : unsigned char {
        send,      ///< send take_request(), then call receive() or send_failed()
        wait_for,  ///< let `wait` pass, then call next()
        confirm,   ///< look at prediction() and prices(), then call confirm()
        save,      ///< store saved_bytes() safely, then call saved(): an order is sent only after that
        done,      ///< verdict() is there
    };
    /// Which one it is.
    kind what;
    /// only for `wait_for`
    milliseconds wait{};

    /// Whether both are the same step.
    [[nodiscard]] friend constexpr bool operator==(workflow_step const&, workflow_step const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<workflow_step::kind> detail::enum_names<workflow_step::kind>[] = {
    {workflow_step::kind::send, "send"},       {workflow_step::kind::wait_for, "wait_for"},
    {workflow_step::kind::confirm, "confirm"}, {workflow_step::kind::save, "save"},
    {workflow_step::kind::done, "done"},
};

/// How the bytes of a `save` step are to be stored.
enum class save_mode : unsigned char {
    /// The first time in a job: fail if bytes are stored already, because they may be of another job whose order is under way.
    create,
    /// Replace the bytes of the same job.
    replace,
};

template <>
inline constexpr detail::enum_row<save_mode> detail::enum_names<save_mode>[] = {
    {save_mode::create, "create"},
    {save_mode::replace, "replace"},
};

/// What must be the same when a job is resumed.
enum class resume_check : unsigned char {
    all,  ///< service, endpoint and credential
    service_only,  ///< only the service; the caller guarantees that it is the same account, with a new token or another host name
};

template <>
inline constexpr detail::enum_row<resume_check> detail::enum_names<resume_check>[] = {
    {resume_check::all, "all"},
    {resume_check::service_only, "service_only"},
};

/// The options of a job. No option allows a second order: another order is another job.
struct workflow_options {
    /// When the job ends at the latest, with what is known then. It is reached by the clock or by the time that the job has run,
    /// whichever is first. A job with one after unix_seconds::last orders nothing: milliseconds would be no deadline at all.
    unix_seconds deadline{unix_seconds::last};
    /// The most that may be charged at once. An unknown price counts as above the limit.
    std::optional<decimal> price_limit{};
    /// How long an instance must be unchanged before a refusal of the API is believed, if no look shows the reason of the refusal.
    milliseconds settle{60'000};
    /// How long to watch an order that was accepted, or a change to the target that was seen under way.
    milliseconds longest_watch{3'600'000};
    /// How long to look for an order whose outcome is unknown.
    milliseconds unknown_watch{900'000};
    /// The wait before the first look after an order.
    milliseconds first_look{10'000};
    /// The least time between two looks; less than a second counts as a second. The last look may come sooner, at the watch's end.
    milliseconds look_interval{5'000};
    /// How often to try to send the order while the transport says that nothing was sent; at least once.
    std::uint32_t max_attempts = 4;

    /// Whether both are the same choice.
    [[nodiscard]] friend constexpr bool operator==(workflow_options const&, workflow_options const&) noexcept = default;
};

namespace detail {

/// The stricter one of both for each option: the options of a resumed job.
[[nodiscard]] constexpr workflow_options stricter(workflow_options const& left,
                                                  workflow_options const& right) noexcept {
    constexpr auto smaller = [](auto const& a, auto const& b) noexcept { return b < a ? b : a; };
    constexpr auto larger = [](auto const& a, auto const& b) noexcept { return a < b ? b : a; };
    workflow_options result;
    result.deadline = smaller(left.deadline, right.deadline);
    result.price_limit = left.price_limit && right.price_limit ? smaller(left.price_limit, right.price_limit)
                         : left.price_limit                    ? left.price_limit
                                                               : right.price_limit;
    result.settle = larger(left.settle, right.settle);
    result.longest_watch = smaller(left.longest_watch, right.longest_watch);
    result.unknown_watch = smaller(left.unknown_watch, right.unknown_watch);
    result.first_look = larger(left.first_look, right.first_look);
    result.look_interval = larger(left.look_interval, right.look_interval);
    result.max_attempts = smaller(left.max_attempts, right.max_attempts);
    return result;
}

}  // namespace detail

/// An entry of the ledger, as it was read: of a bill, or a transaction of the account. Long texts are cut.
struct ledger_entry {
    /// The order that it belongs to.
    inline_string<limits::order_number> order_sn{};
    /// What it is about.
    inline_string<limits::excerpt> description{};
    /// When it was booked, as the ledger writes it.
    inline_string<limits::word> booked_at{};
    /// The amount; that of a transaction has the sign that the ledger gives it. The currency is not documented.
    std::optional<decimal> amount{};
};

/// What the ledger showed after an order. Entries may appear late: a missing one proves nothing, and a new one proves that
/// something was bought, by this order or by another one.
struct ledger_evidence {
    /// The kinds of evidence, the weaker ones first.
    enum class kind : unsigned char {
        nothing_new,      ///< no new entry, which proves nothing
        new_transaction,  ///< a transaction of the account for a new order; it does not say for which instance
        new_charge,       ///< a new order in the bill of the instance: something was bought for it
        receipt,          ///< an entry with the number of the order that was accepted
    };
    /// Which one it is.
    kind what = kind::nothing_new;
    /// How many entries of that kind there were.
    std::uint32_t count = 0;
    /// The first one; empty for nothing_new.
    ledger_entry entry{};
    /// How many entries in the bill of the instance are of new orders with another number than the accepted one has, if it has one:
    /// beside a receipt, something else was bought for the instance, or the same twice.
    std::uint32_t other_charges = 0;
};

template <>
inline constexpr detail::enum_row<ledger_evidence::kind> detail::enum_names<ledger_evidence::kind>[] = {
    {ledger_evidence::kind::nothing_new, "nothing_new"},
    {ledger_evidence::kind::new_transaction, "new_transaction"},
    {ledger_evidence::kind::new_charge, "new_charge"},
    {ledger_evidence::kind::receipt, "receipt"},
};

/// How a job ended: the state of the instance, what is known of the order, and what to do. State and order are different questions:
/// the size may come from somebody else's order, and an accepted order may not have taken effect yet.
struct workflow_verdict {
    /// What the looks showed of the goal. (A look is a request that reads the instance.)
    enum class instance_kind : unsigned char {
        not_seen,     ///< no look was complete
        unchanged,    ///< it is as it was before
        in_progress,  ///< it is being changed to the target
        planned,      ///< it will have the target size with the next billing cycle
        reached,      ///< it has the target size; or the planned downgrade is cancelled, and the size as before
        conflict,     ///< something else: somebody changed it, or a downgrade took effect before its cancellation
    };
    /// What became of the order.
    enum class order_kind : unsigned char {
        none,      ///< this job ordered nothing
        refused,   ///< the API refused it, and the looks agree
        accepted,  ///< the API accepted it
        unknown,   ///< nobody knows: it may have been executed, or may still be, see `acceptable_until`
    };
    /// The end of an order with a bearer token, which has no timestamp and never expires.
    static constexpr unix_seconds never{INT64_MAX};

    /// What the looks showed of the goal.
    instance_kind instance = instance_kind::not_seen;
    /// What became of this job's order.
    order_kind order = order_kind::none;
    /// With `reached`: whether somebody else has begun or planned a further change.
    bool is_changed_further = false;
    /// The number of an accepted order; empty when the API gave none.
    inline_string<limits::order_number> order_number{};
    /// The timestamp of the order, by the caller's clock; nothing when nothing was ordered.
    std::optional<unix_seconds> ordered_at{};
    /// Until when an order whose outcome is unknown may still be accepted, by the caller's clock; workflow_verdict::never for one
    /// with a bearer token. Begin another job only after that, or when the bill shows that there is no order.
    std::optional<unix_seconds> acceptable_until{};
    /// How many looks after the order were complete.
    std::uint32_t looks = 0;
    /// The time of the last complete look, by the caller's clock.
    std::optional<unix_seconds> seen_until{};
    /// The size before the order; nothing when no look showed it.
    std::optional<traffic_package_size> size_before{};
    /// What the ledger showed after the order; nothing when it was not asked, or did not respond.
    std::optional<ledger_evidence> ledger{};
    /// Why it is not `reached`, `planned` or `in_progress`, why the order is `unknown`, or why none was possible although
    /// somebody else changes a `reached` size further. That of the order, not of a look. Never error::retryable().
    std::optional<error> failure{};

    /// What to do, in a line; a constant.
    [[nodiscard]] constexpr std::string_view advice() const noexcept;
};

template <>
inline constexpr detail::enum_row<workflow_verdict::instance_kind>
    detail::enum_names<workflow_verdict::instance_kind>[] = {
        {workflow_verdict::instance_kind::not_seen, "not_seen"},
        {workflow_verdict::instance_kind::unchanged, "unchanged"},
        {workflow_verdict::instance_kind::in_progress, "in_progress"},
        {workflow_verdict::instance_kind::planned, "planned"},
        {workflow_verdict::instance_kind::reached, "reached"},
        {workflow_verdict::instance_kind::conflict, "conflict"},
};

template <>
inline constexpr detail::enum_row<workflow_verdict::order_kind> detail::enum_names<workflow_verdict::order_kind>[] = {
    {workflow_verdict::order_kind::none, "none"},
    {workflow_verdict::order_kind::refused, "refused"},
    {workflow_verdict::order_kind::accepted, "accepted"},
    {workflow_verdict::order_kind::unknown, "unknown"},
};

namespace detail {

/// What to do where the order was accepted.
[[nodiscard]] constexpr std::string_view advice_on_accepted(workflow_verdict const& verdict) noexcept {
    if (!verdict.order_number.empty() && verdict.ledger && verdict.ledger->other_charges != 0) {
        return "the order was accepted, and something else was bought for the instance: look at the bill";
    }
    if (verdict.is_changed_further) {
        return "the order was accepted, and somebody else changes the size further: look at the instance";
    }
    using kind = workflow_verdict::instance_kind;
    switch (verdict.instance) {
    case kind::reached:
    case kind::planned: return "nothing to do";
    case kind::in_progress: return "the order was accepted: watch the instance";
    case kind::conflict:
        return "the order was accepted, and the instance shows something else: look at it and at the bill";
    default: return "the order was accepted, and its effect was not seen yet: watch the instance, do not order again";
    }
}

}  // namespace detail

constexpr std::string_view workflow_verdict::advice() const noexcept {
    const bool is_there = instance == instance_kind::reached || instance == instance_kind::planned;
    switch (order) {
    case order_kind::none:
        if (instance == instance_kind::conflict) {
            return "this job ordered nothing, and the instance was changed otherwise: look at it, then decide again";
        }
        if (is_changed_further) {
            return "this job ordered nothing, and the instance will not keep the size: see what else is changed, then "
                   "decide again";
        }
        return is_there ? "nothing to do: this job did not have to order"
               : instance == instance_kind::in_progress
                   ? "watch the instance: somebody else's change is under way"
                   : "nothing was ordered: fix what the failure says, then begin a new job";
    case order_kind::refused:
        return instance == instance_kind::conflict
                   ? "the API refused the order, and somebody else changed the instance: look at it, then decide again"
                   : "the API refused the order: fix what the failure says, then begin a new job";
    case order_kind::accepted: return detail::advice_on_accepted(*this);
    case order_kind::unknown:
        if (ledger && ledger->what == ledger_evidence::kind::new_charge) {
            return "something was bought for the instance, by this order or another one: look at that entry of the "
                   "bill, "
                   "and order nothing before you know";
        }
        return is_there || instance == instance_kind::in_progress
                   ? "the goal shows, by this order or another one: look at the bill before anything else is ordered"
                   : "the order may have been executed, or may still be: look at the instance and the bill, and begin "
                     "no other "
                     "job before the order can no longer be accepted";
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/workflow_record.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The state of a traffic package, from one complete look (detail::package_shown()).
struct observed_package {
    /// Whether the package is being changed.
    enum class change_state : unsigned char {
        idle,        ///< no change
        processing,  ///< it is being changed to `next`
        planned,     ///< it will be changed to `next` with the next billing cycle
    };
    /// The size in force.
    traffic_package_size size{};
    /// Whether it is being changed.
    change_state change = change_state::idle;
    /// The size that the change leads to; nothing when it is idle.
    std::optional<traffic_package_size> next{};

    /// Whether both states are the same.
    [[nodiscard]] friend constexpr bool operator==(observed_package const&, observed_package const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<observed_package::change_state> detail::enum_names<observed_package::change_state>[] = {
    {observed_package::change_state::idle, "idle"}, {observed_package::change_state::processing, "processing"},
    {observed_package::change_state::planned, "planned"},
};

namespace detail {

/// What the ledger had before an order, for comparison with what it has afterwards.
struct ledger_baseline {
    /// The months whose bills were read, YYYYMM: the first and the last one.
    std::int64_t first_month = 0;
    /// @copydoc first_month
    std::int64_t last_month = 0;
    /// The start of the period whose transactions were read.
    unix_seconds since{};
    /// Whether the bills were read completely; else nobody can tell which lines of a bill are new.
    bool has_bills = false;
    /// The same for the transactions.
    bool has_transactions = false;
    /// The orders that the ledger had.
    known_orders orders{};

    /// Passes all members, in the order of the saved bytes, to a record_writer or record_reader.
    template <class Fields, class Self>
    static constexpr void visit(Fields& fields, Self& self) noexcept {
        fields.field(self.first_month);
        fields.field(self.last_month);
        fields.field(self.since);
        fields.field(self.has_bills);
        fields.field(self.has_transactions);
        known_orders::visit(fields, self.orders);
    }
};

}  // namespace detail

/// What a traffic_package_workflow must remember when its process ends: whose order may be under way, for what, since when, and the
/// state before it. It has no secrets.
struct workflow_record {
    /// The goal of a job.
    enum class goal : unsigned char {
        change,  ///< change the size to `target`
        cancel,  ///< cancel the planned downgrade
    };
    /// What is known of the order.
    enum class order_state : unsigned char {
        taken,     ///< handed out to be sent, or about to be: nobody knows whether it was sent
        refused,   ///< the API refused it; confirmed only when later looks agree
        accepted,  ///< the API accepted it
    };

    /// The goal of the job.
    goal what = goal::change;
    /// `name version` of the service.
    inline_string<limits::word> service;
    /// The name of the endpoint.
    endpoint_name endpoint;
    /// The fingerprint of the credential.
    account_fingerprint account;
    /// The instance.
    zenwire::instance_id instance_id;
    /// The size to change to; for a change only.
    traffic_package_size target{};
    /// What the looks before the order showed.
    observed_package before{};
    /// The time of these looks, by the caller's clock, and by the server's if it sent its time.
    unix_seconds looked_at{};
    /// @copydoc looked_at
    std::optional<unix_seconds> looked_at_by_server{};
    /// What the caller agreed to be charged at once, if that is a single amount.
    std::optional<decimal> confirmed_price{};
    /// How many seconds the server's clock is ahead of the caller's. Known only when the server called a signature expired.
    std::optional<std::int64_t> clock_offset{};
    /// The options of the job.
    workflow_options options{};
    /// When the job began, by the caller's clock.
    unix_seconds began_at{};
    /// The timestamp of the order. The server accepts the order until 300 s after it.
    unix_seconds signed_at{};
    /// Whether the order has a signature. An order with a bearer token has no timestamp, and never expires.
    bool is_signed = true;
    /// What is known of the order.
    order_state order = order_state::taken;
    /// The number of an order that was accepted.
    inline_string<limits::order_number> order_number{};
    /// For a refused order: the code as the API wrote it, the status of that response, and the wait that it asked for.
    inline_string<limits::api_code> refusal_code{};
    /// @copydoc refusal_code
    std::uint16_t refusal_status = 0;
    /// @copydoc refusal_code
    std::optional<std::uint32_t> refusal_wait_seconds{};

    /// What the ledger had before the order, in a job that asks it.
    std::optional<detail::ledger_baseline> ledger{};

    /// Whether the job belongs to that service, in any version.
    [[nodiscard]] constexpr bool is_for(zenwire::service const& wanted) const noexcept {
        const std::string_view name = service.view();
        return name.starts_with(wanted.name) && name.substr(wanted.name.size()).starts_with(' ');
    }
    /// Until when the server may accept the order, by the caller's clock; workflow_verdict::never for one with a bearer token. If
    /// `clock_offset` is not known, the server's clock may be behind by as much as a signature allows.
    [[nodiscard]] constexpr unix_seconds acceptable_until() const noexcept {
        if (!is_signed) {
            return workflow_verdict::never;
        }
        const std::int64_t server_ahead_seconds = clock_offset.value_or(-signature_lifetime_seconds);
        return unix_seconds(detail::saturating_subtract(
            detail::saturating_add(signed_at.count(), signature_lifetime_seconds), server_ahead_seconds));
    }
    /// The name of a service as it stands in a record.
    [[nodiscard]] static constexpr inline_string<limits::word> service_name(zenwire::service const& service) noexcept {
        inline_string<limits::word> text(service.name);
        text.append(" ");
        text.append(service.version);
        return text;
    }
};

template <>
inline constexpr detail::enum_row<workflow_record::goal> detail::enum_names<workflow_record::goal>[] = {
    {workflow_record::goal::change, "change"}, {workflow_record::goal::cancel, "cancel"},
};

template <>
inline constexpr detail::enum_row<workflow_record::order_state> detail::enum_names<workflow_record::order_state>[] = {
    {workflow_record::order_state::taken, "taken"}, {workflow_record::order_state::refused, "refused"},
    {workflow_record::order_state::accepted, "accepted"},
};

/// A workflow_record as bytes to be stored: at most two thousand, the same on every machine, with a checksum.
class workflow_bytes {
public:
    /// Writes the record.
    constexpr explicit workflow_bytes(workflow_record const& record) noexcept {
        buffer_writer out(bytes_);
        out.append(mark);
        detail::record_writer fields(out);
        visit(fields, record);
        out.append(detail::check_sum_of(out.written()).view());
        size_ = out.size();
    }

    /// The bytes. A view of this object.
    [[nodiscard]] constexpr std::span<char const> view() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {bytes_, size_};
    }

    /// Reads bytes back.
    /// @return errc::job_record_outdated for bytes of another version of the library, for version 0.1 with a message that says
    ///         what is known of the order; errc::job_record_damaged for all other wrong bytes. `outcome` is the order's
    [[nodiscard]] static constexpr expected<workflow_record> parse(std::span<char const> bytes) noexcept {
        const std::string_view text(bytes.data(), bytes.size());
        if (text.starts_with(detail::former_mark)) {
            return unexpected(detail::refusal_of_former_record(text));
        }
        if (!text.starts_with(mark)) {
            return unexpected(
                text.starts_with(any_mark)
                    ? detail::refusal_of_record(errc::job_record_outdated,
                                                "the saved bytes are of another version of the library")
                    : detail::refusal_of_record(errc::job_record_damaged, "the saved bytes are not those of a job"));
        }
        workflow_record record;
        detail::record_reader fields(text.substr(mark.size()));
        visit(fields, record);
        // The reader accepts any bytes. But a job is written in only one way, so bytes that differ from the rewritten ones are
        // wrong.
        const workflow_bytes rewritten(record);
        if (!is_sound(record) || std::string_view(rewritten.bytes_, rewritten.size_) != text) {
            return unexpected(detail::refusal_of_record(errc::job_record_damaged, "the saved bytes are damaged"));
        }
        return record;
    }

private:
    static constexpr std::string_view any_mark = "zenwire job ";
    static constexpr std::string_view mark = "zenwire job 5\n";  // raise it when visit() changes; version 0.1 had 3
    static constexpr std::size_t check_size = 8;
    // visit() has at most 42 numbers beside the orders; a test writes the longest record
    static constexpr std::size_t max_numbers = 48 + detail::known_orders::capacity;

    /// The fields, in the order in which they are written.
    template <class Fields, class Record>
    static constexpr void visit(Fields& fields, Record& record) noexcept {
        fields.field(record.what);
        fields.field(record.service);
        fields.field(record.endpoint);
        fields.field(record.account);
        fields.field(record.instance_id);
        fields.field(record.target);
        fields.field(record.before.size);
        fields.field(record.before.change);
        fields.field(record.before.next);
        fields.field(record.looked_at);
        fields.field(record.looked_at_by_server);
        fields.field(record.confirmed_price);
        fields.field(record.clock_offset);
        fields.field(record.options.deadline);
        fields.field(record.options.price_limit);
        fields.field(record.options.settle);
        fields.field(record.options.longest_watch);
        fields.field(record.options.unknown_watch);
        fields.field(record.options.first_look);
        fields.field(record.options.look_interval);
        fields.field(record.options.max_attempts);
        fields.field(record.began_at);
        fields.field(record.signed_at);
        fields.field(record.is_signed);
        fields.field(record.order);
        fields.field(record.order_number);
        fields.field(record.refusal_code);
        fields.field(record.refusal_status);
        fields.field(record.refusal_wait_seconds);
        fields.field(record.ledger);
    }

    /// Whether a job may have the values that are not free: enumerators, and what belongs together.
    static constexpr bool is_sound(workflow_record const& record) noexcept {
        const bool is_idle = record.before.change == observed_package::change_state::idle;
        return record.what <= workflow_record::goal::cancel && record.order <= workflow_record::order_state::accepted &&
               record.before.change <= observed_package::change_state::planned &&
               is_idle != record.before.next.has_value() && record.signed_at.is_valid() &&
               (!record.ledger || record.ledger->orders.size() <= detail::known_orders::capacity + 1) &&
               detail::find_flaw_of_id(record.instance_id) == nullptr;
    }

    char bytes_[mark.size() + limits::word + endpoint_name::capacity() + account_fingerprint::capacity() +
                limits::instance_id + limits::order_number + limits::api_code + 2 * detail::decimal_size +
                8 * max_numbers + check_size]{};
    std::size_t size_ = 0;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/detail/ledger_comparison.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

/// What a job must know to judge an entry of the ledger.
struct order_history {
    /// Orders that the ledger had before the job's.
    known_orders known_before{};
    /// The number of the job's order; empty when it has none.
    inline_string<limits::order_number> job_order{};
};

/// What a page of the ledger shows of new orders, and of the job's order. Entries without the number of an order do not
/// count, because nobody can tell whether they are new.
struct ledger_findings {
    /// All orders of the page.
    known_orders orders{};
    /// Whether this page has all entries of the list, and all of them could be read.
    bool is_whole = false;
    /// The first entry of a new order other than the job's, and how many there are.
    ledger_entry new_entry{};
    /// @copydoc new_entry
    std::uint32_t new_count = 0;
    /// The first entry of the job's order, and how many there are.
    ledger_entry own{};
    /// @copydoc own
    std::uint32_t own_count = 0;

    /// Takes an entry.
    constexpr void add(order_history const& history, std::string_view order_sn, ledger_entry const& entry) noexcept {
        if (order_sn.empty()) {
            return;
        }
        orders.add(order_sn);
        const bool is_own = order_sn == history.job_order.view();
        if (!is_own && history.known_before.has(order_sn)) {
            return;
        }
        std::uint32_t& count = is_own ? own_count : new_count;
        if (++count == 1) {
            (is_own ? own : new_entry) = entry;
        }
    }
};

[[nodiscard]] constexpr ledger_entry entry_of(bill_entry const& line) noexcept {
    ledger_entry entry{line.order_sn, line.product, line.deduction_time, line.amount};
    if (!line.product_subitem.empty()) {
        entry.description.append(", ");
        entry.description.append(line.product_subitem);
    }
    return entry;
}
[[nodiscard]] constexpr ledger_entry entry_of(account_transaction const& transaction) noexcept {
    return {transaction.order_sn, transaction.description, transaction.transaction_time, transaction.amount};
}

/// DescribeBillDetail for the lines of one instance. The response keeps only the findings, and needs no memory for a list.
struct bill_question {
    static constexpr std::string_view name = describe_bill_detail::name;
    static constexpr bool reads_only = true;
    using entry = bill_entry;
    using response = ledger_findings;

    std::optional<std::int64_t> page_size{describe_bill_detail::max_page_size};
    std::optional<std::int64_t> bill_monthly{};
    zenwire::instance_id resource_id{};
    order_history history{};

    /// Whether a line is about the instance, in case the server ignores the filter.
    [[nodiscard]] constexpr bool is_about(entry const& line) const noexcept {
        return line.resource_id == resource_id.view();
    }
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = bill_question;
        return member_list(member<&self::page_size>{"pageSize"}, member<&self::bill_monthly>{"billMonthly"},
                           member<&self::resource_id>{"resourceId"});
    }
};

/// DescribeTransactionHistory for the account's transactions since some time; it, too, keeps only the findings.
struct transaction_question {
    static constexpr std::string_view name = describe_transaction_history::name;
    static constexpr bool reads_only = true;
    using entry = account_transaction;
    using response = ledger_findings;

    std::optional<std::int64_t> page_size{describe_transaction_history::max_page_size};
    std::optional<utc_time> start_time{};
    order_history history{};

    [[nodiscard]] static constexpr bool is_about(entry const&) noexcept { return true; }
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = transaction_question;
        return member_list(member<&self::page_size>{"pageSize"}, member<&self::start_time>{"startTime"});
    }
};

[[nodiscard]] constexpr expected<void> validate(bill_question const& question, service const& service) noexcept {
    describe_bill_detail action;
    action.page_size = question.page_size;
    action.bill_monthly = question.bill_monthly;
    return validate(action, service);
}
[[nodiscard]] constexpr expected<void> validate(transaction_question const& question, service const& service) noexcept {
    describe_transaction_history action;
    action.page_size = question.page_size;
    action.start_time = question.start_time;
    return validate(action, service);
}

/// Reads a page. Of an entry, the texts with escapes have to fit into `scratch`, which is far more than a ledger_entry keeps;
/// else it is left out, and `is_whole` is false. A template, so that only programs with a job compile Boost's parser (GCC 12: 7 %).
template <class Question>
    requires std::is_same_v<typename Question::response, ledger_findings>
[[nodiscard]] expected<ledger_findings> parse_response(Question const& question, service const&,
                                                       response_view const& response) noexcept {
    raw_byte scratch[2048];
    ledger_findings found;
    const auto page = for_each_entry<Question>(response, scratch, [&](typename Question::entry const& each) noexcept {
        if (question.is_about(each)) {
            found.add(question.history, each.order_sn, entry_of(each));
        }
    });
    if (!page) {
        return failure_of(page);
    }
    found.is_whole = found.orders.is_whole() && page->incomplete_count == 0 && page->total_count &&
                     *page->total_count >= 0 && static_cast<std::uint64_t>(*page->total_count) <= page->count;
    return found;
}

/// What the ledger is asked next: DescribeCustomerBalance, DescribeBillDetail, DescribeTransactionHistory, or nothing more.
enum class ledger_topic : unsigned char { balance, bill, transactions, nothing };

/// A type of response to such a question.
template <class Response>
concept ledger_response =
    std::is_same_v<Response, describe_customer_balance::response> || std::is_same_v<Response, ledger_findings>;

/// The ledger as the witness of a job (tests/docs/ledger.md): which questions it is asked, and what follows from the responses.
/// A question that the API refuses is skipped. If no response arrives, no more are asked, so that a ledger out of reach delays a
/// job once.
class ledger_comparison {
public:
    /// Begins the questions before the order: how much may be spent, and which orders the ledger knows.
    constexpr void begin_before(unix_seconds now) noexcept {
        *this = {};
        baseline_ = periods_of(now);
        month_ = baseline_.first_month;
        topic_ = ledger_topic::balance;
    }

    /// Begins the questions after the order: what is new. Asks only if the old entries or the order's number are known.
    constexpr void begin_after(workflow_record const& record) noexcept {
        *this = {};
        is_after_ = true;
        baseline_ = record.ledger ? *record.ledger : periods_of(record.signed_at);
        history_.known_before = baseline_.orders;
        history_.job_order = record.order_number;
        month_ = baseline_.first_month;
        topic_ = next_topic(ledger_topic::balance);
        is_complete_ = baseline_.has_bills && baseline_.has_transactions;
    }

    /// The question that is to be asked next.
    [[nodiscard]] constexpr ledger_topic topic() const noexcept { return topic_; }
    [[nodiscard]] constexpr bill_question ask_for_bill(instance_id const& instance) const noexcept {
        return {.bill_monthly = month_, .resource_id = instance, .history = history_};
    }
    [[nodiscard]] constexpr transaction_question ask_for_transactions() const noexcept {
        return {.start_time = baseline_.since, .history = history_};
    }

    /// Takes the response to the last question, or its failure.
    constexpr void take(expected<describe_customer_balance::response> const& response) noexcept {
        if (response) {
            purchasing_power_ = response->purchasing_power;
        }
        go_on(response ? nullptr : &response.error());
    }
    /// @copydoc take
    constexpr void take(expected<ledger_findings> const& response) noexcept {
        if (response) {
            is_after_ ? compare(*response) : remember(*response);
        }
        go_on(response ? nullptr : &response.error());
    }

    /// How much the account may spend; nothing when the ledger did not say it.
    [[nodiscard]] constexpr std::optional<decimal> const& purchasing_power() const noexcept {
        return purchasing_power_;
    }
    /// What the ledger had before the order, for the record.
    [[nodiscard]] constexpr ledger_baseline const& baseline() const noexcept { return baseline_; }
    /// What the ledger has after the order; nothing when not all questions were answered and no evidence was found.
    [[nodiscard]] constexpr std::optional<ledger_evidence> evidence() const noexcept {
        const bool is_known = is_complete_ || evidence_.what != ledger_evidence::kind::nothing_new;
        return is_known ? std::optional(evidence_) : std::nullopt;
    }

private:
    /// The periods to read for an order at that time. The ledger's months may be those of any time zone, and its clock may differ.
    [[nodiscard]] static constexpr ledger_baseline periods_of(unix_seconds time) noexcept {
        constexpr std::int64_t day = 86'400;
        constexpr std::int64_t clocks_differ_by = 600;  // twice what a signature allows
        const auto shifted = [&](std::int64_t seconds) noexcept {
            return unix_seconds(saturating_add(time.count(), seconds));
        };
        ledger_baseline periods;
        periods.first_month = bill_month(shifted(-day));
        periods.last_month = bill_month(shifted(day));
        periods.since = shifted(-clocks_differ_by);
        return periods;
    }

    constexpr void go_on(error const* failure) noexcept {
        is_complete_ = is_complete_ && failure == nullptr;
        if (failure != nullptr && !is_after_ && topic_ == ledger_topic::bill) {
            baseline_.has_bills = false;
        }
        if (failure != nullptr && failure->http_status == 0) {
            topic_ = ledger_topic::nothing;
        } else if (topic_ == ledger_topic::bill && month_ != baseline_.last_month) {
            // also when has_bills can no longer become true: the orders of that month are known then
            is_later_month_ = true;
            month_ = baseline_.last_month;
        } else {
            topic_ = next_topic(topic_);
        }
    }

    /// The next question that is worth asking. After the order, a receipt can be found by the order's number, but other new
    /// entries only by comparison with those before the order.
    [[nodiscard]] constexpr ledger_topic next_topic(ledger_topic last) const noexcept {
        const bool wants_all = !is_after_ || !history_.job_order.empty();
        if (last == ledger_topic::balance && (wants_all || baseline_.has_bills)) {
            return ledger_topic::bill;
        }
        const bool wants_transactions = wants_all || baseline_.has_transactions;
        return last != ledger_topic::transactions && wants_transactions ? ledger_topic::transactions
                                                                        : ledger_topic::nothing;
    }

    constexpr void remember(ledger_findings const& found) noexcept {
        baseline_.orders.add(found.orders);
        const bool knows_all = found.is_whole && baseline_.orders.is_whole();
        if (topic_ == ledger_topic::transactions) {
            baseline_.has_transactions = knows_all;
            baseline_.has_bills = baseline_.has_bills && baseline_.orders.is_whole();
        } else {
            baseline_.has_bills = knows_all && (!is_later_month_ || baseline_.has_bills);
        }
    }

    constexpr void compare(ledger_findings const& found) noexcept {
        using kind = ledger_evidence::kind;
        const bool is_bill = topic_ == ledger_topic::bill;
        is_complete_ = is_complete_ && found.is_whole;
        if (found.own_count != 0) {
            add(kind::receipt, found.own, found.own_count);
        }
        if (found.new_count != 0 && (is_bill ? baseline_.has_bills : baseline_.has_transactions)) {
            add(is_bill ? kind::new_charge : kind::new_transaction, found.new_entry, found.new_count);
            evidence_.other_charges += is_bill ? found.new_count : 0;
        }
    }

    constexpr void add(ledger_evidence::kind what, ledger_entry const& entry, std::uint32_t count) noexcept {
        if (what > evidence_.what) {  // weaker kinds come first
            evidence_ = {what, count, entry, evidence_.other_charges};
        } else if (what == evidence_.what) {
            evidence_.count += count;
        }
    }

    ledger_topic topic_ = ledger_topic::nothing;
    bool is_after_ = false;        // the questions are those after the order
    bool is_complete_ = false;     // all questions after the order were answered in full
    std::int64_t month_ = 0;       // the month of the bill that is asked for, YYYYMM
    bool is_later_month_ = false;  // that is the second one of two
    order_history history_{};
    ledger_baseline baseline_{};
    std::optional<decimal> purchasing_power_{};
    ledger_evidence evidence_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/client/detail/workflow_job.hpp, continued
// ---- zenwire/client/detail/order_watch.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_ORDER_WATCH_HPP
#define ZENWIRE_CLIENT_DETAIL_ORDER_WATCH_HPP

#include <cstdint>
#include <optional>
#include <string_view>


namespace ZENWIRE_NAMESPACE::detail {

/// The package that a look shows (tests/docs/money.md, "What a look is worth"). Returns nothing if the look is incomplete. A look
/// is complete if it names the job's instance, a size, and either no change or a change with its kind and target.
[[nodiscard]] constexpr std::optional<observed_package> package_shown(
    describe_instance_internet_status::response const& look, std::string_view instance_id) noexcept {
    using word = modification_status::value_type;
    if (look.instance_id != instance_id || !look.size) {
        return std::nullopt;
    }
    observed_package package;
    package.size = *look.size;
    const auto& status = look.modified_traffic_package_status;
    if (!status || status->text().empty() || *status == word::enable) {
        const bool leads_nowhere = !look.modified_size || *look.modified_size == *look.size;
        return leads_nowhere ? std::optional(package) : std::nullopt;
    }
    if (!look.modified_size || (*status != word::processing && *status != word::wait_to_enable)) {
        return std::nullopt;
    }
    package.change = *status == word::processing ? observed_package::change_state::processing
                                                 : observed_package::change_state::planned;
    package.next = look.modified_size;
    return package;
}

/// What a look shows of the goal of a job.
enum class observation : unsigned char {
    unclear,           ///< nothing
    unchanged,         ///< all is as it was before the order
    under_way,         ///< the change to the target; for a cancellation any change, which has to end first
    planned,           ///< the change to the target is planned for the next billing cycle
    reached,           ///< the instance has the target size, or the planned downgrade is cancelled
    reached_and_more,  ///< the instance has the target size, and a further change was begun or planned
    too_late,          ///< the downgrade that was to be cancelled has taken effect
    foreign,           ///< anything else: somebody else changed the instance
};

/// The goal of a job, and the state before it.
struct observed_goal {
    bool cancels = false;
    traffic_package_size target{};
    observed_package before{};
};

/// What the package that a look shows says of the goal (tests/docs/money.md, "What a look is worth").
[[nodiscard]] constexpr observation observe(std::optional<observed_package> const& package,
                                            observed_goal const& goal) noexcept {
    using enum observed_package::change_state;
    if (!package) {
        return observation::unclear;
    }
    const bool is_unchanged = *package == goal.before;
    if (goal.cancels) {
        switch (package->change) {
        case processing: return observation::under_way;
        case planned: return is_unchanged ? observation::unchanged : observation::foreign;
        case idle: break;
        }
        return package->size == goal.before.size   ? observation::reached
               : package->size == goal.before.next ? observation::too_late
                                                   : observation::foreign;
    }
    if (package->next == goal.target) {
        return package->change == processing ? observation::under_way : observation::planned;
    }
    if (package->size == goal.target) {
        return package->change == idle ? observation::reached : observation::reached_and_more;
    }
    return is_unchanged ? observation::unchanged : observation::foreign;
}

/// The verdict on the instance that follows from a look.
[[nodiscard]] constexpr workflow_verdict::instance_kind instance_shown(observation observed) noexcept {
    using kind = workflow_verdict::instance_kind;
    switch (observed) {
    case observation::unclear: return kind::not_seen;
    case observation::unchanged: return kind::unchanged;
    case observation::under_way: return kind::in_progress;
    case observation::planned: return kind::planned;
    case observation::reached:
    case observation::reached_and_more: return kind::reached;
    case observation::too_late:
    case observation::foreign: return kind::conflict;
    }
    return kind::not_seen;
}

/// What is known of an order from its response.
enum class order_fate : unsigned char {
    none,      ///< there is no order: none was needed, or it was never sent
    unknown,   ///< it may have been sent, and nobody knows the outcome
    refused,   ///< the API refused it: to be believed once the looks agree
    accepted,  ///< the API accepted it
};

/// What is known of an order that failed (tests/docs/money.md, "The outcome of a response"): one that was never sent is none; a 4xx
/// that is an error::is_refusal() is refused; all else is unknown, even REQUEST_LIMIT_EXCEEDED with a 5xx.
[[nodiscard]] constexpr order_fate fate_of(error const& failure) noexcept {
    if (failure.http_status == 0 && failure.outcome == outcome::not_executed) {
        return order_fate::none;
    }
    const bool is_client_error = failure.http_status >= 400 && failure.http_status < 500;
    return is_client_error && failure.is_refusal() ? order_fate::refused : order_fate::unknown;
}

/// Whether looks can show the reason of a refusal. Such a refusal is believed only when they do.
[[nodiscard]] constexpr bool has_visible_reason(error const& refusal) noexcept {
    switch (refusal.api_code) {
    case api_code::operation_denied_instance_traffic_package_processing:
    case api_code::operation_failed_instance_exist_plan_traffic_package:
    case api_code::operation_denied_downgrade_not_exist:
    case api_code::invalid_instance_not_found: return true;
    default: return false;
    }
}

/// Whether the ledger contradicts a refusal that was believed because the instance did not change: something was bought for the
/// instance all the same. It never contradicts a refusal whose reason the looks showed, for that reason may be another order.
[[nodiscard]] constexpr bool contradicts(std::optional<ledger_evidence> const& ledger, error const& refusal) noexcept {
    return ledger && ledger->what == ledger_evidence::kind::new_charge && !has_visible_reason(refusal);
}

/// Whether a look shows the reason of a refusal: a change, or a planned one, to another size than the one ordered; or that the
/// downgrade took effect before its cancellation.
[[nodiscard]] constexpr bool confirms_refusal(error const& refusal, observed_package const& package,
                                              observation observed) noexcept {
    using enum observed_package::change_state;
    if (observed != observation::foreign) {
        return observed == observation::too_late && refusal.api_code == api_code::operation_denied_downgrade_not_exist;
    }
    return (refusal.api_code == api_code::operation_denied_instance_traffic_package_processing &&
            package.change == processing) ||
           (refusal.api_code == api_code::operation_failed_instance_exist_plan_traffic_package &&
            package.change == planned);
}

/// Whether a look that failed shows the reason of a refusal: the API does not know the instance, for the look either.
[[nodiscard]] constexpr bool confirms_refusal(error const& refusal, error const& failed_look) noexcept {
    return refusal.api_code == api_code::invalid_instance_not_found && failed_look.code == errc::api_error &&
           failed_look.http_status == 404 && failed_look.api_code == refusal.api_code;
}

/// Whether a look ends the watch, and how.
enum class watch_end : unsigned char {
    not_yet,    ///< it does not: look again
    refused,    ///< the refusal of the order is believed
    concluded,  ///< what the look showed ends the job
};

/// Keeps what is known of a job's order and what the looks show of the instance, and decides how long to go on looking
/// (tests/docs/money.md).
class order_watch {
public:
    /// What is known of the order.
    [[nodiscard]] constexpr order_fate fate() const noexcept { return fate_; }
    [[nodiscard]] constexpr bool is_refused() const noexcept { return fate_ == order_fate::refused; }
    /// How the order failed, where that is known.
    [[nodiscard]] constexpr std::optional<error> const& failure() const noexcept { return failure_; }
    /// What the last complete look showed; once there is a response to the order, only looks after it count.
    [[nodiscard]] constexpr observation last_observation() const noexcept { return last_observation_; }

    /// Call this when the order is handed to the transport.
    constexpr void hand_out() noexcept { fate_ = order_fate::unknown; }
    /// Call this when the API accepted the order.
    constexpr void note_acceptance() noexcept {
        fate_ = order_fate::accepted;
        last_observation_ = observation::unclear;
    }
    /// Call this when the order failed.
    /// @return what is known of the order now
    constexpr order_fate take_failure(error const& failure) noexcept {
        fate_ = fate_of(failure);
        if (fate_ != order_fate::none) {
            last_observation_ = observation::unclear;
            failure_ = failure;
        }
        return fate_;
    }
    /// Call this in a resumed job: another process handed the order out.
    constexpr void resume(workflow_record const& record) noexcept;

    /// Takes a look before the order, which may show that there is nothing to order.
    constexpr void take_look_before(observation observed) noexcept {
        is_under_way_ = observed == observation::under_way;
        last_observation_ = observed;
    }
    /// Takes a look after the order. `package` is nothing when the look was not complete.
    [[nodiscard]] constexpr watch_end take_look(std::optional<observed_package> const& package,
                                                observed_goal const& goal, job_clock const& clock,
                                                milliseconds settle) noexcept;
    /// Takes a look after the order that failed.
    [[nodiscard]] constexpr watch_end take_look(error const& failure) const noexcept {
        return is_refused() && confirms_refusal(*failure_, failure) ? watch_end::refused : watch_end::not_yet;
    }
    /// Gives up a refusal when the ledger shows evidence against it.
    /// @return whether it did
    constexpr bool contradict(std::optional<ledger_evidence> const& ledger) noexcept {
        if (!is_refused() || !contradicts(ledger, *failure_)) {
            return false;
        }
        fate_ = order_fate::unknown;
        return true;
    }

    /// How long to wait for the next look; nothing when the watch is over.
    /// @param server_wait the wait that the server asked for, in milliseconds
    [[nodiscard]] constexpr std::optional<milliseconds> next_wait(std::int64_t server_wait, job_clock const& clock,
                                                                  workflow_options const& options,
                                                                  milliseconds interval) const noexcept;

private:
    /// Takes an unchanged look after a refusal. Returns whether the instance has been unchanged long enough to believe the refusal.
    constexpr bool take_unchanged_look(job_clock const& clock, milliseconds settle) noexcept {
        if (has_visible_reason(*failure_)) {
            return false;
        }
        if (!unchanged_since_) {
            unchanged_since_ = clock.waited();
            return false;
        }
        return clock.waited() - *unchanged_since_ >= settle.count();
    }

    std::optional<error> failure_{};
    /// job_clock::waited() at the first unchanged look after a refusal
    std::optional<std::int64_t> unchanged_since_{};
    order_fate fate_ = order_fate::none;
    observation last_observation_ = observation::unclear;
    bool is_under_way_ = false;
};

constexpr void order_watch::resume(workflow_record const& record) noexcept {
    using state = workflow_record::order_state;
    switch (record.order) {
    case state::accepted: fate_ = order_fate::accepted; break;
    case state::taken:
        fate_ = order_fate::unknown;
        failure_ = error::make(errc::outcome_unknown, blame::local,
                               "the process ended after the job was stored: its order may have been sent");
        break;
    case state::refused:
        fate_ = order_fate::refused;
        failure_ = error::make(errc::api_error, blame::remote, "the API refused the order, in an earlier process");
        failure_->api_code_text = record.refusal_code;
        failure_->api_code = find_api_code(record.refusal_code.view());
        failure_->http_status = record.refusal_status;
        failure_->retry_after_seconds = record.refusal_wait_seconds;
        break;
    }
}

constexpr watch_end order_watch::take_look(std::optional<observed_package> const& package, observed_goal const& goal,
                                           job_clock const& clock, milliseconds settle) noexcept {
    const observation observed = observe(package, goal);
    last_observation_ = package ? observed : last_observation_;
    switch (observed) {
    case observation::unclear: break;
    case observation::unchanged:
        return is_refused() && take_unchanged_look(clock, settle) ? watch_end::refused : watch_end::not_yet;
    case observation::under_way:
        is_under_way_ = true;
        // the change is under way although the order was refused: so that refusal proves nothing any more
        fate_ = is_refused() ? order_fate::unknown : fate_;
        break;
    case observation::planned:
    case observation::reached:
    case observation::reached_and_more:
    case observation::too_late:
    case observation::foreign:
        return is_refused() && confirms_refusal(*failure_, *package, observed) ? watch_end::refused
                                                                               : watch_end::concluded;
    }
    return watch_end::not_yet;
}

constexpr std::optional<milliseconds> order_watch::next_wait(std::int64_t server_wait, job_clock const& clock,
                                                             workflow_options const& options,
                                                             milliseconds interval) const noexcept {
    const bool is_expected = fate_ == order_fate::accepted || is_under_way_;
    const std::int64_t left = clock.watch_left(is_expected ? options.longest_watch : options.unknown_watch);
    if (left <= 0) {
        return std::nullopt;
    }
    std::int64_t time = interval.count();
    if (is_refused() && unchanged_since_ && server_wait == 0) {
        const std::int64_t until_settled =
            saturating_subtract(options.settle.count(), clock.waited() - *unchanged_since_);
        time = until_settled > 0 && until_settled < time ? until_settled : time;
    }
    time = server_wait > time ? server_wait : time;
    return milliseconds(time < left ? time : left);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/client/detail/workflow_job.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

/// The state and the decisions of a traffic_package_workflow, as far as they do not depend on the type of its credential.
///
/// The words *look* and *ledger* are explained in workflow_terms.hpp.
/// Each function here returns the next step. When that is `send`, phase_ says which request to make, and its result is passed to
/// take(). The rules stand in three parts: workflow_looks.hpp (the looks before and after the order, and the ledger),
/// workflow_order.hpp (price, question to the caller, bytes, the order and its response), and below, the end (the verdict).
class workflow_job {
protected:
    enum class phase : unsigned char {
        read_ledger_before,  ///< ask the ledger which orders it has before the job's
        find_instance,       ///< first look: status and billing of the instance
        read_status,         ///< second look: its size, and changes under way
        price,               ///< ask for the price
        save,                ///< have the caller store the job's bytes
        order,               ///< send the order
        save_response,       ///< have the bytes stored again, with the response
        watch,               ///< look until the order, or somebody else's change to the target, takes effect
        read_ledger_after,   ///< ask the ledger what is new after the order
    };

    using modify = modify_instance_traffic_package;
    using cancel = cancel_instance_traffic_package_downgrade;
    using status = describe_instance_internet_status;
    using inquire = inquiry_price_instance_traffic_package;

    workflow_job(workflow_record const& record, service const* service, retry_policy const& retry) noexcept
        : service_(service), retry_(&retry), record_(record), bytes_(record) {}

    /// Continues a job from its record: an order may have been sent.
    void go_on() noexcept;

    // What the owner of the workflow reports. The workflow has checked that it fits the current step.
    void read_clock(unix_seconds now) noexcept;
    /// Called when a wait is over.
    /// @return whether the job goes on as planned; else step_ is the next step
    bool on_waited(unix_seconds now) noexcept;
    void hand_out_request() noexcept;
    workflow_step on_confirmation(bool agreed, unix_seconds now) noexcept;
    workflow_step on_saved(unix_seconds now) noexcept;
    workflow_step on_save_failed() noexcept;

    // The results of requests.
    workflow_step take(expected<look_up_instance::response> const& result) noexcept;
    workflow_step take(expected<status::response> const& result) noexcept;
    workflow_step take(expected<inquire::response> const& result) noexcept;
    workflow_step take(expected<modify::response> const& result) noexcept;
    workflow_step take(expected<cancel::response> const& result) noexcept;
    template <class Response>
        requires ledger_response<Response>
    workflow_step take(expected<Response> const& result) noexcept;

    // What is needed to make the requests.
    [[nodiscard]] bool cancels() const noexcept { return record_.what == workflow_record::goal::cancel; }
    /// Whether an order of this job may have been sent.
    [[nodiscard]] bool may_have_ordered() const noexcept { return watch_.fate() != order_fate::none; }
    /// Once the server called a signature expired, looks are signed with the server's time. Orders never are: they are signed with
    /// the time in the saved bytes, so that these say when the signature expires.
    [[nodiscard]] unix_seconds time_for_looks() const noexcept { return server_clock_.time_for(clock_.now()); }
    [[nodiscard]] unix_seconds time_to_sign() const noexcept {
        return phase_ == phase::order ? record_.signed_at : time_for_looks();
    }
    /// Whether a request that failed is repeated by its exchange. Not an order, before which the job must be saved again; not a
    /// look of the watch, which has its own rules; and not a question to the ledger.
    [[nodiscard]] bool repeats_attempts() const noexcept {
        return phase_ < phase::order && phase_ != phase::read_ledger_before;
    }

    // What begins a phase or a step. Each returns the next step.
    workflow_step begin(phase next_phase) noexcept;
    workflow_step begin_phase() noexcept;
    workflow_step send_request() noexcept;
    workflow_step wait(milliseconds time) noexcept;

private:
    [[nodiscard]] workflow_options const& options() const noexcept { return record_.options; }
    [[nodiscard]] milliseconds look_interval() const noexcept;

    // Before the order, in workflow_looks.hpp.
    [[nodiscard]] expected<void> validate_order() const noexcept;
    workflow_step find() noexcept;
    [[nodiscard]] bool is_forbidden() noexcept;
    workflow_step on_status(std::optional<observed_package> const& seen, status::response const& response) noexcept;
    workflow_step begin_order() noexcept;
    workflow_step on_failed_look_before_order(error const& failure) noexcept;
    workflow_step on_unclear_look_before_order(error const& why) noexcept;

    // The order, in workflow_order.hpp.
    workflow_step ask_caller() noexcept;
    workflow_step save() noexcept;
    workflow_step hand_out_bytes() noexcept;
    workflow_step on_accepted() noexcept;
    workflow_step on_not_accepted(error const& failure) noexcept;
    workflow_step on_not_sent(error const& failure) noexcept;

    // After the order, in workflow_looks.hpp.
    [[nodiscard]] observed_goal goal() const noexcept { return {cancels(), record_.target, record_.before}; }
    workflow_step begin_watch() noexcept;
    workflow_step on_failed_look(error const& failure) noexcept;
    workflow_step on_look(std::optional<observed_package> const& seen) noexcept;
    workflow_step look_again(std::int64_t server_wait) noexcept;
    workflow_step ask_ledger() noexcept;
    workflow_step on_ledger_read(std::optional<ledger_evidence> const& shown) noexcept;

    // The end.
    workflow_step end_at_deadline() noexcept;
    workflow_step end_without_order(error const& why) noexcept;
    workflow_step end_refused() noexcept;
    workflow_step end_watch() noexcept;
    workflow_step conclude() noexcept;
    [[nodiscard]] bool wants_ledger() const noexcept;
    workflow_step finish() noexcept;

protected:
    /// null when the client has none; then no request can be made
    service const* service_;
    retry_policy const* retry_;
    workflow_record record_;
    workflow_bytes bytes_;
    // a job begins as if a wait were over
    movable_step<workflow_step> step_{workflow_step{workflow_step::kind::wait_for}};
    std::uint32_t jitter_ = 0;
    std::uint32_t attempts_ = 0;             ///< to send the order
    std::uint32_t confirmations_asked_ = 0;  ///< to the caller
    std::uint8_t unclear_looks_ = 0;
    std::uint8_t rounds_ = 0;  ///< how often the looks were too old for the order
    phase phase_ = phase::find_instance;
    bool is_taken_ = false;                                    ///< take_request() returned the request of this step
    bool is_confirmed_ = false;                                ///< the caller agreed to what is known now
    traffic_package_prediction::kind confirmed_prediction_{};  ///< what the caller agreed to
    bool is_stored_ = false;                                   ///< the job's bytes were stored before
    bool needs_last_look_ = false;                             ///< a resumed job looks once, even after its deadline
    bool server_wait_is_too_long_ = false;                     ///< the server asked for a longer wait than is left
    /// the job was resumed after its deadline, and may look once
    bool is_late_ = false;
    /// the workflow has a client for the ledger
    bool has_ledger_ = false;
    /// the ledger was asked before the order, with or without success
    bool has_read_ledger_ = false;

    job_clock clock_{};
    std::optional<unix_seconds> server_time_{};
    server_clock server_clock_{};
    order_watch watch_{};
    ledger_comparison comparison_{};
    std::optional<decimal> purchasing_power_{};
    traffic_package_state state_{};
    traffic_package_prediction prediction_{};
    price_list prices_{};
    workflow_verdict verdict_{};
};

inline void workflow_job::read_clock(unix_seconds now) noexcept {
    if (!clock_.has_begun() && !may_have_ordered()) {
        record_.began_at = now;
    }
    clock_.take_reading(now, options().deadline);
}

inline bool workflow_job::on_waited(unix_seconds now) noexcept {
    read_clock(now);
    if (clock_.is_past_deadline() && !needs_last_look_) {
        end_at_deadline();
        return false;
    }
    if (server_wait_is_too_long_) {
        end_watch();
        return false;
    }
    is_late_ = needs_last_look_ && clock_.is_past_deadline();
    needs_last_look_ = false;
    return true;
}

inline workflow_step workflow_job::begin(phase next_phase) noexcept {
    phase_ = next_phase;
    return begin_phase();
}

inline workflow_step workflow_job::begin_phase() noexcept {
    switch (phase_) {
    case phase::read_ledger_before: comparison_.begin_before(clock_.now()); return ask_ledger();
    case phase::find_instance: return find();
    case phase::save: return save();
    case phase::save_response: return hand_out_bytes();
    case phase::watch: clock_.begin_watch(); break;
    case phase::read_ledger_after: comparison_.begin_after(record_); return ask_ledger();
    case phase::read_status:
    case phase::price:
    case phase::order: break;
    }
    return send_request();
}

inline workflow_step workflow_job::send_request() noexcept {
    is_taken_ = false;
    return step_ = {workflow_step::kind::send};
}

inline workflow_step workflow_job::wait(milliseconds time) noexcept {
    return step_ = {workflow_step::kind::wait_for, clock_.wait(time.count())};
}

inline milliseconds workflow_job::look_interval() const noexcept {
    constexpr milliseconds least(1000);
    return options().look_interval < least ? least : options().look_interval;
}

// ---- The end: the verdict (tests/docs/money.md, "The verdict"), from the last look and from what is known of the order

/// The error for an order that the API would refuse, by its documentation.
[[nodiscard]] constexpr error documented_refusal(api_code code) noexcept {
    error refusal = error::make(errc::would_be_refused, blame::local, description_of(code).meaning);
    refusal.api_code = code;
    refusal.api_code_text.assign(description_of(code).spelling);
    return refusal;
}

/// The error of a job that orders nothing, because its looks had to be signed with the server's time.
[[nodiscard]] constexpr error wrong_clock(std::optional<std::int64_t> offset_seconds) noexcept {
    error failure = error::make(
        errc::invalid_timestamp, blame::local,
        "the server's clock is another one: orders are signed by the caller's clock, which has to be set first");
    failure.clock_offset_seconds = offset_seconds;
    return failure;
}

/// Sets the failure of the verdict, by the last look and by what is known of the order.
constexpr void explain(workflow_verdict& verdict, observation last,
                       std::optional<error> const& order_failure) noexcept {
    using kind = workflow_verdict::order_kind;
    if (last == observation::foreign) {
        verdict.failure = error::make(errc::conflicting_change, blame::remote, "somebody else changed the instance");
    }
    if (last == observation::too_late) {
        verdict.failure = verdict.order == kind::none
                              ? documented_refusal(api_code::operation_denied_downgrade_not_exist)
                              : error(error::make(errc::conflicting_change, blame::remote,
                                                  "the planned downgrade came before its cancellation"));
    }
    if (verdict.order == kind::unknown && order_failure) {
        verdict.failure = order_failure;
        verdict.failure->code = errc::outcome_unknown;
    }
    if (verdict.failure) {
        verdict.failure->outcome = verdict.order == kind::accepted  ? outcome::executed
                                   : verdict.order == kind::unknown ? outcome::unknown
                                                                    : outcome::not_executed;
    }
}

/// Adds what the ledger showed to the verdict. When it was asked twice, the stronger evidence stays.
constexpr void add_evidence(workflow_verdict& verdict, std::optional<ledger_evidence> const& shown) noexcept {
    if (shown && (!verdict.ledger || verdict.ledger->what <= shown->what)) {
        verdict.ledger = shown;
    }
}

/// Makes sure that the failure is not error::retryable(): whether to begin another job is the caller's decision.
constexpr void deny_retry(workflow_verdict& verdict) noexcept {
    if (verdict.failure) {
        verdict.failure->reads_only = false;  // else retryable() may say yes
        verdict.failure->code = verdict.failure->retryable() ? errc::not_ordered : verdict.failure->code;
    }
}

inline workflow_step workflow_job::end_at_deadline() noexcept {
    return phase_ == phase::watch
               ? end_watch()
               : end_without_order(error::make(errc::deadline_passed, blame::local, "the deadline passed"));
}

/// Ends a job that sent no order, or none that could have been executed.
inline workflow_step workflow_job::end_without_order(error const& why) noexcept {
    verdict_.failure = why;
    verdict_.failure->outcome = outcome::not_executed;
    return finish();
}

inline workflow_step workflow_job::end_refused() noexcept {
    verdict_.order = workflow_verdict::order_kind::refused;
    verdict_.failure = watch_.failure();
    return finish();
}

/// Ends the watch when its time is over and the goal was not seen.
inline workflow_step workflow_job::end_watch() noexcept {
    if (watch_.last_observation() != observation::under_way) {
        verdict_.failure = error::make(errc::deadline_passed, blame::remote,
                                       watch_.fate() == order_fate::accepted
                                           ? "the order was accepted, and its effect was not seen in time"
                                           : "the goal was not seen in time");
    }
    return conclude();
}

/// Ends the job with what the last look showed.
inline workflow_step workflow_job::conclude() noexcept {
    explain(verdict_, watch_.last_observation(), watch_.failure());
    return finish();
}

/// Whether the ledger is still to be asked. Not when the server asked for a longer wait than is left, and not after the deadline,
/// unless the job was resumed after it.
inline bool workflow_job::wants_ledger() const noexcept {
    return has_ledger_ && phase_ != phase::read_ledger_after && may_have_ordered() && !server_wait_is_too_long_ &&
           (is_late_ || !clock_.is_past_deadline());
}

inline workflow_step workflow_job::finish() noexcept {
    if (wants_ledger()) {
        return begin(phase::read_ledger_after);
    }
    verdict_.instance = instance_shown(watch_.last_observation());
    verdict_.is_changed_further = watch_.last_observation() == observation::reached_and_more;
    if (may_have_ordered()) {
        verdict_.ordered_at = record_.signed_at;
    }
    if (verdict_.order == workflow_verdict::order_kind::unknown) {
        record_.clock_offset = server_clock_.cautious(record_.clock_offset);
        verdict_.acceptable_until = record_.acceptable_until();
    }
    deny_retry(verdict_);
    return step_ = {workflow_step::kind::done};
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/client/detail/workflow_looks.hpp, continued

/// @file
/// The part of a workflow_job that looks at the instance (tests/docs/money.md, "What a look is worth"): before the order, to decide
/// whether there is something to order, and after it, until it takes effect.

namespace ZENWIRE_NAMESPACE::detail {

/// Whether the order obeys the rules of its service. If not, the job ends before anything is sent.
inline expected<void> workflow_job::validate_order() const noexcept {
    if (record_.service.truncated()) {
        // a job with a cut name could not be resumed
        return refuse(errc::invalid_parameter, blame::local,
                      "name and version of the service are longer than limits::word");
    }
    if (options().deadline.count() > unix_seconds::last) {
        return refuse(errc::invalid_parameter, blame::local,
                      "the deadline is after the year 9999: is it in milliseconds?");
    }
    return cancels() || service_ == nullptr ? expected<void>()
                                            : validate(modify{record_.instance_id, record_.target}, *service_);
}

inline workflow_step workflow_job::find() noexcept {
    if (const expected<void> valid = validate_order(); !valid) {
        return end_without_order(valid.error());
    }
    if (has_ledger_ && !has_read_ledger_) {
        return begin(phase::read_ledger_before);
    }
    state_ = {};
    clock_.begin_look();
    record_.looked_at = clock_.now();
    return send_request();
}

inline workflow_step workflow_job::take(expected<look_up_instance::response> const& result) noexcept {
    if (!result) {
        return on_failed_look_before_order(result.error());
    }
    if (result->data_set.empty()) {
        return on_unclear_look_before_order(documented_refusal(api_code::invalid_instance_not_found));
    }
    look_up_instance::summary const& found = result->data_set[0];
    if (found.instance_id != record_.instance_id) {
        return on_unclear_look_before_order(
            error::make(errc::unclear_state, blame::remote, "the API told of another instance", instance_id_field));
    }
    state_.add(found);
    return !cancels() && is_forbidden() ? end_without_order(documented_refusal(prediction_.code))
                                        : begin(phase::read_status);
}

/// Whether the API would refuse the order, by its documentation and by what is known of the instance so far.
inline bool workflow_job::is_forbidden() noexcept {
    prediction_ = cancels() ? traffic_package_prediction{traffic_package_prediction::kind::no_change,
                                                         api_code::unlisted, "the planned downgrade is cancelled"}
                            : predict(state_, record_.target, *service_);
    return prediction_.what == traffic_package_prediction::kind::refused;
}

/// Decides after both looks before the order.
inline workflow_step workflow_job::on_status(std::optional<observed_package> const& seen,
                                             status::response const& response) noexcept {
    if (!seen || (state_.size && *state_.size != seen->size)) {
        return on_unclear_look_before_order(error::make(
            errc::unclear_state, blame::remote, "the looks do not tell the size, or what the package is changed to"));
    }
    state_.add(response);
    if (cancels() && verdict_.size_before && seen->change == observed_package::change_state::idle) {
        // the planned downgrade that an earlier look showed is gone: it was cancelled, or it took effect
        watch_.take_look_before(observe(seen, goal()));
        return conclude();
    }
    is_confirmed_ = is_confirmed_ && record_.before == *seen;
    record_.before = *seen;
    record_.looked_at_by_server = server_time_;
    verdict_.size_before = seen->size;
    watch_.take_look_before(observe(seen, goal()));
    switch (watch_.last_observation()) {
    case observation::reached:
    case observation::planned: return conclude();
    case observation::under_way: phase_ = phase::watch; return wait(look_interval());
    default: return begin_order();
    }
}

inline workflow_step workflow_job::begin_order() noexcept {
    if (is_forbidden()) {
        return end_without_order(documented_refusal(prediction_.code));
    }
    is_confirmed_ = is_confirmed_ && prediction_.what == confirmed_prediction_;
    if (server_clock_.learned()) {
        return end_without_order(wrong_clock(server_clock_.learned()));
    }
    return cancels() ? ask_caller() : begin(phase::price);
}

/// Decides after a look before the order that failed.
inline workflow_step workflow_job::on_failed_look_before_order(error const& failure) noexcept {
    if (failure.clock_offset_seconds && server_time_) {
        server_clock_.learn(*server_time_, clock_.now());
        return on_unclear_look_before_order(wrong_clock(server_clock_.learned()));
    }
    return end_without_order(failure);
}

/// Decides after a look before the order that did not show what it must. The third such look ends the job.
inline workflow_step workflow_job::on_unclear_look_before_order(error const& why) noexcept {
    constexpr std::uint8_t most = 3;
    if (++unclear_looks_ >= most) {
        return end_without_order(why);
    }
    phase_ = phase::find_instance;
    return wait(look_interval());
}

// ---- After the order: looks until it, or somebody else's change to the target, takes effect, and the ledger

inline void workflow_job::go_on() noexcept {
    phase_ = phase::watch;
    needs_last_look_ = true;
    is_stored_ = true;
    verdict_.size_before = record_.before.size;
    watch_.resume(record_);
    verdict_.order = record_.order == workflow_record::order_state::accepted ? workflow_verdict::order_kind::accepted
                                                                             : workflow_verdict::order_kind::unknown;
    verdict_.order_number = record_.order_number;
}

/// The first look comes after a wait; after a refusal at once, because no change has to take effect first.
inline workflow_step workflow_job::begin_watch() noexcept {
    phase_ = phase::watch;
    if (verdict_.looks != 0) {
        return look_again(0);  // the watch was begun before
    }
    return wait(watch_.is_refused() || options().first_look < milliseconds() ? milliseconds() : options().first_look);
}

inline workflow_step workflow_job::take(expected<status::response> const& result) noexcept {
    const bool is_before = phase_ == phase::read_status;
    if (!result) {
        return is_before ? on_failed_look_before_order(result.error()) : on_failed_look(result.error());
    }
    server_clock_.prove();
    const std::optional<observed_package> seen = package_shown(*result, record_.instance_id.view());
    if (is_before) {
        return on_status(seen, *result);
    }
    if (seen) {
        state_.add(*result);
    }
    return on_look(seen);
}

/// Decides after a look after the order that failed.
inline workflow_step workflow_job::on_failed_look(error const& failure) noexcept {
    if (failure.clock_offset_seconds && server_time_) {
        server_clock_.learn(*server_time_, clock_.now());
    }
    if (watch_.take_look(failure) == watch_end::refused) {
        return end_refused();
    }
    return look_again(std::int64_t{1000} * failure.retry_after_seconds.value_or(0));
}

inline workflow_step workflow_job::on_look(std::optional<observed_package> const& seen) noexcept {
    if (seen) {
        ++verdict_.looks;
        verdict_.seen_until = clock_.now();
    }
    switch (watch_.take_look(seen, goal(), clock_, options().settle)) {
    case watch_end::refused: return end_refused();
    case watch_end::concluded: return conclude();
    case watch_end::not_yet: break;
    }
    return look_again(0);
}

/// Waits for the next look, or ends the watch.
/// @param server_wait the wait that the server asked for, in milliseconds
inline workflow_step workflow_job::look_again(std::int64_t server_wait) noexcept {
    if (record_.order == workflow_record::order_state::refused && !watch_.is_refused()) {
        record_.order = workflow_record::order_state::taken;  // a resumed job must not believe the refusal either
        return begin(phase::save_response);
    }
    const std::optional<milliseconds> time = watch_.next_wait(server_wait, clock_, options(), look_interval());
    if (!time) {
        server_wait_is_too_long_ = server_wait > 0;
        return end_watch();
    }
    const workflow_step step = wait(*time);
    server_wait_is_too_long_ = server_wait > step.wait.count();
    return step;
}

inline workflow_step workflow_job::ask_ledger() noexcept {
    if (comparison_.topic() != ledger_topic::nothing) {
        return send_request();
    }
    if (phase_ == phase::read_ledger_after) {
        return on_ledger_read(comparison_.evidence());
    }
    has_read_ledger_ = true;
    purchasing_power_ = comparison_.purchasing_power();
    record_.ledger = comparison_.baseline();
    return begin(phase::find_instance);
}

template <class Response>
    requires ledger_response<Response>
workflow_step workflow_job::take(expected<Response> const& result) noexcept {
    comparison_.take(result);
    return ask_ledger();
}

inline workflow_step workflow_job::on_ledger_read(std::optional<ledger_evidence> const& shown) noexcept {
    add_evidence(verdict_, shown);
    if (watch_.contradict(shown)) {
        verdict_.order = workflow_verdict::order_kind::unknown;
        verdict_.failure.reset();
        phase_ = phase::watch;
        return look_again(0);
    }
    return finish();
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/client/traffic_package_workflow.hpp, continued
// ---- zenwire/client/detail/workflow_order.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_WORKFLOW_ORDER_HPP
#define ZENWIRE_CLIENT_DETAIL_WORKFLOW_ORDER_HPP

#include <cstddef>
#include <cstdint>
#include <optional>


/// @file
/// The part of a workflow_job about the order itself: its price, the question to the caller, the bytes that are stored before the
/// order and after its response, and that response.

namespace ZENWIRE_NAMESPACE::detail {

/// The amount that a price charges at once, after the discount if there is one; nothing when it charges for use only.
[[nodiscard]] constexpr std::optional<decimal> amount_due(price const& each) noexcept {
    return each.discount_price ? each.discount_price : each.original_price;
}

/// The amount that all prices together charge at once; nothing when it is not known. How two such amounts
/// add up is not documented, so with two of them it is not known.
[[nodiscard]] constexpr std::optional<decimal> amount_due(price_list const& prices) noexcept {
    std::optional<decimal> due;
    for (price const& each : prices) {
        if (const std::optional<decimal> part = amount_due(each)) {
            if (due) {
                return std::nullopt;
            }
            due = part;
        }
    }
    return due;
}

/// Whether both have the same prices for use. Amounts that are due at once are not compared.
[[nodiscard]] constexpr bool has_same_usage_price(price const& left, price const& right) noexcept {
    return left.step_prices == right.step_prices && left.unit_price == right.unit_price &&
           left.discount_unit_price == right.discount_unit_price && left.charge_unit == right.charge_unit &&
           left.amount_unit == right.amount_unit && left.excess_unit_price == right.excess_unit_price &&
           left.excess_discount_unit_price == right.excess_discount_unit_price &&
           left.excess_amount_unit == right.excess_amount_unit && left.category == right.category;
}

/// Whether a caller who agreed to the price `confirmed` need not be asked about `latest`: it is the same, or less is due at once.
[[nodiscard]] constexpr bool is_covered(price const& latest, price const& confirmed) noexcept {
    const std::optional<decimal> due = amount_due(latest);
    const std::optional<decimal> agreed = amount_due(confirmed);
    const bool is_lower = due && agreed && *due < *agreed;
    const bool is_equal = latest.discount == confirmed.discount && latest.original_price == confirmed.original_price &&
                          latest.discount_price == confirmed.discount_price;
    return has_same_usage_price(latest, confirmed) && (is_lower || is_equal);
}

/// @copydoc is_covered(price const&, price const&)
[[nodiscard]] constexpr bool is_covered(price_list const& latest, price_list const& confirmed) noexcept {
    bool is_all_covered = latest.size() == confirmed.size();
    for (std::size_t i = 0; is_all_covered && i < latest.size(); ++i) {
        is_all_covered = is_covered(latest[i], confirmed[i]);
    }
    return is_all_covered;
}

inline workflow_step workflow_job::take(expected<inquire::response> const& result) noexcept {
    if (!result) {
        return on_failed_look_before_order(result.error());
    }
    if (result->prices.empty()) {
        return on_unclear_look_before_order(error::make(errc::unclear_state, blame::remote, "the API names no price"));
    }
    const std::optional<decimal> due = amount_due(result->prices);
    const auto is_above = [](decimal const& amount, decimal const& limit) noexcept {
        return amount > limit || (amount == limit && amount.is_rounded());  // which may have been a little more
    };
    if (options().price_limit && (!due || is_above(*due, *options().price_limit))) {
        return end_without_order(
            error::make(errc::price_above_limit, blame::local, "the price is above the limit, or unknown"));
    }
    is_confirmed_ = is_confirmed_ && is_covered(result->prices, prices_);
    prices_ = result->prices;
    record_.confirmed_price = due;
    return ask_caller();
}

/// Asks the caller, unless the caller has agreed to the same before.
inline workflow_step workflow_job::ask_caller() noexcept {
    if (is_confirmed_) {
        return begin(phase::save);
    }
    ++confirmations_asked_;
    return step_ = {workflow_step::kind::confirm};
}

inline workflow_step workflow_job::on_confirmation(bool agreed, unix_seconds now) noexcept {
    read_clock(now);
    if (!agreed) {
        return end_without_order(error::make(errc::not_confirmed, blame::local, "the caller did not confirm"));
    }
    if (clock_.is_past_deadline()) {
        return end_at_deadline();
    }
    confirmed_prediction_ = prediction_.what;
    is_confirmed_ = true;
    return begin(phase::save);
}

inline workflow_step workflow_job::save() noexcept {
    constexpr std::uint8_t max_rounds = 10;  // any number; the looks of a round are too old after a minute
    if (clock_.is_too_old(record_.looked_at)) {
        if (++rounds_ >= max_rounds) {
            return end_without_order(
                error::make(errc::save_failed, blame::local, "confirming or storing took over a minute, ten times"));
        }
        has_read_ledger_ = false;
        return begin(phase::find_instance);
    }
    record_.signed_at = clock_.now();
    record_.order = workflow_record::order_state::taken;
    return hand_out_bytes();
}

inline workflow_step workflow_job::hand_out_bytes() noexcept {
    record_.clock_offset = server_clock_.cautious(record_.clock_offset);
    bytes_ = workflow_bytes(record_);
    return step_ = {workflow_step::kind::save};
}

inline workflow_step workflow_job::on_saved(unix_seconds now) noexcept {
    read_clock(now);
    is_stored_ = true;
    if (phase_ == phase::save_response) {
        return begin_watch();
    }
    if (clock_.is_past_deadline()) {
        return end_at_deadline();
    }
    return begin(clock_.is_too_old(record_.signed_at) ? phase::save : phase::order);
}

inline workflow_step workflow_job::on_save_failed() noexcept {
    if (phase_ == phase::save_response) {
        return begin_watch();
    }
    return end_without_order(error::make(errc::save_failed, blame::local, "the job could not be stored"));
}

/// Called when take_request() returns the request. If that is the order, it may have been sent from then on.
inline void workflow_job::hand_out_request() noexcept {
    is_taken_ = true;
    if (phase_ == phase::order) {
        watch_.hand_out();
        verdict_.order = workflow_verdict::order_kind::unknown;
    }
}

inline workflow_step workflow_job::take(expected<modify::response> const& result) noexcept {
    if (result) {
        record_.order_number = result->order_number;
    }
    return result ? on_accepted() : on_not_accepted(result.error());
}

inline workflow_step workflow_job::take(expected<cancel::response> const& result) noexcept {
    return result ? on_accepted() : on_not_accepted(result.error());
}

inline workflow_step workflow_job::on_accepted() noexcept {
    watch_.note_acceptance();
    verdict_.order = workflow_verdict::order_kind::accepted;
    verdict_.order_number = record_.order_number;
    record_.order = workflow_record::order_state::accepted;
    return begin(phase::save_response);
}

inline workflow_step workflow_job::on_not_accepted(error const& failure) noexcept {
    const order_fate known = watch_.take_failure(failure);
    if (known == order_fate::none) {
        verdict_.order = workflow_verdict::order_kind::none;
        return on_not_sent(failure);
    }
    verdict_.order = workflow_verdict::order_kind::unknown;
    if (known == order_fate::unknown) {
        return begin_watch();
    }
    record_.order = workflow_record::order_state::refused;
    record_.refusal_code = failure.api_code_text;
    record_.refusal_status = failure.http_status;
    record_.refusal_wait_seconds = failure.retry_after_seconds;
    return begin(phase::save_response);
}

/// Nothing was sent. When trying again may help, the job is saved again, and the order sent again.
inline workflow_step workflow_job::on_not_sent(error const& failure) noexcept {
    ++attempts_;
    if (failure.cause != errc::not_sent || attempts_ >= options().max_attempts) {
        return end_without_order(failure);
    }
    retry_policy policy = *retry_;
    policy.max_attempts = options().max_attempts;
    phase_ = phase::save;
    return wait(retry_wait(policy, failure, attempts_, jitter_).value_or(look_interval()));
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/client/traffic_package_workflow.hpp, continued
// ---- zenwire/client/request_exchange.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_REQUEST_EXCHANGE_HPP
#define ZENWIRE_CLIENT_REQUEST_EXCHANGE_HPP

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

// ---- zenwire/client/transport.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_TRANSPORT_HPP
#define ZENWIRE_CLIENT_TRANSPORT_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>


/// @file
/// What the user brings: a zenwire::transport, which is the function that sends HTTP, and a zenwire::runtime, with a clock. Also
/// transport_error, what a transport returns after a failure, and response_adapter, by which the library reads its responses.

namespace ZENWIRE_NAMESPACE {

/// What a transport knows of a request without a response.
enum class transport_failure : unsigned char {
    /// The request may be carried out, even after the transport gave up. First, so that a zero-initialised value means unknown.
    unknown,
    /// Not one byte of the request left this machine: no name, no connection, no TLS session. To be used only when that is certain.
    not_sent,
};

template <>
inline constexpr detail::enum_row<transport_failure> detail::enum_names<transport_failure>[] = {
    {transport_failure::unknown, "unknown"},
    {transport_failure::not_sent, "not_sent"},
};

/// Why a transport has no response. Made from a transport_failure alone, or with a text for people.
struct transport_error {
    /// Without a text.
    constexpr transport_error(transport_failure what) noexcept : failure(what) {}
    /// With a text for people, cut to limits::message bytes.
    constexpr transport_error(transport_failure what, std::string_view why) noexcept : failure(what), message(why) {}

    /// What is known of the request.
    transport_failure failure;
    /// for people
    inline_string<limits::message> message{};
};

namespace detail {

/// Has a `status` that is a number.
template <class Response>
concept has_status = requires(Response const& response) { response.status; } &&
                     std::is_convertible_v<decltype((std::declval<Response const&>().status)), int>;

/// Has a `body` that is text: the member of a constant response, hence the second parentheses here and above.
template <class Response>
concept has_body = requires(Response const& response) { response.body; } &&
                   std::is_convertible_v<decltype((std::declval<Response const&>().body)), std::string_view>;

/// Can be called with a `request_view const&`.
template <class Function>
concept request_callable = requires(Function& function, request_view const& request) { function(request); };

/// Has a value or an error, like `zenwire::expected` and `std::expected`.
template <class Result>
concept expected_like = requires(Result const& result) {
    static_cast<bool>(result);
    *result;
    result.error();
};

/// Has an error that says `not_sent` or `unknown`: a transport_error, a transport_failure, or what converts to one.
template <class Result>
concept transport_error_bearing =
    std::is_convertible_v<decltype(std::declval<Result const&>().error()), transport_error>;

/// What a transport returns.
template <class Result>
concept transport_result =
    expected_like<Result> && transport_error_bearing<Result> && has_status<decltype(*std::declval<Result const&>())> &&
    has_body<decltype(*std::declval<Result const&>())>;

/// Whether the text of a response can live as long as the response. A type of the user's is trusted to own its text. A
/// response_view owns nothing, so its text must live in the transport. A function or a captureless lambda has no place for it.
template <class Transport, class Result>
concept response_has_an_owner =
    !std::is_same_v<std::remove_cvref_t<decltype(*std::declval<Result const&>())>, response_view> ||
    !(std::is_empty_v<Transport> || std::is_function_v<std::remove_pointer_t<Transport>>);

}  // namespace detail

/// The user's function that sends HTTP, for example a lambda. It takes a request_view and returns an expected of
/// zenwire, std or the like: its value has `status`, `body` and, if possible, `fields`; its error converts to a
/// transport_error.
///
/// Its duties: send fields and body as they are, once, whatever happens to the connection; follow no redirect; limit time and
/// size of the response; verify the server's certificate; report `not_sent` only when not one byte can have left, and `unknown`
/// for every other failure, also for exceptions; treat an incomplete response as none. transport_conformance.hpp tests them.
///
/// `fields` is a field_list, a span of field, or any range of elements with `name` and `value` or `first` and `second`.
template <class Transport>
concept transport =
    detail::request_callable<Transport> &&
    detail::transport_result<decltype(std::declval<Transport&>()(std::declval<request_view const&>()))> &&
    detail::response_has_an_owner<std::remove_cvref_t<Transport>,
                                  decltype(std::declval<Transport&>()(std::declval<request_view const&>()))>;

/// Any response of a transport as a response_view: refers to it, and to the few of its fields that the library reads.
class response_adapter {
public:
    /// @param response must outlive the adapter
    template <class Response>
    constexpr explicit response_adapter(Response const& response ZENWIRE_LIFETIMEBOUND) noexcept;
    response_adapter(response_adapter const&) = delete;
    response_adapter& operator=(response_adapter const&) = delete;

    /// The response. A view of this object and of the transport's response.
    [[nodiscard]] constexpr response_view const& view() const noexcept ZENWIRE_LIFETIMEBOUND { return view_; }

private:
    constexpr void keep(std::string_view name, std::string_view value) noexcept;

    static constexpr std::string_view kept_names[] = {"cf-mitigated", "date", "retry-after"};
    std::array<field, std::size(kept_names)> kept_{};
    std::size_t count_ = 0;
    response_view view_{};
};

namespace detail {

/// Calls `take(name, value)` for each field of a response, whatever its fields are.
template <class Fields, class Take>
constexpr void for_each_field(Fields const& fields, Take&& take) {
    if constexpr (std::is_convertible_v<Fields const&, field_list>) {
        for (const field each : static_cast<field_list>(fields)) {
            take(each.name, each.value);
        }
    } else {
        for (auto&& each : fields) {
            using element = std::remove_reference_t<decltype(each)>;
            static_assert(std::is_lvalue_reference_v<decltype(each)> || std::is_trivially_destructible_v<element>,
                          "the library keeps views of the fields of a response, but these own texts that vanish: keep "
                          "them in a container");
            if constexpr (requires { each.name; }) {
                take(each.name, each.value);
            } else {
                take(each.first, each.second);
            }
        }
    }
}

}  // namespace detail

template <class Response>
constexpr response_adapter::response_adapter(Response const& response) noexcept {
    view_.status = static_cast<int>(response.status);
    view_.body = std::string_view(response.body);
    if constexpr (requires { response.fields; }) {
        if constexpr (std::is_convertible_v<decltype((response.fields)), field_list>) {
            view_.fields = response.fields;
        } else {
            detail::for_each_field(response.fields,
                                   [&](std::string_view name, std::string_view value) noexcept { keep(name, value); });
            view_.fields = field_list(std::span<field const>(kept_).first(count_));
        }
    }
}

constexpr void response_adapter::keep(std::string_view name, std::string_view value) noexcept {
    for (const std::string_view wanted : kept_names) {
        // only the first field of each name is kept
        const field_list kept(std::span<field const>(kept_).first(count_));
        if (detail::ascii::equal_ignoring_case(name, wanted) && kept.find(wanted) == count_) {
            kept_[count_++] = {name, value};
        }
    }
}

namespace detail {

template <class Runtime>
concept has_clock = requires(Runtime& runtime) {
    { runtime.now() } -> std::same_as<unix_seconds>;
};
template <class Runtime>
concept has_sleep = requires(Runtime& runtime, milliseconds time) { runtime.sleep_for(time); };
template <class Runtime>
concept has_jitter = requires(Runtime& runtime) {
    { runtime.jitter() } -> std::convertible_to<std::uint32_t>;
};

}  // namespace detail

/// What the user's program does for the library: it tells the time, waits, and gives random bits.
///
/// | call | returns |
/// |---|---|
/// | `now()` | the present time |
/// | `sleep_for(milliseconds)` | after that time |
/// | `jitter()` | any 32 bits, to spread retries; always 0 will do in a test |
template <class Runtime>
concept runtime = detail::has_clock<Runtime> && detail::has_sleep<Runtime> && detail::has_jitter<Runtime>;

namespace detail {

/// Makes the error for a failure of a transport.
[[nodiscard]] constexpr error make_transport_error(transport_error const& failure, bool reads_only) noexcept {
    const bool not_sent = failure.failure == transport_failure::not_sent;
    error result =
        error::make(not_sent ? errc::not_sent : errc::transport_failed, blame::transport,
                    not_sent ? "the request was not sent" : "the request may have been sent, but no response came");
    if (!failure.message.empty()) {
        result.message = failure.message;
    }
    result.outcome = not_sent ? outcome::not_executed : outcome::unknown;
    result.reads_only = reads_only;
    return result;
}

// Compiler messages for a transport or a runtime that lacks something. Each function that takes them has a second overload for what
// does not meet the concepts, whose explain() fails with a sentence: without it, compilers would say that no function matches.

/// Whether one of the arguments does not meet its concept.
template <class Transport, class Runtime>
concept needs_explanation = !transport<Transport> || !runtime<Runtime>;

/// Fails to compile, with a static_assert that says what is missing.
template <class Transport, class Runtime>
constexpr void explain() noexcept {
    static_assert(request_callable<Transport>, "a transport must be callable with a 'zenwire::request_view const&'");
    if constexpr (request_callable<Transport>) {
        using result = decltype(std::declval<Transport&>()(std::declval<request_view const&>()));
        static_assert(expected_like<result>, "a transport must return an expected, "
                                             "zenwire::expected<response, zenwire::transport_error> for example");
        if constexpr (expected_like<result>) {
            using response = decltype(*std::declval<result const&>());
            static_assert(transport_error_bearing<result>,
                          "the error that a transport returns must be a zenwire::transport_error or "
                          "a zenwire::transport_failure");
            static_assert(has_status<response>,
                          "the response that a transport returns must have a member 'status' that is a number");
            static_assert(has_body<response>,
                          "the response that a transport returns must have a member 'body' that is text");
            static_assert(
                response_has_an_owner<std::remove_cvref_t<Transport>, result>,
                "a zenwire::response_view owns nothing, and this transport has no member that could: return a response "
                "with a std::string as its body");
        }
    }
    static_assert(has_clock<Runtime>, "a runtime must have a clock: a member now() that returns zenwire::unix_seconds");
    static_assert(has_sleep<Runtime>, "a runtime must have a member sleep_for(zenwire::milliseconds)");
    static_assert(has_jitter<Runtime>,
                  "a runtime must have a member jitter() that returns 32 random bits; 0 will do in a test");
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/request_exchange.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// What the owner of a request_exchange has to do next.
struct exchange_step {
    /// The kinds of steps.
    enum class kind : unsigned char {
        send,      ///< send request_exchange::request(), then call receive() or send_failed()
        wait_for,  ///< let `wait` pass, then call next()
        done,      ///< request_exchange::result() is there
    };
    kind what;            ///< which one it is
    milliseconds wait{};  ///< only for `wait_for`

    /// Whether both are the same step.
    [[nodiscard]] friend constexpr bool operator==(exchange_step const&, exchange_step const&) noexcept = default;
};

template <>
inline constexpr detail::enum_row<exchange_step::kind> detail::enum_names<exchange_step::kind>[] = {
    {exchange_step::kind::send, "send"},
    {exchange_step::kind::wait_for, "wait_for"},
    {exchange_step::kind::done, "done"},
};

/// The outcome of one attempt to send an action: for logs and metrics. An observer may use its views during the call; those that
/// request_exchange::last_attempt() returns are valid until the exchange changes.
struct attempt_report {
    std::uint32_t number = 0;        ///< the number of the attempt, counted from 1
    int http_status = 0;             ///< the HTTP status; 0 when no response came
    std::string_view request_id{};   ///< the id that the service gave the request; empty when there was none
    error const* failure = nullptr;  ///< how it failed; null when it succeeded
    /// how long the exchange waits before the next attempt; nothing after the last one
    std::optional<milliseconds> wait{};
};

namespace detail {

/// Fails to compile for a type that should be an action and is none, with a static_assert that says what it lacks.
template <class Action>
constexpr bool explain_action() noexcept {
    static_assert(
        requires { typename Action::response; },
        "an action must have a type 'response' in it: struct response : zenwire::basic_response {}; for example");
    static_assert(
        requires(Action const& action) {
            { action.name } -> std::convertible_to<std::string_view>;
        }, "an action must have a 'name': static constexpr std::string_view name = \"DescribeZones\"; for example");
    static_assert(
        requires(Action const& action) {
            { reads_only(action) } -> std::same_as<bool>;
        }, "an action must say whether it changes nothing: static constexpr bool reads_only = false; when in doubt");
    static_assert(writable_as_body<Action>,
                  "an action must name its parameters: static constexpr auto members() that returns "
                  "zenwire::member_list(...), empty where there are none");
    static_assert(
        requires(Action const& action, service const& service) {
            { validate(action, service) } -> std::same_as<expected<void>>;
        }, "an action needs a function in its namespace: zenwire::expected<void> validate(action const&, "
           "zenwire::service const&)");
    return true;
}

}  // namespace detail

/// One action from the first attempt to its result, without I/O: drive it from any event loop.
///
///     next(now) -> send -> receive(...) or send_failed(...) -> done, or wait_for -> next(now) -> send ...
///
/// Each attempt is signed afresh, with the time that is passed to next(). An attempt is repeated only when error::retryable()
/// allows it: an action that orders is sent again only if it was not sent before; with an unknown outcome it ends in
/// errc::outcome_unknown. If sending throws, call send_failed() with transport_failure::unknown, or treat the outcome as unknown.
/// Calls that do not fit the current step change nothing and return that step again.
///
/// Owns the action; refers to the client, which must outlive it. What it was moved from is done, and sends nothing. No heap,
/// except for an action that needs it for its response: such an action also uses it for a body longer than limits::request_body.
/// The body of a raw_action is not copied.
template <class Action, credential Credential>
class request_exchange {
    static_assert(detail::explain_action<Action>());

public:
    /// The result of the action.
    using result_type = expected<typename Action::response>;

    /// @{
    /// @param client must outlive the exchange
    /// @param action is copied, or moved from
    request_exchange(client<Credential> const& client ZENWIRE_LIFETIMEBOUND, Action const& action) noexcept
        : client_(&client), action_(action) {}
    request_exchange(client<Credential> const& client ZENWIRE_LIFETIMEBOUND, Action&& action) noexcept
        : client_(&client), action_(std::move(action)) {}
    /// @}
    request_exchange(client<Credential> const&&, Action const&) = delete;  // the client must outlive it: give it a name

    /// To be called at the beginning and after each wait: signs the action for `now`.
    exchange_step next(unix_seconds now) noexcept;

    /// The request to send, in a step `send`; valid until the next call that changes the step. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND {
        return step_.what == exchange_step::kind::send ? request_->value().view() : request_view{};
    }

    /// Takes the response. Its memory is not needed afterwards.
    /// @param now used when `retry-after` is a date
    /// @param jitter 32 random bits, see retry_wait()
    exchange_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept;

    /// To be called when there will be no response.
    /// @param jitter 32 random bits, see retry_wait()
    exchange_step send_failed(transport_error const& failure, std::uint32_t jitter = 0) noexcept;

    /// The current step.
    [[nodiscard]] exchange_step step() const noexcept { return step_; }
    /// How many attempts were made.
    [[nodiscard]] std::uint32_t attempts() const noexcept { return attempts_; }
    /// When the current attempt was signed.
    [[nodiscard]] unix_seconds signed_at() const noexcept { return signed_at_; }
    /// The outcome of the last attempt, right after receive() or send_failed(). Before the first attempt its number is 0.
    [[nodiscard]] attempt_report last_attempt() const noexcept ZENWIRE_LIFETIMEBOUND;
    /// The result; before the step `done` an error that says so.
    [[nodiscard]] result_type const& result() const& noexcept ZENWIRE_LIFETIMEBOUND { return *result_; }
    /// @copydoc result()
    [[nodiscard]] result_type result() && noexcept { return *std::move(result_); }

private:
    using request_of = detail::request_of<Action>;

    /// The request id of a response, or of an owned_response.
    template <class Response>
    static std::string_view request_id_of(Response const& response) noexcept {
        if constexpr (requires { response.request_id; }) {
            return response.request_id;
        } else {
            return response->request_id;
        }
    }

    static error make_pending_error() noexcept;

    /// Removes the token, or the signature, from the texts of an error: an error page may quote the request.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void mask_secrets(error& failure) const noexcept;

    /// Makes the result say that the outcome is unknown, until there is a response.
    void expect_response() noexcept;

    // returns its argument, not step_: to read step_ right after writing it in pieces makes processors wait
    exchange_step go_to(exchange_step step) noexcept {
        step_ = step;
        return step;
    }

    /// Decides after an error: waits for another attempt, or ends with the error.
    exchange_step end_failed(std::uint32_t jitter) noexcept;

    exchange_step finish(error const& failure) noexcept {
        result_.emplace(unexpect, failure);
        return end();
    }

    exchange_step end() noexcept {
        request_.reset();
        return go_to({exchange_step::kind::done});
    }

    client<Credential> const* client_;
    Action action_;
    // an exchange begins as if a wait were over
    detail::movable_step<exchange_step> step_{exchange_step{exchange_step::kind::wait_for}};
    std::uint32_t attempts_ = 0;
    unix_seconds signed_at_{};
    std::optional<expected<typename request_of::type>> request_{};
    // never empty; an optional, because that can construct a new result in place
    std::optional<result_type> result_{std::in_place, unexpect, detail::made_by(make_pending_error)};
};

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::next(unix_seconds now) noexcept {
    if (step_.what != exchange_step::kind::wait_for) {
        return step_;
    }
    auto const& prepared = client_->prepared();
    if (!prepared) {
        return finish(prepared.error());
    }
    request_.emplace(detail::made_by(
        [&]() noexcept { return request_of::make(action_, *prepared, client_->used_credential(), now); }));
    if (!request_->has_value()) {
        return finish(request_->error());
    }
    signed_at_ = now;
    ++attempts_;
    expect_response();
    return go_to({exchange_step::kind::send});
}

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::receive(response_view const& response, unix_seconds now,
                                                            std::uint32_t jitter) noexcept {
    if (step_.what != exchange_step::kind::send) {
        return step_;
    }
    result_.emplace(
        detail::made_by([&]() noexcept { return parse_response(action_, client_->prepared()->service(), response); }));
    if (result_->has_value()) {
        return end();
    }
    error& failure = result_->error();
    mask_secrets(failure);
    if (!failure.retry_after_seconds) {
        failure.retry_after_seconds = retry_after_seconds(response, now);
    }
    if (failure.api_code == api_code::authfailure_signature_expired) {
        if (const auto server = server_time(response)) {
            failure.clock_offset_seconds = server->count() - signed_at_.count();
        }
    }
    return end_failed(jitter);
}

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::send_failed(transport_error const& failure,
                                                                std::uint32_t jitter) noexcept {
    if (step_.what != exchange_step::kind::send) {
        return step_;
    }
    result_.emplace(unexpect, detail::made_by([&]() noexcept {
                        return detail::make_transport_error(failure, reads_only(action_));
                    }));
    return end_failed(jitter);
}

template <class Action, credential Credential>
attempt_report request_exchange<Action, Credential>::last_attempt() const noexcept {
    attempt_report report;
    report.number = attempts_;
    if (result_->has_value()) {
        constexpr int ok = 200;
        report.http_status = ok;
        report.request_id = request_id_of(**result_);
    } else {
        report.failure = &result_->error();
        report.http_status = report.failure->http_status;
        report.request_id = report.failure->request_id;
    }
    if (step_.what == exchange_step::kind::wait_for && attempts_ != 0) {
        report.wait = step_.wait;
    }
    return report;
}

template <class Action, credential Credential>
error request_exchange<Action, Credential>::make_pending_error() noexcept {
    // member by member: compilers make a dozen stores of this, but two calls of a refusal
    error pending;
    pending.code = errc::not_sent;
    pending.cause = errc::not_sent;
    pending.message.assign("the exchange is not done");
    return pending;
}

template <class Action, credential Credential>
void request_exchange<Action, Credential>::mask_secrets(error& failure) const noexcept {
    constexpr std::string_view bearer = "Bearer ";
    std::string_view secret = request_->value().view().fields.value_of("authorization");
    secret.remove_prefix(secret.starts_with(bearer) ? bearer.size() : secret.rfind('=') + 1);
    failure.api_code_text = detail::mask_secret(failure.api_code_text, secret);
    failure.request_id = detail::mask_secret(failure.request_id, secret);
    failure.message = detail::mask_secret(failure.message, secret);
    failure.excerpt = detail::mask_secret(failure.excerpt, secret);
}

template <class Action, credential Credential>
void request_exchange<Action, Credential>::expect_response() noexcept {
    if (attempts_ > 1) {
        result_.emplace(unexpect, detail::made_by(make_pending_error));
    }
    error& pending = result_->error();
    pending.code = errc::transport_failed;
    pending.cause = errc::transport_failed;
    pending.blame = blame::transport;
    pending.outcome = outcome::unknown;
    pending.reads_only = reads_only(action_);
}

template <class Action, credential Credential>
exchange_step request_exchange<Action, Credential>::end_failed(std::uint32_t jitter) noexcept {
    error& failure = result_->error();
    if (const auto wait = retry_wait(client_->retry(), failure, attempts_, jitter)) {
        return go_to({exchange_step::kind::wait_for, *wait});
    }
    if (failure.outcome == outcome::unknown && !failure.reads_only) {
        failure.code = errc::outcome_unknown;
    }
    return end();
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/traffic_package_workflow.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// The whole job of changing a traffic package, without I/O: look at the instance, predict, ask for the price, confirm, save,
/// order, watch. Cancelling a planned downgrade is the same job with another goal.
///
/// One job hands out one order. When its outcome is unknown, the job looks at the instance, and never orders again. If that does
/// not tell, the verdict says so, and until when the order may still be accepted. Another order is another job, which somebody
/// must begin, with looks, price and confirmation of its own.
///
/// If the process is killed at any point, another one can resume the job from the bytes of the last `save` step; then it only
/// looks.
///
/// Calls that do not fit the current step change nothing and return that step again. In a step `wait_for`, next() says that the
/// wait is over; in other steps it may always be called. The clock may go back or stand still. Refers to the client, which must
/// outlive it. No heap; about 18 KiB.
template <credential Credential>
class traffic_package_workflow : detail::workflow_job {
public:
    /// A job that changes the traffic package of the instance to that size.
    [[nodiscard]] static traffic_package_workflow change(client<Credential> const& client ZENWIRE_LIFETIMEBOUND,
                                                         instance_id const& instance, traffic_package_size target,
                                                         workflow_options const& options = {}) noexcept;
    static traffic_package_workflow change(  // the client must outlive the job: give it a name
        client<Credential> const&&, instance_id const&, traffic_package_size, workflow_options const& = {}) = delete;

    /// A job that cancels the planned downgrade of the instance.
    [[nodiscard]] static traffic_package_workflow cancel_downgrade(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, instance_id const& instance,
        workflow_options const& options = {}) noexcept;
    static traffic_package_workflow cancel_downgrade(  // the client must outlive the job: give it a name
        client<Credential> const&&, instance_id const&, workflow_options const& = {}) = delete;

    /// Resumes a job whose process ended after a `save` step. It orders nothing, and looks for the effect of the order at least
    /// once, even after its deadline.
    /// @param bytes what saved_bytes() returned last; not needed afterwards
    /// @param options used in place of the job's own options when they are stricter
    /// @return what workflow_bytes::parse() returns; errc::another_service, errc::another_endpoint, errc::another_account. The
    ///         `outcome` of these errors is that of the job's order, as far as it is known
    [[nodiscard]] static expected<traffic_package_workflow> resume(
        client<Credential> const& client ZENWIRE_LIFETIMEBOUND, std::span<char const> bytes,
        workflow_options const& options = {}, resume_check check = resume_check::all) noexcept;
    static expected<traffic_package_workflow> resume(  // the client must outlive the job: give it a name
        client<Credential> const&&, std::span<char const>, workflow_options const& = {},
        resume_check = resume_check::all) = delete;

    /// Makes the job ask the ledger, too: the bills and transactions of the account. Before the order it asks how much
    /// the account may spend, and which orders the ledger has; at the end, what is new (workflow_verdict::ledger). This
    /// needs the permission to read bills; if that is missing, the job goes on without the ledger. Only for a change;
    /// used from the next round of looks on.
    /// @param ledger for services::zbc_2024_08_08, with the same credential; must outlive the job
    /// @return errc::another_service, errc::another_account, or the error of `ledger.prepared()`: then the ledger is not asked
    expected<void> consult(client<Credential> const& ledger ZENWIRE_LIFETIMEBOUND) noexcept;
    expected<void> consult(client<Credential> const&& ledger) = delete;

    /// The current step.
    [[nodiscard]] workflow_step step() const noexcept { return step_; }

    /// To be called at the beginning, and after each wait.
    workflow_step next(unix_seconds now) noexcept {
        if (step_.what != workflow_step::kind::wait_for) {
            return step_;
        }
        if (!on_waited(now)) {
            return carry_out(step_);
        }
        const bool is_paused = !std::holds_alternative<std::monostate>(exchange_);
        return is_paused ? follow(with_exchange([&](auto& exchange) { return exchange.next(time_for_looks()); }))
                         : carry_out(begin_phase());
    }

    /// The request to send. Only the first call in each step `send` returns it; later calls return an empty request. A view of this
    /// object.
    [[nodiscard]] request_view take_request() noexcept ZENWIRE_LIFETIMEBOUND {
        if (step_.what != workflow_step::kind::send || is_taken_) {
            return {};
        }
        hand_out_request();
        return request();
    }
    /// The request of a step `send`, for display; send the one that take_request() returns. A view of this object.
    [[nodiscard]] request_view request() const noexcept ZENWIRE_LIFETIMEBOUND;

    /// Takes the response to the request that take_request() returned; before that call it changes nothing, because a response that
    /// comes then, or comes twice, is that of an earlier request. Its memory is not needed afterwards.
    workflow_step receive(response_view const& response, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send || !is_taken_) {
            return step_;
        }
        read_clock(now);
        jitter_ = jitter;
        server_time_ = server_time(response);
        return follow(
            with_exchange([&](auto& exchange) { return exchange.receive(response, time_for_looks(), jitter); }));
    }
    /// The same where no clock can be read: at the time of the last reading.
    workflow_step receive(response_view const& response) noexcept { return receive(response, clock_.now()); }

    /// To be called when there will be no response. Only the caller of take_request() may report that nothing was sent.
    workflow_step send_failed(transport_error const& failure, unix_seconds now, std::uint32_t jitter = 0) noexcept {
        if (step_.what != workflow_step::kind::send) {
            return step_;
        }
        read_clock(now);
        jitter_ = jitter;
        return follow(with_exchange([&](auto& exchange) { return exchange.send_failed(failure, jitter); }));
    }
    /// The same where no clock can be read: at the time of the last reading.
    workflow_step send_failed(transport_error const& failure) noexcept { return send_failed(failure, clock_.now()); }

    /// Takes the caller's decision in a step `confirm`.
    workflow_step confirm(bool agreed, unix_seconds now) noexcept {
        return step_.what == workflow_step::kind::confirm ? carry_out(on_confirmation(agreed, now)) : step_;
    }
    template <class Answer>
    workflow_step confirm(Answer const&, unix_seconds) = delete;  // yes or no is a bool: -1 or "no" would be a yes

    /// To be called when the bytes were stored, in a step `save`. If that took long, the instance and the price are read again.
    workflow_step saved(unix_seconds now) noexcept {
        return step_.what == workflow_step::kind::save ? carry_out(on_saved(now)) : step_;
    }
    /// The same when no clock can be read. The age of looks and price is not known then, so the job asks to store the bytes again,
    /// in place of its own ones.
    workflow_step saved() noexcept {
        is_stored_ = is_stored_ || step_.what == workflow_step::kind::save;
        return step_;
    }
    /// To be called when the bytes could not be stored, in a step `save`. Before the order this ends the job; after it, a resumed
    /// job only knows less.
    workflow_step save_failed() noexcept {
        return step_.what == workflow_step::kind::save ? carry_out(on_save_failed()) : step_;
    }

    /// The bytes to store in a step `save`. A view of this object.
    [[nodiscard]] std::span<char const> saved_bytes() const noexcept ZENWIRE_LIFETIMEBOUND { return bytes_.view(); }
    /// How to store them: the first bytes of a job must not replace others.
    [[nodiscard]] save_mode how_to_save() const noexcept { return is_stored_ ? save_mode::replace : save_mode::create; }

    /// What is known of the instance; set after the first looks.
    [[nodiscard]] traffic_package_state const& state() const noexcept ZENWIRE_LIFETIMEBOUND { return state_; }
    /// What the API's documentation says of the order; set in a step `confirm`.
    [[nodiscard]] traffic_package_prediction const& prediction() const noexcept ZENWIRE_LIFETIMEBOUND {
        return prediction_;
    }
    /// The price of the order, from the API; set in a step `confirm` of a change.
    [[nodiscard]] price_list const& prices() const noexcept ZENWIRE_LIFETIMEBOUND { return prices_; }
    /// How much the account may spend, from the ledger; nothing when it was not asked or did not say. Set in a step `confirm`.
    [[nodiscard]] std::optional<decimal> const& purchasing_power() const noexcept ZENWIRE_LIFETIMEBOUND {
        return purchasing_power_;
    }
    /// Whether the price is above purchasing_power(). Only a warning: currencies and vouchers are not documented.
    [[nodiscard]] bool may_lack_balance() const noexcept {
        return purchasing_power_ && record_.confirmed_price && *record_.confirmed_price > *purchasing_power_;
    }
    /// How often the caller was asked, including the current step `confirm`: more than once if the price rose or the instance
    /// changed meanwhile.
    [[nodiscard]] std::uint32_t questions() const noexcept { return confirmations_asked_; }
    /// Whether an order of this job may have been sent: from take_request() on, and always in a resumed job.
    [[nodiscard]] bool may_have_ordered() const noexcept { return workflow_job::may_have_ordered(); }
    /// What is stored of the job.
    [[nodiscard]] workflow_record const& record() const noexcept ZENWIRE_LIFETIMEBOUND { return record_; }
    /// How the job ended; before the step `done`, what is known so far.
    [[nodiscard]] workflow_verdict const& verdict() const noexcept ZENWIRE_LIFETIMEBOUND { return verdict_; }

private:
    template <class Action>
    using exchange_of = request_exchange<Action, Credential>;

    traffic_package_workflow(client<Credential> const& client, workflow_record const& record) noexcept
        : workflow_job(record, client.prepared() ? &client.prepared()->service() : nullptr, client.retry()),
          client_(&client) {}

    static workflow_record record_of(client<Credential> const& client, instance_id const& instance,
                                     workflow_options const& options) noexcept {
        workflow_record record;
        record.instance_id = instance;
        record.options = options;
        record.endpoint = client.endpoint_name();
        record.account = fingerprint_of(client.used_credential());
        record.is_signed = signing_credential<Credential>;
        if (client.prepared()) {
            record.service = workflow_record::service_name(client.prepared()->service());
        }
        return record;
    }

    /// Returns the step that the job decided on, and if that is `send`, makes the request.
    workflow_step carry_out(workflow_step decided) noexcept {
        return decided.what == workflow_step::kind::send ? follow(start()) : rest(decided);
    }

    /// Follows the current request and the next ones, until there is a step for the owner.
    workflow_step follow(exchange_step inner) noexcept {
        for (;;) {
            if (inner.what == exchange_step::kind::send) {
                return send_request();
            }
            if (inner.what == exchange_step::kind::wait_for && repeats_attempts()) {
                // the request stays, and so does the number of its attempts
                return wait(inner.wait);
            }
            const workflow_step decided = take_result();
            if (decided.what != workflow_step::kind::send) {
                return rest(decided);
            }
            inner = start();
        }
    }

    /// Drops the request that is finished: the owner has something else to do.
    workflow_step rest(workflow_step decided) noexcept {
        exchange_.template emplace<std::monostate>();
        return decided;
    }

    exchange_step start() noexcept {
        instance_id const& instance = record_.instance_id;
        switch (phase_) {
        case phase::find_instance: return start(*client_, look_up_instance{{instance}});
        case phase::price: return start(*client_, inquire{instance, record_.target});
        case phase::order:
            return cancels() ? start(*client_, cancel{instance}) : start(*client_, modify{instance, record_.target});
        case phase::read_ledger_before:
        case phase::read_ledger_after: return start_ledger();
        default: return start(*client_, status{instance});
        }
    }

    exchange_step start_ledger() noexcept {
        switch (comparison_.topic()) {
        case detail::ledger_topic::bill: return start(*ledger_, comparison_.ask_for_bill(record_.instance_id));
        case detail::ledger_topic::transactions: return start(*ledger_, comparison_.ask_for_transactions());
        default: return start(*ledger_, describe_customer_balance{});
        }
    }

    template <class Action>
    exchange_step start(client<Credential> const& with, Action const& action) noexcept {
        return exchange_.template emplace<exchange_of<Action>>(with, action).next(time_to_sign());
    }

    template <class Function>
    exchange_step with_exchange(Function&& function) noexcept {
        return std::visit(
            [&](auto& exchange) -> exchange_step {
                if constexpr (requires { exchange.attempts(); }) {
                    return function(exchange);
                } else {
                    return {exchange_step::kind::done};
                }
            },
            exchange_);
    }

    workflow_step take_result() noexcept {
        return std::visit(
            [&](auto const& exchange) -> workflow_step {
                if constexpr (requires { exchange.result(); }) {
                    return take(exchange.result());
                } else {
                    return step_;
                }
            },
            exchange_);
    }

    client<Credential> const* client_;
    /// null in a job that does not ask the ledger
    client<Credential> const* ledger_ = nullptr;
    std::variant<std::monostate, exchange_of<look_up_instance>, exchange_of<status>, exchange_of<inquire>,
                 exchange_of<modify>, exchange_of<cancel>, exchange_of<describe_customer_balance>,
                 exchange_of<detail::bill_question>, exchange_of<detail::transaction_question>>
        exchange_{};
};

namespace detail {

/// Checks that a client may resume a job.
/// @return what its prepared() has; errc::another_service, errc::another_endpoint, errc::another_account
template <credential Credential>
[[nodiscard]] expected<void> check_record(workflow_record const& record, client<Credential> const& client,
                                          resume_check check) noexcept {
    if (!client.prepared()) {
        return failure_of(client.prepared());
    }
    if (!record.is_for(client.prepared()->service())) {
        return refuse(errc::another_service, blame::local, "the saved bytes are of a job with another service");
    }
    if (check == resume_check::all && record.endpoint != client.endpoint_name()) {
        return refuse(errc::another_endpoint, blame::local, "the saved bytes are of a job at another endpoint");
    }
    if (check == resume_check::all && record.account != fingerprint_of(client.used_credential())) {
        return refuse(errc::another_account, blame::local, "the saved bytes are of a job with another credential");
    }
    return {};
}

/// Checks that a client can ask the ledger of the same account.
/// @return what its prepared() has; errc::another_service, errc::another_account
template <credential Credential>
[[nodiscard]] expected<void> check_ledger(client<Credential> const& ledger, Credential const& credential) noexcept {
    if (!ledger.prepared()) {
        return failure_of(ledger.prepared());
    }
    if (ledger.prepared()->service().name != services::zbc_2024_08_08.name) {
        return refuse(errc::another_service, blame::local,
                      "the ledger is the billing service, services::zbc_2024_08_08");
    }
    if (fingerprint_of(ledger.used_credential()) != fingerprint_of(credential)) {
        return refuse(errc::another_account, blame::local, "the ledger is to be asked with the credential of the job");
    }
    return {};
}

}  // namespace detail

template <credential Credential>
traffic_package_workflow<Credential> traffic_package_workflow<Credential>::change(
    client<Credential> const& client, instance_id const& instance, traffic_package_size target,
    workflow_options const& options) noexcept {
    workflow_record record = record_of(client, instance, options);
    record.target = target;
    return traffic_package_workflow(client, record);
}

template <credential Credential>
traffic_package_workflow<Credential> traffic_package_workflow<Credential>::cancel_downgrade(
    client<Credential> const& client, instance_id const& instance, workflow_options const& options) noexcept {
    workflow_record record = record_of(client, instance, options);
    record.what = workflow_record::goal::cancel;
    return traffic_package_workflow(client, record);
}

template <credential Credential>
expected<traffic_package_workflow<Credential>> traffic_package_workflow<Credential>::resume(
    client<Credential> const& client, std::span<char const> bytes, workflow_options const& options,
    resume_check check) noexcept {
    expected<workflow_record> record = workflow_bytes::parse(bytes);
    if (!record) {
        return failure_of(record);
    }
    if (const expected<void> fits = detail::check_record(*record, client, check); !fits) {
        error failure = fits.error();
        failure.outcome =
            record->order == workflow_record::order_state::accepted ? outcome::executed : outcome::unknown;
        return unexpected(failure);
    }
    record->options = detail::stricter(record->options, options);
    traffic_package_workflow workflow(client, *record);
    workflow.go_on();
    return workflow;
}

template <credential Credential>
expected<void> traffic_package_workflow<Credential>::consult(client<Credential> const& ledger) noexcept {
    const expected<void> fits = detail::check_ledger(ledger, client_->used_credential());
    has_ledger_ = fits && !cancels();
    ledger_ = has_ledger_ ? &ledger : ledger_;  // a round of questions that has begun ends with the client that it has
    return fits;
}

template <credential Credential>
request_view traffic_package_workflow<Credential>::request() const noexcept {
    return std::visit(
        [](auto const& exchange) -> request_view {
            if constexpr (requires { exchange.request(); }) {
                return exchange.request();
            } else {
                return {};
            }
        },
        exchange_);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/client/run_workflow.hpp, continued

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// Can be called with these arguments, and says yes or no by a bool: an int that says -1 for a failure would be a yes.
template <class Function, class... Arguments>
concept says_yes_or_no = std::is_same_v<std::remove_cvref_t<std::invoke_result_t<Function&, Arguments...>>, bool>;

}  // namespace detail

/// Drives a traffic_package_workflow to its end with a transport and a runtime. Blocks for as long as the job takes.
/// Exceptions of transport, runtime, `save` and `confirm` pass through. The workflow knows then that a request may have been
/// sent, and keeps a response that had arrived. Another call of run_workflow() with the same workflow continues the job, and does
/// not order again.
/// @param save called with `std::span<char const>` and a save_mode; stores the bytes where they survive the process, and returns
///        by a bool whether it succeeded: if not, no order is sent. For save_mode::create it must fail when bytes are stored
///        already. When the job has ended, the bytes are no longer needed, unless the verdict says that the order is unknown. If
///        it throws after it stored the first bytes, their order was not sent. Another call of run_workflow() cannot create
///        them again, and ends with errc::save_failed and without an order. Look at the bytes, remove them, begin again.
/// @param confirm called with the workflow: look at prediction(), state(), prices() and questions(), and return whether to go on
/// @return how it ended
template <credential Credential, transport Transport, runtime Runtime,
          detail::says_yes_or_no<std::span<char const>, save_mode> Save,
          detail::says_yes_or_no<traffic_package_workflow<Credential> const&> Confirm>
[[nodiscard]] workflow_verdict run_workflow(traffic_package_workflow<Credential>& workflow, Transport&& transport,
                                            Runtime&& runtime, Save&& save, Confirm&& confirm);

namespace detail {

/// Calls a function at the end of the scope, also after an exception, unless it was dismissed.
template <class Function>
class at_exit {
public:
    explicit at_exit(Function function) noexcept : function_(std::move(function)) {}
    at_exit(at_exit const&) = delete;
    at_exit& operator=(at_exit const&) = delete;
    ~at_exit() {
        if (!is_dismissed_) {
            function_();
        }
    }
    void dismiss() noexcept { is_dismissed_ = true; }

private:
    Function function_;
    bool is_dismissed_ = false;
};

/// Sends the request of the workflow, and tells it the outcome, also after an exception: a response that had arrived, or unknown.
template <class Workflow, class Transport, class Runtime>
workflow_step send_request(Workflow& workflow, Transport& transport, Runtime& runtime) {
    const request_view request = workflow.take_request();
    transport_error failure(transport_failure::unknown, "the transport ended with an exception");
    at_exit tell_failure([&]() noexcept { workflow.send_failed(failure); });
    if (request.fields.empty()) {
        tell_failure.dismiss();
        return workflow.send_failed(
            {transport_failure::unknown, "the request was taken before, with no word of what became of it"});
    }
    const auto returned = transport(request);
    if (!returned) {
        failure = returned.error();
        const unix_seconds now = runtime.now();
        const auto jitter = runtime.jitter();
        tell_failure.dismiss();
        return workflow.send_failed(failure, now, jitter);
    }
    const response_adapter response(*returned);
    tell_failure.dismiss();
    at_exit tell_response([&]() noexcept { workflow.receive(response.view()); });
    // reading the clock may throw, and the response must not be lost then
    const unix_seconds now = runtime.now();
    const auto jitter = runtime.jitter();
    tell_response.dismiss();
    return workflow.receive(response.view(), now, jitter);
}

}  // namespace detail

template <credential Credential, transport Transport, runtime Runtime,
          detail::says_yes_or_no<std::span<char const>, save_mode> Save,
          detail::says_yes_or_no<traffic_package_workflow<Credential> const&> Confirm>
workflow_verdict run_workflow(traffic_package_workflow<Credential>& workflow, Transport&& transport, Runtime&& runtime,
                              Save&& save, Confirm&& confirm) {
    for (workflow_step step = workflow.step();;) {
        switch (step.what) {
        case workflow_step::kind::send: step = detail::send_request(workflow, transport, runtime); break;
        case workflow_step::kind::wait_for:
            if (step.wait > milliseconds()) {
                runtime.sleep_for(step.wait);
            }
            step = workflow.next(runtime.now());
            break;
        case workflow_step::kind::confirm: {
            const bool agreed = confirm(std::as_const(workflow));
            step = workflow.confirm(agreed, runtime.now());
            break;
        }
        case workflow_step::kind::save:
            if (!save(workflow.saved_bytes(), workflow.how_to_save())) {
                step = workflow.save_failed();
                break;
            }
            // first without a time, because reading the clock may throw although the bytes are stored
            static_cast<void>(workflow.saved());
            step = workflow.saved(runtime.now());
            break;
        case workflow_step::kind::done: return workflow.verdict();
        }
    }
}

/// Says why a transport, a runtime, `save` or `confirm` does not fit.
template <class Workflow, class Transport, class Runtime, class Save, class Confirm>
    requires(detail::needs_explanation<Transport, Runtime> ||
             !(detail::says_yes_or_no<Save, std::span<char const>, save_mode> &&
               detail::says_yes_or_no<Confirm, Workflow const&>))
workflow_verdict run_workflow(Workflow&, Transport&&, Runtime&&, Save&&, Confirm&&) {
    static_assert(detail::says_yes_or_no<Save, std::span<char const>, save_mode>,
                  "'save' must be callable with a std::span<char const> and a zenwire::save_mode, and return by a bool "
                  "whether it stored them");
    static_assert(detail::says_yes_or_no<Confirm, Workflow const&>,
                  "'confirm' must be callable with the workflow as a const&, and return by a bool whether to go on");
    detail::explain<Transport, Runtime>();
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/zenwire.hpp, continued
// ---- zenwire/client/send_action.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_SEND_ACTION_HPP
#define ZENWIRE_CLIENT_SEND_ACTION_HPP

#include <type_traits>
#include <utility>


namespace ZENWIRE_NAMESPACE {

namespace detail {

/// An observer of the attempts of send_action(): anything callable with an attempt_report.
template <class Observer>
concept attempt_observer = requires(Observer& observer, attempt_report const& report) { observer(report); };

/// The default observer, which does nothing.
struct no_observer {
    constexpr void operator()(attempt_report const&) const noexcept {}
};

}  // namespace detail

/// Sends an action and waits for its result: drives a request_exchange with a transport and a runtime.
///
/// Parameters that break a rule are refused before anything is sent. Blocks as long as the transport and the waits take; by default
/// there are at most four attempts. An action that orders is sent once; it is tried again only if the transport reports that it was
/// not sent. Exceptions of the transport pass through: then the outcome of an order is unknown, as after errc::outcome_unknown. The
/// clock is read before each attempt only, so one that throws loses no response.
/// @param observer called after each attempt, before the wait for the next one: for logs and metrics. If it throws, the response is
///        lost. Without an observer it costs nothing
/// @return the action's response; else what make_request() and parse_response() return, errc::not_sent, or
///         errc::transport_failed (actions that only read) and errc::outcome_unknown (actions that order): then look at the
///         instance before you order again
template <action Action, credential Credential, transport Transport, runtime Runtime,
          detail::attempt_observer Observer = detail::no_observer>
[[nodiscard]] expected<typename Action::response> send_action(client<Credential> const& client, Action const& action,
                                                              Transport&& transport, Runtime&& runtime,
                                                              Observer&& observer = Observer()) {
    request_exchange exchange(client, action);
    exchange_step step = exchange.next(runtime.now());
    while (step.what != exchange_step::kind::done) {
        if (step.what == exchange_step::kind::wait_for) {
            runtime.sleep_for(step.wait);
            step = exchange.next(runtime.now());
            continue;
        }
        const auto jitter = runtime.jitter();
        if (const auto response = transport(exchange.request())) {
            step = exchange.receive(response_adapter(*response).view(), exchange.signed_at(), jitter);
        } else {
            step = exchange.send_failed(response.error(), jitter);
        }
        if constexpr (!std::is_same_v<Observer, detail::no_observer>) {
            observer(exchange.last_attempt());
        }
    }
    return std::move(exchange).result();
}

/// Says why an action, a transport or a runtime does not fit. Returns what the caller expects, so that only one error is shown.
template <class Client, class Action, class Transport, class Runtime, class... Observer>
    requires(!action<Action> || detail::needs_explanation<Transport, Runtime>)
auto send_action(Client const&, Action const&, Transport&&, Runtime&&, Observer&&...) {
    if constexpr (action<Client>) {
        static_assert(!action<Client>, "send_action() takes the client first, and then the action");
        return expected<basic_response>();
    } else if constexpr (!action<Action>) {
        detail::explain_action<Action>();
        return expected<basic_response>();
    } else {
        detail::explain<Transport, Runtime>();
        return expected<typename Action::response>();
    }
}
// compilers print the second line of this, with its comment
template <class Client, class Action, class Transport>
void send_action(Client const&, Action const&, Transport&&) = delete;  // and a runtime: zenwire::system_runtime, for example

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/zenwire.hpp, continued
// ---- zenwire/client/walk_entries.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_WALK_ENTRIES_HPP
#define ZENWIRE_CLIENT_WALK_ENTRIES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>


namespace ZENWIRE_NAMESPACE {

/// Calls `on_entry(Action::entry const&)` for all entries that fit a filter of describe_transaction_history or
/// describe_bill_detail, page by page, in the server's order. Blocks as long as transport and waits take.
///
/// The API has pages by number only. A new booking between two requests shifts the entries, so that one of them comes twice or is
/// missed. Therefore a list of several pages is accepted only if all pages report the same total count, have that many entries
/// together, and the first page, which is read again at the end, has not changed; otherwise the result is errc::list_changed. When
/// an error is returned, discard the entries.
/// @param filter its page number is ignored; without a page size it is Action::max_page_size, so that few lists have a second page
/// @param largest_count with more entries the result is errc::response_too_large
/// @return the number of entries; what send_action() returns for a page that could not be read
template <class Action, credential Credential, transport Transport, runtime Runtime, class OnEntry>
[[nodiscard]] expected<std::size_t> walk_entries(client<Credential> const& client, Action filter, Transport&& transport,
                                                 Runtime&& runtime, OnEntry&& on_entry,
                                                 std::size_t largest_count = 1'000'000);

namespace detail {

/// Whether two pages have the same entries, in the same order.
template <class List>
[[nodiscard]] bool has_same_entries(List const& left, List const& right) noexcept {
    auto other = right.begin();
    for (auto const& each : left) {
        if (other == right.end() || !(each == *other)) {
            return false;
        }
        ++other;
    }
    return other == right.end();
}

/// The pages that walk_entries() has read so far, and whether they are consistent.
class entry_walk {
public:
    /// Counts a page, before its entries are passed on.
    /// @return whether to go on; if not, failure() says why
    [[nodiscard]] bool takes(std::optional<std::int64_t> total, std::size_t size, std::size_t largest_count) noexcept {
        if (++pages_ == 1) {
            total_ = total;
        }
        last_size_ = size;
        count_ += size;
        is_too_long_ =
            count_ > largest_count || (total && *total > 0 && static_cast<std::uint64_t>(*total) > largest_count);
        // a page without entries, or more entries than were announced, mean that the list changed
        const bool is_over = total_ && (static_cast<std::int64_t>(count_) > *total_ ||
                                        (size == 0 && static_cast<std::int64_t>(count_) != *total_));
        return total == total_ && !is_over && !is_too_long_;
    }
    /// Whether this was the last page.
    [[nodiscard]] bool is_complete(std::int64_t page_size) const noexcept {
        return total_ ? static_cast<std::int64_t>(count_) == *total_
                      : static_cast<std::int64_t>(last_size_) < page_size;
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    [[nodiscard]] error failure() const noexcept {
        return is_too_long_
                   ? error::make(errc::response_too_large, blame::remote, "the list has too many entries")
                   : error::make(errc::list_changed, blame::remote,
                                 "the list changed while its pages were read, or they do not have what it counts");
    }

private:
    std::optional<std::int64_t> total_{};
    std::size_t count_ = 0;
    std::size_t last_size_ = 0;
    std::size_t pages_ = 0;
    bool is_too_long_ = false;
};

}  // namespace detail

template <class Action, credential Credential, transport Transport, runtime Runtime, class OnEntry>
expected<std::size_t> walk_entries(client<Credential> const& client, Action filter, Transport&& transport,
                                   Runtime&& runtime, OnEntry&& on_entry, std::size_t largest_count) {
    const auto page_of = [&](std::int64_t number) {
        filter.page_num = number;
        filter.page_size = filter.page_size.value_or(Action::max_page_size);
        return send_action(client, owning{filter}, transport, runtime);
    };
    detail::entry_walk walk;
    std::optional<decltype(page_of(1))> first;
    for (std::int64_t number = 1;; ++number) {
        auto page = page_of(number);
        if (!page) {
            return unexpected(page.error());
        }
        typename Action::response const& list = **page;
        if (!walk.takes(list.total_count, list.data_set.size(), largest_count)) {
            return unexpected(walk.failure());
        }
        for (typename Action::entry const& each : list.data_set) {
            on_entry(each);
        }
        if (walk.is_complete(*filter.page_size)) {
            break;
        }
        if (number == 1) {
            first = std::move(page);
        }
    }
    if (first) {
        const auto again = page_of(1);
        if (!again) {
            return unexpected(again.error());
        }
        typename Action::response const& before = ***first;
        if ((**again).total_count != before.total_count ||
            !detail::has_same_entries((**again).data_set, before.data_set)) {
            return unexpected(walk.failure());
        }
    }
    return walk.count();
}

/// Does not compile: says why a transport or a runtime does not meet its concept.
template <class Client, class Action, class Transport, class Runtime, class... More>
    requires detail::needs_explanation<Transport, Runtime>
expected<std::size_t> walk_entries(Client const&, Action const&, Transport&&, Runtime&&, More&&...) {
    detail::explain<Transport, Runtime>();
    return unexpected(error());
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/zenwire.hpp, continued
// ---- zenwire/core.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CORE_HPP
#define ZENWIRE_CORE_HPP

/// @file
/// The part that needs no Boost: validate, build, sign, verify, foresee, and HTTP/1.1 as bytes.

// ---- zenwire/action/actions.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_ACTIONS_HPP
#define ZENWIRE_ACTION_ACTIONS_HPP

/// @file
/// All actions. This is the only list of them: the fake cloud and the tests use it, too.

// ---- zenwire/action/cancel_instance_bandwidth_downgrade.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_CANCEL_INSTANCE_BANDWIDTH_DOWNGRADE_HPP
#define ZENWIRE_ACTION_CANCEL_INSTANCE_BANDWIDTH_DOWNGRADE_HPP


namespace ZENWIRE_NAMESPACE {

/// `CancelInstanceBandwidthDowngrade`: takes back a downgrade of the bandwidth that is planned for the next billing
/// cycle. When none is planned the API refuses with OPERATION_DENIED_DOWNGRADE_NOT_EXIST.
/// Source: the page of the action, bare metal instance and virtual machine.
struct cancel_instance_bandwidth_downgrade {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "CancelInstanceBandwidthDowngrade";
    /// It changes an order, so an attempt with an unknown outcome must not be repeated.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;

    /// The response has only a request id.
    using response = basic_response;

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&cancel_instance_bandwidth_downgrade::instance_id>{"instanceId"});
    }
};

/// Checks the parameter.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(cancel_instance_bandwidth_downgrade const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/actions.hpp, continued
// ---- zenwire/action/describe_available_resources.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_AVAILABLE_RESOURCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_AVAILABLE_RESOURCES_HPP

#include <cstdint>
#include <optional>


namespace ZENWIRE_NAMESPACE {

/// One instance type in one zone, and how it is sold there. Its texts and lists are views.
struct available_resource {
    std::string_view zone_id{};                                ///< the zone
    std::optional<zenwire::sell_status> sell_status{};         ///< whether it can be bought
    arena_list<internet_charge_type> internet_charge_types{};  ///< how its network may be billed
    std::string_view instance_type_id{};                       ///< the instance type
    std::optional<std::int64_t> maximum_bandwidth_out{};       ///< in Mbps
    std::optional<std::int64_t> default_bandwidth_out{};       ///< in Mbps
    /// the package that comes with an instance of this type, free of charge; no smaller one is sold
    std::optional<traffic_package_size> default_traffic_package_size{};
    std::optional<std::int64_t> quantity{};  ///< how many can be bought

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = available_resource;
        return member_list(member<&self::zone_id>{"zoneId"},
                           // "status" is its former name
                           member<&self::sell_status>{"sellStatus", reading::incidental, "status"},
                           member<&self::internet_charge_types>{"internetChargeTypes"},
                           member<&self::instance_type_id>{"instanceTypeId"},
                           member<&self::maximum_bandwidth_out>{"maximumBandwidthOut"},
                           member<&self::default_bandwidth_out>{"defaultBandwidthOut"},
                           member<&self::default_traffic_package_size>{"defaultTrafficPackageSize", reading::essential},
                           member<&self::quantity>{"qty"});
    }
};

/// `DescribeAvailableResources`: what can be bought where, and the default traffic package of each instance type. Filters
/// that are empty are left out. Send it as owning(action), or read it with read_response() and memory for the list.
/// Source: the data structure AvailableResource; the page of the action.
struct describe_available_resources {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeAvailableResources";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Whether the service has the action.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "bmc"; }

    zenwire::instance_charge_type instance_charge_type{};  ///< how the instances are billed; required
    std::string_view zone_id{};                            ///< one zone
    std::string_view instance_type_id{};                   ///< one instance type
    std::optional<zenwire::sell_status> sell_status{};     ///< only resources of this status

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        arena_list<available_resource> available_resources;  ///< in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::available_resources>{"availableResources"});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_available_resources;
        return member_list(member<&self::instance_charge_type>{"instanceChargeType"}, member<&self::zone_id>{"zoneId"},
                           member<&self::instance_type_id>{"instanceTypeId"}, member<&self::sell_status>{"sellStatus"});
    }
};

/// Checks that instance_charge_type is set, and that the service is bare metal, the only one with this action. Texts that are
/// not UTF-8 are found when the body is written.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_available_resources const& action,
                                                service const& service) noexcept {
    if (!describe_available_resources::is_offered_by(service)) {
        return detail::refuse_action("only bare metal has DescribeAvailableResources");
    }
    if (action.instance_charge_type.text().empty()) {
        return refuse(errc::invalid_parameter, blame::local, "instanceChargeType must be given", "instanceChargeType");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/actions.hpp, continued
// ---- zenwire/action/describe_instance_traffic.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_INSTANCE_TRAFFIC_HPP
#define ZENWIRE_ACTION_DESCRIBE_INSTANCE_TRAFFIC_HPP

#include <cstdint>
#include <optional>


namespace ZENWIRE_NAMESPACE {

/// The traffic of an instance within one interval. Its text is a view.
struct traffic_point {
    std::optional<std::int64_t> internet_rx{};  ///< received, in bit/s
    std::optional<std::int64_t> internet_tx{};  ///< sent, in bit/s
    std::string_view time{};                    ///< `2023-07-11T06:55:00Z`

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&traffic_point::internet_rx>{"internetRX"},
                           member<&traffic_point::internet_tx>{"internetTX"}, member<&traffic_point::time>{"time"});
    }
};

/// `DescribeInstanceTraffic`: the traffic of an instance over at most a day within the last 30 days. Send it as
/// owning(action), or read it with read_response() and memory for the list.
/// Source: the page of the action, bare metal instance and virtual machine.
struct describe_instance_traffic {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstanceTraffic";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The longest span, in seconds.
    static constexpr std::int64_t longest_span = 86400;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The start of the span.
    utc_time start_time;
    /// The end of the span, at most longest_span after its start.
    utc_time end_time;

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    /// Bandwidths are in `unit`, totals in `total_unit`.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        arena_list<traffic_point> data_list;  ///< one for each 5 minutes
        std::optional<std::int64_t> in_95;    ///< received: the 95th percentile
        std::string_view in_95_time;          ///< when in_95 was measured
        /// received: the average
        std::optional<std::int64_t> in_average;
        /// received: the largest value
        std::optional<std::int64_t> in_maximum;
        /// received: the smallest value
        std::optional<std::int64_t> in_minimum;
        /// received: the sum, in `total_unit`
        std::optional<std::int64_t> in_total;
        std::optional<std::int64_t> out_95;  ///< sent: the 95th percentile
        std::string_view out_95_time;        ///< when out_95 was measured
        /// sent: the average
        std::optional<std::int64_t> out_average;
        /// sent: the largest value
        std::optional<std::int64_t> out_maximum;
        /// sent: the smallest value
        std::optional<std::int64_t> out_minimum;
        /// sent: the sum, in `total_unit`
        std::optional<std::int64_t> out_total;
        std::optional<decimal> maximum_bandwidth_95_mbps;  ///< in Mbps
        std::string_view total_unit;                       ///< `B`
        std::string_view unit;                             ///< `bps`

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::data_list>{"dataList"}, member<&response::in_95>{"in95"},
                               member<&response::in_95_time>{"in95Time"}, member<&response::in_average>{"inAvg"},
                               member<&response::in_maximum>{"inMax"}, member<&response::in_minimum>{"inMin"},
                               member<&response::in_total>{"inTotal"}, member<&response::out_95>{"out95"},
                               member<&response::out_95_time>{"out95Time"}, member<&response::out_average>{"outAvg"},
                               member<&response::out_maximum>{"outMax"}, member<&response::out_minimum>{"outMin"},
                               member<&response::out_total>{"outTotal"},
                               member<&response::maximum_bandwidth_95_mbps>{"maxBandwidth95ValueMbps"},
                               member<&response::total_unit>{"totalUnit"}, member<&response::unit>{"unit"});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&describe_instance_traffic::instance_id>{"instanceId"},
                           member<&describe_instance_traffic::start_time>{"startTime"},
                           member<&describe_instance_traffic::end_time>{"endTime"});
    }
};

/// Checks the parameters. That the span lies within the last 30 days is left to the server, which knows the time.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_instance_traffic const& action,
                                                service const& service) noexcept {
    if (const auto valid = detail::check_instance(action.instance_id, service); !valid) {
        return valid;
    }
    const std::int64_t start = action.start_time.seconds().count();
    const std::int64_t end = action.end_time.seconds().count();
    if (!action.start_time.seconds().is_valid()) {
        return refuse(errc::invalid_parameter, blame::local, "startTime must lie in the years 1970 to 9999",
                      "startTime");
    }
    if (!action.end_time.seconds().is_valid() || end < start || end - start > describe_instance_traffic::longest_span) {
        return refuse(errc::invalid_parameter, blame::local, "endTime must be at most 24 hours after startTime",
                      "endTime");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/actions.hpp, continued
// ---- zenwire/action/describe_vm_instances.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_DESCRIBE_VM_INSTANCES_HPP
#define ZENWIRE_ACTION_DESCRIBE_VM_INSTANCES_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>


namespace ZENWIRE_NAMESPACE {

/// The system disk of a virtual machine.
struct vm_system_disk {
    std::string_view disk_id{};               ///< its id
    std::optional<std::int64_t> disk_size{};  ///< in GiB
    std::string_view disk_category{};         ///< its kind

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&vm_system_disk::disk_id>{"diskId"}, member<&vm_system_disk::disk_size>{"diskSize"},
                           member<&vm_system_disk::disk_category>{"diskCategory"});
    }
};

/// A further disk of a virtual machine.
struct vm_data_disk {
    std::string_view disk_id{};                 ///< its id
    std::string_view disk_name{};               ///< the name that its owner gave it
    std::optional<std::int64_t> disk_size{};    ///< in GiB
    std::optional<std::int64_t> disk_amount{};  ///< how many of them; since 2026
    std::optional<bool> portable{};             ///< whether it can be taken off and put into another machine
    std::string_view disk_category{};           ///< its kind
    arena_list<price> disk_price{};  ///< its price; a list, which takes less room than an optional; since 2026

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(
            member<&vm_data_disk::disk_id>{"diskId"}, member<&vm_data_disk::disk_name>{"diskName"},
            member<&vm_data_disk::disk_size>{"diskSize"}, member<&vm_data_disk::disk_amount>{"diskAmount"},
            member<&vm_data_disk::portable>{"portable"}, member<&vm_data_disk::disk_category>{"diskCategory"},
            member<&vm_data_disk::disk_price>{"diskPrice"});
    }
};

/// A virtual machine. Like instance_info, all of it is views. Source: the data structures of vm, 2023-03-13 and 2026-04-01.
struct vm_instance_info {
    std::string_view instance_id{};                                       ///< its id
    std::string_view zone_id{};                                           ///< where it is
    std::string_view instance_name{};                                     ///< the name that its owner gave it
    std::string_view instance_type{};                                     ///< the id of its type
    std::optional<std::int64_t> cpu_count{};                              ///< its cores
    std::optional<std::int64_t> memory{};                                 ///< in GiB
    std::string_view image_id{};                                          ///< the image that it was installed with
    std::string_view image_name{};                                        ///< the name of that image
    std::optional<zenwire::instance_charge_type> instance_charge_type{};  ///< how it is billed
    std::optional<std::int64_t> internet_max_bandwidth_out{};             ///< in Mbps; 0: no limit
    std::optional<zenwire::internet_charge_type> internet_charge_type{};  ///< how its network is billed
    std::optional<std::int64_t> period{};                                 ///< in months; prepaid only
    arena_list<std::string_view> public_ip_addresses{};                   ///< its public addresses, IPv4
    arena_list<std::string_view> private_ip_addresses{};                  ///< its private addresses, IPv4
    arena_list<std::string_view> public_ipv6_addresses{};                 ///< its public addresses, IPv6
    std::string_view subnet_id{};                                         ///< the subnet that it is in
    std::string_view create_time{};                                       ///< `2023-01-01T00:00:00Z`
    std::string_view expired_time{};                                      ///< empty for postpaid
    std::string_view resource_group_id{};                                 ///< the group that it belongs to
    std::string_view resource_group_name{};                               ///< the name of that group
    std::optional<zenwire::instance_status> instance_status{};            ///< its status
    /// Its package; a value does not mean that the instance is billed by traffic package.
    std::optional<zenwire::traffic_package_size> traffic_package_size{};
    arena_list<std::string_view> security_group_ids{};  ///< its security groups
    std::optional<vm_system_disk> system_disk{};        ///< its system disk
    arena_list<vm_data_disk> data_disks{};              ///< its further disks
    std::optional<bool> auto_renew{};                   ///< false when a prepaid subscription was cancelled
    std::string_view key_id{};                          ///< the SSH key that it was installed with
    std::optional<network_interfaces> nic{};            ///< the names of its network interfaces
    std::optional<tag_list> tags{};                     ///< its tags

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = vm_instance_info;
        return member_list(
            member<&self::instance_id>{"instanceId", reading::essential}, member<&self::zone_id>{"zoneId"},
            member<&self::instance_name>{"instanceName"}, member<&self::instance_type>{"instanceType"},
            member<&self::cpu_count>{"cpuCount"}, member<&self::memory>{"memory"}, member<&self::image_id>{"imageId"},
            member<&self::image_name>{"imageName"}, member<&self::instance_charge_type>{"instanceChargeType"},
            member<&self::internet_max_bandwidth_out>{"internetMaxBandwidthOut"},
            member<&self::internet_charge_type>{"internetChargeType"}, member<&self::period>{"period"},
            member<&self::public_ip_addresses>{"publicIpAddresses"},
            member<&self::private_ip_addresses>{"privateIpAddresses"},
            member<&self::public_ipv6_addresses>{"publicIpv6Addresses"}, member<&self::subnet_id>{"subnetId"},
            member<&self::create_time>{"createTime"}, member<&self::expired_time>{"expiredTime"},
            member<&self::resource_group_id>{"resourceGroupId"},
            member<&self::resource_group_name>{"resourceGroupName"}, member<&self::instance_status>{"instanceStatus"},
            member<&self::traffic_package_size>{zenwire::traffic_package_size::field_name, reading::essential},
            member<&self::security_group_ids>{"securityGroupIds"}, member<&self::system_disk>{"systemDisk"},
            member<&self::data_disks>{"dataDisks"}, member<&self::auto_renew>{"autoRenew"},
            member<&self::key_id>{"keyId"}, member<&self::nic>{"nic"}, member<&self::tags>{"tags"});
    }
};

/// `DescribeInstances` of the service vm: a page of the virtual machines that match all filters. Like describe_instances, but with
/// the parameters and the members that virtual machines have. Source: the page of the action, virtual machine instance.
struct describe_vm_instances {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "DescribeInstances";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;
    /// The most instances of a page.
    static constexpr std::int64_t max_page_size = describe_instances::max_page_size;
    /// The most ids of a filter.
    static constexpr std::size_t max_instance_ids = describe_instances::max_instance_ids;
    /// The most tags, and keys of tags, of a filter.
    static constexpr std::size_t max_tags = describe_instances::max_tags;
    /// The most characters of the key and of the value of a tag.
    static constexpr std::size_t max_tag_length = 64;
    /// The type of an element of a page.
    using instance = vm_instance_info;

    /// Whether the service has the action with this response.
    [[nodiscard]] static constexpr bool is_offered_by(service const& service) noexcept { return service.name == "vm"; }

    std::span<std::string_view const> instance_ids{};  ///< at most max_instance_ids
    std::string_view zone_id{};                        ///< one zone
    std::string_view resource_group_id{};  ///< one resource group; if empty, all that the credential may see
    std::string_view instance_type{};      ///< one instance type
    /// only instances whose network is billed like this
    std::optional<zenwire::internet_charge_type> internet_charge_type{};
    std::string_view image_id{};                                ///< one image
    std::string_view subnet_id{};                               ///< one subnet
    std::optional<zenwire::instance_status> instance_status{};  ///< only instances of this status
    std::string_view instance_name{};                           ///< with a `*` at its end: names that begin like this
    std::string_view key_id{};             ///< only instances that were installed with this SSH key
    std::string_view security_group_id{};  ///< only instances in this security group
    /// only instances that have one of these addresses, IPv4
    std::span<std::string_view const> public_ip_addresses{};
    /// only instances that have one of these addresses, IPv4
    std::span<std::string_view const> private_ip_addresses{};
    std::span<std::string_view const> tag_keys{};  ///< at most max_tags, each of 1 to max_tag_length characters
    std::span<tag const> tags{};              ///< at most max_tags, keys and values of 1 to max_tag_length characters
    std::optional<std::int64_t> page_num{};   ///< from 1; the server's default is 1
    std::optional<std::int64_t> page_size{};  ///< 1 to max_page_size; the server's default is 20

    /// The response. Its texts and lists refer to the body that was received, and to the memory that was given for reading it.
    struct response : basic_response {
        /// Its lists need memory, which the caller gives.
        static constexpr bool has_lists = true;

        std::optional<std::int64_t> total_count;  ///< how many instances there are on all pages
        arena_list<vm_instance_info> data_set;    ///< the instances of this page, in the server's order

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::total_count>{"totalCount"},
                               member<&response::data_set>{"dataSet", reading::essential});
        }
    };

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        using self = describe_vm_instances;
        return member_list(
            member<&self::instance_ids>{"instanceIds"}, member<&self::zone_id>{"zoneId"},
            member<&self::resource_group_id>{"resourceGroupId"}, member<&self::instance_type>{"instanceType"},
            member<&self::internet_charge_type>{"internetChargeType"}, member<&self::image_id>{"imageId"},
            member<&self::subnet_id>{"subnetId"}, member<&self::instance_status>{"instanceStatus"},
            member<&self::instance_name>{"instanceName"}, member<&self::key_id>{"keyId"},
            member<&self::security_group_id>{"securityGroupId"},
            member<&self::public_ip_addresses>{"publicIpAddresses"},
            member<&self::private_ip_addresses>{"privateIpAddresses"}, member<&self::tag_keys>{"tagKeys"},
            member<&self::tags>{"tags"}, member<&self::page_num>{"pageNum"}, member<&self::page_size>{"pageSize"});
    }
};

/// Checks the filters: sizes of lists, pages and tags, and that the service is vm. Texts that are not UTF-8 are found when the
/// body is written.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(describe_vm_instances const& action, service const& service) noexcept {
    return detail::check_instance_filters(action, service);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/actions.hpp, continued
// ---- zenwire/action/inquiry_price_instance_bandwidth.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_BANDWIDTH_HPP
#define ZENWIRE_ACTION_INQUIRY_PRICE_INSTANCE_BANDWIDTH_HPP

#include <cstdint>


namespace ZENWIRE_NAMESPACE {

/// `InquiryPriceInstanceBandwidth`: what changing the bandwidth of an instance would cost. Only for instances that are billed
/// `ByBandwidth`; the API names a price only for more than the default bandwidth. Orders nothing.
/// Source: the page of the action, bare metal instance and virtual machine.
struct inquiry_price_instance_bandwidth {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "InquiryPriceInstanceBandwidth";
    /// It changes nothing, so repeating it is safe.
    static constexpr bool reads_only = true;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new bandwidth in Mbps, at least 1.
    std::int64_t bandwidth_out_mbps = 0;

    /// The response.
    struct response : basic_response {
        /// The prices. The API sends a list of prices, or a single price in its place.
        price_list prices;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::prices>{"bandwidthPrice", reading::essential});
        }
    };

    /// The wire names; that of the bandwidth depends on the service.
    [[nodiscard]] static constexpr auto members(service const& service) noexcept {
        return member_list(member<&inquiry_price_instance_bandwidth::instance_id>{"instanceId"},
                           member<&inquiry_price_instance_bandwidth::bandwidth_out_mbps>{service.bandwidth_field});
    }
};

/// Checks the parameters.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(inquiry_price_instance_bandwidth const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service).and_then([&] {
        return detail::check_bandwidth(action.bandwidth_out_mbps, service);
    });
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/actions.hpp, continued
// ---- zenwire/action/modify_instance_bandwidth.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_MODIFY_INSTANCE_BANDWIDTH_HPP
#define ZENWIRE_ACTION_MODIFY_INSTANCE_BANDWIDTH_HPP

#include <cstdint>


namespace ZENWIRE_NAMESPACE {

/// `ModifyInstanceBandwidth`: changes the bandwidth of a running instance.
///
/// With InternetChargeType `ByBandwidth` and a prepaid instance an upgrade is charged and effective at once, and a downgrade
/// takes effect with the next billing cycle; up to its default bandwidth it costs nothing.
/// Source: the page of the action, bare metal instance and virtual machine.
struct modify_instance_bandwidth {
    /// Sent as the header field `x-zc-action`.
    static constexpr std::string_view name = "ModifyInstanceBandwidth";
    /// It may place a paid order.
    static constexpr bool reads_only = false;

    /// Not empty, at most limits::instance_id bytes of UTF-8, no control characters.
    zenwire::instance_id instance_id;
    /// The new bandwidth in Mbps, at least 1.
    std::int64_t bandwidth_out_mbps = 0;

    /// The response.
    struct response : basic_response {
        /// The number of the order; empty when there is nothing to pay.
        inline_string<limits::order_number> order_number;

        /// The wire names.
        [[nodiscard]] static constexpr auto members() noexcept {
            return members_and(member<&response::order_number>{"orderNumber"});
        }
    };

    /// The wire names; that of the bandwidth depends on the service.
    [[nodiscard]] static constexpr auto members(service const& service) noexcept {
        return member_list(member<&modify_instance_bandwidth::instance_id>{"instanceId"},
                           member<&modify_instance_bandwidth::bandwidth_out_mbps>{service.bandwidth_field});
    }
};

/// Checks the parameters.
/// @return errc::invalid_parameter, errc::unsupported_action
[[nodiscard]] constexpr expected<void> validate(modify_instance_bandwidth const& action,
                                                service const& service) noexcept {
    return detail::check_instance(action.instance_id, service).and_then([&] {
        return detail::check_bandwidth(action.bandwidth_out_mbps, service);
    });
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/action/actions.hpp, continued

namespace ZENWIRE_NAMESPACE::detail {

template <class... Actions>
struct action_list {};

using all_actions = action_list<  //
    cancel_instance_bandwidth_downgrade, cancel_instance_traffic_package_downgrade, describe_available_resources,
    describe_bill_detail, describe_customer_balance, describe_instance_internet_status, describe_instance_traffic,
    describe_instances, describe_transaction_history, describe_vm_instances, inquiry_price_instance_bandwidth,
    inquiry_price_instance_traffic_package, modify_instance_bandwidth, modify_instance_traffic_package>;

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/core.hpp, continued
// ---- zenwire/http/http1_request.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_HTTP1_REQUEST_HPP
#define ZENWIRE_HTTP_HTTP1_REQUEST_HPP

#include <cstddef>
#include <span>
#include <string_view>


namespace ZENWIRE_NAMESPACE {

/// What happens to the connection after the response.
enum class connection_use : unsigned char {
    keep,   ///< the default of HTTP/1.1: nothing is added
    close,  ///< adds `connection: close`
};

template <>
inline constexpr detail::enum_row<connection_use> detail::enum_names<connection_use>[] = {
    {connection_use::keep, "keep"},
    {connection_use::close, "close"},
};

/// Writes a request as HTTP/1.1 (RFC 9112), for plain sockets. It adds `content-length`, and `connection: close` on request; all
/// else stays as it is in the request_view. No heap.
///
/// A view: what the request_view refers to must outlive it.
class http1_request {
public:
    /// @return errc::invalid_field for a method, target or field that would not arrive unchanged (a line end, a space at either
    ///         end), when there is not exactly one `host`, and for a field that only the HTTP stack, here this class, may add:
    ///         `content-length`, `transfer-encoding`, `connection`
    [[nodiscard]] static constexpr expected<http1_request> make(request_view const& request,
                                                                connection_use use = connection_use::keep) noexcept {
        // a method is a token, like the name of a field
        if (!detail::is_field_name(request.method) || !is_target(request.target)) {
            return refuse(errc::invalid_field, blame::local,
                          "the method must be a token, and the target visible ASCII that begins with /");
        }
        std::size_t hosts = 0;
        for (const field each : request.fields) {
            if (!detail::is_field_name(each.name) || !detail::is_field_value(each.value)) {
                return refuse(errc::invalid_field, blame::local, "a field has characters that a header cannot carry");
            }
            for (const std::string_view own : {"content-length", "transfer-encoding", "connection"}) {
                if (detail::ascii::equal_ignoring_case(each.name, own)) {
                    return refuse(errc::invalid_field, blame::local,
                                  "the request has a field that only the HTTP stack may add", own);
                }
            }
            hosts += detail::ascii::equal_ignoring_case(each.name, "host") ? 1U : 0U;
        }
        if (hosts != 1) {
            return refuse(errc::invalid_field, blame::local, "the request must have one host", "host");
        }
        return http1_request(request, use);
    }

    /// Calls `sink(std::string_view)` with one piece after the other, none of them empty: about four for each field, and
    /// the body as the last one. Nothing is copied; the pieces are views of this object and of the request.
    template <class Sink>
    constexpr void for_each_piece(Sink&& sink) const {
        for (const std::string_view piece : {request_.method, " "sv, request_.target, " HTTP/1.1\r\n"sv}) {
            sink(piece);
        }
        for (const field each : request_.fields) {
            sink(each.name);
            sink(": "sv);
            if (!each.value.empty()) {
                sink(each.value);
            }
            sink("\r\n"sv);
        }
        if (use_ == connection_use::close) {
            sink("connection: close\r\n"sv);
        }
        sink("content-length: "sv);
        sink(body_size_.view());
        sink("\r\n\r\n"sv);
        if (!request_.body.empty()) {
            sink(request_.body);
        }
    }

    /// How many bytes the request has.
    [[nodiscard]] constexpr std::size_t size() const noexcept {
        std::size_t sum = 0;
        for_each_piece([&](std::string_view piece) noexcept { sum += piece.size(); });
        return sum;
    }

    /// Writes the request into memory of the caller. That memory then holds an authorization: wipe it with secure_zero() after
    /// sending.
    /// @return the request, a view of `memory`; errc::buffer_too_small when it has less than size() bytes, and nothing is written
    [[nodiscard]] constexpr expected<std::string_view> write_to(
        std::span<char> memory ZENWIRE_LIFETIMEBOUND) const noexcept {
        if (memory.size() < size()) {
            return refuse(errc::buffer_too_small, blame::local, "the memory is too small for the request");
        }
        buffer_writer out(memory);
        for_each_piece([&](std::string_view piece) noexcept { out.append(piece); });
        return out.written();
    }

private:
    constexpr http1_request(request_view const& request, connection_use use) noexcept
        : request_(request), use_(use), body_size_(request.body.size()) {}

    static constexpr bool is_target(std::string_view target) noexcept {
        return target.starts_with('/') && detail::ascii::is_visible(target);
    }

    request_view request_;
    connection_use use_;
    detail::decimal_text body_size_;  // the text, to which a piece refers
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/core.hpp, continued
// ---- zenwire/http/http1_response.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_HTTP1_RESPONSE_HPP
#define ZENWIRE_HTTP_HTTP1_RESPONSE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// ---- zenwire/http/detail/http1_grammar.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_DETAIL_HTTP1_GRAMMAR_HPP
#define ZENWIRE_HTTP_DETAIL_HTTP1_GRAMMAR_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>


/// @file
/// Parses the lines of an HTTP/1 response (RFC 9112). Each line is passed without its CR LF.

namespace ZENWIRE_NAMESPACE::detail::http1 {

/// The numbers in a status line.
struct status_line {
    int minor_version;  ///< of HTTP/1: 0 to 9
    int status;         ///< 100 to 999
};

/// The first line of a chunk.
struct chunk_line {
    std::uint64_t size;          ///< bytes in the chunk
    std::size_t extension_size;  ///< bytes in the line behind the size
};

/// Whether a text has no control characters but tabs. Bytes beyond ASCII are allowed, because RFC 9110 wants receivers to accept
/// them.
[[nodiscard]] constexpr bool is_text(std::string_view text) noexcept {
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if ((code < 0x20 && c != '\t') || code == 0x7F) {
            return false;
        }
    }
    return true;
}

/// Whether a line is a field: a name, a colon, and a value.
[[nodiscard]] constexpr bool is_field_line(std::string_view line) noexcept {
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos && is_field_name(line.substr(0, colon)) && is_text(line);
}

/// Reads `HTTP/1.1 200 OK`; the text after the number is optional.
[[nodiscard]] constexpr std::optional<status_line> parse_status_line(std::string_view line) noexcept {
    constexpr std::string_view form = "HTTP/1.1 200";
    const auto is_decimal = [&](std::size_t at) noexcept { return ascii::is_decimal_digit(line[at]); };
    const auto digit = [&](std::size_t at) noexcept { return line[at] - '0'; };
    const bool has_form = line.size() >= form.size() && line.starts_with("HTTP/1.") && is_decimal(7) &&
                          line[8] == ' ' && is_decimal(9) && line[9] != '0' && is_decimal(10) && is_decimal(11);
    if (!has_form || !is_text(line) || (line.size() > form.size() && line[form.size()] != ' ')) {
        return std::nullopt;
    }
    return status_line{digit(7), digit(9) * 100 + digit(10) * 10 + digit(11)};
}

/// `number * base + digit`, or the largest number when that is more.
[[nodiscard]] constexpr std::uint64_t with_digit(std::uint64_t number, unsigned base, unsigned digit) noexcept {
    return number > (UINT64_MAX - digit) / base ? UINT64_MAX : number * base + digit;
}

/// Reads the value of `content-length`, which has digits only. A number that is too large becomes the largest one.
[[nodiscard]] constexpr std::optional<std::uint64_t> parse_length(std::string_view value) noexcept {
    std::uint64_t length = 0;
    for (const char c : value) {
        if (!ascii::is_decimal_digit(c)) {
            return std::nullopt;
        }
        length = with_digit(length, 10, static_cast<unsigned>(c - '0'));
    }
    return value.empty() ? std::nullopt : std::optional(length);
}

/// Reads a size in hexadecimal, and after it extensions, if any, which begin with a semicolon.
[[nodiscard]] constexpr std::optional<chunk_line> parse_chunk_line(std::string_view line) noexcept {
    constexpr std::size_t max_digits = 16;
    std::uint64_t size = 0;
    std::size_t digits = 0;
    for (; digits < line.size() && ascii::hexadecimal_value(line[digits]) < 16; ++digits) {
        size = with_digit(size, 16, ascii::hexadecimal_value(line[digits]));
    }
    const std::string_view extension = line.substr(digits);
    if (digits == 0 || digits > max_digits || !is_text(line) ||
        (!extension.empty() && !ascii::trim(extension).starts_with(';'))) {
        return std::nullopt;
    }
    return chunk_line{size, extension.size()};
}

/// Whether a comma-separated list, for example the value of `connection`, has this word, in any letter case.
[[nodiscard]] constexpr bool has_word(std::string_view list, std::string_view word) noexcept {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        if (ascii::equal_ignoring_case(ascii::trim(list.substr(0, comma)), word)) {
            return true;
        }
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return false;
}

}  // namespace ZENWIRE_NAMESPACE::detail::http1

#endif
// ---- zenwire/http/http1_response.hpp, continued

namespace ZENWIRE_NAMESPACE {

/// Whether a response was read completely.
enum class http1_progress : unsigned char { incomplete, complete };

template <>
inline constexpr detail::enum_row<http1_progress> detail::enum_names<http1_progress>[] = {
    {http1_progress::incomplete, "incomplete"},
    {http1_progress::complete, "complete"},
};

/// Reads one response of HTTP/1.1 or 1.0 (RFC 9112) to a POST, from bytes in pieces of any size. The sizes of the pieces do not
/// matter. Interim responses (1xx) are skipped. No heap; pure; constexpr.
///
/// The body is passed to a function of the caller, piece by piece; http1_response keeps it in memory instead.
///
/// A response whose end is ambiguous, so that two readers could see it at different places, is refused:
/// - a line ends with CR LF and nothing else; CR, LF, NUL and other control characters occur nowhere else (tabs in values
///   do); no line is folded, no space stands before a colon;
/// - `content-length` occurs once, in digits alone, and not together with `transfer-encoding`, which occurs once and is
///   `chunked`, not in HTTP/1.0; no body is announced by a 1xx or 204, no chunks by a 304;
/// - protocols are not switched (101).
///
/// Everything is limited: the head by its memory and by the number of fields; interim responses, chunk extensions and trailers
/// together by the same size again; the body by `max_body`. After a failure each further call fails in the same way.
class http1_response_reader {
public:
    /// @param head memory for the fields of the response, for example 4096 bytes; it also holds the line that is being read, even
    ///        between chunks, so a few bytes more than the head are needed
    /// @param positions one for each field, for example 48
    /// @param max_body the longest body that is taken, in bytes
    constexpr http1_response_reader(std::span<char> head ZENWIRE_LIFETIMEBOUND,
                                    std::span<field_position> positions ZENWIRE_LIFETIMEBOUND,
                                    std::uint64_t max_body = limits::response_body) noexcept
        : head_(head), positions_(positions), max_body_(max_body) {}

    /// Takes the next bytes. Bytes after the end of the response are ignored, but then the connection cannot be used again.
    /// @param bytes any number of bytes; the view is not kept
    /// @param sink called as `sink(std::string_view)` with the next piece of the body, a view of `bytes`; never with an
    ///        empty one, and never with more than `max_body` bytes in all
    /// @return errc::malformed_response, errc::response_too_large; the outcome of what was asked for is unknown then
    template <class Sink>
    [[nodiscard]] constexpr expected<http1_progress> feed(std::string_view bytes, Sink&& sink) {
        while (!bytes.empty() && state_ != state::complete && state_ != state::failed) {
            if (state_ == state::body || state_ == state::body_until_close || state_ == state::chunk) {
                const std::string_view piece = next_of_body(bytes);
                if (!piece.empty()) {
                    sink(piece);
                }
                bytes.remove_prefix(piece.size());
            } else {
                bytes.remove_prefix(take_line(bytes));
            }
        }
        has_excess_ = has_excess_ || !bytes.empty();
        return progress();
    }

    /// To be called when the other side ended the connection.
    /// @return errc::transport_failed when the response is not complete, else as feed()
    [[nodiscard]] constexpr expected<http1_progress> end_of_input() noexcept {
        has_ended_ = true;
        if (state_ == state::body_until_close) {
            state_ = state::complete;
        } else if (state_ != state::complete && state_ != state::failed) {
            fail_with(errc::transport_failed, "the connection ended within the response");
        }
        return progress();
    }

    /// Whether the response is complete.
    [[nodiscard]] constexpr bool is_complete() const noexcept { return state_ == state::complete; }
    /// The status; 0 before the head is complete.
    [[nodiscard]] constexpr int status() const noexcept { return has_head() ? status_ : 0; }
    /// The fields of the head; none before it is complete. Trailers are not kept. A view of the memory.
    [[nodiscard]] constexpr field_list fields() const noexcept {
        return has_head() ? field_list(std::string_view(head_.data(), head_size_), positions_.data(), field_count_)
                          : field_list();
    }
    /// Whether the connection may carry another request: the response is complete, both sides keep the connection, and
    /// nothing came behind the response.
    [[nodiscard]] constexpr bool may_keep_connection() const noexcept {
        return is_complete() && !has_excess_ && !has_ended_ && !says_close_ && (minor_version_ != 0 || says_keep_);
    }

private:
    enum class state : unsigned char {
        status_line,
        field_line,
        body,              ///< remaining_ bytes of it
        body_until_close,  ///< all that comes
        chunk_line,
        chunk,      ///< remaining_ bytes of it
        chunk_end,  ///< the empty line behind a chunk
        trailer_line,
        complete,
        failed,
    };

    constexpr bool has_head() const noexcept { return state_ >= state::body && state_ != state::failed; }

    constexpr void fail_with(errc code, std::string_view why) noexcept {
        state_ = state::failed;
        failure_ = code;
        why_ = why;
    }
    constexpr void fail_malformed(std::string_view why) noexcept { fail_with(errc::malformed_response, why); }

    constexpr expected<http1_progress> progress() const noexcept {
        if (state_ != state::failed) {
            return is_complete() ? http1_progress::complete : http1_progress::incomplete;
        }
        error failure =
            error::make(failure_, failure_ == errc::transport_failed ? blame::transport : blame::remote, why_);
        failure.outcome = outcome::unknown;
        return unexpected(failure);
    }

    /// The part of `bytes` that belongs to the body, at least one byte; none, and failed, when it would be too long.
    constexpr std::string_view next_of_body(std::string_view bytes) noexcept {
        if (state_ == state::body_until_close) {
            if (bytes.size() > max_body_ - body_size_) {
                fail_with(errc::response_too_large, "the body of the response is too long");
                return {};
            }
            body_size_ += bytes.size();
            return bytes;
        }
        // masked, not cast: GCC warns of a useless cast where both types are the same
        const std::string_view piece = remaining_ < bytes.size() ? bytes.substr(0, remaining_ & SIZE_MAX) : bytes;
        remaining_ -= piece.size();
        if (remaining_ == 0) {
            state_ = state_ == state::chunk ? state::chunk_end : state::complete;
        }
        return piece;
    }

    /// Takes bytes of a line, and acts on the line when it is whole; returns how many it took.
    constexpr std::size_t take_line(std::string_view bytes) noexcept {
        const std::size_t line_end = bytes.find('\n');
        const std::size_t count = line_end == std::string_view::npos ? bytes.size() : line_end + 1;
        buffer_writer line(head_.subspan(head_size_ + line_size_));
        if (line.append(bytes.substr(0, count)).overflowed()) {
            fail_with(errc::response_too_large, "the head of the response is too long");
            return count;
        }
        line_size_ += count;
        if (line_end != std::string_view::npos) {
            const std::string_view whole(head_.data() + head_size_, line_size_);
            line_size_ = 0;
            if (whole.ends_with("\r\n")) {
                act_on(whole.substr(0, whole.size() - 2));
            } else {
                fail_malformed("a line of the response ends without CR");
            }
        }
        return count;
    }

    constexpr void act_on(std::string_view line) noexcept {
        const bool wants_field = state_ == state::field_line || state_ == state::trailer_line;
        if (wants_field && !line.empty() && !detail::http1::is_field_line(line)) {
            fail_malformed("a line of the head is not a field");
            return;
        }
        switch (state_) {
        case state::status_line: read_status_line(line); break;
        case state::field_line:
            if (line.empty()) {
                end_head();
            } else {
                read_field(line);
            }
            break;
        case state::chunk_line: read_chunk_line(line); break;
        case state::chunk_end:
            state_ = state::chunk_line;
            if (!line.empty()) {
                fail_malformed("a chunk is longer than it says");
            }
            break;
        default:  // trailer_line; the other states take bytes, not lines
            if (line.empty()) {
                state_ = state::complete;
            } else {
                count_discarded(line.size() + 2);
            }
        }
    }

    constexpr void read_status_line(std::string_view line) noexcept {
        const auto read = detail::http1::parse_status_line(line);
        if (!read) {
            fail_malformed("the response does not begin with a status line of HTTP/1");
            return;
        }
        minor_version_ = read->minor_version;
        status_ = read->status;
        interim_size_ = line.size() + 2;
        state_ = state::field_line;
    }

    constexpr void read_field(std::string_view line) noexcept {
        const std::size_t colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = detail::ascii::trim(line.substr(colon + 1));
        if (detail::ascii::equal_ignoring_case(name, "content-length")) {
            const auto length = detail::http1::parse_length(value);
            if (!length || has_length_) {
                fail_malformed("content-length is repeated or not a number");
            }
            has_length_ = true;
            remaining_ = length.value_or(0);
        } else if (detail::ascii::equal_ignoring_case(name, "transfer-encoding")) {
            if (is_chunked_ || !detail::ascii::equal_ignoring_case(value, "chunked")) {
                fail_malformed("transfer-encoding is repeated or not chunked");
            }
            is_chunked_ = true;
        } else if (detail::ascii::equal_ignoring_case(name, "connection")) {
            says_close_ = says_close_ || detail::http1::has_word(value, "close");
            says_keep_ = says_keep_ || detail::http1::has_word(value, "keep-alive");
        }
        interim_size_ += line.size() + 2;
        store_field(name.size(), value);
    }

    /// Brings the line into the form of a field_list. There is always room: the form is never longer than the line was.
    constexpr void store_field(std::size_t name_size, std::string_view value) noexcept {
        if (state_ == state::failed) {
            return;
        }
        if (field_count_ == positions_.size()) {
            fail_with(errc::response_too_large, "the response has too many fields");
            return;
        }
        field_position& at = positions_[field_count_++];
        at.name_begin = static_cast<std::uint32_t>(head_size_);
        at.name_size = static_cast<std::uint32_t>(name_size);
        at.value_size = static_cast<std::uint32_t>(value.size());
        move_to(head_size_ + name_size + 2, value);
        head_[head_size_ + name_size + 1] = ' ';
        head_size_ += name_size + 2 + value.size();
    }

    constexpr void move_to(std::size_t target, std::string_view text) noexcept {
        const auto source = static_cast<std::size_t>(text.data() - head_.data());
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::size_t index = source < target ? text.size() - 1 - i : i;
            head_[target + index] = head_[source + index];
        }
    }

    constexpr void end_head() noexcept {
        const bool is_interim = status_ < 200;
        const bool is_bodiless = is_interim || status_ == 204 || status_ == 304;
        // the length that a 304 may announce is that of another response
        const bool announces = is_chunked_ || (has_length_ && remaining_ != 0 && status_ != 304);
        if ((has_length_ && is_chunked_) || (is_chunked_ && minor_version_ == 0) || (is_bodiless && announces)) {
            fail_malformed("the length of the response is ambiguous");
        } else if (status_ == 101) {
            fail_malformed("the response switches the protocol");
        } else if (is_interim) {
            begin_next_head();
        } else if (is_bodiless) {
            state_ = state::complete;
        } else if (is_chunked_) {
            state_ = state::chunk_line;
        } else if (has_length_) {
            begin_body(state::body);
        } else {
            state_ = state::body_until_close;
        }
    }

    constexpr void begin_next_head() noexcept {
        state_ = state::status_line;
        count_discarded(interim_size_ + 2);
        field_count_ = 0;
        head_size_ = 0;
        has_length_ = false;
        says_close_ = false;
        says_keep_ = false;
    }

    /// Counts bytes that are read and thrown away.
    constexpr void count_discarded(std::size_t count) noexcept {
        discarded_ += count;
        if (discarded_ > head_.size()) {
            fail_with(errc::response_too_large, "the response has too much beside head and body");
        }
    }

    /// Goes on with remaining_ bytes of the body, if it has so much room.
    constexpr void begin_body(state next) noexcept {
        if (remaining_ > max_body_ - body_size_) {
            fail_with(errc::response_too_large, "the body of the response is too long");
            return;
        }
        body_size_ += remaining_;
        state_ = remaining_ != 0 ? next : state::complete;
    }

    constexpr void read_chunk_line(std::string_view line) noexcept {
        const auto chunk = detail::http1::parse_chunk_line(line);
        if (!chunk) {
            fail_malformed("a chunk does not begin with its size");
            return;
        }
        remaining_ = chunk->size;
        count_discarded(chunk->extension_size);
        if (state_ != state::failed && remaining_ == 0) {
            state_ = state::trailer_line;
        } else if (state_ != state::failed) {
            begin_body(state::chunk);
        }
    }

    std::span<char> head_;
    std::span<field_position> positions_;
    std::uint64_t max_body_;
    std::uint64_t body_size_ = 0;
    std::uint64_t remaining_ = 0;
    std::size_t head_size_ = 0;
    std::size_t line_size_ = 0;
    std::size_t interim_size_ = 0;
    std::size_t discarded_ = 0;
    std::size_t field_count_ = 0;
    std::string_view why_{};
    int status_ = 0;
    int minor_version_ = 0;
    errc failure_{};
    state state_ = state::status_line;
    bool has_length_ = false;
    bool is_chunked_ = false;
    bool says_close_ = false;
    bool says_keep_ = false;
    bool has_excess_ = false;
    bool has_ended_ = false;
};

/// One response of HTTP/1.1 in memory of the caller: an http1_response_reader with room for the body. No heap.
class http1_response {
public:
    /// @param head memory for the fields of the response, as http1_response_reader takes it
    /// @param positions one for each field
    /// @param body memory for the body, as long as the longest that is taken
    constexpr http1_response(std::span<char> head ZENWIRE_LIFETIMEBOUND,
                             std::span<field_position> positions ZENWIRE_LIFETIMEBOUND,
                             std::span<char> body ZENWIRE_LIFETIMEBOUND) noexcept
        : reader_(head, positions, body.size()), body_(body) {}
    http1_response(http1_response const&) = delete;
    http1_response& operator=(http1_response const&) = delete;

    /// Takes the next bytes, as http1_response_reader::feed() does.
    /// @return errc::malformed_response, errc::response_too_large; the outcome of what was asked for is unknown then
    [[nodiscard]] constexpr expected<http1_progress> feed(std::string_view bytes) noexcept {
        return reader_.feed(bytes, [this](std::string_view piece) noexcept { body_.append(piece); });
    }
    /// @copydoc http1_response_reader::end_of_input
    [[nodiscard]] constexpr expected<http1_progress> end_of_input() noexcept { return reader_.end_of_input(); }
    /// @copydoc http1_response_reader::may_keep_connection
    [[nodiscard]] constexpr bool may_keep_connection() const noexcept { return reader_.may_keep_connection(); }
    /// The response, a view of the memory; status 0 and nothing else before it is complete.
    [[nodiscard]] constexpr response_view view() const noexcept {
        return reader_.is_complete() ? response_view{reader_.status(), body_.written(), reader_.fields()}
                                     : response_view{};
    }

private:
    http1_response_reader reader_;
    buffer_writer body_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/core.hpp, continued
// ---- zenwire/protocol/describe.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DESCRIBE_HPP
#define ZENWIRE_PROTOCOL_DESCRIBE_HPP

#include <cstdint>
#include <string_view>


namespace ZENWIRE_NAMESPACE {

/// The type that describe() and explain() return: long enough for all texts of an error, and the words around them.
using error_description =
    inline_string<limits::message + limits::request_id + limits::api_code + limits::excerpt + 512>;

/// What a person can do about an error: a sentence without a full stop. A constant.
[[nodiscard]] constexpr std::string_view advice_on(error const& error) noexcept;

/// An error in one line, for logs: `code=api_error blame=remote outcome=not_executed retry=no status=403 ...`.
///
/// It has these pairs, in this order: `code`, `cause` if it differs, `blame`, `outcome`, `retry` (`yes` when trying again is safe
/// and may help). If known: `status`, `api_code`, `field`, `retry_after` and `clock_offset` (seconds), `request_id`, `message`,
/// `response` (the first bytes of one that was not understood); then `advice`. Text of others stands in double quotes, and has no
/// quotes and control characters in it, so that it can add neither a line nor a pair.
[[nodiscard]] constexpr error_description describe(error const& error) noexcept;

/// An error for people: a headline, then one line each for what happened, what to do, and what else is known; each ends with `\n`.
/// As safe for a terminal as describe().
[[nodiscard]] constexpr error_description explain(error const& error) noexcept;

namespace detail {

/// What to do about an error, when the API's code does not say it better.
[[nodiscard]] constexpr std::string_view advice_on(errc code) noexcept {
    switch (code) {
    case errc::invalid_parameter:
    case errc::invalid_endpoint:
    case errc::invalid_credential:
    case errc::invalid_field: return "correct it: nothing was sent"sv;
    case errc::invalid_timestamp: return "set the clock; times are in seconds"sv;
    case errc::buffer_too_small: return "give the call a larger buffer"sv;
    case errc::out_of_memory: return "give the allocator more memory"sv;
    case errc::unsupported_action: return "use the service that has the action"sv;
    case errc::crypto_failed: return "check the key store or HSM: nothing was sent"sv;
    case errc::authorization_malformed:
    case errc::signed_header_missing:
    case errc::signed_header_duplicate:
    case errc::access_key_unknown:
    case errc::signature_mismatch:
    case errc::request_mismatch: return "refuse the request"sv;
    case errc::signature_expired: return "refuse the request; if many requests fail like this, check the clock"sv;
    case errc::not_sent: return "look at network, endpoint and certificate, then try again"sv;
    case errc::transport_failed: return "look at the network, then try again"sv;
    case errc::api_error: return "read the message; the code is not a documented one"sv;
    case errc::rate_limited: return "wait, then try again"sv;
    case errc::security_challenge:
    case errc::request_blocked: return "ask Zenlayer to let this address use the API"sv;
    case errc::redirected: return "check the endpoint: redirects are not followed"sv;
    case errc::unexpected_status:
    case errc::unexpected_error_body:
    case errc::malformed_response:
    case errc::response_too_large:
    case errc::response_too_deep: return "check proxies and gateways between this program and the API"sv;
    case errc::outcome_unknown: return "look at the instance before anything else"sv;
    case errc::would_be_refused: return "change what the reason names; no order was sent"sv;
    case errc::not_confirmed: return "nothing to do if intended; no order was sent"sv;
    case errc::price_above_limit: return "ask for the price, and whether to raise the limit; no order was sent"sv;
    case errc::save_failed: return "see why the job could not be stored, and whether there is one; no order was sent"sv;
    case errc::unclear_state: return "look at the instance, then start a new job; no order was sent"sv;
    case errc::not_ordered: return "fix the cause and start a new job; no order was sent"sv;
    case errc::conflicting_change: return "look at the instance, and ask who else changes it"sv;
    case errc::deadline_passed: return "look at the instance"sv;
    case errc::job_record_damaged:
    case errc::job_record_outdated: return "an order may be under way: look at the instance and at the bill"sv;
    case errc::another_service:
    case errc::another_endpoint:
    case errc::another_account: return "resume the job with the client that began it"sv;
    case errc::list_changed: return "read the list again, in larger pages or with an end date"sv;
    }
    return {};
}

/// The headline of an error: the documented meaning of its code, else its own message.
[[nodiscard]] constexpr std::string_view meaning_of(error const& error) noexcept {
    const std::string_view meaning = description_of(error.api_code).meaning;
    return meaning.empty() ? error.message.view() : meaning;
}

/// Whether it was carried out, in words.
[[nodiscard]] constexpr std::string_view what_happened(error const& error) noexcept {
    switch (error.outcome) {
    case outcome::not_executed: return "nothing was carried out, no money moved"sv;
    case outcome::executed: return "it was carried out"sv;
    case outcome::unknown: break;
    }
    return error.reads_only ? "nobody knows, but it only reads: no money moved"sv
                            : "nobody knows: it may have been carried out, and cost money"sv;
}

/// Writes the pieces of describe() and explain().
template <class Text>
class error_text {
public:
    constexpr explicit error_text(Text& to) noexcept : to_(to) {}

    /// Writes ` name=value`, where the value is a constant of this library.
    constexpr void pair(std::string_view name, std::string_view value) noexcept {
        begin_pair(name);
        to_.append(value);
    }
    /// The same with a number.
    constexpr void pair(std::string_view name, std::int64_t value) noexcept {
        begin_pair(name);
        to_.append(value < 0 ? "-"sv : ""sv);
        to_.append(decimal_text(magnitude_of(value)).view());
    }
    /// Writes ` name="value"`, where the value may be text of others; nothing when it is empty.
    constexpr void quoted_pair(std::string_view name, std::string_view value) noexcept {
        if (!value.empty()) {
            begin_pair(name);
            to_.append("\"");
            append_quotable(value);
            to_.append("\"");
        }
    }

    /// Writes `code: words`.
    constexpr void headline(std::string_view code, std::string_view words) noexcept {
        to_.append(code);
        if (!words.empty()) {
            to_.append(": ");
            append_quotable(words);
        }
        to_.append("\n");
    }
    /// Writes a line with a name and a value; nothing when the value is empty.
    constexpr void line(std::string_view name, std::string_view value) noexcept {
        if (!value.empty()) {
            begin_line(name);
            append_quotable(value);
            to_.append("\n");
        }
    }
    /// The same with a number, and the text `suffix` after it.
    constexpr void line(std::string_view name, std::uint64_t value, std::string_view suffix = {}) noexcept {
        begin_line(name);
        to_.append(decimal_text(value).view());
        to_.append(suffix);
        to_.append("\n");
    }

private:
    constexpr void begin_pair(std::string_view name) noexcept {
        if (!to_.empty()) {
            to_.append(" ");
        }
        to_.append(name);
        to_.append("=");
    }

    constexpr void begin_line(std::string_view name) noexcept {
        constexpr std::string_view spaces = "               "sv;  // two more than the longest name, "what happened"
        to_.append("  ");
        to_.append(name);
        to_.append(spaces.substr(name.size()));
    }

    constexpr void append_quotable(std::string_view text) noexcept {
        while (!text.empty() && !to_.truncated()) {
            const std::string_view sequence = take_safe_sequence(text);
            to_.append(sequence == "\""sv ? "'"sv : sequence);
        }
    }

    Text& to_;
};

}  // namespace detail

constexpr std::string_view advice_on(error const& error) noexcept {
    if (error.outcome == outcome::unknown && !error.reads_only) {
        return "look at the instance before anything else, and do not send it again: it may have been carried out"sv;
    }
    const std::string_view known = description_of(error.api_code).advice;
    return known.empty() ? detail::advice_on(error.code) : known;
}

constexpr error_description describe(error const& error) noexcept {
    error_description line;
    detail::error_text<error_description> text(line);
    text.pair("code", to_string(error.code));
    if (error.cause != error.code) {
        text.pair("cause", to_string(error.cause));
    }
    text.pair("blame", to_string(error.blame));
    text.pair("outcome", to_string(error.outcome));
    text.pair("retry", error.retryable() ? "yes"sv : "no"sv);
    if (error.http_status != 0) {
        text.pair("status", error.http_status);
    }
    text.quoted_pair("api_code", error.api_code_text);
    text.quoted_pair("field", error.field);
    if (error.retry_after_seconds) {
        text.pair("retry_after", *error.retry_after_seconds);
    }
    if (error.clock_offset_seconds) {
        text.pair("clock_offset", *error.clock_offset_seconds);
    }
    text.quoted_pair("request_id", error.request_id);
    text.quoted_pair("message", error.message);
    text.quoted_pair("response", error.excerpt);
    text.quoted_pair("advice", advice_on(error));
    return line;
}

constexpr error_description explain(error const& error) noexcept {
    error_description page;
    detail::error_text<error_description> text(page);
    // the cause: people want to know what went wrong, programs what it means for them (`code`, which describe() has
    // first)
    text.headline(to_string(error.cause), detail::meaning_of(error));
    text.line("what happened", detail::what_happened(error));
    text.line("what to do", advice_on(error));
    if (error.retryable()) {
        text.line("trying again", "is safe, and may help");
    }
    if (error.retry_after_seconds) {
        text.line("not before", *error.retry_after_seconds, " s have passed");
    }
    text.line("parameter", error.field);
    text.line("API code", error.api_code_text);
    if (error.http_status != 0) {
        text.line("HTTP status", error.http_status);
    }
    if (error.clock_offset_seconds) {
        text.line("this clock", detail::magnitude_of(*error.clock_offset_seconds),
                  *error.clock_offset_seconds < 0 ? " s ahead of the server's" : " s behind the server's");
    }
    text.line("response", error.excerpt);
    text.line("request id", error.request_id);
    return page;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/core.hpp, continued
// ---- zenwire/protocol/verification.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_VERIFICATION_HPP
#define ZENWIRE_PROTOCOL_VERIFICATION_HPP

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

// ---- zenwire/protocol/detail/received_request.hpp
// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_RECEIVED_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_RECEIVED_REQUEST_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>


namespace ZENWIRE_NAMESPACE::detail {

/// A refusal of a request that somebody else sent.
[[nodiscard]] constexpr refusal refusal_of_request(errc code, std::string_view why,
                                                   std::string_view field = "authorization") noexcept {
    return error::make(code, blame::remote, why, field);
}

/// @{
/// Reasons why a received request is refused.
inline constexpr refusal authorization_is_missing =
    refusal_of_request(errc::authorization_malformed, "there is no authorization field");
inline constexpr refusal authorization_is_double =
    refusal_of_request(errc::authorization_malformed, "there are several authorization fields");
inline constexpr refusal authorization_is_malformed = refusal_of_request(
    errc::authorization_malformed,
    "the authorization field is not in the form "
    "'ZC2-HMAC-SHA256 Credential=ID, SignedHeaders=NAMES, Signature=64 HEX DIGITS' or 'Bearer TOKEN'");
inline constexpr refusal bearer_token_is_no_signature =
    refusal_of_request(errc::authorization_malformed, "a bearer token is not a signature");
inline constexpr refusal timestamp_is_malformed =
    refusal_of_request(errc::authorization_malformed,
                       "x-zc-timestamp must be there once, as decimal seconds since 1970", "x-zc-timestamp");
inline constexpr refusal access_key_is_unknown =
    refusal_of_request(errc::access_key_unknown, "nobody has this access key id");
inline constexpr refusal signature_is_expired =
    refusal_of_request(errc::signature_expired, "the timestamp is more than 300 s away from now");
inline constexpr refusal signature_does_not_match =
    refusal_of_request(errc::signature_mismatch, "the signature does not match");
inline constexpr refusal method_is_wrong = refusal_of_request(errc::request_mismatch, "the method is not POST", {});
inline constexpr refusal path_is_wrong =
    refusal_of_request(errc::request_mismatch, "the path is not that of the service", {});
inline constexpr refusal version_is_wrong = refusal_of_request(
    errc::request_mismatch, "the version does not match, is missing, or is there twice", "x-zc-version");
inline constexpr refusal action_is_wrong = refusal_of_request(
    errc::request_mismatch, "the action does not match, is missing, or is there twice", "x-zc-action");
inline constexpr refusal usual_header_is_not_signed =
    refusal_of_request(errc::signed_header_missing, "content-type and host must be signed");
inline constexpr refusal signed_header_is_missing =
    refusal_of_request(errc::signed_header_missing, "a signed header is not in the request");
inline constexpr refusal signed_header_is_double =
    refusal_of_request(errc::signed_header_duplicate, "a signed header occurs twice");
/// @}

/// Parses a text from its start on.
class text_parts {
public:
    /// Parses this text, which must outlive the object.
    constexpr explicit text_parts(std::string_view text ZENWIRE_LIFETIMEBOUND) noexcept : rest_(text) {}

    /// Takes `text`, which must come next.
    constexpr void take(std::string_view text) noexcept {
        well_formed_ = well_formed_ && rest_.starts_with(text);
        rest_.remove_prefix(well_formed_ ? text.size() : 0);
    }
    /// Takes at least one character: all up to a comma, the end, or one that is not visible.
    constexpr std::string_view take_part() noexcept {
        std::size_t size = 0;
        while (size < rest_.size() && rest_[size] != ',' && ascii::is_visible(rest_[size])) {
            ++size;
        }
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        well_formed_ = well_formed_ && size != 0;
        return part;
    }
    /// Takes all that is left: at least one character, all of them visible.
    constexpr std::string_view take_rest() noexcept {
        const std::string_view part = std::exchange(rest_, {});
        well_formed_ = well_formed_ && !part.empty() && ascii::is_visible(part);
        return part;
    }

    /// Whether all parts were well-formed, and nothing is left.
    [[nodiscard]] constexpr bool is_well_formed() const noexcept { return well_formed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool well_formed_ = true;
};

/// Parses an `authorization` field.
/// @return what is wrong with it; null when nothing is
[[nodiscard]] constexpr refusal const* flaw_of_authorization(field_list::occurrences const& from,
                                                             authorization& parts) noexcept {
    if (from.times != 1) {
        return from.times == 0 ? &authorization_is_missing : &authorization_is_double;
    }
    text_parts rest(from.value);
    bool has_size = true;
    if (from.value.starts_with('B')) {
        rest.take("Bearer "sv);
        parts.bearer_token = rest.take_rest();
    } else {
        rest.take("ZC2-HMAC-SHA256 Credential="sv);
        parts.access_key_id = rest.take_part();
        rest.take(", SignedHeaders="sv);
        parts.signed_headers = rest.take_part();
        rest.take(", Signature="sv);
        parts.signature = rest.take_part();
        has_size = parts.signature.size() == 2 * sha256::digest_size;
    }
    return rest.is_well_formed() && has_size ? nullptr : &authorization_is_malformed;
}

/// The decimal seconds of a timestamp; a time before 1970 when it is missing, occurs twice, or is not 1 to 12 digits of a valid
/// time.
[[nodiscard]] constexpr unix_seconds timestamp_of(field_list::occurrences const& from) noexcept {
    constexpr unix_seconds none(-1);
    constexpr std::size_t max_digits = 12;  // those of unix_seconds::last
    if (from.times != 1 || from.value.empty() || from.value.size() > max_digits) {
        return none;
    }
    std::int64_t number = 0;
    for (const char c : from.value) {
        if (!ascii::is_decimal_digit(c)) {
            return none;
        }
        number = number * 10 + (c - '0');
    }
    const unix_seconds time(number);
    return time.is_valid() ? time : none;
}

/// Hashes a text as it stands in a canonical request: without spaces and tabs around it, in lower case.
template <hash_function Hash>
constexpr void update_normalised(Hash& hash, std::string_view text) noexcept {
    text = ascii::trim(text);
    while (!text.empty()) {
        std::size_t size = 0;
        while (size < text.size() && (text[size] < 'A' || text[size] > 'Z')) {
            ++size;
        }
        hash.update(text.substr(0, size));
        text.remove_prefix(size);
        if (!text.empty()) {
            const char lower = ascii::to_lower(text.front());
            hash.update({&lower, 1});
            text.remove_prefix(1);
        }
    }
}

/// The names in `SignedHeaders`, taken one by one.
class signed_header_names {
public:
    /// @param names separated by `;`
    constexpr explicit signed_header_names(std::string_view names) noexcept : rest_(names) {}

    /// Whether all were taken.
    [[nodiscard]] constexpr bool empty() const noexcept { return rest_.empty(); }
    /// Takes the next one.
    constexpr std::string_view take() noexcept {
        std::size_t size = 0;
        while (size < rest_.size() && rest_[size] != ';') {
            ++size;
        }
        const std::string_view name = rest_.substr(0, size);
        rest_.remove_prefix(size < rest_.size() ? size + 1 : size);
        return name;
    }
    /// Whether a name is among those that are left, in any letter case.
    [[nodiscard]] constexpr bool has(std::string_view name) const noexcept {
        for (signed_header_names left = *this; !left.empty();) {
            if (ascii::equal_ignoring_case(left.take(), name)) {
                return true;
            }
        }
        return false;
    }

private:
    std::string_view rest_;
};

/// Hashes the canonical request of a request that was received, all of it but the hash of the payload.
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; null when nothing is wrong
template <hash_function Hash>
[[nodiscard]] constexpr refusal const* update_received_start(Hash& hash, field_list const& fields,
                                                             std::string_view signed_headers) noexcept {
    if (signed_headers == default_signed_headers) {
        const auto content_type = fields.find_all("content-type"sv);
        const auto host = fields.find_all("host"sv);
        if (content_type.times == 0 || host.times == 0) {
            return &signed_header_is_missing;
        }
        if (content_type.times > 1 || host.times > 1) {
            return &signed_header_is_double;
        }
        update_canonical_start_by(update_normalised<Hash>, hash, content_type.value, host.value);
        return nullptr;
    }
    signed_header_names names(signed_headers);
    if (!names.has("content-type"sv) || !names.has("host"sv)) {
        return &usual_header_is_not_signed;
    }
    hash.update("POST\n/\n\n"sv);
    while (!names.empty()) {
        const std::string_view name = names.take();
        const auto found = fields.find_all(name);
        if (found.times == 0) {
            return &signed_header_is_missing;
        }
        if (found.times > 1 || names.has(name)) {
            return &signed_header_is_double;
        }
        update_normalised(hash, name);
        hash.update(":"sv);
        update_normalised(hash, found.value);
        hash.update("\n"sv);
    }
    hash.update("\n"sv);
    update_normalised(hash, signed_headers);
    hash.update("\n"sv);
    return nullptr;
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
// ---- zenwire/protocol/verification.hpp, continued

/// @file
/// The server's side of signing: checks the signature of a request, for simulators, proxies and tests; and shows a request without
/// its secrets, for logs.

namespace ZENWIRE_NAMESPACE {

/// Parses the `authorization` field of a request.
/// @return errc::authorization_malformed when it is missing, there twice, or not exactly in the documented form
[[nodiscard]] constexpr expected<authorization> parse_authorization(request_view const& request) noexcept;

/// The decimal seconds of `x-zc-timestamp`.
/// @return errc::authorization_malformed when it is missing, there twice, or not 1 to 12 digits of a valid time
[[nodiscard]] constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept;

/// The canonical request hash of a request that was received, over the headers that the request lists as signed.
/// @param signed_headers names separated by `;`
/// @return errc::signed_header_missing when `content-type` or `host` is not among them, or one of them not in the request;
///         errc::signed_header_duplicate when one is named or occurs twice; what `hash` fails with
template <hash_function Hash = sha256>
[[nodiscard]] constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                                std::string_view signed_headers,
                                                                                Hash const& hash = {}) noexcept;

/// What a server expects of a request and the signature does not cover. The method must always be `POST`.
struct request_expectation {
    /// A request to that service in that version.
    /// @param action_name `x-zc-action`; empty for any
    constexpr request_expectation(service const& of, std::string_view action_name = {}) noexcept
        : path(of.path), version(of.version), action(action_name) {}
    /// A request to that path, in any version.
    constexpr explicit request_expectation(std::string_view of_path) noexcept : path(of_path) {}

    /// The whole of request_view::target.
    std::string_view path;
    /// `x-zc-version`; empty for any.
    std::string_view version{};
    /// `x-zc-action`; empty for any.
    std::string_view action{};
};

/// Checks the signature of a request that was received, under a known key, and that it is the request that is expected.
///
/// The signature covers the bytes of the body, the values of `content-type` and `host`, the timestamp, and what further
/// fields the sender named in `SignedHeaders`. Method, path, action and version are not signed: whoever sees a request can
/// send its body to another action of any service while it is not expired, and its signature holds. So they are compared here, by
/// `expectation`, and a request must be shown to nobody but the server.
///
/// It checks in this order, with a different error for each: the form of authorization and timestamp; that the key id is that of
/// the key; that the timestamp is at most 300 s before or after `now`; that each signed header is there exactly once; the
/// signature, compared in constant time; method, path, version and action.
/// @return errc::authorization_malformed (also for a bearer token), errc::access_key_unknown, errc::signature_expired,
///         errc::signed_header_missing, errc::signed_header_duplicate, errc::signature_mismatch, errc::request_mismatch; what
///         hash and key fail with
template <signing_credential Key, hash_function Hash = sha256>
[[nodiscard]] constexpr expected<void> verify_request(request_view const& request, Key const& key, unix_seconds now,
                                                      request_expectation const& expectation,
                                                      Hash const& hash = {}) noexcept;

/// The same for a server with several keys: `look_up` takes the access key id and returns a pointer to a signing_credential, or
/// null when nobody has that id.
template <class LookUp, hash_function Hash = sha256>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
[[nodiscard]] constexpr expected<void> verify_request(request_view const& request, LookUp&& look_up, unix_seconds now,
                                                      request_expectation const& expectation,
                                                      Hash const& hash = {}) noexcept;

/// Writes the head of a request for people: the request line and the fields, each on a line that ends with LF. Shows only values
/// that are known to be no secret. Safe for received requests, too: it writes no control character but LF.
///
/// The body is left out, because only the caller knows whether it carries a password. When there is no room, `out.overflowed()`
/// says so; `limits::request_head` bytes are enough for a signed_request.
constexpr void write_redacted_head(buffer_writer& out, request_view const& request) noexcept;

namespace detail {

/// Compares method, path, version and action, which are not signed, with the expected ones.
/// @return the first difference; null when there is none
[[nodiscard]] constexpr refusal const* flaw_of_request(request_view const& request,
                                                       request_expectation const& expectation) noexcept {
    const auto is_single = [&](std::string_view name, std::string_view value) noexcept {
        const auto found = request.fields.find_all(name);
        return value.empty() || (found.times == 1 && found.value == value);
    };
    return request.method != "POST"sv                          ? &method_is_wrong
           : request.target != expectation.path                ? &path_is_wrong
           : !is_single("x-zc-version"sv, expectation.version) ? &version_is_wrong
           : !is_single("x-zc-action"sv, expectation.action)   ? &action_is_wrong
                                                               : nullptr;
}

/// Whether `now` is too far from the timestamp for a signature to be accepted.
[[nodiscard]] constexpr bool is_expired(unix_seconds timestamp, unix_seconds now) noexcept {
    // unsigned, because `now` may be any number, so that a signed difference could overflow
    const auto since_1970 = [](unix_seconds time) noexcept { return static_cast<std::uint64_t>(time.count()); };
    const std::uint64_t age =
        now >= timestamp ? since_1970(now) - since_1970(timestamp) : since_1970(timestamp) - since_1970(now);
    return age > static_cast<std::uint64_t>(signature_lifetime_seconds);
}

/// Replaces each text that is not shown, whatever its length.
inline constexpr std::string_view mask_text = "***";

/// Whether the value of a field may be shown: only fields that are known to carry no secret, in any letter case. So a field that
/// is added later is not shown by oversight.
[[nodiscard]] constexpr bool is_shown_field(std::string_view name) noexcept {
    constexpr std::string_view shown[] = {
        "host",          "content-type",          "content-length",     "x-zc-action",
        "x-zc-service",  "x-zc-version",          "x-zc-timestamp",     "x-zc-sdk-version",
        "x-zc-sdk-lang", "x-zc-signature-method", "x-zc-request-client"};
    for (const std::string_view each : shown) {
        if (ascii::equal_ignoring_case(each, name)) {
            return true;
        }
    }
    return false;
}

/// Writes text with everything but printable ASCII replaced by `?`, so that untrusted text cannot control a terminal or add a line
/// to a log.
constexpr void write_printable(buffer_writer& out, std::string_view text) noexcept {
    for (const char c : text) {
        out.append(ascii::is_visible(c) || c == ' ' ? c : '?');
    }
}

/// Writes the value of an `authorization` field without its secret: for a signed request the key id and the names of the signed
/// headers, for a bearer token only the scheme; then always the mask.
constexpr void write_redacted_authorization(buffer_writer& out, std::string_view value) noexcept {
    const field alone[] = {{"authorization", value}};
    request_view request;
    request.fields = field_list(std::span<field const>(alone));
    const expected<authorization> parts = parse_authorization(request);
    if (parts && parts->bearer_token.empty()) {
        out.append(signature_method).append(" Credential=").append(parts->access_key_id);
        out.append(", SignedHeaders=").append(parts->signed_headers).append(", Signature=");
    } else if (parts) {
        out.append("Bearer ");
    }
    out.append(mask_text);
}

}  // namespace detail

constexpr expected<authorization> parse_authorization(request_view const& request) noexcept {
    expected<authorization> parts(std::in_place);
    if (refusal const* const flaw = detail::flaw_of_authorization(request.fields.find_all("authorization"sv), *parts);
        flaw != nullptr) {
        parts = refuse(*flaw);
    }
    return parts;
}

constexpr expected<unix_seconds> parse_timestamp(request_view const& request) noexcept {
    const unix_seconds time = detail::timestamp_of(request.fields.find_all("x-zc-timestamp"sv));
    if (!time.is_valid()) {
        return refuse(detail::timestamp_is_malformed);
    }
    return time;
}

template <hash_function Hash>
constexpr expected<sha256_digest> received_canonical_request_hash(request_view const& request,
                                                                  std::string_view signed_headers,
                                                                  Hash const& hash) noexcept {
    Hash canonical = hash;
    if (refusal const* const flaw = detail::update_received_start(canonical, request.fields, signed_headers);
        flaw != nullptr) {
        return refuse(*flaw);
    }
    const auto payload = payload_hash(request.body, hash);
    if (!payload) {
        return failure_of(payload);
    }
    return finish_canonical_request(canonical, *payload);
}

template <signing_credential Key, hash_function Hash>
constexpr expected<void> verify_request(request_view const& request, Key const& key, unix_seconds now,
                                        request_expectation const& expectation, Hash const& hash) noexcept {
    return verify_request(
        request, [&](std::string_view id) noexcept { return id == std::string_view(key.id()) ? &key : nullptr; }, now,
        expectation, hash);
}

template <class LookUp, hash_function Hash>
    requires std::is_pointer_v<std::invoke_result_t<LookUp&, std::string_view>>
constexpr expected<void> verify_request(request_view const& request, LookUp&& look_up, unix_seconds now,
                                        request_expectation const& expectation, Hash const& hash) noexcept {
    authorization parts;
    if (refusal const* const flaw = detail::flaw_of_authorization(request.fields.find_all("authorization"sv), parts);
        flaw != nullptr) {
        return refuse(*flaw);
    }
    if (!parts.bearer_token.empty()) {
        return refuse(detail::bearer_token_is_no_signature);
    }
    const auto timestamp_field = request.fields.find_all("x-zc-timestamp"sv);
    const unix_seconds timestamp = detail::timestamp_of(timestamp_field);
    if (!timestamp.is_valid()) {
        return refuse(detail::timestamp_is_malformed);
    }
    auto* const key = look_up(parts.access_key_id);
    if (key == nullptr) {
        return refuse(detail::access_key_is_unknown);
    }
    if (detail::is_expired(timestamp, now)) {
        return refuse(detail::signature_is_expired);
    }
    const auto canonical = received_canonical_request_hash(request, parts.signed_headers, hash);
    if (!canonical) {
        return failure_of(canonical);
    }
    sha256_digest mac;
    if (const auto done =
            detail::authenticate(*key, detail::string_to_sign_start(timestamp_field.value), *canonical, mac);
        !done) {
        return failure_of(done);
    }
    if (!detail::constant_time_equal(detail::hex_text(mac).view(), parts.signature)) {
        return refuse(detail::signature_does_not_match);
    }
    if (refusal const* const flaw = detail::flaw_of_request(request, expectation); flaw != nullptr) {
        return refuse(*flaw);
    }
    return {};
}

constexpr void write_redacted_head(buffer_writer& out, request_view const& request) noexcept {
    std::size_t path_size = 0;
    while (path_size < request.target.size() && request.target[path_size] != '?' && request.target[path_size] != '#') {
        ++path_size;
    }
    detail::write_printable(out, request.method);
    out.append(' ');
    detail::write_printable(out, request.target.substr(0, path_size));
    if (path_size < request.target.size()) {
        out.append('?').append(detail::mask_text);
    }
    out.append(" HTTP/1.1\n");
    for (const field each : request.fields) {
        detail::write_printable(out, each.name);
        out.append(": ");
        if (detail::ascii::equal_ignoring_case(each.name, "authorization")) {
            detail::write_redacted_authorization(out, each.value);
        } else if (detail::is_shown_field(each.name)) {
            detail::write_printable(out, each.value);
        } else {
            out.append(detail::mask_text);
        }
        out.append('\n');
    }
}

}  // namespace ZENWIRE_NAMESPACE

#endif
// ---- zenwire/core.hpp, continued

#endif
// ---- zenwire/zenwire.hpp, continued

#endif
