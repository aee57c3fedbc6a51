#include "server/access/certificates/x509_support.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <stdexcept>

#include "schema/values/ascii.hpp"

namespace kaiku::access {
namespace {

template <class T>
T* require(T* object, char const* what) {
  if (object == nullptr) throw_x509(what);
  return object;
}

void require_ok(int result, char const* what) {
  if (result <= 0) throw_x509(what);
}

void set_time(ASN1_TIME* field, Instant at) {
  require(ASN1_TIME_adj(field, static_cast<std::time_t>(at.us / second_us), 0, 0), "time");
}

void add_extension(X509* certificate, X509* issuer, int nid, char const* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  std::unique_ptr<X509_EXTENSION, FreedBy<X509_EXTENSION_free>> const extension(
      require(X509V3_EXT_conf_nid(nullptr, &context, nid, value), value));
  require_ok(X509_add_ext(certificate, extension.get(), -1), value);
}

void set_serial(X509* certificate, Random& random) {
  auto bytes = random.bytes<16>();
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7f) | 0x40);  // positive, always 16 bytes
  std::unique_ptr<BIGNUM, FreedBy<BN_free>> const number(
      require(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), "serial"));
  require(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "serial");
}

void set_subject(X509* certificate, std::string const& common_name) {
  auto* const name = X509_get_subject_name(certificate);
  auto const add = [&](char const* field, std::string const& value) {
    auto const* const text = reinterpret_cast<unsigned char const*>(value.data());
    require_ok(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, text,
                                          static_cast<int>(value.size()), -1, 0),
               "subject");
  };
  add("O", "Kaiku");
  add("CN", common_name);
}

bool is_host_name(std::string_view host) {
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
    return ascii::is_letter(c) || ascii::is_digit(c) || c == '-' || c == '.';
  });
}

}  // namespace

void throw_x509(char const* what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw std::runtime_error(std::string("certificate: ") + what + ": " + reason.data());
}

X509Handle make_certificate(CertificatePlan const& plan, EVP_PKEY* subject_key, X509* issuer,
                            EVP_PKEY* issuer_key, Random& random) {
  X509Handle certificate(require(X509_new(), "memory"));
  auto* const made = certificate.get();
  auto* const signer = issuer == nullptr ? made : issuer;
  require_ok(X509_set_version(made, X509_VERSION_3), "version");
  set_serial(made, random);
  set_time(X509_getm_notBefore(made), plan.from);
  set_time(X509_getm_notAfter(made), plan.until);
  set_subject(made, plan.common_name);
  require_ok(X509_set_issuer_name(made, X509_get_subject_name(signer)), "issuer");
  require_ok(X509_set_pubkey(made, subject_key), "key");
  add_extension(made, signer, NID_basic_constraints,
                plan.is_ca ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
  add_extension(made, signer, NID_key_usage, plan.key_usage);
  if (plan.extended_key_usage != nullptr) {
    add_extension(made, signer, NID_ext_key_usage, plan.extended_key_usage);
  }
  add_extension(made, signer, NID_subject_key_identifier, "hash");
  add_extension(made, signer, NID_authority_key_identifier, "keyid:always");
  if (!plan.subject_alternative_names.empty()) {
    add_extension(made, signer, NID_subject_alt_name, plan.subject_alternative_names.c_str());
  }
  require_ok(X509_sign(made, issuer_key, EVP_sha256()), "signature");
  return certificate;
}

std::string pem_of(X509* certificate) {
  BioHandle const bio(require(BIO_new(BIO_s_mem()), "memory"));
  require_ok(PEM_write_bio_X509(bio.get(), certificate), "PEM");
  char* text = nullptr;
  auto const size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

X509Handle certificate_from_pem(std::string_view pem) {
  if (pem.size() > 64 * 1024) return nullptr;
  BioHandle const bio(require(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), "memory"));
  X509Handle found(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  return found;
}

Bytes der_of(X509* certificate) {
  auto const size = i2d_X509(certificate, nullptr);
  require_ok(size, "DER");
  Bytes der(static_cast<std::size_t>(size));
  auto* out = der.data();
  i2d_X509(certificate, &out);
  return der;
}

Instant end_of(X509* certificate) {
  std::tm end{};
  require_ok(ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end), "end date");
  return Instant{static_cast<std::int64_t>(timegm(&end)) * second_us};
}

std::string alternative_names_of(std::vector<std::string> const& hosts) {
  std::string out;
  for (auto const& host : hosts) {
    std::array<unsigned char, 16> address{};
    auto const is_address = inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
                            inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
    if (!is_address && !is_host_name(host)) {
      throw std::runtime_error("not a host name or address for a certificate");
    }
    if (!out.empty()) out += ',';
    out += (is_address ? "IP:" : "DNS:") + host;
  }
  return out;
}

}  // namespace kaiku::access
