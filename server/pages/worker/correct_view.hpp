// The form that puts a holder's facts right, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

// As it is typed; empty where nothing was.
struct CorrectForm {
  std::string birth_year;
  std::string children;
  std::string postcode;
  std::string municipality;
  std::string asked;  // the postcode whose municipalities the page asked about
  std::string reason;
};

struct CorrectPage {
  CorrectForm form;
  CorrectForm yours;  // what was typed where somebody else has changed it meanwhile
  std::string form_id;
  std::string card;  // by its number
  std::string from;
  std::string back;  // where to go without a correction
  std::string seen;  // the version of the facts on the page
  std::string short_code;
  int child_age_limit = 18;
  PageFaults faults;
  std::vector<Option> municipalities;  // when the postcode lies in several and still decides
  bool asks_municipality = false;
  std::string municipality_stays;  // its name when the postcode decides no longer
};
Page correct_page(Frame const& frame, CorrectPage const& model);

}  // namespace kaiku::pages
