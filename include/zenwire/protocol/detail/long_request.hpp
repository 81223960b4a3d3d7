// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_DETAIL_LONG_REQUEST_HPP
#define ZENWIRE_PROTOCOL_DETAIL_LONG_REQUEST_HPP

#include <cstddef>
#include <span>
// also std::allocator and its traits: <memory>, where the standard puts them, is a heavy header
#include <string>
#include <string_view>
#include <utility>

#include <zenwire/protocol/request.hpp>

namespace ZENWIRE_NAMESPACE::detail {

/// Blocks of memory from an allocator, each larger than the one before. The destructor frees all of them. Move-only.
template <class Allocator>
class block_list {
    struct block {
        block* previous;
        std::size_t size;
    };
    using traits = typename std::allocator_traits<Allocator>::template rebind_traits<std::max_align_t>;
    using allocator = typename traits::allocator_type;

public:
    explicit block_list(Allocator const& source) noexcept : allocator_(source) {}
    block_list(block_list const&) = delete;
    block_list& operator=(block_list const&) = delete;
    block_list(block_list&& other) noexcept
        : allocator_(other.allocator_), last_(std::exchange(other.last_, nullptr)) {}
    block_list& operator=(block_list&&) = delete;
    ~block_list() {
        while (last_ != nullptr) {
            block* const done = std::exchange(last_, last_->previous);
            traits::deallocate(allocator_, static_cast<std::max_align_t*>(static_cast<void*>(done)), done->size);
        }
    }

    /// A new block of at least `size` bytes; an empty one when the allocator has no memory.
    [[nodiscard]] std::span<raw_byte> add(std::size_t size) noexcept {
        constexpr std::size_t unit = sizeof(std::max_align_t);
        constexpr std::size_t header = (sizeof(block) + unit - 1) / unit;
        constexpr std::size_t smallest = std::size_t{16} * 1024 / unit;
        const std::size_t grown = last_ == nullptr ? smallest : 2 * last_->size;
        const std::size_t wanted = header + (size + unit - 1) / unit;
        const std::size_t units = wanted > grown ? wanted : grown;
        std::max_align_t* memory = nullptr;
#if defined(__cpp_exceptions)
        try {
            memory = traits::allocate(allocator_, units);
        } catch (...) {
            return {};
        }
#else
        memory = traits::allocate(allocator_, units);
#endif
        // an allocator that cannot throw returns null when it has no memory
        if (memory == nullptr) {
            return {};
        }
        last_ = make_at<block>(memory, last_, units);
        return {reinterpret_cast<raw_byte*>(memory + header), (units - header) * unit};
    }

private:
    allocator allocator_;
    block* last_ = nullptr;
};

}  // namespace ZENWIRE_NAMESPACE::detail

/// @file
/// Signed requests whose body has no largest size, for request_exchange. An action with such a body names one of these types as its
/// `request_type`.

namespace ZENWIRE_NAMESPACE::detail {

/// The first argument of constructors that take an action of any type, so that they are never chosen for a copy or a conversion.
struct for_action_t {};

/// A body that the caller wrote and keeps; the action has a view of it.
class borrowed_body {
public:
    template <class Action>
    borrowed_body(for_action_t, Action const& action) noexcept : text_(action.body) {}

    /// Does nothing: the body is written already.
    template <class Action>
    [[nodiscard]] expected<void> compose(Action const&, service const&) noexcept {
        return {};
    }
    [[nodiscard]] std::string_view view() const noexcept { return text_; }

private:
    std::string_view text_;
};

/// A body that lies in this object or, when it is longer than limits::request_body, in memory of an allocator. Wipes itself.
template <class Allocator>
class owned_body {
public:
    template <class Action>
    owned_body(for_action_t, Action const& action) noexcept : blocks_(action.allocator_for_body()) {}
    owned_body(owned_body const&) = delete;
    owned_body& operator=(owned_body const&) = delete;
    owned_body(owned_body&& other) noexcept : blocks_(std::move(other.blocks_)), size_(other.size_) {
        long_ = std::exchange(other.long_, nullptr);
        if (long_ == nullptr) {
            buffer_writer(short_).append(std::string_view(other.short_, size_));
            secure_zero(std::span(other.short_).first(size_));
        }
        other.size_ = 0;
    }
    owned_body& operator=(owned_body&&) = delete;
    ~owned_body() { secure_zero(std::span(begin(), size_)); }

