#include "kiosk/screen/faces.hpp"

#include <algorithm>
#include <array>

#include "kiosk/screen/panel.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int panel_top = 3;
constexpr int text_column = 6;

using contract::Language;

class FacePainter {
 public:
  FacePainter(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment)
      : frame_(frame), model_(model), facts_(facts), moment_(moment), language_(model.language) {}

  void operator()(IdleFace const& face);
  void operator()(WaitFace const& face);
  void operator()(OfferFace const& face);
  void operator()(GivenFace const& face);
  void operator()(NotNowFace const& face);
  void operator()(WarnFace const& face);
  void operator()(NoAnswerFace const& face);
  void operator()(UndoFace const& face);
  void operator()(EventsFace const& face);
  void operator()(StatusFace const&);
  void operator()(QuitFace const&);

 private:
  std::string say(Word word) const { return std::string(text(word, language_)); }
  std::string say(Word word, std::initializer_list<std::string_view> values) const {
    return text(word, language_, values);
  }
  std::string aloud(std::string_view sentence) const { return say(Word::say, {sentence}); }
  std::string seconds_left() const {
    auto const left_us = face_shown_us - (moment_.monotonic_us - model_.face_since_us);
    auto const seconds = std::max<std::int64_t>(0, (left_us + second_us - 1) / second_us);
    return say(Word::closes_in, {std::to_string(seconds)});
  }
  std::string children_choice(OfferFace const& face) const;
  std::string extra(Word word, int count, char key) const {
    return say(word) + " [" + (count > 0 ? "x" : " ") + "] (" + key + ")";
  }
  void field(int row, Word name, std::string const& value) {
    frame_.put(row, text_column, say(name) + ":", Style::dim);
    frame_.put(row, text_column + 24, cut_to(value, frame_.size().columns - text_column - 25));
  }

  Frame& frame_;
  DoorModel const& model_;
  ScreenFacts const& facts_;
  Moment moment_;
  Language language_;
};

void FacePainter::operator()(IdleFace const& face) {
  frame_.put(4, text_column, say(Word::read_card), Style::strong);
  frame_.put(5, text_column, say(Word::or_type));
  auto const after = frame_.put(7, text_column, say(Word::code_label));
  frame_.put(7, after + 1, face.typed + "_", Style::strong);
  auto const& news = model_.news;
  auto const tickets = tickets_in_words({.adult = news.tickets_today}, language_);
  auto line = say(Word::given_today, {tickets, std::to_string(news.children_today)});
  if (auto const* event = model_.chosen_event(); event && event->quota && event->quota_left) {
    line += " · " + say(Word::quota_left, {std::to_string(*event->quota_left),
                                           std::to_string(*event->quota)});
  }
  frame_.put(10, text_column, line);
}

void FacePainter::operator()(WaitFace const& face) {
  frame_.put(4, text_column, say(face.giving ? Word::giving : Word::checking), Style::strong);
  frame_.put(5, text_column, face.card.short_code, Style::dim);
}

// "Lapsia 0 [1] 2", as many as the card has.
std::string FacePainter::children_choice(OfferFace const& face) const {
  auto line = say(Word::children) + " ";
  int const most = std::min(face.reply.children_max, most_children_by_key);
  for (int count = 0; count <= most; ++count) {
    auto const number = std::to_string(count);
    line += count == face.chosen.child ? "[" + number + "]" : " " + number + " ";
  }
  return line + "  " + say(Word::children_keys);
}

