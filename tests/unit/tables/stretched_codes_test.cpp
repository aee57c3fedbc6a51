#include "server/tables/stretched_codes.hpp"

#include <gtest/gtest.h>

#include <set>

#include "schema/crypto/crypto.hpp"
#include "server/ledger/ledger.hpp"
#include "tests/support/card_office.hpp"

namespace kaiku::tables {
namespace {

struct StretchedCodes : ::testing::Test, test::CardOffice {
  void stretch(Issued const& card) {
    write([&](ledger::WriteTx& tx) {
      auto const key = row_key_of(tx.keys(), 1);
      put_stretched(tx, card.card, contract::stretch(card.code, key));
      return true;
    });
  }

  // Every card that is found in one direction, `most` at a time.
  std::vector<CardId> missing(Towards way, std::size_t most) {
    return write([&](ledger::WriteTx& tx) {
      std::vector<CardId> cards;
      auto const end = last_sequence(tx) + 1;
      CardChange from = way == Towards::newer ? CardChange{} : CardChange{end, CardId{0}};
      for (;;) {
        auto const found = codes_to_stretch(tx, from, way, most);
        for (auto const& [card, code] : found.codes) cards.push_back(card);
        if (!found.reached) return cards;
        from = *found.reached;
      }
    });
  }
};

TEST_F(StretchedCodes, are_missing_for_cards_in_use_alone_and_found_both_ways) {
  ledger::BatchMade batch;
  batch.batch = BatchId{1};
  batch.area = AreaId{"KEHA"};
  batch.count = 4;
  for (std::uint8_t i = 0; i < 4; ++i) batch.cards.push_back(ledger::Ref{i});
  record(batch);
  record(ledger::StockVoided{BatchId{1}, 1, 3});
  auto const first = issue();
  auto const second = issue();
  auto const third = issue();
  record(ledger::CardBlocked{domain::BlockReason::lost, first.ref});
  stretch(second);
  for (std::size_t const most : {1U, 2U, 64U}) {
    auto const newer = missing(Towards::newer, most);
    EXPECT_EQ(std::set<CardId>(newer.begin(), newer.end()), (std::set{first.card, third.card}));
    auto const older = missing(Towards::older, most);
    EXPECT_EQ(std::set<CardId>(older.begin(), older.end()), (std::set{first.card, third.card}));
  }
  EXPECT_EQ(missing(Towards::newer, 64), (std::vector{first.card, third.card}))
      << "once each in one look";
}

TEST_F(StretchedCodes, come_back_as_they_were_made_and_only_once) {
  auto const card = issue();
  stretch(card);
  auto const key = row_key_of(database.keys, 1);
  auto const wanted = contract::stretch(card.code, key);
  write([&](ledger::WriteTx& tx) {
    put_stretched(tx, card.card, Digest{});
    EXPECT_EQ(stretched_of(tx, card.card), wanted);
    EXPECT_EQ(stretched_of(tx, CardId{1}), std::nullopt);
    return true;
  });
}

TEST_F(StretchedCodes, are_not_written_for_a_card_that_was_erased_meanwhile) {
  auto const card = issue();
  write([&](ledger::WriteTx& tx) {
    tx.prepare("DELETE FROM vault_card WHERE card_id = ?1").with(card.card).run();
    return true;
  });
  EXPECT_TRUE(missing(Towards::newer, 64).empty()) << "a code that is not there is left out";
  stretch(card);
  write([&](ledger::WriteTx& tx) {
    EXPECT_EQ(stretched_of(tx, card.card), std::nullopt);
    return true;
  });
}

TEST_F(StretchedCodes, belong_to_one_epoch_more_with_each_stolen_door) {
  auto const door = [&](std::uint8_t spki) {
    return DeviceId{record(ledger::DeviceEnrolled{venue, "kiosk", Bytes{spki}})};
  };
  auto const epoch = [&] { return write([](ledger::WriteTx& tx) { return row_epoch(tx); }); };
  auto const first = door(1);
  auto const second = door(2);
  EXPECT_EQ(epoch(), 1);
  record(ledger::DeviceRevoked{first, false});
  EXPECT_EQ(epoch(), 1);
  record(ledger::DeviceRevoked{second, true});
  record(ledger::DeviceRevoked{first, true});
  EXPECT_EQ(epoch(), 3);
}

TEST_F(StretchedCodes, have_a_key_of_each_epoch_under_one_salt) {
  auto const first = row_key_of(database.keys, 1);
  auto const second = row_key_of(database.keys, 2);
  EXPECT_NE(first.key, second.key);
  EXPECT_EQ(first.salt, second.salt);
  EXPECT_EQ(first, row_key_of(database.keys, 1));
  Bytes input{'r', 'o', 'w', ' ', 'k', 'e', 'y', 0, 0, 0, 0, 0, 0, 0, 2};
  EXPECT_EQ(second.key, crypto::hmac_sha256(database.keys.rows, input));
}

TEST_F(StretchedCodes, keep_to_the_secret_and_the_cost_that_they_were_made_with) {
  auto const keep = [&] { return write([](ledger::WriteTx& tx) { return keep_row_salt(tx); }); };
  EXPECT_TRUE(keep());
  EXPECT_FALSE(keep());
  database.keys.rows[0] ^= 1;
  EXPECT_THROW(keep(), std::runtime_error);
  database.keys.rows[0] ^= 1;
  EXPECT_FALSE(keep());
  database.keys.stretch.cost.n *= 2;
  EXPECT_THROW(keep(), std::runtime_error);
}

}  // namespace
}  // namespace kaiku::tables
