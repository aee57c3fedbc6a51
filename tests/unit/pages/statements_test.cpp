// What the statements say with and without the facts of an installation.
#include "server/pages/public/statements.hpp"

#include <gmock/gmock.h>

#include "server/domain/message.hpp"
#include "server/pages/public/accessibility_gaps.hpp"
#include "server/use_cases/sign_in.hpp"
#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Frame reader(Language language) { return sample::frame_for(domain::Role::anonymous, language); }

std::string accessibility(Language language, ServiceFacts const& facts) {
  auto const frame = reader(language);
  return render(frame, accessibility_page(frame, facts));
}
std::string privacy(Language language, ServiceFacts const& facts) {
  auto const frame = reader(language);
  return render(frame, privacy_page(frame, facts));
}

TEST(Statements, say_where_a_fact_is_missing) {
  EXPECT_THAT(accessibility(Language::fi, {}), AllOf(HasSubstr("Palvelun tarjoaa Tieto puuttuu."),
                                                     HasSubstr("Sivuja ei ole vielä")));
  EXPECT_THAT(privacy(Language::sv, {}), HasSubstr("Personuppgiftsansvarig: Uppgiften saknas."));
  EXPECT_THAT(accessibility(Language::fi, sample::service_facts()),
              Not(HasSubstr("Tieto puuttuu")));
  EXPECT_THAT(privacy(Language::fi, sample::service_facts()), Not(HasSubstr("Tieto puuttuu")));
}

TEST(Statements, name_the_national_authorities_unless_told_otherwise) {
  auto facts = sample::service_facts();
  EXPECT_THAT(accessibility(Language::fi, facts),
              HasSubstr("Traficom, saavutettavuus@traficom.fi, puhelin 029 534 5000"));
  EXPECT_THAT(privacy(Language::sv, facts), HasSubstr("Dataombudsmannens byrå"));
  facts["accessibility_authority"] = "Ålands landskapsregering";
  EXPECT_THAT(accessibility(Language::sv, facts),
              AllOf(HasSubstr("Ålands landskapsregering"), Not(HasSubstr("Traficom"))));
}

// A time is told where something erases by it, and there alone.
TEST(Statements, tell_how_long_data_are_kept_as_it_is) {
  auto const facts = sample::service_facts();
  auto const sign_in = std::to_string(use_cases::sessions_kept_days);
  auto const contact = std::to_string(domain::contact_kept_days);
  EXPECT_THAT(privacy(Language::fi, facts),
              AllOf(HasSubstr("ei poisteta automaattisesti"),
                    HasSubstr("poistetaan " + sign_in + " päivää sen päättymisen"),
                    HasSubstr("poistetaan " + contact + " päivää vastauksen")));
  EXPECT_THAT(privacy(Language::sv, facts),
              AllOf(HasSubstr("raderas inte automatiskt"),
                    HasSubstr("raderas " + sign_in + " dagar efter att"),
                    HasSubstr("raderas " + contact + " dagar efter svaret")));
  EXPECT_THAT(privacy(Language::en, facts),
              AllOf(HasSubstr("are not erased automatically"),
                    HasSubstr("erased " + sign_in + " days after its end"),
                    HasSubstr("erased " + contact + " days after the answer")));
}

std::string link(std::string const& href, std::string const& label) {
  return "<a href=\"" + href + "\" rel=\"noreferrer\">" + label + "</a>";
}

