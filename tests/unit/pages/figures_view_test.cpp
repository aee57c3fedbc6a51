// The figures page: signs, days, months and sectors as readers of each language write them.
#include "server/pages/coordinator/figures_view.hpp"

#include <gmock/gmock.h>

#include "server/pages/frame/dates.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using reports::Figure;
using reports::GroupBy;
using reports::shown;
using reports::State;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Figure small{Figure::Is::small, 0};
constexpr Figure withheld{Figure::Is::complementary, 0};

reports::Measures measures() {
  reports::Measures of;
  of.registered = shown(100);
  of.taken = shown(35);
  of.not_taken = shown(65);
  of.earlier_years = shown(15);
  of.adults = shown(30);
  of.children = shown(7);
  of.adults_by_sector = {shown(10), shown(0), shown(0), shown(20)};
  of.children_by_sector = {shown(0), shown(0), shown(0), shown(7)};
  of.assistants = of.interpreters = of.companions = of.community_uses = shown(0);
  return of;
}

FiguresPage page_of(reports::Measures const& of, State state = State::settled) {
  FiguresPage page;
  page.year = "2025";
  page.annual.emplace();
  page.annual->year = 2025;
  page.annual->state = state;
  page.annual->measures = of;
  page.annual->as_of = {domain::RunName{2025}, 48'211,
                        start_of(*day_from(2026, 3, 2)) + 10 * minute_us, Digest{}};
  return page;
}

void divide(FiguresPage& page, GroupBy group, std::vector<std::string> const& keys) {
  page.usage.emplace();
  page.usage->from = *day_from(2025, 1, 1);
  page.usage->to = *day_from(2025, 12, 31);
  page.usage->group_by = group;
  page.usage->as_of = page.annual->as_of;
  page.usage->totals = measures();
  for (auto const& key : keys) page.usage->rows.push_back({key, key, measures()});
}

std::string drawn(Language language, FiguresPage const& page) {
  auto const frame = sample::frame_for(domain::Role::national_coordinator, language);
  return render(frame, figures_page(frame, page));
}

TEST(FiguresView, names_months_as_the_language_does_in_bars_and_table) {
  auto page = page_of(measures());
  divide(page, GroupBy::month, {"2025-09"});
  EXPECT_THAT(drawn(Language::fi, page),
              AllOf(HasSubstr("<span>syyskuu 2025</span>"),
                    HasSubstr("<th scope=\"row\">syyskuu 2025</th>"), Not(HasSubstr("2025-09"))));
  EXPECT_THAT(drawn(Language::sv, page), HasSubstr("<th scope=\"row\">september 2025</th>"));
  EXPECT_THAT(drawn(Language::en, page), HasSubstr("<th scope=\"row\">September 2025</th>"));
}

TEST(FiguresView, names_quarters_and_sectors_as_the_language_does) {
  auto page = page_of(measures());
  divide(page, GroupBy::quarter, {"2025-Q2"});
  EXPECT_THAT(drawn(Language::fi, page), HasSubstr("<th scope=\"row\">2. neljännes 2025</th>"));
  EXPECT_THAT(drawn(Language::en, page), HasSubstr("<th scope=\"row\">Q2 2025</th>"));
  divide(page, GroupBy::sector, {"sport"});
  EXPECT_THAT(drawn(Language::sv, page),
              AllOf(HasSubstr("<th scope=\"row\">Motion och idrott</th>"),
                    Not(HasSubstr("<th scope=\"row\">sport</th>"))));
}

TEST(FiguresView, says_of_which_run_the_numbers_are) {
  auto const page = page_of(measures());
  EXPECT_THAT(drawn(Language::fi, page),
              AllOf(HasSubstr("Ajo 2025, tilanne 2.3.2026 klo 00.10, kirjaus 48\u00A0211"),
                    HasSubstr("35,0\u00A0%")));
  EXPECT_THAT(
      drawn(Language::en, page),
      AllOf(HasSubstr("Run 2025, as of 2.3.2026 at 00:10, entry 48,211"), HasSubstr("35.0%")));
}

TEST(FiguresView, shows_each_sign_says_what_it_means_and_never_adds_up_what_is_withheld) {
  auto of = measures();
  of.adults_by_sector[1] = small;
  of.adults_by_sector[0] = withheld;
  auto const html = drawn(Language::fi, page_of(of));
  EXPECT_THAT(html, AllOf(HasSubstr("&lt;5"), HasSubstr("&lt;5: luku on 1–4."), HasSubstr("…"),
                          HasSubstr("ei näytetä"), HasSubstr("class=\"adults withheld\"")));
  // Children's zero and a withheld count: at least nothing.
  EXPECT_THAT(html, HasSubstr("≥\u00A00"));
  EXPECT_THAT(drawn(Language::fi, page_of(measures())), Not(HasSubstr("luku on 1–4")));
}

TEST(FiguresView, says_in_words_what_a_screen_reader_would_pass_over) {
  auto of = measures();
  of.adults_by_sector[1] = small;
  of.adults_by_sector[0] = withheld;
  of.children_by_sector[0] = shown(1203);
  auto const says = [&](Language language, std::string const& words) {
    EXPECT_THAT(drawn(language, page_of(of)),
                HasSubstr("<span class=\"for-readers\">" + words + "</span>"));
  };
  says(Language::fi, "alle 5");
  says(Language::fi, "ei näytetä");
  says(Language::fi, "vähintään " + number_text(Language::fi, 1203));
  says(Language::sv, "under 5");
  says(Language::sv, "minst " + number_text(Language::sv, 1203));
  says(Language::en, "fewer than 5");
  says(Language::en, "at least 1,203");
}

