// A workbook as another program reads it: Gnumeric's ssconvert.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "schema/values/bytes.hpp"

namespace kaiku::exports {

struct WorkbookCell {
  enum class Is { blank, number, text, formula };
  Is is = Is::blank;
  std::string text;
  double number = 0;
  std::string format;  // of numbers: "General", "0.0 %"
  bool is_bold = false;
};

struct WorkbookSheet {
  std::string name;
  std::string first_that_scrolls;                     // "A2" where the first row is frozen
  std::map<std::pair<int, int>, WorkbookCell> cells;  // by row and column, both from 0
  WorkbookCell at(int row, int column) const;         // a blank one where there is none
  // Of cells that are not blank.
  int rows() const;
  int columns() const;
};

struct ReadWorkbook {
  std::string made_at;  // as the file says it: "2027-03-01T22:10:00Z"
  std::vector<WorkbookSheet> sheets;
};

// Is there an ssconvert on this machine?
bool can_read_workbooks();
// Throws std::runtime_error when ssconvert cannot read it.
ReadWorkbook read_workbook(Bytes const& file);

}  // namespace kaiku::exports
