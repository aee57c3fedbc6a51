// The list of events, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct EventRow {
  std::string href;
  std::string time;
  std::string title;
  std::string venue;
  std::string places;    // used of the quota; with venues the quota alone
  std::string standing;  // empty for nothing to say
};
struct EventsPage {
  std::string count;  // "6 tapahtumaa"
  bool over = false;  // those that are over
  std::vector<EventRow> events;
  bool has_venues = false;     // of more than one venue
  std::vector<Option> areas;   // to choose from; empty where there is nothing to choose
  std::vector<Option> venues;  // the same
  std::string area;
  std::string venue;
  std::string make_href;
  std::string other_href;  // of those that are over, or to come
  std::string more;        // address of the next events, empty for none
  std::string done;        // what has just been done
};
Page events_page(Frame const& frame, EventsPage const& model);

}  // namespace kaiku::pages
