#include "tests/support/kiosk_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "kiosk/link/certificates.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk_tests {

namespace {

using contract::Json;
using CertificateHandle = std::shared_ptr<X509>;

void add_extension(X509* certificate, X509* issuer, int nid, char const* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  if (!extension) throw std::runtime_error("a test certificate could not be made");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate of ten minutes for `key`; `issuer` null: it signs itself as a CA.
CertificateHandle make_certificate(EVP_PKEY* key, char const* name, X509* issuer,
                                   EVP_PKEY* issuer_key) {
  static std::atomic<long> serial = 1;
  CertificateHandle certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 600);
  X509_set_pubkey(certificate.get(), key);
  auto const* common_name = reinterpret_cast<unsigned char const*>(name);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             common_name, -1, -1, 0);
  X509* const signer = issuer ? issuer : certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
  if (issuer) {
    add_extension(certificate.get(), signer, NID_subject_alt_name, "IP:127.0.0.1");
  } else {
    add_extension(certificate.get(), signer, NID_basic_constraints, "critical,CA:TRUE");
  }
  X509_sign(certificate.get(), issuer_key, EVP_sha256());
  return certificate;
}

std::string pem_of(X509* certificate) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  char* first = nullptr;
  auto const size = BIO_get_mem_data(bio, &first);
  std::string pem(first, static_cast<std::size_t>(size));
  BIO_free(bio);
  return pem;
}

Json problem(int status, std::string const& slug) {
  return {{"type", "/problems/" + slug}, {"title", slug}, {"status", status}, {"detail", slug}};
}

}  // namespace

KioskPeer::KioskPeer()
    : ca_key_(crypto::P256PrivateKey::generate()),
      sealing_key_(crypto::P256PrivateKey::generate()) {
  ca_ = make_certificate(ca_key_.native(), "Test door CA", nullptr, ca_key_.native());
  auto const key = crypto::P256PrivateKey::generate();
  auto const certificate = make_certificate(key.native(), "door", ca_.get(), ca_key_.native());
  context_.reset(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_use_certificate(context_.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context_.get(), key.native());
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context_.get()), ca_.get());
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_session_id_context(context_.get(), reinterpret_cast<unsigned char const*>("k"), 1);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 ||
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

std::string KioskPeer::add_card(int child_limit) {
  SystemRandom random;
  auto const code = contract::CardCode::random(random);
  std::lock_guard const hold(mutex_);
  cards_[code.canonical()] = child_limit;
  return code.text();
}

std::vector<SeenRequest> KioskPeer::seen() {
  std::lock_guard const hold(mutex_);
  return seen_;
}

std::size_t KioskPeer::uses() {
  std::lock_guard const hold(mutex_);
  return by_key_.size() - undone_.size();
}

