#include "server/reports/area_documents.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace kaiku::reports {
namespace {

using contract::Language;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr Figure withheld{Figure::Is::complementary, 0};
constexpr Figure few{Figure::Is::small, 0};

AsOf as_of(int year) {
  return {domain::RunName{year}, 48'211, start_of(*day_from(year + 1, 3, 2)), Digest{}};
}
Figure figure(DocumentTable const& table, std::size_t row, std::size_t column) {
  return std::get<Figure>(table.rows.at(row).cells.at(column));
}
std::vector<std::string> names(DocumentTable const& table) {
  std::vector<std::string> found;
  for (auto const& row : table.rows) found.push_back(std::get<std::string>(row.cells.front()));
  return found;
}

CohortReport cohorts() {
  CohortReport report;
  report.year = 2025;
  report.as_of = as_of(2026);
  report.network = {shown(300), shown(60), shown(90), shown(150)};
  report.rows.push_back({{"A"}, "Alfa", {shown(0), shown(0), shown(0), shown(0)}});
  report.rows.push_back({{"B"}, "Beeta", {withheld, withheld, withheld, withheld}});
  return report;
}

TEST(AreaDocuments, of_a_cohort_have_each_count_with_its_share) {
  auto const document = cohort_document(Language::en, cohorts(), "");
  EXPECT_EQ(document.title, "How soon the cards registered in 2025 were used");
  EXPECT_EQ(document.run, "2026");
  ASSERT_THAT(document.tables, SizeIs(1));
  auto const& table = document.tables.front();
  EXPECT_THAT(names(table), ElementsAre("Whole network", "Alfa", "Beeta"));
  EXPECT_TRUE(table.rows.front().is_total);
  EXPECT_EQ(figure(table, 0, 2), shown(60));
  EXPECT_DOUBLE_EQ(std::get<Share>(table.rows[0].cells[3]).value, 0.2);
  EXPECT_DOUBLE_EQ(std::get<Share>(table.rows[0].cells[7]).value, 0.5);
  EXPECT_EQ(figure(table, 1, 3), Figure{}) << "nothing has no share";
  EXPECT_EQ(figure(table, 2, 3), withheld);
  EXPECT_TRUE(std::ranges::all_of(table.rows, [&](DocumentRow const& row) {
    return row.cells.size() == table.columns.size();
  }));
}

// Of two areas: to Alfa come 10 of its own, 7 of Beeta and 3 of whom no home is known.
FlowReport flows() {
  FlowReport report;
  report.year = 2026;
  report.as_of = as_of(2026);
  report.venues = {{AreaId{"A"}, "Alfa"}, {AreaId{"B"}, "Beeta"}};
  report.homes = report.venues;
  report.homes.emplace_back();
  report.adults = {{shown(10), shown(0)}, {withheld, shown(40)}, {few, shown(0)}};
  report.totals = {shown(20), shown(40)};
  return report;
}

TEST(AreaDocuments, of_flows_have_a_column_for_each_area_of_venues) {
  auto const document = flow_document(Language::en, flows(), "");
  ASSERT_THAT(document.tables, SizeIs(1));
  auto const& table = document.tables.front();
  EXPECT_THAT(names(table), ElementsAre("Total", "Alfa", "Beeta", "Home area not known"));
  ASSERT_THAT(table.columns, SizeIs(4));
  EXPECT_EQ(table.columns[2].id, "A");
  EXPECT_EQ(figure(table, 0, 1), shown(60));
  EXPECT_EQ(figure(table, 0, 2), shown(20));
  EXPECT_EQ(figure(table, 2, 2), withheld);
  EXPECT_EQ(figure(table, 2, 1), (Figure{Figure::Is::at_least, 40}));
  EXPECT_EQ(figure(table, 3, 2), few);
}

TEST(AreaDocuments, of_flows_of_an_area_say_who_comes_and_where_its_holders_go) {
  auto report = flows();
  report.area = AreaId{"A"};
  auto const document = flow_document(Language::fi, report, "Alfa");
  ASSERT_THAT(document.tables, SizeIs(2));
  auto const& into = document.tables[0];
  EXPECT_THAT(names(into), ElementsAre("Yhteensä", "Alfa", "Beeta", "Kotialue ei tiedossa"));
  EXPECT_EQ(figure(into, 0, 1), shown(20));
  EXPECT_EQ(figure(into, 2, 1), withheld);
  auto const& out = document.tables[1];
  EXPECT_THAT(names(out), ElementsAre("Yhteensä", "Alfa", "Beeta"));
  EXPECT_EQ(figure(out, 0, 1), shown(10));
}

}  // namespace
}  // namespace kaiku::reports
