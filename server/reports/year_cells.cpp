#include "server/reports/year_cells.hpp"

#include <array>
#include <utility>

#include "server/domain/restatement.hpp"
#include "server/reports/contributor_shares.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Linking;
using domain::Measure;
using domain::Period;
using domain::Table;
using Kind = Period::Kind;

constexpr std::array sectors{contract::Sector::culture, contract::Sector::education,
                             contract::Sector::science, contract::Sector::sport};
constexpr std::array taken_or_not{Measure::taken, Measure::not_taken};
constexpr Period late_row{Kind::late, 0};
constexpr Period last_quarter{Kind::quarter, 4};

void add(CountedCells& cells, CellKey const& key, std::int64_t count) {
  auto& cell = cells[key];
  cell.key = key;
  cell.count += count;
}

// Months are the network's alone: in an area they would be too small to be published.
void add_periods(CountedCells& cells, CellKey key, PeriodCounts const& counts) {
  for (int number = 1; number <= 12; ++number) {
    auto const count = counts.months[domain::index(number - 1)];
    key.period = {Kind::quarter, (number + 2) / 3};
    add(cells, key, count);
    key.period = {Kind::month, number};
    if (domain::is_network(key)) add(cells, key, count);
  }
  key.period = late_row;
  add(cells, key, counts.late);
  key.period = {};
  add(cells, key, counts.year());
}

// A registration that is taken back is in no count any more, not even in one as of before: what was
// told of it stands, and the change comes late like any other.
void keep_to_told(CountedCells& cells, ToldCounts const& told) {
  for (auto& [key, cell] : cells) {
    if (key.period.kind != Kind::quarter && key.period.kind != Kind::month) continue;
    auto const found = told.find(key);
    if (found == told.end()) continue;
    auto late = key;
    late.period = late_row;
    cells.at(late).count -= found->second - cell.count;
    cell.count = found->second;
  }
}

// What came late to an area and is too little for a row of its own goes to its last quarter, and
// to the last months of the network.
void settle_late_rows(CountedCells& cells, CellKey const& network) {
  std::int64_t taken_up = 0;
  std::int64_t late = 0;
  for (auto& [key, cell] : cells) {
    if (key.period != late_row || domain::is_network(key)) continue;
    auto last = key;
    last.period = last_quarter;
    auto& quarter = cells.at(last).count;
    auto const settled = domain::settle_late_change(quarter, cell.count);
    taken_up += settled.last_quarter - quarter;
    quarter = settled.last_quarter;
    cell.count = settled.late_row;
    cell.late_withheld = settled.is_withheld;
    late += settled.late_row;
  }
  auto const of_network = [&](Period period) -> std::int64_t& {
    auto key = network;
    key.period = period;
    return cells.at(key).count;
  };
  of_network(late_row) = late;
  of_network(last_quarter) += taken_up;
  std::array<std::int64_t, 3> last{};
  for (int at = 0; at < 3; ++at) last[domain::index(at)] = of_network({Kind::month, 10 + at});
  last = domain::settle_last_months(last, taken_up);
  for (int at = 0; at < 3; ++at) of_network({Kind::month, 10 + at}) = last[domain::index(at)];
}

domain::DeclaredSet set_of(Linking linking, CountedCells&& cells,
                           std::vector<domain::Share> shares = {}) {
  domain::DeclaredSet set{.linking = linking, .cells = {}, .shares = std::move(shares)};
  set.cells.reserve(cells.size());
  for (auto& [key, cell] : cells) set.cells.push_back(std::move(cell));
  return set;
}

