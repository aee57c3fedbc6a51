#include "kiosk/screen/faces.hpp"

#include <algorithm>
#include <array>

#include "kiosk/screen/panel.hpp"
#include "kiosk/screen/texts.hpp"
#include "schema/contract/beneath_heading.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int panel_top = 3;
constexpr int text_column = 6;

using contract::Language;

Word word_of_reason(std::string_view reason) {
  if (reason == "left_and_returned") return Word::reason_left_and_returned;
  if (reason == "scanned_twice") return Word::reason_scanned_twice;
  if (reason == "other_person") return Word::reason_other_person;
  if (reason == "network_down") return Word::reason_network_down;
  return Word::reason_known_here;
}

class FacePainter {
 public:
  FacePainter(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment,
              int top)
      : frame_(frame),
        model_(model),
        facts_(facts),
        moment_(moment),
        top_(top),
        language_(model.language) {}

  void operator()(IdleFace const& face);
  void operator()(WaitFace const& face);
  void operator()(OfferFace const& face);
  void operator()(GivenFace const& face);
  void operator()(NotNowFace const& face);
  void operator()(WarnFace const& face);
  void operator()(NoAnswerFace const& face);
  void operator()(UndoFace const& face);
  void operator()(EventsFace const& face);
  void operator()(QuitFace const&);
  void operator()(StatusFace const& face) { draw_status(frame_, model_, face, facts_, top_); }
  void operator()(PinFace const& face) { draw_pin(frame_, model_, face, moment_); }
  void operator()(LockedFace const&) {}  // has a screen of its own

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
  std::string extras(OfferFace const& face) const;
  std::string give_words(int total) const;
  std::string use_words(LatestUse const& use) const;
  std::string age_words(DataAge const& age) const;
  void draw_undo_choice(UndoFace const& face);
  void add_company(Panel& panel, GivenFace const& face) const;
  void add_event_message(Panel& panel) const;

  Frame& frame_;
  DoorModel const& model_;
  ScreenFacts const& facts_;
  Moment moment_;
  int top_;
  Language language_;
};

void FacePainter::operator()(IdleFace const&) {
  frame_.put(4, text_column, say(Word::read_card), Style::strong);
  frame_.put(5, text_column, say(Word::or_type));
  draw_typed_code(frame_, 7, model_);
  auto const& news = model_.news;
  auto const tickets = tickets_in_words({.adult = news.tickets_today}, language_);
  auto line = say(Word::given_today, {tickets, std::to_string(news.children_today)});
  if (auto const* event = model_.chosen_event(); event && event->quota && event->quota_left) {
    line += " · " + say(Word::quota_left,
                        {std::to_string(*event->quota_left), std::to_string(*event->quota)});
  }
  frame_.put(10, text_column, line);
}

void FacePainter::operator()(WaitFace const& face) {
  frame_.put(4, text_column, say(face.giving ? Word::giving : Word::checking), Style::strong);
  frame_.put(5, text_column, face.card.short_code, Style::dim);
}

// "Lapsia 0 [1] 2", as many as the card has; a group's card may have more than there are keys.
std::string FacePainter::children_choice(OfferFace const& face) const {
  auto line = say(Word::children) + " ";
  int const most = face.reply.children_max;
  if (most > most_children_by_key) {
    line += "[" + std::to_string(face.chosen.child) + "] / " + std::to_string(most);
  } else {
    for (int count = 0; count <= most; ++count) {
      auto const number = std::to_string(count);
      line += count == face.chosen.child ? "[" + number + "]" : " " + number + " ";
    }
  }
  return line + "  " + say(Word::children_keys);
}

