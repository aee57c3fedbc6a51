#include "server/verify/verify_reports.hpp"

#include <algorithm>
#include <vector>

#include "schema/crypto/crypto.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::verify {
namespace {

bool says_small_of_another(tables::KeptCell const& cell) {
  auto const says_small = [](domain::Decision const& decision) {
    return decision.sign == domain::Sign::small;
  };
  bool const is_said = says_small(cell.in_charge) || (cell.openly && says_small(*cell.openly));
  return is_said && !domain::counts_few(cell.count);
}

void check_run(ledger::ReadTx& stored, tables::ReportRun const& run, TellOfEntry const& tell) {
  auto const name = "the run " + domain::text_of(run.name);
  auto const cells = tables::cells_of_run(stored, run.entry);
  auto const count = static_cast<std::int64_t>(cells.size());
  if (count != run.cells) {
    tell(run.entry, name + " has " + std::to_string(count) + " cells, its entry names " +
                        std::to_string(run.cells));
  } else if (crypto::sha256(bytes_of(tables::published_form(cells))) != run.hash) {
    tell(run.entry, name + " does not show what its entry was hashed over");
  }
  if (std::ranges::any_of(cells, says_small_of_another)) {
    tell(run.entry, name + " says <5 of a count that is none of 1-4");
  }
}

void check_strays(ledger::ReadTx& stored, std::vector<tables::ReportRun> const& runs,
                  TellOfEntry const& tell) {
  auto rows = stored.prepare("SELECT DISTINCT run_entry FROM report_cell ORDER BY run_entry");
  while (rows.step()) {
    auto const entry = rows.integer(0);
    if (std::ranges::find(runs, entry, &tables::ReportRun::entry) != runs.end()) continue;
    tell(0, "table report_cell: rows of no run, run_entry " + std::to_string(entry));
  }
}

}  // namespace

void check_published_runs(ledger::ReadTx& stored, ledger::ReadTx& rebuilt,
                          TellOfEntry const& tell) {
  auto const runs = tables::list_runs(rebuilt);
  for (auto const& run : runs) {
    try {
      check_run(stored, run, tell);
    } catch (std::exception const& fault) {
      tell(run.entry, "the run " + domain::text_of(run.name) + " cannot be read: " + fault.what());
    }
  }
  check_strays(stored, runs, tell);
}

}  // namespace kaiku::verify
