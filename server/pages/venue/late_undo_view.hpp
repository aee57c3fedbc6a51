// The form that asks for a late undo, from plain values.
#pragma once

#include <string>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct LateUndoPage {
  std::string form_id;
  std::string use;  // its number
  std::string time;
  std::string card_short;
  std::string event;  // empty: none
  std::string tickets;
  std::string reason;  // as it was chosen before
  PageFaults faults;
};
Page late_undo_page(Frame const& frame, LateUndoPage const& model);

}  // namespace kaiku::pages
