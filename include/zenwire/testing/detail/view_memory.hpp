// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_VIEW_MEMORY_HPP
#define ZENWIRE_TESTING_DETAIL_VIEW_MEMORY_HPP

#include <cstddef>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/raw_byte.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Memory for the lists and texts of the library's views, as much as they need.
class view_memory {
public:
    view_memory() = default;
    view_memory(view_memory const&) = delete;
    view_memory& operator=(view_memory const&) = delete;

    [[nodiscard]] arena& memory() noexcept ZENWIRE_LIFETIMEBOUND { return memory_; }
    /// A copy of the text, as long as this object lives.
    [[nodiscard]] std::string_view keep(std::string_view text) noexcept ZENWIRE_LIFETIMEBOUND {
        return memory_.append({}, text);
    }

private:
    static std::span<raw_byte> more(void* self, std::size_t size) noexcept {
        constexpr std::size_t least = 4096;
        auto& blocks = static_cast<view_memory*>(self)->blocks_;
        blocks.emplace_back(size < least ? least : size);
        return blocks.back();
    }

    std::deque<std::vector<raw_byte>> blocks_;
    arena memory_{&view_memory::more, this};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
