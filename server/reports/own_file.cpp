#include "server/reports/own_file.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "server/domain/disclosure_control.hpp"
#include "server/reports/catalogue.hpp"
#include "server/reports/year_rows.hpp"

namespace kaiku::reports {
namespace {

using domain::Period;
using tables::Months;

constexpr Figure withheld{Figure::Is::complementary, 0};

domain::DeclaredCell cell_of(Period period, std::int64_t count) {
  domain::CellKey key{.table = domain::Table::venue_months, .period = period};
  key.measure = period.kind == Period::Kind::year ? domain::Measure::whole : domain::Measure::part;
  return {.key = std::move(key), .count = count};
}

// Uses of one venue as others may read them.
class UsesForOthers {
 public:
  UsesForOthers(ledger::ReadTx& tx, VenueId venue) : tx_(tx), venue_(venue) {}

  // Adults and children, and nothing else.
  Measures measures(std::vector<Part> const& parts) {
    std::optional<Figure> adults;
    std::optional<Figure> children;
    auto const add = [](std::optional<Figure>& into, Figure const& figure) {
      into = into ? *into + figure : figure;
    };
    for (auto const& part : parts) {
      auto const& [of_adults, of_children] = year(part.year);
      add(adults, figure_of_part(of_adults, part));
      add(children, figure_of_part(of_children, part));
    }
    Measures measures;
    measures.adults = adults.value_or(Figure{});
    measures.children = children.value_or(Figure{});
    return measures;
  }

 private:
  using Year = std::pair<OwnYear, OwnYear>;

  static Figure figure_of_part(OwnYear const& year, Part const& part) {
    if (part.is_year()) return year.year;
    auto const [first, last] = days_of(part);
    auto figure = year.months.at(civil_of(first).month - 1);
    for (auto month = civil_of(first).month; month < civil_of(last).month; ++month) {
      figure = figure + year.months.at(month);
    }
    return figure;
  }

  Year const& year(int number) {
    auto const found = years_.find(number);
    if (found != years_.end()) return found->second;
    Months adults{};
    Months children{};
    for (auto const& venue : tables::sum_year(tx_, number).venues) {
      if (venue.venue != venue_) continue;
      for (std::size_t at = 0; at < adults.size(); ++at) {
        adults[at] += venue.adults[at];
        children[at] += venue.children[at];
      }
    }
    Year year{own_year_for_others(adults), own_year_for_others(children)};
    return years_.emplace(number, std::move(year)).first->second;
  }

  ledger::ReadTx& tx_;
  VenueId venue_;
  std::map<int, Year> years_;
};

void withhold_few(Figure& figure) {
  if (domain::counts_few(figure.count)) figure = {Figure::Is::small, 0};
}

template <class Sectors>
std::vector<Figure*> addresses_of(Sectors& sectors) {
  std::vector<Figure*> addresses;
  for (auto& sector : sectors) addresses.push_back(&sector);
  return addresses;
}

// Whole years as such, and months of all others.
std::vector<Part> parts_of(UsageReport const& report) {
  std::vector<int> years;
  for (int year = civil_of(report.from).year; year <= civil_of(report.to).year; ++year) {
    years.push_back(year);
  }
  return fewest_parts(Grain::month, report.from, report.to, years);
}

}  // namespace

OwnYear own_year_for_others(Months const& counts) {
  domain::DeclaredSet set{.linking = domain::Linking::one_level, .cells = {}};
  for (int number = 1; number <= 12; ++number) {
    set.cells.push_back(cell_of({Period::Kind::month, number}, counts[domain::index(number - 1)]));
  }
  set.cells.push_back(cell_of({}, sum_of(counts)));
  auto const control = domain::control_disclosure(set);
  auto const figure_at = [&](std::size_t at) {
    if (control.refused) return withheld;
    return figure_of(control.signs.in_charge.at(at).value(), set.cells[at].count);
  };
  OwnYear year;
  for (std::size_t at = 0; at < year.months.size(); ++at) year.months[at] = figure_at(at);
  year.year = figure_at(year.months.size());
  return year;
}

void withhold_sectors(std::vector<Figure*> const& sectors, Figure const& whole, bool is_year) {
  std::vector<Figure*> counted;
  std::ranges::copy_if(sectors, std::back_inserter(counted),
                       [](Figure const* sector) { return sector->count > 0; });
  if (counted.size() == 1) {
    *counted.front() = whole;
    return;
  }
  bool const has_few = std::ranges::any_of(
      counted, [](Figure const* sector) { return domain::counts_few(sector->count); });
  if (is_year && !has_few) return;
  for (auto* sector : counted) *sector = withheld;
}

void withhold_for_others(ledger::ReadTx& tx, AnnualReport& report) {
  if (report.state != State::own) return;
  auto& measures = report.measures;
  auto const told = UsesForOthers(tx, *report.venue).measures({{report.year, {}}});
  withhold_sectors(addresses_of(measures.adults_by_sector), told.adults, true);
  withhold_sectors(addresses_of(measures.children_by_sector), told.children, true);
  measures.adults = told.adults;
  measures.children = told.children;
  for (auto* figure : {&measures.assistants, &measures.interpreters, &measures.companions,
                       &measures.community_uses}) {
    withhold_few(*figure);
  }
}

void withhold_for_others(ledger::ReadTx& tx, UsageReport& report) {
  if (report.state != State::own) return;
  UsesForOthers uses(tx, *report.venue);
  auto const parts = parts_of(report);
  report.totals = uses.measures(parts);
  if (report.group_by == GroupBy::none) {
    for (auto& row : report.rows) row.measures = report.totals;
  } else if (report.group_by == GroupBy::month) {
    auto const months = parts_by(Grain::month, report.from, report.to).value();
    for (std::size_t at = 0; at < report.rows.size(); ++at) {
      report.rows[at].measures = uses.measures({months.at(at)});
    }
  } else {
    bool const is_year = parts.size() == 1 && parts.front().is_year();
    std::vector<Figure*> adults;
    std::vector<Figure*> children;
    for (auto& row : report.rows) {
      adults.push_back(&row.measures.adults);
      children.push_back(&row.measures.children);
    }
    withhold_sectors(adults, report.totals.adults, is_year);
    withhold_sectors(children, report.totals.children, is_year);
  }
}

}  // namespace kaiku::reports
