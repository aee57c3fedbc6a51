// A small door server for tests of the kiosk: real TLS on loopback, a register of a few cards, its
// snapshot and its books of journals, and switches for what goes wrong between the two. Keys and
// certificates are made afresh in each process.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "schema/contract/journal_entry.hpp"
#include "schema/contract/journal_upload.hpp"
#include "schema/contract/messages.hpp"
#include "schema/contract/row_hash.hpp"
#include "schema/contract/venue_snapshot.hpp"
#include "schema/crypto/crypto.hpp"

struct ssl_ctx_st;
struct ssl_st;
struct x509_st;

namespace kaiku::kiosk_tests {

struct SeenRequest {
  std::string target;  // "POST /door/v1/checks"
  std::string body;
  bool with_certificate = false;
  std::string said = {};  // Kaiku-Door, as it stands
};

// One journal entry as the peer keeps it.
struct BookedEntry {
  Digest hash{};
  contract::JournalEntry entry;
  std::string card;  // opened; empty when no sealed card came with it
  int times = 0;     // how often it came
};

class KioskPeer {
 public:
  static constexpr char const* enrolment_code = "AAAABBBBCCCCDDDD";
  static constexpr std::int64_t event_id = 77;
  static constexpr std::int64_t device_id = 7000;
  static constexpr std::int64_t month_s = 30 * 24 * 3600;

  KioskPeer();
  ~KioskPeer();
  KioskPeer(KioskPeer const&) = delete;
  KioskPeer& operator=(KioskPeer const&) = delete;

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  std::string ca_pem() const;
  std::string ca_fingerprint() const;

  // A fresh valid card's code; it is in the next snapshot.
  std::string add_card(int child_limit);
  // As add_card, but no snapshot has it: registered a moment ago.
  std::string add_unpublished_card(int child_limit);
  // Blocked, replaced …: online at once, offline with the next snapshot.
  void set_state(std::string const& code, contract::StoredState state);
  // A genuine QR text of a card, known to the register or not.
  std::string qr_of(std::string const& code) const;
  void set_sector(std::string sector);
  // Another door has used the card at the event.
  void use_elsewhere(std::string const& code);

  // What goes wrong. All may be switched at any time.
  // The next redemption is recorded and its answer lost.
  void lose_next_answer() { lose_answers("POST /door/v1/redemptions", 1); }
  // So many requests to this target are carried out and their answers lost.
  void lose_answers(std::string const& target, int count);
  // Every connection is closed at once, and so are new ones.
  void go_dark(bool dark) { dark_ = dark; }
  // A silent cut: connections stay open and nothing is ever answered, new ones neither. What was
  // sent meanwhile is read when it ends.
  void go_silent(bool silent) { silent_ = silent; }
  void revoke() { revoked_ = true; }
  void unrevoke() { revoked_ = false; }
  void answer_after(int milliseconds) { delay_ms_ = milliseconds; }
  // Every call of a door is answered so; status 0 ends it.
  void fail_with(int status, std::string const& slug);
  void set_clock_offset(std::int64_t us) { clock_offset_us_ = us; }
  void sign_snapshots_wrongly(bool wrongly) { wrong_signature_ = wrongly; }
  void set_key_list_version(std::int64_t version) { key_list_version_ = version; }
  // Takes every certificate for an expired one.
  void expire_all(bool expired) { all_expired_ = expired; }
  // Of certificates made from now on, from now, seconds; negative: it has expired already.
  void set_certificate_life(std::int64_t seconds) { certificate_life_s_ = seconds; }
  void refuse_entry(std::int64_t sequence);
  // The peer has another entry of this number.
  void fork_at(std::int64_t sequence);
  void confuse_receipts(bool confused) { confused_receipts_ = confused; }

