// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_SOUP_MESSAGE_HPP
#define ZENWIRE_TESTS_EXAMPLES_SOUP_MESSAGE_HPP

#include <memory>
#include <string>

#include <libsoup/soup.h>

#include "http_answer.hpp"

struct soup_unref {
    void operator()(gpointer object) const { g_object_unref(object); }
    void operator()(GUri* uri) const { g_uri_unref(uri); }
    void operator()(GBytes* bytes) const { g_bytes_unref(bytes); }
    void operator()(GError* error) const { g_error_free(error); }
};
template <class Object>
using soup_owned = std::unique_ptr<Object, soup_unref>;

/// A request as it is, over HTTP/1.1 and a connection of its own; null when libsoup takes no such address. The caller's.
    inline SoupMessage* make_soup_message(zenwire::request_view const& request) {
        const std::string text = std::string(request.scheme).append("://").append(request.authority).append(request.target);
        constexpr auto as_is = static_cast<GUriFlags>(G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD);
        const soup_owned<GUri> uri(g_uri_parse(text.c_str(), as_is, nullptr));
        if (uri == nullptr) {
            return nullptr;
        }
        SoupMessage* const made = soup_message_new_from_uri(std::string(request.method).c_str(), uri.get());
        soup_message_set_flags(made, static_cast<SoupMessageFlags>(SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION |
                                                                   SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE));
#if SOUP_CHECK_VERSION(3, 4, 0)
        soup_message_set_force_http1(made, TRUE);
#endif
        GBytes* const body = g_bytes_new(request.body.data(), request.body.size());
        soup_message_set_request_body_from_bytes(made, nullptr, body);
        g_bytes_unref(body);
        for (const zenwire::field each : request.fields) {
            soup_message_headers_replace(soup_message_get_request_headers(made), std::string(each.name).c_str(),
                                         std::string(each.value).c_str());
        }
        return made;
    }

#endif
