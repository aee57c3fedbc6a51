// Published runs and their cells, as they were told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/bytes.hpp"
#include "server/domain/declared_cells.hpp"
#include "server/domain/report_run.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct ReportRun {
  domain::RunName name;
  std::int64_t entry = 0;  // sequence of report_published
  std::int64_t as_of = 0;  // last ledger sequence that it counted
  Instant drawn_at;        // recorded time of the entry
  Digest hash{};           // SHA-256 of its published form
  int method = 1;
  std::int64_t cells = 0;                      // how many it tells
  std::vector<domain::Table> left_out;         // of which it tells nobody anything
  std::vector<domain::Table> left_out_openly;  // and of which it tells everybody nothing
};

// A cell as one run tells it. Counts of withheld ones are kept too: batches and a redraw need them.
struct KeptCell {
  domain::CellKey key;
  std::int64_t count = 0;
  domain::Decision in_charge = {};
  std::optional<domain::Decision> openly = {};  // none: no cell of open tables, or left out there
  bool late_withheld = false;
  bool operator==(KeptCell const&) const = default;
};

// The published form: lines `table TAB row TAB column TAB value-or-sign` for those in charge, and
// the same of open cells under `open.` tables; all of them sorted bytewise, LF, UTF-8. What is
// withheld is its sign. The hash of a run is the SHA-256 of it.
std::string published_form(std::vector<KeptCell> const& cells);

// Written by the job that appends the run's entry, right after it.
void keep_cells(ledger::WriteTx& tx, std::int64_t run_entry, std::vector<KeptCell> const& cells);

// The oldest first.
std::vector<ReportRun> list_runs(ledger::ReadTx& tx);
std::optional<ReportRun> find_run(ledger::ReadTx& tx, domain::RunName const& name);

// Which of a year's cells are wanted; an empty member narrows nothing.
struct CellFilter {
  std::optional<domain::Table> table = {};
  std::optional<AreaId> area = {};  // rows of this area
};
// What the runs of a year had told up to and with a run (by its entry): each cell as the newest of
// them gives it, in the order of keys.
std::vector<KeptCell> told_cells(ledger::ReadTx& tx, int year, std::int64_t up_to_entry,
                                 CellFilter const& filter = {});
// What one run told, and no other.
std::vector<KeptCell> cells_of_run(ledger::ReadTx& tx, std::int64_t run_entry);

}  // namespace kaiku::tables
