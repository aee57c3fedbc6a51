// What the writer makes of a place: a commit whose end nobody knows, news from others, jobs without
// a savepoint, and rows kept between jobs.
#include "server/lanes/batch_place.hpp"

#include <sqlite3.h>

#include <chrono>
#include <thread>

#include "server/lanes/local_place.hpp"
#include "server/tables/api_keys.hpp"
#include "server/tables/network.hpp"
#include "tests/support/settle.hpp"
#include "tests/unit/lanes/lane_fixture.hpp"

namespace kaiku::lanes {
namespace {

// The local place with a machine's whims: it may lose sight of a commit, and it may have news.
class Whimsical final : public BatchPlace {
 public:
  struct Whims {
    CommitEnd next_end = CommitEnd::committed;
    bool chores = true;
    std::function<void()> wake;
    int begun = 0;
  };
  Whimsical(std::unique_ptr<LocalPlace> place, Whims& whims)
      : place_(std::move(place)), whims_(whims) {}

  sql::Connection& connection() override { return place_->connection(); }
  bool begin() override {
    ++whims_.begun;
    return place_->begin();
  }
  // The answer of a commit is lost: it may have been written, and it may not.
  Commit commit(ledger::LedgerEnd const& end, bool appended) override {
    auto const wanted = std::exchange(whims_.next_end, CommitEnd::committed);
    if (wanted == CommitEnd::failed) return {};
    auto const real = place_->commit(end, appended);
    return wanted == CommitEnd::unknown ? Commit{wanted, {}} : real;
  }
  void roll_back() override { place_->roll_back(); }
  void rest() override { place_->rest(); }
  void on_news(std::function<void()> wake) override { whims_.wake = std::move(wake); }
  bool may_run_chores() const override { return whims_.chores; }
  std::uint64_t failed_checkpoints() const override { return 0; }
  void stop(bool sound) override { place_->stop(sound); }

