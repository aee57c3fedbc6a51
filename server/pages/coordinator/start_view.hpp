// The page on which a coordinator begins: what waits, and the way to the first card.
#pragma once

#include <string>
#include <vector>

#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct StartStep {
  std::string name;
  std::string state;
  bool is_done = false;
  bool waits = false;    // for another step, or for somebody else
  bool holds_up = true;  // false: the list is finished without it
  Link next = {};        // empty: nothing to do here
  std::string act = {};  // what a button of its own sends; empty: it has none
  std::string act_label = {};
};
struct StartTask {
  std::string text;
  Link next;
};
struct StartPage {
  std::string title;
  std::string area;           // its id; empty for all
  std::vector<Option> areas;  // that a national role may choose among
  std::vector<StartTask> tasks;
  std::vector<StartTask> own_requests;  // that somebody else decides on
  std::vector<Link> lists;              // of what is looked after, whether it waits or not
  std::vector<StartStep> steps;         // empty once all are done, or out of sight
  bool steps_are_hidden = false;        // by whoever reads this
  std::vector<Link> other_areas;        // with steps to take
  std::vector<Link> more;               // pages that nothing else leads to
};
Page start_page(Frame const& frame, StartPage const& model);

}  // namespace kaiku::pages
