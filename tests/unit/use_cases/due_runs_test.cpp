// What is due is published by itself.
#include <gmock/gmock.h>

#include "server/ledger/ledger.hpp"
#include "server/tables/network.hpp"
#include "server/tables/report_runs.hpp"
#include "server/use_cases/publish_run.hpp"
#include "tests/support/card_office.hpp"

namespace kaiku::use_cases {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Ten cards were registered on 22.11.2026.
struct PublishedByItself : ::testing::Test, test::CardOffice {
  PublishedByItself() {
    for (int n = 0; n < 10; ++n) issue();
  }
  void go_to(Day day) { database.clock.advance(start_of(day) - database.clock.now()); }
  std::vector<std::string> published() {
    return write([](ledger::WriteTx& tx) {
      std::vector<std::string> names;
      for (auto const& run : tables::list_runs(tx)) names.push_back(text_of(run.name));
      return names;
    });
  }

  lanes::ReadLanes readers{database.file, database.keys, 1, 16, "test-read"};
  DueRuns runs{writer, readers, database.clock, telemetry::standard_faults()};
};

TEST_F(PublishedByItself, is_a_run_on_its_day_and_once) {
  go_to(day_from(2027, 3, 1).value());
  EXPECT_FALSE(runs.publish_next());
  EXPECT_THAT(published(), IsEmpty());
  go_to(day_from(2027, 3, 2).value());
  EXPECT_TRUE(runs.publish_next());
  EXPECT_FALSE(runs.publish_next());
  EXPECT_THAT(published(), ElementsAre("2026"));
}

// A file of one area may have been loaded, and that of the next not.
TEST_F(PublishedByItself, is_no_year_before_the_ledger_began) {
  write([](ledger::WriteTx& tx) {
    ledger::CardRegistered holder;
    holder.history = 1;
    holder.lineage = tx.random().bytes<16>();
    holder.area = tables::list_areas(tx).front().id;
    holder.municipality = "990";
    holder.registered_on = day_from(2019, 3, 5).value();
    ledger::append(tx, {}, holder);
    return true;
  });
  go_to(day_from(2027, 3, 2).value());
  EXPECT_TRUE(runs.publish_next());
  EXPECT_FALSE(runs.publish_next());
  EXPECT_THAT(published(), ElementsAre("2026"));
}

TEST_F(PublishedByItself, is_not_tried_again_for_an_hour_where_it_cannot_be_drawn) {
  go_to(day_from(2027, 3, 2).value());
  readers.stop();
  EXPECT_THROW(runs.publish_next(), std::runtime_error);
  database.clock.advance(59 * minute_us);
  EXPECT_FALSE(runs.publish_next());
  database.clock.advance(minute_us);
  EXPECT_THROW(runs.publish_next(), std::runtime_error);
}

}  // namespace
}  // namespace kaiku::use_cases
