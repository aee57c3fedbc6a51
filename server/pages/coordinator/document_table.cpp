#include "server/pages/coordinator/document_table.hpp"

#include <array>
#include <charconv>

#include "schema/values/time.hpp"
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

std::string_view spoken(Language language, Figure const& figure) {
  if (figure.is == Figure::Is::complementary) return in(language, Text::figures_not_shown);
  if (figure.is == Figure::Is::not_published) return in(language, Text::figures_not_published);
  return {};
}

void put_number(Data& data, Language language, Figure const& figure) {
  data.set("value", figure_text(language, figure));
  data.set("spoken", text_or_nothing(std::string(spoken(language, figure))));
}

namespace {

Data cell_data(Language language, reports::DocumentCell const& cell) {
  Data data;
  if (auto const* figure = std::get_if<Figure>(&cell)) {
    put_number(data, language, *figure);
    return data;
  }
  std::string text;
  if (auto const* words = std::get_if<std::string>(&cell)) text = *words;
  if (auto const* share = std::get_if<reports::Share>(&cell)) {
    text = percent_text(language, share->value);
  }
  if (auto const* day = std::get_if<Day>(&cell)) text = day_text(language, *day);
  data.set("value", text);
  data.set("spoken", false);
  return data;
}

}  // namespace

void put_table(Frame const& frame, Data& report, reports::DocumentTable const& table) {
  std::vector<Data> columns;
  for (auto const& column : table.columns) {
    Data data("label", column.label);
    data.set("number", column.is_number);
    columns.push_back(std::move(data));
  }
  std::vector<Data> rows;
  for (auto const& row : table.rows) {
    std::vector<Data> cells;
    for (std::size_t at = 1; at < row.cells.size(); ++at) {
      cells.push_back(cell_data(frame.language, row.cells[at]));
    }
    auto const* label = std::get_if<std::string>(&row.cells.front());
    Data data("label", label != nullptr ? *label : std::string());
    data.set("total", row.is_total);
    data.set("cells", list_of(cells));
    rows.push_back(std::move(data));
  }
  report.set("columns", list_of(columns));
  report.set("rows", list_of(rows));
}

std::string tenths(double value) {
  std::array<char, 16> text{};
  auto const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1).ptr;
  return std::string(text.data(), end);
}

}  // namespace kaiku::pages
