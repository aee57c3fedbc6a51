#include "kiosk/door/door_model.hpp"

#include <gtest/gtest.h>

#include "kiosk/door/key_burst.hpp"

namespace kaiku::kiosk {
namespace {

std::string some_code(std::uint8_t seed = 1) {
  SeededRandom random(seed);
  return contract::CardCode::random(random).text();
}

// A model with a clock in its hand.
class DoorModelTest : public ::testing::Test {
 protected:
  std::vector<Wish> happen(Happening const& happening) {
    return step(model, happening, {now_us, Instant{now_us}});
  }
  std::vector<Wish> press(Key key) { return happen(KeyPress{key}); }
  std::vector<Wish> type(char32_t character) { return happen(TypedCharacter{character}); }
  template <class T>
  T const* face() {
    return std::get_if<T>(&model.face);
  }
  static contract::CheckReply reply(contract::Answer answer, int children = 2) {
    contract::CheckReply told;
    told.answer = answer;
    told.children_max = children;
    told.may_override = contract::is_overridable(answer);
    return told;
  }
  std::uint64_t scan_and_look(std::string const& code) {
    auto const wishes = happen(Scanned{code});
    EXPECT_EQ(wishes.size(), 1U);
    return std::get<LookUp>(wishes.at(0)).ticket;
  }
  // A scan up to K2.
  void offer(int children = 2) {
    auto const ticket = scan_and_look(some_code());
    happen(LookReply{ticket, reply(contract::Answer::ok, children)});
    ASSERT_TRUE(face<OfferFace>());
  }
  void give_now(std::int64_t attempt = 1, std::optional<int> children_max = 2) {
    auto const wishes = happen(Scanned{some_code()});
    ASSERT_EQ(wishes.size(), 1U);
    auto const& give = std::get<Give>(wishes[0]);
    happen(GiveReply{give.ticket, give.ask.card,
                     Given{attempt, RedemptionId{9}, give.ask.tickets, children_max, {}}});
    ASSERT_TRUE(face<GivenFace>());
  }

  DoorModel model;
  std::int64_t now_us = 1'000'000'000;
};

TEST_F(DoorModelTest, looks_first_and_gives_at_enter) {
  offer();
  type(U'2');
  type(U'a');
  auto const wishes = press(Key::enter);
  ASSERT_EQ(wishes.size(), 1U);
  auto const& give = std::get<Give>(wishes[0]);
  EXPECT_EQ(give.ask.tickets, (contract::Tickets{.adult = 1, .child = 2, .assistant = 1}));
  EXPECT_FALSE(give.look_first);
  Given const given{1, RedemptionId{9}, give.ask.tickets, {}, {}};
  happen(GiveReply{give.ticket, give.ask.card, given});
  ASSERT_TRUE(face<GivenFace>());
  EXPECT_EQ(model.latest->tickets.total(), 4);
}

TEST_F(DoorModelTest, gives_nothing_at_escape) {
  offer();
  EXPECT_TRUE(press(Key::escape).empty());
  EXPECT_TRUE(face<IdleFace>());
}

TEST_F(DoorModelTest, keeps_the_children_within_what_the_card_has) {
  offer(2);
  type(U'5');
  EXPECT_EQ(face<OfferFace>()->chosen.child, 2);
  EXPECT_TRUE(face<OfferFace>()->capped);
  type(U'-');
  EXPECT_EQ(face<OfferFace>()->chosen.child, 1);
  EXPECT_FALSE(face<OfferFace>()->capped);
  type(U'-');
  type(U'-');
  EXPECT_EQ(face<OfferFace>()->chosen.child, 0);
}

TEST_F(DoorModelTest, a_scan_while_a_result_is_open_means_next) {
  offer();
  auto const ticket = scan_and_look(some_code(2));
  EXPECT_TRUE(face<WaitFace>());
  happen(LookReply{ticket, reply(contract::Answer::expired)});
  EXPECT_EQ(face<NotNowFace>()->answer, contract::Answer::expired);
}

TEST_F(DoorModelTest, an_answer_about_an_earlier_card_changes_nothing) {
  auto const first = scan_and_look(some_code(1));
  auto const second = scan_and_look(some_code(2));
  happen(LookReply{first, reply(contract::Answer::ok)});
  EXPECT_TRUE(face<WaitFace>());
  happen(LookReply{second, reply(contract::Answer::blocked)});
  EXPECT_TRUE(face<NotNowFace>());
}

TEST_F(DoorModelTest, a_mistyped_code_asks_nobody) {
  auto code = some_code();
  code[0] = code[0] == '2' ? '3' : '2';
  EXPECT_TRUE(happen(Scanned{code}).empty());
  EXPECT_EQ(face<NotNowFace>()->answer, contract::Answer::unreadable);
}

TEST_F(DoorModelTest, a_typed_code_is_a_scan_at_enter) {
  for (char const c : some_code()) type(static_cast<char32_t>(c));
  EXPECT_EQ(face<IdleFace>()->typed, some_code());
  auto const wishes = press(Key::enter);
  ASSERT_EQ(wishes.size(), 1U);
  EXPECT_EQ(std::get<LookUp>(wishes[0]).card, some_code());
}

TEST_F(DoorModelTest, fast_mode_gives_one_adult_at_once) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code()});
  ASSERT_EQ(wishes.size(), 1U);
  auto const& give = std::get<Give>(wishes[0]);
  EXPECT_EQ(give.ask.tickets, contract::Tickets{.adult = 1});
  EXPECT_TRUE(give.look_first);
}

