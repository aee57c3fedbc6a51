// A small door server for tests of the kiosk: real TLS on loopback, a register of a few cards, and
// switches for what goes wrong between the two. Certificates are made afresh in each process.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "schema/contract/crypto.hpp"
#include "schema/contract/messages.hpp"

struct ssl_ctx_st;
struct ssl_st;
struct x509_st;

namespace kaiku::kiosk_tests {

struct SeenRequest {
  std::string target;  // "POST /door/v1/checks"
  std::string body;
  bool with_certificate = false;
};

class KioskPeer {
 public:
  static constexpr char const* enrolment_code = "AAAABBBBCCCCDDDD";
  static constexpr std::int64_t event_id = 77;
  static constexpr std::int64_t device_id = 7000;

  KioskPeer();
  ~KioskPeer();
  KioskPeer(KioskPeer const&) = delete;
  KioskPeer& operator=(KioskPeer const&) = delete;

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  std::string ca_pem() const;
  std::string ca_fingerprint() const;

  // A fresh valid card code.
  std::string add_card(int child_limit);
  void set_sector(std::string sector) { sector_ = std::move(sector); }
  // The next redemption is recorded and its answer lost.
  void lose_next_answer() { lose_answer_ = true; }
  // Every connection is closed at once, and so are new ones.
  void go_dark(bool dark) { dark_ = dark; }
  void revoke() { revoked_ = true; }

  std::vector<SeenRequest> seen();
  std::size_t uses();  // recorded and not undone
  crypto::P256PrivateKey const& sealing_key() const { return sealing_key_; }

 private:
  struct Answer {
    int status;
    std::string body;
  };
  void accept_connections();
  void serve(int socket);
  bool serve_one(ssl_st* stream, std::string& bytes);
  Answer answer(std::string const& target, std::string const& body);
  Answer enrol(contract::Json const& json);
  Answer check(contract::Json const& json);
  Answer redeem(contract::Json const& json);
  Answer undo(std::string const& target);
  Answer venue() const;
  contract::CheckReply judge(std::string const& card, std::optional<EventId> event,
                             contract::Tickets const& tickets) const;

  crypto::P256PrivateKey ca_key_;
  crypto::P256PrivateKey sealing_key_;
  std::shared_ptr<x509_st> ca_;
  std::shared_ptr<ssl_ctx_st> context_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> dark_ = false;
  std::atomic<bool> lose_answer_ = false;
  std::atomic<bool> revoked_ = false;
  std::string sector_ = "sport";
  std::mutex mutex_;
  std::map<std::string, int> cards_;  // canonical code → child limit
  std::map<std::string, contract::RedemptionReply> by_key_;
  std::set<std::pair<std::string, std::int64_t>> used_at_event_;
  std::set<std::int64_t> undone_;
  std::vector<SeenRequest> seen_;
  std::vector<std::thread> connections_;
  std::thread thread_;
};

}  // namespace kaiku::kiosk_tests
