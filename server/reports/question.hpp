// What a question about figures asks for, once it is known who asks: of what, by which signs, and
// as of which run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/ledger/transactions.hpp"
#include "server/reports/catalogue.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

struct Scope {
  Level level = Level::network;
  std::optional<AreaId> area;
  std::optional<VenueId> venue;
  // Signs for those in charge, and the working figures; else the signs for everybody.
  bool is_in_charge = false;
};
// Problem::forbidden for another area than the caller's and for roles that have no figures; a fault
// at /area for an area that is none.
Result<Scope> scope_of(ledger::ReadTx& tx, std::optional<AreaId> const& area, bool whole_network,
                       domain::Caller const& caller);

// The runs drawn so far as the question wants to know of them, oldest first.
class RunsAsked {
 public:
  explicit RunsAsked(std::vector<tables::ReportRun> runs) : runs_(std::move(runs)) {}
  std::vector<tables::ReportRun> const& all() const { return runs_; }
  // The entry up to which cells are read; 0: of no run.
  std::int64_t up_to_entry() const { return runs_.empty() ? 0 : runs_.back().entry; }
  bool is_settled(int year) const;
  std::vector<int> settled_years() const;
  // Whether the run has been drawn that tells this part.
  bool tells(Part const& part) const;
  // The newest one about the year; nullptr when there is none.
  tables::ReportRun const* newest_of(int year) const;
  // Those up to and with the run of an entry.
  RunsAsked up_to(std::int64_t entry) const;

 private:
  std::vector<tables::ReportRun> runs_;
};
// Those up to `as_of`: a run's name, an RFC 3339 time, or a ledger sequence; all of them without
// one. Faults at /as_of for what is none of these, a run that is not there, and what lies ahead.
Result<RunsAsked> runs_asked(ledger::ReadTx& tx, std::optional<std::string> const& as_of,
                             Day today);

// Whether those in charge see the year as it is now: this one and the one before, until they are
// settled. Whoever asks as of a run gets what runs have told.
bool is_working_year(int year, Scope const& scope, RunsAsked const& runs, bool is_as_of, Day today);

AsOf as_of_now(ledger::ReadTx& tx);
AsOf as_of_run(tables::ReportRun const& run);
Error not_published_yet();

}  // namespace kaiku::reports
