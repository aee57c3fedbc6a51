// A table as spreadsheets and programs save it: RFC 4180, with a semicolon between cells too.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace kaiku::codec {

enum class CsvFlaw : std::uint8_t {
  none,
  open_quotes,   // the text ends inside of a quoted cell
  stray_quotes,  // something stands between the closing quotes and the next cell
};

// Record by record, without copying the text, which outlives the reader. A byte-order mark may come
// before it; records end with LF or CRLF; empty lines are none. The first record says what stands
// between cells: a semicolon where it has one, else a comma.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  // The next record; false at the end.
  bool next();
  // Of the record: its cells, without blanks at the ends of those that have no quotes.
  std::vector<std::string_view> const& cells() const { return cells_; }
  // On which line it begins; 1 is the first.
  std::int64_t line() const { return line_; }
  CsvFlaw flaw() const { return flaw_; }

 private:
  void skip_empty_lines();
  bool take_cell();  // false: it was the record's last
  void take_quoted();
  void take_plain();
  bool take_end();  // whatever ends a cell; false: and its record

  std::string_view rest_;
  char between_;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;  // cells that hold quotes themselves
  std::int64_t line_ = 0;
  std::int64_t next_line_ = 1;
  CsvFlaw flaw_ = CsvFlaw::none;
};

}  // namespace kaiku::codec
