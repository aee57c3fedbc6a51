// Paper forms keyed in by a venue: stored whatever they say, each row with its judgement.
#include <gmock/gmock.h>

#include "schema/contract/card_code.hpp"
#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class PaperPages : public DoorBrowsing {
 protected:
  PageBrowser with_form(std::string const& account, std::string const& more = "") {
    auto desk = browser_of(account);
    EXPECT_EQ(desk.open("/paper-uses" + more).status, 200) << desk.page();
    return desk;
  }
  // A code and Enter.
  static std::string row(PageBrowser& desk, std::string const& card, http::FormPairs more = {}) {
    more.emplace_back("card", card);
    desk.submit("id=\"card\"", std::move(more));
    return text_in(desk.page().text);
  }
  std::string nobodys_card() {
    SystemRandom random;
    return contract::CardCode::random(random).text();
  }
};

TEST_F(PaperPages, take_a_row_by_its_code_alone_and_keep_the_day) {
  auto const first = registered(1, 2);
  auto const second = registered(2, 2);
  advance(day_us);
  auto desk = with_form("pool_staff", "?day=15.6.2026");
  EXPECT_THAT(row(desk, first), AllOf(HasSubstr("Kirjattu: "), HasSubstr("Tältä lomakkeelta 1"),
                                      HasSubstr("Kunnossa"), HasSubstr("1 aikuinen")));
  EXPECT_EQ(desk.first_answer().status, 303);
  EXPECT_THAT(desk.address(), StartsWith("/paper-uses?k="));
  EXPECT_THAT(desk.page().text, AllOf(HasSubstr("value=\"15.6.2026\""), Not(HasSubstr(first))));
  EXPECT_THAT(row(desk, second + " 2"),
              AllOf(HasSubstr("Tältä lomakkeelta 2"), HasSubstr("1 aikuinen, 2 lasta")));
  auto const figures =
      get(as("pool_staff"), "/api/v1/reports/usage?from=2026-06-01&to=2026-06-30").body;
  auto const& uses = figures.at("rows").at(0).at("uses");
  EXPECT_EQ(uses.at("adults"), 2);
  EXPECT_EQ(uses.at("children"), 2);
}

TEST_F(PaperPages, keep_an_identity_code_in_the_address_out_of_their_links) {
  for (auto const* const code : {"131052-308T", "131052308T", "131052%20308t"}) {
    auto desk = with_form("pool_staff", std::string("?day=") + code + "&lang=sv");
    EXPECT_THAT(desk.page().text, AllOf(Not(HasSubstr("131052")), HasSubstr("/language?lang=sv")))
        << code;
  }
  auto desk = with_form("pool_staff", "?day=15.6.2026");
  EXPECT_THAT(desk.page().text, HasSubstr("day%3D15.6.2026"));
}

TEST_F(PaperPages, ask_once_about_a_code_that_is_no_cards) {
  auto const code = nobodys_card();
  auto desk = with_form("pool_staff");
  auto const before = sequence();
  EXPECT_THAT(row(desk, code),
              AllOf(HasSubstr("Tunnusta ei ole rekisterissä."), HasSubstr("Kirjaa silti")));
  EXPECT_THAT(row(desk, code), HasSubstr("Tunnusta ei ole rekisterissä."))
      << "Enter records nothing";
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(row(desk, nobodys_card(), {{"anyway", "unknown"}}),
              HasSubstr("Tunnusta ei ole rekisterissä."))
      << "another code than the one that was asked about";
  EXPECT_THAT(row(desk, "", {{"anyway", "unknown"}}),
              AllOf(HasSubstr("Korttia ei ole rekisterissä"), HasSubstr("Tältä lomakkeelta 1")));
}

TEST_F(PaperPages, ask_once_about_a_card_that_the_form_has_already) {
  auto const code = registered(1);
  auto desk = with_form("pool_staff");
  row(desk, code);
  EXPECT_THAT(row(desk, code), AllOf(HasSubstr("Tämä kortti on jo kirjattu tältä lomakkeelta."),
                                     HasSubstr("Kirjaa toinenkin")));
  EXPECT_THAT(row(desk, code, {{"anyway", "twice"}}), HasSubstr("Tältä lomakkeelta 2"));
}

TEST_F(PaperPages, store_what_the_door_would_have_refused) {
  auto const code = registered(1);
  post(as("worker"), "/api/v1/cards/" + code + "/blocks", {{"reason", "lost"}});
  advance(day_us);
  auto desk = with_form("pool_staff");
  EXPECT_THAT(row(desk, code), HasSubstr("Kortti oli estetty"));
  EXPECT_THAT(row(desk, registered(2), {{"children", "3"}}),
              HasSubstr("Lapsia oli enemmän kuin kortilla saa"));
  EXPECT_THAT(row(desk, registered(3), {{"adults", "2"}}), HasSubstr("Ei voi pitää paikkaansa"));
}

TEST_F(PaperPages, believe_a_card_that_was_given_in_the_course_of_the_day) {
  advance(3 * hour_us);
  auto const code = registered(1);
  auto desk = with_form("pool_staff");
  EXPECT_THAT(row(desk, code), HasSubstr("Kunnossa")) << "noon is only supposed";
}

