// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_JSON_READER_HPP
#define ZENWIRE_PROTOCOL_JSON_READER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/version.hpp>
#if BOOST_VERSION < 108100
#error "zenwire needs Boost 1.81 or newer (Debian 12: libboost1.81-dev libboost-json1.81-dev; its libboost-dev is 1.74)"
#endif
#include <boost/json/basic_parser_impl.hpp>

#include <zenwire/base/bump_memory.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/protocol/json_type.hpp>
#include <zenwire/protocol/member.hpp>

/// @file
/// Reads JSON text into objects that describe themselves by a member list. One pass, no document tree, no heap.
///
/// Unknown members are skipped, null is the same as absent, known members may stand once only.

namespace ZENWIRE_NAMESPACE {

/// What was wrong with a JSON text; the first thing that was.
enum class json_fault : unsigned char {
    none,
    syntax,      ///< not JSON, or cut, or followed by something
    too_deep,    ///< nested deeper than limits::response_depth
    wrong_type,  ///< a known member has a value that its C++ type cannot hold
    duplicate,   ///< a known member stands twice
    too_long,    ///< a text or list is longer than its place
};

/// What read_json() found.
struct json_read_result {
    json_fault fault = json_fault::none;
    /// The wire name of the member at fault, a constant; empty for the text as a whole.
    std::string_view member{};
};

/// The handler of `boost::json::basic_parser` that fills an object. It never stops the parser: after a value that does
/// not fit it reads on, so that what stands behind it, a request id say, is known too.
class json_reader {
public:
    // asked for by basic_parser; the size of the body bounds them all
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using error_code = boost::json::error_code;

    /// @param body the text that will be parsed: strings in it may be referred to
    /// @param memory for lists and for strings with escapes, where the object's type has such; may be null where not
    json_reader(std::string_view body, json_value_type const& type, void* object, bump_memory* memory) noexcept
        : body_(body), memory_(memory), root_{{}, reading::whole, &type, [](void* place) noexcept { return place; }} {
        frames_[0] = {nullptr, nullptr, object, 0, nullptr};
    }
    json_reader(json_reader const&) = delete;
    json_reader& operator=(json_reader const&) = delete;

    [[nodiscard]] json_read_result result() const noexcept { return result_; }

    /// To be called when the text broke: a string that did not come to its end is no value.
    void discard_unfinished_text() noexcept {
        if (text_ != nullptr) {
            current_->type->clear(text_);
        }
    }

    bool on_document_begin(error_code&) noexcept { return true; }
    bool on_document_end(error_code&) noexcept { return true; }

    bool on_object_begin(error_code&) noexcept {
        if (skipping()) {
            ++skipped_groups_;
            return true;
        }
        json_value_type const* type = current_->type;
        void* object = place();
        if (type->list != nullptr && object != nullptr) {
            // where a list is documented, a single object stands for a list of one
            object = type->list->add(object, memory_);
            type = type->list->element.type;
        } else if (type->redirect != nullptr) {
            const json_target target = type->redirect(object);
            type = target.type;
            object = target.object;
        }
        enter(type, object, type->object != nullptr);
        return true;
    }
    bool on_object_end(std::size_t, error_code&) noexcept {
        if (skipped_groups_ > 0) {
            --skipped_groups_;
        } else {
            leave();
        }
        return true;
    }
    bool on_array_begin(error_code&) noexcept {
        if (skipping()) {
            ++skipped_groups_;
            return true;
        }
        json_value_type const* const type = current_->type;
        void* const list = type->list != nullptr ? place() : nullptr;
        enter(type, list, type->list != nullptr);
        return true;
    }
    bool on_array_end(std::size_t size, error_code& broken) noexcept { return on_object_end(size, broken); }

    bool on_key_part(boost::json::string_view piece, std::size_t, error_code&) noexcept {
        if (skipped_groups_ == 0) {
            scratch_.append(view(piece));
        }
        return true;
    }
    bool on_key(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipped_groups_ > 0) {
            return true;
        }
        if (piece.size() == size) {
            select(view(piece));
        } else {
            scratch_.append(view(piece));
            select(scratch_.truncated() ? std::string_view() : scratch_.view());
            scratch_.clear();
        }
        return true;
    }

