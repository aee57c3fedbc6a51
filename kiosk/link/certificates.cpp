#include "kiosk/link/certificates.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>
#include <stdexcept>

#include "schema/values/bytes.hpp"

namespace kaiku::kiosk {

namespace {

struct Deleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_REQ* request) const { X509_REQ_free(request); }
};
template <class T>
using Handle = std::unique_ptr<T, Deleter>;

Handle<X509> parse(std::string_view pem) {
  Handle<BIO> const reader(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Handle<X509> certificate(PEM_read_bio_X509(reader.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return certificate;
}

}  // namespace

std::string certificate_request(crypto::P256PrivateKey const& key, std::string const& common_name) {
  Handle<X509_REQ> const request(X509_REQ_new());
  auto const* name = reinterpret_cast<unsigned char const*>(common_name.c_str());
  bool good = request && X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) == 1;
  good = good && X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request.get()), "CN",
                                            MBSTRING_UTF8, name, -1, -1, 0) == 1;
  good = good && X509_REQ_set_pubkey(request.get(), key.native()) == 1;
  good = good && X509_REQ_sign(request.get(), key.native(), EVP_sha256()) > 0;
  Handle<BIO> const writer(BIO_new(BIO_s_mem()));
  good = good && writer && PEM_write_bio_X509_REQ(writer.get(), request.get()) == 1;
  if (!good) throw std::runtime_error("The certificate request could not be made.");
  char* first = nullptr;
  auto const size = BIO_get_mem_data(writer.get(), &first);
  return {first, static_cast<std::size_t>(size)};
}

std::optional<CertificateFacts> read_certificate(std::string_view pem) {
  auto const certificate = parse(pem);
  if (!certificate) return std::nullopt;
  CertificateFacts facts;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  std::tm start{};
  std::tm end{};
  if (X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1 ||
      ASN1_TIME_to_tm(X509_get0_notBefore(certificate.get()), &start) != 1 ||
      ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) {
    return std::nullopt;
  }
  facts.fingerprint = to_hex(ByteView(digest.data(), size));
  facts.not_before = Instant{static_cast<std::int64_t>(::timegm(&start)) * second_us};
  facts.not_after = Instant{static_cast<std::int64_t>(::timegm(&end)) * second_us};
  unsigned char* der = nullptr;
  int const length = i2d_PUBKEY(X509_get0_pubkey(certificate.get()), &der);
  if (length <= 0) return std::nullopt;
  facts.public_key.assign(der, der + length);
  OPENSSL_free(der);
  return facts;
}

bool is_issued_by(std::string_view pem, std::string_view ca_pem) {
  auto const certificate = parse(pem);
  auto const ca = parse(ca_pem);
  bool const issued = certificate && ca &&
                      X509_check_issued(ca.get(), certificate.get()) == X509_V_OK &&
                      X509_verify(certificate.get(), X509_get0_pubkey(ca.get())) == 1;
  ERR_clear_error();
  return issued;
}

std::string spaced_fingerprint(std::string_view hex) {
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 4) {
    if (at != 0) out += at % 32 == 0 ? '\n' : ' ';
    out += hex.substr(at, 4);
  }
  return out;
}

}  // namespace kaiku::kiosk
