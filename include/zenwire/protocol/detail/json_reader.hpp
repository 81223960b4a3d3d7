// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_JSON_READER_HPP
#define ZENWIRE_PROTOCOL_DETAIL_JSON_READER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/protocol/detail/boost.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/system/error_code.hpp>

#include <zenwire/base/utf8.hpp>
#include <zenwire/protocol/detail/json_schema.hpp>

/// @file
/// Reads JSON text into objects of types with a member list. One pass, no document tree, no heap.
///
/// Unknown members are skipped, null means absent, and a known member may occur only once in an object.

namespace ZENWIRE_NAMESPACE::detail {

/// What is wrong with a JSON text: the first fault in it.
enum class json_fault : unsigned char {
    none,
    syntax,      ///< not JSON, or cut off, or followed by something else
    too_deep,    ///< nested deeper than limits::response_depth
    no_object,   ///< JSON, but not an object
    wrong_type,  ///< the value of an essential member does not fit its C++ type
    duplicate,   ///< a known member occurs twice in an object
    too_long,    ///< a text or list is longer than its member can hold
};

/// The result of read_json().
struct json_read_result {
    json_fault fault = json_fault::none;
    /// The wire name of the member with the fault, a constant; empty when the fault is in the text as a whole.
    std::string_view member{};
};

/// The handler of `boost::json::basic_parser` that fills an object. It never stops the parser: after a value that does not fit it
/// reads on, so that members after it, for example the request id, are read too. A *group* is an object or a list.
class json_reader {
public:
    // required by basic_parser; the size of the body limits them all
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using error_code = boost::system::error_code;

    /// @param body the text that will be parsed; strings in the object may be views of it
    /// @param memory for lists and for strings with escapes; may be null when the object's type has none
    json_reader(std::string_view body, json_value_type const& type, void* object, arena* memory) noexcept
        : source_{body, memory}, root_{{}, &type} {
        frames_[0] = {nullptr, nullptr, object, 0, nullptr};
    }
    json_reader(json_reader const&) = delete;
    json_reader& operator=(json_reader const&) = delete;

    [[nodiscard]] json_read_result result() const noexcept { return result_; }

    /// To be called when the text is not JSON to its end: removes a string of which only the first pieces were read.
    void discard_unfinished_text() noexcept {
        if (text_ != nullptr) {
            take_back_text();
        }
    }

    // ---- what the parser calls

    bool on_document_begin(error_code&) noexcept { return true; }
    bool on_document_end(error_code&) noexcept { return true; }

    bool on_object_begin(error_code&) noexcept {
        if (skipping()) {
            skip_group();
        } else if (current_->type->object != nullptr) {
            enter(current_->type, group_place());
        } else {
            enter_other_object(current_->type);
        }
        return true;
    }
    bool on_object_end(std::size_t, error_code&) noexcept {
        if (skipped_groups_ == 0) {
            leave_group();
        } else if (--skipped_groups_ == 0) {
            current_ = top_->list != nullptr ? &top_->list->element : nullptr;
        }
        return true;
    }
    bool on_array_begin(error_code&) noexcept {
        if (skipping()) {
            skip_group();
        } else if (current_->type->list != nullptr) {
            enter(current_->type, group_place());
        } else {
            refuse_group();
        }
        return true;
    }
    bool on_array_end(std::size_t size, error_code& broken) noexcept { return on_object_end(size, broken); }

    bool on_key_part(boost::json::string_view piece, std::size_t, error_code&) noexcept {
        if (skipped_groups_ == 0) {
            gather(view(piece));
        }
        return true;
    }
    ZENWIRE_INLINE_FOR_SPEED bool on_key(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipped_groups_ != 0) {
            return true;
        }
        // most objects have their members in the documented order
        if (likely_next_ != nullptr && piece.size() == size && likely_next_->name == view(piece)) {
            choose(*likely_next_);
        } else {
            search(view(piece), piece.size() == size);
        }
        return true;
    }

    bool on_string_part(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (!skipping()) {
            take_piece(view(piece), piece.size() == size, false);
        }
        return true;
    }
    ZENWIRE_INLINE_FOR_SPEED bool on_string(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipping()) {
            return true;
        }
        if (piece.size() == size) {
            take({view(piece), json_token::string});
        } else {
            take_piece(view(piece), false, true);
        }
        return true;
    }

    bool on_number_part(boost::json::string_view, error_code&) noexcept { return true; }
    bool on_int64(std::int64_t number, boost::json::string_view text, error_code&) noexcept {
        return on_number({view(text), json_token::whole_number, true, true, number});
    }
    bool on_uint64(std::uint64_t, boost::json::string_view text, error_code&) noexcept {
        return on_number({view(text), json_token::number});
    }
    bool on_double(double, boost::json::string_view text, error_code&) noexcept {
        return on_number({view(text), json_token::number});
    }
    bool on_bool(bool value, error_code&) noexcept {
        if (skipping()) {
            return true;
        }
        if (current_->type->is_text) {
            refuse_value();
        } else {
            take({value ? "true"sv : "false"sv, json_token::truth});
        }
        return true;
    }
    bool on_null(error_code&) noexcept {
        if (current_ == &root_) {
            refuse_value();
        }
        return true;
    }
    bool on_comment_part(boost::json::string_view, error_code&) noexcept { return true; }
    bool on_comment(boost::json::string_view, error_code&) noexcept { return true; }

