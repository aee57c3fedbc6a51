// Many things of which some are ticked, in groups that fold, as the template takes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct TickBox {
  std::string value;  // of letters, digits and hyphens alone: it stands without quotes
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
  bool autofocus = false;
};
// What hundreds of boxes are called in their form, for a page has forty kilobytes; and whose they
// are, by that name. Any other name stands for itself.
std::string_view box_name_of(std::string_view field);
std::string_view field_of_box(std::string_view name);
Data tick_groups(TickField const& field);

}  // namespace kaiku::pages