// "Avustaja [ ] (A)   Tulkki [x] (T)": those that this card may bring here.
std::string FacePainter::extras(OfferFace const& face) const {
  std::string line;
  auto const add = [&](Word word, int allowed, int chosen, char const* key) {
    if (allowed <= 0) return;
    line += (line.empty() ? "" : "   ") + say(word);
    line += (chosen > 0 ? " [x] (" : " [ ] (") + std::string(key) + ")";
  };
  auto const& allowed = face.reply.tickets_allowed;
  add(Word::assistant, allowed.assistant, face.chosen.assistant, "A");
  add(Word::interpreter, allowed.interpreter, face.chosen.interpreter, "T");
  add(Word::companion, allowed.companion, face.chosen.companion, "K");
  return line;
}

void FacePainter::operator()(OfferFace const& face) {
  Panel panel{Border::double_line,
              Style::good,
              "✓",
              std::string(contract::texts_of(contract::Answer::ok, language_).heading),
              {}};
  if (face.override) {
    panel.border = Border::single_line;
    panel.style = Style::warning;
    panel.icon = "!";
    panel.heading = contract::texts_of(face.reply.answer, language_).heading;
  }
  add_event_message(panel);
  if (face.reply.reserved) {
    panel.lines.push_back(say(Word::reserved, {std::to_string(face.reply.reserved->total())}));
  }
  auto const most = face.reply.children_max;
  auto const kind = model_.kind();
  panel.lines.push_back(kind == contract::UseKind::course        ? say(Word::course_place)
                        : kind == contract::UseKind::season_pass ? say(Word::season_pass)
                        : most > 0 ? say(Word::children_at_most, {std::to_string(most)})
                                   : say(Word::no_children));
  bool const is_new = face.reply.answer == contract::Answer::ok_offline;
  panel.lines.push_back(face.capped ? say(Word::children_capped)
                        : is_new    ? say(Word::new_card)
                                    : age_words(face.age));
  if (kind == contract::UseKind::admission && (most > 0 || face.override)) {
    auto const* mark = face.chosen.adult > 0 ? "x" : " ";
    auto line = say(Word::holder) + " [" + mark + "] (H)";
    if (most > 0) line += "  " + children_choice(face);
    panel.lines.push_back(std::move(line));
  }
  if (auto line = extras(face); !line.empty()) panel.lines.push_back(std::move(line));
  panel.lines.emplace_back();
  bool const nobody = face.chosen.total() == 0;
  auto const give = nobody ? say(Word::choose_whom) : "[" + give_words(face.chosen.total()) + "]";
  panel.lines.push_back(give + "   " + say(Word::do_not_give) + "   " + seconds_left());
  draw_panel(frame_, panel_top, panel);
}

std::string FacePainter::give_words(int total) const {
  return total == 1 ? say(Word::give_one) : say(Word::give_many, {std::to_string(total)});
}

// What the chosen event has the door tell: "wristband from desk 2".
void FacePainter::add_event_message(Panel& panel) const {
  auto const* event = model_.chosen_event();
  if (event == nullptr || !event->message) return;
  panel.lines.push_back("> " + event->message->in(language_));
}

// Who comes along with a ticket that is given already.
void FacePainter::add_company(Panel& panel, GivenFace const& face) const {
  auto const most = face.children_max.value_or(most_children_by_key);
  if (most > 0) {
    panel.lines.push_back(say(Word::children) + " [" + std::to_string(face.more.child) + "] / " +
                          std::to_string(most) + "  (+ −)");
  }
  std::string line;
  auto const add = [&](Word who, int allowed, int chosen, std::string const& key) {
    if (allowed <= 0) return;
    if (!line.empty()) line += "   ";
    line += say(who) + " [" + (chosen > 0 ? "x" : " ") + "] (" + key + ")";
  };
  add(Word::assistant, face.allowed.assistant, face.more.assistant, "F6");
  add(Word::interpreter, face.allowed.interpreter, face.more.interpreter, "F7");
  add(Word::companion, face.allowed.companion, face.more.companion, "F9");
  if (!line.empty()) panel.lines.push_back(std::move(line));
  panel.lines.emplace_back();
}

