// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/instance_pager.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <zenwire/testing/fake_cloud.hpp>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

/// A cloud of numbered instances, which may change between two requests.
struct fixture {
    explicit fixture(int count) {
        cloud.add(sample::key());
        for (int i = 0; i < count; ++i) {
            add(i);
        }
    }

    void add(int number) { cloud.add({.id = "i-" + std::to_string(1000 + number)}); }
    /// Another service's instances are not on the list.
    void remove(int number) { cloud.find("i-" + std::to_string(1000 + number))->service = "vm"; }
    void bring_back(int number) { cloud.find("i-" + std::to_string(1000 + number), "vm")->service = "bmc"; }

    /// Walks the list; `before` is called with the number of each request, from 1.
    template <class Before>
    zenwire::expected<zenwire::instance_walk> walk(Before before, zenwire::instance_pager_options options = {}) {
        const auto send = [&](zenwire::request_view const& request) {
            before(++requests);
            return cloud(request);
        };
        return zenwire::walk_instances(
            client, filter, send, cloud,
            [&](zenwire::instance_info const& each) { ++given[std::string(each.instance_id)]; }, options);
    }

    [[nodiscard]] bool each_once() const {
        for (auto const& [id, count] : given) {
            if (count != 1) {
                return false;
            }
        }
        return true;
    }

    zenwire::fake_cloud cloud{};
    zenwire::access_key key = sample::key();
    zenwire::client<zenwire::access_key> client{zenwire::services::bmc_2026_02_01, zenwire::endpoint(), key};
    zenwire::describe_instances filter{};
    std::map<std::string, int> given{};
    int requests = 0;
};

constexpr auto nothing_happens = [](int) {};
constexpr zenwire::instance_pager_options tens{.page_size = 10};
constexpr zenwire::instance_pager_options quick_tens{.page_size = 10, .is_thorough = false};

}  // namespace

TEST_CASE("an empty list is one request") {
    fixture list(0);
    const auto result = list.walk(nothing_happens);
    REQUIRE(result.has_value());
    CHECK(result->is_complete);
    CHECK(result->count == 0);
    CHECK(list.requests == 1);
}

TEST_CASE("all pages are walked, also when the last one is full") {
    for (const auto& [count, requests] : {std::pair(5, 1), {10, 1}, {11, 2}, {30, 3}, {35, 4}}) {
        fixture list(count);
        const auto result = list.walk(nothing_happens, quick_tens);
        REQUIRE(result.has_value());
        CHECK(result->is_complete);
        CHECK(result->count == static_cast<std::size_t>(count));
        CHECK(result->walks == 1);
        CHECK(list.given.size() == static_cast<std::size_t>(count));
        CHECK(list.requests == requests);
    }
}

TEST_CASE("pages of one instance are walked to the last") {
    fixture list(3);
    const auto result = list.walk(nothing_happens, {.page_size = 1, .is_thorough = false});
    REQUIRE(result.has_value());
    CHECK(result->count == 3);
    CHECK(list.requests == 3);
}

TEST_CASE("a page has a thousand instances, unless the caller wants fewer") {
    fixture list(1001);
    CHECK(list.walk(nothing_happens).has_value());
    CHECK(list.requests == 4);
}

TEST_CASE("a list of several pages is walked twice, of one page once") {
    fixture one(10);
    CHECK(one.walk(nothing_happens, tens)->walks == 1);
    fixture two(11);
    const auto result = two.walk(nothing_happens, tens);
    REQUIRE(result.has_value());
    CHECK(result->walks == 2);
    CHECK(result->is_complete);
    CHECK(two.each_once());
}

TEST_CASE("a list that shrinks before the next page hides nothing") {
    fixture list(35);
    const auto result = list.walk(
        [&](int request) {
            if (request == 2) {
                list.remove(3);
            }
        },
        tens);
    REQUIRE(result.has_value());
    CHECK(result->is_complete);
    CHECK(list.given.size() == 35);
    CHECK(list.each_once());
}

