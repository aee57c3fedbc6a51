// For which event the tickets are: asked for, and asked again when it is no more.
#include "tests/unit/kiosk/door_model_fixture.hpp"

namespace kaiku::kiosk {
namespace {

using DoorEvents = DoorModelTest;

// An event that goes on now.
VenueNews evening_news(std::int64_t now_us) {
  VenueNews news;
  DoorEvent event;
  event.id = EventId{5};
  event.starts_at = Instant{now_us} + -hour_us / 8;
  event.ends_at = Instant{now_us} + hour_us;
  news.events.push_back(event);
  return news;
}

TEST_F(DoorEvents, asks_for_the_event_of_today_and_sends_it_with_every_question) {
  happen(NewsReply{evening_news(now_us)});
  ASSERT_TRUE(face<EventsFace>());
  pass(face_shown_us);
  ASSERT_TRUE(face<EventsFace>()) << "it waits for an answer";
  EXPECT_EQ(remembered(press(Key::enter), "event"), "5");
  auto const wishes = happen(Scanned{some_code()});
  EXPECT_EQ(std::get<LookUp>(wishes.at(0)).event, EventId{5});
}

TEST_F(DoorEvents, a_card_waits_until_the_event_is_chosen) {
  happen(NewsReply{evening_news(now_us)});
  EXPECT_TRUE(happen(Scanned{some_code()}).empty());
  ASSERT_TRUE(face<EventsFace>());
  auto const wishes = press(Key::enter);
  ASSERT_TRUE(find<LookUp>(wishes));
  EXPECT_EQ(find<LookUp>(wishes)->event, EventId{5});
}

TEST_F(DoorEvents, without_an_event_is_a_choice_for_one_day) {
  happen(NewsReply{evening_news(now_us)});
  type(U'0');
  EXPECT_EQ(remembered(press(Key::enter), "event"), "0");
  EXPECT_TRUE(face<IdleFace>());
  EXPECT_EQ(std::get<LookUp>(happen(Scanned{some_code()}).at(0)).event, std::nullopt);
  press(Key::escape);
  now_us += 24 * hour_us;
  happen(NewsReply{evening_news(now_us)});
  EXPECT_TRUE(face<EventsFace>());
}

TEST_F(DoorEvents, asks_again_when_the_event_ends_or_is_cancelled_and_never_goes_on_without) {
  auto news = evening_news(now_us);
  happen(NewsReply{news});
  press(Key::enter);
  pass(hour_us);
  EXPECT_TRUE(face<IdleFace>());
  pass(1);
  ASSERT_TRUE(face<EventsFace>()) << "it has ended";
  press(Key::enter);
  EXPECT_EQ(model.event, EventId{5}) << "some come late";
  pass(second_us);
  EXPECT_TRUE(face<IdleFace>()) << "it asks once";
  news.events[0].id = EventId{6};
  happen(NewsReply{news});
  EXPECT_EQ(model.event, std::nullopt);
  EXPECT_TRUE(face<EventsFace>());
}

}  // namespace
}  // namespace kaiku::kiosk
