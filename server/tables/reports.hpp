// Sums over lineages and uses for the reports, as of a ledger sequence.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/tables/groupings.hpp"

namespace kaiku::tables {

struct ReportWindow {
  Day from;
  Day to;  // inclusive
  std::int64_t as_of = 0;
  std::optional<AreaId> area;    // persons by home, uses by venue
  std::optional<VenueId> venue;  // uses alone
  GroupBy group_by = GroupBy::none;
};

// Personal cards' lineages: registered in the window; of these with a use by its end; and lineages
// of any year with a use in the window. Keyed by home area, municipality, office or month.
struct PersonCounts {
  std::int64_t registered = 0;
  std::int64_t taken_into_use = 0;
  std::int64_t active = 0;
};
std::map<std::string, PersonCounts> count_persons(ledger::ReadTx& tx, ReportWindow const& window);

// Tickets by the day they occurred; places of use for area, municipality, venue, sector; the
// issuing office for office. Uses of community cards stand apart.
struct UseCounts {
  std::array<std::int64_t, 4> adults{};  // by sector
  std::array<std::int64_t, 4> children{};
  std::int64_t assistants = 0;
  std::int64_t interpreters = 0;
  std::int64_t companions = 0;
  std::int64_t community = 0;
  std::int64_t uses = 0;  // acts, and of these recorded more than a day late
  std::int64_t late = 0;
};
// Uses that wait for a ruling and are in no count.
std::int64_t count_waiting(ledger::ReadTx& tx, ReportWindow const& window);
std::map<std::string, UseCounts> count_uses(ledger::ReadTx& tx, ReportWindow const& window);

std::int64_t count_municipalities(ledger::ReadTx& tx, std::optional<AreaId> const& area);

}  // namespace kaiku::tables
