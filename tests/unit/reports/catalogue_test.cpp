// Which figures there are, and how days make up the periods by which they are told.
#include "server/reports/catalogue.hpp"

#include <gmock/gmock.h>

#include <initializer_list>

namespace kaiku::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

Day day(int year, unsigned month, unsigned of_month) {
  return day_from(year, month, of_month).value();
}
std::vector<std::string> texts(std::vector<Part> const& parts) {
  std::vector<std::string> found;
  for (auto const& part : parts) found.push_back(text_of(part));
  return found;
}

TEST(Catalogue, has_no_months_of_areas_and_nothing_below_a_year_but_of_networks_and_areas) {
  EXPECT_EQ(find_grouping(GroupBy::month, Level::area), nullptr);
  for (auto const group :
       {GroupBy::municipality, GroupBy::home, GroupBy::office, GroupBy::venue, GroupBy::sector}) {
    for (auto const level : {Level::network, Level::area}) {
      auto const* const found = find_grouping(group, level);
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->shortest, Grain::year) << word_of(group);
      EXPECT_NE(found->cards.has_value(), found->uses.has_value())
          << word_of(group) << " divides holders or uses, never both";
    }
  }
}

TEST(Catalogue, gives_a_coordinator_of_the_network_what_names_no_other_area) {
  for (int at = 0; at <= static_cast<int>(GroupBy::year); ++at) {
    auto const group = static_cast<GroupBy>(at);
    auto const* const found = find_grouping(group, Level::network);
    ASSERT_NE(found, nullptr) << word_of(group);
    for (auto const& table : {found->cards, found->uses}) {
      if (!table || !found->is_for_areas) continue;
      EXPECT_TRUE(domain::is_network({.table = *table})) << word_of(group);
    }
  }
}

TEST(Catalogue, gives_a_venue_its_tickets_and_no_table_of_others) {
  for (int at = 0; at <= static_cast<int>(GroupBy::year); ++at) {
    auto const* const found = find_grouping(static_cast<GroupBy>(at), Level::venue);
    if (found == nullptr) continue;
    EXPECT_FALSE(found->cards);
    EXPECT_FALSE(found->uses);
  }
}

TEST(Parts, are_named_as_runs_and_rows_name_them) {
  EXPECT_EQ(text_of({2026, {}}), "2026");
  EXPECT_EQ(text_of({2026, {domain::Period::Kind::quarter, 3}}), "2026-Q3");
  EXPECT_EQ(text_of({2026, {domain::Period::Kind::month, 4}}), "2026-04");
  EXPECT_EQ(text_of({2026, {domain::Period::Kind::month, 12}}), "2026-12");
}

TEST(Parts, end_on_their_last_day_in_leap_years_too) {
  EXPECT_EQ(days_of({2028, {domain::Period::Kind::month, 2}}).last, day(2028, 2, 29));
  EXPECT_EQ(days_of({2026, {domain::Period::Kind::month, 12}}).last, day(2026, 12, 31));
  EXPECT_EQ(days_of({2026, {domain::Period::Kind::quarter, 2}}).first, day(2026, 4, 1));
  EXPECT_EQ(days_of({2026, {domain::Period::Kind::quarter, 2}}).last, day(2026, 6, 30));
  EXPECT_EQ(days_of({2026, {}}).first, day(2026, 1, 1));
}

TEST(Parts, of_one_kind_make_up_their_days_or_are_none) {
  auto const months = parts_by(Grain::month, day(2026, 11, 1), day(2027, 2, 28));
  ASSERT_TRUE(months);
  EXPECT_THAT(texts(*months), ElementsAre("2026-11", "2026-12", "2027-01", "2027-02"));
  EXPECT_THAT(texts(parts_by(Grain::quarter, day(2026, 4, 1), day(2026, 9, 30)).value()),
              ElementsAre("2026-Q2", "2026-Q3"));
  EXPECT_THAT(texts(parts_by(Grain::year, day(2025, 1, 1), day(2026, 12, 31)).value()),
              ElementsAre("2025", "2026"));
  EXPECT_FALSE(parts_by(Grain::month, day(2026, 11, 2), day(2026, 11, 30)));
  EXPECT_FALSE(parts_by(Grain::month, day(2026, 11, 1), day(2026, 11, 29)));
  EXPECT_FALSE(parts_by(Grain::quarter, day(2026, 2, 1), day(2026, 4, 30)));
  EXPECT_FALSE(parts_by(Grain::quarter, day(2026, 1, 1), day(2026, 4, 30)));
  EXPECT_FALSE(parts_by(Grain::year, day(2026, 1, 1), day(2026, 11, 30)));
}

TEST(Parts, are_as_few_as_have_cells_of_their_own) {
  auto const from = day(2025, 1, 1);
  EXPECT_THAT(texts(fewest_parts(Grain::month, from, day(2026, 5, 31), {2025})),
              ElementsAre("2025", "2026-Q1", "2026-04", "2026-05"));
  EXPECT_THAT(texts(fewest_parts(Grain::quarter, from, day(2025, 12, 31), {})), SizeIs(4))
      << "a year that is not settled has quarters alone";
  EXPECT_THAT(texts(fewest_parts(Grain::year, from, day(2026, 12, 31), {})),
              ElementsAre("2025", "2026"));
  EXPECT_THAT(texts(fewest_parts(Grain::month, day(2025, 2, 1), day(2025, 12, 31), {2025})),
              ElementsAre("2025-02", "2025-03", "2025-Q2", "2025-Q3", "2025-Q4"));
}

TEST(GroupBy, is_found_again_by_its_word) {
  for (int at = 0; at <= static_cast<int>(GroupBy::year); ++at) {
    auto const group = static_cast<GroupBy>(at);
    EXPECT_EQ(group_by_from(word_of(group)), group);
  }
  EXPECT_FALSE(group_by_from("shoe"));
}

}  // namespace
}  // namespace kaiku::reports
