// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_INJECTION_FENCED_MEMORY_HPP
#define ZENWIRE_TESTS_INJECTION_FENCED_MEMORY_HPP

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/http/http1_request.hpp>

#include "../unit/results.hpp"

/// @file
/// Memory that shows what was written beside it, and what the tests of failures put into it.

inline std::string bytes_of(zenwire::request_view const& request) {
    std::string bytes(4096, '\0');
    return std::string(*zenwire::http1_request::make(request)->write_to(bytes));
}

/// Memory of a certain size with bytes around it that nobody may touch.
class fenced_memory {
public:
    explicit fenced_memory(std::size_t size) : bytes_(size + 2 * fence, untouched), size_(size) {}

    [[nodiscard]] std::span<char> memory() noexcept { return {bytes_.data() + fence, size_}; }
    [[nodiscard]] std::string_view inside() const noexcept { return {bytes_.data() + fence, size_}; }
    [[nodiscard]] bool is_fence_whole() const noexcept {
        const auto is_untouched = [](char c) { return c == untouched; };
        return std::all_of(bytes_.begin(), bytes_.begin() + fence, is_untouched) &&
               std::all_of(bytes_.end() - fence, bytes_.end(), is_untouched);
    }

private:
    static constexpr std::ptrdiff_t fence = 64;
    static constexpr char untouched = '\x5A';

    std::vector<char> bytes_;
    std::size_t size_;
};

/// Whether any eight bytes in a row of `secret` are in `text`.
inline bool shows_any_of(std::string_view secret, std::string_view text) {
    constexpr std::size_t window = 8;
    for (std::size_t i = 0; i + window <= secret.size(); ++i) {
        if (contains(text, secret.substr(i, window))) {
            return true;
        }
    }
    return false;
}

inline std::string page_of_instances(std::size_t count) {
    std::string text =
        R"({"requestId":"T1","response":{"requestId":"T1","totalCount":)" + std::to_string(count) + R"(,"dataSet":[)";
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "" : ",";
        text += R"({"instanceId":"\u0061)" + std::to_string(i) + R"(","publicIpAddresses":["1.1.1.1","\u0032.2.2.2"]})";
    }
    return text + "]}}";
}

#endif
