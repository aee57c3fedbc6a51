#include <algorithm>
#include <array>
#include <set>

#include "schema/values/faults.hpp"
#include "server/domain/municipalities.hpp"
#include "server/reports/annual.hpp"
#include "server/reports/catalogue.hpp"
#include "server/reports/live_figures.hpp"
#include "server/reports/question.hpp"
#include "server/reports/told_figures.hpp"
#include "server/tables/network.hpp"
#include "server/tables/true_counts.hpp"

namespace kaiku::reports {
namespace {

using domain::CellKey;
using domain::Table;

constexpr int most_days = 10 * 366;
constexpr std::array sectors{contract::Sector::culture, contract::Sector::education,
                             contract::Sector::science, contract::Sector::sport};

// A question that may be answered: how, and for what.
struct Asked {
  UsageQuestion const& question;
  domain::Caller const& caller;
  Scope scope;
  Grouping const& grouping;
};

bool is_by_period(GroupBy group) {
  return group == GroupBy::month || group == GroupBy::quarter || group == GroupBy::year;
}

std::string sector_key(contract::Sector sector) { return std::string(word_of(sector)); }

std::string municipality_name(ledger::ReadTx& tx, std::string const& code,
                              contract::Language language) {
  if (auto const found = tables::find_municipality(tx, code)) return found->name.in(language);
  auto const* const listed = domain::find_listed(code);
  return listed != nullptr ? std::string(listed->name.in(language)) : code;
}

std::string area_name(ledger::ReadTx& tx, AreaId const& id, contract::Language language) {
  auto const area = tables::find_area(tx, id);
  return area ? area->name.in(language) : id.value;
}

// Whose figures these are, by what the grouping divides.
UsageRow row_of(ledger::ReadTx& tx, GroupBy group, CellKey const& key,
                contract::Language language) {
  UsageRow row;
  switch (group) {
    case GroupBy::area:
      row.key = key.area.value;
      row.label = area_name(tx, key.area, language);
      break;
    case GroupBy::municipality:
    case GroupBy::home:
      row.key = key.municipality;
      row.label = municipality_name(tx, key.municipality, language);
      break;
    case GroupBy::office: {
      auto const office = tables::find_office(tx, key.office);
      row.key = std::to_string(key.office.value);
      row.label = office ? office->name : row.key;
      break;
    }
    case GroupBy::venue: {
      auto const venue = tables::find_venue(tx, key.venue);
      row.key = std::to_string(key.venue.value);
      row.label = venue ? venue->name : row.key;
      row.sector = key.sector;
      break;
    }
    default: break;
  }
  return row;
}

void add_row(UsageReport& report, std::string const& key, Measures measures) {
  report.rows.push_back({key, key, std::move(measures)});
}

UsageReport begun(Asked const& asked, State state) {
  UsageReport report;
  report.from = asked.question.from;
  report.to = asked.question.to;
  report.area = asked.scope.area;
  report.venue = asked.scope.venue;
  report.group_by = asked.grouping.group;
  report.state = state;
  report.has_cards = asked.grouping.cards.has_value();
  report.has_uses = !report.has_cards || asked.grouping.uses.has_value();
  return report;
}

// What is counted of one whole year alone.
void declare_year_columns(UsageReport& report, Grouping const& grouping, bool is_of_one_year,
                          bool is_of_years) {
  report.has_taken = is_of_one_year && grouping.card_columns >= CardColumns::taken;
  report.has_earlier_years = is_of_one_year && grouping.card_columns == CardColumns::earlier_years;
  report.has_sectors = is_of_years && grouping.has_sectors;
}

// --- a venue's own ------------------------------------------------------------------------------

UsageReport own_usage(ledger::ReadTx& tx, Asked const& asked, std::vector<Part> const& months,
                      Day today) {
  auto report = begun(asked, State::own);
  report.as_of = as_of_now(tx);
  report.has_sectors = asked.grouping.has_sectors;
  OwnFigures own(tx, *asked.scope.venue, report.as_of.sequence);
  report.totals = own.measures(months);
  if (asked.grouping.group == GroupBy::none) add_row(report, "", report.totals);
  if (asked.grouping.group == GroupBy::month) {
    for (auto const& month : months) {
      if (days_of(month).first <= today) add_row(report, text_of(month), own.measures({month}));
    }
  }
  if (asked.grouping.group == GroupBy::sector) {
    for (auto const sector : sectors) {
      auto measures = sector_measures(report.totals, sector);
      if (measures.total().count > 0) add_row(report, sector_key(sector), std::move(measures));
    }
  }
  return report;
}

// --- the year as it is now ----------------------------------------------------------------------

bool has_working_rows(GroupBy group) {
  return group == GroupBy::none || group == GroupBy::area || group == GroupBy::sector;
}

UsageReport working_usage(ledger::ReadTx& tx, Asked const& asked, int year) {
  auto report = begun(asked, State::working);
  report.as_of = as_of_now(tx);
  declare_year_columns(report, asked.grouping, true, true);
  auto const counts = tables::sum_year(tx, year);
  report.totals = working_measures(counts, asked.scope.area);
  if (asked.grouping.group == GroupBy::none) add_row(report, "", report.totals);
  if (asked.grouping.group == GroupBy::sector) {
    for (auto const sector : sectors) {
      add_row(report, sector_key(sector), sector_measures(report.totals, sector));
    }
  }
  if (asked.grouping.group == GroupBy::area) {
    auto const network = tables::network_of_year(tx, year, report.as_of.sequence);
    for (auto const& area : network.areas) {
      if (asked.scope.area && area != *asked.scope.area) continue;
      auto row = row_of(tx, GroupBy::area, {.area = area}, asked.caller.language);
      row.measures = working_measures(counts, area);
      report.rows.push_back(std::move(row));
    }
  }
  return report;
}

// --- what runs have told ------------------------------------------------------------------------

// The rows that cells of these parts are of.
std::set<CellKey> told_rows(ToldFigures& told, Grouping const& grouping,
                            std::vector<Part> const& parts) {
  std::set<CellKey> rows;
  for (auto const& part : parts) {
    for (auto const& table : {grouping.cards, grouping.uses}) {
      if (!table) continue;
      for (auto const& cell : told.cells(part.year, *table)) {
        // Sums over the homes of an area are counted and shown nowhere.
        bool const is_hidden = domain::is_home(cell.key) && cell.key.municipality.empty();
        if (cell.key.period != part.period || is_hidden) continue;
        CellKey row;
        row.area = cell.key.area;
        row.municipality = cell.key.municipality;
        row.venue = cell.key.venue;
        row.office = cell.key.office;
        if (grouping.group == GroupBy::venue) row.sector = cell.key.sector;
        rows.insert(std::move(row));
      }
    }
  }
  return rows;
}

Measures sum_of(std::vector<UsageRow> const& rows) {
  Measures sum;
  bool is_first = true;
  for (auto const& [key, label, measures, sector] : rows) {
    auto const add = [&](Figure Measures::*figure) {
      sum.*figure = is_first ? measures.*figure : sum.*figure + measures.*figure;
    };
    for (auto const figure : {&Measures::registered, &Measures::taken, &Measures::not_taken,
                              &Measures::earlier_years}) {
      add(figure);
    }
    is_first = false;
  }
  return sum;
}

class ToldUsage {
 public:
  ToldUsage(ledger::ReadTx& tx, Asked const& asked, RunsAsked const& runs)
      : tx_(tx),
        asked_(asked),
        grouping_(asked.grouping),
        runs_(runs),
        settled_(runs.settled_years()),
        told_(tx, runs.up_to_entry(), asked.scope.is_in_charge, asked.scope.area) {}

