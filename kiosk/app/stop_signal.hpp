// SIGTERM, SIGINT and SIGHUP as a descriptor that becomes readable.
#pragma once

namespace kaiku::kiosk {

// Make it before any thread: the signals are blocked in this thread and in all that it starts.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(StopSignal const&) = delete;
  StopSignal& operator=(StopSignal const&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace kaiku::kiosk
