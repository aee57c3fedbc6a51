#include "server/pages/coordinator/annex_view.hpp"

#include <variant>

#include "pages/embedded_assets.hpp"
#include "server/exports/cell_text.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

using reports::DocumentTable;
using Number = reports::Figure;

struct CellReader {
  Language language;
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::string const& text) const { return text; }
  // A lower limit and its number stay on one line.
  std::string operator()(Number const& figure) const {
    if (figure.is == Number::Is::at_least) {
      return "≥\u00A0" + exports::grouped_text(language, figure.count);
    }
    return exports::figure_text(language, figure);
  }
  std::string operator()(reports::Share share) const {
    return exports::percent_text(language, share, 1);
  }
  std::string operator()(reports::PerThousand value) const {
    return exports::per_thousand_text(value, language == Language::en ? '.' : ',');
  }
  std::string operator()(Day day) const { return day_text(language, day); }
};

// What a screen reader says where the sign alone says nothing; empty: what stands there.
std::string_view spoken(Language language, reports::DocumentCell const& cell) {
  auto const* const figure = std::get_if<Number>(&cell);
  if (figure == nullptr) return {};
  if (figure->is == Number::Is::complementary) return in(language, Text::figures_not_shown);
  if (figure->is == Number::Is::not_published) return in(language, Text::figures_not_published);
  return {};
}

Data cell_data(Language language, reports::DocumentCell const& cell, bool is_number) {
  Data data("value", std::visit(CellReader{language}, cell));
  data.set("spoken", text_or_nothing(std::string(spoken(language, cell))));
  data.set("number", is_number);
  return data;
}

Data table_data(Language language, DocumentTable const& table) {
  Data data("id", table.id);
  data.set("title", table.title);
  std::vector<Data> columns;
  for (auto const& column : table.columns) {
    Data head("label", column.label);
    head.set("number", column.is_number);
    columns.push_back(std::move(head));
  }
  std::vector<Data> rows;
  for (auto const& row : table.rows) {
    std::vector<Data> cells;
    for (std::size_t at = 1; at < row.cells.size(); ++at) {
      cells.push_back(cell_data(language, row.cells[at], table.columns.at(at).is_number));
    }
    Data line("label", std::visit(CellReader{language}, row.cells.front()));
    line.set("total", row.is_total);
    line.set("cells", list_of(cells));
    rows.push_back(std::move(line));
  }
  data.set("columns", list_of(columns));
  data.set("rows", list_of(rows));
  return data;
}

Data report_data(Language language, AnnexPage const& model) {
  auto const& document = *model.document;
  Data report("as_of_line", document.as_of_line);
  report.set("name", document.scope);
  report.set("period", document.period);
  report.set("no_people", !model.has_population);
  std::vector<Data> tables;
  for (auto const& table : document.tables) tables.push_back(table_data(language, table));
  report.set("tables", list_of(tables));
  std::vector<Data> notes;
  for (auto const& text : document.notes) notes.emplace_back("note", text);
  report.set("notes", list_of(notes));
  std::vector<Data> definitions;
  for (auto const& [name, text] : document.definitions) {
    Data definition("label", name);
    definition.set("text", text);
    definitions.push_back(std::move(definition));
  }
  report.set("definitions", list_of(definitions));
  report.set("file_address", model.file_address);
  return report;
}

}  // namespace

Page annex_page(Frame const& frame, AnnexPage const& model) {
  auto const language = frame.language;
  Page page{.title = std::string(in(language, Text::annex_title)), .body = embedded::annex};
  auto options = model.municipalities;
  if (model.municipality.empty()) {
    options.insert(options.begin(), {"", std::string(in(language, Text::place_choose))});
  }
  auto& values = page.values;
  values.set("municipality", filter_choice(page, {.id = "municipality",
                                                  .label = in(language, Text::annex_municipality),
                                                  .options = std::move(options),
                                                  .chosen = model.municipality}));
  values.set("waits", model.published_on
                          ? Data(fill(language, Text::figures_published_on,
                                      {{"day", day_text(language, *model.published_on)}}))
                          : Data(false));
  values.set("report", model.document ? report_data(language, model) : Data(false));
  return page;
}

}  // namespace kaiku::pages
