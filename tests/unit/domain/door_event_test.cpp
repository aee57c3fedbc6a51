#include "server/domain/door_event.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kaiku::domain {
namespace {

using Kind = DoorEvent::Kind;

Instant at(int hour, int minute = 0) { return {(hour * 60 + minute) * minute_us}; }

std::vector<EventTimes> const matinee_and_evening{{EventId{1}, at(12), at(14)},
                                                  {EventId{2}, at(18), at(20)}};

TEST(DoorEvent, is_the_one_that_is_on_or_begins_within_an_hour) {
  struct Row {
    Instant now;
    Kind kind;
    int event;
    int next;
  };
  for (auto const& [now, kind, event, next] :
       std::vector<Row>{{at(9), Kind::none, 0, 1},
                        {at(10, 59), Kind::none, 0, 1},
                        {at(11), Kind::chosen, 1, 0},
                        {at(13, 59), Kind::chosen, 1, 0},
                        {at(14), Kind::none, 0, 2},  // the morning's visitors are not the evening's
                        {at(17, 30), Kind::chosen, 2, 0},
                        {at(20), Kind::none, 0, 0}}) {
    auto const choice = choose_event(matinee_and_evening, std::nullopt, now);
    EXPECT_EQ(choice.kind, kind) << now.us / minute_us;
    EXPECT_EQ(choice.event.value_or(EventId{0}).value, event) << now.us / minute_us;
    EXPECT_EQ(choice.next.value_or(EventId{0}).value, next) << now.us / minute_us;
  }
}

TEST(DoorEvent, is_asked_for_when_several_are_at_hand) {
  std::vector<EventTimes> const two{{EventId{1}, at(12), at(14)}, {EventId{2}, at(13), at(15)}};
  EXPECT_EQ(choose_event(two, std::nullopt, at(12, 30)).kind, Kind::ask);
  EXPECT_EQ(choose_event(two, std::nullopt, at(14)).event, EventId{2});
  EXPECT_EQ(choose_event(two, EventId{1}, at(12, 30)).event, EventId{1});
  auto const none = choose_event(two, EventId{0}, at(12, 30));
  EXPECT_EQ(none.kind, Kind::none) << "no event was chosen in so many words";
  EXPECT_EQ(none.next, EventId{2});
}

TEST(DoorEvent, that_was_chosen_holds_until_a_quarter_after_its_end) {
  EXPECT_EQ(choose_event(matinee_and_evening, EventId{1}, at(14, 15)).kind, Kind::chosen);
  auto const over = choose_event(matinee_and_evening, EventId{1}, at(14, 16));
  EXPECT_EQ(over.kind, Kind::over);
  EXPECT_EQ(over.event, EventId{1}) << "so that the page can name it";
  EXPECT_EQ(choose_event(matinee_and_evening, EventId{2}, at(8)).kind, Kind::chosen)
      << "hours ahead, for somebody said so";
  EXPECT_EQ(choose_event(matinee_and_evening, EventId{9}, at(8)).kind, Kind::over);
}

}  // namespace
}  // namespace kaiku::domain
