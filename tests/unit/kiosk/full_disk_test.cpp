// A disk without room, at each write in turn: nothing is half done, nothing stays open, and when
// there is room again the door goes on by itself.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/kiosk/door_fixture.hpp"
#include "tests/unit/kiosk/power_cut.hpp"

namespace kaiku::kiosk_tests {
namespace {

using kiosk::Given;
using kiosk::StorageFailure;

// Made before any file of the door is opened.
struct Disk {
  DiskTrace trace;
};

class FullDisk : protected Disk, public DoorTest {
 protected:
  FullDisk() { trace.stop_recording(); }

  // Does something with the disk full from its first write on, then its second …, until it needs no
  // more writes; `check` looks after each, with room again.
  template <class Act, class Check>
  std::size_t at_each_write(Act act, Check check) {
    for (std::size_t n = 1;; ++n) {
      trace.full_from(n);
      bool done = false;
      try {
        act();
        done = true;
      } catch (StorageFailure const&) {
      }
      bool const was_full = trace.has_refused();
      trace.make_room();
      check(done);
      EXPECT_LE(n, 500U) << "it never gets through";
      if (!was_full || n > 500) return n;
    }
  }

  // Every attempt has its outcome, the chain holds, and all of it is on its way to the server.
  void expect_sound() {
    EXPECT_EQ(journal_.first_fault(), std::nullopt);
    EXPECT_EQ(static_cast<std::int64_t>(journal_.waiting(10'000).size()),
              journal_.unacknowledged());
  }
};

TEST_F(FullDisk, leaves_no_attempt_open_and_gives_nothing_that_is_not_written) {
  std::vector<contract::CardCode> cards;
  for (int i = 0; i < 60; ++i) cards.push_back(maker_.add_card());
  take_snapshot();
  int given = 0;
  std::size_t next = 0;
  auto const acts = at_each_write(
      [&] {
        if (std::holds_alternative<Given>(give(cards.at(next)))) ++given;
      },
      [&](bool) {
        ++next;
        ASSERT_TRUE(std::holds_alternative<Given>(give(cards.at(next)))) << "the next guest";
        ++next;
        ++given;
        expect_sound();
        EXPECT_EQ(journal_.own_count_on(helsinki_day(clock_.now())).tickets, given);
      });
  EXPECT_GT(acts, 3U) << "there were writes to fail";
}

TEST_F(FullDisk, is_told_and_over_as_soon_as_there_is_room) {
  auto const first = maker_.add_card();
  take_snapshot();
  EXPECT_FALSE(door_.standing().storage_failed);
  link_.before_answer = [&] { trace.full_from(1); };  // while the server records it
  go_online();
  EXPECT_THROW(give(first), StorageFailure);
  EXPECT_TRUE(door_.standing().storage_failed);
  EXPECT_EQ(journal_.waiting(10).size(), 0U) << "nothing overtakes the open attempt";
  trace.make_room();
  EXPECT_FALSE(door_.standing().storage_failed) << "nobody has to do anything";
  expect_sound();
  EXPECT_EQ(last_outcome().answer, std::nullopt) << "not confirmed";
}

TEST_F(FullDisk, leaves_the_old_snapshot_or_the_new_one) {
  take_snapshot();
  std::int64_t sequence = 1'000;
  auto const taken = at_each_write(
      [&] {
        maker_.add_card();
        maker_.cards.sequence = sequence + 1;
        auto const as_of = SnapshotMaker::noon;
        snapshots_.take_cards(database_, maker_.signed_cards(), as_of);
      },
      [&](bool done) {
        kiosk::SnapshotStore reloaded(maker_.root_key.public_key());
        reloaded.load(database_);
        auto const held = snapshots_.view().cards->sequence();
        EXPECT_EQ(held, done ? sequence + 1 : sequence);
        EXPECT_EQ(reloaded.view().cards->sequence(), held);
        sequence = held;
      });
  EXPECT_GT(taken, 2U);
}

TEST_F(FullDisk, leaves_a_setting_as_it_was) {
  kiosk::set_setting(database_, "language", "fi");
  auto const set =
      at_each_write([&] { kiosk::set_setting(database_, "language", "sv"); },
                    [&](bool done) {
                      EXPECT_EQ(kiosk::setting(database_, "language"), done ? "sv" : "fi");
                      if (done) kiosk::set_setting(database_, "language", "fi");
                    });
  EXPECT_GT(set, 1U);
}

TEST_F(FullDisk, keeps_an_undo_whole) {
  event_ = EventId{77};
  maker_.add_event(*event_);
  std::vector<contract::CardCode> cards;
  for (int i = 0; i < 40; ++i) cards.push_back(maker_.add_card());
  take_snapshot();
  std::size_t next = 0;
  give(cards.at(next++));
  auto const undo_newest = [&] { return door_.undo(door_.uses_to_undo().at(0).attempt).kind; };
  auto const undone =
      at_each_write([&] { ASSERT_EQ(undo_newest(), kiosk::UndoResult::Kind::undone); },
                    [&](bool) {
                      expect_sound();
                      ASSERT_TRUE(std::holds_alternative<Given>(give(cards.at(next++))));
                    });
  EXPECT_GT(undone, 3U);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
