// A table on paper: columns as wide as they need, heads again on each page, totals in bold.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server/exports/pdf_flow.hpp"

namespace kaiku::exports {

struct PaperColumn {
  std::string head;
  bool is_number = false;  // stands at the right of its column, and is never broken
};
struct PaperRow {
  std::vector<std::string> cells;  // as many as columns
  bool is_total = false;
};
struct PaperTable {
  std::vector<PaperColumn> columns;
  std::vector<PaperRow> rows;
};

// A table in type of some size. Everything is measured once, on any canvas, since it takes long.
class SetTable {
 public:
  SetTable(print::Canvas const& canvas, PaperTable table, double points);

  // In mm; below it words and numbers are broken.
  double least_width() const;
  // Before what follows.
  void set_to(print::Canvas const& canvas, double width);
  // Of the head with the first row: what should stand on one page with the table's title.
  double height_of_beginning() const;
  // From where the flow is, over as many pages as it takes. A row is never divided, nor does a
  // total stand alone at the top of a page.
  void draw(Flow& flow) const;

 private:
  // As much as a column would like, and as little as it can do with.
  struct Wish {
    double most = 0;
    double least = 0;
  };

  print::TextStyle style_of(std::size_t column, bool is_bold) const;
  Wish wish_of(print::Canvas const& canvas, std::size_t column) const;
  double height_of(print::Canvas const& canvas, PaperRow const& row) const;
  std::size_t rows_that_fit(Flow const& flow, std::size_t first) const;
  void draw_page(Flow& flow, std::size_t first, std::size_t end) const;
  void draw_row(Flow& flow, PaperRow const& row, double height, char const* tag) const;
  void rule(print::Canvas const& canvas, print::Point at, double thickness) const;

  PaperTable table_;
  PaperRow head_;
  double points_;
  std::vector<Wish> wishes_;
  std::vector<double> widths_;
  double head_height_ = 0;
  std::vector<double> heights_;  // of rows
};

}  // namespace kaiku::exports