TEST_F(PaperPages, have_a_form_for_each_event_of_the_day) {
  auto const code = registered(1);
  advance(day_us);
  auto desk = with_form("museum_staff", "?day=15.6.");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("13.00 Kesäkonsertti"));
  EXPECT_THAT(row(desk, code), HasSubstr("Valitse tapahtuma."));
  auto const concert = std::to_string(net.concert.value);
  EXPECT_THAT(row(desk, code, {{"event", concert}}), HasSubstr("Tältä lomakkeelta 1"));
  EXPECT_THAT(desk.page().text, HasSubstr("value=\"" + concert + "\" checked"));
  EXPECT_THAT(row(desk, code, {{"event", "0"}}), HasSubstr("Tältä lomakkeelta 1"))
      << "that is another form";
  auto const event = get(as("museum_staff"), "/api/v1/events/" + concert).body;
  EXPECT_EQ(event.at("places_used"), 1);
}

TEST_F(PaperPages, take_days_from_sixty_days_back_to_today) {
  auto desk = with_form("pool_staff", "?day=16.6.2026");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Päivä on tulevaisuudessa. Tarkista päivä."));
  EXPECT_THAT(desk.page().text, Not(HasSubstr("id=\"card\"")));
  desk.open("/paper-uses?day=15.4.2026");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Päivä saa olla enintään 60 päivää sitten."));
  desk.open("/paper-uses?day=31.6.2026");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Kirjoita päivä näin: 22.11.2026."));
  desk.open("/paper-uses?day=16.4.2026");
  EXPECT_THAT(desk.page().text, HasSubstr("id=\"card\""));
}

TEST_F(PaperPages, show_the_last_twenty_rows_and_lead_to_those_before) {
  auto desk = with_form("pool_staff");
  for (std::size_t n = 1; n <= 22; ++n) row(desk, registered(n));
  auto const undoable = [&] {
    int found = 0;
    auto const& html = desk.page().text;
    for (auto at = html.find("value=\"undo\""); at != html.npos;
         at = html.find("value=\"undo\"", at + 1))
      ++found;
    return found;
  };
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Tältä lomakkeelta 22"));
  EXPECT_EQ(undoable(), 20);
  auto const& html = desk.page().text;
  auto const at = html.find("/paper-uses?day=");
  ASSERT_NE(at, std::string::npos);
  auto address = html.substr(at, html.find('"', at) - at);
  for (auto amp = address.find("&amp;"); amp != std::string::npos; amp = address.find("&amp;")) {
    address.erase(amp + 1, 4);
  }
  desk.open(address);
  EXPECT_EQ(undoable(), 2);
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Tältä lomakkeelta 22"));
  EXPECT_THAT(row(desk, registered(23)), HasSubstr("Tältä lomakkeelta 23"));
}

TEST_F(PaperPages, undo_a_row) {
  auto desk = with_form("pool_staff");
  row(desk, registered(1));
  desk.submit("value=\"undo\"");
  EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Peruttu: "), HasSubstr("Lippu peruttu"),
                                               HasSubstr("Tältä lomakkeelta 0")));
  EXPECT_THAT(row(desk, net.codes[0]), HasSubstr("Tältä lomakkeelta 1"))
      << "it does not stand there twice";
  advance(16 * minute_us);
  EXPECT_THAT(desk.open("/paper-uses").text, Not(HasSubstr("value=\"undo\"")));
}

TEST_F(PaperPages, say_what_is_wrong_with_a_row_and_keep_it) {
  auto desk = with_form("pool_staff");
  EXPECT_THAT(row(desk, ""), HasSubstr("Lue kortti tai kirjoita sen tunnus."));
  EXPECT_THAT(row(desk, net.codes[5] + net.codes[6]),
              HasSubstr("Kaksi korttia luettiin peräkkäin."));
  EXPECT_THAT(row(desk, "131052-308T"), HasSubstr("Henkilötunnusta ei tarvita tässä"));
  EXPECT_THAT(desk.page().text, Not(HasSubstr("131052")));
  auto const code = registered(1);
  EXPECT_THAT(row(desk, code + " 2", {{"children", "1"}}),
              HasSubstr("Lasten määrä on kahdessa kohdassa eri."));
  EXPECT_THAT(desk.page().text, HasSubstr("value=\"" + code + "\""));
  row(desk, code, {{"children", "kä"}});
  EXPECT_THAT(desk.page().text,
              AllOf(HasSubstr("id=\"children-fault\""), HasSubstr("value=\"kä\"")))
      << "two characters, whatever their bytes";
  EXPECT_THAT(row(desk, code, {{"adults", "0"}}), HasSubstr("Valitse vähintään yksi lippu."));
  EXPECT_THAT(row(desk, code, {{"adults", "131052-308T"}}),
              HasSubstr("Henkilötunnusta ei tarvita tässä"));
  EXPECT_THAT(desk.page().text, Not(HasSubstr("131052")));
}

TEST_F(PaperPages, use_up_what_was_reserved) {
  auto const code = registered(1);
  auto const held = post(as("museum_staff"), "/api/v1/reservations",
                         {{"card", code},
                          {"venue_id", net.museum.value},
                          {"event_id", net.concert.value},
                          {"hold_minutes", 300},
                          {"tickets", {{"adult", 1}}}});
  ASSERT_EQ(held.status, 201) << held;
  advance(2 * hour_us);
  auto desk = with_form("museum_staff");
  row(desk, code, {{"event", std::to_string(net.concert.value)}});
  EXPECT_TRUE(get(as("museum_staff"), "/api/v1/reservations").body.at("items").empty());
}

}  // namespace
}  // namespace kaiku::test
