#include "server/pages/coordinator/document_table.hpp"

#include <array>
#include <charconv>
#include <utility>
#include <variant>

#include "schema/values/time.hpp"
#include "server/exports/cell_text.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {

using reports::Figure;

std::string figure_text(Language language, Figure const& figure) {
  switch (figure.is) {
    case Figure::Is::shown: return number_text(language, figure.count);
    case Figure::Is::small: return "<5";
    case Figure::Is::complementary: return "…";
    case Figure::Is::at_least: return "≥\u00A0" + number_text(language, figure.count);
    case Figure::Is::not_published: break;
  }
  return "–";
}

std::string spoken(Language language, Figure const& figure) {
  auto const number = [&] { return number_text(language, figure.count); };
  switch (figure.is) {
    case Figure::Is::shown: break;
    case Figure::Is::small: return std::string(in(language, Text::figures_under_five));
    case Figure::Is::complementary: return std::string(in(language, Text::figures_not_shown));
    case Figure::Is::at_least: return fill(language, Text::figures_at_least, {{"n", number()}});
    case Figure::Is::not_published: return std::string(in(language, Text::figures_not_published));
  }
  return {};
}

void put_number(Data& data, Language language, Figure const& figure) {
  data.set("value", figure_text(language, figure));
  data.set("spoken", text_or_nothing(spoken(language, figure)));
}

namespace {

struct CellReader {
  Language language;
  int decimals;  // of per cents
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::string const& text) const { return text; }
  std::string operator()(Figure const& figure) const { return figure_text(language, figure); }
  std::string operator()(reports::Share share) const {
    return exports::percent_text(language, share, decimals);
  }
  std::string operator()(reports::PerThousand value) const {
    return exports::per_thousand_text(value, language == Language::en ? '.' : ',');
  }
  std::string operator()(reports::Euros euros) const { return exports::euro_text(language, euros); }
  std::string operator()(Day day) const { return day_text(language, day); }
};

Data cell_data(CellReader const& reader, reports::DocumentCell const& cell, bool is_number) {
  Data data("value", std::visit(reader, cell));
  auto const* const figure = std::get_if<Figure>(&cell);
  data.set("spoken",
           figure == nullptr ? Data(false) : text_or_nothing(spoken(reader.language, *figure)));
  data.set("number", is_number);
  return data;
}

}  // namespace

void put_table(Frame const& frame, Data& report, reports::DocumentTable const& table,
               Percents percents) {
  std::vector<Data> columns;
  for (auto const& column : table.columns) {
    Data data("label", column.label);
    data.set("number", column.is_number);
    columns.push_back(std::move(data));
  }
  auto const reader_of = [&](std::size_t column) {
    bool const may_be_whole = percents == Percents::whole_where_all_are;
    return CellReader{frame.language,
                      may_be_whole ? exports::decimals_of_percents(table, column) : 1};
  };
  std::vector<Data> rows;
  for (auto const& row : table.rows) {
    std::vector<Data> cells;
    for (std::size_t at = 1; at < row.cells.size(); ++at) {
      cells.push_back(cell_data(reader_of(at), row.cells[at], table.columns.at(at).is_number));
    }
    Data data("label", std::visit(reader_of(0), row.cells.front()));
    data.set("total", row.is_total);
    data.set("cells", list_of(cells));
    rows.push_back(std::move(data));
  }
  report.set("columns", list_of(columns));
  report.set("rows", list_of(rows));
}

void put_definitions(Data& report, std::vector<reports::Definition> const& on_screen,
                     std::vector<reports::Definition> const& on_paper) {
  auto const listed = [](std::vector<reports::Definition> const& definitions) {
    std::vector<Data> items;
    for (auto const& definition : definitions) {
      Data data("name", definition.name);
      data.set("text", definition.text);
      items.push_back(std::move(data));
    }
    return list_of(items);
  };
  report.set("definitions", listed(on_screen));
  report.set("paper_definitions", listed(on_paper));
}

std::string tenths(double value) {
  std::array<char, 16> text{};
  auto const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1).ptr;
  return std::string(text.data(), end);
}

}  // namespace kaiku::pages
