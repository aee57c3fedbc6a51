#include "schema/values/time.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kaiku {
namespace {

Instant at(std::string_view text) {
  auto const read = instant_from_rfc3339(text);
  EXPECT_TRUE(read) << text;
  return read.value_or(Instant{});
}
Day day(std::string_view text) {
  auto const read = day_from_iso(text);
  EXPECT_TRUE(read) << text;
  return read.value_or(Day{});
}
std::string helsinki_day_text(std::string_view instant) {
  return to_iso(helsinki_day(at(instant)));
}

TEST(HelsinkiDay, begins_two_hours_before_utc_in_winter_and_three_in_summer) {
  EXPECT_EQ(helsinki_day_text("2026-12-05T21:59:59.999999Z"), "2026-12-05");
  EXPECT_EQ(helsinki_day_text("2026-12-05T22:00:00Z"), "2026-12-06");
  EXPECT_EQ(helsinki_day_text("2026-07-05T20:59:59.999999Z"), "2026-07-05");
  EXPECT_EQ(helsinki_day_text("2026-07-05T21:00:00Z"), "2026-07-06");
}

TEST(HelsinkiDay, is_right_around_the_nights_of_clock_change) {
  // Sundays 29.3.2026, 25.10.2026, 28.3.2027 and 31.10.2027, at 01:00 UTC.
  EXPECT_EQ(clock_time(at("2026-03-29T00:59:59Z")), "02.59");
  EXPECT_EQ(clock_time(at("2026-03-29T01:00:00Z")), "04.00");
  EXPECT_EQ(clock_time(at("2026-10-25T00:59:59Z")), "03.59");
  EXPECT_EQ(clock_time(at("2026-10-25T01:00:00Z")), "03.00");
  EXPECT_EQ(clock_time(at("2027-03-28T00:59:59Z")), "02.59");
  EXPECT_EQ(clock_time(at("2027-03-28T01:00:00Z")), "04.00");
  EXPECT_EQ(clock_time(at("2027-10-31T00:59:59Z")), "03.59");
  EXPECT_EQ(clock_time(at("2027-10-31T01:00:00Z")), "03.00");
  EXPECT_EQ(helsinki_day_text("2026-03-28T21:59:59Z"), "2026-03-28");
  EXPECT_EQ(helsinki_day_text("2026-03-28T22:00:00Z"), "2026-03-29");
  EXPECT_EQ(helsinki_day_text("2026-03-29T20:59:59Z"), "2026-03-29");
  EXPECT_EQ(helsinki_day_text("2026-03-29T21:00:00Z"), "2026-03-30");
  EXPECT_EQ(helsinki_day_text("2026-10-24T21:00:00Z"), "2026-10-25");
  EXPECT_EQ(helsinki_day_text("2026-10-25T21:59:59Z"), "2026-10-25");
  EXPECT_EQ(helsinki_day_text("2026-10-25T22:00:00Z"), "2026-10-26");
}

TEST(StartOf, a_day_of_clock_change_is_23_or_25_hours_before_the_next) {
  auto const hours = [](std::string_view text) {
    return (start_of(day(text) + 1) - start_of(day(text))) / hour_us;
  };
  EXPECT_EQ(hours("2026-03-29"), 23);
  EXPECT_EQ(hours("2026-10-25"), 25);
  EXPECT_EQ(hours("2027-03-28"), 23);
  EXPECT_EQ(hours("2027-10-31"), 25);
  EXPECT_EQ(hours("2026-12-24"), 24);
}

TEST(StartOf, every_day_is_the_first_microsecond_of_that_day) {
  for (auto today = day("2020-01-01"); today < day("2036-01-01"); today = today + 1) {
    auto const start = start_of(today);
    ASSERT_EQ(helsinki_day(start), today) << to_iso(today);
    ASSERT_EQ(helsinki_day(start + -1), today + -1) << to_iso(today);
  }
}

TEST(HelsinkiDay, does_not_depend_on_what_was_asked_before_or_on_the_thread) {
  auto const summer = at("2026-07-05T21:00:00Z");
  auto const winter = at("2026-12-05T21:00:00Z");
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(to_iso(helsinki_day(summer)), "2026-07-06");
    EXPECT_EQ(to_iso(helsinki_day(winter)), "2026-12-05");
  }
  Day elsewhere;
  std::thread([&] { elsewhere = helsinki_day(summer); }).join();
  EXPECT_EQ(to_iso(elsewhere), "2026-07-06");
}

