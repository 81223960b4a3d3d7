// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_JSON_READER_HPP
#define ZENWIRE_PROTOCOL_JSON_READER_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <boost/json/basic_parser_impl.hpp>

#include <zenwire/base/config.hpp>
#include <zenwire/base/inline_string.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/protocol/member.hpp>
#include <zenwire/protocol/traffic_package_size.hpp>

/// @file
/// Reads JSON text into objects that describe themselves by a member list. One pass, no document tree, no heap.
///
/// Unknown members are skipped, null is the same as absent, known members may stand once only.

namespace ZENWIRE_NAMESPACE {

struct json_object_type;

/// How a JSON value becomes a C++ value of some type, with the type erased so that one parser serves all of them.
/// Functions that are null mean: this kind of JSON value does not fit.
struct json_value_type {
    /// From the data member to the value in it: an optional creates its value. Null: the same place.
    void* (*enter)(void* place) noexcept;
    /// Takes a further piece of a string.
    void (*append)(void* value, std::string_view piece) noexcept;
    /// Forgets the pieces of a string that did not come to its end.
    void (*clear)(void* value) noexcept;
    /// Whether a string was longer than its place.
    bool (*is_cut)(void const* value) noexcept;
    /// Takes the text of a number, or a string with such a text; false when the value does not fit.
    bool (*number)(void* value, std::string_view text) noexcept;
    /// The members of an object.
    json_object_type const* object;
};

/// One row of a member list, with the type erased.
struct json_member_type {
    std::string_view name;
    enum reading reading;
    json_value_type const* type;
    void* (*locate)(void* object) noexcept;
};

/// A member list, with the type erased. At most 64 members: which were seen is kept in as many bits.
struct json_object_type {
    json_member_type const* members;
    std::size_t count;

    [[nodiscard]] constexpr json_member_type const* find(std::string_view name) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            if (members[i].name == name) {
                return members + i;
            }
        }
        return nullptr;
    }
};

template <class Value>
struct json_value_type_of;

template <class Value>
inline constexpr json_value_type json_value_type_for = json_value_type_of<Value>::make();

template <auto Pointer, class Object>
[[nodiscard]] constexpr json_member_type make_json_member_type(member<Pointer> const& each) noexcept {
    using Value = std::remove_reference_t<decltype(std::declval<Object&>().*Pointer)>;
    return {each.name, each.reading, &json_value_type_for<Value>,
            [](void* object) noexcept -> void* { return &(static_cast<Object*>(object)->*Pointer); }};
}

template <class Object>
inline constexpr auto json_members_for = std::apply(
    [](auto const&... each) noexcept {
        static_assert(sizeof...(each) <= 64, "which members were seen is kept in 64 bits");
        return std::array<json_member_type, sizeof...(each)>{
            [&]<auto Pointer>(member<Pointer> const& row) noexcept { return make_json_member_type<Pointer, Object>(row); }(each)...};
    },
    Object::members());

template <class Object>
inline constexpr json_object_type json_object_type_for{json_members_for<Object>.data(), json_members_for<Object>.size()};

template <class Object>
    requires requires { Object::members(); }
struct json_value_type_of<Object> {
    static constexpr json_value_type make() noexcept {
        return {.enter = nullptr, .append = nullptr, .clear = nullptr, .is_cut = nullptr, .number = nullptr,
                .object = &json_object_type_for<Object>};
    }
};

template <std::size_t Capacity>
struct json_value_type_of<inline_string<Capacity>> {
    using Text = inline_string<Capacity>;
    static constexpr json_value_type make() noexcept {
        return {.enter = nullptr,
                .append = [](void* value, std::string_view piece) noexcept { static_cast<Text*>(value)->append(piece); },
                .clear = [](void* value) noexcept { static_cast<Text*>(value)->clear(); },
                .is_cut = [](void const* value) noexcept { return static_cast<Text const*>(value)->truncated(); },
                .number = nullptr,
                .object = nullptr};
    }
};

