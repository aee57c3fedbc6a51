// What needs a second person, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct ApprovalRow {
  std::string href;
  std::string what;
  std::string area;
  std::string asker;
  std::string asked;
  std::string state;
};
struct ApprovalsPage {
  std::vector<Option> areas;  // empty for whoever has one
  std::string area;
  std::vector<ApprovalRow> rows;
  std::string count;
  std::string more;
};
Page approvals_page(Frame const& frame, ApprovalsPage const& model);

struct ApprovalPage {
  std::string path;
  ApprovalRow row;
  std::string office;   // empty: none
  std::string until;    // its last day
  std::string decider;  // empty while nobody has decided
  std::string batch;    // that was made: its number and page
  std::string batch_href;
  std::string message;
  std::string waits;  // on whom, for its asker
  bool may_decide = false;
  bool may_take_back = false;
  bool asks_code = false;
  std::string form_id;
  PageFaults faults;
};
Page approval_page(Frame const& frame, ApprovalPage const& model);

}  // namespace kaiku::pages
