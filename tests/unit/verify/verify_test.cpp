#include "server/verify/verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <functional>

#include "server/keys/vault.hpp"
#include "server/ledger/checkpoint.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/handovers.hpp"
#include "server/tables/letters.hpp"
#include "server/tables/stretched_codes.hpp"
#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::verify {
namespace {

using ::testing::HasSubstr;

// A small network with cards, uses and an undo, closed and signed as a stopped server leaves it.
struct Verified : ::testing::Test {
  Verified() {
    lanes::WriterLane lane(database.settings(), database.keys, database.clock, database.random);
    EXPECT_EQ(lane.run([this](ledger::WriteTx& tx) { return fill(tx); }), lanes::JobEnd::committed);
  }

  bool fill(ledger::WriteTx& tx) {
    domain::Actor const actor{};
    ledger::append(tx, actor, test::an_area());
    auto const office = ledger::append(tx, actor, test::an_office()).sequence;
    auto const venue = ledger::append(tx, actor, test::a_venue()).sequence;
    ledger::AccountSet account;
    account.area = AreaId{"KEHA"};
    account.office = OfficeId{office};
    account.username = "worker";
    ledger::append(tx, actor, account);
    ledger::BatchMade batch;
    batch.batch = BatchId{1};
    batch.area = AreaId{"KEHA"};
    batch.office = OfficeId{office};
    batch.count = 3;
    for (int i = 0; i < 3; ++i) batch.cards.push_back(tx.random().bytes<16>());
    auto const made = ledger::append(tx, actor, batch).sequence;
    for (int i = 0; i < 3; ++i) {
      tables::put_card_in_vault(tx, CardId{(made << 16) | (i + 1)},
                                contract::CardCode::random(tx.random()), tx.random().bytes<32>());
    }
    ledger::CardRegistered registered;
    registered.card = batch.cards[0];
    registered.lineage = tx.random().bytes<16>();
    registered.area = AreaId{"KEHA"};
    registered.municipality = "990";
    registered.office = OfficeId{office};
    registered.registered_on = registered.first_valid = helsinki_day(tx.now());
    registered.last_valid = registered.first_valid + 364;
    lineage = ledger::append(tx, actor, registered).sequence;
    tables::put_holder(tx, LineageId{lineage}, lineage, tx.now(), {1980, "99999", 2, "", "", ""});
    tables::put_recovery_code(tx, LineageId{lineage}, "ABCD");
    auto const changed =
        ledger::append(tx, actor, ledger::HolderChanged{registered.lineage}).sequence;
    tables::put_holder(tx, LineageId{lineage}, changed, tx.now(), {1980, "99999", 3, "", "", ""});
    ledger::UseRedeemed use;
    use.venue = VenueId{venue};
    use.occurred_at = tx.now();
    use.tickets.adult = 1;
    use.card = registered.card;
    use.lineage = registered.lineage;
    for (char const* key : {"key-0001", "key-0002"}) {
      use.idempotency_key = key;
      redemption = ledger::append(tx, actor, use).sequence;
    }
    ledger::append(tx, actor, ledger::UseUndone{RedemptionId{redemption}, "mistake"});
    return true;
  }

  VerifyReport verify() {
    return verify_database(database.file, database.checkpoint_file, test::test_origin,
                           database.keys);
  }

  // Changes rows behind the back of the triggers, which are there again afterwards.
  void forge(std::string const& script) {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_write);
    std::vector<std::string> triggers;
    std::string drops = "PRAGMA foreign_keys = OFF;";
    {
      sql::Statement rows =
          connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
      while (rows.step()) {
        drops += "DROP TRIGGER " + std::string(rows.text(0)) + ";";
        triggers.emplace_back(rows.text(1));
      }
    }
    connection.execute(drops);
    connection.execute(script);
    for (std::string const& trigger : triggers) connection.execute(trigger);
  }

  void expect_finding(std::string const& what, std::int64_t sequence = 0) {
    VerifyReport const report = verify();
    EXPECT_FALSE(report.good());
    bool found = false;
    std::string all;
    for (Finding const& finding : report.findings) {
      all += std::to_string(finding.sequence) + ": " + finding.what + "\n";
      bool const here = finding.what.find(what) != std::string::npos;
      found = found || (here && finding.sequence == sequence);
    }
    EXPECT_TRUE(found) << "among\n" << all;
  }

  test::TestDatabase database;
  std::int64_t lineage = 0;
  std::int64_t redemption = 0;
};

