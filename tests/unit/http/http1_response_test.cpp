// SPDX-License-Identifier: BSL-1.0
#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "../json_lines.hpp"
#include "../results.hpp"

namespace {

using zenwire::errc;
using zenwire::expected;
using zenwire::http1_progress;
using zenwire::http1_response;
using zenwire::http1_response_reader;

constexpr std::string_view usual = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

constexpr bool reads_in_a_constant_expression() {
    char head[64]{};
    char body[2]{};
    zenwire::field_position positions[1]{};
    http1_response answer(head, positions, body);
    const bool first = *answer.feed(usual.substr(0, 30)) == http1_progress::incomplete && answer.view().status == 0;
    const bool second = *answer.feed(usual.substr(30)) == http1_progress::complete && answer.view().status == 200;
    return first && second && answer.view().body == "{}" && answer.view().fields.value_of("content-length") == "2";
}
static_assert(reads_in_a_constant_expression());

/// What came of a response, in a form that can be compared.
struct outcome_of_reading {
    errc code{};
    bool complete = false;
    bool keep = false;
    int status = 0;
    std::string body{};
    std::vector<std::pair<std::string, std::string>> fields{};

    bool operator==(outcome_of_reading const&) const = default;
};

/// Memory of just the sizes that a case asks for, so that a sanitizer sees the first byte beyond.
struct desk {
    explicit desk(boost::json::object const& line)
        : head(size(line, "head_memory", 1024)), positions(size(line, "positions", 16)),
          body(size(line, "body_memory", 64)) {}

    static std::size_t size(boost::json::object const& line, std::string_view name, std::size_t otherwise) {
        return line.contains(name) ? static_cast<std::size_t>(json_lines::integer(line, name)) : otherwise;
    }

    std::vector<char> head;
    std::vector<zenwire::field_position> positions;
    std::vector<char> body;
};

/// Reads `bytes` in pieces of the sizes that `next_size` says, each in memory of its own.
outcome_of_reading read(boost::json::object const& line, std::string_view bytes,
                        std::function<std::size_t()> const& next_size) {
    desk memory(line);
    http1_response answer(memory.head, memory.positions, memory.body);
    expected<http1_progress> progress = http1_progress::incomplete;
    while (!bytes.empty()) {
        const std::vector<char> piece(bytes.begin(),
                                      bytes.begin() + static_cast<std::ptrdiff_t>(std::min(next_size(), bytes.size())));
        progress = answer.feed({piece.data(), piece.size()});
        bytes.remove_prefix(piece.size());
    }
    if (line.contains("end")) {
        progress = answer.end_of_input();
    }
    outcome_of_reading result;
    result.code = code_of(progress);
    result.complete = progress && *progress == http1_progress::complete;
    result.keep = answer.may_keep_connection();
    result.status = answer.view().status;
    result.body = answer.view().body;
    for (const zenwire::field each : answer.view().fields) {
        result.fields.emplace_back(each.name, each.value);
    }
    return result;
}

outcome_of_reading read_whole(boost::json::object const& line, std::string_view bytes) {
    return read(line, bytes, [&] { return bytes.size(); });
}

void check_cuts(boost::json::object const& line, std::string_view bytes, std::mt19937& random) {
    const outcome_of_reading whole = read_whole(line, bytes);
    CHECK(read(line, bytes, [] { return std::size_t{1}; }) == whole);
    for (int i = 0; i < 4; ++i) {
        const std::size_t longest = 1U + random() % 40U;
        CHECK(read(line, bytes, [&] { return std::size_t{1U + random() % longest}; }) == whole);
    }
}

/// `bytes` with a few of them changed, taken out, doubled or swapped.
std::string mutated(std::string bytes, std::mt19937& random) {
    constexpr std::string_view likely = "\r\n :,;0129afATC\t";
    for (std::size_t count = 1U + random() % 3U; count != 0 && !bytes.empty(); --count) {
        const std::size_t at = random() % bytes.size();
        switch (random() % 5U) {
        case 0: bytes[at] = static_cast<char>(random() & 0xFFU); break;
        case 1: bytes[at] = likely[random() % likely.size()]; break;
        case 2: bytes.erase(at, 1); break;
        case 3: bytes.insert(at, 1, likely[random() % likely.size()]); break;
        default: bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 30U)); break;
        }
    }
    return bytes;
}

std::vector<boost::json::object> const& lines() {
    static const std::vector<boost::json::object> all = json_lines::read("vectors/http1/responses.jsonl");
    return all;
}

}  // namespace

TEST_CASE("answers of HTTP/1 are read or refused as their line says") {
    for (boost::json::object const& line : lines()) {
        CAPTURE(json_lines::text(line, "name"));
        const outcome_of_reading result = read_whole(line, json_lines::text(line, "bytes"));
        const bool shall_complete = line.contains("status");
        CHECK(zenwire::to_string(result.code) == (line.contains("error") ? json_lines::text(line, "error") : ""));
        CHECK(result.complete == shall_complete);
        if (shall_complete) {
            CHECK(result.status == json_lines::integer(line, "status"));
            CHECK(std::string_view(result.body) == json_lines::text(line, "body"));
            CHECK(result.keep == line.at("keep").as_bool());
        } else {
            CHECK(result == outcome_of_reading{.code = result.code});
        }
        if (line.contains("fields")) {
            std::vector<std::pair<std::string, std::string>> fields;
            for (auto const& pair : line.at("fields").as_array()) {
                fields.emplace_back(pair.at(0).as_string(), pair.at(1).as_string());
            }
            CHECK(result.fields == fields);
        }
    }
}

