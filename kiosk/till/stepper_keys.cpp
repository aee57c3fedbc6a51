// What keys do: the menus, the offer, the reason list, K5.
#include <algorithm>
#include <utility>

#include "kiosk/till/stepper.hpp"

namespace kaiku::kiosk {

void Stepper::operator()(KeyPress const& press) {
  if (press.key == Key::f8) return next_language();
  if (press.key == Key::f10 && !face<LockedFace>()) return wish_lock();
  if (is_giving()) return;
  if (face<LockedFace>()) {
    if (press.key == Key::enter)
      enter_pin();
    else if (press.key == Key::escape || press.key == Key::backspace)
      backspace();
    return;
  }
  switch (press.key) {
    case Key::enter: return enter();
    case Key::escape: return escape();
    case Key::backspace: return backspace();
    case Key::up: return move(-1);
    case Key::down: return move(1);
    case Key::f2: return open_events();
    case Key::f3: return idle();
    case Key::f4: show(UndoFace{}); return wish(UndoLatest{});
    case Key::f5: return show(StatusFace{});
    case Key::f8:
    case Key::f10: return;
  }
}

void Stepper::enter() {
  if (moment_.monotonic_us < std::exchange(model_.swallow_enter_until_us, 0)) return;
  if (auto const* typing = face<IdleFace>()) {
    auto const typed = typing->typed;
    if (typed.empty()) return;
    idle();
    take_scan({typed, moment_.monotonic_us});
  } else if (auto const* offer = face<OfferFace>()) {
    auto const chosen = *offer;
    give(chosen.card, chosen.chosen, chosen.override);
  } else if (face<EventsFace>()) {
    choose_event();
  } else if (face<QuitFace>()) {
    wish(Quit{});
  } else if (face<PinFace>()) {
    enter_pin();
  } else if (auto const* status = face<StatusFace>(); status && status->testing) {
    auto const typed = status->typed;
    if (!typed.empty()) test_scanner(typed, {});
  } else if (!face<WaitFace>()) {
    idle();
  }
}

void Stepper::escape() {
  if (auto* warn = face<WarnFace>(); warn && warn->choosing) {
    warn->choosing = false;
    return;
  }
  if (auto* status = face<StatusFace>(); status && status->testing) {
    *status = StatusFace{};
    return;
  }
  if (auto const* pin = face<PinFace>(); pin && !pin->then_lock) return show(StatusFace{});
  idle();
}

void Stepper::backspace() {
  std::string* typed = nullptr;
  if (auto* typing = face<IdleFace>())
    typed = &typing->typed;
  else if (auto* pin = face<PinFace>(); pin && !pin->busy)
    typed = &pin->typed;
  else if (auto* locked = face<LockedFace>(); locked && !locked->busy)
    typed = &locked->typed;
  if (typed && !typed->empty()) typed->pop_back();
}

void Stepper::move(int by) {
  if (auto* events = face<EventsFace>()) {
    auto const count = static_cast<int>(model_.news.events.size()) + 1;
    events->selected =
        static_cast<std::size_t>((static_cast<int>(events->selected) + by + count) % count);
    stay();
  } else if (auto* offer = face<OfferFace>()) {
    change_offer(*offer, by < 0 ? U'+' : U'-');
  } else if (auto* status = face<StatusFace>()) {
    status->first_row = std::clamp(status->first_row + by, 0, most_status_rows);
    stay();
  }
}

void Stepper::open_events() {
  auto const& events = model_.news.events;
  auto const at = std::find_if(events.begin(), events.end(),
                               [&](auto const& event) { return model_.event == event.id; });
  auto const index = static_cast<std::size_t>(at - events.begin()) + 1;
  show(EventsFace{at == events.end() ? 0 : index});
}

void Stepper::choose_event() {
  auto const selected = face<EventsFace>()->selected;
  model_.event.reset();
  if (selected > 0 && selected <= model_.news.events.size()) {
    model_.event = model_.news.events[selected - 1].id;
  }
  wish(Remember{"event", std::to_string(model_.event.value_or(EventId{}).value)});
  idle();
}

void Stepper::next_language() {
  auto const next = (static_cast<std::size_t>(model_.language) + 1) % contract::languages.size();
  model_.language = contract::languages[next];
  wish(Remember{"language", std::string(contract::code_of(model_.language))});
}

void Stepper::operator()(TypedCharacter const& typed) {
  auto const character = upper(typed.character);
  if (face<WaitFace>()) {
    type_ahead(character);
  } else if (is_giving() || face<QuitFace>()) {
    return;
  } else if (takes_pin()) {
    type_pin(character);
  } else if (auto* offer = face<OfferFace>()) {
    change_offer(*offer, character);
  } else if (auto* warn = face<WarnFace>()) {
    type_at_warning(*warn, character);
  } else if (auto* given = face<GivenFace>();
             given && given->may_add_children && is_digit(character)) {
    auto const before = *given;
    if (character != U'0') add_children(before, static_cast<int>(character - U'0'));
  } else if (auto* events = face<EventsFace>()) {
    auto const index = static_cast<std::size_t>(character - U'0');
    if (is_digit(character) && index <= model_.news.events.size()) {
      events->selected = index;
      choose_event();
    }
  } else if (face<StatusFace>()) {
    type_at_status(character);
  } else {
    type(character);
  }
}

void Stepper::type(char32_t character) {
  bool const printable = character > U' ' && character < 0x7F;
  if (!printable) return;
  if (!face<IdleFace>()) idle();
  auto& typed = face<IdleFace>()->typed;
  if (typed.size() < longest_scan) typed += static_cast<char>(upper(character));
  stay();
}

void Stepper::type_text(std::string const& text) {
  for (char const c : text) type(static_cast<unsigned char>(c));
}

// Digits and letters pressed before the answer is there belong to the card under way.
void Stepper::type_ahead(char32_t character) {
  auto& ahead = face<WaitFace>()->typed_ahead;
  if (ahead.size() < most_typed_ahead) ahead += character;
}

void Stepper::replay(std::u32string const& typed_ahead) {
  for (char32_t const character : typed_ahead) {
    auto* offer = face<OfferFace>();
    auto const* given = face<GivenFace>();
    if (offer) {
      change_offer(*offer, character);
    } else if (given && given->may_add_children && character > U'0' && character <= U'9') {
      auto const before = *given;
      return add_children(before, static_cast<int>(character - U'0'));
    }
  }
}

void Stepper::type_at_warning(WarnFace& warn, char32_t character) {
  if (warn.choosing && is_digit(character)) {
    auto const reason = static_cast<std::size_t>(character - U'0');
    auto const warned = warn;
    if (reason >= 1 && reason <= override_reasons.size()) choose_reason(warned, reason - 1);
  } else if (character == U'P' && warn.reply.may_override) {
    warn.choosing = true;
    stay();
  }
}

void Stepper::type_at_status(char32_t character) {
  auto& status = *face<StatusFace>();
  stay();
  if (status.testing) {
    bool const printable = character > U' ' && character < 0x7F;
    if (printable && status.typed.size() < longest_scan) {
      status.typed += static_cast<char>(character);
    }
  } else if (character == U'F') {
    model_.fast = !model_.fast;
    wish(Remember{"fast", model_.fast ? "1" : "0"});
  } else if (character == U'K') {
    model_.click = !model_.click;
    wish(Remember{"click", model_.click ? "1" : "0"});
    if (model_.click) wish(Click{});
  } else if (character == U'S') {
    status = StatusFace{};
    status.testing = true;
  } else if (character == U'P') {
    PinFace pin;
    pin.step = model_.has_pin ? PinFace::Step::current : PinFace::Step::first;
    pin.then_lock = false;
    show(std::move(pin));
  } else if (character == U'Q') {
    show(QuitFace{});
  }
}

void Stepper::change_offer(OfferFace& offer, char32_t character) {
  auto& chosen = offer.chosen;
  auto const& allowed = offer.reply.tickets_allowed;
  auto const most = std::clamp(offer.reply.children_max, 0, most_tickets_of_a_kind);
  bool const children = model_.kind() == contract::UseKind::admission;
  auto const set_children = [&](int wanted) {
    offer.capped = wanted > most;
    chosen.child = std::clamp(wanted, 0, most);
  };
  if (children && is_digit(character))
    set_children(static_cast<int>(character - U'0'));
  else if (children && character == U'+')
    set_children(chosen.child + 1);
  else if (children && character == U'-')
    set_children(chosen.child - 1);
  else if (character == U'A' && allowed.assistant > 0)
    chosen.assistant = 1 - chosen.assistant;
  else if (character == U'T' && allowed.interpreter > 0)
    chosen.interpreter = 1 - chosen.interpreter;
  else if (character == U'K' && allowed.companion > 0)
    chosen.companion = 1 - chosen.companion;
  else
    return;
  stay();
}

void Stepper::add_children(GivenFace const& given, int children) {
  if (given.children_max) children = std::min(children, *given.children_max);
  if (children <= 0) return;
  give(given.card, contract::Tickets{.child = children}, std::nullopt);
}

void Stepper::choose_reason(WarnFace const& warn, std::size_t reason) {
  contract::Override override{warn.reply.answer, std::string(override_reasons[reason])};
  if (model_.fast) {
    give(warn.card, warn.tickets, std::move(override));
    return;
  }
  OfferFace offer;
  offer.card = warn.card;
  offer.reply = warn.reply;
  offer.chosen = warn.tickets;
  offer.override = std::move(override);
  show(std::move(offer));
}

}  // namespace kaiku::kiosk