TEST_F(Verified, finds_nothing_where_nothing_is_wrong) {
  VerifyReport const report = verify();
  for (Finding const& finding : report.findings) ADD_FAILURE() << finding.sequence << finding.what;
  EXPECT_TRUE(report.good());
  EXPECT_EQ(report.entries, 10);
  EXPECT_EQ(report.root_hex.size(), 64U);
}

TEST_F(Verified, finds_nothing_wrong_in_an_empty_ledger) {
  test::TestDatabase const empty;
  EXPECT_TRUE(
      verify_database(empty.file, empty.checkpoint_file, test::test_origin, empty.keys).good());
}

TEST_F(Verified, sees_what_lies_in_the_wal_alone_and_changes_nothing) {
  auto lane = std::make_unique<lanes::WriterLane>(database.settings(), database.keys,
                                                  database.clock, database.random);
  test::settle(*lane, [](ledger::WriteTx& tx) {
    ledger::append(tx, domain::Actor{}, test::an_office("in the WAL"));
    return true;
  });
  std::filesystem::path const copy = database.folder / "copy.db";
  std::filesystem::copy_file(database.file, copy);
  std::filesystem::copy_file(database.file.string() + "-wal", copy.string() + "-wal");
  lane.reset();
  auto const before = std::filesystem::file_size(copy.string() + "-wal");
  ASSERT_GT(before, 0U);
  VerifyReport const report =
      verify_database(copy, database.checkpoint_file, test::test_origin, database.keys);
  EXPECT_TRUE(report.good());
  EXPECT_EQ(report.entries, 11);
  EXPECT_EQ(std::filesystem::file_size(copy.string() + "-wal"), before);
}

TEST_F(Verified, finds_a_cut_tail) {
  forge("DELETE FROM ledger WHERE seq = 10; UPDATE redemption SET undone_seq = NULL;");
  expect_finding("is cut off: it has 9 entries, the signed checkpoint names 10");
}

TEST_F(Verified, finds_a_cut_tail_though_frontier_and_projections_were_made_to_fit) {
  forge(
      "DELETE FROM ledger WHERE seq = 10; UPDATE redemption SET undone_seq = NULL;"
      "UPDATE use_day SET adult = 2, undone = 0");
  {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_write);
    connection.execute("DELETE FROM merkle_frontier");
    ledger::store_frontier(connection, ledger::load_ledger_end(connection));
  }
  VerifyReport const report = verify();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_THAT(report.findings[0].what, HasSubstr("cut off"));
}

TEST_F(Verified, finds_a_forged_entry_though_all_hashes_were_made_to_fit) {
  Bytes forged;
  {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_only);
    ledger::ReadTx tx(connection, database.keys);
    forged = ledger::receipt_of(tx, 2)->entry;
  }
  auto const place =
      std::search(forged.begin(), forged.end(), std::begin("Lampilan"), std::end("Lampilan") - 1);
  ASSERT_NE(place, forged.end());
  *place = 'M';
  forge("UPDATE ledger SET entry = x'" + to_hex(forged) +
        "' WHERE seq = 2;"
        "UPDATE office SET name = 'Mampilan sosiaalitoimisto'");
  {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_write);
    connection.execute("DELETE FROM merkle_frontier");
    ledger::store_frontier(connection, ledger::load_ledger_end(connection));
  }
  VerifyReport const report = verify();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_THAT(report.findings[0].what, HasSubstr("not those that the checkpoint was signed over"));
}

TEST_F(Verified, finds_a_removed_entry) {
  forge("DELETE FROM ledger WHERE seq = 4");
  expect_finding("the entries from 4 to 4 are missing", 5);
}

TEST_F(Verified, finds_entries_that_changed_places) {
  forge(
      "UPDATE ledger SET seq = 99 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3;"
      "UPDATE ledger SET seq = 3 WHERE seq = 99");
  expect_finding("column seq of the ledger differs from the entry", 2);
}

TEST_F(Verified, finds_every_changed_column_of_the_ledger) {
  forge("UPDATE ledger SET recorded_at_us = recorded_at_us + 1 WHERE seq = 3");
  expect_finding("column recorded_at_us", 3);
  forge("UPDATE ledger SET kind = 2 WHERE seq = 5");
  expect_finding("column kind", 5);
  forge("UPDATE ledger SET actor = 8 WHERE seq = 6");
  expect_finding("column actor", 6);
  forge("UPDATE ledger SET entry = x'80' WHERE seq = 7");
  expect_finding("not a ledger entry", 7);
}

