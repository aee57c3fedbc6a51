// The issue page, from plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

// What was typed, as it was typed; nothing of it ever stands in an address in clear.
struct IssueForm {
  bool make = false;      // no stock: make a card on the spot
  bool paper = false;     // keyed in afterwards, from a paper form
  std::string issued_on;  // of a paper form
  std::string card;       // as typed; of a QR, its card's code
  std::string birth_year;
  std::string children;
  std::string postcode;
  std::string municipality;
  std::string asked;  // the postcode whose municipalities the page asked about
  std::string life_situation;
  std::string gender;
  std::string language;
};

// A card that this office has given already: the way on to it.
struct CardGivenHere {
  std::string code;
  Text act;
};

// What was keyed in from paper forms, one after the other.
struct PaperSitting {
  std::int64_t registered = 0;
  std::string last;          // the card before this form, as a sentence; else empty
  std::string last_address;  // of its hand-over
  std::string last_label;
};

struct IssuePage {
  IssueForm form;
  std::string action = "/cards/new";
  PaperSitting sitting{};
  std::string form_id;
  int child_age_limit = 18;
  PageFaults faults;
  std::vector<Option> municipalities;  // when the postcode lies in several
  bool asks_municipality = false;      // that is all that is left to say
  bool card_was_read = false;          // a code alone came, and this office may register it
  std::optional<CardGivenHere> given_here{};
  bool has_no_stock = false;  // said before anything is scanned
};
Page issue_page(Frame const& frame, IssuePage const& model);

// The words that may be chosen for the voluntary facts.
bool is_life_situation(std::string_view word);
bool is_gender(std::string_view word);
bool is_holder_language(std::string_view word);

}  // namespace kaiku::pages
