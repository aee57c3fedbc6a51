#include "kiosk/screen/layout.hpp"

#include <cstdlib>

#include "kiosk/screen/faces.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {

namespace {

std::string minutes_of(std::int64_t difference_us) {
  auto const minutes = difference_us / minute_us;
  return (minutes > 0 ? "+" : "") + std::to_string(minutes);
}

// KAIKU  venue · event                                   ● Verkossa  jono 0   17.41
void draw_bar(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment) {
  auto const language = model.language;
  int const columns = frame.size().columns;
  frame.fill(0, 0, columns, U' ', Style::bar);
  auto const& standing = model.standing;
  std::string right = standing.online ? "● " : "○ ";
  right += text(standing.online ? Word::online : Word::no_network, language);
  right += standing.online ? "  " : " · ";
  right += text(Word::queue, language);
  right += " " + std::to_string(standing.queue) + "   " + clock_time(moment.now) + " ";
  std::string left = " KAIKU  " + facts.venue_name;
  std::string starts;  // a long title is shortened, its time is not
  if (auto const* event = model.chosen_event()) {
    left += " · " + event->title.in(language);
    starts = " " + clock_time(event->starts_at);
  }
  left = cut_to(left, columns - width_of(right) - width_of(starts) - 2);
  frame.put(0, 0, left + starts, Style::bar);
  frame.put_right(0, columns, right, Style::bar);
}

void draw_foot(Frame& frame, DoorModel const& model) {
  auto const language = model.language;
  int const last = frame.size().rows - 1;
  if (model.latest) {
    auto const words = tickets_in_words(model.latest->tickets, language);
    frame.put(last - 2, 2,
              text(Word::latest, language,
                   {words, model.latest->short_code, clock_time(model.latest->at)}),
              Style::dim);
  }
  frame.fill(last, 0, frame.size().columns, U' ', Style::bar);
  frame.put(last, 1, text(Word::keys_idle, language), Style::bar);
}

}  // namespace

std::string tickets_in_words(contract::Tickets const& tickets, contract::Language language) {
  int const total = tickets.total();
  auto const number = std::to_string(total);
  bool const children_only = total > 0 && tickets.child == total;
  if (total == 1) {
    return std::string(text(children_only ? Word::child_ticket : Word::one_ticket, language));
  }
  return text(children_only ? Word::child_tickets : Word::many_tickets, language, {number});
}

Frame layout(DoorModel const& model, ScreenFacts const& facts, Size size, Moment moment) {
  Frame frame(size);
  if (size.columns < smallest_screen.columns || size.rows < smallest_screen.rows) {
    frame.put(0, 0, text(Word::too_small, model.language));
    return frame;
  }
  draw_bar(frame, model, facts, moment);
  auto const difference_us = model.standing.clock_difference_us;
  if (std::llabs(difference_us) > clock_fault_us) {
    frame.put(1, 2, text(Word::clock_wrong, model.language, {minutes_of(-difference_us)}),
              Style::warning);
  }
  draw_face(frame, model, facts, moment);
  draw_foot(frame, model);
  return frame;
}

}  // namespace kaiku::kiosk