TEST_F(Verified, finds_any_flipped_bit_of_an_entry) {
  Bytes entry;
  {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_only);
    ledger::ReadTx tx(connection, database.keys);
    entry = ledger::receipt_of(tx, 8)->entry;
  }
  for (std::size_t i = 0; i < entry.size(); i += 5) {
    Bytes changed = entry;
    changed[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
    forge("UPDATE ledger SET entry = x'" + to_hex(changed) + "' WHERE seq = 8");
    EXPECT_FALSE(verify().good()) << "at byte " << i;
  }
  forge("UPDATE ledger SET entry = x'" + to_hex(entry) + "' WHERE seq = 8");
  EXPECT_TRUE(verify().good());
}

TEST_F(Verified, finds_a_changed_a_missing_and_a_stray_private_half) {
  forge("UPDATE ledger_private SET private = x'a0' WHERE seq = 8");
  expect_finding("the private half was changed", 8);
  forge("UPDATE ledger_private SET salt = x'00' WHERE seq = 9");
  expect_finding("the private half was changed", 9);
  forge("DELETE FROM ledger_private WHERE seq = 7");
  expect_finding("the private half is missing", 7);
  forge("INSERT INTO ledger_private VALUES (77, x'00', x'a0')");
  expect_finding("a private half without its entry", 77);
}

TEST_F(Verified, finds_changed_added_and_missing_rows_of_projections) {
  forge("UPDATE venue SET name = 'x'");
  expect_finding("table venue: the row venue_id 3 differs from the ledger in column name");
  forge("DELETE FROM card_version");
  expect_finding("table card_version: the row card_id 327681, seq 6 is missing");
  forge("INSERT INTO municipality VALUES ('991', 'KEHA', 'a', 'b', 'c')");
  expect_finding("table municipality: the row code 991 follows from no entry");
  forge("UPDATE redemption SET undone_seq = NULL");
  expect_finding(
      "table redemption: the row redemption_id 9 differs from the ledger in column "
      "undone_seq");
}

TEST_F(Verified, finds_vault_rows_that_do_not_open_or_are_not_there) {
  forge(
      "UPDATE vault_card SET sealed = (SELECT sealed FROM vault_card WHERE card_id = 327682)"
      " WHERE card_id = 327681");
  expect_finding("table vault_card: the row card_id 327681 does not open");
  forge("UPDATE vault_card SET code_lookup = zeroblob(16) WHERE card_id = 327682");
  expect_finding("table vault_card: the row card_id 327682 is found by another code");
  forge("DELETE FROM vault_card WHERE card_id = 327683");
  expect_finding("table vault_card: a row is missing, card_id 327683");
  forge("UPDATE vault_holder SET sealed = x'00' WHERE seq = 6");
  expect_finding("table vault_holder: the row lineage_id 6, seq 6 does not open");
  forge("DELETE FROM vault_holder WHERE seq = 7");
  expect_finding("table vault_holder: the row lineage_id 6, seq 7 is missing");
  forge("UPDATE vault_holder SET seq = 8");
  expect_finding("table vault_holder: the row lineage_id 6, seq 8 follows from no entry");
  forge("UPDATE vault_recovery SET lineage_id = 5");
  expect_finding("table vault_recovery: a row without its lineage, lineage_id 5");
}

TEST_F(Verified, finds_stretched_codes_that_do_not_open_or_belong_to_no_card_in_use) {
  {
    lanes::WriterLane lane(database.settings(), database.keys, database.clock, database.random);
    test::settle(lane, [](ledger::WriteTx& tx) {
      tables::put_stretched(tx, CardId{327681}, Digest{1});
      tables::put_stretched(tx, CardId{327682}, Digest{2});
      return true;
    });
  }
  expect_finding("table vault_stretched: a row of no card in use, card_id 327682");
  forge("DELETE FROM vault_stretched WHERE card_id = 327682");
  EXPECT_TRUE(verify().good()) << "a card without one is no finding";
  forge("UPDATE vault_stretched SET sealed = x'00'");
  expect_finding("table vault_stretched: the row card_id 327681 does not open");
}

// A second card, given with a recovery code that waits, corrected and, when asked for, undone.
struct VerifiedOffice : Verified {
  std::int64_t given = 0;
  CardId card;

