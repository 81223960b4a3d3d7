// SPDX-License-Identifier: BSL-1.0

/// @file
/// Decimals against exact rational numbers, on random texts: what is read is the same number, what is not read has no such form, and numbers compare as the rational ones do.
///
///     differential_decimals [texts [seed]]     50000 texts from seed 1, where nothing is said

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/decimal.hpp>

namespace {

using whole_number = boost::multiprecision::cpp_int;
using rational = boost::multiprecision::cpp_rational;
using zenwire::decimal;

whole_number power_of_ten(int exponent) {
    return boost::multiprecision::pow(whole_number(10), static_cast<unsigned>(exponent));
}

/// A text and the number that it stands for; no number when JSON has no such text.
struct sample {
    std::string text;
    std::optional<rational> number;
};

std::string random_digits(std::mt19937_64& random, std::size_t most) {
    std::string digits;
    for (std::uint64_t left = random() % (most + 1); left > 0; --left) {
        // many zeros: they decide how many digits a number needs
        digits.push_back(static_cast<char>('0' + (random() % 3 == 0 ? random() % 10 : random() % 2 * 9)));
    }
    return digits;
}

sample random_sample(std::mt19937_64& random) {
    const bool is_negative = random() % 4 == 0;
    const std::string whole = random_digits(random, 22);
    const bool has_point = random() % 2 == 0;
    const std::string fraction = has_point ? random_digits(random, 22) : std::string();
    const bool has_exponent = random() % 3 == 0;
    const int exponent = has_exponent ? static_cast<int>(random() % 61) - 30 : 0;
    sample result;
    result.text = (is_negative ? "-" : "") + whole + (has_point ? "." + fraction : "");
    if (has_exponent) {
        result.text += random() % 2 == 0 ? "e" : "E";
        result.text += exponent >= 0 && random() % 2 == 0 ? "+" : "";
        result.text += std::to_string(exponent);
    }
    const bool is_number =
        !whole.empty() && (whole.size() == 1 || whole[0] != '0') && (!has_point || !fraction.empty());
    if (is_number) {
        // a leading zero would make it octal
        whole_number digits = 0;
        for (const char c : whole + fraction) {
            digits = digits * 10 + (c - '0');
        }
        const int scale = static_cast<int>(fraction.size()) - exponent;
        rational number = scale >= 0 ? rational(digits, power_of_ten(scale)) : rational(digits * power_of_ten(-scale));
        result.number = is_negative ? rational(-number) : number;
    }
    return result;
}

rational exact(decimal number) { return {whole_number(number.coefficient()), power_of_ten(number.scale())}; }

/// Whether a number has at most 18 digits, at most 18 of them decimals.
bool is_representable(rational const& number) {
    const whole_number limit = power_of_ten(decimal::max_digits);
    for (int scale = 0; scale <= decimal::max_digits; ++scale) {
        const rational scaled = number * power_of_ten(scale);
        if (denominator(scaled) == 1) {
            return abs(numerator(scaled)) < limit;
        }
    }
    return false;
}

bool is_read_right(sample const& given) {
    const std::optional<decimal> read = decimal::parse(given.text);
    if (!given.number || !is_representable(*given.number)) {
        return !read;
    }
    return read && exact(*read) == *given.number;
}

/// The nearest number of at most 18 digits and 18 decimals, halves away from zero.
rational nearest_to(rational const& number) {
    const whole_number limit = power_of_ten(decimal::max_digits);
    const bool is_negative = number < 0;
    const rational size = is_negative ? rational(-number) : number;
    for (int scale = decimal::max_digits; scale >= 0; --scale) {
        const rational scaled = size * power_of_ten(scale) + rational(1, 2);
        const whole_number digits = numerator(scaled) / denominator(scaled);
        // one digit more only by rounding up is the same number with a digit less
        if (digits <= limit && (scale > 0 || digits < limit)) {
            const rational result(digits, power_of_ten(scale));
            return is_negative ? rational(-result) : result;
        }
    }
    const rational result(whole_number(limit - 1));
    return is_negative ? rational(-result) : result;
}

bool is_nearest_right(sample const& given) {
    const std::optional<decimal> read = decimal::parse_nearest(given.text);
    if (!given.number) {
        return !read;
    }
    return read && exact(*read) == nearest_to(*given.number) && read->is_rounded() == !is_representable(*given.number);
}

bool is_written_right(decimal number) {
    char memory[32];
    zenwire::buffer_writer out(memory);
    number.write_to(out);
    return !out.overflowed() && out.size() <= 21 && decimal::parse(out.written()) == number;
}

bool compares_right(decimal left, decimal right) {
    const rational exact_left = exact(left);
    const rational exact_right = exact(right);
    return (left < right) == (exact_left < exact_right) && (left > right) == (exact_left > exact_right) &&
           (left == right) == (exact_left == exact_right);
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t texts = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 50'000;
    const std::uint64_t seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
    std::mt19937_64 random(seed);
    std::uint64_t numbers = 0;
    decimal before;
    for (std::uint64_t i = 0; i < texts; ++i) {
        const sample given = random_sample(random);
        const std::optional<decimal> read = decimal::parse(given.text);
        numbers += read ? 1U : 0U;
        const bool is_right = is_read_right(given) && is_nearest_right(given) &&
                              (!read || (is_written_right(*read) && compares_right(before, *read)));
        if (!is_right) {
            std::printf("FAILED: %s\n", given.text.c_str());
            return EXIT_FAILURE;
        }
        before = read.value_or(before);
    }
    std::printf("%llu texts, of which %llu are decimals: all as exact arithmetic says\n",
                static_cast<unsigned long long>(texts), static_cast<unsigned long long>(numbers));
    return numbers > texts / 10 ? EXIT_SUCCESS : EXIT_FAILURE;
}
