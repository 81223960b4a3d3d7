// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/workflow_record.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "../results.hpp"
#include "../samples.hpp"

namespace {

using zenwire::workflow_bytes;
using zenwire::workflow_record;

constexpr std::size_t sum_size = 8;

workflow_record sample_record() {
    workflow_record record;
    record.what = workflow_record::goal::cancel;
    record.instance_id = "932237369560662463";
    record.target = sample::size("2.5");
    record.before = sample::size("1");
    record.signed_at = sample::time;
    record.is_signed = false;
    record.orders = 3;
    record.is_accepted = true;
    record.order_number = "1000000000001";
    record.service = "bmc 2022-11-20";
    record.authority = "console.zenlayer.com";
    return record;
}

std::string bytes_of(workflow_record const& record) {
    const workflow_bytes bytes(record);
    return {bytes.view().data(), bytes.view().size()};
}

/// The sample's bytes without their check sum.
std::string unsummed_sample() {
    std::string bytes = bytes_of(sample_record());
    bytes.resize(bytes.size() - sum_size);
    return bytes;
}

/// With the right check sum, as somebody would write them who knows the form but not the rules.
std::string with_sum(std::string bytes) {
    const zenwire::sha256_digest sum = zenwire::sha256_of(bytes);
    for (std::size_t i = 0; i < sum_size; ++i) {
        bytes.push_back(static_cast<char>(sum[i]));
    }
    return bytes;
}

bool is_read(std::string const& bytes) {
    const auto record = workflow_bytes::parse(bytes);
    CHECK((record.has_value() || record.error().code == zenwire::errc::invalid_parameter));
    return record.has_value();
}

}  // namespace

TEST_CASE("all that a record says is read back") {
    const auto read = workflow_bytes::parse(bytes_of(sample_record()));
    REQUIRE(read.has_value());
    const workflow_record wanted = sample_record();
    CHECK(read->what == wanted.what);
    CHECK(read->instance_id == wanted.instance_id);
    CHECK(read->target == wanted.target);
    CHECK(read->before == wanted.before);
    CHECK(read->signed_at == wanted.signed_at);
    CHECK(read->is_signed == wanted.is_signed);
    CHECK(read->orders == wanted.orders);
    CHECK(read->is_accepted == wanted.is_accepted);
    CHECK(read->order_number == wanted.order_number);
    CHECK(read->service == wanted.service);
    CHECK(read->authority == wanted.authority);
}

TEST_CASE("a record has room for texts as long as they can be") {
    workflow_record record = sample_record();
    record.instance_id = std::string(zenwire::limits::instance_id, 'i');
    record.order_number = std::string(zenwire::limits::order_number, 'o');
    record.service = std::string(zenwire::limits::word, 's');
    record.authority = std::string(zenwire::limits::authority, 'a');
    const auto read = workflow_bytes::parse(bytes_of(record));
    REQUIRE(read.has_value());
    CHECK(read->instance_id == record.instance_id);
    CHECK(read->order_number == record.order_number);
    CHECK(read->service == record.service);
    CHECK(read->authority == record.authority);
}

TEST_CASE("the bytes of a record are the same on every machine") {
    const std::string bytes = bytes_of(sample_record());
    CHECK(bytes.substr(0, 15) == "zenwire job 3\n\x01");
    CHECK(bytes.substr(15, 8) == std::string("\x0E\0\0\0\0\0\0\0", 8));
    CHECK(bytes.substr(23, 14) == "bmc 2022-11-20");
    CHECK(with_sum(unsummed_sample()) == bytes);

    const auto flag = [](char value) { return std::string(1, value) + std::string(7, '\0'); };
    workflow_record record = sample_record();
    for (const bool is_signed : {false, true}) {
        for (const bool is_accepted : {false, true}) {
            record.is_signed = is_signed;
            record.is_accepted = is_accepted;
            const std::string orders_and_flags = flag(3) + flag(is_signed ? 1 : 0) + flag(is_accepted ? 1 : 0);
            CHECK(bytes_of(record).find(orders_and_flags) != std::string::npos);
        }
    }
}

TEST_CASE("what no job is like is refused although its check sum is right") {
    workflow_record nameless = sample_record();
    nameless.instance_id.clear();
    CHECK_FALSE(is_read(bytes_of(nameless)));
    workflow_record timeless = sample_record();
    timeless.signed_at = zenwire::unix_seconds(-1);
    CHECK_FALSE(is_read(bytes_of(timeless)));
    timeless.signed_at = zenwire::unix_seconds(zenwire::unix_seconds::last + 1);
    CHECK_FALSE(is_read(bytes_of(timeless)));

    std::string aimless = unsummed_sample();
    aimless[14] = '\x02';
    CHECK_FALSE(is_read(with_sum(aimless)));

    const std::string target("\xA0\x25\x26\0\0\0\0\0", 8);  // 2.5 TB
    const std::size_t place = unsummed_sample().find(target);
    REQUIRE(place != std::string::npos);
    for (const std::size_t field : {place, place + 8}) {  // the size, and the one before
        std::string sizeless = unsummed_sample();
        sizeless[field + 7] = '\x7F';
        CHECK_FALSE(is_read(with_sum(sizeless)));
        sizeless[field + 7] = '\xFF';
        CHECK_FALSE(is_read(with_sum(sizeless)));
    }
}

TEST_CASE("bytes that were cut or prolonged anywhere are refused although their check sum is right") {
    const std::string whole = unsummed_sample();
    CHECK(is_read(with_sum(whole)));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(is_read(with_sum(whole.substr(0, size))));
        CHECK_FALSE(is_read(whole.substr(0, size)));
    }
    CHECK_FALSE(is_read(with_sum(whole + '\0')));
    CHECK_FALSE(is_read(""));
}

TEST_CASE("there is one way to write a record: another form of it is refused although its check sum is right") {
    std::string bytes = unsummed_sample();
    const std::size_t is_accepted = bytes.size() - std::string_view("1000000000001").size() - 2 * 8;
    REQUIRE(bytes[is_accepted] == '\x01');
    bytes[is_accepted] = '\x02';
    CHECK_FALSE(is_read(with_sum(bytes)));
    bytes = unsummed_sample();
    bytes[13] = '\r';  // of the mark at the beginning
    CHECK_FALSE(is_read(with_sum(bytes)));
}

TEST_CASE("a service is recorded by name and version") {
    CHECK(workflow_record::service_name(zenwire::services::vm_2026_04_01) == "vm 2026-04-01");
}
