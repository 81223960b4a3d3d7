// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#ifdef BENCH_HAS_SIMDJSON
#include <simdjson.h>
#endif

#include <zenwire/zenwire.hpp>

#include "row.hpp"
#include "sample.hpp"

namespace {

/// Takes everything and keeps nothing: what parsing alone costs.
struct empty_handler {
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using code = boost::json::error_code;
    using text = boost::json::string_view;

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code&) { return true; }
    bool on_object_end(std::size_t, code&) { return true; }
    bool on_array_begin(code&) { return true; }
    bool on_array_end(std::size_t, code&) { return true; }
    bool on_key_part(text, std::size_t, code&) { return true; }
    bool on_key(text, std::size_t, code&) { return true; }
    bool on_string_part(text, std::size_t, code&) { return true; }
    bool on_string(text, std::size_t, code&) { return true; }
    bool on_number_part(text, code&) { return true; }
    bool on_int64(std::int64_t, text, code&) { return true; }
    bool on_uint64(std::uint64_t, text, code&) { return true; }
    bool on_double(double, text, code&) { return true; }
    bool on_bool(bool, code&) { return true; }
    bool on_null(code&) { return true; }
    bool on_comment_part(text, code&) { return true; }
    bool on_comment(text, code&) { return true; }
};

std::size_t parse_without_handler(std::string_view body) {
    boost::json::basic_parser<empty_handler> parser{boost::json::parse_options()};
    boost::json::error_code broken;
    return parser.write_some(false, body.data(), body.size(), broken);
}

#ifdef BENCH_HAS_SIMDJSON
/// The texts of an answer, put where they stay.
struct kept_texts {
    zenwire::inline_string<128> request_id;
    zenwire::inline_string<128> order_number_or_code;
    zenwire::inline_string<256> message;
};

kept_texts read_with_simdjson(simdjson::ondemand::parser& parser, std::string_view body) {
    const simdjson::padded_string padded(body);
    simdjson::ondemand::document document = parser.iterate(padded);
    kept_texts kept;
    for (auto member : document.get_object()) {
        const std::string_view name = member.unescaped_key();
        if (name == "requestId") {
            kept.request_id = member.value().get_string().value();
        } else if (name == "code") {
            kept.order_number_or_code = member.value().get_string().value();
        } else if (name == "message") {
            kept.message = member.value().get_string().value();
        } else if (name == "response") {
            for (auto inner : member.value().get_object()) {
                const std::string_view inner_name = inner.unescaped_key();
                if (inner_name == "orderNumber") {
                    kept.order_number_or_code = inner.value().get_string().value();
                }
            }
        }
    }
    return kept;
}
#endif

/// The answer to describe_instances with `count` instances.
std::string make_page(int count) {
    std::ifstream file(BENCH_DIR "/instance.json");
    std::string instance;
    std::getline(file, instance);
    std::string page = R"({"requestId":"T1","response":{"requestId":"T1","totalCount":1000,"dataSet":[)";
    for (int i = 0; i < count; ++i) {
        page += (i == 0 ? "" : ",") + instance;
    }
    return page + "]}}";
}

void add_page_rows() {
    static const std::string page = make_page(1000);
    const std::string group = "a page of 1000 instances";
    bench::row(group, "floor: basic_parser with an empty handler", [] { return parse_without_handler(page); });
    bench::row(group, "zenwire, stream", [] {
        static std::array<std::byte, 4096> scratch;
        std::size_t bytes = 0;
        const auto summary = zenwire::for_each_instance(
            {200, page, {}}, scratch,
            [&](zenwire::instance_info const& instance) { bytes += instance.instance_id.size(); },
            [](std::string_view, zenwire::error const&) {});
        return summary ? bytes : 0;
    });
    bench::row(group, "zenwire, container", [] { return zenwire::parse_instances({200, page, {}}).has_value(); });
    bench::row(group, "Boost.JSON, monotonic DOM", [] {
        boost::json::monotonic_resource memory;
        return boost::json::parse(page, &memory).is_object();
    });
}

void add_answer_rows(std::string const& group, int status, std::string_view body) {
    bench::row(group, "zenwire",
               [=] { return zenwire::parse_response<sample::action_type>(sample::service, {status, body, {}}); });
    bench::row(group, "floor: basic_parser with an empty handler", [=] { return parse_without_handler(body); });
#ifdef BENCH_HAS_SIMDJSON
    bench::row(group, "simdjson on-demand, padded copy", [=] {
        static simdjson::ondemand::parser parser;
        return read_with_simdjson(parser, body);
    });
#endif
    bench::row(group, "Boost.JSON, DOM on a stack buffer", [=] {
        unsigned char memory[4096];
        boost::json::static_resource resource(memory);
        return boost::json::parse({body.data(), body.size()}, &resource).is_object();
    });
}

}  // namespace

void bench::add_reading_rows() {
    add_answer_rows("parse_response, success", 200, sample::success);
    add_answer_rows("parse_response, API error", 404, sample::api_error);
    add_page_rows();
}
