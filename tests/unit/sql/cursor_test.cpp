#include "server/sql/cursor.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::sql {
namespace {

struct Rows : ::testing::Test {
  Rows() {
    connection.execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a ANY) STRICT;"
        "INSERT INTO t VALUES (1, x'00ff'), (2, 'ä'), (3, 1.5), (4, -7), (5, NULL)");
  }
  Connection connection{"", OpenMode::memory};
};

TEST_F(Rows, tell_names_kinds_and_values_in_the_order_of_sqlite) {
  std::vector<CellKind> kinds;
  // Its text is gone after this line.
  Cursor rows(connection, std::string("SELECT id, a AS ") + "cell FROM t ORDER BY a");
  EXPECT_EQ(rows.columns(), 2);
  EXPECT_STREQ(rows.name(1), "cell");
  for (; rows.has_row(); rows.next()) {
    kinds.push_back(rows.kind(1));
    switch (rows.kind(1)) {
      case CellKind::integer: EXPECT_EQ(rows.integer(1), -7); break;
      case CellKind::text: EXPECT_EQ(text_of(rows.bytes(1)), "ä"); break;
      case CellKind::blob: EXPECT_EQ(rows.bytes(1).size(), 2U); break;
      default: break;
    }
  }
  EXPECT_EQ(kinds, (std::vector{CellKind::null, CellKind::integer, CellKind::real, CellKind::text,
                                CellKind::blob}));
}

TEST_F(Rows, may_be_none_and_a_faulty_text_is_refused) {
  EXPECT_FALSE(Cursor(connection, "SELECT a FROM t WHERE id = 6").has_row());
  EXPECT_THROW(Cursor(connection, "SELECT a FROM elsewhere"), StorageError);
}

TEST(OpenWithoutChanging, asks_for_a_file_and_lets_nobody_write) {
  test::TemporaryFolder folder;
  auto const file = (folder / "a.db").string();
  EXPECT_THROW(open_without_changing(file), std::runtime_error);
  Connection(file, OpenMode::read_write).execute("CREATE TABLE t (a INTEGER) STRICT");
  auto const connection = open_without_changing(file);
  EXPECT_FALSE(connection->autocommit());
  EXPECT_THROW(connection->execute("INSERT INTO t VALUES (1)"), StorageError);
}

}  // namespace
}  // namespace kaiku::sql
