// The page of the wellbeing annex: what stands there where there are no figures.
#include "server/pages/coordinator/annex_view.hpp"

#include <gmock/gmock.h>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string drawn(AnnexPage const& page) {
  auto const frame = sample::frame_for(domain::Role::area_coordinator, Language::fi);
  return render(frame, annex_page(frame, page));
}

TEST(AnnexView, of_an_area_without_municipalities_says_where_they_are_added) {
  EXPECT_THAT(drawn({}), AllOf(HasSubstr("Lisää kunnat alueen sivulla."),
                               Not(HasSubstr("<form class=\"choices\""))));
}

TEST(AnnexView, says_when_the_first_figures_will_be_published) {
  AnnexPage page;
  page.municipalities = {{"205", "Kajaani"}};
  page.municipality = "205";
  page.published_on = day_from(2027, 3, 2);
  EXPECT_THAT(drawn(page), AllOf(HasSubstr("Se julkaistaan 2.3.2027."),
                                 HasSubstr("<form class=\"choices\""), Not(HasSubstr("<table"))));
}

TEST(AnnexView, says_in_words_what_a_screen_reader_would_pass_over) {
  reports::DocumentTable table{"uses", "Käyttökerrat", {}, {}};
  table.columns = {{"measure", "Tieto", false}, {"2025", "2025", true}};
  table.rows = {{{"Aikuiset", reports::Figure{reports::Figure::Is::small, 0}}},
                {{"Yhteensä", reports::Figure{reports::Figure::Is::at_least, 40}}}};
  AnnexPage page;
  page.municipalities = {{"205", "Kajaani"}};
  page.municipality = "205";
  page.document.emplace();
  page.document->tables = {table};
  EXPECT_THAT(drawn(page), AllOf(HasSubstr(">alle 5</span>"), HasSubstr(">vähintään 40</span>"),
                                 HasSubstr("<td class=\"number\"><span aria-hidden=\"true\">≥")));
}

}  // namespace
}  // namespace kaiku::pages
