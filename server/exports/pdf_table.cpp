#include "server/exports/pdf_table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace kaiku::exports {
namespace {

using print::Canvas;
using print::TextStyle;

constexpr double between_columns = 4;
constexpr double above_text = 0.8;
constexpr double below_text = 0.8;
// Widths are rounded on their way to the typesetter and back.
constexpr double slack = 0.3;
// A longer word is broken sooner than that the whole table is set smaller.
constexpr double most_for_a_word = 60;

constexpr double head_rule = 0.3;
constexpr double total_rule = 0.2;
constexpr double row_rule = 0.05;

double widest_word(Canvas const& canvas, TextStyle const& style, std::string_view text) {
  double widest = 0;
  while (!text.empty()) {
    auto const end = std::min(text.find(' '), text.size());
    widest = std::max(widest, canvas.width_of(style, print::plain(text.substr(0, end))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::min(widest, most_for_a_word);
}

double gaps_of(std::size_t columns) {
  return columns == 0 ? 0 : between_columns * static_cast<double>(columns - 1);
}

}  // namespace

SetTable::SetTable(Canvas const& canvas, PaperTable table, double points)
    : table_(std::move(table)), points_(points) {
  for (auto const& column : table_.columns) head_.cells.push_back(column.head);
  head_.is_total = true;  // bold, as a total is
  for (std::size_t at = 0; at < table_.columns.size(); ++at) {
    wishes_.push_back(wish_of(canvas, at));
  }
}

TextStyle SetTable::style_of(std::size_t column, bool is_bold) const {
  bool const is_number = table_.columns[column].is_number;
  return {.points = points_,
          .bold = is_bold,
          .align = is_number ? print::Align::right : print::Align::left};
}

SetTable::Wish SetTable::wish_of(Canvas const& canvas, std::size_t column) const {
  auto const head = style_of(column, true);
  Wish wish{.most = canvas.width_of(head, print::plain(head_.cells[column])),
            .least = widest_word(canvas, head, head_.cells[column])};
  for (auto const& row : table_.rows) {
    auto const& text = row.cells.at(column);
    auto const style = style_of(column, row.is_total);
    double const whole = canvas.width_of(style, print::plain(text));
    wish.most = std::max(wish.most, whole);
    if (whole <= wish.least) continue;
    bool const is_one = table_.columns[column].is_number || text.find(' ') == text.npos;
    wish.least = std::max(wish.least, is_one ? whole : widest_word(canvas, style, text));
  }
  if (!table_.columns[column].is_number) wish.least = std::min(wish.least, most_for_a_word);
  return {.most = wish.most + slack, .least = wish.least + slack};
}

double SetTable::least_width() const {
  double width = gaps_of(wishes_.size());
  for (auto const& wish : wishes_) width += wish.least;
  return width;
}

// What each likes where there is room; else all give way by the same share of what they can spare.
void SetTable::set_to(Canvas const& canvas, double width) {
  double const room = width - gaps_of(wishes_.size());
  double const least = least_width() - gaps_of(wishes_.size());
  double most = 0;
  for (auto const& wish : wishes_) most += wish.most;
  widths_.clear();
  for (auto const& wish : wishes_) {
    if (most <= room) {
      widths_.push_back(wish.most);
    } else if (least < room) {
      widths_.push_back(wish.least + (wish.most - wish.least) * (room - least) / (most - least));
    } else {
      widths_.push_back(wish.least * room / least);
    }
  }
  head_height_ = height_of(canvas, head_);
  heights_.clear();
  for (auto const& row : table_.rows) heights_.push_back(height_of(canvas, row));
}

double SetTable::height_of(Canvas const& canvas, PaperRow const& row) const {
  double height = 0;
  for (std::size_t at = 0; at < widths_.size(); ++at) {
    height = std::max(height, canvas.height_of(widths_[at], style_of(at, row.is_total),
                                               print::plain(row.cells.at(at))));
  }
  return above_text + height + below_text;
}

double SetTable::height_of_beginning() const {
  return head_height_ + (heights_.empty() ? 0 : heights_.front());
}

// The first row behind those that fit below a head. At least one does, whatever its height, so that
// it goes on; a total takes the row before it along.
std::size_t SetTable::rows_that_fit(Flow const& flow, std::size_t first) const {
  double height = head_height_;
  std::size_t end = first;
  while (end < heights_.size() && flow.has_room_for(height + heights_[end]))
    height += heights_[end++];
  bool const is_cut = end < heights_.size();
  if (is_cut && table_.rows[end].is_total && end > first + 1) --end;
  return std::max(end, first + 1);
}

void SetTable::draw(Flow& flow) const {
  flow.make_room_for(height_of_beginning());
  if (heights_.empty()) draw_page(flow, 0, 0);
  for (std::size_t row = 0; row < heights_.size();) {
    if (row > 0) flow.next_page();
    auto const end = rows_that_fit(flow, row);
    draw_page(flow, row, end);
    row = end;
  }
}

// Each page has a table of its own for those who have it read out: a tag does not reach over pages.
// Rules stand outside of it, since nobody wants them read.
void SetTable::draw_page(Flow& flow, std::size_t first, std::size_t end) const {
  std::vector<std::pair<print::Point, double>> rules;
  {
    print::Tagged const tag(flow.canvas(), "Table");
    draw_row(flow, head_, head_height_, "TH");
    rules.emplace_back(flow.here(), head_rule);
    for (std::size_t row = first; row < end; ++row) {
      if (table_.rows[row].is_total) rules.emplace_back(flow.here(), total_rule);
      draw_row(flow, table_.rows[row], heights_[row], "TD");
      rules.emplace_back(flow.here(), row_rule);
    }
  }
  for (auto const& [at, thickness] : rules) rule(flow.canvas(), at, thickness);
}

void SetTable::draw_row(Flow& flow, PaperRow const& row, double height, char const* tag) const {
  auto const canvas = flow.canvas();
  auto corner = flow.here();
  corner.y += above_text;
  {
    print::Tagged const whole(canvas, "TR");
    for (std::size_t at = 0; at < widths_.size(); ++at) {
      print::Tagged const cell(canvas, tag);
      canvas.text(corner, widths_[at], style_of(at, row.is_total), print::plain(row.cells.at(at)));
      corner.x += widths_[at] + between_columns;
    }
  }
  flow.take(height);
}

void SetTable::rule(Canvas const& canvas, print::Point at, double thickness) const {
  double width = gaps_of(widths_.size());
  for (double const one : widths_) width += one;
  canvas.line(at, {at.x + width, at.y}, thickness);
}

}  // namespace kaiku::exports