TEST_CASE("a list that grows in front gives nothing twice, and the new one too") {
    fixture list(35);
    list.remove(0);
    const auto result = list.walk(
        [&](int request) {
            if (request == 3) {
                list.bring_back(0);
            }
        },
        tens);
    REQUIRE(result.has_value());
    CHECK(result->is_complete);
    CHECK(list.given.size() == 35);
    CHECK(list.each_once());
}

TEST_CASE("a thorough walk finds what one that goes and one that comes have hidden") {
    const auto swap = [](fixture& list) {
        return [&list](int request) {
            if (request == 2) {
                list.remove(3);
                list.add(100);
            }
        };
    };
    fixture quick(30);
    const auto quick_result = quick.walk(swap(quick), quick_tens);
    REQUIRE(quick_result.has_value());
    CHECK(quick.given.size() == 30);  // 31 were there, one of them from begin to end

    fixture thorough(30);
    const auto result = thorough.walk(swap(thorough), tens);
    REQUIRE(result.has_value());
    CHECK(result->is_complete);
    CHECK(thorough.given.size() == 31);
    CHECK(thorough.each_once());
    CHECK(result->walks == 3);  // the second brings the hidden one, the third nothing new
}

TEST_CASE("a list that never keeps still ends, and says so") {
    fixture list(35);
    int next = 100;
    const auto result = list.walk([&](int) { list.add(next++); }, {.page_size = 10, .max_walks = 3});
    REQUIRE(result.has_value());
    CHECK_FALSE(result->is_complete);
    CHECK(result->walks == 3);
    CHECK(list.each_once());
}

TEST_CASE("a list that never keeps still is walked five times, unless the caller wants another number") {
    int next = 100;
    fixture restless(11);
    const auto end = restless.walk([&](int) { restless.add(next++); }, {.page_size = 10});
    REQUIRE(end.has_value());
    CHECK(end->walks == 5);
}

TEST_CASE("there is something new to take in a step page only") {
    fixture list(11);
    zenwire::instance_pager pager(list.client, {}, quick_tens);
    const auto count_new = [&pager] {
        int count = 0;
        pager.for_each_new([&](zenwire::instance_info const&) { ++count; });
        return count;
    };
    zenwire::pager_step step = pager.next(list.cloud.now());
    std::vector<int> counts;
    while (step.what == zenwire::pager_step::kind::send) {
        counts.push_back(count_new());
        step = pager.receive(zenwire::response_adapter(*list.cloud(pager.request())).view(), list.cloud.now());
        counts.push_back(count_new());
        CHECK(step.what == zenwire::pager_step::kind::page);
        CHECK(pager.request().body.empty());
        step = pager.next(list.cloud.now());
    }
    CHECK(counts == std::vector<int>{0, 10, 0, 1});
    CHECK(step.what == zenwire::pager_step::kind::done);
    CHECK(count_new() == 0);
}

TEST_CASE("a failure on the way is repeated like any other, and one that stays ends the walk") {
    fixture list(15);
    list.cloud.script(zenwire::scripted_fault::canned(zenwire::fake_responses::html(502)));
    CHECK(list.walk(nothing_happens, tens).has_value());
    CHECK(list.given.size() == 15);

    fixture broken(15);
    for (int i = 0; i < 10; ++i) {
        broken.cloud.script(
            {.what = i == 0 ? zenwire::scripted_fault::kind::none : zenwire::scripted_fault::kind::not_sent});
    }
    const auto result = broken.walk(nothing_happens, tens);
    CHECK(code_of(result) == zenwire::errc::not_sent);
    CHECK(broken.given.size() == 10);
}

TEST_CASE("a filter goes out with every page, and a wrong one is refused") {
    fixture list(25);
    list.filter.instance_name = "nobody";
    const auto result = list.walk(nothing_happens, tens);
    REQUIRE(result.has_value());
    CHECK(result->count == 0);
    CHECK(code_of(list.walk(nothing_happens, {.page_size = 1001})) == zenwire::errc::invalid_parameter);
}

