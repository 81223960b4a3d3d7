// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_ACTION_RAW_ACTION_JSON_HPP
#define ZENWIRE_ACTION_RAW_ACTION_JSON_HPP

#include <boost/json/parse.hpp>
#include <boost/json/serializer.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

#include <zenwire/action/raw_action.hpp>

namespace ZENWIRE_NAMESPACE {

namespace detail {

/// An allocator over Boost.JSON's storage_ptr.
template <class Value>
struct storage_allocator {
    using value_type = Value;

    explicit storage_allocator(boost::json::storage_ptr source) noexcept : storage(std::move(source)) {}
    template <class Other>
    explicit storage_allocator(storage_allocator<Other> const& other) noexcept : storage(other.storage) {}

    [[nodiscard]] Value* allocate(std::size_t count) {
        return static_cast<Value*>(storage->allocate(count * sizeof(Value), alignof(Value)));
    }
    void deallocate(Value* memory, std::size_t count) noexcept {
        storage->deallocate(memory, count * sizeof(Value), alignof(Value));
    }

    boost::json::storage_ptr storage;
};

/// Whether an object is UTF-8 when it is written: Boost.JSON writes texts as they are.
[[nodiscard]] inline bool is_utf8_json(boost::json::object const& object) noexcept {
    boost::json::serializer serializer;
    serializer.reset(&object);
    char piece[256];
    std::size_t kept = 0;  // the beginning of a sequence that the last piece ended in
    while (!serializer.done()) {
        const std::size_t size = kept + (serializer.read)(piece + kept, sizeof(piece) - kept).size();
        const std::size_t whole = size_in_whole_sequences(piece, size);
        if (!is_utf8({piece, whole})) {
            return false;
        }
        kept = size - whole;
        std::memmove(piece, piece + whole, kept);
    }
    return kept == 0;
}

}  // namespace detail

/// Any action of the API, by its name, with body and response as values of Boost.JSON. Not part of zenwire.hpp: it needs all of
/// Boost.JSON, and allocates memory.
struct raw_action_json {
    /// The action's name as the API's documentation spells it. A view that must outlive the action.
    std::string_view name;
    /// The parameters.
    boost::json::object body{};
    /// Whether repeating it is safe. By default it is not.
    raw_action_effect effect = raw_action_effect::orders;
    /// Where the response takes its memory from.
    boost::json::storage_ptr storage{};

    /// Writes the parameters as they are.
    void write_json(detail::json_writer& json, service const&) const noexcept {
        boost::json::serializer serializer;
        serializer.reset(&body);
        buffer_writer& out = json.begin_value();
        while (!serializer.done()) {
            char piece[256];
            const boost::json::string_view text = (serializer.read)(piece);
            out.append(std::string_view(text.data(), text.size()));
        }
    }

    /// @{
    /// The request that a request_exchange keeps: a body longer than limits::request_body takes its memory from `storage`, too.
    using request_type = detail::long_request<detail::owned_body<detail::storage_allocator<detail::raw_byte>>>;
    [[nodiscard]] detail::storage_allocator<detail::raw_byte> allocator_for_body() const noexcept {
        return detail::storage_allocator<detail::raw_byte>(storage);
    }
    /// @}

    /// The response.
    struct response : basic_response {
        /// The member `response`, an object.
        boost::json::value json{};
    };
};

/// Checks the name, which must be one that an action can have, and that the texts of the body are UTF-8.
/// @return errc::invalid_parameter
[[nodiscard]] inline expected<void> validate(raw_action_json const& action, service const& service) noexcept {
    if (!detail::is_utf8_json(action.body)) {
        return refuse(detail::text_is_not_utf8);
    }
    // the body is an object by its type, so `{}` stands for it
    return validate(raw_action{action.name, "{}", action.effect, {}}, service);
}

/// Reads the response.
/// @return as parse_response() of other actions; errc::out_of_memory, for an action that orders with outcome::executed
[[nodiscard]] inline expected<raw_action_json::response> parse_response(raw_action_json const& action, service const&,
                                                                        response_view const& response) noexcept {
    basic_response unread;
    const bool reads_only = action.effect == raw_action_effect::reads;
    if (const expected<void> read = read_response(response, reads_only, unread); !read) {
        return unexpected(read.error());
    }
    const std::string_view text = detail::find_json_member(response.body, "response");
    boost::system::error_code failure;
    raw_action_json::response result{unread, {}};
#if defined(__cpp_exceptions)
    try {
        result.json = boost::json::parse(text, failure, action.storage);
    } catch (...) {
        failure = boost::json::make_error_code(boost::json::error::exception);
    }
#else
    result.json = boost::json::parse(text, failure, action.storage);
#endif
    // read_response() found the body well-formed and flat enough, with an object `response`: only memory can be missing
    if (failure) {
        error lost =
            detail::lost_response(error::make(errc::out_of_memory, blame::local, "there is no memory for the response"),
                                  outcome::executed, reads_only, response);
        lost.request_id = unread.request_id;
        return unexpected(lost);
    }
    return result;
}

/// Whether repeating it is safe.
[[nodiscard]] inline bool reads_only(raw_action_json const& action) noexcept {
    return action.effect == raw_action_effect::reads;
}

}  // namespace ZENWIRE_NAMESPACE

#endif
