// What a device's own uses count for the next decision: the server's rules, over its own table.
#include <gtest/gtest.h>

#include "kiosk/journal/journal.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::kiosk {
namespace {

using contract::LimitPeriod;
using contract::Tickets;

class OwnUses : public ::testing::Test {
 protected:
  std::int64_t give(OwnCard const& card, std::optional<EventId> event, Day day, Tickets tickets,
                    bool unknown = false) {
    GivenUse use;
    use.card = card;
    use.event = event;
    use.day = day;
    use.at = start_of(day) + 12 * hour_us;
    use.tickets = tickets;
    use.card_was_unknown = unknown;
    Stamp const stamp{use.at, 0, 0};
    contract::Attempt attempt;
    attempt.tickets = tickets;
    contract::Outcome outcome;
    outcome.of = journal_.append_attempt(stamp, attempt, "x");
    outcome.answer = contract::Answer::ok;
    outcome.offline = true;
    journal_.append_outcome(stamp, outcome, false, use);
    return outcome.of;
  }
  void undo(std::int64_t attempt) { journal_.append_undo({}, {attempt, "mistake"}); }
  contract::EarlierUses ask(std::optional<EventId> event, Day day,
                            std::optional<contract::UseLimit> limit = std::nullopt,
                            Day valid_from = {}) {
    return journal_.own_uses({card_, event, day, limit, valid_from});
  }
  int in_period(std::optional<EventId> event, Day day, LimitPeriod period, Day valid_from = {}) {
    return ask(event, day, contract::UseLimit{1, period}, valid_from).uses_in_limit_period;
  }

