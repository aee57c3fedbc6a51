// A folder with its journal, and entries as tests write them.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdlib>
#include <filesystem>

#include "kiosk/device/store.hpp"
#include "kiosk/journal/journal.hpp"

namespace kaiku::kiosk {

class KioskJournal : public ::testing::Test {
 protected:
  KioskJournal() {
    char pattern[] = "/tmp/kaiku-kiosk-test-XXXXXX";
    folder_.directory = ::mkdtemp(pattern);
  }
  ~KioskJournal() override { std::filesystem::remove_all(folder_.directory); }

  Database open() { return Database(folder_.database(), Database::Mode::read_write); }
  Journal journal(Database& database) {
    return Journal(database, DeviceId{7}, key_, server_key_.public_key());
  }
  Stamp at(std::int64_t second) const { return {Instant{second * second_us}, 5, 0}; }
  contract::Outcome ok(std::int64_t of, std::int64_t redemption) const {
    contract::Outcome outcome;
    outcome.of = of;
    outcome.answer = contract::Answer::ok;
    outcome.redemption = RedemptionId{redemption};
    return outcome;
  }
  contract::Attempt attempt() const {
    contract::Attempt attempt;
    attempt.tickets.adult = 1;
    return attempt;
  }
  // Given without the server: no redemption is known.
  contract::Outcome offline(std::int64_t of, contract::Answer answer) const {
    contract::Outcome outcome;
    outcome.of = of;
    outcome.answer = answer;
    outcome.offline = true;
    return outcome;
  }
  StoredEntry stored(Journal& entries, std::int64_t sequence) const {
    StoredEntry found;
    entries.each([&](StoredEntry const& entry) {
      if (entry.sequence == sequence) found = entry;
    });
    return found;
  }
  // Changes the file behind the journal's back, triggers and all.
  void tamper(char const* sql) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw,
                           "DROP TRIGGER journal_keeps_rows; DROP TRIGGER journal_keeps_words;"
                           "DROP TRIGGER journal_keeps_signature; DROP TRIGGER journal_keeps_card",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
    sqlite3_close(raw);
  }
  void write_three(Database& database) {
    auto entries = journal(database);
    auto const first = entries.append_attempt(at(100), attempt(), "ABCD-EFGH-JKMN");
    entries.append_outcome(at(101), ok(first, 900), true);
    entries.append_undo(at(102), {first, "mistake"});
  }

  Folder folder_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  crypto::P256PrivateKey server_key_ = crypto::P256PrivateKey::generate();
};

}  // namespace kaiku::kiosk
