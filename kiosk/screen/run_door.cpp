#include <memory>
#include <utility>

#include "kiosk/device/forgetting.hpp"
#include "kiosk/screen/keyboard.hpp"
#include "kiosk/screen/run.hpp"
#include "kiosk/screen/worker.hpp"

namespace kaiku::kiosk {

namespace {

constexpr int tick_ms = 250;

// Brings happenings to the model and its wishes to the worker.
class DoorLoop {
 public:
  DoorLoop(DoorModel model, Clock const& clock, KioskClock const& kiosk_clock, DoorWorker& worker)
      : model_(std::make_unique<DoorModel>(std::move(model))),
        clock_(clock),
        kiosk_clock_(kiosk_clock),
        worker_(worker) {}

  Moment moment() const { return {clock_.monotonic_us(), kiosk_clock_.now()}; }
  void happen(Happening const& happening) {
    for (auto& wish : step(*model_, happening, moment())) {
      if (std::holds_alternative<Quit>(wish))
        left_ = true;
      else if (std::holds_alternative<Click>(wish))
        click_ = true;
      else
        worker_.ask(std::move(wish));
    }
  }
  DoorModel const& model() const { return *model_; }
  // Once nothing of a card is shown or waits: a copy holds what is known and none of what was.
  // True when there was something to forget.
  bool forget_cards() {
    bool const holds = model_->holds_card();
    bool const held = std::exchange(held_card_, holds);
    if (holds || !held) return false;
    model_ = std::make_unique<DoorModel>(*model_);
    return true;
  }
  bool left() const { return left_; }
  // Whether there was an outcome since the last call.
  bool take_click() { return std::exchange(click_, false); }

 private:
  std::unique_ptr<DoorModel> model_;
  Clock const& clock_;
  KioskClock const& kiosk_clock_;
  DoorWorker& worker_;
  bool left_ = false;
  bool click_ = false;
  bool held_card_ = false;
};

DoorModel first_model(Kiosk& kiosk, RunSettings const& settings, std::int64_t now_us) {
  DoorModel model;
  model.language = settings.language;
  model.fast = settings.fast;
  model.event = settings.event;
  model.without_event_on = settings.without_event_on;
  model.click = settings.click;
  model.has_pin = settings.has_pin;
  model.standing = kiosk.door().standing();
  model.news = kiosk.door().news();
  bool const had_data = !model.news.events.empty();
  auto const* chosen = model.chosen_event();
  bool const is_past = chosen && kiosk.clock().now() > chosen->ends_at;
  if (is_past || (had_data && !chosen)) model.event.reset();  // never yesterday's
  if (settings.has_pin && settings.locked)
    start_locked(model, settings.pin_failures, now_us);
  else
    model.pin_failures = settings.pin_failures;
  return model;
}

// A frame of its own, so that nothing of a card is left on the stack once it has returned.
[[gnu::noinline]] void take_what_came(DoorLoop& loop, DoorWorker& worker, Terminal& terminal,
                                      Keyboard& keyboard, Clock const& clock) {
  for (auto const& happening : worker.take()) loop.happen(happening);
  keyboard.read(terminal, clock, [&](Keyboard::Input const& input) {
    std::visit([&](auto const& what) { loop.happen(what); }, input);
  });
  loop.happen(Tick{});
}

}  // namespace

void run_door(Kiosk& kiosk, ScreenFacts const& facts, RunSettings const& settings, int stop_fd) {
  SystemClock const clock;
  auto model = first_model(kiosk, settings, clock.monotonic_us());
  DoorWorker worker(kiosk);
  Terminal terminal;
  Keyboard keyboard;
  DoorLoop loop(std::move(model), clock, kiosk.clock(), worker);
  loop.happen(Tick{});
  while (!loop.left()) {
    terminal.paint(layout(loop.model(), facts, terminal.size(), loop.moment()));
    if (loop.take_click()) terminal.click();
    if (!wait_for_input(worker.descriptor(), stop_fd, keyboard.wait_ms(tick_ms))) return;
    take_what_came(loop, worker, terminal, keyboard, clock);
    if (!keyboard.is_waiting() && loop.forget_cards()) {
      terminal.forget_keys();
      scrub_stack();
    }
  }
}

}  // namespace kaiku::kiosk
