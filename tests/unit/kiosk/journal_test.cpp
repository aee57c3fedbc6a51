#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "kiosk/journal/journal.hpp"
#include "kiosk/journal/store.hpp"

namespace kaiku::kiosk {
namespace {

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
  contract::Attempt attempt() const { return {{}, {}, {}, {.adult = 1}, {}}; }
  // Changes the file behind the journal's back, triggers and all.
  void tamper(char const* sql) {
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw,
                           "DROP TRIGGER journal_keeps_rows; DROP TRIGGER journal_keeps_words;"
                           "DROP TRIGGER journal_keeps_signature",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
    sqlite3_close(raw);
  }
  void write_three(Database& database) {
    auto entries = journal(database);
    auto const first = entries.append_attempt(at(100), attempt(), "ABCDE-FGHJK");
    entries.append_outcome(at(101), ok(first, 900), true);
    entries.append_undo(at(102), {first, "mistake"});
  }

  Folder folder_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  crypto::P256PrivateKey server_key_ = crypto::P256PrivateKey::generate();
};

TEST_F(KioskJournal, chains_entries_without_gaps_and_signs_each) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  EXPECT_EQ(entries.head().sequence, 3);
  EXPECT_EQ(entries.first_fault(), std::nullopt);
  Digest previous{};
  entries.each([&](StoredEntry const& stored) {
    auto const entry = contract::verify_journal_entry(stored.signed_entry, key_.public_key());
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->previous, previous);
    EXPECT_EQ(entry->device, DeviceId{7});
    EXPECT_EQ(entry->clock_difference_us, 5);
    previous = crypto::sha256(contract::encode(*entry));
    EXPECT_EQ(previous, stored.hash);
  });
}

TEST_F(KioskJournal, is_synchronous_full_and_deletes_securely) {
  auto database = open();
  auto synchronous = database.prepare("PRAGMA synchronous");
  ASSERT_TRUE(synchronous.step());
  EXPECT_EQ(synchronous.integer(0), 2);
  auto secure_delete = database.prepare("PRAGMA secure_delete");
  ASSERT_TRUE(secure_delete.step());
  EXPECT_EQ(secure_delete.integer(0), 1);
  auto mode = database.prepare("PRAGMA journal_mode");
  ASSERT_TRUE(mode.step());
  EXPECT_EQ(mode.text(0), "wal");
}

TEST_F(KioskJournal, seals_the_card_so_that_only_the_server_reads_it) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  entries.each([&](StoredEntry const& stored) {
    auto const entry = contract::verify_journal_entry(stored.signed_entry, key_.public_key());
    auto const* opened = std::get_if<contract::Attempt>(&entry->what);
    if (!opened) return;
    auto const card =
        crypto::open_sealed(server_key_, bytes_of("d:7:1"), opened->sealed_card);
    ASSERT_TRUE(card.has_value());
    EXPECT_EQ(text_of(*card), "ABCDE-FGHJK");
    EXPECT_FALSE(crypto::open_sealed(server_key_, bytes_of("d:7:2"), opened->sealed_card));
    EXPECT_FALSE(crypto::open_sealed(key_, bytes_of("d:7:1"), opened->sealed_card));
    EXPECT_EQ(text_of(stored.signed_entry).find("ABCDE"), std::string_view::npos);
  });
}

TEST_F(KioskJournal, goes_on_after_a_restart_where_it_was) {
  {
    auto database = open();
    write_three(database);
  }
  auto database = open();
  auto entries = journal(database);
  EXPECT_EQ(entries.append_attempt(at(103), attempt(), "x"), 4);
  EXPECT_EQ(entries.first_fault(), std::nullopt);
}

TEST_F(KioskJournal, closes_at_restart_exactly_the_attempts_that_were_open) {
  {
    auto database = open();
    write_three(database);
    journal(database).append_attempt(at(103), attempt(), "x");
  }
  auto database = open();
  auto entries = journal(database);
  EXPECT_EQ(entries.close_open_attempts(at(200)), 1);
  EXPECT_EQ(entries.close_open_attempts(at(201)), 0);
  EXPECT_EQ(entries.head().sequence, 5);
  entries.each([&](StoredEntry const& stored) {
    if (stored.sequence != 5) return;
    auto const entry = contract::verify_journal_entry(stored.signed_entry, key_.public_key());
    auto const& outcome = std::get<contract::Outcome>(entry->what);
    EXPECT_EQ(outcome.of, 4);
    EXPECT_EQ(outcome.answer, std::nullopt);
  });
}

