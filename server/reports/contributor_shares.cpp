#include "server/reports/contributor_shares.hpp"

#include <algorithm>
#include <utility>

#include "server/domain/restatement.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Contributor;
using domain::Measure;
using domain::Period;
using domain::Table;

class Sharing {
 public:
  explicit Sharing(CountedCells const& cells) : cells_(cells) {}

  void add(Contributor const& contributor, CellKey const& key, std::int64_t count) {
    if (count > 0) counts_[{contributor, key}] += count;
  }
  // Of the network. An area's quarters are rows of its own.
  void add_months(Contributor const& contributor, CellKey key, tables::Months const& months) {
    for (int number = 1; number <= 12; ++number) {
      auto const count = months[domain::index(number - 1)];
      key.period = {Period::Kind::month, number};
      add(contributor, key, count);
      key.period = {Period::Kind::quarter, (number + 2) / 3};
      if (contributor.area.value.empty()) add(contributor, key, count);
    }
  }
  // An area knows what its last quarter took up, and from which of the network's months it went.
  void add_area(AreaId const& area, CellKey const& key, PeriodCounts counts) {
    auto& months = counts.months;
    std::array<std::int64_t, 3> last{months[9], months[10], months[11]};
    auto const quarter = last[0] + last[1] + last[2];
    auto const settled = domain::settle_late_change(quarter, counts.late);
    last = domain::settle_last_months(last, settled.last_quarter - quarter);
    std::ranges::copy(last, months.begin() + 9);
    add_months({.area = area}, key, months);
  }
  // Records undone for closed quarters are taken from the last months of the network, so that a
  // share may have been more than is left.
  std::vector<domain::Share> all() const {
    std::vector<domain::Share> shares;
    for (auto const& [whose, count] : counts_) {
      auto const cell = cells_.find(whose.second);
      if (cell == cells_.end()) continue;
      shares.push_back({whose.first, whose.second, std::min(count, cell->second.count)});
    }
    return shares;
  }

 private:
  CountedCells const& cells_;
  std::map<std::pair<Contributor, CellKey>, std::int64_t> counts_;
};

}  // namespace

std::vector<domain::Share> use_shares(std::map<CellKey, PeriodCounts> const& venues,
                                      Measure measure, CountedCells const& cells) {
  Sharing sharing(cells);
  CellKey const network{.table = Table::uses_network, .measure = measure};
  std::map<AreaId, PeriodCounts> areas;
  for (auto const& [key, counts] : venues) {
    sharing.add_months({.venue = key.venue}, network, counts.months);
    areas[key.area] += counts;
  }
  for (auto const& [area, counts] : areas) sharing.add_area(area, network, counts);
  return sharing.all();
}

std::vector<domain::Share> card_shares(std::map<HolderRow, HolderCounts> const& holders,
                                       CountedCells const& cells) {
  Sharing sharing(cells);
  CellKey const network{.table = Table::cards_network, .measure = Measure::registered};
  std::map<AreaId, PeriodCounts> areas;
  for (auto const& [row, counts] : holders) {
    sharing.add_months({.office = row.office}, network, counts.registered.months);
    areas[row.area] += counts.registered;
    auto const registered = counts.registered.year();
    for (auto const& [measure, count] :
         {std::pair{Measure::registered, registered}, std::pair{Measure::taken, counts.taken},
          std::pair{Measure::not_taken, registered - counts.taken}}) {
      CellKey const home{.table = Table::cards_home,
                         .area = row.home_area,
                         .municipality = row.home,
                         .measure = measure};
      sharing.add({.office = row.office}, home, count);
      sharing.add({.area = row.area}, home, count);
    }
  }
  for (auto const& [area, counts] : areas) sharing.add_area(area, network, counts);
  return sharing.all();
}

std::vector<domain::Share> ticket_shares(tables::BesideShares const& shares,
                                         std::int64_t tables::TicketsBeside::*tickets,
                                         CellKey const& whole) {
  std::vector<domain::Share> found;
  for (auto const& [venue, of_venue] : shares.venues) {
    if (of_venue.*tickets > 0) found.push_back({{.venue = venue}, whole, of_venue.*tickets});
  }
  return found;
}

std::vector<domain::Share> community_card_shares(tables::BesideShares const& shares,
                                                 CellKey const& whole) {
  std::vector<domain::Share> found;
  for (auto const& [office, count] : shares.community_cards) {
    found.push_back({{.office = office}, whole, count});
  }
  return found;
}

}  // namespace kaiku::reports
