// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: a response of HTTP/1 reads the same whole, byte by byte and in pieces; nothing is written beyond the memory; a
/// complete response has a status, fields that HTTP can carry, and never both a length and chunks; no beginning of a response
/// that keeps the connection is complete.
///
/// The first byte of an input chooses the sizes of the memory, the second one the pieces and whether the connection ends
/// after the rest, which is the response.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>

namespace {

void require(bool condition, char const* what) {
    if (!condition) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

struct reading {
    zenwire::errc failure{};
    bool complete = false;
    bool keeps = false;
    int status = 0;
    std::string body{};
    std::string fields{};

    bool operator==(reading const&) const = default;
};

void check_fields(zenwire::field_list const& fields) {
    for (const zenwire::field each : fields) {
        require(zenwire::detail::is_field_name(each.name), "a name is a token");
        require(each.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                "a value has no line end");
        require(zenwire::detail::ascii::trim(each.value).size() == each.value.size(), "a value has no blanks around it");
    }
    const bool has_length = fields.find("content-length") < fields.size();
    const bool has_chunks = fields.find("transfer-encoding") < fields.size();
    require(!has_length || !has_chunks, "a response has a length or chunks");
}

reading read(std::string_view bytes, std::size_t piece_size, unsigned sizes, bool ends) {
    std::vector<char> head(16U + (sizes & 15U) * 32U);
    std::vector<zenwire::field_position> positions((sizes >> 4U) & 3U ? 12U : 1U);
    std::vector<char> body((sizes >> 6U) * 40U);
    zenwire::http1_response answer(head, positions, body);
    zenwire::expected<zenwire::http1_progress> progress = zenwire::http1_progress::incomplete;
    while (!bytes.empty()) {
        const std::vector<char> piece(bytes.begin(),
                                      bytes.begin() + static_cast<std::ptrdiff_t>(std::min(piece_size, bytes.size())));
        progress = answer.feed({piece.data(), piece.size()});
        bytes.remove_prefix(piece.size());
    }
    if (ends) {
        progress = answer.end_of_input();
    }
    reading result;
    result.failure = progress ? zenwire::errc{} : progress.error().code;
    result.complete = progress && *progress == zenwire::http1_progress::complete;
    result.keeps = answer.may_keep_connection();
    result.status = answer.view().status;
    result.body = answer.view().body;
    check_fields(answer.view().fields);
    for (const zenwire::field each : answer.view().fields) {
        result.fields.append(each.name).append(": ").append(each.value).append("\n");
    }
    require(result.complete == (result.status >= 200 && result.status <= 999), "a complete response has a final status");
    require(result.complete || (!result.keeps && result.fields.empty() && result.body.empty()),
            "a response that is not complete shows nothing");
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const unsigned sizes = data[0];
    const bool ends = (data[1] & 1U) != 0;
    const std::string_view bytes(reinterpret_cast<char const*>(data) + 2, size - 2);
    const reading whole = read(bytes, bytes.size() + 1, sizes, ends);
    require(read(bytes, 1, sizes, ends) == whole, "byte by byte is like whole");
    require(read(bytes, 2U + data[1] / 2U, sizes, ends) == whole, "pieces are like whole");
    if (whole.keeps) {
        require(!read(bytes.substr(0, bytes.size() - 1), bytes.size(), sizes, false).complete,
                "a response without its last byte is not complete");
    }
    return 0;
}
