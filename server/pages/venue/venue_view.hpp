// The venue's scan-and-record page, from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/values/ids.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/tickets_text.hpp"

namespace kaiku::pages {

// An outcome is told by icon, words, border style and colour: solid, double, dashed.
enum class PanelStyle { ok, warn, no };

struct VenuePanel {
  PanelStyle style = PanelStyle::no;
  std::string title;
  std::vector<std::string> lines;
  std::string aloud;      // a sentence safe to say beside a queue, empty for none
  std::string closing;    // what may follow it, empty for none
  std::int64_t undo = 0;  // the redemption that [Undo] takes back; 0: no button
  std::string undo_label;
  std::string overrule;      // the answer that may be overruled, empty: none
  std::string reason_fault;  // the reason list was left empty
};

// A card that gives: what may be chosen before [Give the ticket].
struct VenueOffer {
  bool community = false;
  int adults_max = 1;
  int children_max = 0;
  bool extras = true;  // assistant and interpreter; a course is for the holder alone
  bool companion = true;
  contract::Tickets chosen{.adult = 1};
};

struct GivenRow {
  std::string time;
  std::string card_short;
  std::string tickets;
  std::int64_t redemption = 0;  // with an undo button; 0: none
  bool undone = false;
};

struct QuotaRow {
  std::string title;
  std::int64_t used = 0;
  std::int64_t quota = 0;
};

struct VenuePage {
  std::string heading;
  std::string form_id;
  std::vector<Option> events;  // today's, "" for none
  std::string event;           // the chosen one's id, empty for none
  bool fast = false;           // a valid scan is recorded at once
  std::string recent;  // of fast mode: the use shown, for the scanner that reads its card again
  std::string code;    // of the card in the panel: hidden fields only
  std::optional<VenuePanel> panel;
  std::optional<VenueOffer> offer;
  PageFaults faults;
  std::string typed;  // what stood in the code field when it could not be read
  std::int64_t tickets_today = 0;
  std::int64_t children_today = 0;
  std::vector<QuotaRow> quotas;
  std::vector<GivenRow> given;
};
Page venue_page(Frame const& frame, VenuePage const& model);

// "/venue?event=12&fast=1"
std::string venue_address(std::string_view event, bool fast);

}  // namespace kaiku::pages
