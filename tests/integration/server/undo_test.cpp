// Taking back what was given by mistake.
#include <gmock/gmock.h>

#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::ElementsAre;

class Undo : public ServerTest {
 protected:
  std::string use(Json const& more = Json::object()) {
    auto const reply = redeem(net.codes[0], net.museum, more);
    EXPECT_EQ(reply.status, 201) << reply;
    return std::to_string(reply.body.value("redemption_id", 0));
  }
  Reply undo(Sender const& who, std::string const& id, std::string const& reason = "mistake") {
    return post(who, "/api/v1/redemptions/" + id + "/void", {{"reason", reason}});
  }
  int places_used() {
    return get(as("museum_staff"), "/api/v1/events/" + std::to_string(net.concert.value))
        .body.at("places_used");
  }
};

TEST_F(Undo, gives_places_limits_and_children_back) {
  registered(1, 2);
  Json const ask{{"event_id", net.concert.value}, {"tickets", {{"adult", 1}, {"child", 2}}}};
  auto const id = use(ask);
  EXPECT_EQ(places_used(), 3);
  EXPECT_EQ(redeem(net.codes[0], net.museum, ask).answer(), "children_over_limit");
  auto const undone = undo(agent(), id);
  ASSERT_EQ(undone.status, 200) << undone;
  EXPECT_EQ(undone.body.at("undone"), true);
  EXPECT_EQ(undone.body.at("tickets").at("child"), 2);
  EXPECT_EQ(places_used(), 0);
  EXPECT_EQ(redeem(net.codes[0], net.museum, ask).status, 201);
}

TEST_F(Undo, gives_a_limit_of_the_venue_back) {
  registered(1);
  auto const path = "/api/v1/venues/" + std::to_string(net.museum.value);
  auto const etag = get(as("coordinator"), path).header("etag");
  ASSERT_EQ(
      patch(as("coordinator"), path, {{"limit", {{"count", 1}, {"period", "month"}}}}, etag).status,
      200);
  auto const id = use();
  EXPECT_EQ(redeem(net.codes[0], net.museum).answer(), "limit_reached");
  ASSERT_EQ(undo(agent(), id).status, 200);
  EXPECT_EQ(redeem(net.codes[0], net.museum).status, 201);
}

TEST_F(Undo, is_for_the_account_that_gave_the_ticket) {
  registered(1);
  auto const id = use();
  auto const same_venue = undo(as("museum_staff"), id);
  EXPECT_EQ(same_venue.status, 403) << same_venue;
  EXPECT_EQ(undo(as("pool_staff"), id).status, 404);
  EXPECT_EQ(undo(far_agent(), id).status, 404);
  EXPECT_EQ(undo(as("far_coordinator"), id).status, 404);
  EXPECT_EQ(undo(agent(), id).status, 200);
}

TEST_F(Undo, is_open_for_fifteen_minutes_and_for_a_coordinator_later) {
  registered(1);
  auto const first = use();
  auto const second = use();
  advance(15 * minute_us);
  EXPECT_EQ(undo(agent(), first).status, 200);
  advance(second_us);
  auto const late = undo(agent(), second);
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.slug(), "undo-too-late");
  advance(30 * day_us);
  EXPECT_EQ(undo(as("coordinator"), second, "wrong_card").status, 200);
}

TEST_F(Undo, happens_once) {
  registered(1);
  auto const id = use();
  ASSERT_EQ(undo(agent(), id).status, 200);
  auto const before = sequence();
  auto const twice = undo(agent(), id);
  EXPECT_EQ(twice.status, 409);
  EXPECT_EQ(twice.slug(), "already-undone");
  EXPECT_EQ(undo(as("coordinator"), id).slug(), "already-undone");
  EXPECT_EQ(sequence(), before);
}

TEST_F(Undo, asks_for_a_reason_of_the_list_and_a_use_that_is_one) {
  registered(1);
  auto const id = use();
  EXPECT_THAT(undo(agent(), id, "just because").faults(), ElementsAre("/reason not_an_option"));
  EXPECT_EQ(undo(agent(), "999999").status, 404);
  EXPECT_EQ(undo(agent(), "1").status, 404);  // a ledger entry, but no use
  EXPECT_EQ(undo(agent(), "abc").status, 404);
}

TEST_F(Undo, takes_the_use_out_of_the_figures) {
  for (std::size_t n = 1; n <= 6; ++n) registered(n);
  std::string last;
  for (std::size_t n = 0; n < 6; ++n) {
    last = std::to_string(redeem(net.codes[n], net.museum).body.value("redemption_id", 0));
  }
  ASSERT_EQ(undo(agent(), last).status, 200);
  auto const figures = get(as("coordinator"), "/api/v1/reports/annual?year=2026").body;
  EXPECT_EQ(figures.at("taken_into_use"), 5);
  EXPECT_EQ(figures.at("uses").at("adult").at("culture"), 5);
}

}  // namespace
}  // namespace kaiku::test
