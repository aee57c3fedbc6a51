// The lists beside the figures: what each tells, to whom, and what it keeps to itself.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ReportLists : public NetworkPages {
 protected:
  static constexpr char silent_[] = "/api/v1/reports/silent-venues";
  static constexpr char untaken_[] = "/api/v1/reports/offers-without-takers";
  static constexpr char quota_[] = "/api/v1/reports/quota-use";
  static constexpr char unused_[] = "/api/v1/reports/unused";

  Json list(std::string const& path, std::string const& who = "coordinator") {
    auto const reply = get(as(who), path);
    EXPECT_EQ(reply.status, 200) << path << reply;
    return reply.body;
  }
  // One member of each item.
  static std::vector<Json> each(Json const& items, char const* name) {
    std::vector<Json> found;
    for (auto const& item : items) found.push_back(item.at(name));
    return found;
  }
  std::vector<Json> silent(std::string const& query = "", std::string const& who = "coordinator") {
    return each(list(silent_ + query, who).at("venues"), "venue_id");
  }
  void come_to_the_concert(std::size_t card) {
    ASSERT_EQ(redeem(registered(card), net.museum, {{"event_id", net.concert.value}}).status, 201);
  }
  Json concert(Sender const& who) {
    return get(who, "/api/v1/events/" + std::to_string(net.concert.value)).body;
  }
  void set_quota(int quota) {
    auto const path = "/api/v1/events/" + std::to_string(net.concert.value);
    auto const tag = get(as("museum_staff"), path).header("etag");
    ASSERT_EQ(patch(as("museum_staff"), path, {{"quota", quota}}, tag).status, 200);
  }
};

// It is Monday 15.6.2026, and all venues are of today.
TEST_F(ReportLists, silent_venues_stand_still_from_monday_to_monday) {
  EXPECT_EQ(list(silent_).at("as_of"), "2026-06-14");
  EXPECT_THAT(silent("?silent_for=ever"), IsEmpty()) << "last Sunday there were none";
  auto const card = registered(1);
  advance(35 * day_us);
  EXPECT_EQ(list(silent_).at("as_of"), "2026-07-19");
  EXPECT_EQ(list(silent_).at("counts").at("4"), 4);
  EXPECT_EQ(list(silent_).at("counts").at("8"), 0);
  EXPECT_EQ(list(silent_).at("counts").at("ever"), 4);
  ASSERT_EQ(redeem(card, net.pool).status, 201);
  advance(6 * day_us);
  EXPECT_EQ(silent().size(), 4U) << "that somebody came this week is told next week";
  advance(day_us);
  EXPECT_EQ(list(silent_).at("as_of"), "2026-07-26");
  EXPECT_THAT(silent(), Not(::testing::Contains(net.pool.value)));
  EXPECT_EQ(silent().size(), 3U);
  EXPECT_EQ(silent("?area=POHJOLA", "national"), std::vector<Json>{net.far_theatre.value});
}

TEST_F(ReportLists, silent_venues_tell_no_day_and_no_count) {
  auto const card = registered(1);
  ASSERT_EQ(redeem(card, net.pool).status, 201);
  advance(63 * day_us);
  auto const venues = list(silent_ + std::string("?silent_for=8")).at("venues");
  ASSERT_EQ(venues.size(), 4U);
  for (auto const& row : venues) {
    std::vector<std::string> names;
    for (auto const& [name, value] : row.items()) names.push_back(name);
    EXPECT_THAT(names, ElementsAre("area", "contact_role", "door", "name", "sector", "venue_id",
                                   "work_contact"));
    EXPECT_EQ(row.at("door"), "none");
  }
  auto const page = text_in(get(as("coordinator"), "/figures/silent?silent_for=4").text);
  EXPECT_THAT(page, AllOf(HasSubstr("Hiljaiset kohteet"), HasSubstr("Tilanne 16.8.2026."),
                          HasSubstr("Rantakeitaan uimahalli"), HasSubstr("Ei laitetta"),
                          HasSubstr("4 viikkoa (4)"), Not(HasSubstr("15.6."))));
  EXPECT_THAT(get(as("far_coordinator"), "/figures/silent?silent_for=4&area=ETELA").text,
              Not(HasSubstr("Rantakeitaan")));
}

TEST_F(ReportLists, an_empty_list_of_silent_venues_says_when_the_next_one_comes) {
  EXPECT_THAT(text_in(get(as("coordinator"), "/figures/silent").text),
              HasSubstr("Kaikki kohteet ovat kirjanneet käyttöjä. Lista päivittyy 22.6.2026."));
}

TEST_F(ReportLists, silent_venues_are_for_those_in_charge_of_the_area) {
  EXPECT_EQ(get(as("far_coordinator"), silent_ + std::string("?area=ETELA")).slug(), "forbidden");
  EXPECT_EQ(get(as("museum_staff"), silent_).slug(), "forbidden");
  EXPECT_EQ(get(as("museum_staff"), "/figures/silent").status, 403);
  EXPECT_THAT(get(as("national"), silent_ + std::string("?area=ITA")).faults(),
              ElementsAre("/area not_found"));
  EXPECT_THAT(get(as("national"), silent_ + std::string("?silent_for=5")).faults(),
              ElementsAre("/silent_for not_an_option"));
}