TEST_F(KioskJournal, counts_what_the_server_has_not_heard_of) {
  auto database = open();
  auto entries = journal(database);
  auto const first = entries.append_attempt(at(100), attempt(), "x");
  EXPECT_EQ(entries.queue(), 1);
  entries.append_outcome(at(101), ok(first, 900), true);
  EXPECT_EQ(entries.queue(), 0);
  auto const undo = entries.append_undo(at(102), {first, "mistake"});
  EXPECT_EQ(entries.queue(), 1);
  ASSERT_EQ(entries.pending_undos().size(), 1U);
  EXPECT_EQ(entries.pending_undos().front().redemption, RedemptionId{900});
  entries.mark_told(undo);
  EXPECT_EQ(entries.queue(), 0);
  EXPECT_TRUE(entries.pending_undos().empty());
}

TEST_F(KioskJournal, finds_the_latest_use_that_may_still_be_undone) {
  auto database = open();
  auto entries = journal(database);
  auto const first = entries.append_attempt(at(100), attempt(), "x");
  entries.append_outcome(at(101), ok(first, 900), true);
  auto const second = entries.append_attempt(at(110), attempt(), "y");
  contract::Outcome refused;
  refused.of = second;
  refused.answer = contract::Answer::expired;
  entries.append_outcome(at(111), refused, true);
  auto const use = entries.latest_use(Instant{0});
  ASSERT_TRUE(use.has_value());
  EXPECT_EQ(use->attempt, first);
  EXPECT_EQ(use->redemption, RedemptionId{900});
  EXPECT_FALSE(entries.latest_use(Instant{102 * second_us}));
  entries.append_undo(at(112), {first, "mistake"});
  EXPECT_FALSE(entries.latest_use(Instant{0}));
}

TEST_F(KioskJournal, refuses_to_change_or_delete_an_entry) {
  auto database = open();
  write_three(database);
  EXPECT_THROW(database.execute("DELETE FROM journal WHERE sequence = 3"), StorageFailure);
  EXPECT_THROW(database.execute("UPDATE journal SET hash = zeroblob(32)"), StorageFailure);
  EXPECT_THROW(database.execute("UPDATE journal SET signed = x'00'"), StorageFailure);
  EXPECT_NO_THROW(database.execute("UPDATE journal SET signed = NULL WHERE sequence = 1"));
  EXPECT_EQ(journal(database).first_fault(), std::nullopt);
}

TEST_F(KioskJournal, finds_a_removed_entry) {
  {
    auto database = open();
    write_three(database);
  }
  tamper("DELETE FROM journal WHERE sequence = 2");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(), "journal entry 3: entries before it are missing");
}

TEST_F(KioskJournal, finds_a_flipped_bit) {
  {
    auto database = open();
    write_three(database);
  }
  tamper("UPDATE journal SET signed = CAST(substr(signed, 1, 20) || x'ff' ||"
         " substr(signed, 22) AS BLOB)"
         " WHERE sequence = 2");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(),
            "journal entry 2: the signature is not this device's");
}

TEST_F(KioskJournal, finds_an_entry_of_another_place) {
  {
    auto database = open();
    write_three(database);
  }
  tamper("UPDATE journal SET signed = (SELECT signed FROM journal WHERE sequence = 1)"
         " WHERE sequence = 3");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(), "journal entry 3: it belongs elsewhere");
}

TEST_F(KioskJournal, refuses_a_folder_of_a_newer_program) {
  {
    auto database = open();
  }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &raw), SQLITE_OK);
  sqlite3_exec(raw, "PRAGMA user_version = 2", nullptr, nullptr, nullptr);
  sqlite3_close(raw);
  EXPECT_THROW(open(), StorageFailure);
}

TEST_F(KioskJournal, keeps_the_device_key_to_itself) {
  write_device_key(folder_.device_key(), key_);
  struct stat status {};
  ASSERT_EQ(::stat(folder_.device_key().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  auto const read = read_device_key(folder_.device_key());
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->public_key().point(), key_.public_key().point());
  ASSERT_EQ(::chmod(folder_.device_key().c_str(), 0644), 0);
  EXPECT_THROW(read_device_key(folder_.device_key()), StorageFailure);
}

TEST_F(KioskJournal, lets_only_one_kiosk_write) {
  FolderLock const first(folder_.lock());
  FolderLock const second(folder_.lock());
  EXPECT_TRUE(first.held());
  EXPECT_FALSE(second.held());
}

}  // namespace
}  // namespace kaiku::kiosk
