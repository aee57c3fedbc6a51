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
  EXPECT_THAT(accessibility(Language::fi, facts), HasSubstr("Traficom"));
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

TEST(Statements, tell_what_erasure_removes_and_what_the_ledger_keeps) {
  EXPECT_THAT(privacy(Language::fi, {}), AllOf(HasSubstr("<h2>Tietojen poistaminen</h2>"),
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
