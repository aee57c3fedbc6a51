// What the door's pages give tickets for, and what they say when there is none to give.
#include <gmock/gmock.h>

#include "tests/integration/server/door_browsing.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class DoorEvents : public DoorBrowsing {
 protected:
  PageBrowser at_event(std::int64_t event) {
    return at_door("pool_staff", "?event=" + std::to_string(event) + "&fast=0");
  }
};

TEST_F(DoorEvents, are_taken_when_they_begin_within_an_hour) {
  auto const id = std::to_string(new_event({{"starts_at", ago(-59 * minute_us)}, {"quota", 7}}));
  auto desk = at_door("pool_staff", "");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("12.59 Iltasoitto"), HasSubstr("paikkoja jäljellä 7")));
  EXPECT_THAT(desk.page().text, HasSubstr("name=\"event\" value=\"" + id + "\""));
}

TEST_F(DoorEvents, that_come_later_are_told_of_and_not_taken) {
  new_event({{"starts_at", ago(-3 * hour_us)}, {"title", {{"fi", "Myöhäisnäytös"}}}});
  auto desk = at_door("pool_staff", "");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Ei tapahtumaa"), HasSubstr("Seuraava: ")));
  scan(desk, registered(1));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Ei tapahtumaa"));
}

TEST_F(DoorEvents, are_asked_for_when_there_are_several) {
  new_event({});
  auto const other = new_event({{"title", {{"fi", "Toinen"}}}});
  auto desk = at_door("pool_staff", "");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Valitse, mihin lippuja annetaan."));
  EXPECT_THAT(desk.page().text, Not(HasSubstr("id=\"card\""))) << "nothing can be scanned yet";
  EXPECT_THAT(desk.page().text, AllOf(HasSubstr(" autofocus"), Not(HasSubstr("sitten uudelleen"))));
  desk.open("/door/basic?fast=0&event=" + std::to_string(other));
  EXPECT_THAT(desk.page().text, HasSubstr("id=\"card\""));
}

TEST_F(DoorEvents, that_come_up_while_a_page_waits_are_asked_for_and_the_card_again) {
  auto desk = at_door("pool_staff", "?event=&fast=0");
  auto fast = at_door("pool_staff", "?event=&fast=1");
  new_event({});
  new_event({{"title", {{"fi", "Toinen"}}}});
  for (auto* const one : {&desk, &fast}) {
    scan(*one, registered(one == &desk ? 1 : 2));
    EXPECT_THAT(text_in(one->page().text), AllOf(HasSubstr("Valitse, mihin lippuja annetaan."),
                                                 HasSubstr("Lue kortti sitten uudelleen.")));
    EXPECT_THAT(one->page().text, HasSubstr(" autofocus"));
  }
  EXPECT_EQ(tickets_today(), 0);
}

TEST_F(DoorEvents, that_are_over_take_no_ticket_before_somebody_chooses) {
  auto const event = new_event({{"ends_at", ago(-60 * minute_us)}});
  auto desk = at_event(event);
  auto const code = registered(1);
  advance(74 * minute_us);
  scan(desk, code);
  advance(2 * second_us);
  enter(desk);
  ASSERT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"))
      << "a quarter past its end has not gone by";
  advance(minute_us);
  scan(desk, code);
  EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Iltasoitto on päättynyt."),
                                               HasSubstr("Lue kortti sitten uudelleen.")));
}

TEST_F(DoorEvents, and_the_mode_outlast_a_pause_of_more_than_half_an_hour) {
  new_event({});
  auto const event = std::to_string(new_event({{"title", {{"fi", "Toinen"}}}}));
  int given = 0;
  for (std::string const fast : {"0", "1"}) {
    auto desk = at_door("pool_staff", "?event=" + event + "&fast=" + fast);
    scan(desk, registered(10 + given));
    advance(2 * second_us);
    if (fast == "0") enter(desk);
    ASSERT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
    EXPECT_EQ(tickets_today(), ++given);
    advance(31 * minute_us);
    auto reloaded = browser_of("pool_staff");
    reloaded.open(desk.address());
    EXPECT_THAT(text_in(reloaded.page().text), HasSubstr("Sivu oli vanhentunut"));
    EXPECT_THAT(reloaded.address(), HasSubstr("event=" + event + "&fast=" + fast));
    scan(desk, registered(20 + given));
    EXPECT_THAT(text_in(desk.page().text),
                AllOf(Not(HasSubstr("Sivu oli vanhentunut")), HasSubstr("Toinen")));
    if (fast == "0") {
      EXPECT_THAT(text_in(desk.page().text), HasSubstr("Kortti kelpaa"));
    } else {
      EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
      EXPECT_EQ(tickets_today(), ++given);
    }
  }
}

