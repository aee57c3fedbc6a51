// Reports as documents: what rows and titles are called and in which order, signs and texts.
#include <gmock/gmock.h>

#include <algorithm>

#include "server/reports/documents.hpp"

namespace kaiku::reports {
namespace {

using contract::Language;
using ::testing::Contains;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::StartsWith;

AnnualReport year() {
  AnnualReport report;
  report.year = 2025;
  report.as_of = {domain::RunName{2025}, 48'211, start_of(*day_from(2026, 3, 2)), Digest{}};
  report.measures.registered = shown(100);
  report.measures.taken = shown(40);
  report.measures.adults = shown(30);
  report.measures.children = shown(7);
  return report;
}

std::vector<std::string> names(DocumentTable const& table) {
  std::vector<std::string> found;
  for (auto const& row : table.rows) found.push_back(std::get<std::string>(row.cells.front()));
  return found;
}
std::vector<std::string> defined(ReportDocument const& document) {
  std::vector<std::string> found;
  for (auto const& definition : document.definitions) found.push_back(definition.name);
  return found;
}
DocumentCell rate_of(AnnualReport const& report) {
  auto const table = annual_document(Language::fi, report, "").tables.front();
  auto const rows = names(table);
  auto const at = std::ranges::find(rows, "Käyttöaste") - rows.begin();
  return table.rows.at(static_cast<std::size_t>(at)).cells.at(1);
}

TEST(AnnualDocument, calls_uses_of_adults_uses_and_has_the_whole_before_its_parts) {
  auto const rows = names(annual_document(Language::fi, year(), "").tables.front());
  auto const whole = std::ranges::find(rows, "Käyttökerrat");
  ASSERT_LT(std::distance(rows.begin(), whole) + 2, std::ssize(rows));
  EXPECT_EQ(*(whole + 1), "Aikuisten käyttökerrat");
  EXPECT_EQ(*(whole + 2), "Lasten käyttökerrat");
}

TEST(AnnualDocument, says_of_each_row_how_it_is_counted) {
  EXPECT_THAT(defined(annual_document(Language::fi, year(), "")),
              IsSupersetOf({"Rekisteröidyt kortit", "Käyttökerrat", "Yhteisöjen kortit", "Kunnat",
                            "Avustajat, tulkit ja kulttuurikaverit"}));
  auto own = year();
  own.venue = VenueId{7};
  EXPECT_THAT(defined(annual_document(Language::fi, own, "")), Not(Contains("Kunnat")));
}

TEST(AnnualDocument, withholds_a_rate_as_what_it_is_of) {
  EXPECT_EQ(std::get<Share>(rate_of(year())).value, 0.4);
  auto report = year();
  report.measures.taken = {Figure::Is::small, 0};
  EXPECT_EQ(std::get<Figure>(rate_of(report)).is, Figure::Is::complementary);
  report.measures.registered = report.measures.taken = shown(0);
  EXPECT_EQ(std::get<Figure>(rate_of(report)), Figure{});
  EXPECT_THAT(annual_document(Language::en, report, "").notes,
              Contains(StartsWith("–: the number is not published or cannot")));
}

TEST(UsageDocument, is_called_by_what_is_in_it) {
  UsageReport report;
  report.from = *day_from(2025, 1, 1);
  report.to = *day_from(2025, 12, 31);
  auto const title = [&](bool has_cards, bool has_uses) {
    report.has_cards = has_cards;
    report.has_uses = has_uses;
    return usage_document(Language::fi, report, "").title;
  };
  EXPECT_EQ(title(true, true), "Kortit ja käyttökerrat");
  EXPECT_EQ(title(true, false), "Kortit");
  EXPECT_EQ(title(false, true), "Käyttökerrat");
}

}  // namespace
}  // namespace kaiku::reports
