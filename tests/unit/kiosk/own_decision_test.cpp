// What a door decides without a network, on its snapshot and its own journal.
#include "tests/unit/kiosk/door_fixture.hpp"

namespace kaiku::kiosk_tests {
namespace {

using contract::CardRow;
using contract::LimitPeriod;
using contract::StoredState;
using contract::UseLimit;

class OwnDecision : public DoorTest {
 protected:
  static constexpr EventId show{77};
  static constexpr Instant noon = SnapshotMaker::noon;
  Day today() const { return helsinki_day(noon); }

  void pass_days(int days) { hand_.pass(days * day_us); }
  void use_elsewhere(contract::CardCode code, int adults, bool today = true) {
    contract::UsesElsewhere use;
    use.card = maker_.row_of(code);
    use.event = event_;
    use.adults = adults;
    use.adult_today = today;
    use.last_at = noon + -hour_us;
    maker_.venue.uses.push_back(use);
  }
};

TEST_F(OwnDecision, gives_a_ticket_and_never_touches_the_network) {
  auto const code = maker_.add_card();
  take_snapshot();
  auto const result = give(code, {.adult = 1, .child = 2});
  auto const& given = std::get<kiosk::Given>(result);
  EXPECT_EQ(given.answer, contract::Answer::ok);
  EXPECT_TRUE(given.offline);
  EXPECT_FALSE(given.redemption.has_value());
  EXPECT_EQ(given.children_max, 2);
  EXPECT_TRUE(link_.seen.empty());
}

TEST_F(OwnDecision, reads_the_typed_code_and_the_token_of_a_card_alike) {
  event_ = show;
  maker_.add_event(show);
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  EXPECT_EQ(word(give(maker_.token(code))), "already_used_here");
}

TEST_F(OwnDecision, warns_of_a_second_ticket_at_one_event_until_a_reason_is_given) {
  event_ = show;
  maker_.add_event(show);
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  auto const second = give(code);
  ASSERT_EQ(word(second), "already_used_here");
  auto const& reply = std::get<kiosk::NotGiven>(second).reply;
  EXPECT_TRUE(reply.may_override);
  EXPECT_EQ(reply.used_at, noon);
  contract::Override const known{contract::Answer::already_used_here, "known_here"};
  EXPECT_EQ(word(give(code.text(), {.adult = 1}, known)), "ok");
  contract::Override const odd{contract::Answer::already_used_here, "because"};
  EXPECT_EQ(word(give(code.text(), {.adult = 1}, odd)), "not_accepted");
}

TEST_F(OwnDecision, warns_of_a_ticket_that_another_door_gave) {
  event_ = show;
  maker_.add_event(show);
  auto const code = maker_.add_card();
  use_elsewhere(code, 1);
  take_snapshot();
  EXPECT_EQ(try_card(code), "already_used_here");
}

TEST_F(OwnDecision, does_not_compare_row_hashes_of_two_epochs) {
  event_ = show;
  maker_.add_event(show);
  auto const code = maker_.add_card();
  use_elsewhere(code, 1);
  maker_.venue.epoch = 2;
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
}

TEST_F(OwnDecision, fills_a_quota_with_places_used_elsewhere_and_its_own) {
  event_ = show;
  auto& event = maker_.add_event(show);
  event.quota = 10;
  event.used_elsewhere = 6;
  auto const first = maker_.add_card();
  auto const second = maker_.add_card();
  auto const third = maker_.add_card();
  take_snapshot();
  auto const result = give(first, {.adult = 1, .child = 2});
  EXPECT_EQ(std::get<kiosk::Given>(result).quota_left, 1);
  EXPECT_EQ(try_card(second, {.adult = 1, .child = 1}), "quota_full");
  EXPECT_EQ(try_card(second), "ok");
  EXPECT_EQ(try_card(third), "quota_full");
}

TEST_F(OwnDecision, an_undone_ticket_gives_its_place_back) {
  event_ = show;
  maker_.add_event(show).quota = 1;
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  EXPECT_EQ(door_.undo(door_.uses_to_undo().at(0).attempt).kind, kiosk::UndoResult::Kind::undone);
  EXPECT_EQ(try_card(code), "ok");
}

TEST_F(OwnDecision, holds_a_limit_per_event_over_its_days) {
  event_ = show;
  maker_.add_event(show).limit = UseLimit{1, LimitPeriod::event};
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  pass_days(1);
  EXPECT_EQ(try_card(code), "limit_reached");
}

TEST_F(OwnDecision, holds_a_limit_per_day_with_uses_elsewhere_and_its_own) {
  maker_.venue.limit = UseLimit{2, LimitPeriod::day};
  auto const code = maker_.add_card();
  use_elsewhere(code, 1);
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  EXPECT_EQ(try_card(code), "limit_reached");
  pass_days(1);
  EXPECT_EQ(try_card(code), "ok");
}

TEST_F(OwnDecision, holds_a_limit_per_calendar_month) {
  maker_.venue.limit = UseLimit{1, LimitPeriod::month};
  maker_.venue.policy.stale_warn_s = 20 * 86'400;
  maker_.venue.policy.stale_stop_s = 30 * 86'400;
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  pass_days(8);  // 30.11.
  EXPECT_EQ(try_card(code), "limit_reached");
  pass_days(1);  // 1.12.
  EXPECT_EQ(try_card(code), "ok");
}

TEST_F(OwnDecision, holds_a_limit_per_period_of_validity) {
  maker_.venue.limit = UseLimit{1, LimitPeriod::validity};
  maker_.venue.policy.stale_stop_s = 400 * 86'400;
  maker_.venue.policy.stale_warn_s = 400 * 86'400;
  auto const code = card_with([&](CardRow& row) { row.last_valid = today() + 360; });
  take_snapshot();
  EXPECT_EQ(try_card(code), "ok");
  pass_days(300);
  EXPECT_EQ(try_card(code), "limit_reached");
  // Renewed for another year: yesterday's use was of the year before.
  for (auto& row : maker_.cards.rows) row.last_valid = today() + 301 + 364;
  take_snapshot(noon + 301 * day_us);
  pass_days(1);
  EXPECT_EQ(try_card(code), "ok");
}

TEST_F(OwnDecision, refuses_by_state_and_days) {
  auto const blocked = card_with([](CardRow& row) { row.state = StoredState::blocked; });
  auto const replaced = card_with([](CardRow& row) { row.state = StoredState::replaced; });
  auto const expired = card_with([&](CardRow& row) { row.last_valid = today() + -1; });
  auto const last_day = card_with([&](CardRow& row) { row.last_valid = today(); });
  auto const later = card_with([&](CardRow& row) { row.first_valid = today() + 1; });
  take_snapshot();
  EXPECT_EQ(try_card(blocked), "blocked");
  EXPECT_EQ(try_card(replaced), "replaced");
  EXPECT_EQ(try_card(expired), "expired");
  EXPECT_EQ(try_card(last_day), "ok");
  EXPECT_EQ(try_card(later), "not_yet_valid");
  pass_days(1);
  EXPECT_EQ(try_card(later), "ok");
  EXPECT_EQ(try_card(last_day), "expired");
}

TEST_F(OwnDecision, refuses_dead_cards_and_voided_stock_though_their_tokens_are_genuine) {
  auto const dead = maker_.new_code();
  auto const voided = maker_.new_code();
  maker_.cards.dead = contract::DeadSet::for_count(10);
  maker_.cards.dead.add(maker_.row_of(dead));
  maker_.cards.voids = {{42, 100, 200}};
  take_snapshot();
  EXPECT_EQ(word(give(maker_.token(dead))), "expired");
  EXPECT_EQ(word(give(maker_.token(voided, contract::StockPosition{42, 200}))), "blocked");
  EXPECT_EQ(word(give(maker_.token(voided, contract::StockPosition{42, 201}))), "ok_offline");
}

TEST_F(OwnDecision, keeps_local_cards_and_local_doors_local) {
  auto const of_local_area = card_with([](CardRow& row) { row.home = 1; });
  auto const ordinary = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(of_local_area), "wrong_area");
  EXPECT_EQ(try_card(ordinary), "ok");
  maker_.venue.policy.local_only = true;
  maker_.venue.area = AreaId{"LOCAL"};
  take_snapshot();
  EXPECT_EQ(try_card(ordinary), "wrong_area");
  EXPECT_EQ(try_card(of_local_area), "ok");
}

// The venue's part comes each minute, that of the cards when it can.
TEST_F(OwnDecision, sends_nobody_away_for_a_home_that_the_older_part_does_not_tell) {
  auto const ordinary = maker_.add_card();
  maker_.venue.policy.local_only = true;
  take_snapshot();
  EXPECT_EQ(try_card(ordinary), "ok");
}

TEST_F(OwnDecision, holds_a_community_ceiling_over_several_acts) {
  event_ = show;
  maker_.add_event(show);
  auto const code = card_with([](CardRow& row) {
    row.kind = contract::CardKind::community;
    row.child_limit = 0;
    row.community_ceiling = 5;
  });
  take_snapshot();
  EXPECT_EQ(try_card(code, {.adult = 1, .child = 5}), "community_over_ceiling");
  EXPECT_EQ(try_card(code, {.adult = 1, .child = 3}), "ok");
  EXPECT_EQ(try_card(code, {.child = 2}), "community_over_ceiling");
  EXPECT_EQ(try_card(code, {.child = 1}), "ok");
}

TEST_F(OwnDecision, adds_children_later_as_fast_mode_does) {
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code, {.child = 1}), "adult_first");
  EXPECT_EQ(try_card(code), "ok");
  EXPECT_EQ(try_card(code, {.child = 2}), "ok");
  EXPECT_EQ(try_card(code, {.child = 1}), "children_over_limit");
  pass_days(1);
  EXPECT_EQ(try_card(code, {.child = 1}), "adult_first");
}