TEST_F(ReportLists, offers_without_takers_are_of_days_that_are_over) {
  come_to_the_concert(1);
  EXPECT_THAT(list(untaken_).at("items"), IsEmpty()) << "the lecture is of today";
  advance(day_us);
  auto const items = list(untaken_).at("items");
  EXPECT_THAT(each(items, "event_id"), ElementsAre(net.lecture.value));
  EXPECT_EQ(items.at(0).at("day"), "2026-06-15");
  EXPECT_EQ(items.at(0).at("offered"), 12);
  EXPECT_FALSE(items.at(0).contains("used"));
  EXPECT_THAT(list(untaken_, "museum_staff").at("items"), IsEmpty()) << "another venue's";
  EXPECT_EQ(get(as("museum_staff"), untaken_ + std::string("?area=ETELA")).slug(), "forbidden");
  EXPECT_THAT(text_in(get(as("coordinator"), "/figures/offers").text),
              AllOf(HasSubstr("Keramiikkakurssi"), HasSubstr("Kansalaisopisto"),
                    HasSubstr("15.6.2026"), Not(HasSubstr("Kesäkonsertti"))));
  EXPECT_THAT(text_in(get(as("museum_staff"), "/figures/offers").text),
              HasSubstr("Tapahtuma tulee listalle seuraavana päivänä."));
}

TEST_F(ReportLists, offers_without_takers_come_in_pages) {
  advance(day_us);
  auto const first = list(untaken_ + std::string("?limit=1"));
  ASSERT_EQ(first.at("items").size(), 1U);
  auto const next = first.at("next").get<std::string>();
  auto const second = list(untaken_ + std::string("?limit=1&cursor=") + next);
  ASSERT_EQ(second.at("items").size(), 1U);
  EXPECT_NE(first.at("items").at(0).at("event_id"), second.at("items").at(0).at("event_id"));
}

TEST_F(ReportLists, the_use_of_a_quota_is_exact_for_the_venue_alone) {
  come_to_the_concert(1);
  auto const own = list(quota_, "museum_staff").at("items");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own.at(0).at("used"), 1);
  EXPECT_EQ(own.at(0).at("reserved"), 0);
  EXPECT_EQ(own.at(0).at("returned"), 0);
  EXPECT_EQ(own.at(0).at("band"), nullptr);
  EXPECT_THAT(list(quota_).at("items"), IsEmpty()) << "the day is not over";
  EXPECT_THAT(text_in(get(as("coordinator"), "/figures/quota").text),
              HasSubstr("Menneitä kiintiöllisiä tapahtumia ei ole."));
  advance(day_us);
  auto const items = list(quota_).at("items");
  EXPECT_THAT(each(items, "event_id"), ElementsAre(net.lecture.value, net.concert.value));
  EXPECT_THAT(each(items, "band"), ElementsAre("none", "used")) << "fewer than twenty places";
  for (auto const* name : {"used", "reserved", "returned"}) {
    for (auto const& value : each(items, name)) EXPECT_EQ(value, nullptr) << name;
  }
  set_quota(20);
  EXPECT_THAT(each(list(quota_).at("items"), "band"), ElementsAre("none", "to_quarter"));
  EXPECT_THAT(text_in(get(as("coordinator"), "/figures/quota").text),
              AllOf(HasSubstr("Enintään neljännes"), HasSubstr("Ei käyttöä")));
  EXPECT_THAT(
      text_in(get(as("museum_staff"), "/figures/quota").text),
      AllOf(HasSubstr("Kesäkonsertti"), HasSubstr("Palautunut"), Not(HasSubstr("neljännes"))));
}

TEST_F(ReportLists, how_many_came_to_an_event_is_told_at_the_venue_alone) {
  come_to_the_concert(1);
  for (auto const& who : {as("museum_staff"), agent()}) {
    EXPECT_EQ(concert(who).at("places_used"), 1);
    EXPECT_EQ(concert(who).at("quota_left"), 9);
  }
  for (auto const* who : {"coordinator", "national", "admin"}) {
    auto const event = concert(as(who));
    EXPECT_EQ(event.at("places_used"), nullptr) << who;
    EXPECT_EQ(event.at("quota"), 10) << who;
    EXPECT_FALSE(event.contains("quota_left")) << who;
    for (auto const& item : list("/api/v1/events", who).at("items")) {
      EXPECT_EQ(item.at("places_used"), nullptr) << who;
    }
  }
  auto const path = "/events/" + std::to_string(net.concert.value);
  EXPECT_THAT(text_in(get(as("coordinator"), path).text),
              AllOf(HasSubstr("Kiintiö on 10."), Not(HasSubstr("1/10"))));
  EXPECT_THAT(text_in(get(as("museum_staff"), path).text),
              HasSubstr("Kiintiöstä on käytetty 1/10."));
  EXPECT_THAT(get(as("coordinator"), "/events").text, Not(HasSubstr("1/10")));
  EXPECT_THAT(get(as("museum_staff"), "/events").text, HasSubstr("1/10"));
  EXPECT_THAT(
      text_in(get(as("coordinator"), path + "/cancel").text),
      AllOf(HasSubstr("Annetut liput jäävät kirjanpitoon."), Not(HasSubstr("Lippuja on annettu"))));
}

