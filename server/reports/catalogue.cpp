#include "server/reports/catalogue.hpp"

#include <algorithm>
#include <array>

namespace kaiku::reports {
namespace {

using domain::Period;
using domain::Table;

constexpr auto no_table = std::nullopt;

constexpr std::array catalogue{
    // The whole network.
    Grouping{GroupBy::none, Level::network, Table::cards_network, Table::uses_network,
             CardColumns::earlier_years, true, Grain::month, true},
    Grouping{GroupBy::area, Level::network, Table::cards_area, Table::uses_area,
             CardColumns::earlier_years, true, Grain::quarter, false},
    Grouping{GroupBy::municipality, Level::network, no_table, Table::uses_municipality,
             CardColumns::none, false, Grain::year, false},
    Grouping{GroupBy::home, Level::network, Table::cards_home, no_table, CardColumns::earlier_years,
             false, Grain::year, false},
    Grouping{GroupBy::office, Level::network, Table::cards_office, no_table, CardColumns::taken,
             false, Grain::year, false},
    Grouping{GroupBy::venue, Level::network, no_table, Table::uses_venue, CardColumns::none, false,
             Grain::year, false},
    Grouping{GroupBy::sector, Level::network, no_table, Table::uses_network, CardColumns::none,
             false, Grain::year, true},
    Grouping{GroupBy::month, Level::network, Table::cards_network, Table::uses_network,
             CardColumns::registered, false, Grain::month, true},
    Grouping{GroupBy::quarter, Level::network, Table::cards_network, Table::uses_network,
             CardColumns::registered, false, Grain::quarter, true},
    Grouping{GroupBy::year, Level::network, Table::cards_network, Table::uses_network,
             CardColumns::earlier_years, true, Grain::year, true},
    // One area. Months of areas are not published: too much of them would have to be withheld.
    Grouping{GroupBy::none, Level::area, Table::cards_area, Table::uses_area,
             CardColumns::earlier_years, true, Grain::quarter},
    Grouping{GroupBy::area, Level::area, Table::cards_area, Table::uses_area,
             CardColumns::earlier_years, true, Grain::quarter},
    Grouping{GroupBy::municipality, Level::area, no_table, Table::uses_municipality,
             CardColumns::none, false, Grain::year},
    Grouping{GroupBy::home, Level::area, Table::cards_home, no_table, CardColumns::earlier_years,
             false, Grain::year},
    Grouping{GroupBy::office, Level::area, Table::cards_office, no_table, CardColumns::taken, false,
             Grain::year},
    Grouping{GroupBy::venue, Level::area, no_table, Table::uses_venue, CardColumns::none, false,
             Grain::year},
    Grouping{GroupBy::sector, Level::area, no_table, Table::uses_area, CardColumns::none, false,
             Grain::year},
    Grouping{GroupBy::quarter, Level::area, Table::cards_area, Table::uses_area,
             CardColumns::registered, false, Grain::quarter},
    Grouping{GroupBy::year, Level::area, Table::cards_area, Table::uses_area,
             CardColumns::earlier_years, true, Grain::year},
    // A venue's own tickets, from no table: it has given them itself.
    Grouping{GroupBy::none, Level::venue, no_table, no_table, CardColumns::none, true,
             Grain::month},
    Grouping{GroupBy::sector, Level::venue, no_table, no_table, CardColumns::none, false,
             Grain::month},
    Grouping{GroupBy::month, Level::venue, no_table, no_table, CardColumns::none, true,
             Grain::month},
};

constexpr int months_in(Grain grain) {
  switch (grain) {
    case Grain::month: return 1;
    case Grain::quarter: return 3;
    case Grain::year: return 12;
  }
  return 12;
}

// That begins with this month, which has to be one that such parts begin with.
Part part_at(Grain grain, CivilDate first) {
  auto const month = static_cast<int>(first.month);
  switch (grain) {
    case Grain::month: return {first.year, {Period::Kind::month, month}};
    case Grain::quarter: return {first.year, {Period::Kind::quarter, (month + 2) / 3}};
    case Grain::year: break;
  }
  return {first.year, {}};
}

bool begins(Grain grain, CivilDate day) {
  return day.day == 1 && (static_cast<int>(day.month) - 1) % months_in(grain) == 0;
}

}  // namespace

Grouping const* find_grouping(GroupBy group, Level level) {
  auto const found = std::ranges::find_if(
      catalogue, [&](Grouping const& row) { return row.group == group && row.level == level; });
  return found == catalogue.end() ? nullptr : &*found;
}

PartDays days_of(Part const& part) {
  auto const number = static_cast<unsigned>(part.period.number);
  unsigned first_month = 1;
  int months = 12;
  if (part.period.kind == Period::Kind::month) {
    first_month = number;
    months = 1;
  } else if (!part.is_year()) {
    first_month = 3 * number - 2;
    months = 3;
  }
  auto const first = day_from(part.year, first_month, 1).value();
  return {first, add_months(first, months) + -1};
}

std::string text_of(Part const& part) {
  auto const year = std::to_string(part.year);
  auto const number = std::to_string(part.period.number);
  switch (part.period.kind) {
    case Period::Kind::month: return year + (part.period.number < 10 ? "-0" : "-") + number;
    case Period::Kind::quarter:
    case Period::Kind::late: return year + "-Q" + number;
    case Period::Kind::year: break;
  }
  return year;
}

std::optional<std::vector<Part>> parts_by(Grain grain, Day from, Day to) {
  std::vector<Part> parts;
  for (Day day = from; day <= to; day = days_of(parts.back()).last + 1) {
    if (!begins(grain, civil_of(day))) return std::nullopt;
    parts.push_back(part_at(grain, civil_of(day)));
    if (days_of(parts.back()).last > to) return std::nullopt;
  }
  return parts;
}

std::vector<Part> fewest_parts(Grain shortest, Day from, Day to, std::vector<int> const& settled) {
  std::vector<Part> parts;
  auto const fits = [&](Grain grain, Day day) {
    if (!begins(grain, civil_of(day))) return false;
    return days_of(part_at(grain, civil_of(day))).last <= to;
  };
  for (Day day = from; day <= to; day = days_of(parts.back()).last + 1) {
    auto const civil = civil_of(day);
    bool const is_settled = std::ranges::find(settled, civil.year) != settled.end();
    auto grain = shortest;
    if (shortest < Grain::quarter && fits(Grain::quarter, day)) grain = Grain::quarter;
    if (fits(Grain::year, day) && is_settled) grain = Grain::year;
    parts.push_back(part_at(grain, civil));
  }
  return parts;
}

}  // namespace kaiku::reports
