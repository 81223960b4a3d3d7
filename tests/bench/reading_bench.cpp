// SPDX-License-Identifier: BSL-1.0
#include <cstddef>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <zenwire/zenwire.hpp>

#include "floor.hpp"
#include "peers.hpp"
#include "row.hpp"
#include "sample.hpp"

namespace {

bench::kept_texts texts_of(zenwire::expected<sample::action_type::response> const& response) {
    bench::kept_texts kept;
    kept.request_id = response ? response->request_id.view() : response.error().request_id.view();
    kept.order_number_or_code = response ? response->order_number.view() : response.error().api_code_text.view();
    kept.message = response ? "" : response.error().message.view();
    return kept;
}

void add_answer_rows(std::string const& group, int status, std::string_view body, bench::kept_texts const& wanted) {
    [[maybe_unused]] const auto is_right = [=](bench::kept_texts const& kept) { return kept == wanted; };
    bench::row(
        group, "zenwire", [=] { return bench::read_answer(status, body); },
        [=](auto const& response) { return texts_of(response) == wanted; });
    bench::add_floor_row(group, std::string(body));
#ifdef BENCH_HAS_SIMDJSON
    bench::row(group, "simdjson on-demand, padded copy", [=] { return bench::read_with_simdjson(body); }, is_right);
#endif
    bench::row(
        group, "Boost.JSON, DOM on a stack buffer",
        [=] {
            unsigned char memory[4096];
            boost::json::static_resource resource(memory);
            return boost::json::parse({body.data(), body.size()}, &resource).is_object();
        },
        [](bool is_object) { return is_object; });
#ifdef BENCH_HAS_RAPIDJSON
    bench::row(group, "rapidjson, DOM on a stack buffer", [=] { return bench::read_with_rapidjson(body); }, is_right);
#endif
#ifdef BENCH_HAS_NLOHMANN
    bench::row(group, "nlohmann, DOM", [=] { return bench::read_with_nlohmann(body); }, is_right);
#endif
}

/// The response to describe_instances with `count` instances.
std::string make_page(int count) {
    std::ifstream file(ZENWIRE_TESTS_DIR "/bench/instance.json");
    std::string instance;
    std::getline(file, instance);
    std::string page =
        R"({"requestId":"T1","response":{"requestId":"T1","totalCount":)" + std::to_string(count) + R"(,"dataSet":[)";
    page.reserve(page.size() + static_cast<std::size_t>(count) * (instance.size() + 1) + 3);
    for (int i = 0; i < count; ++i) {
        page += i == 0 ? "" : ",";
        page += instance;
    }
    return page + "]}}";
}

/// Whether the contents are those of a page that was made.
auto are_contents_of(int count) {
    return [count](bench::page_contents const& contents) {
        bench::page_contents wanted;
        for (int i = 0; i < count; ++i) {
            wanted.add({"1080410084511248717", "game-sel-a-0000", true, 100, 4.2});
        }
        return contents == wanted;
    };
}

void add_thousand_rows() {
    constexpr int count = 1000;
    static const std::string page = make_page(count);
    const std::string group = "a page of 1000 instances";
    const auto is_right = are_contents_of(count);
    bench::add_floor_row(group, page);
    bench::row(group, "zenwire, stream", [] { return bench::read_page_as_stream(page); }, is_right);
    bench::row(group, "zenwire, container", [] { return bench::read_page_as_container(page); }, is_right);
    bench::row(
        group, "Boost.JSON, monotonic DOM",
        [] {
            boost::json::monotonic_resource memory;
            return boost::json::parse(page, &memory).is_object();
        },
        [](bool is_object) { return is_object; });
#ifdef BENCH_HAS_SIMDJSON
    bench::row(
        group, "simdjson on-demand, every value, padded copy",
        [] { return bench::read_page_with_simdjson_on_demand(page); }, is_right);
    bench::row(group, "simdjson DOM, padded copy", [] { return bench::read_page_with_simdjson_dom(page); }, is_right);
#endif
#ifdef BENCH_HAS_RAPIDJSON
    bench::row(group, "rapidjson, DOM", [] { return bench::read_page_with_rapidjson(page); }, is_right);
#endif
#ifdef BENCH_HAS_NLOHMANN
    bench::row(group, "nlohmann, DOM", [] { return bench::read_page_with_nlohmann(page); }, is_right);
#endif
}

void add_scaling_row(std::string const& group, int count, std::shared_ptr<std::string> const& page,
                     bench::page_contents (*read)(std::string_view), benchmark::UserCounters counters) {
    // inverted, a rate is a time
    counters["counter: ns per instance"] =
        benchmark::Counter(count * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    auto* const added = bench::row(
        group, std::to_string(count),
        [=] {
            if (page->empty()) {
                *page = make_page(count);
            }
            return read(*page);
        },
        are_contents_of(count), counters);
    constexpr int largest_quick_count = 1000;
    if (count > largest_quick_count) {
        added->Iterations(1)->Repetitions(5);
    }
}

/// The pages are made when their first row runs. A container of the largest costs more for each instance: malloc() takes memory
/// of that size from the system and gives it back each time, and the system clears it.
void add_scaling_rows_of_pages() {
    std::map<int, std::shared_ptr<std::string>> pages;
    for (const int count : {1, 10, 100, 1000, 10'000, 100'000}) {
        pages[count] = std::make_shared<std::string>();
        add_scaling_row("instances on a page, as a stream", count, pages[count], bench::read_page_as_stream,
                        {{"counter: bytes of memory", benchmark::Counter(bench::stream_memory)}});
    }
    for (auto const& [count, page] : pages) {
        add_scaling_row("instances on a page, as a container", count, page, bench::read_page_as_container, {});
    }
}

}  // namespace

void bench::add_reading_rows() {
    const std::string_view request_id = "T05992D0C-7E8B-4047-B0C0-780F2CD549D3";
    add_answer_rows("parse_response, success", 200, sample::success, {request_id, "1234567654321", ""});
    add_answer_rows("parse_response, API error", 404, sample::api_error,
                    {request_id, "INVALID_INSTANCE_NOT_FOUND",
                     "The instance 932237369560662463 does not exist, or it belongs to another team."});
    add_thousand_rows();
    add_scaling_rows_of_pages();
}