  void act(std::function<void(ledger::WriteTx&)> const& what) {
    lanes::WriterLane lane(database.settings(), database.keys, database.clock, database.random);
    test::settle(lane, [&](ledger::WriteTx& tx) {
      what(tx);
      return true;
    });
  }
  void give() {
    act([this](ledger::WriteTx& tx) {
      ledger::CardRegistered entry;
      entry.made_on_the_spot = true;
      entry.card = tx.random().bytes<16>();
      entry.lineage = registered_as = tx.random().bytes<16>();
      entry.area = AreaId{"KEHA"};
      entry.municipality = "990";
      entry.office = OfficeId{2};
      entry.last_valid = helsinki_day(tx.now());
      entry.handover = tx.random().bytes<16>();
      given = ledger::append(tx, domain::Actor{}, entry).sequence;
      card = CardId{given << 16};
      tables::put_card_in_vault(tx, card, contract::CardCode::random(tx.random()),
                                tx.random().bytes<32>());
      tables::put_holder(tx, LineageId{given}, given, tx.now(), {1980, "99999", 2, "", "", ""});
      tables::put_recovery_code(tx, LineageId{given}, "EFGH");
      tables::put_letter_key(tx, LineageId{given}, "IJKL");
      tables::keep_letter(tx, card, LineageId{given}, {"EFGH", ""});
    });
  }
  void correct() {
    act([this](ledger::WriteTx& tx) {
      ledger::HolderChanged entry{registered_as};
      entry.were_wrong = true;
      auto const changed = ledger::append(tx, domain::Actor{}, entry).sequence;
      tables::erase_holder(tx, LineageId{given});
      tables::put_holder(tx, LineageId{given}, changed, tx.now(), {1981, "99999", 2, "", "", ""});
    });
  }
  // The card blocked for some days, its place taken by a stock card with a letter, and all of that
  // taken back with another letter: what use_cases/undo_replacement.cpp leaves.
  void replace_and_undo() {
    act([this](ledger::WriteTx& tx) {
      auto const holder = LineageId{given};
      auto const until = helsinki_day(tx.now()) + 3;
      auto const old_card = tables::find_card(tx, card).value();
      CardId const stock{327682};
      ledger::append(tx, {}, ledger::CardBlocked{domain::BlockReason::lost, old_card.ref, until});
      ledger::CardReplaced replaced;
      replaced.old_card = old_card.ref;
      replaced.new_card = tables::find_card(tx, stock)->ref;
      replaced.office = OfficeId{2};
      replaced.handover = tx.random().bytes<16>();
      auto const replacement = ledger::append(tx, {}, replaced).sequence;
      tables::forget_recovery_code(tx, card);
      tables::keep_letter(tx, stock, holder, {"MNOP", ""});
      ledger::append(tx, {}, ledger::ReplacementUndone{replacement, until});
      tables::forget_recovery_code(tx, stock);
      ledger::append(tx, {},
                     ledger::LetterMade{old_card.ref, OfficeId{2}, tx.random().bytes<16>()});
      tables::keep_letter(tx, card, holder, {"QRST", ""});
    });
  }
  ledger::Ref registered_as{};
};

TEST_F(VerifiedOffice, is_good_once_a_replacement_of_a_blocked_card_is_undone) {
  give();
  replace_and_undo();
  EXPECT_TRUE(verify().good());
  act([this](ledger::WriteTx& tx) {
    EXPECT_EQ(tables::find_card(tx, card)->state, contract::StoredState::blocked);
    EXPECT_TRUE(tables::find_card(tx, card)->blocked_until);
    EXPECT_EQ(tables::find_card(tx, CardId{327682})->state, contract::StoredState::stock);
  });
  forge("UPDATE card SET blocked_until = NULL");
  expect_finding("table card: the row card_id " + std::to_string(card.value) +
                 " differs from the ledger in column blocked_until");
}

TEST_F(VerifiedOffice, is_good_with_what_waits_what_was_wrong_and_what_was_undone) {
  give();
  EXPECT_TRUE(verify().good());
  correct();
  EXPECT_TRUE(verify().good());
  act([this](ledger::WriteTx& tx) { tables::forget_recovery_code(tx, card); });
  EXPECT_TRUE(verify().good()) << "a code goes by itself after a while";
  act([this](ledger::WriteTx& tx) {
    ledger::append(tx, domain::Actor{}, ledger::RegistrationUndone{LineageId{given}});
    tables::erase_holder(tx, LineageId{given});
    tables::erase_recovery_codes(tx, LineageId{given});
    tables::erase_letter_keys(tx, LineageId{given});
  });
  EXPECT_TRUE(verify().good());
}

