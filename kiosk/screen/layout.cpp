#include "kiosk/screen/layout.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include "kiosk/screen/faces.hpp"
#include "kiosk/screen/panel.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int most_notice_rows = 2;
constexpr int least_of_venue = 9;  // " KAIKU", and that something was cut
constexpr std::int64_t age_worth_telling_s = 60;

std::string connection_of(DoorModel const& model) {
  auto const& standing = model.standing;
  auto const word = standing.online            ? Word::online
                    : standing.decides_alone() ? Word::no_network
                                               : Word::no_network_stopped;
  std::string words = standing.online ? "● " : "○ ";
  words += text(word, model.language);
  words += standing.online ? "  " : " · ";
  words += text(Word::queue, model.language);
  return words + " " + std::to_string(standing.queue);
}

// KAIKU  venue · event                                   ● Verkossa  jono 0   17.41
void draw_bar(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment) {
  int const columns = frame.size().columns;
  frame.fill(0, 0, columns, U' ', Style::bar);
  auto const right = connection_of(model) + "   " + clock_time(moment.now) + " ";
  auto const& venue = model.news.venue_name;
  std::string const name = " KAIKU  " + (venue.empty() ? facts.venue_name : venue);
  int const room = columns - width_of(right) - 2;
  if (auto const* event = model.chosen_event()) {
    // The day and the time are never cut, the title late; the venue's name goes first, and whole
    // when the title needs the room.
    auto const day = to_finnish(helsinki_day(event->starts_at));
    auto const when =
        day.substr(0, day.rfind('.') + 1) + " " + clock_time(event->starts_at);  // "22.11. 18.00"
    auto const title = cut_to(event->title.in(model.language), room - width_of(when) - 2);
    auto const event_words = title + (title.empty() ? "" : " ") + when;
    auto const for_name = room - width_of(event_words) - 3;
    std::string const left = for_name >= least_of_venue ? cut_to(name, for_name) + " · " : " ";
    frame.put(0, 0, left + event_words, Style::bar);
  } else {
    frame.put(0, 0, cut_to(name, room), Style::bar);
  }
  frame.put_right(0, columns, right, Style::bar);
}

// A locked door tells nothing of its venue.
void draw_locked_bar(Frame& frame, Moment moment) {
  int const columns = frame.size().columns;
  frame.fill(0, 0, columns, U' ', Style::bar);
  frame.put(0, 1, "KAIKU", Style::bar);
  frame.put_right(0, columns, clock_time(moment.now) + " ", Style::bar);
}

struct Notice {
  std::string words;
  Style style = Style::warning;
};

std::optional<Word> trouble_word(Trouble trouble) {
  switch (trouble) {
    case Trouble::none: return std::nullopt;
    case Trouble::revoked: return Word::trouble_revoked;
    case Trouble::certificate_expired: return Word::trouble_certificate;
    case Trouble::has_to_join_again: return Word::trouble_join_again;
    case Trouble::not_enrolled: return Word::trouble_not_enrolled;
  }
  return std::nullopt;
}

void add_data_notice(std::vector<Notice>& notices, DoorModel const& model) {
  auto const& standing = model.standing;
  auto const language = model.language;
  auto const age = span_in_words(standing.data_age_s * second_us, language);
  if (!standing.data_as_of) {
    if (!standing.online) notices.push_back({std::string(text(Word::no_data_yet, language))});
  } else if (standing.data_is_too_old) {
    auto const word = standing.decides_alone() ? Word::data_needs_reason : Word::data_too_old;
    notices.push_back({text(word, language, {age})});
  } else if (standing.data_is_old) {
    notices.push_back({text(Word::data_old, language, {age})});
  } else if (!standing.online && standing.data_age_s >= age_worth_telling_s) {
    notices.push_back({text(Word::data_age, language, {age}), Style::dim});
  }
}

// What the person at the door should know, the weightiest first.
std::vector<Notice> notices_of(DoorModel const& model) {
  auto const& standing = model.standing;
  auto const language = model.language;
  std::vector<Notice> notices;
  auto const add = [&](Word word) { notices.push_back({std::string(text(word, language))}); };
  if (model.disk_failed) add(Word::disk_notice);
  if (auto const trouble = trouble_word(standing.trouble)) {
    auto const kept = std::to_string(standing.unacknowledged);
    notices.push_back({text(*trouble, language, {kept})});
  }
  if (standing.folder_found) {
    bool const doubled = standing.folder_found == contract::Resumed::Why::doubled;
    add(doubled ? Word::folder_doubled : Word::folder_restored);
  }
  if (model.scans_overflowed) add(Word::scans_overflowed);
  if (auto const off_us = -standing.clock_difference_us; std::llabs(off_us) > clock_fault_us) {
    auto const words = (off_us > 0 ? "+" : "−") + span_in_words(std::llabs(off_us), language);
    notices.push_back({text(Word::clock_wrong, language, {words})});
  } else if (standing.clock_fault) {
    add(Word::clock_behind_data);
  }
  add_data_notice(notices, model);
  return notices;
}

