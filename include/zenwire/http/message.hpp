// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_MESSAGE_HPP
#define ZENWIRE_HTTP_MESSAGE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
// also the iterator tags: <iterator>, where the standard puts them, is a heavy header
#include <string_view>
#include <type_traits>

#include <zenwire/base/detail/ascii.hpp>

namespace ZENWIRE_NAMESPACE {

/// One header field. A view of a message.
struct field {
    /// a `token` of HTTP, in any letter case
    std::string_view name;
    /// without the spaces and tabs around it
    std::string_view value;

    /// Whether both views have equal texts, letter case included.
    [[nodiscard]] friend constexpr bool operator==(field const&, field const&) noexcept = default;
};

/// Where a field lies in a block of `name: value\r\n` lines. All in bytes, from the start of the block.
struct field_position {
    /// where the name begins
    std::uint32_t name_begin;
    /// length of the name; `: ` follows
    std::uint32_t name_size;
    /// length of the value
    std::uint32_t value_size;
};

/// The header fields of a message, in order: a range whose elements are fields by value. A view of a span of fields, or of a block
/// of text and the positions of the fields in it; these must outlive it.
///
/// A signed request keeps its fields in the second form, which can be moved in memory, and written to a socket as it is.
class field_list {
public:
    /// Iterates over the fields. Must not outlive the field_list.
    class iterator {
    public:
        /// @{
        /// What the standard's algorithms ask of a forward iterator.
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = field;
        using reference = field;
        using pointer = void;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        constexpr iterator(field_list const* list, std::size_t index) noexcept : list_(list), index_(index) {}

        [[nodiscard]] constexpr field operator*() const noexcept { return (*list_)[index_]; }
        constexpr iterator& operator++() noexcept {
            ++index_;
            return *this;
        }
        constexpr iterator operator++(int) noexcept { return {list_, index_++}; }
        [[nodiscard]] friend constexpr bool operator==(iterator a, iterator b) noexcept { return a.index_ == b.index_; }
        /// @}

    private:
        field_list const* list_ = nullptr;
        std::size_t index_ = 0;
    };

    constexpr field_list() noexcept = default;

    /// From fields that are kept elsewhere: a span, an array, a std::vector of them.
    template <class Fields>
    // is_same_v comes first, because it takes long to compile the question whether a field_list converts to a span
        requires(!std::is_same_v<Fields, field_list> && std::is_convertible_v<Fields const&, std::span<field const>>)
    constexpr field_list(Fields const& fields) noexcept : field_list(std::span<field const>(fields), 0) {}

    /// From a block of lines and the positions of its fields.
    constexpr field_list(std::string_view block, std::span<field_position const> positions) noexcept
        : field_list(block, positions.data(), positions.size()) {}
    /// The same, with the first of the positions and their number.
    constexpr field_list(std::string_view block, field_position const* positions, std::size_t count) noexcept
        : block_(block), positions_(positions), size_(count) {}

    /// How many fields there are.
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// Whether there is no field.
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    /// The field at `index`, which is less than size().
    [[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr field operator[](std::size_t index) const noexcept {
        return fields_ != nullptr ? fields_[index] : field_at(positions_[index]);
    }

    /// The first field. Must not outlive this object.
    [[nodiscard]] constexpr iterator begin() const noexcept { return {this, 0}; }
    /// Behind the last field.
    [[nodiscard]] constexpr iterator end() const noexcept { return {this, size_}; }

    /// The index of the first field with this name, in any letter case, from index `from` on; size() when there is none.
    [[nodiscard]] constexpr std::size_t find(std::string_view name, std::size_t from = 0) const noexcept {
        for (std::size_t i = from; i < size_; ++i) {
            if (detail::ascii::equal_ignoring_case((*this)[i].name, name)) {
                return i;
            }
        }
        return size_;
    }

    /// How often a name occurs, and with which value.
    struct occurrences {
        /// how often the name occurs
        std::size_t times = 0;
        /// the value of its last occurrence; empty when there is none
        std::string_view value{};
    };

    /// Counts the fields with this name, in any letter case.
    [[nodiscard]] constexpr occurrences find_all(std::string_view name) const noexcept {
        occurrences found;
        for (std::size_t i = find(name); i < size_; i = find(name, i + 1)) {
            ++found.times;
            found.value = (*this)[i].value;
        }
        return found;
    }

    /// The value of the first field of this name; empty when there is none.
    [[nodiscard]] constexpr std::string_view value_of(std::string_view name) const noexcept {
        const std::size_t index = find(name);
        return index < size_ ? (*this)[index].value : std::string_view();
    }

private:
    [[nodiscard]] ZENWIRE_INLINE_FOR_SPEED constexpr field field_at(field_position const& at) const noexcept {
        constexpr std::size_t separator = 2;  // ": "
        char const* const name = block_.data() + at.name_begin;
        // std::size_t: see inline_string::view()
        return {{name, std::size_t{at.name_size}}, {name + at.name_size + separator, std::size_t{at.value_size}}};
    }

    constexpr field_list(std::span<field const> fields, int) noexcept : fields_(fields.data()), size_(fields.size()) {}

    field const* fields_ = nullptr;
    std::string_view block_{};
    field_position const* positions_ = nullptr;
    std::size_t size_ = 0;
};

/// A request as a transport sees it. A view: the signed_request (or the server's own message) must outlive it.
///
/// Send `fields` and `body` as they are: they are what was signed.
struct request_view {
    /// always `POST` for the API
    std::string_view method = "POST";
    /// `https` or `http`
    std::string_view scheme = "https";
    /// host, and `:port` when one was given: where to connect, and the value of the `host` field
    std::string_view authority;
    /// the path, for example `/api/v2/bmc`
    std::string_view target;
    /// without `content-length`, which the HTTP stack adds
    field_list fields;
    /// the JSON, byte for byte what was signed
    std::string_view body;
};

/// A response as a transport hands it over. A view: the transport's memory must outlive it.
struct response_view {
    /// the HTTP status, 100 to 599
    int status = 0;
    /// the whole body, after the transport removed chunks and compression
    std::string_view body;
    /// May be left empty; then `retry-after`, `date` and `cf-mitigated` are unknown.
    field_list fields;
};

namespace detail {

/// Whether a name is a `token` of RFC 9110, section 5.6.2: letters, digits and ``!#$%&'*+-.^_`|~``, at least one.
[[nodiscard]] constexpr bool is_field_name(std::string_view name) noexcept {
    for (const char c : name) {
        if (!ascii::is_alphanumeric(c) && !ascii::is_one_of(c, "!#$%&'*+-.^_`|~"sv)) {
            return false;
        }
    }
    return !name.empty();
}

/// Whether a value may be sent: visible ASCII, with spaces and tabs only between visible characters, or the empty
/// value. CR, LF, NUL, other control characters and bytes beyond ASCII are not allowed.
[[nodiscard]] constexpr bool is_field_value(std::string_view value) noexcept {
    const auto is_blank = [](char c) noexcept { return c == ' ' || c == '\t'; };
    if (value.empty()) {
        return true;
    }
    if (is_blank(value.front()) || is_blank(value.back())) {
        return false;
    }
    for (const char c : value) {
        if (!ascii::is_visible(c) && !is_blank(c)) {
            return false;
        }
    }
    return true;
}

}  // namespace detail

}  // namespace ZENWIRE_NAMESPACE

#endif