    bool on_string_part(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (!skipping()) {
            take_piece(view(piece), piece.size() == size);
        }
        return true;
    }
    bool on_string(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipping()) {
            return true;
        }
        json_value_type const& type = *current_->type;
        const bool is_whole = piece.size() == size;
        if (is_whole && type.is_view && is_in_body(view(piece))) {
            if (void* const value = place()) {
                *static_cast<std::string_view*>(value) = view(piece);
            }
        } else if (is_whole && type.refer != nullptr && is_in_body(view(piece))) {
            if (void* const value = place()) {
                type.refer(value, view(piece));
            }
        } else if (is_whole && type.assign != nullptr) {
            assign(type, view(piece));
        } else if (type.token != nullptr) {
            if (is_whole) {
                take_token(view(piece), json_token::string);
            } else {
                scratch_.append(view(piece));
                take_token(scratch_.truncated() ? std::string_view() : scratch_.view(), json_token::string);
                scratch_.clear();
            }
        } else {
            take_piece(view(piece), is_whole);
            finish_text();
        }
        return true;
    }

    bool on_number_part(boost::json::string_view, error_code&) noexcept { return true; }
    bool on_int64(std::int64_t number, boost::json::string_view text, error_code&) noexcept {
        if (skipping() || current_->type->integer == nullptr) {
            return on_number(view(text));
        }
        if (void* const value = place()) {
            if (!current_->type->integer(value, number)) {
                report(json_fault::wrong_type);
            }
        }
        return true;
    }
    bool on_uint64(std::uint64_t, boost::json::string_view text, error_code&) noexcept { return on_number(view(text)); }
    bool on_double(double, boost::json::string_view text, error_code&) noexcept { return on_number(view(text)); }
    bool on_bool(bool value, error_code&) noexcept {
        if (!skipping()) {
            take_token(value ? std::string_view("true") : std::string_view("false"), json_token::boolean);
        }
        return true;
    }
    bool on_null(error_code&) noexcept {
        if (current_ == &root_) {
            report(json_fault::wrong_type);
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
        /// which members of the object were there
        std::uint64_t seen;
        json_member_type const* member;
    };

    static std::string_view view(boost::json::string_view text) noexcept { return {text.data(), text.size()}; }

    /// Whether the value at hand belongs to nothing that is known.
    [[nodiscard]] bool skipping() const noexcept { return skipped_groups_ > 0 || current_ == nullptr; }

    [[nodiscard]] bool is_in_body(std::string_view piece) const noexcept {
        // as numbers, since pointers that are not of one array have no order
        const auto address = [](char const* at) noexcept { return reinterpret_cast<std::uintptr_t>(at); };
        return address(piece.data()) - address(body_.data()) <= body_.size();
    }

    /// The place of the value at hand, ready to be filled; null, and reported, when there is no room for it.
    [[nodiscard]] void* place() noexcept {
        void* found = nullptr;
        if (top_->list != nullptr) {
            found = top_->list->add(top_->place, memory_);
            if (found == nullptr) {
                report(json_fault::too_long);
                return nullptr;
            }
        } else {
            found = current_->locate(top_->place);
        }
        return current_->type->enter == nullptr ? found : current_->type->enter(found);
    }

    /// Goes into an object or list, or past it when it does not fit.
    void enter(json_value_type const* type, void* place, bool fits) noexcept {
        if (!fits) {
            report(json_fault::wrong_type);
        }
        if (!fits || place == nullptr || top_ == &frames_.back()) {
            ++skipped_groups_;
            return;
        }
        *++top_ = {type->object, type->list, place, 0, current_};
        current_ = type->list != nullptr ? &type->list->element : nullptr;
    }

    void leave() noexcept {
        frame const& done = *top_--;
        current_ = done.member;
        if (top_->list != nullptr && top_->list->complete != nullptr && done.object != nullptr) {
            top_->list->complete(top_->place, done.place, memory_);
        }
    }

    void select(std::string_view name) noexcept {
        const std::size_t position = top_->object->find(name);
        if (position == text_index::none) {
            current_ = nullptr;
            return;
        }
        current_ = top_->object->members + position;
        const std::uint64_t bit = std::uint64_t{1} << position;
        if ((top_->seen & bit) != 0) {
            report(json_fault::duplicate);
            current_ = nullptr;
        }
        top_->seen |= bit;
    }

    void assign(json_value_type const& type, std::string_view text) noexcept {
        void* const value = place();
        if (value != nullptr && !type.assign(value, text) && current_->reading != reading::may_be_cut) {
            report(json_fault::too_long);
        }
    }

    void take_piece(std::string_view piece, bool is_first) noexcept {
        json_value_type const& type = *current_->type;
        if (type.token != nullptr) {
            scratch_.append(piece);
        } else if (type.append == nullptr) {
            if (is_first) {
                report(json_fault::wrong_type);
            }
        } else {
            if (is_first) {
                text_ = place();
                text_fits_ = true;
            }
            if (text_ != nullptr && text_fits_) {
                text_fits_ = type.append(text_, piece, memory_);
            }
        }
    }

    void finish_text() noexcept {
        if (text_ != nullptr && !text_fits_ && current_->reading != reading::may_be_cut) {
            report(json_fault::too_long);
            // a part of an id is another id
            current_->type->clear(text_);
        }
        text_ = nullptr;
    }

    bool on_number(std::string_view text) noexcept {
        if (skipping()) {
            return true;
        }
        if (current_->type->append != nullptr && current_->reading == reading::text_or_number) {
            if (current_->type->assign != nullptr) {
                assign(*current_->type, text);
            } else {
                take_piece(text, true);
                finish_text();
            }
        } else {
            take_token(text, json_token::number);
        }
        return true;
    }

    void take_token(std::string_view text, json_token kind) noexcept {
        if (current_->type->token == nullptr) {
            report(json_fault::wrong_type);
        } else if (void* const value = place()) {
            if (!current_->type->token(value, text, kind)) {
                report(json_fault::wrong_type);
            }
        }
    }

    void report(json_fault fault) noexcept {
        const bool is_for_want_of_memory = fault == json_fault::too_long && memory_ != nullptr && memory_->exhausted();
        if (result_.fault == json_fault::none && !is_for_want_of_memory) {
            result_ = {fault, current_->name};
        }
    }

    static constexpr std::size_t longest_known_text = 64;
    static constexpr std::size_t deepest_known_group = 12;

    std::string_view body_;
    bump_memory* memory_;
    json_member_type root_;
    /// the first is around the root; the others are set when they are entered
    std::array<frame, deepest_known_group + 1> frames_;
    frame* top_ = frames_.data();
    std::size_t skipped_groups_ = 0;
    json_member_type const* current_ = &root_;
    /// the string value at hand, while it comes in pieces
    void* text_ = nullptr;
    bool text_fits_ = true;
    inline_string<longest_known_text> scratch_;
    json_read_result result_{};
};

