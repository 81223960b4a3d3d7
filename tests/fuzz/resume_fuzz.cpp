// SPDX-License-Identifier: BSL-1.0

/// @file
/// Invariant: bytes of a job are read only when writing what was read gives the same job again; so a damaged byte is never
/// taken for a job, and a job that is resumed from any bytes looks at the instance first and does not order.
///
/// The first byte says whether the check sum is put right, so that the fuzzer gets behind it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <zenwire/zenwire.hpp>

#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz_input input(data, size);
    const bool has_right_sum = input.byte() % 2 != 0;
    std::string bytes(input.rest());
    if (has_right_sum) {
        const zenwire::sha256_digest sum = zenwire::sha256_of(bytes);
        bytes.append(reinterpret_cast<char const*>(sum.data()), 8);
    }
    const auto record = zenwire::workflow_bytes::parse(bytes);
    if (record) {
        const zenwire::workflow_bytes written(*record);
        const auto again = zenwire::workflow_bytes::parse(written.view());
        require(again.has_value(), "a job that was read can be written");
        require(again->what == record->what && again->instance_id == record->instance_id &&
                    again->target == record->target && again->before == record->before &&
                    again->signed_at == record->signed_at && again->order == record->order &&
                    again->options == record->options && again->is_signed == record->is_signed &&
                    again->order_number == record->order_number && again->service == record->service &&
                    again->endpoint == record->endpoint && again->account == record->account,
                "a job that was read and written is the same");
        require(record->signed_at.is_valid() && !record->instance_id.empty(), "a job has a time and an instance");
    }
    const auto key = zenwire::access_key::make(zenwire::access_key_id("id"), zenwire::access_key_password("password"));
    const zenwire::client client(zenwire::services::bmc_2026_02_01, zenwire::endpoint(), *key);
    auto workflow = zenwire::traffic_package_workflow<zenwire::access_key>::resume(client, bytes, {},
                                                                               zenwire::resume_check::service_only);
    require(!workflow || record, "only what can be read is resumed");
    if (workflow) {
        require(workflow->next(zenwire::unix_seconds(1673361177)).what == zenwire::workflow_step::kind::send,
                "a resumed job sends a request");
        require(workflow->request().fields.value_of("x-zc-action") == "DescribeInstanceInternetStatus",
                "a resumed job looks first");
    }
    return 0;
}
