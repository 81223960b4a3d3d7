// SPDX-License-Identifier: BSL-1.0
#include "certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "scenario_place.hpp"

namespace transport_conformance {

namespace {

constexpr long day = 24L * 60 * 60;

void add_extension(X509* to, X509* issuer, int kind, std::string const& text) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    X509_EXTENSION* const made = X509V3_EXT_conf_nid(nullptr, &context, kind, text.c_str());
    X509_add_ext(to, made, -1);
    X509_EXTENSION_free(made);
}

/// A certificate for `names`, signed by the issuer or, without one, by itself; then it may sign others.
identity make(identity const* issuer, std::string const& common_name, std::string const& names, long from, long until) {
    static long serial = 1;
    identity made{owned<EVP_PKEY>(EVP_EC_gen("P-256")), owned<X509>(X509_new())};
    X509* const certificate = made.certificate.get();
    X509* const by = issuer == nullptr ? certificate : issuer->certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), until);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<unsigned char const*>(common_name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(by));
    X509_set_pubkey(certificate, made.key.get());
    add_extension(certificate, by, NID_subject_key_identifier, "hash");
    if (issuer == nullptr) {
        add_extension(certificate, by, NID_basic_constraints, "critical,CA:TRUE");
        add_extension(certificate, by, NID_key_usage, "critical,keyCertSign,cRLSign");
    } else {
        add_extension(certificate, by, NID_basic_constraints, "critical,CA:FALSE");
        add_extension(certificate, by, NID_ext_key_usage, "serverAuth");
        add_extension(certificate, by, NID_subject_alt_name, names);
    }
    X509_sign(certificate, issuer == nullptr ? made.key.get() : issuer->key.get(), EVP_sha256());
    return made;
}

}  // namespace

certificates::certificates()
    : authority_(make(nullptr, "zenwire tests", "", -day, 30 * day)),
      stranger_(make(nullptr, "a stranger", "", -day, 30 * day)) {
    const std::string names = "IP:" + loopback(1) + ",IP:127.0.0.1,IP:::1,DNS:localhost,DNS:*.zenwire.invalid";
    right_ = make(&authority_, "zenwire server", names, -day, 30 * day);
    untrusted_ = make(&stranger_, "zenwire server", names, -day, 30 * day);
    other_host_ = make(&authority_, loopback(1), "DNS:other.example,IP:127.0.0.9", -day, 30 * day);
    expired_ = make(&authority_, "zenwire server", names, -day, -day / 2);
}

identity const& certificates::of(zenwire::transport_scenario::tls kind) const {
    switch (kind) {
    case zenwire::transport_scenario::tls::untrusted: return untrusted_;
    case zenwire::transport_scenario::tls::other_host: return other_host_;
    case zenwire::transport_scenario::tls::expired: return expired_;
    default: return right_;
    }
}

std::string certificates::trusted() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(memory.get(), authority_.certificate.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

}  // namespace transport_conformance
