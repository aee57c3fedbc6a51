#include "server/reports/value_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace kaiku::reports {
namespace {

using contract::Language;
using domain::ValueLine;
using domain::ValueRange;
using domain::ValueRow;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr Figure below_five{Figure::Is::small, 0};
constexpr Figure withheld{Figure::Is::complementary, 0};

ValuedUses uses() {
  ValuedUses made;
  made.year = 2026;
  made.tickets.fill(shown(0));
  made.tickets[0] = shown(100);
  made.tickets[1] = below_five;
  made.tickets[2] = withheld;
  made.active_cards = withheld;
  made.counts.tickets = {100, 1, 0, 0, 0, 0, 0, 0};
  return made;
}
std::vector<ValueRow> rows(std::optional<ValueRange> costs = {}) {
  return {{.line = ValueLine::adult_culture,
           .range = ValueRange{800, 1'000, 1'200},
           .source = "Hinnasto",
           .note = "Peruslippu"},
          {.line = ValueLine::adult_education, .range = ValueRange{500, 500, 500}},
          {.line = ValueLine::otherwise, .range = ValueRange{100, 200, 300}},
          {.line = ValueLine::attribution, .range = ValueRange{1'000, 1'000, 1'000}},
          {.line = ValueLine::wellbeing, .range = ValueRange{}},
          {.line = ValueLine::costs, .range = costs}};
}
DocumentTable const& table(ReportDocument const& document, std::string const& id) {
  return *std::ranges::find(document.tables, id, &DocumentTable::id);
}
std::int64_t cents(DocumentCell const& cell) { return std::get<Euros>(cell).cents; }

TEST(ValueReport, names_what_entered_by_its_lower_limit_and_what_has_no_value) {
  auto const report = value_report(uses(), rows());
  EXPECT_THAT(report.withheld, ElementsAre(ValueLine::adult_education));
  EXPECT_THAT(report.not_valued, ElementsAre(ValueLine::adult_science));
  // 100 x 10 + 1 x 5 euros, a fifth less.
  EXPECT_EQ(report.sheet.value.base, 80'400);
  auto with_wellbeing = rows();
  with_wellbeing[4].range = ValueRange{0, 0, 100};
  EXPECT_THAT(value_report(uses(), with_wellbeing).withheld,
              ElementsAre(ValueLine::adult_education, ValueLine::wellbeing));
}

TEST(ValueDocument, has_the_result_with_all_of_its_assumptions) {
  auto const document = value_document(Language::fi, value_report(uses(), rows()), "Kainuu");
  EXPECT_EQ(document.title, "Arvolaskelma 2026");
  EXPECT_EQ(document.scope, "Kainuu");
  EXPECT_EQ(document.period, "1.1.2026–31.12.2026");
  auto const& result = table(document, "result").rows;
  ASSERT_EQ(result.size(), 1U) << "no ratio without costs";
  EXPECT_EQ(cents(result[0].cells[2]), 80'400);
  auto const& assumed = table(document, "assumptions").rows;
  ASSERT_EQ(assumed.size(), rows().size());
  EXPECT_EQ(std::get<std::string>(assumed[0].cells[4]), "Hinnasto");
  EXPECT_EQ(std::get<std::string>(assumed[0].cells[5]), "Peruslippu");
  EXPECT_DOUBLE_EQ(std::get<Share>(assumed[2].cells[3]).value, 0.3);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(assumed[5].cells[1]));
  EXPECT_EQ(table(document, "sensitivity").rows.size(), 5U);
  auto const& valued = table(document, "valued").rows;
  EXPECT_EQ(std::get<Figure>(valued[1].cells[1]), below_five);
  EXPECT_EQ(std::get<Figure>(valued[1].cells[2]), shown(1));
  EXPECT_THAT(document.notes, Contains(HasSubstr("alarajallaan: Aikuisen lippu: Opetus.")));
  for (auto const& one : document.tables) {
    for (auto const& row : one.rows) EXPECT_EQ(row.cells.size(), one.columns.size()) << one.id;
  }
}

TEST(ValueDocument, tells_a_ratio_as_low_to_high_to_one) {
  auto const report = value_report(uses(), rows(ValueRange{50'000, 60'000, 70'000}));
  auto const document = value_document(Language::fi, report, "");
  auto const& result = table(document, "result").rows;
  ASSERT_EQ(result.size(), 2U);
  // 563.50 to 1,084.50 euros of 500 to 700.
  EXPECT_EQ(std::get<std::string>(result[1].cells[2]), "0,8–2,2 : 1");
  EXPECT_EQ(ratio_text(Language::en, {14, 12'000}), "1.4–1,200.0 : 1");
  EXPECT_EQ(document.scope, "Koko verkosto");
}

TEST(ValueDocument, says_of_which_version_it_is_once_it_is_saved) {
  auto report = value_report(uses(), rows());
  auto const has_version = [&] {
    return std::ranges::any_of(value_document(Language::sv, report, "").notes,
                               [](auto const& note) { return note.starts_with("Version 2,"); });
  };
  EXPECT_FALSE(has_version());
  report.version = 2;
  EXPECT_TRUE(has_version());
}

}  // namespace
}  // namespace kaiku::reports