void add_use_rows_without_uses(CountedCells& cells, CountedYear const& year, Measure measure) {
  auto const add_row = [&](CellKey key) {
    add_periods(cells, key, {});
    for (auto const sector : sectors) {
      key.sector = sector;
      add(cells, key, 0);
    }
  };
  add_row({.table = Table::uses_network, .measure = measure});
  for (auto const& area : areas_of(year)) {
    add_row({.table = Table::uses_area, .area = area, .measure = measure});
  }
  for (auto const& [code, area] : year.network.municipalities) {
    add(cells,
        {.table = Table::uses_municipality, .area = area, .municipality = code, .measure = measure},
        0);
  }
}

domain::DeclaredSet uses_of(CountedYear const& year, ToldCounts const& told, Measure measure) {
  CountedCells cells;
  add_use_rows_without_uses(cells, year, measure);
  auto const venues = venue_rows(year, measure);
  for (auto const& [venue, counts] : venues) {
    add(cells, venue, counts.year());
    for (auto const& above : domain::cells_that_hold(venue)) {
      if (above.sector || above.table == Table::uses_municipality) {
        add(cells, above, counts.year());
      } else {
        add_periods(cells, above, counts);
      }
    }
  }
  keep_to_told(cells, told);
  settle_late_rows(cells, {.table = Table::uses_network, .measure = measure});
  auto shares = use_shares(venues, measure, cells);
  return set_of(Linking::uses, std::move(cells), std::move(shares));
}

CellKey cards_of_network(Measure measure) {
  return {.table = Table::cards_network, .measure = measure};
}
CellKey cards_of_area(AreaId const& area, Measure measure) {
  return {.table = Table::cards_area, .area = area, .measure = measure};
}
CellKey cards_of_home(AreaId const& area, std::string const& code, Measure measure) {
  return {.table = Table::cards_home, .area = area, .municipality = code, .measure = measure};
}

void add_card_rows_without_cards(CountedCells& cells, CountedYear const& year) {
  add_periods(cells, cards_of_network(Measure::registered), {});
  for (auto const measure : taken_or_not) add(cells, cards_of_network(measure), 0);
  for (auto const& area : areas_of(year)) {
    add_periods(cells, cards_of_area(area, Measure::registered), {});
    for (auto const measure : taken_or_not) add(cells, cards_of_area(area, measure), 0);
  }
  for (auto const& [code, area] : year.network.municipalities) {
    for (auto const measure : {Measure::registered, Measure::taken, Measure::not_taken}) {
      add(cells, cards_of_home(area, code, measure), 0);
    }
  }
}

domain::DeclaredSet cards_of(CountedYear const& year, ToldCounts const& told) {
  CountedCells cells;
  add_card_rows_without_cards(cells, year);
  auto const holders = holder_rows(year);
  for (auto const& [row, counts] : holders) {
    auto const registered = counts.registered.year();
    add_periods(cells, cards_of_network(Measure::registered), counts.registered);
    add_periods(cells, cards_of_area(row.area, Measure::registered), counts.registered);
    for (auto const& [measure, count] :
         {std::pair{Measure::registered, registered}, std::pair{Measure::taken, counts.taken},
          std::pair{Measure::not_taken, registered - counts.taken}}) {
      add(cells,
          {.table = Table::cards_office,
           .area = row.area,
           .office = row.office,
           .measure = measure},
          count);
      add(cells, cards_of_home(row.home_area, row.home, measure), count);
      if (measure == Measure::registered) continue;
      add(cells, cards_of_network(measure), count);
      add(cells, cards_of_area(row.area, measure), count);
    }
  }
  keep_to_told(cells, told);
  settle_late_rows(cells, cards_of_network(Measure::registered));
  auto shares = card_shares(holders, cells);
  return set_of(Linking::cards, std::move(cells), std::move(shares));
}

