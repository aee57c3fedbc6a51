// The door without a script: scan, offer, ticket, as the person there meets them.
#include <gmock/gmock.h>

#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class DoorPages : public DoorBrowsing {};

TEST_F(DoorPages, give_a_ticket_by_a_scan_and_an_enter) {
  auto const code = registered(1, 2);
  auto desk = at_door("pool_staff");
  scan(desk, code);
  EXPECT_EQ(desk.first_answer().status, 303);
  EXPECT_THAT(desk.address(), StartsWith("/door/basic/card?k="));
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Kortti kelpaa"), HasSubstr("Katsottu, lippua ei vielä annettu"),
                    HasSubstr("enintään 2")));
  EXPECT_THAT(desk.page().text, HasSubstr("<title>Kortti kelpaa – Liput"));
  EXPECT_THAT(desk.page().text, Not(HasSubstr(code))) << "short once read";
  advance(2 * second_us);
  enter(desk);
  EXPECT_THAT(desk.address(), StartsWith("/door/basic/given?k="));
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippu annettu"), HasSubstr("1 aikuinen"), HasSubstr("Vapaalippu"),
                    HasSubstr("klo 12.15 asti")));
  auto const result = desk.address();
  EXPECT_THAT(text_in(desk.open(result).text), HasSubstr("Lippu annettu")) << "a reload";
  desk.submit("value=\"undo\"");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu peruttu"));
  EXPECT_THAT(text_in(desk.open(result).text), HasSubstr("Lippu on jo peruttu"))
      << "the address of the ticket tells no untruth afterwards";
}

TEST_F(DoorPages, hold_back_a_scanner_that_bounces) {
  auto const code = registered(1, 2);
  auto desk = at_door("pool_staff");
  scan(desk, code);
  auto const offer_stands = [&](std::string const& what) {
    EXPECT_THAT(text_in(desk.page().text), HasSubstr("Kortti kelpaa")) << what;
    EXPECT_EQ(tickets_today(), 0) << what;
  };
  for (std::string const line : {"", "2", "2A"}) {
    enter(desk, line);
    offer_stands("\"" + line + "\" at once");
  }
  advance(2 * second_us);
  enter(desk, code);
  offer_stands("the same card again");
  enter(desk, code.substr(code.size() - 3));
  offer_stands("its tail");
  // A click on the button is a person's.
  auto again = at_door("pool_staff");
  scan(again, code);
  again.submit("name=\"next\"", {{"give", "1"}, {"next", ""}});
  EXPECT_THAT(text_in(again.page().text), HasSubstr("Lippu annettu"));
  EXPECT_EQ(tickets_today(), 1);
}

TEST_F(DoorPages, read_the_line_as_children_and_others) {
  auto desk = at_door("pool_staff");
  scan(desk, registered(1, 2));
  advance(2 * second_us);
  enter(desk, "2a");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("1 aikuinen, 2 lasta, avustaja"));
}

TEST_F(DoorPages, say_that_the_venue_is_closed_and_give_nothing_there) {
  auto const code = registered(1, 2);
  auto const path = "/api/v1/venues/" + std::to_string(net.pool.value);
  auto const closed = HasSubstr("Kohde on suljettu. Ota yhteyttä vastuuhenkilöön.");
  auto desk = at_door("pool_staff");
  auto fast = at_door("pool_staff", "?event=0&fast=1");
  auto offered = at_door("pool_staff");
  scan(offered, code);
  advance(2 * second_us);
  auto const tag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"active", false}}, tag).status, 200);
  scan(desk, code);
  EXPECT_THAT(text_in(desk.page().text), AllOf(closed, Not(HasSubstr("Pyyntöä ei voitu lukea"))));
  scan(fast, code);
  EXPECT_THAT(text_in(fast.page().text), AllOf(closed, Not(HasSubstr("Virhe"))));
  enter(offered);
  EXPECT_THAT(text_in(offered.page().text), closed) << "an offer of before gives nothing";
  EXPECT_THAT(offered.page().text, Not(HasSubstr("<form class=\"scan\"")));
  EXPECT_EQ(tickets_today(), 0);
}

