#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/unit/kiosk/journal_fixture.hpp"

namespace kaiku::kiosk {
namespace {

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

TEST_F(KioskJournal, seals_the_card_beside_the_entry_so_that_only_the_server_reads_it) {
  auto database = open();
  auto entries = journal(database);
  auto const first = entries.append_attempt(at(100), attempt(), "ABCD-EFGH-JKMN");
  auto const kept = stored(entries, first);
  auto const card = crypto::open_sealed(server_key_, bytes_of("d:7:1"), kept.sealed_card);
  ASSERT_TRUE(card.has_value());
  EXPECT_EQ(text_of(*card), "ABCD-EFGH-JKMN");
  EXPECT_FALSE(crypto::open_sealed(server_key_, bytes_of("d:7:2"), kept.sealed_card));
  EXPECT_FALSE(crypto::open_sealed(key_, bytes_of("d:7:1"), kept.sealed_card));
  auto const entry = contract::verify_journal_entry(kept.signed_entry, key_.public_key());
  auto const& opened = std::get<contract::Attempt>(entry->what);
  EXPECT_EQ(opened.card_commitment, crypto::sha256(kept.sealed_card));
  EXPECT_TRUE(opened.sealed_card.empty());
}

TEST_F(KioskJournal, drops_the_sealed_card_of_a_scan_that_got_no_ticket) {
  auto database = open();
  auto entries = journal(database);
  auto const refused = entries.append_attempt(at(100), attempt(), "a");
  entries.append_outcome(at(100), offline(refused, contract::Answer::expired), false);
  auto const told = entries.append_attempt(at(101), attempt(), "b");
  entries.append_outcome(at(101), ok(told, 900), true);
  auto const unsure = entries.append_attempt(at(102), attempt(), "c");
  contract::Outcome not_confirmed;
  not_confirmed.of = unsure;
  entries.append_outcome(at(102), not_confirmed, false);
  auto const given = entries.append_attempt(at(103), attempt(), "d");
  entries.append_outcome(at(103), offline(given, contract::Answer::ok), false);
  auto const let_in = entries.append_attempt(at(104), attempt(), "e");
  entries.append_outcome(at(104), offline(let_in, contract::Answer::ok_offline), false);
  for (auto const without : {refused, unsure}) {
    EXPECT_TRUE(stored(entries, without).sealed_card.empty()) << without;
  }
  for (auto const with : {told, given, let_in}) {
    EXPECT_FALSE(stored(entries, with).sealed_card.empty()) << with;
  }
  EXPECT_EQ(entries.first_fault(), std::nullopt);
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
  entries.acknowledge({undo}, false, Day{20'000});
  EXPECT_EQ(entries.queue(), 0);
}

TEST_F(KioskJournal, finds_a_sealed_card_that_was_exchanged) {
  {
    auto database = open();
    auto entries = journal(database);
    entries.append_attempt(at(100), attempt(), "ABCD-EFGH-JKMN");
  }
  tamper("UPDATE journal SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB)");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(),
            "journal entry 1: the sealed card beside it is another one");
}

TEST_F(KioskJournal, refuses_to_change_or_delete_an_entry) {
  auto database = open();
  write_three(database);
  EXPECT_THROW(database.execute("DELETE FROM journal WHERE sequence = 3"), StorageFailure);
  EXPECT_THROW(database.execute("UPDATE journal SET hash = zeroblob(32)"), StorageFailure);
  EXPECT_THROW(database.execute("UPDATE journal SET signed = x'00'"), StorageFailure);
  EXPECT_THROW(database.execute("UPDATE journal SET sealed = x'00'"), StorageFailure);
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
  tamper(
      "UPDATE journal SET signed = CAST(substr(signed, 1, 20) || x'ff' ||"
      " substr(signed, 22) AS BLOB)"
      " WHERE sequence = 2");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(), "journal entry 2: the signature is not this device's");
}

TEST_F(KioskJournal, finds_an_entry_of_another_place) {
  {
    auto database = open();
    write_three(database);
  }
  tamper(
      "UPDATE journal SET signed = (SELECT signed FROM journal WHERE sequence = 1)"
      " WHERE sequence = 3");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(), "journal entry 3: it belongs elsewhere");
}

TEST_F(KioskJournal, drops_payloads_thirty_days_after_the_acknowledgement_and_keeps_the_chain) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  entries.acknowledge({1, 2}, false, Day{20'000});
  EXPECT_TRUE(stored(entries, 2).acknowledged);
  entries.forget_payloads(Day{20'030});
  EXPECT_FALSE(stored(entries, 1).signed_entry.empty()) << "thirty days";
  entries.forget_payloads(Day{20'031});
  EXPECT_TRUE(stored(entries, 1).signed_entry.empty());
  EXPECT_TRUE(stored(entries, 2).signed_entry.empty());
  EXPECT_FALSE(stored(entries, 3).signed_entry.empty());
  EXPECT_EQ(entries.first_fault(), std::nullopt);
  EXPECT_EQ(entries.append_attempt(at(103), attempt(), "x"), 4);
  EXPECT_EQ(entries.first_fault(), std::nullopt);
}

TEST_F(KioskJournal, finds_a_changed_hash_of_a_dropped_payload_by_the_entry_after_it) {
  {
    auto database = open();
    write_three(database);
    journal(database).acknowledge({1, 2}, false, Day{20'000});
    journal(database).forget_payloads(Day{20'031});
  }
  tamper("UPDATE journal SET hash = zeroblob(32) WHERE sequence = 2");
  auto database = open();
  EXPECT_EQ(journal(database).first_fault(),
            "journal entry 3: it does not follow the entry before it");
}

TEST_F(KioskJournal, keeps_payloads_in_quarantine_for_export) {
  auto database = open();
  auto entries = journal(database);
  auto const given = entries.append_attempt(at(100), attempt(), "d");
  entries.append_outcome(at(100), offline(given, contract::Answer::ok), false);
  entries.acknowledge({1, 2}, true, Day{20'000});
  entries.forget_payloads(Day{30'000});
  EXPECT_TRUE(stored(entries, 1).quarantined);
  EXPECT_FALSE(stored(entries, 1).signed_entry.empty());
  EXPECT_FALSE(stored(entries, 1).sealed_card.empty());
  EXPECT_EQ(entries.unacknowledged(), 0);
  EXPECT_TRUE(entries.waiting(10).empty());
  entries.ask_again();
  EXPECT_EQ(entries.waiting(10).size(), 2U) << "to hear whether somebody has ruled on it";
  entries.acknowledge({1, 2}, false, Day{30'000});
  EXPECT_FALSE(stored(entries, 1).quarantined);
}

TEST_F(KioskJournal, leaves_nothing_of_a_dropped_payload_in_its_file) {
  Bytes payload;
  {
    auto database = open();
    auto entries = journal(database);
    auto const given = entries.append_attempt(at(100), attempt(), "d");
    entries.append_outcome(at(100), offline(given, contract::Answer::ok), false);
    payload = stored(entries, 1).sealed_card;
    entries.acknowledge({1, 2}, false, Day{20'000});
    entries.forget_payloads(Day{20'031});
  }
  std::ifstream file(folder_.database(), std::ios::binary);
  std::string const all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  ASSERT_GT(all.size(), 4096U);
  EXPECT_EQ(all.find(text_of(payload).substr(20, 16)), std::string::npos);
}

TEST_F(KioskJournal, hands_out_waiting_entries_up_to_an_attempt_that_is_still_open) {
  auto database = open();
  auto entries = journal(database);
  auto const first = entries.append_attempt(at(100), attempt(), "a");
  EXPECT_TRUE(entries.waiting(10).empty());
  entries.append_outcome(at(100), offline(first, contract::Answer::ok), false);
  entries.append_attempt(at(101), attempt(), "b");
  auto const waiting = entries.waiting(10);
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].sequence, 1);
  EXPECT_EQ(waiting[0].hash, stored(entries, 1).hash);
  EXPECT_FALSE(waiting[0].sealed_card.empty());
  EXPECT_TRUE(waiting[1].sealed_card.empty());
  EXPECT_EQ(entries.waiting(1).size(), 1U);
  EXPECT_EQ(entries.unacknowledged(), 3);
}

TEST_F(KioskJournal, counts_tries_and_sends_a_refused_entry_no_more) {
  auto database = open();
  write_three(database);
  auto entries = journal(database);
  entries.note_try({1, 2, 3});
  entries.note_try({1});
  EXPECT_EQ(entries.waiting(1).at(0).tries, 2);
  entries.note_refusal(1, "the signature is not right");
  EXPECT_EQ(entries.waiting(10).at(0).sequence, 2);
  EXPECT_EQ(stored(entries, 1).refused, "the signature is not right");
  EXPECT_FALSE(stored(entries, 1).signed_entry.empty());
  EXPECT_EQ(entries.unacknowledged(), 3);
}

TEST_F(KioskJournal, is_written_in_turn_over_two_connections) {
  auto door_database = open();
  auto sync_database = open();
  auto door = journal(door_database);
  auto sync = journal(sync_database);
  auto const first = door.append_attempt(at(100), attempt(), "a");
  EXPECT_TRUE(sync.waiting(10).empty());
  door.append_outcome(at(100), offline(first, contract::Answer::ok), false);
  EXPECT_EQ(sync.waiting(10).size(), 2U);
  sync.acknowledge({1, 2}, false, Day{20'000});
  EXPECT_EQ(door.append_attempt(at(101), attempt(), "b"), 3);
  EXPECT_EQ(door.first_fault(), std::nullopt);
  EXPECT_EQ(sync.first_fault(), std::nullopt);
}

// What an earlier program left: entries that hold the sealed card in themselves.
void make_folder_of_version_1(std::string const& path, Bytes const& signed_entry,
                              Digest const& hash) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  char const* const tables =
      "CREATE TABLE journal (sequence INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
      " of_sequence INTEGER, told INTEGER NOT NULL DEFAULT 0, hash BLOB NOT NULL, signed BLOB)"
      " STRICT;"
      "CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal"
      " BEGIN SELECT raise(ABORT, 'never'); END;"
      "CREATE TABLE enrolment (one INTEGER PRIMARY KEY, certificate TEXT NOT NULL) STRICT;"
      "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
      "INSERT INTO setting VALUES ('language', 'sv');"
      "PRAGMA user_version = 1";
  ASSERT_EQ(sqlite3_exec(raw, tables, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
  auto const insert =
      "INSERT INTO journal (sequence, kind, told, hash, signed)"
      " VALUES (1, 1, 0, x'" +
      to_hex(hash) + "', x'" + to_hex(signed_entry) + "')";
  ASSERT_EQ(sqlite3_exec(raw, insert.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(raw);
}

TEST_F(KioskJournal, brings_a_folder_of_version_1_up_to_date_in_place) {
  contract::JournalEntry entry;
  entry.device = DeviceId{7};
  entry.sequence = 1;
  contract::Attempt old = attempt();
  old.sealed_card = Bytes(100, 1);
  entry.what = old;
  make_folder_of_version_1(folder_.database(), contract::sign_journal_entry(entry, key_),
                           crypto::sha256(contract::encode(entry)));
  auto database = open();
  auto entries = journal(database);
  EXPECT_EQ(setting(database, "language"), "sv");
  EXPECT_EQ(entries.first_fault(), std::nullopt);
  EXPECT_EQ(entries.close_open_attempts(at(200)), 1);
  auto const waiting = entries.waiting(10);
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_TRUE(waiting[0].sealed_card.empty());
  EXPECT_FALSE(waiting[0].signed_entry.empty());
  EXPECT_THROW(database.execute("UPDATE journal SET sealed = x'00'"), StorageFailure);
  entries.acknowledge({1, 2}, false, Day{20'000});
  EXPECT_EQ(entries.append_attempt(at(201), attempt(), "x"), 3);
  EXPECT_EQ(entries.first_fault(), std::nullopt);
}

TEST_F(KioskJournal, refuses_a_folder_of_a_newer_program) {
  { auto database = open(); }
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(folder_.database().c_str(), &raw), SQLITE_OK);
  sqlite3_exec(raw, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
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
