// Keys as the door means them: a scanner's burst is one scan, everything else is a key.
#pragma once

#include <functional>
#include <variant>

#include "kiosk/screen/terminal.hpp"
#include "kiosk/till/door_model.hpp"
#include "kiosk/till/key_burst.hpp"

namespace kaiku::kiosk {

class Keyboard {
 public:
  using Input = std::variant<KeyPress, TypedCharacter, Scanned, UnfinishedScan>;
  using Take = std::function<void(Input const&)>;

  // Takes every key that waits in the terminal.
  void read(Terminal& terminal, Clock const& clock, Take const& take);
  // Whether keys came of which it is not plain yet what they are.
  bool is_waiting() const { return burst_.is_waiting(); }
  // How long to wait for the next character before what came counts as typed.
  int wait_ms(int otherwise_ms) const;

 private:
  KeyBurst burst_;
};

// Waits for a key, for `answers` or for `stop`; false when the door has to close.
bool wait_for_input(int answers, int stop, int wait_ms);

}  // namespace kaiku::kiosk
