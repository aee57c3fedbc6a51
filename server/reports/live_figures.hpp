// What is counted now and told to those alone who may see it exactly: the year of an area to those
// in charge of it, a venue's own tickets to its staff.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/catalogue.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::reports {

// Of the network, or of one area. Holders of earlier years and community cards are not counted by
// the day: runs tell of them.
Measures working_measures(tables::YearCounts const& counts, std::optional<AreaId> const& area);
// Uses of one sector.
Measures sector_measures(Measures const& measures, contract::Sector sector);

// A venue's own tickets as of a ledger sequence.
class OwnFigures {
 public:
  OwnFigures(ledger::ReadTx& tx, VenueId venue, std::int64_t as_of)
      : tx_(tx), venue_(venue), as_of_(as_of) {}
  // Of these months and years.
  Measures measures(std::vector<Part> const& parts);

 private:
  void add(Measures& into, Part const& part);
  tables::YearCounts const& counts(int year);

  ledger::ReadTx& tx_;
  VenueId venue_;
  std::int64_t as_of_;
  std::map<int, tables::YearCounts> read_;
};

}  // namespace kaiku::reports