TEST_F(ReportLists, a_quota_below_its_use_is_no_number_to_a_coordinator) {
  for (std::size_t card = 1; card <= 3; ++card) come_to_the_concert(card);
  auto const path = "/api/v1/events/" + std::to_string(net.concert.value);
  auto const tag = get(as("coordinator"), path).header("etag");
  auto const less = patch(as("coordinator"), path, {{"quota", 2}}, tag);
  EXPECT_EQ(less.status, 200) << less;
  EXPECT_FALSE(less.body.contains("warning"));
  auto const page =
      change("coordinator", "/events/" + std::to_string(net.concert.value), {{"quota", "1"}});
  EXPECT_THAT(text_in(page.text), HasSubstr("Kiintiöstä on käytetty tai varattu enemmän."));
}

TEST_F(ReportLists, unused_cards_are_the_offices_own_and_fixed_on_the_first_of_the_month) {
  auto const unused = registered(1);
  ASSERT_EQ(redeem(registered(2), net.pool).status, 201);
  EXPECT_EQ(list(unused_, "worker").at("count"), 0) << "not sixty days old";
  advance(80 * day_us);  // 3 September
  auto const found = list(unused_, "worker");
  EXPECT_EQ(found.at("as_of"), "2026-09-01");
  EXPECT_EQ(found.at("count"), 1);
  ASSERT_EQ(found.at("items").size(), 1U);
  auto const& card = found.at("items").at(0);
  EXPECT_EQ(card.at("card"), "…" + unused.substr(unused.size() - 3));
  EXPECT_EQ(card.at("issued_in"), "2026-06");
  ASSERT_EQ(redeem(unused, net.pool).status, 201);
  EXPECT_EQ(list(unused_, "worker").at("count"), 1) << "a visit is told by no list";
  advance(28 * day_us);  // 1 October
  EXPECT_EQ(list(unused_, "worker").at("count"), 0);
  EXPECT_EQ(list(unused_, "other_worker").at("count"), 0);
  for (auto const* who : {"coordinator", "national", "museum_staff"}) {
    EXPECT_EQ(get(as(who), unused_).slug(), "forbidden") << who;
  }
}

TEST_F(ReportLists, unused_cards_come_in_pages_and_each_look_is_written) {
  for (std::size_t card = 1; card <= 3; ++card) registered(card);
  advance(80 * day_us);
  auto const before = sequence();
  auto const first = list(unused_ + std::string("?limit=2"), "worker");
  EXPECT_EQ(sequence(), before + 1);
  EXPECT_EQ(first.at("items").size(), 2U);
  EXPECT_EQ(first.at("count"), 3);
  auto const next = first.at("next").get<std::string>();
  auto const second = list(unused_ + std::string("?limit=2&cursor=") + next, "worker");
  EXPECT_EQ(second.at("items").size(), 1U);
  EXPECT_EQ(second.at("next"), nullptr);
}

TEST_F(ReportLists, the_figures_lead_to_those_that_the_reader_may_see) {
  EXPECT_THAT(get(as("coordinator"), "/figures").text,
              AllOf(HasSubstr("Muut raportit"), HasSubstr("href=\"/figures/silent\""),
                    HasSubstr("href=\"/figures/offers\""), HasSubstr("href=\"/figures/quota\"")));
  EXPECT_THAT(get(as("national"), "/figures?area=ETELA").text,
              HasSubstr("href=\"/figures/silent?area=ETELA\""));
  EXPECT_THAT(get(as("museum_staff"), "/figures").text,
              AllOf(HasSubstr("href=\"/figures/quota\""), Not(HasSubstr("/figures/silent"))));
}

TEST_F(ReportLists, what_is_left_of_a_batch_is_told_in_tens) {
  registered(1);
  auto const path = "/card-batches/" + std::to_string(net.batch.value);
  EXPECT_EQ(list("/api/v1" + path).at("in_stock"), 50) << "59, in tens";
  auto const free = "/api/v1/card-batches/" + std::to_string(net.free_batch.value);
  EXPECT_EQ(list(free).at("in_stock"), 0) << "five";
  auto const page = text_in(get(as("coordinator"), "/batches").text);
  EXPECT_THAT(page, AllOf(HasSubstr("50+"), HasSubstr("alle 10"), Not(HasSubstr("59"))));
}

}  // namespace
}  // namespace kaiku::test
