// SPDX-License-Identifier: BSL-1.0
#ifndef ZENWIRE_TESTS_EXAMPLES_QT_TRANSPORT_HPP
#define ZENWIRE_TESTS_EXAMPLES_QT_TRANSPORT_HPP

#include <QEventLoop>
#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimer>
#include <QVariant>

#include "qt_message.hpp"

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
    http_result send(zenwire::request_view const& request) const {
        QNetworkAccessManager manager;  // of its own: no connection is kept
        manager.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        qt_body body(request.body);
        QEventLoop loop;
        QTimer timer;
        timer.setSingleShot(true);
        QNetworkReply* const reply = manager.post(make_qt_request(request, settings_), &body);
        reply->setReadBufferSize(65536);
        http_answer answer;
        bool is_encrypted = false;
        QObject::connect(reply, &QNetworkReply::encrypted, [&] {
            is_encrypted = is_made_out_to(reply->sslConfiguration().peerCertificate(), reply->url().host());
            if (!is_encrypted) {
                reply->abort();  // still before the request
            }
        });
        const auto take = [&] {
            const QByteArray piece = reply->isOpen() ? reply->readAll() : QByteArray();
            answer.body.append(piece.constData(), static_cast<std::size_t>(piece.size()));
            if (answer.body.size() > settings_.max_body) {
                reply->abort();
            }
        };
        QObject::connect(reply, &QNetworkReply::readyRead, take);
        QObject::connect(&timer, &QTimer::timeout, [&] { reply->abort(); });
        QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        timer.start(static_cast<int>(settings_.timeout.count()));
        loop.exec();
        take();
        answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        // an error of HTTP is a response, too; those of the network have the first hundred numbers, and so has 407
        const bool has_failed = reply->error() != QNetworkReply::NoError && static_cast<int>(reply->error()) < 200 &&
                                answer.status != 407;
        // now and then it does not miss what a connection that ended early left out
        const QVariant length = reply->header(QNetworkRequest::ContentLengthHeader);
        const bool is_cut = length.isValid() && length.toULongLong() != answer.body.size();
        if (has_failed || is_cut || answer.status < 200 || answer.body.size() > settings_.max_body) {
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

    transport_settings settings_;
};

#endif
