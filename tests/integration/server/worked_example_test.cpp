#include "tests/support/worked_example.hpp"

#include <gtest/gtest.h>

#include <set>

#include "server/domain/history_file.hpp"

namespace kaiku::test {
namespace {

domain::History read(WorkedArea const& area) {
  domain::HistoryPlaces places;
  for (auto const& office : area.offices) places.offices.push_back({OfficeId{1}, office.name});
  for (std::size_t sector = 0; sector < area.venues.size(); ++sector) {
    places.venues.push_back(
        {VenueId{1}, area.venues[sector].name, {{Day{}, static_cast<contract::Sector>(sector)}}});
  }
  places.municipalities.insert(area.municipalities.begin(), area.municipalities.end());
  places.today = day_from(2020, 3, 1).value();
  return domain::read_history({area.cards, area.uses}, std::move(places));
}

TEST(WorkedExample, has_the_numbers_that_it_promises) {
  std::size_t cards = 0, used_cards = 0;
  std::array<std::int64_t, 4> adults{}, children{};
  std::set<std::string> municipalities;
  auto const areas = worked_example();
  EXPECT_EQ(areas.size(), 9U);
  for (auto const& area : areas) {
    auto const history = read(area);
    EXPECT_EQ(history.faults.in_all(), 0) << area.name;
    EXPECT_EQ(history.warnings.in_all(), 0) << area.name;
    municipalities.insert(area.municipalities.begin(), area.municipalities.end());
    cards += history.cards.size();
    std::set<std::uint32_t> used;
    for (auto const& use : history.uses) {
      used.insert(use.card);
      adults[use.venue] += use.adults;
      children[use.venue] += use.children;
      EXPECT_EQ(civil_of(use.used_on).year, worked_year);
    }
    used_cards += used.size();
  }
  EXPECT_EQ(municipalities.size(), 24U);
  EXPECT_EQ(cards, static_cast<std::size_t>(worked_cards));
  EXPECT_EQ(used_cards, static_cast<std::size_t>(worked_used_cards));
  EXPECT_EQ(adults, worked_adults);
  EXPECT_EQ(children, worked_children);
}

}  // namespace
}  // namespace kaiku::test
