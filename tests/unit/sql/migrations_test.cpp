#include "server/sql/migrations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "tests/support/storage_fixture.hpp"

namespace kaiku::sql {
namespace {

constexpr Migration first{1, "first", "-- table a: projection\nCREATE TABLE a (x INTEGER) STRICT;"};
constexpr Migration second{2, "second", "-- table b: vault\nCREATE TABLE b (x INTEGER) STRICT;"};
constexpr Migration broken{2, "broken", "CREATE TABLE b (x INTEGER) STRICT; CREATE NONSENSE;"};
constexpr Migration edited{1, "first", "CREATE TABLE a (x TEXT) STRICT;"};

std::int64_t tables(Connection& connection) {
  return test::count_rows(connection, "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'");
}

TEST(Migrations, run_once_and_in_order) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection, std::array{first});
  EXPECT_EQ(tables(connection), 2);
  migrate(connection, std::array{first, second});
  migrate(connection, std::array{first, second});
  EXPECT_EQ(tables(connection), 3);
  EXPECT_EQ(test::count_rows(connection, "SELECT COUNT(*) FROM migration"), 2);
}

TEST(Migrations, refuse_an_edited_text) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection, std::array{first});
  try {
    migrate(connection, std::array{edited});
    FAIL();
  } catch (std::runtime_error const& fault) {
    EXPECT_NE(std::string(fault.what()).find("1_first was edited"), std::string::npos);
  }
}

TEST(Migrations, refuse_a_database_of_a_later_program) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection, std::array{first, second});
  try {
    migrate(connection, std::array{first});
    FAIL();
  } catch (std::runtime_error const& fault) {
    EXPECT_NE(std::string(fault.what()).find("newer than this program"), std::string::npos);
  }
}

TEST(Migrations, leave_nothing_of_one_that_fails) {
  Connection connection(":memory:", OpenMode::memory);
  EXPECT_THROW(migrate(connection, std::array{first, broken}), StorageError);
  EXPECT_EQ(tables(connection), 2) << "the first and the bookkeeping stay";
  migrate(connection, std::array{first, second});
  EXPECT_EQ(tables(connection), 3);
}

TEST(Migrations, are_embedded_numbered_from_one_and_name_the_kind_of_every_table) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection);
  int number = 0;
  for (Migration const& migration : embedded_migrations()) EXPECT_EQ(migration.number, ++number);
  EXPECT_GE(number, 4);

  std::set<std::string> named;
  for (TableName const& table : table_kinds()) {
    EXPECT_TRUE(named.insert(std::string(table.name)).second) << table.name << " is named twice";
  }
  Statement rows = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'");
  std::set<std::string> there;
  while (rows.step()) there.insert(std::string(rows.text(0)));
  EXPECT_EQ(there, named);
}

TEST(Migrations, refuse_a_table_of_unknown_kind_or_place) {
  for (char const* line : {"-- table area: projection\n", "-- table area: projection, everywhere\n",
                           "-- table area: shared, local\n", "-- table area: vault,shared\n"}) {
    std::array const migrations{Migration{1, "odd", line}};
    EXPECT_THROW(table_kinds(migrations), std::logic_error) << line;
  }
}

// What nodes share travels row by row and is named by its primary key.
TEST(Migrations, give_every_shared_table_a_primary_key) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection);
  int shared = 0;
  for (TableName const& table : table_kinds()) {
    if (table.place != TablePlace::shared) continue;
    Statement keys = connection.prepare("SELECT COUNT(*) FROM pragma_table_info(?1) WHERE pk > 0");
    keys.with(table.name).step();
    EXPECT_GT(keys.integer(0), 0) << table.name;
    ++shared;
  }
  EXPECT_GE(shared, 10);
}

// A projection follows from the entries, wherever they are applied.
TEST(Migrations, keep_projections_local_and_vault_and_ledger_shared) {
  for (TableName const& table : table_kinds()) {
    if (table.kind == TableKind::operational) continue;
    bool const follows = table.kind == TableKind::projection;
    EXPECT_EQ(table.place, follows ? TablePlace::local : TablePlace::shared) << table.name;
  }
}

// What was there before the migration gets what is known of it.
TEST(Migrations, give_the_past_of_figures_what_holds_now) {
  Connection connection(":memory:", OpenMode::memory);
  auto const all = embedded_migrations();
  auto const number = std::ranges::find(all, 33, &Migration::number) - all.begin();
  migrate(connection, all.first(static_cast<std::size_t>(number)));
  // Half an hour after midnight of the first of July in Helsinki, and a day later.
  connection.execute(R"(
    INSERT INTO area_version VALUES ('ALFA', 4, 1782855000000000, x''),
      ('ALFA', 9, 1782941400000000, x'');
    INSERT INTO municipality VALUES ('049', 'ALFA', 'a', 'b', 'c');
    INSERT INTO venue (venue_id, seq, area_id, municipality, sector, name, active)
    VALUES (5, 5, 'ALFA', '049', 0, 'museum', 1);
    INSERT INTO venue_version (venue_id, seq, effective_from_us, area_id, sector, active)
    VALUES (5, 5, 1782855000000000, 'ALFA', 0, 1);
    INSERT INTO lineage VALUES (7, x'07', 0, 'ALFA', '049', 6, 20636))");
  migrate(connection);
  auto const count = [&](std::string_view sql) { return test::count_rows(connection, sql); };
  EXPECT_EQ(count("SELECT COUNT(*) FROM municipality_member WHERE code = '049' AND seq = 4 AND "
                  "area_id = 'ALFA' AND from_day = 20635 AND to_day IS NULL AND ended_seq IS NULL"),
            1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM venue_version WHERE municipality = '049'"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM lineage WHERE home_at_registration = '049'"), 1);
}

TEST(Migrations, make_a_ledger_that_cannot_be_changed) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection);
  connection.execute("INSERT INTO ledger VALUES (1, 0, 1, 0, x'00')");
  EXPECT_THROW(connection.execute("UPDATE ledger SET kind = 2"), StorageError);
  EXPECT_THROW(connection.execute("DELETE FROM ledger"), StorageError);
  EXPECT_THROW(connection.execute("INSERT INTO ledger VALUES (3, 0, 1, 0, x'00')"), StorageError);
  connection.execute("INSERT INTO ledger VALUES (2, 0, 1, 0, x'00')");
}

TEST(Migrations, keep_published_cells_as_they_were_told) {
  Connection connection(":memory:", OpenMode::memory);
  migrate(connection);
  connection.execute("INSERT INTO ledger VALUES (1, 0, 46, 0, x'00')");
  auto const tell = [&](std::string const& run) {
    connection.execute("INSERT INTO report_cell VALUES (" + run +
                       ", 'uses.area', 'KEHA', 'year', 0, '', 0, 0, 'adults', '', '', 7, 0, 0, "
                       "NULL, 0, 0)");
  };
  tell("1");
  EXPECT_THROW(tell("1"), StorageError) << "told twice by one run";
  EXPECT_THROW(tell("2"), StorageError) << "by no entry";
  EXPECT_THROW(connection.execute("UPDATE report_cell SET count = 8"), StorageError);
  EXPECT_THROW(connection.execute("DELETE FROM report_cell"), StorageError);
}

}  // namespace
}  // namespace kaiku::sql
