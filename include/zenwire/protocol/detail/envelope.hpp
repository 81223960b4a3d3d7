// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_ENVELOPE_HPP
#define ZENWIRE_PROTOCOL_DETAIL_ENVELOPE_HPP

#include <cstddef>
#include <string_view>
#include <type_traits>

#include <zenwire/protocol/detail/json_schema.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A text of a response, or none: a view of the response's body as long as it has no escapes, else a copy of at most `Capacity`
/// bytes.
template <std::size_t Capacity>
class response_text {
public:
    /// None. (Were it defaulted, the room for the copy would be filled with zeros.)
    constexpr response_text() noexcept {}

    /// Whether there is a text, even an empty one.
    [[nodiscard]] constexpr bool has_value() const noexcept { return is_copy_ || view_.data() != nullptr; }
    /// Whether the response had a value of another type here. That value is not kept.
    [[nodiscard]] constexpr bool is_of_other_type() const noexcept { return is_of_other_type_; }
    /// Whether the text was not cut.
    [[nodiscard]] constexpr bool is_whole() const noexcept { return !is_copy_ || !copy_.truncated(); }
    /// The text, maybe cut; empty when there is none. A view of the body or of this object.
    [[nodiscard]] constexpr std::string_view view() const noexcept { return is_copy_ ? copy_.view() : view_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return view().empty(); }

    /// Copies the text to `place`. A text that is too long is cut there, and flagged as truncated.
    constexpr void copy_to(inline_string<Capacity>& place) const noexcept {
        if (is_copy_) {
            place = copy_;
        } else {
            place.assign(view_);
        }
    }

    /// Replaces it by a copy of `text`, which may be truncated.
    constexpr void copy(inline_string<Capacity> const& text) noexcept {
        copy_ = text;
        is_copy_ = true;
    }
    /// Adds a piece of a text to the copy.
    constexpr void append(std::string_view piece) noexcept {
        copy_.append(piece);
        is_copy_ = true;
    }
    /// Notes that the response has a value of another type here.
    constexpr void note_other_type() noexcept { is_of_other_type_ = true; }
    /// Becomes empty again.
    constexpr void clear() noexcept {
        copy_.clear();
        is_copy_ = false;
        view_ = {};
    }

private:
    /// the first member, because the reader stores texts without escapes at the address of the object
    std::string_view view_{};
    bool is_copy_ = false;
    bool is_of_other_type_ = false;
    inline_string<Capacity> copy_{};
};

template <std::size_t Capacity>
struct json_value_type_of<response_text<Capacity>> {
    using Text = response_text<Capacity>;
    static_assert(std::is_standard_layout_v<Text>, "the first member must have the address of the object");
    static constexpr bool is_view = true;

    static bool append(void* value, std::string_view piece, arena*) noexcept {
        static_cast<Text*>(value)->append(piece);
        return true;
    }
    static void clear(void* value) noexcept { static_cast<Text*>(value)->clear(); }
    static void note_other_type(void* value) noexcept { static_cast<Text*>(value)->note_other_type(); }
};

/// The object into which the member `response` is read, and whether there was one.
struct response_target {
    json_target target{};
    bool is_filled = false;
};

template <>
struct json_value_type_of<response_target> {
    static json_target forward_to(void* place) noexcept {
        auto& self = *static_cast<response_target*>(place);
        self.is_filled = true;
        return self.target;
    }
};

/// The JSON object that the API sends: after a success it has a member `response`, after a failure `code` and `message`.
/// Source: the page "response" of the official documents (API introduction, instruction).
struct envelope {
    response_text<limits::request_id> request_id{};
    /// without a value when it is null or missing
    response_text<limits::api_code> code{};
    response_text<limits::message> message{};
    response_target response{};

    /// The wire names.
    [[nodiscard]] static constexpr auto members() noexcept {
        return member_list(member<&envelope::request_id>{"requestId", reading::may_be_cut},
                           member<&envelope::response>{"response"},
                           member<&envelope::code>{"code", reading::may_be_cut},
                           member<&envelope::message>{"message", reading::may_be_cut});
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
