// The thread that owns the door and its journal, so that the keyboard never waits for either.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "kiosk/app/kiosk.hpp"
#include "kiosk/till/door_model.hpp"

namespace kaiku::kiosk {

class DoorWorker {
 public:
  // From now on `kiosk` belongs to the worker's thread, except its clock.
  explicit DoorWorker(Kiosk& kiosk);
  // Finishes the wish under way and what is to be remembered, and drops the rest.
  ~DoorWorker();
  DoorWorker(DoorWorker const&) = delete;
  DoorWorker& operator=(DoorWorker const&) = delete;

  void ask(Wish wish);
  // Readable while there are happenings to take.
  int descriptor() const { return descriptor_; }
  std::vector<Happening> take();

 private:
  void run();
  bool fulfil_next();
  void fulfil(Wish const& wish);
  static DiskFailed failed(Wish const& wish);
  void tell(Happening happening);

  Kiosk& kiosk_;
  int descriptor_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Wish> wishes_;
  std::vector<Happening> happenings_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses everything above
};

}  // namespace kaiku::kiosk
