#include "server/pages/worker/handover_view.hpp"

#include <gmock/gmock.h>

#include <regex>

#include "server/pages/worker/issue_view.hpp"
#include "server/pages/worker/letter_view.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Frame worker(Language language = Language::fi) {
  return sample::frame_for(Role::issuer_worker, language);
}

HandoverPage waiting() {
  HandoverPage page;
  page.address = "/cards/handovers/00";
  page.code = "ABCD-1234-56YZ";
  page.children = 2;
  page.recovery_code = "K7M29QXD";
  return page;
}

TEST(HandoverPage, has_the_cursor_first_in_the_field_for_the_next_card_which_names_the_outcome) {
  auto const html = render(worker(), handover_page(worker(), waiting()));
  static std::regex const field(
      "<input[^>]*id=\"card\"[^>]*aria-describedby=\"outcome outcome-card\" autofocus>");
  EXPECT_TRUE(std::regex_search(html, field)) << html;
  EXPECT_LT(html.find("id=\"card\""), html.find("<h1"));
  EXPECT_THAT(html, HasSubstr("<h1 id=\"outcome\">"));
  EXPECT_THAT(html, HasSubstr("<p id=\"outcome-card\">Kortin tunnus: "
                              "<code class=\"large\">ABCD-1234-56YZ</code>"));
  EXPECT_THAT(html, HasSubstr("<title>Kortti on annettu"));
}

TEST(HandoverPage, offers_only_what_can_be_done) {
  auto page = waiting();
  auto const fresh = [&] { return render(worker(), handover_page(worker(), page)); };
  EXPECT_THAT(fresh(), Not(HasSubstr("value=\"undo\"")));
  EXPECT_THAT(fresh(), Not(HasSubstr("/qr")));
  page.undo_until = "Korjata ja perua voi klo 17.42 asti.";
  page.is_made = true;
  EXPECT_THAT(fresh(), HasSubstr("value=\"undo\""));
  EXPECT_THAT(fresh(), HasSubstr("href=\"/cards/handovers/00/qr\""));
  page.recovery_code.clear();
  EXPECT_THAT(fresh(), HasSubstr("value=\"letter\""));
  EXPECT_THAT(fresh(), Not(HasSubstr("value=\"paper\""))) << "there is no code to write down";
  page.confirmed = "Varakoodi on luovutettu.";
  EXPECT_THAT(fresh(), Not(HasSubstr("value=\"letter\"")));
}

TEST(HandoverPage, prints_the_letter_and_a_made_card_apart) {
  auto page = waiting();
  page.letters = {{"/cards/handovers/00/letter?lang=sv", "Kirje ruotsiksi"},
                  {"/cards/handovers/00/letter?lang=fi", "Kirje suomeksi"}};
  auto const fresh = [&] { return render(worker(), handover_page(worker(), page)); };
  EXPECT_THAT(fresh(), HasSubstr("href=\"/cards/handovers/00/letter?lang=sv\">Tulosta kirje<"));
  EXPECT_THAT(fresh(), HasSubstr("href=\"/cards/handovers/00/letter?lang=fi\">Kirje suomeksi<"));
  EXPECT_THAT(fresh(), Not(HasSubstr("/cards/handovers/00/card")));
  page.is_made = true;
  page.card_place = 7;
  EXPECT_THAT(fresh(), HasSubstr("method=\"get\" action=\"/cards/handovers/00/card\""));
  EXPECT_THAT(fresh(), HasSubstr("<option value=\"7\" selected>"));
}

// The text of each filled button or link.
std::vector<std::string> standing_out(std::string const& html) {
  static std::regex const filled("<(?:button(?: name=[^>]*)?|a class=\"button\"[^>]*)>([^<]*)<");
  std::vector<std::string> texts;
  for (auto at = std::sregex_iterator(html.begin(), html.end(), filled);
       at != std::sregex_iterator(); ++at) {
    texts.push_back((*at)[1].str());
  }
  return texts;
}

TEST(HandoverPage, has_one_button_that_stands_out_the_next_thing_to_do) {
  auto page = waiting();
  auto const fresh = [&] { return standing_out(render(worker(), handover_page(worker(), page))); };
  EXPECT_THAT(fresh(), ElementsAre("Kirje luovutettu"));
  page.letters = {{"/cards/handovers/00/letter?lang=fi", "Kirje suomeksi"}};
  page.undo_until = "Korjata ja perua voi klo 17.42 asti.";
  page.is_made = true;
  EXPECT_THAT(fresh(), ElementsAre("Tulosta kirje"));
  page.confirmed = "Varakoodi on luovutettu.";
  EXPECT_THAT(fresh(), ElementsAre("Anna seuraava"));
  page = waiting();
  page.undone = "Peruttu 22.11.2026 klo 17.40.";
  EXPECT_THAT(fresh(), ElementsAre("Anna seuraava"));
  page = waiting();
  page.people = 10;
  EXPECT_THAT(fresh(), ElementsAre("Ohje luovutettu"));
  page.sheets = {{"/card/sheet?lang=fi&k=a", "Ohje suomeksi"}};
  EXPECT_THAT(fresh(), ElementsAre("Tulosta ohje"));
}

