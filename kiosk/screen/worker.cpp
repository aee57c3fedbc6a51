#include "kiosk/screen/worker.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <memory>
#include <utility>

#include "kiosk/device/forgetting.hpp"
#include "kiosk/till/pin.hpp"

namespace kaiku::kiosk {

DoorWorker::DoorWorker(Kiosk& kiosk)
    : kiosk_(kiosk),
      descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { run(); }) {}

DoorWorker::~DoorWorker() {
  {
    std::lock_guard const hold(mutex_);
    stopping_ = true;
    // What is to be remembered, a lock above all, is; nobody would see the rest.
    std::erase_if(wishes_, [](Wish const& wish) {
      return !std::holds_alternative<Remember>(wish) && !std::holds_alternative<StorePin>(wish);
    });
  }
  changed_.notify_one();
  thread_.join();
  ::close(descriptor_);
}

void DoorWorker::ask(Wish wish) {
  {
    std::lock_guard const hold(mutex_);
    wishes_.push_back(std::move(wish));
  }
  changed_.notify_one();
}

std::vector<Happening> DoorWorker::take() {
  std::uint64_t count = 0;
  [[maybe_unused]] auto const got = ::read(descriptor_, &count, sizeof count);
  std::lock_guard const hold(mutex_);
  return std::exchange(happenings_, {});
}

void DoorWorker::tell(Happening happening) {
  {
    std::lock_guard const hold(mutex_);
    happenings_.push_back(std::move(happening));
  }
  std::uint64_t const one = 1;
  [[maybe_unused]] auto const wrote = ::write(descriptor_, &one, sizeof one);
}

void DoorWorker::run() {
  while (fulfil_next()) scrub_stack();
}

// A frame of its own, so that nothing of the card is left on the stack once it has returned.
[[gnu::noinline]] bool DoorWorker::fulfil_next() {
  std::unique_lock hold(mutex_);
  changed_.wait(hold, [this] { return stopping_ || !wishes_.empty(); });
  if (wishes_.empty()) return false;
  auto const wish = std::make_unique<Wish>(std::move(wishes_.front()));
  // What was moved from may hold a short text still, and the queue keeps its block.
  if (wishes_.size() == 1)
    std::deque<Wish>().swap(wishes_);
  else
    wishes_.pop_front();
  hold.unlock();
  try {
    fulfil(*wish);
    tell(kiosk_.door().standing());
  } catch (std::exception const&) {
    tell(failed(*wish));
  }
  return true;
}

// What the disk did not take; the screen says so in its own words.
DiskFailed DoorWorker::failed(Wish const& wish) {
  using Of = DiskFailed::Of;
  if (auto const* look = std::get_if<LookUp>(&wish)) return {Of::card, look->ticket};
  if (auto const* give = std::get_if<Give>(&wish)) return {Of::card, give->ticket};
  if (std::holds_alternative<UndoUse>(wish)) return {Of::undo, 0};
  bool const pin = std::holds_alternative<StorePin>(wish) || std::holds_alternative<CheckPin>(wish);
  return {pin ? Of::pin : Of::other, 0};
}

void DoorWorker::fulfil(Wish const& wish) {
  auto& door = kiosk_.door();
  auto& database = kiosk_.database();
  if (auto const* look = std::get_if<LookUp>(&wish)) {
    tell(LookReply{look->ticket, door.look(look->card, look->event)});
  } else if (auto const* give = std::get_if<Give>(&wish)) {
    auto result = give->look_first ? door.look_and_give(give->ask) : door.give(give->ask);
    tell(GiveReply{give->ticket, give->ask.card, std::move(result)});
  } else if (std::holds_alternative<ListUses>(wish)) {
    tell(UsesReply{door.uses_to_undo()});
  } else if (auto const* undo = std::get_if<UndoUse>(&wish)) {
    tell(UndoReply{undo->attempt, door.undo(undo->attempt)});
  } else if (std::holds_alternative<FetchNews>(wish)) {
    tell(NewsReply{door.news()});
  } else if (auto const* remember = std::get_if<Remember>(&wish)) {
    set_setting(database, remember->name, remember->value);
  } else if (auto const* store = std::get_if<StorePin>(&wish)) {
    SystemRandom random;
    set_setting(database, "pin", make_pin_record(store->pin, random));
    tell(PinStored{});
  } else if (auto const* check = std::get_if<CheckPin>(&wish)) {
    tell(PinChecked{pin_fits(setting(database, "pin").value_or(""), check->pin)});
  }
}

}  // namespace kaiku::kiosk
