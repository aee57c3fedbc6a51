// The coordinator's page of door devices, from plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct DoorRow {
  std::string id;
  std::string name;
  std::string venue;
  std::string last_upload;
  std::vector<std::string> standing;  // a sentence each, at least one
};
struct JudgedRow {
  std::string time;
  std::string venue;
  std::string tickets;
  std::string verdict;  // in words
  std::string id;       // of a use that waits for a ruling, empty for others
};
struct DoorsPage {
  std::vector<DoorRow> devices;
  std::string more;  // address of the next devices, empty for none
  std::vector<JudgedRow> waiting;
  std::vector<JudgedRow> uses;
  PageFaults faults;
};
Page doors_page(Frame const& frame, DoorsPage const& model);

// A verdict's word (contract::verdict_of) as a sentence's part for people.
std::string_view verdict_text(Language language, std::string_view verdict);

}  // namespace kaiku::pages
