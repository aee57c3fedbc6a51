// A sync with everything under it but a network: a clock in the hand, and a server that is a map
// from calls to answers.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kiosk/sync/sync.hpp"
#include "tests/support/kiosk_peer_certificates.hpp"
#include "tests/unit/kiosk/door_fixture.hpp"

namespace kaiku::kiosk_tests {

using kiosk::HttpAnswer;
using kiosk::Linked;
using kiosk::LinkFault;
using nlohmann::json;

// Answers by path; takes a journal in as a server does. Each exchange takes `round_trip_us`.
class SmallServer final : public kiosk::DoorLink {
 public:
  explicit SmallServer(HandClock& clock) : clock_(clock) {}

  Linked<HttpAnswer> request(kiosk::HttpQuestion const& question,
                             std::chrono::milliseconds time) override {
    auto const& path = question.path;
    seen.emplace_back(path);
    if (!question.said.empty()) said.emplace_back(question.said);
    clock_.pass(cut ? time.count() * 1'000 : round_trip_us);
    if (cut) return kiosk::LinkFailure{LinkFault::timed_out, "no answer in time", true};
    auto const route = std::string(path.substr(0, path.find('?')));
    if (meanwhile) meanwhile(route);
    if (auto const found = refusals.find(route); found != refusals.end()) {
      auto answer = found->second;
      if (once.erase(route) > 0) refusals.erase(found);
      return answer;
    }
    if (question.method == "POST" && route == "/door/v1/journal") {
      return take_in(json::parse(question.body));
    }
    if (auto const found = answers.find(route); found != answers.end()) return found->second();
    return HttpAnswer{404, "{}", {}, {}, true};
  }

  void refuse(std::string const& route, int status, std::string const& slug,
              std::optional<int> retry_after_s = std::nullopt) {
    refusals[route] = {status, R"({"type":"/problems/)" + slug + R"("})", {}, retry_after_s, true};
  }
  std::size_t count(std::string_view route) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        seen, [&](auto const& path) { return std::string_view(path).starts_with(route); }));
  }

  std::map<std::string, std::function<HttpAnswer()>> answers;
  std::map<std::string, HttpAnswer> refusals;
  std::set<std::string> once;
  std::vector<std::string> seen;
  std::vector<std::string> said;  // of the device, beside its questions
  std::vector<std::size_t> batches;
  std::map<std::int64_t, contract::EntryStanding> standings;  // else stored
  std::set<std::int64_t> poison;                              // an upload with one of these is 422
  std::function<void(std::string const& route)> meanwhile;    // while the answer is on its way
  bool confused = false;                                      // its receipts are for other entries
  std::int64_t resume_after_us = 0;                           // told when entries have to wait
  std::function<std::string()> journal;                       // Kaiku-Journal, where it is sent
  std::int64_t taken_to = 0;                                  // the highest number that came
  bool cut = false;
  std::int64_t round_trip_us = 0;
  std::optional<crypto::P256PublicKey> device_key;

 private:
  HttpAnswer take_in(json const& body) {
    auto const upload = contract::read_journal_upload(body).value();
    contract::JournalReply reply;
    for (auto const& uploaded : upload) {
      auto const entry = contract::verify_journal_entry(uploaded.signed_entry, *device_key).value();
      if (poison.contains(entry.sequence)) {
        return {422, R"({"type":"/problems/validation-failed"})", {}, {}, true};
      }
      contract::EntryReceipt receipt;
      receipt.sequence = entry.sequence;
      receipt.hash = crypto::sha256(contract::encode(entry));
      if (confused) receipt.hash[0] ^= 1;
      auto const told = standings.find(entry.sequence);
      if (told != standings.end()) receipt.standing = told->second;
      reply.entries.push_back(receipt);
    }
    batches.push_back(upload.size());
    for (auto const& receipt : reply.entries) taken_to = std::max(taken_to, receipt.sequence);
    reply.contiguous_to = taken_to;
    reply.server_time = clock_.now();
    if (resume_after_us > 0) reply.resume_at = reply.server_time + resume_after_us;
    return {200, contract::to_json(reply).dump(), {}, {}, true};
  }

  HandClock& clock_;
};

class SyncTest : public ::testing::Test {
 protected:
  static constexpr char const* venue_route = "/door/v1/snapshot/venue";
  static constexpr char const* cards_route = "/door/v1/snapshot/cards";
  static constexpr char const* journal_route = "/door/v1/journal";
  static constexpr char const* renewal_route = "/door/v1/certificates";
  static constexpr std::int64_t day_s = 24 * 3600;

