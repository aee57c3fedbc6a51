#include "server/lanes/read_lanes.hpp"
#include "server/lanes/upkeep.hpp"
#include "server/lanes/work_lane.hpp"
#include "server/lanes/writer_lane.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <future>
#include <thread>

#include "server/ledger/checkpoint.hpp"
#include "server/sql/durable_file.hpp"
#include "tests/support/settle.hpp"
#include "tests/unit/lanes/lane_fixture.hpp"

namespace kaiku::lanes {
namespace {

TEST_F(Lane, tells_of_a_commit_only_after_others_can_see_it) {
  auto lane = open(database.settings());
  std::promise<std::int64_t> seen;
  ASSERT_TRUE(lane->post(adding_office("A"), [&](JobEnd end, Position) {
    EXPECT_EQ(end, JobEnd::committed);
    seen.set_value(offices());
  }));
  EXPECT_EQ(seen.get_future().get(), 1);
}

TEST_F(Lane, keeps_exactly_the_good_jobs_of_a_mixed_batch) {
  auto lane = open(database.settings());
  hold(*lane);
  std::vector<JobEnd> ends;
  auto const note = [&ends](JobEnd end, Position) { ends.push_back(end); };
  lane->post(adding_office("A"), note);
  lane->post(
      [](ledger::WriteTx& tx) {
        ledger::append(tx, domain::Actor{}, test::an_office("refused"));
        return false;
      },
      note);
  lane->post(adding_office("B"), note);
  lane->post(
      [](ledger::WriteTx& tx) -> bool {
        ledger::append(tx, domain::Actor{}, test::an_office("thrown"));
        throw std::runtime_error("broken");
      },
      note);
  lane->post(
      [](ledger::WriteTx& tx) {
        tx.prepare("INSERT INTO setting VALUES (?1, ?1)").with("x").run();
        tx.prepare("INSERT INTO setting VALUES (?1, ?1)").with("x").run();  // breaks the key
        return true;
      },
      note);
  lane->post(adding_office("C"), note);
  gate.set_value();
  lane->stop();
  EXPECT_EQ(ends, (std::vector<JobEnd>{JobEnd::committed, JobEnd::rolled_back, JobEnd::committed,
                                       JobEnd::failed, JobEnd::failed, JobEnd::committed}));
  EXPECT_EQ(offices(), 3);
  EXPECT_EQ(entries(), 3) << "sequences follow on without a gap";
  auto const counts = lane->counts();
  EXPECT_EQ(counts.jobs, 7U);
  EXPECT_EQ(counts.failed_jobs, 2U);
  EXPECT_EQ(counts.commits, 2U) << "one for the holding job, one for the whole batch";

  sql::Connection reader(database.file.string(), sql::OpenMode::read_write);
  reader.execute("DELETE FROM setting");
  ledger::LedgerEnd const stored = ledger::load_ledger_end(reader);
  reader.execute("DELETE FROM merkle_frontier");
  EXPECT_EQ(stored.frontier(), ledger::load_ledger_end(reader).frontier())
      << "as recomputed from nothing";
}

TEST_F(Lane, runs_a_job_and_hands_on_what_it_threw) {
  auto lane = open(database.settings());
  EXPECT_EQ(lane->run(adding_office("A")), JobEnd::committed);
  EXPECT_EQ(lane->run([](ledger::WriteTx&) { return false; }), JobEnd::rolled_back);
  EXPECT_THROW(test::settle(*lane, [](ledger::WriteTx&) -> bool { throw std::domain_error("no"); }),
               std::domain_error);
  EXPECT_EQ(lane->run(adding_office("B")), JobEnd::committed);
}

TEST_F(Lane, fails_the_whole_batch_when_the_commit_fails_and_goes_on) {
  auto lane = open(database.settings());
  ASSERT_EQ(lane->run(adding_office("A")), JobEnd::committed);
  hold(*lane);
  static int refusals = 0;
  refusals = 1;
  std::vector<JobEnd> ends;
  auto const note = [&ends](JobEnd end, Position) { ends.push_back(end); };
  lane->post(adding_office("B"), note);
  lane->post(
      [](ledger::WriteTx& tx) {
        sqlite3_commit_hook(
            tx.connection().native(), [](void*) { return refusals-- > 0 ? 1 : 0; }, nullptr);
        return true;
      },
      note);
  std::promise<void> told;
  lane->post([](ledger::WriteTx&) { return false; },
             [&](JobEnd end, Position position) {
               note(end, position);
               told.set_value();
             });
  gate.set_value();
  told.get_future().wait();
  EXPECT_EQ(lane->run(adding_office("C")), JobEnd::committed);
  lane->stop();
  EXPECT_EQ(ends, (std::vector<JobEnd>{JobEnd::failed, JobEnd::failed, JobEnd::failed}));
  EXPECT_EQ(entries(), 2);
}

TEST_F(Lane, goes_on_after_a_full_disk) {
  auto lane = open(database.settings());
  ASSERT_EQ(lane->run(adding_office("A")), JobEnd::committed);
  auto const limit_pages = [](ledger::WriteTx& tx, std::int64_t pages) {
    tx.connection().execute("PRAGMA max_page_count = " + std::to_string(pages));
    return true;
  };
  std::int64_t pages = 0;
  test::settle(*lane, [&](ledger::WriteTx& tx) {
    pages = test::count_rows(tx.connection(), "PRAGMA page_count");
    return limit_pages(tx, pages);
  });
  JobEnd end = JobEnd::committed;
  bool full = false;
  std::int64_t kept = 1;
  for (int i = 0; i < 2000 && !full; ++i) {
    try {
      end = lane->run(adding_office("office " + std::to_string(i)));
      if (end == JobEnd::committed) ++kept;
    } catch (sql::StorageError const& fault) {
      full = fault.fault() == sql::StorageFault::full;
    }
  }
  EXPECT_TRUE(full);
  test::settle(*lane, [&](ledger::WriteTx& tx) { return limit_pages(tx, pages + 10'000); });
  EXPECT_EQ(lane->run(adding_office("room again")), JobEnd::committed);
  lane->stop();
  EXPECT_EQ(offices(), kept + 1);
  EXPECT_EQ(entries(), kept + 1);
}

TEST_F(Lane, takes_no_more_than_its_queue_holds) {
  auto settings = database.settings();
  settings.queue_limit = 2;
  auto lane = open(std::move(settings));
  hold(*lane);
  EXPECT_TRUE(lane->post(adding_office("A"), {}));
  EXPECT_TRUE(lane->post(adding_office("B"), {}));
  EXPECT_FALSE(lane->post(adding_office("C"), {}));
  EXPECT_EQ(lane->counts().queued, 2U);
  gate.set_value();
  lane->stop();
  EXPECT_FALSE(lane->post(adding_office("D"), {})) << "a stopped lane takes nothing";
  EXPECT_EQ(offices(), 2) << "what was queued is finished first";
}

TEST_F(Lane, orders_what_eight_threads_post) {
  auto lane = open(database.settings());
  constexpr int threads = 8;
  constexpr int jobs = 100;
  std::atomic<int> committed = 0;
  std::vector<std::thread> posting;
  for (int t = 0; t < threads; ++t) {
    posting.emplace_back([&] {
      for (int i = 0; i < jobs; ++i) {
        ASSERT_TRUE(lane->post(adding_office("A"), [&](JobEnd end, Position) {
          if (end == JobEnd::committed) ++committed;
        }));
      }
    });
  }
  for (std::thread& thread : posting) thread.join();
  lane->stop();
  EXPECT_EQ(committed, threads * jobs);
  EXPECT_EQ(entries(), threads * jobs);
  EXPECT_EQ(lane->counts().jobs, static_cast<std::uint64_t>(threads * jobs));
}

TEST_F(Lane, notes_when_the_wall_clock_leaves_the_monotonic_clock) {
  auto lane = open(database.settings());
  database.clock.advance(hour_us);
  test::settle(*lane, adding_office("A"));
  EXPECT_EQ(entries(), 1) << "both clocks went on together";
  database.clock.wall_us -= hour_us;
  test::settle(*lane, adding_office("B"));
  test::settle(*lane, adding_office("C"));
  database.clock.wall_us += 4 * second_us;
  test::settle(*lane, adding_office("D"));
  lane->stop();
  sql::Connection reader(database.file.string(), sql::OpenMode::read_only);
  ledger::ReadTx tx(reader, database.keys);
  std::vector<std::int64_t> steps;
  ledger::for_each_entry(tx, 1, [&](ledger::Recorded const& recorded) {
    if (auto const* step = std::get_if<ledger::ClockStep>(&recorded.entry)) {
      EXPECT_EQ(recorded.sequence, 2) << "before the entry that follows the step";
      steps.push_back(step->difference_us);
    }
  });
  EXPECT_EQ(steps, (std::vector<std::int64_t>{-hour_us}));
}

TEST_F(Lane, goes_on_behind_what_another_process_has_appended) {
  auto lane = open(database.settings());
  ASSERT_EQ(lane->run(adding_office("A")), JobEnd::committed);
  {
    sql::Connection other(database.file.string(), sql::OpenMode::read_write);
    ledger::LedgerEnd end = ledger::load_ledger_end(other);
    ledger::WriteTx tx(other, database.keys, end, database.clock.now(), database.random);
    ledger::append(tx, domain::Actor{}, test::an_office("from elsewhere"));
    end.fold();
    ledger::store_frontier(other, end);
  }
  EXPECT_EQ(lane->run(adding_office("B")), JobEnd::committed);
  lane->stop();
  EXPECT_EQ(entries(), 3);
}

// --- checkpoints -----------------------------------------------------------------------------

std::optional<ledger::Checkpoint> checkpoint_of(test::TestDatabase const& database) {
  auto const note = sql::read_small_file(database.checkpoint_file);
  if (!note) return std::nullopt;
  return ledger::open_checkpoint(*note, test::test_origin, database.keys.checkpoint.public_key());
}

TEST_F(Lane, signs_everything_when_it_stops_and_leaves_no_wal) {
  auto lane = open(database.settings());
  for (int i = 0; i < 5; ++i) test::settle(*lane, adding_office("A"));
  lane->stop();
  auto const checkpoint = checkpoint_of(database);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, 5U);
  sql::Connection reader(database.file.string(), sql::OpenMode::read_only);
  EXPECT_EQ(checkpoint->root, ledger::load_ledger_end(reader).frontier().root());
  std::filesystem::path wal = database.file;
  wal += "-wal";
  EXPECT_TRUE(!std::filesystem::exists(wal) || std::filesystem::file_size(wal) == 0);
}

TEST_F(Lane, writes_no_checkpoint_of_an_empty_ledger) {
  open(database.settings())->stop();
  EXPECT_FALSE(std::filesystem::exists(database.checkpoint_file));
}

TEST_F(Lane, does_not_start_on_a_ledger_shorter_than_its_checkpoint) {
  {
    auto lane = open(database.settings());
    for (int i = 0; i < 3; ++i) test::settle(*lane, adding_office("A"));
  }
  auto const note = sql::read_small_file(database.checkpoint_file).value();
  std::filesystem::remove(database.file);
  sql::Connection fresh(database.file.string(), sql::OpenMode::read_write);
  sql::migrate(fresh);
  EXPECT_THROW(open(database.settings()), std::runtime_error);
  EXPECT_EQ(sql::read_small_file(database.checkpoint_file), note) << "the evidence stays";
}

TEST_F(Lane, counts_checkpoints_that_it_could_not_write) {
  auto settings = database.settings();
  settings.checkpoint_file = database.folder / "no folder" / "checkpoint";
  auto lane = open(std::move(settings));
  EXPECT_EQ(lane->run(adding_office("A")), JobEnd::committed);
  lane->stop();
  EXPECT_GE(lane->counts().failed_checkpoints, 1U);
}

TEST_F(Lane, upkeep_catches_up_with_a_wal_that_the_writer_wants_to_finish) {
  sql::Connection writing(database.file.string(), sql::OpenMode::read_write);
  int pages = 0;
  writing.take_over_wal(pages);
  auto const end = ledger::load_ledger_end(writing);
  auto const before = std::filesystem::file_size(database.file);
  Upkeep::Settings settings;
  settings.database = database.file;
  Upkeep upkeep(settings, database.keys.checkpoint, database.clock, end);
  constexpr std::uintmax_t filling = 12'000'000;
  writing.execute("CREATE TABLE filling (a BLOB); INSERT INTO filling VALUES (zeroblob(" +
                  std::to_string(filling) + "))");
  upkeep.committed(end, pages);
  EXPECT_FALSE(upkeep.catch_up()) << pages;
  for (int tries = 0; !upkeep.catch_up() && tries < 2000; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_TRUE(upkeep.catch_up());
  EXPECT_GT(std::filesystem::file_size(database.file), before + filling);
  EXPECT_TRUE(upkeep.catch_up()) << "nothing came since";
}

// --- reading and working ---------------------------------------------------------------------

TEST_F(Lane, readers_see_one_moment_for_the_whole_job) {
  auto writer = open(database.settings());
  ReadLanes readers(database.file, database.keys, 2, 16);
  EXPECT_EQ(writer->run(adding_office("A")), JobEnd::committed);
  readers.run([&](ledger::ReadTx& tx) {
    EXPECT_EQ(test::count_rows(tx.connection(), "SELECT COUNT(*) FROM office"), 1);
    EXPECT_EQ(writer->run(adding_office("B")), JobEnd::committed);
    EXPECT_EQ(test::count_rows(tx.connection(), "SELECT COUNT(*) FROM office"), 1);
  });
  readers.run([&](ledger::ReadTx& tx) {
    EXPECT_EQ(test::count_rows(tx.connection(), "SELECT COUNT(*) FROM office"), 2);
  });
  EXPECT_THROW(readers.run([](ledger::ReadTx&) { throw std::domain_error("no"); }),
               std::domain_error);
  readers.stop();
  EXPECT_FALSE(readers.post([](ledger::ReadTx&) {}));
}

TEST_F(Lane, workers_keep_places_for_those_who_go_ahead) {
  std::shared_future<void> const open_gate = gate.get_future().share();
  std::promise<void> working;
  WorkLane workers(1, 2, "ahead", telemetry::standard_faults(), 2);
  workers.post([&] {
    working.set_value();
    open_gate.wait();
  });
  working.get_future().wait();
  std::string order;
  auto const note = [&order](char name) { return [&order, name] { order += name; }; };
  EXPECT_TRUE(workers.post(note('a')));
  EXPECT_TRUE(workers.post(note('b')));
  EXPECT_FALSE(workers.post(note('c')));
  EXPECT_TRUE(workers.post(note('1'), WorkLane::Turn::ahead));
  EXPECT_TRUE(workers.post(note('2'), WorkLane::Turn::ahead));
  EXPECT_FALSE(workers.post(note('3'), WorkLane::Turn::ahead));
  gate.set_value();
  workers.stop();
  EXPECT_EQ(order, "12ab");
}

TEST_F(Lane, readers_and_workers_refuse_what_their_queue_does_not_hold) {
  std::shared_future<void> const open_gate = gate.get_future().share();
  std::promise<void> reading;
  std::promise<void> working;
  ReadLanes readers(database.file, database.keys, 1, 1);
  WorkLane workers(1, 1);
  readers.post([&](ledger::ReadTx&) {
    reading.set_value();
    open_gate.wait();
  });
  workers.post([&] {
    working.set_value();
    open_gate.wait();
  });
  reading.get_future().wait();
  working.get_future().wait();
  std::atomic<int> done = 0;
  EXPECT_TRUE(readers.post([&](ledger::ReadTx&) { ++done; }));
  EXPECT_TRUE(workers.post([&] { ++done; }));
  EXPECT_FALSE(readers.post([](ledger::ReadTx&) {}));
  EXPECT_FALSE(workers.post([] {}));
  gate.set_value();
  readers.stop();
  workers.stop();
  EXPECT_EQ(done, 2) << "what was queued is finished first";
}

TEST(WorkLane, leaves_places_to_others_when_one_floods) {
  std::promise<void> goes_on;
  auto const wait = goes_on.get_future().share();
  WorkLane workers(1, 16);
  std::promise<void> began;
  ASSERT_TRUE(workers.post([&] {
    began.set_value();
    wait.wait();
  }));
  began.get_future().wait();
  int taken = 0;
  while (workers.post([] {}, WorkLane::Turn::in_order, "192.0.2.0/24")) ++taken;
  EXPECT_EQ(taken, 10) << "five of eight";
  EXPECT_TRUE(workers.post([] {}, WorkLane::Turn::in_order, "198.51.100.0/24"));
  goes_on.set_value();
  workers.stop();
}

}  // namespace
}  // namespace kaiku::lanes
