// Areas, offices, venues and events as their people keep them, and lists that can be paged through.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class NetworkKeeping : public ServerTest {
 protected:
  // The ids of a whole list, page by page.
  std::vector<std::int64_t> all(Sender const& who, std::string const& path, int limit) {
    std::vector<std::int64_t> ids;
    auto const first = path + "?limit=" + std::to_string(limit);
    for (auto next = first; !next.empty();) {
      auto const page = get(who, next);
      EXPECT_EQ(page.status, 200) << page;
      if (page.status != 200 || ids.size() > 1'000) break;
      EXPECT_LE(page.body.at("items").size(), static_cast<std::size_t>(limit));
      for (auto const& item : page.body.at("items")) ids.push_back(item.at("id"));
      auto const cursor = page.body.at("next");
      next = cursor.is_null() ? "" : first + "&cursor=" + cursor.get<std::string>();
    }
    return ids;
  }
  Reply change(std::string const& who, std::string const& path, Json const& body) {
    return patch(as(who), path, body, get(as(who), path).header("etag"));
  }
  std::string concert() const { return "/api/v1/events/" + std::to_string(net.concert.value); }
};

TEST_F(NetworkKeeping, lists_are_paged_through_without_gap_or_double) {
  std::vector<std::int64_t> const south{net.pool.value, net.museum.value, net.college.value,
                                        net.science.value};
  auto everywhere = south;
  everywhere.push_back(net.far_theatre.value);
  for (int const limit : {1, 2, 3, 200}) {
    EXPECT_EQ(all(as("coordinator"), "/api/v1/venues", limit), south) << limit;
    EXPECT_EQ(all(agent(), "/api/v1/venues", limit), south) << limit;
    EXPECT_EQ(all(as("national"), "/api/v1/venues", limit), everywhere) << limit;
    EXPECT_THAT(all(far_agent(), "/api/v1/venues", limit), ElementsAre(net.far_theatre.value));
    EXPECT_THAT(all(as("far_staff"), "/api/v1/venues", limit), ElementsAre(net.far_theatre.value));
    EXPECT_THAT(all(agent(), "/api/v1/events", limit),
                ElementsAre(net.concert.value, net.lecture.value));
    EXPECT_THAT(all(far_agent(), "/api/v1/events", limit), ElementsAre(net.far_play.value));
    EXPECT_EQ(all(as("national"), "/api/v1/accounts", limit).size(), 10u);
    EXPECT_EQ(all(as("national"), "/api/v1/offices", limit).size(), 3u);
    EXPECT_EQ(all(as("coordinator"), "/api/v1/offices", limit).size(), 2u);
    EXPECT_EQ(all(as("coordinator"), "/api/v1/card-batches", limit).size(), 2u);
    EXPECT_EQ(all(as("far_coordinator"), "/api/v1/card-batches", limit).size(), 0u);
    EXPECT_EQ(all(as("national"), "/api/v1/api-keys", limit).size(), 2u);
  }
}

TEST_F(NetworkKeeping, a_quota_in_per_cent_is_worked_out_from_the_capacity) {
  auto const reply = change("museum_staff", concert(), {{"capacity", 99}, {"quota_percent", 10}});
  ASSERT_EQ(reply.status, 200) << reply;
  EXPECT_EQ(reply.body.at("quota"), 9);
  EXPECT_EQ(reply.body.at("quota_left"), 9);
  Json const event{{"venue_id", net.museum.value},
                   {"title", {{"fi", "Ilta"}}},
                   {"starts_at", ago(0)},
                   {"quota_percent", 10}};
  EXPECT_THAT(post(as("museum_staff"), "/api/v1/events", event).faults(),
              ElementsAre("/capacity required"));
  EXPECT_THAT(change("museum_staff", concert(), {{"quota", 5}, {"quota_percent", 5}}).faults(),
              ElementsAre("/quota choose_one"));
}

TEST_F(NetworkKeeping, a_cancelled_or_sold_out_event_gives_no_tickets) {
  auto const code = registered(1);
  Json const ask{{"event_id", net.concert.value}};
  ASSERT_EQ(change("museum_staff", concert(), {{"sold_out", true}}).status, 200);
  EXPECT_EQ(redeem(code, net.museum, ask).answer(), "quota_full");
  ASSERT_EQ(change("museum_staff", concert(), {{"sold_out", false}, {"cancelled", true}}).status,
            200);
  EXPECT_THAT(redeem(code, net.museum, ask).faults(), ElementsAre("/event_id event_cancelled"));
}

TEST_F(NetworkKeeping, a_venue_that_has_left_gives_no_tickets_and_takes_late_forms) {
  auto const code = registered(1);
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  advance(hour_us);
  ASSERT_EQ(change("coordinator", path, {{"active", false}}).status, 200);
  EXPECT_THAT(redeem(code, net.museum).faults(), ElementsAre("/venue_id venue_closed"));
  EXPECT_EQ(redeem(code, net.museum, {{"occurred_at", ago(30 * minute_us)}}).status, 201);
}

TEST_F(NetworkKeeping, a_changed_period_of_validity_holds_for_cards_issued_from_then_on) {
  auto const before = registered(1);
  auto const area = get(as("coordinator"), "/api/v1/areas/ETELA");
  ASSERT_EQ(patch(as("coordinator"), "/api/v1/policies/ETELA", {{"fixed_end", "2026-08-31"}},
                  area.header("etag"))
                .status,
            200);
  EXPECT_EQ(register_stock(2).body.at("last_valid_day"), "2026-08-31");
  EXPECT_EQ(get(as("worker"), "/api/v1/cards/" + before).body.at("last_valid_day"), "2027-06-14");
}

TEST_F(NetworkKeeping, an_area_without_companions_refuses_them_by_field) {
  auto const code = registered(1);
  auto const area = get(as("coordinator"), "/api/v1/areas/ETELA");
  ASSERT_EQ(patch(as("coordinator"), "/api/v1/policies/ETELA", {{"companion_allowed", false}},
                  area.header("etag"))
                .status,
            200);
  EXPECT_THAT(redeem(code, net.museum, {{"tickets", {{"adult", 1}, {"companion", 1}}}}).faults(),
              ElementsAre("/tickets/companion not_allowed_here"));
}

TEST_F(NetworkKeeping, a_municipality_belongs_to_one_area) {
  Json const town{{"code", "491"}, {"name", {{"fi", "Mikkeli"}}}};
  Json const area{{"id", "UUSI"}, {"name", {{"fi", "Uusi"}}}, {"municipalities", {town}}};
  EXPECT_THAT(post(as("national"), "/api/v1/areas", area).faults(),
              ElementsAre("/municipalities taken"));
  Json const office{
      {"area_id", "ETELA"}, {"municipality", "698"}, {"postcode", "96100"}, {"name", "Väärä"}};
  EXPECT_THAT(post(as("coordinator"), "/api/v1/offices", office).faults(),
              ElementsAre("/municipality outside_area"));
}

}  // namespace
}  // namespace kaiku::test
