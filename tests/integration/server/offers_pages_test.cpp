// What everybody may read: the first page, where the card is good, what is on, and their calendars.
#include <gmock/gmock.h>

#include "server/use_cases/keep_network.hpp"
#include "tests/support/server_fixture.hpp"
#include "tests/support/server_page_form.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OfferPages : public ServerTest {
 protected:
  std::string text_at(std::string const& path) {
    auto const reply = get(nobody, path);
    EXPECT_EQ(reply.status, 200) << reply;
    EXPECT_EQ(reply.header("set-cookie"), "") << path;
    return text_in(reply.text);
  }
  std::string calendar_at(std::string const& path) {
    auto const reply = get(nobody, path);
    EXPECT_EQ(reply.status, 200) << reply;
    EXPECT_EQ(reply.header("content-type"), "text/calendar; charset=utf-8");
    EXPECT_EQ(reply.header("x-robots-tag"), "noindex");
    return reply.text;
  }
  std::string concert() const { return "/offers/" + std::to_string(net.concert.value); }
  std::string museum() const { return "/places/" + std::to_string(net.museum.value); }
  void change_event(EventId id, Json const& members) {
    auto const path = "/api/v1/events/" + std::to_string(id.value);
    auto const changed =
        patch(as("coordinator"), path, members, get(as("coordinator"), path).header("etag"));
    ASSERT_EQ(changed.status, 200) << changed;
  }
  void close_museum() {
    auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
    auto const closed = patch(as("coordinator"), path, {{"active", false}},
                              get(as("coordinator"), path).header("etag"));
    ASSERT_EQ(closed.status, 200) << closed;
  }
};

TEST_F(OfferPages, the_first_page_says_what_this_is_and_leads_on) {
  auto const reply = get(nobody, "/");
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.header("referrer-policy"), "no-referrer");
  EXPECT_THAT(reply.text, AllOf(HasSubstr("href=\"/places\""), HasSubstr("href=\"/offers\""),
                                HasSubstr("href=\"/login\"")));
  auto const worker = get(as("worker"), "/");
  EXPECT_EQ(worker.status, 303);
  EXPECT_EQ(worker.header("location"), "/cards/new");
}

TEST_F(OfferPages, the_address_chooses_the_language) {
  EXPECT_THAT(text_at("/places?lang=sv"), HasSubstr("Var kortet gäller"));
  EXPECT_THAT(text_at("/places?lang=en"), HasSubstr("Where the card is good"));
  EXPECT_THAT(text_at("/privacy?lang=sv"), HasSubstr("Dataskyddsbeskrivning"));
  auto const reply = get({{"Accept-Language", "sv-FI,fi;q=0.5"}}, "/places");
  EXPECT_THAT(text_in(reply.text), HasSubstr("Var kortet gäller"));
}

TEST_F(OfferPages, places_are_listed_by_name_and_narrowed) {
  auto const all = text_at("/places");
  EXPECT_THAT(all, HasSubstr("Paikkoja: 5"));
  EXPECT_LT(all.find("Kansalaisopisto"), all.find("Rantakeitaan uimahalli"));
  EXPECT_LT(all.find("Rantakeitaan uimahalli"), all.find("Taidemuseo"));
  auto const sport = text_at("/places?municipality=491&sector=sport");
  EXPECT_THAT(sport, AllOf(HasSubstr("Paikkoja: 1"), HasSubstr("Rantakeitaan uimahalli"),
                           Not(HasSubstr("Taidemuseo"))));
  EXPECT_THAT(text_at("/places?municipality=999"), HasSubstr("Tällä valinnalla ei ole paikkoja."));
}

TEST_F(OfferPages, a_place_and_its_offers_lead_to_each_other) {
  auto const place = get(nobody, museum());
  EXPECT_THAT(place.text, AllOf(HasSubstr("Taidemuseo"), HasSubstr("href=\"" + concert() + "\""),
                                HasSubstr("href=\"" + museum() + ".ics\"")));
  auto const offer = get(nobody, concert());
  EXPECT_THAT(offer.text, AllOf(HasSubstr("Kesäkonsertti"), HasSubstr("href=\"" + museum() + "\""),
                                HasSubstr("15.6.2026 klo\u00A013.00–17.00")));
}

