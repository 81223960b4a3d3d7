// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_SYSTEM_RUNTIME_HPP
#define ZENWIRE_SYSTEM_RUNTIME_HPP

#include <chrono>
#include <cstdint>
#include <random>
#include <thread>

#include <zenwire/client/transport.hpp>

namespace ZENWIRE_NAMESPACE {

/// A runtime made with the standard library: the system's clock, a sleeping thread, pseudo-random numbers. Not part of zenwire.hpp,
/// because nothing else in the library reads a clock.
class system_runtime {
public:
    /// The system's time.
    [[nodiscard]] unix_seconds now() const noexcept {
        const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
        return unix_seconds(std::chrono::floor<std::chrono::seconds>(since_epoch).count());
    }
    /// Blocks this thread.
    void sleep_for(milliseconds time) const { std::this_thread::sleep_for(std::chrono::milliseconds(time.count())); }
    /// 32 bits of a pseudo-random sequence.
    [[nodiscard]] std::uint32_t jitter() noexcept { return static_cast<std::uint32_t>(engine_()); }

private:
    std::mt19937 engine_{
        static_cast<std::mt19937::result_type>(std::chrono::steady_clock::now().time_since_epoch().count())};
};

static_assert(runtime<system_runtime>);

}  // namespace ZENWIRE_NAMESPACE

#endif
