// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_SOUP_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_SOUP_TRANSPORT_HPP

#include <array>
#include "sigpipe_shield.hpp"
#include "soup_message.hpp"
#include "time_watch.hpp"

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
    http_result send(zenwire::request_view const& request) const {
        const sigpipe_shield shield;
        const soup_owned<SoupSession> session(soup_session_new());
        const soup_owned<SoupMessage> message(make_soup_message(request));
        if (message == nullptr || !trust(session.get())) {
            return not_sent("libsoup takes no such address, or there are no certificates to trust");
        }
        bool has_started = false;  // nothing is written before
        g_signal_connect(message.get(), "starting", G_CALLBACK(+[](SoupMessage*, bool* flag) { *flag = true; }),
                         &has_started);
        const soup_owned<GCancellable> stop(g_cancellable_new());
        g_signal_connect_swapped(message.get(), "restarted", G_CALLBACK(&g_cancellable_cancel), stop.get());
        const time_watch watch(settings_.timeout, [&] { g_cancellable_cancel(stop.get()); });
        GError* failure = nullptr;
        http_answer answer;
        const soup_owned<GInputStream> stream(soup_session_send(session.get(), message.get(), stop.get(), &failure));
        std::array<char, 4096> bytes{};
        gssize count = stream == nullptr ? -1 : 1;
        while (count > 0 && answer.body.size() <= settings_.max_body) {
            count = g_input_stream_read(stream.get(), bytes.data(), bytes.size(), stop.get(), &failure);
            answer.body.append(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        const soup_owned<GError> error(failure);
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
        const soup_owned<GTlsDatabase> trusted(g_tls_file_database_new(settings_.ca_file.c_str(), nullptr));
        soup_session_set_tls_database(session, trusted.get());
        return trusted != nullptr;
    }

    transport_settings settings_;
};

#endif
