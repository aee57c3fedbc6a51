// The instructions that go with a community card. Neither a recovery code nor the card's code is on
// the sheet, and nothing that it is made of could hold one.
#pragma once

#include <string>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "schema/values/time.hpp"

namespace kaiku::print {

struct CommunitySheet {
  contract::Language language;
  std::string host;
  Day first_day;
  Day last_day;
  std::string office_name;
  std::string office_contact;  // may be empty
  int most_people;             // in a visit
  int client_age_limit = 16;   // older ones have cards of their own
};

// One page of A4.
Bytes community_sheet_pdf(CommunitySheet const& sheet);

}  // namespace kaiku::print