TEST_F(OfferPages, offers_are_narrowed_by_each_choice) {
  EXPECT_THAT(text_at("/offers"), AllOf(HasSubstr("Tapahtumia: 3"), HasSubstr("Kesäkonsertti"),
                                        HasSubstr("Keramiikkakurssi"), HasSubstr("Näytelmä")));
  EXPECT_THAT(text_at("/offers?courses=1"),
              AllOf(HasSubstr("Tapahtumia: 1"), HasSubstr("Keramiikkakurssi")));
  EXPECT_THAT(text_at("/offers?children=1"),
              AllOf(HasSubstr("Tapahtumia: 2"), Not(HasSubstr("Keramiikkakurssi"))));
  EXPECT_THAT(text_at("/offers?municipality=698"),
              AllOf(HasSubstr("Tapahtumia: 1"), HasSubstr("Näytelmä")));
  EXPECT_THAT(text_at("/offers?sector=education"), HasSubstr("Tapahtumia: 1"));
  EXPECT_THAT(text_at("/offers?venue=" + std::to_string(net.museum.value)),
              AllOf(HasSubstr("Kohde: Taidemuseo"), HasSubstr("Tapahtumia: 1")));
  EXPECT_THAT(text_at("/offers?from=15.6.&to=15.6."), HasSubstr("Tapahtumia: 3"));
  EXPECT_THAT(text_at("/offers?from=16.6."), HasSubstr("Tällä valinnalla ei ole tapahtumia."));
}

TEST_F(OfferPages, what_is_no_day_is_told_at_its_field) {
  auto const reply = get(nobody, "/offers?from=32.13.&to=15.6.");
  EXPECT_THAT(reply.text, AllOf(HasSubstr("<title>Virhe: Tapahtumat"),
                                HasSubstr("href=\"#from\">Kirjoita päivä näin"),
                                HasSubstr("value=\"32.13.\"")));
  EXPECT_THAT(text_at("/offers?from=16.6.&to=15.6."),
              HasSubstr("Viimeinen päivä on ennen ensimmäistä."));
}

TEST_F(OfferPages, sold_out_is_told_and_how_many_came_is_not) {
  change_event(net.concert, {{"quota", 7}});
  EXPECT_THAT(text_at(concert()), AllOf(HasSubstr("Paikkoja on jäljellä"), Not(HasSubstr("7 "))));
  EXPECT_THAT(text_at("/offers?places=1"), HasSubstr("Kesäkonsertti"));
  change_event(net.concert, {{"sold_out", true}});
  EXPECT_THAT(text_at(concert()), HasSubstr("Loppuunmyyty"));
  EXPECT_THAT(text_at("/offers?places=1"), Not(HasSubstr("Kesäkonsertti")));
}

TEST_F(OfferPages, a_quota_that_is_used_up_leaves_no_places) {
  change_event(net.concert, {{"quota", 1}});
  auto const card = registered(1);
  ASSERT_EQ(redeem(card, net.museum, {{"event_id", net.concert.value}}).status, 201);
  EXPECT_THAT(text_at(concert()), HasSubstr("Loppuunmyyty"));
  EXPECT_THAT(text_at("/offers?places=1"), Not(HasSubstr("Kesäkonsertti")));
}

TEST_F(OfferPages, a_closed_place_is_gone_with_its_events) {
  close_museum();
  EXPECT_EQ(get(nobody, museum()).status, 404);
  EXPECT_EQ(get(nobody, concert()).status, 404);
  EXPECT_EQ(get(nobody, museum() + ".ics").status, 404);
  EXPECT_EQ(get(nobody, concert() + ".ics").status, 404);
  EXPECT_THAT(text_at("/places"), Not(HasSubstr("Taidemuseo")));
  EXPECT_THAT(text_at("/offers"), Not(HasSubstr("Kesäkonsertti")));
  EXPECT_EQ(get(nobody, "/places/0").status, 404);
  EXPECT_EQ(get(nobody, "/offers/x").status, 404);
}