TEST(Statements, lead_to_the_authoritys_pages_in_the_readers_language) {
  auto const facts = sample::service_facts();
  EXPECT_THAT(
      accessibility(Language::fi, facts),
      HasSubstr(link("https://www.saavutettavuusvaatimukset.fi/", "saavutettavuusvaatimukset.fi")));
  EXPECT_THAT(accessibility(Language::sv, facts),
              HasSubstr(link("https://www.tillganglighetskrav.fi/", "tillgänglighetskrav.fi")));
  EXPECT_THAT(accessibility(Language::en, facts),
              HasSubstr(link("https://www.webaccessibility.fi/", "webaccessibility.fi")));
  EXPECT_THAT(privacy(Language::fi, facts),
              HasSubstr(link("https://tietosuoja.fi/", "tietosuoja.fi")));
  EXPECT_THAT(privacy(Language::sv, facts),
              HasSubstr(link("https://tietosuoja.fi/sv", "tietosuoja.fi/sv")));
  EXPECT_THAT(privacy(Language::en, facts),
              HasSubstr(link("https://tietosuoja.fi/en", "tietosuoja.fi/en")));
}

TEST(Statements, lead_to_no_national_authority_where_another_is_told) {
  auto facts = sample::service_facts();
  facts["accessibility_authority"] = facts["privacy_authority"] = "Ålands landskapsregering";
  for (auto const language : contract::languages) {
    EXPECT_THAT(accessibility(language, facts), Not(HasSubstr("rel=\"noreferrer\"")));
    EXPECT_THAT(privacy(language, facts), Not(HasSubstr("rel=\"noreferrer\"")));
  }
}

TEST(Statements, tell_who_assessed_the_pages) {
  auto facts = sample::service_facts();
  EXPECT_THAT(accessibility(Language::fi, facts),
              HasSubstr("Ulkopuolinen arvioija arvioi sivut 15.11.2026: Saavutettavuus Oy."));
  facts["assessment"] = "self";
  EXPECT_THAT(accessibility(Language::fi, facts),
              HasSubstr("Palvelun tarjoaja arvioi sivut itse 15.11.2026."));
}

TEST(Statements, tell_each_controllers_legal_basis_and_what_covers_health) {
  EXPECT_THAT(privacy(Language::fi, {}),
              AllOf(HasSubstr("6 artiklan 1 kohdan e alakohdassa"), HasSubstr("(1050/2018)"),
                    HasSubstr("oikeutettu etu (6 artiklan 1 kohdan f alakohta)"),
                    HasSubstr("haltijan terveydestä (9 artikla)"),
                    HasSubstr("9 artiklan 2 kohdan g alakohdan ja tietosuojalain 6")));
  EXPECT_THAT(privacy(Language::sv, {}),
              AllOf(HasSubstr("6.1 e"), HasSubstr("berättigat intresse (artikel 6.1 f)"),
                    HasSubstr("innehavarens hälsa (artikel 9)"), HasSubstr("artikel 9.2 g")));
  EXPECT_THAT(privacy(Language::en, {}),
              AllOf(HasSubstr("6(1)(e)"), HasSubstr("legitimate interest (Article 6(1)(f))"),
                    HasSubstr("health (Article 9)"), HasSubstr("Article 9(2)(g)")));
}

TEST(Statements, tell_how_long_the_controller_keeps_what_nothing_erases) {
  EXPECT_THAT(privacy(Language::fi, sample::service_facts()),
              HasSubstr("säilytysajat: haltijan tiedot 24 kuukautta kortin viimeisestä päivästä."));
  EXPECT_THAT(privacy(Language::fi, {}), HasSubstr("säilytysajat: Tieto puuttuu."));
}

TEST(Statements, promise_no_erasure_that_nothing_does_and_tell_what_the_ledger_keeps) {
  EXPECT_THAT(privacy(Language::fi, {}),
              AllOf(HasSubstr("<h2>Tietojen poistaminen</h2>"),
                    HasSubstr("Rekisterinpitäjä vastaa kuukauden"), Not(HasSubstr("häviää")),
                    HasSubstr("Kirjaan jää, mitä tehtiin ja milloin."),
                    HasSubstr("lukumäärät ilman henkilöä")));
  EXPECT_THAT(privacy(Language::sv, {}), HasSubstr("<h2>Radering av uppgifter</h2>"));
  EXPECT_THAT(privacy(Language::en, {}), HasSubstr("<h2>Erasure</h2>"));
}

