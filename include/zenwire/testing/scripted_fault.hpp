// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_SCRIPTED_FAULT_HPP
#define ZENWIRE_TESTING_SCRIPTED_FAULT_HPP

#include <utility>

#include <zenwire/base/config.hpp>
#include <zenwire/testing/fake_response.hpp>

namespace ZENWIRE_NAMESPACE {

/// What shall go wrong with one request to a fake_cloud.
struct scripted_fault {
    enum class kind : unsigned char {
        none,          ///< nothing: the cloud answers as usual
        not_sent,      ///< no connection: the request never leaves, and the transport knows it
        request_lost,  ///< the request never arrives, and the transport does not know it
        answer_lost,   ///< the cloud carries the request out, but its answer never arrives
        canned,        ///< something before the cloud answers with `response`; the request is not carried out
    };

    kind what = kind::none;
    /// only for `canned`
    fake_response response{};

    [[nodiscard]] static scripted_fault canned(fake_response response) { return {kind::canned, std::move(response)}; }
};

}  // namespace ZENWIRE_NAMESPACE

#endif
