// One keep-alive TLS 1.3 connection of the load generator: a request at a time, no copies that can
// be spared, so that the client is not what is measured.
#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kaiku::bench {

struct TlsContextDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, TlsContextDeleter>;

// TLS 1.3 only; trusts the certificates of this PEM file alone. Throws std::runtime_error.
TlsContext make_context(std::string const& ca_file);

struct Reply {
  int status = 0;
  std::string_view body;  // until the next call on this connection
};

class Connection {
 public:
  // Connects and shakes hands, blocking for at most 10 s; non-blocking afterwards. `host` is an
  // IPv4 address of the loopback network and has to be named by the certificate.
  // Throws std::runtime_error that says what went wrong.
  Connection(SSL_CTX* context, std::string const& host, std::uint16_t port);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  int descriptor() const { return descriptor_; }
  std::string cipher() const { return SSL_get_cipher_name(tls_); }

  // Sends a whole request. False when the connection broke.
  bool send(std::string_view request);
  enum class Progress { waiting, complete, broken };
  // Reads what has come. After `complete`, `reply()` is the whole reply; `broken` also covers a
  // reply without Content-Length.
  Progress receive();
  Reply const& reply() const { return reply_; }
  // The server said `Connection: close` with the last reply.
  bool will_close() const { return will_close_; }

 private:
  Progress parse();

  int descriptor_ = -1;
  SSL* tls_ = nullptr;
  std::string unsent_;  // rest of a request that the socket did not take at once
  std::string in_;
  std::size_t used_ = 0;  // bytes of `in_` that are filled
  Reply reply_;
  bool will_close_ = false;
};

}  // namespace kaiku::bench