TEST_F(DoorModelTest, the_same_card_within_five_seconds_is_the_same_scan) {
  model.fast = true;
  give_now();
  now_us += 4'900'000;
  EXPECT_TRUE(happen(Scanned{some_code()}).empty());
  now_us += 200'000;
  EXPECT_EQ(happen(Scanned{some_code()}).size(), 1U);
}

TEST_F(DoorModelTest, another_card_within_five_seconds_is_another_scan) {
  model.fast = true;
  give_now();
  EXPECT_EQ(happen(Scanned{some_code(2)}).size(), 1U);
}

TEST_F(DoorModelTest, digits_after_a_fast_ticket_add_children_as_a_second_use) {
  model.fast = true;
  give_now();
  auto const wishes = type(U'2');
  ASSERT_EQ(wishes.size(), 1U);
  EXPECT_EQ(std::get<Give>(wishes[0]).ask.tickets, contract::Tickets{.child = 2});
}

TEST_F(DoorModelTest, after_twenty_seconds_a_digit_adds_no_children) {
  model.fast = true;
  give_now();
  now_us += face_shown_us;
  happen(Tick{});
  ASSERT_TRUE(face<IdleFace>());
  EXPECT_TRUE(type(U'2').empty());
}

TEST_F(DoorModelTest, every_outcome_is_gone_after_twenty_seconds) {
  for (auto const answer : {contract::Answer::expired, contract::Answer::already_used_here,
                            contract::Answer::ok}) {
    happen(LookReply{scan_and_look(some_code()), reply(answer)});
    EXPECT_FALSE(face<IdleFace>());
    now_us += face_shown_us - 1;
    happen(Tick{});
    EXPECT_FALSE(face<IdleFace>());
    now_us += 1;
    happen(Tick{});
    EXPECT_TRUE(face<IdleFace>());
  }
}

TEST_F(DoorModelTest, a_half_typed_code_is_gone_after_twenty_seconds) {
  type(U'A');
  now_us += face_shown_us;
  happen(Tick{});
  EXPECT_EQ(face<IdleFace>()->typed, "");
}

TEST_F(DoorModelTest, a_warning_is_overruled_with_a_reason_and_its_own_answer) {
  happen(LookReply{scan_and_look(some_code()), reply(contract::Answer::already_used_here)});
  ASSERT_TRUE(face<WarnFace>());
  type(U'2');
  EXPECT_FALSE(face<WarnFace>()->choosing);
  type(U'p');
  ASSERT_TRUE(face<WarnFace>()->choosing);
  type(U'2');
  ASSERT_TRUE(face<OfferFace>());
  auto const wishes = press(Key::enter);
  auto const& ask = std::get<Give>(wishes.at(0)).ask;
  EXPECT_EQ(ask.override->answer, contract::Answer::already_used_here);
  EXPECT_EQ(ask.override->reason, "scanned_twice");
}

