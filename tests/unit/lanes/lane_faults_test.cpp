// What the writer does when it is killed, and when the disk does not take what it was given.
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <chrono>
#include <cstring>
#include <future>
#include <thread>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::lanes {
namespace {

WriterLane::Job adding_office(std::int64_t* sequence) {
  return [sequence](ledger::WriteTx& tx) {
    *sequence = ledger::append(tx, domain::Actor{}, test::an_office()).sequence;
    return true;
  };
}

// Appends until it is killed, and writes every acknowledged sequence into the pipe.
[[noreturn]] void append_for_ever(test::TestDatabase& database, int pipe_end) {
  WriterLane lane(database.settings(), database.keys, database.clock, database.random);
  while (true) {
    auto sequence = std::make_shared<std::int64_t>();
    bool const posted =
        lane.post([sequence](ledger::WriteTx& tx) { return adding_office(sequence.get())(tx); },
                  [sequence, pipe_end](JobEnd end, Position) {
                    if (end != JobEnd::committed) ::_exit(1);
                    if (::write(pipe_end, sequence.get(), sizeof(*sequence)) != sizeof(*sequence))
                      ::_exit(2);
                  });
    if (!posted) std::this_thread::yield();
  }
}

// Kills a writing child after `enough` acknowledgements; gives the last sequence that was told.
std::int64_t last_acknowledged_before_kill(test::TestDatabase& database, int enough) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_t const child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    append_for_ever(database, ends[1]);
  }
  ::close(ends[1]);
  std::int64_t last = 0;
  std::int64_t sequence = 0;
  int heard = 0;
  while (::read(ends[0], &sequence, sizeof(sequence)) == sizeof(sequence)) {
    last = std::max(last, sequence);
    if (++heard == enough) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  return last;
}

TEST(LaneFaults, nothing_acknowledged_is_lost_when_the_process_is_killed) {
  test::TestDatabase database;
  for (int const enough : {1, 50, 333, 700, 1000}) {
    std::int64_t const acknowledged = last_acknowledged_before_kill(database, enough);
    sql::Connection connection(database.file.string(), sql::OpenMode::read_write);
    ledger::LedgerEnd const end = ledger::load_ledger_end(connection);
    EXPECT_GE(end.last_sequence(), acknowledged);
    EXPECT_EQ(test::count_rows(connection, "SELECT COUNT(*) FROM ledger"), end.last_sequence());
    EXPECT_EQ(test::count_rows(connection, "SELECT COUNT(*) FROM office"), end.last_sequence());
    connection.execute("DELETE FROM merkle_frontier");
    EXPECT_EQ(ledger::load_ledger_end(connection).frontier(), end.frontier());
    ledger::store_frontier(connection, end);
  }
}

// --- a disk that fails -----------------------------------------------------------------------

std::atomic<bool> fsync_fails = false;
std::atomic<bool> database_fsync_fails = false;
std::atomic<bool> write_is_full = false;

// The system's VFS with methods of the WAL and the database exchanged: a disk that fails on
// command.
struct FailingDisk {
  FailingDisk() {
    system = sqlite3_vfs_find(nullptr);
    vfs = *system;
    vfs.zName = "failing";
    vfs.xOpen = [](sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out) {
      int const result = system->xOpen(system, name, file, flags, out);
      if (result != SQLITE_OK || file->pMethods == nullptr) return result;
      bool const is_wal = (flags & SQLITE_OPEN_WAL) != 0;
      if (!is_wal && (flags & SQLITE_OPEN_MAIN_DB) == 0) return result;
      auto& changed = is_wal ? wal_methods : database_methods;
      sqlite3_io_methods const* const original = file->pMethods;
      if (original == &changed) return result;
      real_sync = original->xSync;
      real_write = original->xWrite;
      changed = *original;
      if (is_wal) {
        changed.xSync = [](sqlite3_file* f, int how) {
          return fsync_fails ? SQLITE_IOERR_FSYNC : real_sync(f, how);
        };
        changed.xWrite = [](sqlite3_file* f, void const* from, int size, sqlite3_int64 at) {
          return write_is_full ? SQLITE_FULL : real_write(f, from, size, at);
        };
      } else {
        changed.xSync = [](sqlite3_file* f, int how) {
          return database_fsync_fails ? SQLITE_IOERR_FSYNC : real_sync(f, how);
        };
      }
      file->pMethods = &changed;
      return result;
    };
    sqlite3_vfs_register(&vfs, 1);
  }
  ~FailingDisk() {
    fsync_fails = false;
    database_fsync_fails = false;
    write_is_full = false;
    sqlite3_vfs_register(system, 1);
    sqlite3_vfs_unregister(&vfs);
  }
  static inline sqlite3_vfs* system = nullptr;
  static inline sqlite3_io_methods wal_methods{};
  static inline sqlite3_io_methods database_methods{};
  static inline int (*real_sync)(sqlite3_file*, int) = nullptr;
  static inline int (*real_write)(sqlite3_file*, void const*, int, sqlite3_int64) = nullptr;
  sqlite3_vfs vfs{};
};

