// Certificate authorities and certificates (P-256) made in a test; nothing is kept.
#pragma once

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <ctime>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "schema/values/bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::test {

struct CertificateFiles {
  std::string certificate;  // PEM files
  std::string key;
};

class CertificateMaker {
 public:
  struct Wish {
    std::string name = "test";
    bool for_client = false;
    long begins_in_s = -3600;
    long ends_in_s = 86'400;
  };

  // An authority of its own; its certificate is `ca_file()`, in `folder`.
  CertificateMaker(TemporaryFolder const& folder, std::string name)
      : folder_(folder), name_(std::move(name)), key_(EVP_EC_gen("P-256")) {
    if (!key_) throw std::runtime_error("no key");
    certificate_ = blank(Wish{name_, false, -7200, 864'000}, key_.get(), name_);
    extend(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(certificate_.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    sign(certificate_.get());
    write_certificate(certificate_.get(), ca_file());
  }

  std::string ca_file() const { return folder_.file(name_ + ".pem"); }

  // For a server: names 127.0.0.1 and localhost. Writes <name>.pem and <name>.key.
  CertificateFiles issue(Wish const& wish) const {
    Key const key(EVP_EC_gen("P-256"));
    auto const certificate = blank(wish, key.get(), name_);
    extend(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate.get(), NID_ext_key_usage, wish.for_client ? "clientAuth" : "serverAuth");
    if (!wish.for_client) {
      extend(certificate.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
    }
    sign(certificate.get());
    CertificateFiles files{folder_.file(wish.name + ".pem"), folder_.file(wish.name + ".key")};
    write_certificate(certificate.get(), files.certificate);
    File const out(std::fopen(files.key.c_str(), "w"), &std::fclose);
    PEM_write_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return files;
  }

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
  using Certificate = std::unique_ptr<X509, FreeCertificate>;
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

  static void set_name(X509_NAME* name, std::string const& text) {
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<unsigned char const*>(text.c_str()), -1, -1, 0);
  }

  static Certificate blank(Wish const& wish, EVP_PKEY* key, std::string const& issuer) {
    static std::atomic<long> serial{1};
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.begins_in_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.ends_in_s);
    set_name(X509_get_subject_name(certificate.get()), wish.name);
    set_name(X509_get_issuer_name(certificate.get()), issuer);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
  }

  static void extend(X509* certificate, int nid, char const* value) {
    auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
    if (extension == nullptr) throw std::runtime_error("no extension");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }

  void sign(X509* certificate) const {
    if (X509_sign(certificate, key_.get(), EVP_sha256()) == 0) throw std::runtime_error("unsigned");
  }

  static void write_certificate(X509* certificate, std::string const& path) {
    File const out(std::fopen(path.c_str(), "w"), &std::fclose);
    if (!out || PEM_write_X509(out.get(), certificate) != 1) throw std::runtime_error("unwritten");
  }

  TemporaryFolder const& folder_;
  std::string name_;
  Key key_;
  Certificate certificate_;
};

}  // namespace kaiku::test
