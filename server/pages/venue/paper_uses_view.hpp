// The page of a paper form, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct PaperRow {
  std::string id;
  std::string card_short;
  std::string tickets;
  std::string verdict;
  bool undoable = false;
  bool undone = false;
};
// What the row is filled in with.
struct PaperTyped {
  std::string card;
  std::string children = "0";
  std::string adults = "1";
  bool assistant = false;
  bool interpreter = false;
  bool companion = false;
  // More than the card and its children: the folded part stands open.
  bool has_others() const { return adults != "1" || assistant || interpreter || companion; }
};
// What is asked before a row is stored.
enum class PaperAsk { nothing, unknown, twice };
struct PaperPage {
  std::string action;  // with what was typed before, sealed
  std::string form_id;
  std::string day;        // as it stands in its field
  std::string day_value;  // of the form; empty: this day has none
  std::vector<Option> events;
  std::string event;
  PaperTyped typed;
  PaperAsk ask = PaperAsk::nothing;
  std::string news;
  bool is_done = true;  // what the news tells
  std::vector<PaperRow> rows;
  std::string earlier;    // the address of the rows before these, empty for none
  std::size_t count = 0;  // undone ones left out
  PageFaults faults;
};
Page paper_page(Frame const& frame, PaperPage const& model);

}  // namespace kaiku::pages
