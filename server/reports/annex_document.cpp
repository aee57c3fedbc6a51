#include <algorithm>

#include "server/reports/annex.hpp"
#include "server/reports/document_texts.hpp"
#include "server/reports/documents.hpp"
#include "server/reports/measures.hpp"

namespace kaiku::reports {
namespace {

using contract::Language;

constexpr std::array sector_names{Text::culture, Text::education, Text::science, Text::sport};

DocumentCell share_cell(AnnexYear::Rate const& rate) {
  if (auto const share = rate_of(rate.taken, rate.registered)) return Share{*share};
  return sign_without_rate(rate.taken, rate.registered);
}

DocumentCell per_thousand_cell(AnnexYear const& year) {
  if (auto const value = per_thousand(year.registered, year.people)) return PerThousand{*value};
  bool const is_withheld =
      year.people && !year.registered.value() && year.registered.is != Figure::Is::not_published;
  return is_withheld ? Figure{Figure::Is::complementary, 0} : Figure{};
}

DocumentCell people_cell(AnnexYear const& year) {
  return year.people ? shown(*year.people) : Figure{};
}

// One column a year.
DocumentTable table_of(Language language, AnnexReport const& report, char const* id, Text title) {
  DocumentTable table{id, std::string(in(language, title)), {}, {}};
  table.columns.push_back({"measure", std::string(in(language, Text::measure)), false});
  for (auto const& year : report.years) {
    auto const name = std::to_string(year.year);
    table.columns.push_back({name, name, true});
  }
  return table;
}

template <class Cell>
void add_row(DocumentTable& table, AnnexReport const& report, std::string name, Cell cell,
             bool is_total = false) {
  DocumentRow row{{std::move(name)}, is_total};
  for (auto const& year : report.years) row.cells.push_back(cell(year));
  table.rows.push_back(std::move(row));
}

DocumentTable cards_table(Language language, AnnexReport const& report) {
  auto table = table_of(language, report, "cards", Text::annex_cards);
  auto const name = [&](Measure measure) { return std::string(name_in(language, measure)); };
  add_row(table, report, name(Measure::registered),
          [](AnnexYear const& year) { return DocumentCell(year.registered); });
  add_row(table, report, name(Measure::taken_into_use),
          [](AnnexYear const& year) { return DocumentCell(year.taken); });
  add_row(table, report, name(Measure::usage_rate), [](AnnexYear const& year) {
    return share_cell({year.taken, year.registered});
  });
  add_row(table, report, std::string(in(language, Text::annex_per_thousand)), per_thousand_cell);
  add_row(table, report, std::string(in(language, Text::annex_people)), people_cell);
  return table;
}

DocumentTable uses_table(Language language, AnnexReport const& report) {
  auto table = table_of(language, report, "uses", Text::annex_uses);
  add_row(
      table, report, std::string(in(language, Text::total)),
      [](AnnexYear const& year) { return DocumentCell(year.adults + year.children); }, true);
  add_row(table, report, std::string(in(language, Text::adults)),
          [](AnnexYear const& year) { return DocumentCell(year.adults); });
  add_row(table, report, std::string(in(language, Text::children)),
          [](AnnexYear const& year) { return DocumentCell(year.children); });
  for (std::size_t at = 0; at < sector_names.size(); ++at) {
    add_row(table, report, std::string(in(language, sector_names.at(at))),
            [at](AnnexYear const& year) { return DocumentCell(year.by_sector.at(at)); });
  }
  return table;
}

DocumentTable rates_table(Language language, AnnexReport const& report) {
  auto table = table_of(language, report, "usage_rate", Text::annex_rates);
  add_row(table, report, report.municipality.name.in(language), [](AnnexYear const& year) {
    return share_cell({year.taken, year.registered});
  });
  add_row(table, report, report.area_name,
          [](AnnexYear const& year) { return share_cell(year.area); });
  add_row(table, report, std::string(in(language, Text::network)),
          [](AnnexYear const& year) { return share_cell(year.network); });
  return table;
}

DocumentTable runs_table(Language language, AnnexReport const& report) {
  DocumentTable table{"runs", std::string(in(language, Text::annex_runs)), {}, {}};
  table.columns = {{"year", std::string(in(language, Text::by_year)), false},
                   {"run_of_year", std::string(in(language, Text::annex_run)), false},
                   {"published", std::string(in(language, Text::annex_published)), false}};
  for (auto const& year : report.years) {
    table.rows.push_back({{std::to_string(year.year), text_of(year.as_of.run.value()),
                           helsinki_day(year.as_of.time)}});
  }
  return table;
}

// The one that was published last: an edition of an earlier year may be it.
AsOf const& newest_run(AnnexReport const& report) {
  return std::ranges::max_element(report.years, {},
                                  [](AnnexYear const& year) { return year.as_of.sequence; })
      ->as_of;
}

}  // namespace

ReportDocument annex_document(Language language, AnnexReport const& report) {
  auto const& as_of = newest_run(report);
  ReportDocument document;
  document.language = language;
  document.scope = report.municipality.name.in(language);
  document.title = fill(language, Text::annex, {{"name", document.scope}});
  auto const first = std::to_string(report.years.front().year);
  auto const last = std::to_string(report.years.back().year);
  document.period = first == last ? first : first + "–" + last;
  document.run = text_of(as_of.run.value());
  document.as_of_line = as_of_line(language, as_of);
  document.as_of_iso = to_rfc3339(as_of.time);
  document.sequence = as_of.sequence;
  if (as_of.hash) document.hash = to_hex(*as_of.hash);
  document.tables = {cards_table(language, report), uses_table(language, report),
                     rates_table(language, report), runs_table(language, report)};
  document.notes = legend_of(language, document.tables);
  for (auto const measure :
       {Measure::registered, Measure::taken_into_use, Measure::usage_rate, Measure::uses}) {
    document.definitions.push_back(
        {std::string(name_in(language, measure)), std::string(definition_in(language, measure))});
  }
  document.definitions.push_back({std::string(in(language, Text::annex_per_thousand)),
                                  std::string(in(language, Text::annex_per_thousand_how))});
  document.definitions.push_back({std::string(in(language, Text::by_sector)),
                                  std::string(in(language, Text::annex_sectors_how))});
  return document;
}

}  // namespace kaiku::reports
