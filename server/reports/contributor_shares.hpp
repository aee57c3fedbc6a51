// What each venue, office and area can count by itself beyond its own rows, so that nobody finds
// another's figure by subtracting it: months and quarters of the network, cards by home, and
// tables of one level.
#pragma once

#include <map>
#include <vector>

#include "server/reports/year_rows.hpp"

namespace kaiku::reports {

using CountedCells = std::map<domain::CellKey, domain::DeclaredCell>;

// `cells`: the counts of the set that they are shares of; none is more than its cell.
std::vector<domain::Share> use_shares(std::map<domain::CellKey, PeriodCounts> const& venues,
                                      domain::Measure measure, CountedCells const& cells);
std::vector<domain::Share> card_shares(std::map<HolderRow, HolderCounts> const& holders,
                                       CountedCells const& cells);
// Of the network's whole of tickets, by the member that they are counted in.
std::vector<domain::Share> ticket_shares(tables::BesideShares const& shares,
                                         std::int64_t tables::TicketsBeside::*tickets,
                                         domain::CellKey const& whole);
std::vector<domain::Share> community_card_shares(tables::BesideShares const& shares,
                                                 domain::CellKey const& whole);

}  // namespace kaiku::reports
