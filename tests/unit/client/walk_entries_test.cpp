// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/walk_entries.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/action/describe_bill_detail.hpp>
#include <zenwire/action/describe_transaction_history.hpp>
#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::errc;
using history = zenwire::describe_transaction_history;
constexpr std::int64_t one_day = 86'400;

/// An account with an order on each of the last four days, and a list of them that moves while it is read.
struct ledger {
    explicit ledger(bool begins_with_newest = true) {
        cloud.add(sample::key());
        cloud.add({.id = "i"});
        cloud.settings().processing_seconds = 0;
        cloud.settings().ledger_begins_with_newest = begins_with_newest;
        for (int i = 0; i < 4; ++i) {
            order();
            cloud.sleep_for(zenwire::milliseconds(one_day * 1000));
        }
    }

    /// Somebody orders something that costs: a further movement.
    void order() {
        const auto size = *zenwire::traffic_package_size::from_terabytes(++terabytes);
        cloud.act({zenwire::fake_act::kind::order, "i", size});
    }

    template <class Action>
    zenwire::expected<std::size_t> walk(Action const& filter, std::size_t largest_count = 1'000'000) {
        const zenwire::access_key key = sample::key();
        const zenwire::client client(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), key);
        const auto transport = [&](zenwire::request_view const& request) {
            auto answer = cloud(request);
            if (++requests == moves_after_request) {
                move();
            }
            return answer;
        };
        entries.clear();
        return zenwire::walk_entries(
            client, filter, transport, cloud,
            [&](typename Action::entry const& each) { entries.emplace_back(each.order_sn); }, largest_count);
    }

    zenwire::fake_cloud cloud;
    std::vector<std::string> entries;
    std::size_t requests = 0;
    std::size_t moves_after_request = 0;
    std::function<void()> move = [] {};

private:
    int terabytes = 1;
};

/// What a server tells that has these responses, one for each request.
zenwire::expected<std::size_t> walk_pages(std::vector<std::string> pages, std::string& entries) {
    const zenwire::access_key key = sample::key();
    const zenwire::client client(zenwire::services::zbc_2024_08_08, zenwire::endpoint(), key);
    std::size_t next = 0;
    std::string body;
    const auto transport =
        [&](zenwire::request_view const&) -> zenwire::expected<zenwire::response_view, zenwire::transport_error> {
        REQUIRE(next < pages.size());
        body = R"({"response":)" + pages[next++] + "}";
        return zenwire::response_view{200, body, {}};
    };
    const auto count =
        zenwire::walk_entries(client, zenwire::describe_bill_detail{.page_size = 2}, transport, zenwire::fake_cloud(),
                              [&](zenwire::bill_entry const& each) { entries += each.resource_id; });
    CHECK(next == pages.size());
    return count;
}

}  // namespace

TEST_CASE("a list that fits on one page is read with one request") {
    ledger sut;
    CHECK(sut.walk(history{}) == 4U);
    CHECK(sut.requests == 1);
    CHECK(sut.walk(history{.page_size = 4}) == 4U);
    CHECK(sut.requests == 2);
}

TEST_CASE("a list of several pages is told whole and in order, and its first page is read again") {
    ledger sut;
    REQUIRE(sut.walk(history{}));
    const std::vector<std::string> whole = sut.entries;
    for (const std::int64_t size : {1, 2, 3}) {
        sut.requests = 0;
        CHECK(sut.walk(history{.page_size = size}) == 4U);
        CHECK(sut.entries == whole);
        CHECK(sut.requests == static_cast<std::size_t>((4 + size - 1) / size + 1));
    }
}