  std::vector<SeenRequest> seen();
  std::size_t count(std::string const& target);  // requests of this target
  // Recorded and not undone, each once, whichever way it came.
  std::size_t uses();
  // By idempotency key, the number of ways in which a use came: online 1, by journal 1.
  std::map<std::string, int> use_keys();
  std::map<std::int64_t, BookedEntry> journal();
  std::size_t quarantined();
  crypto::P256PrivateKey const& sealing_key() const { return sealing_key_; }

 private:
  struct Answer {
    int status;
    std::string body;
  };
  struct Card {
    int child_limit = 0;
    contract::StoredState state = contract::StoredState::registered;
    contract::RowHash row = 0;
    std::int64_t changed_at = 0;  // the register's sequence; 0: in no snapshot
    bool used_elsewhere = false;
  };
  struct Caller {
    bool with_certificate = false;
    bool expired = false;
  };
  void accept_connections();
  void serve(int socket);
  bool serve_one(ssl_st* stream, std::string& bytes);
  Caller caller_of(ssl_st* stream) const;
  bool loses_answer(std::string const& target);
  Answer answer(std::string const& target, std::string const& body, Caller const& caller);
  Answer answer_door(std::string const& target, std::string const& body);
  Answer enrol(contract::Json const& json);
  Answer certify(contract::Json const& json);
  Answer check(contract::Json const& json);
  Answer redeem(contract::Json const& json);
  Answer undo(std::string const& target);
  Answer venue_part();
  Answer cards_part(std::string const& query);
  Answer take_in(contract::Json const& json);
  contract::EntryReceipt take_in(contract::UploadedEntry const& uploaded);
  void book(contract::JournalEntry const& entry, ByteView sealed_card);
  Bytes signed_key_list() const;
  crypto::Ed25519PrivateKey const& snapshot_key() const;
  contract::CheckReply judge(std::string const& card, std::optional<EventId> event,
                             contract::Tickets const& tickets) const;
  std::string add(int child_limit, bool published);
  bool is_settled(std::string const& key) const;  // the door's own outcome is here
  std::map<std::string, int> counted_uses() const;
  Instant now() const;

  crypto::P256PrivateKey ca_key_;
  crypto::P256PrivateKey sealing_key_;
  crypto::Ed25519PrivateKey root_;
  crypto::Ed25519PrivateKey snapshot_key_;
  crypto::Ed25519PrivateKey wrong_key_;
  crypto::Ed25519PrivateKey card_key_;
  std::optional<crypto::P256PublicKey> device_key_;
  contract::RowKey row_key_;
  std::shared_ptr<x509_st> ca_;
  std::shared_ptr<ssl_ctx_st> context_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> dark_ = false;
  std::atomic<bool> silent_ = false;
  std::atomic<bool> revoked_ = false;
  std::atomic<bool> all_expired_ = false;
  std::atomic<bool> wrong_signature_ = false;
  std::atomic<bool> confused_receipts_ = false;
  std::atomic<int> delay_ms_ = 0;
  std::atomic<std::int64_t> clock_offset_us_ = 0;
  std::atomic<std::int64_t> key_list_version_ = 1;
  std::atomic<std::int64_t> certificate_life_s_ = month_s;
  std::string sector_ = "sport";
  std::mutex mutex_;
  int fail_status_ = 0;
  std::string fail_slug_;
  std::map<std::string, int> lost_answers_;  // target → how many more
  std::int64_t sequence_ = 1;                // of the register
  std::map<std::string, Card> cards_;        // canonical code → card
  std::map<std::string, contract::RedemptionReply> by_key_;
  std::set<std::pair<std::string, std::int64_t>> used_at_event_;
  std::set<std::string> undone_;  // keys
  std::map<std::int64_t, BookedEntry> journal_;
  std::map<std::int64_t, Bytes> quarantine_;
  std::set<std::int64_t> refused_;
  std::set<std::int64_t> forked_;
  std::vector<SeenRequest> seen_;
  std::vector<std::thread> connections_;
  std::thread thread_;
};

}  // namespace kaiku::kiosk_tests
