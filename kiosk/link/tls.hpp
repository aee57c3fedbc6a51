// One TLS connection over a non-blocking socket: every step has a deadline, nothing waits for ever.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "kiosk/link/failure.hpp"
#include "kiosk/link/url.hpp"
#include "schema/contract/crypto.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace kaiku::kiosk {

using Deadline = std::chrono::steady_clock::time_point;
inline Deadline within(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

// Whom a connection believes. Exactly the CAs given; the system's are never asked.
struct TlsTrust {
  std::string ca_pem;
  // Only at enrolment, when a fingerprint stands for the check of the server's certificate.
  bool unverified = false;
};
struct TlsIdentity {
  std::string certificate_pem;
  crypto::P256PrivateKey const* key = nullptr;
};

// TLS 1.2+, forward secrecy and AEAD only. Throws std::runtime_error when the PEMs make no context.
class TlsContext {
 public:
  explicit TlsContext(TlsTrust const& trust);
  TlsContext(TlsTrust const& trust, TlsIdentity const& identity);
  ssl_ctx_st* native() const { return context_.get(); }
  bool verifies() const { return verifies_; }

 private:
  std::shared_ptr<ssl_ctx_st> context_;
  bool verifies_ = true;
};

class TlsConnection {
 public:
  // Connects, shakes hands and checks that the certificate names `to.host` (RFC 6125, SAN only).
  static Linked<std::unique_ptr<TlsConnection>> connect(TlsContext const& context,
                                                        ServerAddress const& to, Deadline deadline);
  ~TlsConnection();
  TlsConnection(TlsConnection const&) = delete;
  TlsConnection& operator=(TlsConnection const&) = delete;

  Linked<void> write(std::string_view bytes, Deadline deadline);
  // Appends what there is to `into`; 0 at a proper end of stream.
  Linked<std::size_t> read_some(std::string& into, Deadline deadline);
  // False when the other side has closed or sent something unasked: not to be used again.
  bool is_fresh() const;
  // SHA-256 of the server's certificate (DER), hexadecimal.
  std::string server_fingerprint() const;

 private:
  TlsConnection(int socket, ssl_st* stream) : socket_(socket), stream_(stream) {}
  Linked<void> shake_hands(Deadline deadline);
  // Waits for what OpenSSL asked for after `result`; a failure when it is not a wait.
  Linked<void> wait_after(int result, Deadline deadline);

  int socket_;
  ssl_st* stream_;
};

}  // namespace kaiku::kiosk