TEST_F(OwnDecision, gives_nothing_at_a_cancelled_event_and_asks_at_one_that_is_over) {
  event_ = show;
  maker_.add_event(show);
  auto const code = maker_.add_card();
  maker_.venue.events.back().cancelled = true;
  take_snapshot();
  EXPECT_EQ(try_card(code), "event_cancelled");
  maker_.venue.events.back().cancelled = false;
  maker_.venue.events.back().ends_at = clock_.now() + -3 * hour_us;
  take_snapshot();
  EXPECT_EQ(try_card(code), "event_over");
}

TEST_F(OwnDecision, lets_unknown_genuine_cards_in_up_to_the_days_number) {
  maker_.venue.policy.unknown_genuine_daily_limit = 2;
  take_snapshot();
  EXPECT_EQ(word(give(maker_.token(maker_.new_code()))), "ok_offline");
  EXPECT_EQ(word(give(maker_.token(maker_.new_code()))), "ok_offline");
  EXPECT_EQ(word(give(maker_.token(maker_.new_code()))), "unknown_card");
  pass_days(1);
  EXPECT_EQ(word(give(maker_.token(maker_.new_code()))), "ok_offline");
}

TEST_F(OwnDecision, lets_no_unknown_card_in_where_the_area_refuses) {
  maker_.venue.policy.unknown_genuine_is_let_in = false;
  take_snapshot();
  EXPECT_EQ(word(give(maker_.token(maker_.new_code()))), "unknown_card");
}

