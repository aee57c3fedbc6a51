#include "server/tables/journals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "server/verify/verify.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::tables {
namespace {

using contract::Attempt;
using contract::JournalEntry;
using contract::Outcome;
using contract::Undo;

// A database with one device, and a journal of it as the device would sign it.
struct Journals : ::testing::Test {
  Journals() {
    write([this](ledger::WriteTx& tx) {
      ledger::append(tx, {}, test::an_area());
      auto const venue = ledger::append(tx, {}, test::a_venue()).sequence;
      ledger::DeviceEnrolled const enrolled{VenueId{venue}, "kiosk", key.public_key().spki_der()};
      device = DeviceId{ledger::append(tx, {}, enrolled).sequence};
    });
  }

  void write(std::function<void(ledger::WriteTx&)> const& job) {
    auto const end = lane->run([&](ledger::WriteTx& tx) {
      job(tx);
      return true;
    });
    ASSERT_EQ(end, lanes::JobEnd::committed);
  }

  // The next entry of the device's chain.
  std::size_t add(decltype(JournalEntry::what) what) {
    JournalEntry entry;
    entry.device = device;
    entry.sequence = std::ssize(chain) + 1;
    if (!chain.empty()) entry.previous = crypto::sha256(encode(chain.back()));
    entry.kiosk_time = database.clock.now();
    entry.what = std::move(what);
    chain.push_back(entry);
    return chain.size();
  }
  void add_uses(int count) {
    for (int n = 0; n < count; ++n) {
      auto const attempt = static_cast<std::int64_t>(add(Attempt{}));
      add(Outcome{attempt, contract::Answer::ok, true, {}});
    }
  }
  Digest hash_of(std::size_t sequence) const { return crypto::sha256(encode(chain[sequence - 1])); }
  Bytes sign(std::size_t sequence) const { return sign_journal_entry(chain[sequence - 1], key); }

  void take(std::vector<std::size_t> const& sequences, bool privately = false) {
    database.clock.advance(second_us);
    write([&](ledger::WriteTx& tx) {
      std::vector<Bytes> entries;
      for (auto const sequence : sequences) entries.push_back(sign(sequence));
      ledger::JournalTaken taken{device, {}, {}};
      if (privately)
        taken.private_entries = entries;
      else
        taken.entries = entries;
      ledger::append(tx, {domain::ActorKind::device, device.value}, taken);
    });
  }
  DeviceJournal journal() {
    DeviceJournal found;
    write([&](ledger::WriteTx& tx) { found = journal_of(tx, device); });
    return found;
  }
  std::vector<std::string> findings() {
    lane.reset();
    auto const report = verify::verify_database(database.file, database.checkpoint_file,
                                                test::test_origin, database.keys);
    std::vector<std::string> texts;
    for (auto const& finding : report.findings) texts.push_back(finding.what);
    return texts;
  }