TEST_F(OfferPages, an_area_that_takes_its_own_cards_alone_says_so) {
  auto const line = HasSubstr("Täällä käyvät vain alueen");
  for (auto const& path : {std::string("/places"), std::string("/offers"), museum(), concert()}) {
    EXPECT_THAT(text_at(path), Not(line)) << path;
  }
  auto const policy = std::string("/api/v1/policies/ETELA");
  auto const tag = get(as("coordinator"), "/api/v1/areas/ETELA").header("etag");
  ASSERT_EQ(patch(as("coordinator"), policy, {{"local_only", true}}, tag).status, 200);
  for (auto const& path : {std::string("/places"), std::string("/offers"), museum(), concert()}) {
    EXPECT_THAT(text_at(path), line) << path;
  }
  EXPECT_THAT(text_at(museum() + "?lang=sv"), HasSubstr("Här gäller bara kort från området"));
  EXPECT_THAT(text_at("/offers/" + std::to_string(net.far_play.value)), Not(line))
      << "another area's";
}

TEST_F(OfferPages, what_is_over_or_cancelled_is_on_no_list_but_its_page_tells) {
  change_event(net.concert, {{"cancelled", true}});
  EXPECT_THAT(text_at(concert()), HasSubstr("Tapahtuma on peruutettu."));
  EXPECT_THAT(text_at("/offers"), AllOf(HasSubstr("Tapahtumia: 2"), Not(HasSubstr("Kesäkon"))));
  advance(6 * hour_us);
  EXPECT_THAT(text_at("/offers"), HasSubstr("Tulevia tapahtumia ei ole ilmoitettu."));
  EXPECT_THAT(text_at("/offers/" + std::to_string(net.far_play.value)),
              HasSubstr("Tapahtuma on päättynyt."));
}

TEST_F(OfferPages, a_calendar_gives_the_same_bytes_until_something_changes) {
  auto const first = calendar_at("/offers.ics");
  EXPECT_THAT(first, AllOf(HasSubstr("DTSTART:20260615T100000Z\r\n"),
                           HasSubstr("SUMMARY:Kesäkonsertti\r\n"), HasSubstr("DTSTAMP:20260615T")));
  advance(hour_us);
  EXPECT_EQ(calendar_at("/offers.ics"), first);
  auto const uid = "UID:event-" + std::to_string(net.concert.value) + "@";
  EXPECT_THAT(first, HasSubstr(uid));
  change_event(net.concert, {{"cancelled", true}});
  auto const second = calendar_at("/offers.ics");
  EXPECT_THAT(second, AllOf(HasSubstr(uid), HasSubstr("STATUS:CANCELLED\r\n")));
  EXPECT_NE(second, first);
}

TEST_F(OfferPages, a_calendar_has_what_is_to_come_however_much_is_over) {
  write([&](ledger::WriteTx& tx) {
    domain::Caller owner;
    owner.role = domain::Role::admin;
    ledger::EventSet event;
    event.venue = net.museum;
    event.title.fi = "Satutunti";
    for (int n = 0; n < 501; ++n) {
      event.starts_at = tx.now() + (-10 * day_us + n * minute_us);
      event.ends_at = event.starts_at + hour_us;
      ASSERT_TRUE(use_cases::keep_event(tx, event, owner));
    }
  });
  auto const calendar = calendar_at("/offers.ics");
  EXPECT_THAT(calendar, AllOf(HasSubstr("Kesäkonsertti"), HasSubstr("Keramiikkakurssi")));
  EXPECT_LT(calendar.find("Satutunti"), calendar.find("Kesäkonsertti")) << "by their start";
  change_event(net.concert, {{"cancelled", true}});
  EXPECT_THAT(calendar_at("/offers.ics"), HasSubstr("STATUS:CANCELLED\r\n"))
      << "the nearest of those that are not to come";
}

TEST_F(OfferPages, calendars_take_the_choices_and_the_language_of_their_address) {
  EXPECT_THAT(calendar_at("/offers.ics?courses=1&lang=sv"),
              AllOf(HasSubstr("X-WR-CALNAME:Evenemang"), HasSubstr("DESCRIPTION:Kurs\r\n"),
                    Not(HasSubstr("Kesäkonsertti"))));
  EXPECT_THAT(calendar_at(museum() + ".ics"),
              AllOf(HasSubstr("X-WR-CALNAME:Taidemuseo"), HasSubstr("Kesäkonsertti"),
                    Not(HasSubstr("Keramiikkakurssi"))));
  EXPECT_THAT(calendar_at(concert() + ".ics"), HasSubstr("LOCATION:Taidemuseo\\, Mikkeli\r\n"));
  EXPECT_THAT(calendar_at("/places/" + std::to_string(net.pool.value) + ".ics"),
              Not(HasSubstr("BEGIN:VEVENT")));
}

}  // namespace
}  // namespace kaiku::test
