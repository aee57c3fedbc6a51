// Late undos that venues ask for, from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct UndoRequestRow {
  std::string id;
  std::string time;  // of the use
  std::string venue;
  std::string event;  // empty: none
  std::string tickets;
  std::string asker;
  std::string asked;   // when
  std::string reason;  // in words
};
struct UndoRequestShown {
  UndoRequestRow row;
  std::string form_id;
  std::string reason;  // as it stands in the field
  bool waits = false;
};
struct UndoRequestsPage {
  std::vector<Option> areas;  // empty for whoever has one
  std::string area;
  std::optional<UndoRequestShown> shown;
  std::vector<UndoRequestRow> rows;
  std::string count;
  std::string more;
  std::string message;
  PageFaults faults;
};
Page undo_requests_page(Frame const& frame, UndoRequestsPage const& model);

}  // namespace kaiku::pages