TEST_CASE("calls that do not fit the step change nothing") {
    fixture list(1);
    zenwire::instance_pager pager(list.client, {});
    CHECK(pager.receive({}, list.cloud.now()).what == zenwire::pager_step::kind::wait_for);
    CHECK(pager.send_failed(zenwire::transport_failure::unknown, list.cloud.now()).what ==
          zenwire::pager_step::kind::wait_for);
    CHECK(pager.request().body.empty());
    CHECK(pager.next(list.cloud.now()).what == zenwire::pager_step::kind::send);
    CHECK(pager.next(list.cloud.now()).what == zenwire::pager_step::kind::send);
    CHECK(code_of(pager.result()) == zenwire::errc::not_sent);
}

TEST_CASE("a server that does not count is walked until a page is not full") {
    // each page as the ids on it, up to the last that is asked for
    struct {
        std::vector<std::string> pages;
        std::size_t count;
    } const cases[] = {{{""}, 0}, {{"a"}, 1}, {{"ab", ""}, 2}, {{"ab", "c"}, 3}, {{"ab", "cd", ""}, 4}};
    for (auto const& each : cases) {
        CAPTURE(each.count);
        fixture list(0);
        std::size_t asked = 0;
        const auto send =
            [&](zenwire::request_view const&) -> zenwire::expected<zenwire::fake_response, zenwire::transport_error> {
            REQUIRE(asked < each.pages.size());
            std::string body = R"({"requestId":"T","response":{"requestId":"T","dataSet":[)";
            for (const char id : each.pages[asked]) {
                body += (body.back() == '[' ? "" : ",") + (R"({"instanceId":")" + std::string(1, id)) + "\"}";
            }
            ++asked;
            return zenwire::fake_response{200, body + "]}}"};
        };
        const auto result = zenwire::walk_instances(list.client, {}, send, list.cloud, [](auto const&) {},
                                                    {.page_size = 2, .is_thorough = false});
        REQUIRE(result.has_value());
        CHECK(asked == each.pages.size());
        CHECK(result->count == each.count);
        CHECK(result->is_complete);
    }
}

TEST_CASE("a list that has fewer instances than it counts is not complete") {
    fixture list(0);
    const auto send =
        [&](zenwire::request_view const&) -> zenwire::expected<zenwire::fake_response, zenwire::transport_error> {
        return zenwire::fake_response{
            200, R"({"requestId":"T","response":{"requestId":"T","totalCount":2,"dataSet":[{"instanceId":"a"}]}})"};
    };
    const auto result = zenwire::walk_instances(list.client, {}, send, list.cloud, [](auto const&) {},
                                                {.page_size = 2, .is_thorough = false, .max_walks = 2});
    REQUIRE(result.has_value());
    CHECK(result->walks == 2);
    CHECK_FALSE(result->is_complete);
}

TEST_CASE("an id that comes twice in a walk makes it incomplete, and is handed out once") {
    fixture list(0);
    int given = 0;
    const auto send =
        [&](zenwire::request_view const&) -> zenwire::expected<zenwire::fake_response, zenwire::transport_error> {
        return zenwire::fake_response{
            200, R"({"requestId":"T","response":{"totalCount":2,"dataSet":[{"instanceId":"a"},{"instanceId":"a"}]}})"};
    };
    const auto result = zenwire::walk_instances(list.client, {}, send, list.cloud, [&](auto const&) { ++given; },
                                                {.page_size = 5, .max_walks = 1});
    REQUIRE(result.has_value());
    CHECK(given == 1);
    CHECK_FALSE(result->is_complete);
}

