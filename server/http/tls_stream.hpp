// TLS on a non-blocking socket, OpenSSL straight on the descriptor: no BIO pair between, so an idle
// connection holds no buffers and a response is copied once. Nothing here waits; Connection does.
#pragma once

#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace kaiku::http {

class TlsStream {
 public:
  enum class Io : std::uint8_t { done, want_read, want_write, gone };

  // Takes the accepted socket; throws std::bad_alloc when OpenSSL has no memory.
  TlsStream(boost::asio::ip::tcp::socket socket, SSL_CTX* context);

  Io handshake();
  // `got` / `put`: bytes moved, only with Io::done.
  Io read(char* into, std::size_t room, std::size_t& got);
  Io write(std::string_view text, std::size_t& put);
  // Says close_notify, as far as the socket takes it now.
  void say_goodbye();
  // True when bytes already taken off the socket wait to be read.
  bool holds_bytes() const { return SSL_has_pending(ssl_.get()) == 1; }

  SSL const* native() const { return ssl_.get(); }
  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  Io outcome_of(int result);

  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<SSL, Free> ssl_;
  bool broken_ = false;
};

}  // namespace kaiku::http
