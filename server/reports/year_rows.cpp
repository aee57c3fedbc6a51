#include "server/reports/year_rows.hpp"

#include <numeric>

namespace kaiku::reports {
namespace {

std::size_t quarter_at(std::size_t month) { return month / 3; }

bool is_closed(CountedYear const& year, std::size_t quarter) {
  return quarter < year.closed.size() && year.closed[quarter];
}

// One row as of now: months of open quarters are told so, those of closed ones were told before.
void add_present(PeriodCounts& row, tables::Months const& months, CountedYear const& year) {
  for (std::size_t at = 0; at < months.size(); ++at) {
    (is_closed(year, quarter_at(at)) ? row.late : row.months[at]) += months[at];
  }
}

// The same row as of the run that closed this quarter.
void add_told(PeriodCounts& row, tables::Months const& months, std::size_t quarter) {
  for (std::size_t at = 3 * quarter; at < 3 * (quarter + 1); ++at) {
    row.months[at] += months[at];
    row.late -= months[at];
  }
}

// A row may be in any of the counts alone: what was undone leaves it, what came late brings it.
template <class AddPresent, class AddTold>
void add_all(CountedYear const& year, AddPresent const& present, AddTold const& told) {
  present(year.now);
  for (std::size_t quarter = 0; quarter < year.closed.size(); ++quarter) {
    if (year.closed[quarter]) told(*year.closed[quarter], quarter);
  }
}

HolderRow row_of(tables::CardsYear const& cards) {
  return {cards.office, cards.area, cards.home, cards.home_area};
}

}  // namespace

std::int64_t sum_of(tables::Months const& months) {
  return std::accumulate(months.begin(), months.end(), std::int64_t{0});
}

std::int64_t PeriodCounts::year() const { return sum_of(months) + late; }

PeriodCounts& PeriodCounts::operator+=(PeriodCounts const& other) {
  for (std::size_t at = 0; at < months.size(); ++at) months[at] += other.months[at];
  late += other.late;
  return *this;
}

domain::CellKey key_of(tables::VenueYear const& venue, domain::Measure measure) {
  return {.table = domain::Table::uses_venue,
          .area = venue.area,
          .municipality = venue.municipality,
          .venue = venue.venue,
          .measure = measure,
          .sector = venue.sector};
}

tables::Months const& months_of(tables::VenueYear const& venue, domain::Measure measure) {
  return measure == domain::Measure::children ? venue.children : venue.adults;
}

std::map<domain::CellKey, PeriodCounts> venue_rows(CountedYear const& year,
                                                   domain::Measure measure) {
  std::map<domain::CellKey, PeriodCounts> rows;
  add_all(
      year,
      [&](tables::YearCounts const& counts) {
        for (auto const& venue : counts.venues) {
          add_present(rows[key_of(venue, measure)], months_of(venue, measure), year);
        }
      },
      [&](tables::YearCounts const& counts, std::size_t quarter) {
        for (auto const& venue : counts.venues) {
          add_told(rows[key_of(venue, measure)], months_of(venue, measure), quarter);
        }
      });
  return rows;
}

std::map<HolderRow, HolderCounts> holder_rows(CountedYear const& year) {
  std::map<HolderRow, HolderCounts> rows;
  add_all(
      year,
      [&](tables::YearCounts const& counts) {
        for (auto const& cards : counts.cards) {
          auto& row = rows[row_of(cards)];
          add_present(row.registered, cards.registered, year);
          row.taken += cards.taken;
          row.earlier_years += cards.earlier_years;
        }
      },
      [&](tables::YearCounts const& counts, std::size_t quarter) {
        for (auto const& cards : counts.cards) {
          add_told(rows[row_of(cards)].registered, cards.registered, quarter);
        }
      });
  return rows;
}

std::set<AreaId> areas_of(CountedYear const& year) {
  std::set<AreaId> areas(year.network.areas.begin(), year.network.areas.end());
  auto const add = [&](tables::YearCounts const& counts) {
    for (auto const& venue : counts.venues) areas.insert(venue.area);
    for (auto const& cards : counts.cards) areas.insert(cards.area);
    for (auto const& beside : counts.beside) areas.insert(beside.area);
  };
  add_all(year, add, [&](tables::YearCounts const& counts, std::size_t) { add(counts); });
  return areas;
}

}  // namespace kaiku::reports
