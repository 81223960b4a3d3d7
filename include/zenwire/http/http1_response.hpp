// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_HTTP_HTTP1_RESPONSE_HPP
#define ZENWIRE_HTTP_HTTP1_RESPONSE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/http/detail/http1_grammar.hpp>

namespace ZENWIRE_NAMESPACE {

/// Whether a response was read completely.
enum class http1_progress : unsigned char { incomplete, complete };

template <>
inline constexpr detail::enum_row<http1_progress> detail::enum_names<http1_progress>[] = {
    {http1_progress::incomplete, "incomplete"},
    {http1_progress::complete, "complete"},
};

/// Reads one response of HTTP/1.1 or 1.0 (RFC 9112) to a POST, from bytes in pieces of any size. The sizes of the pieces do not
/// matter. Interim responses (1xx) are skipped. No heap; pure; constexpr.
///
/// The body is passed to a function of the caller, piece by piece; http1_response keeps it in memory instead.
///
/// A response whose end is ambiguous, so that two readers could see it at different places, is refused:
/// - a line ends with CR LF and nothing else; CR, LF, NUL and other control characters occur nowhere else (tabs in values
///   do); no line is folded, no space stands before a colon;
/// - `content-length` occurs once, in digits alone, and not together with `transfer-encoding`, which occurs once and is
///   `chunked`, not in HTTP/1.0; no body is announced by a 1xx or 204, no chunks by a 304;
/// - protocols are not switched (101).
///
/// Everything is limited: the head by its memory and by the number of fields; interim responses, chunk extensions and trailers
/// together by the same size again; the body by `max_body`. After a failure each further call fails in the same way.
class http1_response_reader {
public:
    /// @param head memory for the fields of the response, for example 4096 bytes; it also holds the line that is being read, even
    ///        between chunks, so a few bytes more than the head are needed
    /// @param positions one for each field, for example 48
    /// @param max_body the longest body that is taken, in bytes
    constexpr http1_response_reader(std::span<char> head ZENWIRE_LIFETIMEBOUND,
                                    std::span<field_position> positions ZENWIRE_LIFETIMEBOUND,
                                    std::uint64_t max_body = limits::response_body) noexcept
        : head_(head), positions_(positions), max_body_(max_body) {}

    /// Takes the next bytes. Bytes after the end of the response are ignored, but then the connection cannot be used again.
    /// @param bytes any number of bytes; the view is not kept
    /// @param sink called as `sink(std::string_view)` with the next piece of the body, a view of `bytes`; never with an
    ///        empty one, and never with more than `max_body` bytes in all
    /// @return errc::malformed_response, errc::response_too_large; the outcome of what was asked for is unknown then
    template <class Sink>
    [[nodiscard]] constexpr expected<http1_progress> feed(std::string_view bytes, Sink&& sink) {
        while (!bytes.empty() && state_ != state::complete && state_ != state::failed) {
            if (state_ == state::body || state_ == state::body_until_close || state_ == state::chunk) {
                const std::string_view piece = next_of_body(bytes);
                if (!piece.empty()) {
                    sink(piece);
                }
                bytes.remove_prefix(piece.size());
            } else {
                bytes.remove_prefix(take_line(bytes));
            }
        }
        has_excess_ = has_excess_ || !bytes.empty();
        return progress();
    }

    /// To be called when the other side ended the connection.
    /// @return errc::transport_failed when the response is not complete, else as feed()
    [[nodiscard]] constexpr expected<http1_progress> end_of_input() noexcept {
        has_ended_ = true;
        if (state_ == state::body_until_close) {
            state_ = state::complete;
        } else if (state_ != state::complete && state_ != state::failed) {
            fail_with(errc::transport_failed, "the connection ended within the response");
        }
        return progress();
    }

