// Days, months and sectors of the figures as readers of each language write them.
#include "server/pages/coordinator/figures_view.hpp"

#include <gmock/gmock.h>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

use_cases::UsageReport report(use_cases::GroupBy group, std::vector<std::string> const& keys) {
  use_cases::UsageReport report;
  report.from = *day_from(2026, 1, 1);
  report.to = *day_from(2026, 12, 31);
  report.as_of = start_of(*day_from(2026, 11, 29)) + (9 * hour_us + 47 * minute_us);
  report.group_by = group;
  for (auto const& key : keys) {
    use_cases::UsageRow row;
    row.key = key;
    row.label = key;
    row.registered = 10;
    row.taken_into_use = 4;
    row.active = 4;
    row.usage_rate = 0.35;
    row.adults = {5, 5, 5, 5};
    row.children = {0, 0, 0, 0};
    report.rows.push_back(row);
  }
  return report;
}

std::string drawn(Language language, use_cases::GroupBy group,
                  std::vector<std::string> const& keys) {
  auto const frame = sample::frame_for(domain::Role::national_coordinator, language);
  FiguresPage page;
  page.whole = report(use_cases::GroupBy::none, {""});
  page.grouped = report(group, keys);
  return render(frame, figures_page(frame, page));
}

TEST(FiguresView, names_months_as_the_language_does_in_bars_and_table) {
  auto const month = use_cases::GroupBy::month;
  for (auto const language : {Language::fi, Language::sv}) {
    EXPECT_THAT(drawn(language, month, {"2026-09"}),
                AllOf(HasSubstr("<span>9/2026</span>"), HasSubstr("<th scope=\"row\">9/2026</th>"),
                      Not(HasSubstr("2026-09"))));
  }
  EXPECT_THAT(drawn(Language::en, month, {"2026-09"}),
              AllOf(HasSubstr("<span>Sep 2026</span>"),
                    HasSubstr("<th scope=\"row\">Sep 2026</th>"), Not(HasSubstr("2026-09"))));
}

TEST(FiguresView, names_sectors_as_the_language_does) {
  auto const html = drawn(Language::sv, use_cases::GroupBy::sector, {"sport"});
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">" +
                              std::string(in(Language::sv, Text::sector_sport)) + "</th>"));
  EXPECT_THAT(html, Not(HasSubstr("<th scope=\"row\">sport</th>")));
}

TEST(FiguresView, writes_days_and_per_cent_as_the_language_does) {
  auto const group = use_cases::GroupBy::municipality;
  EXPECT_THAT(drawn(Language::en, group, {"Kajaani"}),
              AllOf(HasSubstr("1 Jan 2026 – 31 Dec 2026"), HasSubstr("As of 29 Nov 2026 at 09:47."),
                    HasSubstr("40%"), Not(HasSubstr("40\u00A0%"))));
  EXPECT_THAT(drawn(Language::fi, group, {"Kajaani"}),
              AllOf(HasSubstr("1.1.2026–31.12.2026"), HasSubstr("Tilanne 29.11.2026 klo 09.47."),
                    HasSubstr("40\u00A0%")));
}

}  // namespace
}  // namespace kaiku::pages
