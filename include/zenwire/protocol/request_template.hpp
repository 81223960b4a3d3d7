// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_TEMPLATE_HPP
#define ZENWIRE_PROTOCOL_REQUEST_TEMPLATE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include <zenwire/base/contract_violation.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE {

/// The two documented forms of the `content-type` field.
enum class content_type : unsigned char {
    json,       ///< `application/json`
    json_utf8,  ///< `application/json; charset=utf-8`
};

template <>
inline constexpr detail::enum_row<content_type> detail::enum_names<content_type>[] = {
    {content_type::json, "json"},
    {content_type::json_utf8, "json_utf8"},
};

/// The options of a request.
struct request_options {
    /// the form of the `content-type` field
    enum content_type content_type = content_type::json;
    /// `x-zc-request-client`: the name of the calling program; left out when empty. At most limits::request_client letters,
    /// digits, spaces and `-_,;.`.
    std::string_view request_client{};
};

namespace detail {

/// The most fields a request has: seven of a request_template, and four of write_request.hpp when it is signed.
inline constexpr std::size_t max_request_fields = 11;

/// Appends header fields to a block of `name: value\r\n` lines. The only way to add a field to a request.
///
/// Names and values must be ones that HTTP can carry; whoever makes them has checked them. When the buffer is full, its
/// overflowed() says so: check this once, at the end.
class field_writer {
public:
    /// Continues a block that has `count` fields. Positions count from the start of the buffer.
    /// @param positions one for each field; too few: contract_violation()
    /// @tparam Positions an array or a span of field_position; converting one to the other takes long to compile
    template <class Positions>
    constexpr field_writer(buffer_writer& out ZENWIRE_LIFETIMEBOUND, Positions& positions ZENWIRE_LIFETIMEBOUND,
                           std::size_t count = 0) noexcept
        : out_(out), positions_(positions.data()), capacity_(positions.size()), count_(count) {}

    /// Adds a field, whose value may have several pieces.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void add(std::string_view name, Pieces const&... value) noexcept {
        keep_position(name.size(), (std::string_view(value).size() + ...));
        out_.append_all(name, ": "sv, value..., "\r\n"sv);
    }

    /// The same for a value in one piece.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add(std::string_view name, std::string_view value) noexcept {
        add_line(name.data(), name.size(), value.data(), value.size());
    }

    /// Begins a field whose value is not complete yet: the caller appends its last `remaining_size` bytes, and the end
    /// of the line, to the buffer.
    template <class... Pieces>
    ZENWIRE_INLINE_FOR_SPEED constexpr void begin(std::string_view name, std::size_t remaining_size,
                                                  Pieces const&... value) noexcept {
        keep_position(name.size(), (remaining_size + ... + std::string_view(value).size()));
        out_.append_all(name, ": "sv, value...);
    }

    /// How many fields the block has.
    [[nodiscard]] constexpr std::size_t count() const noexcept { return count_; }

private:
    /// Each text is two arguments, for the reason that buffer_writer::append_bytes() gives.
    ZENWIRE_INLINE_FOR_SPEED constexpr void add_line(char const* name, std::size_t name_size, char const* value,
                                                     std::size_t value_size) noexcept {
        keep_position(name_size, value_size);
        out_.append_all(std::string_view(name, name_size), ": "sv, std::string_view(value, value_size), "\r\n"sv);
    }

    ZENWIRE_INLINE_FOR_SPEED constexpr void keep_position(std::size_t name_size, std::size_t value_size) noexcept {
        if (count_ == capacity_) {
            contract_violation();
        }
        field_position& at = positions_[count_++];
        at.name_begin = static_cast<std::uint32_t>(out_.size());
        at.name_size = static_cast<std::uint32_t>(name_size);
        at.value_size = static_cast<std::uint32_t>(value_size);
    }

    buffer_writer& out_;
    field_position* positions_;
    std::size_t capacity_;
    std::size_t count_;
};

/// The positions of the parts of a request's head: offsets, so that the memory may move.
struct request_layout {
    constexpr request_layout() noexcept { begin_without_values(fields); }
    constexpr request_layout(request_layout const& other) noexcept : request_layout() { *this = other; }
    constexpr request_layout& operator=(request_layout const& other) noexcept {
        if (is_constant_evaluated()) {
            fields = other.fields;
        } else {
            // copied as bytes, because fields beyond field_count are uninitialised
            std::memcpy(fields.data(), other.fields.data(), sizeof(fields));
        }
        field_count = other.field_count;
        head_size = other.head_size;
        target_size = other.target_size;
        is_https = other.is_https;
        return *this;
    }

    /// only the first `field_count` of them are set
    std::array<field_position, max_request_fields> fields;
    /// how many fields there are
    std::size_t field_count = 0;
    /// bytes of the request line and the fields
    std::size_t head_size = 0;
    /// bytes of the path, which begins behind `POST `
    std::size_t target_size = 0;
    /// whether to connect by TLS
    bool is_https = true;

    /// The request that lies in `head`, whose first field is `host`, and `body`; a view of them and of this object.
    [[nodiscard]] constexpr request_view view(char const* head, std::string_view body) const noexcept {
        constexpr std::size_t separator = 2;  // ": "
        request_view request{};  // GCC 14 for ARM calls a declaration without braces an unused value
        request.scheme = is_https ? "https"sv : "http"sv;
        request.authority = {head + fields[0].name_begin + fields[0].name_size + separator,
                             std::size_t{fields[0].value_size}};
        request.target = {head + request.method.size() + 1, target_size};
        request.fields = {std::string_view(head, head_size), fields.data(), field_count};
        request.body = body;
        return request;
    }
};

}  // namespace detail

