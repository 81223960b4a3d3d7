// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_BASE_INPLACE_VECTOR_HPP
#define ZENWIRE_BASE_INPLACE_VECTOR_HPP

#include <array>
#include <cstddef>

#include <zenwire/base/contract_violation.hpp>

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
