#include "server/sql/sqlite.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/storage_fixture.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::sql {
namespace {

std::string pragma(Connection& connection, std::string_view sql) {
  Statement row = connection.prepare(sql);
  row.step();
  return std::string(row.text(0));
}

struct Table : ::testing::Test {
  Table() {
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c BLOB) STRICT");
  }
  test::TemporaryFolder folder;
  Connection connection{(folder / "a.db").string(), OpenMode::read_write};
};

TEST_F(Table, is_written_with_a_full_sync_and_a_wal) {
  EXPECT_EQ(pragma(connection, "PRAGMA journal_mode"), "wal");
  EXPECT_EQ(pragma(connection, "PRAGMA synchronous"), "2");
  EXPECT_EQ(pragma(connection, "PRAGMA foreign_keys"), "1");
  EXPECT_EQ(pragma(connection, "PRAGMA secure_delete"), "1");
  EXPECT_EQ(pragma(connection, "PRAGMA trusted_schema"), "0");
  EXPECT_EQ(pragma(connection, "PRAGMA mmap_size"), "0");
}

TEST_F(Table, gives_back_every_kind_of_value) {
  Bytes const blob{0, 1, 255};
  std::optional<std::int64_t> const nothing;
  connection.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)")
      .with(std::int64_t{1}, std::int64_t{-5}, std::string("ä\0b", 4), blob)
      .run();
  connection.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4)")
      .with(2, nothing, std::string_view(), ByteView())
      .run();
  Statement rows = connection.prepare("SELECT a, b, c FROM t ORDER BY id");
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.integer(0), -5);
  EXPECT_EQ(rows.text(1), std::string_view("ä\0b", 4));
  EXPECT_EQ(rows.fixed<3>(2), (ByteArray<3>{0, 1, 255}));
  EXPECT_THROW(rows.fixed<4>(2), std::runtime_error);
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.maybe_integer(0), std::nullopt);
  EXPECT_FALSE(rows.is_null(1)) << "an empty text is not null";
  EXPECT_FALSE(rows.is_null(2)) << "an empty blob is not null";
  EXPECT_FALSE(rows.step());
  EXPECT_FALSE(rows.step()) << "a finished statement does not start anew";
}

TEST_F(Table, lets_a_statement_be_used_inside_itself) {
  connection.execute("INSERT INTO t (id) VALUES (1), (2), (3)");
  auto const text = std::string_view("SELECT id FROM t ORDER BY id");
  Statement outer = connection.prepare(text);
  std::int64_t pairs = 0;
  while (outer.step()) {
    Statement inner = connection.prepare(text);
    while (inner.step()) ++pairs;
  }
  EXPECT_EQ(pairs, 9);
}

TEST_F(Table, forgets_bindings_when_a_statement_is_used_again) {
  constexpr std::string_view text = "INSERT INTO t (a) VALUES (?1)";
  connection.prepare(text).with(5).run();
  connection.prepare(text).run();
  EXPECT_EQ(test::count_rows(connection, "SELECT COUNT(*) FROM t WHERE a IS NULL"), 1);
}

// SQLite cuts a WAL that begins anew to this limit, in the writer's thread: below the length at
// which it begins anew, that was tens of milliseconds each time.
TEST(WalLimit, lies_above_the_length_at_which_the_wal_begins_anew) {
  test::TemporaryFolder folder;
  Connection file((folder / "limit.db").string(), OpenMode::read_write);
  Statement row = file.prepare("PRAGMA journal_size_limit");
  ASSERT_TRUE(row.step());
  EXPECT_GT(row.integer(0), wal_restart_pages * wal_page_bytes);
}

TEST_F(Table, tells_a_broken_constraint_from_a_broken_machine) {
  connection.execute("INSERT INTO t (id) VALUES (1)");
  try {
    connection.prepare("INSERT INTO t (id) VALUES (?1)").with(1).run();
    FAIL();
  } catch (StorageError const& fault) {
    EXPECT_TRUE(fault.is_conflict());
    EXPECT_FALSE(fault.fault() == StorageFault::full);
    EXPECT_FALSE(fault.is_fatal());
  }
  for (int const code :
       {SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID}) {
    EXPECT_TRUE(StorageError(code, "").is_conflict()) << code;
  }
  // A rule of the schema that our code should have kept is a bug, and no conflict of the caller's.
  for (int const code : {SQLITE_CONSTRAINT_CHECK, SQLITE_CONSTRAINT_NOTNULL,
                         SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_TRIGGER}) {
    EXPECT_EQ(StorageError(code, "").fault(), StorageFault::broken_rule) << code;
  }
  EXPECT_TRUE(StorageError(SQLITE_IOERR_FSYNC, "").is_fatal());
  EXPECT_TRUE(StorageError(SQLITE_CORRUPT, "").is_fatal());
  EXPECT_TRUE(StorageError(SQLITE_FULL, "").fault() == StorageFault::full);
  EXPECT_FALSE(StorageError(SQLITE_FULL, "").is_fatal());
  EXPECT_FALSE(StorageError(SQLITE_BUSY, "").is_fatal());
}

TEST_F(Table, counts_what_a_statement_changed) {
  connection.execute("INSERT INTO t (id, a) VALUES (1, 1), (2, 1), (3, 2)");
  Statement update = connection.prepare("UPDATE t SET a = 9 WHERE a = ?1");
  update.with(1).run();
  EXPECT_EQ(update.changes(), 2);
}

TEST_F(Table, refuses_a_row_where_none_should_be) {
  connection.execute("INSERT INTO t (id) VALUES (1)");
  EXPECT_THROW(connection.prepare("SELECT id FROM t").run(), std::logic_error);
}

TEST_F(Table, cannot_be_written_through_a_reading_connection) {
  Connection reader((folder / "a.db").string(), OpenMode::read_only);
  EXPECT_THROW(reader.prepare("INSERT INTO t (id) VALUES (?1)").with(1).run(), StorageError);
}

TEST_F(Table, is_synced_to_the_disk_with_all_that_was_copied) {
  connection.execute("INSERT INTO t (id) VALUES (1)");
  connection.copy_wal(WalCopy::passive);
  EXPECT_NO_THROW(connection.sync_database());
  Connection reader((folder / "a.db").string(), OpenMode::read_only);
  EXPECT_NO_THROW(reader.sync_database());
}

TEST(Sqlite, cannot_sync_a_database_in_memory) {
  Connection memory("", OpenMode::memory);
  try {
    memory.sync_database();
    FAIL();
  } catch (StorageError const& fault) {
    EXPECT_FALSE(fault.is_fatal()) << "no disk has failed";
  }
}

TEST(Sqlite, throws_for_a_file_that_is_not_there_or_no_database) {
  test::TemporaryFolder const folder;
  EXPECT_THROW(Connection((folder / "none.db").string(), OpenMode::read_only), StorageError);
}

}  // namespace
}  // namespace kaiku::sql