/// A prepared request to a service at an endpoint, with all that each one has in common: the constant fields, and the
/// hash state after the constant start of the canonical request. Make it once and sign many requests with it.
///
/// Holds copies of what it was made from. No heap.
template <hash_function Hash = sha256>
class request_template {
public:
    /// @return errc::invalid_field for a service or options with characters that a field cannot carry,
    ///         errc::invalid_parameter for a wrong request_options::request_client, errc::buffer_too_small when all of
    ///         it is longer than limits::request_head
    [[nodiscard]] static constexpr expected<request_template> make(zenwire::service const& service,
                                                                   zenwire::endpoint const& endpoint,
                                                                   request_options const& options = {},
                                                                   Hash const& hash = Hash()) noexcept {
        expected<request_template> result(std::in_place, service, hash);
        refusal const* const flaw = result->write_head(service, endpoint, options);
        if (flaw != nullptr) {
            result = refuse(*flaw);
        }
        return result;
    }

    /// Constructed by make().
    constexpr request_template(zenwire::service const& service, Hash const& hash) noexcept
        : service_(service), hash_(hash), canonical_start_(hash) {}

    /// The service. A view of this object.
    [[nodiscard]] constexpr zenwire::service const& service() const noexcept ZENWIRE_LIFETIMEBOUND { return service_; }
    /// Host, and `:port` when one was given. A view of this object.
    [[nodiscard]] constexpr std::string_view authority() const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_.view(head_, {}).authority;
    }
    /// The request line and the constant fields. A view of this object.
    [[nodiscard]] constexpr std::string_view head() const noexcept ZENWIRE_LIFETIMEBOUND {
        return {head_, layout_.head_size};
    }
    /// Where the constant fields lie.
    [[nodiscard]] constexpr detail::request_layout const& layout() const noexcept ZENWIRE_LIFETIMEBOUND {
        return layout_;
    }
    /// A hash in its initial state.
    [[nodiscard]] constexpr Hash const& hash() const noexcept ZENWIRE_LIFETIMEBOUND { return hash_; }
    /// A hash after the constant start of the canonical request.
    [[nodiscard]] constexpr Hash const& canonical_start() const noexcept ZENWIRE_LIFETIMEBOUND {
        return canonical_start_;
    }

private:
    static constexpr bool is_request_client(std::string_view text) noexcept {
        for (const char c : text) {
            if (!detail::ascii::is_alphanumeric(c) && !detail::ascii::is_one_of(c, "-_ ,;."sv)) {
                return false;
            }
        }
        return text.size() <= limits::request_client && detail::is_field_value(text);
    }

    static constexpr refusal wrong_request_client =
        error::make(errc::invalid_parameter, blame::local,
                    "the request client may have letters, digits, spaces and -_,;. and must not be too long",
                    "x-zc-request-client");
    static constexpr refusal wrong_path =
        error::make(errc::invalid_field, blame::local, "the path of a service must begin with / and be visible ASCII");
    static constexpr refusal fields_too_long =
        error::make(errc::buffer_too_small, blame::local, "the header fields are too long");
    static constexpr refusal wrong_service =
        error::make(errc::invalid_field, blame::local, "a header cannot carry the name or version of the service");

    /// Writes the head, and hashes the start.
    /// @return the constant that make() refuses with; null on success
    constexpr refusal const* write_head(zenwire::service const& service, endpoint const& endpoint,
                                        request_options const& options) noexcept {
        if (!is_request_client(options.request_client)) {
            return &wrong_request_client;
        }
        if (!service.path.starts_with('/') || !detail::ascii::is_visible(service.path)) {
            return &wrong_path;
        }
        if (!detail::is_field_value(service.name) || !detail::is_field_value(service.version)) {
            return &wrong_service;
        }
        const std::string_view content =
            options.content_type == content_type::json ? "application/json"sv : "application/json; charset=utf-8"sv;
        buffer_writer out(head_);
        out.append("POST "sv).append(service.path).append(" HTTP/1.1\r\n"sv);
        detail::field_writer fields(out, layout_.fields);
        fields.add("host"sv, endpoint.authority());  // the first one: request_layout::view() relies on it
        fields.add("content-type"sv, content);
        fields.add("x-zc-service"sv, service.name);
        fields.add("x-zc-version"sv, service.version);
        fields.add("x-zc-sdk-version"sv, version_text);
        fields.add("x-zc-sdk-lang"sv, "cpp"sv);
        if (!options.request_client.empty()) {
            fields.add("x-zc-request-client"sv, options.request_client);
        }
        layout_.field_count = fields.count();
        layout_.head_size = out.size();
        layout_.target_size = service.path.size();
        layout_.is_https = endpoint.transfer_scheme() == endpoint::scheme::https;
        update_canonical_start(canonical_start_, content, endpoint.authority());
        return out.overflowed() ? &fields_too_long : nullptr;
    }

    zenwire::service service_;
    Hash hash_;
    Hash canonical_start_;
    detail::request_layout layout_{};
    char head_[limits::request_head]{};
};

}  // namespace ZENWIRE_NAMESPACE

#endif
