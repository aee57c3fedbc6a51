// The lock's two screens: what is typed is never shown, and nothing of the venue is.
#include <algorithm>

#include "kiosk/screen/faces.hpp"
#include "kiosk/screen/texts.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int text_column = 6;
constexpr int title_row = 4;
constexpr int field_row = 6;
constexpr int message_row = 8;

std::string dots(std::size_t count) {
  std::string out;
  for (; count > 0; --count) out += "•";
  return out + "_";
}

void put_field(Frame& frame, std::string_view label, std::size_t typed) {
  auto const after = frame.put(field_row, text_column, label);
  frame.put(field_row, after + 1, dots(typed), Style::strong);
}

// "Odota 12 s." while no PIN is taken; empty otherwise.
std::string wait_words(DoorModel const& model, Moment moment) {
  auto const left_us = model.pin_wait_until_us - moment.monotonic_us;
  if (left_us <= 0) return {};
  auto const whole_us = (left_us + second_us - 1) / second_us * second_us;
  return text(Word::pin_wait, model.language, {span_in_words(whole_us, model.language)});
}

Word word_of(PinFace::Step step) {
  switch (step) {
    case PinFace::Step::current: return Word::pin_current;
    case PinFace::Step::first: return Word::pin_first;
    case PinFace::Step::again: return Word::pin_again;
  }
  return Word::pin_first;
}

std::string fault_words(PinFace::Fault fault, contract::Language language) {
  switch (fault) {
    case PinFace::Fault::none: return {};
    case PinFace::Fault::wrong: return std::string(text(Word::pin_wrong, language));
    case PinFace::Fault::not_a_pin: return std::string(text(Word::pin_not_a_pin, language));
    case PinFace::Fault::differs: return std::string(text(Word::pin_differs, language));
    case PinFace::Fault::disk: return std::string(text(Word::disk_notice, language));
  }
  return {};
}

void put_message(Frame& frame, std::string words, std::string const& wait) {
  if (!words.empty() && !wait.empty()) words += " ";
  frame.put(message_row, text_column, words + wait, Style::warning);
}

}  // namespace

void draw_pin(Frame& frame, DoorModel const& model, PinFace const& face, Moment moment) {
  auto const language = model.language;
  frame.put(title_row, text_column, text(Word::pin_title, language), Style::strong);
  put_field(frame, text(word_of(face.step), language), face.typed.size());
  put_message(frame, fault_words(face.fault, language), wait_words(model, moment));
  frame.put(message_row + 2, text_column, text(Word::pin_keys, language), Style::dim);
}

void draw_locked(Frame& frame, DoorModel const& model, LockedFace const& face, Moment moment) {
  auto const language = model.language;
  frame.put(title_row, text_column, text(Word::locked, language), Style::strong);
  put_field(frame, text(Word::locked_pin, language), face.typed.size());
  auto const wait = wait_words(model, moment);
  std::string words;
  if (face.wrong)
    words = text(Word::pin_wrong, language);
  else if (face.scanned)
    words = text(Word::locked_scanned, language);
  put_message(frame, words, wait);
}

}  // namespace kaiku::kiosk
