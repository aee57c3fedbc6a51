// A demo folder that is opened again goes on with what it has.
#include "server/demo/demo_history.hpp"

#include <gtest/gtest.h>

#include "server/ledger/ledger.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::demo {
namespace {

TEST(DemoHistory, goes_on_in_a_folder_from_before_a_venue_was_planned) {
  test::TemporaryFolder folder;
  auto const until = instant_from_rfc3339("2026-11-22T06:00:00Z").value();
  auto const from = until + -2 * day_us;
  DemoClock clock(from);
  SeededRandom random(1);
  SeededRandom choices(2);
  Installation installation(folder.path(), "kaiku", clock, random, {}, {2, 1, 1});
  DemoWorld world;
  installation.write([&](ledger::WriteTx& tx) {
    ledger::append(tx, domain::Actor{}, test::an_area());
    VenueId const venue{ledger::append(tx, domain::Actor{}, test::a_venue()).sequence};
    domain::Caller staff;
    staff.role = domain::Role::venue_staff;
    staff.actor = {domain::ActorKind::account, 1};
    staff.area = AreaId{"KEHA"};
    staff.venues = {venue};
    world.venues.push_back({venue, AreaId{"KEHA"}, "", "", staff});
    return true;
  });
  ASSERT_LT(world.venues.size(), venue_plans().size());
  ASSERT_TRUE(venue_plans().front().has_events);

  DemoHistory(installation, clock, world, choices, until).go_on(from);

  EXPECT_FALSE(world.events.empty());
  for (DemoEvent const& event : world.events) {
    EXPECT_EQ(event.venue, 0U);
    EXPECT_TRUE(event.id) << "it was entered";
  }
}

}  // namespace
}  // namespace kaiku::demo
