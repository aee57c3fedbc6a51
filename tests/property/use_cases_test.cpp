// Random acts on the use cases, through a real writer lane and database, against the model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <list>
#include <set>

#include "server/ledger/projections.hpp"
#include "server/verify/verify.hpp"
#include "tests/property/world.hpp"

namespace kaiku::property {
namespace {

constexpr int acts_of_a_seed = 6'000;

// Every row of a table as text, in the order of its columns: nothing here knows what a table means.
std::vector<std::string> rows_of(sql::Connection& connection, std::string const& table) {
  static std::list<std::string> texts;  // a connection knows its statements by their address
  auto const& names = texts.emplace_back("SELECT name FROM pragma_table_info('" + table + "')");
  auto& sql = texts.emplace_back("SELECT ");
  {
    auto columns = connection.prepare(names);
    while (columns.step()) sql += "quote(" + std::string(columns.text(0)) + ") || ' ' || ";
  }
  sql += "'' AS line FROM " + table + " ORDER BY line";
  std::vector<std::string> rows;
  auto query = connection.prepare(sql);
  while (query.step()) rows.emplace_back(query.text(0));
  return rows;
}

// Each table that a statement of this connection writes; asked when the statement is prepared.
int note_written_table(void* written, int action, char const* table, char const*, char const*,
                       char const*) {
  if (action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) {
    static_cast<std::set<std::string>*>(written)->insert(table);
  }
  return SQLITE_OK;
}

// `apply` runs on every copy of the ledger: what copies share otherwise is not its to write.
void expect_local_projections(std::set<std::string> written) {
  for (auto const& table : sql::table_kinds()) {
    if (table.kind == sql::TableKind::projection && table.place == sql::TablePlace::local) {
      written.erase(std::string(table.name));
    }
  }
  EXPECT_THAT(written, testing::IsEmpty());
}

// Plays the ledger into an empty database and compares table by table, without `verify`.
void expect_replay_gives_the_same(test::TestDatabase& database) {
  sql::Connection stored(database.file.string(), sql::OpenMode::read_only);
  sql::Connection replayed(":memory:", sql::OpenMode::memory);
  sql::migrate(replayed);
  ledger::ReadTx tx(stored, database.keys);
  std::set<std::string> written;
  sqlite3_set_authorizer(replayed.native(), note_written_table, &written);
  replayed.execute("BEGIN");
  ledger::for_each_entry(
      tx, 1, [&](ledger::Recorded const& recorded) { ledger::apply(replayed, recorded); });
  EXPECT_GE(written.size(), 10u);
  expect_local_projections(written);
  int tables = 0;
  for (auto const& table : sql::table_kinds()) {
    if (table.kind != sql::TableKind::projection) continue;
    EXPECT_EQ(rows_of(stored, std::string(table.name)), rows_of(replayed, std::string(table.name)))
        << table.name;
    ++tables;
  }
  EXPECT_GE(tables, 10);
  replayed.execute("ROLLBACK");
}

// Each act has to have gone well and been refused, or the seed proves nothing about it.
void expect_variety(std::map<std::string, World::Tally> tallies) {
  for (auto const* act : {"register", "renew", "replace", "block", "unblock", "children", "undo",
                          "undo registration", "undo replacement"}) {
    EXPECT_GT(tallies[act].done, 5) << act;
    EXPECT_GT(tallies[act].refused, 2) << act;
  }
  for (auto const* given : {"on time", "repeat", "fine", "implausible", "late_not_registered"}) {
    EXPECT_GT(tallies[given].done, 0) << given;
  }
  for (auto const* refusal :
       {"quota_full", "limit_reached", "already_used_here", "children_over_limit", "expired",
        "blocked", "replaced", "not_registered", "wrong_area", "unknown_card",
        "community_over_ceiling"}) {
    EXPECT_GT(tallies[refusal].refused, 0) << refusal;
  }
}

class UseCases : public testing::TestWithParam<std::uint64_t> {};

TEST_P(UseCases, answer_as_a_small_model_does_and_leave_a_ledger_that_replays) {
  World world(GetParam());
  world.act(acts_of_a_seed);
  if (HasFatalFailure() || HasNonfatalFailure()) return;
  world.compare_everything();
  world.close();

  expect_variety(world.tallies());

  auto& database = world.database();
  auto const report = verify::verify_database(database.file, database.checkpoint_file,
                                              test::test_origin, database.keys);
  EXPECT_TRUE(report.good());
  for (auto const& finding : report.findings) ADD_FAILURE() << finding.what;
  EXPECT_GT(report.entries, std::ssize(world.model().uses));
  expect_replay_gives_the_same(database);
}

INSTANTIATE_TEST_SUITE_P(Seeds, UseCases, testing::Values(1, 2, 3, 4, 5, 20261128),
                         [](auto const& run) { return "seed_" + std::to_string(run.param); });

}  // namespace
}  // namespace kaiku::property
