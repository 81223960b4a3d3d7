// SPDX-License-Identifier: BSL-1.0

/// @file
/// Const operations on shared objects from many threads at once. Built with ThreadSanitizer, which ends the program at the
/// first race; the results are checked too.

#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <zenwire/zenwire.hpp>

namespace {

/// Runs `work()` in all threads at once.
template <class Work>
void run_in_threads(Work const& work) {
    constexpr int thread_count = 8;
    std::atomic<int> ready = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < thread_count; ++i) {
        threads.emplace_back([&] {
            ++ready;
            while (ready < thread_count) {
                std::this_thread::yield();
            }
            work();
        });
    }
    for (std::thread& each : threads) {
        each.join();
    }
}

}  // namespace

int main() {
    constexpr int rounds = 50;
    std::atomic<int> failures = 0;
    const auto require = [&](bool condition) { failures += condition ? 0 : 1; };
    // The very first hashes of the program: all threads ask the processor at the same time.
    run_in_threads([&] { require(zenwire::sha256_of("abc")[0] == 0xBA); });

    const zenwire::unix_seconds now(1673361177);
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    const auto token = zenwire::bearer_token::make(zenwire::token("token"));
    const zenwire::modify_instance_traffic_package action{zenwire::instance_id("i"),
                                                          *zenwire::traffic_package_size::parse("0.15")};
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key);
    const auto request = zenwire::make_request(action, *client.prepared(), *key, now);
    const std::string answer = R"({"response":{"requestId":"r","orderNumber":"o"}})";
    const std::string list = R"({"response":{"requestId":"r","totalCount":1,"dataSet":[{"instanceId":"i"}]}})";
    const auto page = zenwire::owned_response<zenwire::describe_instances::response>::parse({200, list, {}}, true);

    run_in_threads([&] {
        for (int i = 0; i < rounds; ++i) {
            const auto signed_now = zenwire::make_request(action, *client.prepared(), *key, now);
            require(signed_now && zenwire::verify_request(signed_now->view(), *key, now, zenwire::services::bmc_2026_02_01));
            require(request && zenwire::verify_request(request->view(), client.used_credential(), now, zenwire::services::bmc_2026_02_01).has_value());
            require(zenwire::make_request(action, *client.prepared(), *token, now).has_value());
            char memory[2048];
            zenwire::buffer_writer out(memory);
            zenwire::write_redacted_head(out, request->view());
            require(!out.overflowed());
            const auto result = zenwire::parse_response<zenwire::modify_instance_traffic_package>(
                client.prepared()->service(), {200, answer, {}});
            require(result && result->order_number.view() == "o");
            for (zenwire::instance_info const& each : (*page)->data_set) {
                require(each.instance_id == "i");
            }
            zenwire::request_exchange exchange(client, action);
            require(exchange.next(now).what == zenwire::exchange_step::kind::send);
            require(zenwire::endpoint::make("https://example.com:8443").has_value());
        }
    });
    std::printf("%d failures\n", failures.load());
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
