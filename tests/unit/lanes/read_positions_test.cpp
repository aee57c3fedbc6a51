// Who reads at the position of a write sees it, or hears that it has not come.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <vector>

#include "server/lanes/read_lanes.hpp"
#include "tests/support/settle.hpp"
#include "tests/unit/lanes/lane_fixture.hpp"

namespace kaiku::lanes {
namespace {

struct ReadPositions : Lane {
  std::int64_t offices_in(ledger::ReadTx& tx) {
    return test::count_rows(tx.connection(), "SELECT COUNT(*) FROM office");
  }
  Position written(WriterLane& writer, std::string const& name) {
    std::promise<Position> told;
    writer.post(adding_office(name), [&](JobEnd end, Position position) {
      EXPECT_EQ(end, JobEnd::committed);
      told.set_value(position);
    });
    return told.get_future().get();
  }
  telemetry::Log log{-1};
  telemetry::Metrics metrics;
  telemetry::FaultReport faults{log, metrics};
};

TEST_F(ReadPositions, a_commit_tells_how_far_it_reached) {
  auto writer = open(database.settings());
  auto const first = written(*writer, "A");
  EXPECT_EQ(first.number, 1);
  EXPECT_EQ(written(*writer, "B").number, 2);
}

TEST_F(ReadPositions, a_read_waits_for_the_write_that_it_asks_for) {
  auto writer = open(database.settings());
  ReadLanes readers(database.file, database.keys, 1, 16);
  constexpr std::int64_t given_up = -1;
  std::int64_t seen = given_up;
  std::int64_t expected = 0;
  // Once, unless the machine is so busy that a write takes a second.
  for (int tries = 0; seen == given_up && tries < 10; ++tries) {
    Position const next{written(*writer, "A").number + 1};
    std::promise<std::int64_t> read;
    ASSERT_TRUE(readers.post([&](ledger::ReadTx& tx) { read.set_value(offices_in(tx)); }, next,
                             [&] { read.set_value(given_up); }));
    readers.run([](ledger::ReadTx&) {});  // it does not hold the lane while it waits
    test::settle(*writer, adding_office("B"));
    expected += 2;
    seen = read.get_future().get();
  }
  EXPECT_EQ(seen, expected);
}

TEST_F(ReadPositions, a_read_after_a_write_sees_it_under_many_writers) {
  constexpr int threads = 8;
  constexpr int writes = 50;
  ReadLanes readers(database.file, database.keys, 2, threads * writes);
  auto writer = open(database.settings());
  std::atomic<int> seen = 0;
  std::atomic<int> unseen = 0;
  auto const read_at = [&](Position position, std::string const& name) {
    return readers.post(
        [&, name](ledger::ReadTx& tx) {
          auto row = tx.prepare("SELECT COUNT(*) FROM office WHERE name = ?1");
          row.with(name).step();
          ++(row.integer(0) == 1 ? seen : unseen);
        },
        position, [&] { ++unseen; });
  };
  std::vector<std::thread> writing;
  for (int t = 0; t < threads; ++t) {
    writing.emplace_back([&, t] {
      for (int i = 0; i < writes; ++i) {
        auto const name = std::to_string(t) + " " + std::to_string(i);
        EXPECT_TRUE(writer->post(adding_office(name), [&, name](JobEnd, Position position) {
          EXPECT_TRUE(read_at(position, name));
        }));
      }
    });
  }
  for (std::thread& thread : writing) thread.join();
  writer->stop();
  readers.stop();
  EXPECT_EQ(seen, threads * writes);
  EXPECT_EQ(unseen, 0);
}

TEST_F(ReadPositions, who_waits_for_one_that_never_comes_hears_of_it_and_the_lane_goes_on) {
  auto writer = open(database.settings());
  ReadLanes readers(database.file, database.keys, 1, 16, "kaiku-read", faults);
  Position const never{written(*writer, "A").number + 1};
  std::promise<bool> ran;
  ASSERT_TRUE(readers.post([&](ledger::ReadTx&) { ran.set_value(true); }, never,
                           [&] { ran.set_value(false); }));
  EXPECT_FALSE(ran.get_future().get());
  EXPECT_THAT(metrics.text(), ::testing::HasSubstr("kaiku_read_behind_total 1"));
  std::int64_t seen = 0;
  readers.run([&](ledger::ReadTx& tx) { seen = offices_in(tx); });
  EXPECT_EQ(seen, 1);
}

TEST_F(ReadPositions, a_lane_that_stops_waits_for_none) {
  ReadLanes readers(database.file, database.keys, 1, 16, "kaiku-read", faults);
  std::promise<bool> ran;
  ASSERT_TRUE(readers.post([&](ledger::ReadTx&) { ran.set_value(true); }, Position{1},
                           [&] { ran.set_value(false); }));
  readers.stop();
  EXPECT_FALSE(ran.get_future().get());
}

}  // namespace
}  // namespace kaiku::lanes