TEST_F(OwnDecision, cannot_know_a_typed_code_without_a_row_unless_the_area_lets_it_in) {
  take_snapshot();
  EXPECT_EQ(try_card(maker_.new_code()), "unknown_card");
  maker_.venue.policy.unknown_typed_is_let_in = true;
  maker_.venue.policy.unknown_genuine_daily_limit = 1;
  take_snapshot();
  EXPECT_EQ(try_card(maker_.new_code()), "ok_offline");
  EXPECT_EQ(word(give(maker_.token(maker_.new_code()))), "unknown_card");
}

TEST_F(OwnDecision, reads_no_token_of_a_foreign_or_withdrawn_key) {
  auto const code = maker_.add_card();
  auto const old_token = maker_.token(code);
  maker_.card_key = ed25519_key(9);
  take_snapshot();
  EXPECT_EQ(word(give(maker_.token(code))), "unreadable");
  EXPECT_EQ(word(give(old_token)), "ok");
  maker_.keys.version = 6;
  maker_.keys.keys.front().until = noon;
  maker_.list_key(contract::KeyUse::card, maker_.card_key);
  maker_.venue.issued_at = noon + minute_us;
  take_snapshot();
  EXPECT_EQ(word(give(old_token)), "unreadable");
  EXPECT_EQ(word(give(maker_.token(code))), "ok");
}

