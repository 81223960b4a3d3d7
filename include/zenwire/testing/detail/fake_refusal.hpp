// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTING_DETAIL_FAKE_REFUSAL_HPP
#define ZENWIRE_TESTING_DETAIL_FAKE_REFUSAL_HPP

#include <string>
#include <string_view>
#include <utility>

#include <zenwire/base/config.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/protocol/error_code.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// An error that a fake_cloud is about to respond with.
struct fake_refusal {
    int status = 0;
    std::string code;
    std::string message;

    /// With the status and the spelling of the documents.
    /// @param detail added to the code's meaning; may be empty
    [[nodiscard]] static fake_refusal of(api_code code, std::string_view detail = {}) {
        api_code_description const& row = description_of(code);
        std::string message(row.meaning);
        if (!detail.empty()) {
            message.append(": ").append(detail);
        }
        return {row.http_status == 0 ? 403 : row.http_status, std::string(row.spelling), std::move(message)};
    }
};

/// What an action does in a fake_cloud.
template <class Value>
using fake_outcome = expected<Value, fake_refusal>;

/// The outcome of an action that is refused.
[[nodiscard]] inline unexpected<fake_refusal> refuse(api_code code, std::string_view detail = {}) {
    return unexpected(fake_refusal::of(code, detail));
}

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
