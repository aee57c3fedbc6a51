// What fails on a lane is told, and ends nothing but itself.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>

#include "server/lanes/read_lanes.hpp"
#include "server/lanes/work_lane.hpp"
#include "tests/unit/lanes/lane_fixture.hpp"

namespace kaiku::lanes {
namespace {

using ::testing::HasSubstr;

struct FaultsOfLanes : Lane {
  WriterLane::Settings settings() {
    auto settings = database.settings();
    settings.faults = &faults;
    return settings;
  }
  telemetry::Log log{-1};
  telemetry::Metrics metrics;
  telemetry::FaultReport faults{log, metrics};
};

TEST_F(FaultsOfLanes, a_job_that_throws_is_told) {
  auto lane = open(settings());
  lane->post([](ledger::WriteTx&) -> bool { throw std::runtime_error("broken"); }, {});
  lane->post(
      [](ledger::WriteTx& tx) {
        tx.prepare("INSERT INTO setting VALUES ('a', NULL)").run();
        return true;
      },
      {});
  lane->stop();
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_job_failed_total 2"));
}

TEST_F(FaultsOfLanes, a_commit_that_fails_is_told) {
  auto lane = open(settings());
  auto const end = lane->run([](ledger::WriteTx& tx) {
    sqlite3_commit_hook(
        tx.connection().native(), [](void*) { return 1; }, nullptr);
    return true;
  });
  EXPECT_EQ(end, JobEnd::failed);
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_commit_failed_total 1"));
  EXPECT_EQ(lane->run([](ledger::WriteTx& tx) {
    sqlite3_commit_hook(tx.connection().native(), nullptr, nullptr);
    return false;
  }),
            JobEnd::rolled_back);
}

TEST_F(FaultsOfLanes, an_answer_that_throws_takes_no_other_along) {
  auto lane = open(settings());
  hold(*lane);
  JobEnd other = JobEnd::failed;
  lane->post(adding_office("A"), [](JobEnd, Position) { throw std::runtime_error("rendering"); });
  lane->post(adding_office("B"), [&](JobEnd end, Position) { other = end; });
  gate.set_value();
  lane->stop();
  EXPECT_EQ(other, JobEnd::committed);
  EXPECT_EQ(offices(), 2);
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_answer_failed_total 1"));
}

TEST_F(FaultsOfLanes, what_reads_or_works_and_throws_is_told_and_the_lane_goes_on) {
  auto lane = open(settings());
  ReadLanes readers(database.file, database.keys, 1, 16, "kaiku-read", faults);
  WorkLane workers(1, 16, "kaiku-work", faults);
  readers.post([](ledger::ReadTx&) { throw std::runtime_error("broken"); });
  readers.post([](ledger::ReadTx& tx) { tx.prepare("SELECT * FROM no_such_table").step(); });
  workers.post([] { throw std::runtime_error("broken"); });
  bool read = false;
  bool worked = false;
  readers.run([&](ledger::ReadTx&) { read = true; });
  workers.post([&] { worked = true; });
  workers.stop();
  EXPECT_TRUE(read);
  EXPECT_TRUE(worked);
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_read_job_failed_total 1"));
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_read_failed_total 1"));
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_work_failed_total 1"));
}

TEST_F(FaultsOfLanes, who_waits_for_a_read_that_never_runs_hears_of_it) {
  auto lane = open(settings());
  ReadLanes readers(database.file, database.keys, 1, 16, "kaiku-read", faults);
  readers.run([](ledger::ReadTx& tx) {
    // From now on the connection may begin nothing.
    sqlite3_set_authorizer(
        tx.connection().native(),
        [](void*, int action, char const*, char const*, char const*, char const*) {
          return action == SQLITE_TRANSACTION ? SQLITE_DENY : SQLITE_OK;
        },
        nullptr);
  });
  EXPECT_THROW(readers.run([](ledger::ReadTx&) {}), std::future_error);
}

}  // namespace
}  // namespace kaiku::lanes
