// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_FUZZ_FUZZ_INPUT_HPP
#define ZENWIRE_TESTS_FUZZ_FUZZ_INPUT_HPP

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Ends the program when an invariant is broken, so that the input is kept.
inline void require(bool condition, char const* what) {
    if (!condition) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

/// The bytes of an input, as choices. Behind the end all choices are 0.
class fuzz_input {
public:
    fuzz_input(std::uint8_t const* data, std::size_t size) : bytes_(reinterpret_cast<char const*>(data), size) {}

    [[nodiscard]] bool empty() const { return bytes_.empty(); }

    std::uint8_t byte() {
        const std::uint8_t first = bytes_.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes_.front());
        bytes_.remove_prefix(bytes_.empty() ? 0 : 1);
        return first;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int i = 0; i < 8; ++i) {
            value = value << 8U | byte();
        }
        return value;
    }
    /// One of `count`, from 0 on.
    std::size_t choice(std::size_t count) { return byte() % count; }
    /// Up to the next line end.
    std::string_view line() {
        const std::string_view taken = bytes_.substr(0, bytes_.find('\n'));
        bytes_.remove_prefix(taken.size() < bytes_.size() ? taken.size() + 1 : taken.size());
        return taken;
    }
    std::string_view rest() {
        const std::string_view taken = bytes_;
        bytes_ = {};
        return taken;
    }

private:
    std::string_view bytes_;
};

#endif
