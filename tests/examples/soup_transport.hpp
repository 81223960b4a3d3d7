// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_SOUP_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_SOUP_TRANSPORT_HPP

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <libsoup/soup.h>

#include "http_answer.hpp"
#include "sigpipe_shield.hpp"

/// A transport over libsoup 3, the HTTP of GLib and GNOME, that blocks until the response is there.
///
/// A session for each request, so that no connection is kept. After a 421 libsoup sends again by itself, and tells it when it
/// begins to: then it is cancelled. A thread of its own ends what takes too long. What remains: the waivers in prove_soup.cpp.
class soup_transport {
public:
    explicit soup_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] { return send(request); });
    }

private:
    struct unref {
        void operator()(gpointer object) const { g_object_unref(object); }
        void operator()(GUri* uri) const { g_uri_unref(uri); }
        void operator()(GError* error) const { g_error_free(error); }
    };
    template <class Object>
    using owned = std::unique_ptr<Object, unref>;

    http_result send(zenwire::request_view const& request) const {
        const sigpipe_shield shield;
        const owned<SoupSession> session(soup_session_new());
        const owned<SoupMessage> message(make_message(request));
        if (message == nullptr || !trust(session.get())) {
            return not_sent("libsoup takes no such address, or there are no certificates to trust");
        }
        bool has_started = false;  // nothing is written before
        g_signal_connect(message.get(), "starting", G_CALLBACK(+[](SoupMessage*, bool* flag) { *flag = true; }),
                         &has_started);
        const owned<GCancellable> stop(g_cancellable_new());
        g_signal_connect_swapped(message.get(), "restarted", G_CALLBACK(&g_cancellable_cancel), stop.get());
        std::mutex mutex;
        std::condition_variable_any never;
        const std::jthread watch([&](std::stop_token const& done) {
            std::unique_lock lock(mutex);
            never.wait_for(lock, done, settings_.timeout, [] { return false; });
            if (!done.stop_requested()) {
                g_cancellable_cancel(stop.get());
            }
        });
        GError* failure = nullptr;
        http_answer answer;
        const owned<GInputStream> stream(soup_session_send(session.get(), message.get(), stop.get(), &failure));
        std::array<char, 4096> bytes{};
        gssize count = stream == nullptr ? -1 : 1;
        while (count > 0 && answer.body.size() <= settings_.most_body) {
            count = g_input_stream_read(stream.get(), bytes.data(), bytes.size(), stop.get(), &failure);
            answer.body.append(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        const owned<GError> error(failure);
        if (count != 0) {
            const std::string why = error != nullptr ? error->message : "the response is too large";
            return has_started ? http_result(unknown(why)) : not_sent(why);
        }
        answer.status = static_cast<int>(soup_message_get_status(message.get()));
        const auto keep = [](char const* name, char const* value, gpointer to) {
            static_cast<http_answer*>(to)->fields.emplace_back(name, value);
        };
        soup_message_headers_foreach(soup_message_get_response_headers(message.get()), keep, &answer);
        return answer;
    }

    /// Also sees to it that nothing is unpacked, remembered or asked of a proxy.
    bool trust(SoupSession* session) const {
        soup_session_remove_feature_by_type(session, SOUP_TYPE_CONTENT_DECODER);
        soup_session_remove_feature_by_type(session, SOUP_TYPE_AUTH_MANAGER);
        soup_session_set_proxy_resolver(session, nullptr);
        if (settings_.ca_file.empty()) {
            return true;
        }
        const owned<GTlsDatabase> trusted(g_tls_file_database_new(settings_.ca_file.c_str(), nullptr));
        soup_session_set_tls_database(session, trusted.get());
        return trusted != nullptr;
    }

    static SoupMessage* make_message(zenwire::request_view const& request) {
        const std::string text = std::string(request.scheme).append("://").append(request.authority).append(request.target);
        constexpr auto as_is = static_cast<GUriFlags>(G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD);
        const owned<GUri> uri(g_uri_parse(text.c_str(), as_is, nullptr));
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

    transport_settings settings_;
};

#endif