    /// Whether the response is complete.
    [[nodiscard]] constexpr bool is_complete() const noexcept { return state_ == state::complete; }
    /// The status; 0 before the head is complete.
    [[nodiscard]] constexpr int status() const noexcept { return has_head() ? status_ : 0; }
    /// The fields of the head; none before it is complete. Trailers are not kept. A view of the memory.
    [[nodiscard]] constexpr field_list fields() const noexcept {
        return has_head() ? field_list(std::string_view(head_.data(), head_size_), positions_.data(), field_count_)
                          : field_list();
    }
    /// Whether the connection may carry another request: the response is complete, both sides keep the connection, and
    /// nothing came behind the response.
    [[nodiscard]] constexpr bool may_keep_connection() const noexcept {
        return is_complete() && !has_excess_ && !has_ended_ && !says_close_ && (minor_version_ != 0 || says_keep_);
    }

private:
    enum class state : unsigned char {
        status_line,
        field_line,
        body,              ///< remaining_ bytes of it
        body_until_close,  ///< all that comes
        chunk_line,
        chunk,      ///< remaining_ bytes of it
        chunk_end,  ///< the empty line behind a chunk
        trailer_line,
        complete,
        failed,
    };

    constexpr bool has_head() const noexcept { return state_ >= state::body && state_ != state::failed; }

    constexpr void fail_with(errc code, std::string_view why) noexcept {
        state_ = state::failed;
        failure_ = code;
        why_ = why;
    }
    constexpr void fail_malformed(std::string_view why) noexcept { fail_with(errc::malformed_response, why); }

    constexpr expected<http1_progress> progress() const noexcept {
        if (state_ != state::failed) {
            return is_complete() ? http1_progress::complete : http1_progress::incomplete;
        }
        error failure =
            error::make(failure_, failure_ == errc::transport_failed ? blame::transport : blame::remote, why_);
        failure.outcome = outcome::unknown;
        return unexpected(failure);
    }

    /// The part of `bytes` that belongs to the body, at least one byte; none, and failed, when it would be too long.
    constexpr std::string_view next_of_body(std::string_view bytes) noexcept {
        if (state_ == state::body_until_close) {
            if (bytes.size() > max_body_ - body_size_) {
                fail_with(errc::response_too_large, "the body of the response is too long");
                return {};
            }
            body_size_ += bytes.size();
            return bytes;
        }
        // masked, not cast: GCC warns of a useless cast where both types are the same
        const std::string_view piece = remaining_ < bytes.size() ? bytes.substr(0, remaining_ & SIZE_MAX) : bytes;
        remaining_ -= piece.size();
        if (remaining_ == 0) {
            state_ = state_ == state::chunk ? state::chunk_end : state::complete;
        }
        return piece;
    }

    /// Takes bytes of a line, and acts on the line when it is whole; returns how many it took.
    constexpr std::size_t take_line(std::string_view bytes) noexcept {
        const std::size_t line_end = bytes.find('\n');
        const std::size_t count = line_end == std::string_view::npos ? bytes.size() : line_end + 1;
        buffer_writer line(head_.subspan(head_size_ + line_size_));
        if (line.append(bytes.substr(0, count)).overflowed()) {
            fail_with(errc::response_too_large, "the head of the response is too long");
            return count;
        }
        line_size_ += count;
        if (line_end != std::string_view::npos) {
            const std::string_view whole(head_.data() + head_size_, line_size_);
            line_size_ = 0;
            if (whole.ends_with("\r\n")) {
                act_on(whole.substr(0, whole.size() - 2));
            } else {
                fail_malformed("a line of the response ends without CR");
            }
        }
        return count;
    }

