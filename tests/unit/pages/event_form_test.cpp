#include "server/pages/coordinator/event_form.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace kaiku::pages {
namespace {

Day day(int year, unsigned month, unsigned day_of_month) {
  return *day_from(year, month, day_of_month);
}
Day const today = day(2026, 11, 22);

TEST(EventDay, without_a_year_is_the_next_one_where_this_years_is_long_gone) {
  EXPECT_EQ(event_day_from("30.11.", today), day(2026, 11, 30));
  EXPECT_EQ(event_day_from("20.11.", today), day(2026, 11, 20)) << "told late";
  EXPECT_EQ(event_day_from(" 12.1. ", today), day(2027, 1, 12));
  EXPECT_EQ(event_day_from("12.1.2026", today), day(2026, 1, 12)) << "as it was written";
  EXPECT_EQ(event_day_from("2026-01-12", today), day(2026, 1, 12));
  EXPECT_FALSE(event_day_from("12", today));
  EXPECT_FALSE(event_day_from("31.11.", today));
}

TEST(EventTime, may_name_another_day) {
  EXPECT_EQ(event_time_from("17.42", today, today), instant_at(today, 17 * 60 + 42));
  EXPECT_EQ(event_time_from(" 23.11. 1.00 ", today, today), instant_at(today + 1, 60));
  EXPECT_EQ(event_time_from("23.11.2026 0100", today, today), instant_at(today + 1, 60));
  EXPECT_FALSE(event_time_from("31.11. 1.00", today, today));
  EXPECT_FALSE(event_time_from("23.11.", today, today));
  EXPECT_FALSE(event_time_from("", today, today));
}

TEST(EventForm, says_again_what_an_event_says) {
  ledger::EventSet event;
  event.event = EventId{41};
  event.venue = VenueId{31};
  event.use_kind = contract::UseKind::season_pass;
  event.title = {"Kausi", "", "Season"};
  event.starts_at = instant_at(today, 20 * 60);
  event.ends_at = instant_at(today + 1, 30);
  event.capacity = 200;
  event.quota_percent = 15;
  event.quota = 30;
  event.limit = contract::UseLimit{1, contract::LimitPeriod::validity};
  event.children_allowed = false;
  event.door_message = domain::LocalText{"Ranneke tiskiltä 2", "", ""};
  event.face_value = 1205;
  auto members = event_members(event_fields_of(event), today);
  spread_quota(members);
  EXPECT_EQ(members, (nlohmann::json{
                         {"title", {{"fi", "Kausi"}, {"sv", ""}, {"en", "Season"}}},
                         {"kind", "season_pass"},
                         {"starts_at", "2026-11-22T18:00:00Z"},
                         {"ends_at", "2026-11-22T22:30:00Z"},
                         {"capacity", 200},
                         {"quota", nullptr},
                         {"quota_percent", 15},
                         {"limit", {{"period", "validity"}, {"count", 1}}},
                         {"children_allowed", false},
                         {"sold_out", false},
                         {"door_message", {{"fi", "Ranneke tiskiltä 2"}, {"sv", ""}, {"en", ""}}},
                         {"face_value", 1205}}));
}

TEST(EventForm, reads_an_amount_as_people_write_it_and_leaves_what_is_none) {
  auto const read = [](std::string typed) {
    http::FormPairs fields = fresh_event_fields();
    fields.emplace_back("face_value", std::move(typed));
    return event_members(fields, today).at("face_value");
  };
  EXPECT_EQ(read(""), nullptr);
  EXPECT_EQ(read("12"), 1200);
  EXPECT_EQ(read(" 12,5 € "), 1250);
  EXPECT_EQ(read("0.05"), 5);
  for (auto const* other : {"12,", ",50", "12,505", "-1", "kaksi", "123456"}) {
    EXPECT_EQ(read(other), other);
  }
}

TEST(FurtherDays, are_one_a_line_and_faults_name_the_line) {
  EXPECT_EQ(further_days("", today).value(), std::vector<Day>());
  EXPECT_EQ(further_days("23.11.\n2026-11-24", today).value(),
            (std::vector<Day>{today + 1, today + 2}));
  auto const faulty = further_days("23.11.\nhuomenna", today);
  ASSERT_FALSE(faulty);
  ASSERT_EQ(faulty.error().fields.size(), 1U);
  EXPECT_EQ(faulty.error().fields.front().pointer, "/days/1");
  std::string many;
  for (int n = 0; n < 61; ++n) many += "23.11.\n";
  EXPECT_EQ(further_days(many, today).error().fields.front().code, FaultCode::too_long);
}

}  // namespace
}  // namespace kaiku::pages