private:
    /// An object or a list that is being read.
    struct frame {
        json_object_type const* object;
        json_list_type const* list;
        void* place;
        /// which members of the object were read, a bit for each
        std::uint64_t seen;
        json_member_type const* member;
    };

    static std::string_view view(boost::json::string_view text) noexcept { return {text.data(), text.size()}; }

    /// Whether the current value belongs to an unknown member.
    [[nodiscard]] bool skipping() const noexcept { return current_ == nullptr; }

    /// The address at which to store the current value. Null when there is no room, which is reported.
    [[nodiscard]] void* place() noexcept {
        if (top_->list == nullptr) {
            return current_->locate(top_->place);
        }
        void* const added = top_->list->add(top_->place, source_.memory);
        if (added == nullptr) {
            report(json_fault::too_long);
        }
        return added;
    }

    // ---- objects and lists

    /// The address of the object or list that is the current value; null when there is no room.
    [[nodiscard]] void* group_place() noexcept {
        void* const found = place();
        return found == nullptr || current_->type->enter == nullptr ? found : current_->type->enter(found);
    }

    /// Enters an object or list, or skips it when `place` is null.
    void enter(json_value_type const* type, void* place) noexcept {
        if (place == nullptr || top_ == &frames_.back()) {
            skip_group();
            return;
        }
        *++top_ = {type->object, type->list, place, 0, current_};
        if (type->list != nullptr) {
            current_ = &type->list->element;
        } else {
            current_ = nullptr;
            likely_next_ = type->object->members;
        }
    }

    /// Enters an object whose type is not an object, or skips it.
    ZENWIRE_NOINLINE void enter_other_object(json_value_type const* type) noexcept {
        if (type->forward_to != nullptr) {
            const json_target target = type->forward_to(place());
            if (target.type->object != nullptr) {
                enter(target.type, target.object);
                return;
            }
        } else if (type->list != nullptr && type->list->element.type->object != nullptr &&
                   type->list->complete == nullptr) {
            // in place of a list, but not of a stream, which it would never complete, an object is read as a list of one
            void* const list = group_place();
            enter(type->list->element.type, list != nullptr ? type->list->add(list, source_.memory) : nullptr);
            return;
        }
        refuse_group();
    }

    void leave_group() noexcept {
        frame const& done = *top_--;
        current_ = done.member;
        likely_next_ = current_ + current_->step;
        if (top_->list != nullptr && top_->list->complete != nullptr && done.object != nullptr) {
            top_->list->complete(top_->place, done.place, source_.memory);
        }
    }

    ZENWIRE_NOINLINE void skip_group() noexcept {
        ++skipped_groups_;
        current_ = nullptr;
    }

    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void refuse_group() noexcept {
        refuse_value();
        skip_group();
    }

    // ---- names of members

    /// Makes the next value the value of a member.
    void choose(json_member_type const& member) noexcept {
        likely_next_ = &member + member.step;
        current_ = &member;
        const std::uint64_t seen = top_->seen;
        if ((seen >> member.position & 1U) != 0) {
            report(json_fault::duplicate);
            current_ = nullptr;
        }
        top_->seen = seen | std::uint64_t{1} << member.position;
    }

    /// Finds the member with a name, whose last piece is given.
    ZENWIRE_NOINLINE void search(std::string_view piece, bool is_whole) noexcept {
        json_member_type const* const member = top_->object->find(is_whole ? piece : gathered(piece));
        if (member != nullptr) {
            choose(*member);
        } else {
            current_ = nullptr;
        }
    }

    /// Keeps a piece of a name, or of a string that must be whole.
    ZENWIRE_NOINLINE void gather(std::string_view piece) noexcept { scratch_.append(piece); }

    /// All pieces together with the last one. When they are longer than any text that is known, `?`: an empty word has a meaning.
    std::string_view gathered(std::string_view last) noexcept {
        gather(last);
        const std::string_view whole = scratch_.truncated() ? "?"sv : scratch_.view();
        scratch_.clear();
        return whole;
    }

    // ---- scalars

    /// Stores a scalar in the current member, or adds it to the current list.
    ZENWIRE_INLINE_FOR_SPEED void take(json_scalar const& value) noexcept {
        json_value_type const& type = *current_->type;
        if (type.store == nullptr || (top_->list != nullptr && !type.is_text && !fits_into_list(type, value))) {
            refuse_value();
            return;
        }
        void* const where = place();
        if (where != nullptr && !type.store(where, value, source_)) {
            type.is_text ? take_cut() : refuse_value();
        }
    }

    /// Tries an element in a buffer first, so that only elements that fit are added to the list.
    ZENWIRE_NOINLINE bool fits_into_list(json_value_type const& type, json_scalar const& value) noexcept {
        alignas(json_list_type::element_alignment) raw_byte attempt[json_list_type::largest_element];
        return type.store(attempt, value, source_);
    }

    bool on_number(json_scalar const& value) noexcept {
        if (skipping()) {
            return true;
        }
        json_value_type const& type = *current_->type;
        if ((type.is_text || type.is_word) && member_at_hand().reading == reading::strict) {
            refuse_value();
        } else {
            take(value);
        }
        return true;
    }

    /// Takes a piece of a string that does not come as a whole.
    ZENWIRE_NOINLINE void take_piece(std::string_view piece, bool is_first, bool is_last) noexcept {
        json_value_type const& type = *current_->type;
        if (!type.is_text) {
            if (is_last) {
                take({gathered(piece), json_token::string});
            } else {
                gather(piece);
            }
            return;
        }
        if (is_first) {
            text_ = place();
            text_fits_ = true;
        }
        if (text_ != nullptr && text_fits_) {
            text_fits_ = type.store(text_, {piece, json_token::string, is_first, false}, source_);
        }
        if (is_last) {
            if (text_ != nullptr && !text_fits_) {
                take_cut();
            }
            text_ = nullptr;
        }
    }

    /// Reports a text that was cut, unless its member may be cut.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void take_cut() noexcept {
        if (current_->reading != reading::may_be_cut) {
            report(json_fault::too_long);
            if (text_ != nullptr) {
                take_back_text();  // the beginning of an id would be another id
            }
        }
    }

    void take_back_text() noexcept { current_->type->store(text_, {{}, json_token::string}, source_); }

    // ---- faults

    /// The member that the current value, or the list with it, belongs to.
    [[nodiscard]] json_member_type const& member_at_hand() const noexcept {
        return top_->list != nullptr ? *top_->member : *current_;
    }

    /// Handles a value that does not fit: a fault if the member is essential, otherwise the member stays empty.
    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void refuse_value() noexcept {
        if (current_ == &root_) {
            report(json_fault::no_object);
            return;
        }
        json_member_type const& member = member_at_hand();
        if (member.reading == reading::essential || member.reading == reading::strict) {
            report(json_fault::wrong_type);
        } else if (top_->list == nullptr && member.type->note_other_type != nullptr) {
            member.type->note_other_type(member.locate(top_->place));
        }
    }

    ZENWIRE_NOINLINE ZENWIRE_GNU(__cold__) void report(json_fault fault) noexcept {
        arena const* const memory = source_.memory;
        const bool is_for_want_of_memory = fault == json_fault::too_long && memory != nullptr && memory->exhausted();
        if (result_.fault == json_fault::none && !is_for_want_of_memory) {
            result_ = {fault, member_at_hand().name};
        }
    }

    static constexpr std::size_t longest_known_text = 64;
    static constexpr std::size_t deepest_known_group = 12;

    json_source source_;
    json_member_type root_;
    /// the first one is around the root; each other is set when its group is entered
    std::array<frame, deepest_known_group + 1> frames_;
    frame* top_ = frames_.data();
    /// the member that is expected next in the current object; null when there is none
    json_member_type const* likely_next_ = nullptr;
    std::size_t skipped_groups_ = 0;
    /// the member, or element, of the current value; null when it belongs to an unknown member
    json_member_type const* current_ = &root_;
    /// the current string value, while it comes in pieces
    void* text_ = nullptr;
    bool text_fits_ = true;
    inline_string<longest_known_text> scratch_;
    json_read_result result_{};
};

