// A door with everything under it but a network: a clock in the hand, a scripted server, a snapshot
// of the test's making.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kiosk/door/door.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/kiosk/snapshot_maker.hpp"

namespace kaiku::kiosk_tests {

class HandClock final : public Clock {
 public:
  Instant now() const override { return wall; }
  std::int64_t monotonic_us() const override { return monotonic; }
  void pass(std::int64_t us) {
    wall = wall + us;
    monotonic += us;
  }
  Instant wall = SnapshotMaker::noon;
  std::int64_t monotonic = 1'000 * second_us;
};

// Answers in the order prepared; a request too many is a cut line.
class ScriptedLink final : public kiosk::DoorLink {
 public:
  kiosk::Linked<kiosk::HttpAnswer> request(kiosk::HttpQuestion const& question,
                                           std::chrono::milliseconds) override {
    seen.push_back(std::string(question.method) + " " + std::string(question.path));
    bodies.emplace_back(question.body);
    if (before_answer) before_answer();
    if (answers.empty()) {
      return kiosk::LinkFailure{kiosk::LinkFault::timed_out, "a deadline passed", true};
    }
    auto answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }
  void answer(int status, std::string body) {
    answers.push_back({status, std::move(body), std::nullopt, std::nullopt, true});
  }

  std::deque<kiosk::HttpAnswer> answers;
  std::vector<std::string> seen;
  std::vector<std::string> bodies;
  std::function<void()> before_answer;
};

class DoorTest : public ::testing::Test {
 protected:
  DoorTest() {
    enrolment_.device = DeviceId{7};
    enrolment_.venue = VenueId{40};
    enrolment_.venue_name = "Teatteri";
  }

  // What the maker has now becomes the device's data.
  void take_snapshot(Instant as_of = SnapshotMaker::noon) {
    auto const venue = snapshots_.take_venue(database_, maker_.signed_venue());
    ASSERT_EQ(venue, kiosk::SnapshotStore::Taken::taken) << snapshots_.fault();
    auto const cards = snapshots_.take_cards(database_, maker_.signed_cards(), as_of);
    ASSERT_EQ(cards, kiosk::SnapshotStore::Taken::taken) << snapshots_.fault();
  }
  void go_online() { contact_.heard(clock_.now()); }

  kiosk::DoorResult give(std::string const& card, contract::Tickets tickets = {.adult = 1},
                         std::optional<contract::Override> override = std::nullopt) {
    kiosk::Ask ask;
    ask.card = card;
    ask.event = event_;
    ask.tickets = tickets;
    ask.override = std::move(override);
    return door_.look_and_give(ask);
  }
  kiosk::DoorResult give(contract::CardCode code, contract::Tickets tickets = {.adult = 1}) {
    return give(code.text(), tickets);
  }
  // The answer's word; "no_data" and the like when there is none.
  static std::string word(kiosk::DoorResult const& result) {
    if (auto const* given = std::get_if<kiosk::Given>(&result)) {
      return std::string(contract::word_of(given->answer));
    }
    if (auto const* refused = std::get_if<kiosk::NotGiven>(&result)) {
      return std::string(contract::word_of(refused->reply.answer));
    }
    switch (std::get<kiosk::NoAnswer>(result).why) {
      case kiosk::NoAnswer::Why::no_data: return "no_data";
      case kiosk::NoAnswer::Why::too_many_tries: return "too_many_tries";
      case kiosk::NoAnswer::Why::not_accepted: break;
    }
    return "not_accepted";
  }
  std::string try_card(contract::CardCode code, contract::Tickets tickets = {.adult = 1}) {
    return word(give(code, tickets));
  }
  // A card whose row is changed by `change`.
  template <class Change>
  contract::CardCode card_with(Change change) {
    auto const code = maker_.new_code();
    auto row = maker_.row(code);
    change(row);
    SnapshotMaker::put(maker_.cards, row);
    return code;
  }

  contract::JournalEntry entry(std::int64_t sequence) {
    contract::JournalEntry found;
    journal_.each([&](kiosk::StoredEntry const& stored) {
      if (stored.sequence != sequence) return;
      found = contract::verify_journal_entry(stored.signed_entry, key_.public_key()).value();
    });
    return found;
  }
  contract::Outcome last_outcome() {
    return std::get<contract::Outcome>(entry(journal_.head().sequence).what);
  }

  test::TemporaryFolder folder_;
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  crypto::P256PrivateKey server_key_ = crypto::P256PrivateKey::generate();
  HandClock hand_;
  ScriptedLink link_;
  SnapshotMaker maker_;
  std::optional<EventId> event_;
  kiosk::Enrolment enrolment_;
  kiosk::Database database_{folder_.file("kiosk.db"), kiosk::Database::Mode::read_write};
  kiosk::Journal journal_{database_, DeviceId{7}, key_, server_key_.public_key()};
  kiosk::DoorServer server_{link_, VenueId{40}, kiosk::door_patience};
  kiosk::KioskClock clock_{hand_, 0};
  kiosk::SnapshotStore snapshots_{maker_.root_key.public_key()};
  kiosk::Contact contact_;
  kiosk::Door door_{{database_, journal_, server_, clock_, snapshots_, contact_, enrolment_}};
};

}  // namespace kaiku::kiosk_tests
