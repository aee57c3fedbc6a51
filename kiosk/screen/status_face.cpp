// K5: how this door stands, for the person who is asked to look.
#include <algorithm>
#include <cstdlib>

#include "kiosk/screen/faces.hpp"
#include "kiosk/screen/panel.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int name_columns = 22;
constexpr int narrow = 72;
constexpr int rows_below = 4;  // a blank one, two of keys, the foot

struct Line {
  Word name;
  std::string value;
  Style style = Style::plain;
};

class StatusPainter {
 public:
  StatusPainter(Frame& frame, DoorModel const& model, StatusFace const& face,
                ScreenFacts const& facts)
      : frame_(frame),
        model_(model),
        face_(face),
        facts_(facts),
        language_(model.language),
        column_(frame.size().columns < narrow ? 1 : 6) {}

  void draw(int top);

 private:
  std::string say(Word word) const { return std::string(text(word, language_)); }
  std::string say(Word word, std::initializer_list<std::string_view> values) const {
    return text(word, language_, values);
  }
  std::string time_of(std::optional<Instant> at) const;
  std::string difference() const;
  std::string tries() const;
  std::string age() const;
  std::string keys() const;
  void add_door(std::vector<Line>& lines) const;
  void add_network(std::vector<Line>& lines) const;
  void add_data(std::vector<Line>& lines) const;
  std::vector<std::string> test_lines() const;

  Frame& frame_;
  DoorModel const& model_;
  StatusFace const& face_;
  ScreenFacts const& facts_;
  contract::Language language_;
  int column_;
};

std::string StatusPainter::time_of(std::optional<Instant> at) const {
  return at ? to_finnish(helsinki_day(*at)) + " " + clock_time(*at) : say(Word::never);
}