void FacePainter::operator()(OfferFace const& face) {
  Panel panel{Border::double_line, Style::good, "✓",
              std::string(contract::texts_of(contract::Answer::ok, language_).heading), {}};
  if (face.override) {
    panel.border = Border::single_line;
    panel.style = Style::warning;
    panel.icon = "!";
    panel.heading = contract::texts_of(face.reply.answer, language_).heading;
  }
  auto const most = face.reply.children_max;
  panel.lines.push_back(most > 0 ? say(Word::children_at_most, {std::to_string(most)})
                                 : say(Word::no_children));
  panel.lines.push_back(face.capped ? say(Word::children_capped) : "");
  if (most > 0) panel.lines.push_back(children_choice(face));
  panel.lines.push_back(extra(Word::assistant, face.chosen.assistant, 'A') + "   " +
                        extra(Word::interpreter, face.chosen.interpreter, 'T') + "   " +
                        extra(Word::companion, face.chosen.companion, 'K'));
  panel.lines.emplace_back();
  int const total = face.chosen.total();
  auto const give = total == 1 ? say(Word::give_one)
                               : say(Word::give_many, {std::to_string(total)});
  panel.lines.push_back("[" + give + "]   " + say(Word::do_not_give) + "   " + seconds_left());
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(GivenFace const& face) {
  Panel panel{Border::double_line, Style::good, "✓",
              say(Word::given_suffix, {tickets_in_words(face.tickets, language_)}), {}};
  if (face.may_add_children && face.children_max.value_or(most_children_by_key) > 0) {
    auto const most = std::min(face.children_max.value_or(most_children_by_key),
                               most_children_by_key);
    panel.lines.push_back(face.children_max
                              ? say(Word::add_children_up_to, {std::to_string(most)})
                              : say(Word::add_children));
    panel.lines.emplace_back();
  }
  panel.lines.push_back(say(Word::next) + "   " + say(Word::undo_hint));
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(NotNowFace const& face) {
  auto const texts = contract::texts_of(face.answer, language_);
  Panel panel{Border::dashed, Style::not_now, "✕", std::string(texts.heading),
              {std::string(texts.staff)}};
  if (face.answer == contract::Answer::quota_full && face.quota_left) {
    panel.lines.push_back(say(Word::places_left, {std::to_string(*face.quota_left)}));
  }
  panel.lines.push_back(aloud(texts.aloud));
  panel.lines.emplace_back();
  panel.lines.push_back(say(Word::next));
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(WarnFace const& face) {
  constexpr std::array<Word, override_reasons.size()> reasons{
      Word::reason_left_and_returned, Word::reason_scanned_twice, Word::reason_other_person,
      Word::reason_known_here};
  auto const texts = contract::texts_of(face.reply.answer, language_);
  std::string heading(texts.heading);
  if (face.reply.used_at) heading += " " + clock_time(*face.reply.used_at);
  Panel panel{Border::single_line, Style::warning, "!", heading, {}};
  if (face.choosing) {
    panel.lines.push_back(say(Word::which_reason));
    panel.lines.emplace_back();
    for (std::size_t index = 0; index < reasons.size(); ++index) {
      panel.lines.push_back(std::to_string(index + 1) + "  " + say(reasons[index]));
    }
    panel.lines.emplace_back();
    panel.lines.push_back(say(Word::back));
  } else {
    panel.lines.emplace_back(texts.staff);
    panel.lines.push_back(aloud(texts.aloud));
    panel.lines.emplace_back();
    panel.lines.push_back(say(Word::next) + "   " + say(Word::give_anyway));
  }
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(NoAnswerFace const& face) {
  Word const reason = face.disk_failed                                 ? Word::disk_failed_text
                      : face.why == NoAnswer::Why::no_connection       ? Word::no_connection_text
                      : face.why == NoAnswer::Why::server_busy         ? Word::server_busy_text
                      : face.why == NoAnswer::Why::too_many_tries      ? Word::too_many_tries_text
                                                                       : Word::not_accepted_text;
  Panel const panel{Border::dashed, Style::not_now, "?", say(Word::cannot_know),
                    {say(reason), aloud(text(Word::cannot_know_aloud, language_)), "",
                     say(Word::next)}};
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(UndoFace const& face) {
  if (!face.result) {
    frame_.put(4, text_column, say(Word::undoing), Style::strong);
    return;
  }
  auto const words = tickets_in_words(face.result->tickets, language_);
  Panel panel{Border::single_line, Style::plain, "", "", {}};
  switch (face.result->kind) {
    case UndoResult::Kind::undone:
      panel.heading = say(Word::undone, {words});
      break;
    case UndoResult::Kind::noted:
      panel.heading = say(Word::undone, {words});
      panel.lines.push_back(say(Word::undo_noted));
      break;
    case UndoResult::Kind::nothing_to_undo:
      panel.lines.push_back(say(Word::nothing_to_undo));
      break;
    case UndoResult::Kind::too_late:
      panel.lines.push_back(say(Word::undo_too_late));
      break;
    case UndoResult::Kind::refused:
      panel.lines.push_back(say(Word::undo_refused));
      break;
  }
  panel.lines.push_back(say(Word::next));
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(EventsFace const& face) {
  frame_.put(2, text_column, say(Word::choose_event), Style::strong);
  auto const& events = model_.news.events;
  int const rows = frame_.size().rows - 8;
  int const selected = static_cast<int>(face.selected);
  int const first = std::max(0, selected - rows + 1);
  int const count = static_cast<int>(events.size()) + 1;
  for (int index = first; index < std::min(count, first + rows); ++index) {
    int const row = 4 + index - first;
    auto line = (index < 10 ? std::to_string(index) : std::string(" ")) + "  ";
    if (index == 0) {
      line += say(Word::no_event);
    } else {
      auto const& event = events[static_cast<std::size_t>(index) - 1];
      line += to_finnish(helsinki_day(event.starts_at)) + " " + clock_time(event.starts_at) + "  " +
              event.title.in(language_);
      if (event.quota && event.quota_left) {
        line += " · " + say(Word::quota_left, {std::to_string(*event.quota_left),
                                               std::to_string(*event.quota)});
      }
    }
    frame_.put(row, text_column, cut_to(line, frame_.size().columns - text_column - 2),
               index == selected ? Style::bar : Style::plain);
  }
  frame_.put(frame_.size().rows - 4, text_column, say(Word::choose_event_keys), Style::dim);
}

void FacePainter::operator()(StatusFace const&) {
  auto const& standing = model_.standing;
  frame_.put(2, text_column, say(Word::status_title), Style::strong);
  field(4, Word::status_server, facts_.server);
  field(5, Word::status_venue, facts_.venue_name);
  field(6, Word::status_device, std::to_string(facts_.device));
  field(7, Word::status_contact,
        standing.last_contact ? to_finnish(helsinki_day(*standing.last_contact)) + " " +
                                    clock_time(*standing.last_contact)
                              : say(Word::never));
  field(8, Word::status_queue, std::to_string(standing.queue));
  field(9, Word::status_clock, std::to_string(standing.clock_difference_us / second_us) + " s");
  field(10, Word::status_mode, say(model_.fast ? Word::status_fast : Word::status_ask));
  field(11, Word::status_version, facts_.version);
  frame_.put(13, text_column, say(Word::next), Style::dim);
}

void FacePainter::operator()(QuitFace const&) {
  frame_.put(4, text_column, say(Word::quit_question), Style::strong);
  frame_.put(6, text_column, say(Word::quit_keys));
}

}  // namespace

void draw_face(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment) {
  std::visit(FacePainter(frame, model, facts, moment), model.face);
}

}  // namespace kaiku::kiosk
