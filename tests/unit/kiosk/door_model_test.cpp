#include "kiosk/till/door_model.hpp"

#include "schema/contract/undo.hpp"
#include "tests/support/card_readings.hpp"
#include "tests/unit/kiosk/door_model_fixture.hpp"

namespace kaiku::kiosk {
namespace {

using contract::Answer;

TEST_F(DoorModelTest, looks_first_and_gives_at_enter) {
  offer();
  type(U'2');
  type(U'a');
  auto const wishes = press(Key::enter);
  ASSERT_EQ(wishes.size(), 1U);
  auto const& give = std::get<Give>(wishes[0]);
  EXPECT_EQ(give.ask.tickets, (contract::Tickets{.adult = 1, .child = 2, .assistant = 1}));
  EXPECT_FALSE(give.look_first);
  gave(give);
  ASSERT_TRUE(face<GivenFace>());
  EXPECT_EQ(model.latest()->tickets.total(), 4);
}

TEST_F(DoorModelTest, looks_up_whatever_is_a_card_and_calls_all_else_unreadable) {
  auto const token = some_token();
  auto const code = code_of(contract::parse_card_input(token).value()).text();
  for (auto const& [name, text] : test::good_readings(code, token)) {
    SCOPED_TRACE(name);
    auto const wishes = happen(Scanned{text});
    EXPECT_TRUE(find<LookUp>(wishes));
    model = DoorModel{};
  }
  for (auto const& [name, text] : test::bad_readings(code, some_code(2))) {
    if (name == "two codes") continue;  // glued by a scanner: one after the other
    SCOPED_TRACE(name);
    happen(Scanned{text});
    ASSERT_TRUE(face<NotNowFace>());
    EXPECT_EQ(face<NotNowFace>()->answer, Answer::unreadable);
    model = DoorModel{};
  }
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

TEST_F(DoorModelTest, counts_a_group_beyond_the_keys_with_plus) {
  offer(12);
  type(U'9');
  for (int more = 0; more < 5; ++more) type(U'+');
  EXPECT_EQ(face<OfferFace>()->chosen.child, 12);
  EXPECT_TRUE(face<OfferFace>()->capped);
}

TEST_F(DoorModelTest, has_keys_only_for_those_whom_the_card_may_bring) {
  auto told = reply(Answer::ok, 2);
  told.tickets_allowed.companion = 0;
  answer(scan_and_look(some_code()), told);
  for (char32_t const key : U"AKT") type(key);
  EXPECT_EQ(face<OfferFace>()->chosen,
            (contract::Tickets{.adult = 1, .assistant = 1, .interpreter = 1}));
}

TEST_F(DoorModelTest, offers_what_is_reserved_for_the_card_as_far_as_it_may_have_it) {
  auto told = reply(Answer::ok, 2);
  told.reserved = contract::Tickets{.adult = 1, .child = 2, .companion = 1};
  answer(scan_and_look(some_code()), told);
  EXPECT_EQ(face<OfferFace>()->chosen, *told.reserved);
  type(U'1');
  EXPECT_EQ(std::get<Give>(press(Key::enter).at(0)).ask.tickets,
            (contract::Tickets{.adult = 1, .child = 1, .companion = 1}));
  model = DoorModel{};
  told.tickets_allowed = {1, 1, 1, 1, 0};
  answer(scan_and_look(some_code()), told);
  EXPECT_EQ(face<OfferFace>()->chosen, (contract::Tickets{.adult = 1, .child = 1}));
}

TEST_F(DoorModelTest, a_course_has_no_keys_for_children) {
  DoorEvent event;
  event.id = EventId{5};
  event.kind = contract::UseKind::course;
  event.ends_at = Instant{now_us} + hour_us;
  model.news.events = {event};
  model.event = event.id;
  offer(2);
  for (char32_t const key : U"2+") type(key);
  EXPECT_EQ(face<OfferFace>()->chosen.child, 0);
  model.fast = true;
  give_now(some_code(2));
  EXPECT_FALSE(face<GivenFace>()->may_add);
}

TEST_F(DoorModelTest, an_answer_about_an_earlier_card_changes_nothing) {
  auto const first = scan_and_look(some_code(1));
  press(Key::escape);
  auto const second = scan_and_look(some_code(2));
  answer(first, reply(Answer::ok));
  EXPECT_TRUE(face<WaitFace>());
  answer(second, reply(Answer::blocked));
  EXPECT_TRUE(face<NotNowFace>());
}

TEST_F(DoorModelTest, a_mistyped_code_asks_nobody) {
  auto code = some_code();
  code[0] = code[0] == '2' ? '3' : '2';
  EXPECT_TRUE(happen(Scanned{code}).empty());
  EXPECT_EQ(face<NotNowFace>()->answer, Answer::unreadable);
}

TEST_F(DoorModelTest, a_typed_code_is_a_scan_at_enter) {
  type_all(some_code());
  EXPECT_EQ(model.typing.text, some_code());
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
  now_us += same_scan_us - 1;
  EXPECT_TRUE(happen(Scanned{some_code()}).empty());
  now_us += same_scan_us;
  EXPECT_EQ(happen(Scanned{some_code()}).size(), 1U);
}

TEST_F(DoorModelTest, another_card_within_five_seconds_is_another_scan) {
  model.fast = true;
  give_now();
  EXPECT_EQ(happen(Scanned{some_code(2)}).size(), 1U);
}

TEST_F(DoorModelTest, keys_that_no_code_has_bring_company_to_a_fast_ticket_as_one_further_use) {
  model.fast = true;
  give_now();
  for (char32_t const key : std::u32string_view(U"++-")) EXPECT_TRUE(type(key).empty());
  press(Key::down);
  for (int more = 0; more < 5; ++more) press(Key::up);
  for (auto const key : {Key::f6, Key::f7, Key::f9, Key::f9}) EXPECT_TRUE(press(key).empty());
  auto const wishes = press(Key::enter);
  ASSERT_EQ(wishes.size(), 1U);
  EXPECT_EQ(std::get<Give>(wishes[0]).ask.tickets,
            (contract::Tickets{.child = 2, .assistant = 1, .interpreter = 1}));
  gave(std::get<Give>(wishes[0]));
  EXPECT_FALSE(face<GivenFace>()->may_add);
}

TEST_F(DoorModelTest, a_digit_after_a_fast_ticket_is_the_beginning_of_a_code) {
  model.fast = true;
  give_now();
  EXPECT_TRUE(type(U'2').empty());
  EXPECT_TRUE(model.typing.is_code);
  EXPECT_EQ(face<GivenFace>()->more.total(), 0);
}

TEST_F(DoorModelTest, after_twenty_seconds_nobody_comes_along) {
  model.fast = true;
  give_now();
  pass(face_shown_us);
  ASSERT_TRUE(face<IdleFace>());
  type(U'+');
  EXPECT_TRUE(press(Key::f6).empty());
  EXPECT_FALSE(find<Give>(press(Key::enter)));
}

TEST_F(DoorModelTest, every_outcome_is_gone_after_twenty_seconds) {
  for (auto const told : {Answer::expired, Answer::already_used_here, Answer::ok}) {
    answer(scan_and_look(some_code()), reply(told));
    pass(face_shown_us - 1);
    EXPECT_FALSE(face<IdleFace>());
    pass(1);
    EXPECT_TRUE(face<IdleFace>());
  }
}

TEST_F(DoorModelTest, a_half_typed_code_is_gone_after_twenty_seconds) {
  type(U'A');
  pass(face_shown_us);
  EXPECT_EQ(model.typing.text, "");
}

TEST_F(DoorModelTest, the_latest_use_is_shown_only_while_it_can_be_undone) {
  model.fast = true;
  give_now();
  pass(contract::undo_within_us);
  EXPECT_TRUE(model.latest());
  pass(1);
  EXPECT_FALSE(model.latest());
}

TEST_F(DoorModelTest, a_warning_is_overruled_with_a_reason_and_its_own_answer) {
  for (auto const warning : {Answer::already_used_here, Answer::stale_snapshot}) {
    answer(scan_and_look(some_code()), reply(warning), true);
    ASSERT_TRUE(face<WarnFace>());
    type(U'p');
    ASSERT_TRUE(face<WarnFace>()->choosing);
    type(warning == Answer::stale_snapshot ? U'1' : U'3');
    ASSERT_TRUE(face<OfferFace>());
    bool const has_one = warning == Answer::already_used_here;
    EXPECT_EQ(face<OfferFace>()->chosen.adult, has_one ? 0 : 1);
    if (has_one) {
      EXPECT_TRUE(press(Key::enter).empty()) << "nobody gets another by itself";
      type(U'H');
    }
    auto const wishes = press(Key::enter);
    auto const& give = std::get<Give>(wishes.at(0));
    EXPECT_EQ(give.ask.tickets, contract::Tickets{.adult = 1});
    EXPECT_EQ(give.ask.override->answer, warning);
    EXPECT_EQ(give.ask.override->reason, has_one ? "other_person" : "network_down");
    gave(give);
  }
}

TEST_F(DoorModelTest, fast_mode_gives_after_the_reason_at_enter) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code()});
  auto const& give = std::get<Give>(wishes.at(0));
  happen(
      GiveReply{give.ticket, give.ask.card, NotGiven{1, reply(Answer::already_used_here), false}});
  type(U'P');
  EXPECT_TRUE(type(U'1').empty()) << "it may be the beginning of a code";
  type(U'H');
  auto const again = press(Key::enter);
  EXPECT_EQ(std::get<Give>(again.at(0)).ask.override->reason, "left_and_returned");
}

