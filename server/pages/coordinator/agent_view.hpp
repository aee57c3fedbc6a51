// An API key: the form that makes one, and the key's own page, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct VenueTick {
  std::string id;
  std::string name;
  bool ticked = false;
};
struct NewAgentPage {
  std::string form_id;
  std::string area;  // its id
  std::string area_name;
  std::string name;  // as typed
  std::vector<VenueTick> venues;
  bool asks_code = false;
  PageFaults faults;  // name, venues, one_time_code
};
Page new_agent_page(Frame const& frame, NewAgentPage const& model);

struct AgentPage {
  std::string path;
  std::string name;
  std::string area;
  std::vector<std::string> venues;
  bool is_revoked = false;
  std::string done;  // what has just happened
  std::string key;   // while it is shown
};
Page agent_page(Frame const& frame, AgentPage const& model);

}  // namespace kaiku::pages