    /// Writes the body of a valid action.
    /// @return errc::out_of_memory, errc::invalid_parameter for a text that is not UTF-8
    template <class Action>
    [[nodiscard]] expected<void> compose(Action const& action, service const& service) noexcept {
        refusal const* flaw = write_into(short_, action, service);
        if (flaw == &memory_is_too_small) {
            const std::size_t needed = body_size(action, service);
            const std::span<raw_byte> block = blocks_.add(needed);
            if (block.empty()) {
                return unexpected(no_memory_for_body(needed));
            }
            secure_zero(std::span(short_).first(size_));
            long_ = reinterpret_cast<char*>(block.data());
            flaw = write_into({long_, block.size()}, action, service);
        }
        if (flaw != nullptr) {
            return refuse(*flaw);
        }
        return {};
    }
    [[nodiscard]] std::string_view view() const noexcept { return {long_ != nullptr ? long_ : short_, size_}; }

private:
    template <class Action>
    refusal const* write_into(std::span<char> memory, Action const& action, service const& service) noexcept {
        std::string_view body;
        refusal const* const flaw = write_valid_body(memory, action, service, body);
        size_ = body.size();
        return flaw;
    }

    char* begin() noexcept { return long_ != nullptr ? long_ : short_; }

    block_list<Allocator> blocks_;
    /// null while the body is short
    char* long_ = nullptr;
    std::size_t size_ = 0;
    char short_[limits::request_body];
};

/// A signed request that owns its head and has a body of type `Body`. Move-only; wipes itself.
/// @tparam Body borrowed_body or owned_body
template <class Body>
class long_request {
public:
    /// Called by make() only.
    template <class Action>
    long_request(for_action_t, Action const& action) noexcept : body_(for_action_t(), action) {}
    /// Does what make_request() does, for a body of any size.
    template <class Action, credential Credential, hash_function Hash>
    [[nodiscard]] static expected<long_request> make(Action const& action, request_template<Hash> const& prepared,
                                                     Credential const& credential, unix_seconds now) noexcept {
        expected<long_request> result(std::in_place, for_action_t(), action);
        if (error failure; !result->compose(action, prepared, credential, now, failure)) {
            return unexpected(failure);
        }
        return result;
    }

    /// The request for the transport. A view of this object.
    [[nodiscard]] request_view view() const& noexcept ZENWIRE_LIFETIMEBOUND { return head_.view(body_.view()); }
    request_view view() const&& = delete;

private:
    template <class Action, class Credential, class Hash>
    bool compose(Action const& action, request_template<Hash> const& prepared, Credential const& credential,
                 unix_seconds now, error& failure) noexcept {
        expected<void> done = validate(action, prepared.service());
        if (done) {
            done = body_.compose(action, prepared.service());
        }
        if (done && !is_action_name(action.name)) {
            done = refuse(wrong_action_name);
        }
        if (done) {
            done = head_.compose(action.name, body_.view(), prepared, credential, now);
        }
        if (!done) {
            failure = done.error();
        }
        return done.has_value();
    }

    owned_head head_;
    Body body_;
};

/// Which type holds the signed request of an action, and how it is made: a signed_request, unless the action names another.
template <class Action>
struct request_of {
    using type = signed_request;

    template <credential Credential, hash_function Hash>
    [[nodiscard]] static expected<type> make(Action const& action, request_template<Hash> const& prepared,
                                             Credential const& credential, unix_seconds now) noexcept {
        return make_request(action, prepared, credential, now);
    }
};
template <class Action>
    requires requires { typename Action::request_type; }
struct request_of<Action> {
    using type = typename Action::request_type;

    template <credential Credential, hash_function Hash>
    [[nodiscard]] static expected<type> make(Action const& action, request_template<Hash> const& prepared,
                                             Credential const& credential, unix_seconds now) noexcept {
        return type::make(action, prepared, credential, now);
    }
};

}  // namespace ZENWIRE_NAMESPACE::detail

#endif
