#include "kiosk/snapshot/snapshot_store.hpp"

#include <gtest/gtest.h>

#include "kiosk/device/store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/kiosk/snapshot_maker.hpp"

namespace kaiku::kiosk {
namespace {

using kiosk_tests::SnapshotMaker;
using Taken = SnapshotStore::Taken;

class KioskSnapshotStore : public ::testing::Test {
 protected:
  KioskSnapshotStore() { code_ = maker_.add_card(); }

  std::unique_ptr<SnapshotStore> reopened() {
    auto fresh = std::make_unique<SnapshotStore>(maker_.root_key.public_key());
    fresh->load(database_);
    return fresh;
  }
  void take_both() {
    ASSERT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::taken);
    ASSERT_EQ(store_.take_cards(database_, maker_.signed_cards(), noon), Taken::taken);
  }
  Taken take_delta(contract::CardsPart const& delta, Instant as_of) {
    return store_.take_cards(database_, maker_.sign(delta), as_of);
  }
  bool knows(SnapshotStore const& store, contract::CardCode code) {
    auto const cards = store.view().cards;
    return cards && cards->find(maker_.row_of(code)).has_value();
  }
  int stored_parts() {
    auto row = database_.prepare("SELECT count(*) FROM snapshot_part");
    row.step();
    return static_cast<int>(row.integer(0));
  }

  static constexpr Instant noon = SnapshotMaker::noon;
  SnapshotMaker maker_;
  contract::CardCode code_ = contract::CardCode::from_bits(0);
  test::TemporaryFolder folder_;
  Database database_{folder_.file("kiosk.db"), Database::Mode::read_write};
  SnapshotStore store_{maker_.root_key.public_key()};
};

TEST_F(KioskSnapshotStore, knows_nothing_on_a_new_device) {
  store_.load(database_);
  EXPECT_FALSE(store_.view().cards);
  EXPECT_FALSE(store_.view().venue);
  EXPECT_EQ(store_.view().newest(), Instant{});
  EXPECT_EQ(store_.fault(), "");
}

TEST_F(KioskSnapshotStore, keeps_both_parts_over_a_restart_and_proves_them_again) {
  take_both();
  auto const fresh = reopened();
  EXPECT_TRUE(knows(*fresh, code_));
  EXPECT_EQ(fresh->view().venue->part.name, "Kaupunginteatteri");
  EXPECT_EQ(fresh->view().cards_as_of, noon);
  EXPECT_EQ(fresh->view().newest(), noon);
  EXPECT_EQ(fresh->fault(), "");
}

TEST_F(KioskSnapshotStore, takes_no_cards_before_it_has_a_key_list) {
  EXPECT_EQ(store_.take_cards(database_, maker_.signed_cards(), noon), Taken::refused);
  EXPECT_NE(store_.fault().find("no key list yet"), std::string::npos);
  EXPECT_EQ(stored_parts(), 0);
}

TEST_F(KioskSnapshotStore, refuses_a_venue_part_signed_by_another_and_changes_nothing) {
  take_both();
  auto const good = maker_.snapshot_key;
  maker_.snapshot_key = kiosk_tests::ed25519_key(9);
  maker_.venue.name = "Muualla";
  EXPECT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::refused);
  EXPECT_NE(store_.fault().find("venue part"), std::string::npos);
  EXPECT_EQ(store_.view().venue->part.name, "Kaupunginteatteri");
  EXPECT_EQ(reopened()->view().venue->part.name, "Kaupunginteatteri");
  maker_.snapshot_key = good;
  EXPECT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::taken);
  EXPECT_EQ(store_.fault(), "");
}

TEST_F(KioskSnapshotStore, refuses_a_key_list_that_another_root_signed) {
  maker_.root_key = kiosk_tests::ed25519_key(9);
  EXPECT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::refused);
}

TEST_F(KioskSnapshotStore, refuses_an_older_key_list_than_it_has_seen_even_after_a_restart) {
  take_both();
  maker_.keys.version = 4;
  EXPECT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::refused);
  database_.execute("DELETE FROM snapshot_part");
  auto fresh = reopened();
  EXPECT_EQ(fresh->take_venue(database_, maker_.signed_venue()), Taken::refused);
  maker_.keys.version = 5;
  EXPECT_EQ(fresh->take_venue(database_, maker_.signed_venue()), Taken::taken);
}

