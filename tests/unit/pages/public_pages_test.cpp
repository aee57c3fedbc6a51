// What the pages for everybody look like: their language goes by the address.
#include <gmock/gmock.h>

#include "server/pages/public/home_view.hpp"
#include "server/pages/public/statements.hpp"
#include "tests/unit/pages/public_sample.hpp"

namespace kaiku::pages {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string page_named(std::string_view name, Language language) {
  for (auto& page : sample::public_pages(language)) {
    if (page.name == name) return page.html;
  }
  ADD_FAILURE() << "no page " << name;
  return "";
}

Frame public_frame_at(std::string here, std::string lang) {
  auto frame = sample::frame_for(domain::Role::anonymous, Language::fi);
  frame.here = std::move(here);
  frame.language_by_address = true;
  frame.lang = std::move(lang);
  return frame;
}

TEST(PublicPages, change_language_by_their_own_address_and_not_by_a_cookie) {
  auto const frame = public_frame_at("/offers?children=1&lang=fi&page=2", "fi");
  auto const html = render(frame, home_page(frame));
  EXPECT_THAT(html, AllOf(HasSubstr("href=\"/offers?children=1&amp;page=2&amp;lang=sv\""),
                          Not(HasSubstr("/language?"))));
}

TEST(PublicPages, take_a_chosen_language_along_and_no_other) {
  auto const chosen = public_frame_at("/", "sv");
  EXPECT_THAT(render(chosen, home_page(chosen)),
              AllOf(HasSubstr("href=\"/places?lang=sv\""), HasSubstr("href=\"/offers?lang=sv\""),
                    HasSubstr("href=\"/privacy?lang=sv\""), HasSubstr("href=\"/?lang=sv\"")));
  auto const plain = public_frame_at("/", "");
  EXPECT_THAT(render(plain, home_page(plain)),
              AllOf(HasSubstr("href=\"/places\""), HasSubstr("href=\"/privacy\"")));
}

TEST(PublicPages, mark_where_the_reader_is) {
  auto const frame = public_frame_at("/places/3", "");
  EXPECT_THAT(render(frame, home_page(frame)),
              HasSubstr("<a href=\"/places\" aria-current=\"page\">Missä kortti käy"));
}

TEST(PublicPages, are_found_by_no_search_engine_and_tell_nobody_where_a_reader_came_from) {
  auto const frame = public_frame_at("/", "");
  EXPECT_THAT(render(frame, home_page(frame)), HasSubstr("name=\"robots\" content=\"noindex\""));
  auto const policy = [](Frame const& of) {
    for (auto const& [name, value] : respond(of, home_page(of)).headers) {
      if (name == "Referrer-Policy") return value;
    }
    return std::string();
  };
  EXPECT_EQ(policy(frame), "no-referrer");
  // The form to sign out has to carry an Origin.
  auto const worker = sample::frame_for(domain::Role::issuer_worker, Language::fi);
  EXPECT_EQ(policy(worker), "same-origin");
}

TEST(PublicPages, say_what_to_do_where_nothing_is_found) {
  EXPECT_THAT(page_named("public_places_none", Language::fi),
              HasSubstr("Ne tulevat tähän, kun ne liittyvät mukaan."));
  EXPECT_THAT(page_named("offers_none", Language::sv),
              HasSubstr("Välj en annan dag eller kommun."));
  EXPECT_THAT(page_named("offers_faulty", Language::fi),
              AllOf(HasSubstr("<title>Virhe: Tapahtumat"), HasSubstr("href=\"#from\"")));
}

TEST(PublicPages, keep_what_was_chosen) {
  auto const html = page_named("offers", Language::en);
  EXPECT_THAT(html, AllOf(HasSubstr("name=\"children\" value=\"1\" checked"),
                          HasSubstr("name=\"courses\" value=\"1\"><"),
                          HasSubstr("name=\"lang\" value=\"en\"")));
}

TEST(PublicPages, a_cancelled_event_goes_into_no_calendar) {
  EXPECT_THAT(page_named("offer", Language::fi), HasSubstr("href=\"/offers/3.ics\""));
  EXPECT_THAT(page_named("offer_cancelled", Language::fi),
              AllOf(HasSubstr("Tapahtuma on peruutettu."), Not(HasSubstr(".ics"))));
}

TEST(OwnCardPages, tell_no_reason_when_a_card_is_off) {
  auto const html = page_named("own_card_off", Language::fi);
  EXPECT_THAT(html,
              AllOf(HasSubstr("Kortti ei ole nyt käytössä. Kysy paikasta, josta sait kortin."),
                    Not(HasSubstr("21.11.2027")), Not(HasSubstr("/me/qr")),
                    Not(HasSubstr("/me/card.ics"))));
}

TEST(OwnCardPages, say_that_a_card_which_has_run_out_is_renewed) {
  EXPECT_THAT(page_named("own_card_expired", Language::fi),
              AllOf(HasSubstr("Et tarvitse uutta korttia."), HasSubstr("21.11.2027"),
                    HasSubstr("Lähipäiville ei ole ilmoitettu tapahtumia.")));
}

// A scan's Enter must not confirm.
TEST(OwnCardPages, ask_before_a_card_is_blocked_without_taking_the_cursor) {
  auto const html = page_named("own_lost_question", Language::fi);
  EXPECT_THAT(html, AllOf(HasSubstr("Kortti lakkaa toimimasta heti."), Not(HasSubstr("autofocus")),
                          HasSubstr("<title>Tarkista ennen kuin jatkat")));
}

TEST(OwnCardPages, say_one_fault_once) {
  auto const html = page_named("own_ask_faulty", Language::fi);
  EXPECT_THAT(html, AllOf(HasSubstr("<title>Virhe: Oma kortti"), HasSubstr("href=\"#card\"")));
}

}  // namespace
}  // namespace kaiku::pages
