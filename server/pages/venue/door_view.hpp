// The door's pages without a script, from plain values: scan, offer or refusal, result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/admission.hpp"
#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

// An outcome is told by icon, words, border style and colour: solid, double, dashed.
enum class PanelStyle : std::uint8_t { ok, warn, no };

struct DoorPanel {
  PanelStyle style = PanelStyle::no;
  std::string title;
  std::vector<std::string> lines;
  std::string aloud;         // a sentence safe to say beside a queue, empty for none
  std::string closing;       // what may follow it, empty for none
  std::string message = {};  // what the event has the door show, empty for none
};

struct GivenRow {
  std::string time;
  std::string card_short;
  std::string tickets;
  std::int64_t redemption = 0;  // with an undo button; 0: none
  bool undone = false;
  std::string undo_until;
  std::string ask = {};       // where its late undo is asked for; empty: nowhere
  std::string standing = {};  // of a late undo that was asked for
};

struct EventGroup {
  std::string title;
  std::vector<Option> events;
};
// V1. Without `may_scan` an event has to be chosen first; without `groups` there is none to choose.
struct DoorPage {
  std::string form_id;
  std::string event;     // the chosen one in words
  std::string event_id;  // "0" for none
  std::string places;    // left, or that it is sold out; empty without a quota
  std::string note;      // what comes next, or that the choice is over
  bool may_scan = true;
  std::vector<EventGroup> groups;
  bool is_later = false;     // these are not the first ones
  std::string earlier = {};  // the address of the first ones, empty there
  std::string later;         // the address of those after them, empty for none
  bool fast = false;
  std::string mode_href;
  PageFaults faults;
  std::vector<GivenRow> given;
  bool owes_commitment = false;  // told, and in nobody's way
};
Page door_page(Frame const& frame, DoorPage const& model);

// What may be chosen beside the card that lies open.
struct DoorOffer {
  int adult = 1;            // 0: children alone, after their adult
  bool asks_adult = false;  // giving none makes sense
  int children_max = 0;
  bool assistants = false;  // assistant and interpreter
  bool companion = false;
  contract::Tickets chosen{.adult = 1};
  bool is_whole = false;  // `chosen` is all there is to give: nothing is asked beside the button
  std::string submit;     // the button's words
};
// V2, and V3's "not now" and warning. `form_id` of the card's tickets, `scan_id` of the next card's
// in fast mode.
struct DoorCardPage {
  std::string form_id;
  std::string scan_id;
  std::string action;  // this page, with its state
  std::string desk;    // the page to go on to without a ticket
  std::string event_id;
  bool fast = false;
  DoorPanel panel;
  std::string beside;  // event and short code
  std::string before;  // of the card before, which got no ticket
  std::optional<DoorOffer> offer;
  std::string overrule;  // the answer that may be overruled with a reason, empty: none
  PageFaults faults;
};
Page door_card_page(Frame const& frame, DoorCardPage const& model);

// V3: tickets that were given, each with its undo, or what became of one.
struct DoorGivenPage {
  std::string form_id;
  std::string action;
  std::string desk;
  std::string event_id;
  bool fast = false;
  DoorPanel panel;
  std::vector<GivenRow> tickets;
  PageFaults faults;
};
Page door_given_page(Frame const& frame, DoorGivenPage const& model);

// For the list of tickets that several pages have: the rows and whether there are any.
void put_given(Data& values, Frame const& frame, std::vector<GivenRow> const& rows);

}  // namespace kaiku::pages
