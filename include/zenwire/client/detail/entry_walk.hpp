// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_ENTRY_WALK_HPP
#define ZENWIRE_CLIENT_DETAIL_ENTRY_WALK_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/decimal.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/crypto/sha256_digest.hpp>
#include <zenwire/protocol/member.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// All that the entries of a page say, as one hash.
class entry_digest {
public:
    template <class Entry>
    void add_entry(Entry const& entry) noexcept {
        add_members(entry, Entry::members());
    }
    [[nodiscard]] sha256_digest finish() const noexcept { return hash_.finish(); }

private:
    template <class Entry, auto... Pointers>
    void add_members(Entry const& entry, member_list<Pointers...> const&) noexcept {
        (add(entry.*Pointers), ...);
    }

    void add(std::string_view text) noexcept {
        // its size first, so that no other texts are the same together
        add(std::optional(static_cast<std::int64_t>(text.size())));
        hash_.update(text);
    }
    void add(std::optional<std::int64_t> number) noexcept {
        char memory[32];
        buffer_writer out(memory);
        out.append(number ? (*number < 0 ? "-" : "+") : "null");
        out.append_decimal(
            number ? (*number < 0 ? 0 - static_cast<std::uint64_t>(*number) : static_cast<std::uint64_t>(*number)) : 0);
        out.append(';');
        hash_.update(out.written());
    }
    void add(std::optional<decimal> const& amount) noexcept {
        add(amount ? std::optional(amount->coefficient()) : std::nullopt);
        add(amount ? std::optional<std::int64_t>(amount->scale()) : std::nullopt);
    }

    sha256 hash_{};
};

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
    [[nodiscard]] bool has_several_pages() const noexcept { return pages_ > 1; }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }

    template <class List>
    void note_first_page(List const& list) noexcept {
        first_page_ = digest_of(list);
    }
    template <class List>
    [[nodiscard]] bool is_first_page(std::optional<std::int64_t> total, List const& list) const noexcept {
        return total == total_ && digest_of(list) == first_page_;
    }

    [[nodiscard]] error failure() const noexcept {
        return is_too_long_
                   ? error::make(errc::response_too_large, blame::remote, "the list has too many entries")
                   : error::make(errc::list_changed, blame::remote,
                                 "the list changed while its pages were read, or they do not have what it counts");
    }

private:
    template <class List>
    [[nodiscard]] static sha256_digest digest_of(List const& list) noexcept {
        entry_digest digest;
        for (auto const& each : list) {
            digest.add_entry(each);
        }
        return digest.finish();
    }

    std::optional<std::int64_t> total_{};
    std::size_t count_ = 0;
    std::size_t last_size_ = 0;
    std::size_t pages_ = 0;
    bool is_too_long_ = false;
    sha256_digest first_page_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
