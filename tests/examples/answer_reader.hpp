// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_ANSWER_READER_HPP
#define ZENWIRE_TESTS_EXAMPLES_ANSWER_READER_HPP

#include <array>

#include <zenwire/http/http1_request.hpp>
#include <zenwire/http/http1_response.hpp>

#include "http_answer.hpp"

/// Reads the response to one request from bytes as they come; for transports over bare connections.
class answer_reader {
public:
    explicit answer_reader(std::size_t max_body) : reader_(head_, positions_, max_body) {}
    answer_reader(answer_reader const&) = delete;
    answer_reader& operator=(answer_reader const&) = delete;

    /// Takes the next bytes, or none at all when the other side ended the connection. Whether it wants more.
    bool take(std::string_view bytes) {
        const auto keep = [&](std::string_view piece) { answer_.body += piece; };
        const auto progress = bytes.empty() ? reader_.end_of_input() : reader_.feed(bytes, keep);
        if (!progress) {
            failure_ = progress.error().message.view();
        }
        return progress && !reader_.is_complete();
    }

    [[nodiscard]] bool is_complete() const { return reader_.is_complete(); }
    /// Whether the connection may carry another request.
    [[nodiscard]] bool may_keep_connection() const { return reader_.may_keep_connection(); }

    /// The response, or why there is none: before it is whole, because the connection broke off.
    [[nodiscard]] http_result result() {
        if (!reader_.is_complete()) {
            return unknown(failure_.empty() ? "no response in time" : failure_);
        }
        answer_.status = reader_.status();
        for (const zenwire::field each : reader_.fields()) {
            answer_.fields.emplace_back(each.name, each.value);
        }
        return std::move(answer_);
    }

private:
    std::array<char, 8192> head_{};
    std::array<zenwire::field_position, 64> positions_{};
    zenwire::http1_response_reader reader_;
    http_answer answer_{};
    std::string failure_{};
};

#endif