  Result<UsageReport> draw(std::vector<Part> const& periods) {
    report_ = begun(asked_, State::settled);
    if (!find_runs()) return not_published_yet();
    auto const parts =
        fewest_parts(grouping_.shortest, asked_.question.from, asked_.question.to, settled_);
    // Quarters of a year that is not settled tell nothing of tables of whole years.
    bool const is_told =
        std::ranges::any_of(parts, [&](Part const& part) { return runs_.tells(part); });
    if (!is_told) return not_published_yet();
    bool const is_of_years = std::ranges::all_of(parts, &Part::is_year);
    bool const is_of_one_year =
        grouping_.group == GroupBy::year || (parts.size() == 1 && is_of_years);
    declare_year_columns(report_, grouping_, is_of_one_year, is_of_years);
    if (is_by_period(grouping_.group)) {
      add_periods(periods);
    } else if (grouping_.group == GroupBy::none) {
      add_row(report_, "", measures(network_or_area(), parts));
    } else if (grouping_.group == GroupBy::sector) {
      add_sectors(parts);
    } else {
      add_places(parts);
    }
    report_.totals = totals();
    return std::move(report_);
  }

 private:
  // The newest run of the years asked for, and whether all of these are settled.
  bool find_runs() {
    tables::ReportRun const* newest = nullptr;
    auto const last = civil_of(asked_.question.to).year;
    for (int year = civil_of(asked_.question.from).year; year <= last; ++year) {
      auto const* const run = runs_.newest_of(year);
      if (run != nullptr && (newest == nullptr || run->entry > newest->entry)) newest = run;
      if (!runs_.is_settled(year)) report_.state = State::closed;
    }
    if (newest != nullptr) report_.as_of = as_of_run(*newest);
    return newest != nullptr;
  }