TEST_F(DoorPages, and_all_others_of_the_venue_say_that_it_is_closed) {
  auto const path = "/api/v1/venues/" + std::to_string(net.pool.value);
  auto const tag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(patch(as("coordinator"), path, {{"active", false}}, tag).status, 200);
  auto const closed = HasSubstr("Kohde on suljettu. Ota yhteyttä vastuuhenkilöön.");
  for (auto const* page : {"/door/basic", "/venue", "/events", "/events/new", "/reservations",
                           "/paper-uses", "/figures", "/devices", "/devices/new"}) {
    EXPECT_THAT(text_in(get(as("pool_staff"), page).text), closed) << page;
  }
  EXPECT_THAT(text_in(get(as("museum_staff"), "/venue").text), Not(closed));
  for (auto const* page : {"/door/basic?k=old", "/venue?k=old", "/paper-uses?k=old"}) {
    EXPECT_THAT(text_in(get(as("pool_staff"), page).text),
                AllOf(closed, HasSubstr("Sivu oli vanhentunut. Aloita tästä.")))
        << page;
  }
}

TEST_F(DoorPages, keep_the_offer_when_something_is_wrong) {
  auto desk = at_door("pool_staff");
  scan(desk, registered(1, 2));
  advance(2 * second_us);
  auto const told = [&](http::FormPairs typed, std::string const& fault) {
    typed.emplace_back("give", "1");
    desk.submit("name=\"next\"", std::move(typed));
    EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Kortti kelpaa"), HasSubstr(fault)));
    EXPECT_THAT(desk.page().text, HasSubstr("<title>Virhe: ")) << fault;
  };
  told({{"next", "3"}}, "Lapsilippuja voi antaa enintään 2.");
  told({{"next", "1"}, {"children", "2"}}, "Lasten määrä on kahdessa kohdassa eri.");
  EXPECT_THAT(desk.page().text, HasSubstr("value=\"1\" checked")) << "what was chosen stays";
  EXPECT_EQ(tickets_today(), 0);
  enter(desk, "2");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("1 aikuinen, 2 lasta"));
}

TEST_F(DoorPages, keep_the_card_when_the_line_is_no_card_and_no_key) {
  auto const code = registered(1, 2);
  auto desk = at_door("pool_staff");
  scan(desk, code);
  advance(6 * second_us);
  for (std::string const line : {"P9", "XX", "ä"}) {
    enter(desk, line);
    EXPECT_THAT(text_in(desk.page().text),
                AllOf(HasSubstr("Kortti kelpaa"), HasSubstr("Merkintää ei ymmärretty")))
        << line;
  }
  EXPECT_EQ(tickets_today(), 0);
  enter(desk, "2");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("1 aikuinen, 2 lasta"));
  advance(6 * second_us);
  scan(desk, "XX");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("1 aikuinen, 2 lasta"), HasSubstr("Merkintää ei ymmärretty")))
      << "the ticket stays in reach";
}

TEST_F(DoorPages, ask_for_the_adult_beside_a_child_only_where_the_adult_may_have_come) {
  auto const code = registered(1, 2);
  auto desk = at_door("pool_staff");
  scan(desk, code);
  EXPECT_THAT(desk.page().text, HasSubstr("type=\"hidden\" name=\"adults\" value=\"1\""));
  advance(2 * second_us);
  enter(desk);
  advance(6 * second_us);
  scan(desk, code);
  EXPECT_THAT(desk.page().text, HasSubstr("id=\"adults-0\""));
  desk.submit("name=\"next\"", {{"give", "1"}, {"next", ""}, {"adults", "0"}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Valitse vähintään yksi lippu."));
  advance(2 * second_us);
  desk.submit("name=\"next\"", {{"next", "1"}, {"adults", "0"}});
  EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Lippu annettu"), HasSubstr("1 lapsi")));
}

TEST_F(DoorPages, go_on_to_the_next_card_and_say_that_the_one_before_got_nothing) {
  auto const first = registered(1);
  auto const second = registered(2);
  auto desk = at_door("pool_staff");
  scan(desk, first);
  enter(desk, second);
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Edellinen kortti …" + first.substr(first.size() - 3)),
                    HasSubstr("…" + second.substr(second.size() - 3))));
  EXPECT_EQ(tickets_today(), 0);
  enter(desk, "0000-0000-0001");
  EXPECT_THAT(text_in(desk.page().text), Not(HasSubstr("Kortti kelpaa")));
  enter(desk, "");
  EXPECT_THAT(desk.address(), StartsWith("/door/basic?event="));
}

