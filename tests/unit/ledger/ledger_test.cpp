#include "server/ledger/ledger.hpp"

#include <gtest/gtest.h>

#include "schema/codec/cbor.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::ledger {
namespace {

struct Ledger : ::testing::Test {
  Ledger() { sql::migrate(connection); }
  Receipt add(Entry const& entry) { return append(tx, actor, entry); }

  sql::Connection connection{":memory:", sql::OpenMode::memory};
  keys::KeyRing keys = test::test_keys();
  SeededRandom random{3};
  LedgerEnd end;
  WriteTx tx{connection, keys, end, Instant{1'795'328'581'123'456}, random};
  domain::Actor actor{domain::ActorKind::account, 12};
};

CardBlocked a_block() {
  CardBlocked block;
  block.reason = domain::BlockReason::misuse;
  block.card.fill(9);
  return block;
}

TEST_F(Ledger, numbers_its_entries_without_gaps) {
  EXPECT_EQ(add(test::an_area()).sequence, 1);
  EXPECT_EQ(add(test::an_office()).sequence, 2);
  EXPECT_EQ(add(test::a_venue()).sequence, 3);
  EXPECT_EQ(end.last_sequence(), 3);
  end.fold();
  EXPECT_EQ(end.frontier().size(), 3U);
}

TEST_F(Ledger, stores_an_entry_in_the_agreed_form) {
  Receipt const receipt = add(a_block());
  EncodedEntry const entry = parse_entry(receipt.entry);
  EXPECT_EQ(entry.version, 1);
  EXPECT_EQ(entry.sequence, 1);
  EXPECT_EQ(entry.recorded_at_us, 1'795'328'581'123'456);
  EXPECT_EQ(entry.kind, 14);
  EXPECT_EQ(entry.actor, (12 << 3) | 1);
  EXPECT_EQ(to_hex(entry.public_half), "a10102");
  sql::Statement row = connection.prepare(
      "SELECT l.entry, l.recorded_at_us, l.kind, l.actor, p.salt, p.private "
      "FROM ledger l JOIN ledger_private p USING (seq)");
  ASSERT_TRUE(row.step());
  EXPECT_TRUE(std::ranges::equal(row.blob(0), receipt.entry));
  EXPECT_EQ(row.integer(1), entry.recorded_at_us);
  EXPECT_EQ(row.integer(2), entry.kind);
  EXPECT_EQ(row.integer(3), entry.actor);
  EXPECT_EQ(row.blob(4).size(), 16U);
  EXPECT_EQ(crypto::sha256(row.blob(4), row.blob(5)), entry.private_hash);
}

TEST_F(Ledger, salts_equal_private_halves_differently) {
  auto const first = parse_entry(add(a_block()).entry).private_hash;
  auto const second = parse_entry(add(a_block()).entry).private_hash;
  EXPECT_NE(first, second) << "else equal cards would show in the public half";
}

TEST_F(Ledger, keeps_no_private_row_of_an_entry_without_private_fields) {
  Receipt const receipt = add(test::an_office());
  EXPECT_EQ(test::count_rows(connection, "SELECT COUNT(*) FROM ledger_private"), 0);
  EXPECT_EQ(parse_entry(receipt.entry).private_hash, crypto::sha256(ByteView()));
}

TEST_F(Ledger, gives_receipts_that_the_tree_proves) {
  std::vector<Digest> leaves;
  for (int i = 0; i < 7; ++i) leaves.push_back(add(test::an_office()).leaf_hash);
  end.fold();
  auto const receipt = receipt_of(tx, 4).value();
  EXPECT_EQ(receipt.leaf_hash, merkle::leaf_hash(receipt.entry));
  EXPECT_TRUE(merkle::verify_inclusion(receipt.leaf_hash, 3, 7, merkle::inclusion_proof(leaves, 3),
                                       end.frontier().root()));
  EXPECT_EQ(receipt_of(tx, 8), std::nullopt);
}

TEST_F(Ledger, is_read_back_entry_by_entry) {
  add(test::an_area());
  add(a_block());
  add(test::an_office("second"));
  connection.execute("DELETE FROM ledger_private");
  std::vector<std::int64_t> sequences;
  for_each_entry(tx, 2, [&](Recorded const& recorded) {
    sequences.push_back(recorded.sequence);
    EXPECT_EQ(recorded.actor, actor);
    EXPECT_EQ(recorded.recorded_at, tx.now());
    EXPECT_EQ(recorded.private_erased, recorded.sequence == 2);
    if (recorded.sequence == 3) {
      EXPECT_EQ(std::get<OfficeSet>(recorded.entry).name, "second");
    }
  });
  EXPECT_EQ(sequences, (std::vector<std::int64_t>{2, 3}));
}

TEST_F(Ledger, tells_what_an_earlier_entry_said_in_public) {
  add(test::an_office("first"));
  add(a_block());
  add(test::an_office("second"));
  auto const first = public_entry_at(tx, 1);
  ASSERT_TRUE(first);
  EXPECT_EQ(std::get<OfficeSet>(*first).name, "first");
  auto const block = public_entry_at(tx, 2);
  ASSERT_TRUE(block);
  EXPECT_EQ(std::get<CardBlocked>(*block).card, Ref{}) << "the private half is not read";
  EXPECT_FALSE(public_entry_at(tx, 4));
  EXPECT_FALSE(public_entry_at(tx, 0));
}

TEST_F(Ledger, rolls_an_older_frontier_forward) {
  for (int i = 0; i < 5; ++i) add(test::an_office());
  end.fold();
  store_frontier(connection, end);
  for (int i = 0; i < 6; ++i) add(test::an_office());
  LedgerEnd const loaded = load_ledger_end(connection);
  end.fold();
  EXPECT_EQ(loaded.last_sequence(), 11);
  EXPECT_EQ(loaded.frontier(), end.frontier());
}

TEST_F(Ledger, refuses_a_frontier_beyond_its_end) {
  add(test::an_office());
  LedgerEnd beyond = end;
  beyond.add(Digest{});
  beyond.fold();
  store_frontier(connection, beyond);
  EXPECT_THROW(load_ledger_end(connection), std::runtime_error);
}

TEST_F(Ledger, refuses_an_entry_over_its_size) {
  AreaSet area = test::an_area();
  area.municipalities.resize(1000, {"990", {std::string(30, 'a'), std::string(30, 'b'), "c"}});
  EXPECT_THROW(add(area), std::length_error);
  EXPECT_EQ(end.last_sequence(), 0);
}

TEST_F(Ledger, takes_a_batch_whose_private_half_is_larger_than_an_entry) {
  BatchMade batch;
  batch.batch = BatchId{1};
  batch.area = AreaId{"KEHA"};
  batch.count = 5000;
  for (int i = 0; i < 5000; ++i) batch.cards.push_back(random.bytes<16>());
  add(batch);
  std::size_t cards = 0;
  for_each_entry(tx, 1, [&](Recorded const& recorded) {
    cards = std::get<BatchMade>(recorded.entry).cards.size();
  });
  EXPECT_EQ(cards, 5000U);
}

TEST_F(Ledger, parses_nothing_but_whole_entries) {
  Bytes const good = add(a_block()).entry;
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_THROW(parse_entry(ByteView(good).first(size)), std::runtime_error);
  }
  Bytes other = good;
  other.push_back(0);
  EXPECT_THROW(parse_entry(other), std::runtime_error);
  other = good;
  other[1] = 2;
  EXPECT_THROW(parse_entry(other), std::runtime_error) << "a version nobody knows";
  other = good;
  other[0] = 0x86;
  EXPECT_THROW(parse_entry(other), std::runtime_error);
}

}  // namespace
}  // namespace kaiku::ledger