// Returns the row below them.
int draw_notices(Frame& frame, DoorModel const& model) {
  int row = 1;
  for (auto const& notice : notices_of(model)) {
    for (auto const& line : wrapped({notice.words}, frame.size().columns - 4)) {
      if (row > most_notice_rows) return row;
      frame.put(row++, 2, line, notice.style);
    }
  }
  return row;
}

void draw_foot(Frame& frame, DoorModel const& model) {
  auto const language = model.language;
  int const last = frame.size().rows - 1;
  int const columns = frame.size().columns;
  frame.fill(last, 0, columns, U' ', Style::bar);
  bool const locked = std::holds_alternative<LockedFace>(model.face);
  auto const all = text(Word::keys_idle, language);
  auto const keys = locked                         ? text(Word::keys_locked, language)
                    : width_of(all) + 2 <= columns ? all
                                                   : text(Word::keys_short, language);
  frame.put(last, 1, keys, Style::bar);
  bool const has_field = std::holds_alternative<IdleFace>(model.face);
  if (model.typing.is_code && !has_field && !locked) {
    frame.fill(last - 2, 0, columns, U' ', Style::plain);
    return draw_typed_code(frame, last - 2, model);
  }
  // A small screen may need the row for more than what was.
  bool const taken = !frame.row_text(last - 2).empty();
  if (locked || taken || std::holds_alternative<StatusFace>(model.face)) return;
  auto const* latest = model.latest();
  if (model.looked) {
    frame.put(last - 2, 2,
              text(Word::latest, language,
                   {text(Word::looked_at, language), model.looked->short_code,
                    clock_time(model.looked->at)}),
              Style::dim);
  } else if (latest) {
    auto const words = tickets_in_words(latest->tickets, language);
    frame.put(last - 2, 2,
              text(Word::latest, language, {words, latest->short_code, clock_time(latest->at)}),
              Style::dim);
  }
  if (!model.waiting.empty()) {
    auto const count = std::to_string(model.waiting.size());
    frame.put_right(last - 2, columns - 2, text(Word::scans_waiting, language, {count}),
                    Style::strong);
  }
}

}  // namespace

std::string span_in_words(std::int64_t span_us, contract::Language language) {
  constexpr std::array<std::pair<Word, std::int64_t>, 3> units{
      {{Word::span_days, day_us}, {Word::span_hours, hour_us}, {Word::span_minutes, minute_us}}};
  for (auto const& [word, unit_us] : units) {
    if (span_us >= 2 * unit_us) return text(word, language, {std::to_string(span_us / unit_us)});
  }
  return text(Word::span_seconds, language, {std::to_string(span_us / second_us)});
}

std::string tickets_in_words(contract::Tickets const& tickets, contract::Language language) {
  int const total = tickets.total();
  auto const number = std::to_string(total);
  bool const children_only = total > 0 && tickets.child == total;
  if (total == 1) {
    return std::string(text(children_only ? Word::child_ticket : Word::one_ticket, language));
  }
  if (tickets.child > 0 && !children_only) {
    return text(Word::mixed_tickets, language, {number, std::to_string(tickets.child)});
  }
  return text(children_only ? Word::child_tickets : Word::many_tickets, language, {number});
}

Frame layout(DoorModel const& model, ScreenFacts const& facts, Size size, Moment moment) {
  Frame frame(size);
  if (size.columns < smallest_screen.columns || size.rows < smallest_screen.rows) {
    frame.put(0, 0, text(Word::too_small, model.language));
    return frame;
  }
  if (auto const* locked = std::get_if<LockedFace>(&model.face)) {
    draw_locked_bar(frame, moment);
    draw_locked(frame, model, *locked, moment);
  } else {
    draw_bar(frame, model, facts, moment);
    draw_face(frame, model, facts, moment, draw_notices(frame, model));
  }
  draw_foot(frame, model);
  return frame;
}

}  // namespace kaiku::kiosk
