#include "tests/unit/exports/workbook.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <stdexcept>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::exports {
namespace {

struct Region {
  int first_row, last_row, first_column, last_column;
  std::string format;
  bool is_bold = false;
  bool holds(int row, int column) const {
    return row >= first_row && row <= last_row && column >= first_column && column <= last_column;
  }
};

std::string unescaped(std::string text) {
  for (auto const& [escape, character] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}}) {
    for (auto at = text.find(escape); at != text.npos; at = text.find(escape, at + 1)) {
      text.replace(at, std::string_view(escape).size(), character);
    }
  }
  return text;
}

// What Gnumeric writes of a cell: 40 a number, 60 a text, nothing a formula.
WorkbookCell cell_of(std::string const& kind, std::string text) {
  WorkbookCell cell;
  cell.text = unescaped(std::move(text));
  if (kind == "60") {
    cell.is = WorkbookCell::Is::text;
  } else if (kind == "40") {
    cell.is = WorkbookCell::Is::number;
    cell.number = std::stod(cell.text);
  } else {
    cell.is = WorkbookCell::Is::formula;
  }
  return cell;
}

// Reads Gnumeric's own XML, in which each thing has a line of its own.
class Reader {
 public:
  void take(std::string const& line) {
    static std::regex const name("^ {6}<gnm:Name>(.*)</gnm:Name>");
    static std::regex const region(
        "<gnm:StyleRegion startCol=\"(\\d+)\" startRow=\"(\\d+)\" endCol=\"(\\d+)\" "
        "endRow=\"(\\d+)\">");
    static std::regex const format("<gnm:Style .* Format=\"([^\"]*)\"");
    static std::regex const bold("<gnm:Font .* Bold=\"([01])\"");
    static std::regex const cell(
        "<gnm:Cell Row=\"(\\d+)\" Col=\"(\\d+)\"(?: ValueType=\"(\\d+)\")?[^>]*>(.*)</gnm:Cell>");
    static std::regex const made_at("<meta:creation-date>(.*)</meta:creation-date>");
    static std::regex const frozen("UnfrozenTopLeft=\"(\\w+)\"");
    std::smatch match;
    if (std::regex_search(line, match, made_at)) book_.made_at = match[1];
    if (line.find("<gnm:Sheet ") != line.npos) {
      book_.sheets.emplace_back();
      regions_.clear();
    }
    if (book_.sheets.empty()) return;
    auto const number = [&](std::size_t at) { return std::stoi(match[at]); };
    if (std::regex_search(line, match, name)) book_.sheets.back().name = unescaped(match[1]);
    if (std::regex_search(line, match, region)) {
      regions_.push_back({number(2), number(4), number(1), number(3), "", false});
    }
    if (std::regex_search(line, match, format)) regions_.back().format = unescaped(match[1]);
    if (std::regex_search(line, match, bold)) regions_.back().is_bold = match[1] == "1";
    if (std::regex_search(line, match, cell)) {
      put({number(1), number(2)}, cell_of(match[3], match[4]));
    }
    if (std::regex_search(line, match, frozen)) book_.sheets.back().first_that_scrolls = match[1];
  }
  ReadWorkbook book() && { return std::move(book_); }

 private:
  void put(std::pair<int, int> place, WorkbookCell cell) {
    for (auto const& region : regions_) {
      if (!region.holds(place.first, place.second)) continue;
      cell.format = region.format;
      cell.is_bold = region.is_bold;
    }
    book_.sheets.back().cells[place] = std::move(cell);
  }

  ReadWorkbook book_;
  std::vector<Region> regions_;
};

}  // namespace

WorkbookCell WorkbookSheet::at(int row, int column) const {
  auto const found = cells.find({row, column});
  return found == cells.end() ? WorkbookCell() : found->second;
}

int WorkbookSheet::rows() const {
  int most = 0;
  for (auto const& [place, cell] : cells) most = std::max(most, place.first + 1);
  return most;
}

int WorkbookSheet::columns() const {
  int most = 0;
  for (auto const& [place, cell] : cells) most = std::max(most, place.second + 1);
  return most;
}

bool can_read_workbooks() { return std::system("command -v ssconvert >/dev/null 2>&1") == 0; }

ReadWorkbook read_workbook(Bytes const& file) {
  test::TemporaryFolder const folder;
  auto const from = folder.file("report.xlsx");
  auto const to = folder.file("report.xml");
  std::ofstream(from, std::ios::binary)
      .write(reinterpret_cast<char const*>(file.data()), static_cast<std::streamsize>(file.size()));
  // Our own file names alone go into the command.
  auto const command = "ssconvert -T Gnumeric_XmlIO:sax:0 " + from + " " + to + " >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
  Reader reader;
  std::ifstream in(to);
  for (std::string line; std::getline(in, line);) reader.take(line);
  return std::move(reader).book();
}

}  // namespace kaiku::exports
