// How many uploads of one device are looked at at a time: a door sends one after another, and one
// that floods must not take the readers from everybody else.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "schema/values/ids.hpp"

namespace kaiku::api {

inline constexpr int most_uploads_at_once = 2;  // the second: the first one's answer was lost

// Thread-safe; outlives the places it gave.
class JournalPlaces {
 public:
  // Given back when the last copy of it goes; null when the device has all of its places.
  std::shared_ptr<void> take(DeviceId device) {
    std::lock_guard const lock(mutex_);
    auto& taken = taken_[device.value];
    if (taken >= most_uploads_at_once) return nullptr;
    ++taken;
    return {this, [device](void* self) { static_cast<JournalPlaces*>(self)->give_back(device); }};
  }

 private:
  void give_back(DeviceId device) {
    std::lock_guard const lock(mutex_);
    auto const found = taken_.find(device.value);
    if (--found->second == 0) taken_.erase(found);
  }

  std::mutex mutex_;
  std::map<std::int64_t, int> taken_;
};

}  // namespace kaiku::api
