// SPDX-License-Identifier: BSL-1.0
#include <zenwire/client/workflow_record.hpp>

#include <cstddef>
#include <cstdint>
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
    record.service = "bmc 2022-11-20";
    record.endpoint = "https://console.zenlayer.com";
    record.account = "0123456789abcdef0123456789abcdef";
    record.instance_id = "932237369560662463";
    record.target = sample::size("2.5");
    record.before = {sample::size("1"), zenwire::observed_package::change_state::planned, sample::size("0.5")};
    record.looked_at = sample::time;
    record.looked_at_by_server = zenwire::unix_seconds(sample::time.count() + 7);
    record.confirmed_price = zenwire::decimal::parse("80.25");
    record.clock_offset = -86400;
    record.options.deadline = zenwire::unix_seconds(1673400000);
    record.options.price_limit = zenwire::decimal(100);
    record.options.settle = zenwire::milliseconds(61'000);
    record.options.longest_watch = zenwire::milliseconds(62'000);
    record.options.unknown_watch = zenwire::milliseconds(63'000);
    record.options.first_look = zenwire::milliseconds(64'000);
    record.options.look_interval = zenwire::milliseconds(65'000);
    record.options.max_attempts = 7;
    record.began_at = zenwire::unix_seconds(sample::time.count() - 60);
    record.signed_at = sample::time;
    record.is_signed = false;
    record.order = workflow_record::order_state::accepted;
    record.order_number = "1000000000001";
    record.refusal_code = "OPERATION_FAILED";
    record.refusal_status = 403;
    record.refusal_wait_seconds = 600;
    zenwire::detail::ledger_baseline& ledger = record.ledger.emplace();
    ledger.first_month = 202212;
    ledger.last_month = 202301;
    ledger.since = zenwire::unix_seconds(sample::time.count() - 600);
    ledger.has_bills = true;
    ledger.orders.add("1");
    ledger.orders.add("2");
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
    CHECK((record.has_value() || record.error().code == zenwire::errc::job_record_damaged ||
           record.error().code == zenwire::errc::job_record_outdated));
    return record.has_value();
}

}  // namespace

TEST_CASE("all that a record says is read back") {
    const auto read = workflow_bytes::parse(bytes_of(sample_record()));
    REQUIRE(read.has_value());
    const workflow_record wanted = sample_record();
    CHECK(read->what == wanted.what);
    CHECK(read->service == wanted.service);
    CHECK(read->endpoint == wanted.endpoint);
    CHECK(read->account == wanted.account);
    CHECK(read->instance_id == wanted.instance_id);
    CHECK(read->target == wanted.target);
    CHECK(read->before == wanted.before);
    CHECK(read->looked_at == wanted.looked_at);
    CHECK(read->looked_at_by_server == wanted.looked_at_by_server);
    CHECK(read->confirmed_price == wanted.confirmed_price);
    CHECK(read->clock_offset == wanted.clock_offset);
    CHECK(read->options == wanted.options);
    CHECK(read->began_at == wanted.began_at);
    CHECK(read->signed_at == wanted.signed_at);
    CHECK(read->is_signed == wanted.is_signed);
    CHECK(read->order == wanted.order);
    CHECK(read->order_number == wanted.order_number);
    CHECK(read->refusal_code == wanted.refusal_code);
    CHECK(read->refusal_status == wanted.refusal_status);
    CHECK(read->refusal_wait_seconds == wanted.refusal_wait_seconds);
    REQUIRE(read->ledger.has_value());
    CHECK(read->ledger->first_month == wanted.ledger->first_month);
    CHECK(read->ledger->last_month == wanted.ledger->last_month);
    CHECK(read->ledger->since == wanted.ledger->since);
    CHECK(read->ledger->has_bills);
    CHECK_FALSE(read->ledger->has_transactions);
    CHECK(read->ledger->orders.size() == 2);
    CHECK(read->ledger->orders.has("1"));
    CHECK(read->ledger->orders.has("2"));
    CHECK_FALSE(read->ledger->orders.has("3"));
}

TEST_CASE("what a record leaves out is read back as missing") {
    workflow_record record = sample_record();
    record.before = {sample::size("1")};
    record.looked_at_by_server.reset();
    record.confirmed_price.reset();
    record.clock_offset.reset();
    record.options = {};
    record.refusal_wait_seconds.reset();
    record.ledger.reset();
    const auto read = workflow_bytes::parse(bytes_of(record));
    REQUIRE(read.has_value());
    CHECK(read->before == record.before);
    CHECK_FALSE(read->looked_at_by_server.has_value());
    CHECK_FALSE(read->confirmed_price.has_value());
    CHECK_FALSE(read->clock_offset.has_value());
    CHECK(read->options == zenwire::workflow_options());
    CHECK_FALSE(read->refusal_wait_seconds.has_value());
    CHECK_FALSE(read->ledger.has_value());
}

TEST_CASE("a record has room for texts as long as they can be") {
    workflow_record record = sample_record();
    record.instance_id = std::string(zenwire::limits::instance_id, 'i');
    record.order_number = std::string(zenwire::limits::order_number, 'o');
    record.service = std::string(zenwire::limits::word, 's');
    record.endpoint = std::string(zenwire::endpoint_name::capacity(), 'e');
    record.account = std::string(zenwire::account_fingerprint::capacity(), 'a');
    record.refusal_code = std::string(zenwire::limits::api_code, 'r');
    record.confirmed_price = zenwire::decimal::parse("-0.999999999999999999");
    record.options.price_limit = record.confirmed_price;
    for (std::size_t i = 0; i < zenwire::detail::known_orders::capacity + 5; ++i) {
        record.ledger->orders.add("order " + std::to_string(i));
    }
    const auto read = workflow_bytes::parse(bytes_of(record));
    REQUIRE(read.has_value());
    CHECK(read->instance_id == record.instance_id);
    CHECK(read->order_number == record.order_number);
    CHECK(read->service == record.service);
    CHECK(read->endpoint == record.endpoint);
    CHECK(read->account == record.account);
    CHECK(read->refusal_code == record.refusal_code);
    CHECK(read->confirmed_price == record.confirmed_price);
    CHECK(read->options == record.options);
    REQUIRE(read->ledger.has_value());
    CHECK_FALSE(read->ledger->orders.is_whole());
    CHECK(read->ledger->orders.has("order 45"));
}

TEST_CASE("the bytes of a record are the same on every machine") {
    const std::string bytes = bytes_of(sample_record());
    const auto number = [](char lowest) { return std::string(1, lowest) + std::string(7, '\0'); };
    CHECK(bytes.substr(0, 14) == "zenwire job 5\n");
    CHECK(bytes.substr(14, 8) == number('\x01'));
    CHECK(bytes.substr(22, 8) == number('\x0E'));
    CHECK(bytes.substr(30, 14) == "bmc 2022-11-20");
    CHECK(bytes.find(number('\x01') + number('\x05') + "80.25") != std::string::npos);
    CHECK(with_sum(unsummed_sample()) == bytes);
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

    workflow_record planless = sample_record();
    planless.before.next.reset();
    CHECK_FALSE(is_read(bytes_of(planless)));
    workflow_record idle = sample_record();
    idle.before.change = zenwire::observed_package::change_state::idle;
    CHECK_FALSE(is_read(bytes_of(idle)));

    std::string crowded = unsummed_sample();
    const std::size_t orders = crowded.size() - 3 * 8;  // how many there are, and two of them
    REQUIRE(crowded[orders] == '\x02');
    crowded[orders + 1] = '\x01';
    crowded.append((zenwire::detail::known_orders::capacity - 2) * 8, '\0');
    CHECK_FALSE(is_read(with_sum(crowded)));

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
    std::string changeless = unsummed_sample();
    changeless[place + 16] = '\x03';
    CHECK_FALSE(is_read(with_sum(changeless)));
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
    const std::size_t order = bytes.find("1000000000001") - 2 * 8;
    REQUIRE(bytes[order] == '\x02');
    bytes[order] = '\x03';
    CHECK_FALSE(is_read(with_sum(bytes)));
    bytes = unsummed_sample();
    bytes[13] = '\r';  // of the mark at the beginning
    CHECK(code_of(workflow_bytes::parse(with_sum(bytes))) == zenwire::errc::job_record_outdated);
}

/// As version 0.1 wrote it.
std::string former_bytes(bool is_accepted) {
    std::string bytes = "zenwire job 3\n";
    const auto number = [&](std::uint64_t value) {
        for (int i = 0; i < 8; ++i) {
            bytes.push_back(static_cast<char>(value >> (8 * i)));
        }
    };
    const auto text = [&](std::string_view value) {
        number(value.size());
        bytes += value;
    };
    bytes.push_back('\0');
    text("bmc 2022-11-20");
    text("console.zenlayer.com");
    text("932237369560662463");
    number(2'000'000);
    number(1'000'000);
    number(1673361177);
    number(1);
    number(1);
    number(is_accepted ? 1 : 0);
    text(is_accepted ? "1000000000001" : "");
    return with_sum(bytes);
}

TEST_CASE("the bytes of a job of version 0.1 are refused by name, with what they say of the order") {
    const auto accepted = workflow_bytes::parse(former_bytes(true));
    REQUIRE_FALSE(accepted.has_value());
    CHECK(accepted.error().code == zenwire::errc::job_record_outdated);
    CHECK(accepted.error().outcome == zenwire::outcome::executed);
    CHECK(contains(accepted.error().message, "zenwire 0.1: an order was accepted, number 1000000000001 for instance "
                                             "932237369560662463; look at it before"));
    const auto unknown = workflow_bytes::parse(former_bytes(false));
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == zenwire::errc::job_record_outdated);
    CHECK(unknown.error().outcome == zenwire::outcome::unknown);
    CHECK(contains(unknown.error().message, "may have been sent, signed at 1673361177"));

    std::string damaged = former_bytes(true);
    damaged[40] = '?';
    CHECK(code_of(workflow_bytes::parse(damaged)) == zenwire::errc::job_record_damaged);
    CHECK(code_of(workflow_bytes::parse(std::string("zenwire job 3\n"))) == zenwire::errc::job_record_damaged);
    CHECK(code_of(workflow_bytes::parse(with_sum("zenwire job 3\n"))) != zenwire::errc{});
}

TEST_CASE("the bytes of a job of a version to come are refused by name") {
    CHECK(code_of(workflow_bytes::parse(std::string("zenwire job 6\nanything"))) == zenwire::errc::job_record_outdated);
    CHECK(code_of(workflow_bytes::parse(std::string("another file"))) == zenwire::errc::job_record_damaged);
}

TEST_CASE("a service is recorded by name and version") {
    CHECK(workflow_record::service_name(zenwire::services::vm_2026_04_01) == "vm 2026-04-01");
}
