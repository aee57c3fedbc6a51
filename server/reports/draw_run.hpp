// A run as it would be published: counted, put under disclosure control, not yet told to anybody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/domain/disclosure_control.hpp"
#include "server/domain/report_run.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

// Of how cells are counted and withheld. A run is drawn again by the method that it was drawn by.
inline constexpr int method = 1;

struct DrawnRun {
  domain::RunName name;
  std::int64_t as_of = 0;
  std::vector<tables::KeptCell> cells;  // that this run tells, in the order of keys
  std::vector<domain::Table> left_out;
  std::vector<domain::Table> left_out_openly;
  Digest hash{};
  std::optional<domain::Refusal> refused;  // then nothing may be published, and `cells` is empty
};

// Counts as of `as_of` what the run of this name tells, after the runs before it (those drawn as of
// an earlier sequence). `without`: tables that are left out of it for good. The same for the same
// ledger, whenever it is drawn. An edition that has nothing to move has no cells. Throws
// std::invalid_argument for a run whose year has no settlement where it needs one.
DrawnRun draw_run(ledger::ReadTx& tx, domain::RunName const& name, std::int64_t as_of,
                  std::vector<domain::Table> const& without = {});

}  // namespace kaiku::reports