/// Reads the whole of `body` (UTF-8; a byte order mark at its start is skipped) into `object`, whose type is `type`.
///
/// After a fault `object` holds all values that fit, up to where the text is no longer JSON. No heap.
/// @param memory for lists and for strings with escapes, if the object's type has any. It is no fault when it is exhausted:
///        ask arena::exhausted().
/// @tparam Reader always the default. It makes this a template, so that the parser, which takes long to compile, is compiled only
///         in programs that read something. That is why the callers of this function are templates, too.
template <class Reader = json_reader>
[[nodiscard]] json_read_result read_json(std::string_view body, json_value_type const& type, void* object,
                                         arena* memory = nullptr) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) {
        body.remove_prefix(byte_order_mark.size());
    }
    boost::json::parse_options options;
    options.max_depth = limits::response_depth;
    if constexpr (detail::is_ascii_found_by_words) {
        // Checking the whole text is faster than checking each string. A text that is not UTF-8 is read up to the first bad string.
        options.allow_invalid_utf8 = is_utf8(body);
    }
    boost::json::basic_parser<Reader> parser(options, body, type, object, memory);
    boost::system::error_code broken;
    const std::size_t size = parser.write_some(false, body.data(), body.size(), broken);
    if (broken || size < body.size()) {
        parser.handler().discard_unfinished_text();
        return {broken == boost::json::error::too_deep ? json_fault::too_deep : json_fault::syntax, {}};
    }
    return parser.handler().result();
}

/// The same for an object whose type is known at compile time.
template <class Object>
    requires requires { Object::members(); }
[[nodiscard]] json_read_result read_json(std::string_view body, Object& object, arena* memory = nullptr) noexcept {
    return read_json(body, json_value_type_for<Object>, &object, memory);
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
