#include "server/verify/verify_reports.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/tables/report_runs.hpp"
#include "server/verify/verify.hpp"
#include "tests/support/disclosure_cells.hpp"
#include "tests/support/settle.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::verify {
namespace {

using domain::Decision;
using domain::Sign;
using tables::KeptCell;
using ::testing::ElementsAre;

constexpr Decision shown{};
constexpr Decision small{.sign = Sign::small};
constexpr Decision withheld{.sign = Sign::complementary};

// A quarter's run and a settlement, closed and signed as a stopped server leaves them.
struct VerifiedRuns : ::testing::Test {
  VerifiedRuns() {
    using domain::test::area_uses;
    using domain::test::network_uses;
    lanes::WriterLane lane(database.settings(), database.keys, database.clock, database.random);
    test::settle(lane, [&](ledger::WriteTx& tx) {
      quarter = publish(tx, {.year = 2026, .quarter = 1},
                        {{.key = network_uses(domain::test::quarter(1)), .count = 60}});
      year = publish(tx, {.year = 2026},
                     {{.key = network_uses(), .count = 200, .openly = shown},
                      {.key = area_uses("KEHA"), .count = 3, .in_charge = small, .openly = small},
                      {.key = area_uses("SALO"), .count = 97, .in_charge = withheld},
                      {.key = area_uses("OULU"), .count = 100}});
      return true;
    });
  }

  static std::int64_t publish(ledger::WriteTx& tx, domain::RunName const& name,
                              std::vector<KeptCell> const& cells) {
    ledger::ReportPublished entry;
    entry.run = text_of(name);
    entry.year = name.year;
    if (name.is_quarter()) entry.quarter = name.quarter;
    entry.cells = static_cast<std::int64_t>(cells.size());
    entry.hash = crypto::sha256(bytes_of(tables::published_form(cells)));
    auto const run = ledger::append(tx, {}, entry).sequence;
    tables::keep_cells(tx, run, cells);
    return run;
  }

  std::vector<std::pair<std::int64_t, std::string>> findings() {
    auto const report =
        verify_database(database.file, database.checkpoint_file, test::test_origin, database.keys);
    std::vector<std::pair<std::int64_t, std::string>> told;
    for (auto const& finding : report.findings) told.emplace_back(finding.sequence, finding.what);
    return told;
  }

  // Changes rows behind the back of the triggers, which are there again afterwards.
  void forge(std::string const& script) {
    sql::Connection connection(database.file.string(), sql::OpenMode::read_write);
    std::string triggers;
    {
      auto rows = connection.prepare(
          "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'report_cell'");
      while (rows.step()) triggers += std::string(rows.text(0)) + ";";
    }
    connection.execute(
        "PRAGMA foreign_keys = OFF; DROP TRIGGER report_cell_is_never_updated;"
        "DROP TRIGGER report_cell_is_never_deleted");
    connection.execute(script);
    connection.execute(triggers);
  }

  void expect_other_contents(std::string const& script) {
    forge(script);
    EXPECT_THAT(findings(), ElementsAre(std::pair(
                                year, "the run 2026 does not show what its entry was hashed over")))
        << script;
  }

