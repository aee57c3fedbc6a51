#include "schema/codec/csv.hpp"

#include <string_view>

#include "schema/values/ascii.hpp"

namespace kaiku::codec {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view line_end = "\r\n";
// OWASP, "CSV injection": a cell that begins so is computed, not shown.
constexpr std::string_view formula_signs = "=+-@\t\r";

// "-5", "-0,5": an apostrophe would make a text of it.
bool is_number_below_zero(std::string_view cell) {
  if (!cell.starts_with('-')) return false;
  cell.remove_prefix(1);
  auto const mark = cell.find_first_of(",.");
  if (mark == cell.npos) return ascii::is_digits(cell);
  return ascii::is_digits(cell.substr(0, mark)) && ascii::is_digits(cell.substr(mark + 1));
}

void put_cell(std::string& text, std::string_view cell, char between) {
  bool const is_formula =
      !cell.empty() && formula_signs.find(cell.front()) != cell.npos && !is_number_below_zero(cell);
  bool const is_quoted =
      cell.find(between) != cell.npos || cell.find_first_of("\"\r\n") != cell.npos;
  if (is_quoted) text += '"';
  if (is_formula) text += '\'';
  for (char const c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  if (is_quoted) text += '"';
}

}  // namespace

std::string csv_text(CsvRows const& rows, CsvForm form) {
  bool const is_finnish = form == CsvForm::finnish;
  char const between = is_finnish ? ';' : ',';
  std::string text;
  if (is_finnish) text = byte_order_mark;
  for (auto const& row : rows) {
    bool is_first = true;
    for (auto const& cell : row) {
      if (!is_first) text += between;
      is_first = false;
      put_cell(text, cell, between);
    }
    text += line_end;
  }
  return text;
}

}  // namespace kaiku::codec
