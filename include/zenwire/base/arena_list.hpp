// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_ARENA_LIST_HPP
#define ZENWIRE_BASE_ARENA_LIST_HPP

#include <cstddef>
// also the iterator tags: <iterator>, where the standard puts them, is a heavy header
#include <string_view>

#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>

namespace ZENWIRE_NAMESPACE {

/// A list whose elements lie in an arena: a forward range. It is filled while a response is read, when lists grow
/// inside of lists; so its elements are linked and do not lie side by side. A copy refers to the same elements.
template <class Element>
class arena_list {
    struct node {
        Element element{};
        node* next = nullptr;
    };

public:
    /// Goes over the elements, in the order in which they were added.
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
    /// The first element; the list is not empty.
    [[nodiscard]] constexpr Element const& front() const noexcept { return first_->element; }
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
