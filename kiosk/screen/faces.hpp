// The middle of the screen: what each state of the door looks like, below the notices that end
// above row `top`.
#pragma once

#include "kiosk/screen/layout.hpp"

namespace kaiku::kiosk {

void draw_face(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment,
               int top);

// The code as far as it is typed.
void draw_typed_code(Frame& frame, int row, DoorModel const& model);

// K5, and what the lock shows and asks.
void draw_status(Frame& frame, DoorModel const& model, StatusFace const& face,
                 ScreenFacts const& facts, int top);
void draw_pin(Frame& frame, DoorModel const& model, PinFace const& face, Moment moment);
void draw_locked(Frame& frame, DoorModel const& model, LockedFace const& face, Moment moment);

}  // namespace kaiku::kiosk
