// One TLS connection over a non-blocking socket: every step has a deadline, nothing waits for ever.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/link/failure.hpp"
#include "kiosk/link/url.hpp"
#include "schema/crypto/crypto.hpp"
#include "schema/values/time.hpp"

struct ssl_ctx_st;
struct ssl_st;

namespace kaiku::kiosk {

using Deadline = std::chrono::steady_clock::time_point;
inline Deadline within(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

// Addresses of a name, as connect takes them; shared and never changed.
struct ResolvedAddresses;
using Addresses = std::shared_ptr<ResolvedAddresses const>;
// A name's look-up has no deadline of ours (resolv.conf sets it); an IP address is immediate.
Linked<Addresses> resolve(ServerAddress const& server);

// Ends every wait of the connections that watch it, so that a program can stop at once.
// Thread-safe.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(Interrupt const&) = delete;
  Interrupt& operator=(Interrupt const&) = delete;
  void ring();
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// Whom a connection believes. Exactly the CAs given; the system's are never asked.
struct TlsTrust {
  std::string ca_pem;
  // Only at enrolment, when a fingerprint stands for the check of the server's certificate.
  bool unverified = false;
  // Certificates are judged by the later of this and the machine's clock: a till whose battery is
  // dead thinks that it is 1970, and the server has already told it better.
  std::optional<Instant> not_before;
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
  // By which certificates are judged now: seconds since 1970.
  std::int64_t judged_at_s() const;

 private:
  std::shared_ptr<ssl_ctx_st> context_;
  bool verifies_ = true;
  std::optional<Instant> not_before_;
  Deadline made_at_ = std::chrono::steady_clock::now();
};

class TlsConnection {
 public:
  // Connects, shakes hands and checks that the certificate names `to.host` (RFC 6125, SAN only).
  // Several addresses share the time. `interrupt`: its descriptor ends every wait; -1 for none.
  static Linked<std::unique_ptr<TlsConnection>> connect(TlsContext const& context,
                                                        ServerAddress const& to,
                                                        Addresses const& addresses,
                                                        Deadline deadline, int interrupt = -1);
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
  TlsConnection(int socket, ssl_st* stream, int interrupt)
      : socket_(socket), stream_(stream), interrupt_(interrupt) {}
  Linked<void> shake_hands(Deadline deadline);
  // Waits for what OpenSSL asked for after `result`; a failure when it is not a wait.
  Linked<void> wait_after(int result, Deadline deadline);

  int socket_;
  ssl_st* stream_;
  int interrupt_;
};

}  // namespace kaiku::kiosk