TEST(FiguresView, says_of_each_number_how_it_is_counted_and_on_paper_all_at_the_end) {
  auto const html = drawn(Language::fi, page_of(measures()));
  auto const paper = html.find("<div class=\"on-paper\">");
  ASSERT_NE(paper, std::string::npos);
  EXPECT_THAT(html.substr(0, paper), AllOf(HasSubstr("(Yhteisöjen kortit)</summary>"),
                                           HasSubstr("(Käyttöönotetut kortit)</summary>")));
  EXPECT_THAT(html.substr(paper),
              AllOf(HasSubstr("<dt>Käyttökerrat</dt><dd>Yksi käyttökerta"),
                    HasSubstr("<dt>Käyttöaste</dt>"), HasSubstr("<dt>Yhteisöjen kortit</dt>")));
  auto own = page_of(measures(), State::own);
  own.annual->venue = VenueId{7};
  EXPECT_THAT(drawn(Language::fi, own), Not(HasSubstr("<dt>Käyttöönotetut kortit</dt>")));
}

TEST(FiguresView, places_the_rate_against_the_usual_band) {
  for (auto const& [taken, words] : {std::pair<std::int64_t, char const*>{2674, "is below"},
                                     {3000, "is within"},
                                     {4000, "is within"},
                                     {4100, "is above"}}) {
    auto of = measures();
    of.registered = shown(10'000);
    of.taken = shown(taken);
    EXPECT_THAT(drawn(Language::en, page_of(of)), HasSubstr(words)) << taken;
  }
}

TEST(FiguresView, says_of_working_figures_that_they_are_and_offers_no_file) {
  auto page = page_of(measures(), State::working);
  page.file_address = "/figures/file?year=2025&as=";
  EXPECT_THAT(drawn(Language::en, page),
              AllOf(HasSubstr("Working figure, changes daily."), Not(HasSubstr("as=xlsx"))));
  page.annual->state = State::settled;
  EXPECT_THAT(drawn(Language::en, page),
              AllOf(HasSubstr("as=xlsx"), Not(HasSubstr("Working figure"))));
}

TEST(FiguresView, says_of_working_figures_that_they_are_above_the_numbers) {
  auto const html = drawn(Language::fi, page_of(measures(), State::working));
  EXPECT_LT(html.find("Työluku, muuttuu joka päivä."), html.find("id=\"figure-registered\""));
}

TEST(FiguresView, has_no_heading_of_a_chart_where_a_table_tells_of_cards_alone) {
  auto page = page_of(measures());
  divide(page, GroupBy::office, {"7"});
  EXPECT_THAT(drawn(Language::fi, page), HasSubstr("Käyttökerrat kaaviona"));
  page.usage->has_uses = false;
  EXPECT_THAT(drawn(Language::fi, page), Not(HasSubstr("Käyttökerrat kaaviona")));
}

TEST(FiguresView, offers_closed_quarters_of_a_running_year_as_files) {
  auto page = page_of(measures(), State::working);
  page.file_address = "/figures/file?year=2025&group=quarter&as=";
  divide(page, GroupBy::quarter, {"2025-Q1"});
  page.usage->state = State::closed;
  EXPECT_THAT(drawn(Language::en, page), HasSubstr("group=quarter&amp;as=xlsx"));
  page.usage->state = State::working;
  EXPECT_THAT(drawn(Language::en, page), Not(HasSubstr("as=xlsx")));
}

TEST(FiguresView, offers_the_newest_settled_year_beside_a_running_one) {
  auto page = page_of(measures(), State::working);
  page.settled = page.annual;
  page.settled->year = 2024;
  page.settled_address = "/figures/file?year=2024&as=xlsx";
  auto const html = drawn(Language::fi, page);
  EXPECT_THAT(html, AllOf(HasSubstr("href=\"/figures/file?year=2024&amp;as=xlsx\""),
                          HasSubstr("Vuositilasto 2024 (Excel)")));
  page.settled.reset();
  EXPECT_THAT(drawn(Language::fi, page), Not(HasSubstr("Vuositilasto 2024")));
}

TEST(FiguresView, says_when_a_table_will_be_published) {
  auto page = page_of(measures());
  page.published_on = day_from(2027, 3, 2);
  EXPECT_THAT(drawn(Language::fi, page), HasSubstr("Se julkaistaan 2.3.2027."));
}

TEST(FiguresView, says_of_a_year_without_a_run_that_there_is_nothing) {
  FiguresPage page;
  page.year = "2022";
  EXPECT_THAT(drawn(Language::fi, page),
              AllOf(HasSubstr("Tältä vuodelta ei ole lukuja."), Not(HasSubstr("figure-uses"))));
  EXPECT_THAT(drawn(Language::fi, page_of(measures())), Not(HasSubstr("ei ole lukuja")));
}

TEST(FiguresView, a_venue_has_no_cards) {
  auto page = page_of(measures(), State::own);
  page.annual->venue = VenueId{7};
  auto const html = drawn(Language::fi, page);
  EXPECT_THAT(html, AllOf(HasSubstr("figure-uses"), Not(HasSubstr("figure-rate")),
                          Not(HasSubstr("figure-registered"))));
}

}  // namespace
}  // namespace kaiku::pages
