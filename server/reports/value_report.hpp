// What a settled year's uses are worth under a set of assumptions: counts as their reader sees
// them, withheld ones by the least that they can be.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/value_sheet.hpp"
#include "server/reports/annual.hpp"

namespace kaiku::reports {

struct ValuedUses {
  int year = 0;
  std::optional<AreaId> area;
  AsOf as_of;
  std::array<Figure, domain::ticket_line_count> tickets;  // by ValueLine
  Figure active_cards;
  domain::ValuedCounts counts;  // lower limits of these
};
struct ValuedQuestion {
  int year = 0;
  std::optional<AreaId> area = {};      // none: the caller's whole scope
  std::optional<std::string> run = {};  // none: the newest
};
// For coordinators: an area coordinator's own area, a national role's network or any area. A fault
// at /year where it is not settled, else as draw_annual.
Result<ValuedUses> valued_uses(ledger::ReadTx& tx, ValuedQuestion const& question,
                               domain::Caller const& caller, Day today);

struct ValueReport {
  ValuedUses uses;
  std::vector<domain::ValueRow> rows;  // the assumptions, all of them
  domain::ValueSheet sheet;
  int version = 0;   // 0: not saved
  Instant saved_at;  // of a saved one
  // Lines whose published number is withheld, among those that it matters to.
  std::vector<domain::ValueLine> withheld;
  // Tickets that were used and have no value.
  std::vector<domain::ValueLine> not_valued;
};
ValueReport value_report(ValuedUses uses, std::vector<domain::ValueRow> rows);

}  // namespace kaiku::reports