TEST_CASE("a walk that need not be thorough takes what was hidden before, and ends when the list kept still") {
    fixture list(30);
    const auto result = list.walk(
        [&](int request) {
            if (request == 2) {
                list.remove(3);
                list.add(100);
            } else if (request == 3) {
                list.add(101);
            }
        },
        quick_tens);
    REQUIRE(result.has_value());
    CHECK(result->walks == 2);
    CHECK(result->is_complete);
    CHECK(list.given.size() == 32);
    CHECK(list.each_once());
}

TEST_CASE("one walk over several pages proves nothing where it shall be thorough") {
    fixture list(11);
    const auto result = list.walk(nothing_happens, {.page_size = 10, .max_walks = 1});
    REQUIRE(result.has_value());
    CHECK(list.given.size() == 11);
    CHECK_FALSE(result->is_complete);
}

namespace {

/// A server whose answers are the test's; counts the requests.
struct odd_server {
    template <class Page>
    zenwire::expected<zenwire::instance_walk> walk(Page page, zenwire::instance_pager_options options = {}) {
        return zenwire::walk_instances(
            list.client, list.filter,
            [&](zenwire::request_view const&) -> zenwire::expected<zenwire::fake_response, zenwire::transport_error> {
                return zenwire::fake_response{200, page(++requests), {}};
            },
            list.cloud, [&](zenwire::instance_info const&) { ++given; }, options);
    }

    /// A page of these numbered instances, from a list that is said to have so many.
    static std::string page(int first, int count, std::string_view total) {
        std::string text = R"({"response":{"totalCount":)" + std::string(total) + R"(,"dataSet":[)";
        for (int i = 0; i < count; ++i) {
            text += (i == 0 ? "" : ",") + (R"({"instanceId":"i-)" + std::to_string(first + i) + "\"}");
        }
        return text + "]}}";
    }

    fixture list{0};
    int requests = 0;
    int given = 0;
};

}  // namespace

TEST_CASE("a server that gives the same page for ever is left after three of them") {
    odd_server sut;
    const auto result = sut.walk([](int) { return odd_server::page(0, 10, "100000"); }, tens);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == zenwire::errc::malformed_response);
    CHECK(result.error().reads_only);
    CHECK(sut.requests == 4);
    CHECK(sut.given == 10);
}

TEST_CASE("a list that is said to have more pages than the options allow is not walked") {
    for (const std::string_view total : {"1000000000000", "9223372036854775807"}) {
        odd_server sut;
        const auto result = sut.walk([&](int n) { return odd_server::page(10 * n, 10, total); }, tens);
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == zenwire::errc::response_too_large);
        CHECK(sut.requests == 1);
    }
}

TEST_CASE("a list that goes on behind the most pages that the options allow is left there") {
    odd_server sut;
    zenwire::instance_pager_options options = tens;
    options.max_pages = 20;
    // more on each page, and ever more to come
    const auto result =
        sut.walk([&](int n) { return odd_server::page(10 * n, 10, std::to_string(10 * n + 100)); }, options);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == zenwire::errc::response_too_large);
    CHECK(sut.requests <= 20);
    // without a count, too
    odd_server silent;
    const auto uncounted = silent.walk([&](int n) { return odd_server::page(10 * n, 10, "null"); }, options);
    REQUIRE_FALSE(uncounted.has_value());
    CHECK(uncounted.error().code == zenwire::errc::response_too_large);
    CHECK(silent.requests == 20);
}

TEST_CASE("a list of exactly the most pages is walked, and pages that repeat for a while are no error") {
    odd_server full;
    zenwire::instance_pager_options options = quick_tens;
    options.max_pages = 3;
    CHECK(full.walk([](int n) { return odd_server::page(10 * n, 10, "30"); }, options).has_value());
    CHECK(full.requests == 3);

    odd_server slow;
    // pages 2 and 3 repeat the first one, as when the list grows in front
    options.max_pages = 10;
    options.max_walks = 1;
    const auto result = slow.walk([](int n) { return odd_server::page(n <= 3 ? 0 : 10 * (n - 3), 10, "50"); }, options);
    CHECK(result.has_value());
    CHECK(slow.given == 30);
}