    constexpr void act_on(std::string_view line) noexcept {
        const bool wants_field = state_ == state::field_line || state_ == state::trailer_line;
        if (wants_field && !line.empty() && !detail::http1::is_field_line(line)) {
            fail_malformed("a line of the head is not a field");
            return;
        }
        switch (state_) {
        case state::status_line: read_status_line(line); break;
        case state::field_line:
            if (line.empty()) {
                end_head();
            } else {
                read_field(line);
            }
            break;
        case state::chunk_line: read_chunk_line(line); break;
        case state::chunk_end:
            state_ = state::chunk_line;
            if (!line.empty()) {
                fail_malformed("a chunk is longer than it says");
            }
            break;
        default:  // trailer_line; the other states take bytes, not lines
            if (line.empty()) {
                state_ = state::complete;
            } else {
                count_discarded(line.size() + 2);
            }
        }
    }

    constexpr void read_status_line(std::string_view line) noexcept {
        const auto read = detail::http1::parse_status_line(line);
        if (!read) {
            fail_malformed("the response does not begin with a status line of HTTP/1");
            return;
        }
        minor_version_ = read->minor_version;
        status_ = read->status;
        interim_size_ = line.size() + 2;
        state_ = state::field_line;
    }

    constexpr void read_field(std::string_view line) noexcept {
        const std::size_t colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = detail::ascii::trim(line.substr(colon + 1));
        if (detail::ascii::equal_ignoring_case(name, "content-length")) {
            const auto length = detail::http1::parse_length(value);
            if (!length || has_length_) {
                fail_malformed("content-length is repeated or not a number");
            }
            has_length_ = true;
            remaining_ = length.value_or(0);
        } else if (detail::ascii::equal_ignoring_case(name, "transfer-encoding")) {
            if (is_chunked_ || !detail::ascii::equal_ignoring_case(value, "chunked")) {
                fail_malformed("transfer-encoding is repeated or not chunked");
            }
            is_chunked_ = true;
        } else if (detail::ascii::equal_ignoring_case(name, "connection")) {
            says_close_ = says_close_ || detail::http1::has_word(value, "close");
            says_keep_ = says_keep_ || detail::http1::has_word(value, "keep-alive");
        }
        interim_size_ += line.size() + 2;
        store_field(name.size(), value);
    }

    /// Brings the line into the form of a field_list. There is always room: the form is never longer than the line was.
    constexpr void store_field(std::size_t name_size, std::string_view value) noexcept {
        if (state_ == state::failed) {
            return;
        }
        if (field_count_ == positions_.size()) {
            fail_with(errc::response_too_large, "the response has too many fields");
            return;
        }
        field_position& at = positions_[field_count_++];
        at.name_begin = static_cast<std::uint32_t>(head_size_);
        at.name_size = static_cast<std::uint32_t>(name_size);
        at.value_size = static_cast<std::uint32_t>(value.size());
        move_to(head_size_ + name_size + 2, value);
        head_[head_size_ + name_size + 1] = ' ';
        head_size_ += name_size + 2 + value.size();
    }

    constexpr void move_to(std::size_t target, std::string_view text) noexcept {
        const auto source = static_cast<std::size_t>(text.data() - head_.data());
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::size_t index = source < target ? text.size() - 1 - i : i;
            head_[target + index] = head_[source + index];
        }
    }

    constexpr void end_head() noexcept {
        const bool is_interim = status_ < 200;
        const bool is_bodiless = is_interim || status_ == 204 || status_ == 304;
        // the length that a 304 may announce is that of another response
        const bool announces = is_chunked_ || (has_length_ && remaining_ != 0 && status_ != 304);
        if ((has_length_ && is_chunked_) || (is_chunked_ && minor_version_ == 0) || (is_bodiless && announces)) {
            fail_malformed("the length of the response is ambiguous");
        } else if (status_ == 101) {
            fail_malformed("the response switches the protocol");
        } else if (is_interim) {
            begin_next_head();
        } else if (is_bodiless) {
            state_ = state::complete;
        } else if (is_chunked_) {
            state_ = state::chunk_line;
        } else if (has_length_) {
            begin_body(state::body);
        } else {
            state_ = state::body_until_close;
        }
    }

