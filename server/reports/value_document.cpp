#include "server/reports/value_document.hpp"

#include <array>
#include <utility>

#include "server/reports/document_texts.hpp"
#include "server/reports/documents.hpp"

namespace kaiku::reports {
namespace {

using contract::Language;
using domain::ValueLine;

constexpr std::array sectors{Text::culture, Text::education, Text::science, Text::sport};
constexpr std::array other_lines{Text::value_otherwise, Text::value_attribution,
                                 Text::value_wellbeing, Text::value_costs};

std::string word(Language language, Text text) { return std::string(in(language, text)); }

DocumentCell cell_of(ValueLine line, std::int64_t number) {
  constexpr double whole = 1'000;
  if (domain::is_share(line)) return Share{static_cast<double>(number) / whole};
  return Euros{number};
}

DocumentTable result_table(Language language, ValueReport const& report) {
  auto const say = [&](Text text) { return word(language, text); };
  DocumentTable table{"result", say(Text::value_result), {}, {}};
  table.columns = {{"line", say(Text::value_line), false},
                   {"low", say(Text::value_low), true},
                   {"base", say(Text::value_base), true},
                   {"high", say(Text::value_high), true}};
  auto const& value = report.sheet.value;
  table.rows.push_back(
      {{say(Text::value_of_uses), Euros{value.low}, Euros{value.base}, Euros{value.high}}, true});
  if (report.sheet.ratio) {
    table.rows.push_back({{say(Text::value_ratio_name), std::monostate(),
                           ratio_text(language, *report.sheet.ratio), std::monostate()}});
  }
  return table;
}

DocumentTable effects_table(Language language, ValueReport const& report) {
  auto const say = [&](Text text) { return word(language, text); };
  DocumentTable table{"sensitivity", say(Text::value_effects), {}, {}};
  table.columns = {{"line", say(Text::value_line), false},
                   {"at_low", say(Text::value_at_low), true},
                   {"at_high", say(Text::value_at_high), true}};
  for (auto const& effect : report.sheet.effects) {
    table.rows.push_back(
        {{name_in(language, effect.line), Euros{effect.at_low}, Euros{effect.at_high}}});
  }
  return table;
}

DocumentTable assumptions_table(Language language, ValueReport const& report) {
  auto const say = [&](Text text) { return word(language, text); };
  DocumentTable table{"assumptions", say(Text::value_assumptions), {}, {}};
  table.columns = {
      {"line", say(Text::value_line), false},     {"low", say(Text::value_low), true},
      {"base", say(Text::value_base), true},      {"high", say(Text::value_high), true},
      {"source", say(Text::value_source), false}, {"note", say(Text::value_note), false}};
  for (auto const& row : report.rows) {
    DocumentRow line{{name_in(language, row.line)}};
    if (row.range) {
      for (auto const number : {row.range->low, row.range->base, row.range->high}) {
        line.cells.push_back(cell_of(row.line, number));
      }
    } else {
      line.cells.resize(4);
    }
    line.cells.emplace_back(row.source);
    line.cells.emplace_back(row.note);
    table.rows.push_back(std::move(line));
  }
  return table;
}

DocumentTable counts_table(Language language, ValuedUses const& uses) {
  auto const say = [&](Text text) { return word(language, text); };
  DocumentTable table{"valued", say(Text::value_counts), {}, {}};
  table.columns = {{"line", say(Text::value_line), false},
                   {"published", say(Text::value_told), true},
                   {"counted", say(Text::value_counted), true}};
  for (std::size_t at = 0; at < uses.tickets.size(); ++at) {
    table.rows.push_back({{name_in(language, static_cast<ValueLine>(at)), uses.tickets[at],
                           shown(uses.counts.tickets[at])}});
  }
  table.rows.push_back(
      {{say(Text::value_cards), uses.active_cards, shown(uses.counts.active_cards)}});
  return table;
}

std::string names_of(Language language, std::vector<ValueLine> const& lines) {
  std::string names;
  for (auto const line : lines) names += (names.empty() ? "" : "; ") + name_in(language, line);
  return names;
}

std::string tenths_text(Language language, std::int64_t tenths) {
  return number_text(language, tenths / 10) + (language == Language::en ? "." : ",") +
         std::to_string(tenths % 10);
}

}  // namespace

std::string name_in(Language language, ValueLine line) {
  auto const at = static_cast<std::size_t>(line);
  if (at >= domain::ticket_line_count) {
    return word(language, other_lines.at(at - domain::ticket_line_count));
  }
  auto const text = at < sectors.size() ? Text::value_adult : Text::value_child;
  return fill(language, text, {{"sector", word(language, sectors.at(at % sectors.size()))}});
}

std::string ratio_text(Language language, domain::ValueRatio const& ratio) {
  return fill(
      language, Text::value_ratio,
      {{"low", tenths_text(language, ratio.low)}, {"high", tenths_text(language, ratio.high)}});
}

ReportDocument value_document(Language language, ValueReport const& report,
                              std::string const& scope) {
  ReportDocument document;
  auto const& uses = report.uses;
  document.language = language;
  document.title = fill(language, Text::value_title, {{"year", std::to_string(uses.year)}});
  document.scope = scope.empty() ? word(language, Text::network) : scope;
  document.period = to_finnish(day_from(uses.year, 1, 1).value()) + "–" +
                    to_finnish(day_from(uses.year, 12, 31).value());
  if (uses.as_of.run) document.run = text_of(*uses.as_of.run);
  document.as_of_line = as_of_line(language, uses.as_of);
  document.as_of_iso = to_rfc3339(uses.as_of.time);
  document.sequence = uses.as_of.sequence;
  if (uses.as_of.hash) document.hash = to_hex(*uses.as_of.hash);
  document.tables = {result_table(language, report), effects_table(language, report),
                     assumptions_table(language, report), counts_table(language, uses)};
  if (report.version > 0) {
    document.notes.push_back(fill(language, Text::value_version,
                                  {{"version", std::to_string(report.version)},
                                   {"day", to_finnish(helsinki_day(report.saved_at))}}));
  }
  document.notes.push_back(word(language, Text::value_formula));
  for (auto const& [lines, text] : {std::pair(&report.withheld, Text::value_withheld),
                                    std::pair(&report.not_valued, Text::value_empty)}) {
    if (!lines->empty()) {
      document.notes.push_back(fill(language, text, {{"names", names_of(language, *lines)}}));
    }
  }
  for (auto& line : legend_of(language, document.tables)) document.notes.push_back(std::move(line));
  return document;
}

}  // namespace kaiku::reports
