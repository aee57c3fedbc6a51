// The keys that are no characters.
#pragma once

namespace kaiku::kiosk {

// `other` means nothing: an unused function key or a control character. It is told because what
// comes in the same moment is then no person's.
enum class Key {
  enter,
  tab,
  escape,
  backspace,
  up,
  down,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  other
};

}  // namespace kaiku::kiosk