void KioskPeer::accept_connections() {
  while (!stopping_) {
    pollfd entry{listener_, POLLIN, 0};
    if (::poll(&entry, 1, 20) <= 0) continue;
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
  while (!stopping_ && !dark_ && serve_one(stream, bytes)) {
  }
  SSL_free(stream);
  ::close(socket);
}

bool KioskPeer::serve_one(SSL* stream, std::string& bytes) {
  auto const head_end = bytes.find("\r\n\r\n");
  auto const length_at = bytes.find("Content-Length: ");
  std::size_t const length =
      length_at < head_end ? std::stoul(bytes.substr(length_at + 16)) : std::size_t{0};
  if (head_end == std::string::npos || bytes.size() < head_end + 4 + length) {
    char buffer[4096];
    int const got = SSL_read(stream, buffer, sizeof buffer);
    if (got > 0) bytes.append(buffer, static_cast<std::size_t>(got));
    return got > 0 || SSL_get_error(stream, got) == SSL_ERROR_WANT_READ;
  }
  auto const target = bytes.substr(0, bytes.find(" HTTP/1.1"));
  auto const body = bytes.substr(head_end + 4, length);
  bytes.erase(0, head_end + 4 + length);
  {
    X509* const certificate = SSL_get1_peer_certificate(stream);
    std::lock_guard const hold(mutex_);
    seen_.push_back({target, body, certificate != nullptr});
    X509_free(certificate);
  }
  auto const reply = answer(target, body);
  if (target == "POST /door/v1/redemptions" && lose_answer_.exchange(false)) return false;
  auto const message = "HTTP/1.1 " + std::to_string(reply.status) +
                       " X\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
  return SSL_write(stream, message.data(), static_cast<int>(message.size())) > 0;
}

KioskPeer::Answer KioskPeer::answer(std::string const& target, std::string const& body) {
  std::lock_guard const hold(mutex_);
  bool const at_door = target.find(" /door/") != std::string::npos;
  if (at_door && !seen_.back().with_certificate) return {401, problem(401, "not-signed-in").dump()};
  if (at_door && revoked_) return {403, problem(403, "device-revoked").dump()};
  if (target == "GET /door/v1/venue") return venue();
  auto const json = contract::parse_json(body);
  if (!json) return {400, problem(400, "invalid-json").dump()};
  if (target == "POST /api/v1/devices/enrolments") return enrol(*json);
  if (target == "POST /door/v1/checks") return check(*json);
  if (target == "POST /door/v1/redemptions") return redeem(*json);
  if (target.ends_with("/void")) return undo(target);
  return {404, problem(404, "not-found").dump()};
}

KioskPeer::Answer KioskPeer::enrol(Json const& json) {
  if (json.at("code") != enrolment_code) {
    return {422, problem(422, "enrolment-code-invalid").dump()};
  }
  auto const pem = json.at("csr").get<std::string>();
  BIO* const bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509_REQ* const request = PEM_read_bio_X509_REQ(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  if (!request || X509_REQ_verify(request, X509_REQ_get0_pubkey(request)) != 1) {
    return {422, problem(422, "csr-invalid").dump()};
  }
  auto const certificate =
      make_certificate(X509_REQ_get0_pubkey(request), "device", ca_.get(), ca_key_.native());
  X509_REQ_free(request);
  SystemRandom random;
  auto const root = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>()).public_key();
  Json const reply{{"device_id", device_id},
                   {"venue", {{"id", 4}, {"name", "Uimahalli Näsi"}, {"sector", sector_},
                              {"area_id", "PIR"}}},
                   {"certificate", pem_of(certificate.get())},
                   {"door_ca", pem_of(ca_.get())},
                   {"root_key", to_hex(root.raw())},
                   {"sealing_key", to_base64(sealing_key_.public_key().point())},
                   {"device_url", url()},
                   {"server_time", to_rfc3339(SystemClock().now())}};
  return {201, reply.dump()};
}

KioskPeer::Answer KioskPeer::venue() const {
  Json const event{{"id", event_id},
                   {"title", {{"fi", "Pieni merenneito"}, {"sv", "Den lilla sjöjungfrun"},
                              {"en", "The Little Mermaid"}}},
                   {"starts_at", "2026-11-22T16:00:00Z"},
                   {"kind", "admission"},
                   {"quota", 20},
                   {"quota_left", 6}};
  Json const reply{{"venue", {{"id", 4}, {"name", "Uimahalli Näsi"}, {"sector", sector_},
                              {"area_id", "PIR"}}},
                   {"events", Json::array({event})},
                   {"policy", Json::object()},
                   {"server_time", to_rfc3339(SystemClock().now())},
                   {"today", {{"tickets", by_key_.size()}, {"children", 0}}}};
  return {200, reply.dump()};
}

contract::CheckReply KioskPeer::judge(std::string const& card, std::optional<EventId> event,
                                      contract::Tickets const& tickets) const {
  contract::CheckReply reply;
  auto const input = contract::parse_card_input(card);
  auto const code = std::get<contract::CardCode>(*input).canonical();
  auto const known = cards_.find(code);
  if (known == cards_.end()) {
    reply.answer = contract::Answer::unknown_card;
    return reply;
  }
  reply.children_max = known->second;
  reply.tickets_allowed = {.adult = 1, .child = known->second};
  if (tickets.child > known->second) reply.answer = contract::Answer::children_over_limit;
  if (event && tickets.adult > 0 && used_at_event_.contains({code, event->value})) {
    reply.answer = contract::Answer::already_used_here;
    reply.may_override = true;
    reply.used_at = Instant{1'795'362'120'000'000};
  }
  return reply;
}

KioskPeer::Answer KioskPeer::check(Json const& json) {
  auto const request = contract::read_check_request(json);
  if (!request) return {422, contract::problem_document(request.error()).dump()};
  return {200, contract::to_json(judge(request->card, request->event, request->tickets)).dump()};
}

KioskPeer::Answer KioskPeer::redeem(Json const& json) {
  auto const request = contract::read_redemption_request(json);
  if (!request) return {422, contract::problem_document(request.error()).dump()};
  if (auto const stored = by_key_.find(request->idempotency_key); stored != by_key_.end()) {
    return {200, contract::to_json(stored->second).dump()};
  }
  auto const judged = judge(request->card, request->event, request->tickets);
  bool const overruled = request->override && request->override->answer == judged.answer;
  if (judged.answer != contract::Answer::ok && !overruled) {
    auto document = problem(409, "not-admitted");
    document.update(contract::to_json(judged));
    return {409, document.dump()};
  }
  auto const code = std::get<contract::CardCode>(*contract::parse_card_input(request->card));
  if (request->event) used_at_event_.insert({code.canonical(), request->event->value});
  contract::RedemptionReply reply;
  reply.redemption = RedemptionId{static_cast<std::int64_t>(1000 + by_key_.size())};
  reply.tickets = request->tickets;
  reply.receipt_sequence = reply.redemption.value;
  reply.receipt_entry = {1, 2, 3};
  by_key_[request->idempotency_key] = reply;
  return {201, contract::to_json(reply).dump()};
}

KioskPeer::Answer KioskPeer::undo(std::string const& target) {
  auto const from = std::string("POST /door/v1/redemptions/").size();
  auto const id = std::stoll(target.substr(from));
  if (!undone_.insert(id).second) return {409, problem(409, "already-undone").dump()};
  return {200, Json{{"redemption_id", id}, {"undone", true}}.dump()};
}

}  // namespace kaiku::kiosk_tests