template <>
struct json_value_type_of<traffic_package_size> {
    static constexpr json_value_type make() noexcept {
        return {.enter = nullptr,
                .append = nullptr,
                .clear = nullptr,
                .is_cut = nullptr,
                .number =
                    [](void* value, std::string_view text) noexcept {
                        const expected<traffic_package_size> size = traffic_package_size::parse(text);
                        if (size) {
                            *static_cast<traffic_package_size*>(value) = *size;
                        }
                        return size.has_value();
                    },
                .object = nullptr};
    }
};

template <class Value>
struct json_value_type_of<std::optional<Value>> {
    static constexpr json_value_type make() noexcept {
        json_value_type type = json_value_type_of<Value>::make();
        type.enter = [](void* place) noexcept -> void* { return &static_cast<std::optional<Value>*>(place)->emplace(); };
        return type;
    }
};

/// What was wrong with a JSON text; the first thing that was.
enum class json_fault : unsigned char {
    none,
    syntax,       ///< not JSON, or cut, or followed by something
    too_deep,     ///< nested deeper than limits::response_depth
    wrong_type,   ///< a known member has a value of another type
    duplicate,    ///< a known member stands twice
    too_long,     ///< a text is longer than its place
};

/// The handler of `boost::json::basic_parser` that fills an object. It never stops the parser: after a value that does
/// not fit it reads on, so that what stands behind it, a request id say, is known too.
class json_reader {
public:
    // read by basic_parser: the lengths are bounded by the size of the body
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using error_code = boost::json::error_code;

    json_reader(json_object_type const& type, void* object) noexcept : root_type_{.enter = nullptr, .append = nullptr, .clear = nullptr, .is_cut = nullptr, .number = nullptr, .object = &type} {
        root_.type = &root_type_;
        root_.locate = [](void* place) noexcept { return place; };
        frames_[0].object = object;
        current_ = &root_;
    }
    json_reader(json_reader const&) = delete;
    json_reader& operator=(json_reader const&) = delete;

    [[nodiscard]] json_fault fault() const noexcept { return fault_; }
    /// The wire name of the member that was at fault; empty for the text as a whole.
    [[nodiscard]] std::string_view faulty_member() const noexcept { return faulty_member_; }

    /// To be called when the text broke: a string that did not come to its end is no value.
    void discard_unfinished_text() noexcept {
        if (text_ != nullptr) {
            current_->type->clear(text_);
        }
    }

    bool on_document_begin(error_code&) noexcept { return true; }
    bool on_document_end(error_code&) noexcept { return true; }