TEST_CASE("a list that moves while its pages are read is either told as it is or refused, whatever moves when") {
    struct movement {
        std::string_view name;
        void (*happens)(ledger&);
    };
    constexpr movement movements[] = {
        {"one is booked", [](ledger& sut) { sut.order(); }},
        {"the oldest one leaves the span",
         [](ledger& sut) { sut.cloud.sleep_for(zenwire::milliseconds(26 * one_day * 1000)); }},
        {"both: the count stays",
         [](ledger& sut) {
             sut.order();
             sut.cloud.sleep_for(zenwire::milliseconds(26 * one_day * 1000 + 1000));
         }},
    };
    int refused = 0;
    for (const bool begins_with_newest : {true, false}) {
        for (movement const& each : movements) {
            for (const std::int64_t size : {1, 2, 3}) {
                for (std::size_t when = 1; when <= 6; ++when) {
                    CAPTURE(begins_with_newest);
                    CAPTURE(each.name);
                    CAPTURE(size);
                    CAPTURE(when);
                    ledger sut(begins_with_newest);
                    sut.moves_after_request = when;
                    sut.move = [&] { each.happens(sut); };
                    const auto count = sut.walk(history{.page_size = size});
                    if (!count) {
                        CHECK(code_of(count) == errc::list_changed);
                        ++refused;
                        continue;
                    }
                    const bool has_moved = when < sut.requests;
                    const std::vector<std::string> told = sut.entries;
                    REQUIRE(sut.walk(history{}));
                    CHECK((told == sut.entries || !has_moved));
                }
            }
        }
    }
    CHECK(refused > 20);
}

TEST_CASE("a page that says another count, or a count that the pages do not have, is refused") {
    std::string entries;
    const std::string full = R"({"totalCount":3,"dataSet":[{"resourceId":"1"},{"resourceId":"2"}]})";
    CHECK(walk_pages({full, R"({"totalCount":3,"dataSet":[{"resourceId":"3"}]})", full}, entries) == 3U);
    CHECK(entries == "123");
    CHECK(code_of(walk_pages({full, R"({"totalCount":4,"dataSet":[{"resourceId":"3"}]})"}, entries)) ==
          errc::list_changed);
    CHECK(code_of(walk_pages({full, R"({"dataSet":[{"resourceId":"3"}]})"}, entries)) == errc::list_changed);
    CHECK(code_of(walk_pages({full, R"({"totalCount":3,"dataSet":[]})"}, entries)) == errc::list_changed);
    CHECK(code_of(walk_pages({R"({"totalCount":1,"dataSet":[{"resourceId":"1"},{"resourceId":"2"}]})"}, entries)) ==
          errc::list_changed);
    CHECK(code_of(walk_pages({R"({"totalCount":2,"dataSet":[]})"}, entries)) == errc::list_changed);
}

TEST_CASE("a first page that another entry was put into, or one that says something else, is another page") {
    std::string entries;
    const std::string first = R"({"totalCount":3,"dataSet":[{"resourceId":"1","amount":2},{"resourceId":"2"}]})";
    const std::string last = R"({"totalCount":3,"dataSet":[{"resourceId":"3"}]})";
    for (const char* again : {R"({"totalCount":3,"dataSet":[{"resourceId":"1","amount":3},{"resourceId":"2"}]})",
                              R"({"totalCount":3,"dataSet":[{"resourceId":"1"},{"resourceId":"2"}]})",
                              R"({"totalCount":3,"dataSet":[{"resourceId":"1","amount":2,"product":"2"},{}]})",
                              R"({"totalCount":3,"dataSet":[{"resourceId":"0","amount":2},{"resourceId":"1"}]})",
                              R"({"totalCount":3,"dataSet":[{"resourceId":"1","amount":2}]})"}) {
        CAPTURE(again);
        CHECK(code_of(walk_pages({first, last, again}, entries)) == errc::list_changed);
    }
}

TEST_CASE("without a count the first page that is not full is the last one") {
    std::string entries;
    const std::string full = R"({"dataSet":[{"resourceId":"1"},{"resourceId":"2"}]})";
    CHECK(walk_pages({full, R"({"dataSet":[{"resourceId":"3"}]})", full}, entries) == 3U);
    CHECK(walk_pages({full, R"({"dataSet":[]})", full}, entries) == 2U);
}

TEST_CASE("more entries than were asked for are an error, and not a part of the list") {
    ledger sut;
    CHECK(sut.walk(history{.page_size = 2}, 4) == 4U);
    CHECK(code_of(sut.walk(history{.page_size = 2}, 3)) == errc::response_too_large);
    CHECK(code_of(sut.walk(history{}, 3)) == errc::response_too_large);
}
