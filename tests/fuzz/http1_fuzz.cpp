// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: an answer gives the same result whether its bytes come whole, one by one or in random pieces: the same
/// progress or error, status, fields and body, and no piece of a body is empty or longer than what came.
///
/// The first byte says whether the connection ends behind the bytes, the second one seeds the pieces; the rest is the answer.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <zenwire/core.hpp>
#include <zenwire/http/http1.hpp>

#include "fuzz_input.hpp"

namespace {

struct outcome_of_reading {
    std::optional<zenwire::http1_progress> progress;
    std::optional<zenwire::errc> failure;
    int status = 0;
    bool may_keep = false;
    std::string fields;
    std::string body;
    friend bool operator==(outcome_of_reading const&, outcome_of_reading const&) = default;
};

template <class PieceSize>
outcome_of_reading read(std::string_view bytes, bool ends, PieceSize next_size) {
    std::array<char, 600> head{};
    std::array<zenwire::field_position, 12> positions{};
    zenwire::http1_response_reader reader(head, positions, 1000);
    outcome_of_reading result;
    const auto take = [&](zenwire::expected<zenwire::http1_progress> const& progress) {
        result.progress = progress ? std::optional(*progress) : std::nullopt;
        result.failure = progress ? std::nullopt : std::optional(progress.error().code);
        require(progress || progress.error().outcome == zenwire::outcome::unknown, "nobody knows what was executed");
    };
    take(reader.feed("", [](std::string_view) { require(false, "no bytes have no body"); }));
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, next_size(bytes.size()));
        bytes.remove_prefix(piece.size());
        // in memory of its own, that ends right behind the piece
        const std::string copy(piece);
        take(reader.feed(copy, [&](std::string_view part) {
            require(!part.empty() && part.size() <= copy.size(), "a part of the body is a part of what came");
            result.body += part;
        }));
    }
    if (ends) {
        take(reader.end_of_input());
    }
    require(result.body.size() <= 1000, "the body is not longer than allowed");
    result.status = reader.status();
    result.may_keep = reader.may_keep_connection();
    for (const zenwire::field each : reader.fields()) {
        require(zenwire::is_field_name(each.name), "a name is a token");
        for (const char c : each.value) {
            require(static_cast<unsigned char>(c) >= 0x20 || c == '\t', "a value has no control characters");
        }
        result.fields += std::string(each.name) + ": " + std::string(each.value) + '\n';
    }
    require(reader.is_complete() == (result.progress == zenwire::http1_progress::complete), "complete means complete");
    require(!reader.is_complete() || (result.status >= 200 && result.status <= 999), "an answer has a final status");
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    const bool ends = input.byte() % 2 != 0;
    std::uint32_t random = input.byte();
    const std::string_view bytes = input.rest();
    const auto whole = read(bytes, ends, [](std::size_t left) { return left; });
    const auto single = read(bytes, ends, [](std::size_t) { return std::size_t{1}; });
    const auto pieces = read(bytes, ends, [&](std::size_t) {
        random = random * 1664525U + 1013904223U;
        return std::size_t{1} + random % 23U;
    });
    require(whole == single, "whole and byte by byte are the same");
    require(whole == pieces, "whole and random pieces are the same");
    return 0;
}