    bool on_object_begin(error_code&) noexcept {
        if (skipping() || current_->type->object == nullptr || depth_ + 1 == frames_.size()) {
            begin_skipped_group();
            return true;
        }
        void* const object = value();
        ++depth_;
        frames_[depth_] = {current_->type->object, object, 0};
        return true;
    }
    bool on_object_end(std::size_t, error_code&) noexcept {
        if (skipped_groups_ > 0) {
            --skipped_groups_;
        } else {
            --depth_;
        }
        return true;
    }
    bool on_array_begin(error_code&) noexcept {
        begin_skipped_group();
        return true;
    }
    bool on_array_end(std::size_t, error_code&) noexcept {
        --skipped_groups_;
        return true;
    }

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
            append(view(piece), piece.size() == size);
        }
        return true;
    }
    bool on_string(boost::json::string_view piece, std::size_t size, error_code&) noexcept {
        if (skipping()) {
            return true;
        }
        append(view(piece), piece.size() == size);
        if (current_->type->append != nullptr) {
            if (current_->reading != reading::may_be_cut && current_->type->is_cut(text_)) {
                report(json_fault::too_long);
            }
            text_ = nullptr;
        } else if (current_->type->number != nullptr) {
            take_number(scratch_.truncated() ? std::string_view() : scratch_.view());
            scratch_.clear();
        }
        return true;
    }

    bool on_number_part(boost::json::string_view, error_code&) noexcept { return true; }
    bool on_int64(std::int64_t, boost::json::string_view text, error_code&) noexcept { return on_number(view(text)); }
    bool on_uint64(std::uint64_t, boost::json::string_view text, error_code&) noexcept { return on_number(view(text)); }
    bool on_double(double, boost::json::string_view text, error_code&) noexcept { return on_number(view(text)); }
    bool on_bool(bool, error_code&) noexcept {
        if (!skipping()) {
            report(json_fault::wrong_type);
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
    struct frame {
        json_object_type const* type = nullptr;
        void* object = nullptr;
        std::uint64_t seen = 0;
    };

    static std::string_view view(boost::json::string_view text) noexcept { return {text.data(), text.size()}; }

    /// Whether the value at hand belongs to nothing that is known.
    [[nodiscard]] bool skipping() const noexcept { return skipped_groups_ > 0 || current_ == nullptr; }

    /// The place of the value at hand, ready to be filled.
    [[nodiscard]] void* value() const noexcept {
        void* const place = current_->locate(frames_[depth_].object);
        return current_->type->enter == nullptr ? place : current_->type->enter(place);
    }

    void begin_skipped_group() noexcept {
        if (!skipping()) {
            report(json_fault::wrong_type);
        }
        ++skipped_groups_;
    }

    void select(std::string_view name) noexcept {
        frame& top = frames_[depth_];
        current_ = top.type->find(name);
        if (current_ == nullptr) {
            return;
        }
        const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(current_ - top.type->members);
        if ((top.seen & bit) != 0) {
            report(json_fault::duplicate);
            current_ = nullptr;
        }
        top.seen |= bit;
    }

    void append(std::string_view piece, bool is_first) noexcept {
        if (current_->type->append != nullptr) {
            if (is_first) {
                text_ = value();
            }
            current_->type->append(text_, piece);
        } else if (current_->type->number != nullptr) {
            scratch_.append(piece);
        } else if (is_first) {
            report(json_fault::wrong_type);
        }
    }

    bool on_number(std::string_view text) noexcept {
        if (!skipping()) {
            take_number(text);
        }
        return true;
    }

    void take_number(std::string_view text) noexcept {
        if (current_->type->number != nullptr) {
            if (!current_->type->number(value(), text)) {
                report(json_fault::wrong_type);
            }
        } else if (current_->reading == reading::text_or_number && current_->type->append != nullptr) {
            void* const place = value();
            current_->type->append(place, text);
            if (current_->type->is_cut(place)) {
                report(json_fault::too_long);
            }
        } else {
            report(json_fault::wrong_type);
        }
    }

    void report(json_fault fault) noexcept {
        if (fault_ == json_fault::none) {
            fault_ = fault;
            faulty_member_ = current_->name;
        }
    }

    static constexpr std::size_t longest_known_text = 64;
    static constexpr std::size_t deepest_known_object = 8;

    json_value_type root_type_;
    json_member_type root_{};
    std::array<frame, deepest_known_object> frames_{};
    std::size_t depth_ = 0;
    std::size_t skipped_groups_ = 0;
    json_member_type const* current_ = nullptr;
    void* text_ = nullptr;
    inline_string<longest_known_text> scratch_;
    json_fault fault_ = json_fault::none;
    std::string_view faulty_member_{};
};

/// What read_json() found.
struct json_read_result {
    json_fault fault = json_fault::none;
    /// The wire name of the member at fault, a constant; empty for the text as a whole.
    std::string_view member{};
};

/// Reads the whole of `text` (UTF-8; a byte order mark at its start is skipped) into `object`, whose type is `type`.
///
/// After a fault `object` holds what was read: all values that fit, up to where the text broke. No heap.
[[nodiscard]] inline json_read_result read_json(std::string_view text, json_object_type const& type, void* object) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    boost::json::parse_options options;
    options.max_depth = limits::response_depth;
    boost::json::basic_parser<json_reader> parser(options, type, object);
    boost::json::error_code broken;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), broken);
    if (broken || read < text.size()) {
        parser.handler().discard_unfinished_text();
        return {broken == boost::json::error::too_deep ? json_fault::too_deep : json_fault::syntax, {}};
    }
    return {parser.handler().fault(), parser.handler().faulty_member()};
}

/// The same for an object whose type is known.
template <class Object>
    requires requires { Object::members(); }
[[nodiscard]] json_read_result read_json(std::string_view text, Object& object) noexcept {
    return read_json(text, json_object_type_for<Object>, &object);
}

}  // namespace ZENWIRE_NAMESPACE

#endif
