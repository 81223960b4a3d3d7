// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_CLOUD_FIXTURE_HPP
#define ZENWIRE_TESTS_EXAMPLES_CLOUD_FIXTURE_HPP

#include <string>

#include <zenwire/testing/fake_cloud.hpp>

/// The contents of a fake_cloud as JSON, in the words of the API. An object with any of these members, all of which may be
/// left out:
///
///     accessKeys    [{"accessKeyId", "accessKeySecret"}]
///     tokens        ["..."]
///     balanceCents  what the account can pay with; null: no limit
///     settings      processingSeconds, priceCentsPerTerabyte, priceCentsPerMbps, discountPercent, insufficientBalanceCode,
///                   cycleBegin, cycleSeconds, isStrict, statusLagSeconds, listLagSeconds, ledgerLagSeconds,
///                   ledgerBeginsWithNewest, acceptsLettersAsSent, showsModifiedSize, checks (see fake_cloud_settings)
///     instances     instanceId, service, instanceStatus, instanceChargeType, internetChargeType, trafficPackageSize (null:
///                   none), defaultTrafficPackageSize, maximumTrafficPackageSize, plannedTrafficPackageSize, instanceName,
///                   hostname, zoneId, instanceTypeId, imageId, resourceGroupId, bandwidthOutMbps, defaultBandwidthOutMbps,
///                   maximumBandwidthOutMbps, subnetIds, publicIpAddresses, privateIpAddresses, tags ([{"key", "value"}]),
///                   isForSale
///     resources     zoneId, instanceTypeId, instanceChargeType, sellStatus, internetChargeTypes, maximumBandwidthOut,
///                   defaultBandwidthOut, defaultTrafficPackageSize, qty
///     faults        what goes wrong with the first requests: kind (see scripted_fault), and for some of them seconds, size,
///                   status, body, headers ({name: value})
///
/// A size is a number or a text in terabytes.
namespace cloud_fixture {

/// Fills the cloud.
/// @return what is wrong with the text, for people; empty when nothing is
std::string apply(std::string const& json, zenwire::fake_cloud& cloud);

/// What happened, as one line of JSON: requests, orders, instances, balance.
std::string summary(zenwire::fake_cloud const& cloud);

}  // namespace cloud_fixture

#endif