TEST_F(DoorModelTest, a_refusal_cannot_be_overruled) {
  happen(LookReply{scan_and_look(some_code()), reply(contract::Answer::quota_full)});
  ASSERT_TRUE(face<NotNowFace>());
  type(U'P');
  EXPECT_FALSE(face<WarnFace>());
}

TEST_F(DoorModelTest, a_scan_while_a_ticket_is_given_waits_for_its_turn) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code(1)});
  auto const& give = std::get<Give>(wishes.at(0));
  EXPECT_TRUE(happen(Scanned{some_code(2)}).empty());
  auto const next = happen(GiveReply{give.ticket, give.ask.card,
                                     Given{1, RedemptionId{9}, give.ask.tickets, {}, {}}});
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(std::get<Give>(next[0]).ask.card, some_code(2));
  EXPECT_TRUE(model.latest.has_value());
}

TEST_F(DoorModelTest, without_an_answer_it_never_says_invalid) {
  auto const ticket = scan_and_look(some_code());
  happen(LookReply{ticket, NoAnswer{}});
  EXPECT_TRUE(face<NoAnswerFace>());
}

TEST_F(DoorModelTest, undo_is_one_key) {
  model.fast = true;
  give_now();
  auto const wishes = press(Key::f4);
  ASSERT_EQ(wishes.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<UndoLatest>(wishes[0]));
  happen(UndoReply{{UndoResult::Kind::undone, {.adult = 1}}});
  EXPECT_FALSE(model.latest.has_value());
  // The same card again is a new scan, for its ticket was taken back.
  EXPECT_EQ(happen(Scanned{some_code()}).size(), 1U);
}

TEST_F(DoorModelTest, the_chosen_event_goes_with_every_question_until_it_is_gone) {
  VenueNews news;
  DoorEvent event;
  event.id = EventId{5};
  news.events.push_back(event);
  happen(NewsReply{news});
  press(Key::f2);
  press(Key::down);
  auto const remembered = press(Key::enter);
  EXPECT_EQ(std::get<Remember>(remembered.at(0)).value, "5");
  auto const wishes = happen(Scanned{some_code()});
  EXPECT_EQ(std::get<LookUp>(wishes.at(0)).event, EventId{5});
  happen(NewsReply{VenueNews{}});
  EXPECT_EQ(model.event, std::nullopt);
}

TEST_F(DoorModelTest, asks_for_news_at_once_when_the_network_is_back) {
  model.standing.online = true;
  ASSERT_EQ(happen(Tick{}).size(), 1U);
  happen(DoorStanding{});
  EXPECT_TRUE(happen(Tick{}).empty());
  DoorStanding back;
  back.online = true;
  happen(back);
  EXPECT_TRUE(std::holds_alternative<FetchNews>(happen(Tick{}).at(0)));
}

TEST_F(DoorModelTest, quits_only_after_a_question) {
  EXPECT_TRUE(press(Key::f10).empty());
  press(Key::escape);
  EXPECT_TRUE(face<IdleFace>());
  press(Key::f10);
  EXPECT_TRUE(std::holds_alternative<Quit>(press(Key::enter).at(0)));
}

TEST(KeyBurst, takes_a_fast_line_for_a_scan) {
  KeyBurst burst;
  std::int64_t now_us = 0;
  for (char32_t const c : std::u32string(U"KK1ABCDEF")) {
    EXPECT_TRUE(burst.add(c, now_us += 5'000).empty());
  }
  std::u32string typed;
  EXPECT_EQ(burst.enter(now_us + 5'000, typed), U"KK1ABCDEF");
}

TEST(KeyBurst, takes_slow_keys_for_typing) {
  KeyBurst burst;
  std::u32string typed;
  std::int64_t now_us = 0;
  for (char32_t const c : std::u32string(U"ABCDEFGHJK")) typed += burst.add(c, now_us += 100'000);
  EXPECT_EQ(typed, U"ABCDEFGHJ");
  EXPECT_EQ(burst.settle(now_us + burst_gap_us), U"K");
}

TEST(KeyBurst, takes_a_lone_digit_and_a_quick_enter_for_keys) {
  KeyBurst burst;
  burst.add(U'2', 0);
  std::u32string typed;
  EXPECT_EQ(burst.enter(1'000, typed), std::nullopt);
  EXPECT_EQ(typed, U"2");
}

}  // namespace
}  // namespace kaiku::kiosk
