#include "server/tables/key_list.hpp"

#include <gtest/gtest.h>

#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::tables {
namespace {

using contract::KeyUse;

struct KeyLists : ::testing::Test {
  test::TestDatabase database;
  lanes::WriterLane writer{database.settings(), database.keys, database.clock, database.random};

  bool refresh() {
    bool wrote = false;
    test::settle(writer, [&](ledger::WriteTx& tx) { return wrote = refresh_key_list(tx); });
    return wrote;
  }
  contract::KeyList kept() {
    Bytes list;
    test::settle(writer, [&](ledger::WriteTx& tx) {
      list = signed_key_list(tx);
      return false;
    });
    return contract::open_key_list(list, database.keys.root.public_key()).value();
  }
};

TEST_F(KeyLists, name_every_key_that_a_door_may_believe) {
  auto const card = database.keys.card.public_key();
  auto const earlier = crypto::Ed25519PrivateKey::from_seed(Digest{9}).public_key();
  database.keys.card_keys.emplace(card.key_id(), card);
  database.keys.card_keys.emplace(earlier.key_id(), earlier);
  EXPECT_TRUE(refresh());
  auto const list = kept();
  auto const now = database.clock.now();
  EXPECT_EQ(list.version, 1);
  EXPECT_EQ(list.keys_for(KeyUse::card, now).size(), 2U);
  EXPECT_EQ(list.keys_for(KeyUse::snapshot, now).at(0).raw(),
            database.keys.snapshot.public_key().raw());
  EXPECT_EQ(list.keys_for(KeyUse::checkpoint, now).at(0).raw(),
            database.keys.checkpoint.public_key().raw());
  EXPECT_EQ(list.sealing_key(now).value().point(), database.keys.sealing.public_key().point());
}

TEST_F(KeyLists, name_the_algorithm_and_the_cost_of_row_hashes) {
  database.keys.stretch.cost = contract::row_cost;
  EXPECT_TRUE(refresh());
  EXPECT_EQ(kept().stretches, (std::vector<contract::ListedStretch>{{1, "scrypt", {8192, 8, 1}}}));
  EXPECT_FALSE(refresh());
  database.keys.stretch = {2, {16384, 8, 1}};
  EXPECT_TRUE(refresh());
  EXPECT_EQ(kept().version, 2);
  EXPECT_EQ(kept().stretch(2).value(), database.keys.stretch);
}

TEST_F(KeyLists, are_signed_anew_only_when_a_key_changed_and_one_version_higher) {
  EXPECT_TRUE(refresh());
  auto const first = kept();
  database.clock.advance(day_us);
  EXPECT_FALSE(refresh());
  EXPECT_EQ(kept(), first);
  database.keys.snapshot = crypto::Ed25519PrivateKey::from_seed(Digest{3});
  EXPECT_TRUE(refresh());
  auto const second = kept();
  EXPECT_EQ(second.version, 2);
  for (auto const& key : second.keys) {
    auto const held_before = key.use != KeyUse::snapshot;
    EXPECT_EQ(key.from == first.keys.at(0).from, held_before);
  }
}

TEST_F(KeyLists, go_on_in_version_under_a_new_root) {
  EXPECT_TRUE(refresh());
  database.keys.root = crypto::Ed25519PrivateKey::from_seed(Digest{4});
  EXPECT_TRUE(refresh());
  EXPECT_EQ(kept().version, 2);
}

TEST_F(KeyLists, cannot_be_handed_out_before_they_are_made) {
  EXPECT_THROW(kept(), std::runtime_error);
}

}  // namespace
}  // namespace kaiku::tables
