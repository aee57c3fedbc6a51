// The pages of reservations, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct ReservationRow {
  std::string remove_href;
  std::string card_short;
  std::string tickets;
  std::string until;
};
struct ReservedEvent {
  std::string title;  // with its time
  std::vector<ReservationRow> rows;
};
// What has just been done, or could not be; no title for nothing.
struct ReservationNews {
  std::string title;
  std::string line;
  bool is_done = true;
};
struct ReservationsPage {
  std::string count;  // "3 varausta"
  std::vector<ReservedEvent> events;
  std::string more;  // address of the next ones, empty for none
  ReservationNews news;
  bool may_add = true;  // the venue is not closed
};
Page reservations_page(Frame const& frame, ReservationsPage const& model);

// Asked before a reservation is taken away: somebody counts on its places.
struct ReservationRemoval {
  std::string id;
  std::string form_id;
  std::string event;  // with its time
  std::string card_short;
  std::string tickets;
  int places = 1;
};
Page reservation_removal_page(Frame const& frame, ReservationRemoval const& model);

struct NewReservationPage {
  std::string action;  // with what the form was filled with before, sealed
  std::string form_id;
  std::vector<Option> events;  // none: there is nothing to reserve
  std::string event;
  std::string card;  // as it was typed
  std::string children = "0";
  bool companion = false;
  std::string until;
  std::string replaces;  // the card's reservation that may be changed, empty for none
  PageFaults faults;
};
Page new_reservation_page(Frame const& frame, NewReservationPage const& model);

}  // namespace kaiku::pages