TEST_F(DoorModelTest, children_who_come_later_are_no_second_ticket_of_the_adult) {
  answer(scan_and_look(some_code()), reply(Answer::already_used_here));
  type(U'2');
  ASSERT_TRUE(face<OfferFace>());
  auto const wishes = press(Key::enter);
  EXPECT_EQ(std::get<Give>(wishes.at(0)).ask.tickets, contract::Tickets{.child = 2});
  EXPECT_FALSE(std::get<Give>(wishes.at(0)).ask.override);
  model = DoorModel{};
  offer();
  for (char32_t const key : std::u32string_view(U"H1")) type(key);
  EXPECT_EQ(std::get<Give>(press(Key::enter).at(0)).ask.tickets, contract::Tickets{.child = 1});
}

TEST_F(DoorModelTest, an_earlier_entry_by_mistake_is_a_reason_like_the_others) {
  answer(scan_and_look(some_code()), reply(Answer::already_used_here));
  for (char32_t const key : std::u32string_view(U"P2")) EXPECT_TRUE(type(key).empty());
  ASSERT_TRUE(face<OfferFace>());
  type(U'H');
  auto const wishes = press(Key::enter);
  auto const& give = std::get<Give>(wishes.at(0));
  EXPECT_EQ(give.ask.tickets, contract::Tickets{.adult = 1});
  EXPECT_EQ(give.ask.override->reason, "scanned_twice");
}

