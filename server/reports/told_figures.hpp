// Published cells as one audience reads them.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "server/ledger/transactions.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/catalogue.hpp"
#include "server/tables/report_runs.hpp"

namespace kaiku::reports {

// Lives within one transaction. Reads a table of a year when it is first asked for.
class ToldFigures {
 public:
  // Up to and with the run of that entry (0: of none); `area`: rows below the network are read of
  // it alone.
  ToldFigures(ledger::ReadTx& tx, std::int64_t up_to_entry, bool is_in_charge,
              std::optional<AreaId> area)
      : tx_(tx), up_to_entry_(up_to_entry), is_in_charge_(is_in_charge), area_(std::move(area)) {}

  Figure at(int year, domain::CellKey const& key);
  // In the order of keys.
  std::vector<tables::KeptCell> const& cells(int year, domain::Table table);
  // Adults and children, and holders, of the row that `row` is a key of, summed over the parts; by
  // sector, and what is counted of whole years, where the parts are such.
  Measures measures(domain::CellKey const& row, std::optional<domain::Table> cards,
                    std::optional<domain::Table> uses, std::vector<Part> const& parts);

 private:
  Figure sum(domain::CellKey key, std::vector<Part> const& parts);
  void add_cards(Measures& into, domain::CellKey const& row, std::vector<Part> const& parts);
  void add_uses(Measures& into, domain::CellKey const& row, std::vector<Part> const& parts);

  ledger::ReadTx& tx_;
  std::int64_t up_to_entry_;
  bool is_in_charge_;
  std::optional<AreaId> area_;
  std::map<std::pair<int, domain::Table>, std::vector<tables::KeptCell>> read_;
};

}  // namespace kaiku::reports
