// A scan at any time is taken: the cards that wait, the keys between them, the scanner's burst.
#include <utility>
#include <vector>

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

TEST_F(DoorQueue, a_phone_left_under_the_reader_is_one_scan_for_as_long_as_it_lies_there) {
  model.fast = true;
  give_now();
  for (int reads = 0; reads < 20; ++reads) {
    pass(2 * second_us);
    if (reads % 3 == 0) press(Key::enter);
    EXPECT_TRUE(happen(Scanned{some_code()}).empty()) << reads;
  }
  pass(same_scan_us);
  EXPECT_TRUE(find<Give>(happen(Scanned{some_code()}))) << "it was taken away and came back";
}

TEST_F(DoorQueue, two_phones_under_the_readers_are_two_scans) {
  model.fast = true;
  give_now(some_code(1));
  give_now(some_code(2));
  for (std::uint64_t reads = 0; reads < 8; ++reads) {
    pass(second_us);
    EXPECT_TRUE(happen(Scanned{some_code(1 + reads % 2)}).empty()) << reads;
  }
}

TEST_F(DoorQueue, the_open_card_read_again_keeps_what_was_chosen_for_it) {
  offer();
  type(U'2');
  pass(2 * second_us);
  EXPECT_TRUE(happen(Scanned{some_code()}).empty());
  ASSERT_TRUE(face<OfferFace>());
  EXPECT_EQ(face<OfferFace>()->chosen.child, 2);
}

TEST_F(DoorQueue, two_codes_glued_are_two_cards_one_after_the_other) {
  auto const bare = [](std::uint64_t seed) {
    auto code = some_code(seed);
    std::erase(code, '-');
    return code;
  };
  for (auto const& [first, second] :
       std::vector<std::pair<std::string, std::string>>{{some_code(1), some_code(2)},
                                                        {bare(1), bare(2)},
                                                        {some_token(1), some_token(2)},
                                                        {some_token(1), some_code(2)},
                                                        {some_code(1), some_token(2)}}) {
    SCOPED_TRACE(first + " " + second);
    model = DoorModel{};
    auto const wishes = happen(Scanned{first + second});
    ASSERT_TRUE(find<LookUp>(wishes));
    EXPECT_EQ(find<LookUp>(wishes)->card, first);
    answer(find<LookUp>(wishes)->ticket, reply(Answer::ok));
    auto const next = press(Key::escape);
    ASSERT_TRUE(find<LookUp>(next));
    EXPECT_EQ(find<LookUp>(next)->card, second);
  }
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
  EXPECT_TRUE(model.latest() != nullptr);
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

TEST_F(DoorQueue, a_child_told_while_a_ticket_is_given_is_of_that_card_and_holds_the_next) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code(1)});
  type(U'+');
  happen(Scanned{some_code(2)});
  EXPECT_TRUE(gave(std::get<Give>(wishes.at(0))).empty());
  auto const children = press(Key::enter);
  ASSERT_TRUE(find<Give>(children));
  EXPECT_EQ(find<Give>(children)->ask.card, some_code(1));
  EXPECT_EQ(find<Give>(children)->ask.tickets, contract::Tickets{.child = 1});
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

TEST_F(DoorQueue, a_scanner_without_an_end_is_known_by_its_pace_and_its_late_enter_gives_nothing) {
  offer();
  auto const wishes = happen(UnfinishedScan{some_code(2)});
  ASSERT_TRUE(find<LookUp>(wishes));
  EXPECT_EQ(find<LookUp>(wishes)->card, some_code(2));
  answer(find<LookUp>(wishes)->ticket, reply(Answer::ok));
  ASSERT_TRUE(face<OfferFace>());
  now_us += late_enter_us - 1;
  EXPECT_TRUE(press(Key::enter).empty());
  EXPECT_TRUE(face<OfferFace>());
  EXPECT_TRUE(find<Give>(press(Key::enter))) << "the second one is a person's";
}

