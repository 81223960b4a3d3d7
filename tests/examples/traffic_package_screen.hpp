// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_SCREEN_HPP
#define ZENWIRE_TESTS_EXAMPLES_TRAFFIC_PACKAGE_SCREEN_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/ioctl.h>
#include <unistd.h>

#include "terminal_text.hpp"

/// @file
/// How the program traffic_package fits its texts into a terminal: width, columns, colour. None of it happens in a pipe.

/// What one of our streams leads to.
struct screen {
    bool is_terminal = false;
    bool has_colour = false;
    /// columns; without end for what is no terminal
    std::size_t width = std::numeric_limits<std::size_t>::max();
};

/// @param descriptor STDOUT_FILENO, say
inline screen screen_of(int descriptor) {
    screen result;
    result.is_terminal = ::isatty(descriptor) == 1;
    if (result.is_terminal) {
        winsize size{};
        const bool is_known = ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20;
        result.width = is_known ? size.ws_col : 80;
        result.has_colour = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
    }
    return result;
}

/// How many columns a character takes.
inline std::size_t columns_of(std::uint32_t character) {
    constexpr std::pair<std::uint32_t, std::uint32_t> wide[] = {
        {0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
    const auto has = [&](auto const& range) { return range.first <= character && character <= range.second; };
    return character >= 0x0300 && character <= 0x036F ? 0 : std::ranges::any_of(wide, has) ? 2 : 1;
}

/// The beginning of a well-formed text that takes at most so many columns: its bytes and its columns.
inline std::pair<std::size_t, std::size_t> beginning_of(std::string_view text, std::size_t most) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = std::min<std::size_t>(lead < 0xC0   ? 1
                                                         : lead < 0xE0 ? 2
                                                         : lead < 0xF0 ? 3
                                                                       : 4,
                                                         text.size() - i);
        std::uint32_t character = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            character = character << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        }
        const std::size_t more = columns_of(character);
        if (columns + more > most) {
            return {i, columns};
        }
        columns += more;
        i += length;
    }
    return {text.size(), columns};
}

inline std::size_t columns_of(std::string_view text) {
    return beginning_of(text, std::numeric_limits<std::size_t>::max()).second;
}

/// Where the text of a line begins that has a name in front, `order      none` say: there its further lines begin, too.
inline std::size_t indentation_of(std::string_view line) {
    const std::size_t name = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t gap = line.find("  ", name);
    const std::size_t text = gap == std::string_view::npos ? gap : line.find_first_not_of(' ', gap);
    return text == std::string_view::npos || text > 30 ? name : text;
}

/// A line, broken at blanks, so that no word and no number is torn.
inline std::string wrapped_line(std::string_view line, std::size_t width) {
    const std::size_t indentation = std::min(indentation_of(line), width / 2);
    std::string result;
    std::size_t used = 0;
    while (columns_of(line) > width - used) {
        const std::size_t fits = beginning_of(line, width - used).first;
        std::size_t blank = line.rfind(' ', fits);
        if (blank == std::string_view::npos || blank < (used == 0 ? indentation : 1)) {
            blank = line.find(' ', fits);
        }
        if (blank == std::string_view::npos) {
            break;
        }
        result += std::string(line.substr(0, blank)) + "\n" + std::string(indentation, ' ');
        line.remove_prefix(std::min(line.find_first_not_of(' ', blank), line.size()));
        used = indentation;
    }
    return result + std::string(line);
}

/// The word that a headline begins with, and its colour; no colour for other lines.
inline std::pair<std::size_t, std::string_view> headline_of(std::string_view line) {
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"DONE", "\x1b[32m"},      {"PLANNED", "\x1b[32m"},   {"FORGOTTEN", "\x1b[32m"},     {"DRY RUN", "\x1b[36m"},
        {"UNDER WAY", "\x1b[33m"}, {"DECLINED", "\x1b[33m"},  {"NOT DONE", "\x1b[33m"},      {"INTERRUPTED", "\x1b[33m"},
        {"WARNING", "\x1b[33m"},   {"STOPPED", "\x1b[31m"},   {"NOT FORGOTTEN", "\x1b[33m"}, {"UNKNOWN", "\x1b[31m"},
        {"FAILED", "\x1b[31m"},    {"CONFLICT", "\x1b[31m"},  {"REFUSED", "\x1b[31m"},       {"INSTANCE ", "\x1b[1m"},
        {"MONTH ", "\x1b[1m"}};
    for (auto const& [word, colour] : words) {
        if (line.starts_with(word)) {
            return {colour == "\x1b[1m" ? line.size() : word.size(), colour};
        }
    }
    return {0, {}};
}

/// A text of ours as it is shown on a screen.
inline std::string fitted(std::string_view text, screen const& on) {
    std::string result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string line = wrapped_line(text.substr(0, end), on.width);
        if (const auto [length, colour] = headline_of(line); on.has_colour && length != 0) {
            line = std::string(colour) + line.substr(0, length) + "\x1b[0m" + line.substr(length);
        }
        result += line + (end < text.size() ? "\n" : "");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

/// A table: the columns as wide as their widest cell. Where that is too wide for the screen the column that may be cut is;
/// where even that does not help, each row becomes a block of lines.
class table {
public:
    using row = std::vector<std::string>;

    /// @param may_be_cut the number of that column
    table(row header, std::size_t may_be_cut) : rows_{std::move(header)}, may_be_cut_(may_be_cut) {}

    void add(row cells) { rows_.push_back(std::move(cells)); }

    [[nodiscard]] std::string text(std::size_t width) const {
        constexpr std::size_t shortest = 6;
        std::vector<std::size_t> widths(rows_[0].size());
        for (row const& each : rows_) {
            for (std::size_t i = 0; i < each.size(); ++i) {
                widths[i] = std::max(widths[i], columns_of(each[i]));
            }
        }
        std::size_t total = 2 * (widths.size() - 1);
        for (const std::size_t each : widths) {
            total += each;
        }
        if (total > width) {
            const std::size_t spare = widths[may_be_cut_] > shortest ? widths[may_be_cut_] - shortest : 0;
            if (total - width > spare) {
                return blocks();
            }
            widths[may_be_cut_] -= total - width;
        }
        std::string result;
        for (row const& each : rows_) {
            result += line(each, widths);
        }
        return result;
    }

private:
    static std::string line(row const& cells, std::vector<std::size_t> const& widths) {
        std::string result;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            std::string cell = cells[i];
            if (columns_of(cell) > widths[i]) {
                cell = cell.substr(0, beginning_of(cell, widths[i] - 1).first) + "~";
            }
            result += cell;
            if (i + 1 < cells.size()) {
                result += std::string(widths[i] - columns_of(cell) + 2, ' ');
            }
        }
        return result + "\n";
    }

    [[nodiscard]] std::string blocks() const {
        std::string result;
        for (std::size_t k = 1; k < rows_.size(); ++k) {
            result += k == 1 ? "" : "\n";
            for (std::size_t i = 0; i < rows_[k].size(); ++i) {
                std::string name = rows_[0][i];
                std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
                name.resize(std::max<std::size_t>(name.size() + 1, 11), ' ');
                result += name + rows_[k][i] + "\n";
            }
        }
        return result;
    }

    std::vector<row> rows_;
    std::size_t may_be_cut_;
};

#endif