 private:
  std::unique_ptr<LocalPlace> place_;
  Whims& whims_;
};

struct OnAPlace : Lane {
  void SetUp() override {
    auto const settings = database.settings();
    auto local = std::make_unique<LocalPlace>(
        Upkeep::Settings{settings.database, settings.checkpoint_file, settings.origin,
                         settings.checkpoint_every_us, [](std::string const&) {}},
        database.keys.checkpoint, database.clock);
    lane =
        std::make_unique<WriterLane>(settings, std::make_unique<Whimsical>(std::move(local), whims),
                                     database.keys, database.clock, database.random);
  }
  Whimsical::Whims whims;
  std::unique_ptr<WriterLane> lane;
};

// Somebody's copy of the WAL, as it waits for a reader and keeps others from copying.
struct WaitingCopy {
  static int once(void* waiting, int) {
    static_cast<WaitingCopy*>(waiting)->place.rest();
    ++static_cast<WaitingCopy*>(waiting)->waits;
    return 0;
  }
  LocalPlace& place;
  int waits = 0;
};

TEST_F(Lane, a_place_finishes_a_long_wal_after_the_batch_that_found_it_taken) {
  LocalPlace place({database.file, {}, {}, 0, [](std::string const&) {}}, database.keys.checkpoint,
                   database.clock);
  auto& writing = place.connection();
  auto const end = ledger::load_ledger_end(writing);
  std::optional<sql::Connection> reader(std::in_place, database.file.string(),
                                        sql::OpenMode::read_only);
  reader->execute("BEGIN; SELECT COUNT(*) FROM office");
  place.begin();
  writing.execute("CREATE TABLE filling (a BLOB)");
  constexpr std::int64_t row_bytes = 10'000'000;
  for (std::int64_t n = 0; n * row_bytes < sql::wal_restart_pages * sql::wal_page_bytes; ++n) {
    writing.execute("INSERT INTO filling VALUES (zeroblob(" + std::to_string(row_bytes) + "))");
  }
  ASSERT_EQ(place.commit(end, false).end, CommitEnd::committed);

  sql::Connection other(database.file.string(), sql::OpenMode::read_write);
  WaitingCopy waiting{place};
  for (int tries = 0; waiting.waits == 0 && tries < 2000; ++tries) {
    sqlite3_busy_handler(other.native(), WaitingCopy::once, &waiting);
    try {
      other.copy_wal(sql::WalCopy::truncate);
    } catch (sql::StorageError const& fault) {
      ASSERT_EQ(fault.fault(), sql::StorageFault::unavailable);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // upkeep may be copying
  }
  ASSERT_EQ(waiting.waits, 1) << "it waited for the reader";
  reader.reset();
  place.rest();
  writing.execute("INSERT INTO filling VALUES (1)");
  EXPECT_LT(other.copy_wal(sql::WalCopy::passive).pages, 1000) << "the WAL began anew";
  place.stop(true);
}

TEST_F(OnAPlace, a_commit_of_unknown_end_is_told_as_such_and_the_next_batch_reads_the_end_anew) {
  whims.next_end = CommitEnd::unknown;
  EXPECT_EQ(lane->run(adding_office("perhaps")), JobEnd::unknown);
  EXPECT_TRUE(went_wrong(JobEnd::unknown)) << "nobody may be told that it was done";
  EXPECT_EQ(lane->run(adding_office("surely")), JobEnd::committed);
  EXPECT_EQ(entries(), 2) << "it had been written after all, and the next entry follows it";
}

TEST_F(OnAPlace, a_failed_commit_fails_its_jobs_and_leaves_nothing_behind) {
  whims.next_end = CommitEnd::failed;
  EXPECT_EQ(lane->run(adding_office("lost")), JobEnd::failed);
  EXPECT_EQ(lane->run(adding_office("kept")), JobEnd::committed);
  EXPECT_EQ(offices(), 1);
  EXPECT_EQ(entries(), 1);
}

TEST_F(OnAPlace, news_make_the_lane_look_although_it_has_no_job) {
  ASSERT_TRUE(whims.wake);
  ASSERT_EQ(lane->run(adding_office("A")), JobEnd::committed);
  auto const before = whims.begun;
  whims.wake();
  lane->stop();  // ends after what is under way
  EXPECT_GE(whims.begun, before);
  EXPECT_EQ(lane->counts().jobs, 1U) << "news are no job";
}

TEST_F(OnAPlace, chores_are_for_the_one_whom_the_place_names) {
  EXPECT_TRUE(lane->may_run_chores());
  whims.chores = false;
  EXPECT_FALSE(lane->may_run_chores());
}

struct DecidingFirst : Lane {
  JobEnd run(WriterLane& lane, WriterLane::Job job) {
    std::promise<JobEnd> ended;
    lane.post(
        std::move(job), [&](JobEnd end, Position) { ended.set_value(end); },
        JobShape::decides_first);
    return ended.get_future().get();
  }
};

TEST_F(DecidingFirst, a_job_is_committed_or_refused_without_a_savepoint) {
  auto lane = open(database.settings());
  EXPECT_EQ(run(*lane, adding_office("A")), JobEnd::committed);
  EXPECT_EQ(run(*lane, [](ledger::WriteTx&) { return false; }), JobEnd::rolled_back);
  EXPECT_EQ(run(*lane, [](ledger::WriteTx&) -> bool { throw std::runtime_error("broken"); }),
            JobEnd::failed);
  EXPECT_EQ(run(*lane, adding_office("B")), JobEnd::committed);
  EXPECT_EQ(offices(), 2);
  EXPECT_EQ(entries(), 2);
}

TEST_F(DecidingFirst, a_statement_that_the_database_refuses_has_changed_nothing) {
  auto lane = open(database.settings());
  auto const taken = [](ledger::WriteTx& tx) {
    tx.prepare("INSERT INTO setting VALUES ('x', 'y')").run();
    return true;
  };
  ASSERT_EQ(run(*lane, taken), JobEnd::committed);
  hold(*lane);
  std::vector<JobEnd> ends;
  auto const note = [&](JobEnd end, Position) { ends.push_back(end); };
  lane->post(adding_office("A"), note);
  lane->post(taken, note, JobShape::decides_first);
  gate.set_value();
  lane->stop();
  EXPECT_EQ(ends, (std::vector<JobEnd>{JobEnd::committed, JobEnd::failed}));
  EXPECT_EQ(offices(), 1);
}

// The promise was broken: there is nothing to go back to but the whole batch.
TEST_F(DecidingFirst, a_refusal_after_a_write_gives_up_the_whole_batch) {
  auto lane = open(database.settings());
  hold(*lane);
  std::vector<JobEnd> ends;
  auto const note = [&](JobEnd end, Position) { ends.push_back(end); };
  lane->post(adding_office("beside it"), note);
  lane->post(
      [](ledger::WriteTx& tx) {
        ledger::append(tx, domain::Actor{}, test::an_office("written, then refused"));
        return false;
      },
      note, JobShape::decides_first);
  gate.set_value();
  lane->stop();
  EXPECT_EQ(ends, (std::vector<JobEnd>{JobEnd::failed, JobEnd::failed}));
  EXPECT_EQ(offices(), 0);
  EXPECT_EQ(entries(), 0);
}

struct KeptRowsOfALane : Lane {
  void SetUp() override {
    lane = open(database.settings());
    test::settle(*lane, [&](ledger::WriteTx& tx) {
      ledger::append(tx, domain::Actor{}, test::an_area());
      venue = VenueId{ledger::append(tx, domain::Actor{}, test::a_venue("old name")).sequence};
      return true;
    });
  }
  std::string name() {
    std::string name;
    test::settle(*lane, [&](ledger::WriteTx& tx) {
      name = tables::find_venue(tx, venue).value().name;
      return true;
    });
    return name;
  }
  WriterLane::Job renaming(std::string const& to, bool keep) {
    return [this, to, keep](ledger::WriteTx& tx) {
      auto changed = test::a_venue(to);
      changed.venue = venue;
      ledger::append(tx, domain::Actor{}, changed);
      EXPECT_EQ(tables::find_venue(tx, venue).value().name, to) << "a job sees what it wrote";
      return keep;
    };
  }
  std::unique_ptr<WriterLane> lane;
  VenueId venue;
};

TEST_F(KeptRowsOfALane, follow_an_entry_that_changes_them) {
  EXPECT_EQ(name(), "old name");
  ASSERT_EQ(lane->run(renaming("new name", true)), JobEnd::committed);
  EXPECT_EQ(name(), "new name");
}

TEST_F(KeptRowsOfALane, tell_the_policy_that_stands_now) {
  auto const local_only = [&] {
    bool found = false;
    test::settle(*lane, [&](ledger::WriteTx& tx) {
      found = tables::policy_of(tx, AreaId{"KEHA"}).value().local_only;
      EXPECT_EQ(tables::find_area(tx, AreaId{"KEHA"}).value().policy.local_only, found);
      EXPECT_FALSE(tables::policy_of(tx, AreaId{"NONE"}));
      return true;
    });
    return found;
  };
  EXPECT_FALSE(local_only());
  EXPECT_FALSE(local_only());
  test::settle(*lane, [&](ledger::WriteTx& tx) {
    auto changed = test::an_area();
    changed.policy.local_only = true;
    ledger::append(tx, domain::Actor{}, changed);
    return true;
  });
  EXPECT_TRUE(local_only());
}

TEST_F(KeptRowsOfALane, are_forgotten_with_a_job_that_is_taken_back) {
  EXPECT_EQ(name(), "old name");
  ASSERT_EQ(lane->run(renaming("never", false)), JobEnd::rolled_back);
  EXPECT_EQ(name(), "old name");
}

TEST_F(KeptRowsOfALane, are_forgotten_when_another_process_has_written) {
  EXPECT_EQ(name(), "old name");
  sql::Connection other(database.file.string(), sql::OpenMode::read_write);
  other.execute("UPDATE venue SET name = 'from elsewhere'");
  EXPECT_EQ(name(), "from elsewhere");
}

TEST_F(KeptRowsOfALane, an_api_key_that_is_deleted_opens_no_door) {
  auto const lookup = database.random.bytes<32>();
  ApiKeyId key;
  test::settle(*lane, [&](ledger::WriteTx& tx) {
    ledger::ApiKeySet entry;
    entry.area = AreaId{"KEHA"};
    entry.name = "box office";
    entry.venues = {venue};
    key = ApiKeyId{ledger::append(tx, domain::Actor{}, entry).sequence};
    tables::insert_api_key_login(tx, key, lookup);
    return true;
  });
  auto const known = [&] {
    bool found = false;
    test::settle(*lane, [&](ledger::WriteTx& tx) {
      found = tables::caller_of_api_key(tx, lookup).has_value();
      return true;
    });
    return found;
  };
  EXPECT_TRUE(known());
  EXPECT_TRUE(known());
  test::settle(*lane, [&](ledger::WriteTx& tx) {
    tables::delete_api_key_login(tx, key);
    return true;
  });
  EXPECT_FALSE(known());
}

}  // namespace
}  // namespace kaiku::lanes
