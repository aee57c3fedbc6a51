#include "server/exports/csv.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <variant>
#include <vector>

#include "schema/codec/csv.hpp"
#include "server/exports/cell_text.hpp"
#include "server/exports/texts.hpp"

namespace kaiku::exports {
namespace {

using codec::CsvForm;
using reports::ReportDocument;
using Row = std::vector<std::string>;

struct CellReader {
  CsvForm form;
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::string const& text) const { return text; }
  std::string operator()(reports::Figure const& figure) const { return figure_text(figure); }
  std::string operator()(reports::Share share) const {
    return share_text(share, form == CsvForm::finnish ? ',' : '.');
  }
  std::string operator()(reports::PerThousand value) const {
    return per_thousand_text(value, form == CsvForm::finnish ? ',' : '.');
  }
  std::string operator()(reports::Euros euros) const {
    return euro_text(euros, form == CsvForm::finnish ? ',' : '.');
  }
  std::string operator()(Day day) const {
    return form == CsvForm::finnish ? to_finnish(day) : to_iso(day);
  }
};

std::string text_in(CsvForm form, reports::DocumentCell const& cell) {
  return std::visit(CellReader{form}, cell);
}

// Of all tables, each id once.
std::vector<std::string> ids_of(std::vector<reports::DocumentTable> const& tables) {
  std::vector<std::string> ids;
  for (auto const& table : tables) {
    for (auto const& column : table.columns) {
      if (std::ranges::find(ids, column.id) == ids.end()) ids.push_back(column.id);
    }
  }
  return ids;
}

}  // namespace

std::string finnish_csv(ReportDocument const& document) {
  auto const language = document.language;
  auto const as_of = finnish_time(document.as_of_iso);
  codec::CsvRows lines;
  for (auto const& table : document.tables) {
    if (!lines.empty()) lines.emplace_back();
    if (document.tables.size() > 1) lines.push_back({table.title});
    Row head;
    for (auto const& column : table.columns) head.push_back(column.label);
    head.emplace_back(in(language, Text::run));
    head.emplace_back(in(language, Text::as_of));
    lines.push_back(std::move(head));
    for (auto const& row : table.rows) {
      Row line;
      for (auto const& cell : row.cells) line.push_back(text_in(CsvForm::finnish, cell));
      line.push_back(document.run);
      line.push_back(as_of);
      lines.push_back(std::move(line));
    }
  }
  return codec::csv_text(lines, CsvForm::finnish);
}

std::string rfc4180_csv(ReportDocument const& document) {
  auto const ids = ids_of(document.tables);
  bool const has_several = document.tables.size() > 1;
  Row head = ids;
  if (has_several) head.insert(head.begin(), "table");
  head.insert(head.end(), {"run", "as_of"});
  codec::CsvRows lines{std::move(head)};
  for (auto const& table : document.tables) {
    for (auto const& row : table.rows) {
      Row line(ids.size());
      for (std::size_t at = 0; at < row.cells.size(); ++at) {
        auto const place = std::ranges::find(ids, table.columns.at(at).id) - ids.begin();
        line.at(static_cast<std::size_t>(place)) = text_in(CsvForm::rfc4180, row.cells[at]);
      }
      if (has_several) line.insert(line.begin(), table.id);
      line.insert(line.end(), {document.run, document.as_of_iso});
      lines.push_back(std::move(line));
    }
  }
  return codec::csv_text(lines, CsvForm::rfc4180);
}

}  // namespace kaiku::exports
