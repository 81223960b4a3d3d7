// SPDX-License-Identifier: BSL-1.0

/// @file
/// Proves under valgrind's memcheck that no branch and no address depends on a secret: the secrets are marked as undefined,
/// and memcheck reports every jump and every index that depends on undefined data. Valgrind hides the SHA instructions of
/// the processor, so this is about the portable code.
///
/// With the argument `leak` it makes such a jump on purpose, which has to be reported.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>

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
    zenwire::sha256_digest mac = key->mac("message");
    const zenwire::hex_text digits(mac);
    zenwire::hex_text other = digits;
    publish(other);
    const bool is_equal = zenwire::constant_time_equal(digits.view(), other.view());
    publish(is_equal);
    return is_equal;
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
    bool works = true;
    for (const std::size_t size : std::initializer_list<std::size_t>{1, 25, 63, 64, 65, 200}) {
        works = signs_and_verifies(secret(std::string(size, 'p'))) && works;
    }
    return works ? EXIT_SUCCESS : EXIT_FAILURE;
}
