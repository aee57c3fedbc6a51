// The lock: a door left alone shows nothing and takes nothing until its PIN is typed.
#include <utility>

#include "kiosk/till/pin.hpp"
#include "kiosk/till/stepper.hpp"

namespace kaiku::kiosk {

void start_locked(DoorModel& model, int pin_failures, std::int64_t monotonic_us) {
  model.face = LockedFace{};
  model.face_since_us = monotonic_us;
  model.pin_failures = pin_failures;
  model.pin_wait_until_us = monotonic_us + pin_delay_us(pin_failures);
}

void Stepper::wish_lock() {
  if (model_.has_pin)
    model_.lock_wanted = true;
  else if (!is_busy())
    tell_no_pin();
}

// On the screen anybody could set one and lock everybody else out.
void Stepper::tell_no_pin() {
  forget_typing();
  StatusFace status;
  status.no_pin = true;
  show(std::move(status));
}

void Stepper::lock() {
  model_.lock_wanted = false;
  LockedFace locked;
  locked.scanned = !model_.waiting.empty();
  model_.waiting.clear();
  show(std::move(locked));
  wish(Remember{"locked", "1"});
}

void Stepper::unlock() {
  model_.pin_failures = 0;
  wish(Remember{"pin_failures", "0"});
  wish(Remember{"locked", "0"});
  idle();
}

// All that is typed is kept, so that a code typed here is no PIN by its letters or its length.
void Stepper::type_pin(char32_t character) {
  if (waits_for_pin()) return;
  auto const add = [&](std::string& typed) {
    if (typed.size() <= longest_pin) typed += static_cast<char>(character);
  };
  if (auto* locked = face<LockedFace>(); locked && !locked->busy) {
    locked->wrong = false;
    locked->scanned = false;
    add(locked->typed);
  } else if (auto* pin = face<PinFace>(); pin && !pin->busy) {
    pin->fault = PinFace::Fault::none;
    add(pin->typed);
  }
  stay();
}

void Stepper::enter_pin() {
  if (auto* locked = face<LockedFace>()) {
    if (locked->busy || locked->typed.empty()) return;
    auto typed = std::exchange(locked->typed, {});
    locked->busy = is_pin(typed);
    locked->scanned = !locked->busy;
    if (locked->busy) wish(CheckPin{std::move(typed)});
  } else if (auto* pin = face<PinFace>()) {
    if (pin->busy || pin->typed.empty()) return;
    if (pin->step == PinFace::Step::current) {
      auto typed = std::exchange(pin->typed, {});
      pin->busy = is_pin(typed);
      pin->fault = pin->busy ? PinFace::Fault::none : PinFace::Fault::not_a_pin;
      if (pin->busy) wish(CheckPin{std::move(typed)});
    } else {
      enter_new_pin(*pin);
    }
  }
  stay();
}

void Stepper::enter_new_pin(PinFace& pin) {
  auto const typed = std::exchange(pin.typed, {});
  if (pin.step == PinFace::Step::first) {
    pin.fault = is_pin(typed) ? PinFace::Fault::none : PinFace::Fault::not_a_pin;
    if (pin.fault != PinFace::Fault::none) return;
    pin.chosen = typed;
    pin.step = PinFace::Step::again;
  } else if (typed != std::exchange(pin.chosen, {})) {
    pin.step = PinFace::Step::first;
    pin.fault = PinFace::Fault::differs;
  } else {
    pin.busy = true;
    wish(StorePin{typed});
  }
}

void Stepper::count_wrong_pin() {
  ++model_.pin_failures;
  model_.pin_wait_until_us = moment_.monotonic_us + pin_delay_us(model_.pin_failures);
  wish(Remember{"pin_failures", std::to_string(model_.pin_failures)});
}

void Stepper::operator()(PinChecked const& checked) {
  auto* locked = face<LockedFace>();
  auto* pin = face<PinFace>();
  if (locked && locked->busy) {
    locked->busy = false;
    if (checked.right) return unlock();
    locked->wrong = true;
    count_wrong_pin();
    stay();
  } else if (pin && pin->busy && pin->step == PinFace::Step::current) {
    pin->busy = false;
    if (checked.right) {
      pin->step = PinFace::Step::first;
      model_.pin_failures = 0;
      wish(Remember{"pin_failures", "0"});
    } else {
      pin->fault = PinFace::Fault::wrong;
      count_wrong_pin();
    }
    stay();
  }
}

void Stepper::operator()(PinStored const&) {
  model_.has_pin = true;
  auto const* pin = face<PinFace>();
  if (!pin || !pin->busy) return;
  show(StatusFace{});
  face<StatusFace>()->pin_changed = true;
}

}  // namespace kaiku::kiosk