void FacePainter::operator()(GivenFace const& face) {
  Panel panel{Border::double_line,
              Style::good,
              "✓",
              say(Word::given_suffix, {tickets_in_words(face.tickets, language_)}),
              {}};
  add_event_message(panel);
  if (face.new_card) panel.lines.push_back(say(Word::new_card));
  if (auto line = age_words(face.age); !line.empty()) panel.lines.push_back(std::move(line));
  if (face.may_add) add_company(panel, face);
  bool const more = face.more.total() > 0;
  panel.lines.push_back((more ? "[" + give_words(face.more.total()) + "]" : say(Word::next)) +
                        "   " + say(Word::undo_hint));
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(NotNowFace const& face) {
  auto const words = contract::words_of(face.answer, face.counts, language_);
  auto const staff = std::string(contract::beneath_heading(words.staff, words.heading));
  Panel panel{Border::dashed, Style::not_now, "✕", words.heading, {staff}};
  panel.lines.push_back(aloud(words.aloud));
  if (!words.closing.empty()) panel.lines.push_back(say(Word::then_say, {words.closing}));
  if (face.by_scanner) panel.lines.push_back(say(Word::scanner_hint));
  panel.lines.emplace_back();
  panel.lines.push_back(say(Word::next));
  draw_panel(frame_, panel_top, panel);
}

// Of data that are old, and decided all the same.
std::string FacePainter::age_words(DataAge const& age) const {
  if (!age.is_old || !age.seconds) return {};
  return say(Word::data_age, {span_in_words(*age.seconds * second_us, language_)});
}

void FacePainter::operator()(WarnFace const& face) {
  auto const texts = contract::texts_of(face.reply.answer, language_);
  std::string heading(texts.heading);
  if (face.reply.used_at) heading += " " + clock_time(*face.reply.used_at);
  Panel panel{Border::single_line, Style::warning, "!", heading, {}};
  if (face.choosing) {
    panel.lines.push_back(say(Word::which_reason));
    panel.lines.emplace_back();
    int number = 0;
    for (auto const reason : override_reasons(face.reply.answer)) {
      panel.lines.push_back(std::to_string(++number) + "  " + say(word_of_reason(reason)));
    }
    panel.lines.emplace_back();
    panel.lines.push_back(say(Word::back));
  } else {
    panel.lines.emplace_back(contract::beneath_heading(texts.staff, texts.heading));
    if (auto line = age_words(face.age); !line.empty()) panel.lines.push_back(std::move(line));
    panel.lines.push_back(aloud(texts.aloud));
    panel.lines.emplace_back();
    bool const children = face.reply.answer == contract::Answer::already_used_here &&
                          face.reply.tickets_allowed.child > 0;
    if (children) panel.lines.push_back(say(Word::children_alone));
    panel.lines.push_back(say(Word::next) + "   " + say(Word::give_anyway));
  }
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(NoAnswerFace const& face) {
  auto const reason = [&]() -> std::string {
    switch (face.why) {
      case CannotKnow::no_data: return say(Word::no_data_text);
      case CannotKnow::typed_not_in_data: return say(Word::typed_not_in_data_text);
      case CannotKnow::card_not_in_data: return say(Word::card_not_in_data_text);
      case CannotKnow::data_too_old:
        return std::string(contract::texts_of(contract::Answer::stale_snapshot, language_).staff);
      case CannotKnow::too_many_tries: return say(Word::too_many_tries_text);
      case CannotKnow::not_accepted: return say(Word::not_accepted_text);
      case CannotKnow::disk_failed: return say(Word::disk_failed_text);
    }
    return {};
  }();
  Panel panel{Border::dashed, Style::not_now, "?", say(Word::cannot_know), {reason}};
  if (face.retry_after_s) {
    auto const wait = span_in_words(*face.retry_after_s * second_us, language_);
    panel.lines.push_back(say(Word::again_in, {wait}));
  }
  panel.lines.push_back(aloud(text(Word::cannot_know_aloud, language_)));
  panel.lines.emplace_back();
  panel.lines.push_back(say(Word::next));
  draw_panel(frame_, panel_top, panel);
}

// "17.41 · …K7F · 1 lippu"
std::string FacePainter::use_words(LatestUse const& use) const {
  auto words = clock_time(use.at) + " · ";
  if (!use.short_code.empty()) words += use.short_code + " · ";
  return words + tickets_in_words(use.tickets, language_);
}

void FacePainter::draw_undo_choice(UndoFace const& face) {
  frame_.put(3, text_column, say(Word::undo_which), Style::strong);
  for (std::size_t index = 0; index < face.uses.size(); ++index) {
    auto const line = use_words(face.uses[index]);
    frame_.put(4 + static_cast<int>(index), text_column,
               cut_to(line, frame_.size().columns - text_column - 2),
               index == face.selected ? Style::bar : Style::plain);
  }
  frame_.put(frame_.size().rows - 2, text_column, say(Word::undo_choose_keys), Style::dim);
}

void FacePainter::operator()(UndoFace const& face) {
  using Step = UndoFace::Step;
  if (face.step == Step::choose) return draw_undo_choice(face);
  if (face.step == Step::under_way) {
    frame_.put(4, text_column, say(Word::undoing), Style::strong);
    return;
  }
  Panel panel{Border::single_line, Style::plain, "", "", {}};
  if (face.step == Step::ask) {
    panel.heading = say(Word::undo_question);
    panel.lines = {use_words(face.uses.front()), "", say(Word::undo_keys)};
    draw_panel(frame_, panel_top, panel);
    return;
  }
  auto const words = tickets_in_words(face.result.tickets, language_);
  switch (face.result.kind) {
    case UndoResult::Kind::undone:
      panel.heading = say(Word::undone, {words});
      if (!face.uses.empty()) panel.lines.push_back(use_words(face.uses.front()));
      if (!model_.standing.online) panel.lines.push_back(say(Word::undo_noted));
      break;
    case UndoResult::Kind::nothing_to_undo:
      panel.lines.push_back(say(Word::nothing_to_undo));
      break;
    case UndoResult::Kind::too_late: panel.lines.push_back(say(Word::undo_too_late)); break;
  }
  panel.lines.push_back(say(Word::next));
  draw_panel(frame_, panel_top, panel);
}

void FacePainter::operator()(EventsFace const& face) {
  frame_.put(3, text_column, say(Word::choose_event), Style::strong);
  auto const& events = model_.news.events;
  int const rows = frame_.size().rows - 9;
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
        line += " · " + say(Word::quota_left,
                            {std::to_string(*event.quota_left), std::to_string(*event.quota)});
      }
    }
    frame_.put(row, text_column, cut_to(line, frame_.size().columns - text_column - 2),
               index == selected ? Style::bar : Style::plain);
  }
  frame_.put(frame_.size().rows - 4, text_column, say(Word::choose_event_keys), Style::dim);
}

void FacePainter::operator()(QuitFace const&) {
  frame_.put(4, text_column, say(Word::quit_question), Style::strong);
  frame_.put(6, text_column, say(Word::quit_keys));
}

}  // namespace

void draw_typed_code(Frame& frame, int row, DoorModel const& model) {
  auto const after = frame.put(row, text_column, text(Word::code_label, model.language));
  // A QR text that arrives slowly is longer than the line; its end is what matters.
  auto const room = static_cast<std::size_t>(frame.size().columns - after - 4);
  auto const& typed = model.typing.text;
  auto const from = typed.size() > room ? typed.size() - room : 0;
  frame.put(row, after + 1, typed.substr(from) + "_", Style::strong);
}

void draw_face(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment,
               int top) {
  std::visit(FacePainter(frame, model, facts, moment, top), model.face);
}

}  // namespace kaiku::kiosk
