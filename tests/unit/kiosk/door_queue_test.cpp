// A scan at any time is taken: the cards that wait, the keys between them, the scanner's burst.
#include "kiosk/till/key_burst.hpp"
#include "tests/unit/kiosk/door_model_fixture.hpp"

namespace kaiku::kiosk {
namespace {

using contract::Answer;
using DoorQueue = DoorModelTest;

// Answers every giving at once, and tells the cards in the order given.
class FastBurst : public DoorModelTest {
 protected:
  void drain(std::vector<Wish> wishes) {
    while (!wishes.empty()) {
      auto const* next = find<Give>(wishes);
      if (!next) return;
      auto const give = *next;
      cards.push_back(give.ask.card);
      wishes = gave(give);
    }
  }
  std::vector<std::string> cards;
};

TEST_F(FastBurst, every_one_of_a_burst_is_recorded_in_order) {
  model.fast = true;
  auto const first = happen(Scanned{some_code(1)});
  std::vector<std::string> expected{some_code(1)};
  for (std::uint64_t seed = 2; seed <= most_waiting_scans; ++seed) {
    now_us += 50'000;
    EXPECT_TRUE(happen(Scanned{some_code(seed)}).empty());
    expected.push_back(some_code(seed));
  }
  drain(first);
  EXPECT_EQ(cards, expected);
  EXPECT_FALSE(model.scans_overflowed);
}

TEST_F(FastBurst, a_card_read_twice_within_a_burst_is_one_scan_by_the_time_it_was_read) {
  model.fast = true;
  auto const first = happen(Scanned{some_code(1)});
  now_us += 1'000'000;
  happen(Scanned{some_code(1)});
  now_us += 20'000'000;  // the network took its time
  drain(first);
  EXPECT_EQ(cards.size(), 1U);
}

TEST_F(FastBurst, a_card_read_again_after_five_seconds_is_another_scan_however_slow_the_network) {
  model.fast = true;
  auto const first = happen(Scanned{some_code(1)});
  now_us += 6'000'000;
  happen(Scanned{some_code(1)});
  now_us += 1'000'000;
  drain(first);
  EXPECT_EQ(cards.size(), 2U);
}

TEST_F(DoorQueue, more_cards_than_fit_are_told) {
  model.fast = true;
  happen(Scanned{some_code(1)});
  for (std::uint64_t seed = 2; seed <= most_waiting_scans + 2; ++seed) {
    happen(Scanned{some_code(seed)});
  }
  EXPECT_EQ(model.waiting.size(), most_waiting_scans);
  EXPECT_TRUE(model.scans_overflowed);
}

TEST_F(DoorQueue, in_fast_mode_a_refusal_is_seen_before_the_next_card) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code(1)});
  happen(Scanned{some_code(2)});
  auto const& give = std::get<Give>(wishes.at(0));
  EXPECT_TRUE(
      happen(GiveReply{give.ticket, give.ask.card, NotGiven{1, reply(Answer::expired), false}})
          .empty());
  ASSERT_TRUE(face<NotNowFace>());
  now_us += outcome_least_us;
  auto const next = happen(Tick{});
  ASSERT_TRUE(find<Give>(next));
  EXPECT_EQ(find<Give>(next)->ask.card, some_code(2));
}

TEST_F(DoorQueue, a_scan_while_a_result_is_open_means_next) {
  offer();
  auto const ticket = scan_and_look(some_code(2));
  EXPECT_TRUE(face<WaitFace>());
  answer(ticket, reply(Answer::expired));
  EXPECT_EQ(face<NotNowFace>()->answer, Answer::expired);
}

TEST_F(DoorQueue, a_scan_during_a_look_up_waits_until_its_answer_was_read) {
  auto const first = scan_and_look(some_code(1));
  EXPECT_TRUE(happen(Scanned{some_code(2)}).empty());
  EXPECT_TRUE(answer(first, reply(Answer::ok)).empty());
  ASSERT_TRUE(face<OfferFace>());
  pass(5 * second_us);
  ASSERT_TRUE(face<OfferFace>()) << "nobody had decided about the first card";
  auto const next = press(Key::escape);
  ASSERT_TRUE(find<LookUp>(next));
  EXPECT_EQ(find<LookUp>(next)->card, some_code(2));
}

TEST_F(DoorQueue, a_scan_during_a_giving_waits_for_its_turn) {
  offer();
  auto const wishes = press(Key::enter);
  auto const& give = std::get<Give>(wishes.at(0));
  EXPECT_TRUE(happen(Scanned{some_code(2)}).empty());
  auto const next = gave(give);
  ASSERT_TRUE(find<LookUp>(next));
  EXPECT_EQ(find<LookUp>(next)->card, some_code(2));
  EXPECT_TRUE(model.latest.has_value());
}