TEST_F(KioskSnapshotStore, follows_the_cost_of_codes_when_it_rises) {
  take_both();
  maker_.keys.version = 6;
  maker_.cards.row_key.stretch = {2, {4, 1, 2}};
  maker_.keys.stretches.push_back(contract::ListedStretch::of(maker_.cards.row_key.stretch));
  ASSERT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::taken);
  EXPECT_EQ(reopened()->view().cards->row_key().stretch.number, 1) << "until the new rows come";
  maker_.cards.rows = {maker_.row(code_)};
  ASSERT_EQ(store_.take_cards(database_, maker_.signed_cards(), noon + 1), Taken::taken);
  EXPECT_EQ(store_.view().cards->row_key().stretch, maker_.cards.row_key.stretch);
  EXPECT_TRUE(knows(*reopened(), code_));
}

TEST_F(KioskSnapshotStore,
       cannot_read_cards_hashed_by_an_unknown_algorithm_and_keeps_the_old_ones) {
  take_both();
  maker_.keys.version = 6;
  maker_.keys.stretches.push_back({2, "argon2id", {1, 19'456, 2}});
  maker_.cards.row_key.stretch.number = 2;
  ASSERT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::taken);
  EXPECT_EQ(store_.take_cards(database_, maker_.signed_cards(), noon + 1), Taken::refused);
  EXPECT_NE(store_.fault().find("an algorithm that this program does not know"), std::string::npos);
  EXPECT_EQ(store_.view().cards->row_key().stretch.number, 1);
  EXPECT_EQ(store_.view().cards_as_of, noon);
}

TEST_F(KioskSnapshotStore, refuses_cards_signed_by_a_withdrawn_key_and_keeps_the_old_ones) {
  take_both();
  auto const withdrawn = maker_.snapshot_key;
  maker_.keys.version = 6;
  maker_.keys.keys.back().until = noon + hour_us;
  maker_.snapshot_key = kiosk_tests::ed25519_key(4);
  maker_.list_key(contract::KeyUse::snapshot, maker_.snapshot_key);
  ASSERT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::taken);
  maker_.cards.sequence = 1'100;
  auto const forged = contract::sign_cards_part(maker_.cards, withdrawn);
  EXPECT_EQ(store_.take_cards(database_, forged, noon + 2 * hour_us), Taken::refused);
  EXPECT_EQ(store_.view().cards->sequence(), 1'000);
  // What was taken while the key was good stays good at the next start.
  EXPECT_TRUE(knows(*reopened(), code_));
}

TEST_F(KioskSnapshotStore, a_taken_part_does_not_hide_the_other_parts_fault) {
  take_both();
  EXPECT_EQ(store_.take_cards(database_, Bytes{1, 2, 3}, noon), Taken::refused);
  ASSERT_EQ(store_.take_venue(database_, maker_.signed_venue()), Taken::taken);
  EXPECT_NE(store_.fault().find("cards part"), std::string::npos);
  store_.confirm_cards(database_, noon + minute_us);
  EXPECT_EQ(store_.fault(), "");
}

TEST_F(KioskSnapshotStore, continues_with_deltas_and_finds_them_after_a_restart) {
  take_both();
  auto const fresh_card = maker_.new_code();
  auto first = maker_.delta(1'000, 1'001);
  SnapshotMaker::put(first, maker_.row(fresh_card));
  auto second = maker_.delta(1'001, 1'005);
  second.removed = {maker_.row_of(code_)};
  second.newly_dead = {maker_.row_of(code_)};
  EXPECT_EQ(take_delta(first, noon + minute_us), Taken::taken);
  EXPECT_EQ(take_delta(second, noon + 2 * minute_us), Taken::taken);
  auto const fresh = reopened();
  EXPECT_TRUE(knows(*fresh, fresh_card));
  EXPECT_FALSE(knows(*fresh, code_));
  EXPECT_TRUE(fresh->view().cards->is_dead(maker_.row_of(code_)));
  EXPECT_EQ(fresh->view().cards->sequence(), 1'005);
  EXPECT_EQ(fresh->view().cards_as_of, noon + 2 * minute_us);
}

TEST_F(KioskSnapshotStore, asks_for_the_full_part_when_a_delta_does_not_follow) {
  take_both();
  EXPECT_EQ(take_delta(maker_.delta(1'001, 1'002), noon), Taken::not_next);
  auto of_another_epoch = maker_.delta(1'000, 1'002);
  of_another_epoch.row_key.epoch = 2;
  EXPECT_EQ(take_delta(of_another_epoch, noon), Taken::not_next);
  EXPECT_EQ(store_.view().cards->sequence(), 1'000);
  EXPECT_EQ(reopened()->view().cards->sequence(), 1'000);
  SnapshotStore empty(maker_.root_key.public_key());
  database_.execute("DELETE FROM snapshot_part");
  ASSERT_EQ(empty.take_venue(database_, maker_.signed_venue()), Taken::taken);
  EXPECT_EQ(empty.take_cards(database_, maker_.sign(maker_.delta(1'000, 1'001)), noon),
            Taken::not_next);
}

TEST_F(KioskSnapshotStore, wants_the_full_part_after_so_many_deltas_and_a_full_one_replaces_them) {
  take_both();
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(most_deltas); ++i) {
    EXPECT_FALSE(store_.wants_full()) << i;
    ASSERT_EQ(take_delta(maker_.delta(1'000 + i, 1'001 + i), noon), Taken::taken);
  }
  EXPECT_TRUE(store_.wants_full());
  EXPECT_TRUE(reopened()->wants_full());
  maker_.cards.sequence = 2'000;
  ASSERT_EQ(store_.take_cards(database_, maker_.signed_cards(), noon), Taken::taken);
  EXPECT_FALSE(store_.wants_full());
  EXPECT_EQ(stored_parts(), 2);
  EXPECT_EQ(reopened()->view().cards->sequence(), 2'000);
}

TEST_F(KioskSnapshotStore, wants_the_full_part_after_so_many_bytes_of_deltas) {
  take_both();
  auto large = maker_.delta(1'000, 1'001);
  for (int i = 0; i < 6'000; ++i) {
    contract::CardRow row;
    row.hash = static_cast<contract::RowHash>(i) << 20;
    large.rows.push_back(row);
  }
  ASSERT_EQ(take_delta(large, noon), Taken::taken);
  EXPECT_TRUE(store_.wants_full());
}

TEST_F(KioskSnapshotStore, remembers_when_the_server_said_that_nothing_has_changed) {
  take_both();
  store_.confirm_cards(database_, noon + hour_us);
  EXPECT_EQ(store_.view().cards_as_of, noon + hour_us);
  EXPECT_EQ(reopened()->view().cards_as_of, noon + hour_us);
}

TEST_F(KioskSnapshotStore, leaves_out_a_stored_part_that_was_damaged_and_says_so) {
  take_both();
  database_.execute(
      "UPDATE snapshot_part SET signed = CAST(substr(signed, 1, 90) || x'ff' || substr(signed, 92)"
      " AS BLOB) WHERE name = 'cards'");
  auto const fresh = reopened();
  EXPECT_FALSE(fresh->view().cards);
  EXPECT_TRUE(fresh->view().venue);
  EXPECT_NE(fresh->fault().find("cards part"), std::string::npos);
}

TEST_F(KioskSnapshotStore, goes_on_from_what_stands_before_a_damaged_delta) {
  take_both();
  ASSERT_EQ(take_delta(maker_.delta(1'000, 1'001), noon + minute_us), Taken::taken);
  ASSERT_EQ(take_delta(maker_.delta(1'001, 1'002), noon + 2 * minute_us), Taken::taken);
  ASSERT_EQ(take_delta(maker_.delta(1'002, 1'004), noon + 3 * minute_us), Taken::taken);
  database_.execute("UPDATE snapshot_part SET signed = x'00' WHERE name = 'cards' AND place = 2");
  auto fresh = reopened();
  EXPECT_EQ(fresh->view().cards->sequence(), 1'001);
  // Its data are as old as they are, whatever was confirmed with the delta that is lost.
  EXPECT_EQ(fresh->view().cards_as_of, noon + minute_us);
  EXPECT_NE(fresh->fault(), "");
  EXPECT_EQ(fresh->take_cards(database_, maker_.sign(maker_.delta(1'001, 1'003)), noon),
            Taken::taken);
  EXPECT_EQ(reopened()->view().cards->sequence(), 1'003);
}

TEST_F(KioskSnapshotStore, a_look_stays_as_it_was_while_the_next_part_comes) {
  take_both();
  auto const before = store_.view();
  ASSERT_EQ(take_delta(maker_.delta(1'000, 1'001), noon), Taken::taken);
  EXPECT_EQ(before.cards->sequence(), 1'000);
  EXPECT_EQ(store_.view().cards->sequence(), 1'001);
}

}  // namespace
}  // namespace kaiku::kiosk
