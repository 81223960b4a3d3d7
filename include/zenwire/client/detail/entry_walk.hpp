// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_ENTRY_WALK_HPP
#define ZENWIRE_CLIENT_DETAIL_ENTRY_WALK_HPP

#include <cstddef>
#include <cstdint>
#include <optional>

#include <zenwire/base/error.hpp>

namespace ZENWIRE_NAMESPACE::detail {

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

/// What walk_entries() has seen of a list, and whether it can be believed.
class entry_walk {
public:
    /// Takes notice of a page, before its entries are handed out.
    /// @return false: failure() says why
    [[nodiscard]] bool takes(std::optional<std::int64_t> total, std::size_t size, std::size_t largest_count) noexcept {
        if (++pages_ == 1) {
            total_ = total;
        }
        last_size_ = size;
        count_ += size;
        is_too_long_ =
            count_ > largest_count || (total && *total > 0 && static_cast<std::uint64_t>(*total) > largest_count);
        // a page without entries, or one entry more than there are, ends every list
        const bool is_over = total_ && (static_cast<std::int64_t>(count_) > *total_ ||
                                        (size == 0 && static_cast<std::int64_t>(count_) != *total_));
        return total == total_ && !is_over && !is_too_long_;
    }
    /// Whether that was the last page.
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

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