TEST_F(DoorQueue, a_scanner_that_stumbles_sends_one_card_in_pieces) {
  auto const token = some_token();
  for (auto const cut : {std::size_t{3}, std::size_t{15}, token.size() - 5}) {
    model = DoorModel{};
    offer();
    type_all(token.substr(0, cut));
    auto const wishes = happen(Scanned{token.substr(cut)});
    ASSERT_TRUE(find<LookUp>(wishes)) << cut;
    EXPECT_EQ(find<LookUp>(wishes)->card, token);
  }
}

TEST_F(DoorQueue, a_burst_that_is_no_card_gives_nothing_and_waits_for_its_enter) {
  offer();
  happen(UnfinishedScan{"WIFI:T:WPA;"});
  ASSERT_TRUE(model.typing.is_code);
  press(Key::enter);
  EXPECT_EQ(face<NotNowFace>()->answer, Answer::unreadable);
}

TEST_F(DoorQueue, a_scan_that_does_not_read_points_to_the_scanner_test_and_a_typed_code_does_not) {
  happen(Scanned{some_code() + "#"});
  EXPECT_TRUE(face<NotNowFace>()->by_scanner);
  type_all("ABCD");
  press(Key::enter);
  EXPECT_FALSE(face<NotNowFace>()->by_scanner);
}

