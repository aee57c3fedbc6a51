// Reservations by the pages of a venue, and what a scan at the door says of them.
#include <gmock/gmock.h>

#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ReservationPages : public DoorBrowsing {
 protected:
  PageBrowser on_the_phone() {
    auto desk = browser_of("museum_staff");
    EXPECT_EQ(desk.open("/reservations/new").status, 200) << desk.page();
    return desk;
  }
  // The fixture's concert begins at 13.00, in an hour, and has ten places.
  void reserve(PageBrowser& desk, std::string const& card, http::FormPairs more = {}) {
    http::FormPairs typed{{"event", std::to_string(net.concert.value)}, {"card", card}};
    typed.insert(typed.end(), more.begin(), more.end());
    desk.submit("id=\"card\"", std::move(typed));
  }
  int open_ones() {
    return static_cast<int>(
        get(as("museum_staff"), "/api/v1/reservations").body.at("items").size());
  }
  // The address that the list's button leads to.
  static std::string removal_in(PageBrowser const& desk) {
    auto const& html = desk.page().text;
    auto const at = html.find("/reservations?remove=");
    return at == std::string::npos ? std::string() : html.substr(at, html.find('"', at) - at);
  }
  std::string at_concert(char const* fast) {
    return "?event=" + std::to_string(net.concert.value) + "&fast=" + fast;
  }
};

TEST_F(ReservationPages, hold_places_till_half_an_hour_before_the_start) {
  auto const code = registered(1, 2);
  auto desk = on_the_phone();
  EXPECT_THAT(desk.page().text, HasSubstr("id=\"event-" + std::to_string(net.concert.value) +
                                          "\" name=\"event\" value=\"" +
                                          std::to_string(net.concert.value) + "\" checked"))
      << "the only event that comes";
  reserve(desk, code, {{"children", "2"}});
  EXPECT_EQ(desk.first_answer().status, 303);
  EXPECT_THAT(desk.address(), StartsWith("/reservations?k="));
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Varattu 3 paikkaa klo 12.30 asti."),
                    HasSubstr("Kortti luetaan ovella."), HasSubstr("1 varaus"),
                    HasSubstr("13.00 Kesäkonsertti"), HasSubstr("1 aikuinen, 2 lasta")));
  EXPECT_THAT(desk.page().text, Not(HasSubstr(code)));
  advance(30 * minute_us);
  EXPECT_EQ(open_ones(), 0);
  EXPECT_THAT(text_in(desk.open("/reservations").text), HasSubstr("Varauksia ei ole."));
}

TEST_F(ReservationPages, say_that_the_venue_is_closed_and_hold_nothing_there) {
  auto const code = registered(1);
  auto desk = on_the_phone();
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  auto const tag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"active", false}}, tag).status, 200);
  reserve(desk, code);
  auto const closed = HasSubstr("Kohde on suljettu. Ota yhteyttä vastuuhenkilöön.");
  EXPECT_THAT(text_in(desk.page().text), closed);
  EXPECT_THAT(desk.page().text, Not(HasSubstr("<a class=\"button\" href=\"/reservations/new\"")));
  EXPECT_EQ(open_ones(), 0);
  desk.open("/reservations/new");
  EXPECT_EQ(desk.address(), "/reservations");
}

