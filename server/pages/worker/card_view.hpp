// What an office sees of its card and may do with it, from plain values.
#pragma once

#include <optional>
#include <string>

#include "server/pages/frame/fields.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {

struct CardPage {
  std::optional<use_cases::CardView> view;
  std::string message;  // what has just been done
  PageFaults faults;
  std::string typed;
  std::string form_id;
  std::string correct;  // the address of the form that puts the holder's facts right
};
Page card_page(Frame const& frame, CardPage const& model);

// What the card looked like when the page was drawn; a form sent twice or on an old page differs.
std::string seen_of(use_cases::CardView const& view);
std::string_view state_text(Language language, contract::ShownState state);

}  // namespace kaiku::pages
