// SPDX-License-Identifier: BSL-1.0
// Reads the error of a size that was not refused. Ends in peace: what is tested is what it says before.
#ifdef WITH_MESSAGE
#include <zenwire/contract_message.hpp>
#endif

#include <csignal>
#include <cstdlib>

#include <zenwire/protocol/traffic_package_size.hpp>

int main() {
    std::signal(SIGABRT, [](int) { std::_Exit(0); });
    return static_cast<int>(zenwire::traffic_package_size::parse("1.5").error().code);
}
