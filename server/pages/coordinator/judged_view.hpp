// The page of uses that were judged afterwards, from plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct JudgedRow {
  std::string id;
  std::string time;
  std::string venue;
  std::string tickets;
  std::string verdict;       // in words
  std::string standing;      // whether it counts, in words
  std::string form_id = {};  // of its form, when it has one
};
// One use with what may be done about it.
struct JudgedShown {
  JudgedRow row;
  std::string event;  // empty for none
  bool waits = false;
  bool may_be_undone = false;
};
// A card that was used again and again within minutes.
struct RepeatedRow {
  std::string day;
  std::string venue;
  std::string tickets;
};
// What the list is narrowed to; empty for no choice.
struct JudgedFilter {
  std::string area;
  std::string venue;
  std::string verdict;
  std::string from;
  std::string to;
};
struct JudgedPage {
  JudgedFilter filter;
  std::vector<Option> areas;  // empty where there is nothing to choose
  std::vector<Option> venues;
  std::optional<JudgedShown> shown;
  std::vector<JudgedRow> waiting;
  bool more_wait = false;                                    // than are shown
  std::vector<std::pair<std::string, std::int64_t>> counts;  // verdict's word, uses
  std::vector<JudgedRow> uses;
  std::string more;  // address of the next uses, empty for none
  std::vector<RepeatedRow> repeated;
  std::string repeated_period;  // the days that it looks at, as a sentence
  std::string message;
  PageFaults faults;
  FormValues held = FormValues({});  // what was chosen before the session ended
};
Page judged_page(Frame const& frame, JudgedPage const& model);

// The address with the filter, and with `more` beside it.
std::string judged_address(JudgedFilter const& filter,
                           std::vector<std::pair<std::string, std::string>> more = {});

}  // namespace kaiku::pages