TEST_F(DoorModelTest, a_refusal_knows_how_many_children_would_do) {
  auto told = reply(Answer::children_over_limit);
  told.children_max = 2;
  answer(scan_and_look(some_code()), told);
  ASSERT_TRUE(face<NotNowFace>());
  EXPECT_EQ(face<NotNowFace>()->counts.children_max, 2);
}

TEST_F(DoorModelTest, a_refusal_cannot_be_overruled) {
  answer(scan_and_look(some_code()), reply(Answer::quota_full));
  ASSERT_TRUE(face<NotNowFace>());
  type(U'P');
  EXPECT_FALSE(face<WarnFace>());
}

TEST_F(DoorModelTest, offline_an_unknown_code_is_what_the_door_cannot_know) {
  answer(scan_and_look(some_code()), reply(Answer::unknown_card), true);
  ASSERT_TRUE(face<NoAnswerFace>());
  EXPECT_EQ(face<NoAnswerFace>()->why, CannotKnow::typed_not_in_data);
  answer(scan_and_look(some_token()), reply(Answer::unknown_card), true);
  EXPECT_EQ(face<NoAnswerFace>()->why, CannotKnow::card_not_in_data);
  // The server does know.
  answer(scan_and_look(some_code()), reply(Answer::unknown_card), false);
  EXPECT_TRUE(face<NotNowFace>());
}