TEST(HandoverPage, of_a_community_card_has_instructions_and_neither_facts_nor_a_code) {
  auto page = waiting();
  page.children.reset();
  page.people = 10;
  page.recovery_code.clear();
  page.sheets = {{"/card/sheet?lang=sv&k=a", "Ohje ruotsiksi"},
                 {"/card/sheet?lang=fi&k=a", "Ohje suomeksi"}};
  auto const html = render(worker(), handover_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("Henkeä kerralla enintään</dt><dd class=\"large\">10</dd>"));
  EXPECT_THAT(html, HasSubstr("href=\"/card/sheet?lang=sv&amp;k=a\">Tulosta ohje<"));
  EXPECT_THAT(html, HasSubstr("href=\"/card/sheet?lang=fi&amp;k=a\">Ohje suomeksi<"));
  EXPECT_THAT(html, HasSubstr("name=\"act\" value=\"letter\">Ohje luovutettu<"));
  EXPECT_THAT(html, Not(HasSubstr("Varakoodi")));
  EXPECT_THAT(html, Not(HasSubstr("Kunta ja postinumero")));
}

TEST(HandoverPage, of_another_letter_is_no_longer_to_be_handed_over) {
  auto page = waiting();
  page.superseded = "Tilalle tehtiin uusi kirje 22.11.2026 klo 17.40.";
  page.recovery_code.clear();
  auto const html = render(worker(), handover_page(worker(), page));
  EXPECT_THAT(html, HasSubstr(page.superseded));
  EXPECT_THAT(html, Not(HasSubstr("name=\"act\"")));
}

TEST(LetterQuestion, says_what_dies_and_has_no_cursor) {
  LetterPage const model{"f1", "65536", "…6YZ", "/card"};
  auto const html = render(worker(), letter_page(worker(), model));
  EXPECT_THAT(html, HasSubstr("Vanhan kirjeen varakoodi ja linkki lakkaavat toimimasta heti."));
  EXPECT_THAT(html, HasSubstr("href=\"/card\">Takaisin"));
  EXPECT_THAT(html, Not(HasSubstr("autofocus")));
}

TEST(HandoverPage, of_an_undone_registration_says_so_and_offers_the_next_card_alone) {
  auto page = waiting();
  page.undone = "Peruttu 22.11.2026 klo 17.40. Kortti on taas varastossa.";
  auto const html = render(worker(), handover_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("Antaminen on peruttu"));
  EXPECT_THAT(html, Not(HasSubstr("K7M29QXD")));
  EXPECT_THAT(html, Not(HasSubstr("name=\"act\"")));
}

TEST(HandoverPage, of_a_replacement_undoes_the_replacement_apart_from_what_comes_next) {
  auto page = waiting();
  page.cause = domain::HandoverCause::replaced;
  page.undoes_replacement = true;
  page.letters = {{"/cards/handovers/00/letter?lang=fi", "Kirje suomeksi"}};
  page.undo_until = "Perua voi klo 17.42 asti.";
  auto const html = render(worker(), handover_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("Perua voi klo 17.42 asti."));
  EXPECT_THAT(html, HasSubstr("<button class=\"second\" name=\"act\" value=\"undo\">"
                              "Peru korvaaminen</button>"));
  EXPECT_THAT(html, HasSubstr("<div class=\"pair apart\">"));
  EXPECT_THAT(html, Not(HasSubstr("Peru antaminen")));
  EXPECT_THAT(standing_out(html), ElementsAre("Tulosta kirje"));
}

TEST(HandoverPage, of_an_undone_replacement_leads_to_the_card_that_is_in_use_again) {
  auto page = waiting();
  page.undone = "Peruttu 22.11.2026 klo 17.40. Kortti on taas varastossa.";
  page.replacement_is_undone = true;
  page.old_card = "/card/view?k=a";
  auto const html = render(worker(), handover_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("<title>Korvaaminen on peruttu"));
  EXPECT_THAT(html, HasSubstr("href=\"/card/view?k=a\">Näytä vanha kortti<"));
  EXPECT_THAT(standing_out(html), ElementsAre("Anna seuraava"));
}

