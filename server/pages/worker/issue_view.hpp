// The issue page and what it shows when the card is given, from plain values.
#pragma once

#include <string>
#include <vector>

#include "schema/values/time.hpp"
#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

// What was typed, as it was typed; nothing of it ever stands in an address.
struct IssueForm {
  bool make = false;  // no stock: make a card on the spot
  std::string card;
  std::string birth_year;
  std::string postcode;
  std::string municipality;
  std::string children;        // "0" … "4", "more", empty
  std::string children_count;  // with "more"
  std::string life_situation;
  std::string gender;
  std::string language;
  std::string form_id;
};

struct IssuePage {
  IssueForm form;
  PageFaults faults;
  std::vector<Option> municipalities;  // asked for when a postcode lies in several
  bool card_was_read = false;          // a code alone came, and this office may register it
};
Page issue_page(Frame const& frame, IssuePage const& model);

struct IssueDone {
  std::string last_valid;
  std::string children;
  std::string municipality;
  std::string recovery_code;
  std::string code;   // of a card made on the spot, else empty
  std::string token;  // its QR text
};
Page issue_done_page(Frame const& frame, IssueDone const& done);

// The words that may be chosen for the voluntary facts.
bool is_life_situation(std::string_view word);
bool is_gender(std::string_view word);
bool is_holder_language(std::string_view word);

}  // namespace kaiku::pages
