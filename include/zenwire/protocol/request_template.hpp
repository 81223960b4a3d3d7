// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_PROTOCOL_REQUEST_TEMPLATE_HPP
#define ZENWIRE_PROTOCOL_REQUEST_TEMPLATE_HPP

#include <string_view>
#include <utility>

#include <zenwire/base/buffer_writer.hpp>
#include <zenwire/base/config.hpp>
#include <zenwire/base/detail/ascii.hpp>
#include <zenwire/base/detail/string_view_literal.hpp>
#include <zenwire/base/enum_names.hpp>
#include <zenwire/base/error.hpp>
#include <zenwire/base/expected.hpp>
#include <zenwire/base/limits.hpp>
#include <zenwire/base/version.hpp>
#include <zenwire/crypto/providers.hpp>
#include <zenwire/crypto/sha256.hpp>
#include <zenwire/http/detail/field_syntax.hpp>
#include <zenwire/http/detail/field_writer.hpp>
#include <zenwire/http/endpoint.hpp>
#include <zenwire/protocol/detail/request_layout.hpp>
#include <zenwire/protocol/service.hpp>
#include <zenwire/protocol/signature.hpp>

namespace ZENWIRE_NAMESPACE {

/// The two forms of the `content-type` field that the documents use.
enum class content_type : unsigned char {
    json,       ///< `application/json`
    json_utf8,  ///< `application/json; charset=utf-8`
};

template <>
inline constexpr detail::enum_row<content_type> detail::enum_names<content_type>[] = {
    {content_type::json, "json"},
    {content_type::json_utf8, "json_utf8"},
};

/// What a caller may choose about a request.
struct request_options {
    /// which form `content-type` has
    enum content_type content_type = content_type::json;
    /// `x-zc-request-client`: names the calling program; left out when empty. At most limits::request_client letters,
    /// digits, blanks and `-_,;.`.
    std::string_view request_client{};
};

/// A service at an endpoint, with all that is the same for each request worked out: the constant fields, and the state
/// of the hash after the constant start of the canonical request. Make it once and sign many requests with it.
///
/// Holds copies of what it was made from. No heap.
template <hash_function Hash = sha256>
class request_template {
public:
    /// @return errc::invalid_field for a service or options with characters that a field cannot carry,
    ///         errc::invalid_parameter for a request client against its rule, errc::buffer_too_small when all of it is
    ///         longer than limits::request_head
    [[nodiscard]] static constexpr expected<request_template> make(zenwire::service const& service,
                                                                   zenwire::endpoint const& endpoint,
                                                                   request_options const& options = {},
                                                                   Hash const& hash = Hash()) noexcept {
        expected<request_template> result(std::in_place, service, hash);
        refusal const* const flaw = result->compose(service, endpoint, options);
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
    /// A hash that has seen nothing yet.
    [[nodiscard]] constexpr Hash const& hash() const noexcept ZENWIRE_LIFETIMEBOUND { return hash_; }
    /// A hash that has seen the constant start of the canonical request.
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
                    "the request client may have letters, digits, blanks and -_,;. and must not be too long",
                    "x-zc-request-client");
    static constexpr refusal wrong_path =
        error::make(errc::invalid_field, blame::local, "the path of a service must begin with / and be visible ASCII");
    static constexpr refusal fields_too_long =
        error::make(errc::buffer_too_small, blame::local, "the header fields are too long");
    static constexpr refusal wrong_service =
        error::make(errc::invalid_field, blame::local, "a header cannot carry the name or version of the service");

    /// @return what make() refuses with, a constant; null when all went well
    constexpr refusal const* compose(zenwire::service const& service, endpoint const& endpoint,
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
        fields.add_checked("host"sv, endpoint.authority());
        fields.add_checked("content-type"sv, content);
        fields.add_checked("x-zc-service"sv, service.name);
        fields.add_checked("x-zc-version"sv, service.version);
        fields.add_checked("x-zc-sdk-version"sv, version_text);
        fields.add_checked("x-zc-sdk-lang"sv, "cpp"sv);
        if (!options.request_client.empty()) {
            fields.add_checked("x-zc-request-client"sv, options.request_client);
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