TEST_F(DoorEvents, and_the_mode_outlast_a_pause_beside_an_open_card) {
  auto const event = std::to_string(new_event({}));
  for (std::string const fast : {"0", "1"}) {
    auto desk = at_door("pool_staff", "?event=" + event + "&fast=" + fast);
    scan(desk, net.codes[40]);  // in stock
    advance(31 * minute_us);
    enter(desk, registered(fast == "0" ? 1 : 2));
    EXPECT_THAT(
        text_in(desk.page().text),
        AllOf(HasSubstr(fast == "0" ? "Kortti kelpaa" : "Lippu annettu"), HasSubstr("Iltasoitto")));
    if (fast == "1") scan(desk, net.codes[41]);
    advance(31 * minute_us);
    enter(desk);
    EXPECT_THAT(text_in(desk.page().text), HasSubstr("Sivu oli vanhentunut"));
    EXPECT_THAT(desk.address(), HasSubstr("event=" + event + "&fast=" + fast));
    EXPECT_EQ(tickets_today(), fast == "0" ? 0 : 1);
  }
}

TEST_F(DoorEvents, that_are_none_of_the_venues_are_asked_for_anew) {
  auto const of_the_pool = std::to_string(new_event({}));
  auto desk = browser_of("museum_staff");
  for (auto const& event : {of_the_pool, std::string("999999"), std::string("nonsense")}) {
    EXPECT_EQ(desk.open("/door/basic?fast=0&event=" + event).status, 200) << event;
    EXPECT_THAT(text_in(desk.page().text),
                AllOf(HasSubstr("Tapahtumaa ei löydy. Valitse, mihin lippuja annetaan."),
                      Not(HasSubstr("Iltasoitto"))))
        << event;
    EXPECT_THAT(desk.page().text,
                AllOf(Not(HasSubstr("id=\"card\"")), HasSubstr("id=\"event-0\"")));
  }
  auto of_before = at_event(std::stoll(of_the_pool));
  auto fields = of_before.hidden_of("id=\"card\"");
  for (auto& [name, value] : fields) {
    if (name == "event") value = "999999";
  }
  fields.emplace_back("card", registered(1));
  of_before.resend("/door/basic", fields);
  EXPECT_THAT(text_in(of_before.page().text), HasSubstr("Tapahtumaa ei löydy."));
  EXPECT_EQ(tickets_today(), 0) << "nothing is recorded before somebody has chosen";
}

TEST_F(DoorEvents, warn_of_a_second_ticket_and_give_it_with_a_reason) {
  auto desk = at_event(new_event({}));
  auto const code = registered(1, 2);
  scan(desk, code);
  advance(2 * second_us);
  enter(desk);
  advance(6 * second_us);
  scan(desk, code);
  EXPECT_THAT(desk.page().text, HasSubstr("class=\"panel warn\""));
  EXPECT_THAT(text_in(desk.page().text), AllOf(HasSubstr("Aikuisella on jo lippu (12.00)."),
                                               HasSubstr("Anna silti: kävi ulkona ja palasi")));
  auto const warning = desk.address();
  advance(2 * second_us);
  enter(desk, "P9");
  EXPECT_THAT(desk.page().text, HasSubstr("class=\"panel warn\""));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Merkintää ei ymmärretty"));
  enter(desk, "");
  EXPECT_THAT(desk.address(), HasSubstr("/door/basic?event=")) << "Enter alone goes on";
  desk.open(warning);
  enter(desk, "1");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("1 lapsi")) << "children after their adult";
  EXPECT_THAT(text_in(desk.page().text), Not(HasSubstr("1 aikuinen")));
  advance(6 * second_us);
  scan(desk, code);
  advance(2 * second_us);
  enter(desk, "P1");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippu annettu"), HasSubstr("1 aikuinen")));
  advance(6 * second_us);
  scan(desk, code);
  desk.submit("id=\"next\"", {{"next", ""}, {"reason", "known_here"}});
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
}

