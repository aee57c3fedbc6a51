// A run is told: its entry and its cells, for good.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/lanes/read_lanes.hpp"
#include "server/lanes/writer_lane.hpp"
#include "server/reports/draw_run.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku::use_cases {

// What somebody asks for by hand: a run that was missed, or an edition of a settled year.
struct RunQuestion {
  int year = 0;
  std::optional<int> quarter;          // 1–3; none: the settlement, or the next edition after it
  std::vector<domain::Table> without;  // left out for good
};
// The run that it names, drawn as of the newest entry. validation_failed at /year or /quarter for
// one that is not over or cannot be; conflict for one that is published, that is due later, that
// has to wait for an older one, that would move nothing, or that cannot be published without a
// count of 1–4 being found.
Result<reports::DrawnRun> draw_asked_run(ledger::ReadTx& tx, RunQuestion const& question,
                                         Day today);

// Publishes what was drawn. conflict when another run was published since.
Result<tables::ReportRun> publish_run(ledger::WriteTx& tx, reports::DrawnRun const& drawn,
                                      domain::Actor actor);

// What is due by the calendar, the oldest first; nullopt when nothing is. Years before the ledger
// began are no year's night: who has loaded them settles them (`report close`).
std::optional<domain::RunName> next_due_run(ledger::ReadTx& tx, Day today);

// Publishes by itself what is due. Belongs to one thread.
class DueRuns {
 public:
  DueRuns(lanes::WriterLane& writer, lanes::ReadLanes& readers, Clock const& clock,
          telemetry::FaultReport& faults)
      : writer_(writer), readers_(readers), clock_(clock), faults_(faults) {}
  // At most one run; true: there may be more. A run that is refused is told once a day, and those
  // after it wait. Throws when a lane is full or stopping, or when a run cannot be drawn: it is not
  // tried again for an hour, since whoever asks for figures waits behind it.
  bool publish_next();

 private:
  bool publish_due(Day today);
  lanes::WriterLane& writer_;
  lanes::ReadLanes& readers_;
  Clock const& clock_;
  telemetry::FaultReport& faults_;
  std::optional<Day> refused_on_;
  Instant not_before_{};
};

}  // namespace kaiku::use_cases
