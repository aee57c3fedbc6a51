// The wellbeing annex as a document.
#include <gmock/gmock.h>

#include "server/reports/annex.hpp"

namespace kaiku::reports {
namespace {

using contract::Language;
using ::testing::Contains;
using ::testing::HasSubstr;

constexpr Figure small{Figure::Is::small, 0};
constexpr Figure withheld{Figure::Is::complementary, 0};

// Two years of a small town; in the first one its rate is withheld and nobody knows its people.
AnnexReport two_years() {
  AnnexReport report;
  report.municipality = {"205", {"Kajaani", "Kajana", "Kajaani"}};
  report.area_name = "Kainuu";
  AnnexYear first;
  first.year = 2018;
  first.as_of = {domain::RunName{2018}, 100, start_of(*day_from(2019, 3, 2)), Digest{}};
  first.registered = withheld;
  first.taken = small;
  first.adults = shown(40);
  first.children = small;
  first.area = {shown(30), shown(100)};
  first.network = {shown(1'360), shown(5'086)};
  auto second = first;
  second.year = 2019;
  second.as_of = {domain::RunName{2019, 0, 2}, 300, start_of(*day_from(2021, 3, 2)), Digest{}};
  second.registered = shown(125);
  second.taken = shown(50);
  second.people = 36'568;
  second.children = shown(10);
  second.by_sector = {shown(50), {Figure::Is::at_least, 20}, shown(0), {}};
  report.years = {first, second};
  return report;
}

DocumentTable const& table_of(ReportDocument const& document, std::string const& id) {
  for (auto const& table : document.tables) {
    if (table.id == id) return table;
  }
  throw std::out_of_range(id);
}
DocumentCell const& cell(DocumentTable const& table, std::size_t row, std::size_t column) {
  return table.rows.at(row).cells.at(column);
}
Figure figure(DocumentTable const& table, std::size_t row, std::size_t column) {
  return std::get<Figure>(cell(table, row, column));
}

TEST(AnnexDocument, has_a_column_for_each_year) {
  auto const document = annex_document(Language::fi, two_years());
  EXPECT_EQ(document.scope, "Kajaani");
  EXPECT_EQ(document.period, "2018–2019");
  for (auto const* id : {"cards", "uses", "usage_rate"}) {
    auto const& table = table_of(document, id);
    ASSERT_EQ(table.columns.size(), 3U);
    EXPECT_EQ(table.columns.at(1).label, "2018");
    for (auto const& row : table.rows) EXPECT_EQ(row.cells.size(), 3U);
  }
  auto const& uses = table_of(document, "uses");
  EXPECT_EQ(figure(uses, 0, 1), (Figure{Figure::Is::at_least, 40})) << "children are withheld";
  EXPECT_EQ(figure(uses, 0, 2), shown(50));
  EXPECT_EQ(figure(uses, 4, 2), (Figure{Figure::Is::at_least, 20})) << "a sector's venues";
}

TEST(AnnexDocument, divides_by_the_people_of_the_year_where_they_are_known) {
  EXPECT_EQ(per_thousand(shown(125), 36'568), 3.4);
  EXPECT_EQ(per_thousand(shown(5), 1'000), 5.0);
  EXPECT_EQ(per_thousand(shown(1'005), 100'000), 10.1) << "half up";
  EXPECT_EQ(per_thousand(shown(5), std::nullopt), std::nullopt);
  EXPECT_EQ(per_thousand(shown(5), 0), std::nullopt);
  EXPECT_EQ(per_thousand(small, 1'000), std::nullopt);
  auto const document = annex_document(Language::fi, two_years());
  auto const& cards = table_of(document, "cards");
  EXPECT_EQ(figure(cards, 3, 1), Figure{}) << "no file said how many lived there";
  EXPECT_EQ(std::get<PerThousand>(cell(cards, 3, 2)).value, 3.4);
  EXPECT_EQ(figure(cards, 4, 2), shown(36'568));
}

TEST(AnnexDocument, withholds_each_quotient_of_what_is_withheld) {
  auto report = two_years();
  report.years.front().people = 36'000;
  auto const document = annex_document(Language::fi, report);
  auto const& cards = table_of(document, "cards");
  EXPECT_EQ(figure(cards, 2, 1), withheld) << "the rate";
  EXPECT_EQ(figure(cards, 3, 1), withheld) << "per 1,000";
  auto const& rates = table_of(document, "usage_rate");
  EXPECT_EQ(figure(rates, 0, 1), withheld);
  EXPECT_EQ(std::get<Share>(cell(rates, 0, 2)).value, 0.4);
  EXPECT_EQ(std::get<std::string>(cell(rates, 1, 0)), "Kainuu");
  EXPECT_EQ(std::get<Share>(cell(rates, 1, 2)).value, 0.3);
  EXPECT_EQ(std::get<Share>(cell(rates, 2, 2)).value, 0.2674);
  EXPECT_THAT(document.notes, Contains(HasSubstr("<5")));
}

TEST(AnnexDocument, names_the_run_of_each_year_and_the_newest_for_all) {
  auto const document = annex_document(Language::en, two_years());
  EXPECT_EQ(document.run, "2019.2");
  auto const& runs = table_of(document, "runs");
  EXPECT_EQ(std::get<std::string>(cell(runs, 0, 1)), "2018");
  EXPECT_EQ(std::get<std::string>(cell(runs, 1, 1)), "2019.2");
  EXPECT_EQ(std::get<Day>(cell(runs, 1, 2)), day_from(2021, 3, 2));
}

TEST(AnnexDocument, is_told_in_each_language) {
  auto const finnish = annex_document(Language::fi, two_years());
  auto const swedish = annex_document(Language::sv, two_years());
  EXPECT_EQ(swedish.scope, "Kajana");
  EXPECT_THAT(swedish.title, HasSubstr("Kajana"));
  ASSERT_EQ(finnish.definitions.size(), swedish.definitions.size());
  for (std::size_t at = 0; at < finnish.definitions.size(); ++at) {
    EXPECT_NE(finnish.definitions.at(at).text, "");
    EXPECT_NE(finnish.definitions.at(at).text, swedish.definitions.at(at).text);
  }
}

}  // namespace
}  // namespace kaiku::reports
