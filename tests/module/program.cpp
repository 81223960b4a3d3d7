// SPDX-License-Identifier: BSL-1.0
// What lookup by name alone would not find: literals, operators, hidden friends, specialisations of the standard's templates. And a
// value from a file that includes the headers.
#include <functional>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>
#if __has_include(<version>)
#include <version>
#endif
#if defined(__cpp_lib_format)
#include <format>
#endif

import zenwire;

zenwire::error error_of_headers();
bool is_known_to_headers(zenwire::traffic_package_size size);

namespace {

int failures = 0;

void check(bool is_right, char const* what) {
    if (!is_right) {
        std::cerr << "wrong: " << what << '\n';
        ++failures;
    }
}

template <class Value>
std::string printed(Value const& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

struct reply {
    int status = 200;
    std::string body{};
};

}  // namespace

int main() {
    using namespace zenwire::literals;
    constexpr auto size = 1.15_TB;
    static_assert(size == 1.15_TB && size < 1.2_TB && size != 0.15_TB);
    check(printed(size) == "1.15 TB", "operator<< of a size");
    check(printed(zenwire::blame::remote) == "remote", "operator<< of an enumeration");
    check(std::hash<zenwire::traffic_package_size>()(size) == std::hash<zenwire::traffic_package_size>()(1.15_TB), "std::hash");
    check(zenwire::traffic_package_size::parse("1.15") == size, "an expected compares with a value");
#if defined(__cpp_lib_format)
    check(std::format("{:>8}", size) == " 1.15 TB", "std::formatter");
#endif

    zenwire::inplace_vector<int, 3> numbers;
    *numbers.add() = 7;
    check(std::vector<int>(numbers.begin(), numbers.end()) == std::vector<int>{7}, "iterators");

    zenwire::expected<int, std::string> result = zenwire::unexpected(std::string("none"));
    check(!result && result.error() == "none" && result.value_or(3) == 3, "expected, by deduction");

    auto cloud = zenwire::fake_cloud::with_one_instance();
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    check(key.has_value(), "a key");
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key);
    auto transport = [](zenwire::request_view const& request) -> zenwire::expected<reply, zenwire::transport_error> {
        check(request.method == "POST", "members of a request");
        return zenwire::unexpected(zenwire::transport_error(zenwire::transport_failure::not_sent, "no connection"));
    };
    static_assert(zenwire::transport<decltype(transport)> && zenwire::runtime<zenwire::fake_cloud>);
    const auto refused =
        zenwire::send_action(client, zenwire::modify_instance_traffic_package{"932237369560662463", size}, transport, cloud);
    check(!refused && refused.error().outcome == zenwire::outcome::not_executed, "a transport of one's own");
    check(!printed(refused.error()).empty() && !zenwire::explain(refused.error()).view().empty(), "an error in words");

    check(error_of_headers().code == zenwire::errc::buffer_too_small, "an error of a file that includes the headers");
    check(is_known_to_headers(size), "a size for a file that includes the headers");
    std::cout << (failures == 0 ? "passed\n" : "failed\n");
    return failures == 0 ? 0 : 1;
}
