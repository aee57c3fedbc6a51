// Runs of cells that a test makes by hand, published as the server does.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/crypto/crypto.hpp"
#include "server/ledger/ledger.hpp"
#include "server/reports/draw_run.hpp"
#include "server/use_cases/publish_run.hpp"
#include "tests/support/must.hpp"

namespace kaiku::test {

inline constexpr domain::Decision shown_cell{};
inline constexpr domain::Decision small_cell{.sign = domain::Sign::small};
inline constexpr domain::Decision withheld_cell{.sign = domain::Sign::complementary};

// The same sign for those in charge and, where the cell is open, for everybody.
inline tables::KeptCell told_cell(domain::CellKey key, std::int64_t count,
                                  domain::Decision decision = shown_cell) {
  tables::KeptCell cell{.key = std::move(key), .count = count, .in_charge = decision};
  if (is_open(cell.key)) cell.openly = decision;
  return cell;
}

// In the order of keys; as of the newest entry.
inline void publish_made_run(ledger::WriteTx& tx, std::string_view name,
                             std::vector<tables::KeptCell> cells,
                             std::vector<domain::Table> left_out_openly = {}) {
  reports::DrawnRun run;
  run.name = domain::run_name_from(name).value();
  run.as_of = ledger::last_sequence(tx);
  run.cells = std::move(cells);
  run.left_out_openly = std::move(left_out_openly);
  run.hash = crypto::sha256(bytes_of(published_form(run.cells)));
  must(use_cases::publish_run(tx, run, domain::Actor{}));
}

}  // namespace kaiku::test
