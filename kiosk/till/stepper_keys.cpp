// What keys do: Enter and its like, the menus, K5.
#include <algorithm>
#include <utility>

#include "kiosk/till/stepper.hpp"

namespace kaiku::kiosk {

void Stepper::operator()(KeyPress const& press) {
  if (press.key == Key::other) return;
  if (press.key == Key::f8) return next_language();
  if (press.key == Key::f10 && !face<LockedFace>()) return wish_lock();
  if (face<LockedFace>()) {
    if (press.key == Key::enter)
      enter_pin();
    else if (press.key == Key::escape || press.key == Key::backspace)
      backspace();
    return;
  }
  switch (press.key) {
    case Key::enter: return enter();
    case Key::tab: return tab();
    case Key::backspace: return backspace();
    default: break;
  }
  if (is_giving()) return;
  switch (press.key) {
    case Key::escape: return escape();
    case Key::up: return move(1);
    case Key::down: return move(-1);
    case Key::f2: return open_events();
    case Key::f3: return idle();
    case Key::f4: return ask_undo();
    case Key::f5: forget_typing(); return show(StatusFace{});
    case Key::f6: return bring(&contract::Tickets::assistant);
    case Key::f7: return bring(&contract::Tickets::interpreter);
    case Key::f9: return bring(&contract::Tickets::companion);
    default: return;
  }
}

void Stepper::enter() {
  if (moment_.monotonic_us < std::exchange(model_.swallow_enter_until_us, 0)) return;
  if (take_typed_code() || is_busy()) return;
  if (auto const* offer = face<OfferFace>()) {
    auto const chosen = *offer;
    if (chosen.chosen.total() == 0) return stay();
    // Children who come later are no second ticket of the adult.
    bool const no_override = chosen.chosen.adult == 0 && chosen.override &&
                             chosen.override->answer == contract::Answer::already_used_here;
    give(chosen.card, chosen.chosen, no_override ? std::nullopt : chosen.override);
  } else if (auto const* given = face<GivenFace>(); given && given->more.total() > 0) {
    auto const before = *given;
    give(before.card, before.more, std::nullopt);
  } else if (face<EventsFace>()) {
    choose_event();
  } else if (auto const* undo = face<UndoFace>(); undo && undo->step != UndoFace::Step::done) {
    confirm_undo();
  } else if (face<QuitFace>()) {
    wish(Quit{});
  } else if (face<PinFace>()) {
    enter_pin();
  } else if (auto const* status = face<StatusFace>(); status && status->testing) {
    auto const typed = status->typed;
    if (!typed.empty()) test_scanner(typed, {});
  } else if (status && status->chosen != 0) {
    press_at_status();
  } else if (!face<IdleFace>()) {
    idle();
  }
}

// Ends a card as Enter does, and is no person's yes.
void Stepper::tab() {
  if (auto const* status = face<StatusFace>(); status && status->testing) return enter();
  take_typed_code();
}

void Stepper::escape() {
  if (model_.typing.is_code) return forget_typing();
  forget_typing();
  if (auto* warn = face<WarnFace>(); warn && warn->choosing) {
    warn->choosing = false;
    return;
  }
  if (auto* status = face<StatusFace>(); status && (status->testing || status->chosen != 0)) {
    *status = StatusFace{};
    return;
  }
  if (face<PinFace>()) return show(StatusFace{});
  idle();
}

void Stepper::backspace() {
  auto& typing = model_.typing;
  if (typing.is_code) {
    typing.text.pop_back();
    if (typing.text.empty()) forget_typing();
    return stay();
  }
  if (typing.before) model_.face = *std::exchange(typing, {}).before;
  std::string* typed = nullptr;
  if (auto* pin = face<PinFace>(); pin && !pin->busy)
    typed = &pin->typed;
  else if (auto* locked = face<LockedFace>(); locked && !locked->busy)
    typed = &locked->typed;
  if (typed && !typed->empty()) typed->pop_back();
}

void Stepper::move(int by) {
  if (auto* events = face<EventsFace>()) {
    auto const count = static_cast<int>(model_.news.events.size()) + 1;
    events->selected =
        static_cast<std::size_t>((static_cast<int>(events->selected) - by + count) % count);
    stay();
  } else if (auto* undo = face<UndoFace>(); undo && undo->step == UndoFace::Step::choose) {
    auto const count = static_cast<int>(undo->uses.size());
    undo->selected = static_cast<std::size_t>(
        std::clamp(static_cast<int>(undo->selected) - by, 0, std::max(0, count - 1)));
    stay();
  } else if (auto* offer = face<OfferFace>()) {
    change_offer(*offer, by > 0 ? U'+' : U'-');
  } else if (auto* given = face<GivenFace>()) {
    change_more(*given, by > 0 ? U'+' : U'-');
  } else if (auto* status = face<StatusFace>()) {
    status->first_row = std::clamp(status->first_row - by, 0, most_status_rows);
    stay();
  }
}

void Stepper::open_events() {
  forget_typing();
  auto const& events = model_.news.events;
  auto const at = std::find_if(events.begin(), events.end(),
                               [&](auto const& event) { return model_.event == event.id; });
  auto const index = static_cast<std::size_t>(at - events.begin()) + 1;
  show(EventsFace{at == events.end() ? std::min<std::size_t>(1, events.size()) : index});
}

// Never silently without one where the venue has one today.
bool Stepper::must_choose_event() {
  auto const today = helsinki_day(moment_.now);
  if (model_.event || model_.without_event_on == today) return false;
  return std::ranges::any_of(model_.news.events, [&](DoorEvent const& event) {
    return helsinki_day(event.starts_at) <= today;
  });
}

void Stepper::ask_event() {
  if (!face<IdleFace>() || !model_.typing.text.empty()) return;
  auto const* chosen = model_.chosen_event();
  bool const has_ended = chosen && moment_.now > chosen->ends_at;
  bool const is_news = has_ended && model_.asked_at_end != chosen->id;
  if (has_ended) model_.asked_at_end = chosen->id;
  if (is_news || must_choose_event()) open_events();
}

// The latest of this run. Pressed once more, or where there is none: a list, for nothing that the
// person has not read is taken back.
void Stepper::ask_undo() {
  forget_typing();
  auto const* undo = face<UndoFace>();
  bool const asked = undo && undo->step != UndoFace::Step::done;
  if (auto const* latest = model_.latest(); latest && !asked) {
    UndoFace asking;
    asking.uses = {*latest};
    return show(std::move(asking));
  }
  if (undo && undo->step == UndoFace::Step::choose) return;
  wish(ListUses{});
}

void Stepper::confirm_undo() {
  auto& undo = *face<UndoFace>();
  if (undo.selected >= undo.uses.size()) return idle();
  if (undo.step == UndoFace::Step::choose) {
    undo.uses = {undo.uses[undo.selected]};
    undo.selected = 0;
    undo.step = UndoFace::Step::ask;
    return stay();
  }
  undo.step = UndoFace::Step::under_way;
  wish(UndoUse{undo.uses.front().attempt});
}

void Stepper::choose_event() {
  auto const selected = face<EventsFace>()->selected;
  model_.event.reset();
  if (selected > 0 && selected <= model_.news.events.size()) {
    model_.event = model_.news.events[selected - 1].id;
  }
  auto const today = helsinki_day(moment_.now);
  model_.without_event_on = model_.event ? std::nullopt : std::optional(today);
  wish(Remember{"event", std::to_string(model_.event.value_or(EventId{}).value)});
  wish(Remember{"without_event_on", std::to_string(model_.without_event_on.value_or(Day{}).value)});
  idle();
}

void Stepper::next_language() {
  auto const next = (static_cast<std::size_t>(model_.language) + 1) % contract::languages.size();
  model_.language = contract::languages[next];
  wish(Remember{"language", std::string(contract::code_of(model_.language))});
}

// Assistant, interpreter or companion, by a key that no code has.
void Stepper::bring(int contract::Tickets::*who) {
  if (auto* given = face<GivenFace>(); given && given->may_add) {
    if (given->allowed.*who > 0) given->more.*who = 1 - given->more.*who;
  } else if (auto* offer = face<OfferFace>()) {
    auto const& allowed = offer->reply.tickets_allowed;
    if (allowed.*who > 0) offer->chosen.*who = 1 - offer->chosen.*who;
  }
  stay();
}

void Stepper::press_at_status() {
  forget_typing();
  auto const character = std::exchange(face<StatusFace>()->chosen, 0);
  stay();
  if (character == U'F') {
    model_.fast = !model_.fast;
    wish(Remember{"fast", model_.fast ? "1" : "0"});
  } else if (character == U'K') {
    model_.click = !model_.click;
    wish(Remember{"click", model_.click ? "1" : "0"});
    if (model_.click) wish(Click{});
  } else if (character == U'S') {
    StatusFace status;
    status.testing = true;
    show(std::move(status));
  } else if (character == U'P' && model_.has_pin) {
    show(PinFace{});
  } else if (character == U'P') {
    tell_no_pin();
  } else if (character == U'Q') {
    show(QuitFace{});
  }
}

// Nothing is given yet, in no mode: what was pressed may be the beginning of a code.
void Stepper::choose_reason(WarnFace const& warn, std::string_view reason) {
  OfferFace offer;
  offer.card = warn.card;
  offer.reply = warn.reply;
  offer.chosen = warn.tickets;
  // Whoever has a ticket already gets another only when somebody says so.
  if (warn.reply.answer == contract::Answer::already_used_here) offer.chosen.adult = 0;
  offer.age = warn.age;
  offer.override = contract::Override{warn.reply.answer, std::string(reason)};
  show(std::move(offer));
}

}  // namespace kaiku::kiosk
