#include "server/reports/question.hpp"

#include <algorithm>
#include <charconv>

#include "schema/values/faults.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/ledger_places.hpp"
#include "server/tables/network.hpp"
#include "server/tables/redemptions.hpp"

namespace kaiku::reports {
namespace {

using domain::Period;
using tables::ReportRun;

std::optional<std::int64_t> sequence_from(std::string_view text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 0) return std::nullopt;
  return number;
}

// Those before the first for which this does not hold: later runs count later entries.
template <class Holds>
RunsAsked first_runs(std::vector<ReportRun> runs, Holds holds) {
  runs.erase(std::ranges::find_if_not(runs, holds), runs.end());
  return RunsAsked(std::move(runs));
}

}  // namespace

Result<Scope> scope_of(ledger::ReadTx& tx, std::optional<AreaId> const& area, bool whole_network,
                       domain::Caller const& caller) {
  if (caller.is_staff()) {
    if (area || whole_network || caller.venues.empty()) return Error(Problem::forbidden);
    return Scope{Level::venue, std::nullopt, caller.own_venue(), true};
  }
  if (!caller.coordinates()) return Error(Problem::forbidden);
  if (caller.is_national()) {
    if (!area) return Scope{Level::network, std::nullopt, std::nullopt, true};
    if (!tables::find_area(tx, *area)) {
      return field_error("/area", FaultCode::not_found, "is no area");
    }
    return Scope{Level::area, area, std::nullopt, true};
  }
  if (whole_network) return Scope{};
  if (!caller.area || (area && *area != *caller.area)) return Error(Problem::forbidden);
  return Scope{Level::area, caller.area, std::nullopt, true};
}

bool RunsAsked::is_settled(int year) const {
  return std::ranges::any_of(
      runs_, [&](ReportRun const& run) { return run.name.year == year && !run.name.is_quarter(); });
}

std::vector<int> RunsAsked::settled_years() const {
  std::vector<int> years;
  for (auto const& run : runs_) {
    if (run.name.is_settlement()) years.push_back(run.name.year);
  }
  return years;
}

bool RunsAsked::tells(Part const& part) const {
  if (is_settled(part.year)) return true;
  if (part.is_year()) return false;
  auto const quarter =
      part.period.kind == Period::Kind::month ? (part.period.number + 2) / 3 : part.period.number;
  return std::ranges::any_of(runs_, [&](ReportRun const& run) {
    // A run tells the quarters before it that had none of their own.
    return run.name.year == part.year && run.name.quarter >= quarter;
  });
}

ReportRun const* RunsAsked::newest_of(int year) const {
  auto const found = std::find_if(runs_.rbegin(), runs_.rend(),
                                  [&](ReportRun const& run) { return run.name.year == year; });
  return found == runs_.rend() ? nullptr : &*found;
}

RunsAsked RunsAsked::up_to(std::int64_t entry) const {
  return first_runs(runs_, [&](ReportRun const& run) { return run.entry <= entry; });
}

Result<RunsAsked> runs_asked(ledger::ReadTx& tx, std::optional<std::string> const& as_of,
                             Day today) {
  auto runs = tables::list_runs(tx);
  if (!as_of) return RunsAsked(std::move(runs));
  // A year is a run's name and could be a sequence: the run is meant where there is one.
  auto const name = domain::run_name_from(*as_of);
  if (auto const run = name ? tables::find_run(tx, *name) : std::nullopt) {
    return RunsAsked(std::move(runs)).up_to(run->entry);
  }
  if (auto const sequence = sequence_from(*as_of)) {
    if (*sequence > ledger::last_sequence(tx)) {
      return field_error("/as_of", FaultCode::out_of_range, "is beyond the newest entry");
    }
    return first_runs(std::move(runs), [&](auto const& one) { return one.as_of <= *sequence; });
  }
  if (name) return field_error("/as_of", FaultCode::not_found, "is no run that was published");
  auto const time = instant_from_rfc3339(*as_of);
  if (!time) {
    return field_error("/as_of", FaultCode::not_a_time,
                       "has to be a run, a ledger sequence or a time in RFC 3339");
  }
  if (helsinki_day(*time) > today) {
    return field_error("/as_of", FaultCode::out_of_range, "lies ahead");
  }
  return first_runs(std::move(runs), [&](auto const& one) { return one.drawn_at <= *time; });
}

bool is_working_year(int year, Scope const& scope, RunsAsked const& runs, bool is_as_of,
                     Day today) {
  auto const this_year = civil_of(today).year;
  bool const is_near = year == this_year || year == this_year - 1;
  return is_near && scope.is_in_charge && !is_as_of && !runs.is_settled(year);
}

AsOf as_of_now(ledger::ReadTx& tx) {
  AsOf now;
  now.sequence = ledger::last_sequence(tx);
  now.time = tables::recorded_at_of(tx, now.sequence).value_or(Instant{});
  return now;
}

AsOf as_of_run(ReportRun const& run) { return {run.name, run.as_of, run.drawn_at, run.hash}; }

Error not_published_yet() { return {Problem::not_found, "not-published-yet"}; }

}  // namespace kaiku::reports
