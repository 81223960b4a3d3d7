// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_CLIENT_DETAIL_RECORD_CHECK_HPP
#define ZENWIRE_CLIENT_DETAIL_RECORD_CHECK_HPP

#include <string_view>

#include <zenwire/client/workflow_record.hpp>
#include <zenwire/client/workflow_step.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Whether a client may go on with a job.
/// @return what its prepared() has; errc::another_service, errc::another_endpoint, errc::another_account
template <credential Credential>
[[nodiscard]] expected<void> check_record(workflow_record const& record, client<Credential> const& client,
                                          resume_check check) noexcept {
    if (!client.prepared()) {
        return failure_of(client.prepared());
    }
    if (!record.is_with(client.prepared()->service())) {
        return refuse(errc::another_service, blame::local, "the saved bytes are of a job with another service");
    }
    if (check == resume_check::all && record.endpoint != client.endpoint_name()) {
        return refuse(errc::another_endpoint, blame::local, "the saved bytes are of a job at another endpoint");
    }
    if (check == resume_check::all && record.account != fingerprint_of(client.used_credential())) {
        return refuse(errc::another_account, blame::local, "the saved bytes are of a job with another credential");
    }
    return {};
}

/// Whether a client is one for the ledger of the account that another client has.
/// @return what its prepared() has; errc::another_service, errc::another_account
template <credential Credential>
[[nodiscard]] expected<void> check_ledger(client<Credential> const& ledger, Credential const& credential) noexcept {
    if (!ledger.prepared()) {
        return failure_of(ledger.prepared());
    }
    if (ledger.prepared()->service().name != services::zbc_2024_08_08.name) {
        return refuse(errc::another_service, blame::local,
                      "the ledger is the billing service, services::zbc_2024_08_08");
    }
    if (fingerprint_of(ledger.used_credential()) != fingerprint_of(credential)) {
        return refuse(errc::another_account, blame::local, "the ledger is to be asked with the credential of the job");
    }
    return {};
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