TEST(LastValidDay, of_a_year_is_the_day_before_the_same_date) {
  EXPECT_EQ(to_iso(last_valid_day(day("2026-11-22"), 12)), "2027-11-21");
  EXPECT_EQ(to_iso(last_valid_day(day("2027-01-01"), 12)), "2027-12-31");
  EXPECT_EQ(to_iso(last_valid_day(day("2027-03-01"), 12)), "2028-02-29");
  EXPECT_EQ(to_iso(last_valid_day(day("2028-03-01"), 12)), "2029-02-28");
}

TEST(LastValidDay, is_the_months_own_last_where_it_has_no_such_day) {
  EXPECT_EQ(to_iso(last_valid_day(day("2028-01-31"), 13)), "2029-02-28");
  for (auto const* first : {"2026-01-29", "2026-01-30", "2026-01-31"}) {
    EXPECT_EQ(to_iso(last_valid_day(day(first), 1)), "2026-02-28") << first;
  }
  EXPECT_EQ(to_iso(last_valid_day(day("2026-01-28"), 1)), "2026-02-27");
}

TEST(LastValidDay, never_comes_earlier_for_a_later_first_day) {
  for (int months = 1; months <= 24; ++months) {
    for (auto first = day("2027-01-01"); first < day("2029-12-31"); first = first + 1) {
      ASSERT_LE(last_valid_day(first, months), last_valid_day(first + 1, months)) << to_iso(first);
      ASSERT_GT(last_valid_day(first, months), first) << to_iso(first);
    }
  }
}

TEST(LastValidDay, counts_a_whole_year_from_a_leap_day) {
  EXPECT_EQ(to_iso(last_valid_day(day("2028-02-29"), 12)), "2029-02-28");
  EXPECT_EQ(last_valid_day(day("2028-02-29"), 12) - day("2028-02-29") + 1, 366);
}