domain::DeclaredSet cards_of_earlier_years(CountedYear const& year) {
  CountedCells cells;
  constexpr auto measure = Measure::earlier_years;
  add(cells, cards_of_network(measure), 0);
  for (auto const& area : areas_of(year)) add(cells, cards_of_area(area, measure), 0);
  for (auto const& [code, area] : year.network.municipalities) {
    add(cells, cards_of_home(area, code, measure), 0);
  }
  for (auto const& [row, counts] : holder_rows(year)) {
    add(cells, cards_of_network(measure), counts.earlier_years);
    add(cells, cards_of_area(row.area, measure), counts.earlier_years);
    add(cells, cards_of_home(row.home_area, row.home, measure), counts.earlier_years);
  }
  return set_of(Linking::earlier_years, std::move(cells));
}

// Of areas, and the network's whole.
struct OneLevel {
  Table table;
  char const* label;
  std::int64_t tables::BesideYear::*count;
  std::int64_t tables::TicketsBeside::*of_venue = nullptr;  // as a venue counts its own
};
constexpr std::array one_levels{
    OneLevel{Table::beside, labels::assistants, &tables::BesideYear::assistants,
             &tables::TicketsBeside::assistants},
    OneLevel{Table::beside, labels::interpreters, &tables::BesideYear::interpreters,
             &tables::TicketsBeside::interpreters},
    OneLevel{Table::beside, labels::companions, &tables::BesideYear::companions,
             &tables::TicketsBeside::companions},
    OneLevel{Table::judged, labels::undone, &tables::BesideYear::undone_tickets},
    OneLevel{Table::community, labels::cards, &tables::BesideYear::community_cards},
    OneLevel{Table::community, labels::uses, &tables::BesideYear::community_uses,
             &tables::TicketsBeside::community_uses},
};

domain::DeclaredSet set_of_areas(CountedYear const& year, OneLevel const& counted) {
  CountedCells cells;
  auto const key = [&](AreaId const& area, Measure measure) {
    return CellKey{
        .table = counted.table, .area = area, .measure = measure, .label = counted.label};
  };
  auto const add_area = [&](AreaId const& area, std::int64_t count) {
    add(cells, key(area, Measure::part), count);
    add(cells, key({}, Measure::whole), count);
  };
  add(cells, key({}, Measure::whole), 0);
  for (auto const& area : areas_of(year)) add_area(area, 0);
  for (auto const& beside : year.now.beside) add_area(beside.area, beside.*counted.count);
  auto const whole = key({}, Measure::whole);
  std::vector<domain::Share> shares;
  if (counted.of_venue != nullptr) {
    shares = ticket_shares(year.beside_shares, counted.of_venue, whole);
  } else if (counted.count == &tables::BesideYear::community_cards) {
    shares = community_card_shares(year.beside_shares, whole);
  }
  return set_of(Linking::one_level, std::move(cells), std::move(shares));
}

// One set an area of venues: that where adults come from, of all its adults.
void add_flows(std::vector<domain::DeclaredSet>& sets, CountedYear const& year) {
  std::map<AreaId, CountedCells> into;
  for (auto const& flow : year.now.flows) {
    auto& cells = into[flow.venue_area];
    auto const& home = flow.home_area.value;
    add(cells,
        {.table = Table::flows,
         .area = flow.venue_area,
         .measure = Measure::part,
         .label = home.empty() ? labels::home_not_known : home},
        flow.adults);
    add(cells, {.table = Table::flows, .area = flow.venue_area, .measure = Measure::whole},
        flow.adults);
  }
  for (auto& [area, cells] : into) sets.push_back(set_of(Linking::one_level, std::move(cells)));
}

}  // namespace

std::vector<domain::DeclaredSet> sets_of(CountedYear const& year, ToldCounts const& told) {
  std::vector<domain::DeclaredSet> sets;
  sets.push_back(uses_of(year, told, Measure::adults));
  sets.push_back(uses_of(year, told, Measure::children));
  sets.push_back(cards_of(year, told));
  sets.push_back(cards_of_earlier_years(year));
  for (auto const& counted : one_levels) sets.push_back(set_of_areas(year, counted));
  add_flows(sets, year);
  return sets;
}

}  // namespace kaiku::reports