  SyncTest() {
    server_.device_key = key_.public_key();
    server_.answers[venue_route] = [this] {
      maker_.venue.issued_at = hand_.now() + server_ahead_us;
      auto answer = bytes(maker_.signed_venue());
      if (server_.journal) answer.journal = server_.journal();
      return answer;
    };
    server_.answers[cards_route] = [this] {
      if (deltas.empty()) {
        bool const asked_for_a_delta = server_.seen.back().find("since=") != std::string::npos;
        return asked_for_a_delta ? HttpAnswer{304, "", {}, {}, true} : bytes(maker_.signed_cards());
      }
      auto answer = bytes(deltas.front());
      deltas.erase(deltas.begin());
      return answer;
    };
    // Certificates live by the machine's clock, so the hand clock starts there.
    hand_.wall = SystemClock().now();
    certificate_ = device_certificate(30 * day_s);
    start();
  }
  void start() {
    sync_ = std::make_unique<kiosk::Sync>(
        kiosk::SyncParts{database_, journal_, snapshots_, door_server_, contact_, clock_, key_,
                         DeviceId{7}, pem_of(ca_.get()),
                         [this](std::string const& pem) { used_certificates.push_back(pem); },
                         [this](std::string const&) { return new_certificate_works; }},
        certificate_);
  }
  static HttpAnswer bytes(Bytes const& part) {
    return {200, std::string(text_of(part)), {}, {}, true};
  }
  std::string device_certificate(std::int64_t life_s) {
    auto const made = make_certificate(key_.public_key(), "device", {ca_.get(), ca_key_}, life_s);
    return pem_of(made.get());
  }
  void answer_renewals_with(std::string const& pem) {
    server_.answers[renewal_route] = [this, pem] {
      json const body{{"certificate", pem}, {"server_time", to_rfc3339(hand_.now())}};
      return HttpAnswer{201, body.dump(), {}, {}, true};
    };
  }
  // So many uses, two entries each.
  void give(int uses) {
    for (int given = 0; given < uses; ++given) {
      contract::Attempt attempt;
      attempt.tickets = {.adult = 1};
      auto const sequence = journal_.append_attempt(clock_.stamp(1), attempt, "X");
      contract::Outcome outcome;
      outcome.of = sequence;
      outcome.answer = contract::Answer::ok;
      outcome.offline = true;
      journal_.append_outcome(clock_.stamp(1), outcome, false);
    }
  }
  // Rests as it is told, until the condition holds or so long has gone by.
  bool goes_on_until(std::function<bool()> const& condition, std::int64_t at_most_us) {
    auto const until = hand_.monotonic + at_most_us;
    while (!condition()) {
      auto const rest_us = sync_->step();
      if (condition()) return true;
      if (hand_.monotonic + rest_us > until) return false;
      hand_.pass(std::max<std::int64_t>(rest_us, 1'000));
    }
    return true;
  }
  bool new_certificate_works = true;

  std::vector<kiosk::StoredEntry> stored() {
    std::vector<kiosk::StoredEntry> entries;
    journal_.each([&](kiosk::StoredEntry const& entry) { entries.push_back(entry); });
    return entries;
  }

  test::TemporaryFolder folder_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  crypto::P256PrivateKey server_key_ = crypto::P256PrivateKey::generate();
  crypto::P256PrivateKey ca_key_ = crypto::P256PrivateKey::generate();
  CertificateHandle ca_ = make_ca(ca_key_);
  std::string certificate_;
  HandClock hand_;
  SmallServer server_{hand_};
  SnapshotMaker maker_;
  std::vector<Bytes> deltas;
  std::vector<std::string> used_certificates;
  std::int64_t server_ahead_us = 0;
  kiosk::Database database_{folder_.file("kiosk.db"), kiosk::Database::Mode::read_write};
  kiosk::Journal journal_{database_, DeviceId{7}, key_, server_key_.public_key()};
  kiosk::DoorServer door_server_{server_, VenueId{40}, kiosk::sync_patience};
  kiosk::KioskClock clock_{hand_, 0};
  kiosk::SnapshotStore snapshots_{maker_.root_key.public_key()};
  kiosk::Contact contact_;
  std::unique_ptr<kiosk::Sync> sync_;
};

}  // namespace kaiku::kiosk_tests
