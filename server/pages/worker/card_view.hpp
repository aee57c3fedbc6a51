// The field for a card, and what an office sees of its card and may do with it, from plain values.
#pragma once

#include <string>

#include "server/pages/frame/fields.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {

struct FindPage {
  PageFaults faults;
  std::string typed;
  std::string stock_card;  // as it was read: the office may give it; else empty
};
Page find_page(Frame const& frame, FindPage const& model);

// The addresses of the pages of acts; empty where the card's state has no such act.
struct CardActs {
  std::string renew, replace, block, unblock, children, correct, letter, reads;
  std::string undo = {};  // the page of its hand-over, while that may be undone
  bool undoes_replacement = false;
  std::string sheet = {};  // of a community card: its instructions, to print
};
struct CardPage {
  use_cases::CardView view;
  std::string message = {};   // what has just been done
  std::string block = {};     // since when, why and until when, as a sentence; else empty
  bool renews_early = false;  // renewing is not called for yet, as `days_left` says
  std::string days_left = {};
  std::string undo_until = {};  // until when the renewal may be undone, as a sentence; else empty
  std::string undone = {};      // the renewal that the button undoes, by its entry's sequence
  std::string form_id = {};
  CardActs acts = {};
};
Page card_page(Frame const& frame, CardPage const& model);

std::string_view state_text(Language language, contract::ShownState state);
Text text_of(domain::BlockReason reason);

}  // namespace kaiku::pages
