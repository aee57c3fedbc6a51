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
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "schema/values/bytes.hpp"

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

// Waits until the socket is ready; timed_out at the deadline and when the program stops.
Linked<void> wait_for(int socket, short events, Deadline deadline, int interrupt) {
  for (;;) {
    auto const left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
            .count();
    if (left <= 0) return failure(LinkFault::timed_out, "no answer in time");
    std::array<pollfd, 2> entries{{{socket, events, 0}, {interrupt, POLLIN, 0}}};
    int const ready = ::poll(entries.data(), entries.size(),
                             static_cast<int>(std::min<std::int64_t>(left, 60'000)));
    if (ready > 0 && entries[1].revents != 0) {
      return failure(LinkFault::timed_out, "this program is stopping");
    }
    if (ready > 0) return {};
    if (ready < 0 && errno != EINTR) return failure(LinkFault::broken, std::strerror(errno));
  }
}

struct Address {
  int family = AF_UNSPEC;
  socklen_t size = 0;
  sockaddr_storage storage{};
};

// One address: connected socket, or why not.
Linked<int> connect_to(Address const& address, Deadline deadline, int interrupt) {
  int const socket =
      ::socket(address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  if (socket < 0) return failure(LinkFault::no_route, std::strerror(errno));
  int const on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  int error = 0;
  auto const* to = reinterpret_cast<sockaddr const*>(&address.storage);
  if (::connect(socket, to, address.size) != 0) error = errno;
  if (error == EINPROGRESS) {
    if (auto const waited = wait_for(socket, POLLOUT, deadline, interrupt); !waited) {
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

// A till whose battery is dead cannot say that a certificate of our own CA is from the future.
int pass_over_the_future(int good, X509_STORE_CTX* chain) {
  if (good == 1 || X509_STORE_CTX_get_error(chain) != X509_V_ERR_CERT_NOT_YET_VALID) return good;
  X509_STORE_CTX_set_error(chain, X509_V_OK);
  return 1;
}

}  // namespace

struct ResolvedAddresses {
  std::vector<Address> all;
};

Linked<Addresses> resolve(ServerAddress const& server) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | (server.is_ip() ? AI_NUMERICHOST : 0);
  addrinfo* first = nullptr;
  if (int const code = ::getaddrinfo(server.host.c_str(), server.port.c_str(), &hints, &first);
      code != 0) {
    return failure(LinkFault::no_address, ::gai_strerror(code));
  }
  auto const found = std::make_shared<ResolvedAddresses>();
  for (auto const* entry = first; entry; entry = entry->ai_next) {
    Address address;
    address.family = entry->ai_family;
    address.size = std::min<socklen_t>(entry->ai_addrlen, sizeof address.storage);
    std::memcpy(&address.storage, entry->ai_addr, address.size);
    found->all.push_back(address);
  }
  ::freeaddrinfo(first);
  return Addresses(found);
}

Interrupt::Interrupt() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Interrupt::~Interrupt() { ::close(descriptor_); }

void Interrupt::ring() {
  std::uint64_t const one = 1;
  [[maybe_unused]] auto const wrote = ::write(descriptor_, &one, sizeof one);
}

TlsContext::TlsContext(TlsTrust const& trust)
    : context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
      verifies_(!trust.unverified),
      not_before_(trust.not_before) {
  if (!context_ || SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(context_.get(), ciphers) != 1) {
    throw std::runtime_error("TLS could not be set up: " + openssl_reason());
  }
  SSL_CTX_set_mode(context_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE |
                                       SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                       SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
  if (verifies_) trust_only(context_.get(), trust.ca_pem);
  SSL_CTX_set_verify(context_.get(), verifies_ ? SSL_VERIFY_PEER : SSL_VERIFY_NONE,
                     not_before_ ? pass_over_the_future : nullptr);
}

std::int64_t TlsContext::judged_at_s() const {
  using std::chrono::duration_cast;
  using std::chrono::seconds;
  auto const wall = duration_cast<seconds>(std::chrono::system_clock::now().time_since_epoch());
  auto const since = duration_cast<seconds>(std::chrono::steady_clock::now() - made_at_);
  std::int64_t const least = not_before_ ? not_before_->us / second_us + since.count() : 0;
  return std::max<std::int64_t>(wall.count(), least);
}

TlsContext::TlsContext(TlsTrust const& trust, TlsIdentity const& identity) : TlsContext(trust) {
  identify(context_.get(), identity);
}

Linked<std::unique_ptr<TlsConnection>> TlsConnection::connect(TlsContext const& context,
                                                              ServerAddress const& to,
                                                              Addresses const& addresses,
                                                              Deadline deadline, int interrupt) {
  Linked<int> socket = failure(LinkFault::no_address, "the server's name has no address");
  auto left = addresses ? addresses->all.size() : 0;
  for (std::size_t at = 0; left > 0; ++at, --left) {
    // An address that swallows everything leaves time for the others.
    auto const now = std::chrono::steady_clock::now();
    auto const share = now + (deadline - now) / static_cast<std::int64_t>(left);
    socket = connect_to(addresses->all[at], share, interrupt);
    if (socket) break;
  }
  if (!socket) return socket.error();
  ERR_clear_error();
  SSL* const stream = SSL_new(context.native());
  std::unique_ptr<TlsConnection> connection(new TlsConnection(*socket, stream, interrupt));
  if (!stream || SSL_set_fd(stream, *socket) != 1 ||
      (context.verifies() && !expect_host(stream, to))) {
    return failure(LinkFault::broken, "TLS could not be set up");
  }
  X509_VERIFY_PARAM_set_time(SSL_get0_param(stream), context.judged_at_s());
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
    if (verdict == X509_V_ERR_CERT_HAS_EXPIRED) {
      return failure(LinkFault::untrusted,
                     "the server's certificate has expired, or this device's clock is wrong");
    }
    if (verdict != X509_V_OK) {
      return failure(LinkFault::untrusted, X509_verify_cert_error_string(verdict));
    }
    return waited.error();
  }
}

Linked<void> TlsConnection::wait_after(int result, Deadline deadline) {
  int const error = errno;
  switch (SSL_get_error(stream_, result)) {
    case SSL_ERROR_WANT_READ: return wait_for(socket_, POLLIN, deadline, interrupt_);
    case SSL_ERROR_WANT_WRITE: return wait_for(socket_, POLLOUT, deadline, interrupt_);
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
  std::array<char, 16 * 1024> buffer;
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
