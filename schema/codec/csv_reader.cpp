#include "schema/codec/csv_reader.hpp"

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::codec {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

char separator_of(std::string_view text) {
  auto const header = text.substr(0, text.find('\n'));
  return header.find(';') == std::string_view::npos ? ',' : ';';
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
  between_ = separator_of(rest_);
}

bool CsvReader::next() {
  skip_empty_lines();
  if (rest_.empty()) return false;
  cells_.clear();
  unquoted_.clear();
  flaw_ = CsvFlaw::none;
  line_ = next_line_;
  while (take_cell()) {
  }
  return true;
}

void CsvReader::skip_empty_lines() {
  for (;;) {
    if (rest_.starts_with("\r\n")) {
      rest_.remove_prefix(2);
    } else if (rest_.starts_with('\n')) {
      rest_.remove_prefix(1);
    } else {
      return;
    }
    ++next_line_;
  }
}

bool CsvReader::take_cell() {
  if (rest_.starts_with('"')) {
    take_quoted();
  } else {
    take_plain();
  }
  return take_end();
}

void CsvReader::take_plain() {
  auto end = std::min(rest_.find(between_), rest_.find('\n'));
  end = std::min(end, rest_.size());
  auto cell = rest_.substr(0, end);
  rest_.remove_prefix(end);
  if (cell.ends_with('\r')) cell.remove_suffix(1);
  cells_.push_back(ascii::without_blanks(cell));
}

void CsvReader::take_quoted() {
  rest_.remove_prefix(1);
  auto const whole = rest_;
  std::size_t length = 0;
  bool is_doubled = false;
  for (;;) {
    auto const quote = whole.find('"', length);
    if (quote == std::string_view::npos) {
      flaw_ = CsvFlaw::open_quotes;
      length = whole.size();
      rest_ = {};
      break;
    }
    length = quote;
    rest_ = whole.substr(quote + 1);
    if (!rest_.starts_with('"')) break;
    is_doubled = true;
    length = quote + 2;
  }
  auto const cell = whole.substr(0, length);
  next_line_ += std::ranges::count(cell, '\n');
  if (!is_doubled) {
    cells_.push_back(cell);
    return;
  }
  auto& plain = unquoted_.emplace_back();
  for (std::size_t at = 0; at < cell.size(); ++at) {
    plain += cell[at];
    if (cell[at] == '"') ++at;
  }
  cells_.push_back(plain);
}

bool CsvReader::take_end() {
  if (rest_.starts_with('\r')) rest_.remove_prefix(1);
  if (!rest_.empty() && rest_.front() != between_ && rest_.front() != '\n') {
    // Nothing but what follows closing quotes stands here.
    flaw_ = CsvFlaw::stray_quotes;
    rest_.remove_prefix(std::min({rest_.find(between_), rest_.find('\n'), rest_.size()}));
  }
  if (rest_.empty()) return false;
  bool const goes_on = rest_.front() == between_;
  if (!goes_on) ++next_line_;
  rest_.remove_prefix(1);
  if (goes_on && rest_.empty()) {
    // The text ends with an empty cell.
    cells_.emplace_back();
    return false;
  }
  return goes_on;
}

}  // namespace kaiku::codec
