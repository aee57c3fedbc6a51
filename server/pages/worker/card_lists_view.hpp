// A list of an office's cards, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct CardRow {
  std::string address;  // of the card's page
  std::string short_code;
  std::string last_valid;
  std::string issued = {};  // the month; empty where the list does not say
};
struct CardListModel {
  std::string heading;         // with the count
  std::string about;           // of which days
  std::string none;            // what an empty list says
  std::vector<Option> months;  // to choose from; none where there is no choice
  std::string month;
  std::vector<CardRow> rows;
  std::string more;    // the address of the next rows, empty when these are the last
  std::string action;  // of the form that takes the list out as a file
  bool asks_code = false;
  PageFaults faults = {};
};
Page card_list_page(Frame const& frame, CardListModel const& model);

}  // namespace kaiku::pages