/// Reads the whole of `body` (UTF-8; a byte order mark at its start is skipped) into `object`, whose type is `type`.
///
/// After a fault `object` holds what was read: all values that fit, up to where the text broke. No heap.
/// @param memory for lists and for strings with escapes, where the object's type has such. That it was exhausted is no
///        fault: ask it.
[[nodiscard]] inline json_read_result read_json(std::string_view body, json_value_type const& type, void* object,
                                                bump_memory* memory = nullptr) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (body.starts_with(byte_order_mark)) {
        body.remove_prefix(byte_order_mark.size());
    }
    boost::json::parse_options options;
    options.max_depth = limits::response_depth;
    boost::json::basic_parser<json_reader> parser(options, body, type, object, memory);
    boost::json::error_code broken;
    const std::size_t size = parser.write_some(false, body.data(), body.size(), broken);
    if (broken || size < body.size()) {
        parser.handler().discard_unfinished_text();
        return {broken == boost::json::error::too_deep ? json_fault::too_deep : json_fault::syntax, {}};
    }
    return parser.handler().result();
}

/// The same for an object whose type is known.
template <class Object>
    requires requires { Object::members(); }
[[nodiscard]] json_read_result read_json(std::string_view body, Object& object,
                                         bump_memory* memory = nullptr) noexcept {
    return read_json(body, json_value_type_for<Object>, &object, memory);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
