// SPDX-License-Identifier: BSL-1.0

/// @file
/// The JSON reader against the DOM of Boost.JSON, on the texts of json_accept.jsonl and json_reject.jsonl, which follow
/// RFC 8259 section by section: both have to take, or to refuse, each text, as a value that is skipped, as one that is read,
/// and alone. json_differences.jsonl lists where the reader differs, by choice.
///
/// A line is `{"section": "7", "text": "..."}`, or `"bytes"` in hexadecimal digits for what is no text.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include <zenwire/base/arena.hpp>
#include <zenwire/protocol/detail/json_reader.hpp>
#include <zenwire/protocol/detail/write_json.hpp>

#include "../unit/from_hex.hpp"

namespace {

using zenwire::detail::json_fault;

int failures = 0;

void require(bool condition, char const* what, std::string const& text) {
    if (!condition) {
        std::printf("FAILED: %s: %s\n", what, text.c_str());
        ++failures;
    }
}

/// An object of which one text is read, wherever it lies.
struct holder {
    std::string_view text{};

    [[nodiscard]] static constexpr auto members() noexcept {
        return zenwire::member_list(zenwire::member<&holder::text>{"known"});
    }
};

/// The DOM's verdict, with the depth that the reader has.
bool dom_takes(std::string_view text, boost::json::value* value = nullptr) {
    boost::json::parse_options options;
    options.max_depth = zenwire::limits::response_depth;
    boost::system::error_code broken;
    boost::json::value parsed = boost::json::parse({text.data(), text.size()}, broken, {}, options);
    if (value != nullptr) {
        *value = std::move(parsed);
    }
    return !broken;
}

json_fault fault_of(std::string_view text, holder& object) {
    static std::byte memory[16384];
    zenwire::arena texts{std::span(memory)};
    return zenwire::detail::read_json(text, object, &texts).fault;
}

/// Whether the reader takes it for JSON, whatever else is wrong with it.
bool reader_takes(std::string_view text, holder& object) {
    const json_fault fault = fault_of(text, object);
    return fault != json_fault::syntax && fault != json_fault::too_deep;
}
bool reader_takes(std::string_view text) {
    holder object;
    return reader_takes(text, object);
}

void check(std::string const& text, bool is_accepted) {
    const std::string skipped = R"({"unknown":)" + text + "}";
    const std::string listed = R"({"unknown":[1,)" + text + "]}";
    const std::string known = R"({"known":)" + text + "}";
    boost::json::value value;
    require(dom_takes(text) == is_accepted, "the DOM agrees with the file", text);
    require(reader_takes(text) == is_accepted, "the reader agrees with the file", text);
    require(dom_takes(skipped) == is_accepted, "the DOM agrees with the file about a member", text);
    require(reader_takes(skipped) == is_accepted, "the reader agrees with the file about a member that is skipped",
            text);
    require(reader_takes(listed) == is_accepted, "the reader agrees with the file about an element", text);
    holder object;
    require(reader_takes(known, object) == is_accepted, "the reader agrees with the file about a member that is read",
            text);
    if (is_accepted && dom_takes(text, &value) && value.is_string()) {
        require(object.text == std::string_view(value.as_string()), "both read the same text", text);
    }
    // no beginning of a text that is refused or accepted may be read in another way by the two
    for (std::size_t size = 0; size < skipped.size(); ++size) {
        const std::string_view cut = std::string_view(skipped).substr(0, size);
        require(dom_takes(cut) == reader_takes(cut), "both agree about a text that is cut", std::string(cut));
    }
}

std::string text_of(boost::json::object const& line) {
    if (boost::json::value const* const bytes = line.if_contains("bytes")) {
        return from_hex(std::string_view(bytes->as_string()));
    }
    return std::string(std::string_view(line.at("text").as_string()));
}

std::vector<boost::json::object> lines_of(char const* name) {
    std::ifstream file(std::string(ZENWIRE_TESTS_DIR "/differential/") + name, std::ios::binary);
    std::vector<boost::json::object> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(boost::json::parse(line).as_object());
    }
    return lines;
}

void check_all_of(char const* name, bool is_accepted) {
    constexpr std::size_t least = 150;
    const std::vector<boost::json::object> lines = lines_of(name);
    require(lines.size() >= least, "there are enough texts", name);
    for (boost::json::object const& line : lines) {
        check(text_of(line), is_accepted);
    }
    std::printf("%s: %zu texts\n", name, lines.size());
}

std::string_view name_of(json_fault fault) {
    switch (fault) {
    case json_fault::none: return "none";
    case json_fault::syntax: return "syntax";
    case json_fault::too_deep: return "too_deep";
    case json_fault::no_object: return "no_object";
    case json_fault::wrong_type: return "wrong_type";
    case json_fault::duplicate: return "duplicate";
    case json_fault::too_long: return "too_long";
    }
    return "";
}

void check_differences() {
    const std::vector<boost::json::object> lines = lines_of("json_differences.jsonl");
    require(!lines.empty(), "there are differences", "json_differences.jsonl");
    for (boost::json::object const& line : lines) {
        const std::string text = text_of(line);
        holder object;
        require(dom_takes(text) == line.at("dom").as_bool(), "the DOM does as listed", text);
        require(name_of(fault_of(text, object)) == std::string_view(line.at("fault").as_string()),
                "the reader does as listed", text);
    }
    std::printf("json_differences.jsonl: %zu texts\n", lines.size());
}

}  // namespace

int main() {
    check_all_of("json_accept.jsonl", true);
    check_all_of("json_reject.jsonl", false);
    check_differences();
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
