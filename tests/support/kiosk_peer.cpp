// The peer's connections: who is listened to, and what becomes of the answers.
#include "tests/support/kiosk_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>

#include "kiosk/link/certificates.hpp"
#include "tests/support/kiosk_peer_certificates.hpp"

namespace kaiku::kiosk_tests {

namespace {

std::string said_in(std::string_view head) {
  constexpr std::string_view name = "\r\nKaiku-Door: ";
  auto const at = head.find(name);
  if (at == std::string_view::npos) return {};
  auto const value = head.substr(at + name.size());
  return std::string(value.substr(0, value.find("\r\n")));
}

crypto::Ed25519PrivateKey fresh_key() {
  SystemRandom random;
  return crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
}

contract::RowKey fresh_row_key() {
  SystemRandom random;
  return {1, random.bytes<32>(), random.bytes<16>(), {1, {2, 1, 1}}};
}

// Whom we sign for may come with an expired certificate: what it may do then is decided above TLS.
int take_the_expired(int good, X509_STORE_CTX* chain) {
  if (X509_STORE_CTX_get_error(chain) != X509_V_ERR_CERT_HAS_EXPIRED) return good;
  X509_STORE_CTX_set_error(chain, X509_V_OK);
  return 1;
}

void rest_ms(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

}  // namespace

KioskPeer::KioskPeer()
    : ca_key_(crypto::P256PrivateKey::generate()),
      sealing_key_(crypto::P256PrivateKey::generate()),
      root_(fresh_key()),
      snapshot_key_(fresh_key()),
      wrong_key_(fresh_key()),
      card_key_(fresh_key()),
      row_key_(fresh_row_key()) {
  // A kiosk that is killed leaves a connection that nobody reads.
  std::signal(SIGPIPE, SIG_IGN);
  ca_ = make_ca(ca_key_);
  auto const key = crypto::P256PrivateKey::generate();
  auto const certificate =
      make_certificate(key.public_key(), "door", {ca_.get(), ca_key_}, month_s);
  context_.reset(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_use_certificate(context_.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context_.get(), key.native());
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), ca_.get());
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, take_the_expired);
  SSL_CTX_set_session_id_context(context_.get(), reinterpret_cast<unsigned char const*>("k"), 1);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no loopback port");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_connections(); });
}

KioskPeer::~KioskPeer() {
  stopping_ = true;
  thread_.join();
  for (auto& connection : connections_) connection.join();
  ::close(listener_);
}

std::string KioskPeer::ca_pem() const { return pem_of(ca_.get()); }

std::string KioskPeer::ca_fingerprint() const {
  return kiosk::read_certificate(ca_pem())->fingerprint;
}

void KioskPeer::lose_answers(std::string const& target, int count) {
  std::lock_guard const hold(mutex_);
  lost_answers_[target] = count;
}

void KioskPeer::fail_with(int status, std::string const& slug) {
  std::lock_guard const hold(mutex_);
  fail_status_ = status;
  fail_slug_ = slug;
}

std::vector<SeenRequest> KioskPeer::seen() {
  std::lock_guard const hold(mutex_);
  return seen_;
}

std::size_t KioskPeer::count(std::string const& target) {
  std::lock_guard const hold(mutex_);
  return static_cast<std::size_t>(std::ranges::count(seen_, target, &SeenRequest::target));
}

void KioskPeer::accept_connections() {
  while (!stopping_) {
    pollfd entry{listener_, POLLIN, 0};
    // A silent server's system still takes connections, for a while.
    if (silent_) rest_ms(5);
    if (silent_ || ::poll(&entry, 1, 20) <= 0) continue;
    int const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    if (dark_) {
      ::close(socket);
      continue;
    }
    connections_.emplace_back([this, socket] { serve(socket); });
  }
}

void KioskPeer::serve(int socket) {
  timeval const patience{0, 20'000};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  SSL* const stream = SSL_new(context_.get());
  SSL_set_fd(stream, socket);
  SSL_set_accept_state(stream);
  std::string bytes;
  while (!stopping_ && !dark_) {
    if (silent_)
      rest_ms(5);
    else if (!serve_one(stream, bytes))
      break;
  }
  SSL_free(stream);
  ::close(socket);
}

KioskPeer::Caller KioskPeer::caller_of(SSL* stream) const {
  X509* const certificate = SSL_get1_peer_certificate(stream);
  Caller const caller{certificate != nullptr, certificate && has_expired(certificate)};
  X509_free(certificate);
  return caller;
}

bool KioskPeer::loses_answer(std::string const& target) {
  std::lock_guard const hold(mutex_);
  auto const found = lost_answers_.find(target);
  return found != lost_answers_.end() && found->second > 0 && found->second-- > 0;
}

bool KioskPeer::serve_one(SSL* stream, std::string& bytes) {
  auto const head_end = bytes.find("\r\n\r\n");
  auto const length_at = bytes.find("Content-Length: ");
  std::size_t const length =
      length_at < head_end ? std::stoul(bytes.substr(length_at + 16)) : std::size_t{0};
  if (head_end == std::string::npos || bytes.size() < head_end + 4 + length) {
    char buffer[16 * 1024];
    int const got = SSL_read(stream, buffer, sizeof buffer);
    if (got > 0) bytes.append(buffer, static_cast<std::size_t>(got));
    return got > 0 || SSL_get_error(stream, got) == SSL_ERROR_WANT_READ;
  }
  auto const target = bytes.substr(0, bytes.find(" HTTP/1.1"));
  auto const body = bytes.substr(head_end + 4, length);
  auto const said = said_in(std::string_view(bytes).substr(0, head_end));
  bytes.erase(0, head_end + 4 + length);
  auto const caller = caller_of(stream);
  {
    std::lock_guard const hold(mutex_);
    seen_.push_back({target, body, caller.with_certificate, said});
  }
  auto const reply = answer(target, body, caller);
  for (int waited = 0; waited < delay_ms_ && !stopping_; waited += 5) rest_ms(5);
  while (silent_ && !stopping_) rest_ms(5);
  if (loses_answer(target)) return false;
  auto const message = "HTTP/1.1 " + std::to_string(reply.status) +
                       " X\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
  return SSL_write(stream, message.data(), static_cast<int>(message.size())) > 0;
}

}  // namespace kaiku::kiosk_tests