TEST_F(DoorQueue, the_scanner_test_looks_at_a_card_and_records_nothing) {
  press(Key::f5);
  type(U's');
  press(Key::enter);
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
  press(Key::enter);
  happen(Scanned{"ABCDE/FGHJK", {10, 4'000, 9'000}});
  EXPECT_EQ(face<StatusFace>()->tested->kind, ScannerTest::Kind::unreadable);
  EXPECT_TRUE(face<StatusFace>()->tested->foreign_characters);
  type(U'S');
  press(Key::enter);
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

TEST(KeyBurst, takes_a_fast_line_for_a_scan_and_tells_its_pace_and_end) {
  for (auto const end : {Key::enter, Key::tab}) {
    KeyBurst burst;
    auto const end_us = feed(burst, U"KK1ABCDEF", 0, 5'000);
    auto const outcome = burst.press(end, end_us + 5'000, reads_token);
    EXPECT_EQ(outcome.scan, U"KK1ABCDEF");
    EXPECT_TRUE(outcome.keys.empty());
    EXPECT_EQ(outcome.pace.gaps, 8);
    EXPECT_EQ(outcome.pace.mean_gap_us, 5'000);
    EXPECT_EQ(outcome.pace.longest_gap_us, 5'000);
    EXPECT_EQ(outcome.pace.end, end);
  }
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

TEST(KeyBurst, takes_a_key_that_stands_alone_for_a_persons) {
  for (auto const key : {Key::enter, Key::escape, Key::f10, Key::tab}) {
    KeyBurst burst;
    EXPECT_TRUE(burst.press(key, 0, reads_token).keys.empty());
    EXPECT_TRUE(burst.settle(burst_gap_us - 1).keys.empty());
    EXPECT_EQ(burst.settle(burst_gap_us).keys, std::vector<Key>{key});
  }
}

TEST(KeyBurst, a_hand_that_rolls_on_to_enter_means_both_and_a_scanner_neither) {
  for (auto const gap_us : {fastest_hand_us, fastest_hand_us - 1}) {
    KeyBurst burst;
    burst.add(U'2', 0);
    auto typed = burst.press(Key::enter, gap_us, reads_token).typed;
    auto const rest = burst.settle(gap_us + burst_gap_us);
    EXPECT_EQ(typed + rest.typed, U"2");
    EXPECT_EQ(rest.keys.size(), gap_us == fastest_hand_us ? 1U : 0U);
  }
}

TEST(KeyBurst, no_key_inside_a_burst_acts_wherever_it_stands) {
  for (auto const key : {Key::enter, Key::tab, Key::escape, Key::backspace, Key::up, Key::f4,
                         Key::f10, Key::other}) {
    for (std::size_t at = 0; at <= 3; ++at) {
      KeyBurst burst;
      std::vector<Key> keys;
      std::int64_t now_us = 0;
      auto const note = [&](BurstOutcome const& outcome) {
        keys.insert(keys.end(), outcome.keys.begin(), outcome.keys.end());
      };
      for (std::size_t index = 0; index < 3; ++index) {
        if (index == at) note(burst.press(key, now_us += 1'000, reads_token));
        note(burst.add(U'1', now_us += 1'000));
      }
      if (at == 3) note(burst.press(key, now_us += 1'000, reads_token));
      note(burst.settle(now_us + second_us));
      EXPECT_TRUE(keys.empty()) << static_cast<int>(key) << " at " << at;
    }
  }
}

TEST(KeyBurst, a_qr_full_of_keys_is_a_scan_at_most) {
  KeyBurst burst;
  burst.press(Key::f10, 0, reads_token);
  auto now_us = feed(burst, U"1234", 1'000, 1'000);
  EXPECT_EQ(burst.press(Key::enter, now_us, reads_token).scan, U"1234");
  now_us = feed(burst, U"12", now_us, 1'000);
  burst.press(Key::escape, now_us, reads_token);
  burst.press(Key::enter, now_us, reads_token);
  EXPECT_TRUE(burst.settle(now_us + burst_gap_us).keys.empty());
}

TEST(KeyBurst, control_characters_around_a_scan_are_dropped) {
  KeyBurst burst;
  burst.press(Key::other, 0, reads_token);
  auto now_us = feed(burst, U"KK1ABC", 0, 1'000);
  burst.press(Key::other, now_us, reads_token);
  now_us = feed(burst, U"DEF", now_us, 1'000);
  EXPECT_EQ(burst.press(Key::enter, now_us, reads_token).scan, U"KK1ABCDEF");
}

TEST(KeyBurst, a_key_held_down_repeats_where_that_does_no_harm) {
  for (auto const key : {Key::down, Key::f4}) {
    KeyBurst burst;
    for (int repeat = 0; repeat < 3; ++repeat) burst.press(key, repeat * 33'000, reads_token);
    auto const keys = burst.settle(second_us).keys;
    EXPECT_EQ(keys, std::vector<Key>(key == Key::down ? 3 : 1, key));
  }
}

TEST(KeyBurst, gives_back_a_digit_pressed_in_the_moment_before_a_scan) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"2KK1ABCDEF", 0, 5'000);
  auto const outcome = burst.press(Key::enter, end_us, reads_token);
  EXPECT_EQ(outcome.typed, U"2");
  EXPECT_EQ(outcome.scan, U"KK1ABCDEF");
}

TEST(KeyBurst, keeps_two_scans_apart) {
  KeyBurst burst;
  auto end_us = feed(burst, U"KK1ABCDEF", 0, 1'000);
  EXPECT_EQ(burst.press(Key::enter, end_us, reads_token).scan, U"KK1ABCDEF");
  end_us = feed(burst, U"KK1GHJKMN", end_us, 1'000);
  EXPECT_EQ(burst.press(Key::tab, end_us, reads_token).scan, U"KK1GHJKMN");
}

TEST(KeyBurst, passes_over_the_second_end_of_a_scanner_and_not_over_a_persons) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"KK1ABCDEF", 0, 1'000);
  burst.press(Key::tab, end_us, reads_token);
  burst.press(Key::enter, end_us + 2'000, reads_token);
  EXPECT_TRUE(burst.settle(end_us + second_us).keys.empty());
  burst.press(Key::enter, end_us + 2 * second_us, reads_token);
  EXPECT_EQ(burst.settle(end_us + 3 * second_us).keys.size(), 1U);
}

TEST(KeyBurst, a_burst_without_end_stays_small) {
  KeyBurst burst;
  auto const end_us = feed(burst, std::u32string(100'000, U'A'), 0, 100);
  EXPECT_EQ(burst.press(Key::enter, end_us, reads_token).scan->size(), longest_burst);
}

TEST(KeyBurst, tells_a_scan_whose_end_does_not_come) {
  KeyBurst burst;
  auto const end_us = feed(burst, U"KK1ABCDEF", 0, 1'000);
  EXPECT_TRUE(burst.settle(end_us + no_end_us - 1).unfinished.empty());
  EXPECT_EQ(burst.settle(end_us + no_end_us).unfinished, U"KK1ABCDEF");
}

}  // namespace
}  // namespace kaiku::kiosk
