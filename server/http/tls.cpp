#include "server/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>
#include <stdexcept>
#include <string>

namespace kaiku::http {
namespace {

[[noreturn]] void fail(std::string const& what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw std::runtime_error("TLS: " + what + ": " + reason.data());
}

// A key with a pass phrase is refused instead of asked for on the terminal.
int no_pass_phrase(char*, int, int, void*) { return -1; }

int choose_protocol(SSL*, unsigned char const** out, unsigned char* out_length,
                    unsigned char const* offered, unsigned int offered_length, void*) {
  static constexpr std::array<unsigned char, 9> ours{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, ours.data(), ours.size(), offered,
                            offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;  // RFC 7301 section 3.2
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

// A device whose own certificate has expired comes in, and the application lets it renew or bring
// its journal; an expired CA, another CA or a wrong purpose stays a refusal.
int forgive_expired_leaf(int verified, X509_STORE_CTX* store) {
  bool const expired = X509_STORE_CTX_get_error(store) == X509_V_ERR_CERT_HAS_EXPIRED;
  if (verified == 0 && expired && X509_STORE_CTX_get_error_depth(store) == 0) {
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
  }
  return verified;
}

void restrict_protocol(SSL_CTX* context) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_cert_list(context, 16 * 1024);
  char const* const suites =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
      "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
      "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
  char const* const suites_13 =
      "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
  if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(context, suites) != 1 ||
      SSL_CTX_set_ciphersuites(context, suites_13) != 1 ||
      SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") != 1) {
    fail("this OpenSSL does not know our suites");
  }
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

void require_client_certificate(SSL_CTX* context, std::string const& ca_file) {
  auto* const names = SSL_load_client_CA_file(ca_file.c_str());
  if (names == nullptr) fail("cannot read the client CA " + ca_file);
  SSL_CTX_set_client_CA_list(context, names);
  if (SSL_CTX_load_verify_file(context, ca_file.c_str()) != 1) {
    fail("cannot use the client CA " + ca_file);
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     forgive_expired_leaf);
  SSL_CTX_set_verify_depth(context, 2);
  // Each connection of a device proves its key anew: a ticket would outlive a change of the CA.
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context, 0);
}

}  // namespace

TlsContext::TlsContext(TlsFiles const& files) : context_(SSL_CTX_new(TLS_server_method())) {
  if (!context_) fail("no context");
  restrict_protocol(native());
  SSL_CTX_set_default_passwd_cb(native(), no_pass_phrase);
  auto const& chain = files.certificate_chain_pem_file;
  auto const& key = files.private_key_pem_file;
  if (SSL_CTX_use_certificate_chain_file(native(), chain.c_str()) != 1) {
    fail("cannot use the certificate " + chain);
  }
  if (SSL_CTX_use_PrivateKey_file(native(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
    fail("cannot use the private key " + key);
  }
  if (SSL_CTX_check_private_key(native()) != 1) fail("the key is not that of " + chain);
  if (!files.client_ca_pem_file.empty()) {
    require_client_certificate(native(), files.client_ca_pem_file);
  }
}

std::optional<ClientCertificate> client_certificate(SSL const* ssl) {
  X509* const certificate = SSL_get0_peer_certificate(ssl);
  if (certificate == nullptr) return std::nullopt;
  ClientCertificate found;
  auto* const key = X509_get_X509_PUBKEY(certificate);
  auto const length = i2d_X509_PUBKEY(key, nullptr);
  std::tm end{};
  if (length <= 0 || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) {
    return std::nullopt;
  }
  found.spki_der.resize(static_cast<std::size_t>(length));
  auto* out = found.spki_der.data();
  i2d_X509_PUBKEY(key, &out);
  found.not_after_s = timegm(&end);
  return found;
}

}  // namespace kaiku::http
