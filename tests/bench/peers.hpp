// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_BENCH_PEERS_HPP
#define ZENWIRE_TESTS_BENCH_PEERS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/inline_string.hpp>

/// What zenwire and other libraries make of the same answers. Each library has a file of its own, as what a compiler inlines
/// depends on all that is in a file; that of a library which is absent is left out.
namespace bench {

/// The texts of a response, put where they stay.
struct kept_texts {
    zenwire::inline_string<128> request_id;
    zenwire::inline_string<128> order_number_or_code;
    zenwire::inline_string<256> message;

    friend bool operator==(kept_texts const&, kept_texts const&) = default;
};

/// Keeps the texts of a tree. `text_of(object, name)` is the text of a member.
template <class Object, class TextOf>
kept_texts keep_texts(Object const& document, Object const* response, TextOf text_of) {
    kept_texts kept;
    kept.request_id = text_of(document, "requestId");
    if (response != nullptr) {
        kept.order_number_or_code = text_of(*response, "orderNumber");
    } else {
        kept.order_number_or_code = text_of(document, "code");
        kept.message = text_of(document, "message");
    }
    return kept;
}

/// What is taken out of an instance: what a list of machines shows.
struct shown_fields {
    std::string_view id;
    std::string_view name;
    bool is_running = false;
    std::int64_t bandwidth = 0;
    double terabytes = 0;
};

/// What was seen of all instances of a page.
struct page_contents {
    std::size_t count = 0;
    std::size_t text_size = 0;
    std::size_t running = 0;
    std::int64_t bandwidth = 0;
    double terabytes = 0;

    void add(shown_fields const& instance) {
        ++count;
        text_size += instance.id.size() + instance.name.size();
        running += instance.is_running ? 1 : 0;
        bandwidth += instance.bandwidth;
        terabytes += instance.terabytes;
    }

    friend bool operator==(page_contents const&, page_contents const&) = default;
};

zenwire::expected<zenwire::modify_instance_traffic_package::response> read_answer(int status, std::string_view body);
kept_texts read_with_nlohmann(std::string_view body);
kept_texts read_with_rapidjson(std::string_view body);
kept_texts read_with_simdjson(std::string_view body);

/// What one instance may need: all the memory that the stream is given, in bytes.
inline constexpr std::size_t stream_memory = 4096;
page_contents read_page_as_stream(std::string_view page);
page_contents read_page_as_container(std::string_view page);
page_contents read_page_with_nlohmann(std::string_view page);
page_contents read_page_with_rapidjson(std::string_view page);
page_contents read_page_with_simdjson_dom(std::string_view page);
/// Reads every value, and keeps few.
page_contents read_page_with_simdjson_on_demand(std::string_view page);

}  // namespace bench

#endif
