// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_INSTANCE_PAGE_HPP
#define ZENWIRE_ACTION_INSTANCE_PAGE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <zenwire/action/describe_instances.hpp>
#include <zenwire/base/bump_memory.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/instance_info.hpp>
#include <zenwire/protocol/response.hpp>

namespace ZENWIRE_NAMESPACE {

/// Blocks of memory from an allocator, each larger than the one before, all given back at the end. Move-only.
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
            traits::deallocate(allocator_, reinterpret_cast<std::max_align_t*>(done), done->size);
        }
    }

    /// At least `size` bytes; none when the allocator has no memory.
    [[nodiscard]] std::span<std::byte> add(std::size_t size) noexcept {
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
        last_ = ::new (static_cast<void*>(memory)) block{last_, units};
        return {reinterpret_cast<std::byte*>(memory + header), (units - header) * unit};
    }

private:
    allocator allocator_;
    block* last_ = nullptr;
};

/// A page of instances that owns all that its instances refer to. Move-only.
template <class Allocator = std::allocator<std::byte>>
class instance_page {
public:
    [[nodiscard]] std::string_view request_id() const noexcept ZENWIRE_LIFETIMEBOUND {
        return response_.request_id.view();
    }
    /// how many instances there are on all pages
    [[nodiscard]] std::optional<std::int64_t> total_count() const noexcept { return response_.total_count; }
    /// The instances, in the server's order: a forward range. Texts and lists in it are views of this object and its heirs
    /// by move.
    [[nodiscard]] bump_list<instance_info> const& instances() const noexcept ZENWIRE_LIFETIMEBOUND {
        return response_.data_set;
    }

    /// Made by parse_instances().
    explicit instance_page(Allocator const& allocator) noexcept : blocks_(allocator) {}

private:
    template <class OtherAllocator>
    friend expected<instance_page<OtherAllocator>> parse_instances(response_view const&,
                                                                   OtherAllocator const&) noexcept;

    block_list<Allocator> blocks_;
    describe_instances::response response_{};
};

/// Reads the answer to describe_instances into a container.
///
/// Takes memory for a copy of the body, and about a kilobyte for each instance, in a few large blocks.
/// @return as parse_response(), and errc::out_of_memory
template <class Allocator = std::allocator<std::byte>>
[[nodiscard]] expected<instance_page<Allocator>> parse_instances(response_view const& response,
                                                                 Allocator const& allocator = {}) noexcept {
    const auto refuse = [] {
        error failure = error::make(errc::out_of_memory, blame::local, "the allocator has no memory for the list");
        failure.reads_only = describe_instances::reads_only;
        return unexpected(failure);
    };
    instance_page<Allocator> page(allocator);
    const std::span<std::byte> copy = page.blocks_.add(response.body.size() + 1);
    if (copy.empty()) {
        return refuse();
    }
    if (!response.body.empty()) {
        std::memcpy(copy.data(), response.body.data(), response.body.size());
    }
    response_view kept = response;
    kept.body = {reinterpret_cast<char const*>(copy.data()), response.body.size()};

    bump_memory memory(
        [](void* blocks, std::size_t size) noexcept { return static_cast<block_list<Allocator>*>(blocks)->add(size); },
        &page.blocks_);
    if (const expected<void> done = read_response(kept, describe_instances::reads_only, page.response_, &memory);
        !done) {
        return unexpected(done.error());
    }
    if (memory.exhausted()) {
        return refuse();
    }
    return page;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
