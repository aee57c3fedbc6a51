#include "kiosk/link/tls.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include "schema/contract/bytes.hpp"

namespace kaiku::kiosk {

namespace {

constexpr char const* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";

struct BioDeleter {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct CertificateDeleter {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using BioHandle = std::unique_ptr<BIO, BioDeleter>;
using CertificateHandle = std::unique_ptr<X509, CertificateDeleter>;

std::string openssl_reason() {
  auto const code = ERR_peek_last_error();
  ERR_clear_error();
  char const* reason = code ? ERR_reason_error_string(code) : nullptr;
  return reason ? reason : "no reason given";
}

LinkFailure failure(LinkFault fault, std::string detail) {
  return {fault, std::move(detail), false};
}

LinkFailure in_the_middle(LinkFailure what) {
  what.maybe_sent = true;
  return what;
}

// An alert of the other side (RFC 8446 section 6): it does not accept us or our certificate.
bool is_alert(unsigned long code) { return ERR_GET_REASON(code) >= SSL_AD_REASON_OFFSET; }

BioHandle reader_of(std::string const& pem) {
  return BioHandle(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

CertificateHandle next_certificate(BIO* pem) {
  CertificateHandle certificate(PEM_read_bio_X509(pem, nullptr, nullptr, nullptr));
  if (!certificate) ERR_clear_error();
  return certificate;
}

void trust_only(SSL_CTX* context, std::string const& ca_pem) {
  auto const pem = reader_of(ca_pem);
  int trusted = 0;
  while (auto const certificate = next_certificate(pem.get())) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
    ++trusted;
  }
  if (trusted == 0) throw std::runtime_error("There is no certificate in the CA file.");
}

void identify(SSL_CTX* context, TlsIdentity const& identity) {
  auto const pem = reader_of(identity.certificate_pem);
  auto const certificate = next_certificate(pem.get());
  if (!certificate || SSL_CTX_use_certificate(context, certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, identity.key->native()) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    throw std::runtime_error("The device certificate does not fit the device key: " +
                             openssl_reason());
  }
}

// Waits until the socket is ready; timed_out at the deadline.
Linked<void> wait_for(int socket, short events, Deadline deadline) {
  for (;;) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(
                          deadline - std::chrono::steady_clock::now())
                          .count();
    if (left <= 0) return failure(LinkFault::timed_out, "no answer in time");
    pollfd entry{socket, events, 0};
    int const ready = ::poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return failure(LinkFault::broken, std::strerror(errno));
  }
}

struct Addresses {
  addrinfo* first = nullptr;
  ~Addresses() {
    if (first) ::freeaddrinfo(first);
  }
};

// One address: connected socket, or -1 in `socket` and why.
Linked<int> connect_to(addrinfo const& address, Deadline deadline) {
  int const socket =
      ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  if (socket < 0) return failure(LinkFault::no_route, std::strerror(errno));
  int const on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  int error = 0;
  if (::connect(socket, address.ai_addr, address.ai_addrlen) != 0) error = errno;
  if (error == EINPROGRESS) {
    if (auto const waited = wait_for(socket, POLLOUT, deadline); !waited) {
      ::close(socket);
      return waited.error();
    }
    socklen_t size = sizeof error;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
  }
  if (error == 0) return socket;
  ::close(socket);
  return failure(LinkFault::no_route, std::strerror(error));
}

// Name look-up has no deadline of ours: resolv.conf sets it, and a door is usually given an
// address or a name in /etc/hosts. It runs on the network thread, never on the screen's.
Linked<int> connect_socket(ServerAddress const& to, Deadline deadline) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | (to.is_ip() ? AI_NUMERICHOST : 0);
  Addresses found;
  if (int const code = ::getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found.first);
      code != 0) {
    return failure(LinkFault::no_address, ::gai_strerror(code));
  }
  LinkFailure last = failure(LinkFault::no_address, "no address");
  for (auto const* address = found.first; address; address = address->ai_next) {
    auto const socket = connect_to(*address, deadline);
    if (socket) return socket;
    last = socket.error();
  }
  return last;
}

bool expect_host(SSL* stream, ServerAddress const& to) {
  if (to.is_ip()) {
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(stream), to.host.c_str()) == 1;
  }
  SSL_set_hostflags(stream,
                    X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  return SSL_set1_host(stream, to.host.c_str()) == 1 &&
         // SSL_set_tlsext_host_name without the C cast of its macro.
         SSL_ctrl(stream, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                  const_cast<char*>(to.host.c_str())) == 1;
}

}  // namespace

TlsContext::TlsContext(TlsTrust const& trust)
    : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), verifies_(!trust.unverified) {
  if (!context_ || SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(context_.get(), ciphers) != 1) {
    throw std::runtime_error("TLS could not be set up: " + openssl_reason());
  }
  SSL_CTX_set_mode(context_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                       SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                       SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
  if (verifies_) trust_only(context_.get(), trust.ca_pem);
  SSL_CTX_set_verify(context_.get(), verifies_ ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
}

TlsContext::TlsContext(TlsTrust const& trust, TlsIdentity const& identity) : TlsContext(trust) {
  identify(context_.get(), identity);
}

Linked<std::unique_ptr<TlsConnection>> TlsConnection::connect(TlsContext const& context,
                                                              ServerAddress const& to,
                                                              Deadline deadline) {
  auto const socket = connect_socket(to, deadline);
  if (!socket) return socket.error();
  ERR_clear_error();
  SSL* const stream = SSL_new(context.native());
  std::unique_ptr<TlsConnection> connection(new TlsConnection(*socket, stream));
  if (!stream || SSL_set_fd(stream, *socket) != 1 ||
      (context.verifies() && !expect_host(stream, to))) {
    return failure(LinkFault::broken, "TLS could not be set up");
  }
  if (auto const shaken = connection->shake_hands(deadline); !shaken) return shaken.error();
  return connection;
}

TlsConnection::~TlsConnection() {
  // One try at a closing alert; whether it leaves does not matter any more.
  if (stream_ && SSL_is_init_finished(stream_)) SSL_shutdown(stream_);
  SSL_free(stream_);
  ::close(socket_);
  ERR_clear_error();
}

Linked<void> TlsConnection::shake_hands(Deadline deadline) {
  for (;;) {
    int const result = SSL_connect(stream_);
    if (result == 1) return {};
    auto const verdict = SSL_get_verify_result(stream_);
    auto const waited = wait_after(result, deadline);
    if (waited) continue;
    if (verdict != X509_V_OK) {
      return failure(LinkFault::untrusted, X509_verify_cert_error_string(verdict));
    }
    return waited.error();
  }
}

Linked<void> TlsConnection::wait_after(int result, Deadline deadline) {
  int const error = errno;
  switch (SSL_get_error(stream_, result)) {
    case SSL_ERROR_WANT_READ:
      return wait_for(socket_, POLLIN, deadline);
    case SSL_ERROR_WANT_WRITE:
      return wait_for(socket_, POLLOUT, deadline);
    case SSL_ERROR_SYSCALL:
      return failure(LinkFault::broken, error ? std::strerror(error) : "the connection was cut");
    default: {
      auto const fault = is_alert(ERR_peek_last_error()) ? LinkFault::untrusted : LinkFault::broken;
      return failure(fault, openssl_reason());
    }
  }
}

Linked<void> TlsConnection::write(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    ERR_clear_error();
    int const wrote = SSL_write(stream_, bytes.data(), static_cast<int>(bytes.size()));
    if (wrote > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (auto const waited = wait_after(wrote, deadline); !waited) {
      return in_the_middle(waited.error());
    }
  }
  return {};
}

Linked<std::size_t> TlsConnection::read_some(std::string& into, Deadline deadline) {
  std::array<char, 4096> buffer;
  for (;;) {
    ERR_clear_error();
    int const got = SSL_read(stream_, buffer.data(), static_cast<int>(buffer.size()));
    if (got > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(got));
      return static_cast<std::size_t>(got);
    }
    if (SSL_get_error(stream_, got) == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
    if (auto const waited = wait_after(got, deadline); !waited) {
      return in_the_middle(waited.error());
    }
  }
}

bool TlsConnection::is_fresh() const {
  // Anything to read between two requests is a closing alert, an end, or nothing we asked for.
  // TLS 1.3 tickets come right after the handshake and are taken in here.
  ERR_clear_error();
  char byte = 0;
  int const got = SSL_peek(stream_, &byte, 1);
  return got <= 0 && SSL_get_error(stream_, got) == SSL_ERROR_WANT_READ;
}

std::string TlsConnection::server_fingerprint() const {
  CertificateHandle const certificate(SSL_get1_peer_certificate(stream_));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (!certificate || X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1) {
    return {};
  }
  return to_hex(ByteView(digest.data(), size));
}

}  // namespace kaiku::kiosk