TEST_F(DoorPages, show_the_ticket_to_whoever_goes_back_to_its_offer) {
  auto desk = at_door("pool_staff");
  scan(desk, registered(1));
  auto const offer = desk.address();
  advance(2 * second_us);
  enter(desk);
  auto const [action, sent] = desk.sent();
  EXPECT_THAT(text_in(desk.open(offer).text), HasSubstr("Lippu annettu"));
  EXPECT_THAT(text_in(desk.resend(action, sent).text), HasSubstr("Lippu annettu"));
  EXPECT_EQ(tickets_today(), 1) << "sent twice, given once";
  auto changed = sent;
  for (auto& [name, value] : changed) {
    if (name == "next") value = "a";
  }
  EXPECT_THAT(text_in(desk.resend(action, changed).text),
              HasSubstr("Tällä lomakkeella on jo annettu lippu"));
  EXPECT_EQ(tickets_today(), 1);
}

TEST_F(DoorPages, begin_anew_when_an_address_is_too_old) {
  auto desk = at_door("pool_staff");
  scan(desk, registered(1));
  auto const offer = desk.address();
  advance(31 * minute_us);
  EXPECT_THAT(text_in(desk.open(offer).text),
              AllOf(HasSubstr("Sivu oli vanhentunut"), HasSubstr("Lue kortti")));
  EXPECT_EQ(browser_of("museum_staff").open(offer).status, 200)
      << "another's address opens nothing";
}

TEST_F(DoorPages, tell_at_the_first_field_what_is_no_card) {
  auto desk = at_door("pool_staff");
  scan(desk, "");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lue kortti tai kirjoita sen tunnus."));
  scan(desk, "2");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lue ensin kortti."));
  scan(desk, "nonsense of some length");
  EXPECT_THAT(desk.page().text, HasSubstr("class=\"panel no\""));
}

TEST_F(DoorPages, lead_from_the_addresses_of_before) {
  for (std::string const path : {"/venue/check", "/venue/redeem", "/venue/undo", "/door"}) {
    auto const reply = get(as("pool_staff"), path);
    EXPECT_EQ(reply.status, 303) << path;
    EXPECT_EQ(reply.header("location"), "/door/basic") << path;
  }
  EXPECT_EQ(send(as("pool_staff"), "POST", "/venue/redeem", "card=x",
                 {{"Content-Type", "application/x-www-form-urlencoded"}})
                .status,
            405);
}

TEST_F(DoorPages, have_a_page_of_the_day) {
  auto desk = at_door("pool_staff");
  scan(desk, registered(1, 1));
  advance(2 * second_us);
  enter(desk, "1");
  auto const day = text_in(desk.open("/venue").text);
  EXPECT_THAT(day, AllOf(HasSubstr("Annettu tänään 2 lippua, niistä 1 lapsille."),
                         HasSubstr("1 aikuinen, 1 lapsi")));
  desk.submit("value=\"undo\"");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu peruttu"));
}

TEST_F(DoorPages, of_the_day_have_twenty_tickets_each) {
  auto const code = registered(1);
  for (int n = 0; n < 51; ++n) ASSERT_EQ(redeem(code, net.pool).status, 201) << n;
  auto const rows = [](std::string const& html) {
    int found = 0;
    std::string const row = "<tr role=\"row\"><td";
    for (auto at = html.find(row); at != html.npos; at = html.find(row, at + 1)) ++found;
    return found;
  };
  auto desk = browser_of("pool_staff");
  desk.open("/venue");
  for (int const expected : {20, 20}) {
    auto const html = desk.page().text;
    EXPECT_EQ(rows(html), expected);
    auto const mark = html.find("/venue?before=");
    ASSERT_NE(mark, std::string::npos);
    desk.open(html.substr(mark, html.find('"', mark) - mark));
  }
  EXPECT_EQ(rows(desk.page().text), 11);
  EXPECT_THAT(desk.page().text, Not(HasSubstr("?before=")));
}

}  // namespace
}  // namespace kaiku::test
