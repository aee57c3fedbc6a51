// The one place that speaks to ncursesw; used by the screen's thread alone.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "kiosk/screen/frame.hpp"
#include "kiosk/till/door_model.hpp"

namespace kaiku::kiosk {

using TerminalKey = std::variant<Key, char32_t>;

// Full-screen mode for as long as it lives; the terminal is given back when it dies.
class Terminal {
 public:
  // False when standard input or output is no terminal.
  static bool is_there();
  Terminal();
  ~Terminal();
  Terminal(Terminal const&) = delete;
  Terminal& operator=(Terminal const&) = delete;

  Size size() const;
  void paint(Frame const& frame);
  // One neutral sound, as the terminal makes it.
  void click();
  // The next key that is waiting; nullopt when there is none. Never blocks.
  std::optional<TerminalKey> next_key();
  // Overwrites the keys that the library still has of before; none may be waiting.
  void forget_keys();

 private:
  Glyphs glyphs_;
  bool coloured_;
};

}  // namespace kaiku::kiosk
