// A holder's own card, from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/card_state.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"
#include "server/pages/public/offers_view.hpp"

namespace kaiku::pages {

struct AskForCard {
  std::string card;
  std::string birth_year;
  PageFaults faults;
};
Page ask_for_card_page(Frame const& frame, AskForCard const& model);

// What the card behind a letter's link asks for before it shows its QR.
struct AskForYear {
  std::string action;  // this page, with its state
  std::string birth_year = {};
  PageFaults faults = {};
};
Page ask_for_year_page(Frame const& frame, AskForYear const& model);

// `state`, `children` and days as the register has them; addresses to go on to.
struct OwnCardPage {
  contract::ShownState state = contract::ShownState::stock;
  Day first_valid{};
  Day last_valid{};
  int children = 0;
  std::string municipality;  // by name
  std::string municipality_code;
  std::vector<OfferRow> offers;  // of this week there
  std::string qr;                // itself, or where it asks for the year first
  std::string calendar;
};
// Whether such a card may be shown to a venue, now or once its days have come or are prolonged.
bool is_in_use(contract::ShownState state);
Page own_card_page(Frame const& frame, OwnCardPage const& model);

struct OwnQrPage {
  std::string token;
  std::string code;
  std::string picture;  // addresses
  std::string back;
};
Page own_qr_page(Frame const& frame, OwnQrPage const& model);

enum class OwnLostStep { ask, confirm, done, off };
struct OwnLostPage {
  OwnLostStep step = OwnLostStep::ask;
  std::string action = {};  // address of the form
  PageFaults faults = {};
};
Page own_lost_page(Frame const& frame, OwnLostPage const& model);

}  // namespace kaiku::pages
