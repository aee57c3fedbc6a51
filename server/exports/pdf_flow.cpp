#include "server/exports/pdf_flow.hpp"

#include <utility>

#include "server/print/texts.hpp"

namespace kaiku::exports {
namespace {

constexpr double foot_points = 8;
constexpr double foot_gap = 4;
constexpr double page_number_width = 30;

}  // namespace

Flow::Flow(print::Document& document, print::Size page, Foot foot)
    : document_(document), page_(page), foot_(std::move(foot)) {}

void Flow::leave_gap(double height) {
  if (!is_at_top()) take(height);
}

void Flow::make_room_for(double height) {
  if (!has_room_for(height) && !is_at_top()) next_page();
}

void Flow::text(char const* tag, print::TextStyle const& style, print::Markup const& words,
                double together_with) {
  make_room_for(canvas().height_of(width(), style, words) + together_with);
  print::Tagged const tagged(canvas(), tag);
  take(canvas().text(here(), width(), style, words));
}

void Flow::next_page() {
  end();
  document_.next_page();
  top_ = top_margin_mm;
  ++number_;
}

void Flow::end() {
  double const top = lowest() + foot_gap;
  canvas().text({side_margin_mm, top}, width() - page_number_width, {.points = foot_points},
                print::plain(foot_.line));
  canvas().text({side_margin_mm + width() - page_number_width, top}, page_number_width,
                {.points = foot_points, .align = print::Align::right},
                print::fill(foot_.language, print::Text::sheet_page,
                            {{"page", print::plain(std::to_string(number_))},
                             {"pages", print::plain(std::to_string(foot_.pages))}}));
}

}  // namespace kaiku::exports
