// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_DETAIL_BLOCK_LIST_HPP
#define ZENWIRE_BASE_DETAIL_BLOCK_LIST_HPP

#include <cstddef>
#include <span>
// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>
#include <utility>

#include <zenwire/base/detail/bytes.hpp>

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

#endif
