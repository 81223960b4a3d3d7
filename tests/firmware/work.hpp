// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_FIRMWARE_WORK_HPP
#define ZENWIRE_TESTS_FIRMWARE_WORK_HPP

/// @file
/// What is measured: the ways in which a device would use the library. Nothing here is known to the optimiser beforehand.

#include <string_view>

#include <zenwire/core.hpp>

namespace work {

using zenwire::modify_instance_traffic_package;

inline constexpr zenwire::service service = zenwire::services::bmc_2026_02_01;
inline constexpr std::string_view response =
    R"({"requestId":"T05992D0C","response":{"requestId":"T05992D0C","orderNumber":"1234567654321"}})";

/// The same text, of which the optimiser knows nothing.
inline std::string_view hidden(std::string_view text) noexcept {
    char const* data = text.data();
    std::size_t size = text.size();
    asm volatile("" : "+r"(data), "+r"(size));
    return {data, size};
}

/// The same object, of which the optimiser knows nothing.
template <class Object>
Object const& hidden_object(Object const& object) noexcept {
    Object const* at = &object;
    asm volatile("" : "+r"(at));
    return *at;
}

inline zenwire::unix_seconds now() noexcept {
    std::int64_t seconds = 1673361177;
    asm volatile("" : "+m"(seconds));
    return zenwire::unix_seconds(seconds);
}

/// What a device makes once, in its place, and keeps: so it costs no stack.
inline zenwire::expected<zenwire::access_key> const& key() noexcept {
    static const auto made =
        zenwire::access_key::make(zenwire::access_key_id(hidden("0D9UtpyKYcHxms5v")),
                                  zenwire::access_key_password(hidden("Gu5t9xGARNpq86cd98joQYCN3")));
    return made;
}

/// @copydoc key
inline zenwire::expected<zenwire::request_template<>> const& prepared() noexcept {
    static const auto made = zenwire::request_template<>::make(hidden_object(service), zenwire::endpoint());
    return made;
}

inline modify_instance_traffic_package action{};
inline char memory[1024];

/// From texts to all that signing needs.
[[gnu::noinline]] inline bool set_up() noexcept {
    const auto size = zenwire::traffic_package_size::parse(hidden("0.15"));
    if (!key() || !prepared() || !size) {
        return false;
    }
    action.instance_id = hidden("932237369560662463");
    action.size = *size;
    return true;
}

/// A signed request in memory of the caller.
[[gnu::noinline]] inline bool build_and_sign() noexcept {
    const auto request = zenwire::make_request_in(memory, action, *prepared(), *key(), now());
    return request && request->view().fields.size() == 10 && !hidden(request->view().body).empty();
}

}  // namespace work

#endif
