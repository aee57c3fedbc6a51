// What has to be handed over with a card, one card and the list, from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/domain/handover.hpp"
#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct LetterLink {
  std::string address;
  std::string label;
};

struct HandoverPage {
  std::string address;  // its own: what its forms post to
  std::string form_id;  // of the field for the next card
  std::string code;     // short once it is undone that it was given
  std::string last_valid;
  std::optional<int> children;  // a community card has none
  std::optional<int> people;    // of a community card: at most, in a visit
  std::string municipality;
  std::string postcode;
  std::string recovery_code;  // empty when it can be read no longer
  std::string confirmed;      // when it was handed over, as a sentence; empty while it waits
  std::string undone;         // that it was taken back and what became of the card; else empty
  std::string undo_until;     // as a sentence; empty when it is too late
  std::string correct;        // the address of the form; empty where there is no holder
  domain::HandoverCause cause = domain::HandoverCause::registered;
  bool undoes_replacement = false;  // else the registration, whatever made the letter since
  std::string superseded;           // that another letter took its place, as a sentence; else empty
  std::vector<LetterLink> letters;  // the letter by language; empty when there is none to print
  std::vector<LetterLink> sheets;   // instructions for a community card, by language
  std::string new_letter;           // the address of the question before one; else empty
  bool is_made = false;             // on the spot: its QR can be shown and it can be printed
  int card_place = 1;               // of the sheet, for its print
  bool undo_was_refused = false;
  bool replacement_is_undone = false;  // that of this card, or the one that this letter came after
  std::string old_card;                // the address of the card that is in use again; else empty
};
Page handover_page(Frame const& frame, HandoverPage const& model);

// For the holder's phone. A page without the recovery code: the two are never seen together.
struct HandoverQr {
  std::string address;  // of the result
  std::string code;
  std::string token;
};
Page handover_qr_page(Frame const& frame, HandoverQr const& model);

struct HandoverRow {
  std::string address;
  std::string issued;  // day and time
  std::string short_code;
};
struct HandoverList {
  std::int64_t count = 0;
  std::vector<HandoverRow> rows;
  std::string more;  // the address of the next rows, empty when these are the last
};
Page handover_list_page(Frame const& frame, HandoverList const& model);

}  // namespace kaiku::pages