TEST_F(DoorQueue, a_scan_behind_others_brings_the_oldest_forward) {
  auto const first = scan_and_look(some_code(1));
  happen(Scanned{some_code(2)});
  answer(first, reply(Answer::ok));
  auto const next = happen(Scanned{some_code(3)});
  ASSERT_TRUE(find<LookUp>(next));
  EXPECT_EQ(find<LookUp>(next)->card, some_code(2));
  EXPECT_EQ(model.waiting.size(), 1U);
}

TEST_F(DoorQueue, a_card_read_twice_during_its_look_up_asks_once) {
  auto const ticket = scan_and_look(some_code(1));
  happen(Scanned{some_code(1)});
  answer(ticket, reply(Answer::ok));
  EXPECT_TRUE(press(Key::escape).empty());
}

TEST_F(DoorQueue, a_scan_leaves_every_menu) {
  for (auto const key : {Key::f2, Key::f3, Key::f5, Key::f10}) {
    press(key);
    auto const ticket = scan_and_look(some_code());
    answer(ticket, reply(Answer::ok));
    EXPECT_TRUE(face<OfferFace>());
  }
}

TEST_F(DoorQueue, a_digit_pressed_while_a_ticket_is_given_is_for_that_card) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code(1)});
  type(U'2');
  happen(Scanned{some_code(2)});
  auto const children = gave(std::get<Give>(wishes.at(0)));
  ASSERT_TRUE(find<Give>(children));
  EXPECT_EQ(find<Give>(children)->ask.card, some_code(1));
  EXPECT_EQ(find<Give>(children)->ask.tickets, contract::Tickets{.child = 2});
  auto const next = gave(*find<Give>(children));
  ASSERT_TRUE(find<Give>(next));
  EXPECT_EQ(find<Give>(next)->ask.card, some_code(2));
}

TEST_F(DoorQueue, keys_pressed_during_a_look_up_are_for_its_offer_and_enter_gives_nothing) {
  auto const ticket = scan_and_look(some_code());
  type(U'1');
  type(U'a');
  EXPECT_TRUE(press(Key::enter).empty());
  answer(ticket, reply(Answer::ok));
  EXPECT_EQ(face<OfferFace>()->chosen, (contract::Tickets{.adult = 1, .child = 1, .assistant = 1}));
}

TEST_F(DoorQueue, a_scanner_that_forgets_its_enter_types_a_code_and_never_gives) {
  offer();
  happen(UnfinishedScan{some_code(2)});
  ASSERT_TRUE(face<IdleFace>());
  auto const wishes = press(Key::enter);
  ASSERT_TRUE(find<LookUp>(wishes));
  EXPECT_EQ(find<LookUp>(wishes)->card, some_code(2));
}

TEST_F(DoorQueue, the_late_enter_of_a_scanner_gives_nothing) {
  auto const ticket = scan_and_look(some_code(1));
  happen(UnfinishedScan{some_code(2)});
  answer(ticket, reply(Answer::ok));
  ASSERT_TRUE(face<OfferFace>());
  now_us += late_enter_us - 1;
  EXPECT_TRUE(press(Key::enter).empty());
  EXPECT_TRUE(face<OfferFace>());
  EXPECT_TRUE(find<Give>(press(Key::enter))) << "the second one is a person's";
}

