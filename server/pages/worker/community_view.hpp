// An office's community cards: their list and the form for a new one, from plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/worker/issue_view.hpp"

namespace kaiku::pages {

struct CommunityRow {
  std::string address;  // of the card's page
  std::string short_code;
  std::string people;
  std::string state;
  std::string last_valid;
};
struct CommunityList {
  std::int64_t count = 0;
  std::vector<CommunityRow> rows;
  std::string more;  // the address of the next rows, empty when these are the last
};
Page community_list_page(Frame const& frame, CommunityList const& model);

struct NewCommunityPage {
  std::string form_id;
  std::string card;
  std::string people;
  PageFaults faults;
  bool asks_people = false;  // the card was read, and that is all that is left to say
  std::optional<CardGivenHere> given_here{};
};
Page new_community_page(Frame const& frame, NewCommunityPage const& model);

}  // namespace kaiku::pages
