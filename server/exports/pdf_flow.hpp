// Pages that fill from above: what does not fit goes to the next one. Each has a foot.
#pragma once

#include <string>

#include "server/print/document.hpp"

namespace kaiku::exports {

inline constexpr double side_margin_mm = 15;
inline constexpr double top_margin_mm = 15;
inline constexpr double bottom_margin_mm = 22;  // the foot stands in it

inline double width_between_margins(print::Size page) { return page.width - 2 * side_margin_mm; }

struct Foot {
  contract::Language language = contract::Language::fi;
  std::string line;
  int pages = 0;  // in all; known when the pages have been filled once
};

class Flow {
 public:
  Flow(print::Document& document, print::Size page, Foot foot);

  print::Canvas canvas() const { return document_.canvas(); }
  double width() const { return width_between_margins(page_); }
  // The corner where the next thing stands.
  print::Point here() const { return {side_margin_mm, top_}; }
  bool is_at_top() const { return top_ <= top_margin_mm; }
  bool has_room_for(double height) const { return top_ + height <= lowest(); }
  // What was drawn here.
  void take(double height) { top_ += height; }
  // Nothing is taken at the top of a page.
  void leave_gap(double height);
  // A new page unless this height fits here, or nothing would fit better there.
  void make_room_for(double height);
  void next_page();
  // Lines of text under a tag ("H1", "P"), with what keeps them from standing alone below: at least
  // so much of what follows stays on their page.
  void text(char const* tag, print::TextStyle const& style, print::Markup const& words,
            double together_with = 0);

  int page() const { return number_; }
  // Draws the last foot; nothing is drawn after it.
  void end();

 private:
  double lowest() const { return page_.height - bottom_margin_mm; }

  print::Document& document_;
  print::Size page_;
  Foot foot_;
  double top_ = top_margin_mm;
  int number_ = 1;
};

}  // namespace kaiku::exports
