// The year as it is now is folded from what was counted, by area and by sector.
#include "server/reports/live_figures.hpp"

#include <gtest/gtest.h>

namespace kaiku::reports {
namespace {

AreaId const north{"N"};
AreaId const south{"S"};

tables::YearCounts two_areas() {
  tables::YearCounts counts;
  counts.venues = {{.venue = VenueId{1}, .area = north, .municipality = "001"},
                   {.venue = VenueId{2}, .area = south, .municipality = "002"}};
  counts.venues[0].sector = contract::Sector::sport;
  counts.venues[0].adults[0] = 3;
  counts.venues[0].children[11] = 4;
  counts.venues[1].adults[5] = 20;
  counts.cards = {{.office = OfficeId{3}, .area = north, .home = "001", .home_area = north},
                  {.office = OfficeId{4}, .area = south, .home = "001", .home_area = north}};
  counts.cards[0].registered[2] = 7;
  counts.cards[0].taken = 2;
  counts.cards[1].registered[3] = 10;
  return counts;
}

TEST(WorkingFigures, are_of_the_area_of_the_venue_and_of_the_office) {
  auto const measures = working_measures(two_areas(), north);
  EXPECT_EQ(measures.registered, shown(7));
  EXPECT_EQ(measures.taken, shown(2));
  EXPECT_EQ(measures.not_taken, shown(5));
  EXPECT_EQ(measures.earlier_years, Figure{}) << "runs tell of them";
  EXPECT_EQ(measures.adults, shown(3));
  EXPECT_EQ(measures.children, shown(4));
  EXPECT_EQ(measures.adults_by_sector.at(static_cast<std::size_t>(contract::Sector::sport)),
            shown(3));
  EXPECT_EQ(measures.community_uses, shown(0)) << "nothing yet is a zero";
}

TEST(WorkingFigures, of_the_network_are_those_of_all_areas) {
  auto const measures = working_measures(two_areas(), std::nullopt);
  EXPECT_EQ(measures.registered, shown(17));
  EXPECT_EQ(measures.total(), shown(27));
  auto const of_sport = sector_measures(measures, contract::Sector::sport);
  EXPECT_EQ(of_sport.total(), shown(7));
  EXPECT_EQ(of_sport.registered, Figure{}) << "a holder has no sector";
}

}  // namespace
}  // namespace kaiku::reports