TEST(HandoverPage, of_the_letter_after_an_undone_replacement_says_so_first) {
  auto page = waiting();
  page.cause = domain::HandoverCause::letter;
  page.replacement_is_undone = true;
  auto const html = render(worker(), handover_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("<title>Korvaaminen on peruttu"));
  EXPECT_THAT(html, HasSubstr("K7M29QXD"));
  EXPECT_THAT(html, Not(HasSubstr("Näytä vanha kortti"))) << "it is the card of this page";
}

TEST(HandoverPage, says_in_its_title_that_an_undo_was_refused) {
  auto page = waiting();
  page.undo_was_refused = true;
  EXPECT_THAT(render(worker(Language::en), handover_page(worker(Language::en), page)),
              HasSubstr("<title>Error: The card is issued"));
}

TEST(HandoverPage, keeps_the_recovery_code_off_paper) {
  EXPECT_THAT(render(worker(), handover_page(worker(), waiting())),
              HasSubstr("<code class=\"large secret\">K7M29QXD</code>"))
      << "the class that the stylesheet does not print";
}

TEST(HandoverList, tells_the_count_in_the_navigation_where_something_waits) {
  auto frame = worker();
  EXPECT_THAT(render(frame, handover_list_page(frame, {})), Not(HasSubstr("luovuttamatta")));
  frame.waiting = 3;
  EXPECT_THAT(render(frame, handover_list_page(frame, {})), HasSubstr("Kortit (luovuttamatta 3)"));
}

TEST(IssuePage, leads_on_to_a_card_that_was_given_here_already) {
  IssuePage page;
  page.faults = {{"card", "Tämä kortti on jo annettu täällä."}};
  page.given_here = CardGivenHere{"ABCD-1234-56YZ", Text::nav_card};
  auto const html = render(worker(), issue_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("<button class=\"second\" form=\"given-here\">Kortin tiedot<"));
  EXPECT_THAT(html, HasSubstr("<form id=\"given-here\" method=\"post\" action=\"/card\">"));
}

TEST(IssuePage, asks_for_the_municipality_without_calling_it_a_fault) {
  IssuePage page;
  page.form.postcode = "50670";
  page.form.municipality = "491";
  page.municipalities = {{"097", "Hirvensalmi"}, {"491", "Mikkeli"}};
  page.asks_municipality = true;
  auto const html = render(worker(), issue_page(worker(), page));
  EXPECT_THAT(html, Not(HasSubstr("Virhe")));
  EXPECT_THAT(html, HasSubstr("name=\"asked\" value=\"50670\""));
  static std::regex const chosen("value=\"491\" checked autofocus>");
  EXPECT_TRUE(std::regex_search(html, chosen));
}

TEST(PaperForm, has_the_cursor_in_the_day_until_it_is_said_and_then_in_the_card) {
  IssuePage page;
  page.form.paper = true;
  page.action = "/cards/forms";
  auto const fresh = [&] { return render(worker(), issue_page(worker(), page)); };
  EXPECT_TRUE(std::regex_search(fresh(), std::regex("id=\"issued_on\"[^>]* autofocus>")));
  EXPECT_THAT(fresh(), Not(HasSubstr("kirjattu")));
  page.form.issued_on = "22.11.";
  EXPECT_TRUE(std::regex_search(fresh(), std::regex("id=\"card\"[^>]* autofocus>")));
  page.card_was_read = true;
  EXPECT_TRUE(std::regex_search(fresh(), std::regex("id=\"birth_year\"[^>]* autofocus>")));
}

TEST(PaperForm, says_the_count_first_and_names_it_at_the_next_card) {
  IssuePage page;
  page.form.paper = true;
  page.form.issued_on = "22.11.";
  page.sitting = {14, "Viimeksi kirjattu: …6YZ, annettu 22.11.2026.", "/cards/handovers/00",
                  "Avaa kortti …6YZ"};
  auto const html = render(worker(), issue_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("<title>14 kirjattu"));
  EXPECT_THAT(html, HasSubstr("aria-describedby=\"card-hint outcome outcome-card\" autofocus>"));
  EXPECT_THAT(html, HasSubstr("href=\"/cards/handovers/00\" aria-label=\"Avaa kortti …6YZ\""));
  page.sitting = {14, "", "", ""};
  page.faults = {{"birth_year", "x"}};
  EXPECT_THAT(render(worker(), issue_page(worker(), page)), HasSubstr("<p>14 kirjattu</p>"));
}

TEST(IssuePage, lists_several_faults_with_the_cursor_on_the_list) {
  IssuePage page;
  page.faults = {{"birth_year", "x"}, {"children", "y"}};
  auto const html = render(worker(), issue_page(worker(), page));
  EXPECT_THAT(html, HasSubstr("aria-labelledby=\"summary-title\" tabindex=\"-1\" autofocus"));
}

}  // namespace
}  // namespace kaiku::pages
