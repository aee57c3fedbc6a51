// Runs of figures that a test publishes as the server does when they are due.
#pragma once

#include <string_view>

#include "server/domain/report_run.hpp"
#include "server/reports/draw_run.hpp"
#include "server/tables/report_runs.hpp"
#include "server/use_cases/publish_run.hpp"
#include "tests/support/must.hpp"

namespace kaiku::test {

// As of the newest entry. The server may have been first: then nothing is done.
inline void publish_run(ledger::WriteTx& tx, std::string_view text) {
  auto const name = domain::run_name_from(text).value();
  if (tables::find_run(tx, name)) return;
  auto const drawn = reports::draw_run(tx, name, tx.ledger_end().last_sequence());
  must(use_cases::publish_run(tx, drawn, domain::Actor{}));
}

}  // namespace kaiku::test
