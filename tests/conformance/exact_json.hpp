// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_CONFORMANCE_EXACT_JSON_HPP
#define ZENWIRE_TESTS_CONFORMANCE_EXACT_JSON_HPP

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A JSON value whose numbers are the text that they were written as: Boost.JSON's own would round them to a double.
struct exact_json {
    enum class kind { nothing, boolean, number, text, list, object };

    enum kind kind = kind::nothing;
    /// of a number or boolean as it was written, of a text without quotes and escapes
    std::string text{};
    /// the elements of a list, or the values of an object
    std::vector<exact_json> values{};
    /// the names of an object's members, in the order of `values`
    std::vector<std::string> names{};

    /// Whether it says nothing: null, an empty text or an empty list.
    [[nodiscard]] bool is_empty() const {
        return kind == kind::nothing || (kind == kind::text && text.empty()) || (kind == kind::list && values.empty());
    }

    /// The member of that name; null when there is none, or when this is no object.
    [[nodiscard]] exact_json const* find(std::string_view name) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == name) {
                return &values[i];
            }
        }
        return nullptr;
    }

    /// The member of that name. Throws when there is none.
    [[nodiscard]] exact_json const& at(std::string_view name) const {
        exact_json const* const found = find(name);
        return found != nullptr ? *found : throw std::runtime_error("no member " + std::string(name));
    }

    /// As JSON text, to be read by people.
    [[nodiscard]] std::string written() const {
        switch (kind) {
        case kind::nothing: return "null";
        case kind::boolean:
        case kind::number: return text;
        case kind::text: return boost::json::serialize(boost::json::string(text));
        case kind::list:
        case kind::object: break;
        }
        const bool is_object = kind == kind::object;
        std::string all(1, is_object ? '{' : '[');
        for (std::size_t i = 0; i < values.size(); ++i) {
            all += i == 0 ? "" : ",";
            all += is_object ? boost::json::serialize(boost::json::string(names[i])) + ':' : std::string();
            all += values[i].written();
        }
        return all + (is_object ? '}' : ']');
    }

    /// Reads a whole JSON text. Throws when it is none.
    [[nodiscard]] static exact_json parse(std::string_view text);
};

/// The handler of Boost.JSON's parser that makes an exact_json.
class exact_json_handler {
public:
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using error_code = boost::system::error_code;
    using piece = boost::json::string_view;

    [[nodiscard]] exact_json take() { return std::move(open_.front().values.at(0)); }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(exact_json::kind::object); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_begin(error_code&) { return open(exact_json::kind::list); }
    bool on_array_end(std::size_t, error_code&) { return close(); }
    bool on_key_part(piece text, std::size_t, error_code&) { return gather(text); }
    bool on_key(piece text, std::size_t, error_code&) {
        gather(text);
        open_.back().names.push_back(std::exchange(text_, {}));
        return true;
    }
    bool on_string_part(piece text, std::size_t, error_code&) { return gather(text); }
    bool on_string(piece text, std::size_t, error_code&) { return add(exact_json::kind::text, text); }
    bool on_number_part(piece text, error_code&) { return gather(text); }
    bool on_int64(std::int64_t, piece text, error_code&) { return add(exact_json::kind::number, text); }
    bool on_uint64(std::uint64_t, piece text, error_code&) { return add(exact_json::kind::number, text); }
    bool on_double(double, piece text, error_code&) { return add(exact_json::kind::number, text); }
    bool on_bool(bool value, error_code&) { return add(exact_json::kind::boolean, value ? "true" : "false"); }
    bool on_null(error_code&) { return add(exact_json::kind::nothing, ""); }
    bool on_comment_part(piece, error_code&) { return true; }
    bool on_comment(piece, error_code&) { return true; }

private:
    bool gather(piece text) {
        text_.append(text.data(), text.size());
        return true;
    }
    bool add(enum exact_json::kind kind, piece text) {
        gather(text);
        open_.back().values.push_back({kind, std::exchange(text_, {})});
        return true;
    }
    bool open(enum exact_json::kind kind) {
        open_.push_back({kind});
        return true;
    }
    bool close() {
        exact_json done = std::move(open_.back());
        open_.pop_back();
        open_.back().values.push_back(std::move(done));
        return true;
    }

    /// The groups that are not closed yet; the first holds the document.
    std::vector<exact_json> open_ = std::vector<exact_json>(1);
    std::string text_{};
};

inline exact_json exact_json::parse(std::string_view text) {
    boost::json::basic_parser<exact_json_handler> parser(boost::json::parse_options{});
    boost::system::error_code broken;
    const std::size_t size = parser.write_some(false, text.data(), text.size(), broken);
    if (broken || size != text.size()) {
        throw std::runtime_error("not JSON: " + std::string(text.substr(0, 80)));
    }
    return parser.handler().take();
}

#endif