TEST_F(VerifiedOffice, tells_of_what_an_undone_registration_left_behind) {
  give();
  act([this](ledger::WriteTx& tx) {
    ledger::append(tx, domain::Actor{}, ledger::RegistrationUndone{LineageId{given}});
  });
  auto const row = std::to_string(given);
  expect_finding("table vault_holder: the row lineage_id " + row + ", seq " + row +
                 " follows from no entry");
  expect_finding("table vault_recovery: a row without its lineage, lineage_id " + row);
  expect_finding("table vault_letter: a row without its lineage, lineage_id " + row);
  expect_finding("table vault_handover: a row that no hand-over waits for, card_id " +
                 std::to_string(card.value));
}

TEST_F(VerifiedOffice, tells_of_wrong_facts_that_were_kept_and_codes_that_do_not_open) {
  give();
  act([this](ledger::WriteTx& tx) {
    ledger::HolderChanged entry{registered_as};
    entry.were_wrong = true;
    auto const changed = ledger::append(tx, domain::Actor{}, entry).sequence;
    tables::put_holder(tx, LineageId{given}, changed, tx.now(), {1981, "99999", 2, "", "", ""});
  });
  auto const row = std::to_string(given);
  expect_finding("table vault_holder: the row lineage_id " + row + ", seq " + row +
                 " follows from no entry");
  forge("UPDATE vault_handover SET sealed = x'00'");
  expect_finding("table vault_handover: the row card_id " + std::to_string(card.value) +
                 " does not open");
}

TEST_F(Verified, finds_a_changed_frontier) {
  forge("UPDATE merkle_frontier SET roots = zeroblob(64)");
  expect_finding("the stored Merkle frontier (size 10) is not that of the 10 entries");
  forge("DELETE FROM merkle_frontier");
  expect_finding("the Merkle frontier is missing");
}

TEST_F(Verified, finds_a_missing_damaged_or_foreign_checkpoint) {
  std::filesystem::rename(database.checkpoint_file, database.folder / "away");
  expect_finding("the checkpoint file is missing");
  std::ofstream(database.checkpoint_file) << "nonsense";
  expect_finding("the checkpoint file is damaged");
  ledger::Checkpoint const foreign{test::test_origin, 10, {}};
  std::ofstream(database.checkpoint_file) << ledger::sign_checkpoint(foreign, database.keys.root);
  expect_finding("signed by another key");
}

TEST_F(Verified, finds_guards_that_were_taken_away_and_tables_that_were_slipped_in) {
  {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_write);
    connection.execute("DROP TRIGGER ledger_is_never_deleted; CREATE TABLE extra (x) ");
  }
  expect_finding("trigger ledger_is_never_deleted is missing");
  expect_finding("table extra comes from no migration");
  forge("UPDATE migration SET sha256 = 'x' WHERE number = 2");
  expect_finding("was edited since it ran");
}

TEST_F(Verified, names_no_personal_contents) {
  forge(
      "UPDATE redemption SET idempotency_key = 'secret-of-mine' WHERE redemption_id = 8;"
      "UPDATE vault_holder SET sealed = x'00'; UPDATE card SET card_ref = x'00' WHERE state = 1");
  for (Finding const& finding : verify().findings) {
    EXPECT_EQ(finding.what.find("secret-of-mine"), std::string::npos);
    EXPECT_EQ(finding.what.find("key-0001"), std::string::npos);
    EXPECT_EQ(finding.what.find("99999"), std::string::npos);
  }
}

TEST_F(Verified, tells_of_a_file_that_is_no_database_any_more) {
  {
    std::fstream file(database.file, std::ios::in | std::ios::out | std::ios::binary);
    file.write("garbage!", 8);
  }
  VerifyReport const report = verify();
  ASSERT_FALSE(report.good());
  EXPECT_THAT(report.findings[0].what, HasSubstr("cannot be read"));
  EXPECT_THROW(verify_database(database.folder / "none.db", database.checkpoint_file,
                               test::test_origin, database.keys),
               std::runtime_error);
}

TEST_F(Verified, finds_a_page_overwritten_with_rubbish) {
  auto const size = std::filesystem::file_size(database.file);
  for (std::uintmax_t page = 1; page * 4096 + 4096 <= size; ++page) {
    std::filesystem::path const copy = database.folder / "copy.db";
    std::filesystem::copy_file(database.file, copy,
                               std::filesystem::copy_options::overwrite_existing);
    {
      std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(static_cast<std::streamoff>(page * 4096));
      file.write(std::string(4096, '\x5a').data(), 4096);
    }
    EXPECT_FALSE(
        verify_database(copy, database.checkpoint_file, test::test_origin, database.keys).good())
        << "page " << page + 1;
  }
}

}  // namespace
}  // namespace kaiku::verify
