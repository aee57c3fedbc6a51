#include "kiosk/screen/enrol_model.hpp"

#include "kiosk/link/certificates.hpp"
#include "kiosk/screen/layout.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {

namespace {

using Step = EnrolModel::Step;
using Fault = EnrolModel::Fault;

constexpr std::size_t longest_field = 200;
constexpr int column = 6;

EnrolWish enter(EnrolModel& model) {
  model.fault = Fault::none;
  switch (model.step) {
    case Step::address:
      if (parse_server_address(model.address))
        model.step = Step::code;
      else
        model.fault = Fault::bad_address;
      return EnrolWish::nothing;
    case Step::code:
      if (!parse_server_address(model.address)) {
        model.step = Step::address;
        model.fault = Fault::bad_address;
        return EnrolWish::nothing;
      }
      if (!parse_enrolment_text(model.code)) {
        model.fault = Fault::bad_code;
        return EnrolWish::nothing;
      }
      model.step = Step::asking;
      return EnrolWish::ask;
    case Step::compare: return EnrolWish::accept;
    case Step::asking:
    case Step::done: return EnrolWish::nothing;
  }
  return EnrolWish::nothing;
}

std::string* field_of(EnrolModel& model) {
  if (model.step == Step::address) return &model.address;
  return model.step == Step::code ? &model.code : nullptr;
}

Word word_of(EnrolmentFault fault) {
  switch (fault) {
    case EnrolmentFault::unreachable:
    case EnrolmentFault::untrusted: return Word::enrol_unreachable;
    case EnrolmentFault::code_invalid: return Word::enrol_code_invalid;
    case EnrolmentFault::too_many_tries: return Word::enrol_too_many;
    case EnrolmentFault::other_fingerprint: return Word::enrol_other_fingerprint;
    case EnrolmentFault::another:
    case EnrolmentFault::device_unknown:
    case EnrolmentFault::not_understood:
    case EnrolmentFault::refused: return Word::enrol_refused;
  }
  return Word::enrol_refused;
}

void put_lines(Frame& frame, int row, std::string const& lines) {
  std::size_t from = 0;
  while (from <= lines.size()) {
    auto const end = std::min(lines.find('\n', from), lines.size());
    frame.put(row++, column + 2, lines.substr(from, end - from));
    from = end + 1;
  }
}

void put_fault(Frame& frame, EnrolModel const& model) {
  Word word = Word::enrol_refused;
  switch (model.fault) {
    case Fault::none: return;
    case Fault::bad_address: word = Word::enrol_bad_address; break;
    case Fault::bad_code: word = Word::enrol_bad_code; break;
    case Fault::stored_nothing: word = Word::enrol_stored_nothing; break;
    case Fault::from_server: word = word_of(model.server_fault); break;
  }
  frame.put(9, column, text(word, model.language), Style::warning);
}

// The end of a field that is longer than the screen is what matters while typing.
std::string tail_of(std::string const& value, int columns) {
  auto const keep = static_cast<std::size_t>(columns);
  return value.size() <= keep ? value : value.substr(value.size() - keep);
}

// All that a person compares, on the smallest screen too.
void put_comparison(Frame& frame, EnrolModel const& model) {
  auto const language = model.language;
  auto const after =
      frame.put(2, column, std::string(text(Word::enrol_address, language)) + ":", Style::dim);
  frame.put(2, after + 1, tail_of(model.address, frame.size().columns - after - 2));
  frame.put(4, column, text(Word::enrol_compare, language), Style::strong);
  frame.put(6, column, text(Word::enrol_door_ca, language), Style::dim);
  put_lines(frame, 7, spaced_fingerprint(model.door_ca_fingerprint));
  frame.put(9, column, text(Word::enrol_server, language), Style::dim);
  put_lines(frame, 10, spaced_fingerprint(model.server_fingerprint));
  frame.put(13, column, text(Word::enrol_same_keys, language));
}

}  // namespace

EnrolWish press(EnrolModel& model, Key key) {
  auto const next = (static_cast<std::size_t>(model.language) + 1) % contract::languages.size();
  switch (key) {
    case Key::enter:
    case Key::tab:
      return model.step == Step::compare && key == Key::tab ? EnrolWish::nothing : enter(model);
    case Key::escape:
      if (model.step == Step::compare) {
        model.step = Step::code;
        model.code.clear();
        model.fault = Fault::stored_nothing;
      }
      return EnrolWish::nothing;
    case Key::backspace:
      if (auto* field = field_of(model); field && !field->empty()) field->pop_back();
      return EnrolWish::nothing;
    case Key::up:
      if (model.step == Step::code) model.step = Step::address;
      return EnrolWish::nothing;
    case Key::down:
      if (model.step == Step::address) model.step = Step::code;
      return EnrolWish::nothing;
    case Key::f8: model.language = contract::languages[next]; return EnrolWish::nothing;
    case Key::f10: return model.step == Step::asking ? EnrolWish::nothing : EnrolWish::quit;
    default: return EnrolWish::nothing;
  }
  return EnrolWish::nothing;
}

void type(EnrolModel& model, char32_t character) {
  auto* field = field_of(model);
  if (!field || character < U' ' || character >= 0x7F || field->size() >= longest_field) return;
  *field += static_cast<char>(character);
}

EnrolWish scan(EnrolModel& model, std::string const& text) {
  auto* field = field_of(model);
  if (!field) return EnrolWish::nothing;
  if (text.find("://") != std::string::npos)
    model.address = text;
  else if (model.step == Step::address && !parse_enrolment_text(text))
    model.address += text;
  else
    model.code = text;
  if (model.step == Step::address && !parse_enrolment_text(model.code)) return enter(model);
  model.step = Step::code;
  return enter(model);
}

Frame layout(EnrolModel const& model, Size size) {
  Frame frame(size);
  auto const language = model.language;
  if (size.columns < smallest_screen.columns || size.rows < smallest_screen.rows) {
    frame.put(0, 0, text(Word::too_small, language));
    return frame;
  }
  frame.fill(0, 0, size.columns, U' ', Style::bar);
  frame.put(0, 1, "KAIKU  " + std::string(text(Word::enrol_title, language)), Style::bar);
  frame.fill(size.rows - 1, 0, size.columns, U' ', Style::bar);
  frame.put(size.rows - 1, 1, text(Word::enrol_keys, language), Style::bar);
  if (model.step == EnrolModel::Step::compare) {
    put_comparison(frame, model);
    return frame;
  }
  auto const field = [&](int row, Word name, std::string const& value, bool active) {
    frame.put(row, column, std::string(text(name, language)) + ":", Style::dim);
    frame.put(row + 1, column + 2, tail_of(value, size.columns - column - 4) + (active ? "_" : ""),
              active ? Style::strong : Style::plain);
  };
  field(2, Word::enrol_address, model.address, model.step == EnrolModel::Step::address);
  field(5, Word::enrol_code, model.code, model.step == EnrolModel::Step::code);
  put_fault(frame, model);
  if (model.step == EnrolModel::Step::asking) {
    frame.put(9, column, text(Word::enrol_asking, language), Style::strong);
  } else if (model.step == EnrolModel::Step::done) {
    frame.put(9, column, text(Word::enrol_done, language, {model.venue_name}), Style::good);
  }
  return frame;
}

}  // namespace kaiku::kiosk