TEST_F(ReservationPages, take_another_time_and_refuse_one_that_has_passed) {
  auto const code = registered(1);
  auto desk = on_the_phone();
  reserve(desk, code, {{"until", "11.30"}});
  EXPECT_THAT(desk.page().text, AllOf(HasSubstr("<title>Virhe: "), HasSubstr("id=\"until-fault\""),
                                      HasSubstr("Aika on jo mennyt. Kirjoita myöhempi aika."),
                                      HasSubstr("value=\"11.30\"")));
  reserve(desk, code, {{"until", "puoli"}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Kirjoita aika näin: 17.42."));
  reserve(desk, code, {{"until", "iltapäivällä kuuteen"}});
  EXPECT_THAT(desk.page().text, HasSubstr("value=\"iltapäivällä kuuteen\""));
  EXPECT_EQ(open_ones(), 0);
  reserve(desk, code, {{"until", "15.6. 14.05"}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Varattu 1 paikka klo 14.05 asti."));
}

TEST_F(ReservationPages, say_what_is_wrong_where_it_can_be_changed) {
  auto desk = on_the_phone();
  auto const told = [&](std::string const& card, std::string const& fault,
                        http::FormPairs more = {}) {
    reserve(desk, card, std::move(more));
    EXPECT_THAT(desk.page().text, HasSubstr("<title>Virhe: ")) << fault;
    EXPECT_THAT(text_in(desk.page().text), HasSubstr(fault));
  };
  told("", "Lue kortti tai kirjoita sen tunnus.");
  told(net.codes[5], "Korttia ei ole vielä otettu käyttöön.");
  told(net.codes[6] + net.codes[7], "Kaksi korttia luettiin peräkkäin. Lue vain toinen.");
  told("131052-308T", "Henkilötunnusta ei tarvita tässä");
  EXPECT_THAT(desk.page().text, Not(HasSubstr("131052")));
  auto const code = registered(1, 1);
  told(code, "Lapsilippuja voi antaa enintään 1.", {{"children", "2"}});
  EXPECT_THAT(desk.page().text,
              AllOf(HasSubstr("id=\"children-fault\""), HasSubstr("value=\"" + code + "\"")));
  told(code, "Kirjoita lasten määrä numerona", {{"children", "kaksi"}});
  for (std::string const field : {"until", "children"}) {
    told(code, "Henkilötunnusta ei tarvita tässä", {{field, "131052-308T"}});
    EXPECT_THAT(desk.page().text,
                AllOf(HasSubstr("id=\"" + field + "-fault\""), Not(HasSubstr("131052"))));
  }
  desk.submit("id=\"card\"", {{"card", code}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Valitse tapahtuma."));
  EXPECT_EQ(open_ones(), 0);
}

TEST_F(ReservationPages, change_the_one_that_stands_by_its_own_button_alone) {
  auto const code = registered(1, 3);
  auto desk = on_the_phone();
  reserve(desk, code, {{"children", "2"}});
  desk.open("/reservations/new");
  reserve(desk, code, {{"children", "3"}});
  EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Kortilla on jo varaus tähän: 3 paikkaa."),
                                               HasSubstr("Muuta varausta")));
  reserve(desk, code, {{"children", "3"}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Kortilla on jo varaus tähän: 3 paikkaa."))
      << "Enter changes nothing";
  auto const mark = std::string("name=\"replaces\" value=\"");
  auto const at = desk.page().text.find(mark) + mark.size();
  auto const id = desk.page().text.substr(at, desk.page().text.find('"', at) - at);
  reserve(desk, code, {{"children", "3"}, {"replaces", id}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Varattu 4 paikkaa klo 12.30 asti."));
  EXPECT_EQ(open_ones(), 1);
}

TEST_F(ReservationPages, are_done_once) {
  auto desk = on_the_phone();
  reserve(desk, registered(1));
  auto const result = desk.address();
  auto const sent = desk.sent();
  desk.resend(sent.first, sent.second);
  EXPECT_EQ(desk.address(), result) << "sent again, done once";
  EXPECT_EQ(open_ones(), 1);
}

TEST_F(ReservationPages, are_removed_from_the_list) {
  auto desk = on_the_phone();
  reserve(desk, registered(1));
  auto const result = desk.address();
  auto other = browser_of("museum_staff");
  other.open(removal_in(desk));
  desk.open(removal_in(desk));
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Tarkista ennen kuin jatkat"), HasSubstr("1 paikka vapautuu"),
                    HasSubstr("13.00 Kesäkonsertti")));
  EXPECT_THAT(desk.page().text, Not(HasSubstr(" autofocus"))) << "a scan's Enter confirms nothing";
  EXPECT_EQ(open_ones(), 1) << "one press takes nothing away";
  desk.submit("name=\"reservation\"");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Varaus on poistettu"), HasSubstr("Varauksia ei ole.")));
  EXPECT_EQ(open_ones(), 0);
  EXPECT_THAT(text_in(desk.open(result).text), HasSubstr("Varaus on jo päättynyt"))
      << "the address of the reservation tells no untruth afterwards";
  auto const asked = other.address();
  other.submit("name=\"reservation\"");
  EXPECT_THAT(text_in(other.page().text), HasSubstr("Varaus on jo päättynyt"));
  EXPECT_THAT(text_in(other.open(asked).text), HasSubstr("Varaus on jo päättynyt"));
  EXPECT_EQ(browser_of("pool_staff").open(asked).status, 404) << "another venue's";
}

TEST_F(ReservationPages, fill_in_the_offer_at_the_door_and_end_with_the_ticket) {
  auto const code = registered(1, 3);
  auto phone = on_the_phone();
  reserve(phone, code, {{"children", "2"}});
  auto desk = at_door("museum_staff", at_concert("0"));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("paikkoja jäljellä 7"));
  scan(desk, code);
  EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Kortti kelpaa"), HasSubstr("Varattu 3")));
  EXPECT_THAT(desk.page().text, HasSubstr("name=\"children\" value=\"2\" checked"));
  advance(2 * second_us);
  desk.submit("name=\"next\"", {{"give", "1"}, {"next", ""}, {"children", "2"}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("1 aikuinen, 2 lasta"));
  EXPECT_EQ(open_ones(), 0);
  EXPECT_THAT(text_in(desk.open("/venue").text),
              AllOf(HasSubstr("Kiintiöstä käytetty 3/10, jäljellä 7."), Not(HasSubstr("Varattu"))));
}

TEST_F(ReservationPages, are_looked_at_first_in_fast_mode_too) {
  auto const code = registered(1, 2);
  auto phone = on_the_phone();
  reserve(phone, code, {{"children", "2"}});
  auto desk = at_door("museum_staff", at_concert("1"));
  scan(desk, code);
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Varattu 3"));
  EXPECT_EQ(tickets_today("museum_staff", "culture"), 0);
  auto next = at_door("museum_staff", at_concert("1"));
  scan(next, registered(2));
  EXPECT_THAT(text_in(next.page().text), HasSubstr("Lippu annettu"));
}

TEST_F(ReservationPages,
       stand_beside_the_tickets_of_the_day_and_in_the_question_of_a_cancellation) {
  auto desk = on_the_phone();
  reserve(desk, registered(1));
  EXPECT_THAT(text_in(desk.open("/venue").text),
              AllOf(HasSubstr("Kiintiöstä käytetty 0/10, jäljellä 9."), HasSubstr("Varattu 1.")));
  auto const path = "/events/" + std::to_string(net.concert.value);
  desk.open(path + "/cancel");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Varauksia: 1. Varaukset poistetaan."));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Poistetut varaukset eivät palaudu."));
  desk.submit("value=\"cancel\"");
  EXPECT_EQ(open_ones(), 0);
  EXPECT_THAT(text_in(desk.page().text),
              HasSubstr("Tapahtuma on peruutettu. Poistettuja varauksia: 1."));
  desk.open(path + "/cancel");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Poistetut varaukset eivät palaudu."));
  desk.submit("value=\"restore\"");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Tapahtuma pidetään"));
  EXPECT_EQ(open_ones(), 0);
}

}  // namespace
}  // namespace kaiku::test