  CellKey network_or_area() const {
    CellKey row;
    row.area = asked_.scope.area.value_or(AreaId{});
    return row;
  }
  Measures measures(CellKey const& row, std::vector<Part> const& parts) {
    return told_.measures(row, grouping_.cards, grouping_.uses, parts);
  }

  void add_periods(std::vector<Part> const& periods) {
    for (auto const& period : periods) {
      if (runs_.tells(period)) {
        add_row(report_, text_of(period), measures(network_or_area(), {period}));
      }
    }
  }
  void add_sectors(std::vector<Part> const& parts) {
    for (auto const sector : sectors) {
      auto row = network_or_area();
      row.sector = sector;
      add_row(report_, sector_key(sector), measures(row, parts));
    }
  }
  void add_places(std::vector<Part> const& parts) {
    for (auto const& place : told_rows(told_, grouping_, parts)) {
      auto row = row_of(tx_, grouping_.group, place, asked_.caller.language);
      row.measures = measures(place, parts);
      report_.rows.push_back(std::move(row));
    }
  }

  // The published cell above the rows. Homes of one area have none: an area's cards are those of
  // its offices.
  Measures totals() {
    if (grouping_.group == GroupBy::home && asked_.scope.area) return sum_of(report_.rows);
    auto const& whole = *find_grouping(GroupBy::none, asked_.scope.level);
    auto const parts =
        fewest_parts(whole.shortest, asked_.question.from, asked_.question.to, settled_);
    return told_.measures(network_or_area(), grouping_.cards ? whole.cards : std::nullopt,
                          grouping_.uses ? whole.uses : std::nullopt, parts);
  }

  ledger::ReadTx& tx_;
  Asked const& asked_;
  Grouping const& grouping_;
  RunsAsked const& runs_;
  std::vector<int> settled_;
  ToldFigures told_;
  UsageReport report_;
};

// --- whether it may be asked --------------------------------------------------------------------

char const* days_wanted(Grain grain) {
  switch (grain) {
    case Grain::month:
      return "is published by months, quarters and years: the days have to be the first and the "
             "last of such";
    case Grain::quarter:
      return "is published by quarters and years: the days have to be the first and the last of "
             "such";
    case Grain::year: break;
  }
  return "is published by years: the days have to be 1 January and 31 December";
}

Result<Grouping const*> grouping_of(UsageQuestion const& question, Scope const& scope) {
  auto const* const grouping = find_grouping(question.group_by, scope.level);
  if (scope.level == Level::venue && (grouping == nullptr || question.as_of)) {
    return Error(Problem::forbidden, "a venue has its own figures alone, by month and sector");
  }
  if (grouping == nullptr) {
    return field_error("/group_by", FaultCode::not_a_published_period,
                       "is published for the whole network alone");
  }
  if (!scope.is_in_charge && !grouping->is_for_areas) {
    return Error(Problem::forbidden, "figures of other areas are not for this role");
  }
  return grouping;
}

Result<std::vector<Part>> periods_of(UsageQuestion const& question, Grain shortest) {
  if (question.from > question.to) {
    return field_error("/to", FaultCode::out_of_range, "is before the first day");
  }
  if (question.to - question.from > most_days) {
    return field_error("/to", FaultCode::out_of_range,
                       "is more than ten years after the first day");
  }
  auto periods = parts_by(shortest, question.from, question.to);
  if (!periods) {
    return field_error("/to", FaultCode::not_a_published_period, days_wanted(shortest));
  }
  return *std::move(periods);
}

}  // namespace

Result<UsageReport> draw_usage(ledger::ReadTx& tx, UsageQuestion const& question,
                               domain::Caller const& caller, Day today) {
  auto const scope = scope_of(tx, question.area, question.is_network_wanted, caller);
  if (!scope) return scope.error();
  auto const grouping = grouping_of(question, *scope);
  if (!grouping) return grouping.error();
  auto const periods = periods_of(question, (*grouping)->shortest);
  if (!periods) return periods.error();
  Asked const asked{question, caller, *scope, **grouping};
  if (scope->level == Level::venue) return own_usage(tx, asked, *periods, today);
  auto const runs = runs_asked(tx, question.as_of, today);
  if (!runs) return runs.error();
  auto const year = civil_of(question.from).year;
  auto const [first, last] = days_of({year, {}});
  if (question.from == first && question.to == last && has_working_rows(question.group_by) &&
      is_working_year(year, *scope, *runs, question.as_of.has_value(), today)) {
    return working_usage(tx, asked, year);
  }
  return ToldUsage(tx, asked, *runs).draw(*periods);
}

}  // namespace kaiku::reports
