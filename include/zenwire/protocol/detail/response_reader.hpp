// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_RESPONSE_READER_HPP
#define ZENWIRE_PROTOCOL_DETAIL_RESPONSE_READER_HPP

#include <zenwire/base/arena.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/http/message.hpp>
#include <zenwire/protocol/detail/envelope.hpp>
#include <zenwire/protocol/detail/json_reader.hpp>
#include <zenwire/protocol/detail/judge_response.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// A response on its way into an object: the envelope around it, and what became of it.
class response_reader {
public:
    /// Reads the response into `result`.
    template <class Response>
    response_reader(response_view const& response, bool reads_only, Response& result, arena* memory) noexcept
        : response_(response), reads_only_(reads_only) {
        envelope_.response.target = {&json_value_type_for<Response>, &result};
        read_ = response.body.size() > limits::response_body ? json_read_result{json_fault::too_long, {}}
                                                             : read_json(response.body, envelope_, memory);
        is_success_ = response.status == 200 && read_.fault == json_fault::none && !envelope_.code.has_value() &&
                      !envelope_.code.is_of_other_type() && envelope_.response.is_filled;
        const bool has_outer_id = !envelope_.request_id.empty();
        if (is_success_ && has_outer_id) {
            envelope_.request_id.copy_to(result.request_id);
        } else if (!is_success_ && !has_outer_id && envelope_.response.is_filled) {
            envelope_.request_id.copy(result.request_id);
        }
    }
    response_reader(response_reader const&) = delete;
    response_reader& operator=(response_reader const&) = delete;

    /// Whether the response is a well-formed success: status 200 with an object `response` and no `code`.
    [[nodiscard]] bool is_success() const noexcept { return is_success_; }

    /// The error that it is else: made right in its place, and not copied. Does not need the result any more.
    [[nodiscard]] operator error() const noexcept {
        return make_response_error(response_, read_, envelope_, reads_only_);
    }

private:
    response_view const& response_;
    bool reads_only_;
    bool is_success_ = false;
    json_read_result read_{};
    envelope envelope_{};
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