TEST_F(DoorQueue, the_scanner_test_looks_at_a_card_and_records_nothing) {
  press(Key::f5);
  type(U's');
  ASSERT_TRUE(face<StatusFace>()->testing);
  auto const token = some_token();
  EXPECT_TRUE(happen(Scanned{token, {100, 4'000, 9'000}}).empty());
  auto const* status = face<StatusFace>();
  ASSERT_TRUE(status && status->tested);
  EXPECT_EQ(status->tested->kind, ScannerTest::Kind::token);
  EXPECT_EQ(status->tested->length, token.size());
  EXPECT_EQ(status->tested->pace.longest_gap_us, 9'000);
  EXPECT_FALSE(status->tested->foreign_characters);
  EXPECT_TRUE(find<LookUp>(happen(Scanned{some_code()}))) << "only the next scan is a test";
}

TEST_F(DoorQueue, the_scanner_test_sees_another_layout_and_a_slow_scanner) {
  press(Key::f5);
  type(U'S');
  happen(Scanned{"ABCDE/FGHJK", {10, 4'000, 9'000}});
  EXPECT_EQ(face<StatusFace>()->tested->kind, ScannerTest::Kind::unreadable);
  EXPECT_TRUE(face<StatusFace>()->tested->foreign_characters);
  type(U'S');
  type_all(some_code());
  EXPECT_TRUE(press(Key::enter).empty());
  EXPECT_EQ(face<StatusFace>()->tested->kind, ScannerTest::Kind::code);
  EXPECT_EQ(face<StatusFace>()->tested->pace.gaps, 0);
}

// --- the burst -----------------------------------------------------------------------------------

bool reads_token(std::u32string_view text) { return text.starts_with(U"KK1"); }

std::int64_t feed(KeyBurst& burst, std::u32string const& text, std::int64_t now_us,
                  std::int64_t gap_us) {
  for (char32_t const c : text) {
    EXPECT_TRUE(burst.add(c, now_us += gap_us).typed.empty());
  }
  return now_us;
}

TEST(KeyBurst, takes_a_fast_line_for_a_scan_and_tells_its_pace) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"KK1ABCDEF", 0, 5'000);
  auto const outcome = burst.enter(end_us + 5'000, reads_token);
  EXPECT_EQ(outcome.scan, U"KK1ABCDEF");
  EXPECT_FALSE(outcome.enter);
  EXPECT_EQ(outcome.pace.gaps, 8);
  EXPECT_EQ(outcome.pace.mean_gap_us, 5'000);
  EXPECT_EQ(outcome.pace.longest_gap_us, 5'000);
}

TEST(KeyBurst, takes_slow_keys_for_typing) {
  KeyBurst burst;
  std::u32string typed;
  std::int64_t now_us = 0;
  for (char32_t const c : std::u32string(U"ABCDEFGHJK")) {
    typed += burst.add(c, now_us += 100'000).typed;
  }
  EXPECT_EQ(typed, U"ABCDEFGHJ");
  EXPECT_EQ(burst.settle(now_us + burst_gap_us).typed, U"K");
}

TEST(KeyBurst, takes_a_lone_digit_and_a_quick_enter_for_keys) {
  KeyBurst burst;
  burst.add(U'2', 0);
  auto const outcome = burst.enter(1'000, reads_token);
  EXPECT_FALSE(outcome.scan);
  EXPECT_EQ(outcome.typed, U"2");
  EXPECT_TRUE(outcome.enter);
}

TEST(KeyBurst, gives_back_a_digit_pressed_in_the_moment_before_a_scan) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"2KK1ABCDEF", 0, 5'000);
  auto const outcome = burst.enter(end_us, reads_token);
  EXPECT_EQ(outcome.typed, U"2");
  EXPECT_EQ(outcome.scan, U"KK1ABCDEF");
}

TEST(KeyBurst, keeps_two_scans_apart) {
  KeyBurst burst;
  auto end_us = feed(burst, U"KK1ABCDEF", 0, 1'000);
  EXPECT_EQ(burst.enter(end_us, reads_token).scan, U"KK1ABCDEF");
  end_us = feed(burst, U"KK1GHJKMN", end_us, 1'000);
  EXPECT_EQ(burst.enter(end_us, reads_token).scan, U"KK1GHJKMN");
}

TEST(KeyBurst, passes_over_the_second_enter_of_a_scanner_and_not_over_a_persons) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"KK1ABCDEF", 0, 1'000);
  burst.enter(end_us, reads_token);
  EXPECT_FALSE(burst.enter(end_us + 2'000, reads_token).enter);
  EXPECT_TRUE(burst.enter(end_us + 3'000, reads_token).enter);
  feed(burst, U"KK1ABCDEF", end_us + 10'000, 1'000);
  burst.enter(end_us + 20'000, reads_token);
  EXPECT_TRUE(burst.enter(end_us + 20'000 + second_enter_us, reads_token).enter);
}

TEST(KeyBurst, a_burst_without_end_stays_small) {
  KeyBurst burst;
  auto const end_us = feed(burst, std::u32string(100'000, U'A'), 0, 100);
  EXPECT_EQ(burst.enter(end_us, reads_token).scan->size(), longest_burst);
}

TEST(KeyBurst, tells_a_scan_whose_enter_does_not_come) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"KK1ABCDEF", 0, 1'000);
  EXPECT_EQ(burst.settle(end_us + burst_gap_us).unfinished, U"KK1ABCDEF");
}

}  // namespace
}  // namespace kaiku::kiosk
