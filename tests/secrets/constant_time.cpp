// SPDX-License-Identifier: BSL-1.0

/// @file
/// Proves under valgrind's memcheck that no branch and no address depends on a secret: the secrets are marked as undefined,
/// and memcheck reports every jump and every index that depends on undefined data. Valgrind hides the SHA instructions of
/// the processor, so this is about the portable code.
///
/// With the argument `leak` it makes such a jump on purpose, which has to be reported. With `verify` it verifies signatures
/// that are right, or wrong in one place: memcheck may report one jump for each, on the verdict, wherever they differ.

#include <algorithm>
#include <climits>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <valgrind/memcheck.h>

#include <zenwire/action/modify_instance_traffic_package.hpp>
#include <zenwire/core.hpp>

namespace {

/// Text whose bytes are secret.
std::string secret(std::string_view text) {
    std::string copy(text);
    (void)VALGRIND_MAKE_MEM_UNDEFINED(copy.data(), copy.size());
    return copy;
}

/// What everybody may know from now on.
template <class Type>
void publish(Type const& value) {
    (void)VALGRIND_MAKE_MEM_DEFINED(&value, sizeof(value));
}

bool signs_and_verifies(std::string_view password) {
    const zenwire::unix_seconds now(1673361177);
    const zenwire::modify_instance_traffic_package action{"instanceId", *zenwire::traffic_package_size::parse("0.15")};
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password(password));
    if (!key) {
        return false;
    }
    auto request = zenwire::make_request(action, zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key, now);
    if (!request) {
        return false;
    }
    // The signature is sent, so it is no secret any more; whoever verifies it keeps the right one secret until it agrees.
    publish(*request);
    const zenwire::sha256_digest mac = key->mac("message");
    zenwire::sha256_digest other = mac;
    publish(other);
    const auto text = [](zenwire::sha256_digest const& digest) {
        return std::string_view(reinterpret_cast<char const*>(digest.data()), digest.size());
    };
    const bool is_equal = zenwire::detail::constant_time_equal(text(mac), text(other));
    publish(is_equal);
    return is_equal;
}

/// How many jumps of a verification depend on the key.
/// @param wrong_digit which digit of the signature is another one; none for its size
unsigned jumps_of_verification(std::string_view password, std::size_t wrong_digit) {
    constexpr std::size_t digits = 64;
    const zenwire::unix_seconds now(1673361177);
    const zenwire::modify_instance_traffic_package action{"instanceId", *zenwire::traffic_package_size::parse("0.15")};
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password(password));
    const auto request =
        zenwire::make_request(action, zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key, now);
    publish(*request);
    const zenwire::request_view view = request->view();
    std::vector<zenwire::field> fields(view.fields.begin(), view.fields.end());
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [](zenwire::field const& each) { return each.name == "authorization"; });
    std::string authorization(field->value);
    if (wrong_digit < digits) {
        char& digit = authorization[authorization.size() - digits + wrong_digit];
        digit = digit == '0' ? '1' : '0';
    }
    field->value = authorization;
    zenwire::request_view received = view;
    received.fields = zenwire::field_list(std::span<zenwire::field const>(fields));

    const unsigned before = VALGRIND_COUNT_ERRORS;
    const bool is_genuine = zenwire::verify_request(received, *key, now, zenwire::services::bmc_2026_02_01).has_value();
    const unsigned jumps = VALGRIND_COUNT_ERRORS - before;
    return is_genuine == (wrong_digit == digits) ? jumps : UINT_MAX;
}

int check_verification() {
    for (const std::size_t wrong_digit : std::initializer_list<std::size_t>{0, 1, 31, 62, 63, 64}) {
        const unsigned jumps = jumps_of_verification(secret("password"), wrong_digit);
        if (jumps != 1) {
            std::printf("FAILED: %u jumps when digit %zu is wrong\n", jumps, wrong_digit);
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** arguments) {
    if (RUNNING_ON_VALGRIND == 0) {
        std::printf("this runs under valgrind only\n");
        return EXIT_FAILURE;
    }
    if (count > 1 && std::strcmp(arguments[1], "leak") == 0) {
        const std::string password = secret("password");
        if (password[3] == 's') {
            std::printf("the fourth letter is an s\n");
        }
        return EXIT_SUCCESS;
    }
    if (count > 1 && std::strcmp(arguments[1], "verify") == 0) {
        return check_verification();
    }
    bool works = true;
    for (const std::size_t size : std::initializer_list<std::size_t>{1, 25, 63, 64, 65, 200}) {
        works = signs_and_verifies(secret(std::string(size, 'p'))) && works;
    }
    return works ? EXIT_SUCCESS : EXIT_FAILURE;
}
