// The page of the commitment, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct CommitmentPage {
  bool of_venue = false;  // else of an office
  bool accepted = false;  // then with the way on instead of the form
  std::string form_id;
  std::string start;  // where the role begins
};
Page commitment_page(Frame const& frame, CommitmentPage const& model);

// What offices, or venues, commit themselves to.
std::vector<Text> commitment_lines(bool of_venue);

}  // namespace kaiku::pages
