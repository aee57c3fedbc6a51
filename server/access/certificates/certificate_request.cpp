#include "server/access/certificates/certificate_request.hpp"

#include <array>

#include "server/access/certificates/x509_support.hpp"

namespace kaiku::access {
namespace {

Error refused(char const* reason) { return Error(Problem::csr_invalid, reason); }

constexpr std::string_view pem_begin = "-----BEGIN CERTIFICATE REQUEST-----\n";
constexpr std::string_view pem_end = "-----END CERTIFICATE REQUEST-----\n";

// One block and nothing around it: what follows the first block is never silently ignored.
bool is_one_block(std::string_view pem) {
  std::string text(pem);
  std::erase(text, '\r');
  if (!text.ends_with('\n')) text += '\n';
  return text.starts_with(pem_begin) && text.find(pem_end) + pem_end.size() == text.size();
}

bool is_ecdsa_with_sha2(int nid) {
  return nid == NID_ecdsa_with_SHA256 || nid == NID_ecdsa_with_SHA384 ||
         nid == NID_ecdsa_with_SHA512;
}

bool is_named_p256(EVP_PKEY* key) {
  std::array<char, 32> group{};
  return key != nullptr && EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
         std::string_view(group.data()) == "prime256v1";
}

struct ForgetErrors {
  ~ForgetErrors() { ERR_clear_error(); }
};

}  // namespace

Result<crypto::P256PublicKey> read_certificate_request(std::string_view pem) {
  if (pem.size() > certificate_request_limit) return refused("The request is too long");
  if (!is_one_block(pem)) return refused("Send one PEM block of type CERTIFICATE REQUEST");
  ForgetErrors const forget;
  BioHandle const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!bio) throw_x509("memory");
  X509RequestHandle const request(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
  if (!request) return refused("The request cannot be read");
  auto* const key = X509_REQ_get0_pubkey(request.get());
  if (!is_named_p256(key)) return refused("The key has to be on the curve P-256");
  if (!is_ecdsa_with_sha2(X509_REQ_get_signature_nid(request.get()))) {
    return refused("The request has to be signed with ECDSA and SHA-256");
  }
  if (X509_REQ_verify(request.get(), key) != 1) {
    return refused("The request is not signed by its own key");
  }
  unsigned char* der = nullptr;
  auto const size = i2d_PUBKEY(key, &der);
  if (size <= 0) throw_x509("key");
  auto const found = crypto::P256PublicKey::from_spki_der({der, static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  if (!found) return refused("The key has to be an uncompressed point on the curve P-256");
  return *found;
}

}  // namespace kaiku::access
