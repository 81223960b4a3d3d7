// SPDX-License-Identifier: BSL-1.0

/// @file
/// Runs each piece of work between two dumps of callgrind, see count_instructions.py. Every piece comes twice: whole, and
/// as `own work`, with a hash and a MAC that only copy bytes. The arguments are files,
/// pages of instances, which are read too.

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <valgrind/callgrind.h>
#include <zenwire/zenwire.hpp>

#include "../sample.hpp"

namespace {

/// Takes the bytes that a hash would take, and no more.
class copying_hash {
public:
    void update(std::string_view message) noexcept {
        // a ring, so that the same message in other pieces gives the same
        while (!message.empty()) {
            const std::string_view piece = message.substr(0, sizeof(block_) - used_);
            std::memcpy(block_ + used_, piece.data(), piece.size());
            used_ = (used_ + piece.size()) % sizeof(block_);
            message.remove_prefix(piece.size());
        }
    }
    zenwire::sha256_digest finish() const noexcept {
        zenwire::sha256_digest digest{};
        std::memcpy(digest.data(), block_, digest.size());
        return digest;
    }

private:
    char block_[64]{};
    std::size_t used_ = 0;
};

/// Likewise for a MAC.
struct copying_mac {
    zenwire::sha256_digest operator()(std::string_view message) const noexcept {
        copying_hash hash;
        hash.update(message);
        return hash.finish();
    }
};

using copying_key = zenwire::external_access_key<copying_mac>;

const auto copying_key_of_sample = *copying_key::make(zenwire::access_key_id(sample::id), copying_mac{});
const auto copying_endpoint = *zenwire::request_template<copying_hash>::make(sample::service, sample::endpoint);

/// Makes the compiler do the work.
template <class Result>
void touch(Result const& result) {
    __asm__ __volatile__("" : : "g"(&result) : "memory");
}

/// The same, and makes sure that it is the work of a success, or of a failure.
template <class Result>
void keep(Result const& result, bool succeeds = true) {
    touch(result);
    if (result.has_value() != succeeds) {
        std::abort();
    }
}

template <class Work>
void count(char const* name, Work work) {
    work();
    CALLGRIND_ZERO_STATS;
    work();
    CALLGRIND_DUMP_STATS_AT(name);
}

void count_signing() {
    count("make_request", [] {
        auto request = zenwire::make_request(sample::action, sample::prepared, sample::key, sample::now);
        keep(request);
    });
    count("make_request, own work", [] {
        auto request = zenwire::make_request(sample::action, copying_endpoint, copying_key_of_sample, sample::now);
        keep(request);
    });
    const auto request = *zenwire::make_request(sample::action, sample::prepared, sample::key, sample::now);
    count("verify", [&] {
        auto result =
            zenwire::verify_request(request.view(), sample::key, sample::now, zenwire::services::bmc_2026_02_01);
        keep(result);
    });
    const auto copied = *zenwire::make_request(sample::action, copying_endpoint, copying_key_of_sample, sample::now);
    count("verify, own work", [&] {
        auto result = zenwire::verify_request(copied.view(), copying_key_of_sample, sample::now,
                                              zenwire::services::bmc_2026_02_01, copying_hash());
        keep(result);
    });
}

void count_reading() {
    count("parse_response of a success, own work", [] {
        auto result = zenwire::parse_response<sample::action_type>(sample::service, {200, sample::success, {}});
        keep(result);
    });
    count("parse_response of an API error, own work", [] {
        auto result = zenwire::parse_response<sample::action_type>(sample::service, {404, sample::api_error, {}});
        keep(result, false);
    });
}

/// @param file a response to describe_instances
void count_page(char const* file) {
    std::ifstream in(file, std::ios::binary);
    const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    static std::array<std::byte, 16 * 1024> scratch;
    count((std::string("page ") + file).c_str(), [&] {
        auto result = zenwire::for_each_instance(
            {200, page, {}}, scratch, [](zenwire::instance_info const& instance) { touch(instance); },
            [](std::string_view, zenwire::error const&) {});
        keep(result);
    });
}

/// The response is read by Boost.JSON in both, so only the signing tells them apart.
template <class Key>
void count_exchange(char const* name, Key const& key) {
    const zenwire::client client(sample::service, sample::endpoint, key);
    count(name, [&] {
        zenwire::request_exchange exchange(client, sample::action);
        exchange.next(sample::now);
        exchange.receive({200, sample::success, {}}, sample::now);
        keep(exchange.result());
    });
}

}  // namespace

int main(int argument_count, char** arguments) {
    count_signing();
    count_reading();
    count_exchange("request_exchange", sample::key);
    count_exchange("request_exchange, own work", sample::token);
    for (int i = 1; i < argument_count; ++i) {
        count_page(arguments[i]);
    }
}
