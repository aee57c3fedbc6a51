#include "schema/codec/csv.hpp"

#include <string_view>

namespace kaiku::codec {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view line_end = "\r\n";
constexpr char between = ';';
// OWASP, "CSV injection": a cell that begins so is computed, not shown.
constexpr std::string_view formula_signs = "=+-@\t\r";
constexpr std::string_view needs_quotes = ";\"\r\n";

void put_cell(std::string& text, std::string_view cell) {
  bool const is_formula = !cell.empty() && formula_signs.find(cell.front()) != cell.npos;
  bool const is_quoted = cell.find_first_of(needs_quotes) != cell.npos;
  if (is_quoted) text += '"';
  if (is_formula) text += '\'';
  for (char const c : cell) {
    if (c == '"') text += '"';
    text += c;
  }
  if (is_quoted) text += '"';
}

}  // namespace

std::string csv_text(CsvRows const& rows) {
  std::string text(byte_order_mark);
  for (auto const& row : rows) {
    bool is_first = true;
    for (auto const& cell : row) {
      if (!is_first) text += between;
      is_first = false;
      put_cell(text, cell);
    }
    text += line_end;
  }
  return text;
}

}  // namespace kaiku::codec
