// Many things of which some are ticked, in groups that fold, as the template takes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct TickBox {
  std::string value;
  std::string label;
  bool barred = false;  // shown, and cannot be ticked
};
struct TickGroup {
  std::string name;
  std::vector<TickBox> boxes = {};
};
// Its values stand one a line; a group stands open when something in it is ticked.
struct TickField {
  std::string_view id;
  std::string_view label;
  std::string_view hint = "";
  std::vector<TickGroup> groups = {};
  std::string_view chosen = "";
  std::string_view fault = "";
  std::string_view yours = "";  // as of a text field, a value a line
};
Data tick_groups(TickField const& field);

}  // namespace kaiku::pages