TEST(Statements, list_every_gap_of_the_data_file_and_so_meet_the_law_in_part) {
  auto const html = accessibility(Language::en, sample::service_facts());
  ASSERT_FALSE(accessibility_gaps().empty());
  EXPECT_THAT(html, HasSubstr("level AA in part"));
  for (auto const& gap : accessibility_gaps()) {
    EXPECT_THAT(html, AllOf(HasSubstr("WCAG " + std::string(gap.criterion)),
                            HasSubstr(std::string(gap.page)), HasSubstr(std::string(gap.what[2])),
                            HasSubstr(std::string(gap.way_round[2]))));
  }
}

std::string page_with(std::vector<AccessibilityGap> const& gaps) {
  auto const frame = reader(Language::fi);
  return render(frame, accessibility_page(frame, sample::service_facts(), gaps));
}

AccessibilityGap gap_of(std::string_view criterion, GapReason reason) {
  return {criterion, "/me", reason, {"Puute.", "Brist.", "Gap."}, {"-", "-", "-"}, "2027-06-30"};
}

TEST(Statements, compute_the_state_of_the_pages_from_the_data_file) {
  EXPECT_THAT(page_with({}), HasSubstr("Sivut täyttävät WCAG 2.1:n tason AA vaatimukset."));
  EXPECT_THAT(page_with({gap_of("1.1.1", GapReason::beyond_law)}),
              HasSubstr("Sivut täyttävät WCAG 2.1:n tason AA vaatimukset."));
  EXPECT_THAT(page_with({gap_of("1.1.1", GapReason::burden)}), HasSubstr("osittain"));
  std::vector<std::string> names;
  for (int n = 1; n <= 26; ++n) names.push_back("1." + std::to_string(n));
  std::vector<AccessibilityGap> gaps;
  for (auto const& name : names) {
    gaps.push_back(gap_of(name, GapReason::shortcoming));
    gaps.push_back(gap_of(name, GapReason::shortcoming));
  }
  EXPECT_THAT(page_with(gaps), HasSubstr("Sivut eivät täytä WCAG 2.1:n tason AA vaatimuksia."));
  gaps.resize(50, gaps.front());
  EXPECT_THAT(page_with(gaps), HasSubstr("osittain")) << "25 criteria, however often";
}

TEST(Statements, tell_the_reason_of_each_gap) {
  auto const html =
      page_with({gap_of("1.1.1", GapReason::shortcoming), gap_of("1.1.1", GapReason::burden),
                 gap_of("1.1.1", GapReason::beyond_law)});
  EXPECT_THAT(html, AllOf(HasSubstr("Syy: puute, jota ei ole vielä korjattu."),
                          HasSubstr("Syy: korjaaminen olisi kohtuuton rasite."),
                          HasSubstr("Syy: sisältö ei ole lain piirissä.")));
  EXPECT_THAT(accessibility(Language::en, {}), HasSubstr("Reason: a shortcoming not mended yet."));
}

TEST(Statements, lead_to_the_page_for_feedback_that_they_name) {
  auto const html = accessibility(Language::fi, {});
  auto const part = html.substr(html.find("<h2>Palaute</h2>"));
  EXPECT_THAT(part.substr(0, part.find("<h2>Valvova")),
              HasSubstr("<a href=\"/feedback?from=%2Faccessibility\">Palaute</a>"));
}

TEST(AccessibilityGaps, have_all_their_words_and_a_day) {
  for (auto const& gap : accessibility_gaps()) {
    EXPECT_TRUE(day_from_iso(gap.mended_by)) << gap.mended_by;
    for (std::size_t language = 0; language < 3; ++language) {
      EXPECT_FALSE(gap.what[language].empty());
      EXPECT_FALSE(gap.way_round[language].empty());
    }
  }
}

}  // namespace
}  // namespace kaiku::pages
