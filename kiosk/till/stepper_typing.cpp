// What characters do: commands of the open face, or a code; what follows tells which.
#include <algorithm>
#include <utility>

#include "kiosk/till/card_texts.hpp"
#include "kiosk/till/stepper.hpp"

namespace kaiku::kiosk {

namespace {

bool is_sign(char32_t character) { return character == U'+' || character == U'-'; }

// Letters and digits alone, which a code can begin with.
std::size_t count_of_code(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_sign));
}

// The card in `text`, behind as many as `commands` keys of the person before; else all of it.
std::string card_behind(std::string const& text, std::size_t commands) {
  for (std::size_t stray = 0; stray <= std::min(commands, text.size()); ++stray) {
    if (reads_as_card(text.substr(stray))) return text.substr(stray);
  }
  return text;
}

}  // namespace

void Stepper::operator()(TypedCharacter const& typed) {
  bool const printable = typed.character > U' ' && typed.character < 0x7F;
  if (!printable) return;
  if (takes_pin()) return type_pin(typed.character);
  if (auto* status = face<StatusFace>(); status && status->testing) {
    if (status->typed.size() < longest_scan) status->typed += static_cast<char>(typed.character);
    return stay();
  }
  type(upper(typed.character));
}

void Stepper::type(char32_t character) {
  auto& typing = model_.typing;
  bool const stood_alone =
      typing.text.empty() || is_sign(static_cast<unsigned char>(typing.text.back()));
  if (typing.text.empty() && !is_busy()) typing.before = model_.face;
  if (typing.text.size() < longest_scan) typing.text += static_cast<char>(character);
  stay();
  if (typing.is_code || is_busy()) return;
  bool const is_short = count_of_code(typing.text) < fewest_of_a_code;
  if (!is_short || !obey(character)) return become_code();
  ++typing.commands;
  // No code has a sign there, so all that came is plain.
  if (is_sign(character) && stood_alone) forget_typing();
}

void Stepper::type_text(std::string const& text) {
  for (char const c : text) {
    auto const character = static_cast<unsigned char>(c);
    if (character > ' ' && character < 0x7F) type(upper(character));
  }
}

// What was typed before the answer was there belongs to the face that came.
void Stepper::retype() { type_text(std::exchange(model_.typing, {}).text); }

void Stepper::become_code() {
  auto& typing = model_.typing;
  typing.is_code = true;
  if (typing.before) model_.face = *std::exchange(typing.before, std::nullopt);
}

bool Stepper::take_typed_code() {
  auto& typing = model_.typing;
  if (typing.text.empty()) return false;
  auto text = card_behind(typing.text, typing.commands);
  if (!typing.is_code && !reads_as_card(text)) return false;
  forget_typing();
  take_cards(text, false);
  return true;
}

// A scanner that stumbles sends its card in pieces, the first of which look typed.
void Stepper::take_burst(std::string const& text, bool ended) {
  if (auto* pin = face<PinFace>(); pin && cards_in(text).empty()) {
    pin->typed.clear();
    pin->fault = PinFace::Fault::not_a_pin;
    return stay();
  }
  auto const typing = model_.typing;
  auto const pieced = card_behind(typing.text + text, typing.commands);
  bool const is_pieced = count_of_code(typing.text) > 0 && reads_as_card(pieced);
  bool const may_be_middle = !ended && typing.is_code && typing.text.starts_with("KK1");
  bool const is_whole = !is_pieced && !may_be_middle && !cards_in(text).empty();
  if (!ended && !is_pieced && !is_whole) {
    if (!typing.is_code) become_code();
    return type_text(text);
  }
  if (is_pieced || !is_busy()) forget_typing();
  if (!ended) model_.swallow_enter_until_us = moment_.monotonic_us + late_enter_us;
  take_cards(is_pieced || (typing.is_code && !is_whole) ? pieced : text, true);
}

void Stepper::take_cards(std::string const& text, bool by_scanner) {
  auto cards = cards_in(text);
  if (cards.empty()) cards.push_back(text);
  for (auto& card : cards) take_scan({std::move(card), moment_.monotonic_us, by_scanner});
}

