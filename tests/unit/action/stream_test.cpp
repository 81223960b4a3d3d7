// SPDX-License-Identifier: BSL-1.0
#include <zenwire/action/stream.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "../results.hpp"

namespace {

/// What a walk over a response found.
struct walk_result {
    std::vector<std::string> complete;
    std::vector<std::string> incomplete;
    std::vector<zenwire::errc> reasons;
    zenwire::expected<zenwire::page_summary> summary;
};

walk_result walk(std::string const& data_set, std::size_t size, int status = 200) {
    const std::string body =
        R"({"requestId":"T1","response":{"requestId":"T1","totalCount":9,"dataSet":)" + data_set + "}}";
    std::vector<std::byte> scratch(size);
    std::vector<std::string> complete;
    std::vector<std::string> incomplete;
    std::vector<zenwire::errc> reasons;
    auto summary = zenwire::for_each_instance(
        {status, body, {}}, scratch,
        [&](zenwire::instance_info const& each) { complete.emplace_back(each.instance_id); },
        [&](std::string_view id, zenwire::error const& why) {
            incomplete.emplace_back(id);
            reasons.push_back(why.code);
            CHECK(why.field.empty());  // it is no parameter that was wrong
        });
    return {complete, incomplete, reasons, summary};
}

using texts = std::vector<std::string>;

/// An instance whose address needs more memory than the tests below give.
constexpr std::string_view large_list = R"("privateIpAddresses":["1","2","3","4","5","6","7","8"])";

}  // namespace

TEST_CASE("instances are handed out one by one, in the server's order, with what else the page says") {
    const walk_result found = walk(R"([{"instanceId":"a"},{"instanceId":"b\"c"},{"instanceId":"d"}])", 64);
    CHECK(found.complete == texts{"a", "b\"c", "d"});
    CHECK(found.incomplete.empty());
    REQUIRE(found.summary.has_value());
    CHECK(found.summary->request_id == "T1");
    CHECK(found.summary->total_count == 9);
    CHECK(found.summary->count == 3);
    CHECK(found.summary->incomplete_count == 0);
}

TEST_CASE("an empty page has no instances") {
    const walk_result found = walk("[]", 0);
    REQUIRE(found.summary.has_value());
    CHECK(found.summary->count == 0);
    CHECK(found.complete.empty());
}

TEST_CASE("an instance in place of a list is an error, and not lost in silence") {
    for (const std::string data_set : {R"({"instanceId":"a"})", R"("a")", "[7]"}) {
        CAPTURE(data_set);
        const walk_result found = walk(data_set, 64);
        CHECK(found.complete.empty());
        CHECK(code_of(found.summary) == zenwire::errc::malformed_response);
    }
}

TEST_CASE("memory is used afresh for each instance") {
    const std::string one = R"({"instanceId":"a","hostname":")" + std::string(40, 'x') + R"(\n"})";
    CHECK(walk('[' + one + ',' + one + ',' + one + ']', 64).complete == texts{"a", "a", "a"});
}

TEST_CASE("an instance that does not fit is named, and the walk goes on") {
    const std::string large(large_list);
    const walk_result found = walk(R"([{"instanceId":"a"},{"instanceId":"b",)" + large + "},{" + large +
                                       R"(,"instanceId":"c"},{"instanceId":"d"}])",
                                   32);
    CHECK(found.complete == texts{"a", "d"});
    CHECK(found.incomplete == texts{"b", "c"});
    CHECK(found.reasons == std::vector<zenwire::errc>(2, zenwire::errc::buffer_too_small));
    REQUIRE(found.summary.has_value());
    CHECK(found.summary->count == 4);
    CHECK(found.summary->incomplete_count == 2);
}

TEST_CASE("an id with escapes is whole or empty, never a part of it, in any memory") {
    // pieces of many lengths: a later one may fit where an earlier one did not
    const std::string text = R"([{"instanceId":"0123456789\u00410123456789012345\nx\"yz\u0042"}])";
    const std::string id = "0123456789A0123456789012345\nx\"yzB";
    bool was_empty = false;
    bool was_whole = false;
    for (std::size_t size = 0; size < 200; ++size) {
        CAPTURE(size);
        const walk_result found = walk(text, size);
        REQUIRE(found.complete.size() + found.incomplete.size() == 1);
        if (found.complete.empty()) {
            CHECK(found.incomplete == texts{""});
            was_empty = true;
        } else {
            CHECK(found.complete == texts{id});
            was_whole = true;
        }
    }
    CHECK(was_empty);
    CHECK(was_whole);
}

TEST_CASE("an id that has its place in the memory is told although the rest of the instance has none") {
    const std::string id = R"("instanceId":"a\"b")";
    const std::string large(large_list);
    CHECK(walk("[{" + id + ',' + large + "}]", 32).incomplete == texts{"a\"b"});
    CHECK(walk(R"([{"hostname":")" + std::string(100, 'x') + R"(\n",)" + id + "}]", 32).incomplete == texts{"a\"b"});
}

TEST_CASE("an instance without an id that does not fit has none to tell") {
    CHECK(walk('[' + ('{' + std::string(large_list) + '}') + ']', 32).incomplete == texts{""});
}

TEST_CASE("a page that is no success is the error of the response") {
    CHECK(code_of(walk("[]", 64, 502).summary) == zenwire::errc::unexpected_status);
    CHECK(code_of(walk("[{]", 64).summary) == zenwire::errc::malformed_response);
    CHECK(code_of(walk(R"([{"instanceId":true}])", 64).summary) == zenwire::errc::malformed_response);
}
