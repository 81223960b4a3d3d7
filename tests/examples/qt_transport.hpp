// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_QT_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_QT_TRANSPORT_HPP

#include <algorithm>
#include <cstring>

#include <QEventLoop>
#include <QHostAddress>
#include <QIODevice>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include "http_answer.hpp"

/// A transport over Qt's QNetworkAccessManager, Qt 5.15 and 6. Needs a QCoreApplication.
///
/// When a connection ends before a response, QNetworkAccessManager sends the request again by itself, up to three times, and
/// has no switch for that. But it must rewind the body for it: this body cannot be rewound, and then it gives up.
///
/// What remains: the waivers in prove_qt.cpp. A second address is tried only where the first one refuses, the head of a
/// response is bounded by time only, and interim responses other than 100 are `unknown`.
class qt_transport {
public:
    explicit qt_transport(transport_settings settings = {}) : settings_(std::move(settings)) {}

    http_result operator()(zenwire::request_view const& request) const {
        return reporting_exceptions([&] { return send(request); });
    }

private:
    /// Gives its bytes once.
    class body_once : public QIODevice {
    public:
        explicit body_once(std::string_view bytes) : rest_(bytes), size_(bytes.size()) {
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

    http_result send(zenwire::request_view const& request) const {
        QNetworkAccessManager manager;  // of its own: no connection is kept
        manager.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        body_once body(request.body);
        QEventLoop loop;
        QTimer timer;
        timer.setSingleShot(true);
        QNetworkReply* const reply = manager.post(make_request(request), &body);
        reply->setReadBufferSize(65536);
        http_answer answer;
        bool is_encrypted = false;
        bool is_too_large = false;
        QObject::connect(reply, &QNetworkReply::encrypted, [&] {
            is_encrypted = is_made_out_to(reply->sslConfiguration().peerCertificate(), reply->url().host());
            if (!is_encrypted) {
                reply->abort();  // still before the request
            }
        });
        QObject::connect(reply, &QNetworkReply::readyRead, [&] {
            const QByteArray piece = reply->readAll();
            answer.body.append(piece.constData(), static_cast<std::size_t>(piece.size()));
            if (answer.body.size() > settings_.most_body) {
                is_too_large = true;
                reply->abort();
            }
        });
        QObject::connect(&timer, &QTimer::timeout, [&] { reply->abort(); });
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        timer.start(static_cast<int>(settings_.timeout.count()));
        loop.exec();
        const QByteArray rest = reply->readAll();
        answer.body.append(rest.constData(), static_cast<std::size_t>(rest.size()));
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        // an error of HTTP is a response, too; those of the network have the first hundred numbers, and so has 407
        const bool has_failed = reply->error() != QNetworkReply::NoError && static_cast<int>(reply->error()) < 200 &&
                                answer.status != 407;
        if (has_failed || is_too_large || answer.status < 200 || answer.body.size() > settings_.most_body) {
            const std::string why = reply->errorString().toStdString();
            const bool may_be_sent = body.is_touched() || is_encrypted || answer.status != 0;
            return may_be_sent ? http_result(unknown(why)) : not_sent(why);
        }
        for (auto const& [name, value] : reply->rawHeaderPairs()) {
            answer.fields.emplace_back(name.toStdString(), value.toStdString());
        }
        return answer;
    }

    /// Qt takes a common name for the host where the certificate has other names.
    static bool is_made_out_to(QSslCertificate const& certificate, QString const& host) {
        for (QString const& each : certificate.subjectAlternativeNames().values(QSsl::IpAddressEntry)) {
            if (QHostAddress(each) == QHostAddress(host)) {
                return true;
            }
        }
        const QString wild = QStringLiteral("*") + host.mid(host.indexOf(QLatin1Char('.')));
        const QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
        return names.contains(host, Qt::CaseInsensitive) || names.contains(wild, Qt::CaseInsensitive);
    }

    QNetworkRequest make_request(zenwire::request_view const& from) const {
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
        if (!settings_.ca_file.empty()) {
            tls.setCaCertificates(QSslCertificate::fromPath(QString::fromStdString(settings_.ca_file)));
        }
        made.setSslConfiguration(tls);
        return made;
    }

    transport_settings settings_;
};

#endif
