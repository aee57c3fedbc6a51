#include "server/exports/cell_text.hpp"

#include <gtest/gtest.h>

namespace kaiku::exports {
namespace {

using contract::Language;
using reports::Figure;
using reports::Share;

Figure figure(Figure::Is is, std::int64_t count = 0) { return {.is = is, .count = count}; }

TEST(CellText, tells_a_number_per_thousand_with_one_decimal) {
  EXPECT_EQ(per_thousand_text({3.4}, ','), "3,4");
  EXPECT_EQ(per_thousand_text({12}, '.'), "12.0");
  EXPECT_EQ(per_thousand_text({0.1}, '.'), "0.1");
}

TEST(CellText, of_a_figure_is_its_digits_or_its_sign) {
  EXPECT_EQ(figure_text(figure(Figure::Is::shown, 12034)), "12034");
  EXPECT_EQ(figure_text(figure(Figure::Is::shown, 0)), "0");
  EXPECT_EQ(figure_text(figure(Figure::Is::shown, -7)), "-7");
  EXPECT_EQ(figure_text(figure(Figure::Is::small)), "<5");
  EXPECT_EQ(figure_text(figure(Figure::Is::complementary)), "…");
  EXPECT_EQ(figure_text(figure(Figure::Is::not_published)), "–");
  EXPECT_EQ(figure_text(figure(Figure::Is::at_least, 1203)), "≥ 1203");
}

TEST(CellText, groups_numbers_for_people_as_their_language_does) {
  EXPECT_EQ(grouped_text(Language::fi, 1203), "1203");
  EXPECT_EQ(grouped_text(Language::fi, 12034), "12\u00A0034");
  EXPECT_EQ(grouped_text(Language::sv, 1203456), "1\u00A0203\u00A0456");
  EXPECT_EQ(grouped_text(Language::en, 999), "999");
  EXPECT_EQ(grouped_text(Language::en, 1203), "1,203");
  EXPECT_EQ(grouped_text(Language::en, -1203456), "–1,203,456");
  EXPECT_EQ(figure_text(Language::en, figure(Figure::Is::at_least, 12034)), "≥ 12,034");
  EXPECT_EQ(figure_text(Language::fi, figure(Figure::Is::small)), "<5");
}

TEST(CellText, of_a_share_has_as_many_decimals_as_there_are) {
  EXPECT_EQ(share_text(Share{0.2674}, '.'), "0.2674");
  EXPECT_EQ(share_text(Share{0.2674}, ','), "0,2674");
  EXPECT_EQ(share_text(Share{0.12}, ','), "0,12");
  EXPECT_EQ(share_text(Share{0}, ','), "0");
  EXPECT_EQ(share_text(Share{1}, '.'), "1");
  EXPECT_EQ(share_text(Share{0.0005}, '.'), "0.0005");
  EXPECT_EQ(share_text(Share{-0.05}, ','), "-0,05");
}

TEST(CellText, of_a_per_cent_is_rounded_and_marked_as_the_language_does) {
  EXPECT_EQ(percent_text(Language::fi, Share{0.2674}, 1), "26,7\u00A0%");
  EXPECT_EQ(percent_text(Language::en, Share{0.2674}, 1), "26.7%");
  EXPECT_EQ(percent_text(Language::en, Share{0.5005}, 1), "50.1%")
      << "the nearest double is a little less";
  EXPECT_EQ(percent_text(Language::sv, Share{0.12}, 0), "12\u00A0%");
  EXPECT_EQ(percent_text(Language::fi, Share{0.004}, 1), "0,4\u00A0%");
  EXPECT_EQ(percent_text(Language::fi, Share{-0.05}, 0), "–5\u00A0%");
}

TEST(CellText, of_whole_per_cents_has_no_decimals_unless_others_in_the_column_do) {
  reports::DocumentTable table{
      .id = "a", .title = "A", .columns = {{"share", "Osuus", true}}, .rows = {}};
  table.rows.push_back({.cells = {Share{0.12}}});
  table.rows.push_back({.cells = {figure(Figure::Is::small)}});
  EXPECT_EQ(decimals_of_percents(table, 0), 0);
  table.rows.push_back({.cells = {Share{0.2674}}});
  EXPECT_EQ(decimals_of_percents(table, 0), 1);
}

TEST(CellText, of_a_time_is_that_of_helsinki) {
  EXPECT_EQ(finnish_time("2027-03-01T22:10:00Z"), "2.3.2027 00.10");
  EXPECT_EQ(finnish_time("2026-07-10T21:10:00.5Z"), "11.7.2026 00.10");
  EXPECT_EQ(finnish_time(""), "");
}

TEST(CellText, of_euros_has_their_cents) {
  EXPECT_EQ(euro_text(reports::Euros{123'450}, '.'), "1234.50");
  EXPECT_EQ(euro_text(reports::Euros{5}, ','), "0,05");
  EXPECT_EQ(euro_text(reports::Euros{-5}, ','), "-0,05");
  EXPECT_EQ(euro_text(Language::fi, reports::Euros{1'203'450}), "12\u00A0034,50\u00A0€");
  EXPECT_EQ(euro_text(Language::en, reports::Euros{1'203'405}), "€12,034.05");
  EXPECT_EQ(euro_text(Language::sv, reports::Euros{-7}), "–0,07\u00A0€");
}

}  // namespace
}  // namespace kaiku::exports
