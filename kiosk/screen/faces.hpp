// The middle of the screen: what each state of the door looks like.
#pragma once

#include "kiosk/screen/layout.hpp"

namespace kaiku::kiosk {

void draw_face(Frame& frame, DoorModel const& model, ScreenFacts const& facts, Moment moment);

}  // namespace kaiku::kiosk
