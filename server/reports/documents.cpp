#include "server/reports/documents.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "server/reports/document_texts.hpp"
#include "server/reports/measures.hpp"

namespace kaiku::reports {
namespace {

using contract::Language;

constexpr std::array sector_names{Text::culture, Text::education, Text::science, Text::sport};
constexpr std::array month_names{Text::january,   Text::february, Text::march,    Text::april,
                                 Text::may,       Text::june,     Text::july,     Text::august,
                                 Text::september, Text::october,  Text::november, Text::december};

DocumentColumn column(Language language, std::string id, Text label) {
  return {std::move(id), std::string(in(language, label)), true};
}

DocumentCell rate_cell(Measures const& measures) {
  if (auto const rate = measures.usage_rate()) return Share{*rate};
  return sign_without_rate(measures.taken, measures.registered);
}

// A measure's cells, of this year and of the one before.
struct AnnualRow {
  Measure measure;
  DocumentCell (*cell)(Measures const&);
};
constexpr std::array annual_rows{
    AnnualRow{Measure::registered, [](Measures const& m) { return DocumentCell(m.registered); }},
    AnnualRow{Measure::taken_into_use, [](Measures const& m) { return DocumentCell(m.taken); }},
    AnnualRow{Measure::usage_rate, rate_cell},
    AnnualRow{Measure::not_taken_into_use,
              [](Measures const& m) { return DocumentCell(m.not_taken); }},
    AnnualRow{Measure::used_of_earlier_years,
              [](Measures const& m) { return DocumentCell(m.earlier_years); }},
    AnnualRow{Measure::active, [](Measures const& m) { return DocumentCell(m.active()); }},
    AnnualRow{Measure::uses, [](Measures const& m) { return DocumentCell(m.total()); }},
    AnnualRow{Measure::adults, [](Measures const& m) { return DocumentCell(m.adults); }},
    AnnualRow{Measure::children, [](Measures const& m) { return DocumentCell(m.children); }},
    AnnualRow{Measure::assistants, [](Measures const& m) { return DocumentCell(m.assistants); }},
    AnnualRow{Measure::interpreters,
              [](Measures const& m) { return DocumentCell(m.interpreters); }},
    AnnualRow{Measure::companions, [](Measures const& m) { return DocumentCell(m.companions); }},
    AnnualRow{Measure::community_cards,
              [](Measures const& m) { return DocumentCell(m.community_cards); }},
    AnnualRow{Measure::community_uses,
              [](Measures const& m) { return DocumentCell(m.community_uses); }},
};

// Among rows of cards, "adults" would be people.
std::string name_of_row(Language language, Measure measure) {
  if (measure == Measure::adults) return std::string(in(language, Text::adult_uses));
  if (measure == Measure::children) return std::string(in(language, Text::child_uses));
  return std::string(name_in(language, measure));
}

DocumentTable annual_table(Language language, AnnualReport const& report) {
  DocumentTable table{
      "annual", fill(language, Text::annual, {{"year", std::to_string(report.year)}}), {}, {}};
  table.columns.push_back({"measure", std::string(in(language, Text::measure)), false});
  table.columns.push_back({"value", std::to_string(report.year), true});
  if (report.previous_year) {
    table.columns.push_back({"previous_year", std::to_string(report.year - 1), true});
  }
  for (auto const& row : annual_rows) {
    // A venue has no cards.
    bool const is_of_cards = row.measure <= Measure::active;
    if (report.venue && is_of_cards) continue;
    DocumentRow cells{{name_of_row(language, row.measure), row.cell(report.measures)}};
    if (report.previous_year) cells.cells.push_back(row.cell(*report.previous_year));
    table.rows.push_back(std::move(cells));
  }
  if (!report.venue) {
    DocumentRow row{
        {std::string(name_in(language, Measure::municipalities)), shown(report.municipalities)}};
    if (report.previous_year) row.cells.emplace_back();
    table.rows.push_back(std::move(row));
  }
  return table;
}

DocumentTable sector_table(Language language, Measures const& measures) {
  DocumentTable table{"by_sector", std::string(in(language, Text::by_sector)), {}, {}};
  table.columns.push_back({"sector", std::string(in(language, Text::sector)), false});
  table.columns.push_back(column(language, "total", Text::total));
  table.columns.push_back(column(language, "adults", Text::adults));
  table.columns.push_back(column(language, "children", Text::children));
  table.rows.push_back({{std::string(in(language, Text::total)), measures.total(), measures.adults,
                         measures.children},
                        true});
  for (std::size_t at = 0; at < sector_names.size(); ++at) {
    auto const& adults = measures.adults_by_sector[at];
    auto const& children = measures.children_by_sector[at];
    table.rows.push_back(
        {{std::string(in(language, sector_names[at])), adults + children, adults, children}});
  }
  return table;
}

Text heading_of(GroupBy group) {
  switch (group) {
    case GroupBy::none: return Text::by_none;
    case GroupBy::area: return Text::by_area;
    case GroupBy::municipality: return Text::by_municipality;
    case GroupBy::home: return Text::by_home;
    case GroupBy::office: return Text::by_office;
    case GroupBy::venue: return Text::by_venue;
    case GroupBy::sector: return Text::sector;
    case GroupBy::month: return Text::by_month;
    case GroupBy::quarter: return Text::by_quarter;
    case GroupBy::year: return Text::by_year;
  }
  return Text::by_none;
}

struct UsageColumn {
  Measure measure;
  bool of_cards;
  DocumentCell (*cell)(Measures const&);
};
// The whole first, so that it stands beside the name.
constexpr std::array usage_columns{
    UsageColumn{Measure::uses, false, [](Measures const& m) { return DocumentCell(m.total()); }},
    UsageColumn{Measure::adults, false, [](Measures const& m) { return DocumentCell(m.adults); }},
    UsageColumn{Measure::children, false,
                [](Measures const& m) { return DocumentCell(m.children); }},
    UsageColumn{Measure::registered, true,
                [](Measures const& m) { return DocumentCell(m.registered); }},
    UsageColumn{Measure::taken_into_use, true,
                [](Measures const& m) { return DocumentCell(m.taken); }},
    UsageColumn{Measure::usage_rate, true, rate_cell},
};

// Registered alone where no row has a year's other measures.
bool tells_years(UsageReport const& report) {
  return std::ranges::any_of(report.rows, [](UsageRow const& row) {
    return row.measures.taken.is != Figure::Is::not_published;
  });
}

DocumentTable usage_table(Language language, UsageReport const& report) {
  DocumentTable table{"usage", std::string(in(language, heading_of(report.group_by))), {}, {}};
  table.columns.push_back({"key", std::string(in(language, heading_of(report.group_by))), false});
  std::vector<UsageColumn const*> columns;
  for (auto const& one : usage_columns) {
    bool const is_there = one.of_cards ? report.has_cards : report.has_uses;
    bool const is_of_years =
        one.measure == Measure::taken_into_use || one.measure == Measure::usage_rate;
    if (!is_there || (is_of_years && !tells_years(report))) continue;
    columns.push_back(&one);
    table.columns.push_back(
        {std::string(word_of(one.measure)), std::string(name_in(language, one.measure)), true});
  }
  auto const add = [&](std::string name, Measures const& measures, bool is_total) {
    DocumentRow row{{std::move(name)}, is_total};
    for (auto const* one : columns) row.cells.push_back(one->cell(measures));
    table.rows.push_back(std::move(row));
  };
  add(std::string(in(language, Text::total)), report.totals, true);
  for (auto const& row : report.rows) {
    add(row_name(language, report.group_by, row), row.measures, false);
  }
  return table;
}

}  // namespace

ReportDocument headed(Language language, AsOf const& as_of, State state, std::string const& scope) {
  ReportDocument document;
  document.language = language;
  document.scope = scope.empty() ? std::string(in(language, Text::network)) : scope;
  if (as_of.run) document.run = text_of(*as_of.run);
  document.as_of_line = as_of_line(language, as_of);
  document.as_of_iso = to_rfc3339(as_of.time);
  document.sequence = as_of.sequence;
  if (as_of.hash) document.hash = to_hex(*as_of.hash);
  if (state == State::working) document.notes.emplace_back(in(language, Text::working));
  return document;
}

void add_notes(ReportDocument& document, std::vector<Measure> const& measures) {
  for (auto& line : legend_of(document.language, document.tables)) {
    document.notes.push_back(std::move(line));
  }
  for (auto const measure : measures) {
    document.definitions.push_back({std::string(name_in(document.language, measure)),
                                    std::string(definition_in(document.language, measure))});
  }
}

namespace {

// By what is in it.
std::string usage_title(Language language, UsageReport const& report) {
  if (!report.has_cards) return std::string(name_in(language, Measure::uses));
  return std::string(in(language, report.has_uses ? Text::cards_and_uses : Text::cards_alone));
}

std::string period_text(Day from, Day to) { return to_finnish(from) + "–" + to_finnish(to); }

}  // namespace

std::string as_of_line(Language language, AsOf const& as_of) {
  auto const day = helsinki_day(as_of.time);
  auto time = clock_time(as_of.time);
  if (language == Language::en) std::ranges::replace(time, '.', ':');
  auto const sequence = number_text(language, as_of.sequence);
  if (!as_of.run) {
    return fill(language, Text::as_of_now,
                {{"day", to_finnish(day)}, {"time", time}, {"sequence", sequence}});
  }
  return fill(language, Text::as_of_run,
              {{"run", text_of(*as_of.run)},
               {"day", to_finnish(day)},
               {"time", time},
               {"sequence", sequence}});
}

std::string row_name(Language language, GroupBy group, UsageRow const& row) {
  if (group == GroupBy::sector) {
    if (auto const sector = contract::sector_from(row.key)) {
      return std::string(in(language, sector_names.at(static_cast<std::size_t>(*sector))));
    }
  }
  if (group == GroupBy::month) {
    if (auto const first = day_from_iso(row.key + "-01")) {
      auto const date = civil_of(*first);
      return std::string(in(language, month_names.at(date.month - 1))) + " " +
             std::to_string(date.year);
    }
  }
  if (group == GroupBy::quarter && row.key.size() == 7) {
    return fill(language, Text::quarter,
                {{"number", row.key.substr(6)}, {"year", row.key.substr(0, 4)}});
  }
  return row.label.empty() ? row.key : row.label;
}

std::vector<std::string> legend_of(Language language, std::vector<DocumentTable> const& tables) {
  auto const has = [&](Figure::Is sign) {
    return std::ranges::any_of(tables, [&](DocumentTable const& table) {
      return std::ranges::any_of(table.rows, [&](DocumentRow const& row) {
        return std::ranges::any_of(row.cells, [&](DocumentCell const& cell) {
          auto const* figure = std::get_if<Figure>(&cell);
          return figure != nullptr && figure->is == sign;
        });
      });
    });
  };
  std::vector<std::string> lines;
  for (auto const& [sign, text] :
       {std::pair(Figure::Is::small, Text::legend_small),
        std::pair(Figure::Is::complementary, Text::legend_complementary),
        std::pair(Figure::Is::at_least, Text::legend_at_least),
        std::pair(Figure::Is::not_published, Text::legend_not_published)}) {
    if (has(sign)) lines.emplace_back(in(language, text));
  }
  return lines;
}

ReportDocument annual_document(Language language, AnnualReport const& report,
                               std::string const& scope) {
  auto document = headed(language, report.as_of, report.state, scope);
  document.title = fill(language, Text::annual, {{"year", std::to_string(report.year)}});
  document.period =
      period_text(day_from(report.year, 1, 1).value(), day_from(report.year, 12, 31).value());
  document.tables = {annual_table(language, report), sector_table(language, report.measures)};
  std::vector<Measure> measures;
  for (auto const& row : annual_rows) {
    bool const is_of_cards = row.measure <= Measure::active;
    bool const is_explained = !definition_in(language, row.measure).empty();
    if (is_explained && !(report.venue && is_of_cards)) measures.push_back(row.measure);
  }
  measures.insert(measures.end(), {Measure::beside, Measure::community});
  if (!report.venue) measures.push_back(Measure::municipalities);
  add_notes(document, measures);
  return document;
}

ReportDocument usage_document(Language language, UsageReport const& report,
                              std::string const& scope) {
  auto document = headed(language, report.as_of, report.state, scope);
  document.title = usage_title(language, report);
  document.period = period_text(report.from, report.to);
  document.tables = {usage_table(language, report)};
  std::vector<Measure> measures;
  if (report.has_uses) measures.push_back(Measure::uses);
  if (report.has_cards) measures.push_back(Measure::registered);
  if (report.has_cards && tells_years(report)) {
    measures.insert(measures.end(), {Measure::taken_into_use, Measure::usage_rate});
  }
  add_notes(document, measures);
  return document;
}

}  // namespace kaiku::reports
