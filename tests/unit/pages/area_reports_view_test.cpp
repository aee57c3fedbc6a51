// Cohorts and flows as pages: bars by what is told, signs, and the days on which they come.
#include "server/pages/coordinator/area_reports_view.hpp"

#include <gmock/gmock.h>

#include "server/reports/area_documents.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using reports::Figure;
using reports::shown;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr Figure withheld{Figure::Is::complementary, 0};

std::string drawn(Language language, AreaReportPage const& page) {
  auto const frame = sample::frame_for(domain::Role::national_coordinator, language);
  return render(frame, area_report_page(frame, page));
}

reports::CohortReport cohorts() {
  reports::CohortReport report;
  report.year = 2025;
  report.as_of = {domain::RunName{2026}, 48'211, start_of(*day_from(2027, 3, 2)), Digest{}};
  report.network = {shown(200), shown(50), shown(80), shown(150)};
  report.rows.push_back({{"A"}, "Alfa", {withheld, withheld, withheld, withheld}});
  return report;
}
AreaReportPage page_of(Language language, reports::CohortReport const& report) {
  AreaReportPage page;
  page.title = "Käytön alkaminen";
  page.path = "/figures/cohorts";
  page.year = "2025";
  page.document = reports::cohort_document(language, report, "");
  page.bars = bars_of(language, report);
  page.file_address = "/figures/cohorts/file?year=2025&as=";
  return page;
}

TEST(AreaReportsView, draws_shares_of_those_registered) {
  auto const bars = bars_of(Language::fi, cohorts());
  ASSERT_THAT(bars, SizeIs(3));
  EXPECT_DOUBLE_EQ(bars[0].part, 0.25);
  EXPECT_DOUBLE_EQ(bars[2].part, 0.75);
  EXPECT_EQ(bars[1].value, "40,0\u00A0%");
  auto const html = drawn(Language::fi, page_of(Language::fi, cohorts()));
  EXPECT_THAT(html, AllOf(HasSubstr("width=\"25.0\""), HasSubstr("Käytetty 30 päivässä"),
                          HasSubstr("Miten tämä on laskettu?"), HasSubstr("kirjaus 48\u00A0211"),
                          HasSubstr("ei näytetä"), HasSubstr("class=\"total\"")));
}

TEST(AreaReportsView, draws_what_is_withheld_as_a_stub_whatever_it_is) {
  auto report = cohorts();
  report.area = AreaId{"A"};
  EXPECT_THAT(drawn(Language::en, page_of(Language::en, report)),
              AllOf(HasSubstr("class=\"adults withheld\" width=\"3.0\""), HasSubstr("not shown")));
}

TEST(AreaReportsView, draws_flows_against_the_longest) {
  reports::FlowReport report;
  report.venues = {{AreaId{"A"}, "Alfa"}, {AreaId{"B"}, "Beeta"}};
  report.homes = report.venues;
  report.homes.emplace_back();
  report.adults = {{shown(10), shown(0)}, {withheld, shown(40)}, {shown(5), shown(0)}};
  report.totals = {shown(20), shown(40)};
  auto const network = bars_of(Language::en, report);
  ASSERT_THAT(network, SizeIs(2));
  EXPECT_DOUBLE_EQ(network[0].part, 0.5);
  report.area = AreaId{"A"};
  auto const area = bars_of(Language::en, report);
  ASSERT_THAT(area, SizeIs(3));
  EXPECT_EQ(area[2].label, "Home area not known");
  EXPECT_DOUBLE_EQ(area[2].part, 0.5);
}

TEST(AreaReportsView, leads_back_to_the_figures_of_its_year_and_area) {
  auto page = page_of(Language::fi, cohorts());
  page.area = "KEHÄ 1";
  EXPECT_THAT(drawn(Language::fi, page),
              HasSubstr("<a href=\"/figures?year=2025&amp;area=KEH%C3%84%201\">Luvut</a>"));
}

TEST(AreaReportsView, says_when_there_will_be_figures_or_that_there_are_none) {
  AreaReportPage page;
  page.year = "2027";
  page.published_on = day_from(2029, 3, 2);
  EXPECT_THAT(drawn(Language::fi, page),
              AllOf(HasSubstr("Se julkaistaan 2.3.2029."), Not(HasSubstr("<table"))));
  page.published_on.reset();
  EXPECT_THAT(drawn(Language::en, page), HasSubstr("No figures of this year were published."));
}

}  // namespace
}  // namespace kaiku::pages
