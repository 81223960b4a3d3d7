// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_FAKE_CLOUD_SETTINGS_HPP
#define ZENWIRE_TESTING_FAKE_CLOUD_SETTINGS_HPP

#include <cstdint>
#include <string>
#include <vector>

#include <zenwire/base/config.hpp>
#include <zenwire/base/enum_names.hpp>

namespace ZENWIRE_NAMESPACE {

/// One check of ModifyInstanceTrafficPackage.
enum class fake_check : unsigned char {
    instance,     ///< it exists
    status,       ///< it is running or stopped
    charge_type,  ///< it is billed by traffic package
    package,      ///< it has one
    processing,   ///< no change is under way
    plan,         ///< no downgrade is planned
    step,         ///< the size is a multiple of the service's step
    minimum,      ///< the size is not below the default package
    maximum,      ///< the size is not above the largest package
};

template <>
inline constexpr detail::enum_row<fake_check> detail::enum_names<fake_check>[] = {
    {fake_check::instance, "instance"},
    {fake_check::status, "status"},
    {fake_check::charge_type, "charge_type"},
    {fake_check::package, "package"},
    {fake_check::processing, "processing"},
    {fake_check::plan, "plan"},
    {fake_check::step, "step"},
    {fake_check::minimum, "minimum"},
    {fake_check::maximum, "maximum"},
};

/// What the documents leave open about the cloud.
struct fake_cloud_settings {
    /// How long a change of a package stays `Processing`; 0 makes it effective at once.
    std::int64_t processing_seconds = 10;
    /// What an upgrade costs, in hundredths of the currency; parts of them are rounded up.
    std::int64_t price_cents_per_terabyte = 8000;
    /// What a bandwidth beyond the one that is free costs for one Mbps, in hundredths of the currency.
    std::int64_t price_cents_per_mbps = 132;
    /// What is left to pay of a price, in percent; the discount is rounded up to a whole cent, too.
    std::int64_t discount_percent = 100;
    /// The code that an upgrade is refused with, status 403, when the balance is too small: no code is documented.
    std::string insufficient_balance_code = "OPERATION_FAILED_INSUFFICIENT_BALANCE";
    /// Billing cycles: when one of them began, and how long they are. Planned downgrades take effect when a cycle begins.
    std::int64_t cycle_begin = 1'672'531'200;
    /// how long a billing cycle is
    std::int64_t cycle_seconds = 2'592'000;
    /// Whether an order for the size that the instance has already is an order like any other, and costs what the whole package
    /// costs. The documents do not say what it is. A cloud that is not strict takes it for a repetition that changes nothing: so it
    /// hides from a test that its client ordered twice.
    bool is_strict = true;
    /// How far the internet status is behind what is true, in seconds.
    std::int64_t status_lag_seconds = 0;
    /// How far the list of instances is behind what is true, in seconds.
    std::int64_t list_lag_seconds = 0;
    /// How far the bills and the history of the account are behind its balance, in seconds. How late they are is not documented.
    std::int64_t ledger_lag_seconds = 0;
    /// Whether these lists begin with what was booked last, so that new entries shift the old ones. That is not documented either.
    bool ledger_begins_with_newest = true;
    /// Whether signatures over values as they were sent are accepted too, besides those over values in lower case. The documents
    /// want lower case; the official SDKs sign `host` and `content-type` in the letters given. What the service does is not known.
    bool accepts_letters_as_sent = false;
    /// By how much `date` is wrong, in seconds: ahead when positive.
    std::int64_t date_offset_seconds = 0;
    /// Whether responses have a `date`.
    bool sends_date = true;
    /// Whether the internet status repeats the target of a change that is done.
    bool shows_modified_size = true;
    /// The order of the checks. A check that is left out is not made; the balance comes last in any case.
    std::vector<fake_check> checks = {fake_check::instance, fake_check::status,     fake_check::charge_type,
                                      fake_check::package,  fake_check::processing, fake_check::plan,
                                      fake_check::step,     fake_check::minimum,    fake_check::maximum};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
