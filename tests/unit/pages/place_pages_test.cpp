#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/place_list_view.hpp"
#include "tests/unit/pages/network_sample.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string drawn(std::string_view name, Language language = Language::fi) {
  auto const pages = sample::network_pages(language);
  auto const found = std::ranges::find(pages, name, &sample::Drawn::name);
  return found == pages.end() ? std::string() : found->html;
}

TEST(PlaceList, shows_fifty_rows_a_page_and_the_way_to_the_others) {
  auto const html = drawn("places_of_area");
  EXPECT_THAT(html,
              AllOf(HasSubstr("120 kohdetta"), HasSubstr(">Sali 50</a>"), HasSubstr(">Sali 99</a>"),
                    Not(HasSubstr(">Sali 49</a>")), Not(HasSubstr(">Sali 100</a>"))));
  EXPECT_THAT(html, AllOf(HasSubstr("href=\"/venues?page=1&amp;area=KAINUU\""),
                          HasSubstr("href=\"/venues?page=3&amp;area=KAINUU\"")));
  EXPECT_THAT(drawn("places"), Not(HasSubstr("page=")));
}

TEST(PlaceList, names_the_column_at_each_cell_for_when_rows_are_stacked) {
  EXPECT_THAT(drawn("places"), HasSubstr("<td role=\"cell\" data-label=\"Kunta\">Kajaani</td>"));
}

TEST(PlaceList, without_rows_says_what_to_do_and_how) {
  EXPECT_THAT(drawn("places_empty"),
              AllOf(HasSubstr("Alueella ei ole vielä kohteita."),
                    HasSubstr("<a class=\"button\" href=\"/venues/new\">Lisää kohde</a>"),
                    Not(HasSubstr("<table"))));
}

TEST(PlaceForm, puts_the_cursor_into_the_first_field_of_a_new_one_alone) {
  EXPECT_THAT(drawn("place_new"), Not(HasSubstr(" autofocus")))
      << "a heading comes first in this form";
  EXPECT_THAT(drawn("place"), Not(HasSubstr(" autofocus")));
  EXPECT_THAT(drawn("place_faulty"), ContainsRegex("class=\"summary\"[^>]* autofocus>"));
}

TEST(PlaceForm, shows_beside_somebody_elses_change_what_was_typed) {
  auto const html = drawn("place_clash");
  EXPECT_THAT(html,
              AllOf(HasSubstr("<p class=\"yours\" id=\"name-yours\">Sinä kirjoitit: Teatteri"),
                    HasSubstr("id=\"municipality-yours\">Sinä kirjoitit: Sotkamo"),
                    HasSubstr("id=\"active-yours\">Sinä kirjoitit: Ei"),
                    HasSubstr("aria-describedby=\"name-hint name-yours\"")));
  EXPECT_THAT(html, HasSubstr("<title>Joku muu muutti tietoja"));
}

TEST(PlaceForm, keeps_the_lines_of_a_text_as_they_are) {
  EXPECT_THAT(drawn("place"), HasSubstr(">\n205;Kajaani\n765;Sotkamo</textarea>"));
}

TEST(PlaceForm, opens_the_group_of_what_is_ticked_and_bars_what_another_has) {
  auto const html = drawn("place");
  EXPECT_THAT(html, HasSubstr("<details open>\n<summary>Kainuu (1)</summary>"));
  EXPECT_THAT(html, HasSubstr("name=m value=205 checked>Kajaani</label>"));
  EXPECT_THAT(html, HasSubstr("name=m value=765>Sotkamo</label>"));
  EXPECT_THAT(html, HasSubstr("<details>\n<summary>Lappi</summary>"));
  EXPECT_THAT(html, HasSubstr("<label><input type=checkbox disabled>Rovaniemi (alue: "));
  EXPECT_THAT(drawn("place_clash"),
              HasSubstr("id=\"municipalities-yours\">Sinä kirjoitit: Kajaani, Sotkamo"));
}

TEST(PlaceForm, tells_what_was_done_first_and_in_the_title) {
  auto const html = drawn("place_made");
  EXPECT_THAT(html, AllOf(HasSubstr("<title>Kohde on lisätty – Kajaanin teatteri – Kainuu"),
                          HasSubstr("<a class=\"button\" href=\"/accounts/new\">"),
                          HasSubstr("<a class=\"button second\" href=\"/venues/new\">")));
  EXPECT_LT(html.find("Kohde on lisätty</strong>"), html.find("<form class=\"narrow-form\""));
}

TEST(PlaceQuestion, has_no_cursor_anywhere_and_sends_the_form_along) {
  auto const html = drawn("place_question");
  EXPECT_THAT(html, Not(HasSubstr(" autofocus")));
  EXPECT_THAT(
      html, AllOf(HasSubstr("<input type=\"hidden\" name=\"name\" value=\"&quot;&gt;&lt;b&gt;\">"),
                  HasSubstr("<input type=\"hidden\" name=\"confirmed\" value=\"1\">"),
                  HasSubstr("href=\"/areas/KAINUU/policy?k=x\">Takaisin</a>")));
}