bool Stepper::obey(char32_t character) {
  if (auto* offer = face<OfferFace>()) return change_offer(*offer, character);
  if (auto* warn = face<WarnFace>()) return obey_at_warning(*warn, character);
  if (auto* given = face<GivenFace>()) return change_more(*given, character);
  if (auto* status = face<StatusFace>()) return obey_at_status(*status, character);
  auto* events = face<EventsFace>();
  if (!events || !is_digit(character)) return false;
  auto const index = static_cast<std::size_t>(character - U'0');
  if (index <= model_.news.events.size()) events->selected = index;
  return true;
}

bool Stepper::obey_at_warning(WarnFace& warn, char32_t character) {
  if (warn.choosing && is_digit(character)) {
    auto const reason = static_cast<std::size_t>(character - U'0');
    auto const warned = warn;
    auto const reasons = override_reasons(warned.reply.answer);
    if (reason >= 1 && reason <= reasons.size()) choose_reason(warned, reasons[reason - 1]);
    return true;
  }
  bool const may_children = warn.reply.answer == contract::Answer::already_used_here &&
                            warn.reply.tickets_allowed.child > 0;
  if (may_children && character > U'0' && character <= U'9') {
    give_to_children(WarnFace(warn), static_cast<int>(character - U'0'));
    return true;
  }
  if (character != U'P' || !warn.reply.may_override) return false;
  warn.choosing = true;
  return true;
}

// Who came with the adult and was not there then.
void Stepper::give_to_children(WarnFace const& warn, int children) {
  OfferFace offer;
  offer.card = warn.card;
  offer.reply = warn.reply;
  offer.reply.answer = contract::Answer::ok;
  int const most = std::clamp(warn.reply.tickets_allowed.child, 0, contract::most_asked_of_a_kind);
  offer.reply.children_max = most;
  offer.capped = children > most;
  offer.chosen = contract::Tickets{.child = std::min(children, most)};
  show(std::move(offer));
}

bool Stepper::obey_at_status(StatusFace& status, char32_t character) {
  constexpr std::u32string_view menu = U"FSKPQ";
  if (menu.find(character) == std::u32string_view::npos) return false;
  auto const row = status.first_row;
  status = StatusFace{};
  status.first_row = row;
  status.chosen = character;
  return true;
}

bool Stepper::change_offer(OfferFace& offer, char32_t character) {
  auto& chosen = offer.chosen;
  auto const& allowed = offer.reply.tickets_allowed;
  auto const most = std::clamp(offer.reply.children_max, 0, contract::most_asked_of_a_kind);
  bool const children = model_.kind() == contract::UseKind::admission;
  auto const set_children = [&](int wanted) {
    if (!children) return;
    offer.capped = wanted > most;
    chosen.child = std::clamp(wanted, 0, most);
  };
  auto const turn = [](int& count, int of_allowed) { count = of_allowed > 0 ? 1 - count : 0; };
  if (is_digit(character))
    set_children(static_cast<int>(character - U'0'));
  else if (character == U'+')
    set_children(chosen.child + 1);
  else if (character == U'-')
    set_children(chosen.child - 1);
  else if (character == U'H' && children)
    chosen.adult = allowed.adult > 0 || offer.override ? 1 - chosen.adult : 0;
  else if (character == U'A')
    turn(chosen.assistant, allowed.assistant);
  else if (character == U'T')
    turn(chosen.interpreter, allowed.interpreter);
  else if (character == U'K')
    turn(chosen.companion, allowed.companion);
  else
    return false;
  stay();
  return true;
}

// In fast mode the card before is given already: only keys that no code has change it.
bool Stepper::change_more(GivenFace& given, char32_t character) {
  if (!is_sign(character)) return false;
  int const most = given.may_add ? given.children_max.value_or(most_children_by_key) : 0;
  int const wanted = given.more.child + (character == U'+' ? 1 : -1);
  given.more.child = std::clamp(wanted, 0, most);
  stay();
  return true;
}

}  // namespace kaiku::kiosk
