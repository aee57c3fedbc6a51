#include "server/http/tls_stream.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <cerrno>
#include <new>

namespace kaiku::http {
namespace {

// OpenSSL's own socket BIO writes with write(2), where a closed peer raises SIGPIPE; a library must
// not change the process's signals, hence these few lines with MSG_NOSIGNAL.
int descriptor_of(BIO* bio) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

bool wants_retry() { return errno == EAGAIN || errno == EWOULDBLOCK; }

int write_socket(BIO* bio, char const* from, int length) {
  BIO_clear_retry_flags(bio);
  ssize_t sent = 0;
  do {
    sent = ::send(descriptor_of(bio), from, static_cast<std::size_t>(length), MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0 && wants_retry()) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

int read_socket(BIO* bio, char* into, int room) {
  BIO_clear_retry_flags(bio);
  ssize_t got = 0;
  do {
    got = ::recv(descriptor_of(bio), into, static_cast<std::size_t>(room), 0);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && wants_retry()) BIO_set_retry_read(bio);
  return static_cast<int>(got);
}

long control_socket(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD const* socket_method() {
  static BIO_METHOD const* const method = [] {
    auto* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "kaiku socket");
    if (made == nullptr) throw std::bad_alloc();
    BIO_meth_set_write(made, write_socket);
    BIO_meth_set_read(made, read_socket);
    BIO_meth_set_ctrl(made, control_socket);
    return made;
  }();
  return method;
}

}  // namespace

TlsStream::TlsStream(boost::asio::ip::tcp::socket socket, SSL_CTX* context)
    : socket_(std::move(socket)), ssl_(SSL_new(context)) {
  auto* const bio = BIO_new(socket_method());
  if (!ssl_ || bio == nullptr) {
    BIO_free(bio);
    throw std::bad_alloc();
  }
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket_.native_handle())));
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_accept_state(ssl_.get());
}

TlsStream::Io TlsStream::outcome_of(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE: return Io::done;
    case SSL_ERROR_WANT_READ: return Io::want_read;
    case SSL_ERROR_WANT_WRITE: return Io::want_write;
    case SSL_ERROR_ZERO_RETURN: return Io::gone;
    default:
      broken_ = true;  // after this SSL_shutdown must not be called
      ERR_clear_error();
      return Io::gone;
  }
}

TlsStream::Io TlsStream::handshake() {
  ERR_clear_error();
  return outcome_of(SSL_do_handshake(ssl_.get()));
}

TlsStream::Io TlsStream::read(char* into, std::size_t room, std::size_t& got) {
  ERR_clear_error();
  got = 0;
  return outcome_of(SSL_read_ex(ssl_.get(), into, room, &got));
}

TlsStream::Io TlsStream::write(std::string_view text, std::size_t& put) {
  ERR_clear_error();
  put = 0;
  return outcome_of(SSL_write_ex(ssl_.get(), text.data(), text.size(), &put));
}

void TlsStream::say_goodbye() {
  if (broken_ || SSL_is_init_finished(ssl_.get()) == 0) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

}  // namespace kaiku::http