  test::TestDatabase database;
  std::unique_ptr<lanes::WriterLane> lane = std::make_unique<lanes::WriterLane>(
      database.settings(), database.keys, database.clock, database.random);
  crypto::P256PrivateKey key = crypto::P256PrivateKey::generate();
  DeviceId device;
  std::vector<JournalEntry> chain;
};

TEST_F(Journals, that_have_sent_nothing_are_all_zeros) {
  auto const none = journal();
  EXPECT_EQ(none.contiguous_to, 0);
  EXPECT_EQ(none.highest, 0);
  EXPECT_FALSE(none.gap_since || none.broken_at || none.last_upload_at);
}

TEST_F(Journals, are_read_back_as_they_were_signed) {
  add_uses(2);
  add(Undo{1, "mistake"});
  take({1, 2, 3, 4, 5});
  write([this](ledger::WriteTx& tx) {
    for (std::int64_t n = 1; n <= 5; ++n) {
      auto const found = find_journal_entry(tx, device, n).value();
      EXPECT_EQ(found.entry, chain[static_cast<std::size_t>(n - 1)]);
      EXPECT_EQ(found.hash, crypto::sha256(encode(found.entry)));
      EXPECT_EQ(hash_of_journal_entry(tx, device, n), found.hash);
    }
    EXPECT_FALSE(find_journal_entry(tx, device, 6));
    EXPECT_FALSE(find_journal_entry(tx, DeviceId{999}, 1));
    EXPECT_EQ(outcome_of(tx, device, 3, hash_of(3)).value().entry, chain[3]);
    EXPECT_FALSE(outcome_of(tx, device, 2, hash_of(2)));
    ASSERT_EQ(undos_of(tx, device, 1).size(), 1U);
    EXPECT_TRUE(undos_of(tx, device, 3).empty());
    auto const told = told_of(tx, device, 1);
    ASSERT_EQ(told.size(), 2U) << "its outcome and its undo";
    EXPECT_EQ(told[0].entry, chain[1]);
    EXPECT_EQ(told[1].entry, chain[4]);
    EXPECT_TRUE(told_of(tx, device, 2).empty());
  });
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Journals, take_the_outcome_that_came_first) {
  add(Attempt{});
  add(Outcome{1, contract::Answer::expired, true, {}});
  add(Outcome{1, contract::Answer::ok, true, {}});
  take({1, 3});
  take({2});
  write([this](ledger::WriteTx& tx) {
    EXPECT_EQ(outcome_of(tx, device, 1, hash_of(1)).value().entry.sequence, 3);
  });
}

TEST_F(Journals, take_no_outcome_that_stands_behind_a_copys_attempt) {
  add_uses(1);
  take({1, 2});
  write([this](ledger::WriteTx& tx) {
    auto const copys = crypto::sha256(bytes_of("another attempt of the same number"));
    EXPECT_FALSE(outcome_of(tx, device, 1, copys));
    EXPECT_TRUE(outcome_of(tx, device, 1, hash_of(1)));
  });
}

TEST_F(Journals, mark_a_gap_when_it_opens_and_close_the_mark_by_themselves) {
  add_uses(4);
  take({1, 2});
  EXPECT_EQ(journal().contiguous_to, 2);
  EXPECT_FALSE(journal().gap_since);
  take({5});
  auto const opened = database.clock.now();
  EXPECT_EQ(journal().contiguous_to, 2);
  EXPECT_EQ(journal().highest, 5);
  EXPECT_EQ(journal().gap_since, opened);
  take({8});
  auto const second = database.clock.now();
  EXPECT_EQ(journal().gap_since, opened) << "the older gap is the one told";
  take({4});
  EXPECT_EQ(journal().gap_since, opened);
  take({3});
  EXPECT_EQ(journal().contiguous_to, 5);
  EXPECT_EQ(journal().gap_since, second) << "one gap has closed, the other stays";
  take({6, 7});
  EXPECT_EQ(journal().contiguous_to, 8);
  EXPECT_FALSE(journal().gap_since);
  EXPECT_EQ(journal().last_upload_at, database.clock.now());
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Journals, end_up_the_same_in_whatever_order_they_come) {
  add_uses(6);
  std::vector<std::size_t> order(chain.size());
  std::iota(order.begin(), order.end(), 1U);
  std::ranges::shuffle(order, std::mt19937(5));
  for (auto const sequence : order) take({sequence});
  EXPECT_EQ(journal().contiguous_to, 12);
  EXPECT_FALSE(journal().gap_since || journal().broken_at);
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Journals, tell_where_the_chain_breaks_from_either_side) {
  add_uses(4);
  chain[5].previous = crypto::sha256(bytes_of("another fifth entry"));
  chain[6].previous = crypto::sha256(encode(chain[5]));
  chain[7].previous = crypto::sha256(encode(chain[6]));
  take({6, 7, 8});
  EXPECT_FALSE(journal().broken_at) << "its neighbour is not here";
  take({5});
  EXPECT_EQ(journal().broken_at, 6);
  chain[1].previous = {};
  take({1, 2});
  EXPECT_EQ(journal().broken_at, 2);
  take({3, 4});
  EXPECT_EQ(journal().broken_at, 2) << "written once, and the first counts";
}

TEST_F(Journals, begin_with_a_previous_of_zeros) {
  add_uses(1);
  chain[0].previous = crypto::sha256(bytes_of("an older life"));
  take({1});
  EXPECT_EQ(journal().broken_at, 1);
}

TEST_F(Journals, keep_what_may_name_somebody_in_the_private_half) {
  add(Undo{1, "010190-123A"});
  chain[0].sequence = 2;
  take({1}, true);
  write([this](ledger::WriteTx& tx) {
    EXPECT_TRUE(find_journal_entry(tx, device, 2));
    EXPECT_EQ(
        test::count_rows(tx.connection(),
                         "SELECT COUNT(*) FROM ledger WHERE INSTR(entry, X'3031303139302D') > 0"),
        0);
  });
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Journals, give_back_what_lies_in_quarantine) {
  add_uses(1);
  auto const hash = crypto::sha256(encode(chain[0]));
  std::int64_t seq = 0;
  write([&](ledger::WriteTx& tx) {
    ledger::JournalQuarantined const entry{device, 1, hash,
                                           ledger::QuarantineReason::device_revoked};
    seq = ledger::append(tx, {}, entry).sequence;
    put_in_quarantine(tx, seq, sign(1), Bytes{1, 2, 3});
    EXPECT_EQ(bytes_in_quarantine(tx, seq).value().sealed_card, (Bytes{1, 2, 3}));
    EXPECT_FALSE(bytes_in_quarantine(tx, seq + 1));
    EXPECT_EQ(find_quarantined(tx, device, 1, hash).value().seq, seq);
    EXPECT_FALSE(find_quarantined(tx, device, 2, hash));
    EXPECT_EQ(list_quarantined(tx, device, {}).size(), 1U);
    EXPECT_TRUE(list_quarantined(tx, device, {seq, 10}).empty());
    EXPECT_EQ(count_quarantined_since(tx, device, tx.now()), 1);
    EXPECT_EQ(count_quarantined_since(tx, device, tx.now() + 1), 0);
  });
  EXPECT_EQ(journal().quarantined, 1);
  EXPECT_EQ(journal().forks, 0);
  EXPECT_EQ(journal().highest, 0) << "it does not count";
  EXPECT_THAT(findings(), testing::IsEmpty());
}

TEST_F(Journals, keep_a_card_until_it_is_not_needed) {
  add_uses(1);
  take({1});
  write([this](ledger::WriteTx& tx) {
    keep_card(tx, device, 1, "C0C3-FV5H-XX7N");
    keep_card(tx, device, 1, "another");
    EXPECT_EQ(kept_card(tx, device, 1), "C0C3-FV5H-XX7N");
    EXPECT_FALSE(kept_card(tx, device, 2));
    forget_card(tx, device, 1);
    EXPECT_FALSE(kept_card(tx, device, 1));
  });
}

TEST_F(Journals, are_found_out_by_verify_when_their_vault_was_changed) {
  add_uses(2);
  take({1, 2, 3});
  write([this](ledger::WriteTx& tx) {
    for (std::int64_t n = 1; n <= 3; ++n) {
      auto const hash = crypto::sha256(encode(chain[0]));
      ledger::JournalQuarantined const entry{device, 100 + n, hash, ledger::QuarantineReason::fork};
      auto const seq = ledger::append(tx, {}, entry).sequence;
      if (n == 1) put_in_quarantine(tx, seq, sign(2), {});
      if (n == 2) continue;
      if (n == 3) put_in_quarantine(tx, seq, sign(1), {});
    }
    keep_card(tx, device, 1, "its outcome is here");
    keep_card(tx, device, 2, "no attempt");
    keep_card(tx, device, 3, "good");
    put_in_quarantine(tx, 1, sign(1), {});
  });
  EXPECT_THAT(findings(), testing::UnorderedElementsAre(testing::HasSubstr("holds another entry"),
                                                        testing::HasSubstr("is missing"),
                                                        testing::HasSubstr("follows from no entry"),
                                                        testing::HasSubstr("is kept longer"),
                                                        testing::HasSubstr("no attempt")));
}

TEST_F(Journals, are_found_out_by_verify_when_an_entry_was_changed) {
  add_uses(1);
  take({1, 2});
  write([](ledger::WriteTx& tx) {
    tx.prepare("UPDATE journal_entry SET of_sequence = NULL WHERE sequence = 2").run();
    tx.prepare("UPDATE device_journal SET contiguous_to = 1").run();
  });
  EXPECT_THAT(findings(), testing::SizeIs(2));
}

}  // namespace
}  // namespace kaiku::tables
