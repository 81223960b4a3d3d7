// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_QT_MESSAGE_HPP
#define ZENWIRE_TESTS_EXAMPLES_QT_MESSAGE_HPP

#include <algorithm>
#include <cstring>

#include <QIODevice>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QUrl>

#include "http_answer.hpp"

/// The body of a request: gives its bytes once, and cannot be rewound.
class qt_body : public QIODevice {
public:
    explicit qt_body(std::string_view bytes) : rest_(bytes), size_(bytes.size()) {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return static_cast<qint64>(rest_.size()); }
    bool atEnd() const override { return rest_.empty(); }
    bool reset() override { return false; }
    [[nodiscard]] bool is_touched() const { return rest_.size() != size_; }

protected:
    qint64 readData(char* to, qint64 most) override {
        const std::size_t count = std::min(rest_.size(), static_cast<std::size_t>(most));
        std::memcpy(to, rest_.data(), count);
        rest_.remove_prefix(count);
        return count == 0 && most > 0 ? -1 : static_cast<qint64>(count);
    }
    qint64 writeData(char const*, qint64) override { return -1; }

private:
    std::string_view rest_;
    std::size_t size_;
};

/// The head of a request. No redirect is followed, and nothing is remembered, unpacked or taken from memory.
inline QNetworkRequest make_qt_request(zenwire::request_view const& from, transport_settings const& settings) {
    const auto bytes = [](std::string_view text) { return QByteArray(text.data(), static_cast<int>(text.size())); };
    QNetworkRequest made(QUrl::fromEncoded(
        bytes(std::string(from.scheme).append("://").append(from.authority).append(from.target)), QUrl::StrictMode));
    made.setRawHeader("Accept-Encoding", "identity");  // else it unpacks what comes
    made.setRawHeader("Content-Length", QByteArray::number(static_cast<qulonglong>(from.body.size())));
    for (const zenwire::field each : from.fields) {
        made.setRawHeader(bytes(each.name), bytes(each.value));
    }
    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!settings.ca_file.empty()) {
        tls.setCaCertificates(QSslCertificate::fromPath(QString::fromStdString(settings.ca_file)));
    }
    made.setSslConfiguration(tls);
    return made;
}

#endif