    constexpr void begin_next_head() noexcept {
        state_ = state::status_line;
        count_discarded(interim_size_ + 2);
        field_count_ = 0;
        head_size_ = 0;
        has_length_ = false;
        says_close_ = false;
        says_keep_ = false;
    }

    /// Counts bytes that are read and thrown away.
    constexpr void count_discarded(std::size_t count) noexcept {
        discarded_ += count;
        if (discarded_ > head_.size()) {
            fail_with(errc::response_too_large, "the response has too much beside head and body");
        }
    }

    /// Goes on with remaining_ bytes of the body, if it has so much room.
    constexpr void begin_body(state next) noexcept {
        if (remaining_ > max_body_ - body_size_) {
            fail_with(errc::response_too_large, "the body of the response is too long");
            return;
        }
        body_size_ += remaining_;
        state_ = remaining_ != 0 ? next : state::complete;
    }

    constexpr void read_chunk_line(std::string_view line) noexcept {
        const auto chunk = detail::http1::parse_chunk_line(line);
        if (!chunk) {
            fail_malformed("a chunk does not begin with its size");
            return;
        }
        remaining_ = chunk->size;
        count_discarded(chunk->extension_size);
        if (state_ != state::failed && remaining_ == 0) {
            state_ = state::trailer_line;
        } else if (state_ != state::failed) {
            begin_body(state::chunk);
        }
    }

    std::span<char> head_;
    std::span<field_position> positions_;
    std::uint64_t max_body_;
    std::uint64_t body_size_ = 0;
    std::uint64_t remaining_ = 0;
    std::size_t head_size_ = 0;
    std::size_t line_size_ = 0;
    std::size_t interim_size_ = 0;
    std::size_t discarded_ = 0;
    std::size_t field_count_ = 0;
    std::string_view why_{};
    int status_ = 0;
    int minor_version_ = 0;
    errc failure_{};
    state state_ = state::status_line;
    bool has_length_ = false;
    bool is_chunked_ = false;
    bool says_close_ = false;
    bool says_keep_ = false;
    bool has_excess_ = false;
    bool has_ended_ = false;
};

/// One response of HTTP/1.1 in memory of the caller: an http1_response_reader with room for the body. No heap.
class http1_response {
public:
    /// @param head memory for the fields of the response, as http1_response_reader takes it
    /// @param positions one for each field
    /// @param body memory for the body, as long as the longest that is taken
    constexpr http1_response(std::span<char> head ZENWIRE_LIFETIMEBOUND,
                             std::span<field_position> positions ZENWIRE_LIFETIMEBOUND,
                             std::span<char> body ZENWIRE_LIFETIMEBOUND) noexcept
        : reader_(head, positions, body.size()), body_(body) {}
    http1_response(http1_response const&) = delete;
    http1_response& operator=(http1_response const&) = delete;

    /// Takes the next bytes, as http1_response_reader::feed() does.
    /// @return errc::malformed_response, errc::response_too_large; the outcome of what was asked for is unknown then
    [[nodiscard]] constexpr expected<http1_progress> feed(std::string_view bytes) noexcept {
        return reader_.feed(bytes, [this](std::string_view piece) noexcept { body_.append(piece); });
    }
    /// @copydoc http1_response_reader::end_of_input
    [[nodiscard]] constexpr expected<http1_progress> end_of_input() noexcept { return reader_.end_of_input(); }
    /// @copydoc http1_response_reader::may_keep_connection
    [[nodiscard]] constexpr bool may_keep_connection() const noexcept { return reader_.may_keep_connection(); }
    /// The response, a view of the memory; status 0 and nothing else before it is complete.
    [[nodiscard]] constexpr response_view view() const noexcept {
        return reader_.is_complete() ? response_view{reader_.status(), body_.written(), reader_.fields()}
                                     : response_view{};
    }

private:
    http1_response_reader reader_;
    buffer_writer body_;
};

}  // namespace ZENWIRE_NAMESPACE

#endif