TEST(AddMonths, keeps_the_day_or_takes_the_last_of_the_month) {
  EXPECT_EQ(to_iso(add_months(day("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(to_iso(add_months(day("2028-01-31"), 1)), "2028-02-29");
  EXPECT_EQ(to_iso(add_months(day("2026-08-31"), 1)), "2026-09-30");
  EXPECT_EQ(to_iso(add_months(day("2026-11-22"), 3)), "2027-02-22");
  EXPECT_EQ(to_iso(add_months(day("2026-12-31"), 2)), "2027-02-28");
  EXPECT_EQ(to_iso(add_months(day("2026-03-31"), -1)), "2026-02-28");
  EXPECT_EQ(to_iso(add_months(day("2026-01-15"), -13)), "2024-12-15");
  EXPECT_EQ(to_iso(add_months(day("2026-05-05"), 0)), "2026-05-05");
}

TEST(Civil, dates_and_days_are_each_other_s_inverse) {
  for (std::int32_t value = -800; value < 60'000; value += 7) {
    auto const civil = civil_of(Day{value});
    ASSERT_EQ(day_from(civil.year, civil.month, civil.day), Day{value});
  }
  EXPECT_EQ(civil_of(Day{0}).year, 1970);
}

TEST(Civil, dates_that_do_not_exist_are_refused) {
  EXPECT_FALSE(day_from(2027, 2, 29));
  EXPECT_TRUE(day_from(2028, 2, 29));
  EXPECT_FALSE(day_from(2100, 2, 29));
  EXPECT_FALSE(day_from(2026, 0, 1));
  EXPECT_FALSE(day_from(2026, 13, 1));
  EXPECT_FALSE(day_from(2026, 4, 31));
  EXPECT_FALSE(day_from(2026, 4, 0));
  EXPECT_FALSE(day_from(2026, 257, 1));
  EXPECT_FALSE(day_from(2026, 1, 257));
  EXPECT_FALSE(day_from(100'000, 1, 1));
}

TEST(Rfc3339, is_written_in_utc_with_a_fraction_only_where_there_is_one) {
  EXPECT_EQ(to_rfc3339(Instant{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(Instant{1}), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-22T06:23:01.5Z")), "2026-11-22T06:23:01.500000Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-22T06:23:01.123456Z")), "2026-11-22T06:23:01.123456Z");
}

TEST(Rfc3339, reads_every_offset) {
  EXPECT_EQ(to_rfc3339(at("2026-11-22T08:23:01+02:00")), "2026-11-22T06:23:01Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-21T22:53:01-07:30")), "2026-11-22T06:23:01Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-22T06:23:01-00:00")), "2026-11-22T06:23:01Z");
  EXPECT_EQ(to_rfc3339(at("2026-11-22t06:23:01z")), "2026-11-22T06:23:01Z");
  EXPECT_EQ(to_rfc3339(at("2028-02-29T23:59:59.9999999Z")), "2028-02-29T23:59:59.999999Z");
}

TEST(Rfc3339, refuses_everything_else) {
  for (auto const text : {"",
                          "2026",
                          "2026-11-22",
                          "2026-11-22T06:23:01",
                          "2026-11-22 06:23:01Z",
                          "2026-11-22T06:23Z",
                          "2026-11-22T06:23:01.Z",
                          "2026-11-22T06:23:01,5Z",
                          "2026-11-22T06:23:60Z",
                          "2026-12-31T23:59:60Z",
                          "2026-11-22T24:00:00Z",
                          "2026-11-22T06:60:00Z",
                          "2026-11-22T06:23:01+0200",
                          "2026-11-22T06:23:01+02",
                          "2026-11-22T06:23:01+24:00",
                          "2026-11-22T06:23:01+02:60",
                          "2026-11-22T06:23:01ZZ",
                          "2026-11-22T06:23:01Z ",
                          " 2026-11-22T06:23:01Z",
                          "26-11-22T06:23:01Z",
                          "2026-1-22T06:23:01Z",
                          "2026-11-22T6:23:01Z",
                          "+2026-11-22T06:23:01Z",
                          "2027-02-29T00:00:00Z",
                          "2026-11-31T00:00:00Z",
                          "1969-12-31T23:59:59Z",
                          "1970-01-01T01:00:00+02:00",
                          "2201-01-01T00:00:00Z",
                          "2200-12-31T23:59:59-01:00",
                          "2026-11-22T06:23:01.1234567x",
                          "2026-W47-7T06:23:01Z",
                          "2026-11-22T-6:23:01Z"}) {
    EXPECT_FALSE(instant_from_rfc3339(text)) << text;
  }
  EXPECT_TRUE(instant_from_rfc3339("1970-01-01T00:00:00Z"));
  EXPECT_TRUE(instant_from_rfc3339("2200-12-31T23:59:59Z"));
  EXPECT_FALSE(instant_from_rfc3339(std::string_view("2026-11-22T06:23:01Z\0", 21)));
}

TEST(TypedDate, may_be_finnish_short_or_iso) {
  auto const today = day("2026-11-22");
  EXPECT_EQ(day_from_typed("22.11.2026", today), today);
  EXPECT_EQ(day_from_typed("22.11.", today), today);
  EXPECT_EQ(day_from_typed("2026-11-22", today), today);
  EXPECT_EQ(day_from_typed(" 22.11. ", today), today);
  EXPECT_EQ(day_from_typed("1.2.2027", today), day("2027-02-01"));
  EXPECT_EQ(day_from_typed("01.02.", today), day("2026-02-01"));
  EXPECT_EQ(day_from_typed("29.2.2028", today), day("2028-02-29"));
}

TEST(TypedDate, that_is_no_date_is_refused) {
  auto const today = day("2026-11-22");
  for (auto const text : {"", "22", "22.11", "22.11.26", "29.2.", "31.4.2026", "0.1.2026",
                          "22.13.2026", "22/11/2026", "22.11.2026.", "22. 11. 2026", "11-22-2026",
                          "2026-11-22T00:00", "2026-2-1", "tänään", "122.1.2026", "1.1.12026"}) {
    EXPECT_FALSE(day_from_typed(text, today)) << text;
  }
}

TEST(TypedTime, may_be_written_as_people_write_it) {
  for (auto const text : {"17.42", "17:42", "1742", " 17.42 "}) {
    EXPECT_EQ(clock_minutes_from_typed(text), 17 * 60 + 42) << text;
  }
  EXPECT_EQ(clock_minutes_from_typed("9.05"), 9 * 60 + 5);
  EXPECT_EQ(clock_minutes_from_typed("0905"), 9 * 60 + 5);
  EXPECT_EQ(clock_minutes_from_typed("17"), 17 * 60);
  EXPECT_EQ(clock_minutes_from_typed("0"), 0);
  EXPECT_EQ(clock_minutes_from_typed("00.00"), 0);
  EXPECT_EQ(clock_minutes_from_typed("23.59"), 23 * 60 + 59);
}

TEST(TypedTime, that_is_no_time_is_refused) {
  for (auto const text : {"", "24", "24.00", "17.60", "17.4", "17.421", "905", "174", "17420",
                          "17 42", "17-42", "17.42.00", ".42", "17.", "klo 17.42", "-1", "1e3"}) {
    EXPECT_FALSE(clock_minutes_from_typed(text)) << text;
  }
}

TEST(ClockTime, of_a_day_is_an_instant_also_where_clocks_are_changed) {
  EXPECT_EQ(instant_at(day("2026-11-22"), 17 * 60 + 42), at("2026-11-22T15:42:00Z"));
  EXPECT_EQ(instant_at(day("2026-06-15"), 0), at("2026-06-14T21:00:00Z"));
  // 29.3.2026: from 3.00 to 4.00.
  EXPECT_EQ(instant_at(day("2026-03-29"), 2 * 60 + 59), at("2026-03-29T00:59:00Z"));
  EXPECT_EQ(instant_at(day("2026-03-29"), 3 * 60 + 30), at("2026-03-29T01:30:00Z"));
  EXPECT_EQ(instant_at(day("2026-03-29"), 17 * 60), at("2026-03-29T14:00:00Z"));
  // 25.10.2026: from 4.00 back to 3.00.
  EXPECT_EQ(instant_at(day("2026-10-25"), 3 * 60 + 30), at("2026-10-25T00:30:00Z"));
  EXPECT_EQ(instant_at(day("2026-10-25"), 4 * 60), at("2026-10-25T02:00:00Z"));
  EXPECT_EQ(instant_at(day("2026-10-25"), 17 * 60), at("2026-10-25T15:00:00Z"));
}

TEST(IsoDate, is_strict) {
  EXPECT_EQ(to_iso(day("2026-11-22")), "2026-11-22");
  for (auto const text : {"2026-11-22 ", "2026-1-22", "22.11.2026", "2026-11-31", "20261122", ""}) {
    EXPECT_FALSE(day_from_iso(text)) << text;
  }
}

TEST(FinnishText, has_no_leading_zeros_in_dates_and_two_digits_in_times) {
  EXPECT_EQ(to_finnish(day("2026-11-22")), "22.11.2026");
  EXPECT_EQ(to_finnish(day("2027-02-01")), "1.2.2027");
  EXPECT_EQ(clock_time(at("2026-12-05T15:41:59Z")), "17.41");
  EXPECT_EQ(clock_time(at("2026-12-05T07:05:00Z")), "09.05");
}

TEST(SystemClock, goes_forward_and_knows_the_century) {
  SystemClock const clock;
  auto const first = clock.monotonic_us();
  EXPECT_GE(clock.monotonic_us(), first);
  EXPECT_GT(clock.now(), at("2025-01-01T00:00:00Z"));
  EXPECT_LT(clock.now(), at("2200-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace kaiku