  test::TestDatabase database;
  std::int64_t quarter = 0;
  std::int64_t year = 0;
};

TEST_F(VerifiedRuns, are_good_as_they_were_published) { EXPECT_THAT(findings(), ElementsAre()); }

TEST_F(VerifiedRuns, tell_of_a_changed_value) {
  expect_other_contents("UPDATE report_cell SET count = 101 WHERE area_id = 'OULU'");
}

TEST_F(VerifiedRuns, tell_of_a_sign_that_was_changed_for_those_in_charge) {
  expect_other_contents("UPDATE report_cell SET sign_in_charge = 0 WHERE area_id = 'SALO'");
}

TEST_F(VerifiedRuns, tell_of_a_sign_that_was_changed_for_everybody) {
  expect_other_contents("UPDATE report_cell SET sign_openly = 2 WHERE area_id = 'KEHA'");
}

TEST_F(VerifiedRuns, tell_of_a_cell_that_became_open) {
  expect_other_contents("UPDATE report_cell SET sign_openly = 0 WHERE area_id = 'OULU'");
}

TEST_F(VerifiedRuns, tell_of_a_cell_that_became_that_of_another_area) {
  expect_other_contents("UPDATE report_cell SET area_id = 'KUOP' WHERE area_id = 'OULU'");
}

TEST_F(VerifiedRuns, tell_of_cells_that_are_missing) {
  forge("DELETE FROM report_cell WHERE area_id = 'SALO'");
  EXPECT_THAT(findings(),
              ElementsAre(std::pair(year, "the run 2026 has 3 cells, its entry names 4")));
  forge("DELETE FROM report_cell");
  EXPECT_THAT(findings(),
              ElementsAre(std::pair(quarter, "the run 2026-Q1 has 0 cells, its entry names 1"),
                          std::pair(year, "the run 2026 has 0 cells, its entry names 4")));
}

TEST_F(VerifiedRuns, tell_of_cells_that_are_too_many) {
  auto const copied_to = [](std::int64_t run) {
    return "INSERT INTO report_cell SELECT " + std::to_string(run) +
           ", 'flows', area_id, period, period_number, municipality, venue_id, office_id, measure,"
           " sector, label, count, sign_in_charge, any_in_charge, sign_openly, any_openly,"
           " late_withheld FROM report_cell WHERE area_id = 'OULU' AND table_word = 'uses.area'";
  };
  forge(copied_to(quarter));
  EXPECT_THAT(findings(),
              ElementsAre(std::pair(quarter, "the run 2026-Q1 has 2 cells, its entry names 1")));
  forge("DELETE FROM report_cell WHERE table_word = 'flows'; " + copied_to(77));
  EXPECT_THAT(findings(),
              ElementsAre(std::pair(0, "table report_cell: rows of no run, run_entry 77")));
}

TEST_F(VerifiedRuns, tell_of_a_count_that_cannot_be_less_than_five) {
  forge("UPDATE report_cell SET count = 5 WHERE area_id = 'KEHA'");
  EXPECT_THAT(findings(),
              ElementsAre(std::pair(year, "the run 2026 says <5 of a count that is none of 1-4")));
}

TEST_F(VerifiedRuns, tell_of_words_that_nobody_knows_and_go_on) {
  forge(
      "UPDATE report_cell SET measure = 'souls' WHERE area_id = 'OULU';"
      "UPDATE report_cell SET count = 61 WHERE period = 'quarter'");
  EXPECT_THAT(
      findings(),
      ElementsAre(
          std::pair(quarter, "the run 2026-Q1 does not show what its entry was hashed over"),
          std::pair(year,
                    "the run 2026 cannot be read: a published figure has an unknown word for "
                    "its measure")));
}

// Whoever changes cells and the run's row to fit has still the ledger against them.
TEST_F(VerifiedRuns, are_judged_by_the_ledger_and_not_by_their_rows) {
  forge(
      "DELETE FROM report_run WHERE quarter = 1; UPDATE report_run SET cells = 3;"
      "DELETE FROM report_cell WHERE area_id = 'SALO' OR period = 'quarter'");
  auto const row = [](std::int64_t run) {
    return "table report_run: the row run_entry " + std::to_string(run);
  };
  EXPECT_THAT(findings(),
              ElementsAre(std::pair(0, row(quarter) + " is missing"),
                          std::pair(0, row(year) + " differs from the ledger in column cells"),
                          std::pair(quarter, "the run 2026-Q1 has 0 cells, its entry names 1"),
                          std::pair(year, "the run 2026 has 3 cells, its entry names 4")));
}

}  // namespace
}  // namespace kaiku::verify
