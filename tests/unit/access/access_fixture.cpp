#include "tests/unit/access/access_fixture.hpp"

#include "server/access/certificates/x509_support.hpp"

namespace kaiku::access {

std::string request_of(crypto::P256PrivateKey const& key) {
  X509RequestHandle const request(X509_REQ_new());
  EXPECT_EQ(X509_REQ_set_version(request.get(), X509_REQ_VERSION_1), 1);
  EXPECT_EQ(X509_REQ_set_pubkey(request.get(), key.native()), 1);
  EXPECT_GT(X509_REQ_sign(request.get(), key.native(), EVP_sha256()), 0);
  BioHandle const bio(BIO_new(BIO_s_mem()));
  EXPECT_EQ(PEM_write_bio_X509_REQ(bio.get(), request.get()), 1);
  char* text = nullptr;
  auto const size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace kaiku::access
