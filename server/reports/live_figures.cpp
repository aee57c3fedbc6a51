#include "server/reports/live_figures.hpp"

#include <numeric>

#include "server/reports/year_rows.hpp"
#include "server/tables/venue_tickets.hpp"

namespace kaiku::reports {
namespace {

void add(Figure& into, std::int64_t count) { into = shown(into.count + count); }

// Nothing counted yet is a zero, and no figure that is not published.
void begin(Measures& measures) {
  for (auto* figure : {&measures.adults, &measures.children, &measures.assistants,
                       &measures.interpreters, &measures.companions, &measures.community_uses}) {
    *figure = shown(0);
  }
  measures.adults_by_sector.fill(shown(0));
  measures.children_by_sector.fill(shown(0));
}

void add_uses(Measures& into, contract::Sector sector, std::int64_t adults, std::int64_t children) {
  auto const at = static_cast<std::size_t>(sector);
  add(into.adults_by_sector.at(at), adults);
  add(into.children_by_sector.at(at), children);
  add(into.adults, adults);
  add(into.children, children);
}

}  // namespace

Measures working_measures(tables::YearCounts const& counts, std::optional<AreaId> const& area) {
  Measures measures;
  begin(measures);
  for (auto* figure : {&measures.registered, &measures.taken, &measures.not_taken}) {
    *figure = shown(0);
  }
  auto const is_meant = [&](AreaId const& of_row) { return !area || of_row == *area; };
  for (auto const& venue : counts.venues) {
    if (!is_meant(venue.area)) continue;
    add_uses(measures, venue.sector, sum_of(venue.adults), sum_of(venue.children));
  }
  for (auto const& cards : counts.cards) {
    if (!is_meant(cards.area)) continue;
    auto const registered = sum_of(cards.registered);
    add(measures.registered, registered);
    add(measures.taken, cards.taken);
    add(measures.not_taken, registered - cards.taken);
  }
  for (auto const& beside : counts.beside) {
    if (!is_meant(beside.area)) continue;
    add(measures.assistants, beside.assistants);
    add(measures.interpreters, beside.interpreters);
    add(measures.companions, beside.companions);
    add(measures.community_uses, beside.community_uses);
  }
  return measures;
}

Measures sector_measures(Measures const& measures, contract::Sector sector) {
  auto const at = static_cast<std::size_t>(sector);
  Measures of_sector;
  of_sector.adults = measures.adults_by_sector.at(at);
  of_sector.children = measures.children_by_sector.at(at);
  return of_sector;
}

tables::YearCounts const& OwnFigures::counts(int year) {
  auto const found = read_.find(year);
  if (found != read_.end()) return found->second;
  return read_.emplace(year, tables::sum_year_of_venue(tx_, year, venue_)).first->second;
}

void OwnFigures::add(Measures& into, Part const& part) {
  auto const [first, last] = days_of(part);
  auto const of_part = [&](tables::Months const& months) {
    return std::accumulate(months.begin() + (civil_of(first).month - 1),
                           months.begin() + civil_of(last).month, std::int64_t{0});
  };
  for (auto const& venue : counts(part.year).venues) {
    add_uses(into, venue.sector, of_part(venue.adults), of_part(venue.children));
  }
  auto const beside = tables::count_tickets_beside(tx_, venue_, first, last, as_of_);
  reports::add(into.assistants, beside.assistants);
  reports::add(into.interpreters, beside.interpreters);
  reports::add(into.companions, beside.companions);
  reports::add(into.community_uses, beside.community_uses);
}

Measures OwnFigures::measures(std::vector<Part> const& parts) {
  Measures measures;
  begin(measures);
  for (auto const& part : parts) add(measures, part);
  return measures;
}

}  // namespace kaiku::reports
