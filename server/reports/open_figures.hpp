// The open figures: what runs have told to everybody, cell by cell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract/answers.hpp"
#include "schema/values/result.hpp"
#include "server/reports/annual.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

// A year as the newest run of all leaves it.
struct OpenYear {
  int year = 0;
  std::vector<int> years;  // all that have figures, the oldest first
  State state = State::settled;
  tables::ReportRun run;     // the newest about the year
  tables::ReportRun newest;  // the newest of all: nothing has changed since
  // Of which a run of the year told everybody nothing, lest a small number could be worked out.
  struct LeftOut {
    domain::Table table;
    domain::RunName run;
  };
  std::vector<LeftOut> left_out;
};
// Without a year the newest that has figures. not_found with detail "not-published-yet".
Result<OpenYear> find_open_year(ledger::ReadTx& tx, std::optional<int> year, Day today);

struct OpenCell {
  domain::CellKey key;
  Figure figure;  // shown, small or complementary, by the signs for everybody
};
// Of one table or of all, in the order of keys.
std::vector<OpenCell> open_cells(ledger::ReadTx& tx, OpenYear const& year,
                                 std::optional<domain::Table> table);

// Whether any cell of the table is told to everybody.
bool has_open_cells(domain::Table table);
// What a cell of this year's runs is about: "2026", "2026-Q1", "2026-03"; "2026-late": recorded
// after a quarter of it was closed. Of cohorts the year in which their cards were registered.
std::string period_word(int year, domain::CellKey const& key);
// "adults", "taken_into_use", "assistants".
std::string_view column_word(domain::CellKey const& key);

inline constexpr std::string_view licence_name = "CC BY 4.0";
inline constexpr std::string_view licence_address = "https://creativecommons.org/licenses/by/4.0/";
std::string_view licence_text(contract::Language language);

}  // namespace kaiku::reports