TEST_F(DoorModelTest, data_past_their_stop_are_what_the_door_cannot_know) {
  auto told = reply(Answer::stale_snapshot);
  told.may_override = false;
  answer(scan_and_look(some_code()), told, true);
  ASSERT_TRUE(face<NoAnswerFace>());
  EXPECT_EQ(face<NoAnswerFace>()->why, CannotKnow::data_too_old);
}

TEST_F(DoorModelTest, without_an_answer_it_never_says_invalid) {
  for (auto const why :
       {NoAnswer::Why::no_data, NoAnswer::Why::too_many_tries, NoAnswer::Why::not_accepted}) {
    NoAnswer none;
    none.why = why;
    happen(LookReply{scan_and_look(some_code()), none});
    EXPECT_TRUE(face<NoAnswerFace>());
  }
}

TEST_F(DoorModelTest, a_card_not_in_the_data_is_offered_and_given_like_any_other) {
  answer(scan_and_look(some_token()), reply(Answer::ok_offline), true);
  ASSERT_TRUE(face<OfferFace>());
  auto const wishes = press(Key::enter);
  auto const& give = std::get<Give>(wishes.at(0));
  auto told = given(give);
  told.answer = Answer::ok_offline;
  happen(GiveReply{give.ticket, give.ask.card, told});
  ASSERT_TRUE(face<GivenFace>());
  EXPECT_TRUE(face<GivenFace>()->new_card);
}

TEST_F(DoorModelTest, an_offer_that_closes_without_a_yes_was_looked_at_and_no_more) {
  std::vector<std::function<void()>> const ways{
      [this] { pass(face_shown_us); }, [this] { press(Key::escape); }, [this] { press(Key::f5); },
      [this] { happen(Scanned{some_code(2)}); }};
  for (auto const& close : ways) {
    model = DoorModel{};
    offer();
    EXPECT_FALSE(model.looked);
    close();
    ASSERT_TRUE(model.looked);
    EXPECT_EQ(model.looked->short_code, some_code().substr(11).insert(0, "…"));
  }
  model = DoorModel{};
  offer();
  gave(std::get<Give>(press(Key::enter).at(0)));
  EXPECT_FALSE(model.looked) << "it was given";
}

TEST_F(DoorModelTest, undo_names_what_it_takes_back_and_asks_once) {
  model.fast = true;
  give_now();
  EXPECT_TRUE(press(Key::f4).empty());
  ASSERT_TRUE(face<UndoFace>());
  EXPECT_EQ(face<UndoFace>()->uses.at(0).short_code, model.latest()->short_code);
  auto const wishes = press(Key::enter);
  ASSERT_TRUE(find<UndoUse>(wishes));
  EXPECT_EQ(find<UndoUse>(wishes)->attempt, 1);
  EXPECT_TRUE(press(Key::enter).empty()) << "it is under way";
  happen(UndoReply{1, {UndoResult::Kind::undone, {.adult = 1}}});
  EXPECT_FALSE(model.latest());
  // The same card again is a new scan, for its ticket was taken back.
  EXPECT_EQ(happen(Scanned{some_code()}).size(), 1U);
}

TEST_F(DoorModelTest, a_second_press_takes_nothing_back_but_offers_the_others) {
  model.fast = true;
  give_now();
  press(Key::f4);
  auto const wishes = press(Key::f4);
  EXPECT_TRUE(find<ListUses>(wishes));
  EXPECT_FALSE(find<UndoUse>(wishes));
  happen(UsesReply{
      {{9, {.adult = 1}, Instant{now_us}}, {7, {.adult = 1, .child = 2}, Instant{now_us}}}});
  press(Key::down);
  EXPECT_FALSE(find<UndoUse>(press(Key::enter))) << "it asks";
  auto const sure = press(Key::enter);
  ASSERT_TRUE(find<UndoUse>(sure));
  EXPECT_EQ(find<UndoUse>(sure)->attempt, 7);
}

