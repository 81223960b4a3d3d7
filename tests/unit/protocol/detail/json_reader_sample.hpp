// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_UNIT_PROTOCOL_DETAIL_JSON_READER_SAMPLE_HPP
#define ZENWIRE_TESTS_UNIT_PROTOCOL_DETAIL_JSON_READER_SAMPLE_HPP

#include <optional>
#include <string_view>

#include <zenwire/protocol/detail/json_reader.hpp>

/// @file
/// An object with a member of each kind, and what comes of reading it.

namespace json_sample {

struct inner {
    zenwire::inline_string<8> name;
    std::optional<zenwire::traffic_package_size> size;

    static constexpr auto members() noexcept {
        return zenwire::member_list(zenwire::member<&inner::name>{"name"}, zenwire::member<&inner::size>{"size"});
    }
};

struct sample_object {
    zenwire::inline_string<16> text;
    zenwire::inline_string<8> cut;
    zenwire::inline_string<8> number_text;
    std::optional<zenwire::inline_string<16>> maybe;
    zenwire::traffic_package_size size;
    inner nested;
    std::optional<inner> maybe_nested;

    static constexpr auto members() noexcept {
        return zenwire::member_list(zenwire::member<&sample_object::text>{"text", zenwire::reading::essential},
                                    zenwire::member<&sample_object::cut>{"cut", zenwire::reading::may_be_cut},
                                    zenwire::member<&sample_object::number_text>{"number", zenwire::reading::essential},
                                    zenwire::member<&sample_object::maybe>{"maybe", zenwire::reading::essential},
                                    zenwire::member<&sample_object::size>{"size", zenwire::reading::essential},
                                    zenwire::member<&sample_object::nested>{"nested", zenwire::reading::essential},
                                    zenwire::member<&sample_object::maybe_nested>{"maybeNested",
                                                                                        zenwire::reading::essential});
    }
};

struct reading_result {
    sample_object object;
    zenwire::detail::json_read_result read;
};

inline reading_result read(std::string_view json) {
    reading_result result;
    result.read = zenwire::detail::read_json(json, result.object);
    return result;
}

}  // namespace json_sample

#endif