TEST(Navigation, leads_coordinators_through_the_network) {
  auto frame = sample::frame_for(Role::national_coordinator, Language::fi);
  frame.here = "/venues/31?k=x";
  auto const html = render(frame, place_choice_page({"Kohde", "", {}}));
  EXPECT_THAT(html, AllOf(Not(HasSubstr("href=\"/areas\"")),
                          HasSubstr("<a href=\"/offices\">Toimipisteet</a>"),
                          HasSubstr("<a href=\"/accounts\">Käyttäjät</a>"),
                          HasSubstr("<a href=\"/venues\" aria-current=\"page\">Kohteet</a>")))
      << "the page of one venue lies under the list of venues";
  frame.role = Role::area_coordinator;
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})),
              AllOf(HasSubstr("<a href=\"/area\">Alue</a>"), Not(HasSubstr("href=\"/areas\""))));
}

TEST(Navigation, has_seven_items_at_most_and_marks_one) {
  for (auto const role : {Role::admin, Role::national_coordinator, Role::area_coordinator,
                          Role::issuer_worker, Role::venue_staff, Role::anonymous}) {
    auto frame = sample::frame_for(role, Language::fi);
    auto const html = render(frame, place_choice_page({"Kohde", "", {}}));
    auto const nav = html.substr(html.find("<nav aria-label=\"Päävalikko\""));
    auto const list = nav.substr(0, nav.find("</nav>"));
    static std::regex const item("<li>");
    auto const first = std::sregex_iterator(list.begin(), list.end(), item);
    EXPECT_LE(std::distance(first, std::sregex_iterator()), 7) << list;
  }
  auto frame = sample::frame_for(Role::admin, Language::fi);
  frame.here = "/areas/KAINUU/policy";
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})),
              HasSubstr("<a href=\"/area\" aria-current=\"page\">Aloitus</a>"));
}

TEST(Navigation, marks_where_each_page_belongs) {
  struct Row {
    Role role;
    char const* here;
    char const* marked;
  };
  auto const admin = Role::admin;
  auto const worker = Role::issuer_worker;
  auto const staff = Role::venue_staff;
  std::vector<Row> const rows{{admin, "/judged?use=9", "/area"},
                              {admin, "/undo-requests", "/area"},
                              {admin, "/approvals/9", "/area"},
                              {admin, "/reads", "/area"},
                              {admin, "/messages/17", "/area"},
                              {admin, "/settings/fi", "/area"},
                              {admin, "/agents/new", "/accounts"},
                              {admin, "/events/12", "/venues"},
                              {worker, "/cards/expiring", "/cards/handovers"},
                              {worker, "/cards/unused", "/cards/handovers"},
                              {worker, "/cards/community/new", "/cards/handovers"},
                              {worker, "/cards/lost", "/card"},
                              {staff, "/undo-requests/new?k=x", "/venue"},
                              {staff, "/paper-uses", "/venue"}};
  static std::regex const current("<a href=\"([^\"]*)\" aria-current=\"page\"");
  for (auto const& [role, here, marked] : rows) {
    auto frame = sample::frame_for(role, Language::fi);
    frame.here = here;
    auto const html = render(frame, place_choice_page({"Kohde", "", {}}));
    auto const nav = html.substr(html.find("<nav aria-label=\"Päävalikko\""));
    auto const list = nav.substr(0, nav.find("</nav>"));
    std::vector<std::string> found;
    for (std::sregex_iterator at(list.begin(), list.end(), current), end; at != end; ++at) {
      found.push_back((*at)[1]);
    }
    EXPECT_THAT(found, ElementsAre(marked)) << here;
  }
}

TEST(Navigation, counts_what_waits_for_a_coordinator_and_nothing_else) {
  auto frame = sample::frame_for(Role::area_coordinator, Language::fi);
  frame.waiting = 3;
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})), HasSubstr(">Alue (3)</a>"));
  frame.waiting = 0;
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})), HasSubstr(">Alue</a>"));
  frame = sample::frame_for(Role::national_coordinator, Language::sv);
  frame.waiting = 1;
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})), HasSubstr(">Start (1)</a>"));
}

TEST(Navigation, takes_the_area_of_the_shown_thing_along) {
  auto frame = sample::frame_for(Role::admin, Language::fi);
  frame.here = "/venues/31";
  frame.area = "KAINUU";
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})),
              AllOf(HasSubstr("<a href=\"/area?area=KAINUU\">"),
                    HasSubstr("<a href=\"/offices?area=KAINUU\">")));
}

TEST(Navigation, takes_a_national_roles_choice_of_an_area_along) {
  auto frame = sample::frame_for(Role::admin, Language::fi);
  frame.here = "/venues?area=KAINUU&page=2";
  auto const html = render(frame, place_choice_page({"Kohde", "", {}}));
  EXPECT_THAT(html, AllOf(HasSubstr("<a href=\"/offices?area=KAINUU\">"),
                          HasSubstr("<a href=\"/figures?area=KAINUU\">")));
  frame.here = "/venues?area=%22onclick";
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})),
              HasSubstr("<a href=\"/offices\">"));
  frame.role = Role::area_coordinator;
  frame.here = "/venues?area=KAINUU";
  EXPECT_THAT(render(frame, place_choice_page({"Kohde", "", {}})),
              HasSubstr("<a href=\"/offices\">"));
}

}  // namespace
}  // namespace kaiku::pages
