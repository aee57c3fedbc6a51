// The page on which a coordinator begins: what waits, and the way to the first card.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct StartLink {
  std::string href;
  std::string label;
};
struct StartStep {
  std::string name;
  std::string state;
  bool is_done = false;
  StartLink next = {};  // empty: nothing to do here
};
struct StartTask {
  std::string text;
  StartLink next;
};
struct StartPage {
  std::string title;
  std::string area;           // its id; empty for all
  std::vector<Option> areas;  // that a national role may choose among
  std::vector<StartTask> tasks;
  std::vector<StartTask> own_requests;  // that somebody else decides on
  std::vector<StartLink> lists;         // of what is looked after, whether it waits or not
  std::vector<StartStep> steps;         // empty once all are done
  std::vector<StartLink> other_areas;   // with steps to take
  std::vector<StartLink> more;          // pages that nothing else leads to
};
Page start_page(Frame const& frame, StartPage const& model);

}  // namespace kaiku::pages
