// A pool with a door device and its journal, for tests of what the server takes in.
#pragma once

#include <algorithm>
#include <map>

#include "tests/support/journal_maker.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {

// A use as the register has it.
struct KnownUse {
  std::string verdict;  // "none" when it was decided at once
  bool undone = false;
  bool operator==(KnownUse const&) const = default;
};
inline void PrintTo(KnownUse const& use, std::ostream* out) {
  *out << use.verdict << (use.undone ? ", undone" : "");
}

class JournalTest : public ServerTest {
 protected:
  using Uploads = std::vector<contract::UploadedEntry>;

  JournalTest() : device_(enrol(net.pool_enrolment, "kiosk")), journal_(journal_for(device_)) {}

  JournalMaker journal_for(Device const& device) {
    JournalMaker maker(device.key, device.id, app().services().keys.sealing.public_key());
    maker.now = clock().now();
    return maker;
  }
  // The server's time and the kiosk's go on together.
  void pass(std::int64_t us) {
    advance(us);
    journal_.now = journal_.now + us;
  }

  Reply upload(Uploads const& entries) {
    return on_device_listener(device_, "POST", "/door/v1/journal", contract::to_json(entries));
  }
  Reply upload_all() { return upload(journal_.entries()); }
  Uploads pick(std::vector<std::int64_t> const& sequences) const {
    Uploads picked;
    for (auto const sequence : sequences) picked.push_back(journal_.entry(sequence));
    return picked;
  }
  static contract::JournalReply receipts(Reply const& reply) {
    EXPECT_EQ(reply.status, 200) << reply;
    auto const read = contract::read_journal_reply(reply.body);
    return read ? *read : contract::JournalReply{};
  }
  static std::vector<std::string> standings(Reply const& reply) {
    std::vector<std::string> words;
    for (auto const& entry : receipts(reply).entries) {
      words.emplace_back(contract::word_of(entry.standing));
    }
    return words;
  }
  // The verdict of one use given offline now and uploaded at once.
  std::string verdict_of(std::string const& card, contract::Attempt what = asking()) {
    auto const attempt = journal_.give(card, std::move(what));
    auto const reply = receipts(upload(pick({attempt, attempt + 1})));
    if (reply.entries.empty()) return "refused";
    EXPECT_TRUE(reply.entries[0].redemption);
    return reply.entries[0].verdict.value_or("none");
  }

  // Uses of the device by their keys.
  std::map<std::string, KnownUse> uses() {
    std::map<std::string, KnownUse> found;
    write([&](ledger::WriteTx& tx) {
      auto query = tx.prepare(
          "SELECT idempotency_key, COALESCE(verdict, 'none'), undone_seq IS NOT NULL"
          " FROM redemption WHERE actor = ?1");
      query.with(domain::Actor{domain::ActorKind::device, device_.id.value}.packed());
      while (query.step()) {
        found[std::string(query.text(0))] = {std::string(query.text(1)), query.integer(2) != 0};
      }
    });
    return found;
  }
  std::int64_t rows(std::string_view sql) {
    std::int64_t count = 0;
    write([&](ledger::WriteTx& tx) {
      auto query = tx.prepare(sql);
      query.step();
      count = query.integer(0);
    });
    return count;
  }
  Json redemption(std::int64_t attempt, std::string const& card,
                  Json const& more = Json::object()) {
    auto body = ticket(card, net.pool, more);
    body["idempotency_key"] = journal_.key_of(attempt);
    auto const hash = journal_.hash_of(attempt);
    if (hash && !more.contains("attempt_hash")) body["attempt_hash"] = to_hex(*hash);
    return body;
  }
  Reply redeem_at_door(std::int64_t attempt, std::string const& card,
                       Json const& more = Json::object()) {
    return on_device_listener(device_, "POST", "/door/v1/redemptions",
                              redemption(attempt, card, more));
  }
  std::string device_path() const { return "/api/v1/devices/" + std::to_string(device_.id.value); }
  Json told_of_device() { return get(as("coordinator"), device_path()).body; }
  void revoke() {
    ASSERT_EQ(post(as("coordinator"), device_path() + "/revocations", Json::object()).status, 200);
  }
  void change_card(std::string const& code, std::string const& what, Json const& body) {
    auto const reply = post(as("worker"), "/api/v1/cards/" + code + "/" + what, body);
    ASSERT_EQ(reply.status, 200) << reply;
  }
  void change(std::string const& path, Json const& body, std::string const& etag_of = "") {
    auto const etag = get(as("admin"), etag_of.empty() ? path : etag_of).header("etag");
    auto const reply = patch(as("admin"), path, body, etag);
    ASSERT_EQ(reply.status, 200) << reply;
  }
  std::string pool_path() const { return "/api/v1/venues/" + std::to_string(net.pool.value); }

  Device device_;
  JournalMaker journal_;
};

}  // namespace kaiku::test
