#include "server/domain/postcode_file.hpp"

#include <algorithm>
#include <array>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"

namespace kaiku::domain {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr std::string_view separators = ";,\t";
constexpr std::size_t postcode_digits = 5;
constexpr std::size_t municipality_digits = 3;

// What the first column is called in the files that are about.
constexpr std::array<std::string_view, 6> column_names{
    "postinumero", "postinumeroalue", "postnummer", "postnummeromrade", "postcode", "postal code"};

using Fault = PostcodeFault;

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && ascii::is_digits(text);
}

std::string_view cell_of(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

// The next line without its end, which `text` loses.
std::string_view take_line(std::string_view& text) {
  auto const end = std::min(text.find_first_of("\r\n"), text.size());
  auto const line = text.substr(0, end);
  text.remove_prefix(end);
  if (text.starts_with("\r\n")) {
    text.remove_prefix(2);
  } else if (!text.empty()) {
    text.remove_prefix(1);
  }
  return line;
}

// "100;91" is 00100;091.
bool put_zeros_back(std::string& cell, std::size_t digits) {
  bool const is_number = !cell.empty() && cell.size() < digits && ascii::is_digits(cell);
  if (is_number) cell.insert(0, digits - cell.size(), '0');
  return is_number;
}

// Where the second column begins: at a separator, else at the blanks of "00100 091".
std::size_t cut_of(std::string_view line) {
  auto const separator = line.find_first_of(separators);
  if (separator != std::string_view::npos) return separator;
  auto const first = line.find_first_not_of(' ');
  return line.find(' ', first);
}

bool names_columns(std::string_view line) {
  auto const first = cell_of(line.substr(0, cut_of(line)));
  return std::ranges::find(column_names, ascii::lowered(first)) != column_names.end();
}

}  // namespace

std::string_view words_of(PostcodeFault fault) {
  switch (fault) {
    case Fault::not_text: return "is not text in UTF-8: save the file as CSV in UTF-8";
    case Fault::not_two_columns:
      return "does not have two columns, postcode and municipality code, with a semicolon, a "
             "comma, a tab or a blank between them";
    case Fault::no_header_no_row:
      return "is neither a row nor a line of column names such as postinumero;kuntanumero";
    case Fault::postcode:
      return "does not begin with a postcode of five digits (a spreadsheet may have dropped its "
             "zeros: format the column as text)";
    case Fault::municipality:
      return "does not have a municipality code of three digits (a spreadsheet may have dropped "
             "its zeros: format the column as text)";
    case Fault::no_rows: return "ends a file that holds no row";
  }
  return {};
}

PostcodeFile read_postcode_file(std::string_view text, LostZeros zeros) {
  PostcodeFile file;
  std::int64_t number = 1;
  if (text.find('\0') != std::string_view::npos) {
    file.bad_lines.push_back({number, Fault::not_text});
    return file;
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  for (; !text.empty(); ++number) {
    auto const line = take_line(text);
    if (cell_of(line).empty()) continue;
    if (number == 1 && names_columns(line)) continue;
    auto const cut = cut_of(line);
    std::string postcode(cell_of(line.substr(0, cut)));
    std::string code(cut == std::string_view::npos ? "" : cell_of(line.substr(cut + 1)));
    if (zeros == LostZeros::put_back) {
      bool const of_postcode = put_zeros_back(postcode, postcode_digits);
      bool const of_code = put_zeros_back(code, municipality_digits);
      if (of_postcode || of_code) ++file.mended_rows;
    }
    if (is_digits(postcode, postcode_digits) && is_digits(code, municipality_digits)) {
      file.rows.emplace_back(postcode, code);
      continue;
    }
    bool const has_digits = line.find_first_of("0123456789") != std::string_view::npos;
    Fault fault = Fault::municipality;
    if (number == 1 && !has_digits)
      fault = Fault::no_header_no_row;
    else if (cut == std::string_view::npos)
      fault = Fault::not_two_columns;
    else if (!is_digits(postcode, postcode_digits))
      fault = Fault::postcode;
    file.bad_lines.push_back({number, fault});
  }
  if (file.rows.empty() && file.bad_lines.empty()) {
    file.bad_lines.push_back({std::max<std::int64_t>(1, number - 1), Fault::no_rows});
  }
  return file;
}

std::optional<std::string> text_of_file(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) return std::nullopt;
  if (is_utf8(bytes)) return std::string(bytes);
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
      continue;
    }
    text += static_cast<char>(0xc0 | (byte >> 6));
    text += static_cast<char>(0x80 | (byte & 0x3f));
  }
  return text;
}

}  // namespace kaiku::domain