TEST_CASE("a response reads the same whole, byte by byte and in random pieces") {
    std::mt19937 random(1);
    for (boost::json::object const& line : lines()) {
        CAPTURE(json_lines::text(line, "name"));
        check_cuts(line, json_lines::text(line, "bytes"), random);
    }
}

TEST_CASE("a response with mistakes reads the same in every cut") {
    std::mt19937 random(2);
    for (int round = 0; round < 10; ++round) {
        for (boost::json::object const& line : lines()) {
            const std::string bytes = mutated(std::string(json_lines::text(line, "bytes")), random);
            CAPTURE(bytes);
            check_cuts(line, bytes, random);
        }
    }
}

TEST_CASE("no prefix of a response is complete") {
    for (boost::json::object const& line : lines()) {
        if (!line.contains("keep") || !line.at("keep").as_bool()) {
            continue;
        }
        const std::string_view bytes = json_lines::text(line, "bytes");
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CAPTURE(bytes.substr(0, size));
            CHECK_FALSE(read_whole(line, bytes.substr(0, size)).complete);
        }
    }
}

TEST_CASE("a response that was refused stays refused and leaves the outcome unknown") {
    desk memory({});
    http1_response answer(memory.head, memory.positions, memory.body);
    for (const std::string_view bytes : {std::string_view("HTTP/1.1 200 OK\n"), usual, std::string_view()}) {
        const auto progress = answer.feed(bytes);
        REQUIRE(code_of(progress) == errc::malformed_response);
        CHECK(progress.error().outcome == zenwire::outcome::unknown);
        CHECK(progress.error().blame == zenwire::blame::remote);
        CHECK(progress.error().message == "a line of the response ends without CR");
    }
    CHECK(code_of(answer.end_of_input()) == errc::malformed_response);
    CHECK(answer.view().status == 0);
    CHECK_FALSE(answer.may_keep_connection());
}

TEST_CASE("of a response that was refused behind its head nothing is shown") {
    desk memory({});
    http1_response_reader reader(memory.head, memory.positions, 5);
    const auto ignore = [](std::string_view) {};
    REQUIRE(reader.feed("HTTP/1.1 200 OK\r\na: b\r\ntransfer-encoding: chunked\r\n\r\n", ignore).has_value());
    REQUIRE(reader.status() == 200);
    CHECK(code_of(reader.feed("x\r\n", ignore)) == errc::malformed_response);
    CHECK(reader.status() == 0);
    CHECK(reader.fields().empty());
}

TEST_CASE("a response that breaks off is the fault of what lies between") {
    desk memory({});
    http1_response answer(memory.head, memory.positions, memory.body);
    REQUIRE(answer.feed(usual.substr(0, usual.size() - 1)).has_value());
    const auto progress = answer.end_of_input();
    REQUIRE(code_of(progress) == errc::transport_failed);
    CHECK(progress.error().blame == zenwire::blame::transport);
    CHECK(progress.error().outcome == zenwire::outcome::unknown);
}

TEST_CASE("the body goes to a sink in pieces that refer to what was fed") {
    desk memory({});
    http1_response_reader reader(memory.head, memory.positions, 5);
    const std::string_view bytes =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n";
    std::vector<std::string_view> pieces;
    const auto progress = reader.feed(bytes, [&](std::string_view piece) { pieces.push_back(piece); });
    CHECK(*progress == http1_progress::complete);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].data() == bytes.data() + bytes.find("ab"));
    CHECK(pieces[0] == "ab");
    CHECK(pieces[1] == "cde");
    CHECK(reader.status() == 200);
    CHECK(reader.fields().value_of("Transfer-Encoding") == "chunked");
}

TEST_CASE("the head is there before the body is") {
    desk memory({});
    http1_response_reader reader(memory.head, memory.positions, 5);
    const auto ignore = [](std::string_view) {};
    CHECK(*reader.feed("HTTP/1.1 200 OK\r\na: b\r\ncontent-length: 5\r\n", ignore) == http1_progress::incomplete);
    CHECK(reader.status() == 0);
    CHECK(reader.fields().empty());
    CHECK(*reader.feed("\r\n", ignore) == http1_progress::incomplete);
    CHECK(reader.status() == 200);
    CHECK(reader.fields().value_of("a") == "b");
    CHECK_FALSE(reader.may_keep_connection());
}

TEST_CASE("a length of almost 64 bits is taken for what it is, and a longer one for the longest") {
    struct {
        std::string_view length;
        bool fits;
    } const cases[] = {
        {"18446744073709551609", true},  {"18446744073709551610", true},  {"18446744073709551611", false},
        {"18446744073709551615", false}, {"18446744073709551616", false}, {"184467440737095516100", false},
    };
    for (auto const& each : cases) {
        CAPTURE(each.length);
        desk memory({});
        http1_response_reader reader(memory.head, memory.positions, 18446744073709551610U);
        const auto progress = reader.feed("HTTP/1.1 200 OK\r\ncontent-length: " + std::string(each.length) + "\r\n\r\n",
                                          [](std::string_view) {});
        CHECK(code_of(progress) == (each.fits ? errc{} : errc::response_too_large));
    }
}

TEST_CASE("no piece of a body that is too long goes to the sink") {
    desk memory({});
    http1_response_reader reader(memory.head, memory.positions, 4);
    std::vector<std::string> pieces;
    const auto keep = [&](std::string_view piece) { pieces.emplace_back(piece); };
    REQUIRE(reader.feed("HTTP/1.1 200 OK\r\n\r\nabc", keep).has_value());
    CHECK(code_of(reader.feed("de", keep)) == errc::response_too_large);
    CHECK(pieces == std::vector<std::string>{"abc"});
}