TEST_F(DoorModelTest, after_a_restart_nothing_is_taken_back_that_was_not_chosen) {
  EXPECT_TRUE(find<ListUses>(press(Key::f4)));
  happen(UsesReply{{{9, {.adult = 1}, Instant{now_us}}}});
  EXPECT_EQ(face<UndoFace>()->step, UndoFace::Step::choose);
  press(Key::f4);
  EXPECT_EQ(face<UndoFace>()->step, UndoFace::Step::choose);
  press(Key::escape);
  happen(UsesReply{});
  EXPECT_EQ(face<UndoFace>()->result.kind, UndoResult::Kind::nothing_to_undo);
}

TEST_F(DoorModelTest, fetches_the_numbers_every_second_and_once_at_a_time) {
  ASSERT_TRUE(find<FetchNews>(happen(Tick{})));
  now_us += 10 * news_every_us;
  EXPECT_FALSE(find<FetchNews>(happen(Tick{}))) << "the last ones are still under way";
  happen(NewsReply{});
  EXPECT_TRUE(find<FetchNews>(happen(Tick{})));
  happen(NewsReply{});
  now_us += news_every_us - 1;
  EXPECT_FALSE(find<FetchNews>(happen(Tick{})));
  now_us += 1;
  EXPECT_TRUE(find<FetchNews>(happen(Tick{})));
}

TEST_F(DoorModelTest, fetches_the_numbers_at_once_after_a_use) {
  happen(Tick{});
  happen(NewsReply{});
  model.fast = true;
  give_now();
  EXPECT_TRUE(find<FetchNews>(happen(Tick{})));
}

TEST_F(DoorModelTest, quits_only_from_the_status_and_after_a_question) {
  press(Key::f5);
  EXPECT_FALSE(find<Quit>(type(U'q')));
  press(Key::enter);
  ASSERT_TRUE(face<QuitFace>());
  press(Key::escape);
  EXPECT_TRUE(face<IdleFace>());
  press(Key::f5);
  type(U'Q');
  press(Key::enter);
  EXPECT_TRUE(find<Quit>(press(Key::enter)));
}

TEST_F(DoorModelTest, the_status_changes_and_remembers_how_the_door_works) {
  press(Key::f5);
  EXPECT_TRUE(type(U'f').empty()) << "it may be the beginning of a code";
  EXPECT_EQ(remembered(press(Key::enter), "fast"), "1");
  EXPECT_TRUE(model.fast);
  type(U'F');
  EXPECT_EQ(remembered(press(Key::enter), "fast"), "0");
  type(U'k');
  EXPECT_EQ(remembered(press(Key::enter), "click"), "0");
  EXPECT_EQ(remembered(press(Key::f8), "language"), "sv");
  EXPECT_TRUE(face<StatusFace>());
}

TEST_F(DoorModelTest, makes_one_sound_for_every_outcome_and_none_when_it_is_off) {
  for (auto const told : {Answer::ok, Answer::expired, Answer::already_used_here}) {
    clicks = 0;
    answer(scan_and_look(some_code()), reply(told));
    EXPECT_EQ(clicks, 1);
    press(Key::escape);
  }
  model.click = false;
  clicks = 0;
  answer(scan_and_look(some_code()), reply(Answer::ok));
  EXPECT_EQ(clicks, 0);
}

TEST_F(DoorModelTest, a_disk_that_fails_gives_nothing_and_is_said) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code()});
  happen(DiskFailed{DiskFailed::Of::card, std::get<Give>(wishes.at(0)).ticket});
  ASSERT_TRUE(face<NoAnswerFace>());
  EXPECT_EQ(face<NoAnswerFace>()->why, CannotKnow::disk_failed);
  EXPECT_FALSE(model.latest());
}

TEST_F(DoorModelTest, a_disk_that_fails_elsewhere_does_not_hide_a_ticket_under_way) {
  model.fast = true;
  auto const wishes = happen(Scanned{some_code()});
  happen(DiskFailed{});
  EXPECT_TRUE(face<WaitFace>());
  EXPECT_TRUE(model.disk_failed);
  gave(std::get<Give>(wishes.at(0)));
  EXPECT_TRUE(face<GivenFace>());
  EXPECT_FALSE(model.disk_failed);
}

}  // namespace
}  // namespace kaiku::kiosk