struct OnFailingDisk : ::testing::Test {
  std::unique_ptr<WriterLane> open() {
    auto settings = database.settings();
    settings.on_fatal = [this](std::string const&) { ++fatal; };
    return std::make_unique<WriterLane>(std::move(settings), database.keys, database.clock,
                                        database.random);
  }
  test::TestDatabase database;
  FailingDisk disk;
  std::atomic<int> fatal = 0;
  std::int64_t sequence = 0;
};

TEST_F(OnFailingDisk, nothing_is_acknowledged_after_a_failed_fsync) {
  auto lane = open();
  ASSERT_EQ(lane->run(adding_office(&sequence)), JobEnd::committed);
  fsync_fails = true;
  EXPECT_EQ(lane->run(adding_office(&sequence)), JobEnd::failed);
  EXPECT_EQ(fatal, 1);
  fsync_fails = false;
  EXPECT_FALSE(lane->post(adding_office(&sequence), {})) << "not before a restart has looked";
  EXPECT_EQ(lane->run(adding_office(&sequence)), JobEnd::failed);
  lane->stop();
  EXPECT_EQ(fatal, 1) << "told once";

  auto again = open();
  EXPECT_EQ(again->run(adding_office(&sequence)), JobEnd::committed);
}

// A reader keeps the copy from the end of the WAL, where SQLite would sync the database by itself.
TEST_F(OnFailingDisk, nothing_is_acknowledged_when_a_copied_wal_does_not_reach_the_disk) {
  auto lane = open();
  ASSERT_EQ(lane->run(adding_office(&sequence)), JobEnd::committed);
  sql::Connection reader(database.file.string(), sql::OpenMode::read_only);
  reader.execute("BEGIN");
  ASSERT_EQ(test::count_rows(reader, "SELECT COUNT(*) FROM office"), 1);
  database_fsync_fails = true;
  // Of more pages than upkeep waits for.
  ASSERT_EQ(lane->run([](ledger::WriteTx& tx) {
    tx.connection().execute(
        "CREATE TABLE filling (a BLOB); INSERT INTO filling VALUES (zeroblob(42000000))");
    return true;
  }),
            JobEnd::committed);
  for (int tries = 0; fatal == 0 && tries < 2000; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(fatal, 1);
  EXPECT_EQ(lane->run(adding_office(&sequence)), JobEnd::failed);
}

TEST_F(OnFailingDisk, a_full_disk_at_the_commit_fails_the_batch_and_passes) {
  auto lane = open();
  ASSERT_EQ(lane->run(adding_office(&sequence)), JobEnd::committed);
  write_is_full = true;
  EXPECT_EQ(lane->run(adding_office(&sequence)), JobEnd::failed);
  EXPECT_EQ(lane->run(adding_office(&sequence)), JobEnd::failed);
  write_is_full = false;
  EXPECT_EQ(lane->run(adding_office(&sequence)), JobEnd::committed);
  EXPECT_EQ(sequence, 2);
  EXPECT_EQ(fatal, 0);
}

}  // namespace
}  // namespace kaiku::lanes