TEST_F(OwnDecision, tells_of_old_data_and_asks_for_a_reason_when_they_are_too_old) {
  auto const code = maker_.add_card();
  take_snapshot();
  pass_days(3);
  hand_.pass(second_us);
  auto const looked = std::get<kiosk::Looked>(door_.look(code.text(), {}));
  EXPECT_EQ(looked.reply.answer, contract::Answer::ok) << "an age costs no act";
  EXPECT_EQ(looked.age.seconds, 3 * 86'400 + 1);
  EXPECT_TRUE(looked.age.is_old);
  auto const given = std::get<kiosk::Given>(give(code));
  EXPECT_TRUE(given.age.is_old);
  EXPECT_TRUE(door_.standing().data_is_old);
  pass_days(11);
  EXPECT_TRUE(door_.standing().data_is_too_old);
  EXPECT_TRUE(door_.standing().decides_alone());
  auto const asked = give(code);
  ASSERT_EQ(word(asked), "stale_snapshot");
  EXPECT_TRUE(std::get<kiosk::NotGiven>(asked).reply.may_override);
  EXPECT_EQ(std::get<kiosk::NotGiven>(asked).age.seconds, 14 * 86'400 + 1);
  contract::Override const anyway{contract::Answer::stale_snapshot, "network_down"};
  EXPECT_EQ(word(give(code.text(), {.adult = 1}, anyway)), "ok");
}

TEST_F(OwnDecision, stops_by_old_data_where_the_area_says_so) {
  auto const code = maker_.add_card();
  maker_.venue.policy.stale_may_be_overruled = false;
  take_snapshot();
  pass_days(14);
  hand_.pass(second_us);
  contract::Override const anyway{contract::Answer::stale_snapshot, "network_down"};
  auto const stopped = give(code.text(), {.adult = 1}, anyway);
  ASSERT_EQ(word(stopped), "stale_snapshot");
  EXPECT_FALSE(std::get<kiosk::NotGiven>(stopped).reply.may_override);
  EXPECT_FALSE(door_.standing().decides_alone());
}

TEST_F(OwnDecision, cannot_know_without_any_data_and_never_says_invalid) {
  EXPECT_EQ(try_card(maker_.add_card()), "no_data");
  EXPECT_EQ(last_outcome().answer, std::nullopt);
  EXPECT_EQ(std::get<kiosk::NoAnswer>(door_.look(maker_.new_code().text(), {})).why,
            kiosk::NoAnswer::Why::no_data);
}

TEST_F(OwnDecision, does_not_accept_what_the_server_would_not) {
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code, {.adult = 2}), "not_accepted");
  EXPECT_EQ(try_card(code, {}), "not_accepted");
  event_ = EventId{99};
  EXPECT_EQ(try_card(code), "not_accepted");
  event_.reset();
  maker_.venue.active = false;
  take_snapshot();
  EXPECT_EQ(try_card(code), "not_accepted");
}

TEST_F(OwnDecision, gives_a_course_place_to_the_holder_alone) {
  event_ = show;
  maker_.add_event(show).kind = contract::UseKind::course;
  auto const code = maker_.add_card();
  take_snapshot();
  EXPECT_EQ(try_card(code, {.adult = 1, .child = 1}), "children_not_on_courses");
  EXPECT_EQ(try_card(code, {.adult = 1, .companion = 1}), "not_accepted");
  EXPECT_EQ(try_card(code), "ok");
  auto const attempt = std::get<contract::Attempt>(entry(journal_.head().sequence - 1).what);
  EXPECT_EQ(attempt.kind, contract::UseKind::course);
}

TEST_F(OwnDecision, takes_a_clock_in_1970_for_a_fault_and_decides_by_the_signed_time) {
  auto const expired = card_with([&](CardRow& row) { row.last_valid = today() + -1; });
  auto const valid = maker_.add_card();
  take_snapshot();
  hand_.wall = Instant{5 * minute_us};
  EXPECT_EQ(try_card(expired), "expired");
  EXPECT_EQ(try_card(valid), "ok");
  EXPECT_TRUE(door_.standing().clock_fault);
  // The journal says what the clock said and how far off it is.
  auto const outcome = entry(journal_.head().sequence);
  EXPECT_EQ(outcome.kiosk_time, hand_.wall);
  EXPECT_EQ(outcome.kiosk_time + outcome.clock_difference_us, noon);
}

TEST_F(OwnDecision, lets_time_go_on_from_the_signed_time_when_the_clock_stands_in_1970) {
  auto const last_day = card_with([&](CardRow& row) { row.last_valid = today(); });
  take_snapshot();
  hand_.wall = Instant{0};
  EXPECT_EQ(try_card(last_day), "ok");
  pass_days(1);
  EXPECT_EQ(try_card(last_day), "expired");
}

TEST_F(OwnDecision, cannot_know_with_a_clock_in_the_far_future_before_any_contact) {
  auto const code = maker_.add_card();
  take_snapshot();
  hand_.wall = noon + 300 * day_us;
  EXPECT_EQ(try_card(code), "stale_snapshot") << "nothing but the wall clock to go by";
}

TEST_F(OwnDecision, goes_by_the_server_it_heard_when_the_wall_clock_jumps_and_says_so) {
  auto const code = maker_.add_card();
  take_snapshot();
  clock_.server_said(noon);
  hand_.wall = noon + 300 * day_us;
  EXPECT_EQ(try_card(code), "ok");
  EXPECT_TRUE(door_.standing().clock_fault);
  auto const outcome = entry(journal_.head().sequence);
  EXPECT_EQ(outcome.kiosk_time + outcome.clock_difference_us, noon);
}

TEST_F(OwnDecision, takes_a_snapshot_from_the_future_and_shows_a_clock_fault) {
  auto const code = maker_.add_card();
  maker_.venue.issued_at = noon + 10 * minute_us;
  take_snapshot();
  clock_.server_said(noon);
  EXPECT_EQ(try_card(code), "ok");
  EXPECT_TRUE(door_.standing().clock_fault);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
