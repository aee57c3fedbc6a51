// A list beside the figures, as it is drawn.
#include "server/pages/coordinator/report_lists_view.hpp"

#include <gmock/gmock.h>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string drawn(ReportList const& list) {
  auto const frame = sample::frame_for(domain::Role::national_coordinator, Language::fi);
  auto const html = render(frame, report_list_page(frame, list));
  return html.substr(html.find("<main"));
}

ReportList a_list() {
  ReportList list;
  list.title = "Lista";
  list.path = "/figures/silent";
  list.columns = {"Kohde", "Ovilaite"};
  list.empty = "Tyhjä.";
  return list;
}

TEST(ReportListView, says_something_instead_of_no_rows) {
  EXPECT_THAT(drawn(a_list()), AllOf(HasSubstr("<p>Tyhjä.</p>"), Not(HasSubstr("<table")),
                                     Not(HasSubstr("<form")), Not(HasSubstr("<nav"))));
}

TEST(ReportListView, names_the_chosen_list_on_paper) {
  auto list = a_list();
  list.steps_label = "Kuinka kauan";
  list.steps = {{"/figures/silent?silent_for=4", "4 viikkoa (3)"}, {"", "8 viikkoa (1)"}};
  auto const frame = sample::frame_for(domain::Role::national_coordinator, Language::fi);
  EXPECT_THAT(render(frame, report_list_page(frame, list)),
              AllOf(HasSubstr("Kuinka kauan: 8 viikkoa (1)"), Not(HasSubstr("kauan: 4 viikkoa"))));
}

TEST(ReportListView, leads_back_to_the_figures_of_its_area) {
  auto list = a_list();
  EXPECT_THAT(drawn(list), HasSubstr("<a href=\"/figures\">Luvut</a>"));
  list.area = "KAINUU";
  EXPECT_THAT(drawn(list), HasSubstr("<a href=\"/figures?area=KAINUU\">Luvut</a>"));
}

TEST(ReportListView, names_the_column_of_each_cell_for_narrow_screens) {
  auto list = a_list();
  list.rows = {{"/venues/31", "Sali", {"Yhteydessä"}}, {"", "Toinen", {"–"}}};
  EXPECT_THAT(drawn(list), AllOf(HasSubstr("<a href=\"/venues/31\">Sali</a>"),
                                 HasSubstr("data-label=\"Ovilaite\">Yhteydessä</td>"),
                                 HasSubstr("scope=\"row\">Toinen</th>"), Not(HasSubstr("Tyhjä."))));
}

TEST(ReportListView, links_to_every_step_but_the_one_that_is_shown) {
  auto list = a_list();
  list.steps = {{"/figures/silent?silent_for=4", "4 viikkoa (3)"}, {"", "8 viikkoa (1)"}};
  list.steps_label = "Kuinka kauan";
  EXPECT_THAT(drawn(list),
              AllOf(HasSubstr("<nav aria-label=\"Kuinka kauan\">"),
                    HasSubstr("<a href=\"/figures/silent?silent_for=4\">4 viikkoa (3)</a>"),
                    HasSubstr("<strong aria-current=\"true\">8 viikkoa (1)</strong>")));
}

TEST(ReportListView, takes_the_step_along_when_another_area_is_chosen) {
  auto list = a_list();
  list.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  list.area = "KAINUU";
  list.step = "26";
  EXPECT_THAT(drawn(list),
              AllOf(HasSubstr("action=\"/figures/silent\""),
                    HasSubstr("<input type=\"hidden\" name=\"silent_for\" value=\"26\">"),
                    HasSubstr("<option value=\"KAINUU\" selected>")));
}

}  // namespace
}  // namespace kaiku::pages