TEST_F(DoorEvents, ask_for_a_reason_when_there_is_nothing_else_to_give) {
  auto desk = at_event(new_event({}));
  auto const code = registered(1);
  scan(desk, code);
  advance(2 * second_us);
  enter(desk);
  advance(6 * second_us);
  scan(desk, code);
  advance(2 * second_us);
  enter(desk, "A");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Valitse syy."));
  EXPECT_THAT(desk.page().text, HasSubstr("class=\"panel warn\""));
}

TEST_F(DoorEvents, say_what_is_possible_when_there_are_too_few_places) {
  auto desk = at_event(new_event({{"quota", 2}}));
  scan(desk, registered(1, 2));
  advance(2 * second_us);
  enter(desk, "1");
  ASSERT_THAT(text_in(desk.page().text), HasSubstr("1 aikuinen, 1 lapsi"));
  desk.submit("value=\"undo\"");
  scan(desk, registered(2));
  advance(2 * second_us);
  enter(desk);
  scan(desk, registered(3, 2));
  advance(2 * second_us);
  enter(desk, "1");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippuja on jäljellä 1"), HasSubstr("Anna 1 lippu")));
  desk.submit("id=\"next\"", {{"next", ""}, {"give", "1"}});
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippu annettu"), HasSubstr("1 aikuinen")));
  scan(desk, registered(4));
  EXPECT_THAT(desk.page().text, HasSubstr("class=\"panel no\""));
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Liput ovat loppu"));
}

TEST_F(DoorEvents, offer_as_many_tickets_as_there_are_places_left) {
  auto desk = at_event(new_event({{"quota", 2}}));
  scan(desk, registered(1, 2));
  advance(2 * second_us);
  enter(desk, "2a");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippuja on jäljellä 2"), HasSubstr("Anna 3 lippua"),
                    HasSubstr("1 aikuinen, 1 lapsi, avustaja")));
  enter(desk);
  EXPECT_EQ(tickets_today(), 0) << "Enter alone goes on";
  scan(desk, net.codes[0]);
  advance(2 * second_us);
  enter(desk, "2");
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Anna 2 lippua"), HasSubstr("1 aikuinen, 1 lapsi")));
  desk.submit("id=\"next\"", {{"next", ""}, {"give", "1"}});
  EXPECT_THAT(text_in(desk.page().text),
              AllOf(HasSubstr("Lippu annettu"), HasSubstr("1 aikuinen, 1 lapsi")));
  EXPECT_EQ(tickets_today(), 2);
}

TEST_F(DoorEvents, stand_sixty_on_a_page_and_the_others_behind_it) {
  std::int64_t last = 0;
  for (int n = 0; n < 61; ++n) last = new_event({{"starts_at", ago(-day_us - n * minute_us)}});
  auto const radio = "id=\"event-" + std::to_string(last) + "\"";
  auto desk = at_door("pool_staff");
  EXPECT_THAT(desk.page().text, Not(HasSubstr(radio)));
  auto const from = "&from=" + std::to_string(last);
  EXPECT_THAT(desk.page().text, HasSubstr("/door/basic?event=0&amp;fast=0&amp;from="));
  desk.open("/door/basic?event=0&fast=0" + from);
  EXPECT_THAT(desk.page().text,
              AllOf(HasSubstr(radio), HasSubstr("<details open>"), Not(HasSubstr("Seuraavat"))));
}

TEST_F(DoorEvents, of_a_course_have_a_place_for_the_holder_alone) {
  auto desk = at_event(new_event({{"kind", "course"}, {"children_allowed", false}}));
  scan(desk, registered(1, 2));
  EXPECT_THAT(desk.page().text, Not(HasSubstr("name=\"assistant\"")));
  advance(2 * second_us);
  enter(desk, "1");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Kortti kelpaa")) << "the offer stays";
  EXPECT_THAT(desk.page().text, HasSubstr("<title>Virhe: "));
  enter(desk, "A");
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Näitä lippuja ei voi antaa tässä."));
  enter(desk);
  EXPECT_THAT(text_in(desk.page().text), HasSubstr("Lippu annettu"));
}

}  // namespace
}  // namespace kaiku::test
