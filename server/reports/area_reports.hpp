// Reports of settled years by area: how soon cards were first used, and where adults' uses come
// from. Both are final with the run that tells them, so they are read as of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/figure.hpp"

namespace kaiku::reports {

struct AreaQuestion {
  std::optional<int> year = {};     // none: the newest that is told
  std::optional<AreaId> area = {};  // none: the caller's whole scope
  bool is_network_wanted = false;   // by an area coordinator, in the place of the own area
};

// Of those registered in the year: whoever used the card within so many days of the registration.
struct CohortFigures {
  Figure registered, used_30, used_90, used_365;
};
struct CohortRow {
  AreaId area;
  std::string label;
  CohortFigures figures;
};
struct CohortReport {
  int year = 0;                // of registration
  std::optional<AreaId> area;  // none: the network
  AsOf as_of;                  // the settlement of the year after
  std::vector<CohortRow> rows;
  CohortFigures network;
};
// National roles: the network with all areas, or one. Area coordinators: the own area beside the
// network by the signs for everybody. Problem::forbidden for others; not_found with detail
// "not-published-yet" where no run has told of the year; faults at /year and /area.
Result<CohortReport> draw_cohorts(ledger::ReadTx& tx, AreaQuestion const& question,
                                  domain::Caller const& caller);

struct FlowPlace {
  std::optional<AreaId> area;  // none: a home that is not known, or in no area
  std::string label;           // empty: none either
};
struct FlowReport {
  int year = 0;
  std::optional<AreaId> area;  // none: the network
  AsOf as_of;                  // the year's settlement
  std::vector<FlowPlace> homes;
  std::vector<FlowPlace> venues;
  std::vector<std::vector<Figure>> adults;  // by the place of the home, then of the venue
  std::vector<Figure> totals;               // by the place of the venue
  // Who is in charge of one area reads what comes to its venues and where its holders go.
  bool concerns(std::size_t home, std::size_t venue) const;
};
// As above. With an area: what comes to its venues and where its own holders go, all else is
// not_published. To those in charge alone.
Result<FlowReport> draw_flows(ledger::ReadTx& tx, AreaQuestion const& question,
                              domain::Caller const& caller);

}  // namespace kaiku::reports
