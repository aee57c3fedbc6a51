#include "server/pages/frame/dates.hpp"

#include <gtest/gtest.h>

namespace kaiku::pages {
namespace {

using contract::Language;

TEST(Dates, are_written_as_readers_of_the_language_write_them) {
  auto const at = start_of(*day_from(2026, 11, 2)) + (9 * hour_us + 5 * minute_us);
  EXPECT_EQ(moment_text(Language::fi, at), "2.11.2026 klo\u00A009.05");
  EXPECT_EQ(moment_text(Language::sv, at), "2.11.2026 kl.\u00A009.05");
  EXPECT_EQ(moment_text(Language::en, at), "2 Nov 2026, 09:05");
  EXPECT_EQ(day_text(Language::en, *day_from(2026, 1, 31)), "31 Jan 2026");
  EXPECT_EQ(day_text(Language::en, *day_from(2026, 12, 1)), "1 Dec 2026");
}

TEST(Dates, of_a_month_name_it) {
  auto const day = *day_from(2026, 9, 17);
  EXPECT_EQ(month_text(Language::fi, day), "9/2026");
  EXPECT_EQ(month_text(Language::sv, day), "9/2026");
  EXPECT_EQ(month_text(Language::en, day), "Sep 2026");
}

}  // namespace
}  // namespace kaiku::pages