  static constexpr OwnCard card_{1, 2, 3};
  static constexpr OwnCard other_{9};
  static constexpr Day today_{20'779};  // 22.11.2026
  static constexpr EventId event_{77};
  crypto::P256PrivateKey key_ = crypto::P256PrivateKey::generate();
  test::TemporaryFolder folder_;
  Database database_{folder_.file("kiosk.db"), Database::Mode::read_write};
  Journal journal_{database_, DeviceId{7}, key_, key_.public_key()};
};

TEST_F(OwnUses, at_an_event_every_day_counts_and_places_of_all_cards) {
  give(card_, event_, today_ + -1, {.adult = 1, .child = 2, .assistant = 1});
  give(card_, event_, today_, {.child = 1});
  give(other_, event_, today_, {.adult = 1, .companion = 1});
  give(card_, EventId{78}, today_, {.adult = 1});
  give(card_, std::nullopt, today_, {.adult = 1});
  auto const uses = ask(event_, today_);
  EXPECT_EQ(uses.quota_used, 6);
  EXPECT_EQ(uses.adults_here, 1);
  EXPECT_EQ(uses.children_here, 3);
  EXPECT_FALSE(uses.adult_today_here);
  EXPECT_EQ(uses.last_here, start_of(today_ + -1) + 12 * hour_us);
  EXPECT_EQ(journal_.own_places(event_), 6);
}

TEST_F(OwnUses, without_an_event_the_day_alone_counts) {
  give(card_, std::nullopt, today_ + -1, {.adult = 1, .child = 2});
  give(card_, std::nullopt, today_, {.adult = 1, .child = 1});
  give(card_, event_, today_, {.adult = 1});
  auto const uses = ask(std::nullopt, today_);
  EXPECT_EQ(uses.adults_here, 1);
  EXPECT_EQ(uses.children_here, 1);
  EXPECT_TRUE(uses.adult_today_here);
  EXPECT_EQ(uses.quota_used, 0);
}

TEST_F(OwnUses, a_limit_counts_its_own_period) {
  Day const first_of_month{20'758};  // 1.11.2026
  ASSERT_EQ(civil_of(first_of_month).day, 1U);
  for (Day const day : {first_of_month + -31, first_of_month, today_ + -1, today_, today_ + 9}) {
    give(card_, std::nullopt, day, {.adult = 1});
  }
  EXPECT_EQ(in_period(std::nullopt, today_, LimitPeriod::day), 1);
  EXPECT_EQ(in_period(std::nullopt, today_, LimitPeriod::month), 3);
  EXPECT_EQ(in_period(std::nullopt, today_, LimitPeriod::event), 5);
  EXPECT_EQ(in_period(std::nullopt, today_, LimitPeriod::validity, today_ + -1), 3);
  EXPECT_EQ(in_period(event_, today_, LimitPeriod::event), 0);
}

TEST_F(OwnUses, an_undone_use_counts_nowhere) {
  auto const use = give(card_, event_, today_, {.adult = 1, .child = 1}, true);
  EXPECT_EQ(journal_.unknown_cards_on(today_), 1);
  undo(use);
  auto const uses = ask(event_, today_, contract::UseLimit{1, LimitPeriod::event});
  EXPECT_EQ(uses.quota_used, 0);
  EXPECT_EQ(uses.adults_here, 0);
  EXPECT_EQ(uses.children_here, 0);
  EXPECT_FALSE(uses.adult_today_here);
  EXPECT_EQ(uses.uses_in_limit_period, 0);
  EXPECT_FALSE(uses.last_here.has_value());
  EXPECT_EQ(journal_.own_places(event_), 0);
  EXPECT_EQ(journal_.unknown_cards_on(today_), 0);
  EXPECT_EQ(journal_.own_count_on(today_).tickets, 0);
}

TEST_F(OwnUses, a_use_counts_after_its_entry_was_acknowledged_and_dropped) {
  give(card_, event_, today_, {.adult = 1});
  journal_.acknowledge({1, 2}, false, Day{20'000});
  EXPECT_EQ(ask(event_, today_).adults_here, 1);
  ASSERT_EQ(journal_.latest_uses(Instant{}, 1).size(), 1U);
  EXPECT_EQ(journal_.latest_uses(Instant{}, 1).front().attempt, 1);
}

TEST_F(OwnUses, a_card_that_was_not_known_is_the_same_as_no_other) {
  give(OwnCard{}, event_, today_, {.adult = 1});
  auto const uses = journal_.own_uses({OwnCard{}, event_, today_, std::nullopt, {}});
  EXPECT_EQ(uses.adults_here, 0);
  EXPECT_EQ(uses.quota_used, 1);
}

TEST_F(OwnUses, the_day_is_told_in_tickets_and_children) {
  give(card_, event_, today_, {.adult = 1, .child = 2, .interpreter = 1});
  give(other_, std::nullopt, today_, {.adult = 1});
  give(other_, std::nullopt, today_ + -1, {.adult = 1});
  EXPECT_EQ(journal_.own_count_on(today_).tickets, 5);
  EXPECT_EQ(journal_.own_count_on(today_).children, 2);
}

TEST_F(OwnUses, the_latest_is_the_newest_that_was_not_undone) {
  EXPECT_TRUE(journal_.latest_uses(Instant{}, 1).empty());
  auto const first = give(card_, event_, today_, {.adult = 1});
  auto const second = give(other_, event_, today_, {.adult = 1, .child = 2});
  auto const at = start_of(today_) + 12 * hour_us;
  ASSERT_EQ(journal_.latest_uses(at, 1).size(), 1U);
  EXPECT_EQ(journal_.latest_uses(at, 1).at(0).attempt, second);
  EXPECT_EQ(journal_.latest_uses(at, 1).at(0).tickets, (Tickets{.adult = 1, .child = 2}));
  EXPECT_EQ(journal_.latest_uses(at, 1).at(0).at, at);
  EXPECT_TRUE(journal_.latest_uses(at + 1, 1).empty());
  undo(second);
  EXPECT_EQ(journal_.latest_uses(at, 1).at(0).attempt, first);
}

TEST_F(OwnUses, stay_as_long_as_a_decision_can_ask_for_them_and_no_longer) {
  for (int const days_ago : {0, 2, 3, 100}) {
    give(card_, std::nullopt, today_ + -days_ago, {.adult = 1});
    give(card_, event_, today_ + -days_ago, {.adult = 1});
    give(card_, EventId{78}, today_ + -days_ago, {.adult = 1});
  }
  journal_.forget_uses({today_, {event_}, std::nullopt});
  EXPECT_EQ(ask(event_, today_).adults_here, 4) << "an event's count whatever their day";
  EXPECT_EQ(ask(EventId{78}, today_).adults_here, 2) << "this event is over";
  EXPECT_EQ(in_period(std::nullopt, today_, LimitPeriod::validity, today_ + -200), 2);
}

TEST_F(OwnUses, stay_for_the_venues_limit) {
  for (int const days_ago : {5, 6, 7}) {
    give(card_, std::nullopt, today_ + -days_ago, {.adult = 1});
  }
  journal_.forget_uses({today_, {}, today_ + -6});
  EXPECT_EQ(in_period(std::nullopt, today_, LimitPeriod::validity, today_ + -200), 2);
}

TEST_F(OwnUses, lose_the_time_of_day_after_two_days) {
  give(card_, event_, today_ + -2, {.adult = 1});
  give(other_, event_, today_ + -3, {.adult = 1});
  journal_.forget_uses({today_, {event_}, std::nullopt});
  EXPECT_EQ(ask(event_, today_).last_here, start_of(today_ + -2) + 12 * hour_us);
  auto const old = journal_.own_uses({other_, event_, today_, std::nullopt, {}});
  EXPECT_EQ(old.adults_here, 1);
  EXPECT_EQ(old.last_here, std::nullopt) << "no time is better than a false one";
}

}  // namespace
}  // namespace kaiku::kiosk
