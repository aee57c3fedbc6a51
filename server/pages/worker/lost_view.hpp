// The form by which a lost card is found without its code, and what it found, from plain values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct LostMatch {
  std::string address;  // of the card's page
  std::string short_code;
  std::string registered_on;
  std::string children;
  std::string last_valid;
};
struct LostPage {
  std::vector<std::pair<std::string, std::string>> typed;  // by field
  PageFaults faults;
  std::vector<LostMatch> matches;
  bool found_none = false;
  bool found_many = false;
  bool has_to_wait = false;  // too many searches
};
Page lost_page(Frame const& frame, LostPage const& model);

}  // namespace kaiku::pages
