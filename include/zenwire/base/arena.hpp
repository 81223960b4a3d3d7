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

#include <zenwire/base/contract_violation.hpp>
#include <zenwire/base/detail/bytes.hpp>

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
