// SPDX-License-Identifier: BSL-1.0
// says: these own texts that vanish
#include <zenwire/client/transport.hpp>

#include <string>
#include <utility>

struct split_lines {
    struct iterator {
        std::string const* at;
        std::pair<std::string, std::string> operator*() const { return {at->substr(0, 4), at->substr(6)}; }
        iterator& operator++() { return ++at, *this; }
        bool operator==(iterator const&) const = default;
    };
    [[nodiscard]] iterator begin() const { return {&line}; }
    [[nodiscard]] iterator end() const { return {&line + 1}; }
    std::string line = "date: Tue, 10 Jan 2023 14:32:57 GMT";
};
struct answer {
    int status = 200;
    std::string body{};
    split_lines fields{};
};
const answer received;
const zenwire::response_adapter adapter(received);