// Server - kiosk, "+0.4 s".
std::string StatusPainter::difference() const {
  auto const us = model_.standing.clock_difference_us;
  auto const size_us = std::llabs(us);
  std::string const sign = size_us < second_us / 10 ? "" : us < 0 ? "−" : "+";
  if (size_us >= 2 * minute_us) return sign + span_in_words(size_us, language_);
  auto const tenths = size_us / (second_us / 10);
  return sign + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string StatusPainter::tries() const {
  auto const& standing = model_.standing;
  auto words = say(Word::status_tries_failed, {std::to_string(standing.failed_tries)});
  if (standing.next_try_in_us) {
    auto const in = span_in_words(std::max<std::int64_t>(0, *standing.next_try_in_us), language_);
    words += " · " + say(Word::status_next_try, {in});
  }
  return words;
}

std::string StatusPainter::age() const {
  auto const& standing = model_.standing;
  if (!standing.data_as_of) return say(Word::never);
  return span_in_words(standing.data_age_s * second_us, language_) + " (" +
         time_of(standing.data_as_of) + ")";
}

std::string StatusPainter::keys() const {
  std::string ids;
  for (auto const& id : model_.standing.key_ids) ids += (ids.empty() ? "" : " ") + id;
  return say(Word::status_keys_line,
             {std::to_string(model_.standing.key_list_version), ids.empty() ? "–" : ids});
}

void StatusPainter::add_network(std::vector<Line>& lines) const {
  auto const& standing = model_.standing;
  lines.push_back({Word::status_server, facts_.server});
  lines.push_back({Word::status_contact, time_of(standing.last_contact)});
  lines.push_back({Word::status_sync, time_of(standing.last_sync)});
  lines.push_back({Word::status_queue,
                   say(Word::status_queue_line,
                       {std::to_string(standing.queue), std::to_string(standing.unacknowledged)})});
  lines.push_back({Word::status_tries, tries()});
  if (!standing.last_failure.empty()) {
    lines.push_back({Word::status_failure, standing.last_failure});
  }
}

void StatusPainter::add_data(std::vector<Line>& lines) const {
  auto const& standing = model_.standing;
  auto const warning = standing.data_is_old ? Style::warning : Style::plain;
  lines.push_back({Word::status_age, age(), warning});
  lines.push_back({Word::status_data,
                   say(Word::status_data_line,
                       {std::to_string(standing.cards), std::to_string(standing.snapshot_sequence),
                        std::to_string(standing.snapshot_epoch)})});
  if (!standing.snapshot_fault.empty()) {
    lines.push_back({Word::status_refused, standing.snapshot_fault, Style::warning});
  }
  auto const fault = standing.clock_fault ? Style::warning : Style::plain;
  lines.push_back({Word::status_clock, difference(), fault});
  lines.push_back({Word::status_keys, keys()});
  lines.push_back({Word::status_certificate, time_of(standing.certificate_until)});
}

void StatusPainter::add_door(std::vector<Line>& lines) const {
  auto const& venue = model_.news.venue_name;
  lines.push_back({Word::status_venue, venue.empty() ? facts_.venue_name : venue});
  lines.push_back({Word::status_device,
                   say(Word::status_device_line, {std::to_string(facts_.device), facts_.version})});
  lines.push_back({Word::status_mode, say(model_.fast ? Word::status_fast : Word::status_ask)});
  lines.push_back({Word::status_click, say(model_.click ? Word::word_on : Word::word_off)});
}

// No more of a code than its last three characters.
std::vector<std::string> StatusPainter::test_lines() const {
  if (face_.testing) return {say(Word::scanner_ready)};
  if (face_.no_pin) return {say(Word::pin_none)};
  if (face_.pin_changed) return {say(Word::pin_changed)};
  if (!face_.tested) return {};
  auto const& test = *face_.tested;
  using Kind = ScannerTest::Kind;
  auto words = test.kind == Kind::token  ? say(Word::scanner_token, {test.last_three})
               : test.kind == Kind::code ? say(Word::scanner_code, {test.last_three})
                                         : say(Word::scanner_unreadable);
  words += " · " + say(Word::scanner_length, {std::to_string(test.length)});
  if (test.pace.gaps > 0) {
    words += " · " + say(Word::scanner_pace, {std::to_string(test.pace.mean_gap_us / 1000),
                                              std::to_string(test.pace.longest_gap_us / 1000)});
  }
  if (test.pace.end == Key::tab) words += " · TAB";
  if (test.pace.end == Key::enter) words += " · Enter";
  if (!test.pace.end) words += " · " + say(Word::scanner_no_end);
  std::vector<std::string> lines{say(Word::scanner_seen, {words})};
  if (test.foreign_characters)
    lines.push_back(say(Word::scanner_foreign));
  else if (test.pace.gaps == 0)
    lines.push_back(say(Word::scanner_slow));
  return lines;
}

void StatusPainter::draw(int top) {
  int const columns = frame_.size().columns;
  int const values = column_ + name_columns;
  frame_.put(top, column_, say(Word::status_title), Style::strong);
  std::vector<Line> lines;
  add_network(lines);
  add_data(lines);
  add_door(lines);
  auto const test = wrapped(test_lines(), columns - column_ - 2);
  int const end = frame_.size().rows - rows_below - static_cast<int>(test.size());
  int const room = std::max(1, end - top - 1);
  int const count = static_cast<int>(lines.size());
  int const first = std::clamp(face_.first_row, 0, std::max(0, count - room));
  for (int index = first; index < std::min(count, first + room); ++index) {
    auto const& line = lines[static_cast<std::size_t>(index)];
    int const row = top + 1 + index - first;
    frame_.put(row, column_, say(line.name) + ":", Style::dim);
    frame_.put(row, values, cut_to(line.value, columns - values - 1), line.style);
  }
  if (first > 0) frame_.put(top + 1, std::max(0, column_ - 2), "↑", Style::dim);
  if (first + room < count) frame_.put(top + room, std::max(0, column_ - 2), "↓", Style::dim);
  int row = end;
  for (auto const& words : test) frame_.put(row++, column_, words, Style::strong);
  bool const asks = face_.chosen != 0;
  std::string const letter(1, static_cast<char>(asks ? face_.chosen : U' '));
  frame_.put(frame_.size().rows - 3, column_,
             asks ? say(Word::status_confirm, {letter}) : say(Word::status_menu),
             asks ? Style::strong : Style::dim);
  frame_.put(frame_.size().rows - 2, column_, say(Word::status_menu_more), Style::dim);
}

}  // namespace

void draw_status(Frame& frame, DoorModel const& model, StatusFace const& face,
                 ScreenFacts const& facts, int top) {
  StatusPainter(frame, model, face, facts).draw(top);
}

}  // namespace kaiku::kiosk
